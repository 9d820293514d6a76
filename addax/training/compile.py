"""Losses and metrics, each with the output it belongs to."""

import inspect
import itertools
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from addax import metrics as metrics_module
from addax.core import tree
from addax.ops import divide_no_nan
from addax.tree import flatten_with_path


class Output(NamedTuple):
    """One output of the model: its names in the logs of metrics and of losses, its index in the
    flat structure, and whether its name is only its position."""

    name: str
    loss_name: str
    index: int
    unnamed: bool = False


def flat_outputs(y_pred: Any, output_names: list[str] | None) -> list[Output]:
    """The outputs of a model whose predictions have this structure."""
    paths = [list(path) for path, _ in flatten_with_path(y_pred)]
    unnamed = [not (path and isinstance(path[-1], str)) for path in paths]
    names = output_names or []
    if isinstance(y_pred, dict) and not _is_deep(y_pred):
        names = [str(path[0]) for path in paths]
    elif len(names) == len(paths):
        unnamed = [False] * len(paths)
        # a position says less than the layer's name, a key says more
        for path, name in zip(paths, names, strict=True):
            path[-1:] = [path[-1] if path and isinstance(path[-1], str) else name]
    elif _is_deep(y_pred):
        names = ["/".join(map(str, path)) for path in paths]
    else:
        names = [f"output_{i}" for i in range(len(paths))] if len(paths) > 1 else ["output"]
        paths = [[name] for name in names]
    return [
        Output(name, "/".join(map(str, path)), i, unnamed[i])
        for i, (name, path) in enumerate(zip(names, paths, strict=True))
    ]


def _is_deep(y_pred: Any) -> bool:
    inner = y_pred.values() if isinstance(y_pred, dict) else y_pred
    return tree.is_nested(y_pred) and any(map(tree.is_nested, inner))


def _is_above(loss: Any, y_pred: Any) -> bool:
    """Whether `loss` has one entry for each part of `y_pred`, of which some hold several."""
    if not _is_deep(y_pred):
        return False
    if isinstance(loss, dict):
        return isinstance(y_pred, dict) and loss.keys() <= y_pred.keys()
    listed = isinstance(loss, (list, tuple)) and isinstance(y_pred, (list, tuple))
    return listed and len(loss) == len(y_pred) != len(tree.flatten(y_pred))


def by_structure(given: Any, place: Any) -> dict[int, Any] | None:
    """The entries of `given`, nested as the outputs are, by the index that `place` has there.

    None where it is nested in another way.
    """
    if not tree.is_nested(place):
        return {place: given}
    kind = dict if isinstance(place, dict) else (list, tuple)
    if not isinstance(given, kind) or len(given) != len(place):
        return None
    keys = list(place) if isinstance(place, dict) else range(len(place))
    found: dict[int, Any] = {}
    for key in keys:
        inner = by_structure(given[key], place[key]) if key in given or kind is not dict else None
        if inner is None:
            return None
        found |= inner
    return found


def by_output(given: Any, outputs: list[Output], what: str) -> list:
    """One entry of `given` for each output: by name, by position, or the same for a single one."""
    if isinstance(given, dict):
        names = {o.name for o in outputs}
        strange = sorted(set(given) - names)
        if strange:
            raise ValueError(
                f"{what} names outputs {strange}; the model's outputs are {sorted(names)}."
            )
        return [given.get(o.name) for o in outputs]
    if isinstance(given, (list, tuple)):
        if len(given) != len(outputs):
            raise ValueError(
                f"{what} has {len(given)} entries; the model has {len(outputs)} outputs: "
                f"{[o.name for o in outputs]}. Give one entry an output, None for no {what}."
            )
        return list(given)
    return [given] * len(outputs)


def align(value: Any, y_pred: Any, outputs: list[Output], what: str, skip: tuple = ()) -> list:
    """Targets or weights, flat and in the order of the outputs.

    Outputs in `skip` have no loss: their targets may be missing. ValueError when the structures
    don't fit.
    """
    if _structure(value) == _structure(y_pred):
        return tree.flatten(value)
    if isinstance(value, dict):
        missing = [o.name for o in outputs if o.name not in value and o.index not in skip]
        if missing:
            raise ValueError(f"{what} lacks outputs {missing}; it has {sorted(value)}.")
        return [value.get(o.name) for o in outputs]
    flat = tree.flatten(value)
    needed = [o for o in outputs if o.index not in skip]
    if len(flat) == len(needed) < len(outputs):
        found = {o.index: v for o, v in zip(needed, flat, strict=True)}
        return [found.get(o.index) for o in outputs]
    if len(flat) != len(outputs):
        raise ValueError(
            f"{what} has {len(flat)} tensors; the model has {len(outputs)} outputs: "
            f"{[o.name for o in outputs]}."
        )
    return flat


