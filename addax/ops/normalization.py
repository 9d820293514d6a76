"""Normalization by moments and norms."""

import warnings
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from addax.core import settings
from addax.core.symbol import KerasTensor, is_symbolic
from addax.core.types import Array, Axis, Tensor
from addax.ops.build import as_axis, as_tensor, op, op_or, shape_text
from addax.ops.cpu.sums import broadcast_rows, column_moments


@op
def moments(
    x: Tensor, axes: Axis, keepdims: bool = False, synchronized: bool = False
) -> tuple[Array, Array]:
    """Mean and variance over `axes` (all, if None); in float32 if `x` is float16 or bfloat16.

    `keepdims`: the axes stay, of size 1. `synchronized`: over all replicas too, which a sharded
    program does by itself.
    """
    x = as_tensor(x)
    axes = range(x.ndim) if axes is None else (axes,) if isinstance(axes, int) else axes
    axes = tuple(axes)
    small = x.dtype.name in ("float16", "bfloat16")
    wide = x.astype("float32") if small else x
    if not keepdims and sorted(a % x.ndim for a in axes) == list(range(x.ndim - 1)):
        mean, variance = column_moments(wide)
    else:
        mean = jnp.mean(wide, axes, keepdims=keepdims)
        variance = jnp.var(wide, axes, keepdims=keepdims)
    if not small:
        return mean, variance
    limits = jnp.finfo(jnp.float16)
    mean, variance = (jnp.clip(r, limits.min, limits.max) for r in (mean, variance))
    return mean.astype(x.dtype), variance.astype(x.dtype)


@op
def batch_normalization(
    x: Tensor,
    mean: Tensor,
    variance: Tensor,
    axis: int,
    offset: Tensor = None,
    scale: Tensor = None,
    epsilon: float = 1e-3,
) -> Array:
    """`(x - mean) / sqrt(variance + epsilon) * scale + offset`, each (c,) along `axis`.

    Ioffe & Szegedy 2015. ValueError for vectors of another size.
    """
    x = as_tensor(x)
    shape = [1] * x.ndim
    shape[axis] = -1
    last = axis % x.ndim == x.ndim - 1

    def along(v):
        v = as_tensor(v)
        if v.shape != (x.shape[axis],):
            raise ValueError(
                f"batch_normalization takes vectors of {x.shape[axis]} elements, the size of axis "
                f"{axis} of {shape_text(x)}; received {shape_text(v)}."
            )
        return v if last else v.reshape(shape)

    vectors = [v if v is None else along(v) for v in (mean, variance, offset, scale)]
    return _normalized(x, *vectors, epsilon)


@jax.jit
def _normalized(x, mean, variance, offset, scale, epsilon):
    factor = lax.rsqrt(variance + epsilon)
    if scale is not None:
        factor = factor * scale
    shift = -mean * factor
    if offset is not None:
        shift = shift + offset
    if factor.ndim > 1:
        return x * factor + shift
    return x * broadcast_rows(factor, x.shape) + broadcast_rows(shift, x.shape)


def _start(x, epsilon):
    """What normalization in float32 begins with: array, its dtype, epsilon."""
    x = as_tensor(x)
    epsilon = settings.epsilon() if epsilon is None else epsilon
    return x.astype(jnp.promote_types(x.dtype, "float32")), x.dtype, epsilon


@op
def rms_normalization(
    x: Tensor, scale: Tensor = None, axis: Axis = -1, epsilon: float | None = None
) -> Array:
    """`x / sqrt(mean(x**2) + epsilon) * scale` over `axis` (Zhang & Sennrich 2019)."""
    x, dtype, epsilon = _start(x, epsilon)
    x = x if x.ndim else x[None]
    mean = jnp.mean(jnp.square(x), axis=as_axis(axis), keepdims=True)
    y = x * lax.rsqrt(mean + epsilon)
    return (y if scale is None else y * as_tensor(scale, x.dtype)).astype(dtype)


def _layer_spec(x, gamma=None, beta=None, axis=-1, epsilon=None, **_):
    """As `x`, whose `gamma` and `beta` are as open as itself."""
    symbolic = all(p is None or is_symbolic(p) for p in (gamma, beta)) and is_symbolic(x)
    return KerasTensor(x.shape, x.dtype) if symbolic else None


@op_or(_layer_spec)
def layer_normalization(
    x: Tensor,
    gamma: Tensor = None,
    beta: Tensor = None,
    axis: int | Sequence[int] = -1,
    epsilon: float | None = None,
    **kwargs: Any,
) -> Array:
    """`(x - mean(x)) / sqrt(var(x) + epsilon) * gamma + beta` over `axis` (Ba 2016).

    `gamma`, `beta`: of the sizes of `axis`. `epsilon`: by default that of the configuration.
    """
    x, dtype, epsilon = _start(x, epsilon)
    axes = sorted(range(x.ndim)[a] for a in ([axis] if isinstance(axis, int) else axis))
    shape = [n if i in axes else 1 for i, n in enumerate(x.shape)]

    def along(v):
        v = as_tensor(v, x.dtype)
        if v.shape == x.shape[-1:] and axes == [x.ndim - 1]:
            return broadcast_rows(v, x.shape)
        return v if v.ndim == x.ndim else v.reshape(shape)

    variance = jnp.var(x, tuple(axes), keepdims=True)
    factor = lax.rsqrt(variance + epsilon)
    if kwargs.pop("rms_scaling", False):
        warnings.warn(
            "rms_scaling=True divides by the standard deviation, not by the root mean square; "
            "use ops.rms_normalization.",
            stacklevel=3,
        )
        y = x * factor
        return (y if gamma is None else y * along(gamma)).astype(dtype)
    if gamma is not None:
        factor = factor * along(gamma)
    shift = -jnp.mean(x, tuple(axes), keepdims=True) * factor
    return (x * factor + (shift if beta is None else shift + along(beta))).astype(dtype)


@op
def normalize(x: Tensor, axis: Axis = -1, order: int = 2, epsilon: float | None = None) -> Array:
    """`x / max(norm, epsilon)`, the norm `sum(|x|**order)**(1 / order)` over `axis`.

    ValueError for an order that is no integer >= 1.
    """
    if not isinstance(order, int) or order < 1:
        raise ValueError(f"normalize takes an int >= 1 as order; received {order!r}.")
    x = jnp.atleast_1d(as_tensor(x))
    axis = as_axis(axis)
    epsilon = settings.epsilon() if epsilon is None else epsilon
    if order == 2:
        inverse = lax.rsqrt(jnp.sum(jnp.square(x), axis=axis, keepdims=True))
        return x * jnp.minimum(inverse, 1.0 / epsilon)
    norm = jnp.linalg.norm(x, ord=order, axis=axis, keepdims=True)
    return x / jnp.maximum(norm, epsilon)
