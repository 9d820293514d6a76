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
    """1 where the two are equal, else 0: `(...)`, `(...)` -> `(...)`.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "accuracy",
        dtype: DType = None,
    ) -> None: ...

class BinaryAccuracy(Mean, _base._FunctionMetric):
    """1 where `y_pred > threshold` says what the label says, 0 or 1: `(...)` twice -> `(...)`.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        threshold: Prediction above which class 1 is meant.
    """

    def __init__(
        self,
        name: str | None = "binary_accuracy",
        dtype: DType = None,
        threshold: float = 0.5,
    ) -> None: ...

class CategoricalAccuracy(Mean, _base._FunctionMetric):
    """1 where the most likely class is the one-hot label's: `(..., k)`, `(..., k)` -> `(...)`.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "categorical_accuracy",
        dtype: DType = None,
    ) -> None: ...

class SparseCategoricalAccuracy(Mean, _base._FunctionMetric):
    """1 where the most likely class is the class number: `(...)`, `(..., k)` -> `(...)`.

    Labels may be `(..., 1)` as well.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "sparse_categorical_accuracy",
        dtype: DType = None,
    ) -> None: ...

class SparseTopKCategoricalAccuracy(Mean, _base._FunctionMetric):
    """1 where the class number is among the k most likely: `(...)`, `(..., c)` -> `(...)`.

    With `from_sorted_ids`, `y_pred` holds class numbers already, the most likely first.

    Arguments:
        k: How many of the largest predictions may hold the right class.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        from_sorted_ids: Whether predictions are class numbers already, the most likely first.
    """

    def __init__(
        self,
        k: int = 5,
        name: str | None = "sparse_top_k_categorical_accuracy",
        dtype: DType = None,
        from_sorted_ids: bool = False,
    ) -> None: ...

class TopKCategoricalAccuracy(Mean, _base._FunctionMetric):
    """1 where the one-hot label's class is among the k most likely: `(..., c)` twice -> `(...)`.

    Arguments:
        k: How many of the largest predictions may hold the right class.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        k: int = 5,
        name: str | None = "top_k_categorical_accuracy",
        dtype: DType = None,
    ) -> None: ...

class Mean(_base.Mean):
    """The weighted mean over examples, each averaged over its other axes.

    `(batch, ...)` -> a scalar, 0 before there are any.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "mean",
        dtype: DType = None,
    ) -> None: ...

class Sum(_base.Sum):
    """The weighted sum of all values of any shape: a scalar.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "sum",
        dtype: DType = None,
    ) -> None: ...

class AUC(_confusion.AUC):
    """Area under a curve of rates, by its values at thresholds.

    Labels and predictions `(batch, ...)` -> a scalar; with `multi_label` `(batch, labels)`. Between
    thresholds "interpolation" draws lines; for "PR" it follows Davis and Goadrich 2006.

    ValueError for another curve or summation, for thresholds outside 0 to 1 or fewer than two, for
    `num_labels` without `multi_label`, and for other shapes with it. "PRGAIN": Flach and Kull 2015.

    Arguments:
        num_thresholds: Number of thresholds from 0 to 1 at which the curve is known.
        curve: "ROC", recall over false positive rate; "PR", precision over recall; or "PRGAIN".
        summation_method: Height between two thresholds: "interpolation", "minoring" (less),
            "majoring" (more).
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        thresholds: Points of the curve, numbers from 0 to 1; None spreads `num_thresholds` evenly.
        multi_label: Whether columns are labels with areas of their own, of which the mean is given.
        num_labels: Number of columns, for `multi_label`; None learns it from the data.
        label_weights: Weight of each column; None weighs all alike.
        from_logits: Whether predictions are logits, before sigmoid or softmax, and not
            probabilities.
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
    """`2 * precision * recall / (precision + recall)`, for several classes.

    One-hot or multi-label `(batch, classes)` twice -> a scalar, or `(classes,)` without an average.

    ValueError for another average, for a threshold that is no float from 0 to 1, and for other
    shapes.

    Arguments:
        average: Over classes: "macro" weighs alike, "weighted" by frequency, "micro" counts
            together; None keeps a value a class.
        threshold: Prediction above which a class is meant; None means the largest one only.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        average: Literal['micro', 'macro', 'weighted'] | str | None = None,
        threshold: float | None = None,
        name: str | None = "f1_score",
        dtype: DType = None,
    ) -> None: ...

