"""Addax: the Keras API on JAX and XLA alone. `import addax as keras` is the whole migration."""

import importlib
from typing import TYPE_CHECKING

from addax.core.version import KERAS, OWN

if TYPE_CHECKING:
    from addax import activations as activations
    from addax import applications as applications
    from addax import backend as backend
    from addax import callbacks as callbacks
    from addax import config as config
    from addax import constraints as constraints
    from addax import core as core
    from addax import data as data
    from addax import datasets as datasets
    from addax import distillation as distillation
    from addax import distribution as distribution
    from addax import dtype_policies as dtype_policies
    from addax import explain as explain
    from addax import export as export
    from addax import initializers as initializers
    from addax import layers as layers
    from addax import losses as losses
    from addax import metrics as metrics
    from addax import mixed_precision as mixed_precision
    from addax import models as models
    from addax import ops as ops
    from addax import optimizers as optimizers
    from addax import preprocessing as preprocessing
    from addax import quantizers as quantizers
    from addax import random as random
    from addax import regularizers as regularizers
    from addax import saving as saving
    from addax import tree as tree
    from addax import tuner as tuner
    from addax import utils as utils
    from addax import visualization as visualization
    from addax import wrappers as wrappers
    from addax.core.devices import device as device
    from addax.core.dtypes import DTypePolicy as DTypePolicy
    from addax.core.dtypes import FloatDTypePolicy as FloatDTypePolicy
    from addax.core.graph import Function as Function
    from addax.core.graph import Operation as Operation
    from addax.core.input_spec import InputSpec as InputSpec
    from addax.core.remat import RematScope as RematScope
    from addax.core.remat import remat as remat
    from addax.core.scope import StatelessScope as StatelessScope
    from addax.core.scope import SymbolicScope as SymbolicScope
    from addax.core.scope import name_scope as name_scope
    from addax.core.symbol import KerasTensor as KerasTensor
    from addax.core.tape import GradientTape as GradientTape
    from addax.core.variable import Variable as Variable
    from addax.initializers import Initializer as Initializer
    from addax.layers import Input as Input
    from addax.layers import Layer as Layer
    from addax.losses import Loss as Loss
    from addax.metrics import Metric as Metric
    from addax.models import Model as Model
    from addax.models import Sequential as Sequential
    from addax.optimizers import Optimizer as Optimizer
    from addax.quantizers import Quantizer as Quantizer
    from addax.regularizers import Regularizer as Regularizer

__version__ = f"{KERAS}+addax.{OWN}"  # programs decide by the first part

# Names people type, and the module each comes from when it is first used.
_HOMES = {
    "DTypePolicy": "core.dtypes",
    "FloatDTypePolicy": "core.dtypes",
    "Function": "core.graph",
    "GradientTape": "core.tape",
    "Initializer": "initializers",
    "Input": "layers",
    "InputSpec": "core.input_spec",
    "KerasTensor": "core.symbol",
    "Layer": "layers",
    "Loss": "losses",
    "Metric": "metrics",
    "Model": "models",
    "Operation": "core.graph",
    "Optimizer": "optimizers",
    "Quantizer": "quantizers",
    "Regularizer": "regularizers",
    "RematScope": "core.remat",
    "Sequential": "models",
    "StatelessScope": "core.scope",
    "SymbolicScope": "core.scope",
    "Variable": "core.variable",
    "device": "core.devices",
    "name_scope": "core.scope",
    "remat": "core.remat",
}
_MODULES = (
    "activations applications backend callbacks config constraints core data datasets "
    "distillation distribution dtype_policies explain export initializers layers losses metrics "
    "mixed_precision models ops optimizers preprocessing quantizers random regularizers saving "
    "tree tuner utils visualization wrappers"
).split()


def version() -> str:
    """The version of the Keras API that this is, and Addax's own."""
    return __version__


if not TYPE_CHECKING:  # else every name would pass

    def __getattr__(name: str):
        if name in _HOMES:
            module = importlib.import_module(f"addax.{_HOMES[name]}")
            value = getattr(module, name)
        elif name in _MODULES:
            value = importlib.import_module(f"addax.{name}")
        else:
            from addax.core.absent import explain

            raise AttributeError(explain("addax", name, [*_HOMES, *_MODULES]))
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_MODULES} - {"importlib", "TYPE_CHECKING"})
