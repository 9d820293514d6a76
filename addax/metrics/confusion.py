"""Right and wrong decisions, counted at thresholds, and the rates and areas made of them."""

# A class's own required arguments come before its base's optional ones:
# pyright: reportGeneralTypeIssues=false

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

import numpy as np

from addax import ops
from addax.core import configs
from addax.core.fields import fields
from addax.core.masks import get_mask
from addax.core.settings import epsilon, floatx
from addax.core.types import Array, DType, Tensor
from addax.core.variable import Variable
from addax.losses.functions import align, merge_weights, same_rank
from addax.metrics.base import Metric

COUNTS = ("true_positives", "false_positives", "true_negatives", "false_negatives")
LEAST = -1e10  # below every prediction

# rate -> the count that makes it good, and the one that makes it bad
RATES = {
    "precision": ("true_positives", "false_positives"),
    "recall": ("true_positives", "false_negatives"),
    "sensitivity": ("true_positives", "false_negatives"),
    "specificity": ("true_negatives", "false_positives"),
}


def threshold_list(thresholds: Any, default: float) -> list[float]:
    """`thresholds` as a list. ValueError unless all are in [0, 1]."""
    if thresholds is None:
        return [default]
    listed = list(thresholds) if isinstance(thresholds, (list, tuple, np.ndarray)) else [thresholds]
    if not all(t is not None and 0 <= t <= 1 for t in listed):
        raise ValueError(f"Thresholds are between 0 and 1; received {thresholds!r}.")
    return listed


def even_thresholds(count: int) -> list[float]:
    """`count` thresholds from 0 to 1; one is 0.5. ValueError for no threshold."""
    if count < 1:
        raise ValueError(f"num_thresholds is at least 1; received {count!r}.")
    return [0.5] if count == 1 else [i / (count - 1) for i in range(count)]


def are_even(thresholds: Any) -> bool:
    """Whether these are `even_thresholds`, give or take `epsilon()`."""
    even = np.linspace(0.0, 1.0, len(thresholds))
    return len(thresholds) > 2 and np.allclose(thresholds, even, atol=epsilon())


def _only_top(y_pred, k: int):
    """The `k` largest along the last axis; `LEAST` elsewhere."""
    top = ops.one_hot(ops.top_k(y_pred, k)[1], y_pred.shape[-1], dtype="bool")
    return ops.where(ops.any(top, axis=-2), y_pred, LEAST)


def _above(y_pred, amounts, thresholds):
    """Sums of `amounts` (m, labels) where the prediction is above each threshold: (t, labels)."""
    limits = ops.reshape(ops.convert_to_tensor(thresholds, y_pred.dtype), (-1, 1, 1))
    return ops.sum(ops.where(y_pred > limits, amounts, 0.0), axis=1)


def _above_even(y_pred, amounts, thresholds):
    """`_above` for even thresholds: a histogram, then a sum from the top."""
    count, labels = len(thresholds), y_pred.shape[1]
    below = ops.ceil(ops.clip(y_pred, 0.0, 1.0) * (count - 1))  # how many thresholds are below
    below = ops.maximum(below, 1.0) if thresholds[0] < 0 else below
    cell = ops.cast(below, "int32") * labels + np.arange(labels, dtype="int32")
    cells = ops.segment_sum(
        ops.reshape(amounts, (-1,)), ops.reshape(cell, (-1,)), num_segments=(count + 1) * labels
    )
    cells = ops.reshape(cells, (count + 1, labels))
    return ops.flip(ops.cumsum(ops.flip(cells, axis=0), axis=0), axis=0)[1:]


