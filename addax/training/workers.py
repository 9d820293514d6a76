"""Batches of a PyDataset fetched ahead by several threads or processes, in their order."""

import contextlib
import itertools
import signal
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
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
    return Ahead(pool, get, iter(numbers), max(workers, getattr(dataset, "max_queue_size", 10)))


class Ahead(Iterator):
    """The batches `get(number)` in order, `room` of them asked for ahead."""

    def __init__(self, pool: Executor, get: Any, numbers: Iterator[int], room: int):
        self.pool, self.get, self.numbers = pool, get, numbers
        self.waiting: deque[Future] = deque()
        with _quiet_fork():
            self._ask(room)

    def _ask(self, count: int) -> None:
        new = itertools.islice(self.numbers, count)
        self.waiting.extend(self.pool.submit(self.get, i) for i in new)

    def is_ready(self) -> bool:
        """Whether the next batch is there already."""
        return bool(self.waiting) and self.waiting[0].done()

    def __next__(self) -> Any:
        if not self.waiting:
            self.close()
            raise StopIteration
        try:
            batch = self.waiting.popleft().result()
        except BaseException:
            self.close()
            raise
        self._ask(1)
        return batch

    def close(self) -> None:
        """Ask for no more, and let the workers end."""
        self.waiting.clear()
        self.pool.shutdown(wait=False, cancel_futures=True)

    __del__ = close


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
