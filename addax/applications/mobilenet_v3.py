"""MobileNet v3: the blocks of v2, found by search, with squeeze and excitation.

Howard et al. 2019, https://arxiv.org/abs/1905.02244. The networks take images of 0..255.
"""

import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

from addax import layers
from addax.applications._blocks import activate, channels, conv, divisible, named_pool, pad
from addax.applications._network import ImageShape, Network, Weights, application, assemble
from addax.applications._weights import ROOT, Pretrained
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import unchanged as preprocess_input
from addax.applications.mobilenet import check_tensor, resolved, trained_size
from addax.applications.mobilenet_v2 import norm
from addax.core.checks import one_of
from addax.core.types import ActivationLike
from addax.models import Model

__all__ = ["decode_predictions", "preprocess_input"]

SQUEEZE = 0.25  # of the channels, within squeeze and excitation


class Block(NamedTuple):
    """A row of the paper's tables 1 and 2."""

    expansion: float
    filters: int
    stride: int = 1
    large: bool = False  # a window of 5, unless minimalistic
    squeezed: bool = False  # with squeeze and excitation, unless minimalistic
    swish: bool = False  # hard swish instead of relu, unless minimalistic


class Variant(NamedTuple):
    """One of the two networks; hashes by what a file's name says of the network."""

    name: str
    blocks: Sequence[Block]
    features: int
    hashes: dict[str, tuple[str, str]]


SMALL = Variant(
    "MobileNetV3Small",
    (
        Block(1, 16, 2, squeezed=True),
        Block(72 / 16, 24, 2),
        Block(88 / 24, 24),
        Block(4, 40, 2, large=True, squeezed=True, swish=True),
        Block(6, 40, large=True, squeezed=True, swish=True),
        Block(6, 40, large=True, squeezed=True, swish=True),
        Block(3, 48, large=True, squeezed=True, swish=True),
        Block(3, 48, large=True, squeezed=True, swish=True),
        Block(6, 96, 2, large=True, squeezed=True, swish=True),
        Block(6, 96, large=True, squeezed=True, swish=True),
        Block(6, 96, large=True, squeezed=True, swish=True),
    ),
    1024,
    {
        "small_224_0.75_float": (
            "cb65d4e5be93758266aa0a7f2c6708b7", "ebdb5cc8e0b497cd13a7c275d475c819"
        ),
        "small_224_1.0_float": (
            "8768d4c2e7dee89b9d02b2d03d65d862", "d3e8ec802a04aa4fc771ee12a9a9b836"
        ),
        "small_minimalistic_224_1.0_float": (
            "99cd97fb2fcdad2bf028eb838de69e37", "cde8136e733e811080d9fcd8a252f7e4"
        ),
    },
)  # fmt: skip
LARGE = Variant(
    "MobileNetV3Large",
    (
        Block(1, 16),
        Block(4, 24, 2),
        Block(3, 24),
        Block(3, 40, 2, large=True, squeezed=True),
        Block(3, 40, large=True, squeezed=True),
        Block(3, 40, large=True, squeezed=True),
        Block(6, 80, 2, swish=True),
        Block(2.5, 80, swish=True),
        Block(2.3, 80, swish=True),
        Block(2.3, 80, swish=True),
        Block(6, 112, squeezed=True, swish=True),
        Block(6, 112, squeezed=True, swish=True),
        Block(6, 160, 2, large=True, squeezed=True, swish=True),
        Block(6, 160, large=True, squeezed=True, swish=True),
        Block(6, 160, large=True, squeezed=True, swish=True),
    ),
    1280,
    {
        "large_224_0.75_float": (
            "765b44a33ad4005b3ac83185abf1d0eb", "40af19a13ebea4e2ee0c676887f69a2e"
        ),
        "large_224_1.0_float": (
            "59e551e166be033d707958cf9e29a6a7", "07fb09a5933dd0c8eaafa16978110389"
        ),
        "large_minimalistic_224_1.0_float": (
            "675e7b876c45c57e9e63e6d90a36599c", "ec5221f64a2f6d1ef965a614bdae7973"
        ),
    },
)  # fmt: skip


