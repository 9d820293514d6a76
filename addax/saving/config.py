"""A model as configuration, and back: what every whole-model format shares."""

import hashlib
import json
import random
import weakref
from typing import Any

import numpy as np

# Imported for the names that they enter into the table.
import addax.losses
import addax.metrics
import addax.models
import addax.optimizers  # noqa: F401
from addax.core import configs, scope
from addax.core.names import CustomObjectScope, UnknownName, builtin_names, get_registered_name
from addax.core.scope import SharedObjects, VariableBudget
from addax.core.untrusted import check_config
from addax.saving.guard import LoadError, Stored
from addax.saving.migrate import migrate
from addax.saving.state import make_plan, places


def model_config(model: Any) -> dict:
    """The configuration as Keras writes it. Raises when it could not be read back."""
    with SharedObjects():
        config = configs.serialize(model)
    configs.check_storable(config)
    _verify(model, config)
    return config


_verified: weakref.WeakKeyDictionary[Any, bytes] = weakref.WeakKeyDictionary()


def _verify(model: Any, config: dict) -> None:
    """Rebuild the model once for each configuration, so that what fails does so before the file."""
    text = json.dumps(config).encode()
    digest = hashlib.sha256(text).digest()
    if _verified.get(model) == digest:
        return
    owners = [place.owner for place in places(model)]
    classes = {get_registered_name(type(o)): type(o) for o in owners}
    known = {type(o).__name__: type(o) for o in owners} | classes
    builtin = {
        c for table in ("keras.layers", "keras.models", "keras") for c in builtin_names(table)
    }
    custom = {n: c for n, c in known.items() if n not in builtin}
    try:
        with _Untouched():
            build_model(json.loads(text), custom, compile=False)
    except UnknownName:
        return  # the reader will have to pass it
    except Exception as error:
        raise ValueError(
            f"Model {model.name!r} was not saved: its configuration can't be read back. {error}"
        ) from error
    _verified[model] = digest


class _Untouched:
    """Names and random numbers go on afterwards as if nothing had been made inside."""

    def __enter__(self) -> None:
        self.names = dict(scope._counts)
        self.random, self.numpy = random.getstate(), np.random.get_state()

    def __exit__(self, *exception: Any) -> None:
        scope._counts.clear()
        scope._counts.update(self.names)
        random.setstate(self.random)
        np.random.set_state(self.numpy)


def is_old(config: Any) -> bool:
    """Whether a configuration by itself is of Keras before 3: it says so, or names no modules."""
    if not isinstance(config, dict):
        return False
    version = config.get("keras_version")
    return str(version) < "3" if version else "module" not in config


def build_model(
    config: dict, custom: dict | None, compile: bool, budget: int | None = None, old: bool = False
) -> Any:
    """The model that `config` describes, without weights. LoadError when it describes none."""
    if not isinstance(config, dict) or not {"class_name", "config"} <= config.keys():
        raise LoadError(
            f"A model's configuration is a dictionary with class_name and config, not "
            f"{config!r:.80}."
        )
    check_config(config, code=True)
    config = migrate(config, custom or {}, old)
    compile_config = config.pop("compile_config", None) or {}
    if old:  # tf.keras writes None for "as usual"
        compile_config = {k: v for k, v in compile_config.items() if v is not None}
    limit = VariableBudget(2**60 if budget is None else budget)
    with CustomObjectScope(custom), SharedObjects(), limit:
        model = configs.deserialize(config)
        if not hasattr(model, "save"):
            raise LoadError(f"The file describes a {config['class_name']}, which is no model.")
        if compile and compile_config:
            compile_model(model, compile_config)
    return model


def compile_model(model: Any, config: dict) -> None:
    """Compile as the file says."""
    try:
        model.compile_from_config(config)
    except (ValueError, TypeError) as error:
        raise LoadError(
            f"The model can't be compiled as the file says: {error} Loading with compile=False "
            "leaves that out."
        ) from error


def budget_for(tensors: dict[str, Stored]) -> int:
    """What the variables of a model read with these tensors may hold: optimizer slots included."""
    return 8 * sum(t.nbytes for t in tensors.values()) + (1 << 20)


def fill(model: Any, tensors: dict[str, Stored]) -> Any:
    """`model` with the weights in Keras 3's layout; warns when its optimizer has no state there."""
    plan = make_plan(model, tensors)
    optimizer = getattr(model, "optimizer", None)
    if optimizer is not None and not any(path.startswith("optimizer/") for path in tensors):
        plan.anew.append(f"the file holds no state of {optimizer.name!r}")
    plan.carry_out(model.name)
    return model
