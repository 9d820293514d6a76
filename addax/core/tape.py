"""`GradientTape`: gradients of what was computed in a block, as TensorFlow's programs take them.

While a tape is active, JAX's current trace is one of ours. It computes each primitive with the
trace that was current before, and notes which arrays went in and which came out: of `ops`, layers,
operators, slices and `jnp` functions alike. A gradient runs the noted primitives again under
`jax.vjp`.
"""

import contextlib
import functools
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax._src import core as jax_core

from addax.core import tree
from addax.core.checks import one_of
from addax.core.variable import Variable, readers

UNCONNECTED = ("none", "zero")


class Entry(NamedTuple):
    """A computation: `outputs = run(*inputs)`; its program holds `constants`."""

    run: Callable
    inputs: list
    outputs: list
    constants: list


class Recorder(jax_core.Trace):
    """A trace that computes with another one, `below`, and tells the active tapes."""

    def __init__(self, below: Any):
        super().__init__()
        self.below = below
        self.tapes: list[GradientTape] = []
        self.requires_low = getattr(below, "requires_low", True)

    def stage_value(self, val: Any) -> Any:
        return self.below.stage_value(val)

    def process_primitive(self, primitive: Any, args: Any, params: dict, /) -> Any:
        bind = functools.partial(primitive.bind, **params)
        constants = getattr(params.get("jaxpr"), "consts", ())
        return self._note(bind, list(args), primitive.multiple_results, constants)

    def process_custom_jvp_call(self, primitive, fun, jvp, tracers, /, **options):
        return self._note_function(
            "process_custom_jvp_call", (primitive, fun, jvp), tracers, options
        )

    def process_custom_vjp_call(self, primitive, fun, fwd, bwd, tracers, /, **options):
        parts = primitive, fun, fwd, bwd
        return self._note_function("process_custom_vjp_call", parts, tracers, options)

    def cur_qdd(self, x: Any) -> Any:
        return self.below.cur_qdd(x)

    def _note_function(self, method: str, parts: tuple, args: Any, options: dict) -> Any:
        """A function with a derivative of its own can be called once: its jaxpr, any time."""

        def bind(*values: Any) -> Any:
            with jax_core.take_current_trace() as trace:
                return getattr(trace, method)(*parts, values, **options)

        with jax_core.set_current_trace(self.below):
            closed = jax.make_jaxpr(bind)(*args)
        count = len(closed.consts)

        def run(*values: Any) -> Any:
            return jax_core.eval_jaxpr(closed.jaxpr, values[:count], *values[count:])

        return self._note(run, [*closed.consts, *args], True, ())

    def _note(self, run: Callable, inputs: list, several: bool, constants: Iterable) -> Any:
        given = {id(x) for x in inputs}
        with jax_core.set_current_trace(self.below):
            results = run(*inputs)
            outputs = list(results) if several else [results]
            # What passes through unchanged is another array to a tape, which goes by identity.
            outputs = [jnp.array(o, copy=True) if id(o) in given else o for o in outputs]
        entry = Entry(run, inputs, outputs, list(constants))
        for tape in self.tapes:
            tape._entries.append(entry)
        return outputs if several else outputs[0]


class _Eager(threading.local):
    """This thread's recorder of plain computations: programs compiled below it are found again."""

    recorder: Recorder | None = None


_eager = _Eager()


def _recorder() -> Recorder:
    """The one that is current, or a new one above what is current."""
    current = jax_core.trace_ctx.trace
    if isinstance(current, Recorder):
        return current
    if current is not jax_core.eval_trace:
        return Recorder(current)
    if _eager.recorder is None:
        _eager.recorder = Recorder(current)
    return _eager.recorder