def _structure(value: Any) -> Any:
    return tree.flatten_with_structure(value)[1]


class LossTerm(NamedTuple):
    """The loss of one output, or of a structure of them: `place` holds their indices."""

    name: str
    place: Any
    loss: Any
    weight: Any
    tracker: Any

    @property
    def index(self) -> int | None:
        """That of the output, if it is one."""
        return None if tree.is_nested(self.place) else self.place


class Given:
    """A loss as the user gave it, and its weight. As a tuple it would pass for structure."""

    def __init__(self, loss: Any, weight: Any = None):
        self.loss, self.weight = loss, weight


def placed(loss: Any, weights: Any, y_pred: Any, outputs: list[Output]) -> list[tuple]:
    """`(name, place, Given)` for each loss of a nested structure.

    A structure of losses follows that of the outputs, down to where a loss stands for all that is
    below; a list where the outputs have no list holds several losses of the same place.
    """
    flat = tree.flatten(loss)
    flat_weights = [None] * len(flat) if weights is None else tree.flatten(weights)
    if len(flat_weights) != len(flat):
        raise ValueError(f"There are {len(flat)} losses, but {len(flat_weights)} loss_weights.")
    pairs = [None if a is None else Given(a, w) for a, w in zip(flat, flat_weights, strict=True)]
    found = list(_walk(tree.pack_sequence_as(loss, pairs), _places(y_pred), (), outputs))
    names = [name for name, _, _ in found]
    return [
        (name if names.count(name) == 1 else f"{name}_{_name(given.loss)}", place, given)
        for name, place, given in found
    ]


def _places(y_pred: Any) -> Any:
    return tree.pack_sequence_as(y_pred, range(len(tree.flatten(y_pred))))


def _name(loss: Any) -> str:
    return loss if isinstance(loss, str) else getattr(loss, "name", None) or loss.__name__


def _walk(given: Any, place: Any, path: tuple, outputs: list[Output]) -> Iterator[tuple]:
    listed, inside = isinstance(given, (list, tuple)), tree.flatten(place)
    if given is None:
        return
    if isinstance(given, Given):
        whole = "/".join(map(str, path)) if tree.is_nested(place) else ""
        yield whole or "_".join(outputs[i].loss_name for i in inside), place, given
    elif listed and len(given) == len(inside) and not any(map(tree.is_nested, given)):
        for one, index in zip(given, inside, strict=True):
            yield from _walk(one, index, path, outputs)
    elif listed and not isinstance(place, type(given)):
        for one in given:
            yield from _walk(one, place, path, outputs)
    else:
        for key in given if isinstance(given, dict) else range(len(given)):
            try:
                inner = place[key]
            except (KeyError, IndexError, TypeError):
                raise ValueError(f"loss names {(*path, key)}, which is no output.") from None
            yield from _walk(given[key], inner, (*path, key), outputs)


