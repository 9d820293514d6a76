"""Losses as functions of `(y_true, y_pred)`: a value for each example, step or pixel.

`addax.losses` makes classes of them.
"""

import functools
import warnings
from typing import Any

from addax import ops
from addax.core.dtypes import is_float
from addax.core.masks import set_mask
from addax.core.settings import epsilon, floatx
from addax.core.types import Array, Axis, DType, Tensor

# Shapes and weights, which metrics share


def same_rank(a: Tensor, b: Tensor) -> tuple[Any, Any]:
    """Without the last axis of size 1 that one has and the other lacks; (n,) becomes (n, 1)."""
    if b.ndim == a.ndim + 1:
        b, a = same_rank(b, a)
    elif a.ndim == b.ndim + 1 and a.shape[-1] == 1:
        return (a, ops.expand_dims(b, -1)) if b.ndim == 1 else (ops.squeeze(a, -1), b)
    return a, b


def align(a: Tensor, b: Tensor) -> tuple[Any, Any]:
    """Equal ranks where one shape is how the other begins: (n,) becomes (n, 1) for (n, t)."""
    a, b = same_rank(a, b)
    if a.ndim > b.ndim:
        b, a = align(b, a)
    elif a.ndim < b.ndim and tuple(a.shape) == tuple(b.shape[: a.ndim]):
        a = ops.reshape(a, (*a.shape, *[1] * (b.ndim - a.ndim)))
    return a, b


def merge_weights(sample_weight: Tensor, mask: Tensor, dtype: DType) -> Array | None:
    """Weights times mask, in `dtype`; None if there is neither."""
    known = [ops.cast(w, dtype) for w in (sample_weight, mask) if w is not None]
    return functools.reduce(lambda a, b: ops.multiply(*align(a, b)), known) if known else None


def floats(y_true: Tensor, y_pred: Tensor) -> tuple[Array, Array]:
    """Both as tensors of the prediction's float type and of one rank."""
    y_pred = ops.convert_to_tensor(y_pred)
    if not is_float(y_pred.dtype):
        y_pred = ops.cast(y_pred, floatx())
    return same_rank(ops.cast(y_true, y_pred.dtype), y_pred)


# Regression


def mean_squared_error(y_true: Tensor, y_pred: Tensor) -> Array:
    """Mean of `(y_true - y_pred)^2` over the last axis: `(..., d)`, `(..., d)` -> `(...)`."""
    y_true, y_pred = floats(y_true, y_pred)
    return ops.mean(ops.square(y_true - y_pred), axis=-1)


def mean_absolute_error(y_true: Tensor, y_pred: Tensor) -> Array:
    """Mean of `|y_true - y_pred|` over the last axis: `(..., d)`, `(..., d)` -> `(...)`."""
    y_true, y_pred = floats(y_true, y_pred)
    return ops.mean(ops.abs(y_true - y_pred), axis=-1)


def mean_absolute_percentage_error(y_true: Tensor, y_pred: Tensor) -> Array:
    """100 times the mean of `|(y_true - y_pred) / y_true|` over the last axis, in percent.

    `(..., d)`, `(..., d)` -> `(...)`; targets nearer to 0 than `epsilon()` count as that.
    """
    y_true, y_pred = floats(y_true, y_pred)
    scale = ops.maximum(ops.abs(y_true), epsilon())
    return 100.0 * ops.mean(ops.abs((y_true - y_pred) / scale), axis=-1)


def mean_squared_logarithmic_error(y_true: Tensor, y_pred: Tensor) -> Array:
    """Mean of `(log(1 + y_true) - log(1 + y_pred))^2` over the last axis.

    `(..., d)`, `(..., d)` -> `(...)`; negative numbers count as 0.
    """
    logs = [ops.log(ops.maximum(y, epsilon()) + 1.0) for y in floats(y_true, y_pred)]
    return ops.mean(ops.square(logs[0] - logs[1]), axis=-1)


def huber(y_true: Tensor, y_pred: Tensor, delta: float = 1.0) -> Array:
    """Quadratic within `delta`, linear beyond, a mean over the last axis.

    `(..., d)`, `(..., d)` -> `(...)`: `e^2 / 2` for an error `|e| <= delta`, else `delta * (|e| -
    delta / 2)`. Huber 1964, "Robust estimation of a location parameter".
    """
    y_true, y_pred = floats(y_true, y_pred)
    error = ops.abs(y_true - y_pred)
    inside = ops.minimum(error, delta)
    return ops.mean(inside * (error - 0.5 * inside), axis=-1)


