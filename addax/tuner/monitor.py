"""The callbacks that a tuner adds to each training."""

from typing import Any

from addax.callbacks import Callback
from addax.tuner.errors import FatalValueError
from addax.tuner.objective import Objective


class TunerCallback(Callback):
    """Tells the tuner of each epoch, and ends a training that the pruner gives up."""

    def __init__(self, tuner: Any, trial: Any, reports: bool) -> None:
        super().__init__()
        self.tuner = tuner
        self.trial = trial
        self.reports = reports  # of one execution only: the pruner compares epochs

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.tuner.on_epoch_begin(self.trial, self.model, epoch, logs=logs)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        logs = logs or {}
        self.tuner.on_epoch_end(self.trial, self.model, epoch, logs=logs)
        if self.reports and self.tuner.oracle.report(self.trial.trial_id, epoch, logs):
            self.model.stop_training = True


class BatchCallback(TunerCallback):
    """Of a tuner that asks for batches too: then each step is a dispatch of its own."""

    def on_batch_begin(self, batch: int, logs: Any = None) -> None:
        self.tuner.on_batch_begin(self.trial, self.model, batch, logs)

    def on_batch_end(self, batch: int, logs: Any = None) -> None:
        self.tuner.on_batch_end(self.trial, self.model, batch, logs)


class SaveBestEpoch(Callback):
    """Keeps the weights of the best epoch of all executions in a file.

    Where the logs lack the objective, those of the last epoch; with `needed` that is a
    FatalValueError after the first epoch.
    """

    def __init__(self, objective: Objective, filepath: Any, needed: bool = False) -> None:
        super().__init__()
        self.objective = objective
        self.filepath = filepath
        self.needed = needed
        self.best_value = float("nan")

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        logs = logs or {}
        if self.objective.has_value(logs):
            value = float(self.objective.get_value(logs))
            if not self.objective.better_than(value, self.best_value):
                return
            self.best_value = value
        elif self.needed:
            raise FatalValueError(self.objective.missing(logs))
        self.model.save_weights(self.filepath)
