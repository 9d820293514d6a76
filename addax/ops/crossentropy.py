"""Cross entropies, and the encodings of classes that they compare."""

from typing import Any

import jax.numpy as jnp
from jax import nn

from addax.core import settings
from addax.core.types import Array, DType, Tensor
from addax.ops.build import as_tensor, float_or, op, shape_text


@op
def one_hot(
    x: Tensor, num_classes: int, axis: int = -1, dtype: DType = None, sparse: bool = False
) -> Array:
    """1 at the index `x` of a new axis, else 0: (...) -> (..., num_classes), for axis -1.

    An index out of range gives zeros. Dense even if `sparse`.
    """
    return nn.one_hot(as_tensor(x), num_classes, axis=axis, dtype=float_or(dtype))


@op
def multi_hot(
    inputs: Tensor,
    num_classes: int | None = None,
    axis: int = -1,
    dtype: DType = None,
    sparse: bool = False,
    **kwargs: Any,
) -> Array:
    """1 for each class that occurs in a row: (batch, n) -> (batch, num_classes).

    ValueError without `num_classes`. Dense even if `sparse`.
    """
    num_classes = kwargs.pop("num_tokens", None) if num_classes is None else num_classes
    if num_classes is None:
        raise ValueError("multi_hot needs num_classes, the number of classes.")
    x = as_tensor(inputs, "int32")
    hot = nn.one_hot(x, num_classes, axis=axis, dtype=float_or(dtype))
    return jnp.max(hot, axis=1 if x.ndim > 1 else 0)


def _need_equal_shapes(name, target, output):
    if target.shape != output.shape:
        raise ValueError(
            f"{name} takes target and output of one shape; received {shape_text(target)} and "
            f"{shape_text(output)}."
        )


def _clip(p):
    return jnp.clip(p, settings.epsilon(), 1.0 - settings.epsilon())


def _log_probabilities(output, from_logits, axis):
    if from_logits:
        return nn.log_softmax(output, axis)
    return jnp.log(_clip(output / jnp.sum(output, axis, keepdims=True)))


def _need_axis(name, output):
    if output.ndim < 1:
        raise ValueError(f"{name} takes tensors of at least one axis; received a scalar.")


@op
def binary_crossentropy(target: Tensor, output: Tensor, from_logits: bool = False) -> Array:
    """`-t log(p) - (1 - t) log(1 - p)`: (...), (...) -> (...).

    p is `output` limited to [epsilon, 1 - epsilon], or its sigmoid if `from_logits`.
    ValueError for different shapes.
    """
    target, output = as_tensor(target), as_tensor(output)
    _need_equal_shapes("binary_crossentropy", target, output)
    if from_logits:
        log_p, log_q = nn.log_sigmoid(output), nn.log_sigmoid(-output)
    else:
        p = _clip(output)
        log_p, log_q = jnp.log(p), jnp.log(1.0 - p)
    return -(target * log_p + (1.0 - target) * log_q)


@op
def categorical_crossentropy(
    target: Tensor, output: Tensor, from_logits: bool = False, axis: int = -1
) -> Array:
    """`-sum(t log(p))` over `axis`: (..., classes), (..., classes) -> (...).

    p is `output` divided by its sum, or its softmax if `from_logits`. ValueError for different
    shapes.
    """
    target, output = as_tensor(target), as_tensor(output)
    _need_equal_shapes("categorical_crossentropy", target, output)
    _need_axis("categorical_crossentropy", output)
    return -jnp.sum(target * _log_probabilities(output, from_logits, axis), axis=axis)


@op
def sparse_categorical_crossentropy(
    target: Tensor, output: Tensor, from_logits: bool = False, axis: int = -1
) -> Array:
    """`categorical_crossentropy` of indices: (...) or (..., 1), (..., classes) -> (...).

    ValueError for other shapes.
    """
    target, output = as_tensor(target, "int32"), as_tensor(output)
    _need_axis("sparse_categorical_crossentropy", output)
    if target.ndim == output.ndim and target.shape[-1] == 1:
        target = jnp.squeeze(target, axis=-1)
    if target.shape != output.shape[:-1]:
        raise ValueError(
            "sparse_categorical_crossentropy takes one class index for each row of output; "
            f"received target {shape_text(target)} and output {shape_text(output)}."
        )
    log_p = _log_probabilities(output, from_logits, axis)
    return -jnp.sum(nn.one_hot(target, output.shape[axis], axis=axis) * log_p, axis=axis)
