"""NASNet-A: cells that a search found, each made of the outputs of the two cells before it.

Zoph et al. 2017, https://arxiv.org/abs/1707.07012. `preprocess_input` first; channels_last only,
and images of a known size.
"""

import functools
from typing import Any, NamedTuple

from addax import layers
from addax.applications._blocks import (
    activate,
    batch_norm,
    channels,
    classify,
    concatenate,
    conv,
    pad,
    pool,
    sides,
)
from addax.applications._network import ImageShape, Network, Weights, application, assemble
from addax.applications._weights import ROOT, Pretrained
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import preprocessing
from addax.core.types import ActivationLike
from addax.models import Model

__all__ = ["NASNetLarge", "NASNetMobile", "decode_predictions", "preprocess_input"]

norm = functools.partial(batch_norm, momentum=0.9997, epsilon=1e-3)


class Variant(NamedTuple):
    """One of the two networks."""

    name: str
    size: int
    cells: int  # of each of the three stages
    filters: int  # of the first stage
    stem_filters: int
    skip_reduction: bool  # after a reduction the cell before it is not the one reduced
    pretrained: Pretrained


MOBILE = Variant(
    "nasnet_mobile",
    224,
    4,
    44,
    32,
    False,
    Pretrained(
        f"{ROOT}nasnet/",
        ("nasnet_mobile.h5", "nasnet_mobile_no_top.h5"),
        ("020fb642bf7360b370c678b08e0adf61", "1ed92395b5b598bdda52abe5c0dbfd63"),
        ("NASNet-mobile.h5", "NASNet-mobile-no-top.h5"),
    ),
)
LARGE = Variant(
    "nasnet_large",
    331,
    6,
    168,
    96,
    True,
    Pretrained(
        f"{ROOT}nasnet/",
        ("nasnet_large.h5", "nasnet_large_no_top.h5"),
        ("11577c9a518f0070763c2b964a382f17", "d81d89dc07e6e56530c4e77faddd61b5"),
        ("NASNet-large.h5", "NASNet-large-no-top.h5"),
    ),
)


