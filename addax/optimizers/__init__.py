"""Optimizers: how weights follow from gradients."""

from typing import Any

from addax.core import absent as _absent
from addax.core import configs
from addax.core.names import CustomObjectScope, builtin_names, publish
from addax.optimizers import legacy as legacy
from addax.optimizers import schedules as schedules
from addax.optimizers.base import Optimizer as Optimizer
from addax.optimizers.combined import MultiOptimizer as MultiOptimizer
from addax.optimizers.combined import OptaxOptimizer as OptaxOptimizer
from addax.optimizers.combined import OptimizerMap as OptimizerMap
from addax.optimizers.rules import SGD as SGD
from addax.optimizers.rules import Adadelta as Adadelta
from addax.optimizers.rules import Adafactor as Adafactor
from addax.optimizers.rules import Adagrad as Adagrad
from addax.optimizers.rules import Adam as Adam
from addax.optimizers.rules import Adamax as Adamax
from addax.optimizers.rules import AdamW as AdamW
from addax.optimizers.rules import Ftrl as Ftrl
from addax.optimizers.rules import Lamb as Lamb
from addax.optimizers.rules import Lion as Lion
from addax.optimizers.rules import Muon as Muon
from addax.optimizers.rules import Nadam as Nadam
from addax.optimizers.rules import RMSprop as RMSprop
from addax.optimizers.rules import ScheduleFreeAdamW as ScheduleFreeAdamW
from addax.optimizers.scaling import LossScaleOptimizer as LossScaleOptimizer

_classes = (
    Optimizer, SGD, RMSprop, Adam, AdamW, Adadelta, Adagrad, Adamax, Adafactor, Nadam, Ftrl, Lion,
    Lamb, Muon, ScheduleFreeAdamW, LossScaleOptimizer, MultiOptimizer, OptimizerMap,
)  # fmt: skip
publish("keras.optimizers", _classes)
publish("keras.optimizers", {c.__name__.lower(): c for c in _classes})
_named = configs.getter("optimizer", "keras.optimizers")


def get(identifier: Any) -> Optimizer | None:
    """An optimizer from its name in any case, class, configuration, or an optax transformation."""
    if isinstance(identifier, str):
        known = builtin_names("keras.optimizers")
        identifier = identifier.lower() if identifier.lower() in known else identifier
    elif hasattr(identifier, "init") and hasattr(identifier, "update"):
        return OptaxOptimizer(identifier)
    found = _named(identifier)
    if found is None or isinstance(found, Optimizer):
        return found
    raise ValueError(
        "An optimizer is a name, a configuration, an Optimizer or an optax transformation; "
        f"received {identifier!r}."
    )


def serialize(optimizer: Optimizer) -> Any:
    """The optimizer as plain data."""
    return configs.serialize(optimizer)


def deserialize(config: Any, custom_objects: dict | None = None) -> Any:
    """The optimizer that `serialize` (or Keras) wrote."""
    with CustomObjectScope(custom_objects):
        return get(config)


__getattr__ = _absent.names_of(__name__)
