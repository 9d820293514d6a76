"""Linear algebra over the last two axes."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import jax
import jax.numpy as jnp
import jax.scipy as jsp
from jax.core import Tracer

from addax.core import symbol
from addax.core.types import Array, Axis, Tensor, Tensors
from addax.ops.build import as_axis, as_float, as_tensor, op, shape_text

__all__ = [
    "cholesky", "cholesky_inverse", "det", "eig", "eigh", "inv", "jvp", "lstsq", "lu_factor",
    "matrix_rank", "norm", "pinv", "qr", "solve", "solve_triangular", "svd",
]  # fmt: skip


def _matrices(name, x, square=True):
    """`x` as an array of matrices. ValueError unless it is one (of square ones)."""
    x = as_tensor(x)
    if x.ndim < 2 or (square and x.shape[-1] != x.shape[-2]):
        kind = "square matrices (..., n, n)" if square else "matrices (..., n, m)"
        raise ValueError(f"{name} takes {kind}; received shape {shape_text(x)}.")
    return x


@op
def cholesky(x: Tensor, upper: bool = False) -> Array:
    """Lower triangular l of `x = l @ l.T` (u of `x = u.T @ u`, if `upper`): (..., n, n).

    ValueError for a matrix that is not positive definite, NaN in a compiled program.
    """
    y = jnp.linalg.cholesky(_matrices("cholesky", x), upper=upper)
    if not isinstance(y, Tracer) and jnp.isnan(y).any():
        raise ValueError("cholesky takes positive definite matrices; received another one.")
    return y


@op
def cholesky_inverse(x: Tensor, upper: bool = False) -> Array:
    """Inverse of a matrix from its factor by `cholesky`: (..., n, n) -> (..., n, n)."""
    x = _matrices("cholesky_inverse", x)
    unit = jnp.broadcast_to(jnp.eye(x.shape[-1], dtype=x.dtype), x.shape)
    inverse = jsp.linalg.solve_triangular(x, unit, lower=not upper)
    return inverse @ inverse.mT if upper else inverse.mT @ inverse


@op
def det(x: Tensor) -> Array:
    """Determinant: (..., n, n) -> (...)."""
    return jnp.linalg.det(_matrices("det", x))


@op
def slogdet(x: Tensor) -> tuple[Array, Array]:
    """Sign of the determinant, and `log(|det(x)|)`: (..., n, n) -> (...), (...)."""
    sign, logarithm = jnp.linalg.slogdet(as_tensor(x))
    return sign, logarithm


@op
def eig(x: Tensor) -> tuple[Array, Array]:
    """Eigenvalues (..., n) and eigenvectors (..., n, n), as columns, complex; on CPU only."""
    values, vectors = jnp.linalg.eig(_matrices("eig", x))
    return values, vectors


@op
def eigh(x: Tensor) -> tuple[Array, Array]:
    """Eigenvalues (..., n), ascending, and eigenvectors (..., n, n), as columns.

    For symmetric or Hermitian matrices (..., n, n).
    """
    values, vectors = jnp.linalg.eigh(_matrices("eigh", x))
    return values, vectors


@op
def inv(x: Tensor) -> Array:
    """Inverse of a matrix: (..., n, n) -> (..., n, n)."""
    return jnp.linalg.inv(_matrices("inv", x))


@op
def lu_factor(x: Tensor) -> tuple[Array, Array]:
    """l and u of `p @ x = l @ u` in one matrix (..., n, m), and the rows' exchanges."""
    return tuple(jsp.linalg.lu_factor(_matrices("lu_factor", x, square=False)))


@op
def norm(
    x: Tensor, ord: int | float | str | None = None, axis: Axis = None, keepdims: bool = False
) -> Array:
    """Norm of vectors (one axis), matrices (two axes) or, without `axis` and `ord`, the flat array.

    `ord`: p for `sum(|x|**p)**(1 / p)`, 2 by default, inf for the maximum; for matrices "fro" (the
    default), "nuc", or 1, 2, inf for the norms of operators.
    """
    return jnp.linalg.norm(as_float(x), ord=ord, axis=as_axis(axis), keepdims=keepdims)


