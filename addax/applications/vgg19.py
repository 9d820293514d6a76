"""VGG19: `vgg16` with three convolutions more.

Simonyan and Zisserman 2014, https://arxiv.org/abs/1409.1556. `preprocess_input` first.
"""

from addax.applications._network import application, assemble
from addax.applications.imagenet_utils import decode_predictions as decode_predictions
from addax.applications.vgg16 import network
from addax.applications.vgg16 import preprocess_input as preprocess_input

__all__ = ["VGG19", "decode_predictions", "preprocess_input"]

VGG19 = application(
    __name__,
    "VGG19",
    assemble,
    network(
        "vgg19",
        (2, 2, 4, 4, 4),
        ("cbe5617147190e668d6c5d5026f83318", "253f8cb515780f3b799900260a226db6"),
    ),
)
