"""Convolution and pooling in one, two and three dimensions."""

import itertools
import math
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.core import symbol
from addax.core.checks import one_of, per_axis
from addax.core.settings import standardize_data_format
from addax.core.symbol import KerasTensor
from addax.core.types import Array, DataFormat, Padding, Sizes, Tensor
from addax.ops.arrays import rearrange
from addax.ops.build import as_tensor, op, shape_text
from addax.ops.cpu import convolution, pooling
from addax.ops.cpu.depthwise import depthwise
from addax.ops.cpu.windows import explicit_pads

PADDINGS = ("valid", "same")


def _channels_last(fn, x, data_format) -> Any:
    """`fn` of `x` with its channels on the last axis, the result laid out as `x` was."""
    if standardize_data_format(data_format) == "channels_last":
        return fn(x)
    return jnp.moveaxis(fn(jnp.moveaxis(x, 1, -1)), -1, 1)


def _spatial_rank(name, x, kernel=None):
    if x.ndim < 3 or (kernel is not None and kernel.ndim != x.ndim):
        other = "" if kernel is None else f" and a kernel of the same rank, not {kernel.shape}"
        raise ValueError(
            f"{name} takes (batch, spatial..., channels){other}; received {shape_text(x)}."
        )
    return x.ndim - 2


# Compiled on their own, for calls outside compiled programs: each is a dozen small operations.
@partial(jax.jit, static_argnums=(2, 3, 4, 5))
def _conv(x, kernel, strides, padding, dilation, groups=1):
    """Convolution, channels last: (n, ..., c), (..., c // groups, filters) -> (n, ..., filters)."""
    rank = x.ndim - 2
    sizes, window = x.shape[1:-1], kernel.shape[:rank]
    pads = explicit_pads(padding, sizes, window, strides, dilation)
    if groups == 1:
        return convolution.conv(x, kernel, strides, pads, dilation)
    if kernel.shape[rank] == 1:
        kernel = kernel.reshape(*window, groups, -1)
        return depthwise(x, kernel, strides, pads, dilation)
    return convolution.grouped_conv(x, kernel, strides, pads, dilation)


@partial(jax.jit, static_argnums=(2, 3, 4))
def _depthwise_conv(x, kernel, strides, padding, dilation):
    """Each channel by itself: (n, ..., c), (window..., c, m) -> (n, ..., c * m)."""
    pads = explicit_pads(padding, x.shape[1:-1], kernel.shape[:-2], strides, dilation)
    return depthwise(x, kernel, strides, pads, dilation)


@partial(jax.jit, static_argnums=(2, 3, 4))
def _conv_transpose(x, kernel, strides, padding, dilation):
    """Gradient of `_conv` by its input: (n, ..., c), (..., filters, c) -> (n, ..., filters)."""
    spans = [(w - 1) * d for w, d in zip(kernel.shape[:-2], dilation, strict=True)]
    sizes = [
        (n - 1) * s + 1 + low + high - span
        for n, s, span, (low, high) in zip(x.shape[1:-1], strides, spans, padding, strict=True)
    ]
    pads = tuple((s - low, s - high) for s, (low, high) in zip(spans, padding, strict=True))
    shape = (x.shape[0], *sizes, kernel.shape[-2])
    return convolution.conv_by_input(x, kernel, shape, strides, pads, dilation)


def _check_channels(name, x, kernel, expected, data_format):
    channels = x.shape[-1 if standardize_data_format(data_format) == "channels_last" else 1]
    if channels != expected:
        raise ValueError(
            f"{name}: the input {shape_text(x)} has {channels} channels, the kernel "
            f"{shape_text(kernel)} is for {expected} (data_format={data_format!r})."
        )


@op
def conv(
    inputs: Tensor,
    kernel: Tensor,
    strides: Sizes = 1,
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Sizes = 1,
) -> Array:
    """Convolution: (n, spatial..., c), (window..., c / groups, filters) -> (n, ..., filters).

    The kernel's channels tell the number of groups. ValueError if they do not divide those of the
    input, for different ranks and another padding.
    """
    kernel = as_tensor(kernel)
    x = as_tensor(inputs, kernel.dtype)
    rank = _spatial_rank("conv", x, kernel)
    padding = one_of("padding", padding, PADDINGS)
    strides, dilation = (
        per_axis("strides", strides, rank),
        per_axis("dilation_rate", dilation_rate, rank),
    )
    channels = x.shape[-1 if standardize_data_format(data_format) == "channels_last" else 1]
    if channels % kernel.shape[-2]:
        raise ValueError(
            f"conv: the {channels} channels of the input {shape_text(x)} are no multiple of the "
            f"{kernel.shape[-2]} channels of the kernel {shape_text(kernel)}."
        )
    groups = channels // kernel.shape[-2]
    return _channels_last(
        lambda x: _conv(x, kernel, strides, padding, dilation, groups), x, data_format
    )


