"""Batches of a PyDataset fetched ahead by several threads or processes, in their order."""

import contextlib
import itertools
import signal
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

_dataset: Any = None  # in a worker process: the data set it was started with


def fetch(dataset: Any, numbers: Iterable[int]) -> Iterator[Any]:
    """The batches `dataset[i]`, by as many workers as the data set asks for."""
    workers = getattr(dataset, "workers", 1)
    apart = workers > 0 and getattr(dataset, "use_multiprocessing", False)
    if workers < 2 and not apart:
        return (dataset[i] for i in numbers)
    pool = _processes(dataset, workers) if apart else ThreadPoolExecutor(workers, "addax-data")
    get = _get if apart else dataset.__getitem__
    return _ahead(pool, get, iter(numbers), max(workers, getattr(dataset, "max_queue_size", 10)))


def _ahead(pool: Executor, get: Any, numbers: Iterator[int], room: int) -> Iterator[Any]:
    try:
        with _quiet_fork():
            waiting = deque(pool.submit(get, i) for i in itertools.islice(numbers, room))
        while waiting:
            batch = waiting.popleft().result()
            waiting.extend(pool.submit(get, i) for i in itertools.islice(numbers, 1))
            yield batch
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


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


@contextlib.contextmanager
def _quiet_fork() -> Iterator[None]:
    """JAX and Python warn that a fork of a process with threads may hang if it uses what they hold.

    The children run a user's NumPy code, and end without JAX.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"os\.fork\(\)", RuntimeWarning)
        warnings.filterwarnings("ignore", ".*fork", DeprecationWarning)
        yield
