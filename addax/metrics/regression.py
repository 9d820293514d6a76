"""Errors, margins, information and correlation."""

from typing import Any, Literal

from addax import losses, ops
from addax.core.fields import fields
from addax.core.masks import get_mask
from addax.core.settings import epsilon
from addax.core.types import Array, DType, Tensor
from addax.losses.functions import align, floats, merge_weights
from addax.metrics.base import Metric, error, score

MeanSquaredError: Any = error("MeanSquaredError", losses.mean_squared_error)
MeanAbsoluteError: Any = error("MeanAbsoluteError", losses.mean_absolute_error)
MeanAbsolutePercentageError: Any = error(
    "MeanAbsolutePercentageError", losses.mean_absolute_percentage_error
)
MeanSquaredLogarithmicError: Any = error(
    "MeanSquaredLogarithmicError", losses.mean_squared_logarithmic_error
)
LogCoshError: Any = error("LogCoshError", losses.log_cosh, name="logcosh")
Hinge: Any = error("Hinge", losses.hinge)
SquaredHinge: Any = error("SquaredHinge", losses.squared_hinge)
CategoricalHinge: Any = error("CategoricalHinge", losses.categorical_hinge)
KLDivergence: Any = error("KLDivergence", losses.kl_divergence)
Poisson: Any = error("Poisson", losses.poisson)
BinaryCrossentropy: Any = error(
    "BinaryCrossentropy",
    losses.binary_crossentropy,
    "name dtype from_logits label_smoothing",
    label_smoothing=0,
)
CategoricalCrossentropy: Any = error(
    "CategoricalCrossentropy",
    losses.categorical_crossentropy,
    "name dtype from_logits label_smoothing axis",
    label_smoothing=0,
)
SparseCategoricalCrossentropy: Any = error(
    "SparseCategoricalCrossentropy",
    losses.sparse_categorical_crossentropy,
    "name dtype from_logits ignore_class axis",
)


def squared_error(y_true: Tensor, y_pred: Tensor) -> Array:
    """`(y_true - y_pred)^2`: `(...)`, `(...)` -> `(...)`."""
    y_true, y_pred = floats(y_true, y_pred)
    return ops.square(y_true - y_pred)


def cosine_similarity(y_true: Tensor, y_pred: Tensor, axis: int = -1) -> Array:
    """The cosine of the angle between the vectors along `axis`: 1 where they agree.

    `(..., d)`, `(..., d)` -> `(...)`; 0 where one vector is zero.
    """
    return -losses.cosine_similarity(y_true, y_pred, axis)


def pearson_correlation(y_true: Tensor, y_pred: Tensor, axis: int = -1) -> Array:
    """Covariance over the product of the standard deviations, along `axis`.

    `(..., d)`, `(..., d)` -> `(...)`, from -1 to 1.
    """

    def standard(y):
        y = y - ops.mean(y, axis=axis, keepdims=True)
        return y / ops.std(y, axis=axis, keepdims=True)

    y_true, y_pred = floats(y_true, y_pred)
    return ops.mean(standard(y_true) * standard(y_pred), axis=axis)


def concordance_correlation(y_true: Tensor, y_pred: Tensor, axis: int = -1) -> Array:
    """How near pairs lie to the line `y_pred = y_true`, along `axis`: 1 on it.

    `2 cov / (var + var + (mean - mean)^2)`: `(..., d)`, `(..., d)` -> `(...)`. Lin 1989, "A
    concordance correlation coefficient to evaluate reproducibility".
    """
    y_true, y_pred = floats(y_true, y_pred)
    apart = ops.mean(y_true, axis=axis, keepdims=True) - ops.mean(y_pred, axis=axis, keepdims=True)
    center = ops.mean(y_pred, axis=axis, keepdims=True)
    both = sum(ops.var(y, axis=axis, keepdims=True) for y in (y_true, y_pred))
    scale = both + ops.square(apart) + epsilon()
    return ops.mean(2.0 * (y_true - center) * (y_pred - center) / scale, axis=axis)


