"""`Functional`: a model that is a graph between inputs and outputs."""

import functools
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Self

from addax.core import tree
from addax.core.errors import describe
from addax.core.graph import FunctionCall, Graph, node_of
from addax.core.layer import Layer
from addax.core.masks import get_mask, set_mask
from addax.core.names import CustomObjectScope, publish
from addax.core.scope import CallScope
from addax.core.symbol import KerasTensor, convert_to_tensor, has_symbol
from addax.layers.input import Input, InputLayer
from addax.models import graph_config
from addax.models.host_part import Prepared, arrays, divide, prepared, typed
from addax.models.model import Model
from addax.training.trainer import Trainer


def converted(x: Any, symbol: KerasTensor) -> Any:
    """Data as a tensor of the input's dtype, with the mask they had."""
    x = convert_to_tensor(x)
    if "complex" in x.dtype.name and "complex" not in symbol.dtype:
        raise ValueError(
            f"Input {symbol.name!r} takes {symbol.dtype}; {describe(x)} came, whose imaginary part "
            "would vanish. Declare Input(dtype='complex64'), or give the parts apart."
        )
    mask = get_mask(x)
    x = x if x.dtype.name == symbol.dtype else x.astype(symbol.dtype)
    if mask is not None:
        set_mask(x, mask)
    return x


