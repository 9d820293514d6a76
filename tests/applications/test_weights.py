"""Files of weights: exchanged with Keras, found in their places, refused with one clear error."""

import hashlib
import shutil

import numpy as np
import pytest
from applications.pairs import compare, draw

import addax
from addax import applications
from addax.utils.files import DownloadError

SMALL = (32, 32, 3)


def test_exchange_with_keras(tmp_path):
    pytest.importorskip("keras")
    compare("MobileNet", tmp_path, alpha=0.25)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A file of weights of MobileNet without its top, and a network that has them."""
    model = applications.MobileNet(
        weights=None, alpha=0.25, include_top=False, input_shape=(128, 128, 3)
    )
    draw(model)
    path = tmp_path_factory.mktemp("weights") / "mobilenet_2_5_128_tf_no_top.h5"
    model.save_weights(path)
    return path, model


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """An empty cache, and no folder of data sets."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ADDAX_DATASETS", raising=False)
    (tmp_path / "home" / "models").mkdir(parents=True)
    return tmp_path


def load(weights="imagenet"):
    return applications.MobileNet(
        weights=weights, alpha=0.25, include_top=False, input_shape=(128, 128, 3)
    )


PLACES = {
    "the cache": ("home/models", None),
    "the folder": ("sets", "sets"),
    "its models": ("sets/models", "sets"),
    "the cache beside a folder without it": ("home/models", "sets"),
}


@pytest.mark.parametrize("place", PLACES)
def test_weights_are_found(place, written, places, monkeypatch):
    folder, named = PLACES[place]
    (places / "sets").mkdir()
    (places / folder).mkdir(parents=True, exist_ok=True)
    shutil.copy(written[0], places / folder)
    if named:
        monkeypatch.setenv("ADDAX_DATASETS", str(places / named))
    check(load(), written[1])


