"""Files of Keras 1, Keras 2 and tf.keras 2, and the words that changed since."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from addax import activations, saving
from addax.saving.migrate import migrate

SCRIPT = Path(__file__).parents[1] / "data" / "make_legacy_h5.py"
SPEC = importlib.util.spec_from_file_location("make_legacy_h5", SCRIPT)
assert SPEC is not None and SPEC.loader is not None
golden = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(golden)

X = np.random.default_rng(1).random((5, 4)).astype("float32")


def layer(x, weights, activation=lambda v: v):
    kernel, bias = weights.values()
    return activation(x @ kernel + bias)


def relu(v):
    return np.maximum(v, 0)


def softmax(v):
    e = np.exp(v)
    return e / e.sum(-1, keepdims=True)


def expected_sequential(w):
    gamma, beta, mean, variance = w["bn"].values()
    y = (layer(X, w["dense"], relu) - mean) / np.sqrt(variance + 1e-3) * gamma + beta
    return layer(y, w["out"], softmax)


def expected_functional(w):
    twice = layer(layer(X, w["twice"], np.tanh), w["twice"], np.tanh)
    return twice + layer(X, w["inner"])


def expected_first(w):
    return layer(layer(X, w["d1"], np.tanh), w["d2"])


EXPECTED = {
    "sequential": expected_sequential,
    "functional": expected_functional,
    "first": expected_first,
}


@pytest.mark.parametrize("kind", EXPECTED)
def test_old_files(kind, tmp_path):
    weights = golden.write(kind, tmp_path / "old.h5")
    model = saving.load_model(tmp_path / "old.h5")
    expected = EXPECTED[kind](weights)
    np.testing.assert_allclose(model.predict(X, verbose=0), expected, rtol=1e-5, atol=1e-6)


def test_old_recurrent(tmp_path):
    weights = golden.write("recurrent", tmp_path / "old.h5")
    model = saving.load_model(tmp_path / "old.h5")
    assert model.predict(np.ones((2, 5)), verbose=0).shape == (2, 2)
    flat = [v for values in weights.values() for v in values.values()]
    for found, value in zip(model.get_weights(), flat, strict=True):
        np.testing.assert_array_equal(found, value)


def test_old_training(tmp_path):
    """The optimizer goes on: Keras 2 orders its state by slot, not by weight."""
    state = golden.write("sequential", tmp_path / "old.h5")["optimizer"]
    model = saving.load_model(tmp_path / "old.h5")
    found = {v.path.split("/")[-1]: v for v in model.optimizer.variables}
    values = [np.asarray(v) for v in model.optimizer.variables]
    assert values[0] == 7 and np.isclose(values[1], 0.002), list(found)
    for i in range(6):
        np.testing.assert_array_equal(values[2 + 2 * i], state[f"Adam/w{i}/m:0"])
        np.testing.assert_array_equal(values[3 + 2 * i], state[f"Adam/w{i}/v:0"])
    y = np.eye(2, dtype="float32")[[0, 1, 0, 1, 0]]
    logs = model.evaluate(X, y, verbose=0, return_dict=True)
    assert set(logs) == {"loss", "accuracy"}


def test_weights_of_an_old_file(tmp_path):
    weights = golden.write("first", tmp_path / "old.bin")
    model = saving.load_model(tmp_path / "old.bin")
    model.set_weights([w * 0 for w in model.get_weights()])
    model.load_weights(tmp_path / "old.bin")
    np.testing.assert_array_equal(model.get_weights()[0], weights["d1"]["d1_W"])


@pytest.mark.parametrize(
    "name, old, new",
    [
        ("Dense", {"output_dim": 3, "init": "zeros"}, {"units": 3, "kernel_initializer": "zeros"}),
        ("Dropout", {"p": 0.5}, {"rate": 0.5}),
        ("BatchNormalization", {"axis": [3], "fused": True}, {"axis": 3}),
        ("BatchNormalization", {"axis": 3, "mode": 0}, {"axis": 3}),
        ("InputLayer", {"batch_input_shape": [None, 3]}, {"batch_shape": [None, 3]}),
        (
            "LSTM",
            {"inner_activation": "tanh", "time_major": False},
            {"recurrent_activation": "tanh"},
        ),
        ("LSTM", {"dropout_W": 0.1, "consume_less": "cpu"}, {"dropout": 0.1}),
        (
            "Conv2D",
            {"nb_filter": 2, "nb_row": 3, "nb_col": 4},
            {"filters": 2, "kernel_size": [3, 4]},
        ),
        (
            "Conv2D",
            {"dim_ordering": "tf", "border_mode": "same"},
            {"data_format": "channels_last", "padding": "same"},
        ),
        ("DepthwiseConv2D", {"groups": 1, "kernel_size": 3}, {"kernel_size": 3}),
        ("Adam", {"lr": 0.1, "decay": 0.0}, {"learning_rate": 0.1, "decay": 0.0}),
        ("Conv2DTranspose", {"groups": 1}, {}),
        ("SeparableConv1D", {"groups": 1, "kernel_constraint": None}, {}),
        ("MultiHeadAttention", {"query_shape": [None, 3]}, {}),
        ("SpatialDropout2D", {"p": 0.2, "noise_shape": None}, {"rate": 0.2}),
        ("Embedding", {"W_constraint": None}, {"embeddings_constraint": None}),
        ("Zeros", {"dtype": "float32"}, {}),
        ("Huber", {"reduction": "auto", "fn": "huber"}, {"reduction": "sum_over_batch_size"}),
    ],
)
def test_words(name, old, new):
    assert migrate({"class_name": name, "config": old}, {})["config"] == new


def test_words_of_own_classes_stay():
    config = {"class_name": "Mine", "config": {"bias": 1, "init": 2}, "registered_name": "a>Mine"}
    assert migrate(config, {}) == config
    config = {"class_name": "Mine", "config": {"bias": 1}}
    assert migrate(config, {"Mine": object}) == config


@pytest.mark.parametrize(
    "name, config", [("LSTM", {"time_major": True}), ("Conv2DTranspose", {"groups": 2})]
)
def test_what_is_not_computed_is_refused(name, config):
    with pytest.raises(saving.LoadError, match="does not compute"):
        migrate({"class_name": name, "config": config}, {})


def test_what_is_lost_is_said():
    config = {"class_name": "Embedding", "config": {"dropout": 0.2, "input_dim": 3}}
    with pytest.warns(UserWarning, match=r"left out: Embedding\.dropout=0\.2\."):
        assert migrate(config, {})["config"] == {"input_dim": 3}


def test_words_whose_meaning_changed():
    """The logistic function's stand-in of Keras 2 was steeper, and its GRU reset first."""
    config = {"class_name": "GRU", "config": {"units": 2, "recurrent_activation": "hard_sigmoid"}}
    assert migrate(config, {})["config"] == config["config"]
    changed = {"recurrent_activation": "keras2_hard_sigmoid", "reset_after": False}
    assert migrate(config, {}, old=True)["config"] == config["config"] | changed
    x = np.linspace(-4, 4, 9, dtype="float32")
    found = activations.get("keras2_hard_sigmoid")(x)
    np.testing.assert_allclose(found, np.clip(0.2 * x + 0.5, 0, 1), rtol=1e-6)


