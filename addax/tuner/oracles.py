"""The oracles: random search, Bayesian optimization, and going through a grid."""

from typing import Any

from addax.tuner.hyperband import HyperbandOracle as HyperbandOracle
from addax.tuner.oracle import Oracle as Oracle
from addax.tuner.study import library
from addax.tuner.trial import TrialStatus


class RandomSearchOracle(Oracle):
    """Values by chance, none twice; those of KerasTuner for the same seed.

    With a `sampler` of Optuna, what that suggests.
    """

    def __init__(self, objective: Any = None, max_trials: int | None = 10, **kwargs: Any) -> None:
        super().__init__(objective, max_trials, **kwargs)

    def populate_space(self, trial_id: str) -> dict[str, Any]:
        return self._new_values(trial_id)


class BayesianOptimizationOracle(RandomSearchOracle):
    """Values near those that did well, by a tree-structured Parzen estimator.

    Bergstra et al. 2011, https://papers.nips.cc/paper/4443; Optuna's, over all hyperparameters
    together. `num_initial_points` trials are random before it begins: by default three for each
    hyperparameter. `alpha` and `beta`, of KerasTuner's Gaussian process, have no effect.
    """

    def __init__(
        self,
        objective: Any = None,
        max_trials: int | None = 10,
        num_initial_points: int | None = None,
        alpha: float = 1e-4,
        beta: float = 2.6,
        **kwargs: Any,
    ) -> None:
        super().__init__(objective, max_trials, **kwargs)
        self.num_initial_points = num_initial_points
        self.alpha, self.beta = alpha, beta

    def make_sampler(self) -> Any:
        if self.sampler is not None:
            return self.sampler
        if self.num_initial_points is None:
            self.num_initial_points = max(3 * len(self.hyperparameters.space), 3)
        kind = library().samplers.TPESampler
        return kind(n_startup_trials=self.num_initial_points, multivariate=True)

    def get_state(self) -> dict[str, Any]:
        names = ("num_initial_points", "alpha", "beta")
        return super().get_state() | {name: getattr(self, name) for name in names}

    def set_state(self, state: dict[str, Any]) -> None:
        super().set_state(state)
        self.num_initial_points = state["num_initial_points"]


class GridSearchOracle(Oracle):
    """All combinations, the last hyperparameter first, each from its default on.

    A range without steps counts as ten values. What only some values bring into the space is gone
    through where it is active.
    """

    def __init__(self, objective: Any = None, max_trials: int | None = None, **kwargs: Any) -> None:
        if kwargs.get("sampler") is not None:
            raise ValueError("A grid search goes through its grid; it takes no sampler.")
        super().__init__(objective, max_trials, **kwargs)

    def populate_space(self, trial_id: str) -> dict[str, Any]:
        if self.start_order:
            last = self.trials[self.start_order[-1]]
            values = self._next(last.hyperparameters.values)
        else:
            values = {p.name: p.default for p in self.get_space().active()}
        status = TrialStatus.STOPPED if values is None else TrialStatus.RUNNING
        return {"status": status, "values": values}

    def _next(self, values: dict[str, Any]) -> dict[str, Any] | None:
        """The combination after this one; None after the last.

        As on an odometer: the last active wheel that is not at its end moves on by one, and all
        behind it go back to their beginnings.
        """
        space = self.get_space()
        space.values = dict(values)
        for hp in reversed(space.space):
            wheel = [hp.default, *(v for v in hp.values if v != hp.default)]
            value = space.values.get(hp.name, hp.default)
            if space.is_active(hp) and value != wheel[-1]:
                space.values[hp.name] = wheel[wheel.index(value) + 1]
                space.ensure_active_values()
                return space.values
            space.values[hp.name] = hp.default
        return None
