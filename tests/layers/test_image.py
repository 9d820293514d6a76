"""Layers of images equal Keras's: the same seed draws the same, and does the same with it."""

import keras
import numpy as np
import pytest
from layer_rows import Case, build, case, comparable

import addax

# Keras's MixUp counts in int64
pytestmark = pytest.mark.filterwarnings("ignore:Explicitly requested dtype int64")
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
MIXES = [
    row("RandomPerspective", seed=1),
    row("RandomPerspective", factor=0.5, scale=0.3, fill_value=7.0, seed=1),
    row("RandomPerspective", interpolation="nearest", seed=1),
    row("RandomElasticTransform", seed=1),
    row("RandomElasticTransform", factor=(0.3, 0.9), scale=0.0, seed=2),
    row("RandomElasticTransform", scale=(0.5, 0.9), fill_mode="constant", seed=2),
    row("RandomErasing", seed=1),
    row("RandomErasing", factor=0.5, scale=(0.1, 0.5), fill_value=9, seed=1),
    row("CutMix", seed=1),
    row("CutMix", factor=(0.3, 0.6), seed=1),
    row("MixUp", seed=1),
    row("RandAugment", NOT_FIRST, factor=0.4, num_ops=3, seed=1),
    row("MaxNumBoundingBoxes", KEEPS | {"extra_config": {"fill_value": -1}}, max_number=3),
]
ROWS = [*MIXES, *GEOMETRY, *COLORS]


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
def test_compiled_step_draws_what_the_call_draws(row: Case, request):
    if row.name == "RandomColorJitter":
        request.getfixturevalue("new_emitters")
    want = build(addax, row)(pixels(), training=True)
    layer = build(addax, row)
    model = addax.Sequential([addax.Input(IMAGES[1:]), layer])
    found = model(pixels(), training=True)
    # compiled, sums of float32 come in another order; a pixel that is rounded may fall elsewhere
    close = np.isclose(found, want, rtol=1e-5, atol=1e-2)
    assert close.mean() > 0.99


def boxed(kind="xyxy"):
    """A batch with everything that goes with images, the boxes in a format."""
    rng = np.random.default_rng(1)
    boxes = np.array([[[1, 2, 5, 6], [0, 3, 7, 9]]] * 3, "float32")
    return {
        "images": pixels(),
        "labels": np.eye(3, dtype="float32"),
        "segmentation_masks": rng.integers(0, 3, (*IMAGES[:3], 1)).astype("float32"),
        "bounding_boxes": {
            "boxes": np.asarray(
                keras.utils.bounding_boxes.convert_format(boxes, "xyxy", kind, 9, 8)
            ),
            "labels": np.array([[1, 2], [3, 0], [2, 2]]),
        },
        "name": np.arange(3),
    }


def equal_parts(ours, theirs):
    flat = [addax.tree.flatten(x) for x in (ours, theirs)]
    for a, b in zip(*flat, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-3)


FORMATS = ("xyxy", "yxyx", "xywh", "center_xywh", "rel_xyxy", "rel_yxyx", "rel_center_xywh")
EVERY = [r for r in ROWS if r.name not in ("RandomCrop", "RandomShear")]  # boxes: see below
# Keras reads the boxes of these two as "xyxy", whatever they are.
CORNERS = ("RandomRotation", "RandomPerspective")
# What Keras has no answer for, or another for each part of the data.
OTHERS = {
    "RandomElasticTransform": ("bounding_boxes", "segmentation_masks"),
    "CutMix": ("bounding_boxes", "segmentation_masks"),
    "RandAugment": ("bounding_boxes",),
    "MixUp": ("bounding_boxes", "segmentation_masks"),
    "ContrastLimitedAdaptiveHistogramEqualization": ("bounding_boxes", "labels"),
    "RandomGrayscale": (),
}


