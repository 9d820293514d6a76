"""Linear algebra."""

import jax.numpy as jnp

from addax.core.symbol import op
from addax.ops.build import as_axis, as_float, as_tensor


@op
def norm(x, ord=None, axis=None, keepdims=False):
    """Norm of vectors (one axis) or matrices (two axes); of the flat array, if `axis` is None."""
    return jnp.linalg.norm(as_float(x), ord=ord, axis=as_axis(axis), keepdims=keepdims)


@op
def qr(x, mode="reduced"):
    """`x = q @ r` with orthonormal q, upper triangular r. `mode`: "reduced" or "complete"."""
    if mode not in ("reduced", "complete"):
        raise ValueError(f'qr\'s mode is "reduced" or "complete"; received {mode!r}.')
    return tuple(jnp.linalg.qr(as_tensor(x), mode=mode))
