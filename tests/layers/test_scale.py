"""The layers that `applications` needs and Keras exports from nowhere."""

import importlib

import numpy as np
import pytest

import addax
from addax.layers import scale

HOME = "keras.src.applications."
ROWS = {
    "CustomScaleLayer": ("inception_resnet_v2", {"scale": 0.3}),
    "LayerScale": ("convnext", {"init_values": 0.5, "projection_dim": 3}),
    "StochasticDepth": ("convnext", {"drop_path_rate": 0.4}),
}
X = np.random.default_rng(0).standard_normal((50, 2, 3)).astype("float32")


def made(name, module):
    return getattr(module, name)(**ROWS[name][1], name="it")


def called(layer, **given):
    return np.asarray(layer([X, X + 1] if "Custom" in type(layer).__name__ else X, **given))


@pytest.mark.parametrize("name", ROWS)
def test_as_in_keras(name):
    keras = pytest.importorskip("keras")
    ours = made(name, scale)
    theirs = made(name, importlib.import_module(HOME + ROWS[name][0]))
    np.testing.assert_allclose(called(ours), called(theirs), rtol=1e-6)
    for one, load, save in [
        (theirs, addax.saving.deserialize_keras_object, keras.saving.serialize_keras_object),
        (ours, keras.saving.deserialize_keras_object, addax.saving.serialize_keras_object),
    ]:
        other = load(save(one))
        np.testing.assert_allclose(called(other), called(one), rtol=1e-6)
        assert other.name == "it" and len(other.weights) == len(one.weights)


def test_stochastic_depth():
    addax.utils.set_random_seed(0)
    layer = scale.StochasticDepth(0.4)
    kept = (called(layer, training=True) / X).reshape(50, -1).round(3)
    np.testing.assert_allclose(np.unique(kept), [0, 1 / 0.6], atol=1e-3)
    assert (kept == kept[:, :1]).all() and 15 < (kept[:, 0] > 0).sum() < 45
