"""How convolution and pooling run on the processor, where XLA's own kernels are slow.

Inside loops XLA falls back to naive kernels for the gradients of a convolution and of pooling.
Those of a convolution are written as forward convolutions, which are fast everywhere. Else one idea
serves all: a window over an array is a set of shifted, strided slices of it, one for each offset in
the window; with them pooling is elementwise, and a convolution a matrix product. Other platforms
keep the native operations. Channels come last throughout, kernels are `(window..., in, out)`.
"""

import functools
import itertools
import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.ops.columns import column_sum, spread
from addax.ops.platform import by_platform
from addax.ops.trilinear import trilinear
from addax.ops.windows import Pads, Sizes, interleaved, outputs, padded, placed, shifts, unshift
from addax.ops.winograd import Parts, partition, winograd, winograd_by_kernel

# Up to so many multiplications for an output element a convolution is a product of patches.
PATCH_WIDTH = 32
# The gradient by the kernel has the batch for channels: too few are slow if windows have strides.
LEAST_BATCH = 8
# XLA's kernel is slow for so few filters: there two outputs are made at once, and in the gradient
# by the kernel images and gradients of outputs change places.
NARROW_FILTERS = 16
# The gradient by the input is added up from columns for up to so many outputs a filter; of strided
# windows that cross, where the columns have so many elements at most, or the phases of the stride
# differ in size and the filters are so many.
ROWS_A_FILTER = 2
MOST_COLUMNS = 1 << 20
LEAST_FILTERS = 32
# Products come before shifts for up to so many products an input, and for each of its channels.
MOST_SHARES, SHARES_A_CHANNEL = 100, 4
# A window of more offsets is left to the native kernels: a program grows with each slice.
MOST_OFFSETS = 81


def _few(window: Sizes) -> bool:
    return math.prod(window) <= MOST_OFFSETS


def _sliced(window: Sizes, cpu, native):
    """How a processor goes about a window of this size."""
    return cpu if _few(window) else native


def _native_conv(x, kernel, strides, pads, dilation, groups=1):
    space = "".join(map(str, range(x.ndim - 2)))
    return lax.conv_general_dilated(
        x,
        kernel,
        strides,
        pads,
        rhs_dilation=dilation,
        dimension_numbers=(f"N{space}C", f"{space}IO", f"N{space}C"),
        feature_group_count=groups,
    )


def _patches(x, window, strides, pads, dilation):
    return jnp.concatenate(shifts(x, window, strides, dilation, pads), axis=-1)


def _narrow(kernel: Sizes) -> bool:
    return math.prod(kernel[:-2]) == 1 or math.prod(kernel[:-1]) <= PATCH_WIDTH


def _patches_conv(x, kernel, strides, pads, dilation):
    patches = _patches(x, kernel.shape[:-2], strides, pads, dilation)
    return patches @ kernel.reshape(-1, kernel.shape[-1])


def _few_filters(kernel: Sizes, strides: Sizes) -> bool:
    shares = math.prod(kernel[:-2]) * kernel[-1]
    few = _few(kernel[:-2]) and shares <= min(MOST_SHARES, SHARES_A_CHANNEL * kernel[-2])
    return few and max(strides) == 1


def _shares_conv(x, kernel, pads, dilation):
    """What each input gives to each output that it meets, then sums of these shares, shifted."""
    window, (channels, filters) = kernel.shape[:-2], kernel.shape[-2:]
    flat = kernel.reshape(-1, channels, filters).swapaxes(0, 1).reshape(channels, -1)
    shares = (x.reshape(-1, channels) @ flat).reshape(*x.shape[:-1], -1)
    met = shifts(shares, window, (1,) * len(window), dilation, pads)
    parts = [m[..., i * filters : (i + 1) * filters] for i, m in enumerate(met)]
    return functools.reduce(jnp.add, parts)


def _holds(sizes: Sizes, window: Sizes, dilation: Sizes) -> bool:
    """Whether the window fits the array: if not, the native kernel is 10 to 70 times slower."""
    return all(n > (w - 1) * d for n, w, d in zip(sizes, window, dilation, strict=True))


