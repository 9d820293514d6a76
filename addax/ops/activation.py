"""Activation functions."""

import warnings
from collections.abc import Sequence

import jax
import jax.numpy as jnp
from jax import nn

from addax.core.types import Array, Tensor
from addax.ops.build import as_axis, as_tensor, op, unary

hard_sigmoid = unary(nn.hard_sigmoid, "`min(max(x / 6 + 1 / 2, 0), 1)`, elementwise.", as_tensor)
hard_silu = hard_swish = unary(
    nn.hard_silu, "`x * hard_sigmoid(x)`, elementwise (Howard 2019).", as_tensor
)
hard_tanh = unary(nn.hard_tanh, "`min(max(x, -1), 1)`, elementwise.", as_tensor)
log_sigmoid = unary(
    nn.log_sigmoid,
    "`-log(1 + exp(-x))`, the logarithm of `sigmoid`, without overflow, elementwise.",
    as_tensor,
)
# Outside compiled programs these two take 100 microseconds unless compiled on their own.
relu = unary(jax.jit(nn.relu), "`max(x, 0)`, elementwise; its gradient at 0 is 0.", as_tensor)
relu6 = unary(jax.jit(nn.relu6), "`min(max(x, 0), 6)`, elementwise.", as_tensor)
selu = unary(nn.selu, "`1.0507 * elu(x, 1.6733)`, elementwise (Klambauer 2017).", as_tensor)
sigmoid = unary(nn.sigmoid, "`1 / (1 + exp(-x))`, elementwise.", as_tensor)
silu = swish = unary(nn.silu, "`x * sigmoid(x)`, elementwise (Elfwing 2017).", as_tensor)
softplus = unary(nn.softplus, "`log(1 + exp(x))` without overflow, elementwise.", as_tensor)
softsign = unary(nn.soft_sign, "`x / (1 + |x|)`, elementwise.", as_tensor, name="softsign")
sparse_plus = unary(
    nn.sparse_plus,
    "0 for x <= -1, `(x + 1)**2 / 4` for -1 < x < 1, x for x >= 1, elementwise.",
    as_tensor,
)
sparse_sigmoid = unary(
    nn.sparse_sigmoid,
    "`min(max((x + 1) / 2, 0), 1)`, the derivative of `sparse_plus`, elementwise.",
    as_tensor,
)


@op
def leaky_relu(x: Tensor, negative_slope: float = 0.2) -> Array:
    """`x` where positive, else `negative_slope * x`, elementwise (Maas 2013)."""
    return nn.leaky_relu(as_tensor(x), negative_slope)


@op
def elu(x: Tensor, alpha: float = 1.0) -> Array:
    """`x` where positive, else `alpha * (exp(x) - 1)`, elementwise (Clevert 2015)."""
    return nn.elu(as_tensor(x), alpha)


@op
def celu(x: Tensor, alpha: float = 1.0) -> Array:
    """`x` where positive, else `alpha * (exp(x / alpha) - 1)`, elementwise (Barron 2017)."""
    return nn.celu(as_tensor(x), alpha)


_gelu = jax.jit(nn.gelu, static_argnums=1)


@op
def gelu(x: Tensor, approximate: bool = True) -> Array:
    """`x * P(Z <= x)`, Z of the standard normal distribution, elementwise (Hendrycks 2016).

    `approximate`: `x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2` instead.
    """
    return _gelu(as_tensor(x), approximate)


@op
def glu(x: Tensor, axis: int = -1) -> Array:
    """`a * sigmoid(b)`, the halves of `x` along `axis`: (..., 2n) -> (..., n) (Dauphin 2016)."""
    return nn.glu(as_tensor(x), axis)


@op
def squareplus(x: Tensor, b: float = 4) -> Array:
    """`(x + sqrt(x**2 + b)) / 2`, elementwise (Barron 2021)."""
    return nn.squareplus(as_tensor(x), b)


@op
def tanh_shrink(x: Tensor) -> Array:
    """`x - tanh(x)`, elementwise."""
    x = as_tensor(x)
    return x - jnp.tanh(x)


@op
def soft_shrink(x: Tensor, threshold: float = 0.5) -> Array:
    """`x` moved towards 0 by `threshold`, and 0 within it, elementwise."""
    x = as_tensor(x)
    inner = jnp.where(x < -threshold, x + threshold, 0.0)
    return jnp.where(x > threshold, x - threshold, inner)


@op
def hard_shrink(x: Tensor, threshold: float = 0.5) -> Array:
    """`x`, and 0 where `|x| <= threshold`, elementwise."""
    x = as_tensor(x)
    return jnp.where(jnp.abs(x) > threshold, x, 0.0)


@op
def threshold(x: Tensor, threshold: float, default_value: float) -> Array:
    """`x` where greater than `threshold`, else `default_value`, elementwise."""
    x = as_tensor(x)
    return jnp.where(x > threshold, x, default_value)


@op
def softmax(x: Tensor, axis: int | Sequence[int] = -1) -> Array:
    """`exp(x) / sum(exp(x))`, the sum over `axis`, one or several: (...) -> (...)."""
    x = as_tensor(x)
    if isinstance(axis, int) and -x.ndim <= axis < x.ndim and x.shape[axis] == 1:
        warnings.warn(
            f"softmax over axis {axis} of shape {x.shape} gives only ones, because the axis has "
            "size 1. Is sigmoid meant?",
            stacklevel=3,
        )
    return nn.softmax(x, as_axis(axis))


@op
def log_softmax(x: Tensor, axis: int | Sequence[int] = -1) -> Array:
    """`x - log(sum(exp(x)))`, the logarithm of `softmax`, without overflow: (...) -> (...)."""
    return nn.log_softmax(as_tensor(x), as_axis(axis))


@op
def sparsemax(x: Tensor, axis: int = -1) -> Array:
    """The point nearest to `x` whose elements along `axis` are >= 0 and sum to 1 (Martins 2016)."""
    x = jnp.moveaxis(as_tensor(x), axis, -1)
    falling = -jnp.sort(-1.0 * x, axis=-1)
    total = jnp.cumsum(falling, axis=-1)
    rank = jnp.arange(1, x.shape[-1] + 1)
    support = falling - (total - 1) / rank > 0
    size = jnp.sum(support, axis=-1, keepdims=True)
    inside = jnp.where(support, total, 0.0)
    tau = (jnp.sum(inside, axis=-1, keepdims=True) - 1) / size
    return jnp.moveaxis(jnp.maximum(x - tau, 0.0), -1, axis)
