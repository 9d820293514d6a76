"""Small files in the layouts of Keras 1, Keras 2 and tf.keras 2, written by hand.

`python make_legacy_h5.py FOLDER` writes them all; the tests call `write`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import h5py
import numpy as np

RANDOM = np.random.default_rng(0)


def array(*shape: int) -> np.ndarray:
    return RANDOM.random(shape).astype("float32")


def entry(class_name: str, /, **config: Any) -> dict:
    return {"class_name": class_name, "config": config}


def dense(name: str, units: int, activation: str = "linear", **more: Any) -> dict:
    """A layer as tf.keras 2 describes it, objects in its configuration included."""
    glorot = entry("GlorotUniform", seed=None)
    zeros = entry("Zeros")
    options = {
        "name": name,
        "trainable": True,
        "dtype": "float32",
        "units": units,
        "activation": activation,
        "use_bias": True,
        "kernel_initializer": glorot,
        "bias_initializer": zeros,
        "kernel_regularizer": None,
        "bias_regularizer": None,
        "activity_regularizer": None,
        "kernel_constraint": None,
        "bias_constraint": None,
    }
    return entry("Dense", **options, **more)


ADAM = {"name": "Adam", "learning_rate": 0.002, "decay": 0.0, "beta_1": 0.9, "beta_2": 0.999}
METRIC = {"name": "accuracy", "dtype": "float32", "fn": "categorical_accuracy"}
CROSSENTROPY = {
    "reduction": "auto",
    "name": "categorical_crossentropy",
    "from_logits": False,
    "label_smoothing": 0.0,
    "axis": -1,
    "fn": "categorical_crossentropy",
}
TRAINING = {
    "loss": {"class_name": "CategoricalCrossentropy", "config": CROSSENTROPY},
    "metrics": [[{"class_name": "MeanMetricWrapper", "config": METRIC}]],
    "weighted_metrics": None,
    "loss_weights": None,
    "optimizer_config": {
        "class_name": "Adam",
        "config": ADAM | {"epsilon": 1e-07, "amsgrad": False},
    },
}


def sequential() -> dict:
    """tf.keras 2: batch_input_shape, an InputLayer, axis lists, dtype policies."""
    normalization = {
        "name": "bn",
        "trainable": True,
        "axis": [1],
        "momentum": 0.99,
        "epsilon": 0.001,
        "dtype": {"class_name": "Policy", "config": {"name": "float32"}},
        "center": True,
        "scale": True,
        "beta_initializer": {"class_name": "Zeros", "config": {}},
    }
    source = {"batch_input_shape": [None, 4], "dtype": "float32", "sparse": False, "ragged": False}
    layers = [
        entry("InputLayer", name="dense_input", **source),
        dense("dense", 3, "relu", batch_input_shape=[None, 4]),
        entry("BatchNormalization", **normalization),
        entry(
            "Dropout",
            name="drop",
            trainable=True,
            dtype="float32",
            rate=0.2,
            noise_shape=None,
            seed=None,
        ),
        dense("out", 2, "softmax"),
    ]
    k, b = array(4, 3), array(3)
    out, ob = array(3, 2), array(2)
    values = {
        "dense": {"dense/kernel:0": k, "dense/bias:0": b},
        "bn": {
            "bn/gamma:0": array(3),
            "bn/beta:0": array(3),
            "bn/moving_mean:0": array(3),
            "bn/moving_variance:0": array(3),
        },
        "drop": {},
        "out": {"out/kernel:0": out, "out/bias:0": ob},
    }
    trained = [k, b, array(3), array(3), out, ob]
    slots = {"Adam/iter:0": np.array(7, "int64")}
    for slot in "mv":
        slots |= {f"Adam/w{i}/{slot}:0": array(*w.shape) for i, w in enumerate(trained)}
    config = entry("Sequential", name="sequential", layers=layers)
    return {"version": "2.10.0", "config": config, "weights": values, "optimizer": slots}


def functional() -> dict:
    """Keras 2: class "Model", calls as lists, a layer used twice, a merge, a nested model."""
    source = entry(
        "InputLayer", batch_input_shape=[None, 4], dtype="float32", sparse=False, name="i"
    )
    inner_source = entry(
        "InputLayer", batch_input_shape=[None, 4], dtype="float32", sparse=False, name="j"
    )
    inner = entry(
        "Model",
        name="inner",
        layers=[
            inner_source | {"name": "j", "inbound_nodes": []},
            dense("deep", 4) | {"name": "deep", "inbound_nodes": [[["j", 0, 0, {}]]]},
        ],
        input_layers=[["j", 0, 0]],
        output_layers=[["deep", 0, 0]],
    )
    calls = [[["i", 0, 0, {}]], [["twice", 0, 0, {}]]]
    both = [[["twice", 1, 0, {}], ["inner", 1, 0, {}]]]
    add = entry("Add", name="add", trainable=True, dtype="float32")
    layers = [
        source | {"name": "i", "inbound_nodes": []},
        dense("twice", 4, "tanh") | {"name": "twice", "inbound_nodes": calls},
        inner | {"name": "inner", "inbound_nodes": [[["i", 0, 0, {}]]]},
        add | {"name": "add", "inbound_nodes": both},
    ]
    config = entry(
        "Model", name="m", layers=layers, input_layers=[["i", 0, 0]], output_layers=[["add", 0, 0]]
    )
    values = {
        "i": {},
        "twice": {"twice/kernel:0": array(4, 4), "twice/bias:0": array(4)},
        "inner": {"deep/kernel:0": array(4, 4), "deep/bias:0": array(4)},
        "add": {},
    }
    return {"version": "2.2.4", "config": config, "weights": values}


def recurrent() -> dict:
    """Keras 2: input_length, implementation, time_major."""
    options = {"implementation": 2, "time_major": False, "return_sequences": False}
    options |= {"recurrent_activation": "sigmoid", "unit_forget_bias": True, "dropout": 0.0}
    layers = [
        entry(
            "Embedding",
            name="e",
            trainable=True,
            batch_input_shape=[None, 5],
            dtype="float32",
            input_dim=9,
            output_dim=3,
            mask_zero=False,
            input_length=5,
        ),
        entry("LSTM", name="lstm", trainable=True, dtype="float32", units=2, **options),
    ]
    cell = "lstm/lstm_cell"
    values = {
        "e": {"e/embeddings:0": array(9, 3)},
        "lstm": {
            f"{cell}/kernel:0": array(3, 8),
            f"{cell}/recurrent_kernel:0": array(2, 8),
            f"{cell}/bias:0": array(8),
        },
    }
    config = entry("Sequential", name="s", layers=layers)
    return {"version": "2.4.0", "config": config, "weights": values}


def first() -> dict:
    """Keras 1: a bare list of layers, output_dim, init, W_regularizer, p."""
    options = {"init": "glorot_uniform", "W_regularizer": None, "b_regularizer": None, "bias": True}
    layers = [
        entry(
            "Dense",
            name="d1",
            output_dim=3,
            activation="tanh",
            input_dim=4,
            batch_input_shape=[None, 4],
            input_dtype="float32",
            **options,
        ),
        entry("Dropout", name="p1", p=0.3, trainable=True),
        entry("Dense", name="d2", output_dim=2, activation="linear", input_dim=3, **options),
    ]
    values = {
        "d1": {"d1_W": array(4, 3), "d1_b": array(3)},
        "p1": {},
        "d2": {"d2_W": array(3, 2), "d2_b": array(2)},
    }
    config = {"class_name": "Sequential", "config": layers}
    return {"version": "1.2.2", "config": config, "weights": values}


def theano() -> dict:
    """Keras 1: dim_ordering "th", kernels of Theano's order, gates one by one, a Merge."""
    image = {"dim_ordering": "th", "border_mode": "valid", "subsample": [1, 1], "bias": True}
    source = {"batch_input_shape": [None, 2, 5, 4], "input_dtype": "float32"}
    recurrent = {"init": "zeros", "inner_activation": "sigmoid", "activation": "tanh"}
    rows = [
        ("InputLayer", "i", source, []),
        ("Convolution2D", "c", image | {"nb_filter": 3, "nb_row": 2, "nb_col": 3}, ["i"]),
        ("Reshape", "r", {"target_shape": [4, 6]}, ["c"]),
        ("Convolution1D", "c1", {"nb_filter": 4, "filter_length": 2}, ["r"]),
        ("LSTM", "l", recurrent | {"output_dim": 2}, ["c1"]),
        ("GRU", "g", recurrent | {"output_dim": 2}, ["c1"]),
        ("Merge", "m", {"mode": "concat", "concat_axis": -1}, ["l", "g"]),
    ]
    layers = [
        entry(kind, **({"name": name} | config))
        | {"name": name, "inbound_nodes": [[[x, 0, 0] for x in inputs]] if inputs else []}
        for kind, name, config, inputs in rows
    ]
    ends = {"input_layers": [["i", 0, 0]], "output_layers": [["m", 0, 0]]}
    gate = lambda part, gates: {  # noqa: E731
        f"{part}_{kind}_{g}": array(*shape)
        for g in gates
        for kind, shape in {"W": (4, 2), "U": (2, 2), "b": (2,)}.items()
    }
    values = {name: {} for _, name, _, _ in rows} | {
        "c": {"c_W": array(3, 2, 2, 3), "c_b": array(3)},
        "c1": {"c1_W": array(2, 1, 6, 4), "c1_b": array(4)},
        "l": gate("l", "icfo"),
        "g": gate("g", "zrh"),
    }
    config = entry("Model", name="m1", layers=layers, **ends)
    return {"version": "1.2.2", "config": config, "weights": values}


