"""What weights are brought back to after each update: callables `tensor -> tensor`."""

from collections.abc import Callable
from typing import Any

from addax import ops
from addax.core import configs
from addax.core.fields import Declared, fields
from addax.core.names import CustomObjectScope, publish, resolves
from addax.core.scope import to_snake_case
from addax.core.settings import epsilon


class Constraint(Declared):
    """Base class. Override `__call__(w)`, which gives the weight that meets the constraint."""

    def __call__(self, w) -> Any:
        return w


def _norm(w, axis):
    return ops.sqrt(ops.sum(ops.square(w), axis=axis, keepdims=True))


@fields
class MaxNorm(Constraint):
    """w scaled so that its norm along `axis` is at most `max_value` (Srivastava et al. 2014)."""

    max_value: float = 2
    axis: int | tuple = 0

    def __call__(self, w):
        norm = _norm(w, self.axis)
        return w * (ops.clip(norm, 0, self.max_value) / (epsilon() + norm))


class NonNeg(Constraint):
    """max(w, 0)."""

    def __call__(self, w):
        return ops.maximum(w, 0)


@fields
class UnitNorm(Constraint):
    """w scaled to the norm 1 along `axis`."""

    axis: int | tuple = 0

    def __call__(self, w):
        return w / (epsilon() + _norm(w, self.axis))


@fields
class MinMaxNorm(Constraint):
    """w scaled by `rate` of the way to a norm along `axis` in [min_value, max_value]."""

    min_value: float = 0.0
    max_value: float = 1.0
    rate: float = 1.0
    axis: int | tuple = 0

    def __call__(self, w):
        norm = _norm(w, self.axis)
        inside = ops.clip(norm, self.min_value, self.max_value)
        desired = self.rate * inside + (1 - self.rate) * norm
        return w * (desired / (epsilon() + norm))


_classes = (MaxNorm, NonNeg, UnitNorm, MinMaxNorm)
max_norm, non_neg, unit_norm, min_max_norm = _classes

publish("keras.constraints", [Constraint, *_classes])
publish("keras.constraints", {to_snake_case(c.__name__): c for c in _classes})
get: Callable[[Any], Any] = configs.getter("constraint", "keras.constraints")
get = resolves("constraint")(get)


def serialize(constraint: Any) -> Any:
    """The constraint as plain data."""
    return configs.serialize(constraint)


def deserialize(config: Any, custom_objects: dict | None = None) -> Any:
    """The constraint that `serialize` (or Keras) wrote."""
    with CustomObjectScope(custom_objects):
        return get(config)