class CompiledLoss:
    """The weighted sum of the outputs' losses."""

    def __init__(
        self, loss: Any, loss_weights: Any, y: Any, y_pred: Any, output_names: list[str] | None
    ):
        self.outputs = outputs = flat_outputs(y_pred, output_names)
        found = self._found(loss, loss_weights, y_pred)
        used = {i for _, place, _ in found for i in tree.flatten(place)}
        self.skipped = tuple(o.index for o in outputs if o.index not in used)
        predictions = tree.flatten(y_pred)
        targets = [None] * len(outputs) if y is None else self.align(y, y_pred, "y")
        losses = [as_loss(g.loss, *_at(place, targets, predictions)) for _, place, g in found]
        names = self._names([(name, place) for name, place, _ in found], losses)
        self.terms = [
            LossTerm(
                name,
                place,
                loss,
                given.weight,
                metrics_module.Mean(name=f"{name}_loss") if len(found) > 1 else None,
            )
            for name, loss, (_, place, given) in zip(names, losses, found, strict=True)
        ]

    @classmethod
    def without_terms(cls, y_pred: Any, output_names: list[str] | None) -> "CompiledLoss":
        """One that only tells which target and weight belong to which output."""
        nothing = cls([None] * len(tree.flatten(y_pred)), None, None, y_pred, output_names)
        nothing.skipped = ()
        return nothing

    def _names(self, found: list[tuple], losses: list) -> list[str]:
        """The names for the logs: an output without one goes by its loss, if no other does."""
        by_loss = []
        for (name, place), loss in zip(found, losses, strict=True):
            output = None if tree.is_nested(place) else self.outputs[place]
            if output is not None and output.unnamed and name == output.loss_name:
                name = "/".join([*name.split("/")[:-1], _name(loss)])
            by_loss.append(name)
        return [
            short if by_loss.count(short) == 1 else name
            for short, (name, _) in zip(by_loss, found, strict=True)
        ]

    def _found(self, loss: Any, weights: Any, y_pred: Any) -> list[tuple]:
        entries = list(loss.values()) if isinstance(loss, dict) else loss
        listed = isinstance(entries, (list, tuple))
        nested = listed and any(tree.is_nested(_only(one)) for one in entries)
        together = isinstance(loss, (list, tuple)) and not isinstance(y_pred, (list, tuple))
        if nested or (together and len(loss) != len(self.outputs)) or _is_above(loss, y_pred):
            return placed(loss, weights, y_pred, self.outputs)
        given = [_only(one) for one in by_output(loss, self.outputs, "loss")]
        scales = [None] * len(given)
        if weights is not None:
            scales = by_output(weights, self.outputs, "loss_weights")
        return [
            (o.loss_name, o.index, Given(one, _only(scale)))
            for o, one, scale in zip(self.outputs, given, scales, strict=True)
            if one is not None
        ]

    @property
    def metrics(self) -> list:
        return [t.tracker for t in self.terms if t.tracker is not None]

    def align(self, value: Any, y_pred: Any, what: str) -> list:
        return align(value, y_pred, self.outputs, what, self.skipped)

    def __call__(self, y: Any, y_pred: Any, sample_weight: Any = None) -> tuple[Any, Any]:
        """The total, and the weight with which an epoch's mean counts it."""
        targets = self.align(y, y_pred, "y")
        weights = self.sample_weights(sample_weight, y_pred)
        flat_pred = tree.flatten(y_pred)
        total, count = 0.0, flat_pred[0].shape[0]
        for term in self.terms:
            y_true, predicted = _at(term.place, targets, flat_pred)
            weight = weights[tree.flatten(term.place)[0]]
            value, weight = mean_and_weight(term.loss, y_true, predicted, weight)
            if term.tracker is not None:
                term.tracker.update_state(value, sample_weight=weight)
            else:
                count = weight
            total = total + (value if term.weight is None else value * term.weight)
        return total, count

    def sample_weights(self, sample_weight: Any, y_pred: Any) -> list:
        """The weights of each output."""
        if not tree.is_nested(sample_weight):
            return [sample_weight] * len(self.outputs)
        return self.align(sample_weight, y_pred, "sample_weight")


def mean_and_weight(loss: Callable, y: Any, y_pred: Any, sample_weight: Any) -> tuple[Any, Any]:
    """A loss as its mean over the batch, and how much that mean weighs against other batches."""
    if getattr(loss, "is_mean", False):
        total, weight = loss.pair(y, y_pred, sample_weight)
        return divide_no_nan(total, weight), weight
    return loss(y, y_pred, sample_weight), tree.flatten(y_pred)[0].shape[0]


def _only(given: Any) -> Any:
    """A list of one loss is that loss."""
    return given[0] if isinstance(given, (list, tuple)) and len(given) == 1 else given


def as_loss(identifier: Any, y: Any, y_pred: Any) -> Any:
    """A loss object from a name, a function, a class, a configuration or an object."""
    if inspect.isclass(identifier):
        identifier = identifier()
    shapes = getattr(y, "shape", None), getattr(y_pred, "shape", None)
    return metrics_module.resolve_loss(identifier, *shapes)


