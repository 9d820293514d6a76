"""Convolution and its two gradients on CPUs, where XLA's own kernels are slow.

Inside loops XLA falls back to naive kernels for the gradients of a convolution. They are written as
forward convolutions, which are fast everywhere, or as matrix products: a window over an array is a
set of shifted, strided slices of it, one for each offset in the window (im2col). Channels come last
throughout, kernels are `(window..., in, out)`.
"""

import functools
import itertools
import math
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.core.types import Array
from addax.ops.cpu import thresholds, winograd
from addax.ops.cpu.bilinear import bilinear
from addax.ops.cpu.strategy import Primitive, Strategy
from addax.ops.cpu.windows import (
    Pads,
    Sizes,
    interleaved,
    outputs,
    padded,
    placed,
    shifts,
    unshift,
)  # fmt: skip


class Case(NamedTuple):
    """All that decides how a convolution is computed."""

    x: Sizes
    kernel: Sizes
    strides: Sizes
    pads: Pads
    dilation: Sizes
    dtype: Any = np.dtype("float32")

    @property
    def window(self) -> Sizes:
        return self.kernel[:-2]

    @property
    def how(self) -> tuple[Sizes, Pads, Sizes]:
        """The arguments of the operations below, after the arrays."""
        return self.strides, self.pads, self.dilation

    @property
    def output(self) -> Sizes:
        sizes = outputs(self.x[1:-1], self.window, *self.how)
        return self.x[0], *sizes, self.kernel[-1]

    @property
    def few_offsets(self) -> bool:
        return math.prod(self.window) <= thresholds.MOST_OFFSETS

    @property
    def narrow(self) -> bool:
        """Whether an output element takes few multiplications, or the window is of one element."""
        few = math.prod(self.kernel[:-1]) <= thresholds.PATCH_WIDTH
        return math.prod(self.window) == 1 or few

    @property
    def parts(self) -> winograd.Parts | None:
        """The parts in which Winograd's products are less work than those of the definition."""
        if self.window != (3, 3) or max(*self.strides, *self.dilation) > 1:
            return None
        floats = self.dtype in (np.float32, np.float64)
        return winograd.partition(self.x, self.kernel, self.pads) if floats else None


def _fits(sizes: Sizes, case: Case) -> bool:
    """Whether an array holds the window: if not, the native kernel is 10 to 70 times slower."""
    spans = zip(sizes, case.window, case.dilation, strict=True)
    return all(n > (w - 1) * d for n, w, d in spans)


def native_conv(
    x: Array, kernel: Array, strides: Sizes, pads: Pads, dilation: Sizes, groups: int = 1
):
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


# Forward: run(case, x, kernel)


def _im2col(case, x, kernel):
    patches = jnp.concatenate(shifts(x, case.window, case.strides, case.dilation, case.pads), -1)
    return patches @ kernel.reshape(-1, kernel.shape[-1])


def _few_filters(case: Case) -> bool:
    shares = math.prod(case.window) * case.kernel[-1]
    most = min(thresholds.MOST_SHARES, thresholds.SHARES_A_CHANNEL * case.kernel[-2])
    return case.few_offsets and shares <= most and max(case.strides) == 1


def _products_then_shifts(case, x, kernel):
    """What each input gives to each output that it meets, then sums of these shares, shifted."""
    channels, filters = kernel.shape[-2:]
    flat = kernel.reshape(-1, channels, filters).swapaxes(0, 1).reshape(channels, -1)
    shares = (x.reshape(-1, channels) @ flat).reshape(*x.shape[:-1], -1)
    met = shifts(shares, case.window, case.strides, case.dilation, case.pads)
    parts = [m[..., i * filters : (i + 1) * filters] for i, m in enumerate(met)]
    return functools.reduce(jnp.add, parts)


def _planes(case: Case, x) -> tuple[list, Case]:
    """The planes that each offset along the first axis meets, as a batch, and the case of one."""
    flat = x.reshape(*x.shape[:2], -1)
    met = shifts(flat, case.window[:1], case.strides[:1], case.dilation[:1], case.pads[:1])
    met = [m.reshape(-1, *x.shape[2:]) for m in met]
    plane = case._replace(
        x=met[0].shape,
        kernel=case.kernel[1:],
        strides=case.strides[1:],
        pads=case.pads[1:],
        dilation=case.dilation[1:],
    )
    return met, plane