class Functional(Model):
    """The model between `inputs` and `outputs`, structures of symbolic tensors."""

    takes_values, locks = True, False
    binds_sizes = True  # inputs have the declared sizes; else only as many axes

    def __new__(cls, *args: Any, **kwargs: Any):
        return Layer.__new__(cls, *args, **kwargs)

    def __init__(self, inputs: Any, outputs: Any, name: str | None = None, **kwargs: Any) -> None:
        trainable = kwargs.pop("trainable", None)
        Trainer.__init__(self, name=name, **kwargs)
        self._connect(inputs, outputs)
        if trainable is not None:
            self.trainable = trainable

    def _connect(self, inputs: Any, outputs: Any) -> None:
        inputs, outputs = _start_at_inputs(inputs, outputs)
        self._graph = Graph(inputs, outputs)
        self.host_part = divide(self._graph)
        names = [o.name for o in self._graph.operations]
        double = {n for n in names if names.count(n) > 1}
        if double:
            raise ValueError(
                f"Layer names must be unique in a model; used more than once: {sorted(double)}."
            )
        self._build_shapes = {"input_shape": tree.map_structure(lambda x: x.shape, inputs)}
        self.built = True
        self._path = self.name

    inputs = property(lambda self: self._graph.flat_inputs)
    outputs = property(lambda self: tree.flatten(self._graph.outputs))
    input = property(lambda self: self._graph.inputs)
    output = property(lambda self: self._graph.outputs)
    operations = property(lambda self: list(self._graph.operations))

    @property
    def input_shape(self) -> Any:
        return tree.map_structure(lambda x: x.shape, self._graph.inputs)

    @property
    def output_shape(self) -> Any:
        return tree.map_structure(lambda x: x.shape, self._graph.outputs)

    @property
    def input_names(self) -> list[str]:
        return [x._keras_history.operation.name for x in self.inputs]

    @property
    def output_names(self) -> list[str]:
        return [x._keras_history.operation.name for x in self.outputs]

    def _sublayers(self) -> list[Layer]:
        graph = [o for o in self._graph.operations if isinstance(o, Layer)]
        return list({id(x): x for x in graph + super()._sublayers()}.values())

    def _runs_compiled(self) -> bool:
        return type(self).call is Functional.call

    def build(self, input_shape: Any = None) -> None:
        """Nothing to do: the layers were built as the graph was made."""

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        if self.host_part is not None and isinstance(inputs, Prepared):
            return self.host_part.finish(inputs, functools.partial(_operate, training))
        values = self._standardize(inputs)
        if mask is not None:
            for x, m in zip(values, tree.flatten(mask), strict=True):
                if m is not None:
                    set_mask(x, m)
        return self._graph.run(values, functools.partial(_operate, training))

    def compute_output_spec(
        self, inputs: Any, training: bool | None = None, mask: Any = None
    ) -> Any:
        return self._graph.run(self._standardize(inputs), _infer_operation)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return None  # the inner layers have attached the masks themselves

    def _makes_masks(self) -> bool:
        return False

    def _ahead(self, x: Any) -> Any:
        """What the host's part of the model makes of data, if it has one."""
        ready = isinstance(x, Prepared) or has_symbol(x)
        if self.host_part is None or ready or not self._runs_its_graph():
            return x
        return self.host_part.run(self._standardize(arrays(x, len(self.inputs)), typed))

    def _prepared(self, x: Any) -> Any:
        divided = self.host_part is not None and self._runs_its_graph()
        return prepared(self, x) if divided else x

    def _runs_its_graph(self) -> bool:
        """Whether `call` is ours: a user's own works on what the user passes."""
        return type(self).call.__module__.startswith("addax.")

    def _standardize(self, inputs: Any, convert: Callable = converted) -> list:
        """The inputs in the graph's order, with missing or extra axes of size 1 mended."""
        flat = self._flat_in_order(inputs)
        if len(flat) != len(self.inputs):
            raise ValueError(
                f"Model {self.name!r} has {len(self.inputs)} inputs "
                f"({', '.join(self.input_names)}); {len(flat)} came."
            )
        self._warn_of_structure(inputs)
        return [self._fit(x, symbol, convert) for x, symbol in zip(flat, self.inputs, strict=True)]

    def _flat_in_order(self, inputs: Any) -> list:
        declared = self._graph.inputs
        if isinstance(inputs, dict):
            keys = declared if isinstance(declared, dict) else dict.fromkeys(self.input_names)
            return self._by_key(keys, inputs)
        if isinstance(declared, dict) and list(declared) != sorted(declared):
            raise ValueError(
                f"Model {self.name!r} takes a dictionary with the keys {list(declared)}; received "
                f"{describe(inputs)}, whose order may be another."
            )
        return tree.flatten(inputs)

    def _warn_of_structure(self, inputs: Any) -> None:
        declared = self._graph.inputs
        listed = isinstance(declared, (list, tuple)) and len(declared) == len(self.inputs)
        alone = listed and len(declared) == 1 and not tree.is_nested(inputs)
        by_name = listed and isinstance(inputs, dict)
        if not (alone or by_name) and not _nested_alike(inputs, declared):
            warnings.warn(
                f"The inputs of model {self.name!r} are nested in another way than those it was "
                f"made with: {describe(inputs)} came, {describe(declared)} was expected.",
                stacklevel=2,
            )

    def _by_key(self, declared: dict, inputs: dict) -> list:
        missing = [k for k in declared if k not in inputs]
        if missing:
            raise ValueError(
                f"Model {self.name!r} has inputs {list(declared)}; the data lack {missing} and "
                f"have {sorted(inputs)}."
            )
        order = list(declared) if None in declared.values() else sorted(declared)
        parts = [
            self._by_key(declared[k], inputs[k])
            if isinstance(declared[k], dict) and isinstance(inputs[k], dict)
            else tree.flatten(inputs[k])
            for k in order
        ]
        return [x for part in parts for x in part]

    def _fit(self, x: Any, symbol: KerasTensor, convert: Callable) -> Any:
        if x is None:
            source = symbol._keras_history.operation
            if not source.optional:
                raise ValueError(f"Input {source.name!r} is not optional; received None.")
            return x
        if not isinstance(x, KerasTensor):
            x = convert(x, symbol)
        rank = len(symbol.shape)
        if len(x.shape) == rank - 1 and symbol.shape[-1] == 1 and not isinstance(x, KerasTensor):
            x = x[..., None]
        elif len(x.shape) == rank + 1 and x.shape[-1] == 1 and not isinstance(x, KerasTensor):
            x = x[..., 0]
        if len(x.shape) != rank or (self.binds_sizes and not same_sizes(x, symbol)):
            raise ValueError(self._expected(x, symbol))
        return x

    def _expected(self, x: Any, symbol: KerasTensor) -> str:
        name = symbol._keras_history.operation.name
        return (
            f"Model {self.name!r} expects input {name!r} of shape {describe(symbol)}; received "
            f"{describe(x)}."
        )

    def _saved_children(self) -> Iterator[tuple[str, Any]]:
        yield "layers", self.layers
        yield from super()._saved_children()

    def get_config(self) -> dict:
        if not _plain_constructor(type(self)):
            return super().get_config()
        return graph_config.functional_config(self)

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None) -> Self:
        if "layers" not in config and not _plain_constructor(cls):
            return super().from_config(config)
        with CustomObjectScope(custom_objects):
            inputs, outputs, rest = graph_config.rebuild(config)
        return cls(inputs, outputs, **rest)

    def get_build_config(self) -> None:
        return None


