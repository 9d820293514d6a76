"""Recurrent layers: the loop of a cell over time."""

from typing import Any, ClassVar, Literal, cast

from addax import ops
from addax.core import tree
from addax.core.configs import deserialize
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.core.types import Regularizer, Shape, Tensor, Tensors
from addax.core.variable import Variable
from addax.layers.cells import (
    GATES,
    LIMITS,
    PENALTIES,
    START,
    GRUArguments,
    GRUCell,
    LSTMArguments,
    LSTMCell,
    SimpleArguments,
    SimpleRNNCell,
    StackedRNNCells,
    as_list,
    begin,
    check_cell,
    initial_state,
)

LOOP = "return_sequences return_state go_backwards stateful unroll"


@fields
class Recurrent(Layer):
    """Runs `self.cell` over time: (batch, time, d) -> (batch, units) or (batch, time, units)."""

    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    stateful: bool = False
    unroll: bool = False
    zero_output_for_mask: bool = False

    cell = cast(Any, None)  # a field of RNN; the others make theirs

    # A stateful layer's states change with every call, but belong to no file.
    untracked = (*Layer.untracked, "states")

    def setup(self) -> None:
        self.supports_masking = True
        self.states: list | None = None

    def _own_variables(self) -> list[Variable]:
        return super()._own_variables() + tree.flatten(self.states or [])

    @property
    def state_size(self) -> list:
        return as_list(self.cell.state_size)

    def build(self, sequences_shape: Shape, initial_state_shape: Tensors = None) -> None:
        if isinstance(self.cell, Layer) and not self.cell.built:
            step = tree.map_shape_structure(lambda s: (s[0], *s[2:]), sequences_shape)
            self.cell.build(step)
            self.cell.built = True
        if self.stateful and self.states is None:
            self._make_states(sequences_shape[0])

    def _make_states(self, batch):
        if batch is None:
            raise ValueError(
                "A stateful recurrent layer needs a fixed batch size: give its model's Input a "
                "batch_size."
            )
        make = lambda s: Variable(s, trainable=False, name="rnn_state")  # noqa: E731
        self.states = tree.map_structure(make, self.get_initial_state(batch))

    def get_initial_state(self, batch_size: int | None) -> list:
        """The states before the first step: zeros, or what the cell says."""
        return as_list(initial_state(self.cell, batch_size, self.compute_dtype))

    def reset_state(self) -> None:
        """Set the states of a stateful layer back to zero."""
        for state in tree.flatten(self.states or []):
            state.assign(ops.zeros_like(state))

    reset_states = reset_state

    def __call__(self, sequences: Tensor, initial_state: Tensors = None, **kwargs: Any) -> Any:
        if isinstance(sequences, (list, tuple)) and not self._is_nested_input(sequences):
            sequences, *initial_state = sequences
        if initial_state is not None:
            kwargs["initial_state"] = initial_state
        return super().__call__(sequences, **kwargs)

    def _is_nested_input(self, given: Any) -> bool:
        """Whether these are several sequences, rather than one and the first states."""
        return False

    def call(
        self,
        sequences: Tensors,
        initial_state: Tensors = None,
        mask: Tensor = None,
        training: bool | None = False,
    ) -> Tensors:
        batch, length = tree.flatten(sequences)[0].shape[:2]
        if length == 0:
            raise ValueError("A recurrent layer needs at least one time step; the input has none.")
        states = self._first_states(batch, initial_state)
        mask = mask[0] if isinstance(mask, (list, tuple)) else mask
        last, outputs, states = self.inner_loop(sequences, states, mask, training)
        if self.stateful:
            for variable, value in zip(
                tree.flatten(self.states), tree.flatten(states), strict=True
            ):
                variable.assign(value)
        result = tree.map_structure(
            lambda y: ops.cast(y, self.compute_dtype), outputs if self.return_sequences else last
        )
        return (result, *states) if self.return_state else result

    def inner_loop(
        self,
        sequences: Tensors,
        initial_state: Tensors,
        mask: Tensor = None,
        training: bool | None = False,
    ) -> tuple[Tensors, Tensors, Tensors]:
        """The cell at each step: the last output, all (if they are returned), the states."""
        first = tree.map_structure(lambda x: x[:, 0], sequences)
        project, step = begin(self.cell, first, initial_state, training)

        def listed(x, states):
            output, states = step(x, states)
            return output, as_list(states)

        outputs, states = ops.recurrent.scan_time(
            project,
            listed,
            sequences,
            initial_state,
            mask=mask,
            go_backwards=self.go_backwards,
            unroll=self.unroll,
            zero_output_for_mask=self.zero_output_for_mask,
            return_all_outputs=self.return_sequences,
        )
        if not self.return_sequences:
            return outputs, None, states
        return tree.map_structure(lambda y: y[:, -1], outputs), outputs, states

    def _first_states(self, batch, given) -> list:
        if given is None and self.stateful:
            known = tree.flatten(self.states)[0].shape[0]
            if batch != known:
                raise ValueError(
                    f"The states of {self.name!r} are of batches of {known} sequences; "
                    f"{batch} came. A stateful layer takes one batch size only."
                )
            given = tree.map_structure(lambda v: v.value, self.states)
        elif given is None:
            given = self.get_initial_state(batch)
        dtype = getattr(self.cell, "compute_dtype", self.compute_dtype)
        return tree.map_structure(lambda s: ops.cast(s, dtype), as_list(given))

    def compute_mask(self, inputs: Tensors, mask: Tensors = None) -> Tensors:
        mask = mask[0] if isinstance(mask, (list, tuple)) else mask
        output = mask if self.return_sequences else None
        return [output] + [None] * len(self.state_size) if self.return_state else output


