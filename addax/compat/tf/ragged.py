"""`tf.ragged`: rows of different lengths, on the host."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from addax.data.elements import element
from addax.data.ragged import RaggedTensor


def constant(
    pylist: Sequence[Any], dtype: Any = None, ragged_rank: int | None = None, *args: Any,
    **options: Any,
) -> Any:  # fmt: skip
    """Lists of lists of different lengths."""
    depth = _depth(pylist) - 1 if ragged_rank is None else ragged_rank
    return _constant(pylist, depth, dtype)


def _depth(value: Any) -> int:
    """How many lists are in each other."""
    if not isinstance(value, (list, tuple, np.ndarray)):
        return 0
    return 1 + max(map(_depth, value), default=0)


def _constant(value: Any, ragged_rank: int, dtype: Any) -> Any:
    if ragged_rank < 1:
        array = element(value) if len(value) or dtype is None else element(np.zeros(0))
        return array if dtype in (None, "string") else element(array.astype(dtype))
    rows = [part for row in value for part in row]
    inner = _constant(rows, ragged_rank - 1, dtype)
    return RaggedTensor.from_row_lengths(inner, [len(row) for row in value])


def stack(values: Sequence[Any], axis: int = 0, name: Any = None) -> RaggedTensor:
    """Arrays of different lengths as rows."""
    if axis != 0:
        raise ValueError(f"Ragged rows are stacked along axis 0; received {axis}.")
    given = [v if isinstance(v, RaggedTensor) else element(np.asarray(v)) for v in values]
    return RaggedTensor.from_rows(given)


def range(starts: Any, limits: Any = None, deltas: Any = 1, **options: Any) -> RaggedTensor:
    """Rows that count from `starts` to `limits`."""
    first = np.zeros_like(starts) if limits is None else np.asarray(starts)
    last = np.asarray(starts if limits is None else limits)
    triples = zip(*np.broadcast_arrays(first, last, deltas), strict=True)
    rows = [np.arange(a, b, step).astype(last.dtype) for a, b, step in triples]
    return RaggedTensor.from_rows(rows)


def boolean_mask(data: Any, mask: Any, name: Any = None) -> RaggedTensor:
    """The values of each row where the mask is true."""
    pairs = zip(data, mask, strict=True)
    return RaggedTensor.from_rows([element(row)[np.asarray(m, bool)] for row, m in pairs])


def map_flat_values(op: Callable, *args: Any, **kwargs: Any) -> RaggedTensor:
    """`op` of the values of all rows."""
    ragged = next(a for a in (*args, *kwargs.values()) if isinstance(a, RaggedTensor))
    flat = [a.flat_values if isinstance(a, RaggedTensor) else a for a in args]
    named = {k: a.flat_values if isinstance(a, RaggedTensor) else a for k, a in kwargs.items()}
    return ragged.with_flat_values(np.asarray(op(*flat, **named)))


def segment_ids_to_row_splits(segment_ids: Any, *args: Any, **options: Any) -> Any:
    """Where rows begin and end, of the row of each value."""
    return RaggedTensor.from_value_rowids(segment_ids, segment_ids).row_splits


def row_splits_to_segment_ids(splits: Any, *args: Any, **options: Any) -> Any:
    """The row of each value, of where rows begin and end."""
    splits = np.asarray(splits)
    return RaggedTensor(np.zeros(int(splits[-1])), splits).value_rowids()
