"""Images between files, Pillow and arrays equal Keras's; bad files and folders are named."""

import importlib
import io
import sys

import keras
import numpy as np
import pytest
from PIL import Image

import addax
from addax.utils import sound

RNG = np.random.RandomState(0)
PIXELS = {"RGB": (11, 8, 3), "RGBA": (9, 9, 4), "L": (7, 10)}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """An image file of each mode."""
    folder = tmp_path_factory.mktemp("images")
    for mode, shape in PIXELS.items():
        Image.fromarray(RNG.randint(0, 256, shape, "uint8")).save(folder / f"{mode}.png")
    wide = RNG.randint(0, 60000, (6, 5)).astype("uint16")
    Image.fromarray(wide).save(folder / "I.png")
    return folder


SIZES = [
    {},
    {"target_size": (5, 6)},
    {"target_size": (20, 6), "keep_aspect_ratio": True},
    *(
        {"target_size": (5, 6), "interpolation": name}
        for name in ("bilinear", "bicubic", "hamming", "box", "lanczos")
    ),
]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "I"])
@pytest.mark.parametrize("color", ["rgb", "rgba", "grayscale"])
@pytest.mark.parametrize("arguments", SIZES)
def test_load_img(mode, color, arguments, files):
    path = files / f"{mode}.png"
    ours, theirs = (
        library.utils.load_img(path, color_mode=color, **arguments) for library in (addax, keras)
    )
    assert ours.mode == theirs.mode
    np.testing.assert_array_equal(np.asarray(ours), np.asarray(theirs))


ARRAYS = [RNG.rand(4, 5, c) * 300 - 20 for c in (1, 3, 4)] + [np.zeros((2, 2, 1))]
OPTIONS = [{}, {"scale": False}, {"data_format": "channels_first"}, {"dtype": "float64"}]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("x", ARRAYS, ids=lambda x: str(x.shape))
def test_array_to_img_and_back(x, options):
    given = x.transpose(2, 0, 1) if "data_format" in options else x
    if options.get("scale") is False and x.shape[2] == 1:
        given = np.clip(given, 0, None)
    found = [library.utils.array_to_img(given, **options) for library in (addax, keras)]
    assert found[0].mode == found[1].mode
    np.testing.assert_array_equal(*map(np.asarray, found))
    back = {k: v for k, v in options.items() if k != "scale"}
    ours, theirs = (library.utils.img_to_array(found[1], **back) for library in (addax, keras))
    np.testing.assert_array_equal(ours, theirs)
    assert ours.dtype == theirs.dtype


@pytest.mark.parametrize("name", ["x.png", "x.jpg", "x.bmp"])
def test_save_img(name, tmp_path):
    for folder, library in (("ours", addax), ("theirs", keras)):
        (tmp_path / folder).mkdir()
        library.utils.save_img(tmp_path / folder / name, ARRAYS[1])
    read = [(tmp_path / folder / name).read_bytes() for folder in ("ours", "theirs")]
    assert read[0] == read[1]
    with pytest.warns(UserWarning, match="no alpha channel"):
        addax.utils.save_img(tmp_path / "x.jpeg", ARRAYS[2])
    stream = io.BytesIO()
    addax.utils.save_img(stream, ARRAYS[0], file_format="PNG")
    assert addax.utils.load_img(io.BytesIO(stream.getvalue())).size == (5, 4)


@pytest.mark.parametrize("shape", [(9, 6, 3), (2, 5, 12, 1)])
@pytest.mark.parametrize("size", [(4, 4), (3, 10)])
@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
def test_smart_resize(shape, size, data_format):
    x = RNG.rand(*shape).astype("float32")
    if data_format == "channels_first":
        x = np.moveaxis(x, -1, -3)
    ours, theirs = (
        library.preprocessing.image.smart_resize(x, size, data_format=data_format)
        for library in (addax, keras)
    )
    assert type(ours) is np.ndarray
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


