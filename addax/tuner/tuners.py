"""The tuners: each an oracle, and what its trials do beyond building and training a model."""

import inspect
import os
import pickle
from typing import Any

import numpy as np

from addax.tuner.hyperband import HyperbandOracle
from addax.tuner.oracle import Oracle
from addax.tuner.oracles import BayesianOptimizationOracle, GridSearchOracle, RandomSearchOracle
from addax.tuner.trial import Trial
from addax.tuner.tuner import BaseTuner, Tuner

TAKEN = frozenset(inspect.signature(Oracle).parameters)  # what goes on to the oracle


class Searching(Tuner):
    """A tuner that makes its oracle; the other arguments are those of `Oracle` and `Tuner`."""

    def __init__(self, oracle: Any, hypermodel: Any, *own: Any, **kwargs: Any) -> None:
        given = {name: kwargs.pop(name) for name in list(kwargs) if name in TAKEN}
        super().__init__(oracle(*own, **given), hypermodel, **kwargs)


class RandomSearch(Searching):
    """Tries values by chance; see `RandomSearchOracle`, `Oracle` and `Tuner`."""

    def __init__(
        self,
        hypermodel: Any = None,
        objective: Any = None,
        max_trials: int | None = 10,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(RandomSearchOracle, hypermodel, objective, max_trials, seed=seed, **kwargs)


class BayesianOptimization(Searching):
    """Learns from trials where to look; see `BayesianOptimizationOracle`, `Oracle`, `Tuner`."""

    def __init__(
        self,
        hypermodel: Any = None,
        objective: Any = None,
        max_trials: int | None = 10,
        num_initial_points: int | None = None,
        alpha: float = 1e-4,
        beta: float = 2.6,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        own = (objective, max_trials, num_initial_points, alpha, beta)
        super().__init__(BayesianOptimizationOracle, hypermodel, *own, seed=seed, **kwargs)


class GridSearch(Searching):
    """Goes through all combinations; see `GridSearchOracle`, `Oracle` and `Tuner`."""

    def __init__(
        self,
        hypermodel: Any = None,
        objective: Any = None,
        max_trials: int | None = None,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(GridSearchOracle, hypermodel, objective, max_trials, seed=seed, **kwargs)


class Hyperband(Searching):
    """Trains many models for a few epochs, and the best of them on from there.

    `max_epochs`: of the longest training, somewhat more than the largest model needs. `factor`: by
    which models get fewer and epochs more. `hyperband_iterations`: how often the whole is done.
    The rest are arguments of `Oracle` and `Tuner`.
    """

    def __init__(
        self,
        hypermodel: Any = None,
        objective: Any = None,
        max_epochs: int = 100,
        factor: int = 3,
        hyperband_iterations: int = 1,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        own = (objective, max_epochs, factor, hyperband_iterations)
        super().__init__(HyperbandOracle, hypermodel, *own, seed=seed, **kwargs)

    def run_trial(self, trial: Trial, *fit_args: Any, **fit_kwargs: Any) -> Any:
        values = trial.hyperparameters.values
        if "tuner/epochs" in values:
            fit_kwargs["epochs"] = values["tuner/epochs"]
            fit_kwargs["initial_epoch"] = values["tuner/initial_epoch"]
        return super().run_trial(trial, *fit_args, **fit_kwargs)

    def _build_hypermodel(self, hp: Any) -> Any:
        model = super()._build_hypermodel(hp)
        if "tuner/trial_id" in hp.values:
            self._load_weights(model, hp.values["tuner/trial_id"])
        return model


class SklearnTuner(BaseTuner):
    """A tuner of scikit-learn's models: the objective is `score`, the mean over the folds of `cv`.

    `scoring`: a scorer in place of `model.score`. `metrics`: functions `(y, predicted)` of
    `sklearn.metrics`, noted beside it. Models are kept as pickles, as scikit-learn has no other
    form: open only projects that are your own.
    """

    def __init__(
        self,
        oracle: Oracle,
        hypermodel: Any,
        scoring: Any = None,
        metrics: Any = None,
        cv: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(oracle, hypermodel, **kwargs)
        self.scoring = scoring
        given = metrics if isinstance(metrics, (list, tuple)) else [metrics]
        self.metrics: list[Any] = [metric for metric in given if metric is not None]
        self.cv = cv or _folds()

    def search(self, X: Any, y: Any, sample_weight: Any = None, groups: Any = None) -> None:  # type: ignore[override]
        """Run trials on these data; `groups` are for splitters that ask for them."""
        super().search(X, y, sample_weight=sample_weight, groups=groups)

    def run_trial(  # type: ignore[override]
        self, trial: Trial, X: Any, y: Any, sample_weight: Any = None, groups: Any = None
    ) -> dict[str, float]:
        found: dict[str, list[float]] = {}
        folds = self.cv.split(X, y, **({} if groups is None else {"groups": groups}))
        for train, test in folds:
            model = self.hypermodel.build(trial.hyperparameters)
            takes_weights = "sample_weight" in inspect.signature(model.fit).parameters
            weights = {} if sample_weight is None else {"sample_weight": sample_weight[train]}
            model.fit(_rows(X, train), _rows(y, train), **(weights if takes_weights else {}))
            weights = {} if sample_weight is None else {"sample_weight": sample_weight[test]}
            x_test, y_test = _rows(X, test), _rows(y, test)
            score = self.scoring or type(model).score
            found.setdefault("score", []).append(score(model, x_test, y_test, **weights))
            for metric in self.metrics:
                value = metric(y_test, model.predict(x_test), **weights)
                found.setdefault(metric.__name__, []).append(value)
            self.save_model(trial.trial_id, model)
        return {name: float(np.mean(values)) for name, values in found.items()}

    def save_model(self, trial_id: str, model: Any, step: int = 0) -> None:
        with open(self._model_file(trial_id), "wb") as file:
            pickle.dump(model, file)

    def load_model(self, trial: Trial) -> Any:
        with open(self._model_file(trial.trial_id), "rb") as file:
            return pickle.load(file)

    def _model_file(self, trial_id: str) -> str:
        return os.path.join(self.get_trial_dir(trial_id), "model.pickle")


def _folds() -> Any:
    try:
        from sklearn.model_selection import KFold
    except ImportError as error:
        raise ImportError(
            'SklearnTuner needs scikit-learn: pip install "addax[sklearn]".'
        ) from error
    return KFold(5, shuffle=True, random_state=1)


def _rows(data: Any, indices: Any) -> Any:
    """These rows of an array or a data frame."""
    return data.iloc[indices] if hasattr(data, "iloc") else data[indices]
