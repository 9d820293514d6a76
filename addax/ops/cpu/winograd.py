"""Convolutions of windows of three by three elements with fewer products.

Two neighbouring outputs along an axis take four products, of sums of inputs with sums of the
kernel's elements, in place of six; four outputs of an image take 16 in place of 36. The sums weigh
by 1 and 1/2 only, so that rounding errors are about those of the definition (Winograd 1980; Lavin
and Gray 2015, https://arxiv.org/abs/1509.09308, section 4.1).
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp
from jax import lax

from addax.core.types import Array
from addax.ops.cpu import thresholds
from addax.ops.cpu.platform import sealed
from addax.ops.cpu.windows import Pads, Sizes, outputs, padded, woven

Parts = tuple[int, int]  # images, rows of outputs


def winograd(x: Array, kernel: Array, pads: Pads, parts: Parts):
    """The convolution (n, h, w, c), (3, 3, c, f) -> (n, h', w', f)."""
    h, w = _outputs(x.shape, pads)
    x, starts = _to_even(x, pads, (h, w)), _starts(len(x), h, parts)
    y = lax.map(lambda start: _part(_taken(x, start, parts, 2), kernel), starts)
    return y.reshape(len(x), -1, *y.shape[3:])[:, :h, :w]


def winograd_by_kernel(dy: Array, x: Array, shape: Sizes, pads: Pads, parts: Parts):
    """Its gradient by the kernel, of `shape`."""
    h, w = _outputs(x.shape, pads)
    x, dy = _to_even(x, pads, (h, w)), _to_even(dy, ((0, 0), (0, 0)), (h, w))

    def add(total, start):
        return total + _part_by_kernel(_taken(dy, start, parts), _taken(x, start, parts, 2)), None

    return lax.scan(add, jnp.zeros(shape, x.dtype), _starts(len(x), h, parts))[0]


def partition(x: Sizes, kernel: Sizes, pads: Pads) -> Parts | None:
    """The parts that are worked at one after another; None where that is no gain."""
    n, (h, w), (channels, filters) = x[0], _outputs(x, pads), kernel[-2:]
    pairs, sums = -(-h // 2), 16 * -(-w // 2) * (channels + filters)
    rows = 2 * _divisor(pairs, thresholds.MOST_SUMS // sums)
    images = _divisor(n, thresholds.MOST_SUMS // (sums * pairs)) if rows >= h else 1
    work = images * min(rows, h) * w * channels * filters
    return (images, rows) if work >= thresholds.LEAST_PART else None


def _divisor(n: int, most: int) -> int:
    """The largest divisor of n up to `most`, or 1."""
    return next(d for d in range(max(1, min(n, most)), 0, -1) if n % d == 0)


def _outputs(x: Sizes, pads: Pads) -> Sizes:
    return outputs(x[1:-1], (3, 3), (1, 1), pads, (1, 1))


def _to_even(x, pads: Pads, sizes: Sizes):
    pairs = zip(pads, sizes, strict=True)
    return padded(x, tuple((low, high + size % 2) for (low, high), size in pairs))


def _starts(n: int, h: int, parts: Parts):
    """The first image and the first row of each part."""
    images, rows = parts
    return jnp.mgrid[0:n:images, 0:h:rows].reshape(2, -1).T


def _taken(x, start, parts: Parts, margin: int = 0):
    images, rows = parts
    return lax.dynamic_slice(x, (*start, 0, 0), (images, rows + margin, *x.shape[2:]))


@sealed
def _part(x, kernel):
    inputs = _split(_split([x], 1, _inputs), 2, _inputs)
    kernels = _split(_split([kernel], 0, _kernels), 1, _kernels)
    pairs = zip(inputs, kernels, strict=True)
    products = [v.reshape(-1, v.shape[-1]) @ u[0, 0] for v, u in pairs]
    y = [y.reshape(*inputs[0].shape[:-1], -1) for y in _joined(products, 2)]
    return woven(y, (2, 2))


@sealed
def _part_by_kernel(dy, x):
    kernel = jnp.zeros((3, 3, x.shape[-1], dy.shape[-1]), x.dtype)
    return jax.linear_transpose(lambda kernel: _part(x, kernel), kernel)(dy)[0]


def _split(arrays: list, axis: int, along: Callable) -> list:
    return [part for array in arrays for part in along(array, axis)]


def _inputs(x, axis):
    """Of each four neighbours, two apart, the sums that are multiplied."""
    end = x.shape[axis] - 3
    a, b, c, d = (lax.slice_in_dim(x, i, i + end, 2, axis) for i in range(4))
    return a - c, b + c, c - b, b - d


def _kernels(kernel, axis):
    a, b, c = (lax.slice_in_dim(kernel, i, i + 1, 1, axis) for i in range(3))
    return a, (a + b + c) / 2, (a - b + c) / 2, c


def _joined(products: list, rank: int) -> list:
    """The outputs at even and odd places along each axis."""
    if not rank:
        return products
    n = len(products) // 4
    quarters = [_joined(products[i : i + n], rank - 1) for i in range(0, 4 * n, n)]
    pairs = [(a + b + c, b - c - d) for a, b, c, d in zip(*quarters, strict=True)]
    return [pair[i] for i in range(2) for pair in pairs]
