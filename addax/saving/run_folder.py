"""A folder with the last states of a training, written in the background."""

import contextlib
import json
import os
import re
import struct
import warnings
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from addax.saving import safetensors
from addax.saving.atomic import replacing
from addax.saving.guard import LoadError, parse_json

NAME = re.compile(r"epoch-(\d+)-batch-(\d+)\.safetensors")
FORMAT = 1  # of the files; a newer one is refused


class RunFolder:
    """States as files `epoch-3-batch-120.safetensors`, of which the last `keep` stay.

    A file is whole or not there. The folder belongs to one process at a time, until `close`.
    FileExistsError for a path that is a file, RuntimeError for a folder in use.
    """

    def __init__(self, path: Any, keep: int):
        self.path, self.keep = Path(path), keep
        os.makedirs(self.path, exist_ok=True)
        self._lock = _lock(self.path)
        for unfinished in self.path.glob(".epoch-*.tmp"):  # of a process that was killed
            unfinished.unlink(missing_ok=True)
        self._writer = ThreadPoolExecutor(1, "addax-save")
        self._under_way: Future | None = None

    def files(self) -> list[tuple[int, int, Path]]:
        """Epoch, batch and path of the states that are there, the last one last."""
        found = []
        for path in self.path.iterdir():
            if match := NAME.fullmatch(path.name):
                found.append((int(match[1]), int(match[2]), path))
        return sorted(found)

    def newest(self) -> tuple[dict[str, np.ndarray], dict[str, Any]] | None:
        """The arrays and plain data of the last whole state; None where there was none yet.

        A broken file is passed over with a warning. LoadError if all are broken, ValueError for one
        that a newer version wrote.
        """
        files = [path for _, _, path in reversed(self.files())]
        for path in files:
            try:
                return _read(path)
            except LoadError as error:
                warnings.warn(f"{path} is damaged and not used: {error}", stacklevel=2)
        if files:
            raise LoadError(f"No state in {self.path} is whole; delete the folder to start anew.")
        return None

    def write(
        self, epoch: int, batch: int, arrays: dict[str, np.ndarray], plain: dict[str, Any]
    ) -> None:
        """Begin to write a state, once the one before is written."""
        self.wait()
        path = self.path / f"epoch-{epoch}-batch-{batch}.safetensors"
        self._under_way = self._writer.submit(self._write, path, arrays, plain)

    def _write(self, path: Path, arrays: dict[str, np.ndarray], plain: dict[str, Any]) -> None:
        text = json.dumps(plain)
        metadata = {"run": text, "format": str(FORMAT), "crc32": _checksum(arrays, text)}
        with replacing(path) as temporary, open(temporary, "wb") as file:
            safetensors.write(file, arrays, metadata)
        for _, _, old in self.files()[: -self.keep]:
            old.unlink(missing_ok=True)

    def wait(self) -> None:
        """Wait for what is being written. A failure is a warning: the training is worth more."""
        under_way, self._under_way = self._under_way, None
        if under_way is None:
            return
        try:
            under_way.result()
        except OSError as error:
            warnings.warn(
                f"The run could not be saved to {self.path}: {error}. Training goes on; the states "
                "saved before are still there.",
                stacklevel=2,
            )

    def close(self) -> None:
        """Finish writing and give the folder back."""
        self.wait()
        self._writer.shutdown()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def clear(self) -> None:
        """Delete the states, and the folder if nothing else is in it."""
        self.wait()
        for _, _, path in self.files():
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # somebody else's files are in it
            os.rmdir(self.path)


def _lock(folder: Path) -> int | None:
    """A handle that keeps other processes out; the system drops it when this one ends."""
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise RuntimeError(
            f"Another training saves to {os.fspath(folder)!r} at this moment. Wait for it, end it, "
            "or give this one another folder."
        ) from None
    return handle


def _read(path: Path) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    with open(path, "rb") as file:
        try:
            stored, metadata = safetensors.read(file)
            written_by = int(metadata["format"])
            if written_by > FORMAT:
                raise ValueError(
                    f"{path} has format {written_by}; this version reads up to {FORMAT}. Update "
                    "Addax, or save to another folder."
                )
            arrays = {name: np.array(tensor.read()) for name, tensor in stored.items()}
        except (KeyError, TypeError, AttributeError, struct.error) as error:
            raise LoadError(f"it is no state of a training ({error!r})") from error
    if metadata["crc32"] != _checksum(arrays, metadata["run"]):
        raise LoadError("its contents are not those that were written")
    return arrays, parse_json(metadata["run"].encode(), "The run")


def _checksum(arrays: dict[str, np.ndarray], text: str) -> str:
    total = zlib.crc32(text.encode())
    for name in sorted(arrays):
        total = zlib.crc32(safetensors.bytes_of(arrays[name]), total)
    return f"{total:08x}"
