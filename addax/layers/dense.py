"""`Dense`, a matrix product over the last axis, and `EinsumDense`, over any axes."""

import copy
import re
from typing import Any, NamedTuple

from addax import ops
from addax.core.checks import positive
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.types import Activation, Array, Constraint, Initializer, Regularizer, Shape, Tensor
from addax.layers.compressible import Compressible, LargeWeight


@fields
class Dense(Compressible):
    """`activation(x @ kernel + bias)` over the last axis: `(..., d)` -> `(..., units)`.

    The kernel is `(d, units)`, the bias `(units,)`; inputs have two axes or more.

    ValueError for `units` that are no positive integer and for a last axis of unknown size;
    NotImplementedError for quantization.
    """

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
    kernel = LargeWeight()

    def setup(self) -> None:
        super().setup()
        positive(units=self.units)
        self.supports_masking = True
        self.input_spec = InputSpec(min_ndim=2)

    def build(self, input_shape: Shape) -> None:
        width = last_axis(input_shape)
        self.kernel = self.weight("kernel", (width, self.units))
        self.bias = self.weight("bias", (self.units,)) if self.use_bias else None
        self.input_spec = InputSpec(min_ndim=2, axes={-1: width})

    def call(self, inputs: Tensor, training: bool | None = None) -> Array:
        x = ops.matmul(inputs, self.kernel)
        if self.bias is not None:
            x = ops.add(x, self.bias)
        return x if self.activation is None else self.activation(x)


def last_axis(input_shape: Shape) -> int:
    """The size of the last axis. ValueError where it is unknown."""
    if input_shape[-1] is None:
        raise ValueError(
            f"The last axis of the input must have a known size to make weights for it; the input "
            f"shape is {tuple(input_shape)}."
        )
    return input_shape[-1]


EQUATION = re.compile(r"(0?)([a-zA-Z]+)(0?),([a-zA-Z]+)->(0?)([a-zA-Z]+)(0?)")


class Einsum(NamedTuple):
    """What an einsum equation says about the weights of a layer.

    `contracted`: how many axes a matrix product contracts, the last of the input with the first of
    the kernel; 0 for an equation that is none.
    """

    kernel: tuple[int, ...]
    bias: tuple[int, ...] | None
    input_axes: list[int]
    output_axes: list[int]
    contracted: int


def read_einsum(
    equation: str, bias_axes: str | None, input_shape: Shape, output_shape: Shape
) -> Einsum:
    """The shapes of kernel and bias for `equation`; `output_shape` has no batch axis.

    ValueError for an equation that is not like "ab,bc->ac", "...b,bc->...c" or "ab...,bc->ac...",
    and for letters without a size.
    """
    match = EQUATION.fullmatch(equation.replace(" ", "").replace("...", "0"))
    left, x, right, w, start, y, end = match.groups() if match else [""] * 7
    if not match or (left, right) != (start, end) or (left and right):
        raise ValueError(
            'equation is like "ab,bc->ac", "...b,bc->...c" or "ab...,bc->ac..."; '
            f"received {equation!r}."
        )
    step = -1 if left else 1  # letters count from the end where the start is elided
    given = dict(zip(x[::step], input_shape[::step], strict=False))
    made = dict(zip(y[::step], (input_shape[0], *output_shape)[::step], strict=False))
    for c in x:
        if made.get(c) is not None and given[c] not in (None, made[c]):
            raise ValueError(
                f"{c!r} in {equation!r} has the size {given[c]} in the input {tuple(input_shape)}, "
                f"but {made[c]} in the output {tuple(output_shape)}."
            )
    known = {c: n for c, n in made.items() if n is not None or c not in given}
    sizes: dict[str, Any] = given | known
    unknown = [c for c in w if sizes.get(c) is None] + [c for c in bias_axes or "" if c not in y]
    if unknown or not set(y) <= set(x + w):
        raise ValueError(
            f"{equation!r} with bias_axes={bias_axes!r}: every letter of the kernel needs a size "
            f"from the input {tuple(input_shape)} or the output {tuple(output_shape)}, every "
            "letter of the output stands in input or kernel, every one of the bias in the output."
        )
    bias = None
    if bias_axes is not None:
        first = min(y.find(c) for c in bias_axes)
        elided = len(input_shape) - len(x) if right else 0
        bias = (*(sizes[c] if c in bias_axes else 1 for c in y[first:]), *(1,) * elided)
    return Einsum(
        tuple(sizes[c] for c in w),
        bias,
        [i for i, c in enumerate(w) if c not in y],
        [i for i, c in enumerate(w) if c in y],
        _contracted(x, w, y) if not right else 0,
    )


def _contracted(x: str, w: str, y: str) -> int:
    counts = range(1, min(len(x), len(w)) + 1)
    return next((n for n in counts if x[-n:] == w[:n] and y == x[:-n] + w[n:]), 0)


@fields
class EinsumDense(Compressible):
    """`activation(einsum(equation, x, kernel) + bias)`: a dense layer over any axes.

    "abc,cd->abd" with `output_shape=(None, 64)` takes `(batch, time, c)` to `(batch, time, 64)`;
    "...b,bc->...c" works for any number of leading axes.

    ValueError for an equation of another form, for letters whose size neither input nor output
    tells, and for sizes that contradict one another.
    """

    equation: str
    output_shape: int | Shape
    activation: Activation = None
    bias_axes: str | None = None
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    lora_rank: int | None = None
    lora_alpha: float | None = None
    gptq_unpacked_column_size: int | None = None
    quantization_config: Any = None
    activity_regularizer: Regularizer = None

    unstored = ("lora_rank", "lora_alpha", "gptq_unpacked_column_size")
    kernel = LargeWeight()

    def setup(self) -> None:
        super().setup()
        given = self.output_shape
        self.output_shape = (given,) if isinstance(given, int) else tuple(given)

    def build(self, input_shape: Shape) -> None:
        made: Any = self.output_shape
        spec = read_einsum(self.equation, self.bias_axes, input_shape, made)
        initializer = self.kernel_initializer
        if getattr(initializer, "input_axes", ()) is None:
            initializer = copy.copy(initializer)  # which axes are inputs, the equation knows
            initializer.input_axes, initializer.output_axes = spec.input_axes, spec.output_axes
        self._contracted = spec.contracted
        self.kernel = self.weight("kernel", spec.kernel, initializer=initializer)
        self.bias = None if spec.bias is None else self.weight("bias", spec.bias)
        self.input_spec = InputSpec(ndim=len(input_shape))

    def call(self, inputs: Tensor, training: bool | None = None) -> Array:
        if self._contracted:
            x = ops.tensordot(inputs, self.kernel, self._contracted)
        else:
            x = ops.einsum(self.equation, inputs, self.kernel)
        if self.bias is not None:
            x = ops.add(x, self.bias)
        return x if self.activation is None else self.activation(x)
