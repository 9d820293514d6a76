"""Low-rank adaptation (LoRA): a frozen weight plus the product of two small ones that train."""

from typing import Any

from addax import initializers, ops
from addax.core.checks import positive
from addax.core.variable import Variable


class LoRA:
    """Stands in for the large weight of a built layer: `weight + alpha / rank * a @ b`.

    For a weight `(..., n)`, `a` is `(..., rank)` and `b` `(rank, n)`; they become attributes of the
    layer, and the weight is frozen. Files hold the sum alone, so that they fit layers that are not
    adapted, too.

    ValueError for a rank that is no positive integer and for a weight with a constraint. Hu et al.
    2021, https://arxiv.org/abs/2106.09685.
    """

    def __init__(
        self,
        layer: Any,
        rank: int,
        alpha: float | None = None,
        a_initializer: Any = "he_uniform",
        b_initializer: Any = "zeros",
    ):
        name, weight = layer.large_weight, layer.uncompressed
        if weight.constraint is not None:
            raise ValueError(
                f"{layer.name!r} can't be adapted with {name}_constraint={weight.constraint}: the "
                "constraint would not hold for the sum. Make the layer without it."
            )
        positive(rank=rank)
        self.rank, self.alpha = rank, rank if alpha is None else alpha
        self.weight: Variable = weight

        def part(letter, shape, initializer):
            full = f"lora_{name}_{letter}"
            variable = layer.add_weight(
                shape,
                initializers.get(initializer),
                "float32",  # small updates would vanish in half precision
                regularizer=weight.regularizer,
                name=full,
            )
            setattr(layer, full, variable)
            return variable

        self.a = part("a", (*weight.shape[:-1], rank), a_initializer)
        self.b = part("b", (rank, weight.shape[-1]), b_initializer)
        weight.trainable = False

    def value(self) -> Any:
        """The weight with what adapts it."""
        return self.weight + self.alpha / self.rank * ops.matmul(self.a, self.b)

    @property
    def unstored(self) -> list[Variable]:
        """Weights of the layer that files don't hold."""
        return [self.a, self.b]

    @property
    def cleared(self) -> list[Variable]:
        """Weights that become zero when the others are loaded."""
        return [self.b]