def _at(place: Any, *flat: list) -> list:
    """What stands at these indices in each of the lists."""
    return [tree.map_structure(lambda i, values=values: values[i], place) for values in flat]


class MetricEntry(NamedTuple):
    """A metric of one output under the name that the logs show."""

    output: Output
    metric: Any
    name: str
    weighted: bool


class CompiledMetrics(metrics_module.Metric):
    """The metrics given to `compile` as one, resolved against the outputs.

    `loss` aligns targets and weights with the outputs.
    """

    def __init__(self, metrics: Any, weighted: Any, y: Any, y_pred: Any, loss: CompiledLoss):
        super().__init__(name="compile_metrics")
        self.entries: list[MetricEntry] = []
        self._loss, outputs = loss, loss.outputs
        if not metrics and not weighted:
            return
        by_index = {t.index: t.loss for t in loss.terms}
        losses = [by_index.get(o.index) for o in outputs]
        y, flat_pred = loss.align(y, y_pred, "y"), tree.flatten(y_pred)
        several = len(outputs) > 1
        for given, is_weighted in ((metrics, False), (weighted, True)):
            for output, names in zip(outputs, self._split(given, outputs, y_pred), strict=True):
                for identifier in names:
                    pair = y[output.index], flat_pred[output.index]
                    metric = as_metric(identifier, *pair, losses[output.index])
                    name = identifier if isinstance(identifier, str) else metric.name
                    name = self._free_name(f"{output.name}_" * several, name, is_weighted)
                    self.entries.append(MetricEntry(output, metric, name, is_weighted))

    def _free_name(self, prefix: str, name: str, weighted: bool) -> str:
        """`name` for the logs; if it is taken, `weighted_{name}`, or with a running number."""
        taken = {e.name for e in self.entries}
        if weighted and prefix + name in taken:
            name = f"weighted_{name}"
        full = prefix + name
        numbered = (f"{full}_{i}" for i in itertools.count(1))
        return full if full not in taken else next(n for n in numbered if n not in taken)

    @staticmethod
    def _split(given, outputs, y_pred) -> list[list]:
        if given is None:
            return [[] for _ in outputs]
        placed = by_structure(given, _places(y_pred)) if _is_deep(y_pred) else None
        if placed is not None:
            given = [placed[o.index] for o in outputs]
        if len(outputs) == 1 and not isinstance(given, dict):
            given = [given]
            if isinstance(given[0], (list, tuple)) and len(given[0]) == 1:
                given = [given[0][0]] if isinstance(given[0][0], (list, tuple)) else given
        entries = by_output(given, outputs, "metrics")
        lists = [e if isinstance(e, (list, tuple)) else [e] for e in entries]
        return [[m for m in one if m is not None] for one in lists]

    @property
    def metrics(self) -> list:
        return [e.metric for e in self.entries]

    @property
    def variables(self) -> list:
        return [v for m in self.metrics for v in m.variables]

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Count one batch: structures like those of the outputs."""
        targets, flat_pred = self._loss.align(y_true, y_pred, "y"), tree.flatten(y_pred)
        weights = self._loss.sample_weights(sample_weight, y_pred)
        for e in self.entries:
            i = e.output.index
            weight = (weights[i],) if e.weighted else ()
            e.metric.update_state(targets[i], flat_pred[i], *weight)

    def reset_state(self) -> None:
        for metric in self.metrics:
            metric.reset_state()

    def result(self) -> dict[str, Any]:
        """The values so far, by the names that logs use; dictionaries of a metric are spread."""
        logs = {}
        for e in self.entries:
            value = e.metric.result()
            logs.update(value if isinstance(value, dict) else {e.name: value})
        return logs


def as_metric(identifier: Any, y: Any, y_pred: Any, loss: Any) -> Any:
    """A metric object; "accuracy" becomes the kind that fits the loss and the shapes."""
    if inspect.isclass(identifier):
        identifier = identifier()
    if isinstance(identifier, metrics_module.Metric) and "_weights" not in vars(identifier):
        kind = type(identifier).__name__
        raise RuntimeError(f"{kind}.__init__() must begin with super().__init__(name=...).")
    return metrics_module.resolve_metric(identifier, getattr(y, "shape", None), y_pred.shape, loss)
