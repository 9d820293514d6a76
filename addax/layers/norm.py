"""Normalization."""

from collections.abc import Sequence
from typing import Any

from addax import initializers, ops
from addax.core import dtypes, settings
from addax.core.checks import positive
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.core.types import Array, Constraint, Initializer, Regularizer, Shape, Tensor
from addax.layers.wrap import Wrapper


@fields
class BatchNormalization(Layer):
    """`(x - mean) / sqrt(variance + epsilon) * gamma + beta` per channel: any shape -> the same.

    Training takes mean and variance of the batch, of its unmasked steps, and moves the running ones
    by `1 - momentum`; inference, and a frozen layer, takes the running ones.

    ValueError for channels of unknown number, for a mask that has not one axis less than the input,
    and for impossible `renorm_clipping`. Ioffe and Szegedy 2015, https://arxiv.org/abs/1502.03167;
    renorm: Ioffe 2017, https://arxiv.org/abs/1702.03275.
    """

    axis: int = -1
    momentum: float = 0.99
    epsilon: float = 1e-3
    center: bool = True
    scale: bool = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    moving_mean_initializer: Initializer = "zeros"
    moving_variance_initializer: Initializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None
    renorm: bool = False
    renorm_clipping: dict[str, float] | None = None
    renorm_momentum: float = 0.99
    synchronized: bool = False

    def setup(self) -> None:
        self.supports_masking = True
        if self.renorm:
            self.renorm_clipping = check_clipping(self.renorm_clipping or {})

    def build(self, input_shape: Shape) -> None:
        size = input_shape[self.axis]
        if size is None:
            raise ValueError(f"Axis {self.axis} of {tuple(input_shape)} must have a known size.")
        self.gamma = self.weight("gamma", (size,), autocast=False) if self.scale else None
        self.beta = self.weight("beta", (size,), autocast=False) if self.center else None
        fixed: dict[str, Any] = {"trainable": False, "autocast": False}
        self.moving_mean = self.weight("moving_mean", (size,), **fixed)
        self.moving_variance = self.weight("moving_variance", (size,), **fixed)
        if self.renorm:
            start, mean = self._initial_stddev, self.moving_mean_initializer
            self.moving_stddev = self.add_weight((size,), start, name="moving_stddev", **fixed)
            self.renorm_mean = self.add_weight((size,), mean, name="renorm_mean", **fixed)
            self.renorm_stddev = self.add_weight((size,), start, name="renorm_stddev", **fixed)
        self.input_spec = InputSpec(ndim=len(input_shape), axes={self.axis: size})

    def _initial_stddev(self, shape, dtype=None):
        return ops.sqrt(self.moving_variance_initializer(shape, dtype))

    def call(self, inputs: Tensor, training: bool | None = None, mask: Tensor = None) -> Array:
        x = ops.cast(inputs, dtypes.result_type(inputs.dtype, "float32"))
        mean, variance = self.moving_mean, self.moving_variance
        gamma, beta = self.gamma, self.beta
        if training and self.trainable:
            mean, variance = self._moments(x, mask)
            if self.renorm:
                gamma, beta = self._renormalize(mean, variance)
            else:
                move(self.moving_mean, mean, self.momentum)
                move(self.moving_variance, variance, self.momentum)
        y = ops.batch_normalization(x, mean, variance, self.axis, beta, gamma, self.epsilon)
        return ops.cast(y, self.compute_dtype)

    def _moments(self, x, mask):
        axes = [i for i in range(x.ndim) if i != self.axis % x.ndim]
        if mask is None:
            return ops.moments(x, axes=axes, synchronized=self.synchronized)
        if mask.ndim != x.ndim - 1:
            raise ValueError(
                f"The mask of BatchNormalization has one axis less than the input; it has the "
                f"shape {tuple(mask.shape)}, the input {tuple(x.shape)}."
            )
        kept = ops.broadcast_to(ops.expand_dims(ops.cast(mask, "bool"), -1), x.shape)
        # Not to divide by zero where nothing is left
        count = ops.sum(ops.cast(kept, x.dtype), axes, keepdims=True) + settings.epsilon()
        mean = ops.sum(ops.where(kept, x, 0.0), axes, keepdims=True) / count
        spread = ops.where(kept, ops.square(x - mean), 0.0)
        variance = ops.sum(spread, axes, keepdims=True) / count
        return ops.reshape(mean, (-1,)), ops.reshape(variance, (-1,))

    def _renormalize(self, mean, variance):
        """gamma and beta that undo the difference between the batch and the running statistics.

        The running ones move (Ioffe 2017, https://arxiv.org/abs/1702.03275).
        """
        stddev = ops.sqrt(variance + self.epsilon)
        running = ops.maximum(self.renorm_stddev, self.epsilon**0.5)
        limits = self.renorm_clipping or {}
        r = ops.stop_gradient(clip(stddev / running, limits, "rmin", "rmax"))
        d = ops.stop_gradient((mean - self.renorm_mean) / running)
        limit = limits.get("dmax")
        d = d if limit is None else ops.clip(d, -limit, limit)
        gamma = r if self.gamma is None else r * self.gamma
        beta = d if self.gamma is None else d * self.gamma
        beta = beta if self.beta is None else beta + self.beta
        move(self.renorm_mean, mean, self.renorm_momentum)
        move(self.renorm_stddev, stddev, self.renorm_momentum)
        move(self.moving_mean, mean, self.momentum)
        moved = move(self.moving_stddev, stddev, self.momentum)
        self.moving_variance.assign(ops.relu(moved * moved - self.epsilon))
        return gamma, beta


