"""The base class of quantizers; Addax has no quantization itself."""

import typing as _typing
from typing import Any

from addax.core import absent as _absent


class Quantizer:
    """A function from a tensor to one of `output_dtype`; subclasses define `__call__`."""

    def __init__(self, output_dtype: str = "int8"):
        self.output_dtype = output_dtype

    def __call__(self, x: Any) -> Any:
        return x

    def get_config(self) -> dict:
        """What `from_config` needs to make an equal quantizer."""
        raise NotImplementedError(f"{type(self).__name__} must define get_config().")

    @classmethod
    def from_config(cls, config: dict) -> "Quantizer":
        """A quantizer from what `get_config` gave."""
        return cls(**config)


if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