CosineSimilarity: Any = score(
    "CosineSimilarity", cosine_similarity, "name dtype axis", unstored=("axis",)
)
PearsonCorrelation: Any = score("PearsonCorrelation", pearson_correlation, "name dtype axis")
ConcordanceCorrelation: Any = score(
    "ConcordanceCorrelation", concordance_correlation, "name dtype axis"
)


@fields
class RootMeanSquaredError(error("_SquaredError", squared_error)):
    """The square root of the mean of `(y_true - y_pred)^2`: `(batch, ...)` twice -> a scalar."""

    name = "root_mean_squared_error"

    def result(self) -> Array:
        return ops.sqrt(super().result())


@fields
class R2Score(Metric):
    """`1 - squared error / variance of the targets`, by how much a regression beats the mean.

    `(batch, d)`, `(batch, d)` -> a scalar or `(d,)`. For p = `num_regressors` above 0 it is
    adjusted to `1 - (1 - R^2) (n - 1) / (n - p - 1)`, once there are more than p + 1 examples.

    ValueError for another aggregation, a negative number of regressors, and other shapes.
    """

    class_aggregation: Literal["uniform_average", "variance_weighted_average"] | str | None = (
        "uniform_average"
    )
    num_regressors: int = 0
    name: str | None = "r2_score"
    dtype: DType = None

    _direction = "up"

    def setup(self) -> None:
        super().setup()
        known = ("uniform_average", "variance_weighted_average", None)
        if self.class_aggregation not in known:
            raise ValueError(
                f"class_aggregation is one of {known}; received {self.class_aggregation!r}."
            )
        if self.num_regressors < 0:
            raise ValueError(f"num_regressors is at least 0; received {self.num_regressors!r}.")
        self.num_samples = self.add_weight(name="num_samples")

    def _make_variables(self, y_true_shape, y_pred_shape):
        target, output = (
            (*s, 1) if len(s) == 1 else tuple(s) for s in (y_true_shape, y_pred_shape)
        )
        if len(output) != 2 or len(target) != 2 or target[1] != output[1] or output[1] is None:
            raise ValueError(
                "R2Score takes targets and predictions of shape (batch, outputs); received "
                f"{tuple(y_true_shape)} and {tuple(y_pred_shape)}."
            )
        if len(self._weights) > 1:
            return
        shape = output[1:]
        self.squared_sum = self.add_weight(shape=shape, name="squared_sum")
        self.sum = self.add_weight(shape=shape, name="sum")
        self.total_mse = self.add_weight(shape=shape, name="residual")
        self.count = self.add_weight(shape=shape, name="count")

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        mask = get_mask(y_pred)
        y_true, y_pred = floats(y_true, ops.convert_to_tensor(y_pred, self.dtype))
        self._make_variables(y_true.shape, y_pred.shape)
        y_true, y_pred = (ops.expand_dims(y, 1) if y.ndim == 1 else y for y in (y_true, y_pred))
        weights = merge_weights(sample_weight, mask, self.dtype)
        weights = ops.ones_like(y_true) if weights is None else align(y_true, weights)[1]
        weights = ops.broadcast_to(weights, y_true.shape)
        self.sum.assign_add(ops.sum(y_true * weights, axis=0))
        self.squared_sum.assign_add(ops.sum(y_true * y_true * weights, axis=0))
        self.total_mse.assign_add(ops.sum(ops.square(y_true - y_pred) * weights, axis=0))
        self.count.assign_add(ops.sum(weights, axis=0))
        self.num_samples.assign_add(ops.size(y_true))

    def result(self) -> Array:
        total = self.sum.value
        variance = self.squared_sum.value - total * total / self.count.value
        score = 1.0 - self.total_mse.value / variance
        score = ops.where(ops.isinf(score), 0.0, score)
        if self.class_aggregation == "uniform_average":
            score = ops.mean(score)
        elif self.class_aggregation == "variance_weighted_average":
            score = ops.sum(variance * score) / ops.sum(variance)
        if self.num_regressors == 0:
            return score
        samples = self.num_samples.value
        freedom = samples - self.num_regressors - 1.0
        adjusted = 1.0 - (1.0 - score) * (samples - 1.0) / ops.maximum(freedom, 1.0)
        return ops.where(freedom > 0, adjusted, score)
