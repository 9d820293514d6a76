"""Data sets of arrays: windows of a time series, and two parts of a whole."""

import random
from typing import Any

import numpy as np

from addax.data import AUTOTUNE, Dataset
from addax.data.elements import elements, length, map_structure, stack


def timeseries_dataset_from_array(
    data: Any,
    targets: Any,
    sequence_length: int,
    sequence_stride: int = 1,
    sampling_rate: int = 1,
    batch_size: int | None = 128,
    shuffle: bool = False,
    seed: int | None = None,
    start_index: int | None = None,
    end_index: int | None = None,
    format: str = "tf",
) -> Dataset:
    """Windows (batch, sequence_length, ...) of `data` (time, ...), with `targets[i]` for window i.

    Windows begin `sequence_stride` apart; their steps are `sampling_rate` apart. Only what lies
    between the two indices is used. `targets=None` gives windows alone.
    """
    first, last = start_index or 0, end_index
    _check(first >= 0 and first < len(data), "start_index", start_index, f"in 0..{len(data) - 1}")
    if last:
        _check(first < last < len(data), "end_index", end_index, f"in {first + 1}..{len(data) - 1}")
    for name, value in (("sampling_rate", sampling_rate), ("sequence_stride", sequence_stride)):
        _check(0 < value < len(data), name, value, f"in 1..{len(data) - 1}")
    _check(format in ("tf", "grain"), "format", format, '"tf" or "grain"')
    last = len(data) if last is None else last
    count = last - first - (sequence_length - 1) * sampling_rate
    count = count if targets is None else min(count, len(targets))
    starts = np.arange(0, count, sequence_stride)
    if shuffle:
        seed = np.random.randint(1_000_000) if seed is None else seed
        np.random.RandomState(seed).shuffle(starts)
    steps = np.arange(sequence_length) * sampling_rate
    rows = elements(data[first:last])
    wanted = None if targets is None else elements(targets[first:last])

    def windows(start):
        x = rows[start[..., None] + steps]
        return x if wanted is None else (x, wanted[start])

    dataset = Dataset.from_tensor_slices(starts)
    if shuffle:
        dataset = dataset.shuffle(1024 if batch_size is None else 8 * batch_size, seed)
    if batch_size is not None:
        dataset = dataset.batch(batch_size)
    return dataset.map(windows).prefetch(AUTOTUNE)


def _check(fine: bool, name: str, value: Any, expected: str) -> None:
    if not fine:
        raise ValueError(f"{name} is {expected}; received {value!r}.")


def split_dataset(
    dataset: Any,
    left_size: float | None = None,
    right_size: float | None = None,
    shuffle: bool = False,
    seed: int | None = None,
    preferred_backend: str | None = None,
) -> tuple[Dataset, Dataset]:
    """Two data sets: the first `left_size` samples, and the last `right_size` of the rest.

    `dataset`: an array, a list or tuple of arrays, or a data set. Sizes are numbers of samples or
    fractions; one that is None is what the other leaves. All samples are held in memory.
    """
    size = getattr(dataset, "_batch_size", None)
    arrays = _whole(dataset, size)
    count = length(arrays)
    left, right = _sizes(left_size, right_size, count)
    order = list(range(count))
    if shuffle:
        random.Random(random.randint(0, 1_000_000) if seed is None else seed).shuffle(order)
    parts = []
    for chosen in (order[:left], order[-right:]):
        part = Dataset.from_tensor_slices(map_structure(lambda a: a[chosen], arrays))  # noqa: B023
        parts.append((part if size is None else part.batch(size)).prefetch(AUTOTUNE))
    return parts[0], parts[1]


def _whole(dataset: Any, batch_size: int | None) -> Any:
    """All samples as arrays."""
    if isinstance(dataset, np.ndarray):
        return elements(dataset)
    if isinstance(dataset, (list, tuple)):
        if not dataset or not all(isinstance(a, np.ndarray) for a in dataset):
            kinds = ", ".join(sorted({type(a).__name__ for a in dataset})) or "nothing"
            raise ValueError(f"split_dataset takes a list of NumPy arrays; one of {kinds} came.")
        return elements(tuple(dataset))
    if not hasattr(dataset, "__iter__") and not hasattr(dataset, "__getitem__"):
        raise TypeError(
            "split_dataset takes a data set, an array or a list of arrays; received "
            f"{type(dataset).__name__}."
        )
    samples = [elements(s) for s in (dataset if batch_size is None else dataset.unbatch())]
    if not samples:
        raise ValueError("split_dataset received an empty data set.")
    return stack(samples)


def _sizes(left: float | None, right: float | None, total: int) -> tuple[int, int]:
    if left is None and right is None:
        raise ValueError("Give left_size, right_size or both.")
    for name, size in (("left_size", left), ("right_size", right)):
        if size is not None and type(size) not in (int, float):
            raise TypeError(f"{name} is an integer or a float; received {size!r}.")
        limit = 1 if isinstance(size, float) else total
        if size is not None and not 0 < size < limit:
            raise ValueError(f"{name} is between 0 and {limit}; received {size}.")
    if isinstance(left, float) and isinstance(right, float) and left + right > 1:
        raise ValueError(f"left_size + right_size is at most 1; received {left} + {right}.")
    first, last = (round(s * total) if isinstance(s, float) else s or 0 for s in (left, right))
    first = total - last if left is None else first
    last = total - first if right is None else last
    if first + last > total:
        raise ValueError(f"{first} + {last} samples are more than the {total} that there are.")
    if not first or not last:
        raise ValueError(f"{first} and {last} of {total} samples: one part would be empty.")
    return first, last
