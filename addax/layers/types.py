"""What the annotations of layer fields mean: an object, or what its family's `get` accepts."""

from typing import Any

from addax import activations, constraints, initializers, regularizers

FAMILIES = activations, constraints, initializers, regularizers  # their getters resolve fields

# An argument is a name, a configuration, an object or a function; the attribute holds the object
# or function. A checker knows no such conversion, hence Any.
Activation = Any
Initializer = Any
Regularizer = Any
Constraint = Any
