"""What EarlyStopping, ModelCheckpoint and ReduceLROnPlateau share: is this the best so far?"""

import math
import operator
import re
import warnings
from collections.abc import Callable
from typing import Any, Literal

from addax.callbacks.callback import Callback
from addax.core.errors import suggest

BETTER = {"min": operator.lt, "max": operator.gt}
STORED = {"down": "min", "up": "max"}  # how metrics say it
WORDS = {
    "max": """acc accuracy auc precision recall sensitivity specificity f1 score io_u iou
        similarity correlation""",
    "min": """loss error mse mae mape msle rmse hinge crossentropy entropy divergence kld poisson
        logcosh cosh huber""",
}
_DIRECTIONS = {word: mode for mode, words in WORDS.items() for word in words.split()}
_WORD = re.compile(rf"(?<![a-z])({'|'.join(_DIRECTIONS)})(?![a-z])")


def direction(name: str) -> str | None:
    """ "min" or "max", whichever improves the quantity called `name`; None if it doesn't tell.

    The last telling word decides: `accuracy_loss` is a loss.
    """
    found = _WORD.findall(name.lower())
    return _DIRECTIONS[found[-1]] if found else None


class MonitorCallback(Callback):
    """Base of callbacks that act when `logs[monitor]` improves, or fails to.

    `mode`: "min", "max", or "auto", which asks the metric and then its name. An improvement is
    one by more than `min_delta`; NaN never is. `baseline` is the value to beat at first.
    Raises ValueError, at the first value, if "auto" can't tell.
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        mode: Literal["auto", "min", "max"] | str = "auto",
        baseline: float | None = None,
        min_delta: float = 0,
    ):
        if mode not in ("auto", *BETTER):
            warnings.warn(
                f"{type(self).__name__} has the modes auto, min and max; {mode!r} counts as auto.",
                stacklevel=3,
            )
            mode = "auto"
        self.monitor = monitor
        self.mode = mode
        self.best = baseline
        self.min_delta = abs(min_delta)
        self.monitor_op: Callable | None = None
        self._warned = False

    def on_train_begin(self, logs: dict | None = None) -> None:
        self._warned = False

    def get_monitor_value(self, logs: dict | None) -> Any:
        """`logs[monitor]`; None, with one warning a training, where it is missing."""
        logs = logs or {}
        value = logs.get(self.monitor)
        if value is None and not self._warned:
            self._warned = True
            hint = suggest(self.monitor, logs)
            if self.monitor.startswith("val_") and not any(k.startswith("val_") for k in logs):
                hint = " This epoch had no validation: pass validation_data to fit()." + hint
            warnings.warn(
                f"{type(self).__name__} monitors {self.monitor!r}, which is not available. "
                f"Available: {', '.join(logs) or 'nothing'}.{hint}",
                stacklevel=3,
            )
        return value

    def _is_improvement(self, value: Any, reference: Any) -> bool:
        """Whether `value` beats `reference` (or None, or NaN) by more than `min_delta`."""
        if self.monitor_op is None:
            self.monitor_op = BETTER[self._direction()]
        if math.isnan(value):
            return False
        if reference is None or math.isnan(reference):
            return True
        margin = self.min_delta if self.monitor_op is operator.lt else -self.min_delta
        return bool(self.monitor_op(value + margin, reference))

    def _direction(self) -> str:
        if self.mode != "auto":
            return self.mode
        name = self.monitor.removeprefix("val_")
        found = [
            STORED.get(getattr(m, "_direction", "")) for m in _metrics_called(name, self.model)
        ]
        told = next(filter(None, [*found, direction(name)]), None)
        if told is None:
            raise ValueError(
                f"{type(self).__name__} can't tell whether {self.monitor!r} should rise or fall: "
                'pass mode="max" or mode="min".'
            )
        return told


def _metrics_called(name: str, model: Any) -> list:
    """The model's metrics behind a log: `accuracy`, or `out_accuracy` of the output `out`."""
    metrics = getattr(model, "metrics", None) or ()
    return [m for m in metrics if f"_{name}".endswith(f"_{m.name}")]
