"""Sums over all axes but the last, and vectors along it, which are each other's gradients.

XLA's sums of this kind are slow on the processor: as products with ones they take a quarter of the
time, and what differentiates one gives the other. Matrices and other platforms keep XLA's own.
"""

import math

import jax.numpy as jnp
from jax import lax

from addax.ops.build import as_tensor, op


def column_sum(x):
    """(..., c) -> (c,), the sum over all axes but the last."""

    def cpu(x):
        ones = jnp.ones((1, math.prod(x.shape[:-1])), x.dtype)
        return (ones @ x.reshape(-1, x.shape[-1]))[0]

    def native(x):
        return x.sum(tuple(range(x.ndim - 1)))

    if x.ndim < 3 or 0 in x.shape:
        return native(x)
    return lax.platform_dependent(x, cpu=cpu, default=native)


def spread(v, shape):
    """The vector (c,) as an array of `shape` (..., c)."""

    def cpu(v):
        ones = jnp.ones((math.prod(shape[:-1]), 1), v.dtype)
        return (ones @ v[None]).reshape(shape)

    def native(v):
        return jnp.broadcast_to(v, shape)

    if len(shape) < 3 or 0 in shape:
        return native(v)
    return lax.platform_dependent(v, cpu=cpu, default=native)


@op
def add_bias(x, bias):
    """`x + bias`: (..., c) and (c,)."""
    x, bias = as_tensor(x), as_tensor(bias)
    return x + spread(bias, x.shape)


def column_moments(x):
    """The mean and the variance over all axes but the last: (..., c) -> (c,), (c,)."""
    count = math.prod(x.shape[:-1])
    mean = column_sum(x) / count
    # The variance does not change with the mean: its derivative by it, a sum of deviations, is 0.
    deviation = x - lax.stop_gradient(spread(mean, x.shape))
    return mean, column_sum(deviation * deviation) / count
