"""`Oracle`: which values come next, what is known of all trials, and where it is kept."""

import collections
import functools
import hashlib
import os
import random
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from addax.tuner.display import Display
from addax.tuner.files import read_json, unreadable, write_json
from addax.tuner.hyperparameters import HyperParameters
from addax.tuner.objective import MultiObjective, create_objective
from addax.tuner.objective import Objective as Objective
from addax.tuner.study import Study, library
from addax.tuner.trial import Trial, TrialStatus

MOST_COLLISIONS = 20  # draws of known values before a space counts as exhausted


def synchronized(method: Callable) -> Callable:
    """Let a method of an oracle run in one thread at a time.

    `end_trial(trial_id, status)` of older programs is understood.
    """

    @functools.wraps(method)
    def locked(self: Any, *args: Any, **kwargs: Any) -> Any:
        if method.__name__ == "end_trial":
            args, kwargs = _ended_trial(self, *args, **kwargs)
        with self._lock:
            return method(self, *args, **kwargs)

    return locked


def _ended_trial(oracle: Any, trial: Any = None, status: str = "COMPLETED", **kwargs: Any) -> Any:
    trial_id = kwargs.pop("trial_id", trial)
    if not isinstance(trial_id, str):
        return (trial_id,), kwargs
    known = oracle.trials[trial_id]
    known.status = status
    return (known,), kwargs