@op
def depthwise_conv(
    inputs: Tensor,
    kernel: Tensor,
    strides: Sizes = 1,
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Sizes = 1,
) -> Array:
    """Convolution of each channel by itself: (n, ..., c), (window..., c, m) -> (n, ..., c * m).

    ValueError for different numbers of channels or ranks.
    """
    x, kernel = as_tensor(inputs), as_tensor(kernel)
    rank = _spatial_rank("depthwise_conv", x, kernel)
    padding = one_of("padding", padding, PADDINGS)
    _check_channels("depthwise_conv", x, kernel, kernel.shape[-2], data_format)
    strides, dilation = (
        per_axis("strides", strides, rank),
        per_axis("dilation_rate", dilation_rate, rank),
    )
    return _channels_last(
        lambda x: _depthwise_conv(x, kernel, strides, padding, dilation), x, data_format
    )


@op
def separable_conv(
    inputs: Tensor,
    depthwise_kernel: Tensor,
    pointwise_kernel: Tensor,
    strides: Sizes = 1,
    padding: Padding = "valid",
    data_format: DataFormat = None,
    dilation_rate: Sizes = 1,
) -> Array:
    """`depthwise_conv`, then `conv` with a window of size 1: (n, ..., c) -> (n, ..., filters).

    Kernels: (window..., c, m) and (1..., c * m, filters).
    """
    y = depthwise_conv(inputs, depthwise_kernel, strides, padding, data_format, dilation_rate)
    return conv(y, pointwise_kernel, data_format=data_format)


