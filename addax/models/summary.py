"""`print_summary`: a model's layers as a table of text."""

import functools
import math
import re
import shutil
import sys
import textwrap
from collections.abc import Callable
from typing import Any

from addax.core import dtypes, tree
from addax.core.graph import FunctionCall, Graph, Node
from addax.core.layer import Layer
from addax.core.messages import say

# Column -> (alignment, where it ends as a share of the line: without and with "Connected to").
COLUMNS = {
    "Layer (type)": ("<", 0.45, 0.3),
    "Output Shape": ("<", 0.8, 0.56),
    "Param #": (">", 1.0, 0.74),
    "Connected to": ("<", None, 1.0),
    "Trainable": ("^", None, None),
}
RULES = {"top": "┏━┳┓", "head": "┡━╇┩", "middle": "├─┼┤", "bottom": "└─┴┘"}
ASCII = str.maketrans(
    dict.fromkeys("┏┳┓┡╇┩├┼┤└┴┘", "+") | dict.fromkeys("━─", "-") | {"┃": "|", "│": "|"}
)
UNITS = ("B", "KB", "MB", "GB", "TB", "PB")
NARROWEST = 4


def print_summary(
    model: Any,
    line_length: int | None = None,
    positions: list[float] | None = None,
    print_fn: Callable[[str], Any] | None = None,
    expand_nested: bool = False,
    show_trainable: bool = False,
    layer_range: Any = None,
) -> None:
    """Print layers, output shapes and numbers of parameters; `print_fn` gets the text as a whole.

    `positions`: where the columns end, as shares of the line or in characters. `layer_range`:
    patterns of the first and the last layer's name. Raises ValueError for a line that is too
    short, and where no layer has such a name.
    """
    graph = _branching_graph(model)
    names = [n for n in COLUMNS if (graph or n != "Connected to") and n != "Trainable"]
    ends = positions or [COLUMNS[n][2 if graph else 1] for n in names]
    length = 108 if graph else 88
    if show_trainable:
        names.append("Trainable")
        ends = positions or [0.9 * end for end in ends] + [1.0]
        length += 12
    length = line_length or min(length, shutil.get_terminal_size().columns - 4)
    cells = functools.partial(_cells, names=names, graph=graph, of=getattr(model, "_graph", None))
    rows = [
        cells(layer, prefix)
        for top in _in_range(_layers(model), layer_range)
        for layer, prefix in _with_inner(top, expand_nested)
    ]
    table = _table(names, rows, _widths(names, ends, length))
    text = "\n".join([f'Model: "{model.name}"', *table, *_totals(model)]) + "\n"
    if print_fn is not None:
        print_fn(text)
    else:
        say(_drawable(text), end="")


def _layers(model: Any) -> list:
    return model.operations if hasattr(model, "_graph") else model.layers


def _with_inner(layer: Any, expand: bool, level: int = 0):
    """`layer` and, if asked for, those inside it, with what marks their depth."""
    yield layer, "   " * level + "└ " if level else ""
    for inner in getattr(layer, "layers", ()) if expand else ():
        yield from _with_inner(inner, expand, level + 1)


def _in_range(layers: list, bounds: Any) -> list:
    if bounds is None:
        return layers
    if len(bounds) != 2 or not all(isinstance(b, str) for b in bounds):
        raise ValueError(f"layer_range is two names or patterns of names; received {bounds!r}.")
    first, last = ([i for i, x in enumerate(layers) if re.match(b, x.name)] for b in bounds)
    if not first or not last:
        raise ValueError(f"No layer is called {bounds[0 if not first else 1]!r} (layer_range).")
    if min(first) > max(last):
        first, last = last, first
    return layers[min(first) : max(last) + 1]


def _branching_graph(model: Any) -> Graph | None:
    """The model's graph, unless it is a plain chain, whose order says it all."""
    graph = getattr(model, "_graph", None)
    if graph is None:
        return None
    sources = [id(x) for node in graph.nodes for x in node.parents]
    single = len(graph.flat_inputs) == 1 and all(len(n.parents) == 1 for n in graph.nodes)
    unshared = len({id(n.operation) for n in graph.nodes}) == len(graph.nodes)
    return None if single and unshared and len(set(sources)) == len(sources) else graph


def _cells(layer: Any, prefix: str, names: list[str], graph: Graph | None, of: Any) -> list[str]:
    cells = {
        "Layer (type)": f"{prefix}{layer.name} ({_kind(layer)})",
        "Output Shape": _output_shape(layer, of),
        "Param #": _count(layer),
        "Connected to": _connections(layer, graph),
        "Trainable": _trainable(layer),
    }
    return [cells[n] for n in names]


def _kind(layer: Any) -> str:
    if isinstance(layer, FunctionCall):
        return layer.fn.__name__.title().replace("_", "")
    return type(layer).__name__


def _trainable(layer: Any) -> str:
    if not getattr(layer, "weights", None):
        return "-"
    return "Y" if layer.trainable else "N"


