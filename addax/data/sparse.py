"""Arrays of which only some values are kept, with their places."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from addax.data.elements import Composite, Element, element, plain


class SparseTensor(Composite):
    """`dense[indices[i]] = values[i]`: indices (n, rank), values (n,), and the shape."""

    def __init__(self, indices: Any, values: Any, dense_shape: Any):
        self.dense_shape = element(np.asarray(dense_shape, "int64"))
        rank = len(self.dense_shape)
        self.indices = element(np.asarray(indices, "int64").reshape(-1, rank))
        self.values = element(values)
        if self.values.shape != (len(self.indices),):
            raise ValueError(
                f"{len(self.indices)} places need as many values; theirs have the shape "
                f"{self.values.shape}."
            )

    @classmethod
    def from_dense(cls, tensor: Any) -> "SparseTensor":
        """The values of an array that are not zero, nor empty."""
        array = element(tensor).view(np.ndarray)
        filled = array != (b"" if array.dtype == object else 0)
        return cls(np.argwhere(filled), array[filled], array.shape)

    dtype = property(lambda self: self.values.dtype)
    ndim = property(lambda self: len(self.dense_shape))

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes of the whole."""
        return tuple(self.dense_shape.tolist())

    def get_shape(self) -> tuple[int, ...]:
        """`shape`."""
        return self.shape

    def to_dense(self, default_value: Any = None) -> Element:
        """The whole, `default_value` (0, or the empty text) where no value is kept."""
        fill = b"" if self.values.dtype == object else 0
        fill = fill if default_value is None else plain(element(default_value))
        whole = np.full(self.shape, fill, self.values.dtype)
        whole[tuple(self.indices.view(np.ndarray).T)] = self.values
        return element(whole)

    def with_values(self, values: Any) -> "SparseTensor":
        """Other values at the same places."""
        return SparseTensor(self.indices, values, self.dense_shape)

    @staticmethod
    def together(parts: Sequence["SparseTensor"]) -> "SparseTensor":
        """Several as one batch, of the largest sizes."""
        numbered = [
            np.insert(part.indices.view(np.ndarray), 0, i, axis=1) for i, part in enumerate(parts)
        ]
        values = np.concatenate([p.values.view(np.ndarray) for p in parts])
        largest = np.max([p.dense_shape for p in parts], axis=0)
        return SparseTensor(np.concatenate(numbered), values, [len(parts), *largest.tolist()])

    def numpy(self) -> "SparseTensor":
        """Itself."""
        return self

    def __len__(self) -> int:
        return int(self.dense_shape[0])

    def __repr__(self) -> str:
        return f"<SparseTensor of shape {self.shape}: {len(self.values)} values>"
