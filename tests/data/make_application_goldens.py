"""Write application_goldens.json: what Keras's networks are made of, and the files they ask for.

    KERAS_BACKEND=jax python tests/data/make_application_goldens.py

A row is a call with ImageNet's weights, which are not fetched.
"""

import hashlib
import json
import os
import sys
from pathlib import Path
from unittest import mock

import numpy as np

HERE = Path(__file__).parent
TARGET = HERE / "application_goldens.json"
API = json.loads((HERE / "api.json").read_text())["addax.applications"]

# Calls beside those of each network with its top and without.
MORE = [
    ("MobileNet", {"alpha": 0.25, "input_shape": (128, 128, 3)}),
    ("MobileNet", {"alpha": 0.75, "input_shape": (160, 160, 3), "include_top": False}),
    ("MobileNetV2", {"alpha": 0.35, "input_shape": (96, 96, 3)}),
    ("MobileNetV2", {"alpha": 1.3, "include_top": False, "pooling": "avg"}),
    ("MobileNetV3Large", {"minimalistic": True}),
    ("MobileNetV3Large", {"alpha": 0.75, "include_top": False, "pooling": "max"}),
    ("MobileNetV3Small", {"minimalistic": True, "include_top": False}),
    ("MobileNetV3Small", {"alpha": 0.75}),
    ("ConvNeXtTiny", {"include_preprocessing": False}),
    ("EfficientNetV2B0", {"include_preprocessing": False, "include_top": False}),
]
# Those of which the architecture is written too: the smallest of each family, and the calls above;
# without the top only where that is soon built.
SMALL = """ConvNeXtTiny DenseNet121 EfficientNetB0 EfficientNetV2B0 InceptionResNetV2 InceptionV3
    MobileNet MobileNetV2 MobileNetV3Large MobileNetV3Small NASNetMobile ResNet50 ResNet50V2 VGG16
    Xception""".split()
SLOW = "DenseNet121 InceptionResNetV2 InceptionV3 NASNetMobile".split()


class Anything:
    """What stands for every layer and tensor where only the name of the file counts."""

    def itself(self, *args, **kwargs):
        return self

    __call__ = __getitem__ = __add__ = __mul__ = __rmul__ = __mod__ = __rsub__ = itself

    def __getattr__(self, name):
        return self

    def __int__(self):
        return 8

    def __gt__(self, other):
        return False


def rows():
    """(name, arguments) of each call."""
    for name in API:
        yield name, {}
        yield name, {"include_top": False}
    yield from MORE


def described(model):
    """The hash of the names of layers and the shapes of their weights, in order; parameters."""
    layers = [[layer.name, [list(w.shape) for w in layer.weights]] for layer in model.layers]
    text = json.dumps([model.name, list(model.output_shape), layers])
    return {
        "layers": hashlib.sha256(text.encode()).hexdigest()[:16],
        "parameters": model.count_params(),
    }


def file_of(build, arguments):
    """[name, address, hash] of the file that a call asks for."""
    module = sys.modules[build.__module__]
    module = sys.modules[getattr(module, "resnet", module).__name__]  # the body of v2 is there
    stubs = {"layers": Anything(), "Functional": Anything(), "Sequential": Anything()}
    own = {n: Anything() for n in ("LayerScale", "CustomScaleLayer") if hasattr(module, n)}
    asked = []

    def get_file(fname, origin, cache_subdir, file_hash=None):
        assert cache_subdir == "models"
        asked.append([fname, origin, file_hash])

    utils = mock.patch.object(module.file_utils, "get_file", get_file)
    with mock.patch.multiple(module, create=True, **stubs, **own), utils:
        build(**arguments)
    return asked[0]


def main():
    os.environ.setdefault("KERAS_BACKEND", "jax")
    import keras
    from keras.src import random

    for draw in ("normal", "truncated_normal", "uniform"):  # only shapes count here
        setattr(random, draw, lambda shape, *args, **kwargs: np.zeros(shape, "float32"))
    keras.Model.load_weights = lambda self, path: None
    found = []
    for name, arguments in rows():
        build = getattr(keras.applications, name)
        expected = {"file": file_of(build, arguments)}
        if name in SMALL and not (name in SLOW and "include_top" in arguments):
            keras.utils.clear_session()
            with mock.patch("keras.src.utils.file_utils.get_file", lambda *args, **kwargs: ""):
                expected |= described(build(**arguments))
        found.append([name, arguments, expected])
        print(found[-1], flush=True)
    lines = ",\n".join(json.dumps(row) for row in found)
    TARGET.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
