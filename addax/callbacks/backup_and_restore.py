"""`BackupAndRestore`: a training that was killed goes on where it stood."""

import contextlib
import os
import re
from pathlib import Path
from typing import Literal

from addax.callbacks.callback import Callback
from addax.callbacks.frequency import counter_of

NAME = re.compile(r"epoch-(\d+)-batch-(\d+)\.weights\.h5")


class BackupAndRestore(Callback):
    """Saves weights, optimizer state and epoch to a folder, and starts from there the next time.

    The same program, started again, goes on with the epoch after the last one saved; within an
    epoch, with `save_freq` batches, it repeats that epoch's beginning. A file is whole or not
    there, and the one before is deleted after it. ValueError for a `save_freq` that is no number
    of batches, FileExistsError for a folder that is a file.
    """

    def __init__(
        self,
        backup_dir: str | os.PathLike[str],
        save_freq: Literal["epoch"] | int | bool = "epoch",
        double_checkpoint: bool = False,
        delete_checkpoint: bool = True,
    ):
        if not backup_dir:
            raise ValueError(f"backup_dir is the path of a folder; received {backup_dir!r}.")
        self._counter = counter_of(save_freq, ("epoch", False))
        self.backup_dir = os.fspath(backup_dir)
        self.save_freq = save_freq
        self.double_checkpoint, self.delete_checkpoint = double_checkpoint, delete_checkpoint
        self._epoch = 0
        if self._counter is not None:  # else training need not stop after each step
            self.on_train_batch_end = self._end_batch

    def _files(self) -> list[tuple[int, int, Path]]:
        """The states that are there, by epoch and batch, the last one last."""
        found = []
        for path in Path(self.backup_dir).glob("*.weights.h5"):
            if match := NAME.fullmatch(path.name):
                found.append((int(match[1]), int(match[2]), path))
        return sorted(found)

    def on_train_begin(self, logs: dict | None = None) -> None:
        os.makedirs(self.backup_dir, exist_ok=True)
        if files := self._files():
            epoch, _, path = files[-1]
            self.model.load_weights(path)
            self.model.start_epoch = epoch

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self._epoch = epoch
        if self._counter is not None:
            self._counter.start_epoch()

    def _end_batch(self, batch: int, logs: dict | None = None) -> None:
        if self._counter is not None and self._counter.is_due(batch):
            self._save(self._epoch, batch + 1)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        if self.save_freq == "epoch":
            self._save(epoch + 1, 0)

    def _save(self, epoch: int, batch: int) -> None:
        earlier = [path for _, _, path in self._files()]
        path = Path(self.backup_dir) / f"epoch-{epoch}-batch-{batch}.weights.h5"
        self.model.save_weights(path)
        kept = 1 if self.double_checkpoint else 0
        for old in earlier[: len(earlier) - kept]:
            if old != path:
                old.unlink(missing_ok=True)

    def on_train_end(self, logs: dict | None = None) -> None:
        if self.delete_checkpoint:
            for _, _, path in self._files():
                path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # somebody else's files are in it
                os.rmdir(self.backup_dir)
