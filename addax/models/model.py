"""`Model`: a layer that trains itself, saves itself and describes itself."""

from collections.abc import Iterator
from typing import Any, Self

from addax.core import configs, tree
from addax.core.call import Arguments
from addax.core.errors import folds
from addax.core.glossary import documented
from addax.core.layer import Layer, made_by
from addax.core.masks import get_masks
from addax.core.names import CustomObjectScope, publish
from addax.core.scope import CallScope
from addax.core.symbol import KerasTensor, infer, is_concrete
from addax.core.tracking import saved_attributes
from addax.models import state_tree as state_trees
from addax.training.trainer import Trainer


def _is_functional_call(args: tuple, kwargs: dict) -> bool:
    return (
        len(args) >= 2
        or {"inputs", "outputs"} <= kwargs.keys()
        or (len(args) == 1 and "outputs" in kwargs)
    )


class Model(Trainer):
    """A layer with `fit`, `evaluate`, `predict`, `save`.

    `Model(inputs, outputs)` is the functional model between symbolic tensors; a subclass makes its
    layers in `__init__` and says in `call(inputs, training=...)` how they are connected.
    """

    def __new__(cls, *args: Any, **kwargs: Any):
        kind: Any = cls
        if cls is Model and _is_functional_call(args, kwargs):
            from addax.models.functional import Functional

            kind = Functional  # Python calls its __init__
        return super().__new__(kind, *args, **kwargs)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if _is_functional_call(args, kwargs):
            from addax.models.functional import become_functional

            become_functional(self, *args, **kwargs)
        elif args:
            raise TypeError(
                f"{type(self).__name__} takes keyword arguments, or the inputs and outputs of a "
                f"functional model; received {args!r}."
            )
        else:
            super().__init__(**kwargs)

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None) -> Self:
        """The model that `get_config` described; a functional one if that is what it describes."""
        with CustomObjectScope(custom_objects):
            if "input_layers" not in config or cls.__init__ is not Model.__init__:
                return super().from_config(config)
            from addax.models import graph_config

            inputs, outputs, rest = graph_config.rebuild(config)
        return cls(inputs, outputs, **rest)

    @property
    def layers(self) -> list[Layer]:
        """The layers directly inside this model."""
        return self._sublayers()

    @layers.setter
    def layers(self, _: Any) -> None:
        raise AttributeError("`layers` is what the model's attributes hold; choose another name.")

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """The layer of this name or index. ValueError when there is none."""
        if (name is None) == (index is None):
            raise ValueError("get_layer takes either a name or an index.")
        if index is not None:
            if not -len(self.layers) <= index < len(self.layers):
                raise ValueError(f"{self.name!r} has {len(self.layers)} layers, no layer {index}.")
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        from addax.core.errors import unknown

        raise unknown(f"layer of model {self.name!r}", name, [x.name for x in self.layers])

    def build(self, input_shape: Any = None) -> None:
        """Make the weights for inputs of this shape (a structure of shapes for several)."""
        if input_shape is None:
            raise ValueError(
                f"Model {self.name!r} can only be built for an input shape; none came."
            )
        tensors = tree.map_shape_structure(
            lambda s: KerasTensor(s, self.compute_dtype), input_shape
        )
        with CallScope(self, None):
            arguments = Arguments(self, (tensors,), {})
            infer(self.call, *arguments.bound(None))

    def _needs_trace_to_build(self) -> bool:
        return type(self).build is Model.build

    def _build_for(self, arguments: Arguments) -> None:
        """A subclass without `build` makes its inner weights while `call` runs."""
        if self._needs_trace_to_build():
            self._build_shapes = arguments.shapes_for(self.build)
            self.built = True
        else:
            super()._build_for(arguments)

    @folds
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        args = (self._ahead(args[0]), *args[1:]) if args else args
        plain = len(args) == 1 and self._runs_compiled() and is_concrete(args[0])
        if plain and get_masks(args[0]) is None:
            return self._session.compiled_call(args[0], **kwargs)
        return super().__call__(*args, **kwargs)

    def _ahead(self, x: Any) -> Any:
        """`x`, or what the part of the model makes of it that can't be compiled."""
        return x

    def _runs_compiled(self) -> bool:
        """Whether a call on arrays may go through one executable: graphs of known layers."""
        return False

    def _saved_children(self) -> Iterator[tuple[str, Any]]:
        machinery = made_by(Model) | {"_stack", "_functional", "_graph", "host_part"}
        return saved_attributes(self, machinery - {"optimizer"}, also=("layers",))

    def get_config(self) -> dict:
        return configs.recorded(self) | {
            k: v for k, v in super().get_config().items() if k in ("name", "trainable", "dtype")
        }

    @documented
    def summary(
        self,
        line_length: int | None = None,
        positions: list | None = None,
        print_fn: Any = None,
        expand_nested: bool = False,
        show_trainable: bool = False,
        layer_range: Any = None,
    ) -> None:
        """Print the layers with their output shapes and numbers of parameters."""
        from addax.models.summary import print_summary

        print_summary(
            self, line_length, positions, print_fn, expand_nested, show_trainable, layer_range
        )

    @documented
    def save(
        self, filepath: Any, overwrite: bool = True, zipped: bool | None = None, **kwargs: Any
    ) -> None:
        """Write the whole model; `.h5` names give the old HDF5 format, all others `.keras`."""
        from addax.saving import save_model

        save_model(self, filepath, overwrite=overwrite, zipped=zipped, **kwargs)

    @documented
    def save_weights(
        self, filepath: Any, overwrite: bool = True, max_shard_size: Any = None
    ) -> None:
        """Write the weights, under any name."""
        from addax.saving import save_weights

        save_weights(self, filepath, overwrite=overwrite, max_shard_size=max_shard_size)

    @documented
    def load_weights(self, filepath: Any, skip_mismatch: bool = False, **kwargs: Any) -> None:
        """Read weights that `save_weights` or `save` wrote, all or none."""
        from addax.saving import load_weights

        load_weights(self, filepath, skip_mismatch=skip_mismatch, **kwargs)

    def get_state_tree(self, value_format: str = "backend_tensor") -> dict:
        """All variables as `{kind: {part of the path: ... value}}`, arrays or "numpy_array"s."""
        return state_trees.get_state_tree(self, value_format)

    def set_state_tree(self, state_tree: dict) -> None:
        """Assign the values of a (part of a) tree that `get_state_tree` gave."""
        state_trees.set_state_tree(self, state_tree)

    def to_json(self, **kwargs: Any) -> str:
        """The architecture as JSON text; `models.model_from_json` reads it."""
        import json

        config = configs.serialize(self)
        configs.check_storable(config)
        return json.dumps(config, **kwargs)

    def export(
        self,
        filepath: Any,
        format: str = "tf_saved_model",
        verbose: bool | None = None,
        input_signature: Any = None,
        **kwargs: Any,
    ) -> None:
        """Write what the model computes to a file that runs without Addax: see `addax.export`.

        `format="stablehlo"` is there. ValueError for another one, and for a model whose inputs are
        not known; nothing is written where the file would not compute what the model does.
        """
        from addax.export.formats import export

        export(self, filepath, format, verbose, input_signature, **kwargs)


publish("keras", [Model])
publish("keras.models", [Model])
