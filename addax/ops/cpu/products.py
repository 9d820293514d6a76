"""Matrix products on CPUs, and biases, as layers and `ops.matmul` make them."""

import math
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jax.core import Tracer

from addax.core.types import Array
from addax.ops.cpu import thresholds
from addax.ops.cpu.strategy import Primitive, Strategy
from addax.ops.cpu.sums import broadcast_rows


def _copy_pays(shape) -> bool:
    rows, width = shape
    least, most = thresholds.COPIED_WIDTHS
    small = rows <= thresholds.COPIED_ROWS and rows * width >= thresholds.LEAST_COPIED
    return least <= width <= most and small


# x.T for a product over the rows of x; a case is the shape (rows, width).
TRANSPOSED = Primitive(
    "gradient of a product by the kernel",
    lambda shape, x: x.T,
    (
        Strategy(
            "transposed copy",
            _copy_pays,
            lambda shape, x: lax.optimization_barrier(x.T),
            "XLA's product that reads its first matrix by columns takes up to twice as long",
        ),
    ),
)


def product(x: Array, kernel: Array):
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
    """What counts is the transpose of `along`, `x.T @ dy`."""
    (x, kernel), (dx, dkernel) = primals, tangents
    across = TRANSPOSED(x.shape, x)
    along = lax.dot_general(across, dkernel, (((0,), (0,)), ((), ())))
    return x @ kernel, dx @ kernel + along


def contracts(x: Any, kernel: Any, axes: int) -> bool:
    """Whether the sum over `axes` is one that `contract` makes faster inside a program."""
    if not (isinstance(x, Tracer) or isinstance(kernel, Tracer)) or not axes:
        return False
    rank, inner = getattr(x, "ndim", 0), getattr(kernel, "ndim", 0)
    if inner <= axes or rank <= axes:
        return False
    floating = all(jnp.issubdtype(a.dtype, jnp.floating) for a in (x, kernel))
    return floating and x.shape[rank - axes :] == kernel.shape[:axes]


def contract(x: Array, kernel: Array, axes: int = 1) -> Any:
    """The last `axes` of x (..., *d) with the first of the kernel (*d, *u), as a matrix product.

    From the gradient of a product of more axes XLA makes one with a transposed copy of x.
    """
    if x.ndim == kernel.ndim == 2 and axes == 1:
        return product(x, kernel)
    kept, width = x.shape[: x.ndim - axes], math.prod(kernel.shape[:axes])
    if x.shape[x.ndim - axes :] != kernel.shape[:axes] or 0 in x.shape + kernel.shape:
        return jnp.tensordot(x, kernel, axes)
    y = product(x.reshape(-1, width), kernel.reshape(width, -1))
    return y.reshape(*kept, *kernel.shape[axes:])


def is_bias(x: Any, bias: Any) -> bool:
    """Whether `bias` lies along the last axes of x, inside a program."""
    if not isinstance(bias, Tracer) or not isinstance(x, Tracer):
        return False
    return 0 < bias.ndim < x.ndim and bias.shape == x.shape[x.ndim - bias.ndim :]


def add_bias(x: Array, bias: Array) -> Any:
    """`x + bias`, the bias along the last axes of x: (..., *d) and (*d)."""
    flat = x.reshape(*x.shape[: x.ndim - bias.ndim], bias.size)
    return (flat + broadcast_rows(bias.reshape(-1), flat.shape)).reshape(x.shape)
