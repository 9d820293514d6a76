"""Inception v3: several chains of convolutions side by side.

Szegedy et al. 2015, https://arxiv.org/abs/1512.00567. `preprocess_input` first.
"""

from typing import Any

from addax import layers
from addax.applications._blocks import activate, batch_norm, concatenate, conv, named_classify, pool
from addax.applications._network import Network, application, assemble
from addax.applications._weights import tensorflow_order
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import preprocessing

__all__ = ["InceptionV3", "decode_predictions", "preprocess_input"]

# A step of a chain: (filters, window), with stride 2 and no padding if a third item says so.
Step = Any
AVERAGE = "average"  # a pooling that keeps the size
HALVE = "halve"  # a pooling that halves it


def features(x: Any) -> Any:
    """The stem and eleven blocks, of three sizes."""
    x = stem(x)
    for i, n in enumerate((32, 64, 64)):
        double = (64, 1), (96, 3), (96, 3)
        x = mixed(x, f"mixed{i}", [(64, 1)], [(48, 1), (64, 5)], double, [AVERAGE, (n, 1)])
    x = mixed(x, "mixed3", [(384, 3, 2)], [(64, 1), (96, 3), (96, 3, 2)], [HALVE])
    for i, n in enumerate((128, 160, 160, 192), 4):
        once = (n, 1), (n, (1, 7)), (192, (7, 1))
        twice = (n, 1), (n, (7, 1)), (n, (1, 7)), (n, (7, 1)), (192, (1, 7))
        x = mixed(x, f"mixed{i}", [(192, 1)], once, twice, [AVERAGE, (192, 1)])
    across = (192, 1), (192, (1, 7)), (192, (7, 1)), (192, 3, 2)
    x = mixed(x, "mixed8", [(192, 1), (320, 3, 2)], across, [HALVE])
    return forked(forked(x, 0), 1)


def stem(x: Any) -> Any:
    """The convolutions and poolings before the first block."""
    x = conv_bn(x, 32, 3, strides=2, padding="valid")
    x = conv_bn(x, 32, 3, padding="valid")
    x = conv_bn(x, 64, 3)
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = conv_bn(x, 80, 1, padding="valid")
    x = conv_bn(x, 192, 3, padding="valid")
    return layers.MaxPooling2D(3, strides=2)(x)


def mixed(x: Any, name: str | None, *chains: Any) -> Any:
    """Chains of steps from the same input, their channels side by side."""
    return concatenate([chain(x, steps) for steps in chains], name)


def chain(x: Any, steps: Any) -> Any:
    """One step after the other."""
    for step in steps:
        x = _step(x, step)
    return x


def _step(x: Any, step: Step) -> Any:
    if step == AVERAGE:
        return layers.AveragePooling2D(3, strides=1, padding="same")(x)
    if step == HALVE:
        return layers.MaxPooling2D(3, strides=2)(x)
    filters, window, *strides = step
    return conv_bn(x, filters, window, *strides, padding="valid" if strides else "same")


def forked(x: Any, block: int) -> Any:
    """A block whose chains end in two convolutions side by side."""
    ends = [(384, (1, 3))], [(384, (3, 1))]
    one = conv_bn(x, 320, 1)
    three = mixed(conv_bn(x, 384, 1), f"mixed9_{block}", *ends)
    double = mixed(chain(x, [(448, 1), (384, 3)]), None, *ends)
    average = chain(x, [AVERAGE, (192, 1)])
    return concatenate([one, three, double, average], f"mixed{9 + block}")


def conv_bn(
    x: Any,
    filters: int,
    window: Any,
    strides: int = 1,
    padding: str = "same",
    name: str | None = None,
) -> Any:
    """A convolution, normalized without a scale, and activated."""
    x = conv(x, filters, window, name, strides=strides, padding=padding)
    x = batch_norm(x, name and f"{name}_bn", scale=False)
    return activate(x, "relu", name and f"{name}_ac")


InceptionV3 = application(
    __name__,
    "InceptionV3",
    assemble,
    Network(
        "inception_v3",
        features,
        tensorflow_order(
            "inception_v3",
            "inception_v3",
            ("9a0d58056eeedaa3f26cb7ebd46da564", "bcbd6486424b2319ff4ef7d526e38f63"),
        ),
        size=299,
        least=75,
        top=named_classify,
        pool=pool,
    ),
)

preprocess_input = preprocessing("tf")
