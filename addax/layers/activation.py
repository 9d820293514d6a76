"""Activations as layers."""

from addax.core.fields import fields
from addax.core.layer import Layer
from addax.layers.types import Activation as ActivationLike


@fields
class Activation(Layer):
    """`activation(x)`, elementwise or as the function does: any shape -> the same."""

    activation: ActivationLike

    def setup(self):
        self.supports_masking = True

    def call(self, inputs):
        return self.activation(inputs)
