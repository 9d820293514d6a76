"""An oracle's trials as an Optuna study: samplers and pruners read it, and so may anybody.

A hyperparameter that Optuna can't express becomes a parameter of another name: `x (step)` counts
the steps of a range with factors, `x (quantile)` is where in a reversed logarithmic range it lies.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from addax.tuner.hyperparameters import HyperParameters
from addax.tuner.objective import Objective
from addax.tuner.parameters import Boolean, Choice, Fixed, HyperParameter, Int, Numerical
from addax.tuner.trial import Trial, TrialStatus

OURS = "trial_id"  # the attribute of Optuna's trials that says which of ours it is


def library() -> Any:
    """Optuna. ImportError with the way to get it."""
    try:
        import optuna
    except ImportError as error:
        raise ImportError('Searches need Optuna: pip install "addax[tuner]".') from error
    return optuna


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Inside, Optuna prints no news."""
    logger = logging.getLogger("optuna")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


class Parameter(NamedTuple):
    """A hyperparameter as Optuna knows it."""

    name: str
    distribution: Any
    stored: Callable[[Any], Any]  # from our value
    value: Callable[[Any], Any]  # to our value


def same(value: Any) -> Any:
    return value


def parameter(hp: HyperParameter, space: HyperParameters) -> Parameter | None:
    """Optuna's form of a hyperparameter; None for one that has one value only."""
    kinds = library().distributions
    twins = [p for p in space.space if p.name == hp.name]
    name = hp.name if len(twins) == 1 else f"{hp.name} if {hp.conditions}"
    if isinstance(hp, Fixed):
        return None
    if isinstance(hp, (Boolean, Choice)):
        return Parameter(name, kinds.CategoricalDistribution(tuple(hp.values)), same, same)
    assert isinstance(hp, Numerical)
    kind = kinds.IntDistribution if isinstance(hp, Int) else kinds.FloatDistribution
    if hp.sampling == "linear":
        high = hp.max_value if hp.step is None else hp.values[-1]
        return Parameter(name, kind(hp.min_value, high, step=hp.step), same, same)
    if hp.step is not None:
        steps = kinds.IntDistribution(0, hp.count() - 1)
        return Parameter(f"{name} (step)", steps, hp.index, lambda i: hp.values[i])
    if hp.sampling == "log":
        return Parameter(name, kind(hp.min_value, hp.max_value, log=True), same, same)
    unit = kinds.FloatDistribution(0.0, 1.0)
    return Parameter(f"{name} (quantile)", unit, hp.value_to_prob, hp.prob_to_value)


def reseed(sampler: Any, seed: int) -> None:
    """Let a sampler of Optuna draw from `seed` on, and those that it holds."""
    from optuna.samplers._lazy_random_state import LazyRandomState

    for part in (sampler, *vars(sampler).values()):
        for state in vars(part).values() if hasattr(part, "__dict__") else ():
            if isinstance(state, LazyRandomState):
                state.rng.seed(seed)


