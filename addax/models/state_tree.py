"""The state of a model as nested dictionaries: kind of variable, then the parts of its path."""

from typing import Any

import numpy as np

FORMATS = {"backend_tensor": lambda v: v.value, "numpy_array": lambda v: v.numpy()}


def _kinds(model: Any) -> dict[str, list]:
    optimizer = getattr(model, "optimizer", None)
    return {
        "trainable_variables": model.trainable_variables,
        "non_trainable_variables": model.non_trainable_variables,
        "optimizer_variables": [] if optimizer is None else list(optimizer.variables),
        "metrics_variables": model.metrics_variables,
    }


def get_state_tree(model: Any, value_format: str) -> dict:
    """ValueError for an unknown format, and when two variables have the same path."""
    if value_format not in FORMATS:
        raise ValueError(f"value_format is one of {list(FORMATS)}; received {value_format!r}.")
    return {
        kind: _nested(variables, FORMATS[value_format]) for kind, variables in _kinds(model).items()
    }


def _nested(variables: list, value: Any) -> dict:
    found: dict = {}
    for variable in variables:
        *outer, last = variable.path.split("/")
        place = found
        for part in outer:
            place = place.setdefault(part, {})
        if last in place:
            raise ValueError(
                f"Two variables have the path {variable.path!r}: give their layers names of their "
                "own, and build the model anew."
            )
        place[last] = value(variable)
    return found


def set_state_tree(model: Any, state_tree: dict) -> None:
    """Assign what is there, all or nothing. ValueError for what the model doesn't have."""
    kinds = _kinds(model)
    pairs = []
    for kind, values in state_tree.items():
        if kind not in kinds:
            raise ValueError(f"A state tree has the parts {list(kinds)}; received {kind!r}.")
        known = {v.path: v for v in kinds[kind]}
        for path, value in _flat(values):
            if path not in known:
                raise ValueError(f"{model.name!r} has no {kind[:-1]} {path!r}: {sorted(known)}.")
            pairs.append((known[path], _checked(known[path], value)))
    for variable, value in pairs:
        variable.assign(value)


def _flat(values: dict, path: str = "") -> Any:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}/")
        else:
            yield path + key, value


def _checked(variable: Any, value: Any) -> Any:
    shape = np.shape(value)
    if shape != tuple(variable.shape):
        raise ValueError(f"{variable.path!r} has shape {variable.shape}; received {shape}.")
    return value
