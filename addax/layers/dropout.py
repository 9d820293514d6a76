"""Layers that add noise while training."""

from typing import Any

from addax import random
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.seeds import SeedGenerator


@fields
class Dropout(Layer):
    """While training, zero each element with probability `rate` and scale the rest by 1/(1-rate).

    `noise_shape` broadcasts against the input: 1 where the same choice is to be shared
    (Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html).
    """

    rate: float
    noise_shape: Any = None
    seed: int | None = None

    def setup(self):
        if not 0 <= self.rate <= 1:
            raise ValueError(f"rate is a number from 0 to 1; received {self.rate!r}.")
        self.supports_masking = True
        if self.rate > 0:
            self.seed_generator = SeedGenerator(self.seed)

    def call(self, inputs, training=False):
        if not training or self.rate == 0:
            return inputs
        return random.dropout(inputs, self.rate, self.noise_shape, seed=self.seed_generator)