def _sum_of_planes(case, x, kernel):
    met, plane = _planes(case, x)
    parts = [FORWARD.on_cpu(plane, m, k) for m, k in zip(met, kernel, strict=True)]
    y = functools.reduce(jnp.add, parts)
    return y.reshape(len(x), -1, *y.shape[1:])


def _pad_first(case, x, kernel):
    x = lax.optimization_barrier(padded(x, case.pads))
    return native_conv(x, kernel, case.strides, ((0, 0),) * len(case.window), case.dilation)


def _pairs(case: Case) -> bool:
    steps = case.window[-1] > case.strides[-1] == case.dilation[-1] == 1
    return steps and case.output[-2] % 2 == 0 and case.kernel[-1] <= thresholds.NARROW_FILTERS


def _two_outputs_at_once(case, x, kernel):
    """Two neighbours along the last axis at a time, each by filters of its own."""
    kept = ((0, 0),) * (kernel.ndim - 3)
    pair = [jnp.pad(kernel, (*kept, place, (0, 0), (0, 0))) for place in ((0, 1), (1, 0))]
    strides = (*case.strides[:-1], 2)
    y = native_conv(x, jnp.concatenate(pair, -1), strides, case.pads, case.dilation)
    return y.reshape(case.output)


FORWARD = Primitive(
    "convolution",
    lambda case, x, kernel: native_conv(x, kernel, *case.how),
    (
        Strategy(
            "im2col",
            lambda case: case.narrow,
            _im2col,
            "a matrix product; few multiplications an output, or a window of one element",
        ),
        Strategy(
            "products, then shifts",
            _few_filters,
            _products_then_shifts,
            "few filters: the product comes before the windows",
        ),
        Strategy(
            "sum of planes",
            lambda case: len(case.window) > 2,
            _sum_of_planes,
            "three dimensions: XLA's kernel takes two to four times as long as for planes",
        ),
        Strategy(
            "im2col, small input",
            lambda case: not _fits(case.x[1:-1], case) and case.few_offsets,
            _im2col,
            "the window is larger than the input, where XLA's kernel is naive",
        ),
        Strategy(
            "native, padded first",
            lambda case: not _fits(case.x[1:-1], case),
            _pad_first,
            "the window is larger than the input and has too many offsets for im2col",
        ),
        Strategy(
            "Winograd",
            lambda case: case.parts is not None,
            lambda case, x, kernel: winograd.winograd(x, kernel, case.pads, case.parts),
            "3x3: neighbouring outputs share products, 16 in place of 36",
        ),
        Strategy(
            "two outputs at once",
            _pairs,
            _two_outputs_at_once,
            "few filters: XLA's kernel is fast for more of them",
        ),
    ),
)


# Gradient by the input: run(case, dy, kernel)


def _col2im_pays(case: Case) -> bool:
    """Whether turning the kernel round, or phases of the strides, would cost more."""
    rows, offsets = math.prod(case.output[:-1]), math.prod(case.window)
    channels, filters = case.kernel[-2:]
    if not case.few_offsets:
        return False
    if offsets == 1 or rows <= thresholds.ROWS_A_FILTER * filters:
        return True
    crossed = [w % s for w, s in zip(case.window, case.strides, strict=True) if w > s > 1]
    few = rows * offsets * channels <= thresholds.MOST_COLUMNS
    return bool(crossed) and (few or (any(crossed) and filters >= thresholds.LEAST_FILTERS))


def _col2im(case, dy, kernel):
    """What each output gives to each element of its window, added up where windows cross."""
    channels, filters = kernel.shape[-2:]
    by_row = ((1,), (1,)), ((), ())
    columns = lax.dot_general(dy.reshape(-1, filters), kernel.reshape(-1, filters), by_row)
    columns = columns.reshape(*dy.shape[:-1], -1, channels)
    parts = [columns[..., i, :] for i in range(math.prod(case.window))]
    return unshift(parts, case.x, case.window, case.strides, case.dilation, case.pads)


def _sub_pixel(case, dy, kernel):
    """Positions of one residue by the strides meet one part of the kernel: all parts at once.

    Zeros between the elements of dy would cost `prod(strides)` times as much (Shi et al. 2016,
    https://arxiv.org/abs/1609.05158, section 3.1).
    """
    strides, pads, shape = case.strides, case.pads, case.x
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


