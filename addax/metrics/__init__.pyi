# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Metrics: what training reports, exact over batches of any size."""

from addax.core.types import DType as DType
from addax.core.types import Tensor as Tensor
from addax.losses.functions import binary_crossentropy as binary_crossentropy
from addax.losses.functions import binary_focal_crossentropy as binary_focal_crossentropy
from addax.losses.functions import categorical_crossentropy as categorical_crossentropy
from addax.losses.functions import categorical_focal_crossentropy as categorical_focal_crossentropy
from addax.losses.functions import categorical_hinge as categorical_hinge
from addax.losses.functions import hinge as hinge
from addax.losses.functions import huber as huber
from addax.losses.functions import kl_divergence as kl_divergence
from addax.losses.functions import log_cosh as log_cosh
from addax.losses.functions import mean_absolute_error as mean_absolute_error
from addax.losses.functions import mean_absolute_percentage_error as mean_absolute_percentage_error
from addax.losses.functions import mean_squared_error as mean_squared_error
from addax.losses.functions import mean_squared_logarithmic_error as mean_squared_logarithmic_error
from addax.losses.functions import poisson as poisson
from addax.losses.functions import sparse_categorical_crossentropy as sparse_categorical_crossentropy
from addax.losses.functions import squared_hinge as squared_hinge
from addax.metrics import base as _base
from addax.metrics import confusion as _confusion
from addax.metrics import iou as _iou
from addax.metrics import regression as _regression
from addax.metrics.accuracy import binary_accuracy as binary_accuracy
from addax.metrics.accuracy import categorical_accuracy as categorical_accuracy
from addax.metrics.accuracy import sparse_categorical_accuracy as sparse_categorical_accuracy
from addax.metrics.accuracy import sparse_top_k_categorical_accuracy as sparse_top_k_categorical_accuracy
from addax.metrics.accuracy import top_k_categorical_accuracy as top_k_categorical_accuracy
from addax.metrics.base import MeanMetricWrapper as MeanMetricWrapper
from addax.metrics.base import Metric as Metric
from addax.metrics.lookup import deserialize as deserialize
from addax.metrics.lookup import get as get
from addax.metrics.lookup import serialize as serialize
from addax.metrics.regression import concordance_correlation as concordance_correlation
from addax.metrics.regression import pearson_correlation as pearson_correlation
from addax.metrics.select import resolve_loss as resolve_loss
from addax.metrics.select import resolve_metric as resolve_metric
from collections.abc import Sequence
from typing import Literal

class Accuracy(Mean, _base._FunctionMetric):
    """1 where the two are equal, else 0: (...), (...) -> (...).
    """

    def __init__(
        self,
        name: str | None = "accuracy",
        dtype: DType = None,
    ) -> None: ...

class BinaryAccuracy(Mean, _base._FunctionMetric):
    """1 where `y_pred > threshold` says what the label (0 or 1) says: (...), (...) -> (...).
    """

    def __init__(
        self,
        name: str | None = "binary_accuracy",
        dtype: DType = None,
        threshold: float = 0.5,
    ) -> None: ...

class CategoricalAccuracy(Mean, _base._FunctionMetric):
    """1 where the most likely class is the one-hot label's: (..., k), (..., k) -> (...).
    """

    def __init__(
        self,
        name: str | None = "categorical_accuracy",
        dtype: DType = None,
    ) -> None: ...

class SparseCategoricalAccuracy(Mean, _base._FunctionMetric):
    """1 where the most likely class is the class number `y_true`: (...), (..., k) -> (...).
    """

    def __init__(
        self,
        name: str | None = "sparse_categorical_accuracy",
        dtype: DType = None,
    ) -> None: ...

class SparseTopKCategoricalAccuracy(Mean, _base._FunctionMetric):
    """1 where the class number is among the `k` most likely: (...), (..., c) -> (...).

    With `from_sorted_ids`, `y_pred` holds class numbers already, the most likely first.
    """

    def __init__(
        self,
        k: int = 5,
        name: str | None = "sparse_top_k_categorical_accuracy",
        dtype: DType = None,
        from_sorted_ids: bool = False,
    ) -> None: ...

