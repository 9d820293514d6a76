"""Making arrays; their shape, order and parts."""

import math
import re
from typing import Any

import jax.numpy as jnp
import numpy as np

from addax.core import dtypes, settings, symbol
from addax.core.symbol import KerasTensor
from addax.ops.build import (
    as_array,
    as_axis,
    as_dtype,
    as_index,
    as_tensor,
    diagonals,
    float_or,
    joining,
    joins,
    op,
    publish,
    sections,
    shape_text,
    unary,
    value_error,
)

copy = unary(jnp.copy)
diag = diagonals(jnp.diag, spec=lambda args, kwargs: _diag_spec(*args, **kwargs))
diagflat = diagonals(jnp.diagflat, spec=lambda args, kwargs: _diagflat_spec(*args, **kwargs))
dsplit = sections(jnp.dsplit)
dstack = joining(jnp.dstack)
fliplr = unary(jnp.fliplr)
flipud = unary(jnp.flipud)
hsplit = sections(jnp.hsplit)
hstack = joining(jnp.hstack)
ravel = unary(jnp.ravel)
tril = diagonals(jnp.tril)
triu = diagonals(jnp.triu)
vsplit = sections(jnp.vsplit)
vstack = joining(jnp.vstack)


def _window(f):
    """An op that makes a window of so many points, as `floatx()`."""

    def fn(x):
        return f(int(x)).astype(settings.floatx())

    return publish(fn, f)


bartlett = _window(jnp.bartlett)
blackman = _window(jnp.blackman)
hamming = _window(jnp.hamming)
hanning = _window(jnp.hanning)


@op
def kaiser(x, beta):
    """Kaiser's window of `x` points; `beta` trades the main lobe's width for the side lobes."""
    return jnp.kaiser(int(x), as_array(beta)).astype(settings.floatx())


@op
def array(x, dtype=None):
    """`x` as a new array."""
    return jnp.array(as_array(x), dtype=as_dtype(dtype))


@op
def arange(start, stop=None, step=None, dtype=None):
    """`start, start + step, ...` below `stop`; `arange(n)` counts from 0."""
    if dtype is None:
        given = [v for v in (start, stop, step) if v is not None]
        dtype = dtypes.result_type(*(getattr(v, "dtype", type(v)) for v in given))
    return jnp.arange(start, stop, step, dtype=dtypes.jax_dtype(dtype))


@op
def empty(shape, dtype=None):
    """An array of zeros: the engine leaves no memory undefined."""
    return jnp.empty(shape, float_or(dtype))


@op
def empty_like(x, dtype=None):
    """`empty` of the shape of `x`."""
    return jnp.empty_like(as_array(x), as_dtype(dtype))


@op
def eye(N, M=None, k=0, dtype=None):
    """(N, M) matrix, ones on the `k`-th diagonal. TypeError for sizes that are no integers."""
    for size in (N, M):
        if isinstance(size, float) or "float" in str(getattr(size, "dtype", "")):
            raise TypeError(f"eye takes integer sizes; received {size!r}.")
    return jnp.eye(int(N), M if M is None else int(M), k=k, dtype=float_or(dtype))


@op
def full(shape, fill_value, dtype=None):
    """An array of the given shape that holds `fill_value`."""
    return jnp.full(shape, as_array(fill_value), float_or(dtype))


@op
def full_like(x, fill_value, dtype=None):
    """`full` of the shape and dtype of `x`."""
    return jnp.full_like(as_array(x), as_array(fill_value), as_dtype(dtype))


@op
def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """`num` numbers from `start` to `stop` with equal ratios."""
    return jnp.geomspace(as_array(start), as_array(stop), num, endpoint, as_dtype(dtype), axis)


@op
def identity(n, dtype=None):
    """The unit matrix (n, n)."""
    return jnp.identity(n, float_or(dtype))


@op
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    """`num` equidistant numbers from `start` to `stop`; with `retstep` also their distance."""
    start, stop = as_array(start), as_array(stop)
    return jnp.linspace(start, stop, num, endpoint, retstep, as_dtype(dtype), axis)


@op
def logspace(start, stop, num=50, endpoint=True, base=10, dtype=None, axis=0):
    """`num` numbers from `base**start` to `base**stop`, their logarithms equidistant."""
    start, stop = as_array(start), as_array(stop)
    return jnp.logspace(start, stop, num, endpoint, base, as_dtype(dtype), axis)


