"""Recurrent layers: a cell, which makes one step, and the loop over time."""

from typing import Any

from addax import ops, random
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.registry import deserialize
from addax.core.seeds import SeedGenerator
from addax.core.variable import Variable
from addax.layers.types import Activation, Constraint, Initializer, Regularizer
from addax.ops.recurrent import scan_time


@fields
class Recurrent(Layer):
    """Runs `self.cell` over time: (batch, time, d) -> (batch, units) or (batch, time, units)."""

    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    stateful: bool = False
    unroll: bool = False
    zero_output_for_mask: bool = False

    unstored = ("use_cudnn",)

    def setup(self):
        self.supports_masking = True
        self.states: list[Variable] | None = None

    @property
    def state_sizes(self) -> list:
        size = self.cell.state_size
        return list(size) if isinstance(size, (list, tuple)) else [size]

    def build(self, sequences_shape, initial_state_shape=None):
        if not self.cell.built:
            self.cell.build((sequences_shape[0], *sequences_shape[2:]))
            self.cell.built = True
        if self.stateful:
            self._make_states(sequences_shape[0])

    def _make_states(self, batch):
        if batch is None:
            raise ValueError(
                "A stateful recurrent layer needs a fixed batch size: give its model's Input a "
                "batch_size."
            )
        initial = self.get_initial_state(batch)
        self.states = [Variable(s, trainable=False, name="rnn_state") for s in initial]

    def get_initial_state(self, batch_size) -> list:
        """The states before the first step: zeros, or what the cell says."""
        if hasattr(self.cell, "get_initial_state"):
            states = self.cell.get_initial_state(batch_size=batch_size)
            return list(states) if isinstance(states, (list, tuple)) else [states]
        return [ops.zeros((batch_size, n), dtype=self.compute_dtype) for n in self.state_sizes]

    def reset_state(self) -> None:
        """Set the states of a stateful layer back to zero."""
        for state in self.states or ():
            state.assign(ops.zeros_like(state))

    reset_states = reset_state

    def call(self, sequences, initial_state=None, mask=None, training=False):
        states = self._first_states(sequences, initial_state)
        mask = mask[0] if isinstance(mask, list) else mask
        last, outputs, states = scan_time(
            self._step(sequences, states, training),
            self._prepare(sequences, training),
            states,
            mask=mask,
            go_backwards=self.go_backwards,
            unroll=self.unroll,
            zero_output_for_mask=self.zero_output_for_mask,
            return_all_outputs=self.return_sequences,
        )
        for variable, value in zip(self.states or (), states, strict=False):
            variable.assign(value)
        result = outputs if self.return_sequences else last
        result = ops.cast(result, self.compute_dtype)
        return (result, *states) if self.return_state else result

    def _first_states(self, sequences, initial_state) -> list:
        if initial_state is not None:
            given = initial_state if isinstance(initial_state, (list, tuple)) else [initial_state]
            return [ops.convert_to_tensor(s) for s in given]
        if self.stateful and self.states:
            return [s.value for s in self.states]
        return [ops.cast(s, self.compute_dtype) for s in self.get_initial_state(sequences.shape[0])]

    def _prepare(self, sequences, training):
        """What the loop runs over: if the cell can, its input products for all steps at once."""
        project = getattr(self.cell, "project", None)
        return sequences if project is None else project(sequences, training)

    def _step(self, sequences, states, training):
        recur = getattr(self.cell, "recur", None)
        if recur is not None:
            return recur(states, training)
        takes_training = "training" in self.cell.call.__code__.co_varnames
        kwargs = {"training": training} if takes_training else {}

        def step(x, states):
            output, states = self.cell(x, states if len(states) > 1 else states[0], **kwargs)
            return output, list(states) if isinstance(states, (list, tuple)) else [states]

        return step

    def compute_mask(self, inputs, mask=None):
        mask = mask[0] if isinstance(mask, list) else mask
        output = mask if self.return_sequences else None
        return [output] + [None] * len(self.state_sizes) if self.return_state else output


