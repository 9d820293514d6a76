"""Activation layers equal Keras's."""

import keras
import numpy as np
import pytest
from layer_rows import case, check

import addax

MASK = np.array([[True, True, False], [False, True, True]])
HALF = {"dtype": "mixed_bfloat16"}

ROWS = [
    case("Activation", (2, 3), activation="tanh"),
    case("ReLU", (2, 3)),
    case("ReLU", (2, 3), max_value=0.5, negative_slope=0.1, threshold=0.2),
    case("ReLU", (2, 3), negative_slope=0.1, **HALF),
    case("LeakyReLU", (2, 3)),
    case("LeakyReLU", (2, 3), negative_slope=0.1, **HALF),
    case("PReLU", (2, 3)),
    case("PReLU", (2, 5, 4, 3), shared_axes=[1, 2], alpha_initializer="ones"),
    case("PReLU", (2, 5, 3), shared_axes=1, alpha_regularizer="l2", alpha_constraint="non_neg"),
    case("PReLU", (2, 3), **HALF),
    case("ELU", (2, 3)),
    case("ELU", (2, 3), alpha=0.3, **HALF),
    case("Softmax", (2, 3)),
    case("Softmax", (2, 5, 3), axis=1),
    case("Softmax", (2, 5, 3), axis=(1, 2)),
    case("Softmax", (2, 5, 3), axis=[-1]),
    case("Softmax", (2, 3), options={"mask": MASK}),
    case("Softmax", (2, 2, 3), axis=(1, 2), options={"mask": MASK[None]}),
    case("Softmax", (2, 3), **HALF),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)


def test_the_old_name_of_the_slope_is_read():
    assert addax.layers.LeakyReLU(alpha=0.2).get_config()["negative_slope"] == 0.2


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_masked_elements_get_nothing(dtype):
    x = np.array([[1.0, 2.0, 9.0]], dtype)
    mask = np.array([[1.0, 1.0, 0.0]], dtype)
    ours = addax.layers.Softmax(dtype=dtype)(x, mask=mask)
    np.testing.assert_allclose(ours, keras.layers.Softmax(dtype=dtype)(x, mask=mask), rtol=1e-3)
    assert ours[0, 2] == 0
