"""Every file that is read passes through here; nothing in it is run, imported, opened or extracted.

Archives are read in place, their members' names and sizes checked first. HDF5 files are walked
once, and refused when they point outside themselves or promise more than they hold.
"""

import difflib
import io
import json
import math
import os
import re
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO, NamedTuple

import numpy as np

MAX_JSON = 16 << 20  # bytes
MAX_JSON_CONTAINERS = 250_000
MAX_JSON_ITEMS = 2_000_000
MAX_OBJECTS = 200_000  # groups and tensors of one file
MAX_DEPTH = 64
MAX_NAMES = 4096  # texts in one HDF5 attribute; writers split longer lists
EXPANSION = 20  # times the stored bytes that a file's contents may take
CHUNK = 1 << 20


class LoadError(ValueError):
    """A file that can't be loaded; the message says what it has and what was expected."""


class Stored(NamedTuple):
    """A tensor in a file: what it declares, and how to read it."""

    shape: tuple[int, ...]
    dtype: str
    nbytes: int
    read: Callable[[], np.ndarray]


# Files

SIGNATURES = {
    b"PK\x03\x04": "zip",
    b"\x89HDF\r\n\x1a\n": "hdf5",
    b"{": "json",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a gzip file",
    b"\x93NUMPY": "a NumPy array",
    b"\x80": "a Python pickle, which could run code and is never read",
    b"PK\x05\x06": "an empty zip archive",
    b"\x08": "a TensorFlow SavedModel or frozen graph, which Addax does not read",
}


@contextmanager
def open_file(path: Any) -> Iterator[BinaryIO]:
    """A regular file, open for reading. FileNotFoundError names the nearest files in its folder."""
    path = os.fspath(path)
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        raise FileNotFoundError(f"There is no file {path!r}.{_neighbours(path)}") from None
    if stat.S_ISDIR(mode):
        saved = os.path.exists(os.path.join(path, "saved_model.pb"))
        what = "a TensorFlow SavedModel, which Addax does not read" if saved else "a folder"
        raise LoadError(f"{path!r} is {what}; a model is one file (.keras, .h5, .safetensors).")
    if not stat.S_ISREG(mode):
        raise LoadError(f"{path!r} is no regular file.")
    with open(path, "rb") as file:
        yield file


def _neighbours(path: str) -> str:
    folder, name = os.path.split(os.path.abspath(path))
    if not os.path.isdir(folder):
        return f" There is no folder {folder!r} either."
    near = difflib.get_close_matches(name, os.listdir(folder), 3, 0.6)
    return f" Did you mean {' or '.join(map(repr, near))}?" if near else ""


def sniff(file: BinaryIO) -> str:
    """ "zip", "hdf5", "json" or "safetensors", from the content. LoadError for anything else."""
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    kind = next((k for magic, k in SIGNATURES.items() if head.startswith(magic)), None)
    if kind in ("zip", "hdf5", "json"):
        return kind
    if len(head) >= 10 and head[8:9] == b"{" and head[6:8] == b"\0\0":
        return "safetensors"
    if not head:
        kind = "an empty file"
    elif kind is None:
        text = not re.search(rb"[\x00-\x08\x0e-\x1f]", head)
        kind = (
            f"text, starting {head[:40].decode('utf-8', 'replace')!r}" if text else "unknown data"
        )
    raise LoadError(
        f"This is no model file: it looks like {kind}. Expected .keras, HDF5, safetensors."
    )


def size_of(file: BinaryIO) -> int:
    """The size of an open file in bytes."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Whatever goes wrong inside becomes a LoadError that says where; clear errors stay."""
    try:
        yield
    except (LoadError, FileNotFoundError, PermissionError):
        raise
    except zipfile.BadZipFile as error:
        raise LoadError(f"{what} is damaged or cut off: {error}") from error
    except RecursionError as error:
        raise LoadError(f"{what} is nested too deeply.") from error
    except ValueError as error:
        raise LoadError(f"{what} can't be loaded: {error}") from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise LoadError(f"{what} can't be loaded; a part of it is malformed ({reason}).") from error


# JSON


def parse_json(raw: bytes, what: str) -> Any:
    """JSON of bounded size and depth."""
    if len(raw) > MAX_JSON:
        raise LoadError(f"{what} has {len(raw):,} bytes; at most {MAX_JSON:,} are read.")
    if raw.count(b"{") + raw.count(b"[") > MAX_JSON_CONTAINERS or raw.count(b",") > MAX_JSON_ITEMS:
        raise LoadError(f"{what} has more items than any model's.")
    try:
        return json.loads(raw)
    except RecursionError as error:
        raise LoadError(f"{what} is nested too deeply.") from error
    except ValueError as error:
        raise LoadError(f"{what} is no JSON: {error}") from error


