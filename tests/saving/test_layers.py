"""Every layer's files: the paths and shapes of Keras's, and outputs after a change of library."""

import importlib.util
import inspect
import json
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from layer_rows import Case, build, inputs_for

import addax

TESTS = Path(__file__).parents[1] / "layers"


def rows_of_layers():
    """One row a layer, of those that its own tests have: the first in full precision."""
    found = {}
    for path in sorted(TESTS.glob("test_*.py")):
        spec = importlib.util.spec_from_file_location(f"rows_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        tables = [v for v in vars(module).values() if isinstance(v, list)]
        for row in (r for table in tables for r in table if isinstance(r, Case)):
            if "dtype" not in row.kwargs and row.options.get("endings") != ():
                found.setdefault(row.name, row)
    return found


ROWS = rows_of_layers()
STEPS = (2, 5, 3)
# What rows can't say: layers of several arguments, or around others.
MADE = {
    "MultiHeadAttention": lambda k, x: k.layers.MultiHeadAttention(2, 3, dropout=0.1)(x, x),
    "MultiHeadAttention gated": lambda k, x: k.layers.MultiHeadAttention(2, 3, use_gate=True)(x, x),
    "GroupQueryAttention": lambda k, x: k.layers.GroupQueryAttention(3, 4, 2)(x, x),
    "AdditiveAttention": lambda k, x: k.layers.AdditiveAttention()([x, x]),
    "Attention": lambda k, x: k.layers.Attention(use_scale=True)([x, x]),
    "Bidirectional": lambda k, x: k.layers.Bidirectional(k.layers.LSTM(3))(x),
    "Bidirectional GRU": lambda k, x: k.layers.Bidirectional(
        k.layers.GRU(3, return_sequences=True), backward_layer=k.layers.GRU(
            3, return_sequences=True, go_backwards=True)
    )(x),
    "TimeDistributed": lambda k, x: k.layers.TimeDistributed(k.layers.BatchNormalization())(x),
    "RNN": lambda k, x: k.layers.RNN(k.layers.LSTMCell(3))(x),
    "RNN of cells": lambda k, x: k.layers.RNN(
        [k.layers.GRUCell(3), k.layers.LSTMCell(4), k.layers.SimpleRNNCell(2)]
    )(x),
    "StackedRNNCells": lambda k, x: k.layers.Bidirectional(
        k.layers.RNN(k.layers.StackedRNNCells([k.layers.GRUCell(3), k.layers.GRUCell(4)]))
    )(x),
    "SpectralNormalization": lambda k, x: k.layers.SpectralNormalization(k.layers.Dense(3))(x),
    "Normalization": lambda k, x: adapted(k.layers.Normalization())(x),
    "Normalization given": lambda k, x: k.layers.Normalization(mean=1.0, variance=2.0)(x),
    "Pipeline": lambda k, x: k.layers.Pipeline([k.layers.Rescaling(0.3), k.layers.ReLU()])(x),
    "Rescaling": lambda k, x: k.layers.Rescaling(0.3, offset=1.0)(x),
}  # fmt: skip


def adapted(layer):
    layer.adapt(np.random.default_rng(0).normal(size=(8, 5, 3)).astype("float32"))
    return layer


def model_of(name, library):
    """A functional model of one layer, and its inputs."""
    if name in MADE:
        x = library.Input(STEPS[1:])
        return library.Model(x, MADE[name](library, x)), np.linspace(-1, 1, 30, dtype="f4").reshape(
            STEPS
        )
    row = ROWS[name]
    x = inputs_for(row)
    flat = x if isinstance(x, list) else [x]
    inputs = [library.Input(a.shape[1:], dtype=str(a.dtype)) for a in flat]
    given = inputs if isinstance(x, list) else inputs[0]
    return library.Model(given, build(library, row)(given)), x


def paths_in(file):
    """The tensors of an HDF5 file, without the states of seeds, which Keras does not store."""
    found = {}

    def visit(name, thing):
        if isinstance(thing, h5py.Dataset) and "seed_generator" not in name:
            found[name] = thing.shape, thing.dtype

    with h5py.File(file) as opened:
        opened.visititems(visit)
    return found


NAMES = sorted({*ROWS, *MADE})


@pytest.mark.filterwarnings("ignore:Explicitly requested dtype int64")  # Keras's MixUp
@pytest.mark.parametrize("name", NAMES)
def test_files_of_a_layer(name, tmp_path):
    (ours, x), (theirs, _) = (model_of(name, k) for k in (addax, keras))
    endings = ROWS[name].options.get("endings") if name in ROWS else None
    for model, file in ((ours, "ours"), (theirs, "theirs")):
        model.save_weights(tmp_path / f"{file}.weights.h5")
    assert paths_in(tmp_path / "ours.weights.h5") == paths_in(tmp_path / "theirs.weights.h5")
    atol = 1e-3 if name == "MelSpectrogram" else 1e-5  # decibels: logarithms of tiny powers
    for model, other, library in ((ours, theirs, keras), (theirs, ours, addax)):
        want = addax.tree.flatten(model(x))
        for ending in endings or ("keras", "h5"):
            model.save(tmp_path / f"m.{ending}")
            found = addax.tree.flatten(library.saving.load_model(tmp_path / f"m.{ending}")(x))
            for a, b in zip(found, want, strict=True):
                np.testing.assert_allclose(a, b, rtol=1e-4, atol=atol)
        model.save_weights(tmp_path / "w.weights.h5")
        other.load_weights(tmp_path / "w.weights.h5")
        for a, b in zip(model.get_weights(), other.get_weights(), strict=True):
            np.testing.assert_array_equal(a, b)


def test_every_layer_has_a_row():
    api = json.loads((TESTS.parent / "data" / "api.json").read_text())["addax.layers"]
    public = [getattr(addax.layers, n) for n in api if hasattr(addax.layers, n)]
    kinds = {c for c in public if inspect.isclass(c) and issubclass(c, addax.Layer)}
    tested = {getattr(addax.layers, n.split()[0]) for n in NAMES}
    plain = {"Layer", "InputLayer", "Wrapper", "GRUCell", "LSTMCell", "SimpleRNNCell"}
    texts = set("TextVectorization StringLookup IntegerLookup Hashing HashedCrossing".split())
    code = {"Lambda", "JaxLayer", "FlaxLayer", "TFSMLayer", "TorchModuleWrapper"}
    refused = {"Equalization", "AugMix"}  # Keras can't put it into a model; has no seed for it
    rest = (
        {c.__name__ for c in kinds - tested} - plain - code - texts - refused
    )  # texts have files of their own, recorded with TensorFlow
    assert rest == set()