def confusion_counts(
    y_true: Tensor,
    y_pred: Tensor,
    thresholds: Sequence[float],
    sample_weight: Tensor = None,
    label_weights: Tensor = None,
    top_k: int | None = None,
    class_id: int | None = None,
    by_label: bool = False,
) -> dict[str, Any]:
    """The four counts at each threshold, weighted: (t,), or (t, labels) `by_label`.

    A prediction is positive above the threshold, a label where it is not 0.
    """
    weights = merge_weights(sample_weight, get_mask(y_pred), floatx())
    y_true, y_pred = (ops.cast(y, floatx()) for y in (y_true, y_pred))
    y_pred, y_true = same_rank(y_pred, y_true)
    y_pred = y_pred if top_k is None else _only_top(y_pred, top_k)
    if class_id is not None:
        if y_pred.ndim == 1:
            raise ValueError(
                f"class_id picks a column, but the predictions have shape {tuple(y_pred.shape)}."
            )
        y_true, y_pred = (y[..., class_id : class_id + 1] for y in (y_true, y_pred))
    ones = ops.ones_like(y_pred)
    weights = ones if weights is None else ops.multiply(*align(ones, weights))
    weights = weights if label_weights is None else weights * label_weights
    shape = (-1, y_pred.shape[-1] if by_label else 1)
    y_true, y_pred, weights = (ops.reshape(y, shape) for y in (y_true, y_pred, weights))
    above = _above_even if are_even(thresholds) else _above
    truly = ops.where(ops.equal(y_true, 0), 0.0, weights)
    falsely = weights - truly
    hits, alarms = above(y_pred, truly, thresholds), above(y_pred, falsely, thresholds)
    rest = ops.sum(falsely, axis=0) - alarms, ops.sum(truly, axis=0) - hits
    counts = (hits, alarms, *rest)
    return {n: c if by_label else c[:, 0] for n, c in zip(COUNTS, counts, strict=True)}


class _Confusion(Metric):
    """Base of the metrics that accumulate some of the four counts at `self.limits`."""

    counts: ClassVar[tuple[str, ...]] = COUNTS
    true_positives: Variable
    false_positives: Variable
    true_negatives: Variable
    false_negatives: Variable
    top_k: int | None = None
    class_id: int | None = None

    def make(self, limits: list[float], labels: tuple = ()) -> None:
        """Make the accumulators."""
        self.limits = limits
        for name in self.counts:
            setattr(self, name, self.add_weight(shape=(len(limits), *labels), name=name))

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        self.add_counts(y_true, y_pred, sample_weight, top_k=self.top_k, class_id=self.class_id)

    def add_counts(
        self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor, **options: Any
    ) -> None:
        """Add those of `confusion_counts`."""
        found = confusion_counts(y_true, y_pred, self.limits, sample_weight, **options)
        for name in self.counts:
            getattr(self, name).assign_add(found[name])

    def rate(self, name: str) -> Array:
        """One of `RATES` at each threshold; 0 where there is nothing to count."""
        good, bad = (getattr(self, part).value for part in RATES[name])
        return ops.divide_no_nan(good, good + bad)


@fields
class _AtThresholds(_Confusion):
    """What has a `thresholds` argument: a number or a list."""

    order = "... thresholds name dtype"
    thresholds: float | Sequence[float] | None = None
    name: str | None = None
    dtype: DType = None

    def setup(self) -> None:
        super().setup()
        self.init_thresholds = self.thresholds
        self.thresholds = threshold_list(self.thresholds, LEAST if self.top_k else 0.5)
        self.make(self.thresholds)

    def _one_or_all(self, values):
        return values[0] if len(self.limits) == 1 else values

    def get_config(self) -> dict:
        given = configs.serialize(self.init_thresholds)
        return super().get_config() | {"thresholds": given}


class _Count(_AtThresholds):
    def make(self, limits: list[float], labels: tuple = ()) -> None:
        self.limits = limits
        self.accumulator = self.add_weight(shape=(len(limits),), name="accumulator")
        setattr(self, self.counts[0], self.accumulator)

    def result(self) -> Array:
        return self._one_or_all(self.accumulator.value)


class TruePositives(_Count):
    """The weight of positive examples with a prediction above the threshold.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.
    """

    counts = ("true_positives",)


class FalsePositives(_Count):
    """The weight of negative examples with a prediction above the threshold.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.
    """

    counts = ("false_positives",)


class TrueNegatives(_Count):
    """The weight of negative examples without a prediction above the threshold.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.
    """

    counts = ("true_negatives",)


class FalseNegatives(_Count):
    """The weight of positive examples without a prediction above the threshold.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.
    """

    counts = ("false_negatives",)


