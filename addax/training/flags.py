"""The `trainable` flags as they stood at `compile`."""

import contextlib
from typing import Any


def trainable_flags(model: Any) -> dict:
    """Which layers and weights are trainable now."""
    layers = model._flatten_layers()
    return {
        "layers": [(layer, layer._trainable) for layer in layers],
        "variables": [(v, v.trainable) for layer in layers for v in layer._own_weights()],
    }


@contextlib.contextmanager
def compiled_flags(model: Any, flags: dict | None):
    """Inside, layers and weights are trainable as `flags`, those of `compile`, have it."""
    if flags is None:
        yield
        return
    now = trainable_flags(model)
    _set(flags)
    try:
        yield
    finally:
        later = {id(v) for v, _ in now["variables"]}
        _set(now)
        for layer, trainable in now["layers"]:
            for v in layer._own_weights():
                if id(v) not in later:
                    v.trainable = v.born_trainable and trainable


def _set(flags: dict) -> None:
    for layer, trainable in flags["layers"]:
        layer._trainable = trainable
    for variable, trainable in flags["variables"]:
        variable.trainable = trainable