@op
def ones(shape, dtype=None):
    """An array of ones."""
    return jnp.ones(shape, float_or(dtype))


@op
def ones_like(x, dtype=None):
    """`ones` of the shape and dtype of `x`."""
    return jnp.ones_like(as_array(x), as_dtype(dtype))


@op
def tri(N, M=None, k=0, dtype=None):
    """(N, M) matrix, ones on the `k`-th diagonal and below."""
    return jnp.tri(N, M, k, float_or(dtype))


@op
def zeros(shape, dtype=None):
    """An array of zeros."""
    return jnp.zeros(shape, float_or(dtype))


@op
def zeros_like(x, dtype=None):
    """`zeros` of the shape and dtype of `x`."""
    return jnp.zeros_like(as_array(x), as_dtype(dtype))


def _reshape_spec(args, kwargs):
    shape = kwargs["newshape"] if "newshape" in kwargs else args[-1]
    x = kwargs["x"] if "x" in kwargs else args[0]
    if isinstance(shape, KerasTensor):
        return KerasTensor((None,) * shape.shape[0], x.dtype)
    shape = tuple(shape) if isinstance(shape, (list, tuple)) else (shape,)
    if symbol.has_symbol(shape):
        return KerasTensor([None if symbol.is_symbolic(n) else n for n in shape], x.dtype)
    if -1 in shape or None not in x.shape:
        return symbol.infer(reshape.__wrapped__, args, kwargs)
    return KerasTensor(shape, x.dtype)


@op(spec=_reshape_spec)
def reshape(x, newshape):
    """`x` in the shape `newshape`; one -1 stands for what is left over."""
    x = as_tensor(x)
    newshape = tuple(newshape) if isinstance(newshape, (list, tuple)) else newshape
    try:
        return jnp.reshape(x, newshape)
    except (TypeError, ZeroDivisionError) as error:
        raise value_error(type(error))(
            f"reshape can't arrange {x.size} elements, of shape {shape_text(x)}, as {newshape}."
        ) from None


@op
def broadcast_to(x, shape):
    """`x` repeated to fill `shape`."""
    return jnp.broadcast_to(as_array(x), shape)


@op
def expand_dims(x, axis):
    """`x` with an axis of size 1 at each position in `axis`."""
    return jnp.expand_dims(as_array(x), as_axis(axis))


@op
def squeeze(x, axis=None):
    """`x` without the axes of size 1 (those in `axis`, if given)."""
    return jnp.squeeze(as_array(x), axis=as_axis(axis))


@op
def transpose(x, axes=None):
    """`x` with its axes in the order `axes` (reversed, if None)."""
    return jnp.transpose(as_array(x), axes)


@op
def swapaxes(x, axis1, axis2):
    """`x` with two axes exchanged."""
    return jnp.swapaxes(as_array(x), axis1, axis2)


@op
def moveaxis(x, source, destination):
    """`x` with the axes `source` moved to the positions `destination`."""
    return jnp.moveaxis(as_array(x), source, destination)


@op
def rot90(array, k=1, axes=(0, 1)):
    """`array` turned by `k` quarter turns in the plane of `axes`."""
    array = as_tensor(array)
    if array.ndim < 2 or len(axes) != 2 or axes[0] == axes[1]:
        raise ValueError(
            f"rot90 turns two different axes of at least two; received axes={axes} for shape "
            f"{shape_text(array)}."
        )
    return jnp.rot90(array, k, axes)


@op
def flip(x, axis=None):
    """`x` in reverse order along `axis` (every axis, if None)."""
    return jnp.flip(as_array(x), axis=as_axis(axis))


@op
def roll(x, shift, axis=None):
    """`x` shifted along `axis`; what falls off one end comes in at the other."""
    return jnp.roll(as_array(x), shift, as_axis(axis))


@op
def pad(x, pad_width, mode="constant", constant_values=None):
    """`x` extended by `pad_width`: an int, a pair, or a pair `(before, after)` for each axis.

    `mode`: as in NumPy. ValueError for `constant_values` with a mode other than "constant".
    """
    if constant_values is None:
        return jnp.pad(as_array(x), pad_width, mode)
    if mode != "constant":
        raise ValueError(f'pad: constant_values needs mode="constant"; received {mode!r}.')
    return jnp.pad(as_array(x), pad_width, mode, constant_values=constant_values)