@fields
class Precision(_AtThresholds):
    """`tp / (tp + fp)`: the part of the positive predictions that is right; 0 if there is none.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.
    """

    order = "... thresholds top_k class_id name dtype"
    thresholds: float | Sequence[float] | None = None
    top_k: int | None = None
    class_id: int | None = None

    _direction = "up"
    kind: ClassVar[str] = "precision"
    counts = RATES["precision"]

    def result(self) -> Array:
        return self._one_or_all(self.rate(self.kind))


@fields
class Recall(Precision):
    """`tp / (tp + fn)`: the part of the positive examples that is found; 0 if there is none.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.
    """

    kind: ClassVar[str] = "recall"
    counts = RATES["recall"]


@fields
class _BestAt(_Confusion):
    """The best of one rate over the thresholds where another reaches a given value."""

    order = "... num_thresholds class_id name dtype"
    num_thresholds: int = 200
    class_id: int | None = None
    name: str | None = None
    dtype: DType = None

    _direction = "up"
    best: ClassVar[str]
    given: ClassVar[str]

    def setup(self) -> None:
        super().setup()
        self.value = getattr(self, self.given)
        if not 0 <= self.value <= 1:
            raise ValueError(f"{self.given} is between 0 and 1; received {self.value!r}.")
        self.thresholds = even_thresholds(self.num_thresholds)
        self.make(self.thresholds)

    def result(self) -> Array:
        reached = self.rate(self.given) >= self.value
        return ops.max(ops.where(reached, self.rate(self.best), 0.0))


@fields
class SensitivityAtSpecificity(_BestAt):
    """The best sensitivity, `tp / (tp + fn)`, where `tn / (tn + fp)` is at least `specificity`.

    Labels and predictions `(batch, ...)` -> a scalar. ValueError for a specificity outside 0 to 1,
    or no threshold.
    """

    specificity: float
    best, given = "sensitivity", "specificity"


@fields
class SpecificityAtSensitivity(_BestAt):
    """The best specificity, `tn / (tn + fp)`, where `tp / (tp + fn)` is at least `sensitivity`.

    Labels and predictions `(batch, ...)` -> a scalar. ValueError for a sensitivity outside 0 to 1,
    or no threshold.
    """

    sensitivity: float
    best, given = "specificity", "sensitivity"


@fields
class PrecisionAtRecall(_BestAt):
    """The best precision, `tp / (tp + fp)`, where `tp / (tp + fn)` is at least `recall`.

    Labels and predictions `(batch, ...)` -> a scalar. ValueError for a recall outside 0 to 1, or no
    threshold.
    """

    recall: float
    best, given = "precision", "recall"


@fields
class RecallAtPrecision(_BestAt):
    """The best recall, `tp / (tp + fn)`, where `tp / (tp + fp)` is at least `precision`.

    Labels and predictions `(batch, ...)` -> a scalar. ValueError for a precision outside 0 to 1, or
    no threshold.
    """

    precision: float
    best, given = "recall", "precision"


HEIGHTS = {
    "interpolation": lambda a, b: (a + b) / 2.0,
    "minoring": ops.minimum,
    "majoring": ops.maximum,
}