def test_unknown_functions_of_tensorflow_are_refused():
    entry = {"class_name": "TFOpLambda", "name": "f", "config": {"function": "io.read_file"}}
    graph = {"layers": [entry | {"inbound_nodes": [[["i", 0, 0, {}]]]}]}
    with pytest.raises(saving.LoadError, match=r"calls tf\.io\.read_file, which is not among"):
        migrate({"class_name": "Functional", "config": graph}, {})


def test_layouts_of_theano(tmp_path):
    """Kernels are turned and flipped, and the gates joined in today's order."""
    w = golden.write("theano", tmp_path / "old.h5")
    model = saving.load_model(tmp_path / "old.h5")
    kernel, kernel1 = w["c"]["c_W"].transpose(2, 3, 1, 0)[::-1, ::-1], w["c1"]["c1_W"][::-1, 0]
    gates = {
        name: [np.concatenate([w[name][f"{name}_{kind}_{g}"] for g in order], -1) for kind in "WUb"]
        for name, order in {"l": "ifco", "g": "zrh"}.items()
    }
    expected = [kernel, w["c"]["c_b"], kernel1, w["c1"]["c1_b"], *gates["l"], *gates["g"]]
    for found, value in zip(model.get_weights(), expected, strict=True):
        np.testing.assert_array_equal(found, value)
    assert not model.get_layer("g").reset_after
    assert model.predict(np.ones((2, 2, 5, 4)), verbose=0).shape == (2, 4)


def test_layouts_of_cudnn(tmp_path):
    """Each gate's kernel is stored by units; LSTM's two biases are one."""
    w = golden.write("cudnn", tmp_path / "old.h5")
    model = saving.load_model(tmp_path / "old.h5")
    expected = []
    for values, gates in zip((w["l"], w["g"]), (4, 3), strict=True):
        kernel, recurrent, bias = values.values()
        parts = [p.ravel().reshape(2, -1).T for p in np.split(kernel, gates, 1)]
        turned = [p.T for p in np.split(recurrent, gates, 1)]
        both = bias.reshape(2, -1)
        expected += [np.hstack(parts), np.hstack(turned), both.sum(0) if gates == 4 else both]
    for found, value in zip(model.get_weights(), expected, strict=True):
        np.testing.assert_allclose(found, value, rtol=1e-6)
    assert model.layers[1].reset_after


def test_merges():
    config = {"mode": "mean", "name": "m"}
    with pytest.raises(saving.LoadError, match="merges by 'mean'; known are sum, mul"):
        migrate({"class_name": "Merge", "config": config}, {})
