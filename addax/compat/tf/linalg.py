"""`tf.linalg`, where it is more than another name: matrices are the last two axes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from addax.compat.placed import library, mathematical


@mathematical
def diag(diagonal: Any, k: int = 0, *args: Any, **options: Any) -> Any:
    """Matrices with these diagonals, (..., n) -> (..., n, n)."""
    xp = library()
    x = xp.asarray(diagonal)
    n = x.shape[-1] + abs(k)
    whole = x[..., None] * np.eye(x.shape[-1], dtype=str(x.dtype))
    before, after = max(k, 0), max(-k, 0)
    return xp.pad(
        whole,
        [(0, 0)] * (x.ndim - 1)
        + [(after, n - after - x.shape[-1]), (before, n - before - x.shape[-1])],
    )


@mathematical
def diag_part(input: Any, k: int = 0, *args: Any, **options: Any) -> Any:
    """The diagonals of matrices, (..., n, m) -> (..., min(n, m))."""
    return library().diagonal(library().asarray(input), k, -2, -1)


@mathematical
def set_diag(input: Any, diagonal: Any, *args: Any, **options: Any) -> Any:
    """Matrices with other diagonals."""
    xp = library()
    x = xp.asarray(input)
    rows, columns = x.shape[-2:]
    n = min(rows, columns)
    filled = xp.zeros_like(x[..., :1]) + 0
    wide = xp.pad(xp.asarray(diagonal), [(0, 0)] * (x.ndim - 2) + [(0, rows - n)])[..., None]
    return xp.where(np.eye(rows, columns, dtype=bool), wide + filled, x)


@mathematical
def band_part(input: Any, num_lower: int, num_upper: int) -> Any:
    """Matrices that are 0 outside so many diagonals below and above; -1 stands for all."""
    x = library().asarray(input)
    rows, columns = x.shape[-2:]
    below = np.arange(rows)[:, None] - np.arange(columns)
    kept = np.ones_like(below, bool)
    if num_lower >= 0:
        kept &= below <= int(num_lower)
    if num_upper >= 0:
        kept &= below >= -int(num_upper)
    return library().where(kept, x, library().zeros_like(x))


@mathematical
def matrix_transpose(a: Any, conjugate: bool = False) -> Any:
    """Matrices whose rows are columns."""
    return library().swapaxes(library().asarray(a), -1, -2)


@mathematical
def adjoint(matrix: Any) -> Any:
    """The transposed conjugate."""
    return library().conj(library().swapaxes(library().asarray(matrix), -1, -2))


@mathematical
def matvec(a: Any, b: Any, transpose_a: bool = False, *args: Any, **options: Any) -> Any:
    """`a @ b` of matrices (..., n, m) and vectors (..., m)."""
    xp = library()
    a = xp.swapaxes(xp.asarray(a), -1, -2) if transpose_a else xp.asarray(a)
    return (a @ xp.asarray(b)[..., None])[..., 0]


@mathematical
def trace(x: Any) -> Any:
    """The sum of the diagonal of each matrix."""
    return library().trace(library().asarray(x), 0, -2, -1)


@mathematical
def global_norm(t_list: Sequence[Any]) -> Any:
    """`sqrt(sum of all squares)` of several arrays, without those that are None."""
    xp = library()
    return xp.sqrt(sum(xp.sum(xp.square(xp.asarray(t))) for t in t_list if t is not None))


@mathematical
def normalize(tensor: Any, ord: Any = "euclidean", axis: Any = None) -> tuple:
    """The array by its norm, and the norm."""
    xp = library()
    axis = tuple(axis) if isinstance(axis, list) else axis
    order = None if ord in ("euclidean", 2) else ord
    found = xp.linalg.norm(tensor, order, axis, keepdims=True)
    return tensor / found, found


@mathematical
def logdet(matrix: Any) -> Any:
    """The logarithm of the determinant of positive definite matrices."""
    return library().linalg.slogdet(matrix)[1]


@mathematical
def slogdet(input: Any) -> tuple:
    """The sign of the determinant, and the logarithm of its size."""
    return tuple(library().linalg.slogdet(input))


@mathematical
def cross(a: Any, b: Any) -> Any:
    """The cross product of vectors (..., 3)."""
    return library().cross(a, b)


@mathematical
def tensor_diag(diagonal: Any) -> Any:
    """The matrix with this diagonal."""
    return library().diag(library().ravel(library().asarray(diagonal)))


@mathematical
def tensor_diag_part(input: Any) -> Any:
    """The diagonal of a matrix."""
    return library().diagonal(library().asarray(input))


@mathematical
def expm(input: Any) -> Any:
    """The exponential of matrices, on the device."""
    import jax.scipy.linalg

    return jax.scipy.linalg.expm(input)


def svd(tensor: Any, full_matrices: bool = False, compute_uv: bool = True, name: Any = None) -> Any:
    """(s, u, v) with `tensor = u diag(s) v^T`; s alone without `compute_uv`."""
    from addax.compat.placed import ops

    if not compute_uv:
        return ops.svd(tensor, full_matrices, False)
    u, s, vt = ops.svd(tensor, full_matrices)
    return s, u, ops.swapaxes(vt, -1, -2)


def triangular_solve(
    matrix: Any, rhs: Any, lower: bool = True, adjoint: bool = False, name: Any = None
) -> Any:
    """`x` with `matrix x = rhs`."""
    from addax.compat.placed import ops

    matrix = ops.swapaxes(matrix, -1, -2) if adjoint else matrix
    return ops.solve_triangular(matrix, rhs, lower != adjoint)
