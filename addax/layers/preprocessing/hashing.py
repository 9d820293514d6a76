"""Layers that number categories by hashing: no vocabulary, and collisions instead."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from addax.core import settings
from addax.core.checks import one_of, positive
from addax.core.fields import fields
from addax.core.symbol import KerasTensor
from addax.core.types import Shape, Tensor, Tensors
from addax.layers.preprocessing.hashes import concatenated, fingerprint, keyed
from addax.layers.preprocessing.host import HostLayer, encode, encoded, encoded_shape, on_host
from addax.layers.preprocessing.lookup import as_key

CROSSING = np.uint64(0xDECAFCAFFE)  # TensorFlow's


class _Hashed(HostLayer):
    """Gives numbers below `num_bins`, or their encodings."""

    modes: tuple = ()
    num_bins: int
    output_mode: str
    sparse: bool

    def __init__(self, dtype: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._asked = dtype

    def setup(self) -> None:
        positive(num_bins=self.num_bins)
        self.output_mode = one_of("output_mode", self.output_mode, self.modes)
        is_int = self.output_mode == "int"
        if is_int and self.sparse:
            raise ValueError("sparse=True goes with the other output modes than 'int'.")
        self.dtype_policy = self._asked or ("int64" if is_int else settings.floatx())
        if is_int and self.compute_dtype not in ("int32", "int64"):
            raise ValueError(
                f"With output_mode='int' the dtype is int32 or int64; received {self._asked!r}."
            )

    def _encoded(self, bins: np.ndarray) -> np.ndarray:
        if self.output_mode == "int":
            return bins.astype(self.compute_dtype)
        return encode(bins, self.output_mode, self.num_bins).astype(self.compute_dtype)

    def compute_output_spec(self, inputs: Tensors) -> Any:
        shape = self.compute_output_shape(inputs.shape)
        return KerasTensor(shape, self.compute_dtype)


@fields
class Hashing(_Hashed):
    """Each text or integer as a number below `num_bins`, by the hash of its text.

    Any shape -> integers of that shape; the other output modes give floats, one column a bin.
    FarmHash64, or SipHash with a `salt`; both are the same everywhere and for ever.

    ValueError for arguments that don't fit together.
    """

    num_bins: int
    mask_value: Any = None
    salt: Any = None
    output_mode: str = "int"
    sparse: bool = False

    modes = "int", "one_hot", "multi_hot", "count"

    def setup(self) -> None:
        super().setup()
        self.salt = as_key(self.salt)

    def call(self, inputs: Tensor) -> np.ndarray:
        mask = self.mask_value is not None and self.num_bins > 1
        texts = as_texts(inputs, f"Hashing {self.name!r}")
        hashed = fingerprint(texts) if self.salt is None else keyed(texts, self.salt)
        bins = (hashed % np.uint64(self.num_bins - mask)).astype(np.int64)
        if mask:
            masked = as_texts(on_host(self.mask_value), "mask_value")[0]
            bins = np.where([t == masked for t in texts], 0, bins + 1)
        return self._encoded(bins.reshape(inputs.shape))

    def compute_output_shape(self, input_shape: Shape) -> tuple:
        return encoded_shape(tuple(input_shape), self.output_mode, self.num_bins)


@fields
class HashedCrossing(_Hashed):
    """Each combination of two or more features as a number below `num_bins`, by a hash.

    Equal shapes `()`, `(batch,)` or `(batch, 1)` of integers or texts -> integers of that shape,
    or with output_mode "one_hot" floats, one column a bin.

    ValueError for a single feature, other shapes and floats.
    """

    num_bins: int
    output_mode: str = "int"
    sparse: bool = False

    order = "num_bins output_mode sparse name dtype ..."
    modes = "int", "one_hot"

    def _on_host(self, inputs: Any) -> Any:
        if not isinstance(inputs, (list, tuple)) or len(inputs) < 2:
            raise ValueError(
                f"HashedCrossing {self.name!r} takes a list of two or more features; received "
                f"{inputs!r}."
            )
        return [super(HashedCrossing, self)._on_host(x) for x in inputs]

    def call(self, inputs: Tensors) -> np.ndarray:
        self._check([x.shape for x in inputs])
        crossed = np.full(inputs[0].size, CROSSING)
        for x in inputs:
            crossed = concatenated(crossed, self._fingerprint(x))
        bins = (crossed % np.uint64(self.num_bins)).astype(np.int64)
        return self._encoded(bins.reshape(inputs[0].shape))

    def _fingerprint(self, x: np.ndarray) -> np.ndarray:
        """Integers stand for themselves."""
        if x.dtype.kind in "iu":
            return x.ravel().astype(np.int64).astype(np.uint64)
        if x.dtype.kind in "fbc":
            raise ValueError(
                f"HashedCrossing {self.name!r} takes integers and texts; received {x.dtype.name}."
            )
        return fingerprint(encoded(x, "utf-8", f"HashedCrossing {self.name!r}"))

    def _check(self, shapes: Sequence) -> None:
        first = tuple(shapes[0])
        column = len(first) < 2 or (len(first) == 2 and first[1] == 1)
        if not column or any(tuple(s) != first for s in shapes):
            raise ValueError(
                f"HashedCrossing {self.name!r} takes features of one shape, (), (batch,) or "
                f"(batch, 1); received {list(map(tuple, shapes))}."
            )

    def compute_output_shape(self, input_shape: Any) -> tuple:
        self._check(input_shape)
        return encoded_shape(tuple(input_shape[0]), self.output_mode, self.num_bins)

    def compute_output_spec(self, inputs: Tensors) -> Any:
        shape = self.compute_output_shape([x.shape for x in inputs])
        return KerasTensor(shape, self.compute_dtype)

    def get_config(self) -> dict:
        config = super().get_config() | {"dtype": self.dtype}
        return {k: v for k, v in config.items() if k != "trainable"}


def as_texts(x: np.ndarray, owner: str) -> list[bytes]:
    """The elements of `x` as texts, numbers as decimals; floats lose what is behind the point."""
    if x.dtype.kind not in "biuf":
        return encoded(x, "utf-8", owner)
    whole = x.astype(np.int64) if x.dtype.kind == "f" else x
    return [b"%d" % v for v in whole.ravel().tolist()]
