"""A model as the methods see it: scores of a target, and their gradients, in batches.

An example's score is one number: the output of its class. It is explained by *points*, which are
the inputs themselves or, where a layer is named, what that layer gives for them.
"""

import contextlib
import copy
import functools
import itertools
import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

import addax
from addax import layers
from addax.core.checks import positive
from addax.core.errors import unknown
from addax.explain.relu_rules import guided

PROGRAMS = 32  # that are kept for a model
_programs: weakref.WeakKeyDictionary[Any, dict] = weakref.WeakKeyDictionary()


class Network:
    """A model with the inputs `x` to explain, the target of each, and the layer of the points."""

    def __init__(
        self, model: Any, x: Any, target: Any = None, layer: Any = None, batch_size: int = 32
    ):
        positive(batch_size=batch_size)
        if not isinstance(model, addax.Model):
            raise TypeError(f"model is an Addax model; received {type(model).__name__}.")
        self.model, self.batch_size = model, batch_size
        self.x = jax.tree.map(_checked, model._ahead(x))  # texts become tokens
        self.count = _common_count(self.x)
        if not model.built:
            model(take(self.x, [0]))
        self.layer = None if layer is None else find_layer(model, layer)
        self.score = target if callable(target) else of_class
        self.target = np.zeros(self.count, "int32")
        if not callable(target):
            self.target = self._classes(target)

    def outputs(self) -> Any:
        """What the model gives for the inputs."""
        return self._run("outputs", self.x, self.everyone)

    @property
    def everyone(self) -> np.ndarray:
        """The numbers of all examples: (batch,)."""
        return np.arange(self.count)

    def points(self, x: Any = None) -> Any:
        """What the layer gives for the inputs, or these; integers beside floats become None."""
        x = self.x if x is None else x
        if self.layer is not None:
            return self._run("layer", x, self.everyone)
        if isinstance(x, np.ndarray):
            return x
        return jax.tree.map(lambda leaf: leaf if leaf.dtype.kind == "f" else None, x)

    def scores(self, points: Any, which: np.ndarray) -> np.ndarray:
        """The score of each row of `points`, which belongs to the example `which`: (rows,)."""
        return self._run("scores", points, which)

    def scores_of(self, variants: Iterable[np.ndarray]) -> np.ndarray:
        """The scores of variants of x, each of x's shape: (variants, batch)."""
        variants, scores = iter(variants), []
        while some := list(itertools.islice(variants, self.together)):
            which = np.tile(self.everyone, len(some))
            scores.append(self.scores(np.concatenate(some), which).reshape(len(some), -1))
        return np.concatenate(scores)

    @property
    def together(self) -> int:
        """How many variants of x fill a batch."""
        return max(1, self.batch_size // self.count)

    def gradients(self, points: Any, which: np.ndarray, rule: str = "gradients") -> Any:
        """The gradients of the scores by `points`, and of the same shape.

        `rule` is "gradients", or "guided" for another rule at relus.
        """
        return self._run(rule, points, which)

    def of_inputs(self) -> "Network":
        """The same, with the inputs as points."""
        other = copy.copy(self)
        other.layer = None
        return other

    def need_floats(self) -> None:
        """Take the model's only Embedding as the layer, if x holds its tokens.

        ValueError for other integers.
        """
        leaves = jax.tree.leaves(self.x)
        kinds = {str(leaf.dtype) for leaf in leaves if leaf.dtype.kind != "f"}
        if self.layer is not None:
            return
        found = [x for x in self.model._flatten_layers() if isinstance(x, layers.Embedding)]
        if len(found) == len(leaves) == 1 and self._are_tokens(leaves[0], found[0]):
            self.layer = found[0]
        elif all(leaf.dtype.kind != "f" for leaf in leaves):
            names = ", ".join(repr(x.name) for x in found)
            raise ValueError(
                f"Gradients are by floats; x holds {', '.join(sorted(kinds))}. "
                + (
                    f"Name the layer to explain: layer= one of the Embeddings {names}."
                    if found
                    else f"Model {self.model.name!r} has no Embedding whose output could stand "
                    "for them. For numbers such as pixels pass x.astype('float32')."
                )
            )

    def _are_tokens(self, x: np.ndarray, embedding: Any) -> bool:
        """Whether x is of whole numbers, for each of which `embedding` gives a vector."""
        if x.dtype.kind == "f" and not np.array_equal(x, x.round()):
            return False
        program = self._program("layer", embedding)
        return jax.eval_shape(program, self._values(), self.x, (), ()).shape[:-1] == x.shape

    def baseline(self, baseline: Any, points: Any) -> Any:
        """What `points` are compared with, in their shape: a number fills it.

        Arrays are inputs, of the shape of x or of one example. ValueError for other shapes.
        """
        if np.ndim(jax.tree.leaves(baseline)[0]) == 0:
            return jax.tree.map(lambda p: np.full_like(p, baseline), points)
        if _structure(baseline) != _structure(self.x):
            raise ValueError("baseline is a number, or arrays nested as x is.")
        return self.points(jax.tree.map(_like, baseline, self.x))

    def _classes(self, target: Any) -> np.ndarray:
        """The class of each example; ValueError if a class is not there."""
        if target is None:
            outputs = self.outputs()
        else:
            outputs = jax.eval_shape(self._program("outputs", None), self._values(), self.x, (), ())
        leaves = jax.tree.leaves(outputs)
        if len(leaves) != 1 or leaves[0].ndim > 2:
            shapes = [tuple(leaf.shape) for leaf in leaves]
            raise ValueError(
                "A class picks one number of an output (batch, classes); the model's outputs are "
                f"{shapes}. Pass target=function, which makes (batch,) of the outputs."
            )
        width = leaves[0].shape[1] if leaves[0].ndim == 2 else 1
        if target is None:
            return np.argmax(np.reshape(leaves[0], (self.count, width)), -1).astype("int32")
        classes = np.asarray(target)
        if classes.dtype.kind not in "iu" or classes.shape not in ((), (self.count,)):
            raise ValueError(
                "target is None, a class, a class for each example "
                f"({self.count}) or a function of the outputs; received {target!r}."
            )
        if classes.min() < 0 or classes.max() >= width:
            raise ValueError(
                f"target is a class from 0 to {width - 1}, for the model has {width} outputs; "
                f"received {target!r}."
            )
        return np.broadcast_to(classes, (self.count,)).astype("int32")

    def _values(self) -> list:
        return [v.value for v in self.model.variables]

    def _run(self, kind: str, points: Any, which: np.ndarray) -> Any:
        """A program's results for all rows, computed in batches of one shape."""
        program, values, results = self._program(kind, self.layer), self._values(), []
        partial = self.layer is not None or _structure(points) != _structure(self.x)
        x = self.x if partial and kind in OF_POINTS else ()
        for start in range(0, len(which), self.batch_size):
            part = which[start : start + self.batch_size]
            # A size that is a power of two is met again; the last row stands in for those missing.
            rows = np.arange(1 << (len(part) - 1).bit_length()).clip(max=len(part) - 1)
            batch = take(points, start + rows), take(x, part[rows]), self.target[part[rows]]
            result = program(values, *batch)
            results.append(jax.tree.map(functools.partial(_first, len(part)), result))
        return jax.tree.map(lambda *parts: np.concatenate(parts), *results)

    def _program(self, kind: str, layer: Any) -> Callable:
        known = _programs.setdefault(self.model, {})
        names = tuple(x.name for x in self.model._flatten_layers())
        key = kind, layer, self.score, names
        if key not in known:
            if len(known) >= PROGRAMS:
                del known[next(iter(known))]
            made = KINDS[kind](weakref.ref(self.model), layer, self.score)
            known[key] = jax.jit(made)
        return known[key]


# The programs: functions of the variables' values, points, inputs and targets.


def _outputs(model: Callable, layer: Any, score: Callable) -> Callable:
    return lambda values, x, _, target: _call(model(), values, x)


def _layer(model: Callable, layer: Any, score: Callable) -> Callable:
    def program(values, x, _, target):
        with replaced(layer) as given:
            _call(model(), values, x)
        if len(given) != 1 or len(jax.tree.leaves(given)) != 1:
            raise ValueError(
                f"Layer {layer.name!r} is called {len(given)} times in a call of the model and "
                f"gives {len(jax.tree.leaves(given))} arrays: only one array can be explained."
            )
        return given[0].astype("float32")

    return program


def _scores(model: Callable, layer: Any, score: Callable) -> Callable:
    def program(values, points, x, target):
        if layer is None:
            return score_of(_call(model(), values, _merged(points, x)), target)
        with replaced(layer, points):
            return score_of(_call(model(), values, x), target)

    def score_of(outputs, target):
        if score is of_class:
            return of_class(outputs, target)
        found = score(outputs)
        if jnp.shape(found) != target.shape:
            raise ValueError(
                f"target, a function of the outputs, gives a number for each example: (batch,); it "
                f"gave the shape {jnp.shape(found)} for {target.shape}."
            )
        return found.astype("float32")

    return program


def _gradients(model: Callable, layer: Any, score: Callable) -> Callable:
    scores = _scores(model, layer, score)
    return jax.grad(lambda *arguments: scores(*arguments).sum(), argnums=1)


def _guided(model: Callable, layer: Any, score: Callable) -> Callable:
    slopes = _gradients(model, layer, score)

    def program(*arguments):
        with guided(model()):
            return slopes(*arguments)

    return program


OF_POINTS = {"scores": _scores, "gradients": _gradients, "guided": _guided}
KINDS = {"outputs": _outputs, "layer": _layer} | OF_POINTS


def _structure(x: Any) -> Any:
    return jax.tree.structure(x)


def _merged(points: Any, x: Any) -> Any:
    """The points, and where they are None the inputs, if those came."""
    if not jax.tree.leaves(x):
        return points
    none = lambda p: p is None  # noqa: E731
    return jax.tree.map(lambda p, v: v if p is None else p, points, x, is_leaf=none)


def _call(model: Any, values: list, x: Any) -> Any:
    with addax.StatelessScope(zip(model.variables, values, strict=True)):
        return model(x, training=False)


def of_class(outputs: Any, target: Any) -> Any:
    """The output of the class `target` (batch,) of each example."""
    (scores,) = jax.tree.leaves(outputs)
    scores = scores.reshape(len(target), -1).astype("float32")
    return jnp.take_along_axis(scores, target[:, None], axis=1)[:, 0]


@contextlib.contextmanager
def replaced(layer: Any, value: Any = None) -> Iterator[list]:
    """Inside, `layer` gives `value` if there is one; the list holds what it gives."""
    given: list = []
    call = layer.call

    @functools.wraps(call)
    def instead(*args, **kwargs):
        given.append(call(*args, **kwargs))
        return given[-1] if value is None else value.astype(given[-1].dtype)

    vars(layer)["call"] = instead
    try:
        yield given
    finally:
        del vars(layer)["call"]


def find_layer(model: Any, layer: Any) -> Any:
    """A layer inside `model`, inner models included, by itself or its name."""
    inside = model._flatten_layers(include_self=False)
    for found in inside:
        if found is layer or found.name == layer:
            return found
    raise unknown(f"layer of model {model.name!r}", layer, [x.name for x in inside])


def take(points: Any, rows: Any) -> Any:
    """These rows of each array."""
    return jax.tree.map(lambda a: a[rows], points)


def _first(count: int, array: Any) -> np.ndarray:
    return np.asarray(array[:count])


def _checked(x: Any) -> np.ndarray:
    """An input on the host, floats as float32."""
    x = np.asarray(x)
    if x.dtype.kind not in "fiub" or x.ndim == 0:
        raise ValueError(
            f"x is an array of numbers with the examples along axis 0; received {x.dtype} of the "
            f"shape {x.shape}."
        )
    return x.astype("float32") if x.dtype.kind == "f" else x


def _common_count(x: Any) -> int:
    counts = {len(leaf) for leaf in jax.tree.leaves(x)}
    if len(counts) != 1 or counts == {0}:
        raise ValueError(
            f"The inputs in x have the same number of examples, at least 1; received "
            f"{sorted(counts)}."
        )
    return counts.pop()


def _like(baseline: Any, x: np.ndarray) -> np.ndarray:
    baseline = np.asarray(baseline)
    if baseline.shape not in (x.shape, x.shape[1:]):
        raise ValueError(
            f"baseline has the shape of x, {x.shape}, or of one example, {x.shape[1:]}; received "
            f"{baseline.shape}."
        )
    return np.broadcast_to(baseline, x.shape).astype(x.dtype)
