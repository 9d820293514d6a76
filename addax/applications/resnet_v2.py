"""Residual networks whose blocks normalize and activate first: what is added stays as it is.

He et al. 2016, https://arxiv.org/abs/1603.05027. `preprocess_input` first.
"""

import functools
from collections.abc import Sequence
from typing import Any

from addax import layers
from addax.applications._blocks import activate, conv
from addax.applications._network import Network, application, assemble
from addax.applications._weights import tensorflow_order
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import preprocessing
from addax.applications.resnet import first, first_pool, norm

__all__ = ["ResNet50V2", "ResNet101V2", "ResNet152V2", "decode_predictions", "preprocess_input"]

# name: (blocks of each of the four stages, hashes)
VARIANTS = {
    "ResNet50V2": (
        (3, 4, 6, 3),
        ("3ef43a0b657b3be2300d5770ece849e0", "fac2f116257151a9d068a22e544a4917"),
    ),
    "ResNet101V2": (
        (3, 4, 23, 3),
        ("6343647c601c52e1368623803854d971", "c0ed64b8031c3730f411d2eb4eea35b5"),
    ),
    "ResNet152V2": (
        (3, 8, 36, 3),
        ("a49b44d1979771252814e80f8ec446f9", "ed17cf2e0169df9d443503ef94b23b33"),
    ),
}


def features(depths: Sequence[int], x: Any) -> Any:
    """The first convolution and four stages; the last block of each but the fourth halves the
    size."""
    x = first_pool(first(x))
    for stage, depth in enumerate(depths):
        for block in range(1, depth + 1):
            stride = 2 if block == depth and stage < 3 else 1
            name = f"conv{stage + 2}_block{block}"
            x = residual(x, 64 * 2**stage, stride, name, project=block == 1)
    return activate(norm(x, "post_bn"), "relu", "post_relu")


def residual(x: Any, filters: int, stride: int, name: str, project: bool) -> Any:
    """`x`, projected or thinned out where its shape changes, plus three convolutions of it."""
    before = activate(norm(x, f"{name}_preact_bn"), "relu", f"{name}_preact_relu")
    if project:
        x = layers.Conv2D(4 * filters, 1, strides=stride, name=f"{name}_0_conv")(before)
    elif stride > 1:
        x = layers.MaxPooling2D(1, strides=stride)(x)
    y = conv(before, filters, 1, f"{name}_1_conv")
    y = activate(norm(y, f"{name}_1_bn"), "relu", f"{name}_1_relu")
    y = layers.ZeroPadding2D(1, name=f"{name}_2_pad")(y)
    y = conv(y, filters, 3, f"{name}_2_conv", strides=stride)
    y = activate(norm(y, f"{name}_2_bn"), "relu", f"{name}_2_relu")
    y = layers.Conv2D(4 * filters, 1, name=f"{name}_3_conv")(y)
    return layers.Add(name=f"{name}_out")([x, y])


def network(title: str) -> Network:
    """One of the networks."""
    depths, hashes = VARIANTS[title]
    name = title.lower()
    body = functools.partial(features, depths)
    return Network(name, body, tensorflow_order("resnet", name, hashes))


ResNet50V2 = application(__name__, "ResNet50V2", assemble, network("ResNet50V2"))
ResNet101V2 = application(__name__, "ResNet101V2", assemble, network("ResNet101V2"))
ResNet152V2 = application(__name__, "ResNet152V2", assemble, network("ResNet152V2"))

preprocess_input = preprocessing("tf")
