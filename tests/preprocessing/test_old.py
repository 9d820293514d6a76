"""Texts, sequences and image generators of older programs equal those in Keras's legacy modules."""

import json
import random
import re
import warnings

import numpy as np
import pytest
from keras.src.legacy.preprocessing import image as keras_image
from keras.src.legacy.preprocessing import sequence as keras_sequence
from keras.src.legacy.preprocessing import text as keras_text

import addax
from addax.preprocessing import image, sequence, text

TEXTS = ["The cat, the dog!", "a CAT\tsat; on a mat", "", "é dog-dog"]
TOKENIZERS = [
    {},
    {"num_words": 4},
    {"num_words": 4, "oov_token": "<unk>"},
    {"oov_token": "<unk>", "lower": False},
    {"char_level": True, "num_words": 6},
    {"filters": "", "split": "t"},
    {"analyzer": lambda text: text.split("a")},
]


def readable(value) -> str:
    """A name without addresses, which is the same in each process."""
    return re.sub(r" at 0x[0-9a-f]+", "", str(value))


def fitted(module, arguments, texts=TEXTS):
    made = module.Tokenizer(**arguments)
    made.fit_on_texts(texts)
    return made


@pytest.mark.parametrize("arguments", TOKENIZERS, ids=readable)
@pytest.mark.parametrize("texts", [TEXTS, [["A", "b"], ["b", "c"]]], ids=["texts", "lists"])
def test_tokenizer(arguments, texts):
    ours, theirs = (fitted(module, arguments, texts) for module in (text, keras_text))
    asked = [*texts, texts[0], ["never", "seen"] if isinstance(texts[0], list) else "never seen"]
    numbers = theirs.texts_to_sequences(asked)
    assert ours.texts_to_sequences(asked) == numbers
    more = [*numbers, [1, 99]]
    assert ours.sequences_to_texts(more) == theirs.sequences_to_texts(more)
    for mode in ("binary", "count", "freq", "tfidf"):
        np.testing.assert_array_equal(
            ours.texts_to_matrix(asked, mode), theirs.texts_to_matrix(asked, mode)
        )
    assert sorted(ours.get_config().items()) == sorted(theirs.get_config().items())
    again = text.tokenizer_from_json(theirs.to_json())
    if "analyzer" not in arguments:  # a function is no JSON
        assert again.texts_to_sequences(asked) == numbers
    assert json.loads(again.to_json()) == json.loads(theirs.to_json())


def test_tokenizer_on_sequences():
    ours, theirs = (module.Tokenizer(num_words=5) for module in (text, keras_text))
    for made in (ours, theirs):
        made.fit_on_sequences([[1, 2, 2], [3]])
    found = [made.sequences_to_matrix([[1, 2, 9]], "tfidf") for made in (ours, theirs)]
    np.testing.assert_array_equal(*found)


@pytest.mark.parametrize("arguments", [{}, {"lower": False}, {"filters": "a", "split": "-"}])
def test_words(arguments):
    for one in TEXTS:
        assert text.text_to_word_sequence(one, **arguments) == keras_text.text_to_word_sequence(
            one, **arguments
        )
        for hash_function in (None, "md5", len):
            assert text.hashing_trick(one, 50, hash_function, **arguments) == (
                keras_text.hashing_trick(one, 50, hash_function, **arguments)
            )
        assert text.one_hot(one, 50) == keras_text.one_hot(one, 50)


SKIPGRAMS = [
    {},
    {"window_size": 1, "negative_samples": 0},
    {"categorical": True, "negative_samples": 2.5},
    {"shuffle": False},
    {"seed": 3},
    {"sampling_table": "table"},
]


@pytest.mark.parametrize("arguments", SKIPGRAMS, ids=readable)
def test_skipgrams(arguments):
    found = []
    for module in (sequence, keras_sequence):
        given = dict(arguments)
        if "sampling_table" in given:
            given["sampling_table"] = module.make_sampling_table(10, 1e-2)
        random.seed(5)
        found.append(module.skipgrams([1, 2, 0, 3, 4, 5, 1], 10, **given))
    assert found[0] == found[1]


@pytest.mark.parametrize("factor", [1e-5, 1e-2])
def test_sampling_table(factor):
    np.testing.assert_allclose(
        sequence.make_sampling_table(40, factor), keras_sequence.make_sampling_table(40, factor)
    )