def widened(dy: Array, shape: Sizes, window: Sizes, strides: Sizes, pads: Pads, dilation: Sizes):
    """dy with zeros between and around: its windows of stride 1 meet the positions of the input."""
    reach = [(w - 1) * d for w, d in zip(window, dilation, strict=True)]
    sizes = [n + r for n, r in zip(shape[1:-1], reach, strict=True)]
    return placed(dy, _zeros_before(window, pads, dilation), sizes, strides)


def narrowed(wide: Array, shape: Sizes, window: Sizes, strides: Sizes, pads: Pads, dilation: Sizes):
    """The array of `shape` that `widened` has widened."""
    before = _zeros_before(window, pads, dilation)
    ends = zip(before, shape[1:-1], strides, strict=True)
    high = [low + (n - 1) * s + 1 for low, n, s in ends]
    return lax.slice(wide, (0, *before, 0), (len(wide), *high, shape[-1]), (1, *strides, 1))


def _zeros_before(window, pads, dilation):
    return [(w - 1) * d - low for w, d, (low, _) in zip(window, dilation, pads, strict=True)]


def _flipped(case, dy, kernel):
    """The convolution of a widened gradient with the kernel turned round."""
    turned = jnp.flip(kernel, range(len(case.window))).swapaxes(-1, -2)
    wide = widened(dy, case.x, case.window, *case.how)
    ones, none = (1,) * len(case.window), ((0, 0),) * len(case.window)
    if not _fits(dy.shape[1:-1], case):
        # XLA takes the padding back into the convolution, and then dy must hold the window.
        if case.few_offsets:
            turn = Case(wide.shape, turned.shape, ones, none, case.dilation, case.dtype)
            return _im2col(turn, wide, turned)
        wide = lax.optimization_barrier(wide)
    return conv(wide, turned, ones, none, case.dilation)


def _native_by_input(case, dy, kernel):
    x = jnp.zeros(case.x, dy.dtype)
    return jax.vjp(lambda x: native_conv(x, kernel, *case.how), x)[1](dy)[0]


BY_INPUT = Primitive(
    "gradient by the input",
    _native_by_input,
    (
        Strategy(
            "col2im",
            _col2im_pays,
            _col2im,
            "one product with the kernel as it lies in memory, added up where windows cross",
        ),
        Strategy(
            "sub-pixel",
            lambda case: max(case.strides) > 1 and max(case.dilation) == 1,
            _sub_pixel,
            "one convolution for all phases of the strides, without zeros between",
        ),
        Strategy(
            "flipped kernel",
            lambda case: True,
            _flipped,
            "a forward convolution; XLA's own gradient is naive inside loops",
        ),
    ),
)


# Gradient by the kernel: run(case, dy, x)


def _patches_times_gradient(case, dy, x):
    flat = dy.reshape(-1, dy.shape[-1])
    met = shifts(x, case.window, case.strides, case.dilation, case.pads)
    patches = jnp.concatenate(met, axis=-1)  # those of the forward pass
    patches, flat = lax.optimization_barrier((patches.reshape(len(flat), -1), flat))
    return (patches.T @ flat).reshape(case.kernel)


def _gradients_of_planes(case, dy, x):
    met, plane = _planes(case, x)
    flat = dy.reshape(-1, *dy.shape[2:])
    return jnp.stack([BY_KERNEL.on_cpu(plane, flat, m) for m in met])


def _batch_as_channels(case, dy, x):
    """A convolution of the images with their gradients, over the batch."""
    ones = (1,) * len(case.window)
    met = [
        (n - 1) * s + (w - 1) * d + 1
        for n, s, w, d in zip(dy.shape[1:-1], case.strides, case.window, case.dilation, strict=True)
    ]
    x = placed(x, [low for low, _ in case.pads], met, ones)
    return jnp.moveaxis(_over_batch(x, dy, case.dilation, case.strides), 0, -2)


def _filters_as_batch(case, dy, x):
    """A convolution of the gradients with the images, so that the filters are the batch."""
    ones = (1,) * len(case.window)
    wide = widened(dy, case.x, case.window, *case.how)
    turned = _over_batch(wide, x, case.dilation, ones)
    return jnp.flip(turned, range(1, len(ones) + 1)).transpose(*range(1, x.ndim), 0)


