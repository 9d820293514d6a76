"""`Dense`: a matrix product over the last axis."""

from typing import Any

from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.layers.types import Activation, Constraint, Initializer, Regularizer


@fields
class Dense(Layer):
    """`activation(x @ kernel + bias)` over the last axis: (..., d) -> (..., units)."""

    units: int
    activation: Activation = None
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    lora_rank: int | None = None
    lora_alpha: float | None = None
    quantization_config: Any = None

    unstored = ("activity_regularizer", "lora_rank", "lora_alpha")

    def setup(self):
        if not isinstance(self.units, int) or self.units <= 0:
            raise ValueError(f"units is a positive integer; received {self.units!r}.")
        self.supports_masking = True
        self.input_spec = InputSpec(min_ndim=2)

    def build(self, input_shape):
        width = last_axis(input_shape)
        self.kernel = self.weight("kernel", (width, self.units))
        self.bias = self.weight("bias", (self.units,)) if self.use_bias else None
        self.input_spec = InputSpec(min_ndim=2, axes={-1: width})

    def call(self, inputs):
        x = inputs @ self.kernel
        if self.bias is not None:
            x = x + self.bias
        return self.activation(x)


def last_axis(input_shape) -> int:
    """The size of the last axis. ValueError where it is unknown."""
    if input_shape[-1] is None:
        raise ValueError(
            f"The last axis of the input must have a known size to make weights for it; the input "
            f"shape is {tuple(input_shape)}."
        )
    return input_shape[-1]
