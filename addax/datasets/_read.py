"""Readers of the formats in which data sets come. A file is data: no pickle is ever run."""

import gzip
import hashlib
import io
import json
import math
import zipfile
from typing import Any

import numpy as np

from addax.datasets._rows import read_rows
from addax.utils.files import open_tar

_MAX_ARRAY = 1 << 28  # bytes of one member of an .npz
_MAX_ROWS = 1 << 26  # bytes of a member that holds rows of numbers
_MAX_JSON = 1 << 24
_CHUNK = 1 << 18


def fingerprint(array: np.ndarray) -> str:
    """SHA-256 of dtype, shape and values: that of the array, however its file is packed."""
    head = f"{array.dtype.str} {array.shape} ".encode()
    return hashlib.sha256(head + np.ascontiguousarray(array).tobytes()).hexdigest()


class Npz:
    """The arrays of an `.npz` file by name; rows of numbers come as `(words, lengths)`."""

    def __init__(self, path: str) -> None:
        self._archive = zipfile.ZipFile(path)
        self.names = [name[:-4] for name in self._archive.namelist() if name.endswith(".npy")]

    def __enter__(self) -> "Npz":
        return self

    def __exit__(self, *_: Any) -> None:
        self._archive.close()

    def array(self, name: str) -> np.ndarray:
        dtype, shape, fortran, data = self._member(name, _MAX_ARRAY)
        if dtype.kind not in "biuf":
            raise ValueError(f"{name} has the dtype {dtype}, expected numbers")
        if len(data) != dtype.itemsize * math.prod(shape):
            raise ValueError(f"{name} has {len(data)} bytes, not those of {dtype} {shape}")
        return np.frombuffer(data, dtype).reshape(shape, order="F" if fortran else "C").copy()

    def rows(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        dtype, _, _, data = self._member(name, _MAX_ROWS)
        if dtype.kind != "O":
            raise ValueError(f"{name} has the dtype {dtype}, expected object (rows of numbers)")
        return read_rows(data)

    def _member(self, name: str, limit: int) -> tuple[np.dtype, tuple[int, ...], bool, bytes]:
        if name not in self.names:
            raise ValueError(f"it has no array {name!r}, only {', '.join(self.names) or 'none'}")
        info = self._archive.getinfo(f"{name}.npy")
        if info.file_size > limit:
            raise ValueError(f"{name} has {info.file_size} bytes, expected at most {limit}")
        stream = io.BytesIO(self._archive.read(info))
        headers = {
            (1, 0): np.lib.format.read_array_header_1_0,
            (2, 0): np.lib.format.read_array_header_2_0,
        }
        version = np.lib.format.read_magic(stream)
        if version not in headers:
            raise ValueError(f"{name} has the .npy version {version}, expected 1.0 or 2.0")
        shape, fortran, dtype = headers[version](stream)
        return dtype, shape, fortran, stream.read()


def read_idx(path: str, shape: tuple[Any, ...]) -> np.ndarray:
    """A gzipped IDX file of uint8, as MNIST introduced them; it must have this shape."""
    header = bytes([0, 0, 8, len(shape)]) + b"".join(n.to_bytes(4, "big") for n in shape)
    size = len(header) + math.prod(shape)
    with gzip.open(path) as file:
        data = file.read(size + 1)
    if len(data) != size or not data.startswith(header):
        raise ValueError(f"it is no IDX file of uint8 {shape}: {len(data)} bytes, {data[:16]!r}")
    return np.frombuffer(data, "uint8", offset=len(header)).reshape(shape).copy()


def read_members(path: str, sizes: dict[str, int]) -> dict[str, bytes]:
    """The named members of a tar archive, each of exactly the given size, read in place."""
    found = {}
    with open_tar(path) as archive:
        for info in archive:
            name = info.name.removeprefix("./")
            if name not in sizes:
                continue
            source = archive.extractfile(info) if info.isreg() else None
            if source is None or info.size != sizes[name]:
                raise ValueError(f"its {name} is no file of {sizes[name]} bytes ({info.size})")
            found[name] = b"".join(iter(lambda source=source: source.read(_CHUNK), b""))
    if missing := sizes.keys() - found.keys():
        raise ValueError(f"it lacks {', '.join(sorted(missing))}")
    return found


def read_json(path: str) -> dict[str, int]:
    """A dictionary from words to numbers."""
    with open(path, "rb") as file:
        data = file.read(_MAX_JSON + 1)
    if len(data) > _MAX_JSON:
        raise ValueError(f"it has more than {_MAX_JSON} bytes")
    index = json.loads(data)
    if not isinstance(index, dict) or any(type(number) is not int for number in index.values()):
        raise ValueError("it is no dictionary from words to numbers")
    return index
