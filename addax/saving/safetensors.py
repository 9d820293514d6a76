"""The safetensors format: a JSON header with shapes and offsets, then the raw numbers.

https://huggingface.co/docs/safetensors: 8 bytes header length, little-endian; `{name: {"dtype",
"shape", "data_offsets": [begin, end]}}`; the tensors without gaps, in order.
"""

import json
import math
import struct
from typing import Any, BinaryIO

import numpy as np

from addax.saving.guard import MAX_OBJECTS, LoadError, Stored, parse_json, size_of

MAX_HEADER = 100 << 20  # the format's own limit
NAMES = """F64 float64 F32 float32 F16 float16 BF16 bfloat16 F8_E4M3 float8_e4m3fn
F8_E5M2 float8_e5m2 I64 int64 I32 int32 I16 int16 I8 int8 U64 uint64 U32 uint32 U16 uint16
U8 uint8 BOOL bool""".split()
DTYPES = dict(zip(NAMES[::2], NAMES[1::2], strict=True))
CODES = {name: code for code, name in DTYPES.items()}


def _dtype(name: str) -> np.dtype:
    if name.startswith(("bfloat", "float8")):
        import ml_dtypes

        return np.dtype(getattr(ml_dtypes, name))
    return np.dtype(name).newbyteorder("<")


def read(file: BinaryIO) -> tuple[dict[str, Stored], dict[str, str]]:
    """The tensors by name, and the file's metadata. LoadError for offsets that don't fit."""
    size = size_of(file)
    (length,) = struct.unpack("<Q", file.read(8))
    if length > min(MAX_HEADER, size - 8):
        raise LoadError(f"The safetensors header declares {length:,} bytes; the file has {size:,}.")
    header = parse_json(file.read(length), "The safetensors header")
    metadata = header.pop("__metadata__", None) or {}
    if len(header) > MAX_OBJECTS:
        raise LoadError(f"The safetensors file has {len(header):,} tensors.")
    found, start, end = {}, 8 + length, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, stop = entry["data_offsets"]
        shape = tuple(entry["shape"])
        if entry["dtype"] not in DTYPES or not all(type(d) is int and d >= 0 for d in shape):
            raise LoadError(f"Tensor {name!r} has dtype {entry['dtype']!r} and shape {shape}.")
        dtype = _dtype(DTYPES[entry["dtype"]])
        nbytes = math.prod(shape) * dtype.itemsize
        if begin != end or stop - begin != nbytes or start + stop > size:
            raise LoadError(
                f"Tensor {name!r} declares {shape} of {dtype}, {nbytes:,} bytes, at {begin}-{stop};"
                f" the one before ends at {end}, the tensors' part has {size - start:,} bytes."
            )
        found[name] = Stored(shape, dtype.name, nbytes, _reader(file, start + begin, shape, dtype))
        end = stop
    if start + end != size:
        raise LoadError(f"The tensors end at {start + end:,}; the file has {size:,} bytes.")
    return found, metadata


def _reader(file: BinaryIO, offset: int, shape: tuple, dtype: np.dtype) -> Any:
    def values() -> np.ndarray:
        file.seek(offset)
        count = math.prod(shape)
        return np.frombuffer(file.read(count * dtype.itemsize), dtype, count).reshape(shape)

    return values


def write(file: BinaryIO, tensors: dict[str, Any], metadata: dict[str, str]) -> None:
    """Write array-likes by name."""
    header: dict[str, Any] = {"__metadata__": metadata}
    at = 0
    for name, tensor in tensors.items():
        dtype = np.dtype(tensor.dtype).name
        nbytes = math.prod(tensor.shape) * _dtype(dtype).itemsize
        entry = {"dtype": CODES[dtype], "shape": list(tensor.shape)}
        header[name] = entry | {"data_offsets": [at, at + nbytes]}
        at += nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    file.write(struct.pack("<Q", len(text)) + text)
    for tensor in tensors.values():
        file.write(bytes_of(tensor))


def bytes_of(tensor: Any) -> memoryview:
    """The numbers of an array-like as the file has them."""
    array = np.asarray(tensor, _dtype(np.dtype(tensor.dtype).name))
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
