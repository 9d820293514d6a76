"""`clone_model`: the same layers and connections with new weights."""

import functools
from collections.abc import Callable
from typing import Any

from addax.core import configs, tree
from addax.core.graph import FunctionCall, node_of
from addax.core.layer import Layer
from addax.core.symbol import KerasTensor
from addax.layers.input import Input, InputLayer
from addax.models.functional import Functional, _plain_constructor
from addax.models.model import Model
from addax.models.sequential import Sequential


def clone_model(
    model: Model,
    input_tensors: Any = None,
    clone_function: Callable | None = None,
    call_function: Callable | None = None,
    recursive: bool = False,
) -> Model:
    """A model like `model` with layers and weights of its own, compiled if `model` is.

    `clone_function(layer)` makes the new layers, Inputs apart; inner models too, unless
    `recursive` clones these layer by layer. `call_function(layer, *args, **kwargs)` calls them, in
    functional models only. `input_tensors` replaces the inputs. A shared layer is shared in the
    copy. Subclasses are cloned by their configuration. Raises ValueError for arguments that do not
    go with the kind of model.
    """
    return _Cloner(clone_function, call_function, recursive).clone(model, input_tensors)


class _Cloner:
    """Clones of layers, each made once."""

    def __init__(self, make: Callable | None, call: Callable | None, recursive: bool) -> None:
        self.make, self.call, self.recursive = make, call, recursive
        self.made: dict[int, Any] = {}

    def clone(self, model: Model, input_tensors: Any = None, inner: bool = False) -> Model:
        if isinstance(model, Sequential):
            if self.call is not None and not inner:
                raise ValueError(
                    "call_function is for functional models; a Sequential calls in order."
                )
            copy = self._sequential(model, input_tensors)
        elif isinstance(model, Functional):
            copy = self._functional(model, input_tensors)
        elif self.make or self.call or input_tensors is not None:
            raise ValueError(
                f"{type(model).__name__} defines its own call(): it can only be cloned whole, "
                "without clone_function, call_function and input_tensors."
            )
        else:
            return configs.deserialize(configs.serialize(model))
        return _compiled_like(model, copy)

    def layer(self, layer: Layer) -> Layer:
        """The one clone of `layer`."""
        if id(layer) not in self.made:
            if self.recursive and isinstance(layer, (Sequential, Functional)):
                copy = self.clone(layer, inner=True)
            else:
                copy = (self.make or _from_config)(layer)
            self.made[id(layer)] = copy
        return self.made[id(layer)]

    def _sequential(self, model: Sequential, input_tensors: Any) -> Sequential:
        layers: list = [self.layer(x) for x in model.layers]
        first = model._stack[0] if model._stack else None
        if input_tensors is not None:
            layers.insert(0, _as_input(input_tensors))
        elif isinstance(first, InputLayer):
            layers.insert(0, _from_config(first))
        return Sequential(layers, trainable=model.trainable, name=model.name)

    def _functional(self, model: Functional, input_tensors: Any) -> Functional:
        if input_tensors is None:
            sources = [x._keras_history.operation for x in model.inputs]
            flat = [_from_config(source).output for source in sources]
            input_tensors = tree.pack_sequence_as(model.input, flat)
        _check_structure(input_tensors, model.input)
        outputs = model._graph.run(tree.flatten(input_tensors), self._operate)
        cls: type = type(model) if _plain_constructor(type(model)) else Functional
        copy = cls(input_tensors, outputs, name=model.name)
        copy._trainable = model.trainable  # the layers know theirs
        return copy

    def _operate(self, operation: Any) -> Callable:
        if isinstance(operation, FunctionCall):
            return functools.partial(_call_again, operation)
        copy = self.layer(operation)
        return copy if self.call is None else functools.partial(self.call, copy)


def _from_config(layer: Any) -> Any:
    return type(layer).from_config(layer.get_config())


def _call_again(operation: FunctionCall, *args: Any, **kwargs: Any) -> Any:
    """The function's call on other tensors, under its old name."""
    outputs = operation(*args, **kwargs)
    tree.flatten(outputs)[0]._keras_history.operation.name = operation.name
    return outputs


def _as_input(tensors: Any) -> KerasTensor:
    """The one tensor itself if an Input made it, else an Input like it."""
    flat = tree.flatten(tensors)
    if len(flat) != 1 or not isinstance(flat[0], KerasTensor):
        raise ValueError(f"A Sequential has one input, a symbolic tensor; received {tensors!r}.")
    (tensor,) = flat
    return (
        tensor if node_of(tensor).is_input else Input(batch_shape=tensor.shape, dtype=tensor.dtype)
    )


def _check_structure(tensors: Any, expected: Any) -> None:
    symbolic = all(isinstance(x, KerasTensor) for x in tree.flatten(tensors))
    if not symbolic or not _same_structure(tensors, expected):
        raise ValueError(
            f"input_tensors are symbolic tensors, arranged as the model's inputs: {expected!r}; "
            f"received {tensors!r}."
        )


def _same_structure(a: Any, b: Any) -> bool:
    return tree.flatten_with_structure(a)[1] == tree.flatten_with_structure(b)[1]


def _compiled_like(model: Model, copy: Model) -> Model:
    """`copy`, compiled as `model` is, unless its class has a `compile` of its own."""
    arguments = model._session.arguments
    if arguments is not None and type(copy).compile is Model.compile:
        copy.compile(**{name: tree.map_structure(_fresh, v) for name, v in arguments.items()})
        if copy.built and copy.optimizer is not None:
            copy.optimizer.build(copy.trainable_variables)
    return copy


def _fresh(value: Any) -> Any:
    return _from_config(value) if hasattr(value, "get_config") else value