def cudnn() -> dict:
    """Keras 2 on GPUs: layers without activations, kernels of cuDNN's order, two biases."""
    layers = [
        entry(
            "CuDNNLSTM", name="l", units=2, return_sequences=True, batch_input_shape=[None, 5, 3]
        ),
        entry("CuDNNGRU", name="g", units=2, return_sequences=False),
    ]
    values = {
        "l": {
            "l/kernel:0": array(3, 8),
            "l/recurrent_kernel:0": array(2, 8),
            "l/bias:0": array(16),
        },
        "g": {
            "g/kernel:0": array(2, 6),
            "g/recurrent_kernel:0": array(2, 6),
            "g/bias:0": array(12),
        },
    }
    config = entry("Sequential", name="s", layers=layers)
    return {"version": "2.2.4", "config": config, "weights": values}


FILES = {f.__name__: f for f in (sequential, functional, recurrent, first, theano, cudnn)}


def _put(group: h5py.Group, values: dict[str, np.ndarray]) -> None:
    group.attrs["weight_names"] = np.array([n.encode() for n in values] or [], "S80")
    for name, value in values.items():
        group.create_dataset(name, data=value)


def write(kind: str, path: Any) -> dict[str, dict[str, np.ndarray]]:
    """Write one file; returns its weights by layer and name."""
    made = FILES[kind]()
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = made["version"].encode()
        file.attrs["backend"] = b"theano" if kind == "theano" else b"tensorflow"
        file.attrs["model_config"] = json.dumps(made["config"]).encode()
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = np.array([n.encode() for n in made["weights"]])
        weights.attrs["keras_version"] = made["version"].encode()
        for name, values in made["weights"].items():
            _put(weights.create_group(name), values)
        if "optimizer" in made:
            file.attrs["training_config"] = json.dumps(TRAINING).encode()
            _put(file.create_group("optimizer_weights"), made["optimizer"])
    return made["weights"] | {"optimizer": made.get("optimizer", {})}


if __name__ == "__main__":
    for each in FILES:
        write(each, Path(sys.argv[1]) / f"{each}.h5")