@fields
class AUC(_Confusion):
    """Area under a curve of rates, by its values at thresholds.

    Labels and predictions `(batch, ...)` -> a scalar; with `multi_label` `(batch, labels)`. Between
    thresholds "interpolation" draws lines; for "PR" it follows Davis and Goadrich 2006.

    ValueError for another curve or summation, for thresholds outside 0 to 1 or fewer than two, for
    `num_labels` without `multi_label`, and for other shapes with it. "PRGAIN": Flach and Kull 2015.
    """

    num_thresholds: int = 200
    curve: Literal["ROC", "PR", "PRGAIN"] | str = "ROC"
    summation_method: Literal["interpolation", "minoring", "majoring"] | str = "interpolation"
    name: str | None = None
    dtype: DType = None
    thresholds: float | Sequence[float] | None = None
    multi_label: bool = False
    num_labels: int | None = None
    label_weights: Tensor = None
    from_logits: bool = False

    _direction = "up"

    def setup(self) -> None:
        super().setup()
        self.curve, self.summation_method = self.curve.upper(), self.summation_method.lower()
        if self.curve not in ("ROC", "PR", "PRGAIN") or self.summation_method not in HEIGHTS:
            raise ValueError(
                "AUC has the curves 'ROC', 'PR', 'PRGAIN' and the summation methods "
                f"{sorted(HEIGHTS)}; received {self.curve!r} and {self.summation_method!r}."
            )
        if self.num_labels and not self.multi_label:
            raise ValueError(f"num_labels={self.num_labels} needs multi_label=True.")
        self.init_thresholds = None
        if self.thresholds is not None:
            self.init_thresholds = sorted(threshold_list(self.thresholds, 0.5))
            self.num_thresholds = len(self.init_thresholds) + 2
        if self.num_thresholds < 2:
            raise ValueError(f"num_thresholds is at least 2; received {self.num_thresholds!r}.")
        inner = self.init_thresholds or even_thresholds(self.num_thresholds)[1:-1]
        # The ends hold for all and none of the predictions in [0, 1].
        self.thresholds = [-epsilon(), *inner, 1.0 + epsilon()]
        self.label_weights = configs.deserialize(self.label_weights)
        if not self.multi_label or self.num_labels:
            self._make_variables((), (None, self.num_labels))

    def _make_variables(self, y_true_shape, y_pred_shape):
        if self._weights:
            return
        if self.multi_label and len(y_pred_shape) != 2:
            raise ValueError(
                "AUC with multi_label=True takes predictions of shape (batch, labels); received "
                f"{tuple(y_pred_shape)}."
            )
        limits: Any = self.thresholds
        self.make(limits, (y_pred_shape[1],) if self.multi_label else ())

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        mask, y_pred = get_mask(y_pred), ops.convert_to_tensor(y_pred, self.dtype)
        self._make_variables(np.shape(y_true), y_pred.shape)
        self.add_counts(
            y_true,
            ops.sigmoid(y_pred) if self.from_logits else y_pred,
            merge_weights(sample_weight, mask, self.dtype),
            label_weights=None if self.multi_label else self._label_weights(),
            by_label=self.multi_label,
        )

    def get_config(self) -> dict:
        config = super().get_config()
        del config["thresholds"]
        given = self.init_thresholds
        return config if given is None else config | {"thresholds": given}

    def _label_weights(self):
        return None if self.label_weights is None else np.asarray(self.label_weights, floatx())

    def _curve(self) -> tuple[Any, Any]:
        tp, fp, tn, fn = (getattr(self, n).value for n in COUNTS)
        if self.curve == "ROC":
            return ops.divide_no_nan(fp, fp + tn), self.rate("recall")
        if self.curve == "PR":
            return self.rate("recall"), self.rate("precision")
        odds = ops.divide_no_nan(tp + fn, tn + fp)
        recall, precision = (1.0 - odds * ops.divide_no_nan(wrong, tp) for wrong in (fn, fp))
        none = ops.equal(tp, 0.0)
        return ops.where(none, 0.0, ops.maximum(recall, 0.0)), ops.where(none, 1.0, precision)

    def _steps(self):
        """What each pair of neighbouring thresholds adds to the area."""
        if (self.curve, self.summation_method) == ("PR", "interpolation"):
            return self._interpolated_pr()
        x, y = self._curve()
        return (x[:-1] - x[1:]) * HEIGHTS[self.summation_method](y[:-1], y[1:])

    def _interpolated_pr(self):
        """Between two thresholds tp grows linearly with tp + fp; precision is their quotient."""
        tp = self.true_positives.value
        p = tp + self.false_positives.value
        gained = tp[:-1] - tp[1:]
        slope = ops.divide_no_nan(gained, ops.maximum(p[:-1] - p[1:], 0.0))
        intercept = tp[1:] - slope * p[1:]
        both = ops.logical_and(p[:-1] > 0, p[1:] > 0)
        ratio = ops.where(both, ops.divide_no_nan(p[:-1], p[1:]), 1.0)
        positives = tp[1:] + self.false_negatives.value[1:]
        return ops.divide_no_nan(slope * (gained + intercept * ops.log(ratio)), positives)

    def result(self) -> Array:
        areas = ops.sum(self._steps(), axis=0)
        if not self.multi_label:
            return areas
        weights = self._label_weights()
        if weights is None:
            return ops.mean(areas)
        return ops.divide_no_nan(ops.sum(areas * weights), weights.sum())


