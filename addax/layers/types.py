"""What the annotations of layer fields mean: an object, or what its family's `get` accepts."""

from collections.abc import Callable
from typing import Any

from addax import activations, constraints, initializers, regularizers

FAMILIES = activations, constraints, initializers, regularizers  # their getters resolve fields

Activation = str | Callable[[Any], Any] | dict | None
Initializer = str | Callable[..., Any] | dict
Regularizer = str | Callable[[Any], Any] | dict | None
Constraint = str | Callable[[Any], Any] | dict | None
