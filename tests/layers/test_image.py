"""Layers of images equal Keras's: the same seed draws the same, and does the same with it."""

import keras
import numpy as np
import pytest
from layer_rows import Case, build, case, comparable

import addax

IMAGES = (3, 9, 8, 3)
# `first`: whether Keras knows channels_first; `keeps`: whether integers stay integers.
# `endings`: the files that Keras can write a model with it to.
NOT_FIRST, KEEPS, NO_H5 = {"first": False}, {"keeps": True}, {"endings": ("keras",)}


def row(name, options=None, **kwargs):
    return case(name, IMAGES, options=options, **kwargs)


GEOMETRY = [
    row("Resizing", KEEPS, height=5, width=12),
    row("Resizing", KEEPS, height=5, width=4, interpolation="nearest"),
    row("Resizing", KEEPS, height=5, width=4, interpolation="bicubic", antialias=True),
    row("Resizing", KEEPS, height=6, width=4, crop_to_aspect_ratio=True),
    row("Resizing", KEEPS, height=6, width=12, pad_to_aspect_ratio=True, fill_value=2.0),
    row("CenterCrop", height=5, width=4),
    row("CenterCrop", height=5, width=12),
    row("RandomCrop", height=5, width=4, seed=1),
    row("RandomCrop", height=12, width=4, seed=1),
    row("RandomCrop", height=9, width=8, seed=1),
    row("RandomFlip", seed=1),
    row("RandomFlip", mode="horizontal", seed=2),
    row("RandomFlip", mode="vertical", seed=3),
    row("RandomRotation", factor=0.2, seed=1),
    row("RandomRotation", factor=(0.1, 0.3), seed=1, fill_mode="wrap"),
    row("RandomRotation", factor=0.4, seed=4, fill_mode="constant", fill_value=3.0),
    row("RandomRotation", factor=0.4, seed=4, fill_mode="nearest", interpolation="nearest"),
    row("RandomZoom", height_factor=0.3, seed=1),
    row("RandomZoom", height_factor=(-0.3, -0.1), width_factor=0.2, seed=1, fill_mode="constant"),
    row("RandomTranslation", height_factor=0.3, width_factor=(-0.2, 0.1), seed=1),
    row("RandomTranslation", height_factor=0.3, width_factor=0, seed=1, fill_mode="nearest"),
    row("RandomShear", x_factor=(0.3, 0.4), y_factor=(0.1, 0.2), seed=1),
]
COLORS = [
    row("RandomContrast", factor=0.3, seed=1),
    row("RandomContrast", factor=(0.2, 0.6), value_range=(20, 200), seed=1),
    row("RandomBrightness", NO_H5, factor=0.3, seed=1),
    row("RandomBrightness", NO_H5, factor=(-0.2, 0.6), value_range=[0, 300], seed=1),
    row("RandomHue", factor=0.3, seed=1),
    row("RandomHue", factor=(0.2, 0.6), seed=1),
    row("RandomSaturation", NO_H5, factor=0.3, seed=1),
    row("RandomSaturation", NO_H5, factor=(0.2, 0.6), seed=1),
    row("RandomColorDegeneration", NO_H5, factor=(0.2, 0.6), seed=1),
    row("RandomSharpness", NO_H5, factor=0.6, seed=1),
    row("RandomPosterization", NO_H5, factor=5, seed=1),
    row("RandomPosterization", NO_H5, factor=(3, 3), value_range=(0, 300), seed=1),
    row(
        "RandomColorJitter",
        NOT_FIRST,
        brightness_factor=0.2,
        contrast_factor=0.3,
        saturation_factor=0.4,
        hue_factor=0.1,
        seed=1,
    ),
    row("RandomColorJitter", NOT_FIRST, contrast_factor=0.3, seed=1),
    row("RandomGrayscale", KEEPS | {"extra_config": {"seed": 1}}, factor=1.0, seed=1),
    row("RandomGrayscale", KEEPS | {"extra_config": {"seed": 1}}, factor=0.5, seed=1),
    row("RandomInvert", seed=3),
    row("RandomInvert", factor=(0.3, 0.6), value_range=(0, 300), seed=3),
    row("RandomGaussianBlur", seed=3),
    row("RandomGaussianBlur", kernel_size=(3, 5), sigma=(0.3, 0.9), factor=(0.3, 0.9), seed=3),
    row("Solarization", NO_H5, addition_factor=0.3, threshold_factor=(0.3, 0.6), seed=3),
    row("Solarization", NO_H5, threshold_factor=0.5, value_range=(0, 300), seed=3),
    row("AutoContrast", NOT_FIRST | NO_H5),
    row("AutoContrast", NOT_FIRST | NO_H5, value_range=(0, 300)),
    row("Equalization", {"endings": ()}),
    row("Equalization", {"endings": ()}, bins=20),
    row("ContrastLimitedAdaptiveHistogramEqualization", KEEPS),
    row(
        "ContrastLimitedAdaptiveHistogramEqualization",
        KEEPS,
        tile_grid_size=(3, 2),
        clip_limit=0,
    ),
]
ROWS = [*GEOMETRY, *COLORS]


