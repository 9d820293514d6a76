"""`Session`: what training keeps of a model beside its weights; trainer, loop and step share it."""

import contextlib
import functools
import threading
from collections.abc import Iterator
from typing import Any

import jax
import numpy as np

from addax import metrics as metrics_module
from addax.core import configs, placement, tree
from addax.core.changes import hold
from addax.core.errors import explained
from addax.core.layer import Layer
from addax.core.scope import ChanceScope
from addax.core.seeds import NO_CHANCE
from addax.core.symbol import KerasTensor, infer
from addax.core.variable import Variable
from addax.optimizers import Optimizer
from addax.runtime import start
from addax.targets import check_targets
from addax.training.compile import CompiledLoss, CompiledMetrics
from addax.training.compiled_call import CompiledCall
from addax.training.flags import compiled_flags, trainable_flags
from addax.training.placing import Placing
from addax.training.sharing import program_for
from addax.training.sources import ArraySource, convert
from addax.training.step import State, Variables, is_stateful, make_program, stateful_step

PREDICT_SIZES = 16
LOCKS = ("work", "values")
PROGRAMS = "programs call variables ready sizes draws _metric_state _order".split()


class Session:
    """The state of a model's training.

    `arguments`: those of `compile`. `flags`: what was trainable then. `loss`, `metrics`: bound to
    the outputs once their structure is known, whose shapes are in `specs`. `variables`: whose
    values a step takes and gives back. `draws`: which kinds of programs have random operations
    without a seed. `programs`: the executables, by kind and batch size, and `call`, that of
    `model(x)`. `ready`: the sorts of batches that everything is made for. `tracker`: the mean loss
    of an epoch. Methods that differ from those of `base` are hooks of the user's.
    """

    def __init__(self, model: Any, base: type):
        self.model, self.base = model, base
        self.arguments: dict[str, Any] | None = None
        self.flags: dict | None = None
        self.tracker: Any = None
        self.loss: CompiledLoss | None = None
        self.metrics: CompiledMetrics | None = None
        self.specs: dict[Any, Any] = {}
        self.run: Any = None  # the `fit` that is under way
        self.own_distribution: Any = None  # that of `compile` or `fit`
        self._placing: Placing | None = None
        self.forget_programs()
        self._make_locks()

    def _make_locks(self) -> None:
        self.work = threading.RLock()  # one thread at a time trains or evaluates
        self.values = threading.RLock()  # from reading the variables to writing what they become

    @contextlib.contextmanager
    def working(self, method: str) -> Iterator[None]:
        """Inside, no other thread trains or evaluates the model. RuntimeError if one does."""
        if not self.work.acquire(blocking=False):
            raise RuntimeError(
                f"{method}() was called on model {self.model.name!r} while another thread trains "
                "or evaluates it. Wait for that, or give each thread a model: "
                "copy.deepcopy(model)."
            )
        try:
            yield
        finally:
            self.work.release()

    def compile(self, arguments: dict[str, Any]) -> None:
        """Start anew with these arguments of `compile`, and the `trainable` flags of now."""
        self.arguments = arguments
        self.flags = trainable_flags(self.model)
        self.tracker = metrics_module.Mean(name="loss")
        self.loss = self.metrics = None
        self.specs = {}
        self.forget_programs()

    def forget_programs(self) -> None:
        """Drop all executables: the model, or what trains, has changed."""
        self.programs: dict[tuple[str, int], Any] = {}
        self.call: Any = None
        self.variables: Variables | None = None
        self.ready: set = set()
        self.sizes: set[int] = set()
        self._metric_state: tuple[list, list] | None = None
        self._order: list[str] | None = None
        self.draws: dict[str, bool] = {}

    def __getstate__(self) -> dict[str, Any]:
        """For copies and pickles: programs belong to this process and to these very variables."""
        left_out = {*LOCKS, *PROGRAMS}
        return {k: v for k, v in vars(self).items() if k not in left_out}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._make_locks()
        self.forget_programs()

    def hook(self, name: str) -> Any:
        """The method of this name that the user's class defines, or None."""
        same = getattr(type(self.model), name) is getattr(self.base, name)
        return None if same else getattr(self.model, name)

    # Getting ready

    def prepare(self, source: Any, training: bool) -> None:
        """Make the weights, bind losses and metrics, and look at the targets."""
        start()
        if not self.ready and self._draws_to_build():
            source.draw()
        example = source.example()
        sort = training, self.model.optimizer, jax.tree.structure(example), _shapes(example)
        if sort not in self.ready:
            self._make_ready(source, training)
            self.ready.add(sort)
        self.check_targets(source)
        source.placing = self.placing()
        if source.placing is not None:
            with compiled_flags(self.model, self.flags):
                source.placing.move(self.step_variables())

    def placing(self) -> Placing | None:
        """Where the model's arrays are to lie; None on one device. Programs belong to it."""
        wanted = self.own_distribution or placement.current()
        known = None if self._placing is None else self._placing.distribution
        if wanted is not known:
            self._placing = None if wanted is None else Placing(wanted)
            self.forget_programs()
        return self._placing

    def _make_ready(self, source: Any, training: bool) -> None:
        model, example = self.model, source.example()
        own = self.hook("train_step" if training else "test_step")
        if is_stateful(own):
            with compiled_flags(model, self.flags):
                self._try_step(own, example)
            return
        specs = jax.tree.map(_spec, example)
        with compiled_flags(model, self.flags):
            if not model.run_eagerly:
                self.build_by_tracing(specs[0])
            if model.compiled and (self.metrics is None or self.variables is None):
                self.specs = {}
                y_pred = self.output_spec(example[0], training)
                if self.hook("compute_loss") is not None and not model.run_eagerly:
                    with explained():
                        infer(self._users_loss, (specs, y_pred))  # it may see other outputs
                self._bind(specs[1], y_pred)
            if training and model.optimizer is not None and model.optimizer.built:
                model.optimizer.check_variables(model.trainable_variables)
            elif training and model.optimizer is not None:
                model.optimizer.build(model.trainable_variables)
                self.variables = None  # an evaluation may have listed them without the slots

    def _try_step(self, own: Any, example: Any) -> None:
        """Let a step of the user's that assigns to variables make those that it makes."""
        if type(self.model).call is not Layer.call:
            with contextlib.suppress(Exception):  # the step may call the parts alone
                self.build_by_tracing(jax.tree.map(_spec, example[0]))
        if self.model.optimizer is not None and not self.model.optimizer.built:
            self.model.optimizer.build(self.model.trainable_variables)

        def run(batch):
            return stateful_step(self, own, State((), (), (), ()), batch)[0]

        def traced(batch):
            with ChanceScope(NO_CHANCE):
                return run(batch)

        if self.model.run_eagerly:
            run(example)
        else:
            jax.eval_shape(traced, example)
        self.forget_programs()

    def check_held_out(self, held_out: Any, source: Any) -> None:
        """Find errors in arrays to validate on before the training starts, not after an epoch."""
        if isinstance(held_out, ArraySource):
            self.output_spec(held_out.example()[0])
        self.check_targets(held_out)

    def check_targets(self, source: Any) -> None:
        """One clear error for targets that the loss can't work with, before any step is made."""
        if self.specs:
            source.check(self._check_batch)

    def _check_inputs(self, x: Any) -> None:
        """Let the layers that the inputs go to look at them; only of graphs it is known which."""
        graph = getattr(getattr(self.model, "_functional", self.model), "_graph", None)
        if graph is None or not isinstance(graph.inputs, (KerasTensor, list)):
            return
        given = tree.flatten(x)
        if isinstance(x, dict) or len(given) != len(graph.flat_inputs):
            return
        arrays = {id(s): a for s, a in zip(graph.flat_inputs, given, strict=True)}
        for node in graph.nodes:
            layer, first = node.operation, node.parents[0]
            looks = isinstance(layer, Layer) and type(layer).check_values is not Layer.check_values
            if looks and id(first) in arrays:
                layer.check_values(np.asarray(arrays[id(first)]))

    def _check_batch(self, data: Any) -> None:
        self._check_inputs(data[0])
        if self.hook("compute_loss") is not None or self.loss is None:
            return
        if data[1] is None:
            raise ValueError(
                "The model has a loss but the data have no targets: pass y, or batches (x, y)."
            )
        loss, y_pred = self.loss, self.output_spec(data[0])
        assert loss is not None
        targets, outputs = loss.align(data[1], y_pred, "y"), tree.flatten(y_pred)
        for term in loss.terms:
            if (i := term.index) is not None:
                check_targets(term.loss, targets[i], outputs[i].shape)

    def _draws_to_build(self) -> bool:
        """Whether Keras would take a first batch to build the model, its losses or metrics."""
        asked = self.arguments or {}
        waits = any(asked.get(k) is not None for k in ("loss", "metrics", "weighted_metrics"))
        return (waits and not self.specs) or not self._is_all_built()

    def _is_all_built(self) -> bool:
        return all(layer.built for layer in self.model._flatten_layers())

    def build_by_tracing(self, x: Any) -> None:
        """Make the weights of a model that has not seen an input yet."""
        if self._is_all_built():
            return
        loose = jax.tree.map(
            lambda t: KerasTensor((None, *t.shape[1:]), t.dtype),
            x,
            is_leaf=lambda t: isinstance(t, KerasTensor),
        )
        infer(Layer.__call__, (self.model, loose))
        self.forget_programs()

    def output_spec(self, x: Any, training: bool = False) -> Any:
        """The outputs' shapes for a batch like `x`, of whatever number of examples."""
        shapes = _shapes(x)
        if shapes not in self.specs:
            self.specs[shapes] = self._specs_of_outputs(x, training)
        return self.specs[shapes]

    def _specs_of_outputs(self, x: Any, training: bool) -> Any:
        if self.model.run_eagerly:  # Python code in the model may look at the values
            return jax.tree.map(_spec, self._call_eagerly(x, False, None))
        specs = jax.tree.map(_spec, x)
        return infer(functools.partial(self.model.__call__, training=training), (specs,))

    def _bind_loss(self, y: Any, y_pred: Any) -> None:
        if self.loss is None and self.arguments and self.model.loss is not None:
            names = getattr(self.model, "output_names", None) if self.model.built else None
            weights = self.arguments["loss_weights"]
            self.loss = CompiledLoss(self.model.loss, weights, y, y_pred, names)

    def _bind(self, y: Any, y_pred: Any) -> None:
        """Bind losses and metrics to the outputs, once their structure is known."""
        asked = self.arguments
        if self.metrics is not None or asked is None:
            return
        self._bind_loss(y, y_pred)
        metrics, weighted = asked["metrics"], asked["weighted_metrics"]
        aligned = self.loss
        if aligned is None and self.hook("compute_loss") is not None and (metrics or weighted):
            names = getattr(self.model, "output_names", None)
            aligned = CompiledLoss.without_terms(y_pred, names)
        if aligned is not None and (y is not None or not (metrics or weighted)):
            self.metrics = CompiledMetrics(metrics, weighted, y, y_pred, aligned)
        self.forget_programs()

    def step_variables(self) -> Variables:
        """The variables whose values make up the state, fixed until the next compile."""
        if self.variables is None:
            model = self.model
            for layer in model._flatten_layers():
                hold(layer, self)
            optimizer = [v for o in self.optimizers() for v in o.variables]
            trainable, counted = model.trainable_variables, model.metrics_variables
            known = {id(v) for v in [*trainable, *counted]}
            held = [m for x in model._flatten_layers() for m in x.tracked(metrics_module.Metric)]
            rest = [*model.variables, *(v for m in held for v in m.variables)]
            rest = [v for v in rest if id(v) not in known]
            self.variables = Variables(trainable, rest, optimizer, counted)
        return self.variables

    def optimizers(self) -> list:
        """The model's optimizer, and those that it holds as attributes."""
        held = [v for v in vars(self.model).values() if isinstance(v, Optimizer)]
        first = [] if self.model.optimizer is None else [self.model.optimizer]
        return list({id(o): o for o in [*first, *held]}.values())

    def program(self, kind: str, size: int) -> Any:
        """The executable that makes steps of this kind on batches of `size`."""
        key = kind, size
        if key not in self.programs:
            with compiled_flags(self.model, self.flags):
                self.step_variables()
            self.programs[key] = program_for(self, key) or make_program(self, kind, size)
        return self.programs[key]

    # What a step computes

    def total_loss(self, y: Any, y_pred: Any, sample_weight: Any) -> tuple[Any, Any]:
        """The compiled losses, `add_loss` and weight penalties; and how much they weigh."""
        extra = self.model.losses
        self._bind_loss(y, y_pred)
        if self.loss is None:
            if not extra:
                raise ValueError(
                    "There is no loss to minimize: pass `loss` to compile(), or call add_loss() in "
                    "a layer."
                )
            total, weight = 0.0, tree.flatten(y_pred)[0].shape[0]
        else:
            total, weight = self.loss(y, y_pred, sample_weight)
        for term in extra:
            total = total + jax.numpy.sum(term)
        return total, weight

    def old_loss(self, y: Any, y_pred: Any, sample_weight: Any, penalties: list) -> Any:
        """The compiled losses and these penalties, counted in the mean loss as Keras 2 does."""
        self._bind_loss(y, y_pred)
        if self.loss is None:
            raise ValueError("compiled_loss() needs a loss: pass one to compile().")
        loss = self.loss(y, y_pred, sample_weight)[0] + sum(penalties)
        self.tracker.update_state(loss)
        return loss

    def loss_and_metrics(
        self, x: Any, y: Any, y_pred: Any, sample_weight: Any, training: bool
    ) -> Any:
        """The loss of a batch, counted in the metrics."""
        if self.hook("compute_loss") is not None:
            loss = self._users_loss((x, y, sample_weight), y_pred, training)
            weight = jax.tree.leaves(x)[0].shape[0]
        else:
            loss, weight = self.total_loss(y, y_pred, sample_weight)
        self.tracker.update_state(loss, sample_weight=weight)
        if self.hook("compute_metrics") is not None:
            self.model.compute_metrics(x, y, y_pred, sample_weight)
        else:
            self.update_metrics(y, y_pred, sample_weight)
        return loss

    def _users_loss(self, batch: Any, y_pred: Any, training: bool = True) -> Any:
        x, y, sample_weight = batch
        compute = self.model.compute_loss
        mode = {"training": training} if configs.accepts(compute, "training") else {}
        return compute(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight, **mode)

    def update_metrics(self, y: Any, y_pred: Any, sample_weight: Any) -> None:
        """Count one batch in the compiled metrics."""
        if self.metrics is not None and self.metrics.entries and y is not None:
            self.metrics.update_state(y, y_pred, sample_weight)

    # Metrics

    def results(self) -> dict[str, Any]:
        """The values of all metrics so far, by name."""
        tracker, held = self.held_metrics()
        logs = {m.name: m.result() for m in [*tracker, *held, *self.loss_parts()]}
        if self.metrics is not None:
            logs |= self.metrics.result()
        found = {k: v.value if isinstance(v, Variable) else v for k, v in logs.items()}
        return dict(sorted(found.items()))

    def loss_parts(self) -> list:
        """The mean losses of the outputs, where there are several."""
        return [] if self.loss is None else self.loss.metrics

    def compiled_metrics(self) -> list:
        """The metrics given to `compile` as one, once they are bound."""
        return [self.metrics] if self.metrics is not None and self.metrics.entries else []

    def held_metrics(self) -> tuple[list, list]:
        """The loss; the metrics that the model and its layers hold as attributes.

        Models inside it keep theirs to themselves: they are compiled apart.
        """
        model = self.model
        tracker = [self.tracker] if model.compiled else []
        compiled = [] if self.metrics is None else self.metrics.metrics
        skip = {id(m) for m in [*tracker, *compiled, *self.loss_parts()]}
        layers = [x for x in model._flatten_layers() if x is model or not isinstance(x, self.base)]
        held = [m for layer in layers for m in layer.tracked(metrics_module.Metric)]
        return tracker, [m for m in held if id(m) not in skip]

    def metric_state(self) -> tuple[list, list]:
        """Variables that start an epoch from zero, and metrics that reset themselves."""
        if self._metric_state is None:
            plain, own = [], []
            for m in self.model.metrics:
                is_plain = type(m).reset_state is metrics_module.Metric.reset_state
                (plain if is_plain else own).append(m)
            self._metric_state = [v for m in plain for v in m.variables], own
        return self._metric_state

    def result_order(self) -> list[str]:
        """The names of the logs in the order of `evaluate`'s list, which is Keras's.

        One output: loss, compiled metrics as given, own metrics. Several: loss, its parts, own
        metrics, and the compiled ones by the alphabet.
        """
        entries = [] if self.metrics is None else self.metrics.entries
        compiled = [e.name for e in entries]
        parts = [m.name for m in self.loss_parts()]
        elsewhere = [*self.loss_parts(), *self.compiled_metrics()]
        own = [m.name for m in self.model.metrics if m not in elsewhere]
        names = [*parts, *own[1:], *sorted(compiled)] if parts else [*compiled, *own[1:]]
        return list(dict.fromkeys([*own[:1], *names]))

    def in_order(self, logs: dict[str, Any]) -> Any:
        """Logs as a list in that order; a single value alone."""
        if self._order is None:
            self._order = self.result_order()
        order = [n for n in self._order if n in logs]
        values = [logs[n] for n in order] + [v for n, v in logs.items() if n not in order]
        return values[0] if len(values) == 1 else values

    # Calling the model

    def compiled_call(self, x: Any, training: bool | None = None, mask: Any = None) -> Any:
        """`model(x)` through one executable; one whose Python needs the values runs as it is."""
        start()
        if mask is not None or self.call is False:
            return self._call_eagerly(x, training, mask)
        if self.call is None:
            for layer in self.model._flatten_layers():
                hold(layer, self)
            self.call = CompiledCall(self.model)
        try:
            with self.values:
                return self.call(self.model, x, training)
        except TypeError as error:
            if not isinstance(error.__context__, jax.errors.ConcretizationTypeError):
                raise
            self.call = False
            return self._call_eagerly(x, training, mask)

    def _call_eagerly(self, x: Any, training: bool | None, mask: Any) -> Any:
        given = {"training": training, "mask": mask}
        given = {k: v for k, v in given.items() if v is not None}
        with self.values:
            return Layer.__call__(self.model, x, **given)

    def size_to_predict(self, size: int) -> int:
        """The batch size of the program that predicts batches of `size`.

        Their own for the first `PREDICT_SIZES` sizes, then powers of two: programs stay few.
        """
        if size in self.sizes or len(self.sizes) < PREDICT_SIZES:
            self.sizes.add(size)
            return size
        return 1 << (size - 1).bit_length()

    def outputs(self, x: Any) -> Any:
        """What `predict` gives for one batch."""
        if (placing := self.placing()) is not None:
            x = placing.put(convert(x), is_batch=True)
        if self.call is None:
            self.build_by_tracing(jax.tree.map(_spec, convert(x)))
        own, model = self.hook("predict_step"), self.model
        if own is None:
            call = self._call_eagerly if model.run_eagerly else self.compiled_call
            return call(x, False, None)
        with self.values:
            state = (
                [v.raw for v in model.trainable_variables],
                [v.raw for v in model.non_trainable_variables],
            )
            return own(state, x)[0]


class Counting:
    """`compiled_metrics` of Keras 2."""

    def __init__(self, session: Session):
        self.session = session

    @property
    def metrics(self) -> list:
        return [] if self.session.metrics is None else self.session.metrics.metrics

    def update_state(self, y: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Count one batch."""
        self.session._bind(y, y_pred)
        self.session.update_metrics(y, y_pred, sample_weight)


def _shapes(batch: Any) -> tuple:
    """The shapes of one example."""
    return tuple([part.shape[1:] for part in jax.tree.leaves(batch)])


def _spec(array: Any) -> KerasTensor:
    return KerasTensor(array.shape, array.dtype.name)