def _in_planes(x, window, strides, pads, dilation):
    """The planes that each offset along the first axis meets, as a batch, and how to go on in them.

    XLA's kernel for three dimensions takes two to four times as long.
    """
    how = [a[:1] for a in (strides, dilation, pads)]
    flat = x.reshape(*x.shape[:2], -1)
    met = [m.reshape(-1, *x.shape[2:]) for m in shifts(flat, window[:1], *how)]
    return met, (strides[1:], pads[1:], dilation[1:])


def _cpu_conv(x, kernel, strides, pads, dilation):
    """The native kernel, or products with patches or of single inputs where it is slow."""
    window = kernel.shape[:-2]
    if _narrow(kernel.shape):
        return _patches_conv(x, kernel, strides, pads, dilation)
    if _few_filters(kernel.shape, strides):
        return _shares_conv(x, kernel, pads, dilation)
    if len(window) > 2:
        met, rest = _in_planes(x, window, strides, pads, dilation)
        parts = [_cpu_conv(m, k, *rest) for m, k in zip(met, kernel, strict=True)]
        y = functools.reduce(jnp.add, parts)
        return y.reshape(len(x), -1, *y.shape[1:])
    if not _holds(x.shape[1:-1], window, dilation):
        if _few(window):
            return _patches_conv(x, kernel, strides, pads, dilation)
        x, pads = lax.optimization_barrier(padded(x, pads)), ((0, 0),) * len(window)
    parts = _parts(x, kernel.shape, strides, pads, dilation)
    if parts:
        return winograd(x, kernel, pads, parts)
    shape = _conv_shape(x, kernel, strides, pads, dilation)
    pairs = window[-1] > strides[-1] == dilation[-1] == 1 and shape[-2] % 2 == 0
    if pairs and kernel.shape[-1] <= NARROW_FILTERS:
        return _paired_conv(x, kernel, strides, pads, dilation).reshape(shape)
    return _native_conv(x, kernel, strides, pads, dilation)


def _paired_conv(x, kernel, strides, pads, dilation):
    """Two neighbours along the last axis at a time, each by filters of its own."""
    kept = ((0, 0),) * (kernel.ndim - 3)
    pair = [jnp.pad(kernel, (*kept, place, (0, 0), (0, 0))) for place in ((0, 1), (1, 0))]
    return _native_conv(x, jnp.concatenate(pair, -1), (*strides[:-1], 2), pads, dilation)


def _parts(x, kernel: Sizes, strides, pads, dilation) -> Parts | None:
    """The parts in which Winograd's products are less work than those of the definition."""
    if kernel[:-2] != (3, 3) or max(*strides, *dilation) > 1:
        return None
    return partition(x.shape, kernel, pads) if x.dtype in (np.float32, np.float64) else None


def _cpu_conv_by_input(dy, kernel, shape, strides, pads, dilation):
    """A convolution of the gradient with the kernel turned round, or what is less work."""
    window = kernel.shape[:-2]
    if _few(window) and _in_columns(dy, kernel, strides):
        return _by_columns(dy, kernel, shape, strides, pads, dilation)
    if max(strides) > 1 and max(dilation) == 1:
        return _by_phases(dy, kernel, shape, strides, pads)
    turned = jnp.flip(kernel, range(len(window))).swapaxes(-1, -2)
    ones, none = (1,) * len(window), ((0, 0),) * len(window)
    widened = _widened(dy, shape, window, strides, pads, dilation)
    if not _holds(dy.shape[1:-1], window, dilation):
        # XLA takes the padding back into the convolution, and then dy must hold the window.
        if _few(window):
            return _patches_conv(widened, turned, ones, none, dilation)
        widened = lax.optimization_barrier(widened)
    return conv(widened, turned, ones, none, dilation)


def _in_columns(dy, kernel, strides) -> bool:
    """Whether turning the kernel round, or phases of the strides, would cost more."""
    window, (channels, filters) = kernel.shape[:-2], kernel.shape[-2:]
    rows, offsets = math.prod(dy.shape[:-1]), math.prod(window)
    if offsets == 1 or rows <= ROWS_A_FILTER * filters:
        return True
    crossed = [w % s for w, s in zip(window, strides, strict=True) if w > s > 1]
    few = rows * offsets * channels <= MOST_COLUMNS
    return bool(crossed) and (few or (any(crossed) and filters >= LEAST_FILTERS))