def same_sizes(x: Any, symbol: KerasTensor) -> bool:
    """Whether two tensors agree wherever both sizes are known, but for the batch."""
    pairs = zip(x.shape[1:], symbol.shape[1:], strict=False)
    return len(x.shape) == len(symbol.shape) and all(None in p or p[0] == p[1] for p in pairs)


def _nested_alike(a: Any, b: Any) -> bool:
    """Whether two structures are the same, lists and tuples being the same."""
    if isinstance(a, dict) or isinstance(b, dict):
        both = isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys()
        return both and all(_nested_alike(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)) or isinstance(b, (list, tuple)):
        both = isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)) and len(a) == len(b)
        return both and all(map(_nested_alike, a, b))
    return True


def _operate(training, operation):
    if isinstance(operation, InputLayer):
        return lambda *args: args
    if isinstance(operation, Layer) and training is not None:
        return functools.partial(_call_with_training, operation, training)
    return operation


def _call_with_training(layer, training, /, *args, **kwargs):
    if "training" in kwargs:  # recorded with the call; as in Keras the model's wins
        kwargs["training"] = training
    with CallScope(layer, training):
        return layer(*args, **kwargs)


def _infer_operation(operation):
    """Inferring shapes records nothing: the model is one node of the outer graph."""
    if isinstance(operation, Layer):
        return operation.compute_output_spec
    if isinstance(operation, FunctionCall):
        from addax.core.symbol import infer

        return lambda *args, **kwargs: infer(operation.fn, args, operation.config | kwargs)
    return operation


def _start_at_inputs(inputs: Any, outputs: Any) -> tuple[Any, Any]:
    """Symbolic tensors from inside another graph get an Input of their own."""
    if all(isinstance(x, KerasTensor) and node_of(x).is_input for x in tree.flatten(inputs)):
        return inputs, outputs
    inner = Graph(inputs, outputs)
    fresh = [x if node_of(x).is_input else Input(tensor=_like(x)) for x in inner.flat_inputs]
    return tree.pack_sequence_as(inputs, fresh), inner.run(fresh)


def _like(x: KerasTensor) -> KerasTensor:
    return KerasTensor(x.shape, x.dtype)


def _plain_constructor(cls: type) -> bool:
    """Whether `cls(inputs, outputs, name=...)` makes the model."""
    home = next(c for c in cls.__mro__ if "__init__" in vars(c))
    return home in (Functional, Model)


@functools.lru_cache(maxsize=256)
def _functional_variant(cls: type) -> type:
    return type(cls.__name__, (cls, Functional), {"__module__": cls.__module__, "variant_of": cls})


def become_functional(model: Model, *args: Any, **kwargs: Any) -> None:
    """Make an object of a Model subclass, given inputs and outputs, a functional model."""
    if not isinstance(model, Functional):
        model.__class__ = _functional_variant(type(model))
    Functional.__init__(model, *args, **kwargs)  # type: ignore[arg-type]


publish("keras.src.models.functional", [Functional])
publish("keras", [Functional])
publish("keras.models", {"Functional": Functional})
