"""Recurrent cells: one step in time."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple

from addax import activations, ops, random
from addax.core.checks import positive
from addax.core.configs import deserialize
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.seeds import SeedGenerator
from addax.core.types import (
    Activation,
    Array,
    Constraint,
    Initializer,
    Regularizer,
    Seed,
    Shape,
    Tensor,
    Tensors,
)

# The order of recurrent arguments in Keras, in parts that cells and layers share.
GATES = "activation recurrent_activation"
START = "use_bias kernel_initializer recurrent_initializer bias_initializer"
PENALTIES = "kernel_regularizer recurrent_regularizer bias_regularizer"
LIMITS = """kernel_constraint recurrent_constraint bias_constraint
    dropout recurrent_dropout"""


def begin(cell: Any, x: Any, states: list, training: bool | None) -> tuple[Callable | None, Any]:
    """The parts of a loop over `cell`: what needs the inputs alone (or None), and the step.

    `x` is the input of one step. What is drawn at random is drawn here, once for all steps.
    """
    if isinstance(cell, (DropoutCell, StackedRNNCells)) and _in_parts(type(cell)):
        return cell.begin(x, states, training)
    return None, cell if callable(cell) else cell.call


def _in_parts(kind: type) -> bool:
    """Whether a cell's parts say what it does: not if a subclass has a `call` of its own."""
    names = {"call", "parts", "begin"}
    return next(own for c in kind.__mro__ if (own := names & vars(c).keys())) != {"call"}


def as_list(states: Any) -> list:
    return list(states) if isinstance(states, (list, tuple)) else [states]


def initial_state(cell: Any, batch_size: Any, dtype: str) -> Any:
    """What the cell gives as its first states, else zeros of its sizes."""
    if hasattr(cell, "get_initial_state"):
        return cell.get_initial_state(batch_size=batch_size)

    def zeros(size):
        shape = size if isinstance(size, (list, tuple)) else (size,)
        return ops.zeros((batch_size, *shape), dtype=dtype)

    sizes = cell.state_size
    return list(map(zeros, sizes)) if isinstance(sizes, (list, tuple)) else zeros(sizes)


def output_size(cell: Any) -> Any:
    size = getattr(cell, "output_size", None)
    return as_list(cell.state_size)[0] if size is None else size


def check_cell(cell: Any) -> None:
    if not hasattr(cell, "call") or not hasattr(cell, "state_size"):
        raise ValueError(f"A cell has `call` and `state_size`; received {cell!r}.")


@fields
class Weighted(Layer):
    """The arguments that recurrent cells and layers share."""

    activation: Activation = "tanh"
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    recurrent_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    recurrent_constraint: Constraint = None
    bias_constraint: Constraint = None
    dropout: float = 0.0
    recurrent_dropout: float = 0.0
    seed: Seed = None


@fields
class Units(Layer):
    """The first argument of those that are no convolutions."""

    units: int


@fields
class SimpleArguments(Weighted, Units):
    """The arguments of a fully connected recurrent layer and of its cell."""

    order = f"units activation {START} {PENALTIES} {LIMITS} seed"


@fields
class GRUArguments(SimpleArguments):
    """The arguments of a gated recurrent unit and of its cell."""

    recurrent_activation: Activation = "sigmoid"
    reset_after: bool = True
    implementation: int = 2

    order = f"units {GATES} {START} {PENALTIES} {LIMITS} reset_after seed"


@fields
class LSTMArguments(SimpleArguments):
    """The arguments of long short-term memory and of its cell."""

    recurrent_activation: Activation = "sigmoid"
    unit_forget_bias: bool = True
    implementation: int = 2

    order = f"units {GATES} {START} unit_forget_bias {PENALTIES} {LIMITS} seed"


class Held(NamedTuple):
    """What stays the same in all steps of a loop; the masks are those of dropout, or None."""

    batch: int
    kernel: Any
    recurrent: Any
    bias: Any
    masks: list | None
    recurrent_masks: list | None


