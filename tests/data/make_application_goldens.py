"""Write application_goldens.json: what Keras's networks are made of, and the files they ask for.

    KERAS_BACKEND=jax python tests/data/make_application_goldens.py

Takes about ten minutes. A row is a call with ImageNet's weights, which are not fetched.
"""

import hashlib
import json
import os
from pathlib import Path

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
UNKNOWN_SIZE = ["NASNetLarge"]  # without the top Keras makes another network there


def rows():
    """(name, arguments) of each call."""
    for name in API:
        yield name, {}
        side = {"input_shape": (331, 331, 3)} if name in UNKNOWN_SIZE else {}
        yield name, {"include_top": False, **side}
    yield from MORE


def described(model):
    """The hash of the names of layers and the shapes of their weights, in order; parameters."""
    layers = [[layer.name, [list(w.shape) for w in layer.weights]] for layer in model.layers]
    text = json.dumps([model.name, list(model.output_shape), layers])
    return {
        "layers": hashlib.sha256(text.encode()).hexdigest()[:16],
        "parameters": model.count_params(),
    }


def main():
    os.environ.setdefault("KERAS_BACKEND", "jax")
    import keras
    from keras.src.utils import file_utils

    asked = []

    def get_file(fname, origin, cache_subdir, file_hash=None):
        asked.append([fname, origin, file_hash])
        assert cache_subdir == "models"
        return ""

    file_utils.get_file = get_file
    keras.Model.load_weights = lambda self, path: None
    found = []
    for name, arguments in rows():
        keras.utils.clear_session()
        model = getattr(keras.applications, name)(**arguments)
        found.append([name, arguments, {"file": asked.pop(), **described(model)}])
        print(found[-1], flush=True)
    lines = ",\n".join(json.dumps(row) for row in found)
    TARGET.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