@fields
class Around(Layer):
    """The first argument of RNN."""

    cell: Any


@fields
class RNN(Recurrent, Around):
    """A loop over time around any cell: a layer with `call(x, states)` and `state_size`.

    `(batch, time, d)` -> `(batch, units)`, with `return_sequences` `(batch, time, units)`; with
    `return_state` a tuple that ends with the states. A call takes `initial_state`, a list, and a
    mask `(batch, time)`: masked steps keep the states. A tuple or dictionary of sequences is
    handed to the cell as one of their steps.

    ValueError for what has no `call` or `state_size`, for no time step, and for a stateful layer
    whose batch size is open or changes.
    """

    order = f"cell {LOOP} zero_output_for_mask"

    def setup(self) -> None:
        super().setup()
        if isinstance(self.cell, (list, tuple)):
            self.cell = StackedRNNCells(cells=self.cell)
        if isinstance(self.cell, dict):
            self.cell = deserialize(self.cell)
        check_cell(self.cell)

    def _is_nested_input(self, given: Any) -> bool:
        parts = tree.flatten(given) if isinstance(given, tuple) else []
        times = {tuple(x.shape[:2]) if len(x.shape) > 2 else None for x in parts}
        return len(parts) > 1 and len(times) == 1 and None not in times


@fields
class Gated(Recurrent):
    """A recurrent layer that makes its own cell, of `cell_class`, and has its arguments."""

    activity_regularizer: Regularizer = None

    cell_class: ClassVar[Any]
    cell_name: ClassVar[str]
    ndim = 3

    def setup(self) -> None:
        super().setup()
        use_cudnn = getattr(self, "use_cudnn", "auto")  # SimpleRNN has none
        if use_cudnn not in (True, False, "auto"):
            raise ValueError(f'use_cudnn is True, False or "auto"; received {use_cudnn!r}.')
        options = {n: getattr(self, n) for n in self.cell_class.__fields__}
        options |= {"dtype": self.dtype_policy, "trainable": self.trainable}
        self.cell = self.cell_class(**options, name=self.cell_name)
        self.dropout, self.recurrent_dropout = self.cell.dropout, self.cell.recurrent_dropout
        self.input_spec = InputSpec(ndim=self.ndim)


@fields
class SimpleRNN(Gated, SimpleArguments):
    """A fully connected network whose output is fed back: `(batch, time, d)` -> `(batch, units)`.

    With `return_sequences` `(batch, time, units)`; with `return_state` also h. See `SimpleRNNCell`
    for the step.

    ValueError for `units` that are no positive integer, for no time step, and for a stateful layer
    whose batch size is open or changes.
    """

    order = f"units activation {START} {PENALTIES} activity_regularizer {LIMITS} {LOOP} seed"

    cell_class, cell_name = SimpleRNNCell, "simple_rnn_cell"
    unstored = ("seed",)


@fields
class GRU(Gated, GRUArguments):
    """A gated recurrent unit over time: `(batch, time, d)` -> `(batch, units)`.

    With `return_sequences` `(batch, time, units)`; with `return_state` also h. See `GRUCell` for
    the step.

    ValueError for `units` that are no positive integer, for no time step, and for a stateful layer
    whose batch size is open or changes. Cho et al. 2014, https://arxiv.org/abs/1406.1078.
    """

    use_cudnn: Literal["auto"] | bool = "auto"

    order = f"""units {GATES} {START} {PENALTIES} activity_regularizer {LIMITS} seed
        {LOOP} reset_after use_cudnn"""

    cell_class, cell_name = GRUCell, "gru_cell"
    unstored = ("implementation", "use_cudnn")


@fields
class LSTM(Gated, LSTMArguments):
    """Long short-term memory over time: `(batch, time, d)` -> `(batch, units)`.

    With `return_sequences` `(batch, time, units)`; with `return_state` also h and c. See `LSTMCell`
    for the step.

    ValueError for `units` that are no positive integer, for no time step, and for a stateful layer
    whose batch size is open or changes. Hochreiter and Schmidhuber 1997.
    """

    use_cudnn: Literal["auto"] | bool = "auto"

    order = f"""units {GATES} {START} unit_forget_bias {PENALTIES} activity_regularizer
        {LIMITS} seed {LOOP} use_cudnn"""

    cell_class, cell_name = LSTMCell, "lstm_cell"
    unstored = ("implementation", "use_cudnn")
