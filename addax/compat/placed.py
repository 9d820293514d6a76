"""Where an operation computes: on the device, or on the host in NumPy.

In functions that data sets call everything stays on the host: pictures of many sizes would compile
a program each. Texts are on the host everywhere, for no device has any.
"""

import functools
import inspect
import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

import addax
from addax.compat.numpy_ops import OWN, SAME, narrow
from addax.data.elements import element, in_pipeline


def _leaves(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from _leaves(value)
        else:
            yield value


def is_text(value: Any) -> bool:
    """Whether `value` is a text, or an array or list of texts."""
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "OSU"
    return isinstance(value, (str, bytes))


def on_host(args: tuple, kwargs: dict) -> bool:
    """Whether an operation of these arguments computes on the host."""
    found = _leaves((*args, *kwargs.values()))
    if any(isinstance(v, addax.Variable) or addax.ops.is_tensor(v) for v in found):
        return False
    if in_pipeline():
        return True
    first = args[0] if args else next(iter(kwargs.values()), None)
    rest = args[1:2] if isinstance(first, np.ndarray) or not args else args[:1]
    return is_text(first) or any(isinstance(v, np.ndarray) and is_text(v) for v in rest)


# NumPy takes these by name; the others stand in the order that they have in addax.ops.
_KEYWORDS = {"axis", "dtype", "initial", "keepdims"}


def _in_numpy(path: str, function: Callable, args: tuple, kwargs: dict) -> Any:
    given = inspect.signature(function).bind(*args, **kwargs).arguments
    if path in OWN:
        return _elements(OWN[path](**given))
    if path == "ops.einsum":
        return _elements(np.einsum(*args))
    if isinstance(given.get("axis"), list):
        given["axis"] = tuple(given["axis"])
    wide = any(getattr(v, "dtype", None) in ("int64", "float64") for v in _leaves(given.values()))
    places = [v for key, v in given.items() if key not in _KEYWORDS]
    if path in ("ops.concatenate", "ops.stack"):
        places[0] = [element(v) for v in places[0]]
    places = [_arrays(v) for v in places]
    named = {key: v for key, v in given.items() if key in _KEYWORDS}
    return _elements(narrow(SAME[path](*places, **named), wide))


def _arrays(value: Any) -> Any:
    """What NumPy takes: texts as bytes, and a list of them as one array."""
    if isinstance(value, (list, tuple)) and any(isinstance(v, np.ndarray) for v in value):
        return [element(v) for v in value]
    return element(value) if is_text(value) else value


def _elements(value: Any) -> Any:
    return element(value) if isinstance(value, (np.ndarray, np.generic)) else value


def placed(path: str, function: Callable) -> Callable:
    """The operation of Addax at `path`, or NumPy's in its place where the arguments are there."""
    if path not in SAME and path not in OWN:
        return function

    @functools.wraps(function)
    def somewhere(*args, **kwargs):
        if on_host(args, kwargs):
            return _in_numpy(path, function, args, kwargs)
        return function(*args, **kwargs)

    return somewhere


class Placed:
    """`addax.ops` or `addax.random`, whose functions compute where their arguments are."""

    def __init__(self, module: str):
        self._module = module

    def __getattr__(self, name: str) -> Any:
        function = getattr(getattr(addax, self._module), name)
        found = placed(f"{self._module}.{name}", function)
        setattr(self, name, found)
        return found


ops: Any = Placed("ops")
chance: Any = Placed("random")


def library() -> Any:
    """NumPy in functions that data sets call, jax.numpy elsewhere; code for both is one."""
    if in_pipeline():
        return np
    import jax.numpy

    return jax.numpy


def mathematical(function: Callable) -> Callable:
    """Let `function`, written with `library()`, take symbolic tensors, and `name=`."""
    from addax.core.symbol import op

    recorded = op(function)

    @functools.wraps(function)
    def somewhere(*args, name=None, **kwargs):
        args = tuple(map(_float_array, args))
        kwargs = {key: _float_array(value) for key, value in kwargs.items()}
        if not in_pipeline():
            return recorded(*args, **kwargs)
        given = addax.tree.map_structure(_read, (args, kwargs))
        found = function(*given[0], **given[1])
        return addax.tree.map_structure(lambda x: _elements(narrow(x, x is None)), found)

    return somewhere


def _float_array(value: Any) -> Any:
    """A list of numbers as an array, which jax.numpy takes; sizes and axes stay lists."""
    if not isinstance(value, (list, tuple)) or not value:
        return value
    leaves = list(_leaves(value))
    numbers = all(isinstance(v, (int, float)) for v in leaves)
    is_data = numbers and any(isinstance(v, float) for v in leaves)
    return np.asarray(value, "float32") if is_data else value


def _read(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, np.ndarray) else value


def draw(low: float, high: float) -> Any:
    """A number from `low` to `high`, another one each time: also each time a program runs."""
    return random.uniform(low, high) if in_pipeline() else addax.random.uniform((), low, high)