def check(found, expected):
    for a, b in zip(found.get_weights(), expected.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_weights_at_a_path(written):
    check(load(written[0]), written[1])
    check(load(str(written[0])), written[1])


def test_weights_of_a_mirror(written, monkeypatch):
    asked = []

    def download(url, path, **kwargs):
        asked.append(url)
        shutil.copy(written[0], path)

    monkeypatch.setenv("ADDAX_DATASETS", "https://mirror/")
    monkeypatch.setattr("addax.utils.files.download", download)
    for _ in range(2):  # the second time from the cache
        check(load(), written[1])
    assert asked == [f"https://mirror/{written[0].name}"]


VGG = {"weights": None, "input_shape": SMALL}
ERRORS = {
    "classes": (
        "VGG16", {"classes": 10}, ValueError,
        "ImageNet's weights has 1000 classes; received classes=10. Pass include_top=False",
    ),
    "activation": (
        "VGG16", {"classifier_activation": "relu"}, ValueError,
        "classifier_activation is 'softmax' or None with them; received 'relu'",
    ),
    "size with the top": (
        "ResNet50", {"input_shape": SMALL}, ValueError,
        r"input_shape is \(224, 224, 3\); received \(32, 32, 3\). Pass include_top=False",
    ),
    "too small": (
        "Xception", {"weights": None, "input_shape": (70, 99, 3)}, ValueError,
        r"xception takes images of at least 71 x 71; received input_shape=\(70, 99, 3\)",
    ),
    "no size": (
        "VGG16", {"weights": None, "input_shape": (None, None, 3)}, ValueError,
        "With the top, input_shape has a height and a width",
    ),
    "no size of a NASNet": (
        "NASNetMobile", {"weights": None, "input_shape": (None, 64, 3), "include_top": False},
        ValueError, r"NASNet takes images of a known size; received \(None, 64, 3\)",
    ),
    "a batch": (
        "VGG16", {"weights": None, "input_shape": (2, 32, 32, 3)}, ValueError,
        r"input_shape is the shape of one image, such as \(224, 224, 3\)",
    ),
    "channels": (
        "VGG16", {"input_shape": (64, 64, 1), "include_top": False}, ValueError,
        "ImageNet's weights take 3 channels",
    ),
    "path": (
        "VGG16", {"weights": "nowhere.h5"}, ValueError,
        "weights is None, 'imagenet' or the path of a file; there is no file 'nowhere.h5'",
    ),
    "pooling": (
        "VGG16", VGG | {"include_top": False, "pooling": "mean"}, ValueError,
        "pooling is one of None, avg, max; received 'mean'",
    ),
    "an array": (
        "VGG16", VGG | {"input_tensor": np.zeros((1, 32, 32, 3))}, ValueError,
        "input_tensor is a symbolic tensor, such as .* received ndarray",
    ),
    "a misspelt argument": (
        "ResNet50", {"wieghts": None}, TypeError, r"ResNet50\(.*unexpected.*'wieghts'",
    ),
    "alpha": (
        "MobileNetV2", {"alpha": 0.6}, ValueError, "alpha.* is one of 0.35, .* received 0.6",
    ),
    "alpha, minimalistic": (
        "MobileNetV3Large", {"alpha": 0.75, "minimalistic": True}, ValueError,
        "alpha.* is one of 1.0; received 0.75",
    ),
    "depth multiplier": (
        "MobileNet", {"depth_multiplier": 2}, ValueError, "depth_multiplier.* is one of 1;",
    ),
    "widths": (
        "MobileNetV2",
        {"weights": None, "input_tensor": addax.Input((96, 96, 3)), "input_shape": SMALL},
        ValueError, "input_shape and the shape of input_tensor differ",
    ),
    "classes of none": (
        "VGG16", VGG | {"classes": 0}, ValueError, "classes is a positive integer",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ERRORS)
def test_errors(case):
    name, given, kind, said = ERRORS[case]
    with pytest.raises(kind, match=said):
        getattr(applications, name)(**given)


@pytest.mark.parametrize("name", ["ConvNeXtTiny", "DenseNet121", "NASNetMobile"])
def test_channels_first_where_it_is_not_supported(name, monkeypatch):
    monkeypatch.setitem(addax.core.settings._settings, "image_data_format", "channels_first")
    with pytest.raises(ValueError, match="takes channels_last images only"):
        getattr(applications, name)(weights=None)


OTHERS = {
    "another variant": (
        {"alpha": 0.5, "include_top": False},
        r"don't fit model 'mobilenet_0.50_64'; nothing was changed(?s:.*)other shape +conv1/",
    ),
    "with a top": (
        {"alpha": 0.25, "classes": 10},
        r"don't fit model 'mobilenet_0.25_64'; nothing was changed(?s:.*)missing +conv_preds/",
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_weights_of_another_network(case, written):
    with pytest.raises(ValueError, match=OTHERS[case][1]):
        applications.MobileNet(weights=written[0], input_shape=(64, 64, 3), **OTHERS[case][0])


def test_no_network_and_no_file(places):
    with pytest.raises(DownloadError) as error:
        load()
    text = str(error.value)
    assert "'mobilenet_2_5_128_tf_no_top.h5' is not here and can't be fetched" in text
    assert str(places / "home" / "models") in text and "ADDAX_DATASETS" in text


def test_a_folder_that_lacks_the_file(places, monkeypatch):
    monkeypatch.setenv("ADDAX_DATASETS", str(places))
    with pytest.raises(DownloadError, match=r"ADDAX_DATASETS is .*, and it is not there"):
        load()


def test_another_file_under_the_name(places, monkeypatch):
    monkeypatch.setenv("ADDAX_DATASETS", str(places))
    name = "vgg16_weights_tf_dim_ordering_tf_kernels.h5"
    (places / name).write_bytes(b"no weights")
    found = hashlib.md5(b"no weights").hexdigest()
    with pytest.raises(ValueError, match=f"{name} has the hash {found}, expected 64373286"):
        applications.VGG16()