def log_cosh(y_true: Tensor, y_pred: Tensor) -> Array:
    """Mean of `log(cosh(y_pred - y_true))` over the last axis: `(..., d)`, `(..., d)` -> `(...)`.

    About `e^2 / 2` for small errors e and `|e| - log 2` for large ones.
    """
    y_true, y_pred = floats(y_true, y_pred)
    error = y_pred - y_true
    # log((e^x + e^-x) / 2) without an exponential that overflows
    return ops.mean(error + ops.softplus(-2.0 * error) - 0.6931471805599453, axis=-1)


def cosine_similarity(y_true: Tensor, y_pred: Tensor, axis: int = -1) -> Array:
    """Minus the cosine of the angle between the vectors along `axis`: -1 where they agree.

    `(..., d)`, `(..., d)` -> `(...)`; 0 where one vector is zero.
    """
    y_true, y_pred = (ops.normalize(y, axis=axis) for y in floats(y_true, y_pred))
    return -ops.sum(y_true * y_pred, axis=axis)


# Margins


def _as_signs(y_true):
    """Labels 0 and 1 as -1 and 1; other labels as they are."""
    binary = ops.all(ops.logical_or(ops.equal(y_true, 0), ops.equal(y_true, 1)))
    return ops.where(binary, 2.0 * y_true - 1.0, y_true)


def hinge(y_true: Tensor, y_pred: Tensor) -> Array:
    """Mean of `max(1 - y_true * y_pred, 0)` over the last axis, for labels -1 and 1, or 0 and 1.

    `(..., d)`, `(..., d)` -> `(...)`.
    """
    y_true, y_pred = floats(y_true, y_pred)
    return ops.mean(ops.maximum(1.0 - _as_signs(y_true) * y_pred, 0.0), axis=-1)


def squared_hinge(y_true: Tensor, y_pred: Tensor) -> Array:
    """Mean of `max(1 - y_true * y_pred, 0)^2` over the last axis, for labels -1 and 1, or 0 and 1.

    `(..., d)`, `(..., d)` -> `(...)`.
    """
    y_true, y_pred = floats(y_true, y_pred)
    return ops.mean(ops.square(ops.maximum(1.0 - _as_signs(y_true) * y_pred, 0.0)), axis=-1)


def categorical_hinge(y_true: Tensor, y_pred: Tensor) -> Array:
    """`max(1 + best wrong class - right class, 0)` for one-hot labels: `(..., k)` twice -> `(...)`.

    Crammer and Singer 2001.
    """
    y_true, y_pred = floats(y_true, y_pred)
    right = ops.sum(y_true * y_pred, axis=-1)
    wrong = ops.max((1.0 - y_true) * y_pred, axis=-1)
    return ops.maximum(wrong - right + 1.0, 0.0)


# Probabilities


def kl_divergence(y_true: Tensor, y_pred: Tensor) -> Array:
    """Sum of `y_true * log(y_true / y_pred)` over the last axis: `(..., k)`, `(..., k)` -> `(...)`.

    Both are distributions, cut to `epsilon()` and 1. Kullback and Leibler 1951.
    """
    y_true, y_pred = (ops.clip(y, epsilon(), 1.0) for y in floats(y_true, y_pred))
    return ops.sum(y_true * ops.log(y_true / y_pred), axis=-1)


def poisson(y_true: Tensor, y_pred: Tensor) -> Array:
    """Mean of `y_pred - y_true * log(y_pred)` over the last axis.

    `(..., d)`, `(..., d)` -> `(...)`: the negative log likelihood of counts, given their expected
    numbers, without its constant.
    """
    y_true, y_pred = floats(y_true, y_pred)
    return ops.mean(y_pred - y_true * ops.log(y_pred + epsilon()), axis=-1)


def _smooth(y_true, amount, classes):
    return y_true * (1.0 - amount) + amount / classes if amount else y_true