def move(running: Tensor, value: Tensor, momentum: float) -> Array:
    """Move a running statistic by `1 - momentum` towards `value`; returns it."""
    running.assign(running * momentum + value * (1.0 - momentum))
    return running.value


def clip(x: Tensor, limits: dict, low: str, high: str) -> Array:
    """`x` within the limits that are there."""
    x = x if limits.get(low) is None else ops.maximum(x, limits[low])
    return x if limits.get(high) is None else ops.minimum(x, limits[high])


def check_clipping(limits: dict) -> dict:
    """`limits`, whose keys are among rmin, rmax, dmax. ValueError for impossible ones."""
    rmin, rmax, dmax = (limits.get(k) for k in ("rmin", "rmax", "dmax"))
    crossed = rmin is not None and rmax is not None and rmax < rmin
    if set(limits) - {"rmin", "rmax", "dmax"} or crossed or (dmax is not None and dmax < 0):
        raise ValueError(
            f"renorm_clipping is a dictionary of rmin <= rmax and dmax >= 0; received {limits!r}."
        )
    return limits


class AxisLayer(Layer):
    """What normalizes along `axis`, one or several; weights have the sizes of these axes."""

    axis: Any

    def sizes(self, input_shape: Shape) -> tuple[int, ...]:
        """The sizes along `axis`, which is a sorted list from now on. ValueError if unknown."""
        axes = sorted(self.axis) if isinstance(self.axis, (list, tuple)) else [self.axis]
        rank = len(input_shape)
        if any(not -rank <= a < rank or input_shape[a] is None for a in axes):
            raise ValueError(
                f"{type(self).__name__} needs known sizes along axis {self.axis}; the input shape "
                f"is {tuple(input_shape)}."
            )
        self.axis = axes
        return tuple(input_shape[a] for a in axes)


def check_axis(axis: Any) -> Any:
    """`axis` as an integer or a list of them. TypeError for anything else."""
    axes = [axis] if isinstance(axis, int) else axis
    if not isinstance(axes, (list, tuple)) or any(not isinstance(a, int) for a in axes):
        raise TypeError(f"axis is an integer or a list of them; received {axis!r}.")
    return axis if isinstance(axis, int) else list(axis)


@fields
class LayerNormalization(AxisLayer):
    """`(x - mean) / sqrt(variance + epsilon) * gamma + beta` over `axis`, each example by itself.

    Any shape -> the same; computed in float32 at least.

    TypeError for an axis that is no integer or list of them, ValueError where its size is unknown.
    Ba et al. 2016, https://arxiv.org/abs/1607.06450.
    """

    axis: int | Sequence[int] = -1
    epsilon: float = 1e-3
    center: bool = True
    scale: bool = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None
    rms_scaling: bool = False

    def setup(self) -> None:
        self.axis = check_axis(self.axis)
        self.supports_masking = True
        self.autocast = False  # computed in float32 at least, cast at the end

    def build(self, input_shape: Shape) -> None:
        shape = self.sizes(input_shape)
        scaled, centered = self.scale or self.rms_scaling, self.center and not self.rms_scaling
        self.gamma = self.weight("gamma", shape, autocast=False) if scaled else None
        self.beta = self.weight("beta", shape, autocast=False) if centered else None

    def call(self, inputs: Tensor) -> Array:
        y = ops.layer_normalization(
            inputs, self.gamma, self.beta, self.axis, self.epsilon, rms_scaling=self.rms_scaling
        )
        return ops.cast(y, self.compute_dtype)


@fields
class RMSNormalization(AxisLayer):
    """`x / sqrt(mean(x**2) + epsilon) * scale` over `axis`: any shape -> the same.

    TypeError for an axis that is no integer or list of them, ValueError where its size is unknown.
    Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467.
    """

    axis: int | Sequence[int] = -1
    epsilon: float = 1e-6

    def setup(self) -> None:
        self.axis = check_axis(self.axis)
        self.supports_masking = True

    def build(self, input_shape: Shape) -> None:
        shape = self.sizes(input_shape)
        self.scale = self.add_weight(shape, "ones", name="scale")

    def call(self, x: Tensor) -> Array:
        given: Any = self.axis  # a list since `build`
        axes = [a % x.ndim for a in given]
        wide = [n if a in axes else 1 for a, n in enumerate(x.shape)]
        return ops.rms_normalization(x, ops.reshape(self.scale, wide), self.axis, self.epsilon)


