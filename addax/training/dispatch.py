"""How many steps to put into one dispatch, and Ctrl-C between them."""

import signal
import threading
import time

TARGET = 0.03  # seconds a dispatch should take: long against Python's share, short for a person
GROWTH = 8


class Pace:
    """Chooses the number of steps of the next dispatch from the time that the last one took."""

    def __init__(self, fixed: int | None = None):
        self.fixed = fixed
        self.steps = fixed or 1
        self._warm: set = set()
        self._started = 0.0

    def next(self, left: int) -> int:
        """Steps to run now, when `left` are left in the chunk."""
        self._started = time.perf_counter()
        return min(self.steps, left)

    def is_new(self, program: object) -> bool:
        """Whether nobody has asked about this program yet: its first dispatch may compile it."""
        if id(program) in self._warm:
            return False
        self._warm.add(id(program))
        return True

    def done(self, steps: int) -> None:
        """Learn from a dispatch that is finished, of a program that was not new."""
        seconds = time.perf_counter() - self._started
        if steps == self.steps or seconds > TARGET:
            wanted = steps * TARGET / max(seconds, 1e-6)
            self.steps = max(1, int(min(wanted, self.steps * GROWTH)))


class Interruptible:
    """Puts Ctrl-C off while the model's arrays are in the program's hands.

    Between dispatches, and in the user's own code, it interrupts at once.
    """

    def __init__(self):
        self.busy = False
        self._pending = False
        self._previous = None

    def __enter__(self):
        main = threading.current_thread() is threading.main_thread()
        if main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._previous = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(self, *exception):
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)

    def _handle(self, number, frame):
        if not self.busy or self._pending:
            raise KeyboardInterrupt
        self._pending = True

    def release(self) -> None:
        """The arrays are back: raise what was put off."""
        self.busy = False
        if self._pending:
            self._pending = False
            raise KeyboardInterrupt
