"""Low-rank adaptation (LoRA): a frozen weight plus the product of two small ones that train."""

from typing import Any, ClassVar

from addax import initializers, ops
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.variable import Variable


class Adapted:
    """The attribute for a weight that may be adapted: `weight + alpha / rank * a @ b`."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, layer, owner=None) -> Any:
        if layer is None:
            return self
        if f"_{self.name}" not in vars(layer):
            raise AttributeError(f"{layer.name!r} has no {self.name} before it is built.")
        if not layer.lora_enabled:
            return layer.frozen
        return ops.cast(layer.merged(), layer.compute_dtype)

    def __set__(self, layer, weight):
        setattr(layer, f"_{self.name}", weight)


@fields
class LoRA(Layer):
    """A layer with one large weight that `enable_lora` freezes and adapts (Hu et al. 2021).

    Classes set `adapted` to the weight's name and call `start_lora()` at the end of `build`.
    """

    lora_rank: int | None = None
    lora_alpha: float | None = None

    unstored: ClassVar = ("lora_rank", "lora_alpha")
    adapted = "kernel"
    lora_enabled = False
    quantization_config: ClassVar[Any] = None

    def setup(self):
        if self.quantization_config is not None:
            raise NotImplementedError(
                f"{type(self).__name__} can't be quantized: Addax has no quantization; received "
                f"quantization_config={self.quantization_config!r}."
            )
        if self.lora_alpha is None:
            self.lora_alpha = self.lora_rank

    def start_lora(self):
        """Adapt the new weight if the constructor's arguments say so."""
        if self.lora_rank:
            self._adapt(self.lora_rank, self.lora_alpha, "he_uniform", "zeros")

    def enable_lora(
        self,
        rank: int,
        lora_alpha: float | None = None,
        a_initializer: Any = "he_uniform",
        b_initializer: Any = "zeros",
    ) -> None:
        """Freeze the weight (..., n) and train `a` (..., rank) and `b` (rank, n) instead.

        ValueError before the layer is built, the second time, and for a weight with a constraint.
        """
        if not self.built:
            raise ValueError(f"{self.name!r} has no weight to adapt yet: build it first.")
        if self.lora_enabled:
            raise ValueError(f"{self.name!r} is adapted already; that can be done once.")
        self._adapt(rank, lora_alpha, a_initializer, b_initializer)

    def _adapt(self, rank, alpha, a_initializer, b_initializer):
        name, weight = self.adapted, self.frozen
        if weight.constraint is not None:
            raise ValueError(
                f"{self.name!r} can't be adapted with {name}_constraint={weight.constraint}: the "
                "constraint would not hold for the sum. Make the layer without it."
            )
        if not isinstance(rank, int) or rank <= 0:
            raise ValueError(f"rank is a positive integer; received {rank!r}.")

        def part(letter, shape, initializer):
            full = f"lora_{name}_{letter}"
            start, penalty = initializers.get(initializer), weight.regularizer
            dtype = "float32"  # small updates would vanish in half precision
            setattr(self, full, self.add_weight(full, shape, start, dtype, regularizer=penalty))

        self._locked = False
        part("a", (*weight.shape[:-1], rank), a_initializer)
        part("b", (rank, weight.shape[-1]), b_initializer)
        self._locked = self.built
        weight.trainable = False
        self.lora_enabled, self.lora_rank = True, rank
        self.lora_alpha = rank if alpha is None else alpha

    @property
    def frozen(self) -> Variable:
        """The weight itself, without what adapts it."""
        return vars(self)[f"_{self.adapted}"]

    @property
    def scale(self) -> float:
        """The factor of the product."""
        return self.lora_alpha / self.lora_rank  # type: ignore[operator]

    @property
    def _parts(self) -> list[Variable]:
        return [getattr(self, f"lora_{self.adapted}_{letter}") for letter in "ab"]

    def merged(self) -> Any:
        """The weight with what adapts it."""
        a, b = self._parts
        return self.frozen + self.scale * ops.matmul(a, b)

    # Files hold the merged weight alone, so that they fit layers that are not adapted too.

    def _stored_weights(self):
        extra = set(map(id, self._parts)) if self.lora_enabled else ()
        return [w for w in super()._stored_weights() if id(w) not in extra]

    def _cleared_weights(self):
        return self._parts[1:] if self.lora_enabled else []

    def save_own_variables(self, store: dict) -> None:
        super().save_own_variables(store)
        if self.lora_enabled:
            store["0"] = ops.cast(self.merged(), self.frozen.dtype)
