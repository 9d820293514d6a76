"""Batches of a PyDataset fetched ahead by several threads or processes, in their order."""

import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

from addax.data.ahead import Ahead

_dataset: Any = None  # in a worker process: the data set it was started with


def fetch(dataset: Any, numbers: Iterable[int]) -> Iterator[Any]:
    """The batches `dataset[i]`, by as many workers as the data set asks for."""
    workers = getattr(dataset, "workers", 1)
    apart = workers > 0 and getattr(dataset, "use_multiprocessing", False)
    if workers < 2 and not apart:
        return (dataset[i] for i in numbers)
    pool = _processes(dataset, workers) if apart else ThreadPoolExecutor(workers, "addax-data")
    get = _get if apart else dataset.__getitem__
    return Ahead(pool, get, iter(numbers), max(workers, getattr(dataset, "max_queue_size", 10)))


def _processes(dataset: Any, workers: int) -> Executor:
    """Each process is given the data set once, and leaves Ctrl-C to the one that trains."""
    from concurrent.futures import ProcessPoolExecutor  # registers a function for the exit

    return ProcessPoolExecutor(workers, initializer=_start, initargs=(dataset,))


def _start(dataset: Any) -> None:
    global _dataset
    _dataset = dataset
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _get(number: int) -> Any:
    return _dataset[number]
