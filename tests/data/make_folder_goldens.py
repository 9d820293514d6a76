"""What Keras on TensorFlow makes of small folders: writes folder_goldens.json.

Run with tensorflow 2.21, keras 3.15, pillow and soundfile, in an environment of their own:
python tests/data/make_folder_goldens.py
"""

import base64
import contextlib
import io
import json
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
IMAGES = [
    {"batch_size": 3},
    {"batch_size": None},
    {"label_mode": "categorical"},
    {"label_mode": None},
    {"labels": None},
    {"labels": list(range(10, 20))},
    {"class_names": ["c", "a"]},
    {"class_names": ["c", "b"], "label_mode": "binary"},
    {"color_mode": "grayscale", "class_names": ["a", "b", "d"]},
    {"color_mode": "grayscale", "class_names": ["j"]},
    {"class_names": ["j"], "crop_to_aspect_ratio": True},
    {"color_mode": "rgba", "class_names": ["b"]},
    {"image_size": [5, 9]},
    {"image_size": 12, "class_names": ["a"]},
    {"data_format": "channels_first"},
    {"crop_to_aspect_ratio": True},
    {"crop_to_aspect_ratio": True, "data_format": "channels_first", "image_size": [4, 9]},
    {"pad_to_aspect_ratio": True},
    {"pad_to_aspect_ratio": True, "image_size": [11, 20], "class_names": ["a"]},
    *(
        {"interpolation": name, "class_names": ["d"], "color_mode": "grayscale", "image_size": size}
        for name in ("nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian",
                     "mitchellcubic")
        for size in ([4, 5], [13, 9], [5, 21])
    ),
    {"validation_split": 0.3, "subset": "training"},
    {"validation_split": 0.3, "subset": "validation"},
    {"validation_split": 0.3, "subset": "both"},
]  # fmt: skip
ORDERS = [
    *({"seed": seed} for seed in (0, 1, 1337)),
    *(
        {"seed": 7, "validation_split": split, "subset": subset}
        for split in (0.2, 0.5)
        for subset in ("training", "validation", "both")
    ),
    {"seed": 7, "labels": list(range(10))},
]
TEXTS = [{}, {"max_length": 3}, {"batch_size": 2, "label_mode": "binary"}, {"labels": None}]
SOUNDS = [{}, {"output_sequence_length": 6}, {"batch_size": None}, {"label_mode": "categorical"},
          {"validation_split": 0.5, "subset": "both"}]  # fmt: skip
SERIES = [
    {"targets": True},
    {"targets": False, "batch_size": 2},
    {"targets": True, "sequence_stride": 3, "sampling_rate": 2},
    {"targets": True, "start_index": 3, "end_index": 11, "batch_size": None},
    {"targets": False, "start_index": 2, "sampling_rate": 3, "batch_size": 3},
    {"targets": True, "sequence_length": 1},
]
SPLITS = [
    {"left_size": 0.8},
    {"right_size": 3},
    {"left_size": 3, "right_size": 0.25},
    {"left_size": 0.5, "shuffle": True, "seed": 5},
    {"left_size": 4, "data": "array"},
    {"left_size": 4, "data": "slices"},
    {"left_size": 4, "data": "batches", "shuffle": True, "seed": 1},
]
SERIES_DATA = np.arange(28, dtype="float32").reshape(14, 2)


def files(picture):
    """The content of each file of the folders; `picture(size, mode)` gives one of Pillow."""

    def saved(kind, *wanted, **options):
        content = io.BytesIO()
        picture(*wanted).save(content, kind, **options)
        return content.getvalue()

    images = {
        "a/0.png": saved("PNG", (13, 9), "RGB"),
        "a/sub/1.png": saved("PNG", (8, 11), "RGB"),
        "b/3.png": saved("PNG", (9, 9), "RGBA"),
        "b/4.png": saved("PNG", (7, 10), "L"),
        "c/5.bmp": saved("BMP", (6, 6), "RGB"),
        "c/6.gif": saved("GIF", (9, 7), "L"),
        "c/7.png": saved("PNG", (1, 1), "RGB"),
        "d/8.png": saved("PNG", (10, 7), "L"),
        "j/8.jpg": saved("JPEG", (13, 9), "RGB"),
        "j/9.JPEG": saved("JPEG", (12, 12), "L"),
        "c/notes.md": b"no image",
    }
    texts = {"neg/0.txt": b"a bad film", "neg/1.txt": "trübe".encode(), "pos/2.txt": b""}
    return {"images": images, "texts": texts}


