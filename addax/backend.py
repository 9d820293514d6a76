"""Settings under their old home, and what programs written for Keras 2 call as `K.mean` and so on.

The old functions are one-line equivalents in terms of `addax.ops`; `compat.names` lists them.
"""

from typing import Any

from addax.config import backend as backend
from addax.core import dtypes
from addax.core.dtypes import result_type as result_type
from addax.core.dtypes import standardize_dtype as standardize_dtype
from addax.core.errors import suggest
from addax.core.scope import get_uid as get_uid
from addax.core.scope import name_scope as name_scope
from addax.core.settings import epsilon as epsilon
from addax.core.settings import floatx as floatx
from addax.core.settings import image_data_format as image_data_format
from addax.core.settings import set_epsilon as set_epsilon
from addax.core.settings import set_floatx as set_floatx
from addax.core.settings import set_image_data_format as set_image_data_format
from addax.core.symbol import KerasTensor
from addax.utils.session import clear_session as clear_session

is_float_dtype = dtypes.is_float
is_int_dtype = dtypes.is_int


_PHASE = "layers get `training` as an argument of `call`"
GONE = {
    "function": "make a Model from the inputs to the outputs",
    "get_session": "there are no sessions: call the model",
    "gradients": "train with model.fit, or override Model.compute_loss",
    "in_test_phase": _PHASE,
    "in_train_phase": _PHASE,
    "learning_phase": _PHASE,
    "placeholder": "use Input",
    "set_learning_phase": _PHASE,
}


def is_keras_tensor(x: Any) -> bool:
    """Whether `x` is symbolic: a shape and a dtype without values."""
    return isinstance(x, KerasTensor)


def __getattr__(name: str) -> Any:
    from addax.compat.equivalents import resolve
    from addax.compat.tables import BACKEND

    if name in GONE:
        raise AttributeError(f"backend.{name} has no meaning in Addax. Instead, {GONE[name]}.")
    if name not in BACKEND:
        hint = suggest(name, [*BACKEND, *globals()])
        raise AttributeError(f"module 'addax.backend' has no attribute {name!r}.{hint}")
    return resolve(BACKEND[name])
