"""`tf.data.experimental`: functions that became methods of Dataset, and some that did not."""

from collections.abc import Callable
from typing import Any

from addax.data import Dataset


def _method(name: str) -> Callable:
    """`dataset.apply(name(...))` for `dataset.name(...)`."""

    def applied(*args: Any, **kwargs: Any) -> Callable:
        return lambda dataset: getattr(dataset, name)(*args, **kwargs)

    applied.__name__, applied.__doc__ = name, f"`Dataset.{name}`, for `Dataset.apply`."
    return applied


bucket_by_sequence_length = _method("bucket_by_sequence_length")
group_by_window = _method("group_by_window")
rejection_resample = _method("rejection_resample")
scan = _method("scan")
snapshot = _method("snapshot")
take_while = _method("take_while")
unbatch = _method("unbatch")
unique = _method("unique")
enumerate_dataset = _method("enumerate")
dense_to_ragged_batch = _method("ragged_batch")


def cardinality(dataset: Dataset) -> Any:
    """The number of a data set's elements."""
    return dataset.cardinality()


def assert_cardinality(expected_cardinality: int) -> Callable:
    """Let a data set know how many elements it has."""

    def told(dataset: Dataset) -> Dataset:
        return dataset._of(dataset._start, int(expected_cardinality))

    return told


def shuffle_and_repeat(buffer_size: int, count: int | None = None, seed: Any = None) -> Callable:
    """`shuffle` and then `repeat`."""
    return lambda dataset: dataset.shuffle(buffer_size, seed).repeat(count)


def map_and_batch(
    map_func: Callable, batch_size: int, num_parallel_batches: Any = None,
    drop_remainder: bool = False, num_parallel_calls: Any = None,
) -> Callable:  # fmt: skip
    """`map` and then `batch`."""
    return lambda dataset: dataset.map(map_func, num_parallel_calls).batch(
        batch_size, drop_remainder
    )


def parallel_interleave(
    map_func: Callable, cycle_length: int, block_length: int = 1, *args: Any, **options: Any
) -> Callable:
    """`interleave`."""
    return lambda dataset: dataset.interleave(map_func, cycle_length, block_length)


def prefetch_to_device(device: str, buffer_size: int | None = None) -> Callable:
    """`prefetch`: training moves batches to the device itself."""
    return lambda dataset: dataset.prefetch(-1 if buffer_size is None else buffer_size)


def copy_to_device(*args: Any, **options: Any) -> Callable:
    """The data set: training moves batches to the device itself."""
    return lambda dataset: dataset


def get_single_element(dataset: Dataset) -> Any:
    """`Dataset.get_single_element`."""
    return dataset.get_single_element()


def choose_from_datasets(datasets: Any, choice_dataset: Any, stop_on_empty_dataset=False) -> Any:
    """`Dataset.choose_from_datasets`."""
    return Dataset.choose_from_datasets(datasets, choice_dataset, stop_on_empty_dataset)


def sample_from_datasets(datasets: Any, weights: Any = None, seed: Any = None, *args: Any) -> Any:
    """`Dataset.sample_from_datasets`."""
    return Dataset.sample_from_datasets(datasets, weights, seed)


def Counter(start: int = 0, step: int = 1, dtype: Any = "int64") -> Dataset:
    """`Dataset.counter`."""
    return Dataset.counter(start, step)


def save(dataset: Dataset, path: Any, *args: Any, **options: Any) -> None:
    """`Dataset.save`."""
    dataset.save(path)


def load(path: Any, *args: Any, **options: Any) -> Dataset:
    """`Dataset.load`."""
    return Dataset.load(path)


class AutoShardPolicy:
    """How several workers share files: here is one."""

    AUTO = 0
    FILE = 1
    DATA = 2
    HINT = 3
    OFF = -1
