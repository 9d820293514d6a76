"""Layers that join tensors equal Keras's, masks and functions included."""

import keras
import numpy as np
import pytest
from layer_rows import case, check

import addax

HALF = {"dtype": "mixed_bfloat16"}
NAMES = ["Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"]

ROWS = [
    *(case(name, [(2, 3), (2, 3)]) for name in NAMES),
    *(case(name, [(2, 4, 3), (2, 3)]) for name in NAMES),
    *(case(name, [(2, 4, 3), (2, 1, 3), (2, 4, 1)]) for name in NAMES[:-1]),
    *(case(name, [(2, 3), (2, 3)], **HALF) for name in NAMES),
    case("Concatenate", [(2, 3), (2, 5)]),
    case("Concatenate", [(2, 3, 4), (2, 2, 4)], axis=1),
    case("Concatenate", [(2, 3, 4), (2, 3, 4)], **HALF),
    case("Dot", [(2, 3), (2, 3)], axes=1),
    case("Dot", [(2, 3), (2, 3)], axes=-1, normalize=True),
    case("Dot", [(2, 4, 3), (2, 5, 3)], axes=2),
    case("Dot", [(2, 4, 3), (2, 3, 5)], axes=(2, 1)),
    case("Dot", [(2, 4, 3), (2, 3)], axes=[2, 1]),
    case("Dot", [(2, 3), (2, 4, 3)], axes=[1, 2]),
    case("Dot", [(2, 4, 3, 2), (2, 3, 5)], axes=(2, 1), normalize=True),
    case("Dot", [(2, 3), (2, 3)], axes=1, **HALF),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)


A = np.random.default_rng(1).normal(size=(2, 4, 3)).astype("float32")
B = np.random.default_rng(2).normal(size=(2, 4, 3)).astype("float32")
A[0, 1] = A[1, 3] = B[0, 1] = B[1, 2] = 0  # steps that Masking marks


def joined(library, name, second_masked):
    inputs = [library.Input((4, 3)) for _ in range(2)]
    masked = library.layers.Masking()(inputs[0])
    other = library.layers.Masking()(inputs[1]) if second_masked else inputs[1]
    output = getattr(library.layers, name)()([masked, other])
    counted = library.layers.GlobalAveragePooling1D()(output)
    model = library.Model(inputs, [output, counted])
    return [np.asarray(y) for y in model([A, B])]


@pytest.mark.parametrize("second_masked", [True, False])
@pytest.mark.parametrize("name", [*NAMES, "Concatenate"])
def test_masks_of_the_inputs_count(name, second_masked):
    ours, theirs = joined(addax, name, second_masked), joined(keras, name, second_masked)
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-6)


FUNCTIONS = [
    *((name.lower(), {}) for name in NAMES),
    ("concatenate", {}),
    ("concatenate", {"axis": 1}),
    ("dot", {"axes": 2}),
    ("dot", {"axes": (2, 2), "normalize": True}),
]


@pytest.mark.parametrize("name, kwargs", FUNCTIONS, ids=str)
def test_function_is_the_layer(name, kwargs):
    ours, theirs = (getattr(m.layers, name)([A, B], **kwargs) for m in (addax, keras))
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5)
    assert getattr(addax.layers, name).__name__ == name
