"""Constraints beside those of Keras: values, configurations."""

import inspect
import json

import keras
import numpy as np
import pytest

from addax import constraints

W = np.random.default_rng(0).normal(size=(4, 3, 2)).astype("float32")
CASES = [
    ("MaxNorm", {}),
    ("MaxNorm", {"max_value": 0.8, "axis": 1}),
    ("MaxNorm", {"max_value": 0.8, "axis": (0, 1)}),
    ("NonNeg", {}),
    ("UnitNorm", {}),
    ("UnitNorm", {"axis": -1}),
    ("MinMaxNorm", {}),
    ("MinMaxNorm", {"min_value": 0.9, "max_value": 1.1, "rate": 0.4, "axis": 1}),
]
PUBLIC = [n for n in dir(keras.constraints) if not n.startswith("_")]


@pytest.mark.parametrize(("name", "kwargs"), CASES, ids=[f"{n}-{k}" for n, k in CASES])
def test_weights_become_those_of_keras(name, kwargs):
    ours, theirs = getattr(constraints, name)(**kwargs), getattr(keras.constraints, name)(**kwargs)
    np.testing.assert_allclose(ours(W), theirs(W), rtol=1e-6, atol=1e-7)
    stored = constraints.serialize(ours)
    assert json.dumps(stored) == json.dumps(keras.constraints.serialize(theirs))
    assert constraints.deserialize(stored).get_config() == ours.get_config()


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_exists(name):
    ours, theirs = getattr(constraints, name), getattr(keras.constraints, name)
    if not inspect.isclass(theirs) or name == "Constraint":
        assert ours.__name__ == theirs.__name__
        return
    if theirs.__init__ is not object.__init__:
        wanted = list(inspect.signature(theirs).parameters)
        assert list(inspect.signature(ours).parameters) == wanted
    assert ours.__name__ in {n for n, _ in CASES}
    assert isinstance(constraints.get(name), ours)


def test_identifiers():
    assert constraints.get(None) is None
    assert constraints.get(abs) is abs
    assert isinstance(constraints.get(constraints.NonNeg), constraints.NonNeg)
    assert constraints.Constraint()(3.0) == 3.0
    with pytest.raises(ValueError, match="Did you mean 'MaxNorm' or 'max_norm'"):
        constraints.get("maxnorm")