@pytest.mark.parametrize("number, row", enumerate(EVERY), ids=str)
def test_whole_examples_equal_keras(number, row: Case):
    kind = "xyxy" if row.name in CORNERS else FORMATS[number % len(FORMATS)]
    row = row._replace(kwargs=row.kwargs | {"bounding_box_format": kind})
    ours, theirs = build(addax, row), build(keras, row)
    data, again = boxed(kind), boxed(kind)
    for part in OTHERS.get(row.name, ()):
        del data[part], again[part]
    if row.name in ("RandomGrayscale", "ContrastLimitedAdaptiveHistogramEqualization"):
        data.pop("segmentation_masks", None)
        want = again | {"images": theirs(again["images"], training=True)}
        want.pop("segmentation_masks", None)
    else:
        want = theirs(again, training=True)
    before = addax.tree.map_structure(np.array, data)
    equal_parts(ours(data, training=True), want)
    equal_parts(data, before)


RECTANGLE = (12, 8, 20, 18)  # left, top, right, bottom
MOVES = [
    ("Resizing", {"height": 20, "width": 60}),
    ("Resizing", {"height": 20, "width": 60, "pad_to_aspect_ratio": True}),
    ("Resizing", {"height": 40, "width": 30, "crop_to_aspect_ratio": True}),
    ("CenterCrop", {"height": 25, "width": 15}),
    ("CenterCrop", {"height": 50, "width": 30}),
    ("RandomCrop", {"height": 25, "width": 21}),
    ("RandomCrop", {"height": 50, "width": 30}),
    ("RandomFlip", {}),
    ("RandomRotation", {"factor": 0.5, "fill_mode": "constant"}),
    ("RandomZoom", {"height_factor": 0.3, "width_factor": 0.2, "fill_mode": "constant"}),
    ("RandomTranslation", {"height_factor": 0.4, "width_factor": 0.4, "fill_mode": "constant"}),
    ("RandomShear", {"x_factor": 0.4, "y_factor": 0.3, "fill_mode": "constant"}),
    ("RandomPerspective", {"scale": 0.5}),
]


@pytest.mark.parametrize("kind", ["xyxy", "rel_center_xywh"])
@pytest.mark.parametrize("name, kwargs", MOVES, ids=str)
def test_boxes_lie_around_what_they_lay_around(name, kwargs, kind):
    left, top, right, bottom = RECTANGLE
    images = np.zeros((4, 30, 40, 1), "float32")
    images[:, top:bottom, left:right] = 1
    corners = np.array([[RECTANGLE]] * 4, "float32")
    convert = addax.utils.bounding_boxes.convert_format
    boxes = {"boxes": convert(corners, "xyxy", kind, 30, 40), "labels": np.ones((4, 1), "int32")}
    seed = {"seed": 3} if name.startswith("Random") else {}
    layer = getattr(addax.layers, name)(bounding_box_format=kind, **kwargs, **seed)
    data = {"images": images, "segmentation_masks": images, "bounding_boxes": boxes}
    found = layer(data, training=True)
    size = found["images"].shape[1:3]
    corners = np.asarray(convert(found["bounding_boxes"]["boxes"], kind, "xyxy", *size))[:, 0]
    for mask, box in zip(np.asarray(found["segmentation_masks"]), corners, strict=True):
        rows, columns, _ = np.nonzero(mask)
        if not rows.size:
            assert box[0] == box[2] or box[1] == box[3]
            continue
        want = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
        np.testing.assert_allclose(box, want, atol=2.5)  # pixels have a size, corners none


def test_single_examples_are_batches_of_one():
    layer = addax.layers.RandomRotation(0.2, seed=1, bounding_box_format="xyxy")
    one = {k: v for k, v in boxed().items() if k != "name"}
    one = addax.tree.map_structure(lambda x: x[0], one)
    again = addax.layers.RandomRotation(0.2, seed=1, bounding_box_format="xyxy")
    want = again(addax.tree.map_structure(lambda x: x[None], one), training=True)
    equal_parts(layer(one, training=True), addax.tree.map_structure(lambda x: x[0], want))


