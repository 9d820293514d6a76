"""`TerminateOnNaN`: no further training once the loss is lost."""

import math
from typing import Any

from addax.callbacks.callback import Callback, is_ready


class TerminateOnNaN(Callback):
    """Stops training when the loss is NaN or infinite.

    Losses are looked at when the device has them, never waited for, so a few more batches may run.

    RuntimeError if `raise_error`.
    """

    paced = True

    def __init__(self, raise_error: bool = False):
        self.raise_error = raise_error
        self._waiting: list[tuple[int, Any]] = []

    def on_train_begin(self, logs: dict | None = None) -> None:
        self._waiting.clear()

    def on_batch_end(self, batch: int, logs: dict | None = None) -> None:
        if logs and logs.get("loss") is not None:
            self._waiting.append((batch, logs["loss"]))
        while self._waiting and is_ready(self._waiting[0][1]):
            self._look(*self._waiting.pop(0))

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        while self._waiting:
            self._look(*self._waiting.pop(0))

    def _look(self, batch: int, loss: Any) -> None:
        if math.isfinite(loss):
            return
        self._waiting.clear()
        if self.raise_error:
            raise RuntimeError(f"The loss is {float(loss)} at batch {batch}.")
        self._say(f"Batch {batch}: the loss is {float(loss)}, training stops.")
        self.model.stop_training = True
