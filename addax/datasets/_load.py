"""Every data set takes the same way: find its files, read them, check the arrays."""

import functools
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from addax.datasets import _read
from addax.datasets._table import SOURCES, Array, File, Source
from addax.datasets._words import read_texts, shuffled
from addax.utils.files import (
    DAMAGED_ARCHIVE,
    datasets_place,
    from_mirror,
    get_file,
    is_mirror,
)

_NUMBERS = {"float": np.floating, "integer": np.integer}

Pair = tuple[np.ndarray, np.ndarray]
Split = tuple[Pair, Pair]


def load(name: str, path: str | os.PathLike[str] | None = None) -> dict[str, Any]:
    """The arrays of the data set `name`, checked; `path` renames its file, or says where it is.

    Raises `ValueError` if a file is not what the table says, `FileNotFoundError` if
    `ADDAX_DATASETS` names a folder that lacks it, `DownloadError` if it cannot be fetched.
    """
    located = [_locate(file, os.fspath(path or file.name)) for file in SOURCES[name].files]
    return read(name, [place for place, _ in located], verify=any(own for _, own in located))


def read(name: str, paths: Sequence[str], verify: bool) -> dict[str, Any]:
    """The arrays in these files; those of known hash are compared with it if `verify` is set."""
    source = SOURCES[name]
    try:
        arrays = _LAYOUTS[source.layout](source, paths)
        for key, expected in source.arrays.items():
            _check(key, arrays[key], expected, verify)
    except (ValueError, OSError, RuntimeError, *DAMAGED_ARCHIVE) as error:
        raise ValueError(
            f"{', '.join(paths)}: this is not the data set {name!r}: {error}. "
            "Remove the file, or put the right one there, and load again."
        ) from error
    return arrays


def _locate(file: File, name: str) -> tuple[str, bool]:
    """Path of a file, and whether it is the user's own, whose bytes need not be the usual ones."""
    place = datasets_place()
    if os.path.dirname(name):
        path = os.path.expanduser(name)
        if not os.path.isfile(path):
            raise FileNotFoundError(
                f"There is no file {path}. Plain names are sought in the cache."
            )
        return path, True
    subdir = os.path.join("datasets", file.subdir)
    if place is None:
        return get_file(name, file.url, file_hash=file.hash, cache_subdir=subdir), False
    if is_mirror(place):
        return from_mirror(place, name, subdir), True
    for folder in (os.path.join(place, file.subdir), place):
        path = os.path.join(os.path.expanduser(folder), name)
        if os.path.isfile(path):
            return path, True
    raise FileNotFoundError(
        f"ADDAX_DATASETS is {place!r}, but there is no file {name!r} in it. Put the file there (it "
        f"comes from {file.url}), unset ADDAX_DATASETS to have it downloaded, or use "
        "addax.datasets.digits, which needs no file."
    )


def _check(name: str, array: np.ndarray, expected: Array, verify: bool) -> None:
    fits = len(array.shape) == len(expected.shape) and all(
        wanted in (None, size) for size, wanted in zip(array.shape, expected.shape, strict=True)
    )
    if not fits or not np.issubdtype(array.dtype, _NUMBERS.get(expected.dtype, expected.dtype)):
        raise ValueError(
            f"{name} is {array.dtype} {array.shape}, expected {expected.dtype} {expected.shape}"
        )
    top = expected.top
    if top is not None and array.size and (array.min() < 0 or array.max() > top):
        raise ValueError(f"{name} lies in {array.min()}..{array.max()}, expected 0..{top}")
    if expected.balanced and len(set(np.bincount(array.reshape(-1), minlength=(top or 0) + 1))) > 1:
        raise ValueError(f"{name} must hold every class equally often")
    if verify and expected.sha256 and _read.fingerprint(array) != expected.sha256:
        raise ValueError(f"{name} has the right shape but other values (its hash differs)")


