"""TFRecord files: records of bytes, each with its length and the checksums of both.

uint64 length | uint32 checksum of the length | bytes | uint32 checksum of the bytes
"""

import functools
import gzip
import io
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from addax.data import stages
from addax.data.dataset import UNKNOWN, Dataset
from addax.data.elements import element, plain

COMPRESSIONS = ("", "GZIP", "ZLIB")
BLOCK = 512  # bytes whose checksums are computed side by side

_POLYNOMIAL = 0x82F63B78  # Castagnoli's, its bits in reverse
_MASK = 0xA282EAD8


def _byte_table() -> np.ndarray:
    table = np.arange(256, dtype="uint32")
    for _ in range(8):
        table = np.where(table & 1, table >> 1 ^ np.uint32(_POLYNOMIAL), table >> 1)
    return table.astype("uint32")


_TABLE = _byte_table()
_LIST = _TABLE.tolist()


@functools.cache
def _block_tables() -> list[list[int]]:
    """What `BLOCK` zeros make of each byte of a checksum: a checksum is linear in its bits."""
    states = np.arange(256, dtype="uint32") << (8 * np.arange(4, dtype="uint32"))[:, None]
    for _ in range(BLOCK):
        states = _TABLE[states & 255] ^ (states >> 8)
    return states.tolist()


def crc32c(content: bytes) -> int:
    """The checksum CRC-32C (RFC 3720, B.4): 4 bits in error are always noticed."""
    state = 0xFFFFFFFF
    whole = len(content) // BLOCK * BLOCK
    if whole:
        columns = np.frombuffer(content, "uint8", whole).reshape(-1, BLOCK).T
        found = np.zeros(columns.shape[1], "uint32")
        for column in columns:
            found = _TABLE[(found ^ column) & 255] ^ (found >> 8)
        first, second, third, fourth = _block_tables()
        for part in found.tolist():
            state = (
                first[state & 255]
                ^ second[state >> 8 & 255]
                ^ third[state >> 16 & 255]
                ^ fourth[state >> 24]
                ^ part
            )
    for byte in content[whole:]:
        state = _LIST[(state ^ byte) & 255] ^ (state >> 8)
    return state ^ 0xFFFFFFFF


def checksum(content: bytes) -> int:
    """CRC-32C turned and moved, so that checksums of what holds checksums stay good ones."""
    found = crc32c(content)
    return ((found >> 15 | found << 17) + _MASK) & 0xFFFFFFFF


class TFRecordOptions(NamedTuple):
    """How a file is compressed: "", "GZIP" or "ZLIB"."""

    compression_type: str | None = None


class TFRecordWriter:
    """Writes records to a file; use it in a `with` block, or close it."""

    def __init__(self, path: Any, options: Any = None):
        kind = _compression(getattr(options, "compression_type", options))
        self._path = os.fspath(_path(path))
        self._file: Any = gzip.open(self._path, "wb") if kind == "GZIP" else open(self._path, "wb")  # noqa: SIM115
        self._zlib = zlib.compressobj() if kind == "ZLIB" else None

    def write(self, record: Any) -> None:
        """Add a record of bytes."""
        record = plain(element(record))
        if not isinstance(record, bytes):
            raise TypeError(f"A record is bytes; received {type(record).__name__}.")
        length = struct.pack("<Q", len(record))
        sums = [struct.pack("<I", checksum(part)) for part in (length, record)]
        content = length + sums[0] + record + sums[1]
        self._file.write(self._zlib.compress(content) if self._zlib else content)

    def flush(self) -> None:
        """Hand what was written to the system."""
        self._file.flush()

    def close(self) -> None:
        """Finish the file."""
        if self._zlib and not self._file.closed:
            self._file.write(self._zlib.flush())
        self._file.close()

    def __enter__(self) -> "TFRecordWriter":
        return self

    def __exit__(self, *exception: Any) -> None:
        self.close()


