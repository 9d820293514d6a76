"""Layers that rearrange, crop, pad and repeat."""

import math
from typing import Any

from addax import ops
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.settings import standardize_data_format
from addax.core.symbol import KerasTensor


@fields
class Flatten(Layer):
    """(batch, ...) -> (batch, product of the rest); channels come last whatever the data format."""

    data_format: str | None = None

    def setup(self):
        self.data_format = standardize_data_format(self.data_format)

    def call(self, inputs):
        if self.data_format == "channels_first" and inputs.ndim > 2:
            inputs = ops.moveaxis(inputs, 1, -1)
        return ops.reshape(inputs, (inputs.shape[0], math.prod(inputs.shape[1:])))

    def compute_output_spec(self, inputs, **_: Any):
        rest = inputs.shape[1:]
        return KerasTensor(
            (inputs.shape[0], None if None in rest else math.prod(rest)), inputs.dtype
        )


@fields
class Reshape(Layer):
    """(batch, ...) -> (batch, *target_shape); one -1 in the target takes what is left."""

    target_shape: tuple[int, ...]

    def setup(self):
        self.target_shape = tuple(self.target_shape)

    def call(self, inputs):
        size = math.prod(inputs.shape[1:])
        known = -math.prod(self.target_shape) if -1 in self.target_shape else 0
        fits = size % known == 0 if known else size == math.prod(self.target_shape)
        if not fits:
            raise ValueError(
                f"{inputs.shape[1:]} has {size} elements an example and can't be reshaped to "
                f"{self.target_shape}."
            )
        return ops.reshape(inputs, (inputs.shape[0], *self.target_shape))