def test_masks_are_distorted_as_images_are():
    layer = addax.layers.RandomElasticTransform(seed=1, interpolation="nearest")
    found = layer({"images": pixels(), "segmentation_masks": pixels()}, training=True)
    np.testing.assert_array_equal(found["images"], found["segmentation_masks"])


def test_mix_up_keeps_both_images_boxes_and_mixes_masks():
    layer = addax.layers.MixUp(seed=1, bounding_box_format="xyxy")
    data = boxed() | {"segmentation_masks": pixels()}
    found = layer(data, training=True)
    assert found["bounding_boxes"]["boxes"].shape == (3, 4, 4)
    assert found["bounding_boxes"]["labels"].shape == (3, 4)
    np.testing.assert_allclose(found["images"], found["segmentation_masks"], rtol=1e-5)


def test_aug_mix_mixes_what_the_layers_of_its_chains_give():
    layer = addax.layers.AugMix(seed=1, num_chains=2, chain_depth=2)
    frame = layer.frame(pixels())
    chance = layer.draw(frame, addax.random.SeedGenerator(4))
    parts, weight, indices, drawn = chance
    total = 0
    for i in range(2):
        images = pixels()
        for j in range(2):
            if indices[i, j] < len(layer.steps):
                k = int(indices[i, j])
                images = layer.steps[k].on_images(images, drawn[i][j][k])
        total = total + parts[i] * images
    want = np.clip(weight * pixels() + (1 - weight) * total, 0, 255)
    np.testing.assert_allclose(layer.on_images(pixels(), chance), want, rtol=1e-4, atol=1e-3)
    config = comparable(layer.get_config())
    theirs = keras.layers.AugMix(seed=1, num_chains=2, chain_depth=2)
    assert config == comparable(theirs.get_config())


def test_pipeline_is_its_layers_one_after_the_other():
    def made(library):
        layers = [library.layers.RandomFlip(seed=1), library.layers.RandomContrast(0.3, seed=2)]
        return library.layers.Pipeline(layers)

    ours, theirs = made(addax), made(keras)
    same(ours(pixels(), training=True), theirs(pixels(), training=True))
    again = addax.layers.Pipeline.from_config(theirs.get_config())
    same(again(pixels(), training=True), made(keras)(pixels(), training=True))
    np.testing.assert_array_equal(ours(pixels(), training=False), pixels())


def test_boxes_are_cut_or_padded_to_a_number():
    for number in (1, 2, 5):
        layers = [
            k.layers.MaxNumBoundingBoxes(number, bounding_box_format="xyxy") for k in (addax, keras)
        ]
        equal_parts(*(layer(boxed()) for layer in layers))


def test_training_draws_anew_in_each_step():
    model = addax.Sequential(
        [
            addax.Input((8, 8, 3)),
            addax.layers.RandomFlip(seed=1),
            addax.layers.RandomRotation(0.2, seed=2),
            addax.layers.RandomZoom(0.2, seed=3),
            addax.layers.RandomContrast(0.2, seed=4),
            addax.layers.RandAugment(seed=5),
            addax.layers.RandomElasticTransform(seed=6),
            addax.layers.CutMix(seed=7),
            addax.layers.Flatten(),
            addax.layers.Dense(1),
        ]
    )
    model.compile("sgd", "mse")
    before = [layer.seed_generator.state.numpy() for layer in model.layers[:-2]]
    x = np.random.default_rng(0).uniform(0, 255, (8, 8, 8, 3)).astype("float32")
    model.fit(x, np.zeros((8, 1)), batch_size=4, epochs=2, verbose=0)
    after = [layer.seed_generator.state.numpy() for layer in model.layers[:-2]]
    assert all(b[1] >= a[1] + 4 for a, b in zip(before, after, strict=True))
    inference = model.layers[-2].output
    frozen = addax.Model(model.inputs, inference)
    np.testing.assert_allclose(frozen.predict(x, verbose=0), x.reshape(8, -1), rtol=1e-6)
