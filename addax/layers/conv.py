"""Convolutions of 1, 2 and 3 spatial dimensions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from addax import ops
from addax.core.checks import one_of, per_axis, positive
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.core.settings import standardize_data_format
from addax.core.types import (
    Activation,
    Array,
    CausalPadding,
    Constraint,
    DataFormat,
    Initializer,
    Padding,
    Regularizer,
    Shape,
    Sizes,
    Tensor,
)
from addax.layers.compressible import Compressible, LargeWeight


def entries(value: Any) -> tuple[int, ...]:
    """`value`, a field that `setup` has made a tuple, for type checkers."""
    return value


class SpatialLayer(Layer):
    """What layers over `rank` spatial axes share: where the channels are."""

    rank = 2

    @property
    def channel_axis(self) -> int:
        return -1 if self.data_format == "channels_last" else 1  # type: ignore[attr-defined]

    @property
    def spatial_axes(self) -> tuple[int, ...]:
        first = 1 if self.channel_axis == -1 else 2
        return tuple(range(first, first + self.rank))

    def on_spatial_axes(self, values: Sequence[Any], rest: Any) -> list:
        """One entry an axis: `values` for the spatial ones, `rest` for batch and channels."""
        entries = [rest] * (self.rank + 2)
        for axis, value in zip(self.spatial_axes, values, strict=True):
            entries[axis] = value
        return entries

    def channels(self, input_shape: Shape) -> int:
        """The number of input channels. ValueError where it is unknown."""
        channels = input_shape[self.channel_axis]
        if channels is None:
            raise ValueError(
                f"The channel axis ({self.channel_axis}) must have a known size; the input shape "
                f"is {tuple(input_shape)}."
            )
        return channels

    def per_channel(self, weight: Tensor) -> Array:
        """A weight of shape (channels,) shaped to broadcast against the output."""
        last = self.channel_axis == -1
        return weight if last else ops.reshape(weight, (1, -1) + (1,) * self.rank)


class Convolving(SpatialLayer):
    """What all convolutions share: windows that slide, a bias, an activation."""

    paddings: tuple[str, ...] = ("valid", "same")

    if TYPE_CHECKING:  # fields of every convolution
        strides: Any
        dilation_rate: Any
        use_bias: Any
        activation: Any

    def setup(self) -> None:
        super().setup()
        for name in ("kernel_size", "strides", "dilation_rate"):
            setattr(self, name, per_axis(name, getattr(self, name), self.rank))
        self.padding = one_of("padding", self.padding, self.paddings)
        self.data_format = standardize_data_format(self.data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def check_steps(self) -> None:
        """ValueError for windows that both stride and dilate."""
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                f"strides > 1 and dilation_rate > 1 exclude each other; received "
                f"strides={self.strides}, dilation_rate={self.dilation_rate}."
            )

    def build_bias(self, channels: int, filters: int) -> None:
        """The bias, and the number of channels that inputs must have from now on."""
        self.bias = self.weight("bias", (filters,)) if self.use_bias else None
        self.input_spec = InputSpec(ndim=self.rank + 2, axes={self.channel_axis: channels})

    def convolve(self, inputs: Tensor) -> Array:
        raise NotImplementedError

    def call(self, inputs: Tensor) -> Array:
        x = self.convolve(inputs)
        if self.bias is not None:
            last = self.data_format == "channels_last"
            x = ops.add(x, self.bias) if last else x + self.per_channel(self.bias)
        return x if self.activation is None else self.activation(x)


@fields
class Conv(Convolving, Compressible):
    """Windows that slide: `(batch, *space, d)` -> `(batch, *space', filters)`.

    `activation(convolve(x, kernel) + bias)`; a window of w steps, dilated by r, spans `span = (w -
    1) * r + 1`; "valid" gives `(size - span) // stride + 1` steps an axis, "same" `ceil(size /
    stride)`.

    ValueError for sizes that are no positive integers or one an axis, for strides and dilation that
    are both above 1, and for channels or filters that the groups don't divide.
    """

    filters: int
    kernel_size: Sizes
    strides: Sizes = 1
    padding: CausalPadding = "valid"
    data_format: DataFormat = None
    dilation_rate: Sizes = 1
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

    kernel = LargeWeight()

    def setup(self) -> None:
        super().setup()
        self.check_steps()
        positive(filters=self.filters, groups=self.groups)
        if self.filters % self.groups:
            raise ValueError(
                f"filters is a multiple of groups; received filters={self.filters}, "
                f"groups={self.groups}."
            )

    def build(self, input_shape: Shape) -> None:
        channels = self.channels(input_shape)
        if channels % self.groups:
            raise ValueError(f"{channels} input channels can't be split into {self.groups} groups.")
        shape = (*entries(self.kernel_size), channels // self.groups, self.filters)
        self.kernel = self.weight("kernel", shape)
        self.build_bias(channels, self.filters)

    def convolve(self, inputs: Tensor) -> Array:
        return self.convolution_op(inputs, self.kernel)

    def convolution_op(self, inputs: Tensor, kernel: Tensor) -> Array:
        """The convolution alone, with this kernel; a subclass may have another."""
        padding = self.padding
        if padding == "causal":
            before = (entries(self.kernel_size)[0] - 1) * entries(self.dilation_rate)[0]
            inputs = ops.pad(inputs, self.on_spatial_axes([(before, 0)], (0, 0)))
            padding = "valid"
        return ops.conv(inputs, kernel, self.strides, padding, self.data_format, self.dilation_rate)


class Conv1D(Conv):
    """Convolution over time: `(batch, time, d)` -> `(batch, time', filters)`.

    `y[t] = activation(sum over i of x[t * stride + i * dilation] @ kernel[i] + bias)`; "causal"
    pads the past only, so that step t sees no step after t.

    ValueError for sizes that are no positive integers or one an axis, for strides and dilation that
    are both above 1, and for channels or filters that the groups don't divide.
    """

    rank, paddings = 1, ("valid", "same", "causal")


class Conv2D(Conv):
    """Convolution of images: `(batch, height, width, d)` -> `(batch, height', width', filters)`.

    The kernel is `(*kernel_size, d / groups, filters)`; "valid" gives `(size - span) // stride + 1`
    steps an axis, "same" `ceil(size / stride)`.

    ValueError for sizes that are no positive integers or one an axis, for strides and dilation that
    are both above 1, and for channels or filters that the groups don't divide.
    """

    rank = 2


class Conv3D(Conv):
    """Convolution of volumes: `(batch, depth, height, width, d)` -> `(batch, ..., filters)`.

    The kernel is `(*kernel_size, d / groups, filters)`; "valid" gives `(size - span) // stride + 1`
    steps an axis, "same" `ceil(size / stride)`.

    ValueError for sizes that are no positive integers or one an axis, for strides and dilation that
    are both above 1, and for channels or filters that the groups don't divide.
    """

    rank = 3


@fields
class ConvTranspose(Convolving):
    """Convolution backwards, from its output's shape to its input's: strides enlarge.

    `(batch, *space, d)` -> `(batch, *space', filters)`, where space' is `(space - 1) * stride +
    window + output_padding`, less `2 * (window // 2)` for "same"; without `output_padding` it is
    `space * stride` for "same" (Zeiler et al. 2010).

    ValueError for sizes that are no positive integers, for strides and dilation both above 1, and
    for an `output_padding` that reaches the stride.
    """

    filters: int
    kernel_size: Sizes
    strides: Sizes = 1
    padding: Padding = "valid"
    output_padding: Sizes | None = None
    data_format: DataFormat = None
    dilation_rate: Sizes = 1
    activation: Activation = None
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None

    def setup(self) -> None:
        super().setup()
        self.check_steps()
        positive(filters=self.filters)
        if self.output_padding is None:
            return
        extra = per_axis("output_padding", self.output_padding, self.rank, minimum=0)
        if any(e >= s for e, s in zip(extra, entries(self.strides), strict=True)):
            raise ValueError(
                f"output_padding is less than strides; received output_padding={extra}, "
                f"strides={self.strides}."
            )
        self.output_padding = extra

    def build(self, input_shape: Shape) -> None:
        channels = self.channels(input_shape)
        shape = (*entries(self.kernel_size), self.filters, channels)
        self.kernel = self.weight("kernel", shape)
        self.build_bias(channels, self.filters)

    def convolve(self, inputs: Tensor) -> Array:
        return ops.conv_transpose(
            inputs,
            self.kernel,
            self.strides,
            self.padding,
            self.output_padding,
            self.data_format,
            self.dilation_rate,
        )


class Conv1DTranspose(ConvTranspose):
    """The gradient of a convolution as a layer: `(batch, time, d)` -> `(batch, time', filters)`.

    time' is `time * stride` for "same"; see `output_padding` to choose it.

    ValueError for sizes that are no positive integers, for strides and dilation both above 1, and
    for an `output_padding` that reaches the stride. Zeiler et al. 2010, "Deconvolutional networks".
    """

    rank = 1


class Conv2DTranspose(ConvTranspose):
    """The gradient of an image convolution as a layer, to enlarge images.

    `(batch, height, width, d)` -> `(batch, height', width', filters)`; sizes are multiplied by the
    strides for "same".

    ValueError for sizes that are no positive integers, for strides and dilation both above 1, and
    for an `output_padding` that reaches the stride. Zeiler et al. 2010, "Deconvolutional networks".
    """

    rank = 2


@fields
class Conv3DTranspose(ConvTranspose):
    """The gradient of a volume convolution as a layer, to enlarge volumes.

    `(batch, depth, height, width, d)` -> `(batch, ..., filters)`; sizes are multiplied by the
    strides for "same".

    ValueError for sizes that are no positive integers, for strides and dilation both above 1, and
    for an `output_padding` that reaches the stride.
    """

    rank = 3
    order = """filters kernel_size strides padding data_format output_padding dilation_rate
        activation use_bias kernel_initializer bias_initializer kernel_regularizer
        bias_regularizer activity_regularizer kernel_constraint bias_constraint"""
