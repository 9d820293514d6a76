"""Mathematics beyond NumPy's: segments, ranking, special functions."""

from collections.abc import Callable
from typing import Protocol

import jax
import jax.numpy as jnp
from jax import lax
from jax.core import Tracer
from jax.scipy import special

from addax.core.symbol import KerasTensor, infer
from addax.core.types import Array, Axis, Tensor
from addax.ops.build import (
    as_array,
    as_axis,
    as_index,
    as_tensor,
    finish,
    is_unknown,
    op,
    shape_text,
    unary,
)

__all__ = [
    "cdist", "erf", "erfc", "erfinv", "in_top_k", "logdet", "logsumexp", "rsqrt", "segment_max",
    "segment_min", "segment_prod", "segment_sum", "top_k", "view_as_complex", "view_as_real",
]  # fmt: skip

erf = unary(
    special.erf, "Error function, `2 / sqrt(pi)` times the integral of `exp(-t**2)` from 0 to x."
)
erfc = unary(special.erfc, "`1 - erf(x)` without loss of precision for large x, elementwise.")
erfinv = unary(special.erfinv, "Inverse of `erf`, elementwise; NaN for |x| > 1.")
rsqrt = unary(lax.rsqrt, "`1 / sqrt(x)`, elementwise.", as_tensor)


class Segments(Protocol):
    def __call__(
        self,
        data: Tensor,
        segment_ids: Tensor,
        num_segments: int | None = None,
        sorted: bool = False,
    ) -> Array: ...


_SEGMENTED = """

    A segment without rows holds the neutral element. `sorted` promises that the ids ascend.
    ValueError unless there is one id for each row, and in a compiled program without
    `num_segments`.
    """


def _segments(f: Callable, about: str) -> Segments:
    """An op that reduces the rows with the same id."""

    def fn(
        data: Tensor, segment_ids: Tensor, num_segments: int | None = None, sorted: bool = False
    ) -> Array:
        data, segment_ids = as_tensor(data), as_index(segment_ids)
        if segment_ids.ndim != 1 or data.shape[:1] != segment_ids.shape:
            raise ValueError(
                f"{f.__name__} takes a vector with one segment id for each row of the data; "
                f"received ids {shape_text(segment_ids)} for data {shape_text(data)}."
            )
        if num_segments is None and isinstance(segment_ids, Tracer):
            raise ValueError(f"{f.__name__} needs num_segments in a compiled program.")
        return f(data, segment_ids, num_segments, sorted)

    def spec(args, kwargs):
        known = len(args) > 2 or kwargs.get("num_segments") is not None
        y = infer(fn, args, kwargs if known else kwargs | {"num_segments": 1})
        return y if known else KerasTensor((None, *y.shape[1:]), y.dtype)

    return finish(fn, f, about + _SEGMENTED, spec=spec)


segment_max = _segments(
    jax.ops.segment_max, "Largest rows of each segment: (n, ...), ids (n,) -> (num_segments, ...)."
)
segment_min = _segments(
    jax.ops.segment_min, "Smallest rows of each segment: (n, ...), ids (n,) -> (num_segments, ...)."
)
segment_prod = _segments(
    jax.ops.segment_prod,
    "Products of the rows of each segment: (n, ...), ids (n,) -> (num_segments, ...).",
)
segment_sum = _segments(
    jax.ops.segment_sum,
    "Sums of the rows of each segment: (n, ...), ids (n,) -> (num_segments, ...).",
)


@op
def top_k(x: Tensor, k: int, sorted: bool = True) -> tuple[Array, Array]:
    """The `k` largest elements along the last axis, and their indices: (..., n) -> (..., k).

    The largest comes first.
    """
    values, indices = lax.top_k(as_tensor(x), k)
    return values, indices


@op
def in_top_k(targets: Tensor, predictions: Tensor, k: int) -> Array:
    """Whether a target's score is among the `k` best: (batch,), (batch, classes) -> (batch,)."""
    targets, predictions = as_index(targets), as_tensor(predictions)
    score = jnp.take_along_axis(predictions, targets[..., None], axis=-1)
    score = jnp.where(jnp.isnan(score), -jnp.inf, score)
    return jnp.sum(predictions > score, axis=-1) < k


_logsumexp = jax.jit(special.logsumexp, static_argnames=("axis", "keepdims"))


@op
def logsumexp(x: Tensor, axis: Axis = None, keepdims: bool = False) -> Array:
    """`log(sum(exp(x)))` over `axis` (all, if None), without overflow."""
    return _logsumexp(as_array(x), axis=as_axis(axis), keepdims=keepdims)


@op
def logdet(x: Tensor) -> Array:
    """`log(|det(x)|)`: (..., n, n) -> (...)."""
    return jnp.linalg.slogdet(as_tensor(x))[1]


@op
def cdist(x: Tensor, y: Tensor) -> Array:
    """Euclidean distances between points: (..., n, d), (..., m, d) -> (..., n, m).

    ValueError for points of different d.
    """
    x, y = as_tensor(x), as_tensor(y)
    if x.ndim < 2 or y.ndim < 2 or x.shape[-1] != y.shape[-1]:
        raise ValueError(
            "cdist takes (..., n, d) and (..., m, d) of one d; received "
            f"{shape_text(x)} and {shape_text(y)}."
        )
    return jnp.sqrt(jnp.sum(jnp.square(x[..., :, None, :] - y[..., None, :, :]), axis=-1))


@op
def view_as_complex(x: Tensor) -> Array:
    """Pairs (real, imaginary) on the last axis as complex64: (..., 2) -> (...).

    ValueError for a last axis of another size.
    """
    x = as_tensor(x)
    if x.shape[-1:] != (2,) and not (x.ndim and is_unknown(x.shape[-1])):
        raise ValueError(f"view_as_complex takes (..., 2); received {shape_text(x)}.")
    return lax.complex(x[..., 0].astype("float32"), x[..., 1].astype("float32"))


@op
def view_as_real(x: Tensor) -> Array:
    """Complex numbers as (real, imaginary) pairs on a new last axis: (...) -> (..., 2)."""
    x = as_tensor(x)
    return jnp.stack((jnp.real(x), jnp.imag(x)), axis=-1)
