"""Activations as layers."""

from collections.abc import Sequence
from typing import Any

from addax import activations, constraints, initializers, ops, regularizers
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.core.types import Activation as ActivationLike
from addax.core.types import Array, Constraint, Initializer, Regularizer, Shape, Tensor

FAMILIES = activations, constraints, initializers, regularizers  # their getters resolve fields


def check_not_negative(layer: Layer, *names: str) -> None:
    """ValueError unless these attributes of the layer are numbers of at least 0."""
    for name in names:
        value = getattr(layer, name)
        if value is None or value < 0:
            raise ValueError(f"{name} is a number >= 0; received {value!r}.")


@fields
class Activation(Layer):
    """`activation(x)`: any shape -> the same.

    ValueError for a name that no activation has.
    """

    activation: ActivationLike

    built_at_once = True

    def setup(self) -> None:
        self.supports_masking = True

    def call(self, inputs: Tensor) -> Array:
        return self.activation(inputs)


@fields
class ReLU(Layer):
    """Rectified linear unit, bounded and shifted: any shape -> the same.

    `x` above the threshold, `negative_slope * (x - threshold)` below it, `max_value` at most (Nair
    and Hinton 2010).

    ValueError for a negative slope, threshold or bound.
    """

    max_value: float | None = None
    negative_slope: float = 0.0
    threshold: float = 0.0

    built_at_once = True

    def setup(self) -> None:
        self.supports_masking = True
        limits = () if self.max_value is None else ("max_value",)
        check_not_negative(self, "negative_slope", "threshold", *limits)

    def call(self, inputs: Tensor) -> Array:
        return activations.relu(inputs, self.negative_slope, self.max_value, self.threshold)


@fields
class LeakyReLU(Layer):
    """`x` above 0, `negative_slope * x` below: any shape -> the same.

    ValueError for a slope below 0. Maas et al. 2013, "Rectifier nonlinearities improve neural
    network acoustic models".
    """

    negative_slope: float = 0.3
    alpha: float | None = None

    unstored = ("alpha",)

    built_at_once = True

    def setup(self) -> None:
        if self.alpha is not None:
            self.negative_slope, self.alpha = self.alpha, None
        self.supports_masking = True
        check_not_negative(self, "negative_slope")

    def call(self, inputs: Tensor) -> Array:
        return activations.leaky_relu(inputs, negative_slope=self.negative_slope)


@fields
class PReLU(Layer):
    """`x` above 0, `alpha * x` below, with one trained alpha an element: any shape -> the same.

    `shared_axes=[1, 2]` for images `(batch, height, width, d)` trains one a channel.

    ValueError for an axis of unknown size that is not shared. He et al. 2015,
    https://arxiv.org/abs/1502.01852.
    """

    alpha_initializer: Initializer = "Zeros"
    alpha_regularizer: Regularizer = None
    alpha_constraint: Constraint = None
    shared_axes: int | Sequence[int] | None = None

    def setup(self) -> None:
        self.supports_masking = True
        if self.shared_axes is not None:
            given: Any = self.shared_axes
            self.shared_axes = list(given) if isinstance(given, (list, tuple)) else [given]

    def build(self, input_shape: Shape) -> None:
        axes: Any = self.shared_axes or ()
        shared = {a % len(input_shape) for a in axes}
        shape = [1 if a in shared else n for a, n in enumerate(input_shape)][1:]
        if None in shape:
            raise ValueError(
                f"PReLU has one weight an element, but the input shape {tuple(input_shape)} has "
                "unknown sizes: name those axes in `shared_axes`."
            )
        self.alpha = self.weight("alpha", shape)
        fixed = {a: n for a, n in enumerate(input_shape) if a and a not in shared}
        self.input_spec = InputSpec(ndim=len(input_shape), axes=fixed if shared else {})

    def call(self, inputs: Tensor) -> Array:
        return ops.relu(inputs) - self.alpha * ops.relu(-inputs)


@fields
class ELU(Layer):
    """`x` above 0, `alpha * (exp(x) - 1)` below: any shape -> the same.

    Clevert et al. 2015, https://arxiv.org/abs/1511.07289.
    """

    alpha: float = 1.0

    built_at_once = True

    def setup(self) -> None:
        self.supports_masking = True

    def call(self, inputs: Tensor) -> Array:
        return activations.elu(inputs, alpha=self.alpha)


@fields
class Softmax(Layer):
    """`exp(x) / sum(exp(x))` along `axis`, one axis or several: any shape -> the same.

    A call takes a `mask`, True where an element takes part, that broadcasts against the input; the
    other elements become 0.

    ValueError for a mask of a shape that doesn't broadcast.
    """

    axis: int | Sequence[int] = -1

    built_at_once = True

    def setup(self) -> None:
        self.supports_masking = True

    def call(self, inputs: Tensor, mask: Tensor = None) -> Array:
        if mask is None:
            return self._softmax(inputs)
        check_mask(inputs, mask)
        mask = ops.cast(mask, "bool") if "float" not in str(mask.dtype) else mask > 0.5
        lowest = -3e4 if str(inputs.dtype) == "float16" else -1e9
        return ops.where(mask, self._softmax(ops.where(mask, inputs, lowest)), 0.0)

    def _softmax(self, x):
        if isinstance(self.axis, int):
            return activations.softmax(x, axis=self.axis)
        return ops.exp(x - ops.logsumexp(x, axis=tuple(self.axis), keepdims=True))


def check_mask(inputs: Any, mask: Any) -> None:
    """ValueError unless `mask` broadcasts to the shape of `inputs`."""
    sizes = zip(mask.shape[::-1], inputs.shape[::-1], strict=False)
    if mask.ndim > inputs.ndim or any(m not in (1, n) for m, n in sizes):
        raise ValueError(
            f"A mask broadcasts to its input; the mask has the shape {tuple(mask.shape)}, the "
            f"input {tuple(inputs.shape)}."
        )
