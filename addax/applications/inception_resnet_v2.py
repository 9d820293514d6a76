"""Inception-ResNet v2: chains of convolutions side by side, added to their input.

Szegedy et al. 2016, https://arxiv.org/abs/1602.07261. `preprocess_input` first.
"""

from typing import Any

from addax import layers
from addax.applications._blocks import activate, channels, concatenate, named_classify, pool
from addax.applications._network import Network, application, assemble
from addax.applications._weights import tensorflow_order
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.imagenet_utils import preprocessing
from addax.applications.inception_v3 import AVERAGE, HALVE, chain, conv_bn, mixed, stem
from addax.layers.scale import CustomScaleLayer

__all__ = ["InceptionResNetV2", "decode_predictions", "preprocess_input"]

# Residual blocks: the chains that are added.
BLOCK35 = [(32, 1)], [(32, 1), (32, 3)], [(32, 1), (48, 3), (64, 3)]
BLOCK17 = [(192, 1)], [(128, 1), (160, (1, 7)), (192, (7, 1))]
BLOCK8 = [(192, 1)], [(192, 1), (224, (1, 3)), (256, (3, 1))]

# Blocks between them, of which the last two halve the size.
MIXED_5B = [(96, 1)], [(48, 1), (64, 5)], [(64, 1), (96, 3), (96, 3)], [AVERAGE, (64, 1)]
MIXED_6A = [(384, 3, 2)], [(256, 1), (256, 3), (384, 3, 2)], [HALVE]
MIXED_7A = (
    [(256, 1), (384, 3, 2)],
    [(256, 1), (288, 3, 2)],
    [(256, 1), (288, 3), (320, 3, 2)],
    [HALVE],
)


def features(x: Any) -> Any:
    """The stem, and 10, 20 and 10 residual blocks of three sizes."""
    x = mixed(stem(x), "mixed_5b", *MIXED_5B)
    for i in range(1, 11):
        x = residual(x, BLOCK35, 0.17, f"block35_{i}")
    x = mixed(x, "mixed_6a", *MIXED_6A)
    for i in range(1, 21):
        x = residual(x, BLOCK17, 0.1, f"block17_{i}")
    x = mixed(x, "mixed_7a", *MIXED_7A)
    for i in range(1, 10):
        x = residual(x, BLOCK8, 0.2, f"block8_{i}")
    x = residual(x, BLOCK8, 1.0, "block8_10", activated=False)
    return conv_bn(x, 1536, 1, name="conv_7b")


def residual(x: Any, chains: Any, scale: float, name: str, activated: bool = True) -> Any:
    """`x` plus `scale` times a projection of the chains."""
    parts = concatenate([chain(x, steps) for steps in chains], f"{name}_mixed")
    projected = layers.Conv2D(channels(x), 1, padding="same", name=f"{name}_conv")(parts)
    x = CustomScaleLayer(scale)([x, projected])  # pyright: ignore
    return activate(x, "relu", f"{name}_ac") if activated else x


InceptionResNetV2 = application(
    __name__,
    "InceptionResNetV2",
    assemble,
    Network(
        "inception_resnet_v2",
        features,
        tensorflow_order(
            "inception_resnet_v2",
            "inception_resnet_v2",
            ("e693bd0210a403b3192acc6073ad2e96", "d19885ff4a710c122648d3b5c3b684e4"),
        ),
        size=299,
        least=75,
        top=named_classify,
        pool=pool,
    ),
)

preprocess_input = preprocessing("tf")
