"""`ModelCheckpoint`: save the model, or its weights, during training."""

import os
from typing import Any, Literal

import numpy as np

from addax.callbacks.frequency import counter_of
from addax.callbacks.monitor import MonitorCallback


class ModelCheckpoint(MonitorCallback):
    """Saves the model, or its weights, after each epoch or after each `save_freq` batches.

    `{epoch}` and `{batch}` in `filepath` count from 1.

    KeyError for a name that the logs don't have, IsADirectoryError where `filepath` is a folder,
    ValueError for another `save_freq`, for a best of what is no single number, and if "auto" can't
    tell which way is better.
    """

    def __init__(
        self,
        filepath: str | os.PathLike[str],
        monitor: str = "val_loss",
        verbose: int = 0,
        save_best_only: bool = False,
        save_weights_only: bool = False,
        mode: Literal["auto", "min", "max"] | str = "auto",
        save_freq: Literal["epoch"] | int = "epoch",
        initial_value_threshold: float | None = None,
    ):
        super().__init__(monitor, mode, initial_value_threshold)
        self._counter = counter_of(save_freq)
        self.filepath = os.fspath(filepath)
        self.verbose = verbose
        self.save_best_only = save_best_only
        self.save_weights_only = save_weights_only
        self.save_freq = save_freq
        self.paced = save_freq == "epoch"
        self._epoch = 0

    def get_state(self) -> dict:
        return {"best": self.best, "waiting": 0 if self._counter is None else self._counter.waiting}

    def set_state(self, state: dict) -> None:
        self.best = state["best"]
        if self._counter is not None:
            self._counter.waiting = int(state["waiting"])

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self._epoch = epoch
        if self._counter is not None:
            self._counter.start_epoch()

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        if self._counter is not None and self._counter.is_due(batch):
            self._save(self._epoch, {"batch": batch + 1} | (logs or {}))

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        if self.save_freq == "epoch":
            self._save(epoch, logs or {})

    def _save(self, epoch: int, logs: dict) -> None:
        path = self._path(epoch, logs)
        if self.save_best_only and not self._is_best(epoch, logs, path):
            return
        if not self.save_best_only:
            self._tell(epoch, f"saving model to {path}")
        if os.path.isdir(path):
            raise IsADirectoryError(f"ModelCheckpoint writes a file; {path!r} is a folder.")
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        save = self.model.save_weights if self.save_weights_only else self.model.save
        save(path, overwrite=True)
        self._tell(epoch, f"finished saving model to {path}")

    def _path(self, epoch: int, logs: dict) -> str:
        names = {"epoch": epoch + 1} | logs
        try:
            return self.filepath.format(**names)
        except KeyError as error:
            raise KeyError(
                f"ModelCheckpoint's filepath {self.filepath!r} names {error}; known now: "
                f"{', '.join(names)}."
            ) from None

    def _is_best(self, epoch: int, logs: dict, path: str) -> bool:
        """Whether to save; without a value to go by the answer is yes, lest nothing be saved."""
        current: Any = self.get_monitor_value(logs)
        if current is None:
            return True
        if np.ndim(current):
            raise ValueError(f"{self.monitor!r} is no single number, so no best: {current}.")
        before = "None" if self.best is None else f"{self.best:.5f}"
        if not self._is_improvement(current, self.best):
            self._tell(epoch, f"{self.monitor} did not improve from {before}")
            return False
        self._tell(
            epoch, f"{self.monitor} improved from {before} to {current:.5f}, saving model to {path}"
        )
        self.best = current
        return True

    def _tell(self, epoch: int, message: str) -> None:
        if self.verbose:
            self._say(f"Epoch {epoch + 1}: {message}")
