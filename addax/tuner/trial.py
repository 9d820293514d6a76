"""A trial: one set of values, and what became of it."""

import os
from typing import Any, Self

from addax.tuner.files import read_json, unreadable, write_json
from addax.tuner.hyperparameters import HyperParameters
from addax.tuner.metrics_tracking import MetricsTracker


class TrialStatus:
    """How far a trial is.

    INVALID trials may be tried again, FAILED ones not. IDLE and STOPPED are answers of an oracle
    that has no trial now, or none any more.
    """

    RUNNING = "RUNNING"
    IDLE = "IDLE"
    INVALID = "INVALID"
    STOPPED = "STOPPED"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


class Trial:
    """`hyperparameters` with their values, `metrics`, the `score` at `best_step`, and `status`.

    `message` says why a trial failed. `reports` are the objective's values that a pruner saw, by
    epoch, and `pruned` whether it ended the training.
    """

    def __init__(
        self,
        hyperparameters: HyperParameters,
        trial_id: str,
        status: str = TrialStatus.RUNNING,
        message: str | None = None,
    ) -> None:
        self.hyperparameters = hyperparameters
        self.trial_id = trial_id
        self.begin_again()
        self.status, self.message = status, message

    def begin_again(self) -> None:
        """Forget what an earlier try has brought."""
        self.status: str = TrialStatus.RUNNING
        self.message: str | None = None
        self.metrics = MetricsTracker()
        self.score: Any = None
        self.best_step: Any = 0
        self.reports: dict[int, float] = {}
        self.pruned = False

    def summary(self) -> None:
        """Print values and score, or the error."""
        print(f"Trial {self.trial_id} summary")
        print("Hyperparameters:")
        self.display_hyperparameters()
        if self.score is not None:
            print(f"Score: {self.score}")
        if self.message is not None:
            print(self.message)

    def display_hyperparameters(self) -> None:
        """Print the values."""
        for name, value in self.hyperparameters.values.items():
            print(f"{name}: {value}")
        if not self.hyperparameters.values:
            print("default configuration")

    def get_state(self) -> dict[str, Any]:
        """The trial as plain data."""
        names = ("score", "best_step", "status", "message")
        state = {
            "trial_id": self.trial_id,
            "hyperparameters": self.hyperparameters.get_config(),
            "metrics": self.metrics.get_config(),
        }
        state |= {name: getattr(self, name) for name in names}
        if self.reports:
            reports = {str(step): value for step, value in self.reports.items()}
            state |= {"reports": reports, "pruned": self.pruned}
        return state

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """The trial that `get_state` described."""
        hp = HyperParameters.from_config(state["hyperparameters"])
        trial = cls(hp, state["trial_id"], state["status"], state["message"])
        trial.metrics = MetricsTracker.from_config(state["metrics"])
        trial.score, trial.best_step = state["score"], state["best_step"]
        trial.reports = {int(k): v for k, v in state.get("reports", {}).items()}
        trial.pruned = state.get("pruned", False)
        return trial

    def save(self, path: Any) -> None:
        """Write it to a json file."""
        write_json(path, self.get_state())

    @classmethod
    def load(cls, path: Any) -> Self:
        """The trial in a json file. RuntimeError for a file that holds none."""
        state = read_json(path)
        try:
            return cls.from_state(state)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise unreadable(os.fspath(path), f"it holds no trial ({error!r})") from None
