"""Depthwise convolution on CPUs: each channel by itself, as shifted multiply-adds."""

import functools
import math

import jax.numpy as jnp
from jax import lax

from addax.core.types import Array
from addax.ops.cpu.bilinear import bilinear
from addax.ops.cpu.convolution import Case, narrowed, native_conv, output_shape, widened
from addax.ops.cpu.strategy import Primitive, Strategy
from addax.ops.cpu.sums import broadcast_rows, column_sum
from addax.ops.cpu.windows import Pads, Sizes, shifts


def _shifted_depthwise(x, kernel, strides, pads, dilation):
    """One channel at a time of the multiplier, so that all arrays keep the rank of x."""
    window, (channels, multiplier) = kernel.shape[:-2], kernel.shape[-2:]
    flat = kernel.reshape(-1, channels, multiplier)
    met = shifts(x, window, strides, dilation, pads)
    parts = [_weighted_sum(met, flat[..., m]) for m in range(multiplier)]
    if multiplier == 1:
        return parts[0]
    return jnp.stack(parts, -1).reshape(*parts[0].shape[:-1], channels * multiplier)


def _depthwise_by_input(dy, kernel, shape, strides, pads, dilation):
    window, turned = kernel.shape[:-2], jnp.flip(kernel, range(kernel.ndim - 2))
    ones, none = (1,) * len(window), ((0, 0),) * len(window)
    parts = []
    for m, part in enumerate(_by_multiplier(dy, kernel.shape)):
        stored = _stored(part, shape, window, strides, pads, dilation)
        parts.append(cpu_depthwise(stored, turned[..., m : m + 1], ones, none, dilation))
    return functools.reduce(jnp.add, parts)


def _depthwise_by_kernel(dy, x, shape, strides, pads, dilation):
    window, parts = shape[:-2], []
    met = shifts(x, window, strides, dilation, pads)
    for part in _by_multiplier(dy, shape):
        stored = _stored(part, x.shape, window, strides, pads, dilation)
        part = narrowed(stored, part.shape, window, strides, pads, dilation)
        products = jnp.stack([(s * part).sum(0) for s in met], -2)
        total = column_sum(products.reshape(*products.shape[:-2], -1))
        parts.append(total.reshape(shape[:-1]))
    return jnp.stack(parts, -1)


def _stored(dy, *how):
    """`widened` as both gradients read it; else XLA would make dy anew for each offset."""
    return lax.optimization_barrier(widened(dy, *how))


def _by_multiplier(dy, kernel):
    """The gradients of the outputs that each channel gives, first those of its first output."""
    dy = dy.reshape(*dy.shape[:-1], *kernel[-2:])
    return [dy[..., m] for m in range(kernel[-1])]


def _depthwise_shape(x, kernel, *how):
    return *output_shape(x, kernel, *how)[:-1], math.prod(kernel.shape[-2:])


cpu_depthwise, _, _ = bilinear(
    "depthwise", _shifted_depthwise, _depthwise_by_input, _depthwise_by_kernel, _depthwise_shape
)


def _weighted_sum(arrays: list, weights):
    """The sum of arrays (..., c), each times its row of weights (c,)."""
    pairs = zip(arrays, weights, strict=True)
    return functools.reduce(jnp.add, [a * broadcast_rows(w, a.shape) for a, w in pairs])


def _native(case, x, kernel):
    channels, multiplier = kernel.shape[-2:]
    kernel = kernel.reshape(*case.window, 1, channels * multiplier)
    return native_conv(x, kernel, *case.how, groups=channels)


DEPTHWISE = Primitive(
    "depthwise convolution",
    _native,
    (
        Strategy(
            "shifted multiply-adds",
            lambda case: case.few_offsets,
            lambda case, x, kernel: cpu_depthwise(x, kernel, *case.how),
            "elementwise over shifted slices: XLA's grouped kernel takes 25 times as long",
        ),
    ),
)


def depthwise(x: Array, kernel: Array, strides: Sizes, pads: Pads, dilation: Sizes):
    """Each channel by itself: (n, *space, c), (*window, c, m) -> (n, *space', c * m)."""
    return DEPTHWISE(Case(x.shape, kernel.shape, strides, pads, dilation, x.dtype), x, kernel)