def pixels(kind="float32", shape=IMAGES):
    return np.random.default_rng(0).integers(0, 256, shape).astype(kind)


def first(kind="float32"):
    return np.moveaxis(pixels(kind), -1, 1).copy()


def same(ours, theirs):
    assert ours.shape == tuple(theirs.shape)
    assert str(ours.dtype) == str(theirs.dtype)
    # values up to 300 in float32, summed in another order
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-3)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_values_equal_keras(row: Case):
    ours, theirs = build(addax, row), build(keras, row)
    kind = "uint8" if row.options.get("keeps") else "float32"
    for _ in range(2):
        same(ours(pixels(), training=True), theirs(pixels(), training=True))
    same(ours(pixels(kind)[0], training=True), theirs(pixels(kind)[0], training=True))
    same(ours(pixels(), training=False), theirs(pixels(), training=False))
    integers = build(addax, row)(pixels("uint8"), training=True)
    np.testing.assert_array_equal(
        integers, build(addax, row)(pixels(kind), training=True), strict=True
    )


@pytest.mark.parametrize("row", [r for r in ROWS if r.options.get("first", True)], ids=str)
def test_channels_first_equals_keras(row: Case):
    row = row._replace(kwargs=row.kwargs | {"data_format": "channels_first"})
    same(*(build(k, row)(first(), training=True) for k in (addax, keras)))


@pytest.mark.parametrize("row", [r for r in ROWS if not r.options.get("first", True)], ids=str)
def test_channels_first_is_channels_last_turned(row: Case):
    want = build(addax, row)(pixels(), training=True)
    row = row._replace(kwargs=row.kwargs | {"data_format": "channels_first"})
    found = np.moveaxis(build(addax, row)(first(), training=True), 1, -1)
    np.testing.assert_allclose(found, want, rtol=1e-5, atol=1e-3)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_configuration_and_shapes_equal_keras(row: Case):
    ours, theirs = build(addax, row), build(keras, row)
    extra = row.options.get("extra_config", {})
    assert comparable(ours.get_config()) == comparable(theirs.get_config()) | extra
    again = type(ours).from_config(ours.get_config())
    assert comparable(again.get_config()) == comparable(ours.get_config())
    for sizes in (IMAGES, (None, *IMAGES[1:])):
        made, want = (
            layer(k.Input(batch_shape=sizes)) for layer, k in ((ours, addax), (theirs, keras))
        )
        assert (tuple(made.shape), made.dtype) == (tuple(want.shape), want.dtype)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_compiled_step_draws_what_the_call_draws(row: Case):
    want = build(addax, row)(pixels(), training=True)
    layer = build(addax, row)
    model = addax.Sequential([addax.Input(IMAGES[1:]), layer])
    found = model(pixels(), training=True)
    # compiled, sums of float32 come in another order; a pixel that is rounded may fall elsewhere
    close = np.isclose(found, want, rtol=1e-5, atol=1e-2)
    assert close.mean() > 0.99
