"""Data that a user's class computes batch by batch, and batches as tuples."""

import itertools
from collections.abc import Iterator
from typing import Any


class PyDataset:
    """Base of data sets that give batch `i` as `self[i]`: x, (x, y) or (x, y, sample_weight).

    Subclasses define `__getitem__`, and `__len__` or the property `num_batches` (None = endless).
    `workers` and `use_multiprocessing` say how many fetch batches ahead, in threads or processes;
    `max_queue_size` how many batches may wait.
    """

    workers = 1
    use_multiprocessing = False
    max_queue_size = 10

    def __init__(
        self, workers: int = 1, use_multiprocessing: bool = False, max_queue_size: int = 10
    ):
        self.workers = workers
        self.use_multiprocessing = use_multiprocessing
        self.max_queue_size = max_queue_size

    def __getitem__(self, index: int) -> Any:
        raise NotImplementedError(f"{type(self).__name__} must define __getitem__(index): a batch.")

    @property
    def num_batches(self) -> int | None:
        """The number of batches in an epoch."""
        if hasattr(self, "__len__"):
            return len(self)  # type: ignore[arg-type]
        raise NotImplementedError(
            f"{type(self).__name__} must define __len__() or num_batches: the number of batches."
        )

    def __iter__(self) -> Iterator[Any]:
        count = self.num_batches
        return (self[i] for i in (itertools.count() if count is None else range(count)))

    def on_epoch_begin(self) -> None:
        """Called before each epoch."""

    def on_epoch_end(self) -> None:
        """Called after each epoch, to shuffle for instance."""


def pack_x_y_sample_weight(x: Any, y: Any = None, sample_weight: Any = None) -> Any:
    """A batch as `fit` takes it; x alone stays as it is, unless it is a list or tuple itself."""
    if y is None:
        return (x,) if isinstance(x, (tuple, list)) else x
    return (x, y) if sample_weight is None else (x, y, sample_weight)


def unpack_x_y_sample_weight(data: Any) -> tuple[Any, Any, Any]:
    """x, y and sample_weight of a batch, None for what it lacks."""
    if not isinstance(data, (tuple, list)):
        return data, None, None
    if not 1 <= len(data) <= 3:
        raise ValueError(f"A batch is x, (x,), (x, y) or (x, y, weight); it has {len(data)} parts.")
    x, y, sample_weight = (*data, None, None)[:3]
    return x, y, sample_weight
