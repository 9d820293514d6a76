"""Convolutions of 1, 2 and 3 spatial dimensions."""

from typing import Any

from addax import ops
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.core.settings import standardize_data_format
from addax.layers.types import Activation, Constraint, Initializer, Regularizer


def standardize_tuple(value: Any, rank: int, name: str, minimum: int = 1) -> tuple[int, ...]:
    """`value` as `rank` integers: one number serves for all. ValueError for anything else."""
    numbers = (value,) * rank if isinstance(value, int) else tuple(value)
    if len(numbers) != rank or any(not isinstance(n, int) or n < minimum for n in numbers):
        raise ValueError(
            f"{name} is an integer >= {minimum} or a tuple of {rank} of them; received {value!r}."
        )
    return numbers


def choose(value: Any, allowed: tuple[str, ...], name: str) -> str:
    """`value` in lower case. ValueError when it is not among `allowed`."""
    if str(value).lower() not in allowed:
        raise ValueError(f"{name} is one of {', '.join(allowed)}; received {value!r}.")
    return str(value).lower()


class SpatialLayer(Layer):
    """What layers over `rank` spatial axes share: where the channels are."""

    rank = 2

    @property
    def channel_axis(self) -> int:
        return -1 if self.data_format == "channels_last" else 1  # type: ignore[attr-defined]

    def channels(self, input_shape) -> int:
        """The number of input channels. ValueError where it is unknown."""
        channels = input_shape[self.channel_axis]
        if channels is None:
            raise ValueError(
                f"The channel axis ({self.channel_axis}) must have a known size; the input shape "
                f"is {tuple(input_shape)}."
            )
        return channels

    def per_channel(self, weight):
        """A weight of shape (channels,) shaped to broadcast against the output."""
        last = self.channel_axis == -1
        return weight if last else ops.reshape(weight, (1, -1) + (1,) * self.rank)


@fields
class Conv(SpatialLayer):
    """`activation(convolve(x, kernel) + bias)`: (batch, *space, d) -> (batch, *space', filters).

    `kernel_size`, `strides` and `dilation_rate` are one number or one a spatial axis; "valid" pads
    nothing, "same" pads evenly with zeros; groups split the channels.
    """

    filters: int
    kernel_size: Any
    strides: Any = 1
    padding: str = "valid"
    data_format: str | None = None
    dilation_rate: Any = 1
    groups: int = 1
    activation: Activation = None
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None

    paddings = ("valid", "same")

    def setup(self):
        for name in ("kernel_size", "strides", "dilation_rate"):
            setattr(self, name, standardize_tuple(getattr(self, name), self.rank, name))
        self.padding = choose(self.padding, self.paddings, "padding")
        self.data_format = standardize_data_format(self.data_format)
        if not isinstance(self.filters, int) or self.filters <= 0 or self.filters % self.groups:
            raise ValueError(
                f"filters is a positive multiple of groups; received filters={self.filters!r}, "
                f"groups={self.groups!r}."
            )
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                f"strides > 1 and dilation_rate > 1 exclude each other; received "
                f"strides={self.strides}, dilation_rate={self.dilation_rate}."
            )
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def build(self, input_shape):
        channels = self.channels(input_shape)
        if channels % self.groups:
            raise ValueError(f"{channels} input channels can't be split into {self.groups} groups.")
        shape = (*self.kernel_size, channels // self.groups, self.filters)
        self.kernel = self.weight("kernel", shape)
        self.bias = self.weight("bias", (self.filters,)) if self.use_bias else None
        self.input_spec = InputSpec(ndim=self.rank + 2, axes={self.channel_axis: channels})

    def call(self, inputs):
        x = ops.conv(
            inputs, self.kernel, self.strides, self.padding, self.data_format, self.dilation_rate
        )
        if self.bias is not None:
            x = x + self.per_channel(self.bias)
        return self.activation(x)


class Conv2D(Conv):
    """2D convolution: (batch, height, width, d) -> (batch, height', width', filters)."""

    rank = 2
