"""MobileNet v2: residual blocks that are wide within and narrow at their ends.

Sandler et al. 2018, https://arxiv.org/abs/1801.04381. `preprocess_input` first.
"""

import functools
from typing import Any

from addax import layers
from addax.applications._blocks import (
    batch_norm,
    channels,
    classify,
    conv,
    divisible,
    pad,
    pool,
    relu6,
)
from addax.applications._network import ARGUMENTS, ImageShape, Network, Weights, assemble
from addax.applications._weights import ROOT, Pretrained
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import preprocessing
from addax.applications.mobilenet import (
    check_tensor,
    resolved,
    trained_size,
    usual_size,
)
from addax.core.checks import one_of
from addax.core.types import ActivationLike
from addax.models import Model

__all__ = ["MobileNetV2", "decode_predictions", "preprocess_input"]

# (filters, stride) of each block
BLOCKS = (
    (16, 1), (24, 2), (24, 1), (32, 2), (32, 1), (32, 1), (64, 2), (64, 1), (64, 1), (64, 1),
    (96, 1), (96, 1), (96, 1), (160, 2), (160, 1), (160, 1), (320, 1),
)  # fmt: skip
EXPANSION = 6  # of the channels, in each block but the first
SIZES = 96, 128, 160, 192, 224  # of images that there are weights for
ALPHAS = 0.35, 0.5, 0.75, 1.0, 1.3, 1.4

norm = functools.partial(batch_norm, epsilon=1e-3, momentum=0.999)


def MobileNetV2(
    input_shape: ImageShape = None,
    alpha: float = 1.0,
    include_top: bool = True,
    weights: Weights = "imagenet",
    input_tensor: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: ActivationLike = "softmax",
    name: str | None = None,
) -> Model:
    """MobileNet v2 with `alpha` times the filters."""
    if weights == "imagenet":
        one_of("alpha, with ImageNet's weights,", alpha, ALPHAS)
    known = check_tensor(input_tensor, input_shape)
    usual = usual_size(known, SIZES)
    height, width = resolved(input_shape, include_top, usual)
    size = trained_size(height, width, SIZES, weights)
    stem = f"mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{float(alpha)}_{size}"
    side = size if weights == "imagenet" else height
    network = Network(
        f"mobilenetv2_{alpha:0.2f}_{side}",
        functools.partial(features, alpha),
        Pretrained(f"{ROOT}mobilenet_v2/", (f"{stem}.h5", f"{stem}_no_top.h5"), (None, None)),
        size=usual,
        top=classify,
        pool=pool,
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


MobileNetV2.__doc__ = f"{MobileNetV2.__doc__}\n{ARGUMENTS}"


def features(alpha: float, x: Any) -> Any:
    """A convolution, seventeen blocks and a 1x1 convolution."""
    x = conv(x, divisible(32 * alpha), 3, "Conv1", strides=2, padding="same")
    x = relu6(norm(x, "bn_Conv1"), "Conv1_relu")
    for i, (filters, stride) in enumerate(BLOCKS):
        x = block(x, divisible(int(filters * alpha)), stride, i)
    x = conv(x, divisible(1280 * max(alpha, 1.0)), 1, "Conv_1")
    return relu6(norm(x, "Conv_1_bn"), "out_relu")


def block(x: Any, filters: int, stride: int, number: int) -> Any:
    """More channels, a depthwise convolution, fewer channels; plus `x` where the shape allows."""
    start, before = x, channels(x)
    prefix = f"block_{number}_" if number else "expanded_conv_"
    if number:
        x = conv(x, EXPANSION * before, 1, f"{prefix}expand", padding="same")
        x = relu6(norm(x, f"{prefix}expand_BN"), f"{prefix}expand_relu")
    if stride == 2:
        x = pad(x, 3, f"{prefix}pad")
    x = layers.DepthwiseConv2D(
        3,
        strides=stride,
        padding="same" if stride == 1 else "valid",
        use_bias=False,
        name=f"{prefix}depthwise",
    )(x)
    x = relu6(norm(x, f"{prefix}depthwise_BN"), f"{prefix}depthwise_relu")
    x = norm(conv(x, filters, 1, f"{prefix}project", padding="same"), f"{prefix}project_BN")
    same = stride == 1 and before == filters
    return layers.Add(name=f"{prefix}add")([start, x]) if same else x


preprocess_input = preprocessing("tf")
