"""VGG: 3x3 convolutions, twice to four times between poolings, and three dense layers.

Simonyan and Zisserman 2014, https://arxiv.org/abs/1409.1556. `preprocess_input` first.
"""

import functools
from collections.abc import Sequence
from typing import Any

from addax import layers
from addax.applications._blocks import pool, predict
from addax.applications._network import Network, application, assemble
from addax.applications._weights import tensorflow_order
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import preprocessing

__all__ = ["VGG16", "decode_predictions", "preprocess_input"]

FILTERS = 64, 128, 256, 512, 512


def features(depths: Sequence[int], x: Any) -> Any:
    """Five blocks of `depths` convolutions, each with a pooling by 2."""
    for block, (filters, depth) in enumerate(zip(FILTERS, depths, strict=True), 1):
        for i in range(1, depth + 1):
            name = f"block{block}_conv{i}"
            x = layers.Conv2D(filters, 3, activation="relu", padding="same", name=name)(x)
        x = layers.MaxPooling2D(2, strides=2, name=f"block{block}_pool")(x)
    return x


def top(x: Any, classes: int, activation: Any) -> Any:
    """Three dense layers on all of the feature map."""
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(4096, activation="relu", name="fc1")(x)
    x = layers.Dense(4096, activation="relu", name="fc2")(x)
    return predict(x, classes, activation)


def network(name: str, depths: Sequence[int], hashes: tuple[str, str]) -> Network:
    """One of the networks."""
    body = functools.partial(features, depths)
    return Network(name, body, tensorflow_order(name, name, hashes), top=top, pool=pool)


VGG16 = application(
    __name__,
    "VGG16",
    assemble,
    network(
        "vgg16",
        (2, 2, 3, 3, 3),
        ("64373286793e3c8b2b4e3219cbf3544b", "6d6bbae143d832006294945121d1f1fc"),
    ),
)

preprocess_input = preprocessing("caffe")
