"""Names whose meaning depends on the loss and the shapes: "accuracy" and "crossentropy"."""

from typing import Any

from addax import losses
from addax.core.scope import to_snake_case
from addax.losses import Loss
from addax.metrics import accuracy, regression
from addax.metrics.base import MeanMetricWrapper, Metric
from addax.metrics.lookup import get

KINDS = {
    "acc": "accuracy",
    "accuracy": "accuracy",
    "ce": "crossentropy",
    "crossentropy": "crossentropy",
}
METRICS = {
    "accuracy": {
        "binary": accuracy.BinaryAccuracy,
        "sparse": accuracy.SparseCategoricalAccuracy,
        "categorical": accuracy.CategoricalAccuracy,
    },
    "crossentropy": {
        "binary": regression.BinaryCrossentropy,
        "sparse": regression.SparseCategoricalCrossentropy,
        "categorical": regression.CategoricalCrossentropy,
    },
}
LOSSES = {
    "binary": losses.binary_crossentropy,
    "sparse": losses.sparse_categorical_crossentropy,
    "categorical": losses.categorical_crossentropy,
}
BY_LOSS = {
    losses.sparse_categorical_crossentropy: "sparse",
    losses.categorical_generalized_cross_entropy: "sparse",
    losses.categorical_crossentropy: "categorical",
    losses.categorical_focal_crossentropy: "categorical",
}


def variant(y_true_shape: Any, y_pred_shape: Any, loss: Any = None) -> str:
    """ "binary", "sparse" or "categorical", by the shapes; by the loss where a shape is unknown.

    Predictions of one column are binary; targets with fewer axes, or one column, are class numbers.
    """
    predicted = tuple(y_pred_shape)
    if len(predicted) < 2 or predicted[-1] == 1:
        return "binary"
    if y_true_shape is None:
        return BY_LOSS.get(getattr(loss, "fn", loss), "categorical")
    target = tuple(y_true_shape)
    return "sparse" if len(target) < len(predicted) or target[-1] == 1 else "categorical"


def name_of(fn: Any) -> str:
    """What logs call a loss or metric that is a function or another callable."""
    known = getattr(fn, "name", None) or getattr(fn, "__name__", None)
    return known or to_snake_case(type(fn).__name__)


def resolve_loss(identifier: Any, y_true_shape: Any, y_pred_shape: Any) -> Loss | None:
    """The loss that `compile(loss=identifier)` means for these shapes."""
    if identifier is None:
        return None
    if isinstance(identifier, str) and KINDS.get(identifier.lower()) == "crossentropy":
        loss = LOSSES[variant(y_true_shape, y_pred_shape)]
    else:
        loss = losses.get(identifier)
    if isinstance(loss, Loss):
        return loss
    name = identifier if isinstance(identifier, str) else name_of(loss)
    return losses.LossFunctionWrapper(loss, name=name)


def resolve_metric(
    identifier: Any, y_true_shape: Any, y_pred_shape: Any, loss: Any = None
) -> Metric:
    """The metric that `compile(metrics=[identifier])` means for these shapes and this loss.

    It bears the name it was asked for by. ValueError for a name that nobody knows.
    """
    kind = KINDS.get(identifier.lower()) if isinstance(identifier, str) else None
    if kind is not None:
        found = METRICS[kind][variant(y_true_shape, y_pred_shape, loss)]()
        if kind == "crossentropy":
            found.from_logits = getattr(loss, "from_logits", False)
    else:
        found = get(identifier)
    if not isinstance(found, Metric):
        found = MeanMetricWrapper(found, name_of(found))
    if isinstance(identifier, str):
        found.name = identifier
    if y_true_shape is not None:
        found._make_variables(tuple(y_true_shape), tuple(y_pred_shape))
    return found
