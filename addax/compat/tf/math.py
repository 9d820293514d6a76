"""`tf.math`, where it is more than another name."""

from collections.abc import Callable
from typing import Any

import numpy as np

from addax.compat.placed import library, mathematical, ops


def _segments(reduce: str, about: str) -> Callable:
    def unsorted(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
        count = int(num_segments)
        ids = ops.convert_to_tensor(segment_ids)
        data = ops.convert_to_tensor(data)
        flat = ops.reshape(data, (-1, *data.shape[len(ids.shape) :]))
        return _reduced(reduce, flat, ops.reshape(ids, (-1,)), count)

    unsorted.__name__, unsorted.__doc__ = f"unsorted_segment_{reduce}", about
    return unsorted


def _reduced(reduce: str, data: Any, ids: Any, count: int) -> Any:
    if reduce in ("mean", "sqrt_n"):
        total = ops.segment_sum(data, ids, num_segments=count)
        number = ops.segment_sum(ops.ones_like(ids, data.dtype), ids, num_segments=count)
        number = ops.reshape(ops.maximum(number, 1), (-1,) + (1,) * (len(data.shape) - 1))
        return total / (number if reduce == "mean" else ops.sqrt(number))
    if reduce == "prod":
        return ops.segment_prod(data, ids, num_segments=count)
    if reduce == "sum":
        return ops.segment_sum(data, ids, num_segments=count)
    best = ops.segment_max if reduce == "max" else ops.segment_min
    kind = np.finfo(data.dtype) if "float" in str(data.dtype) else np.iinfo(data.dtype)
    extreme = kind.min if reduce == "max" else kind.max
    found = best(data, ids, num_segments=count)
    number = ops.segment_sum(ops.ones_like(ids), ids, num_segments=count)
    empty = ops.reshape(number == 0, (-1,) + (1,) * (len(data.shape) - 1))
    return ops.where(empty, ops.cast(extreme, data.dtype), found)


_ABOUT = "The {} of the entries of `data` of each segment: (n, ...) -> (num_segments, ...)."
unsorted_segment_sum = _segments("sum", _ABOUT.format("sum"))
unsorted_segment_mean = _segments("mean", _ABOUT.format("mean"))
unsorted_segment_max = _segments("max", _ABOUT.format("largest"))
unsorted_segment_min = _segments("min", _ABOUT.format("smallest"))
unsorted_segment_prod = _segments("prod", _ABOUT.format("product"))
unsorted_segment_sqrt_n = _segments("sqrt_n", _ABOUT.format("sum by the root of the number"))


def _ordered(reduce: str) -> Callable:
    def segments(data: Any, segment_ids: Any, name: Any = None) -> Any:
        count = int(np.asarray(segment_ids)[-1]) + 1
        data = ops.convert_to_tensor(data)
        return _reduced(reduce, data, ops.convert_to_tensor(segment_ids), count)

    segments.__name__ = f"segment_{reduce}"
    segments.__doc__ = "`unsorted_segment_...` of segments in order, the last of which ends it."
    return segments


segment_sum, segment_mean = _ordered("sum"), _ordered("mean")
segment_max, segment_min = _ordered("max"), _ordered("min")
segment_prod = _ordered("prod")


def bincount(
    arr: Any,
    weights: Any = None,
    minlength: int | None = None,
    maxlength: int | None = None,
    dtype: Any = "int32",
    name: Any = None,
    axis: int | None = None,
    binary_output: bool = False,
) -> Any:
    """How often each number comes in the whole, or in each row for axis=-1."""
    given = np.asarray(arr)
    count = max(int(given.max(initial=-1)) + 1, int(minlength or 0))
    count = count if maxlength is None else min(count, int(maxlength))
    rows = given.reshape(1, -1) if axis in (None, 0) else given
    heavy = np.ones(rows.shape) if weights is None else np.asarray(weights).reshape(rows.shape)
    kept = [r < count for r in rows]
    found = np.array(
        [np.bincount(r[k], w[k], count) for r, w, k in zip(rows, heavy, kept, strict=True)]
    )
    found = (found > 0) if binary_output else found
    kind = dtype if weights is None else np.asarray(weights).dtype
    return ops.convert_to_tensor((found[0] if axis in (None, 0) else found).astype(kind))


def confusion_matrix(
    labels: Any,
    predictions: Any,
    num_classes: int | None = None,
    weights: Any = None,
    dtype: Any = "int32",
    name: Any = None,
) -> Any:
    """(classes, classes): how often each label, by row, was predicted as each class."""
    labels, predictions = (ops.convert_to_tensor(v) for v in (labels, predictions))
    if num_classes is None:
        num_classes = int(max(np.max(np.asarray(v), initial=-1) for v in (labels, predictions))) + 1
    count = int(num_classes)
    ones = ops.ones_like(labels, dtype) if weights is None else ops.cast(weights, dtype)
    places = ops.cast(labels, "int32") * count + ops.cast(predictions, "int32")
    flat = ops.segment_sum(ones, places, num_segments=count * count)
    return ops.reshape(flat, (count, count))


@mathematical
def count_nonzero(
    input: Any, axis: Any = None, keepdims: bool = False, dtype: Any = "int64"
) -> Any:
    """How many numbers are not 0, along axes."""
    axis = tuple(axis) if isinstance(axis, list) else axis
    filled = library().asarray(input) != 0
    return library().sum(filled, axis, "int32", keepdims=bool(keepdims))


@mathematical
def polyval(coeffs: Any, x: Any) -> Any:
    """`coeffs[0] x^n + ... + coeffs[n]`."""
    total = 0
    for c in coeffs:
        total = total * x + c
    return total


@mathematical
def squared_difference(x: Any, y: Any) -> Any:
    """`(x - y)^2`."""
    return library().square(library().asarray(x) - y)


@mathematical
def reduce_euclidean_norm(input_tensor: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """`sqrt(sum(x^2))`."""
    axis = tuple(axis) if isinstance(axis, list) else axis
    return library().sqrt(library().sum(library().square(input_tensor), axis, keepdims=keepdims))


@mathematical
def cumulative_logsumexp(
    x: Any, axis: int = 0, exclusive: bool = False, reverse: bool = False
) -> Any:
    """`log(cumsum(exp(x)))`."""
    xp = library()
    most = xp.max(x, axis, keepdims=True)
    return xp.log(cumsum(xp.exp(x - most), axis, exclusive, reverse)) + most


def _cumulative(name: str, neutral: int) -> Callable:
    def cumulated(x: Any, axis: int = 0, exclusive: bool = False, reverse: bool = False) -> Any:
        xp = library()
        x, axis = xp.asarray(x), int(axis)
        x = xp.flip(x, axis) if reverse else x
        found = getattr(xp, name)(x, axis).astype(x.dtype)
        if exclusive:
            first = xp.full_like(xp.take(x, np.array([0]), axis), neutral)
            rest = xp.take(found, np.arange(x.shape[axis] - 1), axis)
            found = xp.concatenate([first, rest], axis)
        return xp.flip(found, axis) if reverse else found

    cumulated.__name__ = name
    cumulated.__doc__ = f"numpy.{name}; `exclusive` leaves each number itself out."
    return mathematical(cumulated)


cumsum, cumprod = _cumulative("cumsum", 0), _cumulative("cumprod", 1)


@mathematical
def zero_fraction(value: Any) -> Any:
    """How much of an array is 0."""
    return library().mean(library().asarray(value) == 0, dtype="float32")


@mathematical
def multiply_no_nan(x: Any, y: Any) -> Any:
    """`x * y`, and 0 where y is 0."""
    xp = library()
    y = xp.asarray(y)
    return xp.where(y == 0, xp.zeros_like(y), x) * y


@mathematical
def xlogy(x: Any, y: Any) -> Any:
    """`x log(y)`, and 0 where x is 0."""
    xp = library()
    x = xp.asarray(x)
    return xp.where(x == 0, xp.zeros_like(x), x * xp.log(xp.where(x == 0, 1, y)))


@mathematical
def reciprocal_no_nan(x: Any) -> Any:
    """`1 / x`, and 0 where x is 0."""
    xp = library()
    x = xp.asarray(x)
    return xp.where(x == 0, xp.zeros_like(x), 1 / xp.where(x == 0, 1, x))


@mathematical
def invert_permutation(x: Any) -> Any:
    """`y` with `y[x[i]] = i`."""
    return library().argsort(library().asarray(x)).astype("int32")


def _special(name: str) -> Callable:
    """A function of jax.scipy.special, on the device."""

    def computed(*args: Any) -> Any:
        import jax.scipy.special

        return getattr(jax.scipy.special, name)(*args)

    computed.__doc__ = f"The special function {name}."
    return computed


def _named(name: str, scipy: str) -> Callable:
    from addax.core.symbol import op

    computed = _special(scipy)
    computed.__name__ = name
    found = op(computed)

    def anywhere(*args: Any, name: Any = None) -> Any:
        return found(*args)

    anywhere.__name__, anywhere.__doc__ = name, computed.__doc__
    return anywhere


lgamma, digamma, polygamma = (
    _named(n, s)
    for n, s in (("lgamma", "gammaln"), ("digamma", "digamma"), ("polygamma", "polygamma"))
)
betainc, igamma, igammac = (
    _named(n, s)
    for n, s in (("betainc", "betainc"), ("igamma", "gammainc"), ("igammac", "gammaincc"))
)
ndtri, zeta, bessel_i0, bessel_i1 = (
    _named(n, s)
    for n, s in (("ndtri", "ndtri"), ("zeta", "zeta"), ("bessel_i0", "i0"), ("bessel_i1", "i1"))
)


def is_non_decreasing(x: Any, name: Any = None) -> Any:
    """Whether no number is smaller than the one before."""
    return ops.all(ops.diff(ops.ravel(x)) >= 0)


def is_strictly_increasing(x: Any, name: Any = None) -> Any:
    """Whether each number is larger than the one before."""
    return ops.all(ops.diff(ops.ravel(x)) > 0)
