"""Reductions along axes, cumulative ones, and statistics."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import jax
import jax.numpy as jnp
import numpy as np

from addax.core.dtypes import result_type
from addax.core.symbol import KerasTensor
from addax.core.types import Array, Axis, DType, Tensor
from addax.ops.build import (
    REDUCED,
    Reduction,
    as_array,
    as_axis,
    as_dtype,
    as_float,
    as_tensor,
    cumulative,
    extremum,
    finish,
    op,
    quantiles,
    reduction,
    shape_text,
)

all = reduction(jnp.all, "Whether all elements are true (not 0), over `axis`.")
amax = reduction(jnp.amax, "Largest element over `axis`; NaN if one is NaN.", name="amax")
amin = reduction(jnp.amin, "Smallest element over `axis`; NaN if one is NaN.", name="amin")
any = reduction(jnp.any, "Whether an element is true (not 0), over `axis`.")
argmax = reduction(
    jnp.argmax, "Index of the largest element along `axis`, the first of equal ones."
)
argmin = reduction(
    jnp.argmin, "Index of the smallest element along `axis`, the first of equal ones."
)
max = extremum(jnp.max, "Largest element over `axis`, at least `initial`; NaN if one is NaN.")
median = reduction(
    jnp.median, "Middle element over `axis`; the mean of the two in the middle of an even number."
)
min = extremum(jnp.min, "Smallest element over `axis`, at most `initial`; NaN if one is NaN.")
nanargmax = reduction(
    jnp.nanargmax, "Index of the largest element along `axis` that is not NaN; -1 if all are."
)
nanargmin = reduction(
    jnp.nanargmin, "Index of the smallest element along `axis` that is not NaN; -1 if all are."
)
nanmax = reduction(jnp.nanmax, "Largest element over `axis` that is not NaN; NaN if all are.")
nanmean = reduction(
    jnp.nanmean, "Mean over `axis` of the elements that are not NaN; NaN if all are."
)
nanmedian = reduction(
    jnp.nanmedian, "Median over `axis` of the elements that are not NaN; NaN if all are."
)
nanmin = reduction(jnp.nanmin, "Smallest element over `axis` that is not NaN; NaN if all are.")
nanprod = reduction(jnp.nanprod, "Product over `axis`, NaN counting as 1.")
nanstd = reduction(jnp.nanstd, "Standard deviation over `axis` of the elements that are not NaN.")
nansum = reduction(jnp.nansum, "Sum over `axis`, NaN counting as 0.")
nanvar = reduction(jnp.nanvar, "Variance over `axis` of the elements that are not NaN.")
ptp = reduction(jnp.ptp, "`max(x) - min(x)` over `axis`.")
std = reduction(jnp.std, "Standard deviation `sqrt(mean((x - mean(x))**2))` over `axis`.")
sum = reduction(jnp.sum, "Sum over `axis`.")

nanpercentile = quantiles(
    jnp.nanpercentile, "`percentile` of the elements that are not NaN; NaN if all are."
)
nanquantile = quantiles(
    jnp.nanquantile, "`quantile` of the elements that are not NaN; NaN if all are."
)
percentile = quantiles(
    jnp.percentile,
    "Value over `axis` that `q` percent of the elements do not exceed, q in [0, 100].",
)
quantile = quantiles(
    jnp.quantile, "Value over `axis` that a share `q` of the elements does not exceed, q in [0, 1]."
)

cumprod = cumulative(
    jnp.cumprod,
    "Product of all elements up to each one, along `axis` (of the flat array, if None).",
)
cumsum = cumulative(
    jnp.cumsum, "Sum of all elements up to each one, along `axis` (of the flat array, if None)."
)
nancumprod = cumulative(jnp.nancumprod, "`cumprod`, NaN counting as 1.")
nancumsum = cumulative(jnp.nancumsum, "`cumsum`, NaN counting as 0.")


_SMALL = {jnp.dtype("float16"), jnp.dtype("bfloat16")}


def _in_float32(f: Callable, about: str) -> Reduction:
    """A `reduction` computed in float32 where small floats would overflow."""

    def fn(x: Tensor, axis: Axis = None, keepdims: bool = False) -> Array:
        x = as_tensor(x)
        if x.dtype in _SMALL:
            y = f(x, axis=as_axis(axis), keepdims=keepdims, dtype="float32")
            return y.astype(x.dtype)
        return f(x, axis=as_axis(axis), keepdims=keepdims)

    return finish(fn, f, about + REDUCED)


mean = _in_float32(
    jnp.mean, "Mean `sum(x) / n` over `axis`; float16 and bfloat16 are summed in float32."
)
var = _in_float32(
    jnp.var, "Variance `mean((x - mean(x))**2)` over `axis`, in float32 for float16 and bfloat16."
)


@op
def prod(x: Tensor, axis: Axis = None, keepdims: bool = False, dtype: DType = None) -> Array:
    """Product over `axis` (all, if None), accumulated in `dtype`."""
    return jnp.prod(as_array(x), axis=as_axis(axis), keepdims=keepdims, dtype=as_dtype(dtype))


@op
def average(x: Tensor, axis: Axis = None, weights: Tensor = None) -> Array:
    """Weighted mean `sum(weights * x) / sum(weights)` over `axis` (all, if None).

    `weights`: of the shape of `x`, or (n,) for an axis of size n; all 1 if None.
    """
    weights = None if weights is None else as_tensor(weights)
    if weights is None or not jnp.issubdtype(weights.dtype, jnp.inexact):
        x = as_float(x)  # else integers take the type of the weights, and the other way round
    return jnp.average(as_tensor(x), as_axis(axis), weights)


@op
def count_nonzero(x: Tensor, axis: Axis = None) -> Array:
    """Number of elements over `axis` (all, if None) that are not 0, as int32."""
    return jnp.count_nonzero(as_array(x), axis=as_axis(axis)).astype("int32")


@op
def corrcoef(x: Tensor) -> Array:
    """Pearson's correlation coefficients of the rows: (n, observations) -> (n, n)."""
    return jnp.corrcoef(as_array(x))


