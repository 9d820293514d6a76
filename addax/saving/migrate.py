"""Configurations of Keras 1, 2 and tf.keras, told in today's words."""

from collections.abc import Callable
from typing import Any

from addax.core.names import builtin_names
from addax.saving.guard import LoadError

RENAMED = {
    "Model": "Functional",
    "Policy": "DTypePolicy",
    "PolicyV1": "DTypePolicy",
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "LSTMV2": "LSTM",
    "GRUV2": "GRU",
    "Convolution1D": "Conv1D",
    "Convolution2D": "Conv2D",
    "Convolution3D": "Conv3D",
    "Deconvolution2D": "Conv2DTranspose",
    "SeparableConvolution1D": "SeparableConv1D",
    "SeparableConvolution2D": "SeparableConv2D",
    "GroupedQueryAttention": "GroupQueryAttention",
}


def _single(axis: Any) -> Any:
    return axis[0] if isinstance(axis, list) and len(axis) == 1 else axis


def _must_be(*allowed: Any) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        if value not in allowed:
            raise LoadError(f"The file asks for {value!r}, which this version does not compute.")

    return check


ORDERINGS = {"tf": "channels_last", "th": "channels_first", "default": None}
DROPPED = None
Rule = str | None | tuple[str | None, Callable[[Any], Any]]

# Old key -> new key, None to drop it, or (new key or None, how the value changes).
ANY: dict[str, Rule] = {
    "init": "kernel_initializer",
    "inner_init": "recurrent_initializer",
    "inner_activation": "recurrent_activation",
    "W_regularizer": "kernel_regularizer",
    "U_regularizer": "recurrent_regularizer",
    "b_regularizer": "bias_regularizer",
    "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint",
    "bias": "use_bias",
    "border_mode": "padding",
    "subsample": "strides",
    "dim_ordering": ("data_format", ORDERINGS.get),
    "input_dtype": DROPPED,
    "implementation": DROPPED,
    "consume_less": DROPPED,
    "time_major": (None, _must_be(False, None)),
}
RECURRENT: dict[str, Rule] = {
    "output_dim": "units",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
    "forget_bias_init": DROPPED,
}
CONVOLUTION: dict[str, Rule] = {
    "nb_filter": "filters",
    "filter_length": "kernel_size",
    "subsample_length": "strides",
}
OPTIMIZER: dict[str, Rule] = {
    "lr": "learning_rate",
    "decay": (None, _must_be(0, 0.0, None)),
    "is_legacy_optimizer": DROPPED,
    "jit_compile": DROPPED,
    "schedule_decay": DROPPED,
}
FAMILIES: dict[str, dict[str, Rule]] = {
    "keras.optimizers": OPTIMIZER,
    "keras.initializers": {"dtype": DROPPED},
    "keras.losses": {
        "fn": DROPPED,
        "reduction": ("reduction", lambda v: "sum_over_batch_size" if v == "auto" else v),
    },
}
RULES: dict[str, dict[str, Rule]] = {
    "InputLayer": {"batch_input_shape": "batch_shape"},
    "Dense": {"output_dim": "units"},
    "Dropout": {"p": "rate"},
    "GaussianDropout": {"p": "rate"},
    "GaussianNoise": {"sigma": "stddev"},
    "Embedding": {"init": "embeddings_initializer", "dropout": DROPPED},
    "BatchNormalization": {
        "axis": ("axis", _single),
        "mode": (None, _must_be(0, None)),
        "beta_init": "beta_initializer",
        "gamma_init": "gamma_initializer",
        **dict.fromkeys(("fused", "virtual_batch_size", "adjustment"), DROPPED),
    },
    "LayerNormalization": {"axis": ("axis", _single)},
    "DepthwiseConv2D": {"groups": DROPPED, "kernel_initializer": DROPPED},
    "Conv1D": CONVOLUTION,
    "Conv2D": CONVOLUTION,
    "Conv3D": CONVOLUTION,
    "MaxPooling1D": {"pool_length": "pool_size", "stride": "strides"},
    "LSTM": RECURRENT,
    "GRU": RECURRENT,
    "SimpleRNN": RECURRENT,
    "Lambda": dict.fromkeys(
        ("module", "function_type", "output_shape_type", "output_shape_module"), DROPPED
    ),
}


