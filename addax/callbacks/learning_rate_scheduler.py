"""`LearningRateScheduler`: a learning rate for each epoch, from a function."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from addax.callbacks.callback import Callback, log_learning_rates, optimizers_of
from addax.core.messages import say


class LearningRateScheduler(Callback):
    """Sets the learning rate to `schedule(epoch, learning_rate)` before each epoch.

    Epochs count from 0; the rate is entered in the logs. ValueError if `schedule` gives no number.
    """

    def __init__(self, schedule: Callable, verbose: int = 0):
        self.schedule = schedule
        self.verbose = verbose

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        for suffix, optimizer in optimizers_of(self.model).items():
            rate = self._next_rate(epoch, float(optimizer.learning_rate))
            optimizer.learning_rate = rate
            if self.verbose:
                whose = f"{suffix[1:]} " if suffix else ""
                say(f"Epoch {epoch + 1}: setting {whose}learning rate to {rate}.")

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        if logs is not None:
            log_learning_rates(self.model, logs)

    def _next_rate(self, epoch: int, rate: float) -> float:
        result: Any = self.schedule(*(epoch, rate)[: _places(self.schedule)])
        kind = getattr(result, "dtype", type(result))
        if isinstance(result, (bool, str)) or result is None or np.ndim(result):
            raise ValueError(
                f"The schedule must give a number, the learning rate of epoch {epoch}; it gave "
                f"{result!r} ({kind})."
            )
        return float(result)


def _places(schedule: Callable) -> int:
    """How many of (epoch, learning rate) the schedule takes."""
    try:
        inspect.signature(schedule).bind(0, 0.0)
    except TypeError:
        return 1
    except ValueError:  # a builtin that doesn't say
        return 2
    return 2