def build(
    variant: Variant,
    input_shape: ImageShape = None,
    include_top: bool = True,
    weights: Weights = "imagenet",
    input_tensor: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: ActivationLike = "softmax",
    name: str | None = None,
) -> Model:
    """One of the networks, on images of a known size."""
    if input_shape is None:
        input_shape = (variant.size, variant.size, 3)
    if None in input_shape:
        raise ValueError(f"NASNet takes images of a known size; received {tuple(input_shape)}.")
    network = Network(
        variant.name,
        functools.partial(features, variant),
        variant.pretrained,
        size=variant.size,
        top=classify,
        pool=pool,
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


def features(variant: Variant, x: Any) -> Any:
    """The stem and three stages of normal cells, a reduction between them."""
    filters, cells = variant.filters, variant.cells
    x = conv(x, variant.stem_filters, 3, "stem_conv1", strides=2, kernel_initializer="he_normal")
    x = norm(x, "stem_bn1")
    x, before = reduction_cell(x, None, filters // 4, "stem_1"), x
    x, before = reduction_cell(x, before, filters // 2, "stem_2"), x
    for stage in range(3):
        if stage:
            reduced = reduction_cell(x, before, filters * 2**stage, f"reduce_{cells * stage}")
            x, before = reduced, before if variant.skip_reduction else x
        for i in range(cells):
            number = cells * stage + i + (1 if stage else 0)
            x, before = normal_cell(x, before, filters * 2**stage, str(number)), x
    return activate(x, "relu")


def normal_cell(x: Any, before: Any, filters: int, name: str) -> Any:
    """A cell that keeps the size, of `x` and what came before it."""
    p = adjusted(before, x, filters, name)
    h = squeezed(x, filters, "normal", name)

    def add(number: int, *parts: Any) -> Any:
        return layers.Add(name=f"normal_add_{number}_{name}")(parts)

    left = separable(h, filters, 5, f"normal_left1_{name}")
    x1 = add(1, left, separable(p, filters, 3, f"normal_right1_{name}"))
    left = separable(p, filters, 5, f"normal_left2_{name}")
    x2 = add(2, left, separable(p, filters, 3, f"normal_right2_{name}"))
    x3 = add(3, average(h, f"normal_left3_{name}"), p)
    left = average(p, f"normal_left4_{name}")
    x4 = add(4, left, average(p, f"normal_right4_{name}"))
    x5 = add(5, separable(h, filters, 3, f"normal_left5_{name}"), h)
    return concatenate([p, x1, x2, x3, x4, x5], f"normal_concat_{name}")


def reduction_cell(x: Any, before: Any, filters: int, name: str) -> Any:
    """A cell that halves the size."""
    p = adjusted(before, x, filters, name)
    h = squeezed(x, filters, "reduction", name)
    padded = pad(h, 3, f"reduction_pad_1_{name}")

    left = separable(h, filters, 5, f"reduction_left1_{name}", 2)
    right = separable(p, filters, 7, f"reduction_right1_{name}", 2)
    x1 = layers.Add(name=f"reduction_add_1_{name}")([left, right])
    left = layers.MaxPooling2D(3, strides=2, name=f"reduction_left2_{name}")(padded)
    right = separable(p, filters, 7, f"reduction_right2_{name}", 2)
    x2 = layers.Add(name=f"reduction_add_2_{name}")([left, right])
    left = layers.AveragePooling2D(3, strides=2, name=f"reduction_left3_{name}")(padded)
    right = separable(p, filters, 5, f"reduction_right3_{name}", 2)
    x3 = layers.Add(name=f"reduction_add3_{name}")([left, right])
    x4 = layers.Add()([x2, average(x1, f"reduction_left4_{name}")])
    left = separable(x1, filters, 3, f"reduction_left4_{name}")
    right = layers.MaxPooling2D(3, strides=2, name=f"reduction_right5_{name}")(padded)
    x5 = layers.Add(name=f"reduction_add4_{name}")([left, right])
    return concatenate([x2, x3, x4, x5], f"reduction_concat_{name}")


def squeezed(x: Any, filters: int, kind: str, name: str) -> Any:
    """`x` with as many channels as the cell has filters."""
    x = pointwise(activate(x, "relu"), filters, f"{kind}_conv_1_{name}")
    return norm(x, f"{kind}_bn_1_{name}")


def pointwise(x: Any, filters: int, name: str) -> Any:
    """A 1x1 convolution."""
    return conv(x, filters, 1, name, padding="same", kernel_initializer="he_normal")


def average(x: Any, name: str) -> Any:
    """A pooling that keeps the size."""
    return layers.AveragePooling2D(3, strides=1, padding="same", name=name)(x)


def separable(x: Any, filters: int, size: int, name: str, strides: int = 1) -> Any:
    """Two separable convolutions, of which the first has the stride."""
    for i in (1, 2):
        x = activate(x, "relu")
        stride = strides if i == 1 else 1
        if stride == 2:
            x = pad(x, size, f"separable_conv_1_pad_{name}")
        x = layers.SeparableConv2D(
            filters,
            size,
            strides=stride,
            padding="same" if stride == 1 else "valid",
            use_bias=False,
            name=f"separable_conv_{i}_{name}",
        )(x)
        x = norm(x, f"separable_conv_{i}_bn_{name}")
    return x


def adjusted(p: Any, x: Any, filters: int, name: str) -> Any:
    """What came before, `p`, with the size of `x` and `filters` channels."""
    if p is None:
        return x
    if sides(p) != sides(x):
        return norm(halved(p, filters, name), f"adjust_bn_{name}")
    if channels(p) != filters:
        p = pointwise(activate(p, "relu"), filters, f"adjust_conv_projection_{name}")
        return norm(p, f"adjust_bn_{name}")
    return p


def halved(p: Any, filters: int, name: str) -> Any:
    """Every second pixel, from the first on and from the second on, side by side."""
    p = activate(p, "relu", f"adjust_relu_1_{name}")
    even = layers.AveragePooling2D(1, strides=2, name=f"adjust_avg_pool_1_{name}")(p)
    even = pointwise(even, filters // 2, f"adjust_conv_1_{name}")
    odd = layers.ZeroPadding2D(((0, 1), (0, 1)))(p)
    odd = layers.Cropping2D(((1, 0), (1, 0)))(odd)
    odd = layers.AveragePooling2D(1, strides=2, name=f"adjust_avg_pool_2_{name}")(odd)
    odd = pointwise(odd, filters // 2, f"adjust_conv_2_{name}")
    return concatenate([even, odd])


NASNetMobile = application(__name__, "NASNetMobile", build, MOBILE)
NASNetLarge = application(__name__, "NASNetLarge", build, LARGE)

preprocess_input = preprocessing("tf")