def _by_columns(dy, kernel, shape, strides, pads, dilation):
    """What each output gives to each element of its window, added up where windows cross."""
    window, (channels, filters) = kernel.shape[:-2], kernel.shape[-2:]
    by_row = ((1,), (1,)), ((), ())
    columns = lax.dot_general(dy.reshape(-1, filters), kernel.reshape(-1, filters), by_row)
    columns = columns.reshape(*dy.shape[:-1], -1, channels)
    parts = [columns[..., i, :] for i in range(math.prod(window))]
    return unshift(parts, shape, window, strides, dilation, pads)


def _widened(dy, shape, window, strides, pads, dilation):
    """dy with zeros between and around: its windows of stride 1 meet the positions of the input."""
    reach = [(w - 1) * d for w, d in zip(window, dilation, strict=True)]
    sizes = [n + r for n, r in zip(shape[1:-1], reach, strict=True)]
    return placed(dy, _zeros_before(window, pads, dilation), sizes, strides)


def _narrowed(widened, shape, window, strides, pads, dilation):
    """The array of `shape` that `_widened` has widened."""
    before = _zeros_before(window, pads, dilation)
    ends = zip(before, shape[1:-1], strides, strict=True)
    high = [low + (n - 1) * s + 1 for low, n, s in ends]
    return lax.slice(widened, (0, *before, 0), (len(widened), *high, shape[-1]), (1, *strides, 1))


def _zeros_before(window, pads, dilation):
    return [(w - 1) * d - low for w, d, (low, _) in zip(window, dilation, pads, strict=True)]


