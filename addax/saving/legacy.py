"""HDF5 files of Keras 1, 2 and tf.keras, as Keras 3 still writes them for `.h5` names.

Attributes hold the configurations as JSON; a group for each layer holds its weights, trainable
ones first, under the names that its attribute `weight_names` lists. They are matched by order.
"""

import inspect
import json
from typing import Any, BinaryIO

import numpy as np

from addax.core import configs
from addax.core.names import CustomObjectScope, builtin_names
from addax.core.version import KERAS
from addax.saving.config import budget_for, build_model, compile_model, model_config
from addax.saving.guard import HDF5, LoadError, Stored, parse_json
from addax.saving.layout import put
from addax.saving.migrate import migrate
from addax.saving.old_layouts import modern
from addax.saving.optimizer_state import by_weight
from addax.saving.state import Place, Plan

TOP = "top_level_model_weights"
ATTRIBUTE_LIMIT = 60_000  # bytes; longer lists are split


def _ordered(layer: Any) -> list:
    return layer.trainable_weights + layer.non_trainable_weights


# Writing


def write(target: Any, model: Any, include_optimizer: bool = True) -> None:
    """Write the whole model."""
    import h5py

    full = model_config(model)
    with h5py.File(target, "w") as file:
        file.attrs["keras_version"] = KERAS
        file.attrs["backend"] = "jax"
        file.attrs["model_config"] = json.dumps(_named(full))
        training = full.get("compile_config")
        if include_optimizer and training and training.get("optimizer"):
            file.attrs["training_config"] = json.dumps(_training_config(training))
            _write_list(file.create_group("optimizer_weights"), list(model.optimizer.variables))
        write_weights(file.create_group("model_weights"), model)


def write_weights(group: Any, model: Any) -> None:
    """Write the weights by layer."""
    names = [layer.name for layer in model.layers]
    _put_names(group, "layer_names", names)
    group.attrs["backend"] = "jax"
    group.attrs["keras_version"] = KERAS
    for layer in model.layers:
        _write_list(group.create_group(layer.name), _ordered(layer))
    _write_list(group.create_group(TOP), _top_weights(model))


def _top_weights(model: Any) -> list:
    return model._own_weights()


def _write_list(group: Any, variables: list) -> None:
    names: list[str] = []
    for variable in variables:
        name = variable.path if variable.path not in names else f"{variable.path}_{len(names)}"
        names.append(name)
        put(group, name, variable)
    _put_names(group, "weight_names", names)


