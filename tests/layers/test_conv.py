"""Convolutions equal Keras's."""

import pytest
from layer_rows import case, check

FIRST = {"data_format": "channels_first"}
HALF = {"dtype": "mixed_bfloat16"}

CONV = [
    case("Conv1D", (2, 9, 3), filters=4, kernel_size=3),
    case("Conv1D", (2, 9, 3), filters=4, kernel_size=4, strides=2, padding="same"),
    case("Conv1D", (2, 9, 3), filters=4, kernel_size=3, padding="causal"),
    case("Conv1D", (2, 9, 3), filters=4, kernel_size=3, padding="causal", dilation_rate=2),
    case("Conv1D", (2, 9, 3), filters=4, kernel_size=3, padding="causal", strides=2),
    case("Conv1D", (2, 4, 9), filters=4, kernel_size=3, padding="causal", **FIRST),
    case("Conv1D", (2, 4, 9), filters=6, kernel_size=3, groups=2, **FIRST),
    case("Conv1D", (2, 9, 3), filters=4, kernel_size=3, **HALF),
    case("Conv2D", (2, 7, 8, 3), filters=4, kernel_size=3),
    case("Conv2D", (2, 7, 8, 3), filters=4, kernel_size=(3, 2), strides=2, padding="same"),
    case("Conv2D", (2, 7, 8, 3), filters=4, kernel_size=[3, 2], strides=(2, 1), padding="SAME"),
    case("Conv2D", (2, 9, 9, 4), filters=6, kernel_size=3, groups=2, dilation_rate=2),
    case("Conv2D", (2, 9, 9, 4), filters=8, kernel_size=3, groups=4, padding="same"),
    case("Conv2D", (2, 4, 7, 8), filters=4, kernel_size=3, **FIRST),
    case("Conv2D", (2, 5, 5, 3), filters=4, kernel_size=1, activation="relu", use_bias=False),
    case(
        "Conv2D",
        (2, 5, 5, 3),
        filters=4,
        kernel_size=2,
        kernel_regularizer="l2",
        activity_regularizer="l1",
        bias_constraint="non_neg",
        kernel_initializer="he_normal",
    ),
    case("Conv2D", (2, 5, 5, 3), filters=4, kernel_size=2, **HALF),
    case("Conv2D", (1, 3, 3, 2), filters=2, kernel_size=2, dtype="mixed_float16"),
    case("Conv3D", (2, 5, 6, 4, 2), filters=3, kernel_size=2),
    case("Conv3D", (2, 5, 6, 4, 2), filters=3, kernel_size=(2, 3, 1), strides=2, padding="same"),
    case("Conv3D", (2, 2, 5, 6, 4), filters=3, kernel_size=2, dilation_rate=(1, 2, 1), **FIRST),
    case("Conv3D", (1, 3, 3, 3, 2), filters=3, kernel_size=2, **HALF),
]

TRANSPOSE = [
    case(name, shape, filters=3, kernel_size=window, strides=stride, padding=padding)
    for name, shape in [
        ("Conv1DTranspose", (2, 5, 3)),
        ("Conv2DTranspose", (2, 3, 4, 2)),
        ("Conv3DTranspose", (1, 3, 2, 3, 2)),
    ]
    for window, stride in [(3, 1), (3, 2), (2, 3), (4, 2)]
    for padding in ("valid", "same")
] + [
    case("Conv1DTranspose", (2, 3, 5), filters=4, kernel_size=3, strides=2, **FIRST),
    case("Conv1DTranspose", (2, 5, 3), filters=4, kernel_size=3, strides=2, output_padding=1),
    case("Conv1DTranspose", (2, 5, 3), filters=4, kernel_size=3, dilation_rate=2),
    case("Conv1DTranspose", (2, 5, 3), filters=4, kernel_size=3, **HALF),
    case(
        "Conv2DTranspose",
        (2, 3, 4, 2),
        filters=4,
        kernel_size=(3, 2),
        strides=(2, 3),
        output_padding=(1, 0),
        padding="same",
        activation="tanh",
        use_bias=False,
    ),
    case("Conv2DTranspose", (2, 2, 3, 4), filters=4, kernel_size=3, padding="same", **FIRST),
    case("Conv2DTranspose", (2, 3, 4, 2), filters=4, kernel_size=3, **HALF),
    case("Conv3DTranspose", (1, 2, 3, 2, 3), filters=2, kernel_size=2, strides=2, **FIRST),
    case("Conv3DTranspose", (1, 2, 3, 2, 3), filters=2, kernel_size=2, **HALF),
]

DEPTHWISE = [
    case("DepthwiseConv1D", (2, 9, 3), kernel_size=3),
    case("DepthwiseConv1D", (2, 9, 3), kernel_size=4, strides=2, padding="same"),
    case("DepthwiseConv1D", (2, 3, 9), kernel_size=3, depth_multiplier=2, **FIRST),
    case("DepthwiseConv1D", (2, 9, 3), kernel_size=3, dilation_rate=2, activation="relu"),
    case("DepthwiseConv1D", (2, 9, 3), kernel_size=3, **HALF),
    case("DepthwiseConv2D", (2, 7, 8, 3), kernel_size=3),
    case("DepthwiseConv2D", (2, 7, 8, 3), kernel_size=(3, 2), strides=2, padding="same"),
    case("DepthwiseConv2D", (2, 3, 7, 8), kernel_size=3, depth_multiplier=2, **FIRST),
    case(
        "DepthwiseConv2D",
        (2, 7, 8, 3),
        kernel_size=3,
        dilation_rate=2,
        use_bias=False,
        depthwise_regularizer="l2",
        depthwise_constraint="non_neg",
        depthwise_initializer="he_uniform",
    ),
    case("DepthwiseConv2D", (2, 7, 8, 3), kernel_size=3, **HALF),
    case("SeparableConv1D", (2, 9, 3), filters=4, kernel_size=3),
    case("SeparableConv1D", (2, 9, 3), filters=4, kernel_size=3, strides=2, padding="same"),
    case("SeparableConv1D", (2, 3, 9), filters=4, kernel_size=3, depth_multiplier=2, **FIRST),
    case("SeparableConv1D", (2, 9, 3), filters=4, kernel_size=3, **HALF),
    case("SeparableConv2D", (2, 7, 8, 3), filters=4, kernel_size=(3, 2)),
    case("SeparableConv2D", (2, 7, 8, 3), filters=4, kernel_size=3, strides=2, padding="same"),
    case("SeparableConv2D", (2, 3, 7, 8), filters=4, kernel_size=3, dilation_rate=2, **FIRST),
    case(
        "SeparableConv2D",
        (2, 7, 8, 3),
        filters=4,
        kernel_size=3,
        depth_multiplier=2,
        activation="relu",
        use_bias=False,
        pointwise_regularizer="l1",
        pointwise_constraint="unit_norm",
    ),
    case("SeparableConv2D", (2, 7, 8, 3), filters=4, kernel_size=3, **HALF),
]

ROWS = CONV + TRANSPOSE + DEPTHWISE


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)
