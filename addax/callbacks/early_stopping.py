"""`EarlyStopping`: end training when it no longer helps."""

from typing import Any, Literal

from addax.callbacks.monitor import MonitorCallback
from addax.core.messages import say


class EarlyStopping(MonitorCallback):
    """Stops when `monitor` has not improved by more than `min_delta` for `patience` epochs.

    After training, `best`, `best_epoch` and `stopped_epoch` (0 = not stopped) tell what happened.

    ValueError, at the first epoch, if "auto" can't tell which way is better; a warning where the
    logs lack `monitor`. Prechelt 1998, "Early stopping - but when?".
    """

    _kept = ("wait", "stopped_epoch", "best", "best_epoch", "best_weights")

    def __init__(
        self,
        monitor: str = "val_loss",
        min_delta: float = 0,
        patience: int = 0,
        verbose: int = 0,
        mode: Literal["auto", "min", "max"] | str = "auto",
        baseline: float | None = None,
        restore_best_weights: bool = False,
        start_from_epoch: int = 0,
    ):
        super().__init__(monitor, mode, min_delta=min_delta)
        self.patience = patience
        self.verbose = verbose
        self.baseline = baseline
        self.restore_best_weights = restore_best_weights
        self.start_from_epoch = start_from_epoch
        self._reset()

    def _reset(self) -> None:
        self.wait = 0
        self.stopped_epoch = 0
        self.best = None
        self.best_epoch = 0
        self.best_weights: list[Any] | None = None

    def on_train_begin(self, logs: dict | None = None) -> None:
        super().on_train_begin(logs)
        self._reset()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        current = self.get_monitor_value(logs)
        if current is None or epoch < self.start_from_epoch:
            return
        better = self._is_improvement(current, self.best)
        if better or (self.restore_best_weights and self.best_weights is None):
            self._remember(epoch)
        self.wait += 1
        if better:
            self.best = current
            if self.baseline is None or self._is_improvement(current, self.baseline):
                self.wait = 0
        elif self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def _remember(self, epoch: int) -> None:
        self.best_epoch = epoch
        if self.restore_best_weights:
            self.best_weights = self.model.get_weights()

    def on_train_end(self, logs: dict | None = None) -> None:
        if self.stopped_epoch and self.verbose:
            say(f"Epoch {self.stopped_epoch + 1}: early stopping")
        if self.best_weights is not None:
            if self.verbose:
                say(f"Restoring the weights of the best epoch, {self.best_epoch + 1}.")
            self.model.set_weights(self.best_weights)
