"""What to say of a name that a public module does not have."""

import functools
import importlib.resources
import json
import sys
from collections.abc import Callable, Iterable

from addax.core.errors import suggest
from addax.core.version import KERAS


@functools.cache
def keras_names() -> dict[str, frozenset[str]]:
    """The public names of Keras by module, without the package's own name; "" is its root."""
    text = importlib.resources.files("addax.core").joinpath("keras_names.json").read_text()
    return {module: frozenset(names.split()) for module, names in json.loads(text).items()}


def is_keras_name(path: str) -> bool:
    """Whether Keras has a public module, class or function "layers.RandomFlip"."""
    module, _, name = path.rpartition(".")
    names = keras_names()
    return name in names.get(module, ()) or any(f"{m}.".startswith(f"{path}.") for m in names)


def explain(module: str, name: str, known: Iterable[str]) -> str:
    """Whether Keras has the name, or the nearest of the `known` ones."""
    path = f"{module}.{name}".partition(".")[2]
    if is_keras_name(path):
        return f"{module}.{name} is in Keras {KERAS} and not yet in Addax."
    return f"{module} has no {name!r}.{suggest(name, known)}"


def names_of(module: str) -> Callable[[str], object]:
    """The `__getattr__` of a public module: one clear AttributeError."""

    def __getattr__(name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        known = [n for n in vars(sys.modules[module]) if not n.startswith("_")]
        raise AttributeError(explain(module, name, known), name=name, obj=None)

    return __getattr__