def _transpose_padding(window, stride, dilation, padding, output_padding):
    """How far `lax.conv_transpose` pads one axis, so that the output has Keras's size.

    "valid": `(n - 1) * stride + max(window, stride)`; "same": `n * stride`;
    with `output_padding` p: `(n - 1) * stride + window + p`, or `+ window % 2 + p` for "same".
    """
    window = (window - 1) * dilation + 1
    if padding == "valid":
        extra = max(stride - window, 0) if output_padding is None else output_padding
        return window - 1, window - 1 + extra
    if output_padding is None:
        total = stride + window - 2
    else:
        total = window + window % 2 - 2 + output_padding
    left = min((total + 1) // 2, window - 1)
    return left, total - left


@op
def conv_transpose(
    inputs: Tensor,
    kernel: Tensor,
    strides: Sizes = 1,
    padding: Padding = "valid",
    output_padding: Sizes | None = None,
    data_format: DataFormat = None,
    dilation_rate: Sizes = 1,
) -> Array:
    """Transposed convolution: (n, spatial..., c), (window..., filters, c) -> (n, ..., filters).

    The gradient of `conv` by its input. `output_padding`: what its sizes exceed the least by.
    ValueError for different numbers of channels or ranks.
    """
    x, kernel = as_tensor(inputs), as_tensor(kernel)
    rank = _spatial_rank("conv_transpose", x, kernel)
    padding = one_of("padding", padding, PADDINGS)
    _check_channels("conv_transpose", x, kernel, kernel.shape[-1], data_format)
    strides, dilation = (
        per_axis("strides", strides, rank),
        per_axis("dilation_rate", dilation_rate, rank),
    )
    extra = (
        (None,) * rank
        if output_padding is None
        else per_axis("output_padding", output_padding, rank, minimum=0)
    )
    pads = tuple(
        _transpose_padding(w, s, d, padding, p)
        for w, s, d, p in zip(kernel.shape, strides, dilation, extra, strict=False)
    )
    return _channels_last(
        lambda x: _conv_transpose(x, kernel, strides, pads, dilation), x, data_format
    )


def _pool_pads(x, window, strides, padding):
    return explicit_pads(padding, x.shape[1:-1], window, strides, (1,) * len(window))


def _windows(x, window, strides, padding):
    """(n, h, w, c) -> (n, h/p, p, w/q, q, c) if the windows lie side by side, else None."""
    fits = all(n % p == 0 for n, p in zip(x.shape[1:-1], window, strict=True))
    if window != strides or not (fits or padding == "valid"):
        return None
    counts = [n // p for n, p in zip(x.shape[1:-1], window, strict=True)]
    if not fits:
        x = x[(slice(None), *(slice(c * p) for c, p in zip(counts, window, strict=True)))]
    pairs = [d for pair in zip(counts, window, strict=True) for d in pair]
    return x.reshape(x.shape[0], *pairs, x.shape[-1])


@partial(jax.jit, static_argnums=(1, 2, 3))
def _max_pool(x, window, strides, padding):
    return pooling.max_pool(x, window, strides, _pool_pads(x, window, strides, padding))


@partial(jax.jit, static_argnums=(1, 2, 3))
def _average_pool(x, window, strides, padding):
    blocks = _windows(x, window, strides, padding)
    if blocks is not None:
        return jnp.sum(blocks, axis=tuple(range(2, blocks.ndim - 1, 2))) / math.prod(window)
    pads = _pool_pads(x, window, strides, padding)
    total = pooling.sum_pool(x, window, strides, pads)
    if padding == "valid":
        return total / math.prod(window)
    ones = jnp.ones((1, *x.shape[1:-1], 1), x.dtype)
    return total / pooling.sum_pool(ones, window, strides, pads)


class Pool(Protocol):
    def __call__(
        self,
        inputs: Tensor,
        pool_size: Sizes,
        strides: Sizes | None = None,
        padding: Padding = "valid",
        data_format: DataFormat = None,
    ) -> Array: ...


def _pooling(name: str, fn: Callable, about: str) -> Pool:
    """An op that makes one number of each window, windows side by side if `strides` is None."""

    def pool(
        inputs: Tensor,
        pool_size: Sizes,
        strides: Sizes | None = None,
        padding: Padding = "valid",
        data_format: DataFormat = None,
    ) -> Array:
        x = as_tensor(inputs)
        rank = _spatial_rank(name, x)
        padding = one_of("padding", padding, PADDINGS)
        window = per_axis("pool_size", pool_size, rank)
        step = window if strides is None else per_axis("strides", strides, rank)
        return _channels_last(lambda x: fn(x, window, step, padding), x, data_format)

    pool.__name__ = pool.__qualname__ = name
    pool.__doc__ = about
    return op(pool)


max_pool = _pooling(
    "max_pool", _max_pool, "Largest element of each window: (n, spatial..., c) -> (n, ..., c)."
)
average_pool = _pooling(
    "average_pool",
    _average_pool,
    "Mean of each window, padding not counted: (n, spatial..., c) -> (n, ..., c).",
)


def _patches(x, window, strides, dilation, padding):
    """The windows of `_conv` on a new axis: (n, ..., c) -> (n, ..., positions in window, c)."""
    reach = [(w - 1) * d + 1 for w, d in zip(window, dilation, strict=True)]
    pads = lax.padtype_to_pads(x.shape[1:-1], reach, strides, padding.upper())
    x = jnp.pad(x, [(0, 0), *pads, (0, 0)])
    sizes = [(n - r) // s + 1 for n, r, s in zip(x.shape[1:-1], reach, strides, strict=True)]
    parts = []
    for offset in itertools.product(*map(range, window)):
        starts = [o * d for o, d in zip(offset, dilation, strict=True)]
        cut = [
            slice(start, start + (n - 1) * s + 1, s)
            for start, n, s in zip(starts, sizes, strides, strict=True)
        ]
        parts.append(x[(slice(None), *cut)])
    return jnp.stack(parts, axis=-2)


def _unfold_fn(kernel_size, dilation, padding, stride):
    """(n, c, h, w) -> (n, c * window, positions)."""
    window, dilation, padding, strides = (
        per_axis(name, value, 2, minimum=0 if name == "padding" else 1)
        for name, value in (
            ("kernel_size", kernel_size),
            ("dilation", dilation),
            ("padding", padding),
            ("stride", stride),
        )
    )

    def unfold(x):
        x = jnp.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)])
        parts = _patches(jnp.moveaxis(x, 1, -1), window, strides, dilation, "valid")
        n, h, w, size, c = parts.shape
        return jnp.transpose(parts, (0, 4, 3, 1, 2)).reshape(n, c * size, h * w)

    return unfold


@op
def unfold(
    x: Tensor, kernel_size: Sizes, dilation: Sizes = 1, padding: Sizes = 0, stride: Sizes = 1
) -> Array:
    """The windows of images as columns: (n, c, h, w) -> (n, c * window, positions).

    Sizes are those of height and width, `padding` a number of zeros. ValueError for another rank.
    """
    x = as_tensor(x)
    if x.ndim != 4:
        raise ValueError(f"unfold takes (n, c, h, w); received {shape_text(x)}.")
    return _unfold_fn(kernel_size, dilation, padding, stride)(x)


