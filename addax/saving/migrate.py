"""Configurations of Keras 1, 2 and tf.keras, told in today's words."""

import warnings
from collections.abc import Callable
from typing import Any

from addax.core.names import builtin_names, get_registered_object
from addax.models.graph_config import modern_call
from addax.ops import keras_classes
from addax.saving import tensor_ops
from addax.saving.guard import LoadError

RENAMED = {
    "Model": "Functional",
    "Policy": "DTypePolicy",
    "PolicyV1": "DTypePolicy",
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "LayerNormalizationV1": "LayerNormalization",
    "ThresholdedReLU": "ReLU",
    "WeightRegularizer": "L1L2",
    "ActivityRegularizer": "L1L2",
    "L1L2Regularizer": "L1L2",
    "CuDNNLSTM": "LSTM",
    "CuDNNGRU": "GRU",
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
DROPPED = None  # without a trace: it changes no result


class Lost:
    """A setting that is not there any more; a warning says so where it was used."""


LOST = Lost()
Rule = str | None | Lost | tuple[str | None, Callable[[Any], Any]]

# Old key -> new key, DROPPED, LOST, or (new key or None, how the value changes).
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
    **dict.fromkeys(("input_dtype", "implementation", "consume_less"), DROPPED),
    "time_major": (None, _must_be(False, None)),
    "ragged": (None, _must_be(False, None)),
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
    "atrous_rate": "dilation_rate",
}
POOLING: dict[str, Rule] = {"pool_length": "pool_size", "stride": "strides"}
UNGROUPED: dict[str, Rule] = {"groups": (None, _must_be(1, None))}
# What depthwise and separable kernels have names of their own for.
UNSHAPED = dict.fromkeys(("kernel_initializer", "kernel_regularizer", "kernel_constraint"), DROPPED)
RATE: dict[str, Rule] = {"p": "rate"}
SPATIAL: dict[str, Rule] = RATE | {"noise_shape": LOST}
OPTIMIZER: dict[str, Rule] = {
    "lr": "learning_rate",
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
    "Dropout": RATE,
    "GaussianDropout": RATE,
    "AlphaDropout": RATE,
    **{f"SpatialDropout{n}D": SPATIAL for n in (1, 2, 3)},
    "GaussianNoise": {"sigma": "stddev"},
    "ReLU": {"theta": "threshold"},
    "Embedding": {
        "init": "embeddings_initializer",
        "W_regularizer": "embeddings_regularizer",
        "W_constraint": "embeddings_constraint",
        "dropout": LOST,
    },
    "BatchNormalization": {
        "axis": ("axis", _single),
        "mode": (None, _must_be(0, None)),
        "beta_init": "beta_initializer",
        "gamma_init": "gamma_initializer",
        **dict.fromkeys(("fused", "virtual_batch_size", "adjustment"), DROPPED),
    },
    "LayerNormalization": {"axis": ("axis", _single)},
    "MultiHeadAttention": dict.fromkeys(("query_shape", "key_shape", "value_shape"), DROPPED),
    **dict.fromkeys(("DepthwiseConv1D", "DepthwiseConv2D"), UNGROUPED | UNSHAPED),
    **dict.fromkeys(("SeparableConv1D", "SeparableConv2D"), CONVOLUTION | UNGROUPED | UNSHAPED),
    **{f"Conv{n}DTranspose": CONVOLUTION | UNGROUPED for n in (1, 2, 3)},
    **{f"Conv{n}D": CONVOLUTION for n in (1, 2, 3)},
    **dict.fromkeys(("MaxPooling1D", "AveragePooling1D"), POOLING),
    "UpSampling1D": {"length": "size"},
    **dict.fromkeys(("LSTM", "GRU", "SimpleRNN"), RECURRENT),
    "Nadam": {"decay": LOST},  # of its momentum
    "Lambda": dict.fromkeys(
        ("module", "function_type", "output_shape_type", "output_shape_module"), DROPPED
    ),
}
# What Keras 2 meant where its files say nothing.
OLD_DEFAULTS: dict[str, dict[str, Any]] = {"GRU": {"reset_after": False}}


CUDNN = {"CuDNNGRU": {"reset_after": True}}  # all else is as it is by default today
MERGES = {  # the modes of Keras 1's one layer for them all
    "sum": ("Add", {}),
    "mul": ("Multiply", {}),
    "ave": ("Average", {}),
    "max": ("Maximum", {}),
    "concat": ("Concatenate", {"concat_axis": "axis"}),
    "dot": ("Dot", {"dot_axes": "axes"}),
    "cos": ("Dot", {"dot_axes": "axes"}),
}


def migrate(config: Any, custom: dict[str, Any], old: bool = False) -> Any:
    """A copy of `config` with old classes, keys and graphs replaced; `old` for Keras before 3.

    Warns of settings that are lost.
    """
    lost: list[str] = []
    config = _migrated(config, custom, old, lost)
    if lost:
        warnings.warn(
            f"The file has settings that are not known any more and were left out: "
            f"{', '.join(lost)}.",
            stacklevel=2,
        )
    return config


def _migrated(config: Any, custom: dict[str, Any], old: bool, lost: list[str]) -> Any:
    if isinstance(config, list):
        return [_migrated(x, custom, old, lost) for x in config]
    if not isinstance(config, dict):
        return config
    config = {k: _migrated(v, custom, old, lost) for k, v in config.items()}
    if isinstance(config.get("class_name"), str) and "config" in config:
        _migrate_object(config, custom, old, lost)
    return config