# Zip archives


class Archive:
    """A zip archive whose members can be read in place, never extracted."""

    def __init__(self, file: BinaryIO):
        self.file = file
        self.zip = zipfile.ZipFile(file)
        members = self.zip.infolist()
        if len(members) > MAX_OBJECTS:
            raise LoadError(f"The archive has {len(members):,} members.")
        for info in members:
            self._check(info)
        if len({i.filename for i in members}) < len(members):
            raise LoadError("The archive has two members of the same name.")
        if sum(i.compress_size for i in members) > size_of(file):
            raise LoadError("The archive's members overlap.")

    @staticmethod
    def _check(info: zipfile.ZipInfo) -> None:
        name = info.filename
        if not re.fullmatch(r"[\w.\- /]+", name) or name.startswith("/") or ".." in name.split("/"):
            raise LoadError(f"The archive has a member of the forbidden name {name!r}.")
        if info.flag_bits & 1 or info.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):
            raise LoadError(
                f"{name!r} in the archive is encrypted, or compressed in an unknown way."
            )
        if info.file_size > EXPANSION * info.compress_size + 4096:
            raise LoadError(
                f"{name!r} in the archive declares {info.file_size:,} bytes but stores "
                f"{info.compress_size:,}."
            )

    @property
    def names(self) -> list[str]:
        return self.zip.namelist()

    def read(self, name: str, limit: int = MAX_JSON) -> bytes:
        """A small member as a whole."""
        info = self.zip.getinfo(name)
        if info.file_size > limit:
            raise LoadError(f"{name!r} has {info.file_size:,} bytes; at most {limit:,} are read.")
        return self.zip.read(info)

    def open(self, name: str) -> BinaryIO:
        """A member as a file that can be sought in; its checksum is verified first."""
        info = self.zip.getinfo(name)
        if info.compress_type != zipfile.ZIP_STORED:
            return io.BytesIO(self.zip.read(info))
        with self.zip.open(info) as member:
            while member.read(CHUNK):
                pass
        self.file.seek(info.header_offset)
        name_length, extra_length = struct.unpack("<HH", self.file.read(30)[26:])
        start = info.header_offset + 30 + name_length + extra_length
        return io.BufferedReader(_Window(self.file, start, info.file_size), CHUNK)


class Folder:
    """A folder with the parts of a model, which Keras writes for `zipped=False`."""

    def __init__(self, path: Any, files: ExitStack):
        self.path, self._files = os.fspath(path), files
        self.names = sorted(_files_below(self.path))

    def read(self, name: str, limit: int = MAX_JSON) -> bytes:
        """A small file as a whole."""
        file = self.open(name)
        if (size := size_of(file)) > limit:
            raise LoadError(f"{name!r} has {size:,} bytes; at most {limit:,} are read.")
        return file.read()

    def open(self, name: str) -> BinaryIO:
        """One of the files; links are not followed."""
        path = os.path.join(self.path, name)
        if os.path.islink(path):
            raise LoadError(f"{name!r} is a link; links are not followed.")
        return self._files.enter_context(open_file(path))


def _files_below(folder: str) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        yield from (os.path.relpath(os.path.join(parent, n), folder) for n in names)