@op
def repeat(x, repeats, axis=None):
    """Each element of `x` (of the flat array, if `axis` is None) `repeats` times."""
    repeats = np.asarray(repeats) if isinstance(repeats, (list, tuple)) else repeats
    return jnp.repeat(as_array(x), repeats, axis)


@op
def tile(x, repeats):
    """`x` laid side by side `repeats` times along each axis."""
    return jnp.tile(as_array(x), repeats)


@joins
def concatenate(xs, axis=0):
    """The arrays `xs` joined along `axis`."""
    return jnp.concatenate([as_array(x) for x in xs], axis)


@joins
def stack(x, axis=0):
    """The arrays in `x`, of one shape, joined along a new axis."""
    return jnp.stack([as_array(t) for t in x], axis)


@joins
def append(x1, x2, axis=None):
    """`x2` after `x1` along `axis` (both flattened, if None)."""
    return jnp.append(as_array(x1), as_array(x2), axis)


@op
def split(x, indices_or_sections, axis=0):
    """`x` cut along `axis`: into so many equal parts, or before the given indices."""
    return jnp.split(as_array(x), indices_or_sections, axis)


@op
def array_split(x, indices_or_sections, axis=0):
    """`x` cut along `axis` into so many parts, the first ones longer by one if need be."""
    for name, value in ("indices_or_sections", indices_or_sections), ("axis", axis):
        if not isinstance(value, int):
            raise TypeError(f"array_split takes an int as {name}; received {value!r}.")
    if indices_or_sections <= 0:
        raise ValueError(f"array_split cuts into 1 part or more; received {indices_or_sections}.")
    return jnp.array_split(as_array(x), indices_or_sections, axis)


@op
def take(x, indices, axis=None):
    """The elements of `x` at `indices` along `axis` (of the flat array, if None)."""
    return jnp.take(as_array(x), as_index(indices), axis)


@op
def take_along_axis(x, indices, axis=None):
    """For each position along the other axes, the elements at its own `indices`."""
    return jnp.take_along_axis(as_array(x), as_index(indices), axis)


@symbol.op
def get_item(x, key):
    """`x[key]`."""
    return as_tensor(x)[key]


def _where_spec(condition, x1=None, x2=None) -> Any:
    if x1 is None and x2 is None:
        return _nonzero_spec(condition)
    return symbol.infer(where.__wrapped__, (condition, x1, x2))


@op(spec=lambda args, kwargs: _where_spec(*args, **kwargs))
def where(condition, x1=None, x2=None):
    """`x1` where `condition` holds, else `x2`; the indices where it holds, without them."""
    if (x1 is None) != (x2 is None):
        raise ValueError("where takes both x1 and x2, or neither; received only one of them.")
    if x1 is None:
        return jnp.where(as_array(condition))
    return jnp.where(as_array(condition), as_array(x1), as_array(x2))


@op
def select(condlist, choicelist, default=0):
    """For each element the first choice whose condition holds, else `default`."""
    for name, value in ("condlist", condlist), ("choicelist", choicelist):
        if not isinstance(value, (list, tuple)) or not value:
            raise ValueError(
                f"select takes a list that is not empty as {name}; received {value!r}."
            )
    return jnp.select([as_tensor(c) for c in condlist], [as_tensor(c) for c in choicelist], default)


def _diagonal_spec(x, offset=0, axis1=0, axis2=1) -> KerasTensor:
    y = symbol.infer(diagonal.__wrapped__, (x, offset, axis1, axis2))
    shorter = None in (x.shape[axis1], x.shape[axis2])  # than the sizes that were tried, maybe
    return KerasTensor((*y.shape[:-1], None), y.dtype) if shorter else y


def _diag_spec(x, k=0) -> KerasTensor:
    return _diagonal_spec(x, k) if x.ndim == 2 else symbol.infer(diag.__wrapped__, (x, k))


def _diagflat_spec(x, k=0) -> KerasTensor:
    return symbol.infer(diagflat.__wrapped__, (KerasTensor((x.size,), x.dtype), k))


