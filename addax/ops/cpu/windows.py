"""Windows over arrays (n, *space, c): their padding, the slices they meet, and back again."""

import itertools
from collections.abc import Sequence

import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.core.types import Array

Sizes = tuple[int, ...]
Pads = tuple[tuple[int, int], ...]


def explicit_pads(
    padding: str | Sequence, sizes: Sizes, window: Sizes, strides: Sizes, dilation: Sizes
) -> Pads:
    """What "valid" or "same" adds before and after each spatial axis.

    ValueError for windows that don't fit into the input.
    """
    if not isinstance(padding, str):
        return tuple((int(low), int(high)) for low, high in padding)
    spans = [(w - 1) * d + 1 for w, d in zip(window, dilation, strict=True)]
    if padding == "valid" and any(n < span for n, span in zip(sizes, spans, strict=True)):
        raise ValueError(
            f"The window {tuple(window)} with dilation {tuple(dilation)} does not fit into the "
            f"input of {tuple(sizes)} with padding='valid': the output is empty. Use "
            'padding="same" or a larger input.'
        )
    return tuple(lax.padtype_to_pads(sizes, spans, strides, padding.upper()))


def outputs(sizes: Sizes, window: Sizes, strides: Sizes, pads: Pads, dilation: Sizes) -> Sizes:
    """How many places the window has along each axis."""
    axes = zip(sizes, window, strides, pads, dilation, strict=True)
    return tuple((n + sum(pad) - (w - 1) * d - 1) // s + 1 for n, w, s, pad, d in axes)


def padded(x: Array, pads: Pads, fill: float = 0, interior: Sizes | None = None):
    """x with `fill` before and after each spatial axis, and between its elements."""
    interior = interior or (0,) * len(pads)
    inner = [(low, high, gap) for (low, high), gap in zip(pads, interior, strict=True)]
    if not any(any(p) for p in inner):
        return x
    return lax.pad(x, np.array(fill, x.dtype), [(0, 0, 0), *inner, (0, 0, 0)])


def placed(x: Array, before: Sequence[int], sizes: Sequence[int], strides: Sizes):
    """x in an array of `sizes`: `before` zeros in front (or cut off), `strides - 1` between."""
    places = [
        (low, size - low - ((n - 1) * s + 1))
        for low, size, n, s in zip(before, sizes, x.shape[1:-1], strides, strict=True)
    ]
    return padded(x, tuple(places), interior=tuple(s - 1 for s in strides))


def shifts(
    x: Array, window: Sizes, strides: Sizes, dilation: Sizes, pads: Pads, fill: float = 0
) -> list:
    """For each offset in the window, row by row, the elements it meets: (n, *out, c) each."""
    out = outputs(x.shape[1:-1], window, strides, pads, dilation)
    x = padded(x, pads, fill)
    slices = []
    for offset in itertools.product(*map(range, window)):
        low = [o * d for o, d in zip(offset, dilation, strict=True)]
        high = [a + (n - 1) * s + 1 for a, n, s in zip(low, out, strides, strict=True)]
        start, limit = (0, *low, 0), (x.shape[0], *high, x.shape[-1])
        slices.append(lax.slice(x, start, limit, (1, *strides, 1)))
    return slices


def unshift(parts: list, shape: Sizes, window: Sizes, strides: Sizes, dilation: Sizes, pads: Pads):
    """The transpose of `shifts`: each part added where it came from, in an array of `shape`.

    What lies at one residue by the strides is added up by itself, without zeros between.
    """
    before = [-low for low, _ in pads]
    if len(parts) == 1:
        return placed(parts[0], before, shape[1:-1], strides)
    places = [-(-(n + sum(pad)) // s) for n, pad, s in zip(shape[1:-1], pads, strides, strict=True)]
    ones = (1,) * len(window)
    phases: dict = {}
    for part, offset in zip(parts, itertools.product(*map(range, window)), strict=True):
        starts = [divmod(o * d, s) for o, d, s in zip(offset, dilation, strides, strict=True)]
        at = placed(part, [whole for whole, _ in starts], places, ones)
        residue = tuple(rest for _, rest in starts)
        phases[residue] = phases[residue] + at if residue in phases else at
    nothing = jnp.zeros_like(at)
    residues = itertools.product(*map(range, strides))
    y = woven([phases.get(residue, nothing) for residue in residues], strides)
    return placed(y, before, shape[1:-1], ones)


def woven(phases: list, strides: Sizes):
    """Arrays of the elements at each residue by the strides, row by row, side by side in one."""
    rank, shape = len(strides), phases[0].shape
    if len(phases) == 1:
        return phases[0]
    return interleaved(jnp.stack(phases, -2).reshape(*shape[:-1], *strides, shape[-1]), rank)


def interleaved(y: Array, rank: int):
    """(n, *places, *strides, c) -> (n, *(places * strides), c)."""
    order = itertools.chain(*zip(range(1, rank + 1), range(rank + 1, 2 * rank + 1), strict=True))
    sizes = [n * s for n, s in zip(y.shape[1 : rank + 1], y.shape[rank + 1 : -1], strict=True)]
    y = y.transpose(0, *order, 2 * rank + 1)
    return y.reshape(len(y), *sizes, y.shape[-1])
