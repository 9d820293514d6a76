"""Data sets of the files in a folder, whose subfolders are the classes."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from addax.core.settings import standardize_data_format
from addax.core.types import DataFormat, Sizes
from addax.data import AUTOTUNE, Dataset
from addax.utils import images, sound
from addax.utils.resizing import METHODS

LABEL_MODES = ("int", "categorical", "binary", None)
SUBSETS = ("training", "validation", "both", None)


class Kind(NamedTuple):
    """What is read: its name in messages, and how the names of its files end."""

    name: str
    formats: tuple[str, ...]


IMAGES = Kind("image", (".bmp", ".gif", ".jpeg", ".jpg", ".png"))
TEXTS = Kind("text", (".txt",))
SOUNDS = Kind("audio", (".wav",))


def image_dataset_from_directory(
    directory: Any,
    labels: Any = "inferred",
    label_mode: str | None = "int",
    class_names: Sequence[str] | None = None,
    color_mode: str = "rgb",
    batch_size: int | None = 32,
    image_size: Sizes = (256, 256),
    shuffle: bool = True,
    seed: int | None = None,
    validation_split: float | None = None,
    subset: str | None = None,
    interpolation: str = "bilinear",
    follow_links: bool = False,
    crop_to_aspect_ratio: bool = False,
    pad_to_aspect_ratio: bool = False,
    data_format: DataFormat = None,
    format: str = "tf",
    verbose: bool = True,
) -> Any:
    """Batches of images (batch, height, width, channels), numbers from 0 to 255, with labels.

    Labels: "int" (batch,), "binary" (batch, 1), "categorical" (batch, classes). Order, splits and
    pixels are Keras's for the same seed; a list [training, validation] for subset="both". A broken
    file is named in the error, where its batch is asked for. `format` makes no difference.
    """
    _choice("color_mode", color_mode, tuple(images.CHANNELS))
    interpolation = interpolation.lower()
    _choice("interpolation", interpolation, METHODS)
    _choice("format", format, ("tf", "grain"))
    size = (image_size, image_size) if isinstance(image_size, int) else tuple(image_size)
    if len(size) != 2:
        raise ValueError(f"image_size is (height, width); received {image_size!r}.")
    if crop_to_aspect_ratio and pad_to_aspect_ratio:
        raise ValueError("Choose one of crop_to_aspect_ratio and pad_to_aspect_ratio.")
    images.pillow()
    fit = "crop" if crop_to_aspect_ratio else "pad" if pad_to_aspect_ratio else None
    layout = standardize_data_format(data_format)

    def load(path):
        return images.read_image(path, size, color_mode, interpolation, layout, fit)

    return _read(IMAGES, load, locals())


def text_dataset_from_directory(
    directory: Any,
    labels: Any = "inferred",
    label_mode: str | None = "int",
    class_names: Sequence[str] | None = None,
    batch_size: int | None = 32,
    max_length: int | None = None,
    shuffle: bool = True,
    seed: int | None = None,
    validation_split: float | None = None,
    subset: str | None = None,
    follow_links: bool = False,
    format: str = "tf",
    verbose: bool = True,
) -> Any:
    """Batches of texts (batch,), as bytes cut to `max_length`, with labels as those of images."""
    _choice("format", format, ("tf", "grain"))

    def load(path):
        return Path(os.fsdecode(path)).read_bytes()[:max_length]

    return _read(TEXTS, load, locals())


def audio_dataset_from_directory(
    directory: Any,
    labels: Any = "inferred",
    label_mode: str | None = "int",
    class_names: Sequence[str] | None = None,
    batch_size: int | None = 32,
    sampling_rate: int | None = None,
    output_sequence_length: int | None = None,
    ragged: bool = False,
    shuffle: bool = True,
    seed: int | None = None,
    validation_split: float | None = None,
    subset: str | None = None,
    follow_links: bool = False,
    verbose: bool = True,
) -> Any:
    """Batches of sound (batch, samples, channels) from -1 to 1, with labels as those of images.

    `output_sequence_length` cuts and fills up with silence; without it a batch has the length of
    its longest. `sampling_rate`, in Hz, resamples. NotImplementedError for ragged batches.
    """
    if ragged:
        raise NotImplementedError(
            "Ragged batches don't exist here: batches are filled up, or output_sequence_length "
            "cuts them; batch_size=None gives each sound in its own length."
        )
    if sampling_rate is not None and (not isinstance(sampling_rate, int) or sampling_rate <= 0):
        raise ValueError(f"sampling_rate is a positive integer; received {sampling_rate!r}.")
    sound.soundfile()

    def load(path):
        return sound.read(os.fsdecode(path), sampling_rate, output_sequence_length)

    padded = output_sequence_length is None
    return _read(SOUNDS, load, locals(), Dataset.padded_batch if padded else Dataset.batch)


def _read(kind: Kind, load: Callable, given: dict[str, Any], batch: Callable = Dataset.batch):
    """The data set, or a list of two, that the arguments `given` of a function above ask for."""
    label_mode, shuffle, seed = given["label_mode"], given["shuffle"], given["seed"]
    split, subset = given["validation_split"], given["subset"]
    labels = None if label_mode is None else given["labels"]
    _check_labels(labels, label_mode, given["class_names"])
    _check_split(split, subset, shuffle, seed)
    seed = np.random.randint(1_000_000) if seed is None else seed
    paths, labels, names = index(
        given["directory"], labels, kind.formats, given["class_names"], given["follow_links"]
    )
    if given["verbose"]:
        classes = "" if labels is None else f" belonging to {len(names or ())} classes"
        print(f"Found {len(paths)} files{classes}.", flush=True)
    if not paths:
        raise ValueError(
            f"There are no {kind.name} files in {given['directory']}; their names end with "
            f"{', '.join(kind.formats)}."
        )
    if labels is not None and label_mode == "binary" and len(names or ()) != 2:
        raise ValueError(f'label_mode="binary" needs two classes; there are {names}.')
    if shuffle:
        order = np.random.RandomState(seed).permutation(len(paths))
        paths = [paths[i] for i in order]
        labels = None if labels is None else labels[order]
    made = []
    for part, chosen in _parts(len(paths), split, subset):
        dataset = Dataset.from_tensor_slices(paths[chosen])
        if labels is not None:
            encoded = _encoded(labels[chosen], label_mode, len(names or ()))
            dataset = Dataset.zip(dataset, Dataset.from_tensor_slices(encoded))
        size = given["batch_size"]
        if shuffle and not (subset == "both" and part == "validation"):
            dataset = dataset.shuffle(1024 if size is None else 8 * size, seed)
        dataset = dataset.map(_first_part(load, labels), num_parallel_calls=AUTOTUNE)
        dataset = (dataset if size is None else batch(dataset, size)).prefetch(AUTOTUNE)
        dataset.class_names, dataset.file_paths = names, paths[chosen]
        made.append(dataset)
    return made if subset == "both" else made[0]


def _first_part(load: Callable, labels: Any) -> Callable:
    if labels is None:
        return lambda path: load(path.numpy())
    return lambda path, label: (load(path.numpy()), label)


def index(
    directory: Any,
    labels: Any,
    formats: tuple[str, ...],
    class_names: Sequence[str] | None = None,
    follow_links: bool = False,
) -> tuple[list[str], np.ndarray | None, list[str] | None]:
    """Paths of the files, sorted in each class, their labels and the names of the classes.

    NotADirectoryError or FileNotFoundError if there is no such folder.
    """
    directory = os.fspath(directory)
    if labels != "inferred":
        paths = files_in(directory, formats, follow_links)
        if labels is None:
            return paths, None, None
        if len(labels) != len(paths):
            raise ValueError(
                f"There are {len(paths)} files in {directory} and {len(labels)} labels."
            )
        return paths, np.asarray(labels), [str(label) for label in sorted(set(labels))]
    inside = sorted(os.listdir(directory))
    folders = [n for n in inside if n[0] != "." and os.path.isdir(os.path.join(directory, n))]
    names = folders if class_names is None else list(class_names)
    if not set(names) <= set(folders):
        raise ValueError(
            f"class_names are among the subfolders of {directory}, {folders}; received {names}."
        )
    found = [files_in(os.path.join(directory, name), formats, follow_links) for name in names]
    numbers = np.repeat(np.arange(len(names), dtype="int32"), [len(paths) for paths in found])
    return [path for paths in found for path in paths], numbers, names


def files_in(directory: str, formats: tuple[str, ...], follow_links: bool) -> list[str]:
    os.listdir(directory)  # os.walk is silent about a folder that is not there
    walk = sorted(os.walk(directory, followlinks=follow_links), key=lambda found: found[0])
    return [
        os.path.join(folder, name)
        for folder, _, names in walk
        for name in sorted(names)
        if name.lower().endswith(formats)
    ]


def _parts(count: int, split: float | None, subset: str | None) -> list[tuple[str, slice]]:
    """The wanted parts of `count` files; the last ones are for validation."""
    if not split:
        return [("training", slice(None))]
    held = int(split * count)
    if not held:
        raise ValueError(f"validation_split={split} of {count} files leaves none for validation.")
    parts = {"training": slice(count - held), "validation": slice(count - held, None)}
    wanted = [name for name in parts if subset in (name, "both")]
    for name in wanted:
        print(f"Using {len(range(count)[parts[name]])} files for {name}.", flush=True)
    return [(name, parts[name]) for name in wanted]


def _encoded(labels: np.ndarray, label_mode: str | None, classes: int) -> np.ndarray:
    if label_mode == "binary":
        return labels.astype("float32")[:, None]
    if label_mode == "categorical":
        return (labels[:, None] == np.arange(classes)).astype("float32")
    return labels.astype("int32") if labels.dtype.kind in "iu" else labels


def _check_labels(labels: Any, label_mode: str | None, class_names: Any) -> None:
    _choice("label_mode", label_mode, LABEL_MODES)
    listed = isinstance(labels, (list, tuple))
    if not listed and labels is not None and not (isinstance(labels, str) and labels == "inferred"):
        raise ValueError(
            'labels is "inferred", None, or a list with an integer for each file; received '
            f"{labels!r}."
        )
    if labels != "inferred" and class_names:
        raise ValueError(f'class_names go with labels="inferred"; received labels={labels!r}.')


def _check_split(split: float | None, subset: str | None, shuffle: bool, seed: Any) -> None:
    _choice("subset", subset, SUBSETS)
    if split and not 0 < split < 1:
        raise ValueError(f"validation_split is between 0 and 1; received {split}.")
    if bool(split) != bool(subset):
        raise ValueError(
            f"validation_split and subset go together; received {split} and {subset!r}."
        )
    if split and shuffle and seed is None:
        raise ValueError(
            "Give a seed, or shuffle=False: else files for validation may be among those for "
            "training."
        )


def _choice(name: str, value: Any, allowed: tuple) -> None:
    if value not in allowed:
        raise ValueError(f"{name} is one of {', '.join(map(repr, allowed))}; received {value!r}.")
