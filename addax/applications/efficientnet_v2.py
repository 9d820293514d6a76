"""EfficientNet v2: smaller and faster to train, with plain convolutions in its first stages.

Tan and Le 2021, https://arxiv.org/abs/2104.00298. The networks take images of 0..255, unless
`include_preprocessing=False`.
"""

import functools
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from addax import layers
from addax.applications._blocks import (
    activate,
    batch_norm,
    channel_axis,
    channels,
    eighths,
    named_pool,
)
from addax.applications._network import ImageShape, Network, Weights, application, assemble
from addax.applications._weights import ROOT, Pretrained
from addax.applications.efficientnet import (
    DROP_RATE,
    SPREAD,
    SQUEEZE,
    add,
    spread_conv,
    squeeze_excite,
    top,
)
from addax.applications.imagenet_utils import MEAN, STD
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import unchanged as preprocess_input
from addax.core.types import ActivationLike
from addax.models import Model

TITLES = [f"EfficientNetV2{size}" for size in ("B0", "B1", "B2", "B3", "L", "M", "S")]
__all__ = [*TITLES, "decode_predictions", "preprocess_input"]  # pyright: ignore

norm = functools.partial(batch_norm, momentum=0.9)


class Stage(NamedTuple):
    """A row of the paper's table 4; fused: one plain convolution in place of two, no squeezing."""

    repeats: int
    filters: int
    expansion: int
    stride: int
    fused: bool = False


BASE = (
    Stage(1, 16, 1, 1, fused=True),
    Stage(2, 32, 4, 2, fused=True),
    Stage(2, 48, 4, 2, fused=True),
    Stage(3, 96, 4, 2),
    Stage(5, 112, 6, 1),
    Stage(8, 192, 6, 2),
)
SMALL = (
    Stage(2, 24, 1, 1, fused=True),
    Stage(4, 48, 4, 2, fused=True),
    Stage(4, 64, 4, 2, fused=True),
    Stage(6, 128, 4, 2),
    Stage(9, 160, 6, 1),
    Stage(15, 256, 6, 2),
)
MEDIUM = (
    Stage(3, 24, 1, 1, fused=True),
    Stage(5, 48, 4, 2, fused=True),
    Stage(5, 80, 4, 2, fused=True),
    Stage(7, 160, 4, 2),
    Stage(14, 176, 6, 1),
    Stage(18, 304, 6, 2),
    Stage(5, 512, 6, 1),
)
LARGE = (
    Stage(4, 32, 1, 1, fused=True),
    Stage(7, 64, 4, 2, fused=True),
    Stage(7, 96, 4, 2, fused=True),
    Stage(10, 192, 4, 2),
    Stage(19, 224, 6, 1),
    Stage(25, 384, 6, 2),
    Stage(7, 640, 6, 1),
)


