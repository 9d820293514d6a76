"""An array as the bytes of a TensorProto, and back."""

from typing import Any

import numpy as np

from addax.data import protobuf
from addax.data.elements import Element, element, plain

# The numbers that TensorFlow's types have in its files.
TYPES = {
    "float32": 1, "float64": 2, "int32": 3, "uint8": 4, "int16": 5, "int8": 6, "string": 7,
    "complex64": 8, "int64": 9, "bool": 10, "bfloat16": 14, "uint16": 17, "complex128": 18,
    "float16": 19, "uint32": 22, "uint64": 23,
}  # fmt: skip
_NAMES = {number: name for name, number in TYPES.items()}
_DTYPE, _SHAPE, _CONTENT, _TEXT = 1, 2, 4, 8  # the fields
# Where small tensors that TensorFlow made have their values.
_LISTS = {5: "float32", 6: "float64", 7: "int32", 10: "int64", 11: "bool"}


def serialize_tensor(tensor: Any, name: str | None = None) -> Element:
    """An array as bytes, one text."""
    array = element(tensor).view(np.ndarray)
    is_text = array.dtype == object
    kind = "string" if is_text else array.dtype.name
    if kind not in TYPES:
        raise TypeError(f"Tensors of {kind} can't be written; {', '.join(TYPES)} can.")
    sizes = b"".join(protobuf.block(2, protobuf.number(1, n) if n else b"") for n in array.shape)
    parts = [protobuf.number(_DTYPE, TYPES[kind]), protobuf.block(_SHAPE, sizes)]
    if is_text:
        parts += [protobuf.block(_TEXT, text) for text in array.ravel()]
    else:
        little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        parts.append(protobuf.block(_CONTENT, little.tobytes()))
    return element(b"".join(parts))


def parse_tensor(serialized: Any, out_type: Any, name: str | None = None) -> Element:
    """The array in `serialized`. ValueError if it is none of that type."""
    kind, content = "", b""
    shape: list[Any] = []
    texts: list[bytes] = []
    listed: list[Any] = []
    for field, value in protobuf.fields(plain(element(serialized))):
        if field == _DTYPE:
            kind = _NAMES.get(value, str(value))  # type: ignore[arg-type]
        elif field == _SHAPE:
            dims = [bytes(d) for f, d in protobuf.fields(value) if f == 2]  # type: ignore[arg-type]
            shape = [next((v for f, v in protobuf.fields(d) if f == 1), 0) for d in dims]
        elif field == _CONTENT:
            content = bytes(value)  # type: ignore[arg-type]
        elif field == _TEXT:
            texts.append(bytes(value))  # type: ignore[arg-type]
        elif field in _LISTS and not isinstance(value, int):
            listed += _listed(_LISTS[field], value)
    wanted = "string" if str(out_type) == "string" else np.dtype(out_type).name
    if kind != wanted:
        raise ValueError(f"The tensor is of {kind}; {wanted} was asked for.")
    size = int(np.prod(shape))
    if kind == "string":
        array = np.array([*texts, None], object)[:-1]
    elif content or not listed:
        array = np.frombuffer(content, np.dtype(kind).newbyteorder("<")).astype(kind)
    else:  # the last value stands for all that follow
        array = np.array(listed + listed[-1:] * (size - len(listed)), kind)
    return element(array.reshape(shape))


def _listed(kind: str, value: memoryview) -> list:
    if kind in ("float32", "float64"):
        return np.frombuffer(value, np.dtype(kind).newbyteorder("<")).tolist()
    numbers, at = [], 0
    while at < len(value):
        number, at = protobuf.read_varint(value, at)
        numbers.append(number)
    return protobuf.signed(numbers)
