"""FeatureSpace equals Keras's on TensorFlow, and starts models."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import addax
from addax import layers
from addax.utils import FeatureSpace

DATA = Path(__file__).parents[1] / "data"
SPACES = json.loads((DATA / "feature_spaces.json").read_text())


def made(arguments):
    """A FeatureSpace; a feature is its kind, or its kind and the arguments for that."""
    features = {
        n: f if isinstance(f, str) else getattr(FeatureSpace, f[0])(**f[1], name=n)
        for n, f in arguments["features"].items()
    }
    return FeatureSpace(**arguments | {"features": features}, name="space")


def adapted(row):
    space = made(row["arguments"])
    space.adapt(row["data"])
    return space


def named(encoded):
    return encoded if isinstance(encoded, dict) else {"": encoded}


def assert_equal(found, wanted):
    assert list(found) == list(wanted)
    for name, x in wanted.items():
        np.testing.assert_allclose(found[name], x, atol=1e-6)


each_space = pytest.mark.parametrize("row", SPACES, ids=lambda row: str(row["arguments"]))


@each_space
def test_encodings_equal_keras(row):
    assert_equal(named(adapted(row)(row["data"])), row["values"])


def plain(config):
    """A configuration without the mark that Keras sets on classes that it does not export."""
    if isinstance(config, dict):
        return {k: plain(v) for k, v in config.items()
                if k not in ("registered_name", "build_config", "shared_object_id")}  # fmt: skip
    return list(map(plain, config)) if isinstance(config, list) else config


@each_space
def test_config_equals_keras(row):
    space = adapted(row)
    config = json.loads(json.dumps(addax.saving.serialize_keras_object(space)))
    assert plain(config["config"]) == plain(row["config"])
    again = FeatureSpace.from_config(row["config"])
    again.adapt(row["data"])
    assert_equal(named(again(row["data"])), row["values"])


@each_space
def test_files_bring_what_was_learnt(row, tmp_path):
    space = adapted(row)
    space.save(tmp_path / "space.keras")
    again = addax.models.load_model(tmp_path / "space.keras")
    assert_equal(named(again(row["data"])), named(space(row["data"])))


def test_file_of_keras():
    again = addax.models.load_model(DATA / "feature_space.keras")
    assert_equal(named(again(SPACES[3]["data"])), SPACES[3]["values"])


SOURCES = {
    "columns": lambda data: {n: np.array(x)[:, None] for n, x in data.items()},
    "rows": lambda data: ({n: x[i] for n, x in data.items()} for i in range(5)),
    "pairs": lambda data: iter([({n: np.array(x) for n, x in data.items()}, np.zeros(5))]),
    "batches": lambda data: [{n: x[a:b] for n, x in data.items()} for a, b in [(0, 2), (2, 5)]],
}


@pytest.mark.parametrize("source", SOURCES)
def test_sources_of_adapt(source):
    row = SPACES[3]
    space = made(row["arguments"])
    space.adapt(SOURCES[source](row["data"]))
    exact = {"": row["values"][""]}
    found = named(space(row["data"]))
    if source == "batches":  # a summary of quantiles depends on how the data come
        learnt = [slice(0, 0), slice(32, None)]
        found, exact = ({"": np.concatenate([np.array(x[""])[:, s] for s in learnt], 1)}
                        for x in (found, exact))  # fmt: skip
    assert_equal(found, exact)


def test_one_row_gives_one_row():
    row = SPACES[3]
    found = adapted(row)({n: x[2] for n, x in row["data"].items()})
    np.testing.assert_allclose(found, row["values"][""][2], atol=1e-6)
    first = adapted(SPACES[5])({n: x[2] for n, x in row["data"].items()})
    assert first["f"].shape == (1,)


def test_models_start_from_the_features(tmp_path):
    row = SPACES[3]
    space = adapted(row)
    hidden = layers.Dense(4, activation="relu")(space.get_encoded_features())
    model = addax.Model(space.get_inputs(), layers.Dense(1)(hidden))
    model.compile(addax.optimizers.Adam(0.05), "mse")
    y = np.arange(5.0)
    losses = model.fit(row["data"], y, epochs=30, verbose=0).history["loss"]
    assert losses[-1] < 0.9 * losses[0]
    predicted = model.predict(row["data"], verbose=0)
    x = np.array(row["values"][""], "float32")
    np.testing.assert_allclose(model.layers[-1](model.layers[-2](x)), predicted, atol=1e-5)
    model.save(tmp_path / "model.keras")
    again = addax.models.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(again.predict(row["data"], verbose=0), predicted, atol=1e-6)


def test_a_layer_of_ones_own():
    texts = layers.TextVectorization(output_mode="count")
    space = FeatureSpace({"t": FeatureSpace.feature("string", texts, "float"), "f": "float"})
    data = {"t": ["a b a", "b"], "f": [1.0, 2.0]}
    space.adapt(data)
    np.testing.assert_array_equal(space(data), [[1.0, 0.0, 1.0, 2.0], [2.0, 0.0, 1.0, 0.0]])


def test_bins_of_given_boundaries():
    space = FeatureSpace({"f": FeatureSpace.float_discretized(None, bin_boundaries=[0.5])})
    np.testing.assert_array_equal(space({"f": [0.0, 1.0]}), [[1, 0], [0, 1]])


FLOAT = {"f": "float"}
ERRORS = [
    (lambda: FeatureSpace({}), r"has one or more features; received \{\}"),
    (lambda: FeatureSpace({"f": "floats"}), "Unknown kind of feature: 'floats'. Did you mean"),
    (lambda: FeatureSpace({"f": 3}), "Feature 'f' is a kind by name.*received 3"),
    (lambda: FeatureSpace(FLOAT, output_mode="list"), "output_mode is one of concat, dict"),
    (lambda: FeatureSpace(FLOAT, crosses=[("f", "g")]), "Unknown feature to cross: 'g'"),
    (lambda: FeatureSpace.cross("ab", 3, "hot"), "output_mode is one of int, one_hot"),
    (lambda: FeatureSpace.feature("int32", None, "hot"), "output_mode is one of int, one_hot"),
    (lambda: FeatureSpace({"f": "float_normalized"})({"f": [1.0]}), r"call adapt\(\) first.*\['f'"),
    (lambda: FeatureSpace({"f": "float_normalized"}).get_inputs(), r"call adapt\(\) first"),
    (lambda: FeatureSpace(FLOAT).adapt(3), "takes a dictionary of columns.*received 3"),
    (lambda: FeatureSpace(FLOAT)([1.0]), r"takes a dictionary of features; received \[1.0\]"),
    (lambda: FeatureSpace(FLOAT)({"g": [1.0]}), r"lack the features \['f'\]; they have \['g'\]"),
    (
        lambda: FeatureSpace({"h": FeatureSpace.string_hashed(3, "int")})({"h": ["a"]}),
        "'h' is of int32 and can't join",
    ),
    (
        lambda: FeatureSpace(
            {"f": FeatureSpace.feature("float32", layers.Rescaling(2.0), "one_hot")}
        )({"f": [1.0]}),
        "'f' can't be one-hot encoded: Rescaling gives float32",
    ),
]


@pytest.mark.parametrize("attempt, message", ERRORS, ids=[m for _, m in ERRORS])
def test_errors(attempt, message):
    with pytest.raises(ValueError) as caught:
        attempt()
    assert re.search(message, str(caught.value)), str(caught.value)
