"""`tf.lookup`: tables from texts or whole numbers to values, on the host."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from addax.compat.placed import ops
from addax.compat.tf.strings import text
from addax.data.elements import Composite, element
from addax.data.ragged import RaggedTensor
from addax.data.sparse import SparseTensor
from addax.layers.preprocessing.hashes import fingerprint


class TextFileIndex:
    """What of a line a TextFileInitializer takes, where it is not the number of a column."""

    WHOLE_LINE = -2
    LINE_NUMBER = -1


class KeyValueTensorInitializer:
    """Keys and their values, as arrays of one length."""

    def __init__(
        self,
        keys: Any,
        values: Any,
        key_dtype: Any = None,
        value_dtype: Any = None,
        name: Any = None,
    ):
        self.keys, self.values = _array(keys, key_dtype), _array(values, value_dtype)
        if self.keys.shape != self.values.shape:
            raise ValueError(
                f"Keys of shape {self.keys.shape} need as many values; theirs have the shape "
                f"{self.values.shape}."
            )


class TextFileInitializer(KeyValueTensorInitializer):
    """Keys and values from the lines of a file: whole lines, their numbers or columns."""

    def __init__(
        self,
        filename: Any,
        key_dtype: Any,
        key_index: int,
        value_dtype: Any,
        value_index: int,
        vocab_size: int | None = None,
        delimiter: str = "\t",
        name: Any = None,
        value_index_offset: int = 0,
    ):
        lines = Path(text(filename)).read_bytes().splitlines()[:vocab_size]

        def column(index: int, offset: int = 0) -> list:
            if index == TextFileIndex.WHOLE_LINE:
                return lines
            if index == TextFileIndex.LINE_NUMBER:
                return [i + offset for i in range(len(lines))]
            return [line.split(delimiter.encode())[index] for line in lines]

        keys = _typed(column(key_index), key_dtype)
        values = _typed(column(value_index, value_index_offset), value_dtype)
        super().__init__(keys, values)


def _typed(values: Sequence[Any], dtype: Any) -> np.ndarray:
    if str(dtype) == "string":
        return element([v if isinstance(v, bytes) else str(v).encode() for v in values])
    kind = np.dtype(dtype)
    return np.array([float(v) if kind.kind == "f" else int(v) for v in values], kind)


def _array(values: Any, dtype: Any) -> np.ndarray:
    array = element(values).view(np.ndarray)
    return array if dtype is None or array.dtype == object else array.astype(dtype)


class StaticHashTable:
    """The value of each key, `default_value` for those that the table lacks.

    Whole numbers are looked up in compiled code too.
    """

    def __init__(self, initializer: Any, default_value: Any, name: Any = None, **options: Any):
        keys, values = initializer.keys, initializer.values
        self._keys, self._values = keys, values
        self._default = _array([default_value], None if values.dtype == object else values.dtype)[0]
        self._table = dict(zip(keys.tolist(), values, strict=True))
        if len(self._table) < len(keys):
            raise ValueError("A key comes twice in the table.")

    def lookup(self, keys: Any, name: Any = None) -> Any:
        """The values of keys, in their shape."""
        if isinstance(keys, RaggedTensor):
            return keys.with_flat_values(self.lookup(keys.flat_values))
        if isinstance(keys, (SparseTensor, Composite)):
            return keys.with_values(self.lookup(keys.values))  # type: ignore[attr-defined]
        if ops.is_tensor(keys):
            return self._on_device(keys)
        given = element(keys).view(np.ndarray)
        if (given.dtype == object) != (self._keys.dtype == object) and given.size:
            raise TypeError(f"The keys are of {self._keys.dtype}; keys of {given.dtype} came.")
        found = np.empty(given.size, self._values.dtype)
        found[:] = [self._get(key) for key in given.ravel().tolist()]
        return element(found.reshape(given.shape))

    __getitem__ = lookup

    def _get(self, key: Any) -> Any:
        return self._table.get(key, self._default)

    def _on_device(self, keys: Any) -> Any:
        if object in (self._keys.dtype, self._values.dtype):
            return self.lookup(np.asarray(keys))
        order = np.argsort(self._keys)
        known = ops.convert_to_tensor(self._keys[order])
        place = ops.clip(ops.searchsorted(known, keys), 0, len(order) - 1)
        values = ops.take(self._values[order], place)
        return ops.where(ops.take(known, place) == keys, values, self._default)

    def size(self, name: Any = None) -> Any:
        """The number of keys."""
        return element(np.int64(len(self._table)))

    def export(self, name: Any = None) -> tuple:
        """The keys and the values."""
        return element(self._keys), element(self._values)


class StaticVocabularyTable(StaticHashTable):
    """The number of each text; those that the table lacks go by their hash to one of
    `num_oov_buckets` numbers behind."""

    def __init__(self, initializer: Any, num_oov_buckets: int, *args: Any, **options: Any):
        if initializer is None:
            initializer = KeyValueTensorInitializer(np.zeros(0, "int64"), np.zeros(0, "int64"))
        super().__init__(initializer, -1)
        self._buckets = int(num_oov_buckets)

    def _get(self, key: Any) -> Any:
        if key in self._table:
            return self._table[key]
        content = key if isinstance(key, bytes) else str(key).encode()
        return len(self._table) + int(fingerprint([content])[0] % np.uint64(self._buckets))

    def size(self, name: Any = None) -> Any:
        """The number of keys and buckets."""
        return element(np.int64(len(self._table) + self._buckets))
