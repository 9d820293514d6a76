"""Each op on images against Keras's."""

import numpy as np
import pytest
from op_rows import check, row

AFFINE = [[0.9, 0.1, 0.53, -0.1, 1.1, 0.32, 0, 0], [1, 0.23, -1, 0, 0.81, 1, 0, 0]]
START = np.array([[0.0, 0.0], [5.0, 0.0], [0.0, 4.0], [5.0, 4.0]], "float32")
END = np.array([[0.5, 0.3], [4.0, 0.0], [0.0, 3.0], [5.0, 3.5]], "float32")
BYTES = np.arange(120, dtype="uint8").reshape(2, 5, 4, 3)
PLACES = np.array([[0.2, 1.5, 3.0], [1.0, 0.4, -0.6]], "float32")
FIRST = {"data_format": "channels_first"}
WRONG = {"symbol": False}  # Keras's symbolic result differs from its eager one, or it has none
ROUGH = {"tol": 1e-4}
KNOWN = {"unknown": 0}
EAGER = WRONG | ROUGH | {"jit": False, "grad": False}  # Keras does not compile it

ROWS = [
    row("affine_transform", "p 2 5 6 3", AFFINE, options=ROUGH | WRONG),
    row("affine_transform", "p 5 6 3", AFFINE[0], "nearest", "wrap", options=WRONG),
    row("affine_transform", "p 2 3 5 6", AFFINE, fill_value=0.3, **FIRST, options=ROUGH | WRONG),
    row("crop_images", "f 2 6 5 3", 1, 1, 2, 1),
    row("crop_images", "f 3 6 5", top_cropping=1, target_height=3, left_cropping=0,
        target_width=2, **FIRST),
    row("elastic_transform", "p 2 6 5 3", 2.0, 1.0, seed=3, options=EAGER),
    row("elastic_transform", "p 3 6 5", sigma=1.0, seed=1, **FIRST,
        options=EAGER),
    row("extract_patches", "f 2 6 5 3", 2),
    row("extract_patches", "f 6 5 3", (3, 2), 1, padding="same"),
    row("extract_patches", "f 2 3 7 6", 2, 1, 2, **FIRST),
    row("extract_patches", "f 2 4 4 4 2", (2, 2, 2)),
    row("extract_patches_3d", "f 2 4 5 4 2", 2, 2),
    row("gaussian_blur", "p 2 6 5 3", (5, 3), (1.0, 2.0), data_format="channels_last"),
    row("gaussian_blur", "p 3 6 5", **FIRST),
    row("hsv_to_rgb", "p 2 3 4 3"),
    row("hsv_to_rgb", "p 3 4 3", **FIRST, options=KNOWN),
    row("map_coordinates", "f 4 3", PLACES, 1, options=KNOWN),
    row("map_coordinates", "f 4 3", PLACES, 0, "reflect", options={"grad": False, "unknown": 0}),
    row("pad_images", "f 2 4 3 2", 1, 2, 0, 1),
    row("pad_images", "f 2 4 3", bottom_padding=1, right_padding=2, target_height=8,
        target_width=6, **FIRST),
    row("perspective_transform", "p 5 6 3", START, END, options=ROUGH | KNOWN),
    row("perspective_transform", "p 2 5 6 3", np.stack([START] * 2), np.stack([END, START]),
        options=ROUGH | KNOWN),
    row("resize", "p 2 6 5 3", (4, 7)),
    row("resize", "p 6 5 3", (3, 3), "bicubic", True),
    row("resize", "p 2 3 6 5", (7, 9), "nearest", **FIRST),
    row("resize", BYTES, (8, 7)),
    row("resize", "p 2 6 5 3", (4, 9), crop_to_aspect_ratio=True),
    row("resize", "p 6 5 3", (4, 9), pad_to_aspect_ratio=True, fill_value=0.5),
    row("resize", "i 6 3 1", (4, 9), pad_to_aspect_ratio=True, fill_value=0.5),
    row("resize", "p 2 6 3 3", (9, 4), "lanczos3", pad_to_aspect_ratio=True),
    row("rgb_to_grayscale", "p 2 4 3 3"),
    row("rgb_to_grayscale", BYTES),
    row("rgb_to_grayscale", "p 3 4 3", **FIRST, options=KNOWN),
    row("rgb_to_hsv", "p 2 4 3 3"),
    row("rgb_to_hsv", "p 3 4 3", **FIRST, options=KNOWN),
    row("scale_and_translate", "p 2 4 4 3", (2, 6, 7, 3), np.array([1.5, 2.0], "float32"),
        np.array([0.5, -1.0], "float32"), (1, 2), "linear", options={"unknown": 0, "grad": False}),
    row("sobel_edges", "p 2 5 4 3"),
    row("sobel_edges", "p 2 3 5 4", **FIRST),
    row("ssim", "p 2 14 13 3", "p 2 14 13 3", options=ROUGH),
    row("ssim", "p 3 14 13", "p 3 14 13", filter_size=5, **FIRST, options=ROUGH),
]  # fmt: skip


@pytest.mark.parametrize("case", ROWS, ids=str)
def test_equals_keras(case):
    check(case)
