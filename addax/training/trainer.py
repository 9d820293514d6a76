"""`Trainer`: what a model can do beyond being called."""

import copy
import os
import warnings
from typing import Any

from addax import losses as losses_module
from addax import metrics as metrics_module
from addax import optimizers
from addax.core import configs, tree
from addax.core.errors import folds, unknown
from addax.core.glossary import documented
from addax.core.layer import Layer
from addax.core.names import builtin_names
from addax.distribution.strategies import of_devices, of_shard
from addax.training import loop, step
from addax.training.generators import GeneratorMethods
from addax.training.session import Counting, Session
from addax.training.sources import unpack, whole

BY_SHAPE = ("acc", "accuracy", "crossentropy", "ce")  # chosen by loss and shapes
COMPILE_FIRST = (
    "The model has no {what} yet: call model.compile(optimizer, loss, ...) before {method}()."
)


class Trainer(GeneratorMethods, Layer):
    """The training half of `Model`: a layer that can `compile`, `fit`, `evaluate` and `predict`."""

    untracked = ("_attached", "_recorded", "_session")

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.optimizer: Any = None
        self.stop_training = self.stop_predicting = False
        self.compiled = False
        self.history: Any = None
        self.run_eagerly = False
        self.jit_compile: Any = True
        self.steps_per_execution = 1
        self.loss: Any = None
        self._session = Session(self, Trainer)

    @documented
    def compile(
        self,
        optimizer: Any = "rmsprop",
        loss: Any = None,
        loss_weights: Any = None,
        metrics: Any = None,
        weighted_metrics: Any = None,
        run_eagerly: bool = False,
        steps_per_execution: int = 1,
        jit_compile: Any = "auto",
        auto_scale_loss: bool = True,
        *,
        shard: Any = None,
    ) -> None:
        """Say how to train. The `trainable` flags as they stand now hold until the next compile.

        Raises ValueError for names that are not known, with the nearest ones.
        """
        steps_per_execution = whole("steps_per_execution", steps_per_execution)
        chosen = optimizers.get(optimizer)
        for part in tree.flatten(loss):
            _check_identifier("loss", part)
        for part in tree.flatten([metrics, weighted_metrics]):
            _check_identifier("metric", part)
        self.optimizer = self._scaled(chosen) if auto_scale_loss else chosen
        self.loss, self.run_eagerly = loss, run_eagerly
        self.jit_compile = True if jit_compile == "auto" else jit_compile
        self.steps_per_execution = steps_per_execution
        self.stop_training = False
        self.compiled = True
        self._session.own_distribution = None if shard is None else of_shard(shard)
        self._session.compile(
            {
                "optimizer": self.optimizer,
                "loss": loss,
                "loss_weights": loss_weights,
                "metrics": metrics,
                "weighted_metrics": weighted_metrics,
                "run_eagerly": run_eagerly,
                "steps_per_execution": steps_per_execution,
                "jit_compile": self.jit_compile,
            }
        )

    def _scaled(self, optimizer: Any) -> Any:
        """In half precision gradients vanish: the loss is scaled up, and they are scaled down."""
        already = isinstance(optimizer, optimizers.LossScaleOptimizer | None)
        if already or self.dtype_policy.name != "mixed_float16":
            return optimizer
        return optimizers.LossScaleOptimizer(optimizer, name="loss_scale_optimizer")

    def __copy__(self) -> Any:
        """Another model, as in Keras: with weights and a training of its own."""
        return copy.deepcopy(self)

    def _require_compiled(self, method: str) -> None:
        if not self.compiled:
            raise ValueError(COMPILE_FIRST.format(what="optimizer or loss", method=method))

    def get_compile_config(self) -> dict | None:
        """The arguments of `compile`, as plain data."""
        if not self.compiled or self._session.arguments is None:
            return None
        return {k: configs.serialize(v) for k, v in self._session.arguments.items()}

    def compile_from_config(self, config: dict) -> None:
        """Compile as `get_compile_config` says; a class with a `compile` of its own is warned."""
        own = type(self)
        if own.compile is not Trainer.compile and (
            own.compile_from_config is Trainer.compile_from_config
        ):
            warnings.warn(
                f"{own.__name__} has its own compile(), so the model was not compiled: call it, or "
                "define get_compile_config() and compile_from_config(config).",
                stacklevel=2,
            )
            return
        known = set(self._session.arguments or ()) or set(Trainer.compile.__code__.co_varnames)
        config = {k: configs.deserialize(v) for k, v in config.items() if k in known}
        self.compile(**config)
        if self.optimizer is not None and self.built:
            self.optimizer.build(self.trainable_variables)

    # What a step computes

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        """The total loss of one batch: the compiled losses, `add_loss` and weight penalties."""
        if y is not None:
            self._session._bind(y, y_pred)
        return self._session.total_loss(y, y_pred, sample_weight)[0]

    def compute_metrics(self, x: Any, y: Any, y_pred: Any, sample_weight: Any = None) -> dict:
        """Count one batch in the compiled metrics; returns their values."""
        self._session.update_metrics(y, y_pred, sample_weight)
        return self.get_metrics_result()

    def compiled_loss(
        self,
        y: Any,
        y_pred: Any,
        sample_weight: Any = None,
        regularization_losses: Any = None,
    ) -> Any:
        """The compiled losses of a batch and these penalties, as steps of Keras 2 ask for them."""
        return self._session.old_loss(y, y_pred, sample_weight, regularization_losses or [])

    @property
    def compiled_metrics(self) -> Any:
        """The compiled metrics, as steps of Keras 2 count in them: `update_state(y, y_pred)`."""
        return Counting(self._session)

    def get_metrics_result(self) -> dict:
        """The values of all metrics so far, by name."""
        return self._session.results()

    @property
    def metrics(self) -> list:
        """The loss, the compiled metrics as one, the parts of the loss, those of the layers."""
        session = self._session
        tracker, held = session.held_metrics()
        return [*tracker, *session.compiled_metrics(), *session.loss_parts(), *held]

    @property
    def metrics_names(self) -> list[str]:
        """The names under which `evaluate` returns its values, in that order."""
        return self._session.result_order()

    @property
    def metrics_variables(self) -> list:
        return [v for m in self.metrics for v in m.variables]

    def reset_metrics(self) -> None:
        """Start all metrics again."""
        for metric in self.metrics:
            metric.reset_state()

    def train_step(self, state: Any, data: Any) -> Any:
        """One training step as a pure function; override it as the Keras guide for JAX shows.

        `state` is (trainable_variables, non_trainable_variables, optimizer_variables,
        metrics_variables); returns `(logs, state)`.
        """
        new = step.train_update(self._session, step.State(*state), unpack(data))
        return step.results(self._session, new.metrics), new[:4]

    def test_step(self, state: Any, data: Any) -> Any:
        """One evaluation step: state without the optimizer's part -> `(logs, state)`."""
        trainable, non_trainable, metrics = state
        given = step.State(trainable, non_trainable, (), metrics)
        metrics = step.test_update(self._session, given, unpack(data)).metrics
        return step.results(self._session, metrics), (trainable, non_trainable, metrics)

    def predict_step(self, state: Any, data: Any) -> Any:
        """One prediction step: (trainable, non_trainable), data -> `(outputs, non_trainable)`."""
        return self.stateless_call(*state, unpack(data)[0], training=False)

    def _trace(self, x: Any, training: bool | None) -> Any:
        return (
            Layer.__call__(self, x)
            if training is None
            else Layer.__call__(self, x, training=training)
        )  # type: ignore[arg-type]

    # The loop

    def _prepared(self, x: Any) -> Any:
        """Inputs as the compiled programs take them."""
        return x

    def _data(self, x: Any, y: Any = None, sample_weight: Any = None) -> dict[str, Any]:
        return {"x": self._prepared(x), "y": y, "sample_weight": sample_weight}

    def _held_out(self, data: Any) -> Any:
        """Data to validate on: `(x, y)`, `(x, y, sample_weight)`, or what comes in batches."""
        if not isinstance(data, (tuple, list)):
            return self._prepared(data)
        return tuple(self._data(*unpack(data)).values())

    @folds
    @documented
    def fit(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: Any = "auto",
        callbacks: Any = None,
        validation_split: float = 0.0,
        validation_data: Any = None,
        shuffle: Any = True,
        class_weight: dict | None = None,
        sample_weight: Any = None,
        initial_epoch: int = 0,
        steps_per_epoch: int | None = None,
        validation_steps: int | None = None,
        validation_batch_size: int | None = None,
        validation_freq: Any = 1,
        *,
        resume: str | os.PathLike[str] | None = None,
        devices: Any = None,
    ) -> Any:
        """Train for `epochs` passes over the data; returns the History of losses and metrics.

        A program that was killed goes on where it stood when it is started again with the folder
        `resume`, and ends with the same numbers.
        """
        self._require_compiled("fit")
        if devices is not None:
            self._session.own_distribution = of_devices(devices)
        data = self._data(x, y, sample_weight) | {"class_weight": class_weight}
        validation = loop.Validation(
            self._held_out(validation_data),
            validation_split,
            validation_steps,
            validation_batch_size or batch_size,
            validation_freq,
        )
        with self._session.working("fit"):
            return loop.fit(
                self,
                data,
                validation,
                batch_size=batch_size,
                epochs=epochs,
                verbose=verbose,
                callbacks=callbacks,
                shuffle=shuffle,
                initial_epoch=initial_epoch,
                steps=steps_per_epoch,
                resume=resume,
            )

    @folds
    @documented
    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        verbose: Any = "auto",
        sample_weight: Any = None,
        steps: int | None = None,
        callbacks: Any = None,
        return_dict: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Loss and metrics over the data: one number, a list, or a dictionary if asked for."""
        self._require_compiled("evaluate")
        loop.check_no_more(self.evaluate, kwargs)
        with self._session.working("evaluate"):
            logs = loop.evaluate(
                self,
                self._data(x, y, sample_weight),
                batch_size=batch_size,
                verbose=verbose,
                steps=steps,
                callbacks=callbacks,
            )
        return logs if return_dict else self._session.in_order(logs)

    @folds
    @documented
    def predict(
        self,
        x: Any,
        batch_size: int | None = None,
        verbose: Any = "auto",
        steps: int | None = None,
        callbacks: Any = None,
    ) -> Any:
        """The outputs for all examples, as NumPy arrays."""
        return loop.predict(self, self._prepared(x), batch_size, verbose, steps, callbacks)

    @folds
    @documented
    def train_on_batch(
        self,
        x: Any,
        y: Any = None,
        sample_weight: Any = None,
        class_weight: dict | None = None,
        return_dict: bool = False,
    ) -> Any:
        """One training step on these examples; returns the loss and metrics of this batch."""
        self._require_compiled("train_on_batch")
        data = self._data(x, y, sample_weight) | {"class_weight": class_weight}
        with self._session.working("train_on_batch"):
            logs = loop.on_batch(self, "train", data)
        return logs if return_dict else self._session.in_order(logs)

    @folds
    @documented
    def test_on_batch(
        self, x: Any, y: Any = None, sample_weight: Any = None, return_dict: bool = False
    ) -> Any:
        """Loss and metrics of these examples."""
        self._require_compiled("test_on_batch")
        with self._session.working("test_on_batch"):
            logs = loop.on_batch(self, "test", self._data(x, y, sample_weight))
        return logs if return_dict else self._session.in_order(logs)

    @folds
    @documented
    def predict_on_batch(self, x: Any) -> Any:
        """The outputs for these examples, as NumPy arrays."""
        return loop.predict_on_batch(self, self._prepared(x))


def _check_identifier(kind: str, identifier: Any) -> None:
    """ValueError, before anything changes, for a name that is not known."""
    if isinstance(identifier, str):
        if kind == "loss":
            if identifier.lower() not in BY_SHAPE[2:]:
                losses_module.get(identifier)
        elif identifier.lower() not in BY_SHAPE:
            try:
                metrics_module.get(identifier)
            except ValueError:
                known = builtin_names("keras.metrics")
                raise unknown("metric", identifier, [*known, *BY_SHAPE]) from None
