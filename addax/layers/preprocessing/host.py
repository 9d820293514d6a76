"""Values in the host's memory, and the base of layers that compute there, in NumPy.

JAX has no texts. Layers that read them, or need 64-bit integers, take lists and NumPy arrays and
give arrays; in a model they run ahead of the compiled program.
"""

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from addax import ops
from addax.core import settings
from addax.core.layer import Layer
from addax.core.symbol import KerasTensor, is_traced
from addax.data.elements import in_pipeline, text_results
from addax.data.ragged import RaggedTensor

UTF8 = "utf-8", "surrogateescape"  # bytes that are no UTF-8 come back as they were


class HostLayer(Layer):
    """A layer whose `call` sees NumPy arrays and gives NumPy arrays.

    The result becomes an array of JAX, unless it is texts. ValueError inside compiled code.
    """

    takes_values = True
    on_host = True
    built_at_once = True
    takes_traced = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.autocast = False

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(inputs, RaggedTensor):
            values = self(inputs.flat_values, *args, **kwargs)
            return inputs.with_flat_values(np.asarray(values))
        return super().__call__(self._on_host(inputs), *args, **kwargs)

    def _on_host(self, inputs: Any) -> Any:
        if is_traced(inputs):
            if not self.takes_traced:
                raise ValueError(
                    f"{type(self).__name__} {self.name!r} works on the host and can't be part of "
                    "compiled code. Call it in a Sequential or functional model, which runs it "
                    "ahead of that, or on the data before they go in."
                )
            return inputs
        return on_host(inputs)

    def _convert(self, x: Any) -> Any:
        return x

    def _run(self, args: tuple, kwargs: dict) -> Any:
        return to_device(super()._run(args, kwargs))


def to_device(x: Any) -> Any:
    """NumPy's numbers as an array of JAX; texts unchanged, or as `text_results` has it."""
    if isinstance(x, (np.ndarray, np.generic)) and x.dtype.kind in "biuf":
        return x if in_pipeline() else ops.convert_to_tensor(x)
    is_text = isinstance(x, str) or (isinstance(x, np.ndarray) and x.dtype == object)
    return text_results[-1](x) if text_results and is_text else x


def on_host(x: Any) -> Any:
    """What a user passes as an array of NumPy; texts as one of objects. Symbols stay."""
    if isinstance(x, (np.ndarray, KerasTensor)):
        return x
    for method in ("to_numpy", "numpy"):  # pandas and polars; torch, TensorFlow and Variables
        if hasattr(x, method) and not isinstance(x, type):
            return np.asarray(getattr(x, method)())
    if isinstance(_innermost(x), (str, bytes)):
        return np.array(x, object)
    try:
        return np.asarray(x)
    except ValueError as error:
        raise ValueError(
            f"The data are no array: {error}. Lists of different lengths become one with "
            "utils.pad_sequences."
        ) from None


def _innermost(x: Any) -> Any:
    while isinstance(x, (list, tuple)) and x:
        x = x[0]
    return x


def is_plain(x: Any) -> bool:
    """Whether `x` is one array for `on_host`, and no structure of several."""
    if not isinstance(x, (list, tuple)):
        return not isinstance(x, dict)
    element = _innermost(x)
    return isinstance(element, np.generic) or not hasattr(element, "shape")


def encoded(x: np.ndarray, encoding: str, owner: str) -> list[bytes]:
    """The texts in `x`, flat, in UTF-8; bytes are texts in `encoding`. ValueError for others."""
    flat = x.ravel().tolist()
    kinds = set(map(type, flat))
    if kinds <= {str}:
        texts = flat
    elif kinds <= {bytes} and encoding == "utf-8":
        return flat
    elif all(issubclass(k, (str, bytes)) for k in kinds):
        texts = [t.decode(encoding, UTF8[1]) if isinstance(t, bytes) else t for t in flat]
    else:
        wrong = next(t for t in flat if not isinstance(t, (str, bytes)))
        hint = " Fill gaps in the data first." if wrong is None or wrong != wrong else ""
        hint = hint or (" All lists have the same length." if isinstance(wrong, list) else "")
        raise ValueError(
            f"{owner} takes texts; received {wrong!r} ({type(wrong).__name__}) in an array of "
            f"shape {x.shape}.{hint}"
        )
    try:
        return [t.encode(*UTF8) for t in texts]
    except UnicodeEncodeError as error:
        raise ValueError(f"{owner} received a text that is no Unicode: {error}.") from None


