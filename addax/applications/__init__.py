"""Networks of image classification, with weights trained on ImageNet: each a function that returns
a model, in a module for its family with `preprocess_input` and `decode_predictions`.

Weights come from the cache, from the folder or mirror that `ADDAX_DATASETS` names, or from the net.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addax.applications import convnext as convnext
    from addax.applications import densenet as densenet
    from addax.applications import efficientnet as efficientnet
    from addax.applications import efficientnet_v2 as efficientnet_v2
    from addax.applications import imagenet_utils as imagenet_utils
    from addax.applications import inception_resnet_v2 as inception_resnet_v2
    from addax.applications import inception_v3 as inception_v3
    from addax.applications import mobilenet as mobilenet
    from addax.applications import mobilenet_v2 as mobilenet_v2
    from addax.applications import mobilenet_v3 as mobilenet_v3
    from addax.applications import nasnet as nasnet
    from addax.applications import resnet as resnet
    from addax.applications import resnet50 as resnet50
    from addax.applications import resnet_v2 as resnet_v2
    from addax.applications import vgg16 as vgg16
    from addax.applications import vgg19 as vgg19
    from addax.applications import xception as xception
    from addax.applications.convnext import ConvNeXtBase as ConvNeXtBase
    from addax.applications.convnext import ConvNeXtLarge as ConvNeXtLarge
    from addax.applications.convnext import ConvNeXtSmall as ConvNeXtSmall
    from addax.applications.convnext import ConvNeXtTiny as ConvNeXtTiny
    from addax.applications.convnext import ConvNeXtXLarge as ConvNeXtXLarge
    from addax.applications.densenet import DenseNet121 as DenseNet121
    from addax.applications.densenet import DenseNet169 as DenseNet169
    from addax.applications.densenet import DenseNet201 as DenseNet201
    from addax.applications.efficientnet import EfficientNetB0 as EfficientNetB0
    from addax.applications.efficientnet import EfficientNetB1 as EfficientNetB1
    from addax.applications.efficientnet import EfficientNetB2 as EfficientNetB2
    from addax.applications.efficientnet import EfficientNetB3 as EfficientNetB3
    from addax.applications.efficientnet import EfficientNetB4 as EfficientNetB4
    from addax.applications.efficientnet import EfficientNetB5 as EfficientNetB5
    from addax.applications.efficientnet import EfficientNetB6 as EfficientNetB6
    from addax.applications.efficientnet import EfficientNetB7 as EfficientNetB7
    from addax.applications.efficientnet_v2 import EfficientNetV2B0 as EfficientNetV2B0
    from addax.applications.efficientnet_v2 import EfficientNetV2B1 as EfficientNetV2B1
    from addax.applications.efficientnet_v2 import EfficientNetV2B2 as EfficientNetV2B2
    from addax.applications.efficientnet_v2 import EfficientNetV2B3 as EfficientNetV2B3
    from addax.applications.efficientnet_v2 import EfficientNetV2L as EfficientNetV2L
    from addax.applications.efficientnet_v2 import EfficientNetV2M as EfficientNetV2M
    from addax.applications.efficientnet_v2 import EfficientNetV2S as EfficientNetV2S
    from addax.applications.inception_resnet_v2 import InceptionResNetV2 as InceptionResNetV2
    from addax.applications.inception_v3 import InceptionV3 as InceptionV3
    from addax.applications.mobilenet import MobileNet as MobileNet
    from addax.applications.mobilenet_v2 import MobileNetV2 as MobileNetV2
    from addax.applications.mobilenet_v3 import MobileNetV3Large as MobileNetV3Large
    from addax.applications.mobilenet_v3 import MobileNetV3Small as MobileNetV3Small
    from addax.applications.nasnet import NASNetLarge as NASNetLarge
    from addax.applications.nasnet import NASNetMobile as NASNetMobile
    from addax.applications.resnet import ResNet50 as ResNet50
    from addax.applications.resnet import ResNet101 as ResNet101
    from addax.applications.resnet import ResNet152 as ResNet152
    from addax.applications.resnet_v2 import ResNet50V2 as ResNet50V2
    from addax.applications.resnet_v2 import ResNet101V2 as ResNet101V2
    from addax.applications.resnet_v2 import ResNet152V2 as ResNet152V2
    from addax.applications.vgg16 import VGG16 as VGG16
    from addax.applications.vgg19 import VGG19 as VGG19
    from addax.applications.xception import Xception as Xception

_HOMES = {
    "convnext": "ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge",
    "densenet": "DenseNet121 DenseNet169 DenseNet201",
    "efficientnet": """EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4
        EfficientNetB5 EfficientNetB6 EfficientNetB7""",
    "efficientnet_v2": """EfficientNetV2B0 EfficientNetV2B1 EfficientNetV2B2 EfficientNetV2B3
        EfficientNetV2L EfficientNetV2M EfficientNetV2S""",
    "imagenet_utils": "",
    "inception_resnet_v2": "InceptionResNetV2",
    "inception_v3": "InceptionV3",
    "mobilenet": "MobileNet",
    "mobilenet_v2": "MobileNetV2",
    "mobilenet_v3": "MobileNetV3Large MobileNetV3Small",
    "nasnet": "NASNetLarge NASNetMobile",
    "resnet": "ResNet50 ResNet101 ResNet152",
    "resnet50": "",
    "resnet_v2": "ResNet50V2 ResNet101V2 ResNet152V2",
    "vgg16": "VGG16",
    "vgg19": "VGG19",
    "xception": "Xception",
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = sorted([*_HOMES, *_MODULES])  # pyright: ignore[reportUnsupportedDunderAll]


if not TYPE_CHECKING:  # else every name would pass

    def __getattr__(name: str) -> Any:
        if name in _HOMES:
            return importlib.import_module(f"{__name__}.{name}")
        if name not in _MODULES:
            from addax.core.absent import explain

            raise AttributeError(explain(__name__, name, __all__))
        value = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
