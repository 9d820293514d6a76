"""Questions about symbolic tensors."""

from typing import Any

from addax.core import tree
from addax.core.graph import node_of
from addax.core.symbol import KerasTensor


def is_keras_tensor(x: Any) -> bool:
    """Whether `x` is a symbolic tensor, such as `Input` gives."""
    return isinstance(x, KerasTensor)


def get_source_inputs(tensor: Any) -> list[KerasTensor]:
    """The Inputs that a symbolic tensor, or several, depend on, each once."""
    found: dict[int, KerasTensor] = {}
    seen: set[int] = set()
    waiting = tree.flatten(tensor)[::-1]
    while waiting:
        x = waiting.pop()
        node = node_of(x)
        if node.is_input:
            found.setdefault(id(x), x)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.extend(reversed(node.parents))
    return list(found.values())