@op
def correlate(
    x1: Tensor, x2: Tensor, mode: Literal["valid", "same", "full"] | str = "valid"
) -> Array:
    """Cross-correlation `y[k] = sum(x1[i + k] * conj(x2[i]))` of vectors (n,), (m,).

    `mode`: "valid", where both overlap wholly, -> (|n - m| + 1,); "same" -> (max(n, m),); "full",
    where they overlap at all, -> (n + m - 1,).
    """
    return jnp.correlate(as_array(x1), as_array(x2), mode)


@op
def diff(a: Tensor, n: int = 1, axis: int = -1) -> Array:
    """Differences `a[i + 1] - a[i]` along `axis`, taken `n` times; its size falls by `n`."""
    return jnp.diff(as_array(a), n=n, axis=axis)


@op
def trapezoid(y: Tensor, x: Tensor = None, dx: float = 1.0, axis: int = -1) -> Array:
    """Integral along `axis`, of which the size goes, by the trapezoidal rule.

    The samples `y` are taken at the points `x`, or `dx` apart.
    """
    return jnp.trapezoid(as_array(y), None if x is None else as_array(x), dx, axis)


@op
def sort(x: Tensor, axis: int | None = -1) -> Array:
    """`x` in ascending order along `axis` (flattened, if None)."""
    return jnp.sort(as_array(x), axis=axis)


@op
def argsort(x: Tensor, axis: int | None = -1) -> Array:
    """Indices that sort `x` in ascending order along `axis` (flattened, if None)."""
    x = as_tensor(x)
    return jnp.argsort(x, axis=axis if x.ndim else None)


@op
def argpartition(x: Tensor, kth: int, axis: int | None = -1) -> Array:
    """Indices that put the `kth` smallest element in its place, the smaller ones before it."""
    x = as_tensor(x)
    return jnp.argpartition(x.ravel() if axis is None else x, kth, 0 if axis is None else axis)


@op
def digitize(x: Tensor, bins: Tensor) -> Array:
    """Index of the bin of each element: `i` where `bins[i - 1] <= x < bins[i]`, as int32."""
    return jnp.digitize(as_array(x), as_tensor(bins)).astype("int32")


