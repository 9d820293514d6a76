"""Recurrent layers whose products are convolutions."""

from collections.abc import Callable

from addax import ops
from addax.core.checks import one_of, per_axis
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.core.settings import standardize_data_format
from addax.core.types import Activation, Array, DataFormat, Padding, Shape, Sizes, Tensor
from addax.layers.cells import (
    GATES,
    LIMITS,
    PENALTIES,
    START,
    DropoutCell,
    Held,
    Weighted,
    lstm_step,
)
from addax.layers.conv import entries
from addax.layers.rnn import Gated

WINDOW = "filters kernel_size strides padding data_format dilation_rate"


@fields
class Windowed(Layer):
    """The first arguments of convolutions over time."""

    filters: int
    kernel_size: Sizes
    strides: Sizes = 1
    padding: Padding = "valid"
    data_format: DataFormat = None
    dilation_rate: Sizes = 1


@fields
class ConvLSTMArguments(Weighted, Windowed):
    """The arguments of an LSTM of convolutions and of its cell."""

    recurrent_activation: Activation = "sigmoid"
    unit_forget_bias: bool = True
    rank: int = 2

    order = f"{WINDOW} {GATES} {START} unit_forget_bias {PENALTIES} {LIMITS} seed"


@fields
class ConvLSTMCell(DropoutCell, ConvLSTMArguments):
    """One step of an LSTM with convolutions for products (https://arxiv.org/abs/1506.04214).

    (batch, *space, d), [h, c] -> (batch, *space', filters), [h, c]. Strides, padding and dilation
    are the input's; the states' convolution keeps their size.
    """

    gates = 4
    masks_per_gate = True  # pyright: ignore[reportAssignmentType]
    unstored = ("rank",)

    def setup(self) -> None:
        super().setup()
        for name in ("kernel_size", "strides", "dilation_rate"):
            setattr(self, name, per_axis(name, getattr(self, name), self.rank))
        if max(entries(self.strides)) > 1 and max(entries(self.dilation_rate)) > 1:
            raise ValueError(
                f"strides > 1 and dilation_rate > 1 exclude each other; received "
                f"strides={self.strides}, dilation_rate={self.dilation_rate}."
            )
        self.padding = one_of("padding", self.padding, ("valid", "same"))
        self.data_format = standardize_data_format(self.data_format)
        self.gate_axis = -1 if self.data_format == "channels_last" else 1
        self.state_size = [self.filters, self.filters]
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def build(self, inputs_shape: Shape, states_shape: Shape | None = None) -> None:
        if None in inputs_shape[1:]:
            raise ValueError(
                f"ConvLSTM layers need known sizes of space and channels; a step's shape is "
                f"{tuple(inputs_shape)}."
            )
        self.step_shape = tuple(inputs_shape[1:])
        self.make_weights(inputs_shape[self.gate_axis], self.filters, entries(self.kernel_size))

    def get_initial_state(self, batch_size: int | None = None) -> list:
        x = ops.zeros((1, *self.step_shape), self.compute_dtype)
        kernel = ops.zeros(
            (
                *entries(self.kernel_size),
                self.step_shape[-1 if self.gate_axis == -1 else 0],
                self.filters,
            )
        )
        shape = (batch_size, *self.apply(x, kernel).shape[1:])
        return [ops.zeros(shape, self.compute_dtype) for _ in range(2)]

    def apply(self, x: Tensor, kernel: Tensor) -> Array:
        return ops.conv(x, kernel, self.strides, self.padding, self.data_format, self.dilation_rate)

    def apply_recurrent(self, h: Tensor, kernel: Tensor) -> Array:
        return ops.conv(h, kernel, 1, "same", self.data_format)

    def parts(self, held: Held) -> tuple[Callable, Callable]:
        (project, recur), bias = self.products(held), held.bias
        step = lstm_step(self, lambda z, h: z + recur(h), self.gate_axis)
        if bias is None:
            return project, step
        if self.gate_axis == 1:
            bias = ops.reshape(bias, (1, -1) + (1,) * self.rank)
            return lambda x: project(x) + bias, step
        return lambda x: ops.add(project(x), bias), step


@fields
class ConvLSTM(Gated, ConvLSTMArguments):
    """An LSTM with convolutions over time: (batch, time, *space, d) -> (batch, *space', filters).

    See `ConvLSTMCell` for the step.
    """

    order = f"""{WINDOW} {GATES} {START} unit_forget_bias {PENALTIES} activity_regularizer
        {LIMITS} seed return_sequences return_state go_backwards stateful"""

    cell_class, cell_name = ConvLSTMCell, "conv_lstm_cell"
    unstored = ("rank",)

    def setup(self) -> None:
        self.ndim = 3 + self.rank  # pyright: ignore[reportAttributeAccessIssue]
        super().setup()
        for name in ("kernel_size", "strides", "dilation_rate", "padding", "data_format"):
            setattr(self, name, getattr(self.cell, name))


@fields
class ConvLSTM1D(ConvLSTM):
    """An LSTM with convolutions for products, over sequences of rows.

    `(batch, time, length, d)` -> `(batch, length', filters)`, with `return_sequences` `(batch,
    time, length', filters)`. The step is that of `LSTMCell`; strides, padding and dilation are the
    input's, the states' convolution keeps their size.

    ValueError for strides and dilation both above 1, and for unknown sizes of space or channels.
    Shi et al. 2015, https://arxiv.org/abs/1506.04214.
    """

    rank = 1


@fields
class ConvLSTM2D(ConvLSTM):
    """An LSTM with convolutions for products, over sequences of images.

    `(batch, time, height, width, d)` -> `(batch, height', width', filters)`, with
    `return_sequences` a time axis after the batch. The step is that of `LSTMCell`; strides, padding
    and dilation are the input's, the states' convolution keeps their size.

    ValueError for strides and dilation both above 1, and for unknown sizes of space or channels.
    Shi et al. 2015, https://arxiv.org/abs/1506.04214.
    """

    rank = 2


@fields
class ConvLSTM3D(ConvLSTM):
    """An LSTM with convolutions for products, over sequences of volumes.

    `(batch, time, depth, height, width, d)` -> `(batch, depth', height', width', filters)`, with
    `return_sequences` a time axis after the batch. The step is that of `LSTMCell`.

    ValueError for strides and dilation both above 1, and for unknown sizes of space or channels.
    Shi et al. 2015, https://arxiv.org/abs/1506.04214.
    """

    rank = 3
