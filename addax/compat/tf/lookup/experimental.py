"""`tf.lookup.experimental`: tables that change."""

from typing import Any

import numpy as np

from addax.compat.tf.lookup import KeyValueTensorInitializer, StaticHashTable
from addax.data.elements import element


class MutableHashTable(StaticHashTable):
    """A table into which `insert` puts keys and values."""

    def __init__(self, key_dtype: Any, value_dtype: Any, default_value: Any, **options: Any):
        empty = [np.zeros(0, object if str(d) == "string" else d) for d in (key_dtype, value_dtype)]
        super().__init__(KeyValueTensorInitializer(*empty), default_value)

    def insert(self, keys: Any, values: Any, name: Any = None) -> None:
        """Put keys in, or give them other values."""
        new = element(keys).view(np.ndarray).ravel().tolist()
        self._table.update(zip(new, element(values).view(np.ndarray).ravel(), strict=True))
        self._note()

    def remove(self, keys: Any, name: Any = None) -> None:
        """Take keys out."""
        for key in element(keys).view(np.ndarray).ravel().tolist():
            self._table.pop(key, None)
        self._note()

    def _note(self) -> None:
        """The arrays, of what the table holds now."""
        kinds = self._keys.dtype, self._values.dtype
        self._keys, self._values = (np.empty(len(self._table), k) for k in kinds)
        self._keys[:], self._values[:] = list(self._table), list(self._table.values())


class DenseHashTable(MutableHashTable):
    """MutableHashTable; the keys that mark empty and deleted places mean nothing here."""

    def __init__(
        self, key_dtype: Any, value_dtype: Any, default_value: Any, empty_key: Any = None,
        deleted_key: Any = None, **options: Any,
    ):  # fmt: skip
        super().__init__(key_dtype, value_dtype, default_value)