class DropoutCell(Weighted):
    """A cell with weights for `gates` gates side by side, and dropout that stays over time.

    Subclasses give `apply(x, kernel)`, the products, and `parts(held)`.
    """

    gates = 1
    gate_axis = -1
    unstored: tuple[str, ...] = ("implementation",)
    recurrent_activation: ClassVar[Any] = None

    def setup(self) -> None:
        self.dropout = min(1.0, max(0.0, self.dropout))
        self.recurrent_dropout = min(1.0, max(0.0, self.recurrent_dropout))
        self.seed_generator = SeedGenerator(self.seed)

    def make_weights(
        self, inputs: int | None, units: int, window: tuple = (), bias: tuple | None = None
    ) -> None:
        """Make kernel, recurrent kernel and bias; convolutions have a `window`."""
        width = self.gates * units
        self.kernel = self.weight("kernel", (*window, inputs, width))
        self.recurrent_kernel = self.weight(
            "recurrent_kernel", (*window, units, width), "recurrent"
        )
        self.bias = None
        if self.use_bias:
            options: dict[str, Any] = {}
            if getattr(self, "unit_forget_bias", False):
                options["initializer"] = forget_one(self.bias_initializer, units)
            self.bias = self.weight("bias", bias or (width,), **options)

    def begin(self, x: Tensor, states: Tensors, training: bool | None) -> tuple[Callable, Callable]:
        """See the function `begin`."""
        masks = self._keep(x, self.dropout, training)
        recurrent_masks = self._keep(as_list(states)[0], self.recurrent_dropout, training)
        kernel, recurrent, bias = (
            None if v is None else ops.convert_to_tensor(v.value)
            for v in (self.kernel, self.recurrent_kernel, self.bias)
        )
        return self.parts(Held(x.shape[0], kernel, recurrent, bias, masks, recurrent_masks))

    def products(self, held: Held) -> tuple[Callable, Callable]:
        """The product of an input and that of a state."""
        return (
            lambda x: self._each_gate(self.apply, x, held.kernel, held.masks),
            lambda h: self._each_gate(
                self.apply_recurrent, h, held.recurrent, held.recurrent_masks
            ),
        )

    def call(self, inputs: Tensor, states: Tensors, training: bool | None = False) -> tuple:
        project, step = self.begin(inputs, states, training)
        output, new = step(project(inputs), as_list(states))
        return output, new if isinstance(states, (list, tuple)) else new[0]

    def apply(self, x: Tensor, kernel: Tensor) -> Array:
        """The input's product with the kernel of some gates."""
        return x @ kernel

    apply_recurrent = apply

    def parts(self, held: Held) -> tuple[Callable, Callable]:
        """The projection of an input, and the step."""
        raise NotImplementedError

    def _each_gate(self, apply, x, kernel, masks):
        if masks is None or len(masks) == 1:
            return apply(_masked(x, masks), kernel)
        kernels = ops.split(kernel, self.gates, axis=-1)
        parts = [apply(x * m, k) for m, k in zip(masks, kernels, strict=True)]
        return ops.concatenate(parts, axis=self.gate_axis)

    @property
    def masks_per_gate(self) -> bool:
        """Whether each gate drops other elements."""
        first = getattr(self, "implementation", 2) == 1
        return self.gates > 1 and (first or self.recurrent_dropout > 0)

    def _keep(self, like, rate, training):
        if not training or rate == 0:
            return None
        count = self.gates if self.masks_per_gate else 1
        ones = ops.ones_like(like)
        return [random.dropout(ones, rate, seed=self.seed_generator) for _ in range(count)]

    def _standard(self) -> bool:
        own = self.activation, self.recurrent_activation
        return own == (activations.tanh, activations.sigmoid) and self.compute_dtype == "float32"


