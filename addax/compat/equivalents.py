"""One-line equivalents, as text: they cost nothing until somebody uses the name.

"ops.mean"                     that very object of Addax
"ops.exp()"                    the function, with TensorFlow's `name=` accepted and dropped
"ops.mean(x=input_tensor)"     and the keyword `input_tensor` handed over as `x`
"ops.argmax(axis=0)"           and another default
"'float32'"                    a constant
"""

import ast
import functools
import importlib
import inspect
from collections.abc import Callable
from typing import Any

from addax.compat.placed import placed

PACKAGE = __name__.partition(".")[0]


def find(path: str) -> Any:
    """The object at `path` in Addax, Addax itself for ""; AttributeError if there is none."""
    value: Any = importlib.import_module(PACKAGE)
    for part in filter(None, path.split(".")):
        try:
            value = getattr(value, part)
        except AttributeError:
            module = f"{getattr(value, '__name__', '')}.{part}"
            try:
                value = importlib.import_module(module)
            except ModuleNotFoundError as error:
                if error.name != module:
                    raise
                raise AttributeError(f"{PACKAGE}.{path} does not exist.") from None
    return value


def adapt(function: Callable, renamed: dict[str, str], defaults: dict[str, Any]) -> Callable:
    """`function` under other keywords and defaults."""

    @functools.wraps(function)
    def adapted(*args, name=None, **kwargs):
        kwargs = {renamed.get(key, key): value for key, value in kwargs.items()}
        if defaults:
            given = inspect.signature(function).bind_partial(*args, **kwargs).arguments
            kwargs |= {key: value for key, value in defaults.items() if key not in given}
        return function(*args, **kwargs)

    return adapted


@functools.cache
def resolve(equivalent: str) -> Any:
    """The object that a one-line equivalent stands for."""
    node = ast.parse(equivalent, mode="eval").body
    if isinstance(node, ast.Constant | ast.UnaryOp):
        return ast.literal_eval(node)
    if not isinstance(node, ast.Call):
        return find(equivalent)
    pairs = [(str(keyword.arg), keyword.value) for keyword in node.keywords]
    renamed = {value.id: key for key, value in pairs if isinstance(value, ast.Name)}
    defaults = {key: ast.literal_eval(v) for key, v in pairs if not isinstance(v, ast.Name)}
    path = ast.unparse(node.func)
    return adapt(placed(path, find(path)), renamed, defaults)
