"""The scores of attention: products of queries with keys, and their gradients."""

import jax.numpy as jnp
from jax import lax

from addax.ops.cpu.bilinear import bilinear


def _by_key(dy, query, _):
    """The smaller array to the left, as XLA reads that by columns: up to twice as fast."""
    dkey = lax.dot_general(query, dy, (((2,), (2,)), ((0, 1), (0, 1))))
    return dkey.transpose(0, 3, 1, 2)


# (batch, kv heads, t, d), (batch, s, kv heads, d) -> (batch, kv heads, t, s)
scores, _, _ = bilinear(
    "attention_scores",
    lambda query, key: jnp.einsum("bktd,bskd->bkts", query, key),
    lambda dy, key, _: jnp.einsum("bkts,bskd->bktd", dy, key),
    _by_key,
    lambda query, key: (*query.shape[:3], key.shape[1]),
)