@op(spec=lambda args, kwargs: _diagonal_spec(*args, **kwargs))
def diagonal(x, offset=0, axis1=0, axis2=1):
    """The diagonal `offset` of the plane of two axes, as the last axis."""
    x = as_tensor(x)
    if axis1 % x.ndim == axis2 % x.ndim:
        raise ValueError(f"diagonal takes two different axes; received {axis1} and {axis2}.")
    return jnp.diagonal(x, offset, axis1, axis2)


@op
def trace(x, offset=0, axis1=0, axis2=1):
    """Sum over the diagonal `offset` of the plane of two axes."""
    return jnp.trace(as_array(x), offset, axis1, axis2)


@op
def meshgrid(*x, indexing="xy"):
    """The coordinates of a grid, one array for each vector in `x`."""
    return jnp.meshgrid(*map(as_array, x), indexing=indexing)


@op
def ndim(x):
    """Number of axes."""
    return np.ndim(x)


@op
def size(x):
    """Number of elements."""
    return np.size(x)


def _nonzero_spec(x):
    return tuple(KerasTensor((None,), "int32") for _ in x.shape)


@op(spec=lambda args, kwargs: _nonzero_spec(*args, **kwargs))
def nonzero(x):
    """Indices of the elements that are not zero: one vector for each axis."""
    return jnp.nonzero(as_array(x))


@op
def vander(x, N=None, increasing=False):
    """Powers of a vector as the columns of (n, N), falling unless `increasing`."""
    x = as_tensor(x)
    if x.ndim != 1:
        raise ValueError(f"vander takes a vector; received shape {shape_text(x)}.")
    if N is not None and not isinstance(N, int):
        raise TypeError(f"vander's N is a number of columns; received {N!r}.")
    if not isinstance(increasing, bool):
        raise TypeError(f"vander's increasing is a boolean; received {increasing!r}.")
    if N is not None and N < 0:
        raise ValueError(f"vander's N is not negative; received {N}.")
    return jnp.vander(x, N, increasing)


@op
def unravel_index(indices, shape):
    """The coordinates in an array of `shape` of flat `indices`, one array for each axis."""
    return tuple(jnp.unravel_index(as_tensor(indices), shape))


@op
def view(x, dtype=None):
    """The bytes of `x` read as `dtype`; the last axis grows or shrinks to fit."""
    return as_tensor(x).view(as_dtype(dtype))


def vectorize(pyfunc, *, excluded=None, signature=None):
    """`pyfunc` of elements, or of the core shapes in `signature`, as a function of whole arrays."""
    if not callable(pyfunc):
        raise ValueError(f"vectorize takes a function; received {pyfunc!r}.")
    return jnp.vectorize(pyfunc, excluded=excluded or set(), signature=signature)


@op
def rearrange(tensor, pattern, **axes_lengths):
    """Reorder, split and merge axes by a pattern: `rearrange(x, "b h (w c) -> b c h w", c=3)`.

    The notation is that of einops (Rogozhnikov 2022). ValueError for a pattern that does not fit.
    """
    x = as_tensor(tensor)
    before, after = (_groups(side) for side in pattern.split("->"))
    names = [name for group in before for name in group]
    moved = [name for group in after for name in group]
    if sorted(names) != sorted(moved) or len(set(names)) < len(names) or len(before) != x.ndim:
        raise ValueError(
            f"rearrange: the pattern {pattern!r} names each axis of {shape_text(x)} once on "
            "either side of the arrow."
        )
    sizes = dict(axes_lengths)
    for group, size in zip(before, x.shape, strict=True):
        unknown = [name for name in group if name not in sizes]
        known = math.prod(sizes[name] for name in group if name in sizes)
        if len(unknown) > 1 or size % known or (not unknown and size != known):
            raise ValueError(
                f"rearrange: {' '.join(group)} = {size} in {pattern!r} can't be split by the "
                f"lengths {axes_lengths}."
            )
        sizes.update(dict.fromkeys(unknown, size // known))
    x = x.reshape([sizes[name] for name in names]).transpose([names.index(n) for n in moved])
    return x.reshape([math.prod(sizes[name] for name in group) for group in after])


def _groups(side):
    """`"b (h1 h) w"` -> `[["b"], ["h1", "h"], ["w"]]`."""
    return [group.strip("()").split() for group in re.findall(r"\w+|\(.*?\)", side)]
