"""Activation functions: element by element, or over `axis`. `get` finds them by name."""

from collections.abc import Callable
from typing import Any

from addax import ops
from addax.core import configs
from addax.core.names import CustomObjectScope, publish, resolves
from addax.core.symbol import is_symbolic
from addax.core.types import Array, Tensor
from addax.ops import celu as celu
from addax.ops import elu as elu
from addax.ops import glu as glu
from addax.ops import hard_shrink as hard_shrink
from addax.ops import hard_sigmoid as hard_sigmoid
from addax.ops import hard_silu as hard_silu
from addax.ops import hard_tanh as hard_tanh
from addax.ops import leaky_relu as leaky_relu
from addax.ops import log_sigmoid as log_sigmoid
from addax.ops import log_softmax as log_softmax
from addax.ops import relu6 as relu6
from addax.ops import selu as selu
from addax.ops import sigmoid as sigmoid
from addax.ops import silu as silu
from addax.ops import soft_shrink as soft_shrink
from addax.ops import softmax as softmax
from addax.ops import softplus as softplus
from addax.ops import softsign as softsign
from addax.ops import sparse_plus as sparse_plus
from addax.ops import sparse_sigmoid as sparse_sigmoid
from addax.ops import sparsemax as sparsemax
from addax.ops import squareplus as squareplus
from addax.ops import tanh as tanh
from addax.ops import tanh_shrink as tanh_shrink
from addax.ops import threshold as threshold

swish = silu
hard_swish = hard_silu


def linear(x: Tensor) -> Array:
    """x."""
    return x


def exponential(x: Tensor) -> Array:
    """exp(x)."""
    return ops.exp(x)


def gelu(x: Tensor, approximate: bool = False) -> Array:
    """x Φ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016)."""
    return ops.gelu(x, approximate=approximate)


def mish(x: Tensor) -> Array:
    """x tanh(softplus(x)) (Misra 2019)."""
    return x * ops.tanh(ops.softplus(x))


def relu(
    x: Tensor, negative_slope: float = 0.0, max_value: float | None = None, threshold: float = 0.0
) -> Array:
    """x above `threshold`, `negative_slope * (x - threshold)` below, at most `max_value`."""
    if threshold == 0 and max_value is None:
        return ops.leaky_relu(x, negative_slope) if negative_slope else ops.relu(x)
    if threshold == 0 and max_value == 6 and not negative_slope:
        return ops.relu6(x)
    x = x if is_symbolic(x) else ops.convert_to_tensor(x)
    kept = ops.where(x > threshold, x, ops.zeros_like(x)) if threshold else ops.relu(x)
    if max_value is not None:
        kept = ops.clip(kept, 0, max_value)
    return kept - negative_slope * ops.relu(threshold - x) if negative_slope else kept


_functions = (
    relu, leaky_relu, relu6, softmax, celu, elu, selu, softplus, softsign, squareplus, soft_shrink,
    sparse_plus, silu, gelu, glu, tanh, tanh_shrink, threshold, sigmoid, sparse_sigmoid,
    exponential, hard_sigmoid, hard_silu, hard_tanh, hard_shrink, linear, mish, log_softmax,
    log_sigmoid, sparsemax,
)  # fmt: skip
publish("keras.activations", _functions)
publish("keras.activations", {"swish": silu, "hard_swish": hard_silu})


def keras2_hard_sigmoid(x: Any) -> Any:
    """`clip(0.2 * x + 0.5, 0, 1)`, what "hard_sigmoid" is in files of Keras 1 and 2."""
    return ops.clip(0.2 * x + 0.5, 0.0, 1.0)


publish("keras.activations", [keras2_hard_sigmoid])
_named = configs.getter("activation", "keras.activations")


@resolves("activation")
def get(identifier: Any) -> Callable:
    """An activation from its name, configuration, a layer or a function; `linear` for None."""
    return linear if identifier is None else _named(identifier)


def serialize(activation: Callable) -> Any:
    """The activation as plain data: a built-in one as its name."""
    return configs.serialize(activation)


def deserialize(config: Any, custom_objects: dict | None = None) -> Callable:
    """The activation that `serialize` (or Keras) wrote."""
    with CustomObjectScope(custom_objects):
        return get(config)
