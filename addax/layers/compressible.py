"""`Compressible`: layers with one large weight, on which `addax.compression` acts."""

from typing import Any, ClassVar

from addax import ops
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.variable import Variable


class LargeWeight:
    """The attribute for the weight: the variable, or what stands in for it."""

    def __set_name__(self, owner, name):
        self.name = name
        owner.large_weight = name

    def __get__(self, layer, owner=None) -> Any:
        if layer is None:
            return self
        if f"_{self.name}" not in vars(layer):
            raise AttributeError(f"{layer.name!r} has no {self.name} before it is built.")
        if layer.compressed is None:
            return layer.uncompressed
        return ops.cast(layer.compressed.value(), layer.compute_dtype)

    def __set__(self, layer, weight):
        setattr(layer, f"_{self.name}", weight)


@fields
class Compressible(Layer):
    """A layer with one large weight, the attribute that its class makes with `LargeWeight()`.

    `compressed` is what stands in for the weight, or None.
    """

    lora_rank: int | None = None
    lora_alpha: float | None = None

    unstored: ClassVar = ("lora_rank", "lora_alpha")
    large_weight: ClassVar[str]
    quantization_config: ClassVar[Any] = None

    def setup(self) -> None:
        self.compressed: Any = None
        if self.quantization_config is not None:
            raise NotImplementedError(
                f"{type(self).__name__} can't be quantized: Addax has no quantization; received "
                f"quantization_config={self.quantization_config!r}."
            )
        if self.lora_alpha is None:
            self.lora_alpha = self.lora_rank

    @property
    def uncompressed(self) -> Variable:
        """The weight itself, without what stands in for it."""
        return vars(self)[f"_{self.large_weight}"]

    @property
    def lora_enabled(self) -> bool:
        return self.compressed is not None

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
        from addax.compression import LoRA

        if not self.built:
            raise ValueError(f"{self.name!r} has no weight to adapt yet: build it first.")
        if self.compressed is not None:
            raise ValueError(f"{self.name!r} is adapted already; that can be done once.")
        locked, self._locked = self._locked, False
        try:
            self.compressed = LoRA(self, rank, lora_alpha, a_initializer, b_initializer)
        finally:
            self._locked = locked
        self.lora_rank, self.lora_alpha = self.compressed.rank, self.compressed.alpha

    def _finish_build(self) -> None:
        if self.lora_rank:
            self.enable_lora(self.lora_rank, self.lora_alpha)

    # Files hold the weight that counts, under its own number.

    def _stored_weights(self) -> list[Variable]:
        without = [] if self.compressed is None else self.compressed.unstored
        return [w for w in super()._stored_weights() if not any(w is x for x in without)]

    def _cleared_weights(self) -> list[Variable]:
        return [] if self.compressed is None else self.compressed.cleared

    def save_own_variables(self, store: dict) -> None:
        super().save_own_variables(store)
        if self.compressed is not None:
            store["0"] = ops.cast(self.compressed.value(), self.uncompressed.dtype)
