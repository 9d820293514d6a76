"""Searching for hyperparameters: KerasTuner's API, on Optuna (extra `tuner`).

hyperparameters   a space, declared where a model is built: `hp.Int("units", 32, 512)`
hypermodel        how a model is made and trained
oracle, oracles   which values come next, and what is known of all trials
tuner, tuners     running the trials
study             the trials as Optuna sees them
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addax.tuner import applications as applications
    from addax.tuner import errors as errors
    from addax.tuner import hypermodel as hypermodel
    from addax.tuner import hyperparameters as hyperparameters
    from addax.tuner import metrics_tracking as metrics_tracking
    from addax.tuner import oracle as oracle
    from addax.tuner import oracles as oracles
    from addax.tuner import trial as trial
    from addax.tuner import tuner as tuner
    from addax.tuner import tuners as tuners
    from addax.tuner.errors import FailedTrialError as FailedTrialError
    from addax.tuner.errors import FatalError as FatalError
    from addax.tuner.hypermodel import HyperModel as HyperModel
    from addax.tuner.hyperparameters import HyperParameters as HyperParameters
    from addax.tuner.objective import Objective as Objective
    from addax.tuner.oracle import Oracle as Oracle
    from addax.tuner.oracle import synchronized as synchronized
    from addax.tuner.tuner import BaseTuner as BaseTuner
    from addax.tuner.tuner import Tuner as Tuner
    from addax.tuner.tuners import BayesianOptimization as BayesianOptimization
    from addax.tuner.tuners import GridSearch as GridSearch
    from addax.tuner.tuners import Hyperband as Hyperband
    from addax.tuner.tuners import RandomSearch as RandomSearch
    from addax.tuner.tuners import SklearnTuner as SklearnTuner

_HOMES = {
    "errors": "FailedTrialError FatalError",
    "hypermodel": "HyperModel",
    "hyperparameters": "HyperParameters",
    "objective": "Objective",
    "oracle": "Oracle synchronized",
    "tuner": "BaseTuner Tuner",
    "tuners": "BayesianOptimization GridSearch Hyperband RandomSearch SklearnTuner",
}
_NAMES = {name: home for home, names in _HOMES.items() for name in names.split()}
_MODULES = """applications errors hypermodel hyperparameters metrics_tracking oracle oracles trial
    tuner tuners""".split()

__all__ = sorted([*_NAMES, *_MODULES])  # pyright: ignore[reportUnsupportedDunderAll]

if not TYPE_CHECKING:  # else every name would pass

    def __getattr__(name: str) -> Any:
        if name in _MODULES:
            return importlib.import_module(f"{__name__}.{name}")
        if name not in _NAMES:
            from addax.core.absent import explain

            raise AttributeError(explain(__name__, name, __all__))
        value = getattr(importlib.import_module(f"{__name__}.{_NAMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
