"""`tensorflow_datasets`, as far as `addax.datasets` has the same data: pictures with labels."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from addax import datasets
from addax.data import Dataset
from addax.data.elements import map_structure, plain

# Name -> the data set of Addax, its label, and the names of the classes.
_FASHION = "T-shirt/top Trouser Pullover Dress Coat Sandal Shirt Sneaker Bag Ankle_boot"
_CIFAR = "airplane automobile bird cat deer dog frog horse ship truck"
NAMES = {
    "mnist": ("mnist", "0 1 2 3 4 5 6 7 8 9"),
    "fashion_mnist": ("fashion_mnist", _FASHION),
    "cifar10": ("cifar10", _CIFAR),
    "cifar100": ("cifar100", " ".join(map(str, range(100)))),
}


class ClassLabel(NamedTuple):
    """The classes of a label."""

    names: list[str]

    @property
    def num_classes(self) -> int:
        """How many there are."""
        return len(self.names)

    def int2str(self, number: Any) -> str:
        """The name of a class."""
        return self.names[int(number)]

    def str2int(self, name: str) -> int:
        """The number of a class."""
        return self.names.index(name)


class SplitInfo(NamedTuple):
    """The number of examples in a split."""

    num_examples: int


class DatasetInfo(NamedTuple):
    """What `load(with_info=True)` tells of a data set."""

    name: str
    features: dict[str, Any]
    splits: dict[str, SplitInfo]


def load(
    name: str,
    split: Any = None,
    as_supervised: bool = False,
    with_info: bool = False,
    batch_size: int | None = None,
    shuffle_files: bool = False,
    **options: Any,
) -> Any:
    """The data set, or those of several splits, as "train", "test[:20%]" or "train+test".

    Elements are {"image", "label"}, or (image, label) for `as_supervised`. ValueError for data sets
    that `addax.datasets` has not.
    """
    short = str(name).partition("/")[0].partition(":")[0]
    if short not in NAMES:
        raise ValueError(
            f"tfds.load has {', '.join(NAMES)}; {name!r} is not among them. Download its files "
            "and read them with keras.utils.image_dataset_from_directory or tf.data."
        )
    module, classes = NAMES[short]
    train, test = getattr(datasets, module).load_data()
    parts = {"train": train, "test": test}
    wanted = {key: key for key in parts} if split is None else split

    def made(text: Any) -> Any:
        arrays = [_taken(parts, part.strip()) for part in str(text).split("+")]
        x, y = (np.concatenate(a) for a in zip(*arrays, strict=True))
        x = x[..., None] if x.ndim == 3 else x
        y = y.reshape(-1).astype("int64")
        data = Dataset.from_tensor_slices((x, y) if as_supervised else {"image": x, "label": y})
        data = data.shuffle(len(x)) if shuffle_files else data
        return data if batch_size is None else data.batch(len(x) if batch_size < 0 else batch_size)

    found = _each(made, wanted)
    if not with_info:
        return found
    names = [c.replace("_", " ") for c in classes.split()]
    sizes = {key: SplitInfo(len(x)) for key, (x, _) in parts.items()}
    return found, DatasetInfo(short, {"label": ClassLabel(names)}, sizes)


def _each(function: Callable, structure: Any) -> Any:
    if isinstance(structure, dict):
        return {key: function(value) for key, value in structure.items()}
    if isinstance(structure, (list, tuple)):
        return [function(value) for value in structure]
    return function(structure)


def _taken(parts: dict[str, Any], text: str) -> tuple[np.ndarray, np.ndarray]:
    """The arrays of a split, or of a part of it: "train[:80%]", "test[10:20]"."""
    found = re.fullmatch(r"(\w+)(?:\[(-?\d*%?):(-?\d*%?)\])?", text)
    if found is None or found[1] not in parts:
        raise ValueError(f"A split is 'train' or 'test', or 'train[:80%]'; received {text!r}.")
    x, y = parts[found[1]]
    ends = slice(*(_place(end, len(x)) for end in found.groups()[1:]))
    return x[ends], y[ends]


def _place(text: str | None, count: int) -> int | None:
    if not text:
        return None
    return round(int(text[:-1]) / 100 * count) if text.endswith("%") else int(text)


def as_numpy(dataset: Any) -> Any:
    """The elements as NumPy's arrays; of several data sets in a structure too."""

    def converted(data: Iterable) -> Iterator:
        return (map_structure(plain, element) for element in data)

    return _each(converted, dataset) if not isinstance(dataset, Dataset) else converted(dataset)


def list_builders() -> list[str]:
    """The names that `load` has."""
    return list(NAMES)


def disable_progress_bar() -> None:
    """Nothing: there is none."""


def enable_progress_bar() -> None:
    """Nothing: there is none."""
