"""How often predictions are right."""

from typing import Any

from addax import ops
from addax.core.settings import floatx
from addax.core.types import Array, Tensor
from addax.losses.functions import same_rank
from addax.metrics.base import score


def _tensors(y_true, y_pred):
    return ops.convert_to_tensor(y_true), ops.convert_to_tensor(y_pred)


def _matches(y_true, y_pred):
    return ops.cast(ops.equal(y_true, y_pred), floatx())


def accuracy(y_true: Tensor, y_pred: Tensor) -> Array:
    """1 where the two are equal, else 0: `(...)`, `(...)` -> `(...)`."""
    return _matches(*same_rank(*_tensors(y_true, y_pred)))


def binary_accuracy(y_true: Tensor, y_pred: Tensor, threshold: float = 0.5) -> Array:
    """1 where `y_pred > threshold` says what the label says, 0 or 1: `(...)` twice -> `(...)`."""
    y_true, y_pred = same_rank(*_tensors(y_true, y_pred))
    return _matches(y_true, ops.cast(y_pred > threshold, y_true.dtype))


def categorical_accuracy(y_true: Tensor, y_pred: Tensor) -> Array:
    """1 where the most likely class is the one-hot label's: `(..., k)`, `(..., k)` -> `(...)`."""
    y_true, y_pred = _tensors(y_true, y_pred)
    return _matches(ops.argmax(y_true, axis=-1), ops.argmax(y_pred, axis=-1))


def sparse_categorical_accuracy(y_true: Tensor, y_pred: Tensor) -> Array:
    """1 where the most likely class is the class number: `(...)`, `(..., k)` -> `(...)`.

    Labels may be `(..., 1)` as well.
    """
    y_true, y_pred = _tensors(y_true, y_pred)
    if y_true.ndim == y_pred.ndim and y_true.shape[-1] == 1:
        y_true = ops.squeeze(y_true, -1)
    matches = _matches(y_true, ops.argmax(y_pred, axis=-1))
    return ops.squeeze(matches, -1) if matches.ndim > 1 and matches.shape[-1] == 1 else matches


def top_k_categorical_accuracy(y_true: Tensor, y_pred: Tensor, k: int = 5) -> Array:
    """1 where the one-hot label's class is among the k most likely: `(..., c)` twice -> `(...)`."""
    return sparse_top_k_categorical_accuracy(ops.argmax(y_true, axis=-1), y_pred, k)


def sparse_top_k_categorical_accuracy(
    y_true: Tensor, y_pred: Tensor, k: int = 5, from_sorted_ids: bool = False
) -> Array:
    """1 where the class number is among the k most likely: `(...)`, `(..., c)` -> `(...)`.

    With `from_sorted_ids`, `y_pred` holds class numbers already, the most likely first.
    """
    y_true, y_pred = _tensors(y_true, y_pred)
    labels, guesses = ops.reshape(y_true, (-1,)), ops.reshape(y_pred, (-1, y_pred.shape[-1]))
    if from_sorted_ids:
        found = ops.any(ops.equal(ops.expand_dims(labels, 1), guesses[:, :k]), axis=1)
    else:
        found = ops.in_top_k(ops.cast(labels, "int32"), guesses, k=k)
    return ops.reshape(ops.cast(found, floatx()), y_true.shape)


Accuracy: Any = score("Accuracy", accuracy)
BinaryAccuracy: Any = score("BinaryAccuracy", binary_accuracy, "name dtype threshold")
CategoricalAccuracy: Any = score("CategoricalAccuracy", categorical_accuracy)
SparseCategoricalAccuracy: Any = score("SparseCategoricalAccuracy", sparse_categorical_accuracy)
TopKCategoricalAccuracy: Any = score("TopKCategoricalAccuracy", top_k_categorical_accuracy)
SparseTopKCategoricalAccuracy: Any = score(
    "SparseTopKCategoricalAccuracy",
    sparse_top_k_categorical_accuracy,
    "k name dtype from_sorted_ids",
    unstored=("from_sorted_ids",),
)