class _FScore(Metric):
    """(1 + beta^2) precision recall / (beta^2 precision + recall), for (n, classes)."""

    average: str | None
    threshold: float | None
    beta: float
    true_positives: Variable
    false_positives: Variable
    false_negatives: Variable
    intermediate_weights: Variable
    _direction = "up"

    def setup(self) -> None:
        super().setup()
        known = (None, "micro", "macro", "weighted")
        if self.average not in known:
            raise ValueError(f"average is one of {known}; received {self.average!r}.")
        if not isinstance(self.beta, float) or self.beta <= 0:
            raise ValueError(f"beta is a float above 0; received {self.beta!r}.")
        t = self.threshold
        if t is not None and not (isinstance(t, float) and 0 < t <= 1):
            raise ValueError(f"threshold is a float in (0, 1], or None; received {t!r}.")

    def _make_variables(self, y_true_shape, y_pred_shape):
        same = len(y_true_shape) == len(y_pred_shape) == 2 and y_true_shape[1] == y_pred_shape[1]
        if not same or y_pred_shape[1] is None:
            raise ValueError(
                f"{type(self).__name__} takes one-hot or multi-label targets and predictions of "
                f"shape (batch, classes); received {tuple(y_true_shape)}, {tuple(y_pred_shape)}."
            )
        if self._weights:
            return
        shape = () if self.average == "micro" else (y_pred_shape[1],)
        names = ("true_positives", "false_positives", "false_negatives", "intermediate_weights")
        for name in names:
            setattr(self, name, self.add_weight(shape=shape, dtype=self.dtype, name=name))

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        weights = merge_weights(sample_weight, get_mask(y_pred), self.dtype)
        y_true, y_pred = (ops.convert_to_tensor(y, self.dtype) for y in (y_true, y_pred))
        self._make_variables(y_true.shape, y_pred.shape)
        if self.threshold is None:
            largest = y_pred >= ops.max(y_pred, axis=-1, keepdims=True)
            chosen = ops.logical_and(largest, ops.abs(y_pred) > 1e-9)
        else:
            chosen = y_pred > self.threshold
        chosen = ops.cast(chosen, self.dtype)

        def total(x):
            x = x if weights is None else ops.multiply(*align(x, weights))
            return ops.sum(x, axis=None if self.average == "micro" else 0)

        self.true_positives.assign_add(total(chosen * y_true))
        self.false_positives.assign_add(total(chosen * (1.0 - y_true)))
        self.false_negatives.assign_add(total((1.0 - chosen) * y_true))
        self.intermediate_weights.assign_add(total(y_true))

    def result(self) -> Array:
        tp, square = self.true_positives.value, self.beta**2
        precision = tp / (tp + self.false_positives.value + epsilon())
        recall = tp / (tp + self.false_negatives.value + epsilon())
        score = (1.0 + square) * precision * recall / (square * precision + recall + epsilon())
        if self.average == "weighted":
            weights = self.intermediate_weights.value
            return ops.sum(score * weights / (ops.sum(weights) + epsilon()))
        return score if self.average is None else ops.mean(score)


@fields
class FBetaScore(_FScore):
    """`(1 + beta^2) * precision * recall / (beta^2 * precision + recall)`, for several classes.

    One-hot or multi-label `(batch, classes)` twice -> a scalar, or `(classes,)` without an average.

    ValueError for another average, for a beta or threshold that is no float or out of range, and
    for other shapes.
    """

    average: Literal["micro", "macro", "weighted"] | str | None = None
    beta: float = 1.0
    threshold: float | None = None
    name: str | None = "fbeta_score"
    dtype: DType = None


@fields
class F1Score(_FScore):
    """`2 * precision * recall / (precision + recall)`, for several classes.

    One-hot or multi-label `(batch, classes)` twice -> a scalar, or `(classes,)` without an average.

    ValueError for another average, for a threshold that is no float from 0 to 1, and for other
    shapes.
    """

    average: Literal["micro", "macro", "weighted"] | str | None = None
    threshold: float | None = None
    name: str | None = "f1_score"
    dtype: DType = None

    beta = 1.0
