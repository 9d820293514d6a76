"""`History`: what `fit` returns."""

from typing import Any

from addax.callbacks.callback import Callback


class History(Callback):
    """The logs of all epochs: `history.history["loss"]` is a list, one value an epoch.

    `epoch` lists the epochs' numbers, from 0. `fit` returns one.
    """

    paced = True
    _kept = ("history", "epoch")

    def __init__(self) -> None:
        self.history: dict[str, list[Any]] = {}
        self.epoch: list[int] = []

    def on_train_begin(self, logs: dict | None = None) -> None:
        self.epoch = []

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)
        self.model.history = self
