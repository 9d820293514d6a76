"""The wire format of protocol buffers, as far as records of data sets need it.

A message is fields one after the other: a key, which is the field's number and how it is written,
and its value.
"""

from collections.abc import Iterable, Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


def varint(value: int) -> bytes:
    """A whole number in groups of seven bits, the lowest first; negative ones as of 64 bits."""
    value &= (1 << 64) - 1
    groups = bytearray()
    while value > 127:
        groups.append(value & 127 | 128)
        value >>= 7
    groups.append(value)
    return bytes(groups)


def number(field: int, value: int) -> bytes:
    """A field that holds a whole number."""
    return varint(field << 3 | VARINT) + varint(value)


def block(field: int, content: bytes) -> bytes:
    """A field that holds bytes, or another message."""
    return varint(field << 3 | BYTES) + varint(len(content)) + content


def read_varint(message: memoryview, at: int) -> tuple[int, int]:
    """The number at `at`, and where it ends."""
    value = shift = 0
    while True:
        group = message[at]
        value |= (group & 127) << shift
        at, shift = at + 1, shift + 7
        if group < 128:
            return value, at


def fields(message: bytes | memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """The number and the value of each field. ValueError where the bytes are no message."""
    message = memoryview(message)
    at = 0
    try:
        while at < len(message):
            key, at = read_varint(message, at)
            kind = key & 7
            if kind == VARINT:
                value, at = read_varint(message, at)
            else:
                sizes = {FIXED32: 4, FIXED64: 8}
                size, at = (sizes[kind], at) if kind in sizes else _size(message, at, kind)
                value, at = message[at : at + size], at + size
            yield key >> 3, value
    except IndexError:
        at = len(message) + 1
    if at > len(message):
        raise ValueError("The bytes end within a field: they are no such message.")


def _size(message: memoryview, at: int, kind: int) -> tuple[int, int]:
    if kind != BYTES:
        raise ValueError(f"The bytes are no such message: a field is written in a way {kind}.")
    return read_varint(message, at)


def signed(values: Iterable[int]) -> list[int]:
    """Numbers of 64 bits with their signs."""
    return [v - (1 << 64) if v >> 63 else v for v in values]
