"""Reductions along axes, cumulative ones, and statistics."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from addax.core.dtypes import result_type
from addax.core.symbol import KerasTensor
from addax.ops.build import (
    as_array,
    as_axis,
    as_dtype,
    as_float,
    as_tensor,
    cumulative,
    extremum,
    op,
    publish,
    quantiles,
    reduction,
    shape_text,
)

all = reduction(jnp.all)
amax = reduction(jnp.amax, name="amax")
amin = reduction(jnp.amin, name="amin")
any = reduction(jnp.any)
argmax = reduction(jnp.argmax)
argmin = reduction(jnp.argmin)
max = extremum(jnp.max)
median = reduction(jnp.median)
min = extremum(jnp.min)
nanargmax = reduction(jnp.nanargmax)
nanargmin = reduction(jnp.nanargmin)
nanmax = reduction(jnp.nanmax)
nanmean = reduction(jnp.nanmean)
nanmedian = reduction(jnp.nanmedian)
nanmin = reduction(jnp.nanmin)
nanprod = reduction(jnp.nanprod)
nanstd = reduction(jnp.nanstd)
nansum = reduction(jnp.nansum)
nanvar = reduction(jnp.nanvar)
ptp = reduction(jnp.ptp)
std = reduction(jnp.std)
sum = reduction(jnp.sum)

nanpercentile = quantiles(jnp.nanpercentile)
nanquantile = quantiles(jnp.nanquantile)
percentile = quantiles(jnp.percentile)
quantile = quantiles(jnp.quantile)

cumprod = cumulative(jnp.cumprod)
cumsum = cumulative(jnp.cumsum)
nancumprod = cumulative(jnp.nancumprod)
nancumsum = cumulative(jnp.nancumsum)


_SMALL = {jnp.dtype("float16"), jnp.dtype("bfloat16")}


def _in_float32(f):
    """A `reduction` computed in float32 where small floats would overflow."""

    def fn(x, axis=None, keepdims=False):
        x = as_tensor(x)
        if x.dtype in _SMALL:
            y = f(x, axis=as_axis(axis), keepdims=keepdims, dtype="float32")
            return y.astype(x.dtype)
        return f(x, axis=as_axis(axis), keepdims=keepdims)

    return publish(fn, f)


mean = _in_float32(jnp.mean)
var = _in_float32(jnp.var)


@op
def prod(x, axis=None, keepdims=False, dtype=None):
    """Product over `axis`, accumulated in `dtype`."""
    return jnp.prod(as_array(x), axis=as_axis(axis), keepdims=keepdims, dtype=as_dtype(dtype))


@op
def average(x, axis=None, weights=None):
    """Mean over `axis`, weighted by `weights` (of `x`'s shape, or one for each index of `axis`)."""
    weights = None if weights is None else as_tensor(weights)
    if weights is None or not jnp.issubdtype(weights.dtype, jnp.inexact):
        x = as_float(x)  # else integers take the type of the weights, and the other way round
    return jnp.average(as_tensor(x), as_axis(axis), weights)


@op
def count_nonzero(x, axis=None):
    """Number of elements that are not zero, as int32."""
    return jnp.count_nonzero(as_array(x), axis=as_axis(axis)).astype("int32")


@op
def corrcoef(x):
    """Pearson's correlation of the rows: (n, observations) -> (n, n)."""
    return jnp.corrcoef(as_array(x))


@op
def correlate(x1, x2, mode="valid"):
    """Cross-correlation of two vectors; `mode`: "valid", "same" or "full"."""
    return jnp.correlate(as_array(x1), as_array(x2), mode)


@op
def diff(a, n=1, axis=-1):
    """Differences of neighbours along `axis`, taken `n` times."""
    return jnp.diff(as_array(a), n=n, axis=axis)


@op
def trapezoid(y, x=None, dx=1.0, axis=-1):
    """Integral of samples `y` along `axis`, at the points `x` or `dx` apart."""
    return jnp.trapezoid(as_array(y), None if x is None else as_array(x), dx, axis)


@op
def sort(x, axis=-1):
    """`x` in ascending order along `axis` (flattened, if None)."""
    return jnp.sort(as_array(x), axis=axis)


@op
def argsort(x, axis=-1):
    """Indices that sort `x` along `axis` (flattened, if None)."""
    x = as_tensor(x)
    return jnp.argsort(x, axis=axis if x.ndim else None)


@op
def argpartition(x, kth, axis=-1):
    """Indices that put the `kth` smallest element in its place, the smaller ones before it."""
    x = as_tensor(x)
    return jnp.argpartition(x.ravel() if axis is None else x, kth, 0 if axis is None else axis)


@op
def digitize(x, bins):
    """Index of the bin of each element: `i` where `bins[i - 1] <= x < bins[i]`, as int32."""
    return jnp.digitize(as_array(x), as_tensor(bins)).astype("int32")


@op
def searchsorted(sorted_sequence, values, side="left"):
    """Where to insert `values` into a sorted vector. ValueError unless it is a vector."""
    sorted_sequence = as_tensor(sorted_sequence)
    if sorted_sequence.ndim != 1:
        raise ValueError(
            "searchsorted takes a vector to search in; received shape "
            f"{shape_text(sorted_sequence)}. Map over its rows with ops.vectorized_map."
        )
    return jnp.searchsorted(sorted_sequence, as_array(values), side=side)


@op
def histogram(x, bins=10, range=None):
    """Counts of the values of a vector in `bins` equal bins, and the `bins + 1` edges."""
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
def bincount(x, weights=None, minlength=0, sparse=False):
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
    x,
    sorted=True,
    return_index=False,
    return_inverse=False,
    return_counts=False,
    axis=None,
    size=None,
    fill_value=None,
):
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
def isin(x1, x2, assume_unique=False, invert=False):
    """Whether each element of `x1` occurs in `x2` (does not, if `invert`)."""
    return jnp.isin(as_array(x1), as_array(x2), assume_unique=assume_unique, invert=invert)