def _fold_spec(x, output_size, kernel_size, dilation=1, padding=0, stride=1) -> Any:
    """Unknown sizes are those of the windows of an image of `output_size`."""
    sizes = (kernel_size, dilation, padding, stride)
    image = KerasTensor((1, 1, *per_axis("output_size", output_size, 2)), x.dtype)
    _, window, count = symbol.infer(unfold.__wrapped__, (image, *sizes)).shape
    n, c, *positions = x.shape
    known = KerasTensor((n, c or window, *(p or count for p in positions)), x.dtype)
    y = symbol.infer(fold.__wrapped__, (known, output_size, *sizes))
    return KerasTensor((n, c and y.shape[1], *y.shape[2:]), x.dtype)


@op(spec=lambda args, kwargs: _fold_spec(*args, **kwargs))
def fold(
    x: Tensor,
    output_size: Sizes,
    kernel_size: Sizes,
    dilation: Sizes = 1,
    padding: Sizes = 0,
    stride: Sizes = 1,
) -> Array:
    """Transpose of `unfold`, overlaps add up: (n, c * window, positions) -> (n, c, *output_size).

    ValueError for another rank.
    """
    x = as_tensor(x)
    if x.ndim != 3:
        raise ValueError(f"fold takes (n, c * window, positions); received {shape_text(x)}.")
    size = math.prod(per_axis("kernel_size", kernel_size, 2))
    image = (x.shape[0], x.shape[1] // size, *per_axis("output_size", output_size, 2))
    unfold = _unfold_fn(kernel_size, dilation, padding, stride)
    (y,) = jax.linear_transpose(unfold, jax.ShapeDtypeStruct(image, x.dtype))(x)
    return y


_BLOCKS = {
    "to_space": {
        "channels_last": "n h w (a b c) -> n (h a) (w b) c",
        "channels_first": "n (c a b) h w -> n c (h a) (w b)",
    },
    "to_depth": {
        "channels_last": "n (h a) (w b) c -> n h w (a b c)",
        "channels_first": "n c (h a) (w b) -> n (c a b) h w",
    },
}


def _move_blocks(direction, x, block_size, data_format):
    if block_size < 2:
        raise ValueError(f"block_size is at least 2; received {block_size}.")
    pattern = _BLOCKS[direction][standardize_data_format(data_format)]
    return rearrange(x, pattern, a=block_size, b=block_size)


@op
def depth_to_space(x: Tensor, block_size: int, data_format: DataFormat = "channels_last") -> Array:
    """Channels become blocks of pixels: (n, h, w, b * b * c) -> (n, h * b, w * b, c)."""
    return _move_blocks("to_space", x, block_size, data_format)


@op
def space_to_depth(x: Tensor, block_size: int, data_format: DataFormat = "channels_last") -> Array:
    """Blocks of pixels become channels: (n, h * b, w * b, c) -> (n, h, w, b * b * c)."""
    return _move_blocks("to_depth", x, block_size, data_format)


class AdaptivePool(Protocol):
    def __call__(
        self, inputs: Tensor, output_size: Sizes, data_format: DataFormat = None
    ) -> Array: ...


def _adaptive(name: str, reducer: Callable, about: str) -> AdaptivePool:
    """An op that makes one number of each of `output_size` windows."""

    def pool(inputs: Tensor, output_size: Sizes, data_format: DataFormat = None) -> Array:
        x = as_tensor(inputs)
        sizes = per_axis("output_size", output_size, _spatial_rank(name, x))

        def reduce_axes(x):
            for axis, size in enumerate(sizes, 1):
                edges = np.arange(size + 1) * x.shape[axis]
                pairs = zip(edges[:-1] // size, -(-edges[1:] // size), strict=True)
                parts = [lax.slice_in_dim(x, a, b, axis=axis) for a, b in pairs]
                x = jnp.concatenate([reducer(p, axis=axis, keepdims=True) for p in parts], axis)
            return x

        return _channels_last(reduce_axes, x, data_format)

    pool.__name__ = pool.__qualname__ = name
    pool.__doc__ = about
    return op(pool)


adaptive_max_pool = _adaptive(
    "adaptive_max_pool",
    jnp.max,
    "Largest elements of windows of nearly one size: (n, ..., c) -> (n, *output_size, c).",
)
adaptive_average_pool = _adaptive(
    "adaptive_average_pool",
    jnp.mean,
    "Means of windows of nearly one size: (n, ..., c) -> (n, *output_size, c).",
)