@op
def qr(x: Tensor, mode: Literal["reduced", "complete"] | str = "reduced") -> tuple[Array, Array]:
    """q, orthonormal, and r, upper triangular, of `x = q @ r`, x (..., n, m).

    `mode`: "reduced" -> (..., n, k), (..., k, m) with k = min(n, m); "complete" -> (..., n, n),
    (..., n, m). ValueError for another one.
    """
    if mode not in ("reduced", "complete"):
        raise ValueError(f'qr\'s mode is "reduced" or "complete"; received {mode!r}.')
    q, r = jnp.linalg.qr(_matrices("qr", x, square=False), mode=mode)
    return q, r


def _system(name, a, b):
    """a, b as matrices, and whether b holds vectors: what fits the batch of `a` as such does."""
    a, b = _matrices(name, a), as_tensor(b)
    batch = zip(b.shape[-2::-1], a.shape[-3::-1], strict=False)
    vectors = b.ndim == 1 or (
        b.ndim < a.ndim and b.shape[-1] == a.shape[-1] and all(m in (1, n) for m, n in batch)
    )
    matrix = b[..., None] if vectors else b
    if matrix.shape[-2:-1] != a.shape[-1:]:
        raise ValueError(
            f"{name} takes (..., n, n) and (..., n) or (..., n, k); received {shape_text(a)} and "
            f"{shape_text(b)}."
        )
    return a, matrix, vectors


@op
def solve(a: Tensor, b: Tensor) -> Array:
    """x of `a @ x = b`: (..., n, n), (..., n) or (..., n, k) -> the shape of b."""
    a, b, vectors = _system("solve", a, b)
    x = jnp.linalg.solve(a, b)
    return x[..., 0] if vectors else x


@op
def solve_triangular(a: Tensor, b: Tensor, lower: bool = False) -> Array:
    """`solve` for triangular `a`, of which the upper (or `lower`) half is read."""
    a, b, vectors = _system("solve_triangular", a, b)
    batch = jnp.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    a, b = (jnp.broadcast_to(m, (*batch, *m.shape[-2:])) for m in (a, b))
    x = jsp.linalg.solve_triangular(a, b, lower=lower)
    return x[..., 0] if vectors else x


@op
def svd(x: Tensor, full_matrices: bool = True, compute_uv: bool = True) -> Any:
    """u, s, vh of `x = u @ diag(s) @ vh`; s alone without `compute_uv`.

    (..., n, m) -> (..., n, n), (..., k), (..., m, m) with k = min(n, m), or (..., n, k), (..., k),
    (..., k, m) without `full_matrices`.
    """
    x = _matrices("svd", x, square=False)
    parts = jnp.linalg.svd(x, full_matrices=full_matrices, compute_uv=compute_uv)
    return tuple(parts) if compute_uv else parts


@op
def lstsq(a: Tensor, b: Tensor, rcond: float | None = None) -> Array:
    """x of the smallest norm that minimizes `|a @ x - b|`: (n, m), (n, k) -> (m, k).

    Singular values below `rcond` times the largest one count as 0.
    """
    return jnp.linalg.lstsq(as_tensor(a), as_tensor(b), rcond=rcond)[0]


@op
def matrix_rank(x: Tensor, tol: float | None = None) -> Array:
    """Number of singular values above `tol` times the largest one: (..., n, m) -> (...)."""
    x = _matrices("matrix_rank", x, square=False)
    return jnp.linalg.matrix_rank(x, rtol=tol).astype("int32")


@op
def pinv(x: Tensor, rcond: float | None = None) -> Array:
    """Pseudo-inverse of Moore and Penrose: (..., n, m) -> (..., m, n).

    Singular values below `rcond` times the largest one count as 0.
    """
    return jnp.linalg.pinv(_matrices("pinv", x, square=False), rtol=rcond)


@symbol.op
def jvp(
    fun: Callable, primals: Sequence[Tensors], tangents: Sequence[Tensors], has_aux: bool = False
) -> Any:
    """`fun(*primals)` and its derivative in the direction of `tangents`.

    `has_aux`: `fun` gives a pair, of which the second part is passed on as a third result.
    """
    return jax.jvp(fun, primals, tangents, has_aux=has_aux)
