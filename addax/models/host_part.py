"""The part of a functional model that works on texts and hashes, ahead of the compiled program.

JAX has no texts. So the calls of layers that work on the host, and those that lead to them, are run
in NumPy when data come in; the compiled program starts from what they gave.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from addax.core import tree
from addax.core.graph import Graph, Node
from addax.core.symbol import KerasTensor
from addax.layers.preprocessing.host import is_plain, is_whole, on_host
from addax.training.adapters import Mapped


class Prepared(NamedTuple):
    """What the host part of a model gave: where its compiled part starts."""

    values: tuple


class HostPart:
    """The calls of a graph in two parts, and what goes from one to the other.

    `first` are the calls on the host, `rest` the others. A model in `rest` that has a host part of
    its own is among the `divided`: that part runs on the host as well. `border` holds the symbolic
    tensors, and the calls of divided models, whose values the rest starts from.
    """

    def __init__(self, graph: Graph):
        self.graph = graph
        first: set[int] = set()
        needed: set[int] = set()
        for node in reversed(graph.nodes):
            made = {id(x) for x in tree.flatten(node.outputs)}
            if works_on_host(node.operation) or made & needed:
                first.add(id(node))
            if id(node) in first or part_of(node.operation) is not None:
                needed |= set(map(id, node.parents))
        self.first = [n for n in graph.nodes if id(n) in first]
        self.rest = [n for n in graph.nodes if id(n) not in first]
        self.divided = [n for n in self.rest if part_of(n.operation) is not None]
        self.border: list[Any] = [*self._tensors_between(), *self.divided]

    def _tensors_between(self) -> list[KerasTensor]:
        made_later = {id(x) for n in self.rest for x in tree.flatten(n.outputs)}
        parents = [x for n in self.rest if n not in self.divided for x in n.parents]
        used = [*parents, *tree.flatten(self.graph.outputs)]
        found = list({id(x): x for x in used if id(x) not in made_later}.values())
        for x in found:
            if x.dtype == "string":
                raise ValueError(
                    f"{x!r} holds texts, which a model can take in but not give or compute with. "
                    "Look them up before, or call the layer that gives them on the outputs."
                )
        return found

    def run(self, inputs: list) -> Prepared:
        """Do the host's part of the work for these values of the inputs."""
        values = {id(x): v for x, v in zip(self.graph.flat_inputs, inputs, strict=True)}
        for node in self.first:
            enter(node, node.call(values, lambda operation: operation), values)
        for node in self.divided:
            filled = tree.map_structure(lambda x: values[id(x)], node.args[0])
            inner: Any = node.operation
            values[id(node)] = inner._ahead(filled)
        return Prepared(tuple(values[id(x)] for x in self.border))

    def finish(self, prepared: Prepared, operate: Callable) -> Any:
        """The outputs of the graph, from where the host's part ended."""
        values = {id(x): v for x, v in zip(self.border, prepared.values, strict=True)}
        for node in self.rest:
            if node in self.divided:
                results = operate(node.operation)(values[id(node)], *node.args[1:], **node.kwargs)
            else:
                results = node.call(values, operate)
            enter(node, results, values)
        return tree.map_structure(lambda x: values[id(x)], self.graph.outputs)


def enter(node: Node, results: Any, values: dict[int, Any]) -> None:
    """Note the results of a call under the symbolic tensors that stand for them."""
    for symbol, value in zip(tree.flatten(node.outputs), tree.flatten(results), strict=True):
        values[id(symbol)] = value


def works_on_host(operation: Any) -> bool:
    """Whether this is a layer that computes in NumPy."""
    return getattr(operation, "on_host", False)


def part_of(operation: Any) -> HostPart | None:
    """The host part of a model."""
    return getattr(operation, "host_part", None)


def needs_host(operation: Any) -> bool:
    """Whether it can't be compiled as a whole."""
    return works_on_host(operation) or part_of(operation) is not None


def divide(graph: Graph) -> HostPart | None:
    """The host part of a graph; None if all of it can be compiled."""
    return HostPart(graph) if any(needs_host(n.operation) for n in graph.nodes) else None


def arrays(x: Any, count: int) -> Any:
    """Data for `count` inputs as a structure of NumPy arrays; a list of texts is one array."""
    if isinstance(x, dict):
        return {k: arrays(v, 1) for k, v in x.items()}
    if x is None or (count == 1 and is_plain(x)):
        return None if x is None else on_host(x)
    return [arrays(v, 1) for v in x] if isinstance(x, (list, tuple)) else on_host(x)


def typed(x: Any, symbol: KerasTensor) -> np.ndarray:
    """An array as the input takes it, with 64-bit integers; ValueError for texts in numbers."""
    name, texts = symbol._keras_history.operation.name, x.dtype.kind in "OSUT"
    if symbol.dtype == "string":
        return x
    if texts:
        raise ValueError(
            f"Input {name!r} takes {symbol.dtype}; received texts, of shape {x.shape}. For texts "
            'declare it with dtype="string".'
        )
    return x.astype(symbol.dtype)


def prepared(model: Any, data: Any) -> Any:
    """Data for training with the host's part done: arrays at once, streams batch by batch."""
    listed = isinstance(data, (list, tuple)) and all(map(is_whole, data))
    if data is None or isinstance(data, dict) or is_whole(data) or listed:
        return data if data is None else model._ahead(data)
    return Mapped(data, model._ahead)
