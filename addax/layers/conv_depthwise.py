"""Convolutions that treat each channel by itself."""

from addax import ops
from addax.core.checks import positive
from addax.core.fields import fields
from addax.core.types import (
    Activation,
    Array,
    Constraint,
    DataFormat,
    Initializer,
    Padding,
    Regularizer,
    Shape,
    Sizes,
    Tensor,
)
from addax.layers.conv import Convolving, entries


@fields
class DepthwiseConv(Convolving):
    """Each channel convolved with `depth_multiplier` windows of its own.

    (batch, *space, d) -> (batch, *space', d * depth_multiplier)
    """

    kernel_size: Sizes
    strides: Sizes = 1
    padding: Padding = "valid"
    depth_multiplier: int = 1
    data_format: DataFormat = None
    dilation_rate: Sizes = 1
    activation: Activation = None
    use_bias: bool = True
    depthwise_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    depthwise_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    depthwise_constraint: Constraint = None
    bias_constraint: Constraint = None

    def setup(self) -> None:
        super().setup()
        positive(depth_multiplier=self.depth_multiplier)

    def build(self, input_shape: Shape) -> None:
        channels = self.channels(input_shape)
        shape = (*entries(self.kernel_size), channels, self.depth_multiplier)
        self.kernel = self.weight("kernel", shape, "depthwise")
        self.build_bias(channels, channels * self.depth_multiplier)

    def convolve(self, inputs: Tensor) -> Array:
        return ops.depthwise_conv(
            inputs, self.kernel, self.strides, self.padding, self.data_format, self.dilation_rate
        )


class DepthwiseConv1D(DepthwiseConv):
    """Windows over time that see one channel each, `depth_multiplier` a channel.

    `(batch, time, d)` -> `(batch, time', d * depth_multiplier)`; `y[t, c * m + j] = activation(sum
    over i of x[t * stride + i, c] * kernel[i, c, j] + bias)` for the multiplier m.

    ValueError for sizes that are no positive integers or one an axis, and for an unknown number of
    channels.
    """

    rank = 1


class DepthwiseConv2D(DepthwiseConv):
    """Windows of an image that see one channel each, `depth_multiplier` a channel.

    `(batch, height, width, d)` -> `(batch, height', width', d * depth_multiplier)`.

    ValueError for sizes that are no positive integers or one an axis, and for an unknown number of
    channels. Howard et al. 2017, https://arxiv.org/abs/1704.04861.
    """

    rank = 2


@fields
class SeparableConv(Convolving):
    """A depthwise convolution, then a mixing of the channels at each position.

    (batch, *space, d) -> (batch, *space', filters)
    """

    filters: int
    kernel_size: Sizes
    strides: Sizes = 1
    padding: Padding = "valid"
    data_format: DataFormat = None
    dilation_rate: Sizes = 1
    depth_multiplier: int = 1
    activation: Activation = None
    use_bias: bool = True
    depthwise_initializer: Initializer = "glorot_uniform"
    pointwise_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    depthwise_regularizer: Regularizer = None
    pointwise_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    depthwise_constraint: Constraint = None
    pointwise_constraint: Constraint = None
    bias_constraint: Constraint = None

    def setup(self) -> None:
        super().setup()
        positive(filters=self.filters, depth_multiplier=self.depth_multiplier)

    def build(self, input_shape: Shape) -> None:
        channels = self.channels(input_shape)
        depthwise = (*entries(self.kernel_size), channels, self.depth_multiplier)
        pointwise = (*(1,) * self.rank, channels * self.depth_multiplier, self.filters)
        self.depthwise_kernel = self.weight("depthwise_kernel", depthwise, "depthwise")
        self.pointwise_kernel = self.weight("pointwise_kernel", pointwise, "pointwise")
        self.build_bias(channels, self.filters)

    def convolve(self, inputs: Tensor) -> Array:
        return ops.separable_conv(
            inputs,
            self.depthwise_kernel,
            self.pointwise_kernel,
            self.strides,
            self.padding,
            self.data_format,
            self.dilation_rate,
        )


class SeparableConv1D(SeparableConv):
    """Windows that see one channel each, then a mixing of channels at each step.

    `(batch, time, d)` -> `(batch, time', filters)`, by way of `d * depth_multiplier` channels.

    ValueError for sizes that are no positive integers or one an axis, and for an unknown number of
    channels.
    """

    rank = 1


class SeparableConv2D(SeparableConv):
    """Windows of an image that see one channel each, then a mixing of channels at each pixel.

    `(batch, height, width, d)` -> `(batch, height', width', filters)`, by way of `d *
    depth_multiplier` channels.

    ValueError for sizes that are no positive integers or one an axis, and for an unknown number of
    channels. Chollet 2017, https://arxiv.org/abs/1610.02357.
    """

    rank = 2
