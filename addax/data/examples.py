"""`tf.train.Example`: named lists of bytes, floats or whole numbers, as records hold them.

An Example is a message of Features, a map from names to Feature, each one of three lists.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from addax.data import protobuf
from addax.data.elements import Element, element, plain
from addax.data.ragged import RaggedTensor
from addax.data.sparse import SparseTensor


class Values:
    """A list `value` of one kind."""

    kind = ""
    field = 0

    def __init__(self, value: Iterable[Any] = ()):
        self.value = [self._checked(plain(v) if isinstance(v, np.ndarray) else v) for v in value]

    def _checked(self, value: Any) -> Any:
        raise NotImplementedError

    def __eq__(self, other: Any) -> bool:
        return type(other) is type(self) and other.value == self.value

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value})"


class BytesList(Values):
    """Texts of bytes."""

    kind, field = "string", 1

    def _checked(self, value: Any) -> bytes:
        if not isinstance(value, bytes):
            raise TypeError(f"BytesList holds bytes; received {value!r}. Texts have .encode().")
        return value

    def encode(self) -> bytes:
        """The message."""
        return b"".join(protobuf.block(1, v) for v in self.value)

    def decode(self, field: int, value: Any) -> None:
        """Take up what a field of the message says."""
        self.value.append(bytes(value))


class FloatList(Values):
    """Numbers of 32 bits."""

    kind, field = "float32", 2

    def _checked(self, value: Any) -> float:
        return float(np.float32(value))

    def encode(self) -> bytes:
        """The message."""
        packed = np.array(self.value, "<f4").tobytes()
        return protobuf.block(1, packed) if packed else b""

    def decode(self, field: int, value: Any) -> None:
        """Take up what a field of the message says."""
        self.value += np.frombuffer(value, "<f4").tolist()


class Int64List(Values):
    """Whole numbers of 64 bits."""

    kind, field = "int64", 3

    def _checked(self, value: Any) -> int:
        if not isinstance(value, (int, np.integer, np.bool_)):
            raise TypeError(f"Int64List holds whole numbers; received {value!r}.")
        return int(value)

    def encode(self) -> bytes:
        """The message."""
        packed = b"".join(map(protobuf.varint, self.value))
        return protobuf.block(1, packed) if packed else b""

    def decode(self, field: int, value: Any) -> None:
        """Take up what a field of the message says."""
        found, at = [value] if isinstance(value, int) else [], 0
        while not isinstance(value, int) and at < len(value):
            number, at = protobuf.read_varint(value, at)
            found.append(number)
        self.value += protobuf.signed(found)


LISTS: tuple[type[Values], ...] = (BytesList, FloatList, Int64List)
_NAMES = {BytesList: "bytes_list", FloatList: "float_list", Int64List: "int64_list"}


class Feature:
    """One of the three lists; the others are empty."""

    def __init__(
        self,
        bytes_list: BytesList | None = None,
        float_list: FloatList | None = None,
        int64_list: Int64List | None = None,
    ):
        self.bytes_list = BytesList() if bytes_list is None else bytes_list
        self.float_list = FloatList() if float_list is None else float_list
        self.int64_list = Int64List() if int64_list is None else int64_list
        given = zip(LISTS, (bytes_list, float_list, int64_list), strict=True)
        self._kind: Any = next((kind for kind, values in given if values is not None), None)

    def WhichOneof(self, oneof_group: str) -> str | None:
        """The name of the list that is there."""
        found = self.chosen()
        return None if found is None else _NAMES[type(found)]

    def chosen(self) -> Any:
        """The list that is there, None if all are empty."""
        lists = self.bytes_list, self.float_list, self.int64_list
        return next((v for v in lists if v.value or type(v) is self._kind), None)

    def encode(self) -> bytes:
        """The message."""
        values = self.chosen()
        return b"" if values is None else protobuf.block(values.field, values.encode())

    @staticmethod
    def decode(message: Any) -> "Feature":
        """The message's Feature."""
        for field, content in protobuf.fields(message):
            for kind in LISTS:
                if field == kind.field:
                    values: Any = kind()
                    for inner, value in protobuf.fields(content):  # type: ignore[arg-type]
                        values.decode(inner, value)
                    return Feature(**{_NAMES[kind]: values})
        return Feature()

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Feature) and other.chosen() == self.chosen()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Feature({self.chosen()})"


class Features:
    """Features by name, in `feature`."""

    def __init__(self, feature: Mapping[str, Feature] | None = None):
        self.feature: dict[str, Feature] = dict(feature or {})


class Example:
    """Features as one record."""

    def __init__(self, features: Features | None = None):
        self.features = Features() if features is None else features

    def SerializeToString(self, deterministic: bool = True) -> bytes:
        """The record, its features in order of their names."""
        entries = [
            protobuf.block(
                1, protobuf.block(1, name.encode()) + protobuf.block(2, feature.encode())
            )
            for name, feature in sorted(self.features.feature.items())
        ]
        return protobuf.block(1, b"".join(entries))

    def ParseFromString(self, serialized: bytes) -> int:
        """Take the features of a record in place of the present ones; its number of bytes."""
        features = decoded(serialized)
        self.features = Features({n: Feature.decode(m) for n, m in features.items()})
        return len(serialized)

    @staticmethod
    def FromString(serialized: bytes) -> "Example":
        """The Example that a record holds."""
        example = Example()
        example.ParseFromString(serialized)
        return example

    def __repr__(self) -> str:
        return f"Example({self.features.feature})"


