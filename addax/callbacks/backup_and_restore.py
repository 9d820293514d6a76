"""`BackupAndRestore`: a training that was killed goes on where it stood."""

import os
import sys
import time
from typing import Any, Literal

from addax.callbacks.callback import Callback
from addax.callbacks.frequency import counter_of

SECONDS = 60.0  # between the savings of `fit(resume=...)`


class BackupAndRestore(Callback):
    """Saves all that a training depends on to a folder, and goes on from there the next time.

    The same program, started again, ends with the weights, history and random numbers of one that
    was never interrupted, even within an epoch: weights, optimizer, metrics, callbacks with
    `get_state` and `set_state`, random streams and the position in the data are saved.

    Saves after each epoch, each `save_freq` batches, or each so many `seconds` and at the end, in
    the background. A file is whole or not there; the last `keep` stay. ValueError for a `save_freq`
    that is no number of batches and for the state of another program, FileExistsError for a folder
    that is a file, RuntimeError for one that a live process saves to.
    """

    def __init__(
        self,
        backup_dir: str | os.PathLike[str],
        save_freq: Literal["epoch"] | int | bool = "epoch",
        double_checkpoint: bool = False,
        delete_checkpoint: bool = True,
        *,
        seconds: float | None = None,
        keep: int | None = None,
    ):
        if not backup_dir:
            raise ValueError(f"backup_dir is the path of a folder; received {backup_dir!r}.")
        self._counter = counter_of(save_freq, ("epoch", False))
        self.backup_dir = os.fspath(backup_dir)
        self.save_freq = save_freq
        self.double_checkpoint, self.delete_checkpoint = double_checkpoint, delete_checkpoint
        self.seconds = seconds
        self.keep = keep or (2 if double_checkpoint else 1)
        self._saved_at = 0.0
        self._folder: Any = None

    def on_train_begin(self, logs: dict | None = None) -> None:
        from addax.saving.run_folder import RunFolder

        self._folder = RunFolder(self.backup_dir, self.keep)
        self._saved_at = time.monotonic()
        run = self.model._session.run
        run.savers.append(self)
        run.found = self._folder.newest()

    def steps_left(self) -> int:
        """Steps until the next saving that batches decide."""
        return sys.maxsize if self._counter is None else self._counter.left()

    def after_steps(self, run: Any, steps: int) -> None:
        """Save if enough batches or seconds have passed."""
        counted = self._counter is not None and self._counter.add(steps)
        if counted or self._is_time():
            self._save(run)

    def after_epoch(self, run: Any, is_last: bool) -> None:
        """Save if epochs decide, or seconds; these in any case when the training is over."""
        timed = self.seconds is not None and is_last
        if self.save_freq == "epoch" or timed or self._is_time():
            self._save(run)

    def _is_time(self) -> bool:
        return self.seconds is not None and time.monotonic() - self._saved_at >= self.seconds

    def _save(self, run: Any) -> None:
        self._folder.write(run.epoch, run.step, *run.state())
        self._saved_at = time.monotonic()

    def get_state(self) -> dict[str, Any]:
        return {"waiting": 0 if self._counter is None else self._counter.waiting}

    def set_state(self, state: dict[str, Any]) -> None:
        if self._counter is not None:
            self._counter.waiting = int(state["waiting"])

    def on_train_end(self, logs: dict | None = None) -> None:
        if self.delete_checkpoint:
            self._folder.clear()

    def close(self) -> None:
        """Finish what is being written, however the training ended."""
        self._folder.close()
        self._folder = None


def is_saved(callbacks: Any) -> bool:
    """Whether one of these callbacks, in whatever lists, saves the run."""
    inner = getattr(callbacks, "callbacks", callbacks)
    if isinstance(inner, (list, tuple)):
        return any(map(is_saved, inner))
    return isinstance(inner, BackupAndRestore)


def saver_of(folder: str | os.PathLike[str]) -> BackupAndRestore:
    """What `fit(resume=folder)` saves with."""
    return BackupAndRestore(folder, False, True, delete_checkpoint=False, seconds=SECONDS)
