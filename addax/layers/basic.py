"""`Identity`, `Masking`, and `Lambda` for any function."""

import inspect
from collections.abc import Callable
from typing import Any, Self

from addax import ops
from addax.core import configs, tree
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.names import CustomObjectScope, find
from addax.core.symbol import KerasTensor
from addax.core.types import Shape, Tensor, Tensors


@fields
class Identity(Layer):
    """The input as it is, a tensor or any structure of tensors."""

    built_at_once = True

    def setup(self) -> None:
        self.supports_masking = True

    def call(self, inputs: Tensors) -> Tensors:
        return inputs


@fields
class Masking(Layer):
    """Marks the steps whose features all equal `mask_value`; later layers skip them.

    `(batch, time, d)` -> the same, with zeros at the marked steps, and a mask `(batch, time)`.
    """

    mask_value: Tensor = 0.0

    built_at_once = True

    def setup(self) -> None:
        self.mask_value = configs.deserialize(self.mask_value)
        self.supports_masking = True

    def call(self, inputs: Tensors) -> Tensors:
        kept = ops.any(ops.not_equal(inputs, self.mask_value), axis=-1, keepdims=True)
        return ops.where(kept, inputs, ops.zeros_like(inputs))

    def compute_mask(self, inputs: Tensors, mask: Tensors = None) -> Tensors:
        return ops.any(ops.not_equal(inputs, self.mask_value), axis=-1)


@fields
class Lambda(Layer):
    """`function(inputs, **arguments)`, with `mask` and `training` if the function takes them.

    A file stores the function by name. A lambda has none, so a model with one can't be saved.

    ValueError for what is no function, and for files that hold the code of one: it is never run.
    """

    function: Callable[..., Any]
    output_shape: Shape | Callable[..., Any] | None = None
    mask: Tensor | Callable[..., Any] = None
    arguments: dict[str, Any] | None = None

    unstored = ("output_shape", "mask")

    def setup(self) -> None:
        if not callable(self.function):
            raise ValueError(f"Lambda takes a function; received {self.function!r}.")
        self.arguments = dict(self.arguments or {})
        self.supports_masking = self.mask is not None
        self._takes = {"mask", "training"} & set(inspect.signature(self.function).parameters)

    def call(self, inputs: Tensors, mask: Tensors = None, training: bool | None = None) -> Tensors:
        given = {"mask": mask, "training": training}
        return self.function(inputs, **(self.arguments or {}), **{k: given[k] for k in self._takes})

    def compute_mask(self, inputs: Tensors, mask: Tensors = None) -> Tensors:
        return self.mask(inputs, mask) if callable(self.mask) else self.mask

    def compute_output_spec(self, inputs: Tensors, *args: Any, **kwargs: Any) -> Any:
        shape = self.output_shape
        if shape is None:
            return super().compute_output_spec(inputs, *args, **kwargs)
        shapes = tree.map_structure(lambda x: x.shape, inputs)
        if callable(shape):
            shape = shape(shapes)
        else:
            batch = tree.flatten(inputs)[0].shape[0]
            shape = tree.map_shape_structure(lambda s: (batch, *s), shape)
        return tree.map_shape_structure(lambda s: KerasTensor(s, self.compute_dtype), shape)

    @classmethod
    def from_config(
        cls, config: dict, custom_objects: dict | None = None, safe_mode: bool | None = None
    ) -> Self:
        for name in ("function", "output_shape", "mask"):
            value = config.get(name)
            if isinstance(value, dict) and value.get("class_name") == "__lambda__":
                raise ValueError(
                    f"The file holds Python code as the `{name}` of a Lambda layer, which is never "
                    "run. Write it as a named function, register it with "
                    "addax.saving.register_keras_serializable(), and save the model again."
                )
        with CustomObjectScope(custom_objects):
            if isinstance(config.get("function"), str):
                config = config | {"function": find(config["function"])}
            made = {k: v if k == "dtype" else configs.deserialize(v) for k, v in config.items()}
        return cls(**made)
