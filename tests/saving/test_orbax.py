"""Checkpoints of Orbax, written by Addax or by Keras, are read by both."""

import builtins

import keras
import numpy as np
import pytest

import addax
from addax import callbacks

pytest.importorskip("orbax.checkpoint")
X = np.random.default_rng(0).normal(size=(24, 3)).astype("float32")
Y = X.sum(1, keepdims=True)


def trained(library, folder, **options):
    layers = library.layers
    inputs = layers.Input((3,), name="x")
    hidden = layers.BatchNormalization(name="n")(layers.Dense(4, use_bias=False, name="a")(inputs))
    model = library.Model(inputs, layers.Dense(1, name="b")(hidden), name="m")
    model.compile("adam", "mse")
    callback = library.callbacks.OrbaxCheckpoint(str(folder), **options)
    model.fit(X, Y, epochs=3, batch_size=8, verbose=0, callbacks=[callback])
    callback.wait_until_finished()
    return model


@pytest.mark.parametrize("writer, reader", [(addax, addax), (keras, addax), (addax, keras)])
def test_a_model_in_a_folder(writer, reader, tmp_path):
    model = trained(writer, tmp_path / "run", save_on_background=writer is addax)
    loaded = reader.saving.load_model(str(tmp_path / "run"))
    np.testing.assert_allclose(loaded.predict(X, verbose=0), model.predict(X, verbose=0), 1e-5)
    for m in (model, loaded):
        m.fit(X, Y, batch_size=8, verbose=0, shuffle=False)
    np.testing.assert_allclose(
        loaded.predict(X, verbose=0), model.predict(X, verbose=0), rtol=1e-4, atol=1e-5
    )


def test_layers_that_were_built_elsewhere(tmp_path):
    model = addax.Sequential([addax.Input((3,)), addax.layers.Dense(1, name="a")], name="m")
    model.compile("adam", "mse")
    model.fit(X, Y, verbose=0, callbacks=[callbacks.OrbaxCheckpoint(tmp_path / "run")])
    loaded = addax.saving.load_model(tmp_path / "run")
    assert [v.path for v in model.weights] != [v.path for v in loaded.weights]
    for ours, theirs in zip(loaded.optimizer.variables, model.optimizer.variables, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(loaded.get_weights()[0], model.get_weights()[0])


def test_which_steps_stay(tmp_path):
    steps = lambda folder: sorted(int(p.name) for p in folder.iterdir() if p.name.isdigit())  # noqa: E731
    trained(addax, tmp_path / "epochs", max_to_keep=2)
    assert steps(tmp_path / "epochs") == [1, 2]
    trained(addax, tmp_path / "batches", save_freq=4, max_to_keep=None)
    assert steps(tmp_path / "batches") == [4, 8]
    trained(
        addax, tmp_path / "best", monitor="loss", save_best_only=True, initial_value_threshold=0
    )
    assert steps(tmp_path / "best") == []


def test_weights_alone(tmp_path):
    model = trained(addax, tmp_path / "run", save_weights_only=True, verbose=1)
    other = addax.models.clone_model(model)
    other.load_weights(tmp_path / "run" / "2")
    np.testing.assert_array_equal(other.predict(X, verbose=0), model.predict(X, verbose=0))
    with pytest.raises(ValueError, match="weights only, no model"):
        addax.models.load_model(tmp_path / "run")


def test_a_vocabulary_goes_along(tmp_path):
    lookup = addax.layers.StringLookup()
    lookup.adapt(np.array(["cat", "dog", "cat"]))
    texts = addax.Input((1,), dtype="string")
    embedded = addax.layers.Embedding(5, 2)(lookup(texts))
    model = addax.Model(texts, addax.layers.Flatten()(embedded))
    model.compile("sgd", "mse")
    words = np.array([["cat"], ["dog"]])
    callback = callbacks.OrbaxCheckpoint(tmp_path / "run")
    model.fit(words, np.zeros((2, 2)), verbose=0, callbacks=[callback])
    loaded = addax.models.load_model(tmp_path / "run")
    assert loaded.predict(words, verbose=0).tolist() == model.predict(words, verbose=0).tolist()


def test_the_package_is_missing(monkeypatch, tmp_path):
    real = builtins.__import__

    def absent(name, *args, **kwargs):
        if name.startswith("orbax"):
            raise ModuleNotFoundError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(ImportError, match=r"pip install 'addax\[orbax\]'"):
        callbacks.OrbaxCheckpoint(tmp_path)


@pytest.mark.parametrize(
    "options, words", [({"save_freq": "batch"}, "save_freq.*'batch'"), ({"save_freq": 0}, "0")]
)
def test_wrong_arguments(options, words, tmp_path):
    with pytest.raises(ValueError, match=words):
        callbacks.OrbaxCheckpoint(tmp_path, **options)