class Study:
    """`study` is Optuna's; trials come in by `ask` or `begin`, and leave by `tell`."""

    def __init__(
        self, objective: Objective, sampler: Any, pruner: Any, storage: Any, name: str | None
    ) -> None:
        optuna = library()
        self.objective = objective
        self.states = optuna.trial.TrialState
        if pruner is not None and len(objective.parts) > 1:
            raise ValueError("Pruning needs one objective; there are several.")
        with quiet():
            self.study: Any = optuna.create_study(
                storage=storage,
                sampler=sampler or optuna.samplers.RandomSampler(),
                pruner=pruner or optuna.pruners.NopPruner(),
                study_name=name,
                load_if_exists=True,
                directions=[f"{part.direction}imize" for part in objective.parts],
            )
        self._running: dict[str, Any] = {}

    def ask(self, trial_id: str, space: HyperParameters, seed: int) -> dict[str, Any]:
        """The values that the sampler suggests for the active hyperparameters."""
        reseed(self.study.sampler, seed)
        trial = self._running[trial_id] = self.study.ask()
        trial.set_user_attr(OURS, trial_id)
        space.values = {}
        for hp in space.space:
            if space.is_active(hp):
                form = parameter(hp, space)
                space.values[hp.name] = hp.default if form is None else suggested(trial, form)
        return space.values

    def drop(self, trial_id: str) -> None:
        """The suggestion is not wanted."""
        self.study.tell(self._running.pop(trial_id), state=self.states.FAIL)

    def begin(self, trial: Trial) -> None:
        """A trial starts; its values may come from somebody else."""
        if trial.trial_id in self._running:
            return
        running = self._running[trial.trial_id] = self.study.ask()
        running.set_user_attr(OURS, trial.trial_id)
        self._note_values(running, trial)

    def _note_values(self, running: Any, trial: Trial) -> None:
        """Give Optuna the values that it has not suggested itself."""
        for name, (form, value) in self._values(trial).items():
            if name not in running.params:
                stored = form.distribution.to_internal_repr(value)
                self.study._storage.set_trial_param(
                    running._trial_id, name, stored, form.distribution
                )

    def _values(self, trial: Trial) -> dict[str, tuple[Parameter, Any]]:
        """A trial's values in Optuna's form, but for those outside of their range."""
        hp, found = trial.hyperparameters, {}
        for p in hp.active():
            form = parameter(p, hp)
            if form is not None and p.name in hp.values:
                value = form.stored(hp.values[p.name])
                if form.distribution._contains(form.distribution.to_internal_repr(value)):
                    found[form.name] = form, value
        return found

    def report(self, trial: Trial, step: int, value: float) -> bool:
        """Note the objective after an epoch; whether the pruner would end the training."""
        running = self._running.get(trial.trial_id)
        if running is None or isinstance(self.study.pruner, library().pruners.NopPruner):
            return False
        running.report(float(value), step)
        trial.reports[step] = float(value)
        trial.pruned = bool(running.should_prune())
        return trial.pruned

    def tell(self, trial: Trial) -> None:
        """A trial has ended."""
        running = self._running.pop(trial.trial_id, None)
        if running is None:
            return
        self._note_values(running, trial)  # a trial may have met new entries
        if trial.message:
            running.set_user_attr("message", trial.message[-2000:])
        state, values = self._result(trial)
        self.study.tell(running, None if state == self.states.PRUNED else values, state)

    def _result(self, trial: Trial) -> tuple[Any, Any]:
        if trial.status != TrialStatus.COMPLETED:
            return self.states.FAIL, None
        values = [trial.metrics.get_best_value(part.name) for part in self.objective.parts]
        return (self.states.PRUNED if trial.pruned else self.states.COMPLETE), values

    def replay(self, trials: list[Trial]) -> None:
        """Take in trials of an earlier process, and end those that it left running."""
        known = {t.user_attrs.get(OURS) for t in self.study.get_trials(deepcopy=False)}
        for left in self.study.get_trials(deepcopy=False, states=(self.states.RUNNING,)):
            self.study.tell(left.number, state=self.states.FAIL)
        for trial in trials:
            if trial.trial_id not in known:
                self.study.add_trial(self._frozen(trial))

    def _frozen(self, trial: Trial) -> Any:
        (state, values), params = self._result(trial), self._values(trial)
        return library().trial.create_trial(
            state=state,
            values=values,
            params={name: value for name, (_, value) in params.items()},
            distributions={name: form.distribution for name, (form, _) in params.items()},
            user_attrs={OURS: trial.trial_id},
            intermediate_values=trial.reports,
        )


def suggested(trial: Any, form: Parameter) -> Any:
    """The value that a running trial of Optuna has for this parameter."""
    d, kinds = form.distribution, library().distributions
    if isinstance(d, kinds.CategoricalDistribution):
        found = trial.suggest_categorical(form.name, d.choices)
    elif isinstance(d, kinds.IntDistribution):
        found = trial.suggest_int(form.name, d.low, d.high, step=d.step, log=d.log)
    else:
        found = trial.suggest_float(form.name, d.low, d.high, step=d.step, log=d.log)
    return form.value(found)
