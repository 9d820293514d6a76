"""`Embedding`: a table of vectors."""

from typing import Any

from addax import ops
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.layers.types import Constraint, Initializer, Regularizer


@fields
class Embedding(Layer):
    """Row `i` of a table for each integer `i`: (batch, time) -> (batch, time, output_dim).

    `mask_zero`: 0 marks padding, and later layers skip it.
    """

    input_dim: int
    output_dim: int
    embeddings_initializer: Initializer = "uniform"
    embeddings_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    embeddings_constraint: Constraint = None
    mask_zero: bool = False
    lora_rank: int | None = None
    lora_alpha: float | None = None
    quantization_config: Any = None

    unstored = ("lora_rank", "lora_alpha")

    def setup(self):
        self.supports_masking = self.mask_zero
        self.autocast = False  # the inputs are integers: casting floats would lose large ones

    def build(self, input_shape):
        self.embeddings = self.weight("embeddings", (self.input_dim, self.output_dim))

    def call(self, inputs):
        if "int" not in str(inputs.dtype):
            inputs = ops.cast(inputs, "int32")
        return ops.cast(ops.take(self.embeddings, inputs, axis=0), self.compute_dtype)

    def compute_mask(self, inputs, mask=None):
        return ops.not_equal(inputs, 0) if self.mask_zero else None
