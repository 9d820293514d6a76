"""The distribution in force: on which devices variables and batches lie."""

from typing import Any

import jax
from jax.core import Tracer

_current: Any = None


def current() -> Any:
    """The distribution that `set_distribution` made the current one, or None."""
    return _current


def set_current(distribution: Any) -> None:
    """Make it the one by which new variables are placed, and models that have none of their own."""
    global _current
    _current = distribution


def place_new(variable: Any, value: Any) -> Any:
    """The first value of a variable, on the devices of the distribution in force, if there is one.

    What comes from the host's memory goes to each device in its part: it is never whole on one.
    """
    if _current is None or isinstance(value, Tracer):
        return value
    return jax.device_put(value, sharding_of(_current, variable))


def sharding_of(distribution: Any, variable: Any) -> Any:
    """How a variable lies on the devices: an optimizer's as the weight it is for."""
    reference = getattr(variable, "reference", None)
    layout = distribution.get_variable_layout(variable if reference is None else reference)
    return getattr(layout, "backend_layout", layout)