def binary_crossentropy(
    y_true: Tensor,
    y_pred: Tensor,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> Array:
    """Mean of `-y * log(p) - (1 - y) * log(1 - p)` over `axis`: `(..., d)`, `(..., d)` -> `(...)`.

    p is the prediction, or its sigmoid if it is a logit.
    """
    y_true, y_pred = floats(y_true, y_pred)
    y_true = _smooth(y_true, label_smoothing, 2)
    return ops.mean(ops.binary_crossentropy(y_true, y_pred, from_logits=from_logits), axis=axis)


def binary_focal_crossentropy(
    y_true: Tensor,
    y_pred: Tensor,
    apply_class_balancing: bool = False,
    alpha: float = 0.25,
    gamma: float = 2.0,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> Array:
    """Binary cross-entropy times `(1 - p of the right class)^gamma`, a mean over `axis`.

    `(..., d)`, `(..., d)` -> `(...)`. Lin et al. 2017, https://arxiv.org/abs/1708.02002, equations
    4 and 5.
    """
    y_true, y_pred = floats(y_true, y_pred)
    y_true = _smooth(y_true, label_smoothing, 2)
    p = ops.sigmoid(y_pred) if from_logits else y_pred
    right = y_true * p + (1.0 - y_true) * (1.0 - p)
    loss = ops.power(1.0 - right, gamma) * ops.binary_crossentropy(y_true, p)
    if apply_class_balancing:
        loss = loss * (y_true * alpha + (1.0 - y_true) * (1.0 - alpha))
    return ops.mean(loss, axis=axis)


def _one_hot_targets(y_true, y_pred, label_smoothing, axis):
    y_true, y_pred = floats(y_true, y_pred)
    if y_pred.shape[axis] == 1:
        warnings.warn(
            f"A categorical loss got predictions of one class, shape {tuple(y_pred.shape)}: it is "
            "always 0. Use binary_crossentropy for two classes in one output.",
            SyntaxWarning,
            stacklevel=3,
        )
    return _smooth(y_true, label_smoothing, y_pred.shape[axis]), y_pred


def categorical_crossentropy(
    y_true: Tensor,
    y_pred: Tensor,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> Array:
    """Minus the sum of `y_true * log(p)` over the classes: `(..., k)`, `(..., k)` -> `(...)`.

    p is the prediction, scaled to sum 1, or its softmax if it holds logits. A SyntaxWarning where
    there is one class only.
    """
    y_true, y_pred = _one_hot_targets(y_true, y_pred, label_smoothing, axis)
    return ops.categorical_crossentropy(y_true, y_pred, from_logits=from_logits, axis=axis)


def categorical_focal_crossentropy(
    y_true: Tensor,
    y_pred: Tensor,
    alpha: float = 0.25,
    gamma: float = 2.0,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> Array:
    """Minus alpha times the sum of `(1 - p)^gamma * y_true * log(p)` over the classes.

    `(..., k)`, `(..., k)` -> `(...)`. A SyntaxWarning where there is one class only. Lin et al.
    2017, https://arxiv.org/abs/1708.02002.
    """
    y_true, p = _one_hot_targets(y_true, y_pred, label_smoothing, axis)
    p = ops.softmax(p, axis=axis) if from_logits else p
    p = ops.clip(p / ops.sum(p, axis=axis, keepdims=True), epsilon(), 1.0 - epsilon())
    return -ops.sum(alpha * ops.power(1.0 - p, gamma) * y_true * ops.log(p), axis=axis)


def sparse_categorical_crossentropy(
    y_true: Tensor,
    y_pred: Tensor,
    from_logits: bool = False,
    ignore_class: int | None = None,
    axis: int = -1,
) -> Array:
    """`-log(p)` of the class numbers `y_true`: `(...)`, `(..., k)` -> `(...)`.

    Labels may be `(..., 1)` as well; those equal to `ignore_class` give 0 and leave a mask, so that
    means do not count them.
    """
    y_true, y_pred = ops.convert_to_tensor(y_true), ops.convert_to_tensor(y_pred)
    if y_true.ndim == y_pred.ndim and y_true.shape[axis] == 1:
        y_true = ops.squeeze(y_true, axis)
    y_pred = ops.moveaxis(y_pred, axis, -1) if axis not in (-1, y_pred.ndim - 1) else y_pred
    if ignore_class is None:
        return ops.sparse_categorical_crossentropy(y_true, y_pred, from_logits=from_logits)
    valid = ops.not_equal(y_true, ignore_class)
    # Ones, not the predictions: those may be infinite where they don't matter.
    y_pred = ops.where(ops.expand_dims(valid, -1), y_pred, ops.ones_like(y_pred))
    y_true = ops.where(valid, y_true, ops.zeros_like(y_true))
    loss = ops.sparse_categorical_crossentropy(y_true, y_pred, from_logits=from_logits)
    loss = ops.where(valid, loss, ops.zeros_like(loss))
    set_mask(loss, valid)
    return loss


def categorical_generalized_cross_entropy(y_true: Tensor, y_pred: Tensor, q: float) -> Array:
    """`(1 - p^q) / q` for the probability p of the class numbers: `(...)`, `(..., k)` -> `(...)`.

    Robust to wrong labels. ValueError unless q is between 0 and 1. Zhang and Sabuncu 2018,
    https://arxiv.org/abs/1805.07836.
    """
    y_pred = ops.convert_to_tensor(y_pred)
    if not 0 < q < 1:
        raise ValueError(f"q is between 0 and 1, both excluded; received {q!r}.")
    right = ops.one_hot(ops.cast(y_true, "int32"), y_pred.shape[-1], dtype=y_pred.dtype)
    return (1.0 - ops.power(ops.sum(y_pred * right, axis=-1), q)) / q


# Overlap, similarity, sequences


def dice(y_true: Tensor, y_pred: Tensor, axis: Axis = None) -> Array:
    """`1 - 2 * sum(y_true * y_pred) / (sum(y_true) + sum(y_pred))`, summed over `axis`.

    Of masks `(batch, height, width, k)`: one number, or what `axis` leaves. Milletari et al. 2016,
    https://arxiv.org/abs/1606.04797, without the squares.
    """
    y_true, y_pred = floats(y_true, y_pred)
    total = ops.sum(y_true, axis=axis) + ops.sum(y_pred, axis=axis)
    return 1.0 - 2.0 * ops.sum(y_true * y_pred, axis=axis) / (total + epsilon())


def tversky(
    y_true: Tensor, y_pred: Tensor, alpha: float = 0.5, beta: float = 0.5, axis: Axis = None
) -> Array:
    """`1 - both / (both + alpha * missed + beta * invented)`, summed over `axis`.

    both is `y_true * y_pred`, missed `y_true * (1 - y_pred)`, invented `(1 - y_true) * y_pred`; of
    masks `(batch, height, width, k)` one number, or what `axis` leaves. Salehi et al. 2017,
    https://arxiv.org/abs/1706.05721, with alpha and beta exchanged.
    """
    y_true, y_pred = floats(y_true, y_pred)
    both = ops.sum(y_true * y_pred, axis=axis)
    missed = ops.sum(y_true * (1.0 - y_pred), axis=axis)
    invented = ops.sum((1.0 - y_true) * y_pred, axis=axis)
    return 1.0 - both / (both + alpha * missed + beta * invented + epsilon())


def circle(
    y_true: Tensor,
    y_pred: Tensor,
    ref_labels: Tensor = None,
    ref_embeddings: Tensor = None,
    remove_diagonal: bool = True,
    gamma: float = 80,
    margin: float = 0.4,
) -> Array:
    """Pulls unit embeddings of one class together, pushes the others apart.

    `(n,)`, `(n, d)` -> `(n,)`: `softplus(logsumexp(far) + logsumexp(near))` over the similarities s
    of each example with the references, by default the batch itself; with m the margin, near is
    `-gamma * (1 + m - s) * (s - 1 + m)` and far `gamma * (s + m) * (s - m)`. Sun et al. 2020,
    https://arxiv.org/abs/2002.10857.
    """
    y_pred = ops.convert_to_tensor(y_pred)
    labels = ops.reshape(ops.cast(y_true, "int32"), (-1,))
    others = labels if ref_labels is None else ops.reshape(ops.cast(ref_labels, "int32"), (-1,))
    references = y_pred if ref_embeddings is None else ops.convert_to_tensor(ref_embeddings)
    distance = ops.maximum(1.0 - ops.matmul(y_pred, ops.transpose(references)), 0.0)  # (n, m)
    same = ops.equal(ops.expand_dims(labels, 1), ops.expand_dims(others, 0))
    near = -gamma * (margin + distance) * (margin - distance)
    far = gamma * ops.maximum(1.0 + margin - distance, 0.0) * (1.0 - margin - distance)
    apart = ops.logsumexp(ops.where(same, float("-inf"), far), axis=1)
    if remove_diagonal:
        same = ops.logical_xor(same, ops.tril(ops.triu(same)))
    together = ops.logsumexp(ops.where(same, near, float("-inf")), axis=1)
    loss = ops.softplus(together + apart)
    set_mask(loss, loss > 0)
    return loss


def ctc(y_true: Tensor, y_pred: Tensor) -> Array:
    """Minus the log probability of label sequences, summed over all alignments with the input.

    Labels `(batch, length)`, padded with 0, which is also the blank, and logits `(batch, time, k)`
    -> `(batch,)`.

    ValueError for other ranks. Graves et al. 2006, "Connectionist temporal classification".
    """
    y_true, y_pred = ops.convert_to_tensor(y_true), ops.convert_to_tensor(y_pred)
    if y_true.ndim != 2 or y_pred.ndim != 3:
        raise ValueError(
            "ctc takes labels (batch, length) and logits (batch, time, classes); it got shapes "
            f"{tuple(y_true.shape)} and {tuple(y_pred.shape)}."
        )
    steps = ops.full((y_pred.shape[0],), y_pred.shape[1], dtype="int32")
    lengths = ops.sum(ops.cast(ops.not_equal(y_true, 0), "int32"), axis=-1)
    return ops.ctc_loss(ops.cast(y_true, "int32"), y_pred, lengths, steps, mask_index=0)
