"""Metrics by name, and as plain data."""

from typing import Any

from addax.core import configs
from addax.core.names import CustomObjectScope, get_registered_object, publish
from addax.core.scope import to_snake_case
from addax.losses import loss as losses
from addax.metrics import accuracy, base, confusion, iou, regression

MODULE = "keras.metrics"
MODULES = (base, regression, accuracy, confusion, iou)
FUNCTIONS = [
    accuracy.binary_accuracy,
    accuracy.categorical_accuracy,
    accuracy.sparse_categorical_accuracy,
    accuracy.top_k_categorical_accuracy,
    accuracy.sparse_top_k_categorical_accuracy,
    regression.pearson_correlation,
    regression.concordance_correlation,
]


def _is_public(obj: Any) -> bool:
    metric = isinstance(obj, type) and issubclass(obj, base.Metric)
    return metric and not obj.__name__.startswith("_")


CLASSES = {n: c for m in MODULES for n, c in vars(m).items() if _is_public(c)}
publish(MODULE, CLASSES)
publish(MODULE, [*losses.FUNCTIONS, *FUNCTIONS])

ALIASES = {to_snake_case(name): name for name in CLASSES} | {
    "acc": "Accuracy",
    "bce": "BinaryCrossentropy",
    "mse": "MeanSquaredError",
    "mae": "MeanAbsoluteError",
    "mape": "MeanAbsolutePercentageError",
    "msle": "MeanSquaredLogarithmicError",
    "kld": "KLDivergence",
    "rmse": "RootMeanSquaredError",
    "logcosh": "LogCoshError",
    "fbeta_score": "FBetaScore",
}
ALIASES |= {n.upper(): c for n, c in ALIASES.items() if n in losses.ALIASES}

_get = configs.getter("metric", MODULE)


def get(identifier: Any) -> Any:
    """A metric or a function from a name, a configuration, a class or an object; None for None."""
    if isinstance(identifier, str) and get_registered_object(identifier) is None:
        identifier = ALIASES.get(identifier, identifier)
    return _get(identifier)


def serialize(metric: Any) -> Any:
    """A metric, or a function by its name, as plain data."""
    return losses.serialize(metric)


def deserialize(config: Any, custom_objects: dict | None = None) -> Any:
    """The metric or function that `serialize` wrote as `config`, or that has this name."""
    with CustomObjectScope(custom_objects):
        return get(config)
