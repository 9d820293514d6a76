"""DenseNet: each block adds 32 channels to all those before it.

Huang et al. 2016, https://arxiv.org/abs/1608.06993. `preprocess_input` first; channels_last only.
"""

import functools
from collections.abc import Sequence
from typing import Any

from addax import layers
from addax.applications._blocks import activate, batch_norm, channels, concatenate, conv
from addax.applications._network import Network, application, assemble
from addax.applications._weights import tensorflow_order
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import preprocessing

__all__ = ["DenseNet121", "DenseNet169", "DenseNet201", "decode_predictions", "preprocess_input"]

GROWTH = 32

norm = functools.partial(batch_norm, epsilon=1.001e-5)

# name: (blocks of each of the four stages, hashes)
VARIANTS = {
    "DenseNet121": (
        (6, 12, 24, 16),
        ("9d60b8095a5708f2dcce2bca79d332c7", "30ee3e1110167f948a6b9946edeeb738"),
    ),
    "DenseNet169": (
        (6, 12, 32, 32),
        ("d699b8f76981ab1b30698df4c175e90b", "b8c4d4c20dd625c148057b9ff1c1176b"),
    ),
    "DenseNet201": (
        (6, 12, 48, 32),
        ("1ceb130c1ea1b78c3bf6114dbdfd8807", "c13680b51ded0fb44dff2d8f86ac8bb1"),
    ),
}


def features(depths: Sequence[int], x: Any) -> Any:
    """The first convolution and four stages, a transition after each but the last."""
    x = layers.ZeroPadding2D(3)(x)
    x = conv(x, 64, 7, "conv1_conv", strides=2)
    x = activate(norm(x, "conv1_bn"), "relu", "conv1_relu")
    x = layers.ZeroPadding2D(1)(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    for stage, depth in enumerate(depths, 2):
        for block in range(1, depth + 1):
            x = grow(x, f"conv{stage}_block{block}")
        if stage < 5:
            x = transition(x, f"pool{stage}")
    return activate(norm(x, "bn"), "relu", "relu")


def grow(x: Any, name: str) -> Any:
    """`x` and 32 channels made of it."""
    y = activate(norm(x, f"{name}_0_bn"), "relu", f"{name}_0_relu")
    y = conv(y, 4 * GROWTH, 1, f"{name}_1_conv")
    y = activate(norm(y, f"{name}_1_bn"), "relu", f"{name}_1_relu")
    y = conv(y, GROWTH, 3, f"{name}_2_conv", padding="same")
    return concatenate([x, y], f"{name}_concat")


def transition(x: Any, name: str) -> Any:
    """Half the channels, half the size."""
    x = activate(norm(x, f"{name}_bn"), "relu", f"{name}_relu")
    x = conv(x, channels(x) // 2, 1, f"{name}_conv")
    return layers.AveragePooling2D(2, strides=2, name=f"{name}_pool")(x)


def network(title: str) -> Network:
    """One of the networks."""
    depths, hashes = VARIANTS[title]
    name = title.lower()
    files = tensorflow_order("densenet", name, hashes)
    body = functools.partial(features, depths)
    return Network(name, body, files, channels_last_only=True)


DenseNet121 = application(__name__, "DenseNet121", assemble, network("DenseNet121"))
DenseNet169 = application(__name__, "DenseNet169", assemble, network("DenseNet169"))
DenseNet201 = application(__name__, "DenseNet201", assemble, network("DenseNet201"))

preprocess_input = preprocessing("torch")
