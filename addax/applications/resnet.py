"""Residual networks: `x + f(x)`, where `f` is 1x1, 3x3 and 1x1 convolutions.

He et al. 2015, https://arxiv.org/abs/1512.03385. `preprocess_input` first.
"""

import functools
from collections.abc import Sequence
from typing import Any

from addax import layers
from addax.applications._blocks import activate, batch_norm
from addax.applications._network import Network, application, assemble
from addax.applications._weights import tensorflow_order
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import preprocessing

__all__ = ["ResNet50", "ResNet101", "ResNet152", "decode_predictions", "preprocess_input"]

norm = functools.partial(batch_norm, epsilon=1.001e-5)

# name: (blocks of each of the four stages, hashes)
VARIANTS = {
    "ResNet50": (
        (3, 4, 6, 3),
        ("2cb95161c43110f7111970584f804107", "4d473c1dd8becc155b73f8504c6f6626"),
    ),
    "ResNet101": (
        (3, 4, 23, 3),
        ("f1aeb4b969a6efcfb50fad2f0c20cfc5", "88cf7a10940856eca736dc7b7e228a21"),
    ),
    "ResNet152": (
        (3, 8, 36, 3),
        ("100835be76be38e30d865e96f2aaae62", "ee4c566cf9a93f14d82f913c2dc6dd0c"),
    ),
}


def features(depths: Sequence[int], x: Any) -> Any:
    """The first convolution and four stages, each of twice the filters and half the size."""
    x = norm(first(x), "conv1_bn")
    x = first_pool(activate(x, "relu", "conv1_relu"))
    for stage, depth in enumerate(depths):
        for block in range(1, depth + 1):
            stride = 2 if stage and block == 1 else 1
            name = f"conv{stage + 2}_block{block}"
            x = residual(x, 64 * 2**stage, stride, name, project=block == 1)
    return x


def first(x: Any) -> Any:
    """The first convolution, which halves the size."""
    x = layers.ZeroPadding2D(3, name="conv1_pad")(x)
    return layers.Conv2D(64, 7, strides=2, name="conv1_conv")(x)


def first_pool(x: Any) -> Any:
    """The pooling after it."""
    x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
    return layers.MaxPooling2D(3, strides=2, name="pool1_pool")(x)


def residual(x: Any, filters: int, stride: int, name: str, project: bool) -> Any:
    """`x`, projected where its shape changes, plus three convolutions of it."""
    shortcut = x
    if project:
        shortcut = layers.Conv2D(4 * filters, 1, strides=stride, name=f"{name}_0_conv")(x)
        shortcut = norm(shortcut, f"{name}_0_bn")
    x = layers.Conv2D(filters, 1, strides=stride, name=f"{name}_1_conv")(x)
    x = activate(norm(x, f"{name}_1_bn"), "relu", f"{name}_1_relu")
    x = layers.Conv2D(filters, 3, padding="same", name=f"{name}_2_conv")(x)
    x = activate(norm(x, f"{name}_2_bn"), "relu", f"{name}_2_relu")
    x = layers.Conv2D(4 * filters, 1, name=f"{name}_3_conv")(x)
    x = norm(x, f"{name}_3_bn")
    x = layers.Add(name=f"{name}_add")([shortcut, x])
    return activate(x, "relu", f"{name}_out")


def network(title: str) -> Network:
    """One of the networks."""
    depths, hashes = VARIANTS[title]
    name = title.lower()
    body = functools.partial(features, depths)
    return Network(name, body, tensorflow_order("resnet", name, hashes))


ResNet50 = application(__name__, "ResNet50", assemble, network("ResNet50"))
ResNet101 = application(__name__, "ResNet101", assemble, network("ResNet101"))
ResNet152 = application(__name__, "ResNet152", assemble, network("ResNet152"))

preprocess_input = preprocessing("caffe")