class TopKCategoricalAccuracy(Mean, _base._FunctionMetric):
    """1 where the one-hot label's class is among the `k` most likely: (..., c) twice -> (...).
    """

    def __init__(
        self,
        k: int = 5,
        name: str | None = "top_k_categorical_accuracy",
        dtype: DType = None,
    ) -> None: ...

class Mean(_base.Mean):
    """The weighted mean over examples of `values` (n, ...), each averaged over its other axes.
    """

    def __init__(
        self,
        name: str | None = "mean",
        dtype: DType = None,
    ) -> None: ...

class Sum(_base.Sum):
    """The weighted sum of all values.
    """

    def __init__(
        self,
        name: str | None = "sum",
        dtype: DType = None,
    ) -> None: ...

class AUC(_confusion.AUC):
    """Area under a curve of rates, by its values at thresholds.

    `curve`: "ROC" (recall over false positive rate), "PR" (precision over recall) or "PRGAIN"
    (Flach & Kull 2015). `summation_method`: "interpolation", "minoring" or "majoring"; for PR the
    first one follows Davis & Goadrich 2006. `multi_label`: the mean over the columns of
    (n, labels), by `label_weights`, which otherwise weigh the predictions in each column.
    """

    def __init__(
        self,
        num_thresholds: int = 200,
        curve: Literal['ROC', 'PR', 'PRGAIN'] | str = "ROC",
        summation_method: Literal['interpolation', 'minoring', 'majoring'] | str = "interpolation",
        name: str | None = None,
        dtype: DType = None,
        thresholds: float | Sequence[float] | None = None,
        multi_label: bool = False,
        num_labels: int | None = None,
        label_weights: Tensor = None,
        from_logits: bool = False,
    ) -> None: ...

class F1Score(_confusion.F1Score):
    """2 precision recall / (precision + recall), for (n, classes); arguments as of `FBetaScore`.
    """

    def __init__(
        self,
        average: Literal['micro', 'macro', 'weighted'] | str | None = None,
        threshold: float | None = None,
        name: str | None = "f1_score",
        dtype: DType = None,
    ) -> None: ...

class FalseNegatives(_confusion.FalseNegatives):
    """The weight of positive examples without a prediction above the threshold(s).
    """

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class FalsePositives(_confusion.FalsePositives):
    """The weight of negative examples with a prediction above the threshold(s).
    """

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class FBetaScore(_confusion.FBetaScore):
    """(1 + beta^2) precision recall / (beta^2 precision + recall), for (n, classes).

    An example is of the classes above `threshold`, or of the largest if None. `average` over the
    classes: None, "macro" (equal weights), "weighted" (by their frequency), "micro" (one count).
    """

    def __init__(
        self,
        average: Literal['micro', 'macro', 'weighted'] | str | None = None,
        beta: float = 1.0,
        threshold: float | None = None,
        name: str | None = "fbeta_score",
        dtype: DType = None,
    ) -> None: ...

