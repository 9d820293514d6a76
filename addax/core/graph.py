"""The graph of recorded calls: nodes, their order, and running them on other tensors."""

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from addax.core import configs, tree
from addax.core.errors import describe
from addax.core.fields import Declared
from addax.core.remat import RematScope
from addax.core.scope import auto_name
from addax.core.symbol import KerasTensor, has_symbol, infer
from addax.runtime import start


class History(NamedTuple):
    """Where a symbolic tensor comes from."""

    operation: Any
    node_index: int
    tensor_index: int


class Operation(Declared):
    """Something that a graph calls: a layer, a function with its fixed arguments, a graph.

    Subclasses compute in `call`, and may say in `compute_output_spec` what it gives for symbolic
    tensors. Their `get_config` is what their constructor was called with.
    """

    def __init__(self, name: str | None = None):
        if name is not None and (not isinstance(name, str) or "/" in name):
            raise ValueError(f"A name is a string without '/'; received {name!r}.")
        start()
        self.name = name or auto_name(type(self).__name__)
        self._inbound_nodes: list[Node] = []
        self._remat = RematScope.current()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if has_symbol(args) or has_symbol(kwargs):
            return self.symbolic_call(*args, **kwargs)
        return self._run(args, kwargs)

    def _run(self, args: tuple, kwargs: dict) -> Any:
        quantized = getattr(self, "quantization_mode", None) is not None
        compute = self.quantized_call if quantized else self.call
        if self._remat is None:
            return compute(*args, **kwargs)
        return self._remat.apply(self, compute, args, kwargs)

    def rematerialized_call(self, layer_call: Callable, *args: Any, **kwargs: Any) -> Callable:
        """`layer_call` as the `RematScope` says in which this was made."""
        scope = self._remat
        if scope is None:
            return layer_call
        return lambda *args, **kwargs: scope.apply(self, layer_call, args, kwargs)

    def symbolic_call(self, *args: Any, **kwargs: Any) -> Any:
        """What the call gives for symbolic tensors; it is recorded in the graph."""
        outputs = self.compute_output_spec(*args, **kwargs)
        Node(self, args, kwargs, outputs)
        return outputs

    def call(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(
            f"{type(self).__name__} has no `call` method: define what it does."
        )

    def quantized_call(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(
            f"{type(self).__name__} can't be quantized: Addax has no quantization."
        )

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        """Symbolic tensors with the shapes and dtypes that `call` would give."""
        return infer(self.call, args, kwargs)

    def get_config(self) -> dict:
        """What `from_config` needs to make an equal operation."""
        return super().get_config() | (
            {"name": self.name} if configs.takes(type(self), "name") else {}
        )

    @property
    def input(self):
        """The symbolic input of the first call, or the list of them."""
        return _one_or_all(self._first_node("input").parents)

    @property
    def output(self):
        """The symbolic output of the first call, or the list of them."""
        return _one_or_all(tree.flatten(self._first_node("output").outputs))

    def _first_node(self, what: str) -> "Node":
        if not self._inbound_nodes:
            raise AttributeError(
                f"{type(self).__name__} {self.name!r} has no {what} yet: it was never called on a "
                "symbolic tensor. Build its model with an Input, or call it on data first."
            )
        return self._inbound_nodes[0]


def _one_or_all(tensors: list) -> Any:
    return tensors[0] if len(tensors) == 1 else tensors


class Node:
    """One recorded call. Its outputs know it by their history."""

    def __init__(self, operation: Operation, args: tuple, kwargs: dict, outputs: Any):
        self.operation = operation
        self.args, self.kwargs = args, kwargs
        self.outputs = outputs
        leaves = tree.flatten((args, kwargs))
        self.parents = [x for x in leaves if isinstance(x, KerasTensor)]
        index = len(operation._inbound_nodes)
        operation._inbound_nodes.append(self)
        for i, tensor in enumerate(tree.flatten(outputs)):
            if isinstance(tensor, KerasTensor):
                tensor._keras_history = History(operation, index, i)

    @property
    def is_input(self) -> bool:
        return not self.parents

    def call(self, values: dict[int, Any], operate: Callable) -> Any:
        """Call the operation with `values` (by id of symbolic tensor) in the recorded places."""

        def fill(x):
            return values[id(x)] if isinstance(x, KerasTensor) else x

        args, kwargs = tree.map_structure(fill, (self.args, self.kwargs))
        return operate(self.operation)(*args, **kwargs)


class FunctionCall(Operation):
    """A function of `addax.ops` in a graph, with the arguments that are fixed.

    `config` holds what Keras's class of the same function would take in its constructor.
    """

    def __init__(self, fn: Callable, config: dict, name: str | None = None):
        super().__init__(name or auto_name(fn.__name__))
        self.fn = fn
        self.config = config

    def __call__(self, *args: Any, **kwargs: Any):
        return self.fn(*args, **self.config, **kwargs)


def record_call(fn: Callable, args: tuple, kwargs: dict, outputs: Any) -> Any:
    """Record `fn(*args, **kwargs)`; arguments with defaults become the call's configuration."""
    parameters = inspect.signature(fn).parameters
    called, config, named = [], {}, {}
    positional = list(parameters.values())
    for i, value in enumerate(args):
        parameter = positional[min(i, len(positional) - 1)]
        if parameter.default is parameter.empty or parameter.kind is parameter.VAR_POSITIONAL:
            called.append(value)
        else:
            (named if _holds_symbol(value) else config)[parameter.name] = value
    for name, value in kwargs.items():
        required = name in parameters and parameters[name].default is inspect.Parameter.empty
        (named if required or _holds_symbol(value) else config)[name] = value
    Node(FunctionCall(fn, config), tuple(called), named, outputs)
    return outputs


def _holds_symbol(value: Any) -> bool:
    return any(isinstance(x, KerasTensor) for x in tree.flatten(value))


def node_of(tensor: KerasTensor) -> Node:
    """The call that made `tensor`. ValueError for a tensor that no call made."""
    if tensor._keras_history is None:
        raise ValueError(
            f"{tensor!r} comes from no Input and no layer; start the graph with `Input(shape)`."
        )
    return tensor._keras_history.operation._inbound_nodes[tensor._keras_history.node_index]


def walk_back(inputs: list[KerasTensor], outputs: list[KerasTensor]) -> tuple[list[Node], dict]:
    """The nodes between `inputs` and `outputs`, parents first, and when each operation was met.

    ValueError when an output depends on an Input that is not among `inputs`.
    """
    given = {id(x) for x in inputs}
    finished: list[Node] = []
    met: dict[Operation, int] = {}
    seen: set[int] = set()
    stack = [(x, False) for x in reversed(outputs)]
    while stack:
        tensor, ready = stack.pop()
        if id(tensor) in given and not comes_from_input(tensor):
            continue  # what made it lies outside
        node = node_of(tensor)
        if ready:
            finished.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            met.setdefault(node.operation, len(met))
            stack.append((tensor, True))
            if id(tensor) in given:
                continue
            if node.is_input:
                names = [x._keras_history.operation.name for x in inputs if x._keras_history]
                raise ValueError(
                    f"The outputs depend on Input {node.operation.name!r}, which is not among the "
                    f"model's inputs: {names}. Add it to `inputs`."
                )
            stack.extend((x, False) for x in reversed(node.parents))
    return finished, met


def comes_from_input(tensor: KerasTensor) -> bool:
    """Whether an Input made `tensor`."""
    return tensor._keras_history is not None and node_of(tensor).is_input


def order_by_depth(finished: list[Node], met: dict) -> tuple[list[Node], list[Operation]]:
    """Nodes and operations by decreasing distance from the outputs, then as they were met.

    It is Keras's order, so the weights of a model come in Keras's order.
    """
    node_depth: dict[Node, int] = {}
    operation_depth: dict[Operation, int] = {}
    for node in reversed(finished):
        depth = max(node_depth.get(node, 0), operation_depth.get(node.operation, 0))
        node_depth[node] = operation_depth[node.operation] = depth
        for parent in node.parents:
            if parent._keras_history is not None:
                at = node_of(parent)
                node_depth[at] = max(depth + 1, node_depth.get(at, 0))
    nodes = sorted(finished, key=lambda n: -node_depth[n])
    operations = sorted(operation_depth, key=lambda o: (-operation_depth[o], met[o]))
    return nodes, operations


class Graph:
    """The calls that lead from `inputs` to `outputs` (structures of symbolic tensors)."""

    def __init__(self, inputs: Any, outputs: Any):
        self.inputs, self.outputs = inputs, outputs
        self.flat_inputs = tree.flatten(inputs)
        for tensor in [*self.flat_inputs, *tree.flatten(outputs)]:
            if not isinstance(tensor, KerasTensor):
                raise ValueError(
                    "Inputs and outputs of a functional model are the symbolic tensors that Input "
                    f"and layers give; received {tensor!r} ({type(tensor).__name__})."
                )
        finished, met = walk_back(self.flat_inputs, tree.flatten(outputs))
        nodes, operations = order_by_depth(finished, met)
        unused = [node_of(x).operation for x in self.flat_inputs if comes_from_input(x)]
        self.operations = operations + [o for o in unused if o not in met]
        self.nodes = [n for n in nodes if not n.is_input]

    def run(self, flat_values: list, operate: Callable = lambda operation: operation) -> Any:
        """The outputs for these values of the inputs; `operate(operation)` is what gets called."""
        values = {id(x): v for x, v in zip(self.flat_inputs, flat_values, strict=True)}
        for node in self.nodes:
            results = node.call(values, operate)
            for symbol, value in zip(
                tree.flatten(node.outputs), tree.flatten(results), strict=True
            ):
                values[id(symbol)] = value
        return tree.map_structure(lambda x: values[id(x)], self.outputs)


class Function(Operation):
    """The operations between `inputs` and `outputs`, structures of symbolic tensors, as one.

    Called on arrays it computes; on symbolic tensors it is recorded. ValueError for inputs of
    another structure, rank or size than those it was made of.
    """

    def __init__(self, inputs: Any, outputs: Any, name: str | None = None):
        super().__init__(name)
        for kind, tensors in ("inputs", inputs), ("outputs", outputs):
            if not tree.flatten(tensors):
                raise ValueError(f"A Function has one or more {kind}; received {tensors!r}.")
        self._graph = Graph(inputs, outputs)

    inputs = property(lambda self: list(self._graph.flat_inputs))
    outputs = property(lambda self: tree.flatten(self._graph.outputs))
    operations = property(lambda self: list(self._graph.operations))

    def call(self, inputs: Any) -> Any:
        return self._graph.run(self._checked(inputs))

    def compute_output_spec(self, inputs: Any) -> Any:
        return infer(self._graph.run, (self._checked(inputs),))

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The shapes of the outputs for inputs of these shapes (None = unknown)."""
        dtypes = iter([x.dtype for x in self._graph.flat_inputs])
        tensors = tree.map_shape_structure(lambda s: KerasTensor(s, next(dtypes)), input_shape)
        return tree.map_structure(lambda x: x.shape, self.compute_output_spec(tensors))

    def _checked(self, inputs: Any) -> list:
        declared = self._graph.inputs
        flat, structure = tree.flatten_with_structure(inputs)
        if structure != tree.flatten_with_structure(declared)[1]:
            raise ValueError(
                f"Function {self.name!r} takes inputs nested as {describe(declared)}; received "
                f"{describe(inputs)}."
            )
        for x, symbol in zip(flat, self._graph.flat_inputs, strict=True):
            sizes = zip(x.shape, symbol.shape, strict=False)
            if len(x.shape) != len(symbol.shape) or any(
                None not in s and s[0] != s[1] for s in sizes
            ):
                raise ValueError(
                    f"Function {self.name!r} takes {describe(declared)}; received "
                    f"{describe(inputs)}."
                )
        return flat
