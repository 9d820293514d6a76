"""Files, images and texts in `map` functions: TensorFlow's values, on the host."""

import json
from pathlib import Path

import numpy as np
import pytest
from data.make_host_goldens import answer, rows

import addax
from addax.compat.tf import image, io, strings
from addax.data.elements import element

GOLDENS = json.loads((Path(__file__).parents[1] / "data" / "host_goldens.json").read_text())


@pytest.mark.parametrize("row", rows())
def test_values_are_tensorflow_s(row, stand_ins):
    import tensorflow as tf

    found, wanted = answer(row, tf, element), GOLDENS[row]
    assert found[:2] == wanted[:2]
    if wanted[0] == "string":
        assert found[2] == wanted[2]
    else:
        np.testing.assert_allclose(found[2], wanted[2], rtol=1e-5, atol=2e-5)


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_images_are_read_in_a_pipeline(kind, stand_ins, tmp_path):
    import tensorflow as tf

    x = np.random.RandomState(0).randint(0, 256, (6, 8, 3)).astype("uint8")
    for i in range(3):
        (tmp_path / "ab"[i % 2]).mkdir(exist_ok=True)
        addax.utils.save_img(tmp_path / "ab"[i % 2] / f"{i}.{kind}", x, scale=False)

    def load(path):
        label = tf.strings.split(path, "/")[-2] == b"b"
        image = getattr(tf.io, f"decode_{kind}")(tf.io.read_file(path), channels=3)
        image = tf.image.random_flip_left_right(tf.image.convert_image_dtype(image, tf.float32))
        return tf.image.resize(image, [4, 4]), label

    files = tf.data.Dataset.list_files(str(tmp_path / "*" / f"*.{kind}"), shuffle=False)
    batch, labels = next(iter(files.map(load, num_parallel_calls=tf.data.AUTOTUNE).batch(3)))
    assert batch.shape == (3, 4, 4, 3) and batch.dtype == np.float32 and np.min(batch) >= 0
    assert labels.tolist() == [False, False, True]
    if kind == "png":
        content = tf.io.read_file(str(tmp_path / "a" / "0.png"))
        np.testing.assert_array_equal(tf.io.decode_image(content), x)
        assert tf.image.decode_png(content, channels=1).shape == (6, 8, 1)


def test_chance_changes_within_its_bounds():
    addax.utils.set_random_seed(1)
    x = np.random.RandomState(0).random((5, 6, 3)).astype("float32")
    brighter = [image.random_brightness(x, 0.2) - x for _ in range(20)]
    assert 0.05 < max(abs(b.mean()) for b in brighter) <= 0.2 + 1e-6
    assert image.random_crop(x, (3, 2, 3)).shape == (3, 2, 3)
    assert image.random_contrast(x, 0.5, 0.9).std() < x.std()
    flips = {bool((image.random_flip_up_down(x) == x).all()) for _ in range(30)}
    assert flips == {True, False}


BAD = [
    (lambda: io.read_file("/no/where"), FileNotFoundError, "/no/where"),
    (
        lambda: io.decode_image(b"no image"),
        ValueError,
        "can't be read as an image|cannot identify",
    ),
    (
        lambda: image.convert_image_dtype(np.zeros(3, "uint8"), "int32"),
        ValueError,
        "uint8 become int32 by way",
    ),
    (lambda: strings.to_number("one"), ValueError, "one"),
]


@pytest.mark.parametrize("call, kind, said", BAD)
def test_bad_input_is_told(call, kind, said):
    with pytest.raises(kind, match=said):
        call()
