"""Each op of neural networks against Keras's."""

import numpy as np
import pytest
from op_rows import check, row

ACTIVATION = """celu elu gelu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu
    log_sigmoid log_softmax relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign
    sparse_plus sparse_sigmoid sparsemax squareplus swish tanh_shrink normalize
    rms_normalization layer_normalization glu""".split()
LABELS = np.array([[1, 2, 2, 0], [3, 1, 0, 0], [2, 0, 0, 0]], "int32")
LENGTHS = np.array([3, 2, 1], "int32")
TIMES = np.array([6, 7, 4], "int32")
ONE = {"unknown": 1}  # the input's, not the kernel's
KNOWN = {"unknown": 0}
WRONG = {"symbol": False}  # Keras's symbolic result differs from its eager one

CONV = [
    row("conv", "f 2 7 3", "f 3 3 4", options=ONE),
    row("conv", "f 2 7 3", "f 3 3 4", strides=2, padding="same", options=ONE),
    row("conv", "f 2 3 9", "f 3 3 4", dilation_rate=2, data_format="channels_first", options=ONE),
    row("conv", "f 2 6 5 3", "f 3 2 3 4", strides=(2, 1), options=ONE),
    row("conv", "f 2 6 5 4", "f 2 3 2 4", padding="same", options=WRONG),
    row("conv", "f 2 6 5 3", "f 1 1 3 4", options=ONE),
    row("conv", "f 2 6 5 3", "f 1 1 3 4", strides=2, options=ONE),
    row(
        "conv",
        "f 2 3 6 5",
        "f 2 2 3 4",
        padding="same",
        strides=2,
        data_format="channels_first",
        options=ONE,
    ),
    row("conv", "f 2 5 4 4 2", "f 2 2 2 2 3", padding="same", options=ONE),
    row("depthwise_conv", "f 2 7 3", "f 3 3 2", strides=2, options=ONE),
    row("depthwise_conv", "f 2 6 5 3", "f 3 3 3 2", padding="same", options=ONE),
    row("depthwise_conv", "f 2 6 5 3", "f 2 2 3 1", dilation_rate=2, options=ONE),
    row("depthwise_conv", "f 2 3 6 5", "f 2 2 3 2", data_format="channels_first", options=ONE),
    row("separable_conv", "f 2 6 5 3", "f 2 2 3 2", "f 1 1 6 4", strides=2, options=ONE),
    row("conv_transpose", "f 2 4 3", "f 3 5 3", options=ONE),
    row("conv_transpose", "f 2 4 3", "f 2 5 3", strides=3, padding="same", options=ONE),
    row(
        "conv_transpose",
        "f 2 4 3",
        "f 3 5 3",
        strides=2,
        padding="same",
        output_padding=1,
        options=ONE,
    ),
    row("conv_transpose", "f 2 4 4 3", "f 2 3 5 3", strides=(3, 2), options=ONE),
    row("conv_transpose", "f 2 4 4 3", "f 3 3 5 3", dilation_rate=2, options=ONE),
    row(
        "conv_transpose",
        "f 2 3 4 4",
        "f 3 3 5 3",
        strides=2,
        data_format="channels_first",
        options=ONE,
    ),
    row("conv_transpose", "f 2 3 3 3 2", "f 2 2 2 4 2", strides=2, options=ONE),
]
POOL = [
    case
    for name in ("max_pool", "average_pool")
    for case in (
        row(name, "f 2 7 3", 2, 2),
        row(name, "f 2 7 3", 3, strides=2, padding="same"),
        row(name, "f 2 6 4 3", 2, 2),
        row(name, "f 2 7 5 3", (2, 3), (2, 3), padding="same"),
        row(name, "f 2 3 7 5", 2, strides=1, data_format="channels_first"),
        row(name, "f 2 4 4 4 2", 2, 2),
    )
] + [
    case
    for name in ("adaptive_max_pool", "adaptive_average_pool")
    for case in (
        row(name, "f 2 7 3", 3, options=WRONG),
        row(name, "f 2 8 5 3", (4, 2), options=WRONG),
        row(name, "f 2 3 7 5", 2, data_format="channels_first", options=WRONG),
        row(name, "f 1 5 4 6 2", (2, 3, 6), options=WRONG),
    )
]
ATTENTION = [
    row("dot_product_attention", "f 2 5 4 3", "f 2 6 4 3", "f 2 6 4 3"),
    row("dot_product_attention", "f 2 5 4 3", "f 2 5 2 3", "f 2 5 2 3", is_causal=True, scale=0.3),
    row("dot_product_attention", *["f 2 5 4 3"] * 3, "f 2 4 5 5", "b 2 1 5 5", options=KNOWN),
    *(
        row("dot_product_attention", "f 2 5 4 3", "f 2 6 2 3", "f 2 6 2 3", *rest, options=KNOWN)
        for shape in ("4 5 6", "1 5 6", "2 4 6", "2 5 6", "5 6", "2 1 1 6")
        for rest in ([f"f {shape}"], [None, f"b {shape}"])
    ),
    row("dot_product_attention", *["f 2 5 4 3"] * 3, None, "b 1 4 1 5", options=KNOWN),
]
ROWS = [
    *(row(name, "f 3 4") for name in ACTIVATION),
    *CONV,
    *POOL,
    *ATTENTION,
    row("batch_normalization", "f 3 4", "f 4", "p 4", axis=-1),
    row("batch_normalization", "f 3 4 2", "f 4", "p 4", 1, "f 4", "f 4", epsilon=0.1),
    row("binary_crossentropy", "p 3 4", "p 3 4"),
    row("binary_crossentropy", "i 3 4", "f 3 4", from_logits=True),
    row("binary_crossentropy", "b 3 4", "f 3 4", from_logits=True),
    row("categorical_crossentropy", "p 3 4", "p 3 4"),
    row("categorical_crossentropy", "p 3 4 2", "f 3 4 2", from_logits=True, axis=1, options=WRONG),
    row("celu", "f 3 4", alpha=0.5),
    row("ctc_loss", LABELS, "f 3 7 5", LENGTHS, TIMES, options={"unknown": 0, "tol": 1e-4}),
    row("ctc_decode", "f 3 7 5", TIMES, options={"unknown": 0, "grad": False}),
    row(
        "ctc_decode",
        "f 3 7 5",
        TIMES,
        merge_repeated=False,
        mask_index=4,
        options={"grad": False, "unknown": 0},
    ),
    row(
        "ctc_decode",
        "f 3 7 5",
        TIMES,
        strategy="beam_search",
        beam_width=6,
        top_paths=4,
        options={"grad": False, "unknown": 0},
    ),
    row("depth_to_space", "f 2 3 2 8", 2),
    row("depth_to_space", "f 2 8 3 2", 2, data_format="channels_first"),
    row("elu", "f 3 4", alpha=0.5),
    row("fold", "f 2 12 12", (5, 4), (2, 3), padding=1, stride=(2, 1), options=WRONG),
    row("fold", "f 2 12 16", 5, 2),
    row("gelu", "f 3 4", approximate=False),
    row("glu", "f 4 3", axis=0, options=KNOWN),
    row("hard_shrink", "f 3 4", threshold=0.1),
    row("layer_normalization", "f 3 4 5", "f 4 5", "f 4 5", axis=(1, 2), epsilon=0.01, options=ONE),
    row("layer_normalization", "f 3 4 5", "f 4", axis=1),
    row("leaky_relu", "f 3 4", negative_slope=0.3),
    row("log_softmax", "f 3 4 2", axis=(0, 2), options=KNOWN),
    row("moments", "f 3 4 5", (0, 2), options={"unknown": 0}),
    row("moments", "f 3 4", [1], keepdims=True),
    row("moments", "f 3 4", None),
    row("multi_hot", "i 3 2", 4, options=WRONG),
    row("multi_hot", "i 3", num_classes=5, dtype="int32"),
    row("normalize", "f 3 4", axis=0, order=3),
    row("one_hot", "i 3 2", 4),
    row("one_hot", "i 3 2", 5, axis=1, dtype="bool"),
    row("polar", "p 3", "f 3", options=WRONG),
    row("psnr", "p 3 4", "p 3 4", 1.0),
    row("relu", "i 3 4"),
    row("rms_normalization", "f 3 4 5", "f 4 5", axis=(1, 2), epsilon=0.1, options=ONE),
    row("sigmoid", "f 2 3 4"),
    row("softmax", "f 3 4 2", axis=(1, 2)),
    row("softmax", "f 3 4", axis=0),
    row("soft_shrink", "f 3 4", threshold=0.1),
    row("space_to_depth", "f 2 4 6 3", 2),
    row("space_to_depth", "f 2 3 4 6", 2, data_format="channels_first"),
    row("sparse_categorical_crossentropy", "i 3", "p 3 4", options=KNOWN),
    row("sparse_categorical_crossentropy", "i 2 3 1", "f 2 3 4", from_logits=True),
    row("sparsemax", "f 3 4", axis=0),
    row("squareplus", "f 3 4", b=2),
    row("threshold", "f 3 4", 0.2, -1.0),
    row("unfold", "f 2 3 5 4", 2),
    row("unfold", "f 2 3 6 5", (2, 3), dilation=2, padding=1, stride=(1, 2)),
]


@pytest.mark.parametrize("case", ROWS, ids=str)
def test_equals_keras(case):
    check(case)
