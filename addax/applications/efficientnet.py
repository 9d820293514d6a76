"""EfficientNet: inverted residual blocks whose width, depth and images grow together.

Tan and Le 2019, https://arxiv.org/abs/1905.11946. The networks take images of 0..255.
"""

import functools
import math
from typing import Any, NamedTuple

from addax import layers
from addax.applications._blocks import (
    activate,
    batch_norm,
    channel_axis,
    channels,
    conv,
    divisible,
    named_pool,
    pad,
    predict,
)
from addax.applications._network import ImageShape, Network, Weights, application, assemble
from addax.applications._weights import Pretrained
from addax.applications.imagenet_utils import STD
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import unchanged as preprocess_input
from addax.core.types import ActivationLike
from addax.models import Model

TITLES = [f"EfficientNetB{i}" for i in range(8)]
__all__ = [*TITLES, "decode_predictions", "preprocess_input"]  # pyright: ignore

ROOT = "https://storage.googleapis.com/keras-applications/"
DROP_RATE = 0.2  # of the branch of the last block; it grows from 0
SQUEEZE = 0.25  # of the channels that come into a block, within squeeze and excitation

# The initializers of the convolutions and of the last layer.
SPREAD = {
    "class_name": "VarianceScaling",
    "config": {"scale": 2.0, "mode": "fan_out", "distribution": "truncated_normal"},
}
SPREAD_LAST = {
    "class_name": "VarianceScaling",
    "config": {"scale": 1 / 3, "mode": "fan_out", "distribution": "uniform"},
}


class Stage(NamedTuple):
    """A row of the paper's table 1."""

    kernel: int
    repeats: int
    filters_in: int
    filters: int
    expansion: int
    stride: int


STAGES = (
    Stage(3, 1, 32, 16, 1, 1),
    Stage(3, 2, 16, 24, 6, 2),
    Stage(5, 2, 24, 40, 6, 2),
    Stage(3, 3, 40, 80, 6, 2),
    Stage(5, 3, 80, 112, 6, 1),
    Stage(5, 4, 112, 192, 6, 2),
    Stage(3, 1, 192, 320, 6, 1),
)


class Variant(NamedTuple):
    """One of the networks."""

    name: str
    width: float
    depth: float
    size: int
    dropout: float
    hashes: tuple[str, str]


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant(
            "efficientnetb0", 1.0, 1.0, 224, 0.2,
            ("902e53a9f72be733fc0bcb005b3ebbac", "50bc09e76180e00e4465e1a485ddc09d"),
        ),
        Variant(
            "efficientnetb1", 1.0, 1.1, 240, 0.2,
            ("1d254153d4ab51201f1646940f018540", "74c4e6b3e1f6a1eea24c589628592432"),
        ),
        Variant(
            "efficientnetb2", 1.1, 1.2, 260, 0.3,
            ("b15cce36ff4dcbd00b6dd88e7857a6ad", "111f8e2ac8aa800a7a99e3239f7bfb39"),
        ),
        Variant(
            "efficientnetb3", 1.2, 1.4, 300, 0.3,
            ("ffd1fdc53d0ce67064dc6a9c7960ede0", "af6d107764bb5b1abb91932881670226"),
        ),
        Variant(
            "efficientnetb4", 1.4, 1.8, 380, 0.4,
            ("18c95ad55216b8f92d7e70b3a046e2fc", "ebc24e6d6c33eaebbd558eafbeedf1ba"),
        ),
        Variant(
            "efficientnetb5", 1.6, 2.2, 456, 0.4,
            ("ace28f2a6363774853a83a0b21b9421a", "38879255a25d3c92d5e44e04ae6cec6f"),
        ),
        Variant(
            "efficientnetb6", 1.8, 2.6, 528, 0.5,
            ("165f6e37dce68623721b423839de8be5", "9ecce42647a20130c1f39a5d4cb75743"),
        ),
        Variant(
            "efficientnetb7", 2.0, 3.1, 600, 0.5,
            ("8c03f828fec3ef71311cd463b6759d99", "cbcfe4450ddf6f3ad90b1b398090fe4a"),
        ),
    )
}  # fmt: skip


def build(
    variant: Variant,
    include_top: bool = True,
    weights: Weights = "imagenet",
    input_tensor: Any = None,
    input_shape: ImageShape = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: ActivationLike = "softmax",
    name: str | None = None,
) -> Model:
    """One of the networks."""
    files = (f"{variant.name}.h5", f"{variant.name}_notop.h5")
    network = Network(
        variant.name,
        functools.partial(features, variant, weights == "imagenet"),
        Pretrained(ROOT, files, variant.hashes),
        size=variant.size,
        top=functools.partial(top, variant.dropout),
        pool=named_pool,
    )
    return assemble(
        network,
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
    )


