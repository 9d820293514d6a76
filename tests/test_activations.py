"""Activations beside those of Keras: values, gradients, names."""

import inspect

import jax
import keras
import numpy as np
import pytest

from addax import activations
from addax.core.layer import Layer

X = np.array([[-7.0, -2.0, -0.6, -0.3], [0.1, 0.5, 1.3, 6.5], [-1.0, 0.2, 3.0, 9.0]], "float32")
EXTRA = {
    "celu": [{"alpha": 0.5}],
    "elu": [{"alpha": 0.5}],
    "gelu": [{"approximate": True}],
    "glu": [{"axis": 1}],
    "hard_shrink": [{"threshold": 0.2}],
    "leaky_relu": [{"negative_slope": 0.4}],
    "log_softmax": [{"axis": 0}],
    "relu": [
        {"negative_slope": 0.1},
        {"max_value": 2.0},
        {"max_value": 6},
        {"threshold": 0.4},
        {"negative_slope": 0.1, "max_value": 6, "threshold": 0.4},
        {"negative_slope": 0.1, "max_value": 6},
    ],
    "soft_shrink": [{"threshold": 0.2}],
    "softmax": [{"axis": 0}],
    "sparsemax": [{"axis": 0}],
    "squareplus": [{"b": 2}],
}
REQUIRED = {"threshold": {"threshold": 0.3, "default_value": -1.0}}
FUNCTIONS = {"get", "serialize", "deserialize"}
PUBLIC = [n for n in dir(keras.activations) if not n.startswith("_")]
CASES = [
    (name, REQUIRED.get(name, {}) | kwargs)
    for name in PUBLIC
    if name not in FUNCTIONS
    for kwargs in [{}, *EXTRA.get(name, [])]
]


@pytest.mark.parametrize(("name", "kwargs"), CASES, ids=[f"{n}-{k}" for n, k in CASES])
def test_values_and_gradients_are_those_of_keras(name, kwargs):
    results = []
    for module in (activations, keras.activations):
        fn = getattr(module, name)
        y, back = jax.vjp(lambda x, fn=fn: fn(x, **kwargs), X)
        results.append((y, back(np.cos(np.arange(y.size, dtype="float32")).reshape(y.shape))[0]))
    (y, dx), (y_keras, dx_keras) = results
    assert y.dtype == y_keras.dtype
    np.testing.assert_allclose(y, y_keras, rtol=2e-6, atol=1e-6)
    # The derivative of a gelu by tanh multiplies what is left of 1 - tanh² at -7 by its square.
    atol = 1e-5 if kwargs.get("approximate") else 1e-6
    np.testing.assert_allclose(dx, dx_keras, rtol=1e-5, atol=atol)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_exists(name):
    ours, theirs = getattr(activations, name), getattr(keras.activations, name)
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters)
    defaults = {n: p.default for n, p in inspect.signature(theirs).parameters.items()}
    assert {n: p.default for n, p in inspect.signature(ours).parameters.items()} == defaults


@pytest.mark.parametrize("name", [n for n in PUBLIC if n not in FUNCTIONS])
def test_names_and_configurations_are_those_of_keras(name):
    ours = activations.get(name)
    assert ours is getattr(activations, name)
    stored = activations.serialize(ours)
    assert stored == keras.activations.serialize(keras.activations.get(name))
    assert activations.deserialize(stored) is ours


def test_identifiers():
    def own(x):
        return x

    assert activations.get(None) is activations.linear
    assert activations.get(own) is own
    stored = activations.serialize(own)
    assert activations.deserialize(stored, {"own": own}) is own
    assert activations.deserialize("relu") is activations.relu
    layer = Layer()
    assert activations.get(layer) is layer
    with pytest.raises(ValueError, match="Did you mean 'sigmoid'"):
        activations.get("sigmod")
    with pytest.raises(ValueError, match="received 3"):
        activations.get(3)