def decoded(serialized: Any) -> dict[str, Any]:
    """The messages of a record's features by name."""
    found = {}
    for field, features in protobuf.fields(serialized):
        for inner, entry in protobuf.fields(features) if field == 1 else ():  # type: ignore[arg-type]
            if inner == 1:
                pair = dict(protobuf.fields(entry))  # type: ignore[arg-type]
                found[bytes(pair.get(1, b"")).decode()] = pair.get(2, b"")  # type: ignore[arg-type]
    return found


# --- what a record is expected to hold ------------------------------------------------------------


class FixedLenFeature(NamedTuple):
    """An array of this shape; `default_value` where a record lacks it."""

    shape: Any
    dtype: Any
    default_value: Any = None


class VarLenFeature(NamedTuple):
    """Any number of values: a SparseTensor."""

    dtype: Any


class FixedLenSequenceFeature(NamedTuple):
    """Any number of arrays of this shape; in batches filled up with `default_value`."""

    shape: Any
    dtype: Any
    allow_missing: bool = False
    default_value: Any = None


class RaggedFeature(NamedTuple):
    """Any number of values: in batches rows of a RaggedTensor."""

    dtype: Any
    value_key: str | None = None
    partitions: Sequence[Any] = ()


def _values(messages: dict[str, Any], name: str, spec: Any) -> np.ndarray | None:
    """The values of a feature as one flat array, None if the record lacks it."""
    found = Feature.decode(messages[name]).chosen() if name in messages else None
    if found is None:
        return None
    wanted = "string" if str(spec.dtype) == "string" else np.dtype(spec.dtype).name
    if found.kind != wanted:
        raise ValueError(f"Feature {name!r} holds {found.kind}; {wanted} was asked for.")
    return _array(found.value, spec)


def _array(values: list, spec: Any) -> np.ndarray:
    if str(spec.dtype) == "string":
        return np.array([*values, None], object)[:-1]
    return np.array(values, spec.dtype)


def _fixed(values: np.ndarray | None, name: str, spec: Any) -> np.ndarray:
    shape = [spec.shape] if isinstance(spec.shape, int) else [*spec.shape]
    if values is None:
        if spec.default_value is None:
            raise ValueError(f"Feature {name!r} is required, and a record lacks it.")
        default = element(spec.default_value).view(np.ndarray)
        typed = default if default.dtype == object else default.astype(spec.dtype)
        return np.broadcast_to(typed, shape)
    if values.size != np.prod(shape, dtype=int):
        raise ValueError(
            f"Feature {name!r} is of shape {tuple(shape)}; a record has {values.size} values of it."
        )
    return values.reshape(shape)


def _any_length(values: np.ndarray | None, name: str, spec: Any) -> np.ndarray:
    if values is None:
        values = _array([], spec)
    shape = [*getattr(spec, "shape", ())]
    return values.reshape(-1, *shape) if shape else values


def _sparse_row(values: np.ndarray) -> SparseTensor:
    return SparseTensor(np.arange(len(values))[:, None], values, [len(values)])


def _padded(rows: list[np.ndarray], spec: Any) -> Element:
    fill = spec.default_value
    fill = (b"" if rows[0].dtype == object else 0) if fill is None else plain(element(fill))
    whole = np.full((len(rows), max(map(len, rows)), *rows[0].shape[1:]), fill, rows[0].dtype)
    for row, values in zip(whole, rows, strict=True):
        row[: len(values)] = values
    return element(whole)


class Rule(NamedTuple):
    """How a kind of feature is read, from one record and from several."""

    read: Callable[[Any, str, Any], np.ndarray]
    single: Callable[[np.ndarray], Any]
    several: Callable[[list, Any], Any]


RULES = {
    FixedLenFeature: Rule(_fixed, element, lambda rows, spec: element(np.stack(rows))),
    VarLenFeature: Rule(
        _any_length,
        _sparse_row,
        lambda rows, spec: SparseTensor.together([_sparse_row(r) for r in rows]),
    ),
    FixedLenSequenceFeature: Rule(_any_length, element, _padded),
    RaggedFeature: Rule(_any_length, element, lambda rows, spec: RaggedTensor.from_rows(rows)),
}


def _rule(name: str, spec: Any) -> Rule:
    if type(spec) not in RULES:
        kinds = ", ".join(kind.__name__ for kind in RULES)
        raise ValueError(f"Feature {name!r} is one of {kinds}; received {spec!r}.")
    return RULES[type(spec)]


def _read(messages: dict[str, Any], name: str, spec: Any) -> np.ndarray:
    source = getattr(spec, "value_key", None) or name
    return _rule(name, spec).read(_values(messages, source, spec), name, spec)


def parse_single_example(
    serialized: Any, features: Mapping[str, Any], example_names: Any = None, name: Any = None
) -> dict[str, Any]:
    """The arrays of one record, by name. ValueError where it holds something else."""
    messages = decoded(plain(element(serialized)))
    return {n: _rule(n, spec).single(_read(messages, n, spec)) for n, spec in features.items()}


def parse_example(
    serialized: Any, features: Mapping[str, Any], example_names: Any = None, name: Any = None
) -> dict[str, Any]:
    """The arrays of a batch of records, by name; of one record if `serialized` is one text."""
    records = element(serialized)
    if records.ndim == 0:
        return parse_single_example(records, features)
    messages = [decoded(record) for record in records.view(np.ndarray).tolist()]
    return {
        n: _rule(n, spec).several([_read(m, n, spec) for m in messages], spec)
        for n, spec in features.items()
    }