def _put_names(group: Any, name: str, names: list[str]) -> None:
    texts = np.array([n.encode() for n in names]) if names else np.array([], "S1")
    parts = np.array_split(texts, texts.nbytes // ATTRIBUTE_LIMIT + 1)
    for i, part in enumerate(parts):
        group.attrs[name if len(parts) == 1 else f"{name}{i}"] = part


def _training_config(compile_config: dict) -> dict:
    rest = {k: v for k, v in compile_config.items() if k != "optimizer"}
    rest["loss"] = _long_names(rest.get("loss"))
    return rest | {"optimizer_config": _named(compile_config["optimizer"])}


def _named(entry: dict) -> dict:
    """The class of an object, under the name that Keras 2 looks up, and its configuration."""
    name = entry.get("registered_name") or entry["class_name"]
    return {"class_name": name, "config": entry["config"]}


def _long_names(loss: Any) -> Any:
    """Keras 3.15 can't read "mse" from HDF5, though it writes it."""
    if isinstance(loss, dict):
        return loss if "class_name" in loss else {k: _long_names(v) for k, v in loss.items()}
    if isinstance(loss, (list, tuple)):
        return [_long_names(x) for x in loss]
    function = builtin_names("keras.losses").get(loss)
    return configs.serialize(function) if inspect.isfunction(function) else loss


# Reading


def read(file: BinaryIO, custom: dict | None, compile: bool) -> Any:
    """The model in a whole-model file."""
    h5 = HDF5(file)
    text = h5.text("", "model_config")
    if text is None:
        raise LoadError(
            "This HDF5 file holds weights only, no model. Make the model in Python, then call "
            "model.load_weights(path)."
        )
    config = parse_json(text.encode(), "model_config")
    version = str(h5.text("", "keras_version") or "1")
    old, budget = version < "3", budget_for(h5.tensors)
    model = build_model(config, custom, False, budget, old)
    plan = plan_weights(h5, "model_weights", model)
    training = h5.text("", "training_config") if compile else None
    with CustomObjectScope(custom):
        if training is not None:
            _compile(model, parse_json(training.encode(), "training_config"), custom, old)
            if model.optimizer is not None:
                listed = _listed(h5, "optimizer_weights")
                names, count = [*listed], len(model.trainable_weights)
                state = list(listed.values())
                if old and state:
                    state = by_weight(model.optimizer, names, state, count)
                stored = {str(i): t for i, t in enumerate(state)}
                plan.resume(model, Place("optimizer", model.optimizer), stored)
    plan.carry_out(model.name)
    return model


MODULES = {
    "optimizer_config": "keras.optimizers",
    "loss": "keras.losses",
    "metrics": "keras.metrics",
    "weighted_metrics": "keras.metrics",
}


def _compile(model: Any, training: dict, custom: dict | None, old: bool) -> None:
    config = {k: _with_module(v, MODULES.get(k)) for k, v in training.items()}
    config["optimizer"] = config.pop("optimizer_config", None)
    compile_model(model, migrate(config, custom or {}, old))


def _with_module(value: Any, module: str | None) -> Any:
    """Losses and metrics share class names; the module tells them apart."""
    if isinstance(value, list):
        return [_with_module(v, module) for v in value]
    if isinstance(value, dict) and "class_name" in value:
        return {"module": module} | value
    if isinstance(value, dict):
        return {k: _with_module(v, module) for k, v in value.items()}
    return value


def is_legacy(h5: HDF5) -> str | None:
    """The path of the group with weights by layer; None for another layout."""
    for path in ("", "model_weights"):
        if path in h5.groups and h5.has(path, "layer_names"):
            return path
    return None


def _listed(h5: HDF5, path: str) -> dict[str, Stored]:
    """The tensors that a group lists, by path, in its order."""
    if path not in h5.groups:
        return {}
    paths = [f"{path}/{name}".replace("//", "/") for name in h5.texts(path, "weight_names")]
    missing = [p for p in paths if p not in h5.tensors]
    if missing:
        raise LoadError(f"The file lists weight {missing[0]!r} but does not hold it.")
    return {p: h5.tensors[p] for p in paths}


def plan_weights(h5: HDF5, path: str, model: Any, by_name: bool = False) -> Plan:
    """Layers with weights against groups with weights, by order or by name."""
    plan = Plan()
    names = h5.texts(path, "layer_names")
    groups = {name: _listed(h5, f"{path}/{name}".lstrip("/")) for name in names}
    stored = {name: list(g.items()) for name, g in groups.items() if g}
    layers = [layer for layer in model.layers if layer.weights]
    if by_name:
        pairs = [(layer, stored[layer.name]) for layer in layers if layer.name in stored]
    else:
        filler = [[]] * (len(layers) - len(stored))
        pairs = list(zip(layers, [*stored.values(), *filler], strict=False))
        for extra in list(stored.values())[len(layers) :]:
            for name, tensor in extra:
                plan.match(name, None, tensor)
    pairs.append((None, list(_listed(h5, f"{path}/{TOP}".lstrip("/")).items())))
    version = str(h5.text(path, "keras_version") or h5.text("", "keras_version") or "1")
    backend = h5.text(path, "backend") or h5.text("", "backend")
    for layer, tensors in pairs:
        own = _top_weights(model) if layer is None else _ordered(layer)
        if layer is not None and version < "3":
            tensors = modern(layer, tensors, version, backend)
        for i in range(max(len(own), len(tensors))):
            variable = own[i] if i < len(own) else None
            name, tensor = tensors[i] if i < len(tensors) else (variable.path, None)  # type: ignore[union-attr]
            plan.match(name, variable, tensor)
    return plan