WINDOWS = [
    {},
    {"sampling_rate": 2, "stride": 3, "batch_size": 2},
    {"start_index": 3, "end_index": 15, "reverse": True},
    {"shuffle": True, "batch_size": 4},
]


@pytest.mark.parametrize("arguments", WINDOWS, ids=readable)
def test_timeseries_generator(arguments):
    data = np.arange(40).reshape(20, 2)
    ours, theirs = (
        module.TimeseriesGenerator(data, np.arange(20), length=4, **arguments)
        for module in (sequence, keras_sequence)
    )
    assert len(ours) == len(theirs)
    for i in range(len(ours)):
        found = []
        for made in (ours, theirs):
            np.random.seed(i)
            found.append(made[i])
        for a, b in zip(*found, strict=True):
            np.testing.assert_array_equal(a, b)
    described = json.loads(ours.to_json())["config"]  # Keras's own fails
    assert json.loads(described["data"]) == data.tolist() and described["length"] == 4


# --- images ---------------------------------------------------------------------------------------

RNG = np.random.RandomState(1)
X = (RNG.rand(7, 8, 6, 3) * 255).astype("float32")
Y = np.arange(7)
GENERATORS = [
    {},
    {"rescale": 1 / 255},
    {"samplewise_center": True, "samplewise_std_normalization": True},
    {"featurewise_center": True, "featurewise_std_normalization": True},
    {"featurewise_center": True, "zca_whitening": True, "zca_epsilon": 1e-2},
    {"rotation_range": 40},
    {"width_shift_range": 0.3, "height_shift_range": 0.2},
    {"width_shift_range": 3, "height_shift_range": [1, 2]},
    {"shear_range": 20.0, "zoom_range": 0.3},
    {"zoom_range": [0.8, 1.5], "fill_mode": "constant", "cval": 9.0},
    {"rotation_range": 90, "fill_mode": "reflect"},
    {"rotation_range": 90, "fill_mode": "wrap", "zoom_range": 0.5},
    {"rotation_range": 30, "interpolation_order": 0},
    {"rotation_range": 30, "interpolation_order": 3},
    {"channel_shift_range": 50.0, "horizontal_flip": True, "vertical_flip": True},
    {"brightness_range": (0.3, 1.5)},
    {"preprocessing_function": lambda x: x[::-1] * 2.0, "dtype": "float64"},
    {"data_format": "channels_first", "rotation_range": 20, "horizontal_flip": True},
]


def close(ours, theirs):
    """Interpolation in float64 ends within a rounding of float32."""
    if isinstance(theirs, (tuple, list)):
        assert type(ours) is type(theirs) and len(ours) == len(theirs)
        for a, b in zip(ours, theirs, strict=True):
            close(a, b)
    else:
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=2e-3)
        assert ours.dtype == theirs.dtype


def quiet(make):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return make()


@pytest.mark.parametrize("arguments", GENERATORS, ids=readable)
def test_images_that_change_by_chance(arguments):
    x = np.moveaxis(X, -1, 1) if "data_format" in arguments else X
    found = []
    for module in (image, keras_image):
        made = module.ImageDataGenerator(**arguments)
        made.fit(x, augment="rotation_range" in arguments, rounds=2, seed=4)
        flow = made.flow(x, Y, batch_size=3, seed=11)
        found.append([next(flow) for _ in range(4)] + [flow[0], len(flow)])
        found[-1].append(made.random_transform(x[0], seed=2))
    close(found[0][:5], found[1][:5])
    assert found[0][5] == found[1][5]
    close(found[0][6], found[1][6])


FLOWS = [
    {"shuffle": False},
    {"sample_weight": np.arange(7.0)},
    {"subset": "training", "ignore_class_split": True},
    {"subset": "validation", "ignore_class_split": True},
]


@pytest.mark.parametrize("arguments", FLOWS, ids=readable)
@pytest.mark.parametrize("y", [None, Y])
@pytest.mark.parametrize("x", [X, [X, Y]], ids=["images", "two inputs"])
def test_flow(arguments, y, x):
    if y is None and "sample_weight" in arguments:
        arguments = {}
    found = []
    for module in (image, keras_image):
        made = module.ImageDataGenerator(validation_split=0.3)
        flow = made.flow(x, y, batch_size=2, seed=1, **arguments)
        found.append([next(flow) for _ in range(5)])
    close(*found)


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    root = tmp_path_factory.mktemp("photos")
    for i in range(9):
        folder = root / "abc"[i % 3]
        folder.mkdir(exist_ok=True)
        addax.utils.save_img(folder / f"{i}.png", X[i % 7])
    return str(root)


