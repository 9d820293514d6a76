"""`tf.sparse`: arrays of which only some values are kept, on the host."""

from typing import Any

import numpy as np

from addax.compat.placed import ops
from addax.data.elements import Element, element
from addax.data.ragged import RaggedTensor
from addax.data.sparse import SparseTensor as _SparseTensor


def from_dense(tensor: Any, name: Any = None) -> _SparseTensor:
    """The values that are not zero, nor empty."""
    return _SparseTensor.from_dense(np.asarray(tensor))


def to_dense(
    sp_input: Any, default_value: Any = None, validate_indices: bool = True, name: Any = None
) -> Any:
    """The whole array; one that is whole already, as it is."""
    if isinstance(sp_input, RaggedTensor):
        return sp_input.to_tensor(default_value)
    return sp_input.to_dense(default_value) if isinstance(sp_input, _SparseTensor) else sp_input


def reorder(sp_input: _SparseTensor, name: Any = None) -> _SparseTensor:
    """The values in the order of their places."""
    order = np.lexsort(sp_input.indices.view(np.ndarray).T[::-1])
    return _SparseTensor(sp_input.indices[order], sp_input.values[order], sp_input.dense_shape)


def reshape(sp_input: _SparseTensor, shape: Any, name: Any = None) -> _SparseTensor:
    """The same values in another shape."""
    flat = np.ravel_multi_index(tuple(sp_input.indices.view(np.ndarray).T), sp_input.shape)
    new = np.empty(sp_input.shape, bool).reshape([int(n) for n in np.asarray(shape)]).shape
    return _SparseTensor(np.stack(np.unravel_index(flat, new), 1), sp_input.values, new)


def add(a: Any, b: Any, threshold: float = 0) -> Any:
    """The sum: sparse if both are."""
    if isinstance(a, _SparseTensor) and isinstance(b, _SparseTensor):
        return from_dense(a.to_dense() + b.to_dense())
    return ops.add(to_dense(a), to_dense(b))


def concat(axis: int, sp_inputs: Any, *args: Any, **options: Any) -> _SparseTensor:
    """Several along an axis."""
    return from_dense(np.concatenate([s.to_dense() for s in sp_inputs], axis))


def expand_dims(sp_input: _SparseTensor, axis: int = -1, name: Any = None) -> _SparseTensor:
    """One more axis, of size 1."""
    return from_dense(np.expand_dims(sp_input.to_dense(), int(axis)))


def transpose(sp_input: _SparseTensor, perm: Any = None, name: Any = None) -> _SparseTensor:
    """The axes in another order."""
    order = list(range(sp_input.ndim))[::-1] if perm is None else [int(p) for p in perm]
    sizes = [sp_input.shape[i] for i in order]
    return reorder(_SparseTensor(sp_input.indices[:, order], sp_input.values, sizes))


def reduce_sum(
    sp_input: _SparseTensor, axis: Any = None, keepdims: Any = None, **options: Any
) -> Any:
    """The sum along axes, as a whole array."""
    return ops.sum(sp_input.to_dense(), axis, bool(keepdims))


def reduce_max(
    sp_input: _SparseTensor, axis: Any = None, keepdims: Any = None, **options: Any
) -> Any:
    """The largest along axes, as a whole array."""
    return ops.max(sp_input.to_dense(), axis, bool(keepdims))


def sparse_dense_matmul(
    sp_a: Any, b: Any, adjoint_a: bool = False, adjoint_b: bool = False, name: Any = None
) -> Any:
    """`a @ b` of a sparse matrix (n, k) and one (k, m), either transposed on request.

    The whole rows of `b` are taken and added up by row, in the device's memory.
    """
    if isinstance(b, _SparseTensor):
        product = sparse_dense_matmul(b, ops.transpose(to_dense(sp_a)), not adjoint_b, adjoint_a)
        return ops.transpose(product)
    rows, columns = (sp_a.indices[:, 1 if adjoint_a else 0], sp_a.indices[:, 0 if adjoint_a else 1])
    b = ops.transpose(b) if adjoint_b else ops.convert_to_tensor(b)
    parts = ops.take(b, np.asarray(columns), axis=0) * np.asarray(sp_a.values)[:, None]
    count = sp_a.shape[1 if adjoint_a else 0]
    return ops.segment_sum(parts, np.asarray(rows), num_segments=count)


def slice(sp_input: _SparseTensor, start: Any, size: Any, name: Any = None) -> _SparseTensor:
    """A part of the whole."""
    start, size = np.asarray(start), np.asarray(size)
    places = sp_input.indices.view(np.ndarray)
    kept = ((places >= start) & (places < start + size)).all(1)
    ends = np.minimum(start + size, sp_input.shape) - start
    return _SparseTensor(places[kept] - start, sp_input.values[kept], np.maximum(ends, 0))


def bincount(values: Any, minlength: Any = None, maxlength: Any = None, **options: Any) -> Element:
    """How often each number comes."""
    flat = values.values if isinstance(values, _SparseTensor) else np.asarray(values)
    return element(np.bincount(flat.ravel(), minlength=int(minlength or 0))[: maxlength or None])