class Precision(_confusion.Precision):
    """The part of the positive predictions that is right.

    `top_k` lets only the k largest predictions of an example count, `class_id` only one column.
    """

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        top_k: int | None = None,
        class_id: int | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class PrecisionAtRecall(_confusion.PrecisionAtRecall):
    """The best precision, tp / (tp + fp), where tp / (tp + fn) is at least `recall`.
    """

    def __init__(
        self,
        recall: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class Recall(Precision, _confusion.Recall):
    """The part of the positive examples that is found; arguments as of `Precision`.
    """

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        top_k: int | None = None,
        class_id: int | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class RecallAtPrecision(_confusion.RecallAtPrecision):
    """The best recall, tp / (tp + fn), where tp / (tp + fp) is at least `precision`.
    """

    def __init__(
        self,
        precision: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class SensitivityAtSpecificity(_confusion.SensitivityAtSpecificity):
    """The best sensitivity, tp / (tp + fn), where tn / (tn + fp) is at least `specificity`.
    """

    def __init__(
        self,
        specificity: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class SpecificityAtSensitivity(_confusion.SpecificityAtSensitivity):
    """The best specificity, tn / (tn + fp), where tp / (tp + fn) is at least `sensitivity`.
    """

    def __init__(
        self,
        sensitivity: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class TrueNegatives(_confusion.TrueNegatives):
    """The weight of negative examples without a prediction above the threshold(s).
    """

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class TruePositives(_confusion.TruePositives):
    """The weight of positive examples with a prediction above the threshold(s).
    """

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class BinaryIoU(_iou.BinaryIoU):
    """IoU of the classes 0 and 1, which a prediction of at least `threshold` means.
    """

    def __init__(
        self,
        target_class_ids: Sequence[int] = (0, 1),
        threshold: float = 0.5,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class IoU(_iou.IoU):
    """True positives / (true positives + false positives + false negatives), a mean over classes.

    Labels and predictions are class numbers, or scores along `axis` where `sparse_y_true` or
    `sparse_y_pred` is False. Labels equal to `ignore_class`, and numbers that are no class, do not
    count; nor do classes that never occur.
    """

    def __init__(
        self,
        num_classes: int,
        target_class_ids: Sequence[int],
        name: str | None = None,
        dtype: DType = None,
        ignore_class: int | None = None,
        sparse_y_true: bool = True,
        sparse_y_pred: bool = True,
        axis: int = -1,
    ) -> None: ...

class MeanIoU(_iou.MeanIoU):
    """IoU of all classes; arguments as of `IoU`.
    """

    def __init__(
        self,
        num_classes: int,
        name: str | None = None,
        dtype: DType = None,
        ignore_class: int | None = None,
        sparse_y_true: bool = True,
        sparse_y_pred: bool = True,
        axis: int = -1,
    ) -> None: ...

class OneHotIoU(_iou.OneHotIoU):
    """IoU for one-hot labels; arguments as of `IoU`.
    """

    def __init__(
        self,
        num_classes: int,
        target_class_ids: Sequence[int],
        name: str | None = None,
        dtype: DType = None,
        ignore_class: int | None = None,
        sparse_y_pred: bool = False,
        axis: int = -1,
    ) -> None: ...

class OneHotMeanIoU(_iou.OneHotMeanIoU):
    """IoU of all classes for one-hot labels; arguments as of `IoU`.
    """

    def __init__(
        self,
        num_classes: int,
        name: str | None = None,
        dtype: DType = None,
        ignore_class: int | None = None,
        sparse_y_pred: bool = False,
        axis: int = -1,
    ) -> None: ...

class BinaryCrossentropy(Mean, _base._FunctionMetric):
    """Mean of -y log p - (1 - y) log(1 - p) over `axis`; p = sigmoid(y_pred) from logits.
    """

    def __init__(
        self,
        name: str | None = "binary_crossentropy",
        dtype: DType = None,
        from_logits: bool = False,
        label_smoothing: float = 0,
    ) -> None: ...

class CategoricalCrossentropy(Mean, _base._FunctionMetric):
    """-sum of y_true log p over the classes along `axis`: (..., k), (..., k) -> (...).
    """

    def __init__(
        self,
        name: str | None = "categorical_crossentropy",
        dtype: DType = None,
        from_logits: bool = False,
        label_smoothing: float = 0,
        axis: int = -1,
    ) -> None: ...

class CategoricalHinge(Mean, _base._FunctionMetric):
    """max(1 + best wrong class - right class, 0) for one-hot labels: (..., k) -> (...).
    """

    def __init__(
        self,
        name: str | None = "categorical_hinge",
        dtype: DType = None,
    ) -> None: ...

class ConcordanceCorrelation(Mean, _base._FunctionMetric):
    """How far pairs lie from the line y_pred = y_true, along `axis`: 1 on it (Lin 1989).
    """

    def __init__(
        self,
        name: str | None = "concordance_correlation",
        dtype: DType = None,
        axis: int = -1,
    ) -> None: ...

class CosineSimilarity(Mean, _base._FunctionMetric):
    """The cosine of the angle between the vectors along `axis`: 1 where they agree.
    """

    def __init__(
        self,
        name: str | None = "cosine_similarity",
        dtype: DType = None,
        axis: int = -1,
    ) -> None: ...

class Hinge(Mean, _base._FunctionMetric):
    """Mean of max(1 - y_true y_pred, 0) over the last axis, for labels -1, 1 (or 0, 1).
    """

    def __init__(
        self,
        name: str | None = "hinge",
        dtype: DType = None,
    ) -> None: ...

class KLDivergence(Mean, _base._FunctionMetric):
    """Sum of y_true log(y_true / y_pred) over the last axis: (..., k), (..., k) -> (...).
    """

    def __init__(
        self,
        name: str | None = "kl_divergence",
        dtype: DType = None,
    ) -> None: ...

class LogCoshError(Mean, _base._FunctionMetric):
    """Mean of log(cosh(y_pred - y_true)) over the last axis: (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        name: str | None = "logcosh",
        dtype: DType = None,
    ) -> None: ...

class MeanAbsoluteError(Mean, _base._FunctionMetric):
    """Mean of |y_true - y_pred| over the last axis: (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        name: str | None = "mean_absolute_error",
        dtype: DType = None,
    ) -> None: ...

class MeanAbsolutePercentageError(Mean, _base._FunctionMetric):
    """100 mean of |(y_true - y_pred) / y_true| over the last axis, in percent.
    """

    def __init__(
        self,
        name: str | None = "mean_absolute_percentage_error",
        dtype: DType = None,
    ) -> None: ...

class MeanSquaredError(Mean, _base._FunctionMetric):
    """Mean of (y_true - y_pred)^2 over the last axis: (..., d), (..., d) -> (...).
    """

    def __init__(
        self,
        name: str | None = "mean_squared_error",
        dtype: DType = None,
    ) -> None: ...

class MeanSquaredLogarithmicError(Mean, _base._FunctionMetric):
    """Mean of (log(1 + y_true) - log(1 + y_pred))^2 over the last axis; negatives count as 0.
    """

    def __init__(
        self,
        name: str | None = "mean_squared_logarithmic_error",
        dtype: DType = None,
    ) -> None: ...

class PearsonCorrelation(Mean, _base._FunctionMetric):
    """Covariance over the product of the standard deviations, along `axis`.
    """

    def __init__(
        self,
        name: str | None = "pearson_correlation",
        dtype: DType = None,
        axis: int = -1,
    ) -> None: ...

class Poisson(Mean, _base._FunctionMetric):
    """Mean of y_pred - y_true log(y_pred) over the last axis: counts and their expected rates.
    """

    def __init__(
        self,
        name: str | None = "poisson",
        dtype: DType = None,
    ) -> None: ...

class R2Score(_regression.R2Score):
    """1 - squared error / variance of the targets, for each output: (n, d), (n, d).

    `class_aggregation` joins the outputs: "uniform_average", "variance_weighted_average", or None.
    With p = `num_regressors` > 0 the score is adjusted for the number of inputs of a regression,
    1 - (1 - R^2)(n - 1) / (n - p - 1), once there are more than p + 1 examples.
    """

    def __init__(
        self,
        class_aggregation: Literal['uniform_average', 'variance_weighted_average'] | str | None = "uniform_average",
        num_regressors: int = 0,
        name: str | None = "r2_score",
        dtype: DType = None,
    ) -> None: ...

class RootMeanSquaredError(Mean, _regression.RootMeanSquaredError):
    """The square root of the mean of (y_true - y_pred)^2.
    """

    def __init__(
        self,
        name: str | None = "root_mean_squared_error",
        dtype: DType = None,
    ) -> None: ...

class SparseCategoricalCrossentropy(Mean, _base._FunctionMetric):
    """-log p of the class numbers `y_true`: (...), (..., k) -> (...).

    Labels equal to `ignore_class` give 0 and leave a mask, so that means do not count them.
    """

    def __init__(
        self,
        name: str | None = "sparse_categorical_crossentropy",
        dtype: DType = None,
        from_logits: bool = False,
        ignore_class: int | None = None,
        axis: int = -1,
    ) -> None: ...

class SquaredHinge(Mean, _base._FunctionMetric):
    """Mean of max(1 - y_true y_pred, 0)^2 over the last axis, for labels -1, 1 (or 0, 1).
    """

    def __init__(
        self,
        name: str | None = "squared_hinge",
        dtype: DType = None,
    ) -> None: ...