FOLDERS = [
    *({"class_mode": mode} for mode in ("categorical", "sparse", "input", None)),
    {"class_mode": "binary", "classes": ["c", "a"], "shuffle": False},
    {"color_mode": "grayscale", "target_size": (5, 9), "interpolation": "bilinear"},
    {"keep_aspect_ratio": True, "color_mode": "rgba", "target_size": (4, 4)},
    {"subset": "training"},
    {"subset": "validation"},
]


@pytest.mark.parametrize("arguments", FOLDERS, ids=readable)
def test_flow_from_directory(arguments, photos, capsys):
    found, said = [], []
    for module in (image, keras_image):
        made = module.ImageDataGenerator(rescale=0.5, validation_split=0.4, rotation_range=10)
        flow = made.flow_from_directory(
            photos, **{"target_size": (8, 6), "batch_size": 4, "seed": 2} | arguments
        )
        found.append([next(flow) for _ in range(3)])
        said.append((capsys.readouterr().out, flow.class_indices, flow.filenames, flow.samples,
                     flow.image_shape, flow.classes.tolist(), flow.filepaths))  # fmt: skip
    close(*found)
    assert said[0] == said[1]


FRAMES = [
    {},
    {"class_mode": "binary", "classes": ["x", "y"]},
    {"class_mode": "sparse", "subset": "validation"},
    {"class_mode": "raw", "y_col": "number", "weight_col": "number"},
    {"class_mode": "multi_output", "y_col": ["number", "number"]},
    {"class_mode": "input"},
    {"class_mode": None},
    {"y_col": "labels"},
    {"y_col": "labels", "classes": ["y", "z"]},
    {"validate_filenames": False, "class_mode": None, "batch_size": 2},
]


@pytest.mark.parametrize("arguments", FRAMES, ids=readable)
def test_flow_from_dataframe(arguments, photos, capsys):
    import pandas as pd

    names = [f"{'abc'[i % 3]}/{i}.png" for i in range(6)] + ["a/none.png"]
    frame = pd.DataFrame({
        "filename": names, "class": list("xyzxyzx"), "number": np.arange(7.0),
        "labels": [["x"], ["x", "y"], ["z"], ["x"], ["y"], ["z", "x"], ["x"]],
    })  # fmt: skip
    found, said = [], []
    for module in (image, keras_image):
        made = module.ImageDataGenerator(validation_split=0.4)
        given = {"target_size": (8, 6), "batch_size": 3, "seed": 2} | arguments
        flow = quiet(lambda: made.flow_from_dataframe(frame, photos, **given))  # noqa: B023
        found.append([next(flow)])
        said.append((capsys.readouterr().out, flow.filenames, flow.samples))
    close(*found)
    assert said[0] == said[1]


SINGLE = [
    ("random_rotation", (30,)),
    ("random_shift", (0.2, 0.3)),
    ("random_shear", (20,)),
    ("random_zoom", ((0.5, 1.5),)),
    ("random_channel_shift", (40.0,)),
]


@pytest.mark.parametrize("name, how", SINGLE)
@pytest.mark.parametrize("channel_axis", [0, 2])
@pytest.mark.parametrize("dtype", ["float32", "uint8"])
def test_single_images(name, how, channel_axis, dtype):
    x = (X[0] if channel_axis == 2 else np.moveaxis(X[0], -1, 0)).astype(dtype)
    axes = {"row_axis": 0, "col_axis": 1} if channel_axis == 2 else {"row_axis": 1, "col_axis": 2}
    if name == "random_channel_shift":
        axes, x = {}, x.astype("float32")
    found = []
    for module in (image, keras_image):
        np.random.seed(3)
        found.append(getattr(module, name)(x, *how, channel_axis=channel_axis, **axes))
    np.testing.assert_allclose(*found, rtol=1e-4, atol=2e-3 if dtype == "float32" else 1)


def test_random_brightness():
    found = []
    for module in (image, keras_image):
        np.random.seed(3)
        found.append(module.random_brightness(X[0], (0.2, 1.2)))
    np.testing.assert_array_equal(*found)


def test_changed_images_are_saved(tmp_path):
    flow = image.ImageDataGenerator().flow(X, batch_size=7, save_to_dir=tmp_path, save_prefix="p")
    next(flow)
    assert len(list(tmp_path.glob("p_*.png"))) == 7


