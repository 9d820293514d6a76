"""The gradient of relu by another rule."""

import contextlib
from collections.abc import Iterator
from typing import Any

import jax
import jax.numpy as jnp

from addax import activations, layers, ops


@jax.custom_vjp
def guided_relu(x: Any) -> Any:
    """relu whose gradient passes where both x and the gradient from above are positive."""
    return jnp.maximum(x, 0)


guided_relu.defvjp(
    lambda x: (jnp.maximum(x, 0), x > 0),
    lambda positive, slope: (jnp.where(positive, jnp.maximum(slope, 0), 0),),
)


@contextlib.contextmanager
def guided(model: Any) -> Iterator[None]:
    """Inside, relus of the model's layers and of its graph are guided. ValueError without any."""
    found = list(_relus(model))
    if not found:
        raise ValueError(
            f"Model {model.name!r} has no relu that guided backpropagation could act on: an "
            "activation of a layer, a ReLU or Activation layer, or one in a functional model."
        )
    before = [(owner, name, owner.__dict__.get(name)) for owner, name in found]
    for owner, name in found:
        owner.__dict__[name] = guided_relu
    try:
        yield
    finally:
        for owner, name, value in before:
            if value is None:
                del owner.__dict__[name]
            else:
                owner.__dict__[name] = value


def _relus(model: Any) -> Iterator[tuple[Any, str]]:
    """Objects and their attributes that are relu."""
    for layer in model._flatten_layers():
        if getattr(layer, "activation", None) is activations.relu:
            yield layer, "activation"
        if isinstance(layer, layers.ReLU) and _is_plain(layer):
            yield layer, "call"
        for operation in getattr(layer, "operations", ()):
            if getattr(operation, "fn", None) is ops.relu:
                yield operation, "fn"


def _is_plain(layer: Any) -> bool:
    return layer.max_value is None and not layer.negative_slope and not layer.threshold