@op
def searchsorted(
    sorted_sequence: Tensor, values: Tensor, side: Literal["left", "right"] | str = "left"
) -> Array:
    """Places at which to insert `values` into a sorted vector: (n,), (...) -> (...).

    `side`: "left" of equal elements, or "right". ValueError for a sequence that is no vector.
    """
    sorted_sequence = as_tensor(sorted_sequence)
    if sorted_sequence.ndim != 1:
        raise ValueError(
            "searchsorted takes a vector to search in; received shape "
            f"{shape_text(sorted_sequence)}. Map over its rows with ops.vectorized_map."
        )
    return jnp.searchsorted(sorted_sequence, as_array(values), side=side)


@op
def histogram(
    x: Tensor, bins: int = 10, range: tuple[float, float] | None = None
) -> tuple[Array, Array]:
    """Counts of the elements of a vector in equal bins, and the edges: -> (bins,), (bins + 1,).

    `range`: the outer edges (low, high), by default the least and the largest element.
    ValueError for another rank, a negative number of bins or a range that is no pair; TypeError for
    bins that are no integer.
    """
    if not isinstance(bins, int):
        raise TypeError(f"histogram takes a number of bins; received {bins!r}.")
    if bins < 0:
        raise ValueError(f"histogram takes a number of bins >= 0; received {bins}.")
    if range and (not isinstance(range, tuple) or len(range) != 2 or range[1] < range[0]):
        raise ValueError(f"histogram's range is a pair (low, high); received {range!r}.")
    x = as_tensor(x)
    if x.ndim > 1:
        raise ValueError(f"histogram takes a vector; received shape {shape_text(x)}.")
    return jnp.histogram(x, bins=bins, range=range)


def _bincount_spec(x, weights=None, minlength=0, sparse=False):
    dtype = "int32" if weights is None else result_type(x.dtype, as_tensor(weights).dtype)
    return KerasTensor((*x.shape[:-1], None), dtype)


@op(spec=lambda args, kwargs: _bincount_spec(*args, **kwargs))
def bincount(x: Tensor, weights: Tensor = None, minlength: int = 0, sparse: bool = False) -> Array:
    """How often each of 0, 1, ... occurs: (n,) -> (m,), or row by row (rows, n) -> (rows, m).

    `weights` counts each element that many times. The result is dense even if `sparse`.
    """
    x = as_tensor(x)
    if x.size == 0:
        return jnp.zeros((*x.shape[:-1], minlength), "int32")
    length = int(np.maximum(jnp.max(x) + 1, minlength))
    count = partial(jnp.bincount, length=length)
    weights = None if weights is None else as_tensor(weights)
    if x.ndim == 1:
        return count(x, weights)
    return jax.vmap(count)(x, weights) if weights is not None else jax.vmap(count)(x)


def _unique_spec(
    x,
    sorted=True,
    return_index=False,
    return_inverse=False,
    return_counts=False,
    axis=None,
    size=None,
    fill_value=None,
):
    found = (size,)
    if axis is None:
        values, inverse = found, x.shape
    else:
        axis %= len(x.shape)
        values = (*x.shape[:axis], size, *x.shape[axis + 1 :])
        inverse = (x.shape[axis],)
    wanted = ((return_index, found), (return_inverse, inverse), (return_counts, found))
    extras = [KerasTensor(shape, "int32") for want, shape in wanted if want]
    return (KerasTensor(values, x.dtype), *extras) if extras else KerasTensor(values, x.dtype)


@op(spec=lambda args, kwargs: _unique_spec(*args, **kwargs))
def unique(
    x: Tensor,
    sorted: bool = True,
    return_index: bool = False,
    return_inverse: bool = False,
    return_counts: bool = False,
    axis: int | None = None,
    size: int | None = None,
    fill_value: Tensor = None,
) -> Any:
    """The different elements of `x` (or slices along `axis`), with what else is asked for.

    A compiled program needs their number as `size`: too few are filled up with `fill_value`.
    """
    found = jnp.unique(
        as_array(x),
        return_index=return_index,
        return_inverse=return_inverse,
        return_counts=return_counts,
        axis=axis,
        equal_nan=False,
        size=size,
        fill_value=fill_value,
        sorted=sorted,
    )
    return tuple(found) if isinstance(found, (tuple, list)) else found


@op
def isin(x1: Tensor, x2: Tensor, assume_unique: bool = False, invert: bool = False) -> Array:
    """Whether each element of `x1` is in `x2` (is not, if `invert`): (...) -> (...)."""
    return jnp.isin(as_array(x1), as_array(x2), assume_unique=assume_unique, invert=invert)