def migrate(config: Any, custom: dict[str, Any], old: bool = False) -> Any:
    """A copy of `config` with old classes, keys and graphs replaced; `old` for Keras before 3."""
    if isinstance(config, list):
        return [migrate(x, custom, old) for x in config]
    if not isinstance(config, dict):
        return config
    config = {k: migrate(v, custom, old) for k, v in config.items()}
    if isinstance(config.get("class_name"), str) and "config" in config:
        _migrate_object(config, custom, old)
    return config


def _migrate_object(entry: dict, custom: dict[str, Any], old: bool) -> None:
    name: str = entry["class_name"]
    config: Any = entry["config"]
    if name == "Sequential" and isinstance(config, list):
        config = {"layers": config}
        entry["config"] = config
    own = name in custom or ">" in f"{name}{entry.get('registered_name')}"
    if not isinstance(config, dict) or own:
        return
    if name != "Model" or "layers" in config:
        name = entry["class_name"] = RENAMED.get(name, name)
    if name == "Functional" and (old or _has_old_calls(config)):
        _count_calls_from_zero(config)
        for end in ("input_layers", "output_layers"):
            config[end] = _unwrap(config.get(end))
    if name == "Lambda":
        _name_function(config, custom)
    if name == "MeanMetricWrapper" and isinstance(config.get("fn"), str):
        config["fn"] = {"class_name": "function", "config": config["fn"], "module": "keras.metrics"}
    family = next((f for f in FAMILIES if _belongs(entry, f)), None)
    _apply(ANY | RULES.get(name, {}) | FAMILIES.get(family or "", {}), config)
    if {"nb_row", "nb_col"} <= config.keys():
        config["kernel_size"] = [config.pop("nb_row"), config.pop("nb_col")]


def _belongs(entry: dict, family: str) -> bool:
    """Whether a class is of a family; names that two families share are told apart by module."""
    module = entry.get("module")
    return entry["class_name"] in builtin_names(family) and module in (None, family)


def _apply(rules: dict[str, Rule], config: dict) -> None:
    for key in [k for k in config if k in rules]:
        rule, value = rules[key], config.pop(key)
        new, convert = rule if isinstance(rule, tuple) else (rule, lambda v: v)
        value = convert(value)
        if new is not None:
            config[new] = value


def _has_old_calls(config: dict) -> bool:
    calls = [c for layer in config.get("layers", ()) for c in layer.get("inbound_nodes", ())]
    return any(isinstance(call, list) for call in calls)


def _count_calls_from_zero(config: dict) -> None:
    """Keras 2 counts the calls of a model in the graph from 1: 0 was the model's own making."""
    layers = config.get("layers", ())
    calls = [c for layer in layers for c in layer.get("inbound_nodes", ()) if isinstance(c, list)]
    places = [place for call in calls for place in call if isinstance(place, list)]
    for layer in layers:
        mine = [p for p in places if p[0] == layer.get("name")]
        if layer.get("class_name") in ("Functional", "Sequential") and all(p[1] > 0 for p in mine):
            for place in mine:
                place[1] -= 1


def _unwrap(places: Any) -> Any:
    """Keras 2 writes a single input or output as a list of one."""
    single = isinstance(places, list) and len(places) == 1 and isinstance(places[0], list)
    return places[0] if single else places


def _name_function(config: dict, custom: dict[str, Any]) -> None:
    """A Lambda layer whose code is not read may get its function under the layer's name."""
    name, function = config.get("name"), config.get("function")
    coded = isinstance(function, list) or (
        isinstance(function, dict) and function.get("class_name") == "__lambda__"
    )
    if coded and name in custom:
        config["function"] = {"class_name": "function", "config": name, "registered_name": name}
    elif coded:
        raise LoadError(
            f"Lambda layer {name!r} holds Python code, which is never run. Write it as a function "
            f"f and pass custom_objects={{{name!r}: f}}."
        )
