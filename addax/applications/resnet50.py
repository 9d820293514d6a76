"""ResNet50 under the name of a module of its own; see `resnet`."""

from addax.applications.resnet import ResNet50 as ResNet50
from addax.applications.resnet import decode_predictions as decode_predictions
from addax.applications.resnet import preprocess_input as preprocess_input

__all__ = ["ResNet50", "decode_predictions", "preprocess_input"]
