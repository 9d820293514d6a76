"""Rows of different lengths, as one array of values and where each row ends."""

import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from addax.data.elements import Composite, Element, element, plain


class RaggedTensor(Composite):
    """Row i is `values[row_splits[i]:row_splits[i + 1]]`; the values may be ragged themselves."""

    def __init__(self, values: Any, row_splits: Any):
        self.values = values if isinstance(values, RaggedTensor) else element(values)
        self.row_splits = element(np.asarray(row_splits, "int64"))

    # --- other ways to say it

    @classmethod
    def from_row_splits(cls, values: Any, row_splits: Any, **ignored: Any) -> "RaggedTensor":
        """From where rows begin and end: n + 1 numbers for n rows."""
        return cls(values, row_splits)

    @classmethod
    def from_row_lengths(cls, values: Any, row_lengths: Any, **ignored: Any) -> "RaggedTensor":
        """From the length of each row."""
        return cls(values, np.concatenate([[0], np.cumsum(np.asarray(row_lengths, "int64"))]))

    @classmethod
    def from_value_rowids(
        cls, values: Any, value_rowids: Any, nrows: int | None = None, **ignored: Any
    ) -> "RaggedTensor":
        """From the row of each value, in ascending order."""
        ids = np.asarray(value_rowids, "int64")
        count = int(ids[-1]) + 1 if nrows is None and len(ids) else int(nrows or 0)
        return cls.from_row_lengths(values, np.bincount(ids, minlength=count))

    @classmethod
    def from_tensor(
        cls,
        tensor: Any,
        lengths: Any = None,
        padding: Any = None,
        ragged_rank: int = 1,
        **ignored: Any,
    ) -> "RaggedTensor":
        """The first `lengths` values of each row, or those before trailing `padding`."""
        array = element(tensor)
        rows = array.view(np.ndarray)
        if padding is not None:
            fill = rows != plain(element(padding))
            filled = fill.reshape(*fill.shape[:2], -1).any(-1)
            lengths = filled.shape[1] - filled[:, ::-1].argmax(1)
            lengths = np.where(filled.any(1), lengths, 0)
        if lengths is None:
            lengths = np.full(len(array), array.shape[1])
        parts = [row[:n] for row, n in zip(rows, np.asarray(lengths).tolist(), strict=True)]
        return cls.from_row_lengths(np.concatenate(parts), [len(p) for p in parts])

    @classmethod
    def from_rows(cls, rows: Sequence[Any]) -> "RaggedTensor":
        """From arrays, or from ragged rows."""
        if rows and isinstance(rows[0], RaggedTensor):
            inner = cls.from_rows([part for row in rows for part in row])
            return cls.from_row_lengths(inner, [len(row) for row in rows])
        arrays = [element(row) for row in rows]
        filled = [a for a in arrays if a.size] or arrays
        joined = np.concatenate([a.view(np.ndarray) for a in filled]) if arrays else np.zeros(0)
        return cls.from_row_lengths(joined.view(Element), [len(a) for a in arrays])

    @staticmethod
    def stacked(*parts: Any) -> Any:
        """Arrays as the rows of one; of single values, and of pictures of one size, an array."""
        first = parts[0]
        shapes = {p.shape for p in parts}
        if first.ndim == 0 or (first.ndim > 1 and len(shapes) == 1 and None not in first.shape):
            return element(np.stack(parts))
        return RaggedTensor.from_rows(parts)

    # --- what it is

    @property
    def flat_values(self) -> Element:
        """All values in one array."""
        return self.values.flat_values if isinstance(self.values, RaggedTensor) else self.values

    def with_values(self, values: Any) -> "RaggedTensor":
        """Other values in the same rows."""
        return RaggedTensor(values, self.row_splits)

    def with_flat_values(self, values: Any) -> "RaggedTensor":
        """Other values in the same innermost rows."""
        inner = self.values
        ragged = isinstance(inner, RaggedTensor)
        return self.with_values(inner.with_flat_values(values) if ragged else values)

    @property
    def dtype(self) -> Any:
        """That of the values."""
        return self.flat_values.dtype

    @property
    def ragged_rank(self) -> int:
        """How many axes, after the first, have rows of different lengths."""
        return 1 + (self.values.ragged_rank if isinstance(self.values, RaggedTensor) else 0)

    @property
    def shape(self) -> tuple[int | None, ...]:
        """The sizes; None where rows differ."""
        return (len(self), None, *self.values.shape[1:])

    ndim = property(lambda self: len(self.shape))

    def get_shape(self) -> tuple[int | None, ...]:
        """`shape`."""
        return self.shape

    def nrows(self, *args: Any, **kwargs: Any) -> Element:
        """The number of rows."""
        return element(np.int64(len(self)))

    def row_lengths(self, axis: int = 1, name: Any = None) -> Any:
        """The length of each row."""
        if axis > 1:
            return self.with_values(self.values.row_lengths(axis - 1))
        return element(np.diff(self.row_splits.view(np.ndarray)))

    def row_starts(self, name: Any = None) -> Element:
        """Where each row begins in the values."""
        return self.row_splits[:-1]

    def value_rowids(self, name: Any = None) -> Element:
        """The row of each value."""
        return element(np.repeat(np.arange(len(self)), self.row_lengths()))

    def bounding_shape(self, axis: int | None = None, **ignored: Any) -> Element:
        """The sizes of the array that holds all rows."""
        longest = np.max(self.row_lengths(), initial=0)
        ragged = isinstance(self.values, RaggedTensor)
        inner = self.values.bounding_shape() if ragged else np.array(self.values.shape)
        sizes = np.array([len(self), longest, *inner[1:].tolist()], "int64")
        return element(sizes if axis is None else sizes[axis])

    # --- as something else

    def to_list(self) -> list:
        """Lists in lists."""
        return [r.to_list() if isinstance(r, RaggedTensor) else r.tolist() for r in self]

    def numpy(self) -> np.ndarray:
        """An array of the rows' arrays."""
        rows = [r.numpy() for r in self]
        if len({np.shape(r) for r in rows}) <= 1 and self.ragged_rank == 1:
            return np.array(rows, None if rows and rows[0].dtype != object else object)
        found = np.empty(len(rows), object)
        found[:] = rows
        return found

    def to_tensor(self, default_value: Any = None, shape: Any = None, name: Any = None) -> Element:
        """One array, with `default_value` (0, or the empty text) where rows have no more.

        `shape` cuts or fills; None in it stands for the largest.
        """
        flat = self.flat_values
        fill = b"" if flat.dtype == object else 0
        fill = fill if default_value is None else plain(element(default_value))
        sizes = self.bounding_shape().tolist()
        given = [None] * len(sizes) if shape is None else [*shape]
        sizes = [n if g in (None, -1) else int(g) for n, g in zip(sizes, given, strict=True)]
        whole = np.full(sizes, fill, flat.dtype)
        for i, row in enumerate(self):
            if i < sizes[0] and sizes[1]:
                inner = row.to_tensor(fill, sizes[1:]) if isinstance(row, RaggedTensor) else row
                part = inner[tuple(map(slice, sizes[1:]))]
                whole[(i, *map(slice, part.shape))] = part
        return element(whole)

    def to_sparse(self, name: Any = None) -> Any:
        """The values with their places. ValueError for rows of ragged rows."""
        from addax.data.sparse import SparseTensor

        if self.ragged_rank > 1:
            raise ValueError("Rows of ragged rows become sparse by way of to_tensor().")
        lengths = self.row_lengths().view(np.ndarray)
        columns = [np.arange(n) for n in lengths]
        columns = np.concatenate(columns) if columns else np.zeros(0)
        places = np.stack([self.value_rowids(), columns], 1)
        return SparseTensor(places, self.values, self.bounding_shape())

    def merge_dims(self, outer_axis: int, inner_axis: int) -> Any:
        """Axes `outer_axis` to `inner_axis` as one."""
        outer, inner = (a % self.ndim for a in (outer_axis, inner_axis))
        if outer == inner:
            return self
        if outer > 1:
            return self.with_values(_merged(self.values, outer - 1, inner - 1))
        if outer == 0:
            return _merged(self.values, 0, inner - 1)
        values, splits = self.values, self.row_splits.view(np.ndarray)
        if isinstance(values, RaggedTensor):
            joined = RaggedTensor(values.values, values.row_splits[splits])
        else:
            joined = RaggedTensor(_merged(values, 0, 1), splits * values.shape[1])
        return joined.merge_dims(1, inner - 1)

    def __len__(self) -> int:
        return len(self.row_splits) - 1

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, tuple):
            first, *rest = key
            chosen = self if first is Ellipsis else self[first]
            if not rest:
                return chosen
            if isinstance(first, slice) or first is Ellipsis:
                return _rows_of([row[tuple(rest)] for row in chosen])
            return chosen[tuple(rest)]
        if isinstance(key, slice):
            return type(self).from_rows([self[i] for i in range(*key.indices(len(self)))])
        i = operator.index(key)
        i = i + len(self) if i < 0 else i
        if not 0 <= i < len(self):
            raise IndexError(f"There are {len(self)} rows; number {key} was asked for.")
        return self.values[int(self.row_splits[i]) : int(self.row_splits[i + 1])]

    def __repr__(self) -> str:
        return f"<RaggedTensor {self.to_list()}>"

    # --- as a part of a data set's element

    @staticmethod
    def together(parts: Sequence["RaggedTensor"]) -> "RaggedTensor":
        """Several as one batch."""
        return RaggedTensor.from_rows(parts)

    def __eq__(self, other: Any) -> Any:
        return self._each(operator.eq, other)

    def __ne__(self, other: Any) -> Any:
        return self._each(operator.ne, other)

    __hash__ = None  # type: ignore[assignment]

    def _each(self, function: Callable, other: Any, reflected: bool = False) -> "RaggedTensor":
        """`function` of each value and a number, or the value at the same place."""
        theirs = other.flat_values if isinstance(other, RaggedTensor) else other
        pair = (theirs, self.flat_values) if reflected else (self.flat_values, theirs)
        return self.with_flat_values(function(*pair))


def _merged(values: Any, outer: int, inner: int) -> Any:
    if isinstance(values, RaggedTensor):
        return values.merge_dims(outer, inner)
    shape = values.shape
    return values.reshape(*shape[:outer], -1, *shape[inner + 1 :])


def _rows_of(rows: list) -> Any:
    """Rows as an array if they have one shape of no axis, else ragged."""
    if rows and all(isinstance(r, np.ndarray) and r.ndim == 0 for r in rows):
        return element(np.array(rows, rows[0].dtype))
    return RaggedTensor.from_rows(rows)


def _operator(function: Callable, reflected: bool) -> Callable:
    return lambda self, other: self._each(function, other, reflected)


for _name in "add sub mul truediv floordiv mod pow".split():
    setattr(RaggedTensor, f"__{_name}__", _operator(getattr(operator, f"__{_name}__"), False))
    setattr(RaggedTensor, f"__r{_name}__", _operator(getattr(operator, f"__{_name}__"), True))
for _name in "lt le gt ge".split():
    setattr(RaggedTensor, f"__{_name}__", _operator(getattr(operator, f"__{_name}__"), False))
