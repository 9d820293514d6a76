"""One small problem and a model for it, which most tests of training use."""

import numpy as np

import addax
from addax import Input, Sequential, layers

RNG = np.random.default_rng(0)
X = RNG.normal(size=(50, 4)).astype("float32")
Y = X[:, :1] - 2 * X[:, 1:2] + 0.1


def regressor(*more, seed=1, **options):
    addax.utils.set_random_seed(seed)
    model = Sequential([Input((4,)), *more, layers.Dense(1)], name="net")
    model.compile("sgd", "mse", metrics=["mae"], **options)
    return model


def fit(model, x=X, y=Y, **options):
    return model.fit(x, y, **{"batch_size": 16, "verbose": 0, "epochs": 2} | options)


def equal(a, b):
    """Fail unless the arrays of two lists are equal bit by bit."""
    assert len(a) == len(b)
    for one, other in zip(a, b, strict=True):
        np.testing.assert_array_equal(one, other)