class FalseNegatives(_confusion.FalseNegatives):
    """The weight of positive examples without a prediction above the threshold.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.

    Arguments:
        thresholds: Number, or numbers, from 0 to 1 above which a prediction is positive; None means
            0.5.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class FalsePositives(_confusion.FalsePositives):
    """The weight of negative examples with a prediction above the threshold.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.

    Arguments:
        thresholds: Number, or numbers, from 0 to 1 above which a prediction is positive; None means
            0.5.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class FBetaScore(_confusion.FBetaScore):
    """`(1 + beta^2) * precision * recall / (beta^2 * precision + recall)`, for several classes.

    One-hot or multi-label `(batch, classes)` twice -> a scalar, or `(classes,)` without an average.

    ValueError for another average, for a beta or threshold that is no float or out of range, and
    for other shapes.

    Arguments:
        average: Over classes: "macro" weighs alike, "weighted" by frequency, "micro" counts
            together; None keeps a value a class.
        beta: How many times as much recall counts as precision.
        threshold: Prediction above which a class is meant; None means the largest one only.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
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
    """`tp / (tp + fp)`: the part of the positive predictions that is right; 0 if there is none.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.

    Arguments:
        thresholds: Number, or numbers, from 0 to 1 above which a prediction is positive; None means
            0.5.
        top_k: How many of an example's largest predictions may be positive; None lets all.
        class_id: Column of the predictions that counts; None counts all.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
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
    """The best precision, `tp / (tp + fp)`, where `tp / (tp + fn)` is at least `recall`.

    Labels and predictions `(batch, ...)` -> a scalar. ValueError for a recall outside 0 to 1, or no
    threshold.

    Arguments:
        recall: Recall that must be reached, from 0 to 1.
        num_thresholds: Number of thresholds from 0 to 1 at which the curve is known.
        class_id: Column of the predictions that counts; None counts all.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
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
    """`tp / (tp + fn)`: the part of the positive examples that is found; 0 if there is none.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.

    Arguments:
        thresholds: Number, or numbers, from 0 to 1 above which a prediction is positive; None means
            0.5.
        top_k: How many of an example's largest predictions may be positive; None lets all.
        class_id: Column of the predictions that counts; None counts all.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
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
    """The best recall, `tp / (tp + fn)`, where `tp / (tp + fp)` is at least `precision`.

    Labels and predictions `(batch, ...)` -> a scalar. ValueError for a precision outside 0 to 1, or
    no threshold.

    Arguments:
        precision: Precision that must be reached, from 0 to 1.
        num_thresholds: Number of thresholds from 0 to 1 at which the curve is known.
        class_id: Column of the predictions that counts; None counts all.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
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
    """The best sensitivity, `tp / (tp + fn)`, where `tn / (tn + fp)` is at least `specificity`.

    Labels and predictions `(batch, ...)` -> a scalar. ValueError for a specificity outside 0 to 1,
    or no threshold.

    Arguments:
        specificity: Specificity that must be reached, from 0 to 1.
        num_thresholds: Number of thresholds from 0 to 1 at which the curve is known.
        class_id: Column of the predictions that counts; None counts all.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
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
    """The best specificity, `tn / (tn + fp)`, where `tp / (tp + fn)` is at least `sensitivity`.

    Labels and predictions `(batch, ...)` -> a scalar. ValueError for a sensitivity outside 0 to 1,
    or no threshold.

    Arguments:
        sensitivity: Sensitivity that must be reached, from 0 to 1.
        num_thresholds: Number of thresholds from 0 to 1 at which the curve is known.
        class_id: Column of the predictions that counts; None counts all.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
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
    """The weight of negative examples without a prediction above the threshold.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.

    Arguments:
        thresholds: Number, or numbers, from 0 to 1 above which a prediction is positive; None means
            0.5.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class TruePositives(_confusion.TruePositives):
    """The weight of positive examples with a prediction above the threshold.

    Labels and predictions `(batch, ...)` -> a scalar, or a number a threshold. ValueError for
    thresholds outside 0 to 1.

    Arguments:
        thresholds: Number, or numbers, from 0 to 1 above which a prediction is positive; None means
            0.5.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        thresholds: float | Sequence[float] | None = None,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class BinaryIoU(_iou.BinaryIoU):
    """`tp / (tp + fp + fn)` of the classes 0 and 1, their mean: `(batch, ...)` twice -> a scalar.

    Labels are 0 or 1, predictions numbers. Classes that never occur don't count. ValueError for a
    target class that there is not.

    Arguments:
        target_class_ids: Classes whose mean is given, of 0 and 1.
        threshold: Prediction from which on class 1 is meant.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        target_class_ids: Sequence[int] = (0, 1),
        threshold: float = 0.5,
        name: str | None = None,
        dtype: DType = None,
    ) -> None: ...