class Oracle:
    """A subclass says in `populate_space(trial_id)` which values a trial has.

    `objective`: a name, an `Objective`, or a list of them; None if `run_trial` returns a number to
    minimize. `hyperparameters`: values or ranges given in advance, which `build` does not change;
    `tune_new_entries=False` searches these alone, and `allow_new_entries=False` refuses others.
    `max_consecutive_failed_trials` in a row end the search.

    `sampler`, `pruner` and `storage` are Optuna's; `study` is the study that they see.
    """

    def __init__(
        self,
        objective: Any = None,
        max_trials: int | None = None,
        hyperparameters: HyperParameters | None = None,
        allow_new_entries: bool = True,
        tune_new_entries: bool = True,
        seed: int | None = None,
        max_retries_per_trial: int = 0,
        max_consecutive_failed_trials: int = 3,
        *,
        sampler: Any = None,
        pruner: Any = None,
        storage: Any = None,
    ) -> None:
        library()  # its absence is said now, not after a model was built
        self.objective = create_objective(objective)
        self.max_trials = max_trials
        _check_entries(hyperparameters, allow_new_entries, tune_new_entries)
        self.hyperparameters = hyperparameters or HyperParameters()
        self.allow_new_entries = allow_new_entries
        self.tune_new_entries = tune_new_entries
        self.max_retries_per_trial = max_retries_per_trial
        self.max_consecutive_failed_trials = max_consecutive_failed_trials
        self.sampler, self.pruner, self.storage = sampler, pruner, storage

        self.trials: dict[str, Trial] = {}
        self.ongoing_trials: dict[str, Trial] = {}  # by the tuner that works on it
        self.start_order: list[str] = []
        self.end_order: list[str] = []
        self.tuner_ids: set[str] = set()
        self.seed = seed or random.randint(1, 10000)
        self._seed_state = self.seed
        self._run_times: dict[str, int] = collections.defaultdict(int)
        self._retry_queue: list[str] = []
        self._tried_so_far: set[str] = set()
        self._id_to_hash: dict[str, str] = {}
        self._display = Display(self)
        self._lock = threading.RLock()
        self._directory, self._project_name = ".", "untitled_project"
        self._search: Study | None = None

    @property
    def verbose(self) -> Any:
        return self._display.verbose

    @verbose.setter
    def verbose(self, value: Any) -> None:
        self._display.verbose = 1 if value == "auto" else value

    @property
    def search(self) -> Study:
        """The trials as Optuna's samplers and pruners see them."""
        if self._search is None:
            self.sampler = self.make_sampler()
            name = self._project_name if self.storage is not None else None
            given = (self.objective, self.sampler, self.pruner, self.storage, name)
            self._search = Study(*given)
            self._search.replay([self.trials[i] for i in self.end_order])
        return self._search

    def forget_study(self) -> None:
        """Remove the study of an earlier search from the storage."""
        self._search = None
        if self.storage is not None:
            optuna = library()
            if self._project_name in optuna.get_all_study_names(self.storage):
                optuna.delete_study(study_name=self._project_name, storage=self.storage)

    @property
    def study(self) -> Any:
        """Optuna's study: `best_trials` are the Pareto front of several objectives."""
        return self.search.study

    # What subclasses say

    def populate_space(self, trial_id: str) -> dict[str, Any]:
        """The next trial: `{"status": "RUNNING", "values": {name: value}}`.

        The status may be "IDLE" (none now) or "STOPPED" (none any more), without values.
        """
        raise NotImplementedError

    def make_sampler(self) -> Any:
        """Optuna's sampler that suggests values, if there is one."""
        return self.sampler

    def score_trial(self, trial: Trial) -> None:
        """Set `score` and `best_step` of a completed trial."""
        trial.score = trial.metrics.get_best_value(self.objective.name)
        trial.best_step = trial.metrics.get_best_step(self.objective.name)

    # Values

    def seed_of(self, trial_id: str, *more: Any) -> int:
        """The seed of what a trial does: the same whenever the search comes to it."""
        text = "/".join(map(str, (self.seed, trial_id, *more)))
        return zlib.crc32(text.encode())

    def _new_values(self, trial_id: str) -> dict[str, Any]:
        """A trial with the sampler's values, or random ones, that no other has; else the end."""
        values, search = None, self.search
        if self.sampler is not None:
            values = search.ask(trial_id, self.get_space(), self.seed_of(trial_id))
            if self._duplicate(values):
                search.drop(trial_id)
                values = None
        if values is None:
            values = self._random_values()
        if values is None:
            return {"status": TrialStatus.STOPPED, "values": None}
        return {"status": TrialStatus.RUNNING, "values": values}

    def _random_values(self) -> dict[str, Any] | None:
        """Values by chance that no trial has; None if there are hardly any left."""
        for _ in range(MOST_COLLISIONS + 1):
            space = self.get_space()
            space.values = {}
            for hp in space.space:
                if space.is_active(hp):
                    space.values[hp.name] = hp.random_sample(self._seed_state)
                    self._seed_state += 1
            if not self._duplicate(space.values):
                return space.values
        return None

    def _compute_values_hash(self, values: dict[str, Any]) -> str:
        text = "".join(f"{k}={values[k]}" for k in sorted(values))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def _duplicate(self, values: dict[str, Any]) -> bool:
        return self._compute_values_hash(values) in self._tried_so_far

    def _record_values(self, trial: Trial) -> None:
        """Note that these values were tried; a trial that met new entries has others now."""
        trial.hyperparameters.ensure_active_values()
        new = self._compute_values_hash(trial.hyperparameters.values)
        old = self._id_to_hash.get(trial.trial_id)
        self._tried_so_far.add(new)
        if old not in (None, new):
            self._tried_so_far.discard(old)
        self._id_to_hash[trial.trial_id] = new

    # The life of a trial

    @synchronized
    def create_trial(self, tuner_id: str) -> Trial:
        """The next trial for this tuner, of status RUNNING, IDLE or STOPPED."""
        if tuner_id in self.ongoing_trials:
            return self.ongoing_trials[tuner_id]
        self.tuner_ids.add(tuner_id)
        if self._retry_queue:
            trial = self.trials[self._retry_queue.pop()]
            trial.begin_again()
            self._start(trial, tuner_id)
            return trial
        trial_id = str(len(self.trials)).zfill(len(str(self.max_trials)))
        if self.max_trials and len(self.trials) >= self.max_trials:
            response: dict[str, Any] = {"status": TrialStatus.STOPPED}
        else:
            response = self.populate_space(trial_id)
        hyperparameters = self.get_space()
        hyperparameters.values = response.get("values") or {}
        trial = Trial(hyperparameters, trial_id, response["status"])
        if trial.status == TrialStatus.RUNNING:
            self._record_values(trial)
            self.trials[trial_id] = trial
            self.start_order.append(trial_id)
            self._save_trial(trial)
            self._start(trial, tuner_id)
        elif trial.status == TrialStatus.STOPPED:
            self.tuner_ids.discard(tuner_id)
        return trial

    def _start(self, trial: Trial, tuner_id: str) -> None:
        self.ongoing_trials[tuner_id] = trial
        self.search.begin(trial)
        self.save()
        self._display.on_trial_begin(trial)

    @synchronized
    def update_trial(self, trial_id: str, metrics: dict[str, Any], step: int = 0) -> Trial:
        """Note metrics of a trial after `step`. ValueError if the objective is not among them."""
        trial = self.trials[trial_id]
        if self.objective.name not in metrics and not self.objective.has_value(metrics):
            raise ValueError(self.objective.missing(metrics))
        several = isinstance(self.objective, MultiObjective)
        if several and self.objective.name not in metrics:
            metrics = metrics | {self.objective.name: self.objective.get_value(metrics)}
        directions = {o.name: o.direction for o in (self.objective, *self.objective.parts)}
        for name, value in metrics.items():
            if not trial.metrics.exists(name):
                trial.metrics.register(name, directions.get(name))
            trial.metrics.update(name, value, step)
        self._save_trial(trial)
        return trial

    def report(self, trial_id: str, step: int, logs: dict[str, Any]) -> bool:
        """Note the objective after an epoch; whether the training should end now."""
        is_known = len(self.objective.parts) == 1 and self.objective.has_value(logs)
        if self.pruner is None or not is_known:
            return False
        value = self.objective.get_value(logs)
        return self.search.report(self.trials[trial_id], step, value)

    @synchronized
    def end_trial(self, trial: Trial) -> None:
        """Score a trial that has ended, or queue it for another try.

        RuntimeError when too many in a row have failed.
        """
        known = self.trials[trial.trial_id]
        known.hyperparameters, known.status = trial.hyperparameters, trial.status
        known.message, trial = trial.message, known
        self.update_space(trial.hyperparameters)
        if trial.status == TrialStatus.COMPLETED:
            self.score_trial(trial)
            if np.isnan(trial.score):
                trial.status = TrialStatus.INVALID
                trial.message = f"The objective {self.objective.name} is NaN."
            elif trial.pruned:
                trial.message = f"Pruned after epoch {max(trial.reports) + 1}."
        self._record_values(trial)
        self._run_times[trial.trial_id] += 1
        is_over = not self._retry(trial)
        if is_over:
            self.end_order.append(trial.trial_id)
            self.search.tell(trial)
        for tuner_id in [k for k, t in self.ongoing_trials.items() if t is trial]:
            del self.ongoing_trials[tuner_id]
        self._save_trial(trial)
        self.save()
        self._display.on_trial_end(trial)
        if is_over:
            self._check_consecutive_failures()

    def _retry(self, trial: Trial) -> bool:
        if trial.status != TrialStatus.INVALID:
            return False
        left = self.max_retries_per_trial + 1 - self._run_times[trial.trial_id]
        if left <= 0:
            trial.status = TrialStatus.FAILED
            return False
        self._retry_queue.append(trial.trial_id)
        return True

    def _check_consecutive_failures(self) -> None:
        count, most = 0, self.max_consecutive_failed_trials
        for trial_id in reversed(self.end_order):
            if self.trials[trial_id].status != TrialStatus.FAILED:
                break
            count += 1
        if count >= most:
            message = self.trials[self.end_order[-1]].message or ""
            raise RuntimeError(
                f"Number of consecutive failures exceeded the limit of {most}; the last one "
                f"was:\n{message}"
            )

    # Space and results

    def get_space(self) -> HyperParameters:
        """A copy of the space, with the values given in advance."""
        return self.hyperparameters.copy()

    def update_space(self, hyperparameters: HyperParameters) -> None:
        """Take in the entries that are new. RuntimeError where none are allowed."""
        known = self.hyperparameters
        new = [p for p in hyperparameters.space if not known._exists(p.name, p.conditions)]
        if new and not self.allow_new_entries:
            raise RuntimeError(f"`allow_new_entries` is `False`, but found new entries {new}.")
        if self.tune_new_entries:
            known.merge(new)

    def get_trial(self, trial_id: str) -> Trial:
        """The trial of this id."""
        return self.trials[trial_id]

    def get_best_trials(self, num_trials: int = 1) -> list[Trial]:
        """The completed trials, best first; others after them where these are too few."""
        done = [t for t in self.trials.values() if t.status == TrialStatus.COMPLETED]
        rest = [t for t in self.trials.values() if t.status != TrialStatus.COMPLETED]
        done.sort(key=lambda t: t.score, reverse=self.objective.direction == "max")
        return [*done, *rest][:num_trials]

    def remaining_trials(self) -> int | None:
        """How many trials are left, if there is a limit."""
        return self.max_trials - len(self.trials) if self.max_trials else None

    # The project's folder

    def get_state(self) -> dict[str, Any]:
        """All but the trials, which have files of their own, as plain data."""
        return {
            "ongoing_trials": {k: t.trial_id for k, t in self.ongoing_trials.items()},
            "hyperparameters": self.hyperparameters.get_config(),
            "start_order": self.start_order,
            "end_order": self.end_order,
            "run_times": dict(self._run_times),
            "retry_queue": self._retry_queue,
            "seed": self.seed,
            "seed_state": self._seed_state,
            "tried_so_far": sorted(self._tried_so_far),
            "id_to_hash": dict(self._id_to_hash),
            "display": self._display.get_state(),
        }

    def set_state(self, state: dict[str, Any]) -> None:
        """Go on from what `get_state` gave."""
        self.ongoing_trials = {k: self.trials[i] for k, i in state["ongoing_trials"].items()}
        self.hyperparameters = HyperParameters.from_config(state["hyperparameters"])
        self.start_order, self.end_order = state["start_order"], state["end_order"]
        self._run_times = collections.defaultdict(int, state["run_times"])
        self._retry_queue = state["retry_queue"]
        self.seed, self._seed_state = state["seed"], state["seed_state"]
        self._tried_so_far = set(state["tried_so_far"])
        self._id_to_hash = dict(state["id_to_hash"])
        self._display.set_state(state["display"])

    def _set_project_dir(self, directory: Any, project_name: str) -> None:
        self._directory, self._project_name = os.fspath(directory), project_name

    @property
    def _project_dir(self) -> str:
        path = os.path.join(self._directory, self._project_name)
        os.makedirs(path, exist_ok=True)
        return path

    def _get_oracle_fname(self) -> str:
        return os.path.join(self._project_dir, "oracle.json")

    def _get_trial_dir(self, trial_id: str) -> str:
        path = os.path.join(self._project_dir, f"trial_{trial_id}")
        os.makedirs(path, exist_ok=True)
        return path

    def _save_trial(self, trial: Trial) -> None:
        trial.save(os.path.join(self._get_trial_dir(trial.trial_id), "trial.json"))

    def save(self) -> None:
        """Write the state; trials are written as they change."""
        write_json(self._get_oracle_fname(), self.get_state())

    def reload(self) -> None:
        """Go on with the project in the folder. RuntimeError for files that can't be read."""
        files = sorted(Path(self._project_dir).glob("trial_*/trial.json"))
        loaded = [Trial.load(path) for path in files]
        self.trials = {trial.trial_id: trial for trial in loaded}
        path = self._get_oracle_fname()
        try:
            self.set_state(read_json(path))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise unreadable(path, f"it holds no state of a search ({error!r})") from None
        # A trial that was cut off starts again; one that ended just before the kill counts.
        for trial in self.ongoing_trials.values():
            if trial.status in (TrialStatus.COMPLETED, TrialStatus.FAILED):
                self.end_order.append(trial.trial_id)
            else:
                self._retry_queue.append(trial.trial_id)
        self.ongoing_trials = {}
        self._search = None


def _check_entries(hyperparameters: Any, allow_new: bool, tune_new: bool) -> None:
    given = {"allow_new_entries": allow_new, "tune_new_entries": tune_new}
    for name, value in given.items():
        if not value and not hyperparameters:
            raise ValueError(
                f"`{name}=False` leaves nothing to search: specify the search space via the "
                "`hyperparameters` argument."
            )