def decoded(x: bytes) -> str:
    """The text behind bytes that `encoded` gave."""
    return x.decode(*UTF8)


def is_whole(data: Any) -> bool:
    """Whether `data` are one array: no data set, and no iterable of batches."""
    listed = isinstance(data, (list, tuple)) and is_plain(data)
    return listed or isinstance(data, (str, bytes)) or hasattr(data, "shape")


def batches(data: Any) -> Iterator[Any]:
    """The inputs in the batches of a data set, PyDataset, tf.data or other iterable.

    Of a batch `(x, y)` or `(x, y, weights)` x counts. TypeError for what yields no batches.
    """
    if hasattr(data, "as_numpy_iterator"):  # tf.data
        data = data.as_numpy_iterator()
    elif hasattr(data, "__getitem__") and not hasattr(data, "__iter__"):
        data = map(data.__getitem__, range(len(data)))
    elif not hasattr(data, "__iter__"):
        raise TypeError(
            f"Data are an array or an iterable of batches; received {data!r} "
            f"({type(data).__name__})."
        )
    for batch in data:
        pair = isinstance(batch, tuple) and hasattr(next(iter(batch), None), "shape")
        yield batch[0] if pair else batch


class Adaptable:
    """A mixin for layers that learn from data by `update_state` and `finalize_state`."""

    _seen: Any

    def adapt(self, data: Any, steps: int | None = None) -> None:
        """Learn from `data`: an array, a list, a data set or an iterable of batches.

        At most `steps` batches are read. When reading them fails, or nothing came, the layer stays
        as it was.
        """
        before = self._seen
        self.reset_state()
        try:
            size = 0
            for batch in self._read(data, steps):
                self.update_state(batch)
                size += batch.size
            if not size:
                raise ValueError("adapt() takes an array or an iterable of batches; no data came.")
            self.finalize_state()
        except BaseException:
            self._seen = before
            raise

    def _read(self, data: Any, steps: int | None) -> Iterator[np.ndarray]:
        """The batches; the elements of one array with one axis are examples, so it is a column."""
        if is_whole(data):
            array = on_host(data)
            return iter([array[:, None] if array.ndim == 1 else array])
        return map(on_host, itertools.islice(batches(data), steps))

    def update_state(self, data: Any) -> None:
        """Take a batch in."""
        raise NotImplementedError

    def finalize_state(self) -> None:
        """Make what the layer uses of all that was taken in."""
        raise NotImplementedError

    def reset_state(self) -> None:
        """Forget what was taken in, not what was made of it."""
        raise NotImplementedError


def encode(indices: np.ndarray, mode: str, depth: int) -> np.ndarray:
    """Categories as floats, by `mode`, in `depth` columns; those that are no column are left out.

    "one_hot": (...) -> (..., depth), and (..., 1) -> (..., depth). "multi_hot" and "count":
    (..., n) -> (..., depth).
    """
    indices = np.atleast_1d(indices)
    shape, rows = indices.shape[:-1], np.arange(indices.size)
    if mode == "one_hot":
        shape = shape if indices.ndim > 1 and indices.shape[-1] == 1 else indices.shape
    else:
        rows = rows // max(indices.shape[-1], 1)
    return entered(indices.ravel(), rows, (math.prod(shape), depth), mode).reshape(*shape, depth)


def entered(indices: np.ndarray, rows: np.ndarray, shape: tuple, mode: str) -> np.ndarray:
    """`(count, depth)`: each index entered into its row, as 1 or as often as it occurs there."""
    count, depth = shape
    result = np.zeros(count * depth, settings.floatx())
    kept = (indices >= 0) & (indices < depth)
    cells, times = np.unique(rows[kept] * depth + indices[kept], return_counts=True)
    result[cells] = times if mode == "count" else 1
    return result.reshape(count, depth)


def encoded_shape(shape: tuple, mode: str, depth: int | None) -> tuple:
    """The shape of what `encode` gives for indices of this shape."""
    if mode == "int":
        return tuple(shape)
    if not shape:
        return (1, depth) if mode == "one_hot" else (depth,)
    if mode == "one_hot" and (len(shape) == 1 or shape[-1] != 1):
        return (*shape, depth)
    return (*shape[:-1], depth)