@fields
class GroupNormalization(Layer):
    """`(x - mean) / sqrt(variance + epsilon) * gamma + beta`, each group of channels by itself.

    `(batch, ..., d)` -> the same; mean and variance are over a group's channels and all places.

    ValueError for channels of unknown number, or that the groups don't divide. Wu and He 2018,
    https://arxiv.org/abs/1803.08494.
    """

    groups: int = 32
    axis: int = -1
    epsilon: float = 1e-3
    center: bool = True
    scale: bool = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None

    def setup(self) -> None:
        if not isinstance(self.groups, int) or self.groups < -1 or self.groups == 0:
            raise ValueError(f"groups is a positive integer, or -1; received {self.groups!r}.")
        self.supports_masking = True
        self.autocast = False  # computed in float32 at least, cast at the end

    def build(self, input_shape: Shape) -> None:
        size = input_shape[self.axis]
        if size is None:
            raise ValueError(f"Axis {self.axis} of {tuple(input_shape)} must have a known size.")
        self.groups = size if self.groups == -1 else self.groups
        if size % self.groups:
            raise ValueError(f"{size} channels can't be split into {self.groups} equal groups.")
        self.gamma = self.weight("gamma", (size,), autocast=False) if self.scale else None
        self.beta = self.weight("beta", (size,), autocast=False) if self.center else None
        self.input_spec = InputSpec(ndim=len(input_shape), axes={self.axis: size})

    def call(self, inputs: Tensor) -> Array:
        axis, shape = self.axis % inputs.ndim, tuple(inputs.shape)
        parts = (self.groups, shape[axis] // self.groups)
        x = ops.reshape(inputs, (*shape[:axis], *parts, *shape[axis + 1 :]))
        x = ops.cast(x, dtypes.result_type(inputs.dtype, "float32"))
        free = [a for a in range(1, x.ndim) if a != axis]
        mean, variance = ops.moments(x, axes=free, keepdims=True)
        wide = (1,) * axis + parts + (1,) * (inputs.ndim - axis - 1)
        factor = ops.rsqrt(variance + self.epsilon)
        if self.gamma is not None:
            factor = factor * ops.reshape(ops.cast(self.gamma, x.dtype), wide)
        y = (x - mean) * factor
        if self.beta is not None:
            y = y + ops.reshape(ops.cast(self.beta, x.dtype), wide)
        return ops.cast(ops.reshape(y, shape), self.compute_dtype)


@fields
class UnitNormalization(Layer):
    """`x / sqrt(sum(x**2))` over `axis`, vectors of length 1: any shape -> the same.

    TypeError for an axis that is no integer or list of them.
    """

    axis: int | Sequence[int] = -1

    built_at_once = True

    def setup(self) -> None:
        self.axis = check_axis(self.axis)
        self.supports_masking = True

    def call(self, inputs: Tensor) -> Array:
        return ops.normalize(inputs, axis=self.axis, order=2, epsilon=1e-12)


@fields
class SpectralNormalization(Wrapper):
    """Runs a layer whose kernel each training step divides by its largest singular value.

    The shapes are the layer's; the singular value is tracked by the power method.

    ValueError for a layer without `kernel` or `embeddings`. Miyato et al. 2018,
    https://arxiv.org/abs/1802.05957.
    """

    power_iterations: int = 1

    order = "layer ..."

    def setup(self) -> None:
        super().setup()
        positive(power_iterations=self.power_iterations)

    def build(self, input_shape: Shape) -> None:
        super().build(input_shape)
        kernel = getattr(self.layer, "kernel", getattr(self.layer, "embeddings", None))
        if kernel is None:
            raise ValueError(f"{type(self.layer).__name__} has neither kernel nor embeddings.")
        self.kernel = kernel
        self.vector_u = self.add_weight(
            (1, kernel.shape[-1]),
            initializers.TruncatedNormal(stddev=0.02),
            name="vector_u",
            dtype=kernel.dtype,
            trainable=False,
        )

    def call(self, inputs: Tensor, training: bool | None = False) -> Array:
        if training:
            u, kernel = self.normalized_weights()
            self.vector_u.assign(u)
            self.kernel.assign(kernel)
        return ops.cast(self.layer(inputs), self.compute_dtype)

    def normalized_weights(self) -> tuple[Array, Array]:
        """The next singular vector, and the kernel divided by its singular value."""
        kernel, u = self.kernel.value, self.vector_u.value
        matrix = ops.reshape(kernel, (-1, kernel.shape[-1]))
        v = u
        for _ in range(self.power_iterations):
            v = ops.normalize(u @ ops.transpose(matrix), axis=None)
            u = ops.normalize(v @ matrix, axis=None)
        u, v = ops.stop_gradient(u), ops.stop_gradient(v)
        sigma = ops.sum((v @ matrix) * u)
        empty = ops.all(ops.equal(kernel, 0))  # nothing to normalize, and no direction
        new = ops.where(empty, self.vector_u.value, u)
        return new, kernel / ops.where(empty, ops.ones_like(sigma), sigma)
