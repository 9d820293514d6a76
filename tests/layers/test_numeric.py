"""Rescaling and Normalization equal Keras's."""

import keras
import numpy as np
import pytest
from layer_rows import case, check

import addax

ROWS = [
    case("Rescaling", (2, 3), scale=0.5),
    case("Rescaling", (2, 5, 4, 3), scale=1 / 127.5, offset=-1.0),
    case("Rescaling", (2, 3), scale=2, offset=3, options={"ints": 9}),
    case("Rescaling", (2, 3), scale=[1.0, 2.0, 4.0], offset=[0.0, 1.0, -1.0]),
    case("Rescaling", (2, 3), scale=0.3, dtype="mixed_bfloat16"),
    case("Normalization", (2, 3), mean=2.0, variance=4.0),
    case("Normalization", (2, 5, 3), mean=[1.0, 2.0, 3.0], variance=[1.0, 4.0, 9.0]),
    case("Normalization", (2, 5, 3), axis=None, mean=2.0, variance=0.0),
    case("Normalization", (2, 2, 3), axis=(1, 2), mean=[1.0, 2.0, 3.0], variance=[1.0, 4.0, 9.0]),
    case("Normalization", (2, 2, 3), axis=1, mean=[1.0, 2.0], variance=[1.0, 4.0], invert=True),
    case("Normalization", (2, 3), mean=2.0, variance=4.0, dtype="mixed_bfloat16"),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)


DATA = np.random.default_rng(5).normal(3.0, 2.0, (31, 4, 3)).astype("float32")


@pytest.mark.parametrize("axis", [-1, 1, (1, 2), (2, -2), None], ids=str)
@pytest.mark.parametrize("invert", [False, True])
@pytest.mark.parametrize(
    "feed",
    [
        lambda x: x,
        lambda x: [x[:10], x[10:11], x[11:]],
        lambda x: iter([(x[:20], None), (x[20:], None)]),
    ],
    ids=["array", "batches", "pairs"],
)
def test_adapt_equals_keras(axis, invert, feed):
    ours, theirs = (
        library.layers.Normalization(axis=axis, invert=invert) for library in (addax, keras)
    )
    ours.adapt(feed(DATA))
    theirs.adapt(DATA)  # of batches Keras asks TensorFlow
    assert [w.name for w in ours.weights] == [w.name for w in theirs.weights]
    np.testing.assert_allclose(ours(DATA), theirs(DATA), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(ours.mean, theirs.mean, rtol=1e-5)
    np.testing.assert_allclose(ours.variance, theirs.variance, rtol=1e-5)
    assert ours.get_config() | {"name": ""} == theirs.get_config() | {"name": ""}


def test_statistics_are_weights_so_loading_them_counts():
    adapted, fresh = addax.layers.Normalization(), addax.layers.Normalization()
    adapted.adapt(DATA)
    fresh.build(DATA.shape)
    fresh.set_weights(adapted.get_weights())
    np.testing.assert_array_equal(fresh(DATA), adapted(DATA))


def test_data_sets_and_sequences_are_read():
    class Rows:
        def __len__(self):
            return 3

        def __getitem__(self, i):
            return DATA[i * 10 : (i + 1) * 10], None

    ours, theirs = addax.layers.Normalization(), addax.layers.Normalization()
    ours.adapt(Rows())
    theirs.adapt(DATA[:30])
    np.testing.assert_allclose(ours.mean, theirs.mean, rtol=1e-6)


@pytest.mark.parametrize(
    "data, message",
    [
        ([], "no data came"),
        (np.zeros((0, 3)), "no data came"),
        ([np.ones((2, 3)), np.ones((2, 4))], r"data of shape \(2, 4\)"),
        ([[1.0, 2.0]], "Batches are arrays"),
        (7, "array or an iterable"),
    ],
)
def test_bad_data_change_nothing(data, message):
    layer = addax.layers.Normalization()
    layer.adapt(np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]]))
    before = layer.get_weights()
    with pytest.raises((ValueError, TypeError), match=message):
        layer.adapt(data)
    for a, b in zip(before, layer.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_scale_and_offset_go_along_the_channels_of_images():
    addax.config.set_image_data_format("channels_first")
    try:
        layer = addax.layers.Rescaling([1.0, 2.0, 3.0], [0.0, 0.0, 1.0])
        y = layer(np.ones((2, 3, 4, 5), "float32"))
        np.testing.assert_array_equal(y[0, :, 0, 0], [1.0, 2.0, 4.0])
    finally:
        addax.config.set_image_data_format("channels_last")
