"""TensorFlow functions in the graphs of tf.keras files, as the functions of `addax.ops`.

The table is closed: a name that is not in it is refused, and nothing is ever looked up elsewhere.
"""

from typing import Any

import numpy as np

from addax import ops
from addax.ops import keras_classes
from addax.saving.guard import LoadError

CLASSES = ("TFOpLambda", "SlicingOpLambda")
PREFIXES = ("compat.v1.", "math.", "nn.", "linalg.", "__operators__.", "keras.backend.")
OPS = {
    "getitem": "get_item", "truediv": "true_divide", "div": "true_divide", "pow": "power",
    "floordiv": "floor_divide", "floormod": "mod", "neg": "negative", "reduce_sum": "sum",
    "reduce_mean": "mean", "reduce_max": "max", "reduce_min": "min", "reduce_prod": "prod",
    "reduce_any": "any", "reduce_all": "all", "reduce_std": "std", "reduce_variance": "var",
    "reduce_logsumexp": "logsumexp", "concat": "concatenate", "clip_by_value": "clip",
    "l2_normalize": "normalize", "swish": "silu", "gather": "take", "reverse": "flip",
} | {
    name: name
    for name in """add subtract multiply divide negative maximum minimum exp log log1p expm1 sqrt
        rsqrt square abs sign floor ceil round sin cos tan sinh cosh tanh sigmoid erf softplus
        softsign relu relu6 elu selu gelu leaky_relu softmax log_softmax silu argmax argmin cumsum
        cumprod greater greater_equal less less_equal equal not_equal logical_and logical_or
        logical_not isnan reciprocal stack unstack split reshape transpose expand_dims squeeze tile
        repeat cast matmul where zeros_like ones_like pad one_hot""".split()
}  # fmt: skip
RENAMED = {
    "y": "x2", "b": "x2", "perm": "axes", "shape": "newshape", "multiples": "repeats",
    "paddings": "pad_width", "clip_value_min": "x_min", "clip_value_max": "x_max",
    "num_or_size_splits": "indices_or_sections", "alpha": "negative_slope",
    "keep_dims": "keepdims", "depth": "num_classes", "num": "num",
}  # fmt: skip
WITHOUT_MEANING = ("name", "conjugate", "validate_indices", "adjoint_a", "adjoint_b")


def replace(entry: dict) -> None:
    """Turn a layer that holds a TensorFlow function into the op. LoadError for unknown ones."""
    full = entry["config"].get("function") or entry["config"].get("symbol")
    short = str(full)
    for prefix in PREFIXES:
        short = short.removeprefix(prefix)
    if short not in OPS:
        raise LoadError(
            f"The file's graph calls tf.{full}, which is not among the TensorFlow functions known "
            "here. Build the model anew with addax.ops, then call load_weights(path) on it."
        )
    name, calls = OPS[short], [_call(short, c) for c in entry["inbound_nodes"]]
    transposed = [c["kwargs"].pop("transposed", None) for c in calls]
    config = {"name": entry["config"].get("name") or entry["name"]}
    if any(transposed):
        name, config["subscripts"] = "einsum", transposed[0]
        calls = [{"args": [*c["args"], c["kwargs"]["x2"]], "kwargs": {}} for c in calls]
    home, class_name = keras_classes.CLASS_NAMES[getattr(ops, name)]
    entry |= {"module": home, "class_name": class_name, "config": config, "inbound_nodes": calls}


def _call(short: str, call: dict) -> dict:
    args, kwargs = list(call["args"]), dict(call["kwargs"])
    if short == "where":
        kwargs["x1"] = kwargs.pop("x", None)
    kwargs = {
        RENAMED.get(k, k): v
        for k, v in kwargs.items()
        if k not in WITHOUT_MEANING and v is not None and v != ""
    }
    special = SPECIAL.get(short)
    if special is not None:
        special(args, kwargs)
    return {"args": args, "kwargs": kwargs}


def _getitem(args: list, kwargs: dict) -> None:
    given = kwargs.pop("slice_spec")
    args.append([_index(i) for i in (given if isinstance(given, list) else [given])])


def _index(item: Any) -> Any:
    if isinstance(item, dict) and item.keys() == {"start", "stop", "step"}:
        return {"class_name": "__slice__", "config": item}
    if isinstance(item, dict) and item.get("class_name") == "__ellipsis__":
        return item | {"config": {}}
    return item


def _matmul(args: list, kwargs: dict) -> None:
    """An einsum where one side is transposed."""
    first = "...ji" if kwargs.pop("transpose_a", False) else "...ij"
    second = "...kj" if kwargs.pop("transpose_b", False) else "...jk"
    if (first, second) != ("...ij", "...jk"):
        kwargs["transposed"] = f"{first},{second}->...ik"


def _split(args: list, kwargs: dict) -> None:
    """TensorFlow lists sizes, NumPy the places between."""
    sizes = kwargs["indices_or_sections"]
    if isinstance(sizes, list):
        kwargs["indices_or_sections"] = np.cumsum(sizes)[:-1].tolist()


def _pad(args: list, kwargs: dict) -> None:
    kwargs["mode"] = str(kwargs.get("mode", "constant")).lower()
    if kwargs["mode"] != "constant":
        kwargs.pop("constant_values", None)


def _take(args: list, kwargs: dict) -> None:
    kwargs.setdefault("axis", 0)


SPECIAL = {
    "getitem": _getitem,
    "matmul": _matmul,
    "split": _split,
    "pad": _pad,
    "gather": _take,
}
