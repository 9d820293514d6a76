"""Penalties on weights, added to the loss: callables `tensor -> scalar`."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from addax import ops
from addax.core import configs
from addax.core.fields import Declared, fields
from addax.core.names import CustomObjectScope, publish, resolves


class Regularizer(Declared):
    """Base class. Override `__call__(x)`, which gives the penalty of the weight `x`."""

    def __call__(self, x) -> Any:
        return 0.0


def _factor(value: Any, name: str, default: float = 0.0) -> float:
    value = default if value is None else value
    if not isinstance(value, (int, float)) or not math.isfinite(value) or value < 0:
        raise ValueError(f"{name} is a finite number >= 0; received {value!r}.")
    return float(value)


def _stored(value: float) -> float:
    return float(np.float32(value))  # Keras keeps these two as float32, and configurations show it


@fields
class L1(Regularizer):
    """l1 Σ|x|."""

    l1: float = 0.01

    def setup(self):
        self.l1 = _stored(_factor(self.l1, "l1", 0.01))

    def __call__(self, x):
        return self.l1 * ops.sum(ops.absolute(x))


@fields
class L2(Regularizer):
    """l2 Σx²."""

    l2: float = 0.01

    def setup(self):
        self.l2 = _factor(self.l2, "l2", 0.01)

    def __call__(self, x):
        return self.l2 * ops.sum(ops.square(x))


@fields
class L1L2(Regularizer):
    """l1 Σ|x| + l2 Σx²."""

    l1: float = 0.0
    l2: float = 0.0

    def setup(self):
        self.l1, self.l2 = _factor(self.l1, "l1"), _factor(self.l2, "l2")

    def __call__(self, x):
        penalty = ops.zeros((), x.dtype)
        if self.l1:
            penalty += self.l1 * ops.sum(ops.absolute(x))
        if self.l2:
            penalty += self.l2 * ops.sum(ops.square(x))
        return penalty


@fields
class OrthogonalRegularizer(Regularizer):
    """`factor` times the mean |cosine| between different rows (or columns) of a matrix.

    ValueError for a tensor of another rank.
    """

    factor: float = 0.01
    mode: str = "rows"

    def setup(self):
        self.factor = _stored(_factor(self.factor, "factor"))
        if self.mode not in ("rows", "columns"):
            raise ValueError(f"mode is 'rows' or 'columns'; received {self.mode!r}.")

    def __call__(self, x):
        if len(x.shape) != 2:
            raise ValueError(f"OrthogonalRegularizer takes matrices; received shape {x.shape}.")
        x = x if self.mode == "rows" else ops.transpose(x)
        norm = ops.sqrt(ops.sum(ops.square(x), axis=1, keepdims=True))
        x = x / ops.where(norm == 0, ops.ones_like(norm), norm)
        count = x.shape[0]
        cosines = ops.matmul(x, ops.transpose(x)) * (1 - ops.eye(count, dtype=x.dtype))
        pairs = count * (count - 1) / 2
        return self.factor * 0.5 * ops.sum(ops.absolute(cosines)) / pairs


l1, l2, l1_l2, orthogonal_regularizer = L1, L2, L1L2, OrthogonalRegularizer

publish("keras.regularizers", [Regularizer, L1, L2, L1L2, OrthogonalRegularizer])
publish(
    "keras.regularizers",
    {"l1": L1, "l2": L2, "l1_l2": L1L2, "l1l2": L1L2}
    | {"orthogonal_regularizer": OrthogonalRegularizer},
)
get: Callable[[Any], Any] = configs.getter("regularizer", "keras.regularizers")
get = resolves("regularizer")(get)


def serialize(regularizer: Any) -> Any:
    """The regularizer as plain data."""
    return configs.serialize(regularizer)


def deserialize(config: Any, custom_objects: dict | None = None) -> Any:
    """The regularizer that `serialize` (or Keras) wrote."""
    with CustomObjectScope(custom_objects):
        return get(config)
