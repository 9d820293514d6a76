"""Activation functions."""

import warnings

import jax
import jax.numpy as jnp
from jax import nn

from addax.ops.build import as_axis, as_tensor, op, unary

hard_sigmoid = unary(nn.hard_sigmoid, as_tensor)
hard_silu = hard_swish = unary(nn.hard_silu, as_tensor)
hard_tanh = unary(nn.hard_tanh, as_tensor)
log_sigmoid = unary(nn.log_sigmoid, as_tensor)
# Outside compiled programs these two take 100 microseconds unless compiled on their own.
relu = unary(jax.jit(nn.relu), as_tensor)
relu6 = unary(jax.jit(nn.relu6), as_tensor)
selu = unary(nn.selu, as_tensor)
sigmoid = unary(nn.sigmoid, as_tensor)
silu = swish = unary(nn.silu, as_tensor)
softplus = unary(nn.softplus, as_tensor)
softsign = unary(nn.soft_sign, as_tensor, name="softsign")
sparse_plus = unary(nn.sparse_plus, as_tensor)
sparse_sigmoid = unary(nn.sparse_sigmoid, as_tensor)


@op
def leaky_relu(x, negative_slope=0.2):
    """`x` where positive, else `negative_slope * x`."""
    return nn.leaky_relu(as_tensor(x), negative_slope)


@op
def elu(x, alpha=1.0):
    """`x` where positive, else `alpha * (exp(x) - 1)` (Clevert 2015)."""
    return nn.elu(as_tensor(x), alpha)


@op
def celu(x, alpha=1.0):
    """`x` where positive, else `alpha * (exp(x / alpha) - 1)` (Barron 2017)."""
    return nn.celu(as_tensor(x), alpha)


_gelu = jax.jit(nn.gelu, static_argnums=1)


@op
def gelu(x, approximate=True):
    """`x` times the normal distribution function of `x`, by tanh if `approximate`."""
    return _gelu(as_tensor(x), approximate)


@op
def glu(x, axis=-1):
    """One half of `x` along `axis` times the sigmoid of the other."""
    return nn.glu(as_tensor(x), axis)


@op
def squareplus(x, b=4):
    """`(x + sqrt(x**2 + b)) / 2`."""
    return nn.squareplus(as_tensor(x), b)


@op
def tanh_shrink(x):
    """`x - tanh(x)`."""
    x = as_tensor(x)
    return x - jnp.tanh(x)


@op
def soft_shrink(x, threshold=0.5):
    """`x` moved towards 0 by `threshold`, and 0 within it."""
    x = as_tensor(x)
    inner = jnp.where(x < -threshold, x + threshold, 0.0)
    return jnp.where(x > threshold, x - threshold, inner)


@op
def hard_shrink(x, threshold=0.5):
    """`x`, and 0 where `|x| <= threshold`."""
    x = as_tensor(x)
    return jnp.where(jnp.abs(x) > threshold, x, 0.0)


@op
def threshold(x, threshold, default_value):
    """`x` where greater than `threshold`, else `default_value`."""
    x = as_tensor(x)
    return jnp.where(x > threshold, x, default_value)


@op
def softmax(x, axis=-1):
    """`exp(x) / sum(exp(x))` over `axis`, an int or several."""
    x = as_tensor(x)
    if isinstance(axis, int) and -x.ndim <= axis < x.ndim and x.shape[axis] == 1:
        warnings.warn(
            f"softmax over axis {axis} of shape {x.shape} gives only ones, because the axis has "
            "size 1. Is sigmoid meant?",
            stacklevel=3,
        )
    return nn.softmax(x, as_axis(axis))


@op
def log_softmax(x, axis=-1):
    """Logarithm of `softmax`, without underflow."""
    return nn.log_softmax(as_tensor(x), as_axis(axis))


@op
def sparsemax(x, axis=-1):
    """The point of the simplex nearest to `x` (Martins & Astudillo 2016)."""
    x = jnp.moveaxis(as_tensor(x), axis, -1)
    falling = -jnp.sort(-1.0 * x, axis=-1)
    total = jnp.cumsum(falling, axis=-1)
    rank = jnp.arange(1, x.shape[-1] + 1)
    support = falling - (total - 1) / rank > 0
    size = jnp.sum(support, axis=-1, keepdims=True)
    inside = jnp.where(support, total, 0.0)
    tau = (jnp.sum(inside, axis=-1, keepdims=True) - 1) / size
    return jnp.moveaxis(jnp.maximum(x - tau, 0.0), -1, axis)
