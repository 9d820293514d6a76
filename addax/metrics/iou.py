"""Intersection over union, from a matrix of label and prediction."""

# A class's own required arguments come before its base's optional ones:
# pyright: reportGeneralTypeIssues=false

from collections.abc import Sequence

from addax import ops
from addax.core.fields import fields
from addax.core.masks import get_mask
from addax.core.settings import epsilon
from addax.core.types import Array, DType, Tensor
from addax.losses.functions import align, merge_weights
from addax.metrics.base import Metric


class _IoU(Metric):
    """Base of the intersections over union, from a matrix of labels and predictions."""

    num_classes: int
    target_class_ids: Sequence[int] | None = None
    ignore_class: int | None = None
    sparse_y_true = sparse_y_pred = True
    axis = -1
    _direction = "up"

    def setup(self) -> None:
        super().setup()
        if self.target_class_ids is not None:
            self.target_class_ids = list(self.target_class_ids)
            if not all(0 <= i < self.num_classes for i in self.target_class_ids):
                raise ValueError(
                    f"target_class_ids are numbers from 0 to {self.num_classes - 1}; received "
                    f"{self.target_class_ids}."
                )
        shape = (self.num_classes, self.num_classes)
        self.total_cm = self.add_weight(
            shape=shape, dtype=self.dtype, name="total_confusion_matrix"
        )

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        weights = merge_weights(sample_weight, get_mask(y_pred), self.dtype)
        y_true = y_true if self.sparse_y_true else ops.argmax(y_true, axis=self.axis)
        y_pred = y_pred if self.sparse_y_pred else ops.argmax(y_pred, axis=self.axis)
        y_true, y_pred = (ops.cast(y, "int32") for y in (y_true, y_pred))
        ones = ops.cast(ops.ones_like(y_true), self.dtype)
        weights = ones if weights is None else ops.multiply(*align(ones, weights))
        y_true, y_pred, weights = (ops.reshape(y, (-1,)) for y in (y_true, y_pred, weights))
        valid = ops.logical_and(self._is_class(y_true), self._is_class(y_pred))
        if self.ignore_class is not None:
            valid = ops.logical_and(valid, ops.not_equal(y_true, self.ignore_class))
        cells = ops.where(valid, y_true * self.num_classes + y_pred, 0)
        weights = ops.where(valid, weights, ops.zeros_like(weights))
        found = ops.segment_sum(weights, cells, num_segments=self.num_classes**2)
        self.total_cm.assign_add(ops.reshape(found, self.total_cm.shape))

    def _is_class(self, y):
        return ops.logical_and(y >= 0, y < self.num_classes)

    def result(self) -> Array:
        matrix = ops.cast(self.total_cm.value, "float32")
        both = ops.diagonal(matrix)
        either = ops.sum(matrix, axis=0) + ops.sum(matrix, axis=1) - both
        if self.target_class_ids is not None:
            both, either = (ops.take(x, self.target_class_ids) for x in (both, either))
        occurs = either > 1e-9
        ratios = ops.where(occurs, both / (either + epsilon()), 0.0)
        return ops.sum(ratios) / (ops.sum(ops.cast(occurs, "float32")) + epsilon())


@fields
class IoU(_IoU):
    """`tp / (tp + fp + fn)` of some classes, their mean: `(batch, ...)` twice -> a scalar.

    Labels and predictions are class numbers, or scores along `axis`; numbers that are no class are
    left out. Classes that never occur don't count. ValueError for a target class that there is not.
    """

    num_classes: int
    target_class_ids: Sequence[int]
    name: str | None = None
    dtype: DType = None
    ignore_class: int | None = None
    sparse_y_true: bool = True
    sparse_y_pred: bool = True
    axis: int = -1


@fields
class BinaryIoU(_IoU):
    """`tp / (tp + fp + fn)` of the classes 0 and 1, their mean: `(batch, ...)` twice -> a scalar.

    Labels are 0 or 1, predictions numbers. Classes that never occur don't count. ValueError for a
    target class that there is not.
    """

    target_class_ids: Sequence[int] = (0, 1)
    threshold: float = 0.5
    name: str | None = None
    dtype: DType = None

    num_classes = 2

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        weights = merge_weights(sample_weight, get_mask(y_pred), self.dtype)
        positive = ops.convert_to_tensor(y_pred, "float32") >= self.threshold
        super().update_state(y_true, positive, weights)


@fields
class MeanIoU(_IoU):
    """`tp / (tp + fp + fn)` of each class, the mean of all: `(batch, ...)` twice -> a scalar.

    Classes that never occur don't count.
    """

    num_classes: int
    name: str | None = None
    dtype: DType = None
    ignore_class: int | None = None
    sparse_y_true: bool = True
    sparse_y_pred: bool = True
    axis: int = -1


@fields
class OneHotIoU(_IoU):
    """`tp / (tp + fp + fn)` of some classes, their mean, for one-hot labels.

    `(batch, ..., classes)` twice -> a scalar. Classes that never occur don't count. ValueError for
    a target class that there is not.
    """

    num_classes: int
    target_class_ids: Sequence[int]
    name: str | None = None
    dtype: DType = None
    ignore_class: int | None = None
    sparse_y_pred: bool = False
    axis: int = -1

    sparse_y_true = False


@fields
class OneHotMeanIoU(_IoU):
    """`tp / (tp + fp + fn)` of each class, the mean of all, for one-hot labels.

    `(batch, ..., classes)` twice -> a scalar. Classes that never occur don't count.
    """

    num_classes: int
    name: str | None = None
    dtype: DType = None
    ignore_class: int | None = None
    sparse_y_pred: bool = False
    axis: int = -1

    sparse_y_true = False
