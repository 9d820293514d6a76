"""What a `Dataset` yields: arrays on the host, in tuples and dictionaries.

Python's and NumPy's texts are bytes, Python's numbers 32 bits wide, as TensorFlow has them.
"""

import contextlib
import operator
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np


class Element(np.ndarray):
    """An array that also answers to what programs ask of TensorFlow's tensors.

    Its items are such arrays too, so that `labels[0].numpy()` works.
    """

    def numpy(self) -> Any:
        """The plain array, or the plain number or text."""
        return plain(self)

    def get_shape(self) -> tuple[int, ...]:
        """`shape`."""
        return self.shape

    def set_shape(self, shape: Sequence[int | None]) -> None:
        """Check the shape; None stands for any size."""
        fits = len(shape) == self.ndim and all(
            n in (None, d) for n, d in zip(shape, self.shape, strict=True)
        )
        if not fits:
            raise ValueError(f"An element has shape {self.shape}; {tuple(shape)} was expected.")

    def __getitem__(self, key: Any) -> Any:
        return element(super().__getitem__(key))


class Composite:
    """Several arrays that are one part of an element: ragged rows, sparse arrays."""

    def numpy(self) -> Any:
        """The value as NumPy has it."""
        raise NotImplementedError

    @staticmethod
    def together(parts: Sequence[Any]) -> Any:
        """Several as one batch."""
        raise NotImplementedError


class _Pipeline(threading.local):
    """Whether this thread is in a function that a data set calls."""

    depth = 0


_pipeline = _Pipeline()


@contextlib.contextmanager
def pipeline() -> Iterator[None]:
    """Inside, a data set calls a user's function: what that computes stays on the host."""
    _pipeline.depth += 1
    try:
        yield
    finally:
        _pipeline.depth -= 1


def in_pipeline() -> bool:
    """Whether a data set's function is running in this thread."""
    return _pipeline.depth > 0


# What layers make of texts that they give: programs written for TensorFlow expect elements.
text_results: list[Callable[[Any], Any]] = []


class TensorSpec(NamedTuple):
    """Shape and dtype of a part of an element; a size that varies is None."""

    shape: tuple[int | None, ...] | None = None
    dtype: Any = "float32"
    name: str | None = None


def element(value: Any) -> Any:
    """`value` as an array on the host. ValueError if it is none of numbers or texts."""
    if isinstance(value, (Element, Composite)):
        return value
    array = np.array(value, object) if _is_text(value) else np.asarray(value)
    if array.dtype.kind in "USO" and not (array.dtype == object and array.size == 0):
        texts = np.empty(array.size, object)
        texts[:] = [_bytes(v) for v in array.ravel().tolist()]
        return texts.reshape(array.shape).view(Element)
    if _is_python(value):
        array = array.astype(_NARROW.get(array.dtype.name, array.dtype))
    return array.view(Element)


_NARROW = {"int64": "int32", "float64": "float32"}


def _is_text(value: Any) -> bool:
    """Whether it is a text of Python or a list of such, which NumPy's own texts cut at a zero."""
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    return isinstance(value, (str, bytes))


def _is_python(value: Any) -> bool:
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    return type(value) in (int, float)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, (str, bytes)):
        raise ValueError(f"A part of a Dataset is numbers or texts of one shape; {value!r} came.")
    return value.encode() if isinstance(value, str) else value


def plain(array: Any) -> Any:
    """As NumPy has it: an array, or a number or text where there are no axes."""
    return array.numpy() if isinstance(array, Composite) else array.view(np.ndarray)[()]


def map_structure(function: Callable, first: Any, *others: Any) -> Any:
    """`function` of the arrays that stand at the same place of all structures."""
    if isinstance(first, dict):
        return {k: map_structure(function, v, *(o[k] for o in others)) for k, v in first.items()}
    if isinstance(first, tuple):
        parts = [map_structure(function, *p) for p in zip(first, *others, strict=True)]
        return type(first)(*parts) if hasattr(first, "_fields") else tuple(parts)
    return function(first, *others)


def leaves(structure: Any) -> list[Any]:
    """The arrays of a structure."""
    found: list[Any] = []
    map_structure(found.append, structure)
    return found


def elements(structure: Any) -> Any:
    """The structure with arrays on the host as leaves; a list is an array."""
    return map_structure(element, structure)


def rows(structure: Any) -> Iterator[Any]:
    """Structures of the rows of its arrays, which have one length."""
    for i in range(length(structure)):
        yield map_structure(operator.itemgetter(i), structure)


def length(structure: Any) -> int:
    """The common length of the arrays. ValueError if there is none."""
    if any(a.ndim == 0 for a in leaves(structure)):
        raise ValueError("Arrays with rows are expected; a single value came.")
    lengths = {len(a) for a in leaves(structure)}
    if len(lengths) != 1:
        raise ValueError(f"The arrays must have one length; they have {sorted(lengths)}.")
    return lengths.pop()


def apply(function: Callable, structure: Any) -> Any:
    """`function` of an element, whose parts are its arguments if it is a tuple."""
    return function(*structure) if type(structure) is tuple else function(structure)


def stack(parts: Sequence[Any]) -> Any:
    """Elements as one batch. ValueError if their structures or shapes differ."""
    return map_structure(lambda *arrays: _stack(arrays), *parts)


def _stack(arrays: Sequence[Any]) -> Any:
    if isinstance(arrays[0], Composite):
        return arrays[0].together(arrays)
    shapes = {a.shape for a in arrays}
    if len(shapes) > 1:
        raise ValueError(
            "The elements of a batch must have one shape; these have "
            f"{', '.join(map(str, sorted(shapes)))}. Dataset.padded_batch makes them equal."
        )
    return np.stack(arrays).view(Element)


def pad(parts: Sequence[Any], shapes: Any = None, values: Any = None) -> Any:
    """Elements as one batch, each filled up to `shapes`, or the largest sizes where they say None.

    `shapes` and `values` are one for all arrays, or a structure as that of an element.
    """
    first = parts[0]
    if isinstance(first, (dict, tuple)):
        keys = first if isinstance(first, dict) else range(len(first))
        padded = {k: pad([p[k] for p in parts], _at(shapes, k), _at(values, k)) for k in keys}
        return padded if isinstance(first, dict) else tuple(padded.values())
    if isinstance(first, Composite):
        return first.together(parts)
    sizes = [max(a.shape[i] for a in parts) for i in range(first.ndim)]
    wanted = [None if n == -1 else n for n in ([None] * first.ndim if shapes is None else shapes)]
    if len(wanted) != first.ndim or any(n and n < s for n, s in zip(wanted, sizes, strict=True)):
        raise ValueError(f"An element of sizes {tuple(sizes)} can't be padded to {tuple(wanted)}.")
    target = [s if n is None else n for n, s in zip(wanted, sizes, strict=True)]
    if values is None or first.dtype == object:
        values = _bytes(values or b"") if first.dtype == object else 0
    batch = np.full((len(parts), *target), values, first.dtype)
    for i, array in enumerate(parts):
        batch[(i, *map(slice, array.shape))] = array
    return batch.view(Element)


def _at(given: Any, key: Any) -> Any:
    return given[key] if isinstance(given, (dict, tuple)) else given