def _over_batch(x, kernel, strides, dilation):
    """A convolution that has the batch for channels: (n, *space, c), (n, ...) -> (c, ..., f)."""
    space = tuple(range(1, x.ndim - 1))
    # Unless the copies are made, XLA takes the transposes back into a convolution that is naive.
    x, kernel = x.transpose(-1, *space, 0), kernel.transpose(*space, 0, -1)
    x, kernel = lax.optimization_barrier((x, kernel))
    return native_conv(x, kernel, strides, ((0, 0),) * len(space), dilation)


def _native_by_kernel(case, dy, x):
    kernel = jnp.zeros(case.kernel, x.dtype)
    return jax.vjp(lambda k: native_conv(x, k, *case.how), kernel)[1](dy)[0]


def _few_strided_images(case: Case) -> bool:
    few = case.x[0] < thresholds.LEAST_BATCH
    return case.few_offsets and max(case.strides) > 1 and few


def _fewer_filters_than_channels(case: Case) -> bool:
    most = min(thresholds.NARROW_FILTERS, case.kernel[-2] - 1)
    return case.kernel[-1] <= most and max(case.strides) == 1


BY_KERNEL = Primitive(
    "gradient by the kernel",
    _native_by_kernel,
    (
        Strategy(
            "im2col",
            lambda case: case.narrow or _few_strided_images(case),
            _patches_times_gradient,
            "a product of patches with the gradient: few multiplications, or few strided images",
        ),
        Strategy(
            "Winograd",
            lambda case: case.parts is not None,
            lambda case, dy, x: winograd.winograd_by_kernel(
                dy, x, case.kernel, case.pads, case.parts
            ),
            "3x3: neighbouring outputs share products, 16 in place of 36",
        ),
        Strategy(
            "planes",
            lambda case: len(case.window) > 2,
            _gradients_of_planes,
            "three dimensions: the gradients of the convolutions of planes",
        ),
        Strategy(
            "filters as batch",
            _fewer_filters_than_channels,
            _filters_as_batch,
            "few filters: images and gradients change places",
        ),
        Strategy(
            "batch as channels",
            lambda case: True,
            _batch_as_channels,
            "a forward convolution; XLA's own gradient is naive inside loops",
        ),
    ),
)


def _conv(x, kernel, strides, pads, dilation):
    return FORWARD(Case(x.shape, kernel.shape, strides, pads, dilation, x.dtype), x, kernel)


def _conv_by_input(dy, kernel, shape, strides, pads, dilation):
    return BY_INPUT(Case(shape, kernel.shape, strides, pads, dilation, dy.dtype), dy, kernel)


def _conv_by_kernel(dy, x, shape, strides, pads, dilation):
    return BY_KERNEL(Case(x.shape, shape, strides, pads, dilation, x.dtype), dy, x)


def output_shape(x: Array, kernel: Array, strides: Sizes, pads: Pads, dilation: Sizes) -> Sizes:
    """The shape of the convolution of two arrays."""
    return Case(x.shape, kernel.shape, strides, pads, dilation).output


# Convolution without groups, (n, *space, c), (*window, c, f) -> (n, *space', f): conv(x, kernel,
# strides, pads, dilation). conv_by_input(dy, kernel, x.shape, ...) is the transposed convolution.
CONV = "conv"
conv, conv_by_input, _ = bilinear(CONV, _conv, _conv_by_input, _conv_by_kernel, output_shape)


def _one_by_one(case, x, kernel):
    groups = x.shape[-1] // kernel.shape[-2]
    parts = zip(jnp.split(x, groups, -1), jnp.split(kernel, groups, -1), strict=True)
    return jnp.concatenate([conv(a, k, *case.how) for a, k in parts], -1)


GROUPED = Primitive(
    "grouped convolution",
    lambda case, x, kernel: native_conv(
        x, kernel, *case.how, groups=x.shape[-1] // kernel.shape[-2]
    ),
    (
        Strategy(
            "one by one",
            lambda case: case.x[-1] // case.kernel[-2] <= thresholds.MOST_GROUPS,
            _one_by_one,
            "few groups: a convolution a group; those of one channel are depthwise",
        ),
    ),
)


def grouped_conv(x: Array, kernel: Array, strides: Sizes, pads: Pads, dilation: Sizes):
    """Convolution of each group of channels with its part of the filters."""
    return GROUPED(Case(x.shape, kernel.shape, strides, pads, dilation, x.dtype), x, kernel)