def test_sound_keeps_its_pitch():
    time = np.arange(4800) / 48000
    wave = np.sin(2 * np.pi * 440 * time)[:, None]
    found = sound.resample(wave, 48000, 16000)
    wanted = np.sin(2 * np.pi * 440 * np.arange(1600) / 16000)[:, None]
    np.testing.assert_allclose(found[100:-100], wanted[100:-100], atol=2e-3)
    higher = np.sin(2 * np.pi * 12000 * time)[:, None]  # 16 kHz can't hold it
    assert abs(sound.resample(higher, 48000, 16000)[100:-100]).max() < 5e-3


# --- bad input ------------------------------------------------------------------------------------


@pytest.fixture
def photos(tmp_path):
    """Two classes of images, one of them broken; a class without any; texts."""
    for i in range(6):
        path = tmp_path / "photos" / "ab"[i % 2] / f"{i}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        addax.utils.save_img(path, ARRAYS[1])
    (tmp_path / "photos" / "b" / "broken.jpg").write_bytes(b"\xff\xd8\xff no image")
    (tmp_path / "empty" / "a").mkdir(parents=True)
    (tmp_path / "one" / "a").mkdir(parents=True)
    addax.utils.save_img(tmp_path / "one" / "a" / "0.png", ARRAYS[1])
    return tmp_path


def read(folder, **arguments):
    return lambda root: addax.utils.image_dataset_from_directory(root / folder, **arguments)


BAD = [
    (read("empty"), ValueError, "There are no image files in .*empty; .*png"),
    (read("nowhere"), FileNotFoundError, "nowhere"),
    (read("nowhere", labels=None), FileNotFoundError, "nowhere"),
    (read("photos/a/0.png"), NotADirectoryError, "0.png"),
    (read("one", label_mode="binary"), ValueError, r"needs two classes; there are \['a'\]"),
    (read("one", validation_split=0.5, subset="both", seed=1), ValueError, "leaves none for"),
    (read("photos", validation_split=0.5), ValueError, "go together; received 0.5 and None"),
    (read("photos", subset="training"), ValueError, "go together; received None and 'training'"),
    (read("photos", validation_split=2, subset="both"), ValueError, "between 0 and 1; received 2"),
    (read("photos", validation_split=0.5, subset="test"), ValueError, "subset is one of 'trai"),
    (read("photos", validation_split=0.5, subset="both"), ValueError, "Give a seed, or shuffle=F"),
    (read("photos", labels=[1, 2]), ValueError, "There are 7 files in .* and 2 labels"),
    (read("photos", labels="none"), ValueError, "labels is .inferred.*received 'none'"),
    (read("photos", class_names=["a", "z"]), ValueError, r"\['a', 'b'\]; received \['a', 'z'\]"),
    (read("photos", labels=None, class_names=["a"]), ValueError, "class_names go with labels="),
    (read("photos", label_mode="float"), ValueError, "label_mode is one of 'int'.* 'float'"),
    (read("photos", color_mode="cmyk"), ValueError, "color_mode is one of 'rgb'"),
    (read("photos", interpolation="hamming"), ValueError, "interpolation is one of 'bilinear'"),
    (read("photos", image_size=(1, 2, 3)), ValueError, r"\(height, width\); received \(1, 2, 3\)"),
    (
        read("photos", crop_to_aspect_ratio=True, pad_to_aspect_ratio=True),
        ValueError,
        "Choose one of crop_to_aspect_ratio and pad",
    ),
    (
        lambda root: addax.utils.audio_dataset_from_directory(root, ragged=True),
        NotImplementedError,
        "Ragged batches",
    ),
    (
        lambda root: addax.utils.audio_dataset_from_directory(root, sampling_rate=0.5),
        ValueError,
        "sampling_rate is a positive integer; received 0.5",
    ),
    (lambda root: addax.utils.load_img(5), TypeError, "path is a path or io.BytesIO; received int"),
    (
        lambda root: addax.utils.load_img(root / "photos/b/broken.jpg"),
        ValueError,
        "broken.jpg can't be read as an image",
    ),
    (
        lambda root: addax.utils.load_img(
            root / "photos/a/0.png", target_size=(2, 2), interpolation="x"
        ),
        ValueError,
        "interpolation is one of nearest, .*received 'x'",
    ),
    (lambda root: addax.utils.array_to_img(np.zeros(3)), ValueError, r"received \(3,\)"),
    (lambda root: addax.utils.array_to_img(np.zeros((2, 2, 2))), ValueError, "1, 3 or 4 channels"),
    (lambda root: addax.utils.img_to_array(np.zeros(3)), ValueError, "two or three axes"),
    (
        lambda root: addax.preprocessing.image.smart_resize(np.zeros((2, 2)), (1, 1)),
        ValueError,
        r"received the shape \(2, 2\)",
    ),
]


