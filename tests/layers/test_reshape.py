"""Layers that rearrange, crop, pad and repeat equal Keras's."""

import pytest
from layer_rows import case, check

import addax

FIRST = {"data_format": "channels_first"}
HALF = {"dtype": "mixed_bfloat16"}

ROWS = [
    case("Flatten", (2, 3, 4)),
    case("Flatten", (2, 3)),
    case("Flatten", (2,)),
    case("Flatten", (2, 3, 4, 5), data_format="channels_first"),
    case("Reshape", (2, 6, 4), target_shape=(3, 8)),
    case("Reshape", (2, 6, 4), target_shape=(-1, 3)),
    case("Reshape", (2, 6, 4), target_shape=[24], **HALF),
    case("Permute", (2, 3, 4, 5), dims=(3, 1, 2)),
    case("Permute", (2, 3, 4), dims=[2, 1], **HALF),
    case("RepeatVector", (2, 3), n=4),
    case("RepeatVector", (2, 3), n=1, **HALF),
    case("Cropping1D", (2, 7, 3)),
    case("Cropping1D", (2, 7, 3), cropping=(0, 2)),
    case("Cropping1D", (2, 7, 3), cropping=2, **HALF),
    case("Cropping2D", (2, 5, 7, 3)),
    case("Cropping2D", (2, 5, 7, 3), cropping=((1, 0), (0, 2))),
    case("Cropping2D", (2, 3, 5, 7), cropping=(1, 2), **FIRST),
    case("Cropping2D", (2, 5, 7, 3), cropping=1, **HALF),
    case("Cropping3D", (2, 5, 7, 3, 2)),
    case("Cropping3D", (2, 2, 5, 7, 3), cropping=((1, 0), (0, 2), (1, 1)), **FIRST),
    case("Cropping3D", (2, 5, 7, 3, 2), cropping=(1, 0, 1)),
    case("Cropping3D", (2, 5, 7, 3, 2), cropping=1, **HALF),
    case("ZeroPadding1D", (2, 7, 3)),
    case("ZeroPadding1D", (2, 3, 7), padding=(0, 2), **FIRST),
    case("ZeroPadding1D", (2, 7, 3), padding=2, **HALF),
    case("ZeroPadding2D", (2, 5, 7, 3)),
    case("ZeroPadding2D", (2, 5, 7, 3), padding=((1, 0), (0, 2))),
    case("ZeroPadding2D", (2, 3, 5, 7), padding=(1, 2), **FIRST),
    case("ZeroPadding2D", (2, 5, 7, 3), padding=2, **HALF),
    case("ZeroPadding3D", (2, 5, 7, 3, 2)),
    case("ZeroPadding3D", (2, 2, 5, 7, 3), padding=((1, 0), (0, 2), (1, 1)), **FIRST),
    case("ZeroPadding3D", (2, 5, 7, 3, 2), padding=1, **HALF),
    case("UpSampling1D", (2, 5, 3)),
    case("UpSampling1D", (2, 5, 3), size=3, **HALF),
    case("UpSampling2D", (2, 5, 3, 2)),
    case("UpSampling2D", (2, 5, 3, 2), size=(1, 3)),
    case("UpSampling2D", (2, 2, 5, 3), size=3, **FIRST),
    *(
        case("UpSampling2D", (2, 5, 3, 2), interpolation=kind)
        for kind in ("bilinear", "bicubic", "lanczos3", "lanczos5")
    ),
    case("UpSampling2D", (2, 2, 5, 3), interpolation="bilinear", **FIRST),
    case("UpSampling2D", (2, 5, 3, 2), **HALF),
    case("UpSampling3D", (2, 5, 3, 2, 2)),
    case("UpSampling3D", (2, 2, 5, 3, 2), size=(1, 2, 3), **FIRST),
    case("UpSampling3D", (2, 5, 3, 2, 2), size=2, **HALF),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)


@pytest.mark.parametrize("name, value", [("RepeatVector", 3.5), ("UpSampling1D", "2")])
def test_what_must_be_an_integer(name, value):
    with pytest.raises(TypeError, match="is a positive integer; received"):
        getattr(addax.layers, name)(value)