def _count(layer: Any) -> str:
    if isinstance(layer, FunctionCall):
        return "0"
    has_weights = type(layer).build is not Layer.build or layer._sublayers()
    return f"{_params(layer.weights):,}" + " (unbuilt)" * bool(has_weights and not layer.built)


def _nodes(layer: Any, graph: Graph | None) -> list[Node]:
    """The layer's calls, those of `graph` if it is in there."""
    inside = [] if graph is None else [n for n in layer._inbound_nodes if n in graph.nodes]
    return inside or layer._inbound_nodes


def _output_shape(layer: Any, graph: Graph | None) -> str:
    nodes = _nodes(layer, graph)
    if nodes:
        shapes = tree.map_structure(lambda x: _Shape(x.shape), nodes[-1].outputs)
    elif getattr(layer, "_build_shapes", None):
        try:
            shape = layer.compute_output_shape(*layer._build_shapes.values())
        except Exception:  # user code, which may not be ready for it
            return "?"
        shapes = tree.map_shape_structure(_Shape, shape)
    else:
        return "?"
    flat = tree.flatten(shapes)
    several = list(shapes) if isinstance(shapes, tuple) else shapes
    return str(flat[0] if len(flat) == 1 else several)


class _Shape:
    """A shape that is no container, and shows as `(None, 3)` inside lists and dictionaries."""

    def __init__(self, shape: Any) -> None:
        self.shape = shape

    def __repr__(self) -> str:
        return f"({', '.join(map(str, self.shape))})"


def _connections(layer: Any, graph: Graph | None) -> str:
    """`layer[call][output]` for each tensor that the layer's calls in `graph` take."""
    calls = [] if graph is None else [n for n in layer._inbound_nodes if n in graph.nodes]
    places = [x._keras_history for node in calls for x in node.parents]
    return ", ".join(f"{p.operation.name}[{p.node_index}][{p.tensor_index}]" for p in places) or "-"


def _widths(names: list[str], ends: list[float], length: int) -> list[int]:
    """The cells' widths between lines and blanks, which add up to `length` with these."""
    if len(ends) != len(names):
        raise ValueError(
            f"The table has {len(names)} columns ({names}); positions has {len(ends)}."
        )
    room = length - 3 * len(names) - 1
    marks = [round(end / ends[-1] * room) for end in ends]
    widths = [b - a for a, b in zip([0, *marks], marks, strict=False)]
    for i, name in enumerate(names):  # a heading is not broken while another column is wide
        widest = widths.index(max(widths))
        missing = max(0, len(name) - widths[i])
        if widths[widest] - missing > len(names[widest]):
            widths[i] += missing
            widths[widest] -= missing
    if min(widths) < NARROWEST:
        raise ValueError(f"A line of {length} characters is too short for {len(names)} columns.")
    return widths


def _table(names: list[str], rows: list[list[str]], widths: list[int]) -> list[str]:
    aligned = [COLUMNS[n][0] for n in names]

    def rule(kind):
        left, line, cross, right = RULES[kind]
        return left + cross.join(line * (w + 2) for w in widths) + right

    def lines(cells, bar):
        parts = [_wrap(c, w) for c, w in zip(cells, widths, strict=True)]
        for i in range(max(map(len, parts))):
            texts = [p[i] if i < len(p) else "" for p in parts]
            padded = [f" {t:{a}{w}} " for t, a, w in zip(texts, aligned, widths, strict=True)]
            yield bar + bar.join(padded) + bar

    table = [rule("top"), *lines(names, "┃"), rule("head")]
    for i, row in enumerate(rows):
        table += [rule("middle")] if i else []
        table += lines(row, "│")
    return [*table, rule("bottom")]


def _wrap(text: str, width: int) -> list[str]:
    """`text` in lines, at blanks where possible, each indented as `text` is."""
    indent = " " * (len(text) - len(text.lstrip()))
    lines = textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=False)
    return [x[i : i + width] for x in lines for i in range(0, len(x), width)] or [""]


def _totals(model: Any) -> list[str]:
    optimizer = getattr(model, "optimizer", None)
    groups = {
        "Trainable": model.trainable_weights,
        "Non-trainable": model.non_trainable_weights,
        "Optimizer": optimizer.variables if optimizer is not None and optimizer.built else (),
    }
    groups = {"Total": [v for group in groups.values() for v in group], **groups}
    return [
        f" {name} params: {_params(group):,} ({_readable(_bytes(group))})"
        for name, group in groups.items()
        if group or name != "Optimizer"
    ]


def _params(weights: Any) -> int:
    return sum(math.prod(w.shape) for w in weights)


def _bytes(weights: Any) -> int:
    return sum(math.prod(w.shape) * dtypes.jax_dtype(w.dtype).itemsize for w in weights)


def _readable(size: float) -> str:
    power = 0
    while size >= 1024 and power < len(UNITS) - 1:
        size, power = size / 1024, power + 1
    return f"{size:.2f} {UNITS[power]}"


def _drawable(text: str) -> str:
    """`text`, its lines drawn with ASCII where the output knows no others."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return text.translate(ASCII)
    return text