class GradientTape:
    """Records what is computed in its block, to give gradients of it.

        with addax.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)

    Trainable variables that are read count as sources; arrays after `watch`. Works in plain Python,
    inside compiled steps and inside other tapes. RuntimeError for a second gradient of a tape that
    is not persistent. After TensorFlow's class of this name.
    """

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True):
        self.persistent, self.watches_variables = persistent, watch_accessed_variables
        self._context: contextlib.ExitStack | None = None
        self.reset()

    def reset(self) -> None:
        """Forget what was recorded."""
        self._entries: list[Entry] = []
        self._watched: dict[int, Any] = {}  # arrays, by identity
        self._read: dict[int, tuple[Variable, dict[int, Any]]] = {}  # variables and their values
        self._used = False

    # Recording

    def __enter__(self):
        if self._context is not None:
            raise ValueError("The tape is recording already.")
        self._context = contextlib.ExitStack()
        self._start()
        return self

    def __exit__(self, *exception: Any) -> None:
        context, self._context = self._context, None
        if context is not None:
            context.close()

    def _start(self) -> None:
        assert self._context is not None
        recorder = _recorder()
        self._context.enter_context(jax_core.set_current_trace(recorder))
        recorder.tapes.append(self)
        self._context.callback(recorder.tapes.remove, self)
        readers.append(self._note_reading)
        self._context.callback(readers.remove, self._note_reading)

    @contextlib.contextmanager
    def stop_recording(self) -> Iterator[None]:
        """Inside, nothing is recorded. ValueError outside the tape's own block."""
        if self._context is None:
            raise ValueError("stop_recording() is for use inside the tape's block.")
        self._context.close()
        try:
            yield
        finally:
            self._start()

    def _note_reading(self, variable: Variable, value: Any) -> None:
        _, values = self._read.setdefault(id(variable), (variable, {}))
        values[id(value)] = value

    def watch(self, tensor: Any) -> None:
        """Count these arrays or variables, also in structures, among the sources."""
        for x in tree.flatten(tensor):
            if isinstance(x, Variable):
                self._watched[id(x)] = x
            elif not isinstance(x, jax.Array):
                raise ValueError(f"Only tensors and variables can be watched; received {x!r}.")
            elif not jnp.issubdtype(x.dtype, jnp.inexact):
                raise ValueError(f"Only floating-point tensors have gradients; received {x.dtype}.")
            else:
                self._watched[id(x)] = x

    def watched_variables(self) -> tuple:
        """The variables whose gradients can be asked for."""
        return tuple(v for v, _ in self._read.values() if self._is_source(v))

    def _is_source(self, variable: Variable) -> bool:
        watched = id(variable) in self._watched
        return watched or (self.watches_variables and variable.trainable)

    def _values_of(self, source: Any) -> list:
        """The arrays that stand for a source in what was recorded."""
        if isinstance(source, Variable):
            known = self._read.get(id(source))
            return list(known[1].values()) if known and self._is_source(source) else []
        return [source] if id(source) in self._watched else []

    # Gradients

    def gradient(
        self,
        target: Any,
        sources: Any,
        output_gradients: Any = None,
        unconnected_gradients: Any = "none",
    ) -> Any:
        """d target / d source for each of the structure `sources`; None for what is not connected.

        Several targets count as their sum; `output_gradients` weigh them. `unconnected_gradients`
        "zero" gives zeros in place of None.
        """
        one_of("unconnected_gradients", unconnected_gradients, UNCONNECTED)
        targets = [_array(t) for t in tree.flatten(target)]
        given = [None] * len(targets) if output_gradients is None else output_gradients
        weights = tree.flatten(given)
        flat = tree.flatten(sources)
        pull, places = self._pullback(targets, flat)
        grads: list = [None] * len(flat)
        if pull is not None:
            ones = [
                jnp.ones_like(t) if w is None else jnp.asarray(_array(w), t.dtype)
                for t, w in zip(targets, weights, strict=True)
            ]
            for i, grad in zip(places, pull(ones), strict=True):
                grads[i] = grad if grads[i] is None else grads[i] + grad
        if unconnected_gradients == "zero":
            grads = _with_zeros(grads, flat)
        return tree.pack_sequence_as(sources, grads)

    def jacobian(
        self, target: Any, sources: Any, unconnected_gradients: Any = "none", **options: Any
    ) -> Any:
        """d target[i] / d source[j], `(*target.shape, *source.shape)`, for each source."""
        target = _array(target)
        basis = jnp.eye(target.size, dtype=target.dtype).reshape(target.size, *target.shape)
        return self._rows(target, sources, basis, target.shape, unconnected_gradients)

    def batch_jacobian(
        self, target: Any, source: Any, unconnected_gradients: Any = "none", **options: Any
    ) -> Any:
        """The Jacobian of each example: `(batch, *target, *source)`, of `(batch, *target)`."""
        target = _array(target)
        inner = target.shape[1:]
        size = target[0].size
        basis = jnp.eye(size, dtype=target.dtype).reshape(size, 1, *inner)
        basis = jnp.broadcast_to(basis, (size, *target.shape))
        rows = self._rows(target, source, basis, inner, unconnected_gradients)
        return rows if rows is None else jnp.moveaxis(rows, len(inner), 0)

    def _rows(self, target, sources, basis, shape, unconnected) -> Any:
        one_of("unconnected_gradients", unconnected, UNCONNECTED)
        flat = tree.flatten(sources)
        pull, places = self._pullback([target], flat)
        found: list = [None] * len(flat)
        if pull is not None:
            for i, rows in zip(places, jax.vmap(lambda b: pull([b]))(basis), strict=True):
                rows = rows.reshape(*shape, *rows.shape[1:])
                found[i] = rows if found[i] is None else found[i] + rows
        if unconnected == "zero":
            found = _with_zeros(found, flat, shape)
        return tree.pack_sequence_as(sources, found)

    def _pullback(self, targets: list, sources: list) -> tuple[Callable | None, list[int]]:
        """The function from the targets' cotangents to gradients, and whose each of these is."""
        if self._used and not self.persistent:
            raise RuntimeError(
                "This tape has given its gradients: it does so once. For several, ask for them in "
                "one call, or make it with persistent=True."
            )
        self._used = True
        known = [(i, v) for i, source in enumerate(sources) for v in self._values_of(source)]
        entries, reached = self._between({id(v) for _, v in known}, targets)
        known = [(i, v) for i, v in known if id(v) in reached and _is_float(v)]
        if not known:
            return None, []

        def replay(values):
            by_id = {id(v): new for (_, v), new in zip(known, values, strict=True)}
            for entry in entries:
                results = entry.run(*[by_id.get(id(a), a) for a in entry.inputs])
                several = isinstance(results, (list, tuple))
                for old, new in zip(entry.outputs, results if several else [results], strict=True):
                    by_id[id(old)] = new
            return [by_id.get(id(t), t) for t in targets]

        _, pull = jax.vjp(replay, [v for _, v in known])
        return (lambda cotangents: pull(cotangents)[0]), [i for i, _ in known]

    def _between(self, sources: set[int], targets: list) -> tuple[list[Entry], set[int]]:
        """The entries through which sources reach targets, and the arrays on these ways.

        ValueError where one leads through a constant, by which its gradient would be lost.
        """
        made = set(sources)
        forward = []
        for entry in self._entries:
            if any(id(a) in made for a in (*entry.inputs, *entry.constants)):
                made |= {id(o) for o in entry.outputs}
                forward.append(entry)
        needed = {id(t) for t in targets}
        kept = []
        for entry in reversed(forward):
            if any(id(o) in needed for o in entry.outputs):
                needed |= {id(a) for a in entry.inputs}
                kept.append(entry)
        if any(id(c) in made for entry in kept for c in entry.constants):
            raise ValueError(
                "A compiled function holds a watched tensor as a constant, so its gradient would "
                "be lost: pass the tensor to the function as an argument."
            )
        return kept[::-1], needed


def _array(x: Any) -> Any:
    return x.value if isinstance(x, Variable) else jnp.asarray(x)


def _with_zeros(found: list, sources: list, shape: tuple = ()) -> list:
    """Zeros `(*shape, *source.shape)` in place of None."""
    zeros = (jnp.zeros((*shape, *s.shape), s.dtype) for s in sources)
    return [z if f is None else f for f, z in zip(found, zeros, strict=True)]


def _is_float(x: Any) -> bool:
    return jnp.issubdtype(x.dtype, jnp.inexact)
