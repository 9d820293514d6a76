"""Products over the last axis, sums over all others, and vectors along it, with their gradients.

XLA's sums of this kind are slow on the processor: as products with ones they take a quarter of the
time, and what differentiates one gives the other. Matrices and other platforms keep XLA's own.
"""

import math

import jax
import jax.numpy as jnp
from jax import lax

from addax.ops.build import as_tensor, op
from addax.ops.platform import by_platform, on_processor


def column_sum(x):
    """(..., c) -> (c,), the sum over all axes but the last."""

    def cpu(x):
        ones = jnp.ones((1, math.prod(x.shape[:-1])), x.dtype)
        return (ones @ x.reshape(-1, x.shape[-1]))[0]

    def native(x):
        return x.sum(tuple(range(x.ndim - 1)))

    if x.ndim < 3 or 0 in x.shape:
        return native(x)
    return by_platform(x, cpu=cpu, default=native)


def column_dot(x, y):
    """(..., c), (..., c) -> (c,), the sum of x * y over all axes but the last.

    Of images, the sum over the batch is made together with the product, which is never stored.
    """
    if x.ndim > 3 and on_processor():
        return column_sum((x * y).sum(0))
    return column_sum(x * y)


def spread(v, shape):
    """The vector (c,) as an array of `shape` (..., c)."""

    def cpu(v):
        ones = jnp.ones((math.prod(shape[:-1]), 1), v.dtype)
        return (ones @ v[None]).reshape(shape)

    def native(v):
        return jnp.broadcast_to(v, shape)

    if len(shape) < 3 or 0 in shape:
        return native(v)
    return by_platform(v, cpu=cpu, default=native)


def transposed(x):
    """`x.T`, for a product over the rows of x (n, i).

    XLA's product that reads its first matrix by columns takes up to twice as long on the processor
    as one of a transposed copy, unless copying is what takes long.
    """
    rows, width = x.shape
    if not (128 <= width <= 2048 and rows <= 1024 and x.size >= 1 << 14):
        return x.T
    return by_platform(x, cpu=lambda x: lax.optimization_barrier(x.T), default=lambda x: x.T)


def product(x, kernel):
    """`x @ kernel` of two matrices, with a faster gradient by the kernel."""
    dtype = jnp.result_type(x, kernel)
    if not jnp.issubdtype(dtype, jnp.floating):
        return x @ kernel
    return _product(x.astype(dtype), kernel.astype(dtype))  # integers have no tangents


@jax.custom_jvp
def _product(x, kernel):
    return x @ kernel


@_product.defjvp
def _product_tangent(primals, tangents):
    """What counts is the transpose of `along`, `transposed(x) @ dy`."""
    (x, kernel), (dx, dkernel) = primals, tangents
    along = lax.dot_general(transposed(x), dkernel, (((0,), (0,)), ((), ())))
    return x @ kernel, dx @ kernel + along


@op
def project(x, kernel, axes=1):
    """The last `axes` of x (..., *d) with the first of the kernel (*d, *u), as a matrix product.

    From the gradient of a product of more axes XLA makes one with a transposed copy of x.
    """
    x, kernel = as_tensor(x), as_tensor(kernel)
    if x.ndim == kernel.ndim == 2 and axes == 1:
        return product(x, kernel)
    kept, width = x.shape[: x.ndim - axes], math.prod(kernel.shape[:axes])
    if x.shape[x.ndim - axes :] != kernel.shape[:axes] or 0 in x.shape + kernel.shape:
        return jnp.tensordot(x, kernel, axes)
    y = product(x.reshape(-1, width), kernel.reshape(width, -1))
    return y.reshape(*kept, *kernel.shape[axes:])


@op
def add_bias(x, bias):
    """`x + bias`, the bias along the last axes of x: (..., *d) and (*d)."""
    x, bias = as_tensor(x), as_tensor(bias)
    if bias.shape != x.shape[x.ndim - bias.ndim :]:
        return x + bias
    flat = x.reshape(*x.shape[: x.ndim - bias.ndim], bias.size)
    return (flat + spread(bias.reshape(-1), flat.shape)).reshape(x.shape)


def column_moments(x):
    """The mean and the variance over all axes but the last: (..., c) -> (c,), (c,)."""
    count = math.prod(x.shape[:-1])
    mean = column_sum(x) / count
    # The variance does not change with the mean: its derivative by it, a sum of deviations, is 0.
    deviation = x - lax.stop_gradient(spread(mean, x.shape))
    return mean, column_dot(deviation, deviation) / count
