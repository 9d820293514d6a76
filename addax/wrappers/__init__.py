"""Models as estimators of scikit-learn, which is imported when one of the names is first used."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addax.wrappers.estimators import SKLearnClassifier as SKLearnClassifier
    from addax.wrappers.estimators import SKLearnRegressor as SKLearnRegressor
    from addax.wrappers.estimators import SKLearnTransformer as SKLearnTransformer

__all__ = ["SKLearnClassifier", "SKLearnRegressor", "SKLearnTransformer"]
_OLD = ("scikeras", "scikit_learn")  # modules of older programs

if not TYPE_CHECKING:  # else every name would pass

    def __getattr__(name: str) -> Any:
        if name in _OLD:
            return importlib.import_module(f"{__name__}.{name}")
        if name not in __all__:
            from addax.core.absent import explain

            raise AttributeError(explain(__name__, name, __all__))
        value = getattr(importlib.import_module(f"{__name__}.estimators"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
