"""`Sequential`: layers one after the other."""

import contextlib
from collections.abc import Iterator
from typing import Any, Self

from addax.core import configs, tree
from addax.core.call import signature_of
from addax.core.layer import Layer
from addax.core.names import CustomObjectScope, publish
from addax.core.symbol import KerasTensor, infer
from addax.core.untrusted import malformed
from addax.layers.activation import Activation
from addax.layers.input import Input, InputLayer
from addax.layers.preprocessing.host import on_host
from addax.models.functional import Functional, same_sizes
from addax.models.host_part import needs_host, prepared, works_on_host
from addax.models.model import Model
from addax.training.trainer import Trainer


class _Chain(Functional):
    """The graph of a stack: its layers say themselves which sizes they take."""

    binds_sizes = False

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        with self._naming(inputs):
            return super().call(inputs, training=training, mask=mask)

    def compute_output_spec(
        self, inputs: Any, training: bool | None = None, mask: Any = None
    ) -> Any:
        with self._naming(inputs):
            return super().compute_output_spec(inputs)

    @contextlib.contextmanager
    def _naming(self, x: Any) -> Iterator[None]:
        """If a layer can't take the sizes of `x`, say what the model was made for."""
        try:
            yield
        except ValueError as error:
            symbol = self.inputs[0]
            axes = len(getattr(x, "shape", ()))
            if axes != len(symbol.shape) or same_sizes(x, symbol):
                raise
            raise ValueError(f"{self._expected(x, symbol)} {error}") from None


