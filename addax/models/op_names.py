"""Calls of `addax.ops` in configurations: Keras has a class for each function, some arguments of
which belong to its constructor and the others to the call."""

import inspect
from collections.abc import Callable

from addax.ops import keras_classes


def find(entry: dict) -> Callable | None:
    """The function whose class an entry of a graph's configuration names."""
    is_op = "ops" in str(entry.get("module"))
    return keras_classes.FUNCTIONS.get(entry["class_name"]) if is_op else None


def home(fn: Callable) -> tuple[str, str]:
    """Module and name of Keras's class. ValueError for a function that is not of `ops`."""
    if fn not in keras_classes.CLASS_NAMES:
        raise ValueError(f"{fn.__name__} is no function of addax.ops; a file can't name it.")
    return keras_classes.CLASS_NAMES[fn]


def split(fn: Callable, config: dict, args: tuple, kwargs: dict) -> tuple[dict, list, dict]:
    """Constructor's configuration and call's arguments as Keras has them."""
    known = inspect.signature(fn).parameters
    fixed = {n for n in known if keras_classes.is_setting(fn, n)}
    positional = list(zip([*_positional(fn), *[""] * len(args)], args, strict=False))
    given = config | {n: a for n, a in [*positional, *kwargs.items()] if n in fixed}
    settings = {n: a for n, a in given.items() if n in fixed or n not in known}
    named = kwargs | {n: a for n, a in config.items() if n not in settings}
    called = [a for n, a in positional if n not in fixed]
    return settings, called, {n: a for n, a in named.items() if n not in fixed}


def join(fn: Callable, config: dict, args: list) -> tuple[dict, list]:
    """Keras's configuration and arguments in the order in which `fn` takes them."""
    config, rest, ordered = dict(config), list(args), []
    if fn.__name__ == "get_item" and isinstance(rest[1], list):
        rest[1] = tuple(rest[1])  # JSON has no tuples, and a list is another kind of index
    for name in _positional(fn):
        if name in config and rest:
            ordered.append(config.pop(name))
        elif rest:
            ordered.append(rest.pop(0))
    return config, ordered + rest


def _positional(fn: Callable) -> list[str]:
    """The positional parameters."""
    kinds = inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD
    return [n for n, p in inspect.signature(fn).parameters.items() if p.kind in kinds]
