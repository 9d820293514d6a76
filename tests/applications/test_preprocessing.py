"""Images and names of classes, as in Keras: arrays, tensors, symbols, both layouts."""

import json

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import addax
from addax.applications import imagenet_utils, resnet, resnet_v2, vgg16
from addax.utils.files import DownloadError

MODES = ["caffe", "tf", "torch"]
SHAPES = {
    "channels_last": [(2, 5, 4, 3), (5, 4, 3)],
    "channels_first": [(2, 3, 5, 4), (3, 5, 4)],
}
CASES = [(mode, layout, shape) for mode in MODES for layout in SHAPES for shape in SHAPES[layout]]
KINDS = {
    "bytes": lambda x: x.astype("uint8"),
    "array": lambda x: x.copy(),
    "double": lambda x: x.astype("float64"),
    "tensor": jnp.asarray,
    "traced": lambda x: x,
    "symbol": lambda x: x,
}


@pytest.fixture(scope="module")
def keras_utils():
    return pytest.importorskip("keras").applications.imagenet_utils


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode, layout, shape", CASES, ids=str)
def test_preprocess_input(mode, layout, shape, kind, keras_utils):
    x = np.floor(np.random.default_rng(0).uniform(0, 256, shape)).astype("float32")
    expected = keras_utils.preprocess_input(x.astype("float64"), layout, mode)

    def prepare(x):
        return imagenet_utils.preprocess_input(x, layout, mode)

    given = KINDS[kind](x)
    if kind == "traced":
        found = jax.jit(prepare)(given)
    elif kind == "symbol":
        inputs = addax.Input(shape=shape[1:], batch_size=shape[0])
        found = addax.Model(inputs, prepare(inputs))(given)
    else:
        found = prepare(given)
    assert found.dtype == ("float64" if kind == "double" else "float32")
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("mode", MODES)
def test_arrays_are_written_over_as_in_keras(mode, keras_utils):
    ours, theirs = np.full((1, 2, 2, 3), 9.0), np.full((1, 2, 2, 3), 9.0)
    found = imagenet_utils.preprocess_input(ours, mode=mode)
    keras_utils.preprocess_input(theirs, mode=mode)
    np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    assert np.shares_memory(found, ours)


def test_integer_tensors_keep_their_fractions():
    x = np.full((1, 2, 2, 3), 9, "uint8")
    expected = imagenet_utils.preprocess_input(x)
    np.testing.assert_allclose(imagenet_utils.preprocess_input(jnp.asarray(x)), expected, rtol=1e-6)


def test_modules_have_the_mode_of_their_networks():
    x = np.random.default_rng(0).uniform(0, 255, (1, 2, 2, 3))
    for module, mode in [(vgg16, "caffe"), (resnet, "caffe"), (resnet_v2, "tf")]:
        found = module.preprocess_input(x.copy())
        np.testing.assert_array_equal(found, imagenet_utils.preprocess_input(x.copy(), mode=mode))
    assert addax.applications.convnext.preprocess_input(x) is x


ERRORS = [
    ({"mode": "coffee"}, (1, 2, 2, 3), "mode is one of caffe, tf, torch; received 'coffee'"),
    ({"data_format": "middle"}, (1, 2, 2, 3), "channels_last"),
    ({"mode": "torch"}, (1, 2, 2, 4), r"3 channels; received shape \(1, 2, 2, 4\)"),
]


@pytest.mark.parametrize("given, shape, said", ERRORS, ids=str)
def test_bad_images(given, shape, said):
    with pytest.raises(ValueError, match=said):
        imagenet_utils.preprocess_input(np.zeros(shape), **given)


@pytest.fixture
def classes(tmp_path, monkeypatch):
    """A class index of invented names."""
    index = {str(i): [f"n{i:08}", f"thing_{i}"] for i in range(1000)}
    path = tmp_path / imagenet_utils.CLASS_INDEX
    path.write_text(json.dumps(index))
    monkeypatch.setenv("ADDAX_DATASETS", str(tmp_path))
    known = imagenet_utils.Pretrained("", (path.name,) * 2, (None, None))
    monkeypatch.setattr(imagenet_utils, "_PLACE", known)
    imagenet_utils._class_index.cache_clear()
    yield path
    imagenet_utils._class_index.cache_clear()


def test_decode_predictions(classes, keras_utils, monkeypatch):
    from keras.src.applications import imagenet_utils as inside

    monkeypatch.setattr(inside, "CLASS_INDEX", json.loads(classes.read_text()))
    values = np.random.default_rng(0).random((3, 1000), "float32")
    found = imagenet_utils.decode_predictions(values, top=4)
    assert found == keras_utils.decode_predictions(values, top=4)
    assert found == resnet.decode_predictions(jnp.asarray(values), top=4)
    assert len(found) == 3 and len(found[0]) == 4 and found[0][0][2] == values[0].max()


def test_bad_predictions(classes):
    with pytest.raises(ValueError, match=r"\(batch, 1000\); received \(2, 10\)"):
        imagenet_utils.decode_predictions(np.zeros((2, 10)))
    with pytest.raises(ValueError, match="top is a positive integer"):
        imagenet_utils.decode_predictions(np.zeros((2, 1000)), top=0)


def test_a_class_index_that_is_not_here(classes):
    classes.unlink()
    with pytest.raises(DownloadError, match=r"'imagenet_class_index.json' is not here"):
        imagenet_utils.decode_predictions(np.zeros((2, 1000)))
