"""A functional model as plain data, and back: layers, their calls, inputs and outputs."""

from typing import Any

from addax.core import configs, tree
from addax.core.graph import FunctionCall, Node, Operation
from addax.core.symbol import KerasTensor
from addax.core.untrusted import malformed
from addax.models import op_names


def functional_config(model: Any) -> dict:
    """Keras's configuration of a functional model."""
    graph = model._graph
    kept = {id(n) for n in [*graph.nodes, *(_node(x) for x in graph.flat_inputs)]}
    layers = []
    for operation in graph.operations:
        entry = operation_config(operation)
        entry["name"] = operation.name
        nodes = [n for n in operation._inbound_nodes if id(n) in kept]
        entry["inbound_nodes"] = [_node_config(n, kept) for n in nodes if not n.is_input]
        layers.append(entry)

    def place(x):
        name, index, tensor = _history(x, kept)
        # Keras counts the call that a functional model makes of itself.
        return [name, index + _is_functional(x._keras_history.operation), tensor]

    return {
        "name": model.name,
        "trainable": model.trainable,
        "layers": layers,
        "input_layers": tree.map_structure(place, graph.inputs),
        "output_layers": tree.map_structure(place, graph.outputs),
    }


def _node(x: KerasTensor) -> Node:
    return x._keras_history.operation._inbound_nodes[x._keras_history.node_index]


def _is_functional(operation: Operation) -> bool:
    return hasattr(operation, "_graph")


def _history(x: KerasTensor, kept: set[int]) -> list:
    operation, index, tensor = x._keras_history
    before = sum(id(n) in kept for n in operation._inbound_nodes[:index])
    return [operation.name, before, tensor]


def operation_config(operation: Operation) -> dict:
    """A layer's configuration, or that of Keras's class for a function of `ops`."""
    if not isinstance(operation, FunctionCall):
        return configs.serialize(operation)
    fn, node = operation.fn, operation._inbound_nodes[0]
    home, name = op_names.home(fn)
    fixed = op_names.split(fn, operation.config, node.args, node.kwargs)[0]
    config = {"name": operation.name} | configs.serialize(fixed)
    return {"module": home, "class_name": name, "config": config, "registered_name": name}


def _node_config(node: Node, kept: set[int]) -> dict:
    def stored(x):
        if not isinstance(x, KerasTensor):
            return configs.serialize(x)
        config = {"shape": list(x.shape), "dtype": x.dtype, "keras_history": _history(x, kept)}
        return {"class_name": "__keras_tensor__", "config": config}

    args, kwargs = list(node.args), node.kwargs
    if isinstance(node.operation, FunctionCall):
        fn, config = node.operation.fn, node.operation.config
        _, args, kwargs = op_names.split(fn, config, node.args, kwargs)
    args, kwargs = tree.map_structure(stored, (args, kwargs))
    return {"args": args, "kwargs": kwargs}


def rebuild(config: dict) -> tuple[Any, Any, dict]:
    """Inputs, outputs and remaining arguments of the model that `config` describes.

    Raises ValueError for a graph with loops, missing layers or malformed calls.
    """
    with malformed():
        return _rebuilt(config)


def _rebuilt(config: dict) -> tuple[Any, Any, dict]:
    entries = config["layers"]
    made: dict[str, Operation] = {
        e.get("name") or e["config"]["name"]: make_operation(e) for e in entries
    }
    # The calls in this graph: a layer that is shared with another model has more.
    nodes = {name: [n for n in op._inbound_nodes if n.is_input] for name, op in made.items()}
    waiting = {
        name: list(e.get("inbound_nodes", ())) for name, e in zip(made, entries, strict=True)
    }
    while any(waiting.values()):
        before = sum(map(len, waiting.values()))
        for name, calls in waiting.items():
            while calls and _replay(made[name], calls[0], nodes):
                calls.pop(0)
                nodes[name].append(made[name]._inbound_nodes[-1])
        if sum(map(len, waiting.values())) == before:
            stuck = sorted(name for name, calls in waiting.items() if calls)
            raise ValueError(f"The model's graph has a loop or a missing layer, at {stuck}.")

    def find(place):
        name, index, tensor = place[:3]
        if name not in made:
            raise ValueError(f"The model's graph names layer {name!r}, which it does not have.")
        index -= _is_functional(made[name]) and index > 0
        return tree.flatten(nodes[name][index].outputs)[tensor]

    rest = {k: config[k] for k in ("name", "trainable") if config.get(k) is not None}
    ends = [_map_places(find, config[k]) for k in ("input_layers", "output_layers")]
    return ends[0], ends[1], rest


