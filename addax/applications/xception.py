"""Xception: residual blocks of separable convolutions.

Chollet 2016, https://arxiv.org/abs/1610.02357. `preprocess_input` first.
"""

from typing import Any

from addax import layers
from addax.applications._blocks import activate, batch_norm, conv, named_classify, pool
from addax.applications._network import Network, application, assemble
from addax.applications._weights import tensorflow_order
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import preprocessing

__all__ = ["Xception", "decode_predictions", "preprocess_input"]


def features(x: Any) -> Any:
    """Two convolutions, twelve residual blocks and two separable convolutions."""
    x = activate_conv(x, 32, "block1_conv1", strides=2)
    x = activate_conv(x, 64, "block1_conv2")
    x = halved(x, (128, 128), 2)
    x = halved(x, (256, 256), 3)
    x = halved(x, (728, 728), 4)
    for block in range(5, 13):
        y = x
        for i in range(1, 4):
            y = activate(y, "relu", f"block{block}_sepconv{i}_act")
            y = separable(y, 728, f"block{block}_sepconv{i}")
        x = layers.Add()([y, x])
    x = halved(x, (728, 1024), 13)
    for i, filters in enumerate((1536, 2048), 1):
        x = separable(x, filters, f"block14_sepconv{i}")
        x = activate(x, "relu", f"block14_sepconv{i}_act")
    return x


def activate_conv(x: Any, filters: int, name: str, strides: int = 1) -> Any:
    """A convolution, normalized and activated."""
    x = conv(x, filters, 3, name, strides=strides)
    return activate(batch_norm(x, f"{name}_bn"), "relu", f"{name}_act")


def separable(x: Any, filters: int, name: str) -> Any:
    """A separable convolution, normalized."""
    x = layers.SeparableConv2D(filters, 3, padding="same", use_bias=False, name=name)(x)
    return batch_norm(x, f"{name}_bn")


def halved(x: Any, filters: tuple[int, int], block: int) -> Any:
    """A residual block that halves the size."""
    shortcut = batch_norm(conv(x, filters[1], 1, strides=2, padding="same"))
    for i in (1, 2):
        if i == 2 or block > 2:  # the input of block 2 has been activated
            x = activate(x, "relu", f"block{block}_sepconv{i}_act")
        x = separable(x, filters[i - 1], f"block{block}_sepconv{i}")
    x = layers.MaxPooling2D(3, strides=2, padding="same", name=f"block{block}_pool")(x)
    return layers.Add()([x, shortcut])


Xception = application(
    __name__,
    "Xception",
    assemble,
    Network(
        "xception",
        features,
        tensorflow_order(
            "xception",
            "xception",
            ("0a58e3b7378bc2990ea3b43d5981f1f6", "b0042744bf5b25fce3cb969f33bebb97"),
        ),
        size=299,
        least=71,
        top=named_classify,
        pool=pool,
    ),
)

preprocess_input = preprocessing("tf")
