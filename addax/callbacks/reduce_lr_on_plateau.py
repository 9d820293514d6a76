"""`ReduceLROnPlateau`: smaller steps when progress stalls."""

from typing import Any, Literal

import numpy as np

from addax.callbacks.callback import log_learning_rates, optimizers_of
from addax.callbacks.monitor import MonitorCallback
from addax.core.errors import suggest


class ReduceLROnPlateau(MonitorCallback):
    """Multiplies the learning rate by `factor` after `patience` epochs without improvement.

    The rate is entered in the logs. `epsilon` is the old name of `min_delta`.

    ValueError for a `factor` of 1 or more and, at the first epoch, if "auto" can't tell which way
    is better; TypeError for other arguments.
    """

    _kept = ("best", "cooldown_counter", "wait")

    def __init__(
        self,
        monitor: str = "val_loss",
        factor: float = 0.1,
        patience: int = 10,
        verbose: int = 0,
        mode: Literal["auto", "min", "max"] | str = "auto",
        min_delta: float = 1e-4,
        cooldown: int = 0,
        min_lr: float = 0.0,
        **kwargs: Any,
    ):
        min_delta = kwargs.pop("epsilon", min_delta)
        if kwargs:
            name = next(iter(kwargs))
            known = ("monitor", "factor", "patience", "min_delta", "cooldown", "min_lr")
            raise TypeError(f"ReduceLROnPlateau has no argument {name!r}.{suggest(name, known)}")
        if factor >= 1.0:
            raise ValueError(f"factor is below 1, else nothing is reduced; received {factor}.")
        super().__init__(monitor, mode, min_delta=min_delta)
        self.factor = factor
        self.patience = patience
        self.verbose = verbose
        self.cooldown = cooldown
        self.min_lr = min_lr
        self._reset()

    def _reset(self) -> None:
        self.best = None
        self.cooldown_counter = 0
        self.wait = 0

    def on_train_begin(self, logs: dict | None = None) -> None:
        super().on_train_begin(logs)
        self._reset()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        logs = {} if logs is None else logs
        log_learning_rates(self.model, logs)
        current = self.get_monitor_value(logs)
        if current is None:
            return
        if self.in_cooldown():
            self.cooldown_counter -= 1
            self.wait = 0
        if self._is_improvement(current, self.best):
            self.best = current
            self.wait = 0
        elif not self.in_cooldown():
            self.wait += 1
            if self.wait >= self.patience and self._reduce(epoch):
                self.cooldown_counter = self.cooldown
                self.wait = 0

    def in_cooldown(self) -> bool:
        return self.cooldown_counter > 0

    def _reduce(self, epoch: int) -> bool:
        """Whether some learning rate was still above `min_lr`."""
        reduced = False
        for suffix, optimizer in optimizers_of(self.model).items():
            old = float(optimizer.learning_rate)
            if old <= np.float32(self.min_lr):
                continue
            new = max(old * self.factor, self.min_lr)
            optimizer.learning_rate = new
            reduced = True
            if self.verbose:
                whose = f"{suffix[1:]} " if suffix else ""
                self._say(f"Epoch {epoch + 1}: reducing {whose}learning rate to {new}.")
        return reduced
