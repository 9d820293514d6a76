"""`Embedding`: a table of vectors."""

from typing import Any

from addax import ops
from addax.core.checks import positive
from addax.core.fields import fields
from addax.core.types import (
    Array,
    Constraint,
    DType,
    Initializer,
    Regularizer,
    Shape,
    Tensor,
    Tensors,
)
from addax.layers.compressible import Compressible, LargeWeight


@fields
class Embedding(Compressible):
    """Row `i` of a trained table for each integer `i`.

    `(batch, time)` -> `(batch, time, output_dim)`; the table is `(input_dim, output_dim)`; with
    `mask_zero` the output carries a mask `(batch, time)`.

    ValueError for sizes that are no positive integers.
    """

    input_dim: int
    output_dim: int
    embeddings_initializer: Initializer = "uniform"
    embeddings_regularizer: Regularizer = None
    embeddings_constraint: Constraint = None
    mask_zero: bool = False
    lora_rank: int | None = None
    lora_alpha: float | None = None
    quantization_config: Any = None
    activity_regularizer: Regularizer = None

    order = """input_dim output_dim embeddings_initializer embeddings_regularizer
        embeddings_constraint mask_zero weights ..."""
    unstored = ("lora_rank", "lora_alpha")
    embeddings = LargeWeight()

    def setup(self) -> None:
        super().setup()
        for name in ("input_dim", "output_dim"):
            if type(getattr(self, name)) is not int:  # a bool is none
                raise ValueError(f"{name} is an integer; received {getattr(self, name)!r}.")
        positive(input_dim=self.input_dim, output_dim=self.output_dim)
        self.supports_masking = self.mask_zero
        self.autocast = False  # the inputs are integers: casting floats would lose large ones
        if self._initial_weights is not None:
            given = self._initial_weights
            self.build()
            self.set_weights(given if isinstance(given, (list, tuple)) else [given])
            self._initial_weights = None

    def build(self, input_shape: Shape | None = None) -> None:
        self.embeddings = self.weight("embeddings", (self.input_dim, self.output_dim))

    def call(self, inputs: Tensor) -> Array:
        if "int" not in str(inputs.dtype):
            inputs = ops.cast(inputs, "int32")
        return ops.cast(ops.take(self.embeddings, inputs, axis=0), self.compute_dtype)

    def check_values(self, inputs: Any) -> None:
        wrong = (inputs < -self.input_dim) | (inputs >= self.input_dim)
        if wrong.any():
            raise ValueError(
                f"Embedding {self.name!r} has rows 0 to {self.input_dim - 1} (input_dim); the "
                f"data hold {inputs[wrong].flat[0]}. The largest index there is {inputs.max()}."
            )

    def compute_mask(self, inputs: Tensor, mask: Tensor = None) -> Tensors:
        return ops.not_equal(inputs, 0) if self.mask_zero else None


@fields
class ReversibleEmbedding(Embedding):
    """An embedding that also goes back, from vectors to a logit for each row of the table.

    `(batch, time)` -> `(batch, time, output_dim)`; called with `reverse=True`, `(..., output_dim)`
    -> `(..., input_dim)`.

    ValueError for sizes that are no positive integers. Tied weights: Press and Wolf 2017,
    https://arxiv.org/abs/1608.05859.
    """

    input_dim: int
    output_dim: int
    tie_weights: bool = True
    embeddings_initializer: Initializer = "uniform"
    embeddings_regularizer: Regularizer = None
    embeddings_constraint: Constraint = None
    mask_zero: bool = False
    reverse_dtype: DType = None
    logit_soft_cap: float | None = None

    order = "..."

    def build(self, input_shape: Shape | None = None) -> None:
        super().build(input_shape)
        if not self.tie_weights:
            self.reverse_embeddings = self.add_weight(
                (self.output_dim, self.input_dim),
                self.embeddings_initializer,
                name="reverse_embeddings",
            )

    def call(self, inputs: Tensor, reverse: bool = False) -> Array:
        if not reverse:
            return super().call(inputs)
        table = ops.transpose(self.embeddings) if self.tie_weights else self.reverse_embeddings
        dtype = self.reverse_dtype or self.compute_dtype
        logits = ops.cast(inputs, dtype) @ ops.cast(table, dtype)
        cap = self.logit_soft_cap
        return logits if cap is None else ops.tanh(logits / cap) * cap

    def compute_mask(self, inputs: Tensor, mask: Tensor = None) -> Tensors:
        if "float" in str(inputs.dtype):  # vectors on their way back
            return None
        return super().compute_mask(inputs, mask)
