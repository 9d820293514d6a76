"""ConvNeXt: a convolutional network with the proportions and habits of a transformer.

Liu et al. 2022, https://arxiv.org/abs/2201.03545. The networks take images of 0..255, unless
`include_preprocessing=False`; channels_last only.
"""

import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

from addax import layers, models
from addax.applications._blocks import channels, pool
from addax.applications._network import ImageShape, Network, Weights, application, assemble
from addax.applications._weights import ROOT, Pretrained
from addax.applications.imagenet_utils import MEAN, STD
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import unchanged as preprocess_input
from addax.core.types import ActivationLike
from addax.layers.scale import LayerScale
from addax.models import Model

__all__ = [
    "ConvNeXtBase",
    "ConvNeXtLarge",
    "ConvNeXtSmall",
    "ConvNeXtTiny",
    "ConvNeXtXLarge",
    "decode_predictions",
    "preprocess_input",
]

FIRST_SCALE = 1e-6  # of what a block adds, before training

norm = functools.partial(layers.LayerNormalization, epsilon=1e-6)


class Variant(NamedTuple):
    """One of the networks: blocks and channels of its four stages."""

    name: str
    depths: Sequence[int]
    widths: Sequence[int]
    hashes: tuple[str, str]


TINY = Variant(
    "convnext_tiny",
    (3, 3, 9, 3),
    (96, 192, 384, 768),
    (
        "8ae6e78ce2933352b1ef4008e6dd2f17bc40771563877d156bc6426c7cf503ff",
        "d547c096cabd03329d7be5562c5e14798aa39ed24b474157cef5e85ab9e49ef1",
    ),
)
SMALL = Variant(
    "convnext_small",
    (3, 3, 27, 3),
    (96, 192, 384, 768),
    (
        "ce1277d8f1ee5a0ef0e171469089c18f5233860ceaf9b168049cb9263fd7483c",
        "6fc8009faa2f00c1c1dfce59feea9b0745eb260a7dd11bee65c8e20843da6eab",
    ),
)
BASE = Variant(
    "convnext_base",
    (3, 3, 27, 3),
    (128, 256, 512, 1024),
    (
        "52cbb006d3dadd03f6e095a8ca1aca47aecdd75acb4bc74bce1f5c695d0086e6",
        "40a20c5548a5e9202f69735ecc06c990e6b7c9d2de39f0361e27baeb24cb7c45",
    ),
)
LARGE = Variant(
    "convnext_large",
    (3, 3, 27, 3),
    (192, 384, 768, 1536),
    (
        "070c5ed9ed289581e477741d3b34beffa920db8cf590899d6d2c67fba2a198a6",
        "96f02b6f0753d4f543261bc9d09bed650f24dd6bc02ddde3066135b63d23a1cd",
    ),
)
XLARGE = Variant(
    "convnext_xlarge",
    (3, 3, 27, 3),
    (256, 512, 1024, 2048),
    (
        "c1f5ccab661354fc3a79a10fa99af82f0fbf10ec65cb894a3ae0815f17a889ee",
        "de3f8a54174130e0cecdc71583354753d557fcf1f4487331558e2a16ba0cfe05",
    ),
)


def build(
    variant: Variant,
    include_top: bool = True,
    include_preprocessing: bool = True,
    weights: Weights = "imagenet",
    input_tensor: Any = None,
    input_shape: ImageShape = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: ActivationLike = "softmax",
    name: str | None = None,
) -> Model:
    """One of the networks; the names of its layers begin with `name`."""
    name = name or variant.name
    files = (f"{variant.name}.h5", f"{variant.name}_notop.h5")
    network = Network(
        variant.name,
        functools.partial(features, variant, include_preprocessing, name),
        Pretrained(f"{ROOT}convnext/", files, variant.hashes),
        top=functools.partial(top, name),
        pool=normalized_pool,
        channels_last_only=True,
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


def features(variant: Variant, include_preprocessing: bool, name: str, x: Any) -> Any:
    """Images in standard units and four stages, each of which begins by getting smaller."""
    if include_preprocessing and channels(x) == 3:
        x = standard_units(x, f"{name}_prestem_normalization")
    smaller = [
        models.Sequential(
            [
                layers.Conv2D(variant.widths[0], 4, strides=4, name=f"{name}_stem_conv"),
                norm(name=f"{name}_stem_layernorm"),
            ],
            name=f"{name}_stem",
        )
    ]
    for i, width in enumerate(variant.widths[1:]):
        steps = [
            norm(name=f"{name}_downsampling_layernorm_{i}"),
            layers.Conv2D(width, 2, strides=2, name=f"{name}_downsampling_conv_{i}"),
        ]
        smaller.append(models.Sequential(steps, name=f"{name}_downsampling_block_{i}"))
    for stage, depth in enumerate(variant.depths):
        x = smaller[stage](x)
        for i in range(depth):
            x = block(x, f"{name}_stage_{stage}_block_{i}")
    return x


def standard_units(x: Any, name: str) -> Any:
    """Images of 0..255 less ImageNet's means, divided by its standard deviations."""
    mean, variance = [255 * m for m in MEAN], [(255 * s) ** 2 for s in STD]
    return layers.Normalization(mean=mean, variance=variance, name=name)(x)


def block(x: Any, name: str) -> Any:
    """`x` plus a depthwise convolution and two dense layers of it."""
    start, width = x, channels(x)
    x = layers.Conv2D(width, 7, padding="same", groups=width, name=f"{name}_depthwise_conv")(x)
    x = norm(name=f"{name}_layernorm")(x)
    x = layers.Dense(4 * width, name=f"{name}_pointwise_conv_1")(x)
    x = layers.Activation("gelu", name=f"{name}_gelu")(x)
    x = layers.Dense(width, name=f"{name}_pointwise_conv_2")(x)
    scale = LayerScale(FIRST_SCALE, width, name=f"{name}_layer_scale")  # pyright: ignore
    x = scale(x)
    return start + layers.Activation("linear", name=f"{name}_identity")(x)


def top(name: str, x: Any, classes: int, activation: Any) -> Any:
    """The means of the channels, normalized, and a dense layer."""
    x = layers.GlobalAveragePooling2D(name=f"{name}_head_gap")(x)
    x = norm(name=f"{name}_head_layernorm")(x)
    return layers.Dense(classes, activation=activation, name=f"{name}_head_dense")(x)


def normalized_pool(x: Any, pooling: str | None) -> Any:
    """The mean or the largest of each channel, or the feature map as it is; normalized."""
    return norm()(pool(x, pooling))


ConvNeXtTiny = application(__name__, "ConvNeXtTiny", build, TINY)
ConvNeXtSmall = application(__name__, "ConvNeXtSmall", build, SMALL)
ConvNeXtBase = application(__name__, "ConvNeXtBase", build, BASE)
ConvNeXtLarge = application(__name__, "ConvNeXtLarge", build, LARGE)
ConvNeXtXLarge = application(__name__, "ConvNeXtXLarge", build, XLARGE)
