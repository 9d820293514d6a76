"""Work that threads or processes do ahead of whoever asks for it, in order."""

import contextlib
import itertools
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any


class Ahead(Iterator):
    """The results `get(item)` in order, `room` of them asked for ahead.

    `items` is read by whoever asks for results, `get` runs in the pool. Once there are no more, or
    one fails, or the object dies, the workers end; `last` is what they do before that.
    """

    def __init__(
        self,
        pool: Executor,
        get: Callable,
        items: Iterator,
        room: int,
        last: Callable[[], Any] | None = None,
    ):
        self.pool, self.get, self.items, self.last = pool, get, items, last
        self.waiting: deque[Future] = deque()
        with _quiet_fork():
            self._ask(room)

    def _ask(self, count: int) -> None:
        new = itertools.islice(self.items, count)
        self.waiting.extend(self.pool.submit(self.get, item) for item in new)

    def is_ready(self) -> bool:
        """Whether the next result is there already."""
        return bool(self.waiting) and self.waiting[0].done()

    def __next__(self) -> Any:
        if not self.waiting:
            self.close()
            raise StopIteration
        try:
            result = self.waiting.popleft().result()
            self._ask(1)
        except BaseException:
            self.close()
            raise
        return result

    def close(self) -> None:
        """Ask for no more, and let the workers end."""
        self.items = iter(())
        while self.waiting:
            self.waiting.pop().cancel()
        last, self.last = self.last, None
        if last is not None:
            with contextlib.suppress(RuntimeError):  # the interpreter ends
                self.pool.submit(last)
        self.pool.shutdown(wait=False, cancel_futures=last is None)

    __del__ = close


@contextlib.contextmanager
def _quiet_fork() -> Iterator[None]:
    """JAX and Python warn that a fork of a process with threads may hang if it uses what they hold.

    The children run a user's NumPy code, and end without JAX.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"os\.fork\(\)", RuntimeWarning)
        warnings.filterwarnings("ignore", ".*fork", DeprecationWarning)
        yield