def _by_phases(dy, kernel, shape, strides, pads):
    """Positions of one residue by the strides meet one part of the kernel: all parts at once.

    Zeros between the elements of dy would cost `prod(strides)` times as much (Shi et al. 2016,
    https://arxiv.org/abs/1609.05158, section 3.1).
    """
    rank = len(strides)
    taps = [-(-w // s) for w, s in zip(kernel.shape[:-2], strides, strict=True)]
    room = [(0, t * s - w) for t, s, w in zip(taps, strides, kernel.shape[:-2], strict=True)]
    parts = jnp.pad(kernel, (*room, (0, 0), (0, 0)))
    parts = parts.reshape(*itertools.chain(*zip(taps, strides, strict=True)), *kernel.shape[-2:])
    by_tap, by_phase = range(0, 2 * rank, 2), range(1, 2 * rank, 2)
    parts = parts.transpose(*by_tap, 2 * rank + 1, *by_phase, 2 * rank)
    parts = jnp.flip(parts, range(rank)).reshape(*taps, kernel.shape[-1], -1)
    ones, around = (1,) * rank, tuple((t - 1, t - 1) for t in taps)
    y: Any = conv(dy, parts, ones, around, ones)
    y = interleaved(y.reshape(*y.shape[:-1], *strides, shape[-1]), rank)
    return placed(y, [-low for low, _ in pads], shape[1:-1], ones)


def _cpu_conv_by_kernel(dy, x, shape, strides, pads, dilation):
    """A product with patches, or a convolution that has the batch for channels."""
    window, flat = shape[:-2], dy.reshape(-1, dy.shape[-1])
    if _narrow(shape) or (_few(window) and max(strides) > 1 and len(x) < LEAST_BATCH):
        patches = _patches(x, window, strides, pads, dilation)  # those of the forward pass
        patches, flat = lax.optimization_barrier((patches.reshape(len(flat), -1), flat))
        return (patches.T @ flat).reshape(shape)
    parts = _parts(x, shape, strides, pads, dilation)
    if parts:
        return winograd_by_kernel(dy, x, shape, pads, parts)
    if len(window) > 2:
        met, rest = _in_planes(x, window, strides, pads, dilation)
        flat = dy.reshape(-1, *dy.shape[2:])
        return jnp.stack([_cpu_conv_by_kernel(flat, m, shape[1:], *rest) for m in met])
    return _correlation(dy, x, shape, strides, pads, dilation)


def _correlation(dy, x, shape, strides, pads, dilation):
    """The gradient by the kernel as a convolution over the batch, of dy if its channels are few."""
    window, ones = shape[:-2], (1,) * (len(shape) - 2)
    if shape[-1] <= min(NARROW_FILTERS, shape[-2] - 1) and max(strides) == 1:
        widened = _widened(dy, x.shape, window, strides, pads, dilation)
        turned = _over_batch(widened, x, dilation, ones)
        return jnp.flip(turned, range(1, len(window) + 1)).transpose(*range(1, x.ndim), 0)
    met = [
        (n - 1) * s + (w - 1) * d + 1
        for n, s, w, d in zip(dy.shape[1:-1], strides, window, dilation, strict=True)
    ]
    x = placed(x, [low for low, _ in pads], met, ones)
    return jnp.moveaxis(_over_batch(x, dy, dilation, strides), 0, -2)


def _over_batch(x, kernel, strides, dilation):
    """A convolution that has the batch for channels: (n, *space, c), (n, ...) -> (c, ..., f)."""
    space = tuple(range(1, x.ndim - 1))
    # Unless the copies are made, XLA takes the transposes back into a convolution that is naive.
    x, kernel = x.transpose(-1, *space, 0), kernel.transpose(*space, 0, -1)
    x, kernel = lax.optimization_barrier((x, kernel))
    return _native_conv(x, kernel, strides, ((0, 0),) * len(space), dilation)


def _conv(x, kernel, strides, pads, dilation):
    return by_platform(
        x,
        kernel,
        cpu=lambda x, k: _cpu_conv(x, k, strides, pads, dilation),
        default=lambda x, k: _native_conv(x, k, strides, pads, dilation),
    )


def _conv_by_input(dy, kernel, shape, strides, pads, dilation):
    def native(dy, kernel):
        x = jnp.zeros(shape, dy.dtype)
        return jax.vjp(lambda x: _native_conv(x, kernel, strides, pads, dilation), x)[1](dy)[0]

    def cpu(dy, kernel):
        return _cpu_conv_by_input(dy, kernel, shape, strides, pads, dilation)

    return by_platform(dy, kernel, cpu=cpu, default=native)


def _conv_by_kernel(dy, x, shape, strides, pads, dilation):
    def native(dy, x):
        kernel = jnp.zeros(shape, x.dtype)
        return jax.vjp(lambda k: _native_conv(x, k, strides, pads, dilation), kernel)[1](dy)[0]

    def cpu(dy, x):
        return _cpu_conv_by_kernel(dy, x, shape, strides, pads, dilation)

    return by_platform(dy, x, cpu=cpu, default=native)


def _conv_shape(x, kernel, strides, pads, dilation):
    sizes = outputs(x.shape[1:-1], kernel.shape[:-2], strides, pads, dilation)
    return x.shape[0], *sizes, kernel.shape[-1]


# Convolution without groups, (n, *space, c), (*window, c, f) -> (n, *space', f): conv(x, kernel,
# strides, pads, dilation). conv_by_input(dy, kernel, x.shape, ...) is the transposed convolution.
CONV = "conv"
conv, conv_by_input, _ = trilinear(CONV, _conv, _conv_by_input, _conv_by_kernel, _conv_shape)


def grouped_conv(x, kernel, strides: Sizes, pads: Pads, dilation: Sizes, groups: int):
    """Convolution of each group of channels with its part of the filters."""

    def cpu(x, kernel):
        parts = zip(jnp.split(x, groups, -1), jnp.split(kernel, groups, -1), strict=True)
        return jnp.concatenate([conv(a, k, strides, pads, dilation) for a, k in parts], -1)

    def native(x, kernel):
        return _native_conv(x, kernel, strides, pads, dilation, groups)

    if groups > 8 and kernel.shape[-2] > 1:
        return native(x, kernel)  # many small products cost more than one slow kernel
    return by_platform(x, kernel, cpu=cpu, default=native)


def depthwise(x, kernel, strides: Sizes, pads: Pads, dilation: Sizes):
    """Each channel by itself: (n, *space, c), (*window, c, m) -> (n, *space', c * m)."""
    window, (channels, multiplier) = kernel.shape[:-2], kernel.shape[-2:]

    def cpu(x, kernel):
        return cpu_depthwise(x, kernel, strides, pads, dilation)

    def native(x, kernel):
        kernel = kernel.reshape(*window, 1, channels * multiplier)
        return _native_conv(x, kernel, strides, pads, dilation, channels)

    return by_platform(x, kernel, cpu=_sliced(window, cpu, native), default=native)


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
        part = _narrowed(stored, part.shape, window, strides, pads, dilation)
        products = jnp.stack([(s * part).sum(0) for s in met], -2)
        total = column_sum(products.reshape(*products.shape[:-2], -1))
        parts.append(total.reshape(shape[:-1]))
    return jnp.stack(parts, -1)


def _stored(dy, *how):
    """`_widened` as both gradients read it; else XLA would make dy anew for each offset."""
    return lax.optimization_barrier(_widened(dy, *how))


def _by_multiplier(dy, kernel):
    """The gradients of the outputs that each channel gives, first those of its first output."""
    dy = dy.reshape(*dy.shape[:-1], *kernel[-2:])
    return [dy[..., m] for m in range(kernel[-1])]


def _depthwise_shape(x, kernel, *how):
    return *_conv_shape(x, kernel, *how)[:-1], math.prod(kernel.shape[-2:])


cpu_depthwise, _, _ = trilinear(
    "depthwise", _shifted_depthwise, _depthwise_by_input, _depthwise_by_kernel, _depthwise_shape
)


def _weighted_sum(arrays: list, weights):
    """The sum of arrays (..., c), each times its row of weights (c,)."""
    pairs = zip(arrays, weights, strict=True)
    return functools.reduce(jnp.add, [a * spread(w, a.shape) for a, w in pairs])


@functools.partial(jax.custom_jvp, nondiff_argnums=(1, 2, 3))
def max_pool(x, window: Sizes, strides: Sizes, pads: Pads):
    """The largest element of each window: (n, *space, c) -> (n, *space', c)."""

    def cpu(x):
        return functools.reduce(jnp.maximum, _met(x, window, strides, pads))

    def native(x):
        full = ((0, 0), *pads, (0, 0))
        ends = (1, *window, 1), (1, *strides, 1), full
        return lax.reduce_window(x, np.array(lowest(x.dtype), x.dtype), lax.max, *ends)

    return by_platform(x, cpu=_sliced(window, cpu, native), default=native)


def lowest(dtype):
    """The smallest value of `dtype`, which is nobody's maximum."""
    return -np.inf if jnp.issubdtype(dtype, jnp.floating) else jnp.iinfo(dtype).min


def _met(x, window, strides, pads):
    return shifts(x, window, strides, (1,) * len(window), pads, lowest(x.dtype))


@max_pool.defjvp
def _max_tangent(window, strides, pads, primals, tangents):
    """What counts is the transpose, `_max_gradient`."""
    y = max_pool(*primals, window, strides, pads)
    gradient = functools.partial(_max_gradient, *primals, y, window, strides, pads)
    return y, jax.linear_transpose(gradient, y)(*tangents)[0]


def _max_gradient(x, y, window, strides, pads, dy):
    def cpu(x, y, dy):
        """The gradient goes to the first of equal elements, as XLA's select-and-scatter has it."""
        parts, free = [], jnp.ones(y.shape, bool)
        for met in _met(x, window, strides, pads):
            chosen = (met == y) & free
            free = free & ~chosen
            parts.append(jnp.where(chosen, dy, 0))
        return unshift(parts, x.shape, window, strides, (1,) * len(window), pads)

    def native(x, y, dy):
        full = ((0, 0), *pads, (0, 0))
        start = np.array(lowest(x.dtype), x.dtype)
        ends = (1, *window, 1), (1, *strides, 1), full
        return jax.vjp(lambda x: lax.reduce_window(x, start, lax.max, *ends), x)[1](dy)[0]

    return by_platform(x, y, dy, cpu=_sliced(window, cpu, native), default=native)


def sum_pool(x, window: Sizes, strides: Sizes, pads: Pads):
    """The sum of each window: (n, *space, c) -> (n, *space', c)."""

    def cpu(x):
        return sum(shifts(x, window, strides, (1,) * len(window), pads))

    def native(x):
        full = ((0, 0), *pads, (0, 0))
        zero = np.zeros((), x.dtype)
        return lax.reduce_window(x, zero, lax.add, (1, *window, 1), (1, *strides, 1), full)

    return by_platform(x, cpu=_sliced(window, cpu, native), default=native)
