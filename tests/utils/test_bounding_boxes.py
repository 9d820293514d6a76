"""Bounding boxes equal Keras's."""

import itertools

import keras
import numpy as np
import pytest

import addax

FORMATS = (
    "xyxy", "yxyx", "xywh", "center_xywh", "center_yxhw",
    "rel_xyxy", "rel_yxyx", "rel_xywh", "rel_center_xywh",
)  # fmt: skip
OURS, THEIRS = addax.utils.bounding_boxes, keras.utils.bounding_boxes


def boxes(count, seed=0, batch=2):
    rng = np.random.default_rng(seed)
    start, size = rng.uniform(0, 30, (batch, count, 2)), rng.uniform(2, 20, (batch, count, 2))
    return np.concatenate([start, start + size], -1).astype("float32")


A, B = boxes(3), boxes(4, 1)
NUMBERS = {
    k: np.array(v, "float32")
    for k, v in {
        "angle": [20, -130], "translate_x": [0.1, 0], "translate_y": [0, -0.2], "scale": [1, 0.7],
        "shear_x": [0, 10], "shear_y": [5, 0],
    }.items()
}  # fmt: skip
SHAPE = (40, 50, 3)
NEAR = [(f, {"image_shape": SHAPE}) for f in FORMATS]
ROWS = [
    *(
        ("convert_format", (A, a, b), {"height": 40, "width": 50})
        for a, b in itertools.product(FORMATS, FORMATS)
    ),
    ("convert_format", (A, "XYXY", "xywh"), {}),
    ("clip_to_image_size", ({"boxes": A, "labels": np.ones((2, 3), "int32")}, 20, 25), {}),
    ("clip_to_image_size", ({"boxes": A / 30},), {"bounding_box_format": "rel_xyxy"}),
    ("crop", (A, 3, 7, 20, 25), {}),
    ("pad", (A, 3, 7), {}),
    ("affine_transform", (A,), NUMBERS | {"height": 40, "width": 50}),
    ("affine_transform", (A,), NUMBERS | {"height": 40, "width": 50, "center_x": 0.2}),
    *(("compute_iou", (A, B, f), o) for f, o in NEAR),
    ("compute_iou", (A[0], B[0], "xyxy"), {}),
    ("compute_iou", (A[0], B[0] - 60, "xyxy"), {"use_masking": True}),
    ("compute_ciou", (A, B[:, :3], "xyxy"), {}),
    ("compute_ciou", (A, B[:, :3], "center_xywh"), {}),
    *(("encode_box_to_deltas", (A, B[:, :3], f, "xyxy"), o) for f, o in NEAR),
    ("encode_box_to_deltas", (A, B[:, :3], "xyxy", "xywh"), {"variance": [0.1, 0.1, 0.2, 0.2]}),
    ("decode_deltas_to_boxes", (A, B[:, :3] / 60, "xyxy", "rel_yxyx"), {"image_shape": SHAPE}),
    (
        "decode_deltas_to_boxes",
        ({"a": A}, {"a": B[:, :3] / 60}, "xyxy", "xyxy", "center_xywh"),
        {"variance": [0.1, 0.1, 0.2, 0.2]},
    ),
]


@pytest.mark.parametrize("name, args, kwargs", ROWS)
def test_equals_keras(name, args, kwargs):
    found, want = (getattr(m, name)(*args, **kwargs) for m in (OURS, THEIRS))
    for a, b in zip(addax.tree.flatten(found), keras.tree.flatten(want), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-4)


def test_deltas_come_back():
    deltas = OURS.encode_box_to_deltas(A, B[:, :3], "xyxy", "xyxy")
    found = OURS.decode_deltas_to_boxes(A, deltas, "xyxy", "xyxy")
    np.testing.assert_allclose(found, B[:, :3], rtol=1e-4)


@pytest.mark.parametrize(
    "name, args, message",
    [
        ("convert_format", (A, "xxyy", "xyxy"), "source is one of xyxy, .*received 'xxyy'"),
        ("convert_format", (A[..., :3], "xyxy", "xywh"), "four numbers"),
        ("convert_format", (A, "xyxy", "rel_xyxy"), "height=None, width=None"),
        ("clip_to_image_size", ({"boxes": A},), "height=None, width=None"),
        ("clip_to_image_size", ({"boxes": A}, 4, 4, "xywh"), "bounding_box_format is one of"),
        ("crop", (A, 3, 7, 20, 25, "xywh"), "bounding_box_format is one of xyxy"),
        ("compute_iou", (A, B, "rel_xyxy"), "take the image_shape"),
        ("compute_iou", (A[0, 0], B, "xyxy"), r"\(n, 4\) or \(batch, n, 4\)"),
        ("encode_box_to_deltas", (A, A, "xyxy", "xyxy", "xyxy"), "encoding_format is one of"),
        ("encode_box_to_deltas", (A, A, "xyxy", "xyxy", "center_xywh", [1]), "four numbers"),
        ("decode_deltas_to_boxes", (A, A, "xyxy", "xyxy", "xyxy"), "encoded_format is one of"),
    ],
)
def test_what_makes_no_sense_is_refused(name, args, message):
    with pytest.raises(ValueError, match=message):
        getattr(OURS, name)(*args)
