"""Normalization layers equal Keras's."""

import keras
import numpy as np
import pytest
from layer_rows import case, check

import addax

HALF = {"dtype": "mixed_bfloat16"}
TRAINING = {"options": {"training": True, "rtol": 1e-4}}  # gradients pass through sums of squares
LONG = {"options": {"rtol": 1e-4}}  # the same
STEPS = np.array([[True, True, False, True, False], [False, True, True, True, True]])
CLIPPED = {"rmin": 0.5, "rmax": 1.2, "dmax": 0.4}

BATCH = [
    case("BatchNormalization", (4, 3)),
    case("BatchNormalization", (4, 3), momentum=0.9, epsilon=1e-5, center=False),
    case("BatchNormalization", (4, 5, 3), **TRAINING),
    case("BatchNormalization", (4, 3, 5), axis=1, scale=False, **TRAINING),
    case("BatchNormalization", (4, 3, 5, 4), axis=1, **TRAINING),
    case("BatchNormalization", (2, 5, 3), options={"training": True, "mask": STEPS, "rtol": 1e-4}),
    case("BatchNormalization", (4, 5, 3), renorm=True, **TRAINING),
    case("BatchNormalization", (4, 5, 3), renorm=True),
    case("BatchNormalization", (4, 3), renorm=True, renorm_clipping=CLIPPED, **TRAINING),
    case(
        "BatchNormalization",
        (4, 3, 5),
        axis=1,
        renorm=True,
        scale=False,
        renorm_clipping={"rmax": 1.5},
        renorm_momentum=0.8,
        **TRAINING,
    ),
    case("BatchNormalization", (4, 3), gamma_regularizer="l2", beta_constraint="non_neg"),
    case("BatchNormalization", (4, 5, 3), **HALF, options={"training": True}),
]

OTHERS = [
    case("BatchNormalization", (4, 3), dtype="mixed_float16", options={"training": True}),
    case("LayerNormalization", (4, 3), dtype="mixed_float16"),
    case("LayerNormalization", (4, 3), **LONG),
    case("LayerNormalization", (4, 5, 3), axis=1, epsilon=1e-5, **LONG),
    case("LayerNormalization", (4, 5, 3), axis=[2, 1], **LONG),
    case("LayerNormalization", (4, 5, 3), axis=(-1, -2), center=False, **LONG),
    case("LayerNormalization", (4, 5, 3), scale=False, beta_regularizer="l2", **LONG),
    case("LayerNormalization", (4, 5, 3), **HALF),
    case("RMSNormalization", (4, 3), **LONG),
    case("RMSNormalization", (4, 5, 3), axis=-1, epsilon=1e-3, **LONG),
    case("RMSNormalization", (4, 5, 3), axis=[1, 2], **LONG),
    case("RMSNormalization", (4, 5, 3), **HALF),
    case("GroupNormalization", (4, 6), groups=2, **LONG),
    case("GroupNormalization", (2, 5, 4, 6), groups=3, **LONG),
    case("GroupNormalization", (2, 6, 5, 4), groups=3, axis=1, **LONG),
    case("GroupNormalization", (2, 5, 6), groups=-1, epsilon=1e-5, **LONG),
    case("GroupNormalization", (2, 5, 6), groups=1, center=False, **LONG),
    case("GroupNormalization", (2, 5, 6), groups=2, scale=False, **LONG),
    case("GroupNormalization", (2, 5, 6), groups=2, **HALF),
    case("UnitNormalization", (4, 3)),
    case("UnitNormalization", (4, 5, 3), axis=1),
    case("UnitNormalization", (4, 5, 3), axis=(1, 2)),
    case("UnitNormalization", (4, 5, 3), **HALF),
]

ROWS = BATCH + OTHERS


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)


def test_a_batch_without_unmasked_steps_gives_numbers():
    x, mask = np.ones((2, 5, 3), "float32"), np.zeros((2, 5), bool)
    ours, theirs = (m.layers.BatchNormalization() for m in (addax, keras))
    y = ours(x, training=True, mask=mask)
    np.testing.assert_allclose(y, theirs(x, training=True, mask=mask), rtol=1e-5)
    assert np.isfinite(np.asarray(ours.moving_mean)).all()


def test_groups_along_any_axis():
    x = np.random.default_rng(0).normal(size=(2, 5, 6, 4)).astype("float32")
    y = addax.layers.GroupNormalization(3, axis=-2)(x)
    last = addax.layers.GroupNormalization(3)(np.moveaxis(x, 2, 3))
    np.testing.assert_allclose(np.moveaxis(y, 2, 3), last, rtol=1e-4, atol=1e-5)


def test_rms_along_any_axis():
    """Keras's layer fails where the axis is not the last."""
    x = np.random.default_rng(0).normal(size=(2, 5, 4)).astype("float32")
    layer, last = addax.layers.RMSNormalization(axis=1), addax.layers.RMSNormalization()
    for one, shape in ((layer, (2, 5, 4)), (last, (2, 4, 5))):
        one.build(shape)
        one.set_weights([np.arange(5.0)])
    np.testing.assert_allclose(layer(x), np.moveaxis(last(np.moveaxis(x, 1, 2)), 2, 1), rtol=1e-5)


@pytest.mark.parametrize("iterations", [1, 3])
@pytest.mark.parametrize(
    "inner, shape",
    [(("Dense", 4), (2, 3)), (("Conv2D", 4, 3), (2, 5, 5, 3))],
    ids=["Dense", "Conv2D"],
)
def test_spectral_normalization_equals_keras(inner, shape, iterations):
    x = np.random.default_rng(0).normal(size=shape).astype("float32")
    layers = []
    for m in (addax, keras):
        wrapped = getattr(m.layers, inner[0])(*inner[1:])
        layers.append(m.layers.SpectralNormalization(wrapped, power_iterations=iterations))
        layers[-1](x)
    ours, theirs = layers
    assert [w.name for w in ours.weights] == [w.name for w in theirs.weights]
    ours.set_weights(theirs.get_weights())
    for training in (True, True, False):  # training changes the kernel
        np.testing.assert_allclose(
            ours(x, training=training), theirs(x, training=training), rtol=1e-4, atol=1e-5
        )
    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-6)
    again = addax.layers.SpectralNormalization.from_config(ours.get_config())
    assert again.get_config() == ours.get_config()


def test_spectral_normalization_leaves_an_empty_kernel_and_embeddings_be():
    x = np.array([[1, 2]])
    inner = addax.layers.Embedding(5, 3, embeddings_initializer="zeros")
    y = addax.layers.SpectralNormalization(inner)(x, training=True)
    assert y.dtype == "float32" and not np.asarray(y).any()