class _Window(io.RawIOBase):
    """Part of a file, as a file."""

    def __init__(self, file: BinaryIO, start: int, size: int):
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = (0, self._at, self._size)[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        length = max(0, min(len(buffer), self._size - self._at))
        self._file.seek(self._start + self._at)
        data = self._file.read(length)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


# HDF5

FILTERS = {1: "gzip", 2: "shuffle", 3: "fletcher32"}


class HDF5:
    """An HDF5 file that was walked and found harmless: its tensors and groups by path."""

    def __init__(self, file: BinaryIO):
        import h5py

        self._size = size_of(file)
        try:
            self._file = h5py.File(file, "r")
        except OSError as error:
            raise LoadError(f"The HDF5 part is damaged or cut off: {error}") from error
        self.tensors: dict[str, Stored] = {}
        self.groups: dict[str, Any] = {}
        self._seen: set = set()
        self._walk(self._file, "", 0)
        total = sum(t.nbytes for t in self.tensors.values())
        if total > EXPANSION * self._size:
            raise LoadError(f"The tensors declare {total:,} bytes; the file has {self._size:,}.")

    def close(self) -> None:
        self._file.close()

    def _walk(self, group: Any, path: str, depth: int) -> None:
        import h5py

        self.groups[path] = group
        self._enter(group, path)
        if depth > MAX_DEPTH or len(self.groups) + len(self.tensors) > MAX_OBJECTS:
            raise LoadError(f"The HDF5 groups are too many or too deep, at {path!r}.")
        for name in group:
            place = f"{path}/{name}".lstrip("/")
            link = group.get(name, getlink=True)
            if not isinstance(link, h5py.HardLink):
                raise LoadError(
                    f"{place!r} is a link ({type(link).__name__}); links are not followed."
                )
            child = group[name]
            if isinstance(child, h5py.Group):
                self._walk(child, place, depth + 1)
            elif isinstance(child, h5py.Dataset):
                self.tensors[place] = self._tensor(child, place)
            else:
                raise LoadError(f"{place!r} is neither a group nor a tensor.")

    def _enter(self, group: Any, path: str) -> None:
        import h5py

        info = h5py.h5o.get_info(group.id)  # type: ignore[attr-defined]
        if (key := (info.fileno, info.addr)) in self._seen:
            raise LoadError(f"The HDF5 group {path!r} is reached by two ways.")
        self._seen.add(key)

    def _tensor(self, dataset: Any, path: str) -> Stored:
        import h5py

        made = dataset.id.get_create_plist()
        layout = made.get_layout()
        if layout == h5py.h5d.VIRTUAL or made.get_external_count():
            raise LoadError(f"{path!r} takes its values from other files; those are never read.")
        strange = {made.get_filter(i)[0] for i in range(made.get_nfilters())} - set(FILTERS)
        if strange:
            raise LoadError(
                f"{path!r} is compressed by filter {strange.pop()}; known are {FILTERS}."
            )
        dtype = self._dtype(dataset, path)
        if dataset.shape is None:
            raise LoadError(f"{path!r} has no shape.")
        size = dataset.dtype.itemsize
        nbytes, held = math.prod(dataset.shape) * size, dataset.id.get_storage_size()
        chunk = math.prod(dataset.chunks or ()) * size
        if nbytes > 1100 * held or held > self._size or chunk > max(nbytes, 4 * CHUNK):
            raise LoadError(
                f"{path!r} declares {tuple(dataset.shape)}, {nbytes:,} bytes, but stores {held:,} "
                f"of the file's {self._size:,}."
            )
        return Stored(tuple(dataset.shape), dtype, nbytes, lambda: _values(dataset, dtype))

    def _dtype(self, dataset: Any, path: str) -> str:
        import h5py

        kind = dataset.id.get_type().get_class()
        numbers = (h5py.h5t.INTEGER, h5py.h5t.FLOAT)
        if kind in numbers or (kind == h5py.h5t.ENUM and dataset.dtype == bool):
            return dataset.dtype.name
        opaque = kind == h5py.h5t.OPAQUE and dataset.dtype.itemsize == 2
        if opaque and self._texts(dataset, "dtype") == ["bfloat16"]:
            return "bfloat16"
        raise LoadError(f"{path!r} holds {dataset.dtype}; a weight holds numbers.")

    def _texts(self, thing: Any, name: str) -> list[str] | None:
        """A text attribute as a list; None if there is none."""
        import h5py

        if name not in thing.attrs:
            return None
        attribute = h5py.h5a.open(thing.id, name.encode())
        kind, shape = attribute.get_type().get_class(), attribute.shape
        if math.prod(shape) == 0:
            return []
        if kind != h5py.h5t.STRING or math.prod(shape) > MAX_NAMES:
            raise LoadError(f"Attribute {name!r} has {shape} values of an unexpected kind.")
        if attribute.get_storage_size() > self._size:
            raise LoadError(f"Attribute {name!r} is larger than the file.")
        value = np.asarray(thing.attrs[name], dtype=object).reshape(-1)
        return [v.decode() if isinstance(v, bytes) else str(v) for v in value]

    def has(self, path: str, name: str) -> bool:
        """Whether the group at `path` has the attribute, whole or split."""
        return any(n in self.groups[path].attrs for n in (name, f"{name}0"))

    def text(self, path: str, name: str) -> str | None:
        """A text attribute of the group at `path`."""
        found = self._texts(self.groups[path], name)
        return found[0] if found else None

    def texts(self, path: str, name: str) -> list[str]:
        """A list of texts, which Keras splits over `name0`, `name1`... when it is long."""
        group = self.groups[path]
        whole = self._texts(group, name)
        if whole is not None:
            return whole
        found: list[str] = []
        for i in range(MAX_NAMES):
            part = self._texts(group, f"{name}{i}")
            if part is None:
                break
            found += part
        return found


def _values(dataset: Any, dtype: str) -> np.ndarray:
    try:
        value = np.asarray(dataset[()])
    except (OSError, RuntimeError) as error:
        raise LoadError(f"{dataset.name!r} can't be read; the file is damaged: {error}") from error
    if dtype == "bfloat16":
        import ml_dtypes

        return value.view(ml_dtypes.bfloat16)
    return value.astype(value.dtype.newbyteorder("="), copy=False)
