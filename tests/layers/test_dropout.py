"""Layers that add noise equal Keras's, bit for bit where the same seed draws."""

import keras
import numpy as np
import pytest
from layer_rows import case, check

import addax

TRAINING = {"options": {"training": True}}
FIRST = {"data_format": "channels_first"}
HALF = {"dtype": "mixed_bfloat16"}
POLICY = {"dtype": "mixed_bfloat16"}  # Keras writes the weights' dtype and forgets the policy

ROWS = [
    case("Dropout", (2, 3), rate=0.5),
    case("Dropout", (4, 5, 3), rate=0.5, noise_shape=(None, 1, None), seed=3, **TRAINING),
    case("Dropout", (2, 3), rate=0, **TRAINING),
    case("Dropout", (2, 3), rate=0.4, **HALF, **TRAINING),
    case("SpatialDropout1D", (2, 5, 3), rate=0.5, seed=3),
    case("SpatialDropout1D", (2, 5, 3), rate=0.5, seed=3, **TRAINING),
    case("SpatialDropout2D", (2, 5, 4, 3), rate=0.5, seed=3, **TRAINING),
    case("SpatialDropout2D", (2, 3, 5, 4), rate=0.5, seed=3, **FIRST, **TRAINING),
    case("SpatialDropout3D", (2, 2, 5, 4, 3), rate=0.5, seed=3, **TRAINING),
    case("SpatialDropout3D", (2, 3, 2, 5, 4), rate=0.5, seed=3, **FIRST, **TRAINING),
    *(
        case(
            f"SpatialDropout{n}D",
            (2,) * (n + 2),
            rate=0.5,
            **HALF,
            options={"extra_config": POLICY},
        )
        for n in (1, 2, 3)
    ),
    case("GaussianDropout", (2, 3), rate=0.5),
    case("GaussianDropout", (2, 3), rate=0.25, seed=5, **TRAINING),
    case("GaussianDropout", (2, 3), rate=0.25, **HALF, **TRAINING),
    case("GaussianNoise", (2, 3), stddev=0.5),
    case("GaussianNoise", (2, 3), stddev=0.25, seed=5, **TRAINING),
    case("GaussianNoise", (2, 3), stddev=0.25, **HALF, **TRAINING),
    case("AlphaDropout", (2, 3), rate=0.5),
    case("AlphaDropout", (4, 5), rate=0.5, seed=5, **TRAINING),
    case("AlphaDropout", (4, 5, 3), rate=0.5, noise_shape=(None, 1, None), **TRAINING),
    case("AlphaDropout", (2, 3), rate=0.25, **HALF, **TRAINING),
    case("ActivityRegularization", (2, 3), l1=0.1, l2=0.2),
    case("ActivityRegularization", (2, 3), l2=0.2, **HALF),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)


def test_activity_regularization_joins_the_loss():
    x = np.array([[1.0, -2.0], [3.0, 4.0]], "float32")
    layers = [m.layers.ActivityRegularization(l1=0.1, l2=0.2) for m in (addax, keras)]
    ours, theirs = [layer(x) is not None and layer.losses for layer in layers]
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)


@pytest.mark.parametrize("name", ["SpatialDropout1D", "SpatialDropout2D"])
def test_keras_reads_the_configuration(name):
    config = getattr(addax.layers, name)(0.5, dtype="mixed_bfloat16").get_config()
    again = getattr(keras.layers, name).from_config(config)
    assert again.compute_dtype == "bfloat16"