def build(
    variant: Variant,
    input_shape: ImageShape = None,
    alpha: float = 1.0,
    minimalistic: bool = False,
    include_top: bool = True,
    weights: Weights = "imagenet",
    input_tensor: Any = None,
    classes: int = 1000,
    pooling: str | None = None,
    dropout_rate: float = 0.2,
    classifier_activation: ActivationLike = "softmax",
    include_preprocessing: bool = True,
    name: str | None = None,
) -> Model:
    """A network with `alpha` times the filters; `minimalistic` without what is slow on some
    devices: windows of 5, squeeze and excitation, hard swish."""
    if weights == "imagenet":
        alphas = (1.0,) if minimalistic else (0.75, 1.0)
        one_of("alpha, with ImageNet's weights,", alpha, alphas)
        height, width = resolved(check_tensor(input_tensor, input_shape), False, 224)
        trained_size(height, width, (224,), weights)
    size = variant.name.removeprefix("MobileNetV3").lower()
    key = f"{size}{'_minimalistic' * minimalistic}_224_{float(alpha)}_float"
    stem = f"weights_mobilenet_v3_{key}"
    network = Network(
        variant.name,
        functools.partial(features, variant, alpha, minimalistic, include_preprocessing),
        Pretrained(
            f"{ROOT}mobilenet_v3/",
            (f"{stem}.h5", f"{stem}_no_top_v2.h5"),
            variant.hashes.get(key, (None, None)),
        ),
        top=functools.partial(top, variant, alpha, minimalistic, dropout_rate),
        pool=named_pool,
        any_size=True,
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


def features(
    variant: Variant, alpha: float, minimalistic: bool, include_preprocessing: bool, x: Any
) -> Any:
    """Images scaled to -1..1, a convolution, the blocks and a 1x1 convolution."""
    if include_preprocessing:
        x = layers.Rescaling(1 / 127.5, offset=-1.0)(x)
    x = conv(x, 16, 3, "conv", strides=2, padding="same")
    x = _activate(norm(x, "conv_bn"), not minimalistic)
    for number, row in enumerate(variant.blocks):
        if minimalistic:
            row = row._replace(large=False, squeezed=False, swish=False)
        x = block(x, row, divisible(row.filters * alpha), number)
    x = conv(x, divisible(6 * channels(x)), 1, "conv_1", padding="same")
    return _activate(norm(x, "conv_1_bn"), not minimalistic)


def _activate(x: Any, swish: bool) -> Any:
    return activate(x, "hard_swish") if swish else layers.ReLU()(x)


def block(x: Any, row: Block, filters: int, number: int) -> Any:
    """More channels, a depthwise convolution, fewer channels; plus `x` where the shape allows."""
    start, before = x, channels(x)
    prefix = f"expanded_conv_{number}_" if number else "expanded_conv_"
    wide = divisible(before * row.expansion)
    size = 5 if row.large else 3
    if number:
        x = conv(x, wide, 1, f"{prefix}expand", padding="same")
        x = _activate(norm(x, f"{prefix}expand_bn"), row.swish)
    if row.stride == 2:
        x = pad(x, size, f"{prefix}depthwise_pad")
    x = layers.DepthwiseConv2D(
        size,
        strides=row.stride,
        padding="same" if row.stride == 1 else "valid",
        use_bias=False,
        name=f"{prefix}depthwise",
    )(x)
    x = _activate(norm(x, f"{prefix}depthwise_bn"), row.swish)
    if row.squeezed:
        x = squeeze_excite(x, wide, f"{prefix}squeeze_excite_")
    x = norm(conv(x, filters, 1, f"{prefix}project", padding="same"), f"{prefix}project_bn")
    same = row.stride == 1 and before == filters
    return layers.Add(name=f"{prefix}add")([start, x]) if same else x


def squeeze_excite(x: Any, filters: int, prefix: str) -> Any:
    """Each channel times a number from 0 to 1 that the means of all channels decide."""
    y = layers.GlobalAveragePooling2D(keepdims=True, name=f"{prefix}avg_pool")(x)
    y = layers.Conv2D(divisible(filters * SQUEEZE), 1, padding="same", name=f"{prefix}conv")(y)
    y = layers.ReLU(name=f"{prefix}relu")(y)
    y = layers.Conv2D(filters, 1, padding="same", name=f"{prefix}conv_1")(y)
    y = layers.ReLU(6.0)(y + 3.0) * (1 / 6)
    return layers.Multiply(name=f"{prefix}mul")([x, y])


def top(
    variant: Variant,
    alpha: float,
    minimalistic: bool,
    dropout_rate: float,
    x: Any,
    classes: int,
    activation: Any,
) -> Any:
    """1x1 convolutions on the means of the channels."""
    wide = variant.features if alpha <= 1 else divisible(variant.features * alpha)
    x = layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = layers.Conv2D(wide, 1, padding="same", name="conv_2")(x)
    x = _activate(x, not minimalistic)
    if dropout_rate > 0:
        x = layers.Dropout(dropout_rate)(x)
    x = layers.Conv2D(classes, 1, padding="same", name="logits")(x)
    return activate(layers.Flatten()(x), activation, "predictions")


MobileNetV3Small = application(__name__, "MobileNetV3Small", build, SMALL)
MobileNetV3Large = application(__name__, "MobileNetV3Large", build, LARGE)