class IoU(_iou.IoU):
    """`tp / (tp + fp + fn)` of some classes, their mean: `(batch, ...)` twice -> a scalar.

    Labels and predictions are class numbers, or scores along `axis`; numbers that are no class are
    left out. Classes that never occur don't count. ValueError for a target class that there is not.

    Arguments:
        num_classes: Number of classes, which are numbered from 0.
        target_class_ids: Classes whose mean is given.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        ignore_class: Label that doesn't count, such as -1 or 255; None counts all.
        sparse_y_true: Whether labels are class numbers, or else one-hot along `axis`.
        sparse_y_pred: Whether predictions are class numbers, or else scores along `axis`.
        axis: Axis along which the vectors, or classes, lie.
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
    """`tp / (tp + fp + fn)` of each class, the mean of all: `(batch, ...)` twice -> a scalar.

    Classes that never occur don't count.

    Arguments:
        num_classes: Number of classes, which are numbered from 0.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        ignore_class: Label that doesn't count, such as -1 or 255; None counts all.
        sparse_y_true: Whether labels are class numbers, or else one-hot along `axis`.
        sparse_y_pred: Whether predictions are class numbers, or else scores along `axis`.
        axis: Axis along which the vectors, or classes, lie.
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
    """`tp / (tp + fp + fn)` of some classes, their mean, for one-hot labels.

    `(batch, ..., classes)` twice -> a scalar. Classes that never occur don't count. ValueError for
    a target class that there is not.

    Arguments:
        num_classes: Number of classes, which are numbered from 0.
        target_class_ids: Classes whose mean is given.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        ignore_class: Label that doesn't count, such as -1 or 255; None counts all.
        sparse_y_pred: Whether predictions are class numbers, or else scores along `axis`.
        axis: Axis along which the vectors, or classes, lie.
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
    """`tp / (tp + fp + fn)` of each class, the mean of all, for one-hot labels.

    `(batch, ..., classes)` twice -> a scalar. Classes that never occur don't count.

    Arguments:
        num_classes: Number of classes, which are numbered from 0.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        ignore_class: Label that doesn't count, such as -1 or 255; None counts all.
        sparse_y_pred: Whether predictions are class numbers, or else scores along `axis`.
        axis: Axis along which the vectors, or classes, lie.
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
    """Mean of `-y * log(p) - (1 - y) * log(1 - p)` over `axis`: `(..., d)`, `(..., d)` -> `(...)`.

    p is the prediction, or its sigmoid if it is a logit.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        from_logits: Whether predictions are logits, before sigmoid or softmax, and not
            probabilities.
        label_smoothing: Share of each label, from 0 to 1, that is spread evenly over the classes.
    """

    def __init__(
        self,
        name: str | None = "binary_crossentropy",
        dtype: DType = None,
        from_logits: bool = False,
        label_smoothing: float = 0,
    ) -> None: ...

class CategoricalCrossentropy(Mean, _base._FunctionMetric):
    """Minus the sum of `y_true * log(p)` over the classes: `(..., k)`, `(..., k)` -> `(...)`.

    p is the prediction, scaled to sum 1, or its softmax if it holds logits. A SyntaxWarning where
    there is one class only.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        from_logits: Whether predictions are logits, before sigmoid or softmax, and not
            probabilities.
        label_smoothing: Share of each label, from 0 to 1, that is spread evenly over the classes.
        axis: Axis along which the vectors, or classes, lie.
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
    """`max(1 + best wrong class - right class, 0)` for one-hot labels: `(..., k)` twice -> `(...)`.

    Crammer and Singer 2001.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "categorical_hinge",
        dtype: DType = None,
    ) -> None: ...

class ConcordanceCorrelation(Mean, _base._FunctionMetric):
    """How near pairs lie to the line `y_pred = y_true`, along `axis`: 1 on it.

    `2 cov / (var + var + (mean - mean)^2)`: `(..., d)`, `(..., d)` -> `(...)`. Lin 1989, "A
    concordance correlation coefficient to evaluate reproducibility".

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        axis: Axis along which the vectors, or classes, lie.
    """

    def __init__(
        self,
        name: str | None = "concordance_correlation",
        dtype: DType = None,
        axis: int = -1,
    ) -> None: ...

class CosineSimilarity(Mean, _base._FunctionMetric):
    """The cosine of the angle between the vectors along `axis`: 1 where they agree.

    `(..., d)`, `(..., d)` -> `(...)`; 0 where one vector is zero.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        axis: Axis along which the vectors, or classes, lie.
    """

    def __init__(
        self,
        name: str | None = "cosine_similarity",
        dtype: DType = None,
        axis: int = -1,
    ) -> None: ...

class Hinge(Mean, _base._FunctionMetric):
    """Mean of `max(1 - y_true * y_pred, 0)` over the last axis, for labels -1 and 1, or 0 and 1.

    `(..., d)`, `(..., d)` -> `(...)`.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "hinge",
        dtype: DType = None,
    ) -> None: ...

class KLDivergence(Mean, _base._FunctionMetric):
    """Sum of `y_true * log(y_true / y_pred)` over the last axis: `(..., k)`, `(..., k)` -> `(...)`.

    Both are distributions, cut to `epsilon()` and 1. Kullback and Leibler 1951.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "kl_divergence",
        dtype: DType = None,
    ) -> None: ...

