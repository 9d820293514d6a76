"""Sums over all axes but the last, and vectors along it, on CPUs.

XLA's sums of this kind are slow there: as products with ones they take a quarter of the time, and
what differentiates one gives the other. A case is a shape.
"""

import math

import jax.numpy as jnp
from jax import lax

from addax.core.types import Array
from addax.ops.cpu.platform import on_cpu
from addax.ops.cpu.strategy import Primitive, Strategy
from addax.ops.cpu.windows import Sizes


def _is_stack(shape) -> bool:
    return len(shape) > 2 and 0 not in shape


def _ones_times_rows(shape, x):
    ones = jnp.ones((1, math.prod(shape[:-1])), x.dtype)
    return (ones @ x.reshape(-1, shape[-1]))[0]


def _ones_times_vector(shape, v):
    ones = jnp.ones((math.prod(shape[:-1]), 1), v.dtype)
    return (ones @ v[None]).reshape(shape)


WHY = "a product with ones takes a quarter of the time of XLA's sum, and so does its transpose"
COLUMN_SUM = Primitive(
    "sum of columns",
    lambda shape, x: x.sum(tuple(range(len(shape) - 1))),
    (Strategy("product with ones", _is_stack, _ones_times_rows, WHY),),
)
BROADCAST = Primitive(
    "vector along rows",
    lambda shape, v: jnp.broadcast_to(v, shape),
    (Strategy("product with ones", _is_stack, _ones_times_vector, WHY),),
)


def column_sum(x: Array):
    """(..., c) -> (c,), the sum over all axes but the last."""
    return COLUMN_SUM(x.shape, x)


def broadcast_rows(v: Array, shape: Sizes):
    """The vector (c,) as an array of `shape` (..., c), whose gradient is a `column_sum`."""
    return BROADCAST(tuple(shape), v)


def column_dot(x: Array, y: Array):
    """(..., c), (..., c) -> (c,), the sum of x * y over all axes but the last.

    Of images, the sum over the batch is made together with the product, which is never stored.
    """
    if x.ndim > 3 and on_cpu():
        return column_sum((x * y).sum(0))
    return column_sum(x * y)


def column_moments(x: Array):
    """The mean and the variance over all axes but the last: (..., c) -> (c,), (c,)."""
    count = math.prod(x.shape[:-1])
    mean = column_sum(x) / count
    # The variance does not change with the mean: its derivative by it, a sum of deviations, is 0.
    deviation = x - lax.stop_gradient(broadcast_rows(mean, x.shape))
    return mean, column_dot(deviation, deviation) / count
