"""When a callback saves: at each epoch's end, or after each so many batches."""

from typing import Any


class BatchCounter:
    """Counts batches to the next saving; a call may stand for several (`steps_per_execution`)."""

    def __init__(self, every: int):
        self.every = every
        self.last, self.waiting = -1, 0

    def start_epoch(self) -> None:
        """Batches are numbered from 0 again."""
        self.last = -1

    def is_due(self, batch: int) -> bool:
        """Whether enough batches have passed, at the end of this one."""
        steps, self.last = batch - self.last, batch
        return self.add(steps)

    def left(self) -> int:
        """Batches until the next saving."""
        return self.every - self.waiting

    def add(self, steps: int) -> bool:
        """Whether enough batches have passed, with so many more."""
        self.waiting += steps
        due = self.waiting >= self.every
        if due:
            self.waiting = 0
        return due


def counter_of(save_freq: Any, others: tuple = ("epoch",)) -> BatchCounter | None:
    """The counter for a number of batches; None for one of the `others`, which count none.

    ValueError for anything else.
    """
    if isinstance(save_freq, int) and not isinstance(save_freq, bool) and save_freq > 0:
        return BatchCounter(save_freq)
    if any(save_freq is other or (other and save_freq == other) for other in others):
        return None
    also = " or ".join('"epoch"' if o == "epoch" else repr(o) for o in others)
    raise ValueError(
        f"save_freq is {also} or a positive number of batches; received {save_freq!r}."
    )