# --- layouts: (source, paths) -> arrays -----------------------------------------------------------


def _npz(source: Source, paths: Sequence[str]) -> dict[str, Any]:
    with _read.Npz(paths[0]) as file:
        return {name: file.array(name) for name in source.arrays}


def _idx(source: Source, paths: Sequence[str]) -> dict[str, Any]:
    named = zip(source.arrays.items(), paths, strict=True)
    return {name: _read.read_idx(path, array.shape) for (name, array), path in named}


def _words(source: Source, paths: Sequence[str]) -> dict[str, Any]:
    parts = [name.removeprefix("labels") for name in source.arrays]
    texts = {part: read_texts(paths[0], part) for part in parts}
    labels = {f"labels{part}": text.labels for part, text in texts.items()}
    return labels | {f"texts{part}": text for part, text in texts.items()}


def _json(source: Source, paths: Sequence[str]) -> dict[str, Any]:
    return _read.read_json(paths[0])


def _cifar(
    folder: str,
    labels: Sequence[str],
    parts: dict[str, list[str]],
    source: Source,
    paths: Sequence[str],
) -> dict[str, Any]:
    """Records of one byte for each of `labels` and 3072 of a (3, 32, 32) image."""
    record = len(labels) + 3072
    sizes = {}
    for part, names in parts.items():
        count = source.arrays[f"x_{part}"].shape[0] or 0
        sizes |= {f"{folder}/{name}": count // len(names) * record for name in names}
    members = _read.read_members(paths[0], sizes)
    arrays = {}
    for part, names in parts.items():
        data = b"".join(members[f"{folder}/{name}"] for name in names)
        records = np.frombuffer(data, "uint8").reshape(-1, record)
        arrays[f"x_{part}"] = records[:, len(labels) :].reshape(-1, 3, 32, 32)
        for column, label in enumerate(labels):
            arrays[f"{label}_{part}"] = records[:, column : column + 1].copy()
    return arrays


_CIFAR10 = {"train": [f"data_batch_{n}.bin" for n in range(1, 6)], "test": ["test_batch.bin"]}
_CIFAR100 = {"train": ["train.bin"], "test": ["test.bin"]}
_LAYOUTS: dict[str, Callable[[Source, Sequence[str]], dict[str, Any]]] = {
    "npz": _npz,
    "idx": _idx,
    "words": _words,
    "json": _json,
    "cifar10": functools.partial(_cifar, "cifar-10-batches-bin", ["y"], _CIFAR10),
    "cifar100": functools.partial(_cifar, "cifar-100-binary", ["coarse", "fine"], _CIFAR100),
}


# --- what the data sets do with their arrays ------------------------------------------------------


def split(arrays: dict[str, Any], labels: str = "y") -> Split:
    """`(x_train, y_train), (x_test, y_test)`."""
    train, test = ((arrays[f"x_{part}"], arrays[f"{labels}_{part}"]) for part in ("train", "test"))
    return train, test


def shuffle_and_split(x: np.ndarray, y: np.ndarray, test_split: float, seed: int) -> Split:
    """Shuffle the examples and set the last `test_split` of them aside, as Keras does."""
    order = shuffled(np.random.RandomState(seed), len(x))
    x, y, size = x[order], y[order], int(len(x) * (1 - test_split))
    return (x[:size], y[:size]), (x[size:], y[size:])


def check_test_split(test_split: float) -> None:
    if not 0 <= test_split < 1:
        raise ValueError(f"test_split is {test_split}, expected 0 <= test_split < 1.")


def images(x: np.ndarray) -> np.ndarray:
    """Images (n, 3, height, width) in the layout that the process is set to."""
    settings = sys.modules.get("addax.core.settings")  # data sets stand without the library
    if settings is not None and settings.image_data_format() == "channels_first":
        return np.ascontiguousarray(x)
    return np.ascontiguousarray(x.transpose(0, 2, 3, 1))