class LogCoshError(Mean, _base._FunctionMetric):
    """Mean of `log(cosh(y_pred - y_true))` over the last axis: `(..., d)`, `(..., d)` -> `(...)`.

    About `e^2 / 2` for small errors e and `|e| - log 2` for large ones.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "logcosh",
        dtype: DType = None,
    ) -> None: ...

class MeanAbsoluteError(Mean, _base._FunctionMetric):
    """Mean of `|y_true - y_pred|` over the last axis: `(..., d)`, `(..., d)` -> `(...)`.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "mean_absolute_error",
        dtype: DType = None,
    ) -> None: ...

class MeanAbsolutePercentageError(Mean, _base._FunctionMetric):
    """100 times the mean of `|(y_true - y_pred) / y_true|` over the last axis, in percent.

    `(..., d)`, `(..., d)` -> `(...)`; targets nearer to 0 than `epsilon()` count as that.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "mean_absolute_percentage_error",
        dtype: DType = None,
    ) -> None: ...

class MeanSquaredError(Mean, _base._FunctionMetric):
    """Mean of `(y_true - y_pred)^2` over the last axis: `(..., d)`, `(..., d)` -> `(...)`.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "mean_squared_error",
        dtype: DType = None,
    ) -> None: ...

class MeanSquaredLogarithmicError(Mean, _base._FunctionMetric):
    """Mean of `(log(1 + y_true) - log(1 + y_pred))^2` over the last axis.

    `(..., d)`, `(..., d)` -> `(...)`; negative numbers count as 0.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "mean_squared_logarithmic_error",
        dtype: DType = None,
    ) -> None: ...

class PearsonCorrelation(Mean, _base._FunctionMetric):
    """Covariance over the product of the standard deviations, along `axis`.

    `(..., d)`, `(..., d)` -> `(...)`, from -1 to 1.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        axis: Axis along which the vectors, or classes, lie.
    """

    def __init__(
        self,
        name: str | None = "pearson_correlation",
        dtype: DType = None,
        axis: int = -1,
    ) -> None: ...

class Poisson(Mean, _base._FunctionMetric):
    """Mean of `y_pred - y_true * log(y_pred)` over the last axis.

    `(..., d)`, `(..., d)` -> `(...)`: the negative log likelihood of counts, given their expected
    numbers, without its constant.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "poisson",
        dtype: DType = None,
    ) -> None: ...

class R2Score(_regression.R2Score):
    """`1 - squared error / variance of the targets`, by how much a regression beats the mean.

    `(batch, d)`, `(batch, d)` -> a scalar or `(d,)`. For p = `num_regressors` above 0 it is
    adjusted to `1 - (1 - R^2) (n - 1) / (n - p - 1)`, once there are more than p + 1 examples.

    ValueError for another aggregation, a negative number of regressors, and other shapes.

    Arguments:
        class_aggregation: "uniform_average" or "variance_weighted_average" of the outputs; None
            keeps each.
        num_regressors: Number of inputs of the regression, by which the score is adjusted; 0
            adjusts nothing.
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        class_aggregation: Literal['uniform_average', 'variance_weighted_average'] | str | None = "uniform_average",
        num_regressors: int = 0,
        name: str | None = "r2_score",
        dtype: DType = None,
    ) -> None: ...

class RootMeanSquaredError(Mean, _regression.RootMeanSquaredError):
    """The square root of the mean of `(y_true - y_pred)^2`: `(batch, ...)` twice -> a scalar.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "root_mean_squared_error",
        dtype: DType = None,
    ) -> None: ...

class SparseCategoricalCrossentropy(Mean, _base._FunctionMetric):
    """`-log(p)` of the class numbers `y_true`: `(...)`, `(..., k)` -> `(...)`.

    Labels may be `(..., 1)` as well; those equal to `ignore_class` give 0 and leave a mask, so that
    means do not count them.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
        from_logits: Whether predictions are logits, before sigmoid or softmax, and not
            probabilities.
        ignore_class: Label that doesn't count, such as -1 or 255; None counts all.
        axis: Axis along which the vectors, or classes, lie.
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
    """Mean of `max(1 - y_true * y_pred, 0)^2` over the last axis, for labels -1 and 1, or 0 and 1.

    `(..., d)`, `(..., d)` -> `(...)`.

    Arguments:
        name: Name in logs, and for `monitor`; None makes one from the class's name.
        dtype: Dtype of the accumulators; None means the global float dtype.
    """

    def __init__(
        self,
        name: str | None = "squared_hinge",
        dtype: DType = None,
    ) -> None: ...
