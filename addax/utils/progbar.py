"""A progress bar: quiet in logs, right in notebooks, fetching only the values it shows."""

import os
import shutil
import sys
import time
from collections.abc import Iterable
from typing import Any

import numpy as np

from addax.core import settings
from addax.core.messages import say

_BOLD, _GREEN, _GREY, _PLAIN = "\x1b[1m", "\x1b[32m", "\x1b[37m", "\x1b[0m"
_MEGABYTE = 1e6
_TIME_UNITS = ((1, 1, "s"), (1e-3, 1e3, "ms"), (0, 1e6, "us"))  # (from seconds, factor, name)
_MAX_PENDING = 1024  # values kept unfetched; bounds the memory of a bar that is never drawn


def _fetch(value: Any) -> float:
    """The number behind a float, an array (its mean), a device array or a callable of these."""
    return float(np.mean(np.asarray(value() if callable(value) else value)))


class _Average:
    """A weighted mean whose terms are fetched only when it is read."""

    def __init__(self) -> None:
        self.pending: list[tuple[Any, float]] = []
        self.total = self.weight = 0.0

    def add(self, value: Any, weight: float) -> None:
        self.pending.append((value, weight))
        if len(self.pending) > _MAX_PENDING:
            self.read()

    def set(self, value: Any) -> None:
        self.pending, self.total, self.weight = [(value, 1.0)], 0.0, 0.0

    def read(self) -> float:
        for value, weight in self.pending:
            self.total += _fetch(value) * weight
            self.weight += weight
        self.pending.clear()
        return self.total / self.weight


