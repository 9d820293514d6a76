"""`Trainer`: what a model can do beyond being called."""

import functools
import warnings
from typing import Any

import jax

from addax import losses as losses_module
from addax import metrics as metrics_module
from addax import optimizers
from addax.core import configs, tree
from addax.core.errors import unknown
from addax.core.layer import Layer
from addax.core.names import builtin_names
from addax.core.symbol import KerasTensor, infer
from addax.training import loop, step
from addax.training.call import CompiledCall
from addax.training.compile import CompiledLoss, CompiledMetrics
from addax.training.data import ArraySource, convert, unpack, whole
from addax.training.flags import compiled_flags, trainable_flags
from addax.training.step import Variables, make_program

BY_SHAPE = ("acc", "accuracy", "crossentropy", "ce")  # chosen by loss and shapes
COMPILE_FIRST = (
    "The model has no {what} yet: call model.compile(optimizer, loss, ...) before {method}()."
)


def _once(method: str):
    """Methods that a user's class may replace; the loop asks which were."""

    def own(self):
        return (
            None
            if getattr(type(self), method) is getattr(Trainer, method)
            else getattr(self, method)
        )

    return own


class Trainer(Layer):
    """The training half of `Model`: a layer that can `compile`, `fit`, `evaluate` and `predict`."""

    untracked = ("_attached", "_recorded", "_flags", "_step_variables")

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.optimizer: Any = None
        self.stop_training = self.stop_predicting = False
        self.compiled = False
        self._fixed_steps: int | None = None
        self._compiled_loss: Any = None
        self._compiled_metrics: Any = None
        self._output_specs: dict[Any, Any] = {}
        self.history: Any = None
        self.run_eagerly = False
        self.jit_compile: Any = True
        self.steps_per_execution = 1
        self.loss: Any = None
        self._compile_arguments: dict | None = None
        self._forget_programs()

    _own_train_step = _once("train_step")
    _own_test_step = _once("test_step")
    _own_predict_step = _once("predict_step")
    _own_compute_loss = _once("compute_loss")

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
        self._fixed_steps = steps_per_execution if steps_per_execution > 1 else None
        self.stop_training = False
        self.compiled = True
        self._loss_tracker = metrics_module.Mean(name="loss")
        self._compile_arguments = {
            "optimizer": self.optimizer,
            "loss": loss,
            "loss_weights": loss_weights,
            "metrics": metrics,
            "weighted_metrics": weighted_metrics,
            "run_eagerly": run_eagerly,
            "steps_per_execution": steps_per_execution,
            "jit_compile": self.jit_compile,
        }
        self._compiled_loss = self._compiled_metrics = None
        self._output_specs = {}
        self._flags = trainable_flags(self)
        self._forget_programs()

    def _scaled(self, optimizer: Any) -> Any:
        """In half precision gradients vanish: the loss is scaled up, and they are scaled down."""
        already = isinstance(optimizer, optimizers.LossScaleOptimizer | None)
        if already or self.dtype_policy.name != "mixed_float16":
            return optimizer
        return optimizers.LossScaleOptimizer(optimizer, name="loss_scale_optimizer")

    def _forget_programs(self) -> None:
        """Drop all executables: the model, or what trains, has changed."""
        self._programs = {}
        self._late_weights = Layer.late_weights
        self._compiled: Any = None
        self._step_variables: Any = None

    def _forget_if_changed(self) -> None:
        """Drop the executables that were made before a layer got another weight."""
        if self._late_weights != Layer.late_weights:
            self._forget_programs()

    def _require_compiled(self, method: str) -> None:
        if not self.compiled:
            raise ValueError(COMPILE_FIRST.format(what="optimizer or loss", method=method))

    def get_compile_config(self) -> dict | None:
        """The arguments of `compile`, as plain data."""
        if not self.compiled or self._compile_arguments is None:
            return None
        return {k: configs.serialize(v) for k, v in self._compile_arguments.items()}

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
        known = set(self._compile_arguments or ()) or set(Trainer.compile.__code__.co_varnames)
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
        training=True,
    ) -> Any:
        """The total loss of one batch: the compiled losses, `add_loss` and weight penalties."""
        return self._total_loss(y, y_pred, sample_weight)[0]

    def _total_loss(self, y, y_pred, sample_weight):
        extra = self.losses
        self._resolve_loss(y, y_pred)
        if self._compiled_loss is None:
            if not extra:
                raise ValueError(
                    "There is no loss to minimize: pass `loss` to compile(), or call add_loss() in "
                    "a layer."
                )
            total, weight = 0.0, tree.flatten(y_pred)[0].shape[0]
        else:
            total, weight = self._compiled_loss(y, y_pred, sample_weight)
        for term in extra:
            total = total + jax.numpy.sum(term)
        return total, weight

    def compute_metrics(self, x: Any, y: Any, y_pred: Any, sample_weight: Any = None) -> dict:
        """Count one batch in the compiled metrics; returns their values."""
        self._update_metrics(y, y_pred, sample_weight)
        return self.get_metrics_result()

    def _update_metrics(self, y, y_pred, sample_weight) -> None:
        if self._compiled_metrics is not None and self._compiled_metrics.entries and y is not None:
            loss = self._compiled_loss
            align = functools.partial(loss.align, y_pred=y_pred)
            if tree.is_nested(sample_weight):
                weights = align(sample_weight, what="sample_weight")
            else:
                weights = [sample_weight] * len(loss.outputs)
            self._compiled_metrics.update(align(y, what="y"), y_pred, weights)

    def _total_of(self, batch, y_pred, training=True):
        """What the class's own `compute_loss` gives."""
        x, y, sample_weight = batch
        mode = {"training": training} if configs.accepts(self.compute_loss, "training") else {}
        return self.compute_loss(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight, **mode)

    def _loss_and_metrics(self, x, y, y_pred, sample_weight, training):
        """The loss of a batch, counted in the metrics."""
        if self._own_compute_loss() is not None:
            loss = self._total_of((x, y, sample_weight), y_pred, training)
            weight = jax.tree.leaves(x)[0].shape[0]
        else:
            loss, weight = self._total_loss(y, y_pred, sample_weight)
        self._loss_tracker.update_state(loss, sample_weight=weight)
        if type(self).compute_metrics is not Trainer.compute_metrics:
            self.compute_metrics(x, y, y_pred, sample_weight)
        else:
            self._update_metrics(y, y_pred, sample_weight)
        return loss

    def _metric_results(self) -> dict:
        logs = {m.name: m.result() for m in [*self._own_metrics(), *self._loss_metrics()]}
        if self._compiled_metrics is not None:
            logs |= self._compiled_metrics.results()
        return dict(sorted(logs.items()))

    def get_metrics_result(self) -> dict:
        """The values of all metrics so far, by name."""
        return self._metric_results()

    def _loss_metrics(self) -> list:
        return [] if self._compiled_loss is None else self._compiled_loss.metrics

    def _own_metrics(self) -> list:
        """The loss, and the metrics that the model and its layers hold as attributes.

        Models inside it keep theirs to themselves: they are compiled apart.
        """
        tracker = [self._loss_tracker] if self.compiled else []
        compiled = [] if self._compiled_metrics is None else self._compiled_metrics.metrics
        skip = {id(m) for m in [*tracker, *compiled, *self._loss_metrics()]}
        layers = [x for x in self._flatten_layers() if x is self or not isinstance(x, Trainer)]
        held = [m for layer in layers for m in layer.tracked(metrics_module.Metric)]
        return tracker + [m for m in held if id(m) not in skip]

    @property
    def metrics(self) -> list:
        """The loss, its parts by output, the compiled metrics and those of the layers."""
        compiled = [] if self._compiled_metrics is None else self._compiled_metrics.metrics
        return [*self._own_metrics(), *self._loss_metrics(), *compiled]

    @property
    def metrics_names(self) -> list[str]:
        """The names under which `evaluate` returns its values, in that order."""
        return loop.result_order(self)

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
        new = step.train_update(self, step.State(*state), unpack(data))
        return step.results(self, new.metrics), new[:4]

    def test_step(self, state: Any, data: Any) -> Any:
        """One evaluation step: state without the optimizer's part -> `(logs, state)`."""
        trainable, non_trainable, metrics = state
        given = step.State(trainable, non_trainable, (), metrics)
        metrics = step.test_update(self, given, unpack(data)).metrics
        return step.results(self, metrics), (trainable, non_trainable, metrics)

    def predict_step(self, state: Any, data: Any) -> Any:
        """One prediction step: (trainable, non_trainable), data -> `(outputs, non_trainable)`."""
        return self.stateless_call(*state, unpack(data)[0], training=False)

    @staticmethod
    def _user_batch(batch: tuple) -> tuple:
        return tuple(part for part in batch if part is not None) if batch[2] is None else batch

    # Getting ready

    def _prepare(self, source: Any, training: bool) -> None:
        """Make the weights, resolve losses and metrics, and look at the targets."""
        if self._draws_to_build():
            source.draw()
        example = source.example()
        specs = jax.tree.map(_spec, example)
        with compiled_flags(self):
            if not self.run_eagerly:
                self._build_by_tracing(specs[0])
            if self.compiled and (self._compiled_metrics is None or self._step_variables is None):
                self._output_specs = {}
                y_pred = self._output_spec(example[0], training)
                if self._own_compute_loss() is not None and not self.run_eagerly:
                    infer(self._total_of, (specs, y_pred))  # it may see other outputs
                self._resolve(specs[1], y_pred)
            if training and self.optimizer is not None and not self.optimizer.built:
                self.optimizer.build(self.trainable_variables)
                self._step_variables = None  # an evaluation may have listed them without the slots
        self._check_targets(source)

    def _check_targets(self, source: Any) -> None:
        if self._own_compute_loss() is None:
            loop.check_targets(self, source)

    def _output_spec(self, x: Any, training: bool = False) -> Any:
        """The outputs' shapes for a batch like `x`, of whatever number of examples."""
        shapes = tuple([_row_shape(part) for part in jax.tree.leaves(x)])
        if shapes not in self._output_specs:
            self._output_specs[shapes] = self._specs_of_outputs(x, training)
        return self._output_specs[shapes]

    def _specs_of_outputs(self, x: Any, training: bool) -> Any:
        specs = jax.tree.map(_spec, x)
        if self.run_eagerly:  # Python code in the model may look at the values
            return jax.tree.map(_spec, self._call_eagerly(x, False, None))
        return infer(functools.partial(self.__call__, training=training), (specs,))

    def _check_held_out(self, held_out: Any, source: Any) -> None:
        """Find errors in arrays to validate on before the training starts, not after an epoch."""
        if isinstance(held_out, ArraySource):
            self._output_spec(held_out.example()[0])
        self._check_targets(held_out)

    def _draws_to_build(self) -> bool:
        """Whether Keras would take a first batch to build the model, its losses or metrics."""
        asked = self._compile_arguments or {}
        waits = any(asked.get(k) is not None for k in ("loss", "metrics", "weighted_metrics"))
        return (waits and not self._output_specs) or not self._is_all_built()

    def _is_all_built(self) -> bool:
        return all(layer.built for layer in self._flatten_layers())

    def _build_by_tracing(self, x: Any) -> None:
        loose = jax.tree.map(
            lambda t: KerasTensor((None, *t.shape[1:]), t.dtype),
            x,
            is_leaf=lambda t: isinstance(t, KerasTensor),
        )
        if not self._is_all_built():
            infer(Layer.__call__, (self, loose))
            self._forget_programs()

    def _resolve_loss(self, y: Any, y_pred: Any) -> None:
        """Bind the losses to the outputs, once their structure is known."""
        if self._compiled_loss is None and self.loss is not None and self._compile_arguments:
            weights = self._compile_arguments["loss_weights"]
            names = getattr(self, "output_names", None) if self.built else None
            self._compiled_loss = CompiledLoss(self.loss, weights, y, y_pred, names)

    def _resolve(self, y: Any, y_pred: Any) -> None:
        """Bind losses and metrics to the outputs, once their structure is known."""
        if self._compiled_metrics is not None or self._compile_arguments is None:
            return
        a = self._compile_arguments
        self._resolve_loss(y, y_pred)
        loss = self._compiled_loss
        if loss is not None and not (a["metrics"] or a["weighted_metrics"]):
            self._compiled_metrics = CompiledMetrics(None, None, [], y_pred, [], [])
        elif loss is not None and y is not None:
            by_index = {t.index: t.loss for t in loss.terms}
            losses = [by_index.get(o.index) for o in loss.outputs]
            aligned = loss.align(y, y_pred, "y")
            self._compiled_metrics = CompiledMetrics(
                a["metrics"], a["weighted_metrics"], aligned, y_pred, loss.outputs, losses
            )
        self._forget_programs()

    def _variables_of_step(self) -> Variables:
        """The variables whose values make up the state, fixed until the next compile."""
        if self._step_variables is None:
            optimizer = [] if self.optimizer is None else list(self.optimizer.variables)
            trainable = self.trainable_variables
            known = {id(v) for v in trainable}
            rest = [v for v in self.variables if id(v) not in known]
            self._step_variables = Variables(trainable, rest, optimizer, self.metrics_variables)
        return self._step_variables

    def _program(self, kind: str, size: int) -> Any:
        self._forget_if_changed()
        key = kind, size
        if key not in self._programs:
            with compiled_flags(self):
                self._variables_of_step()
            self._programs[key] = make_program(self, kind, size)
        return self._programs[key]

    def _compiled_call(self, x: Any, training: bool | None = None, mask: Any = None) -> Any:
        """`self(x)` through one executable; a model whose Python needs the values runs as it is."""
        self._forget_if_changed()
        if mask is not None or self._compiled is False:
            return self._call_eagerly(x, training, mask)
        if self._compiled is None:
            self._compiled = CompiledCall(self)
        try:
            return self._compiled(self, x, training)
        except TypeError as error:
            if not isinstance(error.__context__, jax.errors.ConcretizationTypeError):
                raise
            self._compiled = False
            return self._call_eagerly(x, training, mask)

    def _call_eagerly(self, x, training, mask):
        kwargs = {"training": training, "mask": mask}
        return Layer.__call__(self, x, **{k: v for k, v in kwargs.items() if v is not None})  # type: ignore[arg-type]

    def _outputs(self, x: Any) -> Any:
        """What `predict` gives for one batch."""
        if self._compiled is None and not all(layer.built for layer in self._flatten_layers()):
            self._build_by_tracing(jax.tree.map(_spec, convert(x)))
        own = self._own_predict_step()
        if own is None:
            call = self._call_eagerly if self.run_eagerly else self._compiled_call
            return call(x, False, None)
        state = (
            [v.raw for v in self.trainable_variables],
            [v.raw for v in self.non_trainable_variables],
        )
        return own(state, x)[0]

    def _trace(self, x: Any, training: bool | None) -> Any:
        return (
            Layer.__call__(self, x)
            if training is None
            else Layer.__call__(self, x, training=training)
        )  # type: ignore[arg-type]

    # The loop

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
    ) -> Any:
        """Train for `epochs` passes over the data; returns the History of losses and metrics."""
        self._require_compiled("fit")
        data = {"x": x, "y": y, "sample_weight": sample_weight, "class_weight": class_weight}
        validation = loop.Validation(
            validation_data,
            validation_split,
            validation_steps,
            validation_batch_size or batch_size,
            validation_freq,
        )
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
        )

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
        logs = loop.evaluate(
            self,
            {"x": x, "y": y, "sample_weight": sample_weight},
            batch_size=batch_size,
            verbose=verbose,
            steps=steps,
            callbacks=callbacks,
        )
        return logs if return_dict else loop.as_list(self, logs)

    def predict(
        self,
        x: Any,
        batch_size: int | None = None,
        verbose: Any = "auto",
        steps: int | None = None,
        callbacks: Any = None,
    ) -> Any:
        """The outputs for all examples, as NumPy arrays."""
        return loop.predict(self, x, batch_size, verbose, steps, callbacks)

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
        data = {"x": x, "y": y, "sample_weight": sample_weight, "class_weight": class_weight}
        logs = loop.on_batch(self, "train", data)
        return logs if return_dict else loop.as_list(self, logs)

    def test_on_batch(
        self, x: Any, y: Any = None, sample_weight: Any = None, return_dict: bool = False
    ) -> Any:
        """Loss and metrics of these examples."""
        self._require_compiled("test_on_batch")
        logs = loop.on_batch(self, "test", {"x": x, "y": y, "sample_weight": sample_weight})
        return logs if return_dict else loop.as_list(self, logs)

    def predict_on_batch(self, x: Any) -> Any:
        """The outputs for these examples, as NumPy arrays."""
        return loop.predict_on_batch(self, x)


def _spec(array: Any) -> KerasTensor:
    return KerasTensor(array.shape, array.dtype.name)


def _row_shape(array: Any) -> tuple:
    return array.shape[1:]


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
