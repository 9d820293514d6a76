"""Masks as Keras paints them; boxes and galleries by what is in them."""

import keras
import numpy as np
import pytest

import addax
from addax import visualization
from addax.utils import Config

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 255, (4, 12, 16, 3)).astype("uint8")
MASKS = RNG.integers(-1, 3, (4, 12, 16, 1))
BOXES = {"boxes": np.array([[[2, 3, 9, 8], [0, 0, 0, 0]]] * 4), "labels": np.array([[1, -1]] * 4)}

PAINTED = [
    {"num_classes": 3},
    {"num_classes": 3, "alpha": 0.3, "ignore_index": 0},
    {"num_classes": 2, "color_mapping": {0: (1, 2, 3), 1: (200, 0, 9)}},
    {"num_classes": 3, "blend": False},
    {},
]


@pytest.mark.parametrize("options", PAINTED, ids=str)
def test_masks_are_painted_as_keras_paints_them(options):
    ours, theirs = (
        np.asarray(m.visualization.draw_segmentation_masks(IMAGES, MASKS, **options))
        for m in (addax, keras)
    )
    assert ours.dtype == theirs.dtype
    np.testing.assert_allclose(ours.astype(float), theirs.astype(float), atol=1)


def test_boxes_are_drawn():
    drawn = visualization.draw_bounding_boxes(
        IMAGES, BOXES, "xyxy", class_mapping={1: "cat"}, color=(255, 0, 7), line_thickness=1
    )
    assert (drawn[:, 3, 2:10] == (255, 0, 7)).all() and (drawn[:, 3:9, 9] == (255, 0, 7)).all()
    first = visualization.draw_bounding_boxes(
        IMAGES.transpose(0, 3, 1, 2), BOXES, "xyxy", {1: "cat"}, (255, 0, 7), 1,
        data_format="channels_first",
    )  # fmt: skip
    np.testing.assert_array_equal(first.transpose(0, 2, 3, 1), drawn)
    bright = visualization.draw_bounding_boxes(IMAGES / np.float32(255), BOXES, "xyxy")
    assert bright.dtype == np.uint8 and bright.max() > 200


GALLERIES = {
    "plain": lambda p: visualization.plot_image_gallery(IMAGES, path=p),
    "labels": lambda p: visualization.plot_image_gallery(
        IMAGES / 255, [0, 1, 0, 1], [1, 1, 0, 2], {0: "a", 1: "b"}, value_range=(0, 1), path=p
    ),
    "one row": lambda p: visualization.plot_image_gallery(IMAGES, rows=1, cols=3, path=p),
    "masks": lambda p: visualization.plot_segmentation_mask_gallery(
        IMAGES, 3, y_true=MASKS, y_pred=MASKS[..., 0], path=p
    ),
    "boxes": lambda p: visualization.plot_bounding_box_gallery(
        IMAGES, "xyxy", BOXES, BOXES | {"confidences": np.full((4, 2), 0.5)},
        class_mapping={1: "cat"}, legend=True, path=p,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GALLERIES)
def test_galleries_are_written(name, tmp_path):
    pytest.importorskip("matplotlib").use("Agg")
    GALLERIES[name](tmp_path / "gallery.png")
    assert addax.utils.load_img(tmp_path / "gallery.png").size[0] > 60


WRONG = [
    (lambda v: v.draw_bounding_boxes(IMAGES[0], BOXES, "xyxy"), ValueError, "batch, height"),
    (lambda v: v.draw_bounding_boxes(IMAGES, [1], "xyxy"), TypeError, "dictionary; received list"),
    (
        lambda v: v.draw_bounding_boxes(IMAGES, {"boxes": 1}, "xyxy"),
        ValueError,
        '"labels"; .*boxes',
    ),
    (lambda v: v.draw_segmentation_masks(IMAGES, MASKS / 2), TypeError, "whole numbers; .*float64"),
    (lambda v: v.plot_image_gallery(IMAGES, path="a", show=True), ValueError, "path and show"),
    (lambda v: v.plot_image_gallery(IMAGES, [1], path="a"), ValueError, "need label_map"),
    (lambda v: v.plot_galery, AttributeError, "plot_galery"),
]


@pytest.mark.parametrize("call, kind, said", WRONG)
def test_bad_input_is_told(call, kind, said):
    pytest.importorskip("matplotlib").use("Agg")
    with pytest.raises(kind, match=said):
        call(visualization)


def test_config():
    config = Config(rate=0.1)
    config.epochs, config["seed"] = 3, 5
    assert config.seed == 5 and list(config) == ["epochs", "rate", "seed"] and len(config) == 3
    assert config.as_dict() == {"rate": 0.1, "epochs": 3, "seed": 5} and "rate" in config
    assert config.to_json() == '{"rate": 0.1, "epochs": 3, "seed": 5}'
    config.freeze()
    for change in (lambda: config.update(a=1), lambda: config.pop("seed")):
        with pytest.raises(ValueError, match="frozen"):
            change()
    config.unfreeze()
    assert config.pop("seed") == 5 and config.get("seed", 7) == 7
    with pytest.raises(AttributeError, match="no 'seed'; it has rate, epochs"):
        config.seed  # noqa: B018
