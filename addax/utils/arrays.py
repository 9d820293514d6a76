"""Preparation of labels and features: in NumPy on the host, with ops for tensors without values."""

from typing import Any

import numpy as np

from addax.core.symbol import is_concrete, is_symbolic, is_tensor


def _has_no_values(x: Any) -> bool:
    """Whether `x` is a symbolic tensor or a traced one."""
    return is_symbolic(x) or (is_tensor(x) and not is_concrete(x))


def to_categorical(x: Any, num_classes: int | None = None) -> Any:
    """One-hot rows of integer labels: (...) or (..., 1) -> (..., num_classes), float64.

    `num_classes` defaults to the largest label plus one. Raises `ValueError` for labels that are
    not whole numbers in `[0, num_classes)`. Traced and symbolic labels give a tensor, in which
    labels out of range have rows of zeros; they need `num_classes`.
    """
    if _has_no_values(x):
        return _one_hot_tensor(x, num_classes)
    labels = _whole_numbers(np.asarray(x))
    if labels.ndim > 1 and labels.shape[-1] == 1:
        labels = labels[..., 0]
    if not num_classes:
        if not labels.size:
            raise ValueError("to_categorical got no labels: give num_classes for an empty array.")
        num_classes = int(labels.max()) + 1
    wrong = labels[(labels < 0) | (labels >= num_classes)]
    if wrong.size:
        raise ValueError(
            f"to_categorical got label {wrong[0]}, expected 0 <= label < {num_classes} "
            "(num_classes). Renumber the labels from 0, for example with "
            "np.unique(y, return_inverse=True)[1], or give a larger num_classes."
        )
    rows = np.zeros((labels.size, num_classes))
    rows[np.arange(labels.size), labels.reshape(-1)] = 1
    return rows.reshape(*labels.shape, num_classes)


def _one_hot_tensor(x: Any, num_classes: int | None) -> Any:
    from addax import ops  # NumPy alone serves all others

    if not num_classes:
        raise ValueError(
            "to_categorical needs num_classes here: the labels are a tensor of a compiled program, "
            "whose values are not known."
        )
    if len(x.shape) > 1 and x.shape[-1] == 1:
        x = ops.squeeze(x, -1)
    return ops.one_hot(x, num_classes)


def _whole_numbers(labels: np.ndarray) -> np.ndarray:
    if labels.dtype.kind in "iub":
        return labels.astype("int64")
    try:
        numbers = labels.astype("float64")
    except (TypeError, ValueError):
        numbers = np.full(1, np.nan)
    if not np.all(np.isfinite(numbers)) or np.any(numbers != np.trunc(numbers)):
        raise ValueError(
            f"to_categorical got labels of dtype {labels.dtype} that are not whole numbers: "
            f"{np.array2string(labels.reshape(-1)[:5], separator=', ')}. Turn class names into "
            "numbers first, for example with np.unique(y, return_inverse=True)[1]."
        )
    return numbers.astype("int64")


def normalize(x: Any, axis: int = -1, order: float = 2) -> Any:
    """`x / norm(x, order, axis)`, same shape as `x`; slices of norm 0 stay as they are."""
    if _has_no_values(x):
        from addax import ops

        norm = ops.norm(x, order, axis, keepdims=True)
        return x / ops.where(ops.equal(norm, 0), ops.ones_like(norm), norm)
    norm = np.linalg.norm(np.asarray(x), order, axis, keepdims=True)
    return x / np.where(norm == 0, 1, norm)
