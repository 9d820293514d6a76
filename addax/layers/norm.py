"""Normalization."""

from typing import Any

from addax import ops
from addax.core import dtypes
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.layers.types import Constraint, Initializer, Regularizer


@fields
class BatchNormalization(Layer):
    """`(x - mean) / sqrt(variance + epsilon) * gamma + beta` per channel of `axis`.

    Training takes the statistics of the batch (of unmasked steps) and moves the running ones by
    `1 - momentum`; inference, or a frozen layer, takes the running ones
    (Ioffe and Szegedy 2015, https://arxiv.org/abs/1502.03167).
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
    synchronized: bool = False
    renorm: bool = False
    renorm_clipping: Any = None
    renorm_momentum: float = 0.99

    def setup(self):
        self.supports_masking = True

    def build(self, input_shape):
        size = input_shape[self.axis]
        if size is None:
            raise ValueError(f"Axis {self.axis} of {tuple(input_shape)} must have a known size.")
        self.gamma = self.weight("gamma", (size,)) if self.scale else None
        self.beta = self.weight("beta", (size,)) if self.center else None
        for name in ("moving_mean", "moving_variance"):
            setattr(self, name, self.weight(name, (size,), trainable=False, autocast=False))
        self.input_spec = InputSpec(ndim=len(input_shape), axes={self.axis: size})

    def call(self, inputs, training=None, mask=None):
        x = ops.cast(inputs, dtypes.result_type(inputs.dtype, "float32"))
        mean, variance = self.moving_mean, self.moving_variance
        if training and self.trainable:
            mean, variance = self._moments(x, mask)
            self._move(self.moving_mean, mean)
            self._move(self.moving_variance, variance)
        y = ops.batch_normalization(
            x, mean, variance, self.axis, self.beta, self.gamma, self.epsilon
        )
        return ops.cast(y, self.compute_dtype)

    def _move(self, running, value):
        running.assign(running * self.momentum + value * (1.0 - self.momentum))

    def _moments(self, x, mask):
        axes = [i for i in range(x.ndim) if i != self.axis % x.ndim]
        if mask is None:
            return ops.moments(x, axes=axes, synchronized=self.synchronized)
        weight = ops.expand_dims(ops.cast(mask, x.dtype), -1)
        count = ops.sum(ops.broadcast_to(weight, x.shape), axes)
        mean = ops.sum(x * weight, axes) / count
        shape = [-1 if i == self.axis % x.ndim else 1 for i in range(x.ndim)]
        spread = ops.square(x - ops.reshape(mean, shape))
        return mean, ops.sum(spread * weight, axes) / count
