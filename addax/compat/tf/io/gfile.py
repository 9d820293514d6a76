"""`tf.io.gfile`: files and folders of this machine."""

import glob as globs
import os
import shutil
from collections.abc import Iterator
from typing import Any, NamedTuple

from addax.compat.tf.strings import text


def _local(path: Any) -> str:
    """The path as a text. ValueError for one on another machine."""
    path = os.fspath(path) if isinstance(path, os.PathLike) else text(path)
    scheme, found, _ = path.partition("://")
    if found and scheme != "file":
        raise ValueError(f"{path}: only files of this machine can be read; copy it here first.")
    return path.removeprefix("file://")


def GFile(name: Any, mode: str = "r") -> Any:
    """The file, opened."""
    return open(_local(name), mode, encoding=None if "b" in mode else "utf-8")


def exists(path: Any) -> bool:
    """Whether there is such a file or folder."""
    return os.path.exists(_local(path))


def isdir(path: Any) -> bool:
    """Whether it is a folder."""
    return os.path.isdir(_local(path))


def listdir(path: Any) -> list[str]:
    """The names in a folder."""
    return os.listdir(_local(path))


def glob(pattern: Any) -> list[str]:
    """The paths that match a pattern or one of several, in order."""
    patterns = pattern if isinstance(pattern, (list, tuple)) else [pattern]
    return [path for p in patterns for path in sorted(globs.glob(_local(p)))]


def makedirs(path: Any) -> None:
    """Make a folder, and those that it is in."""
    os.makedirs(_local(path), exist_ok=True)


def mkdir(path: Any) -> None:
    """Make a folder."""
    os.makedirs(_local(path), exist_ok=True)


def remove(path: Any) -> None:
    """Delete a file."""
    os.remove(_local(path))


def rmtree(path: Any) -> None:
    """Delete a folder and what is in it."""
    shutil.rmtree(_local(path))


def _free(path: Any, overwrite: bool) -> str:
    path = _local(path)
    if os.path.exists(path) and not overwrite:
        raise FileExistsError(f"{path} is there already; overwrite=True replaces it.")
    return path


def rename(src: Any, dst: Any, overwrite: bool = False) -> None:
    """Give a file another path."""
    os.replace(_local(src), _free(dst, overwrite))


def copy(src: Any, dst: Any, overwrite: bool = False) -> None:
    """Copy a file."""
    shutil.copyfile(_local(src), _free(dst, overwrite))


class FileStatistics(NamedTuple):
    """Size in bytes, time in nanoseconds, and whether it is a folder."""

    length: int
    mtime_nsec: int
    is_directory: bool


def stat(path: Any) -> FileStatistics:
    """Facts about a file."""
    found = os.stat(_local(path))
    return FileStatistics(found.st_size, found.st_mtime_ns, isdir(path))


def walk(top: Any, topdown: bool = True, onerror: Any = None) -> Iterator[tuple]:
    """(folder, names of folders, names of files) of a folder and all below it."""
    return os.walk(_local(top), topdown, onerror)


def join(path: Any, *paths: Any) -> str:
    """The parts as one path."""
    return os.path.join(_local(path), *map(_local, paths))