class Variant(NamedTuple):
    """One of the networks."""

    name: str
    size: int
    hashes: tuple[str, str]
    stages: Sequence[Stage] = BASE
    stem: int = 32
    width: float = 1.0
    depth: float = 1.0


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant(
            "efficientnetv2-b0", 224,
            ("21ecbf6da12460d5c40bb2f29ceb2188", "893217f2bb855e2983157299931e43ff"),
        ),
        Variant(
            "efficientnetv2-b1", 240,
            ("069f0534ff22adf035c89e2d9547a9dc", "0e80663031ca32d657f9caa404b6ec37"),
            depth=1.1,
        ),
        Variant(
            "efficientnetv2-b2", 260,
            ("424e49f28180edbde1e94797771950a7", "1dfe2e7a5d45b6632553a8961ea609eb"),
            width=1.1, depth=1.2,
        ),
        Variant(
            "efficientnetv2-b3", 300,
            ("1f1fc43bd98a6e4fd8fdfd551e02c7a0", "f6abf7b5849ac99a89b50dd3fd532856"),
            width=1.2, depth=1.4,
        ),
        Variant(
            "efficientnetv2-s", 384,
            ("e1d88a8495beba45748fedd0cecbe016", "af0682fb74e8c54910f2d4393339c070"),
            SMALL, 24,
        ),
        Variant(
            "efficientnetv2-m", 480,
            ("a3bf6aa3276309f4fc6a34aa114c95cd", "1b8dc055df72dde80d614482840fe342"),
            MEDIUM, 24,
        ),
        Variant(
            "efficientnetv2-l", 480,
            ("27e6d408b53c7ebc868fefa357689935", "b0b66b5c863aef5b46e8608fe1711615"),
            LARGE,
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
    include_preprocessing: bool = True,
    name: str | None = None,
) -> Model:
    """One of the networks."""
    files = (f"{variant.name}.h5", f"{variant.name}_notop.h5")
    network = Network(
        variant.name,
        functools.partial(features, variant, include_preprocessing),
        Pretrained(f"{ROOT}efficientnet_v2/", files, variant.hashes),
        size=variant.size,
        top=functools.partial(top, 0.2),
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


def features(variant: Variant, include_preprocessing: bool, x: Any) -> Any:
    """Images in standard units, a convolution, the blocks and a 1x1 convolution."""
    if include_preprocessing:
        x = standard_units(x) if variant.stages is BASE else layers.Rescaling(1 / 128, offset=-1)(x)
    stem = eighths(variant.stem * variant.width)
    x = spread_conv(x, stem, 3, "stem_conv", strides=2, padding="same")
    x = activate(norm(x, "stem_bn"), "swish", "stem_activation")

    total, done = sum(stage.repeats for stage in variant.stages), 0
    for i, stage in enumerate(variant.stages, 1):
        filters = eighths(stage.filters * variant.width)
        for j in range(math.ceil(variant.depth * stage.repeats)):
            row = stage._replace(filters=filters, stride=1 if j else stage.stride)
            x = block(x, row, DROP_RATE * done / total, f"block{i}{chr(97 + j)}_")
            done += 1

    x = spread_conv(x, eighths(1280 * variant.width), 1, "top_conv", padding="same")
    return activate(norm(x, "top_bn"), "swish", "top_activation")


def standard_units(x: Any) -> Any:
    """Images of 0..255 less ImageNet's means, divided by its standard deviations."""
    if channels(x) != 3:
        return layers.Rescaling(1 / 128, offset=-1)(x)
    x = layers.Rescaling(1 / 255)(x)
    variance = [s**2 for s in STD]
    return layers.Normalization(mean=MEAN, variance=variance, axis=channel_axis())(x)


def block(x: Any, row: Stage, drop_rate: float, name: str) -> Any:
    """More channels, a convolution, fewer channels; plus `x` where the shape allows."""
    start = x
    x = fused(x, row, name) if row.fused else inverted(x, row, name)
    return add(x, start, drop_rate, name) if row.stride == 1 else x


def fused(x: Any, row: Stage, name: str) -> Any:
    """A 3x3 convolution to more channels and a 1x1 convolution to fewer, or the first alone."""
    window: dict[str, Any] = {"size": 3, "strides": row.stride, "padding": "same"}
    if row.expansion == 1:
        x = spread_conv(x, row.filters, name=f"{name}project_conv", **window)
        x = norm(x, f"{name}project_bn")
        return activate(x, "swish", f"{name}project_activation")
    x = spread_conv(x, channels(x) * row.expansion, name=f"{name}expand_conv", **window)
    x = activate(norm(x, f"{name}expand_bn"), "swish", f"{name}expand_activation")
    return project(x, row.filters, name)


def project(x: Any, filters: int, name: str) -> Any:
    """A 1x1 convolution, normalized."""
    x = spread_conv(x, filters, 1, f"{name}project_conv", padding="same")
    return norm(x, f"{name}project_bn")


def inverted(x: Any, row: Stage, name: str) -> Any:
    """A 1x1 convolution to more channels, a depthwise one, and a 1x1 convolution to fewer."""
    before = channels(x)
    x = spread_conv(x, before * row.expansion, 1, f"{name}expand_conv", padding="same")
    x = activate(norm(x, f"{name}expand_bn"), "swish", f"{name}expand_activation")
    x = layers.DepthwiseConv2D(
        3,
        strides=row.stride,
        padding="same",
        use_bias=False,
        depthwise_initializer=SPREAD,
        name=f"{name}dwconv2",
    )(x)
    x = activate(norm(x, f"{name}bn"), "swish", f"{name}activation")
    x = squeeze_excite(x, max(1, int(before * SQUEEZE)), name)
    return project(x, row.filters, name)


EfficientNetV2B0 = application(__name__, "EfficientNetV2B0", build, VARIANTS["efficientnetv2-b0"])
EfficientNetV2B1 = application(__name__, "EfficientNetV2B1", build, VARIANTS["efficientnetv2-b1"])
EfficientNetV2B2 = application(__name__, "EfficientNetV2B2", build, VARIANTS["efficientnetv2-b2"])
EfficientNetV2B3 = application(__name__, "EfficientNetV2B3", build, VARIANTS["efficientnetv2-b3"])
EfficientNetV2S = application(__name__, "EfficientNetV2S", build, VARIANTS["efficientnetv2-s"])
EfficientNetV2M = application(__name__, "EfficientNetV2M", build, VARIANTS["efficientnetv2-m"])
EfficientNetV2L = application(__name__, "EfficientNetV2L", build, VARIANTS["efficientnetv2-l"])