@pytest.mark.parametrize("call, kind, said", BAD)
def test_bad_input_is_told(call, kind, said, photos):
    with pytest.raises(kind, match=said):
        call(photos)


def test_a_broken_file_stops_an_epoch_by_its_name(photos):
    data = addax.utils.image_dataset_from_directory(
        photos / "photos", batch_size=2, image_size=(4, 4), shuffle=False
    )
    made = addax.Sequential([addax.Input((4, 4, 3)), addax.layers.Flatten(), addax.layers.Dense(1)])
    made.compile("sgd", "mse")
    with pytest.raises(ValueError, match=r"broken.jpg can't be read as an image"):
        made.fit(data, epochs=1, verbose=0)
    assert len(list(data.take(3))) == 3  # what stands before it


SERIES = [
    ({"start_index": 9}, "start_index is in 0..4; received 9"),
    ({"start_index": 3, "end_index": 2}, "end_index is in 4..4; received 2"),
    ({"sampling_rate": 0}, "sampling_rate is in 1..4; received 0"),
    ({"sequence_stride": 7}, "sequence_stride is in 1..4; received 7"),
    ({"format": "csv"}, "format is .*received 'csv'"),
]


@pytest.mark.parametrize("arguments, said", SERIES)
def test_bad_windows_are_told(arguments, said):
    with pytest.raises(ValueError, match=said):
        addax.utils.timeseries_dataset_from_array(np.zeros(5), None, 2, **arguments)


PARTS = [
    ((np.zeros(5),), {}, ValueError, "Give left_size, right_size or both"),
    ((np.zeros(5), 9), {}, ValueError, "left_size is between 0 and 5; received 9"),
    ((np.zeros(5), 1.5), {}, ValueError, "left_size is between 0 and 1; received 1.5"),
    ((np.zeros(5), "half"), {}, TypeError, "left_size is an integer or a float"),
    ((np.zeros(5), 0.6, 0.6), {}, ValueError, "at most 1; received 0.6"),
    ((np.zeros(5), 4, 3), {}, ValueError, r"4 \+ 3 samples are more than the 5"),
    ((np.zeros(5), 0.01), {}, ValueError, "one part would be empty"),
    (([], 1), {}, ValueError, "list of NumPy arrays; one of nothing came"),
    (([[1, 2]], 1), {}, ValueError, "list of NumPy arrays; one of list came"),
    (([np.zeros(5), np.zeros(4)], 1), {}, ValueError, r"they have \[4, 5\]"),
    ((5, 1), {}, TypeError, "received int"),
    ((addax.data.Dataset.range(0), 1), {}, ValueError, "an empty data set"),
]


@pytest.mark.parametrize("given, options, kind, said", PARTS)
def test_bad_splits_are_told(given, options, kind, said):
    with pytest.raises(kind, match=said):
        addax.utils.split_dataset(*given, **options)


@pytest.mark.parametrize(
    "library, call, said",
    [
        ("PIL", lambda: addax.utils.load_img("x.png"), r"addax\[image\]"),
        ("PIL", lambda: addax.utils.image_dataset_from_directory("."), r"addax\[image\]"),
        ("soundfile", lambda: addax.utils.audio_dataset_from_directory("."), r"addax\[audio\]"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(library, call, said, monkeypatch, tmp_path):
    (tmp_path / "x.png").touch()
    monkeypatch.chdir(tmp_path)
    for name in [library, *(n for n in sys.modules if n.startswith(f"{library}."))]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=said):
        call()
    importlib.invalidate_caches()