def _map_places(find, places: Any) -> Any:
    if isinstance(places, dict):
        return {k: _map_places(find, v) for k, v in places.items()}
    if _is_place(places):
        return find(places)
    found = [_map_places(find, p) for p in places]
    return tuple(found) if isinstance(places, tuple) else found


def make_operation(entry: dict) -> Operation:
    """The layer or function call that one entry of `layers` describes."""
    fn = op_names.find(entry)
    if fn is None:
        made = configs.deserialize(entry)
        if not isinstance(made, Operation):
            raise ValueError(f"{entry['class_name']!r} is no layer.")
        return made
    options = {k: configs.deserialize(v) for k, v in entry["config"].items() if k != "name"}
    return FunctionCall(fn, options, entry["config"].get("name"))


def _replay(operation: Operation, call: Any, nodes: dict[str, list[Node]]) -> bool:
    """Make one recorded call; False while a tensor it needs is not there yet."""
    call = modern_call(call)
    args, kwargs = call["args"], call["kwargs"]
    missing = []

    def revive(x: Any) -> Any:
        if isinstance(x, dict) and x.get("class_name") == "__keras_tensor__":
            name, index, tensor = x["config"]["keras_history"]
            known = nodes.get(name, [])
            if index >= len(known):
                missing.append(name)
                return None
            return tree.flatten(known[index].outputs)[tensor]
        if isinstance(x, dict) and "class_name" in x:
            return configs.deserialize(x)
        if isinstance(x, dict):
            return {k: revive(v) for k, v in x.items()}
        return [revive(v) for v in x] if isinstance(x, list) else x

    args, kwargs = revive(args), revive(kwargs)
    if not missing:
        if isinstance(operation, FunctionCall):
            operation.config, args = op_names.join(operation.fn, operation.config, args)
            Node(operation, tuple(args), kwargs, _infer_call(operation, args, kwargs))
        else:
            operation(*args, **kwargs)  # type: ignore[operator]
    return not missing


def _infer_call(operation: FunctionCall, args: list, kwargs: dict) -> Any:
    from addax.core.symbol import infer

    return infer(operation.fn, tuple(args), operation.config | kwargs)


def modern_call(call: Any) -> dict:
    """A call as Keras 3 writes it; Keras 2 has lists of `[layer, node, tensor, kwargs]`."""
    if isinstance(call, dict):
        return call
    places = [call] if _is_place(call) else call
    inputs = [_map_places(_old_tensor, place) for place in places]
    first = places[0]
    while not _is_place(first):
        first = next(iter(first.values())) if isinstance(first, dict) else first[0]
    kwargs = first[3] if len(first) > 3 else {}
    return {"args": inputs if len(inputs) == 1 else [inputs], "kwargs": _old_arguments(kwargs)}


def _is_place(x: Any) -> bool:
    return isinstance(x, (list, tuple)) and len(x) >= 3 and isinstance(x[0], str)


def _old_arguments(value: Any) -> Any:
    """Arguments by name, the places of tensors among them as tensors."""
    if isinstance(value, dict):
        return {k: _old_arguments(v) for k, v in value.items()}
    if _is_place(value) and len(value) == 3 and isinstance(value[1], int):
        return _old_tensor(value)
    return [_old_arguments(v) for v in value] if isinstance(value, list) else value


def _old_tensor(place: list) -> Any:
    if place[0] == "_CONSTANT_VALUE":
        return place[2]
    return {"class_name": "__keras_tensor__", "config": {"keras_history": list(place[:3])}}
