"""Regularizers beside those of Keras: values, gradients, configurations."""

import inspect

import jax
import keras
import numpy as np
import pytest

from addax import regularizers

W = np.random.default_rng(0).normal(size=(4, 3)).astype("float32")
CASES = [
    ("L1", {}),
    ("L1", {"l1": 0.3}),
    ("L2", {}),
    ("L2", {"l2": 2}),
    ("L1L2", {}),
    ("L1L2", {"l1": 0.1}),
    ("L1L2", {"l1": 0.1, "l2": None}),
    ("L1L2", {"l1": 0.1, "l2": 0.7}),
    ("OrthogonalRegularizer", {}),
    ("OrthogonalRegularizer", {"factor": 0.5, "mode": "columns"}),
]
PUBLIC = [n for n in dir(keras.regularizers) if not n.startswith("_")]


@pytest.mark.parametrize(("name", "kwargs"), CASES, ids=[f"{n}-{k}" for n, k in CASES])
def test_penalty_is_that_of_keras(name, kwargs):
    ours, theirs = (
        getattr(regularizers, name)(**kwargs),
        getattr(keras.regularizers, name)(**kwargs),
    )
    for a, b in zip(jax.value_and_grad(ours)(W), jax.value_and_grad(theirs)(W), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-6, atol=1e-7)
    assert ours.get_config() == theirs.get_config()
    stored = regularizers.serialize(ours)
    assert stored == keras.regularizers.serialize(theirs)
    assert regularizers.deserialize(stored).get_config() == ours.get_config()


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_exists(name):
    ours, theirs = getattr(regularizers, name), getattr(keras.regularizers, name)
    if not inspect.isclass(theirs) or name == "Regularizer":
        assert ours.__name__ == theirs.__name__
        return
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters)
    assert ours.__name__ in {n for n, _ in CASES}
    assert isinstance(regularizers.get(name), ours)


def test_identifiers():
    assert regularizers.get(None) is None
    assert regularizers.get(abs) is abs
    assert isinstance(regularizers.get(regularizers.L2), regularizers.L2)
    assert regularizers.Regularizer()(W) == 0.0


def test_a_row_of_zeros_is_orthogonal():
    assert float(regularizers.OrthogonalRegularizer()(np.zeros((2, 3), "float32"))) == 0


ERRORS = [
    (lambda: regularizers.get("l3"), "Unknown regularizer"),
    (lambda: regularizers.L1(-1.0), "l1 is a finite number >= 0; received -1.0"),
    (lambda: regularizers.L2(float("nan")), "l2 is a finite number >= 0; received nan"),
    (lambda: regularizers.OrthogonalRegularizer(mode="rank"), "received 'rank'"),
    (lambda: regularizers.OrthogonalRegularizer()(np.zeros(3)), r"received shape \(3,\)"),
]


@pytest.mark.parametrize(("call", "message"), ERRORS, ids=[m for _, m in ERRORS])
def test_errors(call, message):
    with pytest.raises(ValueError, match=message):
        call()