def wave(length, channels=1):
    """A WAV file of 16 bits."""
    import soundfile

    content = io.BytesIO()
    values = np.sin(np.arange(length * channels)).reshape(length, channels) * 0.9
    soundfile.write(content, values, 16000, format="WAV", subtype="PCM_16")
    return content.getvalue()


def write(folder, contents):
    for name, content in contents.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def series(keras, arguments):
    given = {"data": SERIES_DATA, "sequence_length": 3} | arguments
    given["targets"] = np.arange(14) * 10 if arguments["targets"] else None
    return keras.utils.timeseries_dataset_from_array(**given)


def split(keras, dataset, arguments):
    x, y = np.arange(20, dtype="float32").reshape(10, 2), np.arange(10)
    data = {
        "pair": lambda: (x, y),
        "array": lambda: x,
        "slices": lambda: dataset.from_tensor_slices((x, {"y": y})),
        "batches": lambda: dataset.from_tensor_slices((x, y)).batch(4),
    }
    given = dict(arguments)
    return keras.utils.split_dataset(data[given.pop("data", "pair")](), **given)


def listed(value):
    if isinstance(value, dict):
        return {k: listed(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [listed(v) for v in value]
    array = np.asarray(value)
    if array.dtype.kind in "SO":
        return [
            "string",
            list(array.shape),
            [v.decode(errors="replace") for v in array.ravel().tolist()],
        ]
    return [array.dtype.name, list(array.shape), np.round(array.ravel().tolist(), 3).tolist()]


def answer(make, folder="", ordered=True):
    """What is printed, and the elements, or the paths where chance decides their order."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        made = make()
    found = []
    for one in made if isinstance(made, (list, tuple)) else [made]:
        paths = [str(p).removeprefix(f"{folder}/") for p in getattr(one, "file_paths", [])]
        names = getattr(one, "class_names", None)
        elements = [listed(v) for v in one] if ordered else int(one.cardinality())
        found.append({"paths": paths, "classes": names, "elements": elements})
    return {"said": said.getvalue().splitlines(), "found": found}


def answers(keras, dataset, folders):
    """Each row with its answer."""

    def read(kind, function, folder, arguments, ordered=True):
        given = {"image_size": (6, 7), "class_names": ["a", "b", "c"]} if kind == "image" else {}
        if "labels" in arguments or not arguments.get("label_mode", "int"):
            given.pop("class_names", None)
        given |= {"shuffle": not ordered} | arguments
        make = lambda: function(folders[folder], **given)  # noqa: E731
        return answer(make, folders[folder], ordered)

    utils = keras.utils
    yield from (
        [f"{kind} {arguments}", read(kind, function, folder, arguments, ordered)]
        for kind, function, folder, rows, ordered in [
            ("image", utils.image_dataset_from_directory, "images", IMAGES, True),
            ("image", utils.image_dataset_from_directory, "images", ORDERS, False),
            ("text", utils.text_dataset_from_directory, "texts", TEXTS, True),
            ("audio", utils.audio_dataset_from_directory, "sounds", SOUNDS, True),
        ]
        for arguments in rows
    )
    yield from ([f"series {a}", answer(lambda: series(keras, a))] for a in SERIES)  # noqa: B023
    yield from ([f"split {a}", answer(lambda: split(keras, dataset, a))] for a in SPLITS)  # noqa: B023


def main():
    import keras
    import tensorflow as tf
    from PIL import Image

    rng = np.random.RandomState(3)

    def picture(size, mode):
        bands = len(mode)
        pixels = rng.randint(0, 256, (size[1], size[0], bands), "uint8")
        return Image.fromarray(pixels[..., 0] if bands == 1 else pixels)

    contents = files(picture)
    contents["sounds"] = {"x/0.wav": wave(5), "x/1.wav": wave(9), "y/2.wav": wave(7)}
    with tempfile.TemporaryDirectory() as root:
        folders = {}
        for name, inside in contents.items():
            folders[name] = f"{root}/{name}"
            write(folders[name], inside)
        rows = [json.dumps(row) for row in answers(keras, tf.data.Dataset, folders)]
    coded = {
        k: {n: base64.b64encode(c).decode() for n, c in v.items()} for k, v in contents.items()
    }
    text = f'{{"files": {json.dumps(coded)},\n"rows": [\n' + ",\n".join(rows) + "\n]}\n"
    (HERE / "folder_goldens.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