class UnitsCell(DropoutCell, Units):
    """A cell of `units` units, with `carried` states of that size."""

    carried = 1

    def setup(self) -> None:
        positive(units=self.units)
        super().setup()
        self.state_size = self.units if self.carried == 1 else [self.units] * self.carried
        self.output_size = self.units

    def build(self, input_shape: Shape) -> None:
        self.make_weights(input_shape[-1], self.units)

    def get_initial_state(self, batch_size: int | None = None) -> list:
        return [ops.zeros((batch_size, n), self.compute_dtype) for n in as_list(self.state_size)]


@fields
class SimpleRNNCell(UnitsCell, SimpleArguments):
    """One step of a fully connected recurrent network: `(batch, d)`, h -> h', [h'].

    `h' = activation(x @ kernel + bias + h @ recurrent_kernel)`, where h is `(batch, units)`.

    ValueError for `units` that are no positive integer. Elman 1990, "Finding structure in time".
    """

    def call(self, sequence: Tensor, states: Tensors, training: bool | None = False) -> tuple:
        return super().call(sequence, states, training)

    def parts(self, held: Held) -> tuple[Callable, Callable]:
        project, recur = self.products(held)

        def step(z, states):
            h = self.activation(z + recur(states[0]))
            return h, [h]

        return _biased(project, held.bias), step


@fields
class GRUCell(UnitsCell, GRUArguments):
    """One step of a gated recurrent unit: `(batch, d)`, h -> h', [h'].

    z and r are sigmoids of sums of products with x and h; then `h' = z * h + (1 - z) * tanh(x_h + r
    * (h @ U + b))` or, with `reset_after=False`, `tanh(x_h + (r * h) @ U)`.

    ValueError for `units` that are no positive integer. Cho et al. 2014,
    https://arxiv.org/abs/1406.1078, whose first version resets after the product.
    """

    gates = 3

    def build(self, input_shape: Shape) -> None:
        bias = (2, self.gates * self.units) if self.reset_after else None
        self.make_weights(input_shape[-1], self.units, bias=bias)

    def parts(self, held: Held) -> tuple[Callable, Callable]:
        project, recur = self.products(held)
        input_bias, h_bias = held.bias, None
        if held.bias is not None and self.reset_after:
            input_bias, h_bias = held.bias[0], held.bias[1]
        first = _biased(recur, h_bias)
        if not self.reset_after:
            first, last = self._reset_before(held.recurrent, held.recurrent_masks)

        def step(x, states):
            h, n = states[0], 2 * self.units
            y = first(h)
            z, r = self._gates(x[..., :n] + y[..., :n])
            y = r * y[..., n:] if self.reset_after else last(r * h)
            h = z * h + (1 - z) * self.activation(x[..., n:] + y)
            return h, [h]

        return _biased(project, input_bias), step

    def _reset_before(self, kernel, masks):
        """The products of the two gates and, later, of the candidate."""
        n = 2 * self.units
        first, rest = kernel[:, :n], kernel[:, n:]
        if masks is None:
            return lambda h: h @ first, lambda h: h @ rest
        kernels = ops.split(first, 2, axis=-1)
        pairs = list(zip(masks, kernels, strict=False))
        zr = lambda h: ops.concatenate([(h * m) @ k for m, k in pairs], -1)  # noqa: E731
        return zr, lambda h: (h * masks[2]) @ rest

    def _gates(self, z):
        if self._standard():
            return ops.recurrent.squash(z, (True, True))
        return [self.recurrent_activation(part) for part in ops.split(z, 2, axis=-1)]


def lstm_step(cell: Any, total: Callable, axis: int = -1) -> Callable:
    """The step of long short-term memory; `total(x, h)` has the gates i, f, g, o along `axis`."""
    standard = cell._standard() and axis == -1

    def step(x, states):
        h, c = states
        z = total(x, h)
        if standard:
            i, f, g, o = ops.recurrent.squash(z, (True, True, False, True))
        else:
            i, f, g, o = ops.split(z, 4, axis=axis)
            i, f, o = (cell.recurrent_activation(gate) for gate in (i, f, o))
            g = cell.activation(g)
        c = f * c + i * g
        h = o * cell.activation(c)
        return h, [h, c]

    return step