def _migrate_object(entry: dict, custom: dict[str, Any], old: bool, lost: list[str]) -> None:
    _use_public_names(entry, old)
    name: str = entry["class_name"]
    config: Any = entry["config"]
    if name == "Sequential" and isinstance(config, list):
        config = {"layers": config}
        entry["config"] = config
    own = name in custom or ">" in f"{name}{entry.get('registered_name')}"
    if not isinstance(config, dict) or own:
        return
    config |= {k: v for k, v in CUDNN.get(name, {}).items() if k not in config}
    if name != "Model" or "layers" in config:
        name = entry["class_name"] = RENAMED.get(name, name)
    if name == "Functional" and (old or _has_old_calls(config)):
        _modernize_graph(config)
    elif name == "Functional":
        _name_op_modules(config)
    if name == "Merge":
        name = _merge(entry, config)
    if name == "Lambda":
        _name_function(config, custom)
    if name == "MeanMetricWrapper" and isinstance(config.get("fn"), str):
        config["fn"] = {"class_name": "function", "config": config["fn"], "module": "keras.metrics"}
    if old:
        entry.pop("build_config", None)  # the calls tell more
        for key, value in OLD_DEFAULTS.get(name, {}).items():
            config.setdefault(key, value)
        for key in ("activation", "recurrent_activation"):
            if config.get(key) == "hard_sigmoid":
                config[key] = "keras2_hard_sigmoid"
    family = next((f for f in FAMILIES if _belongs(entry, f)), None)
    rules = ANY | RULES.get(name, {}) | FAMILIES.get(family or "", {})
    lost += [f"{name}.{key}={value!r}" for key, value in _apply(rules, config)]
    if {"nb_row", "nb_col"} <= config.keys():
        config["kernel_size"] = [config.pop("nb_row"), config.pop("nb_col")]


def _name_op_modules(config: dict) -> None:
    """HDF5 files of Keras 3 name an op by its class alone; a layer of that name is "trainable"."""
    for layer in config.get("layers", ()):
        known = layer.get("class_name") in keras_classes.FUNCTIONS
        if known and "module" not in layer and "trainable" not in layer["config"]:
            layer["module"] = "keras.ops"


def _merge(entry: dict, config: dict) -> str:
    """Keras 1's Merge becomes a layer of its own; returns the name of the class."""
    mode = config.get("mode")
    if mode not in MERGES:
        raise LoadError(f"The file merges by {mode!r}; known are {', '.join(MERGES)}.")
    entry["class_name"], kept = MERGES[mode]
    plain = {"name": config.get("name")} | {v: config[k] for k, v in kept.items() if k in config}
    entry["config"].clear()
    entry["config"].update(plain | ({"normalize": True} if mode == "cos" else {}))
    return entry["class_name"]


def _use_public_names(entry: dict, old: bool) -> None:
    """tf.keras's own modules and packages are Keras's."""
    module, name = str(entry.get("module")), entry["class_name"]
    if old and name.startswith("Custom>") and get_registered_object(name) is None:
        plain = name.removeprefix("Custom>")
        if plain in builtin_names("keras.optimizers"):
            entry["class_name"] = plain
    if module.split(".")[0] in ("tf_keras", "tensorflow"):
        entry["module"] = None
        if entry.get("registered_name") in (name, None):
            entry["registered_name"] = None
    elif module == "keras.optimizers.legacy":
        entry["module"] = "keras.optimizers"


def _belongs(entry: dict, family: str) -> bool:
    """Whether a class is of a family; names that two families share are told apart by module."""
    module = entry.get("module")
    return entry["class_name"] in builtin_names(family) and module in (None, family)


def _apply(rules: dict[str, Rule], config: dict) -> list[tuple[str, Any]]:
    """Change `config` by the rules; returns what is lost."""
    lost = []
    for key in [k for k in config if k in rules]:
        rule, value = rules[key], config.pop(key)
        if isinstance(rule, Lost):
            lost += [(key, value)] if value else []
            continue
        new, convert = rule if isinstance(rule, tuple) else (rule, lambda v: v)
        value = convert(value)
        if new is not None:
            config[new] = value
    return lost


def _has_old_calls(config: dict) -> bool:
    calls = [c for layer in config.get("layers", ()) for c in layer.get("inbound_nodes", ())]
    return any(isinstance(call, list) for call in calls)


def _modernize_graph(config: dict) -> None:
    """The calls of a functional model, its inputs and outputs as Keras 3 writes them."""
    for layer in config.get("layers", ()):
        layer["inbound_nodes"] = [modern_call(c) for c in layer.get("inbound_nodes") or () if c]
        if layer.get("class_name") in tensor_ops.CLASSES:
            tensor_ops.replace(layer)
    _count_calls_from_zero(config)
    for end in ("input_layers", "output_layers"):
        config[end] = _unwrap(config.get(end))


def _count_calls_from_zero(config: dict) -> None:
    """Keras 2 counts the calls of a model in the graph from 1: 0 was the model's own making."""
    layers = config.get("layers", ())
    places = [p for layer in layers for p in _places(layer["inbound_nodes"])]
    for layer in layers:
        mine = [p for p in places if p[0] == layer.get("name")]
        if layer.get("class_name") in ("Functional", "Sequential") and all(p[1] > 0 for p in mine):
            for place in mine:
                place[1] -= 1


def _places(calls: Any) -> list[list]:
    """Where the tensors in these calls come from."""
    if isinstance(calls, dict) and calls.get("class_name") == "__keras_tensor__":
        return [calls["config"]["keras_history"]]
    inner = calls.values() if isinstance(calls, dict) else calls
    return [p for c in inner for p in _places(c)] if isinstance(calls, (dict, list)) else []


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