class Progbar:
    """Shows `469/469 ━━━━ 1s 2ms/step - loss: 0.26`; `target=None` means an unknown total.

    On a terminal or in a notebook one line is redrawn at most every `interval` seconds; elsewhere
    one line is written at the end. `verbose`: 0 nothing, 1 the bar, 2 one line at the end.
    Values are numbers, arrays or callables, fetched only when drawn. They are averaged, weighted by
    progress, unless named in `stateful_metrics` (or missing from `stateless_metrics`, if given).
    `unit_name="byte"` counts in MB. Raises `ValueError` if both lists of names are given.
    """

    def __init__(
        self,
        target: int | None,
        width: int = 20,
        verbose: int = 1,
        interval: float = 0.05,
        stateful_metrics: Iterable[str] | None = None,
        stateless_metrics: Iterable[str] | None = None,
        unit_name: str = "step",
    ) -> None:
        if stateful_metrics is not None and stateless_metrics is not None:
            raise ValueError(
                f"Progbar got both stateful_metrics={stateful_metrics} and "
                f"stateless_metrics={stateless_metrics}: each is the complement of the other, "
                "so give only one."
            )
        self.target = target
        self.width = width
        self.verbose = verbose
        self.interval = interval
        self.stateful_metrics = set(stateful_metrics or ())
        self.stateless_metrics = None if stateless_metrics is None else set(stateless_metrics)
        self.unit_name = unit_name
        self._seen = 0
        self._values: dict[str, _Average] = {}
        self._start = time.perf_counter()
        self._first: tuple[int, float] | None = None  # (progress, time) of the first update
        self._drawn_at = -float("inf")
        self._drawn_width = 0

    def update(
        self,
        current: int,
        values: Iterable[tuple[str, Any]] | None = None,
        finalize: bool | None = None,
    ) -> None:
        """Set the progress to `current`; `values` are `(name, value)` pairs.

        `finalize=True` ends the line and shows these values as they are (an epoch's own results);
        by default the line ends, with averages, when `current` reaches the target.
        """
        reached = self.target is not None and current >= self.target
        last = reached if finalize is None else finalize
        for name, value in values or ():
            average = self._values.setdefault(name, _Average())
            if finalize or self._is_stateful(name):
                average.set(value)
            else:
                average.add(value, max(current - self._seen, 1))
        self._seen = current
        if self._first is None and current:
            self._first = (current, time.perf_counter())
        if self.due(finalize=last):
            self._draw(last)

    def add(self, n: int, values: Iterable[tuple[str, Any]] | None = None) -> None:
        """Progress by `n` more."""
        self.update(self._seen + n, values)

    def note(self, text: str) -> None:
        """Show `text` in the place of the bar, until the first update draws over it."""
        if self.verbose == 1 and sys.stdout is not None and _redraws():
            line = f"{self._count()} {text}"
            self._drawn_width = len(line)
            say(f"\r{line}", end="")

    def due(self, finalize: bool = False) -> bool:
        """Would an update draw now? If not, the caller need not prepare any values."""
        if not self.verbose or sys.stdout is None:
            return False
        if finalize:
            return True
        waited = time.perf_counter() - self._drawn_at
        return self.verbose == 1 and waited >= self.interval and _redraws()

    def _is_stateful(self, name: str) -> bool:
        if self.stateless_metrics is not None:
            return name not in self.stateless_metrics
        return name in self.stateful_metrics

    def _draw(self, last: bool) -> None:
        now = time.perf_counter()
        elapsed, per_unit = now - self._start, self._seconds_per_unit(now)
        if self.target and not last:
            clock = _clock(per_unit * (self.target - self._seen))
        else:
            clock = f"{elapsed:.0f}s"
        speed = self._speed(per_unit)
        shown = "".join(f" - {name}: {_number(v.read())}" for name, v in self._values.items())
        if self.verbose == 2:
            text = f"{self._count()} - {clock} - {speed}{shown}\n"
        elif _redraws():
            text = self._redrawn([self._count(), self._bar(), clock], f" {speed}{shown}", last)
        else:
            text = _join([self._count(), self._bar(), clock, speed]) + shown + "\n"
        say(text, end="")
        self._drawn_at = now

    def _redrawn(self, parts: list[str], tail: str, last: bool) -> str:
        """One terminal line over the previous one, coloured; cut to the window unless it stays."""
        count, bar, clock = parts
        head = len(_join(parts))
        if not last and _is_terminal():
            room = shutil.get_terminal_size().columns - 1 - head
            tail = tail[: max(room, 0)]  # a line that wraps cannot be drawn over
        blanks = " " * (self._drawn_width - head - len(tail))
        self._drawn_width = head + len(tail)
        done = self._done_width()
        bar = f"{_GREEN}{bar[:done]}{_GREY}{bar[done:]}{_PLAIN} " if bar else ""
        end = "\n" if last else ""
        return f"\r{_BOLD}{count}{_PLAIN} {bar}{_BOLD}{clock}{_PLAIN}{tail}{blanks}{end}"

    def _count(self) -> str:
        if self.unit_name == "byte":
            seen = f"{self._seen / _MEGABYTE:.1f}"
            return f"{seen}/{self.target / _MEGABYTE:.1f}MB" if self.target else f"{seen}MB"
        if not self.target:
            return f"{self._seen:7d}/Unknown"
        return f"{self._seen:{len(str(self.target))}d}/{self.target}"

    def _bar(self) -> str:
        return _mark() * self.width if self.target else ""

    def _done_width(self) -> int:
        return min(int(self.width * self._seen / self.target), self.width) if self.target else 0

    def _speed(self, per_unit: float) -> str:
        if self.unit_name == "byte":
            return f"{1 / per_unit / _MEGABYTE:.1f}MB/s" if per_unit else "0.0MB/s"
        _, factor, unit = next(row for row in _TIME_UNITS if per_unit >= row[0] or not per_unit)
        return f"{per_unit * factor:.0f}{unit}/{self.unit_name}"

    def _seconds_per_unit(self, now: float) -> float:
        """Mean time of a step without the first update, which compiles (or connects)."""
        if self._first and self._seen > self._first[0]:
            return (now - self._first[1]) / (self._seen - self._first[0])
        return (now - self._start) / self._seen if self._seen else 0.0


def _join(parts: list[str]) -> str:
    return " ".join(filter(None, parts))


def _is_terminal() -> bool:
    return bool(getattr(sys.stdout, "isatty", bool)())


def _redraws() -> bool:
    """Can the output show a line over the last one: a terminal or a notebook?"""
    if not settings.setting("interactive_logging"):
        return False
    return _is_terminal() or "ipykernel" in sys.modules or "PYCHARM_HOSTED" in os.environ


def _mark() -> str:
    try:
        "━".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return "="
    return "━"


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:02d}"
    return f"{minutes}:{seconds:02d}" if minutes else f"{seconds}s"


def _number(value: float) -> str:
    return f"{value:.4f}" if abs(value) > 1e-3 else f"{value:.4e}"
