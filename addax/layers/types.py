"""What the annotations of layer fields mean: an object, or what its family's `get` accepts."""

from collections.abc import Callable
from typing import Any

Activation = str | Callable[[Any], Any] | dict | None
Initializer = str | Callable[..., Any] | dict
Regularizer = str | Callable[[Any], Any] | dict | None
Constraint = str | Callable[[Any], Any] | dict | None