@fields
class LSTMCell(UnitsCell, LSTMArguments):
    """One step of long short-term memory: `(batch, d)`, [h, c] -> h', [h', c'].

    With `z = x @ kernel + h @ recurrent_kernel + bias` split into i, f, g, o: `c' = sigmoid(f) * c
    + sigmoid(i) * tanh(g)` and `h' = sigmoid(o) * tanh(c')`, all `(batch, units)`.

    ValueError for `units` that are no positive integer. Hochreiter and Schmidhuber 1997; forget
    gate of Gers et al. 2000.
    """

    gates = 4
    carried = 2

    def parts(self, held: Held) -> tuple[Callable, Callable]:
        project, recur = self.products(held)
        weights = held.batch, held.kernel, held.recurrent
        both = None if self.masks_per_gate else ops.recurrent.side_by_side(*weights)
        if both is None:
            return _biased(project, held.bias), lstm_step(self, lambda z, h: z + recur(h))
        total = both if held.bias is None else lambda x, h: both(x, h) + held.bias
        return lambda x: _masked(x, held.masks), lstm_step(self, total)


def _biased(project, bias):
    return project if bias is None else lambda x: project(x) + bias


def _masked(x, masks):
    return x if masks is None else x * masks[0]


def forget_one(initializer: Any, units: int) -> Callable:
    """Biases of four gates, the second (forget) 1, the others by `initializer`."""

    def initialize(shape, dtype=None):
        parts = [initializer((units,), dtype), ops.ones((units,), dtype)]
        return ops.concatenate([*parts, initializer((2 * units,), dtype)])

    return initialize


@fields
class StackedRNNCells(Layer):
    """Cells one above the other as one cell: each takes the output of the one below.

    `(batch, d)`, states -> `(batch, units of the last)`, states, where states is a list with those
    of each cell.

    ValueError for what has no `call` or `state_size`.
    """

    cells: Sequence[Any]

    def setup(self) -> None:
        revived = [deserialize(c) if isinstance(c, dict) else c for c in self.cells]
        for cell in revived:
            check_cell(cell)
        self.cells = revived

    @property
    def state_size(self) -> list:
        return [cell.state_size for cell in self.cells]

    @property
    def output_size(self) -> Any:
        return output_size(self.cells[-1])

    def get_initial_state(self, batch_size: int | None = None) -> list:
        return [initial_state(cell, batch_size, self.compute_dtype) for cell in self.cells]

    def build(self, input_shape: Shape) -> None:
        for cell in self.cells:
            if isinstance(cell, Layer) and not cell.built:
                cell.build(input_shape)
                cell.built = True
            input_shape = (input_shape[0], output_size(cell))

    def begin(
        self, x: Tensor, states: Tensors, training: bool | None
    ) -> tuple[Callable | None, Callable]:
        """See the function `begin`."""
        steps = []
        for cell, own in zip(self.cells, states, strict=True):
            project, step = begin(cell, x, as_list(own), training)
            steps.append(_whole(project, step))
            x, _ = steps[-1](x, as_list(own))  # for its shape: XLA drops it

        def climb(x, states):
            new = []
            for step, own in zip(steps, states, strict=True):
                x, after = step(x, as_list(own))
                after = as_list(after)
                new.append(after if isinstance(own, (list, tuple)) else after[0])
            return x, new

        return None, climb

    def call(
        self, inputs: Tensor, states: Tensors, training: bool | None = False, **kwargs: Any
    ) -> tuple:
        return self.begin(inputs, states, training)[1](inputs, states)


def _whole(project, step):
    return step if project is None else lambda x, states: step(project(x), states)