def test_a_generator_of_images_trains():
    made = addax.Sequential([addax.Input((8, 6, 3)), addax.layers.Flatten(), addax.layers.Dense(1)])
    made.compile("sgd", "mse", metrics=["mae"])
    flow = image.ImageDataGenerator(rescale=1 / 255).flow(X, Y[:, None], batch_size=3)
    history = made.fit(flow, epochs=3, validation_data=flow, verbose=0)
    assert len(history.history["loss"]) == 3
    assert made.predict(image.ImageDataGenerator().flow(X, batch_size=3), verbose=0).shape == (7, 1)
    assert len(made.evaluate(flow, verbose=0)) == 2


def test_models_have_the_methods_for_generators():
    made = addax.Sequential([addax.Input((8, 6, 3)), addax.layers.Flatten(), addax.layers.Dense(1)])
    made.compile("sgd", "mse")
    weights = made.get_weights()
    flow = image.ImageDataGenerator(rescale=1 / 255).flow(X, Y[:, None], 3, shuffle=False)
    old = made.fit_generator(flow, steps_per_epoch=3, epochs=2, workers=2, shuffle=False, verbose=0)
    lost, predicted = made.evaluate_generator(flow), made.predict_generator(flow)
    made.set_weights(weights)
    new = made.fit(flow, steps_per_epoch=3, epochs=2, shuffle=False, verbose=0)
    assert old.history == new.history
    assert made.evaluate(flow, verbose=0) == lost
    np.testing.assert_array_equal(made.predict(flow, verbose=0), predicted)


BAD = [
    (lambda: text.Tokenizer(words=3), TypeError, "no arguments words"),
    (lambda: text.Tokenizer().texts_to_matrix(["a"]), ValueError, "Fit the Tokenizer on texts"),
    (lambda: text.Tokenizer(3).texts_to_matrix([""], "tfidf"), ValueError, "before mode='tfidf'"),
    (lambda: text.Tokenizer(3).texts_to_matrix([""], "sum"), ValueError, "received 'sum'"),
    (lambda: sequence.TimeseriesGenerator([1], [], 1), ValueError, "received 1 and 0"),
    (lambda: sequence.TimeseriesGenerator([1], [1], 5), ValueError, "No window has room"),
    (lambda: image.ImageDataGenerator(zoom_range="x"), ValueError, "zoom_range is a number or two"),
    (lambda: image.ImageDataGenerator(brightness_range=1), ValueError, "brightness_range"),
    (lambda: image.ImageDataGenerator(validation_split=2), ValueError, "received 2"),
    (lambda: image.ImageDataGenerator().fit(X[0]), ValueError, "four axes"),
    (lambda: image.ImageDataGenerator().flow(X[0]), ValueError, "four axes"),
    (lambda: image.ImageDataGenerator().flow(X, Y[:3]), ValueError, r"these have \[7, 3\]"),
    (lambda: image.ImageDataGenerator().flow(X, subset="test"), ValueError, "received 'test'"),
    (
        lambda: image.ImageDataGenerator(validation_split=0.5).flow(X, Y, subset="training"),
        ValueError,
        "different classes",
    ),
    (lambda: image.ImageDataGenerator().flow(X)[9], ValueError, "There are 1 batches; number 9"),
    (
        lambda: image.ImageDataGenerator().flow_from_directory(".", class_mode="raw"),
        ValueError,
        "class_mode is one of .*'raw'",
    ),
    (
        lambda: image.ImageDataGenerator().flow_from_directory("nowhere"),
        FileNotFoundError,
        "nowhere",
    ),
    (
        lambda: image.apply_affine_transform(X[0], 5, fill_mode="mirror"),
        ValueError,
        "fill_mode is one of constant",
    ),
    (lambda: image.apply_affine_transform(X, 5), ValueError, "an image of three axes"),
]


@pytest.mark.parametrize("call, kind, said", BAD)
def test_bad_input_is_told(call, kind, said):
    with pytest.raises(kind, match=said):
        call()


WARNED = [
    ({"zca_whitening": True}, "zca_whitening turns featurewise_center on"),
    ({"samplewise_std_normalization": True}, "turns samplewise_center on"),
]


@pytest.mark.parametrize("arguments, said", WARNED)
def test_what_options_turn_on_is_told(arguments, said):
    with pytest.warns(UserWarning, match=said):
        image.ImageDataGenerator(**arguments)
    with pytest.warns(UserWarning, match="waits for ImageDataGenerator.fit"):
        next(image.ImageDataGenerator(featurewise_center=True).flow(X))
