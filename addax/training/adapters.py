"""From what a user passes to `fit`, `evaluate` or `predict` to a source of batches."""

from collections.abc import Iterable, Iterator
from typing import Any

from addax.training.data import (
    ArraySource,
    StreamSource,
    convert,
    is_structure_of_arrays,
    pack,
    weigh_classes,
)


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
    if is_structure_of_arrays(x):
        return _array_source(x, y, sample_weight, batch_size, shuffle, class_weight)
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
    if class_weight:
        _weigh_stream(source, class_weight)
    return source


def _array_source(x, y, sample_weight, batch_size, shuffle, class_weight):
    if class_weight is not None:
        sample_weight = weigh_classes(y, class_weight, sample_weight)
    data = tuple(convert(part) for part in (x, y, sample_weight))
    return ArraySource(data, batch_size, shuffle)


def _stream_source(x: Any, shuffle: Any) -> StreamSource:
    indexed = hasattr(x, "__getitem__") and hasattr(x, "__len__") and not hasattr(x, "__next__")
    if indexed and (not hasattr(x, "batch_size") or hasattr(x, "on_epoch_end")):
        return StreamSource(lambda: _items(x, shuffle), len(x), restarts=True)
    if isinstance(x, Iterator):
        return StreamSource(lambda: x, None, restarts=False)
    if callable(x) and not isinstance(x, Iterable):
        return StreamSource(lambda: iter(x()), None, restarts=True)
    if isinstance(x, Iterable):
        return StreamSource(lambda: _numpy_batches(x), _length(x), restarts=True)
    raise ValueError(
        f"Training data are arrays, or something that yields batches; received {type(x).__name__}."
    )


def _length(x: Any) -> int | None:
    try:
        size = len(x)
    except TypeError:
        return None
    return size if size >= 0 else None


def _items(dataset: Any, shuffle: Any) -> Iterator[Any]:
    import numpy as np

    order = np.random.permutation(len(dataset)) if shuffle else range(len(dataset))
    for i in order:
        yield dataset[int(i)]
    if hasattr(dataset, "on_epoch_end"):
        dataset.on_epoch_end()


def _numpy_batches(x: Iterable) -> Iterator[Any]:
    if hasattr(x, "as_numpy_iterator"):  # tf.data
        return iter(x.as_numpy_iterator())
    return (list(b) if isinstance(b, list) else b for b in x)


def _weigh_stream(source: StreamSource, class_weight: dict) -> None:
    make = source._make

    def weighted():
        for batch in make():
            bx, by, bw = (*batch, None)[:3]
            yield pack(bx, by, weigh_classes(by, class_weight, bw))

    source._make = weighted