@fields
class LSTMCell(Layer):
    """One step of long short-term memory: (batch, d), [h, c] -> (batch, units), [h, c].

    With z = x @ kernel + h @ recurrent_kernel + bias split into i, f, g, o:
    c' = sigmoid(f) * c + sigmoid(i) * tanh(g), h' = sigmoid(o) * tanh(c')
    (Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000).
    """

    units: int
    activation: Activation = "tanh"
    recurrent_activation: Activation = "sigmoid"
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
    unit_forget_bias: bool = True
    kernel_regularizer: Regularizer = None
    recurrent_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    recurrent_constraint: Constraint = None
    bias_constraint: Constraint = None
    dropout: float = 0.0
    recurrent_dropout: float = 0.0
    seed: int | None = None

    gates = 4

    def setup(self):
        if not isinstance(self.units, int) or self.units <= 0:
            raise ValueError(f"units is a positive integer; received {self.units!r}.")
        self.dropout = min(1.0, max(0.0, self.dropout))
        self.recurrent_dropout = min(1.0, max(0.0, self.recurrent_dropout))
        self.seed_generator = SeedGenerator(self.seed)
        self.state_size = [self.units, self.units]
        self.output_size = self.units

    def build(self, input_shape):
        width = self.gates * self.units
        self.kernel = self.weight("kernel", (input_shape[-1], width))
        self.recurrent_kernel = self.weight("recurrent_kernel", (self.units, width), "recurrent")
        self.bias = None
        if self.use_bias:
            self.bias = self.weight("bias", (width,), initializer=self._bias_initializer())

    def _bias_initializer(self):
        if not self.unit_forget_bias:
            return self.bias_initializer

        def forget_one(shape, dtype=None):
            first, rest = self.units, 2 * self.units
            parts = [self.bias_initializer((first,), dtype), ops.ones((first,), dtype)]
            return ops.concatenate([*parts, self.bias_initializer((rest,), dtype)])

        return forget_one

    def get_initial_state(self, batch_size=None):
        return [ops.zeros((batch_size, n), dtype=self.compute_dtype) for n in self.state_size]

    def call(self, inputs, states, training=False):
        return self.recur(states, training)(self.project(inputs, training), states)

    def project(self, inputs, training):
        """The input's part of all gates: (..., d) -> (..., gates * units)."""
        z = self._drop(inputs, training) @ self.kernel
        return z if self.bias is None else z + self.bias

    def recur(self, states, training):
        """The step, given the projected input."""
        kernel = ops.convert_to_tensor(self.recurrent_kernel.value)
        scale = self._keep(states[0], self.recurrent_dropout, training)

        def step(z, states):
            h, c = states
            z = z + (h if scale is None else h * scale) @ kernel
            i, f, g, o = ops.split(z, 4, axis=-1)
            gate = self.recurrent_activation
            c = gate(f) * c + gate(i) * self.activation(g)
            h = gate(o) * self.activation(c)
            return h, [h, c]

        return step

    def _drop(self, inputs, training):
        """`inputs` with one choice of dropped features for all time steps."""
        one_step = inputs if inputs.ndim == 2 else inputs[:, 0]
        scale = self._keep(one_step, self.dropout, training)
        if scale is None:
            return inputs
        return inputs * (scale if inputs.ndim == 2 else ops.expand_dims(scale, 1))

    def _keep(self, like, rate, training):
        if not training or rate == 0:
            return None
        return random.dropout(ops.ones_like(like), rate, seed=self.seed_generator)


@fields
class LSTM(Recurrent):
    """Long short-term memory over time: (batch, time, d) -> (batch, units), or all steps'.

    See `LSTMCell` for the step.
    """

    fields_of = LSTMCell

    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    stateful: bool = False
    unroll: bool = False
    activity_regularizer: Regularizer = None
    use_cudnn: Any = "auto"

    def setup(self):
        super().setup()
        options = {n: getattr(self, n) for n in LSTMCell.__fields__}
        self.cell = LSTMCell(**options, dtype=self.dtype_policy, trainable=self.trainable)


@fields
class RNN(Recurrent):
    """A loop over time around any cell: a layer with `call(x, states)` and `state_size`."""

    cell: Any

    def setup(self):
        super().setup()
        if isinstance(self.cell, dict):
            self.cell = deserialize(self.cell)
        if not hasattr(self.cell, "call") or not hasattr(self.cell, "state_size"):
            raise ValueError(f"A cell has `call` and `state_size`; received {self.cell!r}.")
