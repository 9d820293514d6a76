"""Rows of word numbers out of the pickle inside an object `.npy`, without unpickling.

A pickle is a program; this reads the few instructions that build an array of lists of whole
numbers and refuses all others. Nothing that the stream names is looked up, let alone called.
"""

from collections.abc import Callable
from itertools import chain
from typing import Any

import numpy as np

_MAX_WORDS = 100_000_000  # a stream can mention one long row again and again
_NDARRAY, _DTYPE, _ENCODE = "numpy.ndarray", "numpy.dtype", "_codecs.encode"
_RECONSTRUCT = ("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct")


class _Stub:
    """The array (or dtype) being built; `rows` once its contents are known."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.rows: list[Any] | None = None


def read_rows(data: bytes) -> tuple[np.ndarray, np.ndarray]:
    """`(words, lengths)` of a pickled array (n,) of lists: int64 (sum of lengths,) and (n,).

    Raises `ValueError` for any other pickle.
    """
    try:
        result = _Machine(data).run()
    except (IndexError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise ValueError(f"it is not a list of lists of numbers ({error!r})") from error
    rows = result.rows if isinstance(result, _Stub) else None
    if rows is None or any(type(row) is not list for row in rows):
        raise ValueError("it is not an array of lists")
    lengths = np.array([len(row) for row in rows], "int64")
    if lengths.sum() > _MAX_WORDS:
        raise ValueError(f"it has {lengths.sum()} words, expected at most {_MAX_WORDS}")
    if not set(map(type, chain.from_iterable(rows))) <= {int}:
        raise ValueError("its rows hold other things than whole numbers")
    words = chain.from_iterable(rows)
    try:
        return np.fromiter(words, "int64", lengths.sum()), lengths
    except OverflowError as error:
        raise ValueError("its rows hold numbers of more than 64 bits") from error


class _Machine:
    """The stack machine of the pickle format, reduced to data."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: dict[int, Any] = {}

    def run(self) -> Any:
        data, stack = self.data, self.stack
        while True:
            at = self.position
            code = data[at]
            if code == 75:  # K and M are nearly the whole stream: read them right here
                stack.append(data[at + 1])
                self.position = at + 2
            elif code == 77:
                stack.append(data[at + 1] | data[at + 2] << 8)
                self.position = at + 3
            elif code == 46:
                return stack.pop()
            else:
                self.position = at + 1
                _operation(code, at)(self)

    def take(self, size: int) -> bytes:
        self.position += size
        if self.position > len(self.data):
            raise ValueError("it ends too early")
        return self.data[self.position - size : self.position]

    def number(self, size: int, signed: bool = False) -> int:
        return int.from_bytes(self.take(size), "little", signed=signed)

    def line(self) -> str:
        end = self.data.index(b"\n", self.position)
        return self.take(end + 1 - self.position)[:-1].decode("ascii")

    def since_mark(self) -> list[Any]:
        start = self.marks.pop()
        items = self.stack[start:]
        del self.stack[start:]
        return items

    def tuple(self, size: int) -> None:
        items = tuple(self.stack[len(self.stack) - size :])
        if len(items) != size:
            raise ValueError("it takes what is not there")
        del self.stack[len(self.stack) - size :]
        self.stack.append(items)

    def extend(self, items: list[Any]) -> None:
        if type(self.stack[-1]) is not list:
            raise ValueError("it appends to something that is no list")
        self.stack[-1].extend(items)

    def remember(self, key: int) -> None:
        self.memo[key] = self.stack[-1]

    def reduce(self) -> None:
        """Interpret a call by the name of its function."""
        arguments, name = self.stack.pop(), self.stack.pop()
        if name in _RECONSTRUCT and arguments[0] == _NDARRAY:
            self.stack.append(_Stub("array"))
        elif name == _DTYPE and arguments[0] in ("O", "O4", "O8"):
            self.stack.append(_Stub("dtype"))
        elif name == _ENCODE and len(arguments[0]) <= 1:  # how protocol 2 spells b"b"
            self.stack.append(arguments[0].encode("latin1"))
        else:
            raise ValueError(f"it calls {str(name)[:100]!r}, which no table of numbers needs")

    def build(self) -> None:
        """Give an array its contents: (version, shape, dtype, is Fortran, items)."""
        state = self.stack.pop()
        stub = self.stack[-1]
        if not isinstance(stub, _Stub) or type(state) is not tuple:
            raise ValueError("it sets the state of something that is no array")
        if stub.kind == "array":
            _, shape, _, _, items = state
            if type(items) is not list or shape != (len(items),):
                raise ValueError(f"its array has the shape {shape}, expected one axis of lists")
            stub.rows = items


def _known(name: str) -> str:
    """A name is all it ever is here: nothing is looked up under it."""
    if name not in (*_RECONSTRUCT, _NDARRAY, _DTYPE, _ENCODE):
        raise ValueError(f"it names {name[:100]!r}, which no table of numbers needs")
    return name


def _stack_global(machine: _Machine) -> None:
    name, module = machine.stack.pop(), machine.stack.pop()
    machine.stack.append(_known(f"{module}.{name}"))


_Operation = Callable[[_Machine], Any]


def _pushes(value: Callable[[_Machine], Any]) -> _Operation:
    return lambda m: m.stack.append(value(m))


_OPERATIONS: dict[bytes, _Operation] = {
    b"\x80": lambda m: m.take(1),  # PROTO
    b"\x95": lambda m: m.take(8),  # FRAME
    b"(": lambda m: m.marks.append(len(m.stack)),
    b"J": _pushes(lambda m: m.number(4, signed=True)),
    b"\x8a": _pushes(lambda m: m.number(m.number(1), signed=True)),  # LONG1
    b"C": _pushes(lambda m: m.take(m.number(1))),  # bytes; B and T with a longer length
    b"U": _pushes(lambda m: m.take(m.number(1)).decode("latin1")),  # str of Python 2
    b"X": _pushes(lambda m: m.take(m.number(4)).decode()),  # str
    b"\x8c": _pushes(lambda m: m.take(m.number(1)).decode()),
    b"N": _pushes(lambda m: None),
    b"\x88": _pushes(lambda m: True),
    b"\x89": _pushes(lambda m: False),
    b")": lambda m: m.tuple(0),
    b"\x85": lambda m: m.tuple(1),
    b"\x86": lambda m: m.tuple(2),
    b"\x87": lambda m: m.tuple(3),
    b"t": _pushes(lambda m: tuple(m.since_mark())),
    b"]": _pushes(lambda m: []),
    b"a": lambda m: m.extend([m.stack.pop()]),
    b"e": lambda m: m.extend(m.since_mark()),
    b"q": lambda m: m.remember(m.number(1)),
    b"r": lambda m: m.remember(m.number(4)),
    b"\x94": lambda m: m.remember(len(m.memo)),
    b"h": _pushes(lambda m: m.memo[m.number(1)]),
    b"j": _pushes(lambda m: m.memo[m.number(4)]),
    b"c": _pushes(lambda m: _known(f"{m.line()}.{m.line()}")),  # GLOBAL
    b"\x93": _stack_global,
    b"R": _Machine.reduce,
    b"b": _Machine.build,
}
_BY_CODE = {code[0]: operation for code, operation in _OPERATIONS.items()}


def _operation(code: int, at: int) -> _Operation:
    if code not in _BY_CODE:
        raise ValueError(f"byte {at} is the instruction {bytes([code])!r}, which no list needs")
    return _BY_CODE[code]