class Sequential(Model):
    """A stack of layers with one input and one output each.

    The weights are made when the input shape is known: from an `Input`, from `input_shape=` of the
    first layer, or from the first data.
    """

    takes_values, locks = True, False

    def __new__(cls, *args: Any, **kwargs: Any):
        return Layer.__new__(cls, *args, **kwargs)

    def __init__(
        self, layers: Any = None, trainable: bool = True, name: str | None = None, **kwargs: Any
    ) -> None:
        Trainer.__init__(self, trainable=trainable, name=name, **kwargs)
        self._stack: list[Any] = []
        self._functional: Functional | None = None
        for layer in [layers] if isinstance(layers, Layer) else layers or ():
            self.add(layer, rebuild=False)
        self._maybe_rebuild()

    def add(self, layer: Any, rebuild: bool = True) -> None:
        """Put `layer` at the end; a function becomes an Activation-like layer."""
        if isinstance(layer, KerasTensor):
            layer = layer._keras_history.operation
        if not isinstance(layer, Layer):
            if isinstance(layer, type) or not callable(layer):
                made = f": make one, {layer.__name__}(...)" if isinstance(layer, type) else ""
                raise ValueError(
                    f"Sequential holds layers; received {layer!r} ({type(layer).__name__}){made}."
                )
            layer = Activation(activation=layer)
        if any(layer.name == x.name for x in self._stack if x is not layer):
            raise ValueError(
                f"Layer names must be unique in a model; {layer.name!r} is used already. Give the "
                "layer another `name`."
            )
        declared = getattr(layer, "_declared_input", None)
        if isinstance(layer, InputLayer) and self._stack:
            raise ValueError(f"An Input comes first; {self.name!r} has layers already.")
        if not self._stack and declared is not None:
            self._stack.append(Input(batch_shape=declared)._keras_history.operation)
        self._stack.append(layer)
        if rebuild and self._functional is not None:
            self._extend(self._functional, layer)
        elif rebuild:
            self._maybe_rebuild()

    def _extend(self, known: Functional, layer: Layer) -> None:
        """Go on from the end of the graph: a layer called once has one output."""
        with self._name_scope():
            x = layer(known.output)
        self._functional = _Chain(known.input, x, name=self.name)
        self._session.forget_programs()

    def pop(self, rebuild: bool = True) -> Layer:
        """Take the last layer off and return it."""
        if not self.layers:
            raise ValueError(f"Model {self.name!r} has no layers to pop.")
        layer = self._stack.pop()
        self.built = False
        self._functional = None
        if rebuild:
            self._maybe_rebuild()
        return layer

    def _maybe_rebuild(self) -> None:
        self.built = False
        self._functional = None
        self._session.forget_programs()
        if len(self._stack) > 1:
            first = self._stack[0]
            shape = first.batch_shape if isinstance(first, InputLayer) else None
            if isinstance(first, Functional | Sequential):
                shape = getattr(first, "input_shape", None)
            if shape is not None:
                self.build(shape)

    @property
    def layers(self) -> list[Layer]:
        return [x for x in self._stack if not isinstance(x, InputLayer)]

    @layers.setter
    def layers(self, _: Any) -> None:
        raise AttributeError("Change a Sequential with add() and pop().")

    def _sublayers(self) -> list[Layer]:
        own = [x for x in super()._sublayers() if x is not self._functional]
        return [x for x in own if not isinstance(x, InputLayer)]

    def build(self, input_shape: Any = None) -> None:
        """Connect the layers for inputs of this shape."""
        if input_shape is None:
            raise ValueError(f"Sequential {self.name!r} can only be built for an input shape.")
        if not self._stack:
            raise ValueError(
                f"Sequential {self.name!r} has no layers; add some before building it."
            )
        if not tree.is_shape(input_shape):
            return super().build(input_shape)  # of several tensors: there is no graph
        if not isinstance(self._stack[0], InputLayer):
            dtype = self._stack[0].compute_dtype
            source = Input(batch_shape=tuple(input_shape), dtype=dtype)
            self._stack.insert(0, source._keras_history.operation)
        elif not _agree(input_shape, self._stack[0].batch_shape):
            raise ValueError(
                f"Sequential {self.name!r} is made for inputs {self._stack[0].batch_shape}; "
                f"received {tuple(input_shape)}."
            )
        x = inputs = self._stack[0].output
        try:
            for layer in self._stack[1:]:
                x = layer(x)
        except NotImplementedError:
            return  # a layer whose output is known only when it is computed
        except TypeError as error:
            if len(_required(layer)) > 1:
                raise ValueError(
                    f"A layer in a Sequential takes one tensor; {layer.name!r} takes "
                    f"{', '.join(_required(layer))}."
                ) from error
            raise
        self._functional = _Chain(inputs, x, name=self.name)

    def _build_for(self, arguments: Any) -> None:
        if self._stack and isinstance(self._stack[0], InputLayer):
            self._stack.pop(0)
        self.build(tree.map_structure(lambda x: (None, *x.shape[1:]), arguments.first))

    def _runs_compiled(self) -> bool:
        return type(self).call is Sequential.call and self._functional is not None

    @property
    def host_part(self) -> Any:
        return None if self._functional is None else self._functional.host_part

    def _ahead(self, x: Any) -> Any:
        if self._functional is None and any(map(works_on_host, self._stack)):
            self.build((None, *on_host(x).shape[1:]))
        return x if self._functional is None else self._functional._ahead(x)

    def _prepared(self, x: Any) -> Any:
        return prepared(self, x) if any(map(needs_host, self._stack)) else x

    def call(
        self, inputs: Any, training: bool | None = None, mask: Any = None, **kwargs: Any
    ) -> Any:
        if self._functional is not None:
            return self._functional.call(inputs, training=training, mask=mask)
        for layer in self.layers:
            inputs = layer(inputs)
        return inputs

    def compute_output_spec(
        self, inputs: Any, training: bool | None = None, mask: Any = None, **_: Any
    ) -> Any:
        if self._functional is None:
            return infer(self.call, (inputs,))
        return self._functional.compute_output_spec(inputs)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return None

    def _makes_masks(self) -> bool:
        return False

    def _known(self, what: str) -> Any:
        if self._functional is None:
            raise AttributeError(
                f"Sequential {self.name!r} has no {what} before its input shape is known: start it "
                "with an Input, or call it on data."
            )
        return getattr(self._functional, what)

    inputs = property(lambda self: self._known("inputs"))
    outputs = property(lambda self: self._known("outputs"))
    input = property(lambda self: self._known("input"))
    output = property(lambda self: self._known("output"))
    input_shape = property(lambda self: self._known("input_shape"))
    output_shape = property(lambda self: self._known("output_shape"))
    input_names = property(lambda self: self._known("input_names"))
    output_names = property(lambda self: self._known("output_names"))

    def _saved_children(self) -> Iterator[tuple[str, Any]]:
        yield "layers", self.layers
        yield from super()._saved_children()

    def get_config(self) -> dict:
        base = super().get_config()
        config = {k: base[k] for k in ("name", "trainable", "dtype")}
        config["layers"] = [configs.serialize(x) for x in self._stack]
        if self._functional is not None:
            config["build_input_shape"] = list(self._stack[0].batch_shape)
        return config

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None) -> Self:
        """A stack from what `get_config` gave; Keras 1 wrote a bare list of layers."""
        if isinstance(config, list):
            config = {"layers": config}
        with CustomObjectScope(custom_objects), malformed():
            layers = [configs.deserialize(x) for x in config["layers"]]
            model = cls(layers, name=config.get("name"))
            shape = config.get("build_input_shape") or config.get("batch_input_shape")
            if shape and not model.built:
                model.build(tuple(shape))
        if config.get("trainable") is False:
            model.trainable = False
        return model

    def get_build_config(self) -> dict | None:
        if self._functional is None:
            return super().get_build_config()
        return {"input_shape": list(self.input_shape)}

    def build_from_config(self, config: dict) -> None:
        if not self.built:
            super().build_from_config(config)


def _required(layer: Layer) -> list[str]:
    """The arguments that a call of `layer` can't do without."""
    parameters = signature_of(layer.call).parameters.values()
    return [
        p.name for p in parameters if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD
    ]


def _agree(shape: Any, other: Any) -> bool:
    """Whether two shapes may be those of one tensor."""
    pairs = zip(shape, other, strict=False)
    return len(shape) == len(other) and all(None in pair or pair[0] == pair[1] for pair in pairs)


publish("keras", [Sequential])
publish("keras.models", [Sequential])
