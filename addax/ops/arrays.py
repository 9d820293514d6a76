"""Making arrays; their shape, order and parts."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, Protocol

import jax.numpy as jnp
import numpy as np

from addax.core import dtypes, settings, symbol
from addax.core.symbol import KerasTensor
from addax.core.types import Array, Axis, DType, Shape, Tensor
from addax.ops.build import (
    as_array,
    as_axis,
    as_dtype,
    as_index,
    as_tensor,
    diagonals,
    finish,
    float_or,
    joining,
    op,
    op_like_first,
    sections,
    shape_text,
    unary,
    value_error,
)

copy = unary(jnp.copy, "`x` in memory of its own.")
diag = diagonals(
    jnp.diag,
    "Diagonal `k` of a matrix (n, m), or the matrix with a vector on that diagonal.",
    spec=lambda args, kwargs: _diag_spec(*args, **kwargs),
)
diagflat = diagonals(
    jnp.diagflat,
    "Matrix with the elements of `x`, flattened, on diagonal `k`: (...) -> (n, n).",
    spec=lambda args, kwargs: _diagflat_spec(*args, **kwargs),
)
dsplit = sections(jnp.dsplit, "`x` cut along axis 2, into equal parts or before the given indices.")
dstack = joining(
    jnp.dstack,
    "Arrays joined along axis 2; vectors (n,) count as (1, n, 1), matrices as (n, m, 1).",
)
fliplr = unary(jnp.fliplr, "`x` in reverse order along axis 1.")
flipud = unary(jnp.flipud, "`x` in reverse order along axis 0.")
hsplit = sections(
    jnp.hsplit,
    "`x` cut along axis 1 (0 for vectors), into equal parts or before the given indices.",
)
hstack = joining(jnp.hstack, "Arrays joined along axis 1, vectors along axis 0.")
ravel = unary(jnp.ravel, "`x` as a vector, the last axis running fastest: (...) -> (n,).")
tril = diagonals(jnp.tril, "`x` with 0 above the `k`-th diagonal: (..., n, m) -> (..., n, m).")
triu = diagonals(jnp.triu, "`x` with 0 below the `k`-th diagonal: (..., n, m) -> (..., n, m).")
vsplit = sections(jnp.vsplit, "`x` cut along axis 0, into equal parts or before the given indices.")
vstack = joining(jnp.vstack, "Arrays joined along axis 0; vectors (n,) count as (1, n).")


class Window(Protocol):
    def __call__(self, x: int) -> Array: ...


def _window(f: Callable, about: str) -> Window:
    """An op that makes a window of so many points, as `floatx()`."""

    def fn(x: int) -> Array:
        return f(int(x)).astype(settings.floatx())

    return finish(fn, f, about)


bartlett = _window(jnp.bartlett, "Triangular window of `x` points, 0 at both ends: -> (x,).")
blackman = _window(
    jnp.blackman,
    "Window `0.42 - 0.5 cos(t) + 0.08 cos(2t)`, t in [0, 2 pi] at `x` points: -> (x,).",
)
hamming = _window(
    jnp.hamming, "Window `0.54 - 0.46 cos(t)`, t in [0, 2 pi] at `x` points: -> (x,)."
)
hanning = _window(jnp.hanning, "Window `0.5 - 0.5 cos(t)`, t in [0, 2 pi] at `x` points: -> (x,).")


@op
def kaiser(x: int, beta: Tensor) -> Array:
    """Kaiser's window `i0(beta * sqrt(1 - t**2)) / i0(beta)`, t in [-1, 1]: -> (x,).

    A larger `beta` lowers the side lobes and widens the main one.
    """
    return jnp.kaiser(int(x), as_array(beta)).astype(settings.floatx())


@op
def array(x: Tensor, dtype: DType = None) -> Array:
    """`x` as a new array."""
    return jnp.array(as_array(x), dtype=as_dtype(dtype))


@op
def arange(start: Tensor, stop: Tensor = None, step: Tensor = None, dtype: DType = None) -> Array:
    """`start, start + step, ...` below `stop`; `arange(n)` counts from 0."""
    if dtype is None:
        given = [v for v in (start, stop, step) if v is not None]
        dtype = dtypes.result_type(*(getattr(v, "dtype", type(v)) for v in given))
    return jnp.arange(start, stop, step, dtype=dtypes.jax_dtype(dtype))


@op
def empty(shape: int | Shape, dtype: DType = None) -> Array:
    """An array of zeros: JAX leaves no memory undefined."""
    return jnp.empty(shape, float_or(dtype))


@op
def empty_like(x: Tensor, dtype: DType = None) -> Array:
    """Zeros of the shape of `x`, and of its dtype unless one is given."""
    return jnp.empty_like(as_array(x), as_dtype(dtype))


@op
def eye(N: int, M: int | None = None, k: int = 0, dtype: DType = None) -> Array:
    """Matrix (N, M) with ones on diagonal `k`. TypeError for sizes that are no integers."""
    for size in (N, M):
        if isinstance(size, float) or "float" in str(getattr(size, "dtype", "")):
            raise TypeError(f"eye takes integer sizes; received {size!r}.")
    return jnp.eye(int(N), M if M is None else int(M), k=k, dtype=float_or(dtype))


@op
def full(shape: int | Shape, fill_value: Tensor, dtype: DType = None) -> Array:
    """An array of `shape` that holds `fill_value` everywhere."""
    return jnp.full(shape, as_array(fill_value), float_or(dtype))


@op
def full_like(x: Tensor, fill_value: Tensor, dtype: DType = None) -> Array:
    """An array of `fill_value`, of the shape of `x`, and of its dtype unless one is given."""
    return jnp.full_like(as_array(x), as_array(fill_value), as_dtype(dtype))


@op
def geomspace(
    start: Tensor,
    stop: Tensor,
    num: int = 50,
    endpoint: bool = True,
    dtype: DType = None,
    axis: int = 0,
) -> Array:
    """`num` numbers from `start` to `stop` with equal ratios: -> (num,)."""
    return jnp.geomspace(as_array(start), as_array(stop), num, endpoint, as_dtype(dtype), axis)


@op
def identity(n: int, dtype: DType = None) -> Array:
    """The unit matrix: -> (n, n)."""
    return jnp.identity(n, float_or(dtype))


@op
def linspace(
    start: Tensor,
    stop: Tensor,
    num: int = 50,
    endpoint: bool = True,
    retstep: bool = False,
    dtype: DType = None,
    axis: int = 0,
) -> Any:
    """`num` equidistant numbers from `start` to `stop`: -> (num,).

    `endpoint`: `stop` is one of them. `retstep`: give a pair, the numbers and their distance.
    """
    start, stop = as_array(start), as_array(stop)
    return jnp.linspace(start, stop, num, endpoint, retstep, as_dtype(dtype), axis)


@op
def logspace(
    start: Tensor,
    stop: Tensor,
    num: int = 50,
    endpoint: bool = True,
    base: Tensor = 10,
    dtype: DType = None,
    axis: int = 0,
) -> Array:
    """`base**y` for `num` equidistant y from `start` to `stop`: -> (num,)."""
    start, stop = as_array(start), as_array(stop)
    return jnp.logspace(start, stop, num, endpoint, base, as_dtype(dtype), axis)


@op
def ones(shape: int | Shape, dtype: DType = None) -> Array:
    """An array of ones of `shape`."""
    return jnp.ones(shape, float_or(dtype))


@op
def ones_like(x: Tensor, dtype: DType = None) -> Array:
    """Ones of the shape of `x`, and of its dtype unless one is given."""
    return jnp.ones_like(as_array(x), as_dtype(dtype))


@op
def tri(N: int, M: int | None = None, k: int = 0, dtype: DType = None) -> Array:
    """Matrix (N, M) with ones on diagonal `k` and below, else zeros."""
    return jnp.tri(N, M, k, float_or(dtype))


@op
def zeros(shape: int | Shape, dtype: DType = None) -> Array:
    """An array of zeros of `shape`."""
    return jnp.zeros(shape, float_or(dtype))


@op
def zeros_like(x: Tensor, dtype: DType = None) -> Array:
    """Zeros of the shape of `x`, and of its dtype unless one is given."""
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
def reshape(x: Tensor, newshape: int | Shape) -> Array:
    """The elements of `x`, in their order, as an array of shape `newshape`.

    One -1 stands for what is left over. ValueError for a shape of another number of elements.
    """
    x = as_tensor(x)
    newshape = tuple(newshape) if isinstance(newshape, (list, tuple)) else newshape
    try:
        return jnp.reshape(x, newshape)
    except (TypeError, ZeroDivisionError) as error:
        raise value_error(type(error))(
            f"reshape can't arrange {x.size} elements, of shape {shape_text(x)}, as {newshape}."
        ) from None


@op
def broadcast_to(x: Tensor, shape: int | Shape) -> Array:
    """`x` repeated along axes of size 1 and new first axes, to fill `shape`."""
    return jnp.broadcast_to(as_array(x), shape)


@op
def expand_dims(x: Tensor, axis: int | Sequence[int]) -> Array:
    """`x` with an axis of size 1 at each position in `axis`: 1 turns (n, m) into (n, 1, m)."""
    return jnp.expand_dims(as_array(x), as_axis(axis))


@op
def squeeze(x: Tensor, axis: Axis = None) -> Array:
    """`x` without the axes of size 1 (those in `axis`, if given)."""
    return jnp.squeeze(as_array(x), axis=as_axis(axis))


@op
def transpose(x: Tensor, axes: Sequence[int] | None = None) -> Array:
    """`x` with its axes in the order `axes` (reversed, if None)."""
    return jnp.transpose(as_array(x), axes)


@op
def swapaxes(x: Tensor, axis1: int, axis2: int) -> Array:
    """`x` with two axes exchanged."""
    return jnp.swapaxes(as_array(x), axis1, axis2)


@op
def moveaxis(x: Tensor, source: int | Sequence[int], destination: int | Sequence[int]) -> Array:
    """`x` with the axes `source` moved to the positions `destination`."""
    return jnp.moveaxis(as_array(x), source, destination)


@op
def rot90(array: Tensor, k: int = 1, axes: tuple[int, int] = (0, 1)) -> Array:
    """`array` turned by `k` quarter turns from the first of `axes` towards the second.

    ValueError unless these are two different axes of at least two.
    """
    array = as_tensor(array)
    if array.ndim < 2 or len(axes) != 2 or axes[0] == axes[1]:
        raise ValueError(
            f"rot90 turns two different axes of at least two; received axes={axes} for shape "
            f"{shape_text(array)}."
        )
    return jnp.rot90(array, k, axes)


@op
def flip(x: Tensor, axis: Axis = None) -> Array:
    """`x` in reverse order along `axis` (along every one, if None)."""
    return jnp.flip(as_array(x), axis=as_axis(axis))


@op
def roll(x: Tensor, shift: int | Sequence[int], axis: Axis = None) -> Array:
    """`x` moved by `shift` along `axis`; what leaves at one end comes in at the other."""
    return jnp.roll(as_array(x), shift, as_axis(axis))


@op
def pad(x: Tensor, pad_width: Any, mode: str = "constant", constant_values: Tensor = None) -> Array:
    """`x` extended by `pad_width`: an int, a pair, or a pair `(before, after)` for each axis.

    `mode`: as in NumPy. ValueError for `constant_values` with a mode other than "constant".
    """
    if constant_values is None:
        return jnp.pad(as_array(x), pad_width, mode)
    if mode != "constant":
        raise ValueError(f'pad: constant_values needs mode="constant"; received {mode!r}.')
    return jnp.pad(as_array(x), pad_width, mode, constant_values=constant_values)


@op
def repeat(x: Tensor, repeats: Tensor, axis: int | None = None) -> Array:
    """Each element of `x` `repeats` times in a row, along `axis` (of the flat array, if None)."""
    repeats = np.asarray(repeats) if isinstance(repeats, (list, tuple)) else repeats
    return jnp.repeat(as_array(x), repeats, axis)


@op
def tile(x: Tensor, repeats: int | Sequence[int]) -> Array:
    """`x` side by side with itself, `repeats` times along each axis."""
    return jnp.tile(as_array(x), repeats)


@op_like_first
def concatenate(xs: Sequence[Tensor], axis: int = 0) -> Array:
    """Arrays joined along an axis they have: (n, d), (m, d) -> (n + m, d)."""
    return jnp.concatenate([as_array(x) for x in xs], axis)


@op_like_first
def stack(x: Sequence[Tensor], axis: int = 0) -> Array:
    """Arrays of one shape joined along a new axis: k of (n, d) -> (k, n, d)."""
    return jnp.stack([as_array(t) for t in x], axis)


@op_like_first
def append(x1: Tensor, x2: Tensor, axis: int | None = None) -> Array:
    """`x2` after `x1` along `axis`; both are flattened, if None: -> (n + m,)."""
    return jnp.append(as_array(x1), as_array(x2), axis)


@op
def split(x: Tensor, indices_or_sections: int | Sequence[int], axis: int = 0) -> list[Array]:
    """`x` cut along `axis`: into so many equal parts, or before the given indices.

    ValueError for a size that is no multiple of the number of parts.
    """
    return jnp.split(as_array(x), indices_or_sections, axis)


@op
def array_split(x: Tensor, indices_or_sections: int, axis: int = 0) -> list[Array]:
    """`x` cut along `axis` into so many parts, the first ones longer by one if need be.

    ValueError for less than one part, TypeError unless parts and axis are integers.
    """
    for name, value in ("indices_or_sections", indices_or_sections), ("axis", axis):
        if not isinstance(value, int):
            raise TypeError(f"array_split takes an int as {name}; received {value!r}.")
    if indices_or_sections <= 0:
        raise ValueError(f"array_split cuts into 1 part or more; received {indices_or_sections}.")
    return jnp.array_split(as_array(x), indices_or_sections, axis)


@op
def take(x: Tensor, indices: Tensor, axis: int | None = None) -> Array:
    """Slices at `indices` along `axis` (of the flat array, if None): (n, d), (m,) -> (m, d)."""
    return jnp.take(as_array(x), as_index(indices), axis)


@op
def take_along_axis(x: Tensor, indices: Tensor, axis: int | None = None) -> Array:
    """Elements at indices of their own along `axis`: (n, d), (n, k) -> (n, k) for axis 1."""
    return jnp.take_along_axis(as_array(x), as_index(indices), axis)


@symbol.op
def get_item(x: Tensor, key: Any) -> Array:
    """`x[key]`."""
    return as_tensor(x)[key]


def _where_spec(condition, x1=None, x2=None) -> Any:
    if x1 is None and x2 is None:
        return _nonzero_spec(condition)
    return symbol.infer(where.__wrapped__, (condition, x1, x2))


@op(spec=lambda args, kwargs: _where_spec(*args, **kwargs))
def where(condition: Tensor, x1: Tensor = None, x2: Tensor = None) -> Any:
    """`x1` where `condition` holds, else `x2`; shapes broadcast.

    Without both, the places where it holds: a vector of indices for each axis. ValueError for one.
    """
    if (x1 is None) != (x2 is None):
        raise ValueError("where takes both x1 and x2, or neither; received only one of them.")
    if x1 is None:
        return jnp.where(as_array(condition))
    return jnp.where(as_array(condition), as_array(x1), as_array(x2))


@op
def select(condlist: Sequence[Tensor], choicelist: Sequence[Tensor], default: Tensor = 0) -> Array:
    """From `choicelist` the array of the first condition that holds, else `default`, elementwise.

    ValueError for lists that are none, or empty.
    """
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
    return _diagonal_spec(x, k) if x.ndim == 2 else symbol.infer(jnp.diag, (x, k))


def _diagflat_spec(x, k=0) -> KerasTensor:
    return symbol.infer(jnp.diagflat, (KerasTensor((x.size,), x.dtype), k))


@op(spec=lambda args, kwargs: _diagonal_spec(*args, **kwargs))
def diagonal(x: Tensor, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Array:
    """Diagonal of the plane of two axes, as the last axis: (n, m, ...) -> (..., min(n, m)).

    `offset`: above it, or below it if negative. ValueError if both axes are the same.
    """
    x = as_tensor(x)
    if axis1 % x.ndim == axis2 % x.ndim:
        raise ValueError(f"diagonal takes two different axes; received {axis1} and {axis2}.")
    return jnp.diagonal(x, offset, axis1, axis2)


@op
def trace(x: Tensor, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Array:
    """Sum over the diagonal `offset` of the plane of two axes: (n, m, ...) -> (...)."""
    return jnp.trace(as_array(x), offset, axis1, axis2)


@op
def meshgrid(*x: Tensor, indexing: Literal["xy", "ij"] | str = "xy") -> list[Array]:
    """The coordinates of a grid, an array for each vector: (n,), (m,) -> two of (m, n).

    `indexing` "ij" gives (n, m) instead.
    """
    return jnp.meshgrid(*map(as_array, x), indexing=indexing)


@op
def ndim(x: Tensor) -> int:
    """Number of axes of `x`."""
    return np.ndim(x)


@op
def size(x: Tensor) -> int:
    """Number of elements of `x`."""
    return np.size(x)


def _nonzero_spec(x):
    return tuple(KerasTensor((None,), "int32") for _ in x.shape)


@op(spec=lambda args, kwargs: _nonzero_spec(*args, **kwargs))
def nonzero(x: Tensor) -> tuple[Array, ...]:
    """Where `x` is not 0: a vector of indices for each axis."""
    return jnp.nonzero(as_array(x))


@op
def vander(x: Tensor, N: int | None = None, increasing: bool = False) -> Array:
    """Powers `x**(N - 1), ..., x, 1` as columns: (n,) -> (n, N); ascending if `increasing`.

    ValueError for an `x` that is no vector and for `N < 0`, TypeError for one that is no integer.
    """
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
def unravel_index(indices: Tensor, shape: Sequence[int]) -> tuple[Array, ...]:
    """Flat indices into an array of `shape` as coordinates: (...) -> a (...) for each axis."""
    return tuple(jnp.unravel_index(as_tensor(indices), shape))


@op
def view(x: Tensor, dtype: DType = None) -> Array:
    """The bytes of `x` read as `dtype`; the last axis grows or shrinks to fit."""
    return as_tensor(x).view(as_dtype(dtype))


def vectorize(
    pyfunc: Callable, *, excluded: Iterable[int | str] | None = None, signature: str | None = None
) -> Callable:
    """`pyfunc` of elements as a function of whole arrays, which broadcast.

    `signature`, such as "(n),(n)->()", gives it arrays of these last axes instead; `excluded`
    arguments are passed on whole. ValueError for what can't be called.
    """
    if not callable(pyfunc):
        raise ValueError(f"vectorize takes a function; received {pyfunc!r}.")
    return jnp.vectorize(pyfunc, excluded=excluded or set(), signature=signature)


@op
def rearrange(tensor: Tensor, pattern: str, **axes_lengths: int) -> Array:
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
