"""Hyperband: many short trainings, of which the best go on (Li et al. 2018).

https://arxiv.org/abs/1603.06560. A bracket is a number of rounds. Its first one trains new random
values for a few epochs; each later one takes the best of the one before, `factor` times fewer, for
`factor` times as many epochs.
"""

import math
from typing import Any

from addax.tuner.oracle import Oracle
from addax.tuner.trial import Trial, TrialStatus

ALL_THE_SAME = "epochs initial_epoch bracket round".split()  # say nothing about the model


class HyperbandOracle(Oracle):
    """Trials have the values `tuner/epochs` and `tuner/initial_epoch`, from where to where they
    train, and `tuner/trial_id`, whose weights they begin with, if any.
    """

    def __init__(
        self,
        objective: Any = None,
        max_epochs: int = 100,
        factor: int = 3,
        hyperband_iterations: int = 1,
        **kwargs: Any,
    ) -> None:
        super().__init__(objective, None, **kwargs)
        if factor < 2:
            raise ValueError(f"factor is an integer larger than 1; received {factor}.")
        if max_epochs < 1:
            raise ValueError(f"max_epochs is a positive integer; received {max_epochs}.")
        self.hyperband_iterations = hyperband_iterations or float("inf")
        self.max_epochs = max_epochs
        self.min_epochs = 1
        self.factor = factor
        self._current_iteration = 0
        self._current_bracket = self._get_num_brackets() - 1
        self._brackets: list[dict[str, Any]] = []
        self._start_new_bracket()

    # Sizes

    def _get_num_brackets(self) -> int:
        count, epochs = 0, float(self.max_epochs)
        while epochs >= self.min_epochs:
            epochs /= self.factor
            count += 1
        return count

    def _get_size(self, bracket: int, round_number: int) -> int:
        """How many trials a round has, so that all brackets train about as long."""
        last = math.ceil(1 + math.log(self.max_epochs, self.factor)) / (bracket + 1)
        return math.ceil(last * self.factor ** (bracket - round_number))

    def _get_epochs(self, bracket: int, round_number: int) -> int:
        """Up to which epoch a round trains."""
        return math.ceil(self.max_epochs / self.factor ** (bracket - round_number))

    # Trials

    def populate_space(self, trial_id: str) -> dict[str, Any]:
        self._brackets = [b for b in self._brackets if not self._is_complete(b)]
        for bracket in self._brackets:
            found = self._trial_of(bracket, trial_id)
            if found is not None:
                return found
        is_last = self._current_iteration + 1 == self.hyperband_iterations
        if self._current_bracket == 0 and is_last:
            return {"status": TrialStatus.IDLE if self.ongoing_trials else TrialStatus.STOPPED}
        self._current_bracket -= 1
        if self._current_bracket < 0:
            self._current_bracket = self._get_num_brackets() - 1
            self._current_iteration += 1
        self._start_new_bracket()
        return self._first_round(self._brackets[-1], trial_id)

    def _start_new_bracket(self) -> None:
        rounds: list[list] = [[] for _ in range(self._current_bracket + 1)]
        self._brackets.append({"bracket_num": self._current_bracket, "rounds": rounds})

    def _is_complete(self, bracket: dict[str, Any]) -> bool:
        last = len(bracket["rounds"]) - 1
        return len(bracket["rounds"][last]) == self._get_size(bracket["bracket_num"], last)

    def _trial_of(self, bracket: dict[str, Any], trial_id: str) -> dict[str, Any] | None:
        """The next trial of a bracket; None if it waits for others."""
        number, rounds = bracket["bracket_num"], bracket["rounds"]
        if len(rounds[0]) < self._get_size(number, 0):
            return self._first_round(bracket, trial_id)
        for later in range(1, len(rounds)):
            taken = {entry["past_id"] for entry in rounds[later]}
            before = [self.trials[entry["id"]] for entry in rounds[later - 1]]
            left = [t for t in before if t.trial_id not in taken]
            left = [t for t in left if t.status == TrialStatus.COMPLETED]
            dropped = self._get_size(number, later - 1) - self._get_size(number, later)
            if len(left) > dropped:
                best = self._best(left)
                rounds[later].append({"past_id": best.trial_id, "id": trial_id})
                values = best.hyperparameters.values | {"tuner/trial_id": best.trial_id}
                return self._with_epochs(values, number, later)
        return None

    def _first_round(self, bracket: dict[str, Any], trial_id: str) -> dict[str, Any]:
        found = self._new_values(trial_id)
        if found["status"] == TrialStatus.STOPPED:
            return {"status": TrialStatus.IDLE if self.ongoing_trials else TrialStatus.STOPPED}
        bracket["rounds"][0].append({"past_id": None, "id": trial_id})
        return self._with_epochs(found["values"], bracket["bracket_num"], 0)

    def _with_epochs(self, values: dict[str, Any], bracket: int, number: int) -> dict[str, Any]:
        start = self._get_epochs(bracket, number - 1) if number else 0
        epochs = self._get_epochs(bracket, number)
        own = zip(ALL_THE_SAME, (epochs, start, self._current_bracket, number), strict=True)
        values = values | {f"tuner/{name}": value for name, value in own}
        return {"status": TrialStatus.RUNNING, "values": values}

    def _best(self, trials: list[Trial]) -> Trial:
        pick = max if self.objective.direction == "max" else min
        return pick(trials, key=lambda t: t.score)

    def _compute_values_hash(self, values: dict[str, Any]) -> str:
        left_out = {f"tuner/{name}" for name in ALL_THE_SAME}
        return super()._compute_values_hash({k: v for k, v in values.items() if k not in left_out})

    # State

    _KEPT = "hyperband_iterations max_epochs min_epochs factor".split()
    _MOVING = "brackets current_bracket current_iteration".split()

    def get_state(self) -> dict[str, Any]:
        kept = {name: getattr(self, name) for name in self._KEPT}
        return super().get_state() | kept | {n: getattr(self, f"_{n}") for n in self._MOVING}

    def set_state(self, state: dict[str, Any]) -> None:
        super().set_state(state)
        for name in self._KEPT:
            setattr(self, name, state[name])
        for name in self._MOVING:
            setattr(self, f"_{name}", state[name])
