"""MobileNet: depthwise convolutions, each before a 1x1 convolution.

Howard et al. 2017, https://arxiv.org/abs/1704.04861. `preprocess_input` first.
"""

import functools
import warnings
from collections.abc import Sequence
from typing import Any

from addax import layers
from addax.applications._blocks import activate, batch_norm, conv, pool, relu6
from addax.applications._network import ARGUMENTS, ImageShape, Network, Weights, assemble, sides
from addax.applications._weights import ROOT, Pretrained
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import preprocessing
from addax.core.checks import one_of
from addax.core.types import ActivationLike
from addax.models import Model
from addax.utils import is_keras_tensor

__all__ = ["MobileNet", "decode_predictions", "preprocess_input"]

# (filters, stride) of each block
BLOCKS = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1),
    (512, 1), (512, 1), (1024, 2), (1024, 1),
)  # fmt: skip
SIZES = 128, 160, 192, 224  # of images that there are weights for
ALPHAS = {0.25: "2_5", 0.5: "5_0", 0.75: "7_5", 1.0: "1_0"}  # as names of files have them


def MobileNet(
    input_shape: ImageShape = None,
    alpha: float = 1.0,
    depth_multiplier: int = 1,
    dropout: float = 0.001,
    include_top: bool = True,
    weights: Weights = "imagenet",
    input_tensor: Any = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: ActivationLike = "softmax",
    name: str | None = None,
) -> Model:
    """MobileNet with `alpha` times the filters; `depth_multiplier` filters a channel of each
    depthwise convolution; `dropout` before the classifier."""
    if weights == "imagenet":
        one_of("alpha, with ImageNet's weights,", alpha, ALPHAS)
        one_of("depth_multiplier, with ImageNet's weights,", depth_multiplier, (1,))
    usual = usual_size(input_shape, SIZES)
    height, width = resolved(input_shape, include_top, usual)
    size = trained_size(height, width, SIZES, weights)
    stem = f"mobilenet_{ALPHAS.get(alpha)}_{size}_tf"
    side = size if weights == "imagenet" else height
    network = Network(
        f"mobilenet_{alpha:0.2f}_{side}",
        functools.partial(features, alpha, depth_multiplier),
        Pretrained(f"{ROOT}mobilenet/", (f"{stem}.h5", f"{stem}_no_top.h5"), (None, None)),
        size=usual,
        top=functools.partial(top, dropout),
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


MobileNet.__doc__ = f"{MobileNet.__doc__}\n{ARGUMENTS}"


def check_tensor(tensor: Any, shape: ImageShape) -> ImageShape:
    """The shape of one image, given or that of the tensor. ValueError if they have two widths."""
    if tensor is None or not is_keras_tensor(tensor):
        return shape
    own = tensor.shape[1:]
    if shape is not None and sides(shape)[1] != sides(own)[1]:
        raise ValueError(
            f"input_shape and the shape of input_tensor differ: {tuple(shape)} and {tuple(own)}."
        )
    return shape if shape is not None else own


def usual_size(shape: ImageShape, sizes: Sequence[int]) -> int:
    """The size of images that a network is made for: that of `shape` if it was trained for it."""
    height, width = (None, None) if shape is None else sides(shape)
    return height if height is not None and height == width and height in sizes else 224


def resolved(shape: ImageShape, include_top: bool, usual: int) -> tuple[int | None, int | None]:
    """Height and width of the images."""
    if shape is not None:
        return sides(shape)
    return (usual, usual) if include_top else (None, None)


def trained_size(
    height: int | None, width: int | None, sizes: Sequence[int], weights: Weights
) -> int:
    """The size of the images of the weights to load."""
    if height is not None and height == width and height in sizes:
        return height
    if weights == "imagenet":
        warnings.warn(
            f"There are weights for square images of {', '.join(map(str, sizes))}; images are "
            f"{height} x {width}. Taking those for 224.",
            stacklevel=3,
        )
    return 224


def features(alpha: float, depth_multiplier: int, x: Any) -> Any:
    """A convolution and thirteen blocks."""
    x = conv(x, int(32 * alpha), 3, "conv1", strides=2, padding="same")
    x = relu6(batch_norm(x, "conv1_bn"), "conv1_relu")
    for i, (filters, stride) in enumerate(BLOCKS, 1):
        if stride == 2:
            x = layers.ZeroPadding2D(((0, 1), (0, 1)), name=f"conv_pad_{i}")(x)
        x = layers.DepthwiseConv2D(
            3,
            strides=stride,
            padding="same" if stride == 1 else "valid",
            depth_multiplier=depth_multiplier,
            use_bias=False,
            name=f"conv_dw_{i}",
        )(x)
        x = relu6(batch_norm(x, f"conv_dw_{i}_bn"), f"conv_dw_{i}_relu")
        x = conv(x, int(filters * alpha), 1, f"conv_pw_{i}", padding="same")
        x = relu6(batch_norm(x, f"conv_pw_{i}_bn"), f"conv_pw_{i}_relu")
    return x


def top(dropout: float, x: Any, classes: int, activation: Any) -> Any:
    """A 1x1 convolution on the means of the channels."""
    x = layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = layers.Dropout(dropout, name="dropout")(x)
    x = layers.Conv2D(classes, 1, padding="same", name="conv_preds")(x)
    x = layers.Reshape((classes,), name="reshape_2")(x)
    return activate(x, activation, "predictions")


preprocess_input = preprocessing("tf")