def features(variant: Variant, pretrained: bool, x: Any) -> Any:
    """Images in standard units, a convolution, the blocks and a 1x1 convolution."""
    x = layers.Rescaling(1 / 255)(x)
    x = layers.Normalization(axis=channel_axis())(x)
    if pretrained:  # the weights were trained on images divided by the variance, not its root
        x = layers.Rescaling([1 / math.sqrt(std) for std in STD])(x)
    x = pad(x, 3, "stem_conv_pad")
    x = spread_conv(x, divisible(32 * variant.width), 3, "stem_conv", strides=2)
    x = activate(batch_norm(x, "stem_bn"), "swish", "stem_activation")

    depths = [math.ceil(variant.depth * stage.repeats) for stage in STAGES]
    total, done = sum(depths), 0
    for i, (stage, depth) in enumerate(zip(STAGES, depths, strict=True), 1):
        filters = divisible(stage.filters * variant.width)
        for j in range(depth):
            row = stage._replace(filters=filters, stride=1 if j else stage.stride)
            x = block(x, row, DROP_RATE * done / total, f"block{i}{chr(97 + j)}_")
            done += 1

    x = spread_conv(x, divisible(1280 * variant.width), 1, "top_conv", padding="same")
    return activate(batch_norm(x, "top_bn"), "swish", "top_activation")


def spread_conv(x: Any, filters: int, size: int, name: str, **options: Any) -> Any:
    """A convolution without bias, drawn wide."""
    return conv(x, filters, size, name, kernel_initializer=SPREAD, **options)


def block(x: Any, row: Stage, drop_rate: float, name: str) -> Any:
    """More channels, a depthwise convolution, fewer channels; plus `x` where the shape allows."""
    start, before = x, channels(x)
    if row.expansion != 1:
        x = spread_conv(x, before * row.expansion, 1, f"{name}expand_conv", padding="same")
        x = activate(batch_norm(x, f"{name}expand_bn"), "swish", f"{name}expand_activation")
    if row.stride == 2:
        x = pad(x, row.kernel, f"{name}dwconv_pad")
    x = layers.DepthwiseConv2D(
        row.kernel,
        strides=row.stride,
        padding="valid" if row.stride == 2 else "same",
        use_bias=False,
        depthwise_initializer=SPREAD,
        name=f"{name}dwconv",
    )(x)
    x = activate(batch_norm(x, f"{name}bn"), "swish", f"{name}activation")
    x = squeeze_excite(x, max(1, int(before * SQUEEZE)), name)
    x = spread_conv(x, row.filters, 1, f"{name}project_conv", padding="same")
    x = batch_norm(x, f"{name}project_bn")
    return add(x, start, drop_rate, name) if row.stride == 1 else x


def squeeze_excite(x: Any, filters: int, name: str) -> Any:
    """Each channel times a number from 0 to 1 that the means of all channels decide."""
    wide = channels(x)
    y = layers.GlobalAveragePooling2D(name=f"{name}se_squeeze")(x)
    shape = (wide, 1, 1) if channel_axis() == 1 else (1, 1, wide)
    y = layers.Reshape(shape, name=f"{name}se_reshape")(y)
    options: dict[str, Any] = {"padding": "same", "kernel_initializer": SPREAD}
    y = layers.Conv2D(filters, 1, activation="swish", name=f"{name}se_reduce", **options)(y)
    y = layers.Conv2D(wide, 1, activation="sigmoid", name=f"{name}se_expand", **options)(y)
    return layers.Multiply(name=f"{name}se_excite")([x, y])


def add(x: Any, start: Any, drop_rate: float, name: str) -> Any:
    """`start` plus `x`, which training drops for some examples; `x` if the channels differ."""
    if channels(x) != channels(start):
        return x
    if drop_rate > 0:
        x = layers.Dropout(drop_rate, noise_shape=(None, 1, 1, 1), name=f"{name}drop")(x)
    return layers.Add(name=f"{name}add")([x, start])


def top(dropout: float, x: Any, classes: int, activation: Any) -> Any:
    """The means of the channels, dropout, and a dense layer."""
    x = named_pool(x, "avg")
    if dropout > 0:
        x = layers.Dropout(dropout, name="top_dropout")(x)
    return predict(x, classes, activation, kernel_initializer=SPREAD_LAST)


EfficientNetB0 = application(__name__, "EfficientNetB0", build, VARIANTS["efficientnetb0"])
EfficientNetB1 = application(__name__, "EfficientNetB1", build, VARIANTS["efficientnetb1"])
EfficientNetB2 = application(__name__, "EfficientNetB2", build, VARIANTS["efficientnetb2"])
EfficientNetB3 = application(__name__, "EfficientNetB3", build, VARIANTS["efficientnetb3"])
EfficientNetB4 = application(__name__, "EfficientNetB4", build, VARIANTS["efficientnetb4"])
EfficientNetB5 = application(__name__, "EfficientNetB5", build, VARIANTS["efficientnetb5"])
EfficientNetB6 = application(__name__, "EfficientNetB6", build, VARIANTS["efficientnetb6"])
EfficientNetB7 = application(__name__, "EfficientNetB7", build, VARIANTS["efficientnetb7"])
