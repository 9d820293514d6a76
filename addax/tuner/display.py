"""What a search prints: the values of each trial, its score, the best so far, the time."""

import time
from datetime import datetime
from typing import Any

from addax.tuner.trial import Trial, TrialStatus

WIDTH = 18  # of a column


class Display:
    """Prints a trial's begin and end, unless `verbose` is 0. Its state keeps when each began."""

    def __init__(self, oracle: Any, verbose: int = 1) -> None:
        self.oracle = oracle
        self.verbose = verbose
        self.search_start: datetime | None = None
        self.trial_start: dict[str, datetime] = {}
        self.trial_number: dict[str, int] = {}
        self._began = time.perf_counter()  # of this process; the state keeps that of the first
        self._ended = 0

    def get_state(self) -> dict[str, Any]:
        start = self.search_start
        return {
            "search_start": start.isoformat() if start else None,
            "trial_start": {k: v.isoformat() for k, v in self.trial_start.items()},
            "trial_number": self.trial_number,
        }

    def set_state(self, state: dict[str, Any]) -> None:
        start = state["search_start"]
        self.search_start = datetime.fromisoformat(start) if start else None
        pairs = state["trial_start"].items()
        self.trial_start = {k: datetime.fromisoformat(v) for k, v in pairs}
        self.trial_number = state["trial_number"]

    def on_trial_begin(self, trial: Trial) -> None:
        """Show the values beside the best ones."""
        if self.verbose < 1:
            return
        now = datetime.now()
        if self.search_start is None:
            self.search_start = now
        number = len(self.oracle.trials)
        self.trial_start[trial.trial_id], self.trial_number[trial.trial_id] = now, number
        print(f"\nSearch: Running Trial #{number}\n")
        best = self._best()
        values = trial.hyperparameters.values
        if not values:
            print("default configuration")
            return
        rows = [("Value", "Best Value So Far", "Hyperparameter")]
        for name, value in values.items():
            known = best.hyperparameters.values.get(name, "-") if best else "?"
            rows.append((shown(value), shown(known), name))
        print("\n".join(f"{a:{WIDTH}}|{b:{WIDTH}}|{c}" for a, b, c in rows), end="\n\n")

    def _best(self) -> Trial | None:
        best = self.oracle.get_best_trials()
        return best[0] if best and best[0].status == TrialStatus.COMPLETED else None

    def on_trial_end(self, trial: Trial) -> None:
        """Show the score, the best one, and how fast the search is."""
        self._ended += 1
        if self.verbose < 1:
            return
        name = self.oracle.objective.name
        taken = datetime.now() - self.trial_start.get(trial.trial_id, datetime.now())
        number = self.trial_number.get(trial.trial_id, trial.trial_id)
        print(f"\nTrial {number} {ENDED[trial.status]} [{duration(taken.total_seconds())}]")
        if trial.score is not None:
            print(f"{name}: {trial.score}")
        if trial.message:
            print(trial.message.strip().splitlines()[-1])
        best = self._best()
        print(f"\nBest {name} So Far: {best.score if best else None}")
        start = self.search_start or datetime.now()
        elapsed = (datetime.now() - start).total_seconds()
        rate = 60 * self._ended / max(time.perf_counter() - self._began, 1e-9)
        print(f"Total elapsed time: {duration(elapsed)}, {rate:.1f} trials a minute")


ENDED = {
    TrialStatus.COMPLETED: "Complete",
    TrialStatus.FAILED: "Failed",
    TrialStatus.INVALID: "Failed, to be tried again",
}


def shown(value: Any) -> str:
    """A value in a column."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:.5g}"
    text = str(value)
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 3]}..."


def duration(seconds: float) -> str:
    """Days, hours, minutes, seconds."""
    minutes, s = divmod(round(seconds), 60)
    hours, m = divmod(minutes, 60)
    days, h = divmod(hours, 24)
    return f"{days}d " * (days > 0) + f"{h:02d}h {m:02d}m {s:02d}s"
