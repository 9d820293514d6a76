"""Mathematics beyond NumPy's: segments, ranking, special functions."""

import jax
import jax.numpy as jnp
from jax import lax
from jax.scipy import special

from addax.core.symbol import op
from addax.ops.build import as_array, as_axis, as_tensor, publish, shape_text, unary

erf = unary(special.erf)
erfc = unary(special.erfc)
erfinv = unary(special.erfinv)
rsqrt = unary(lax.rsqrt, as_tensor)


def _segments(f):
    def fn(data, segment_ids, num_segments=None, sorted=False):
        data, segment_ids = as_tensor(data), as_tensor(segment_ids)
        if segment_ids.ndim != 1 or data.shape[:1] != segment_ids.shape:
            raise ValueError(
                f"{f.__name__} takes a vector with one segment id for each row of the data; "
                f"received ids {shape_text(segment_ids)} for data {shape_text(data)}."
            )
        return f(data, segment_ids, num_segments, sorted)

    return publish(fn, f)


segment_max = _segments(jax.ops.segment_max)
segment_min = _segments(jax.ops.segment_min)
segment_prod = _segments(jax.ops.segment_prod)
segment_sum = _segments(jax.ops.segment_sum)


@op
def top_k(x, k, sorted=True):
    """The `k` largest elements of the last axis, in falling order, and their indices."""
    return tuple(lax.top_k(as_tensor(x), k))


@op
def in_top_k(targets, predictions, k):
    """Whether the score of each target is among the `k` best: (batch,), (batch, classes)."""
    targets, predictions = as_tensor(targets), as_tensor(predictions)
    score = jnp.take_along_axis(predictions, targets[..., None], axis=-1)
    score = jnp.where(jnp.isnan(score), -jnp.inf, score)
    return jnp.sum(predictions > score, axis=-1) < k


@op
def logsumexp(x, axis=None, keepdims=False):
    """`log(sum(exp(x)))` over `axis`, without overflow."""
    return special.logsumexp(as_array(x), axis=as_axis(axis), keepdims=keepdims)