def read_records(path: str, compression: str = "") -> Iterator[bytes]:
    """The records of a file. ValueError names one that is broken."""
    with opened(path, compression) as file:
        number = 0
        while head := file.read(12):
            length = int.from_bytes(head[:8], "little")
            if len(head) < 12 or int.from_bytes(head[8:], "little") != checksum(head[:8]):
                raise ValueError(f"{path} is no TFRecord file, or broken at record {number}.")
            record, end = file.read(length), file.read(4)
            if len(end) < 4 or int.from_bytes(end, "little") != checksum(record):
                raise ValueError(f"{path} is broken at record {number}: its checksum is another.")
            yield record
            number += 1


def opened(path: str, compression: str = "") -> Any:
    """The file, which gives its content uncompressed. FileNotFoundError if there is none."""
    if compression == "GZIP":
        return gzip.open(path, "rb")
    if compression == "ZLIB":
        return io.BytesIO(zlib.decompress(Path(path).read_bytes()))
    return open(path, "rb")


def _compression(kind: Any) -> str:
    kind = kind or ""
    if kind not in COMPRESSIONS:
        raise ValueError(f"compression_type is one of {COMPRESSIONS}; received {kind!r}.")
    return kind


def _path(value: Any) -> str:
    value = plain(element(os.fspath(value) if isinstance(value, os.PathLike) else value))
    return os.fsdecode(value)


class FileDataset(Dataset):
    """The records of files one after the other, or of `num_parallel_reads` files by turns.

    `filenames`: one path, several, or a data set of paths.
    """

    def __init__(
        self,
        filenames: Any,
        compression_type: str | None = None,
        buffer_size: int | None = None,
        num_parallel_reads: int | None = None,
        name: str | None = None,
    ):
        kind = _compression(compression_type)
        if not isinstance(filenames, Dataset):
            paths = np.atleast_1d(
                element(os.fspath(filenames) if isinstance(filenames, os.PathLike) else filenames)
            )
            filenames = Dataset.from_tensor_slices(paths.view(np.ndarray))
        cycle = 1 if num_parallel_reads in (None, -1) else int(num_parallel_reads or 1)

        def read(path: Any) -> Iterator:
            yield from map(self._element, self._read(_path(path), kind))

        def make() -> Iterator:
            return stages.interleaved(map(read, filenames), cycle, 1)

        super().__init__(make, UNKNOWN)

    def _read(self, path: str, compression: str) -> Iterator[Any]:
        """The records of a file."""
        raise NotImplementedError

    def _element(self, record: Any) -> Any:
        """A record as an element."""
        return element(record)


class TFRecordDataset(FileDataset):
    """The records of TFRecord files, as texts of bytes. ValueError where a checksum is wrong."""

    def _read(self, path: str, compression: str) -> Iterator[bytes]:
        return read_records(path, compression)


class TextLineDataset(FileDataset):
    """The lines of text files, without their ends."""

    def _read(self, path: str, compression: str) -> Iterator[bytes]:
        with opened(path, compression) as file:
            for line in file:
                yield line.removesuffix(b"\n").removesuffix(b"\r")


class FixedLengthRecordDataset(FileDataset):
    """Records of `record_bytes` bytes, between a head and a foot that are left out."""

    def __init__(
        self,
        filenames: Any,
        record_bytes: int,
        header_bytes: int | None = None,
        footer_bytes: int | None = None,
        **options: Any,
    ):
        self._sizes = int(record_bytes), int(header_bytes or 0), int(footer_bytes or 0)
        super().__init__(filenames, **options)

    def _read(self, path: str, compression: str) -> Iterator[bytes]:
        size, head, foot = self._sizes
        with opened(path, compression) as file:
            content = file.read()
        content = content[head : len(content) - foot]
        if len(content) % size:
            raise ValueError(f"{path} holds {len(content)} bytes: no whole number of {size}.")
        for start in range(0, len(content), size):
            yield content[start : start + size]
