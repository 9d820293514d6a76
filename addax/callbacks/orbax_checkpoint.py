"""`OrbaxCheckpoint`: save the model with Orbax, in the background and sharded."""

import os
from typing import Any, Literal

from addax.callbacks.frequency import counter_of
from addax.callbacks.monitor import MonitorCallback


class OrbaxCheckpoint(MonitorCallback):
    """Saves weights, optimizer, metrics and configuration after each epoch or `save_freq` batches.

    A step is a folder with the epoch's number, or the number of batches so far. `load_model` and
    `load_weights` read the folder's last step or a step's own folder. ImportError without the extra
    `orbax`; ValueError for another `save_freq`, and if "auto" can't tell which way is better.
    """

    def __init__(
        self,
        directory: str | os.PathLike[str],
        monitor: str = "val_loss",
        verbose: int = 0,
        save_best_only: bool = False,
        mode: Literal["auto", "min", "max"] | str = "auto",
        save_freq: Literal["epoch"] | int = "epoch",
        initial_value_threshold: float | None = None,
        max_to_keep: int | None = 1,
        save_on_background: bool = True,
        save_weights_only: bool = False,
    ):
        from addax.saving import orbax

        super().__init__(monitor, mode, initial_value_threshold)
        self._counter = counter_of(save_freq)
        self.directory = os.fspath(directory)
        self.verbose = verbose
        self.save_best_only, self.save_weights_only = save_best_only, save_weights_only
        self.save_freq = save_freq
        self.max_to_keep, self.save_on_background = max_to_keep, save_on_background
        orbax.package()  # ImportError now, not after an epoch
        self._checkpoints: Any = None
        self.paced = save_freq == "epoch"

    def on_train_begin(self, logs: dict | None = None) -> None:
        from addax.saving.orbax import Checkpoints

        super().on_train_begin(logs)
        self._checkpoints = Checkpoints(self.directory, self.max_to_keep)

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        if self._counter is not None:
            self._counter.start_epoch()

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        if self._counter is not None and self._counter.is_due(batch):
            self._save(int(self.model.optimizer.iterations.numpy()), logs)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        if self._counter is None:
            self._save(epoch, logs)

    def _save(self, step: int, logs: dict | None) -> None:
        if self.save_best_only:
            current = self.get_monitor_value(logs)
            if current is None or not self._is_improvement(current, self.best):
                return
            self.best = current
        if self.verbose:
            self._say(f"Saving step {step} to {self.directory}")
        self._checkpoints.save(step, self.model, self.save_weights_only, self.save_on_background)

    def get_state(self) -> dict[str, Any]:
        return {"best": self.best, "waiting": 0 if self._counter is None else self._counter.waiting}

    def set_state(self, state: dict[str, Any]) -> None:
        self.best = state["best"]
        if self._counter is not None:
            self._counter.waiting = int(state["waiting"])

    def wait_until_finished(self) -> None:
        """Wait until all that was saved is on disk."""
        if self._checkpoints is not None:
            self._checkpoints.wait()

    def on_train_end(self, logs: dict | None = None) -> None:
        self._checkpoints.close()
        self._checkpoints = None
