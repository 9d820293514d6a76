"""From what a user passes to `fit`, `evaluate` or `predict` to a source of batches."""

import collections
import functools
import itertools
import math
import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from addax.training.sources import (
    ArraySource,
    StreamSource,
    convert,
    is_structure_of_arrays,
    pack,
    rows,
    unpack,
    weigh_classes,
    whole,
)
from addax.training.workers import fetch


class Mapped:
    """Data that come in batches, and a function that their inputs pass through."""

    def __init__(self, data: Any, function: Callable):
        self.data, self.function = data, function


def as_source(
    x: Any,
    y: Any = None,
    sample_weight: Any = None,
    batch_size: int | None = None,
    shuffle: Any = False,
    class_weight: dict | None = None,
    steps: int | None = None,
) -> ArraySource | StreamSource:
    """A source for arrays, or for anything that yields batches.

    Arrays: NumPy, JAX, torch tensors, pandas, lists of numbers, and structures of them. Batches:
    generators, iterables, PyDataset (`__getitem__` and `__len__`), torch DataLoader, tf.data.
    """
    if x is None:
        raise ValueError("There are no data: x is None.")
    if isinstance(x, Mapped):
        source = as_source(x.data, y, sample_weight, batch_size, shuffle, class_weight, steps)
        _pass_through(source, lambda bx, by, bw: (x.function(bx), by, bw))
        return source
    if is_structure_of_arrays(x):
        data = tuple(convert(part) for part in (x, y, sample_weight))
        if class_weight is not None:
            data = *data[:2], weigh_classes(data[1], class_weight, data[2])
        return ArraySource(data, batch_size or _even_size(data, steps), shuffle)
    if y is not None or sample_weight is not None:
        raise ValueError(
            f"y and sample_weight come with arrays; from {type(x).__name__} they come as parts of "
            "each batch: (x, y) or (x, y, sample_weight)."
        )
    if isinstance(x, (list, tuple)) and x:
        raise ValueError(f"The data hold {type(x[0]).__name__} objects, which are no arrays.")
    source = _stream_source(x, shuffle)
    if steps is not None:
        source.num_batches = steps
    elif _is_endless(x):
        raise ValueError("The data set repeats without end: say steps_per_epoch or steps.")
    if class_weight:
        _weigh_stream(source, class_weight)
    return source


def _even_size(data: Any, steps: int | None) -> int | None:
    """The batch size with which `steps` batches hold all examples."""
    return None if steps is None else math.ceil(rows(data) / whole("The number of steps", steps))


def _stream_source(x: Any, shuffle: Any) -> StreamSource:
    if _is_indexed(x):
        count = x.num_batches if hasattr(x, "num_batches") else len(x)
        shuffles = shuffle and count is not None
        order = functools.partial(_order, count, shuffles)
        draw = order if shuffles else tuple
        return StreamSource(
            lambda start: fetch(x, itertools.islice(order(), start, None)), count, True, x, draw
        )
    if isinstance(x, Iterator):
        return StreamSource(lambda start: x, None, restarts=False, position_of=x)
    if isinstance(x, Iterable):
        return StreamSource(
            lambda start: _without(start, _numpy_batches(x)), _length(x), True, position_of=x
        )
    if callable(x):
        return StreamSource(lambda start: _without(start, _numpy_batches(x())), None, True)
    raise ValueError(
        f"Training data are arrays, or something that yields batches; received {type(x).__name__}."
    )


def _without(count: int, batches: Iterator) -> Iterator:
    """The batches after the first `count`, which are made at once."""
    collections.deque(itertools.islice(batches, count), maxlen=0)
    return batches


def _length(x: Any) -> int | None:
    try:
        size = len(x)
    except TypeError:
        return None
    return size if size >= 0 else None


def _is_endless(x: Any) -> bool:
    """Whether a data set, TensorFlow's or ours, says so."""
    return hasattr(x, "cardinality") and int(x.cardinality()) == -1


def _is_indexed(x: Any) -> bool:
    """Whether batch `i` is `x[i]`."""
    counted = hasattr(x, "__len__") or hasattr(x, "num_batches")
    loader = hasattr(x, "batch_size") and not hasattr(x, "on_epoch_end")
    generator = hasattr(x, "__next__") and not hasattr(x, "on_epoch_end")
    return hasattr(x, "__getitem__") and counted and not loader and not generator


def _order(count: int | None, shuffled: bool) -> Iterable[int]:
    """The numbers of an epoch's batches, without end if `count` is None."""
    if not shuffled:
        return itertools.count() if count is None else range(count)
    numbers = list(range(count))  # type: ignore[arg-type]
    random.shuffle(numbers)
    return numbers


def _numpy_batches(x: Any) -> Iterator[Any]:
    if hasattr(x, "as_numpy_iterator"):  # tf.data and addax.data
        return iter(x.as_numpy_iterator())
    return (list(b) if isinstance(b, list) else b for b in x)


def _weigh_stream(source: StreamSource, class_weight: dict) -> None:
    _pass_through(source, lambda x, y, w: (x, y, weigh_classes(y, class_weight, w)))


def _pass_through(source: Any, function: Callable) -> None:
    """Let the parts of each batch pass through `function`."""
    make = source._make

    def parts(batch):
        texts = isinstance(batch, list) and isinstance(batch[0], (str, bytes))
        return (batch, None, None) if texts else unpack(batch)

    def passed(start):
        return (pack(*function(*parts(batch))) for batch in make(start))

    source._make = passed
