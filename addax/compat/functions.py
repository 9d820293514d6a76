"""TensorFlow's and the old Keras backend's functions that differ by more than a name."""

import contextlib
import functools
import itertools
import logging
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import addax
from addax.compat.placed import ops
from addax.core.types import Array, Axis, DType
from addax.core.version import KERAS
from addax.data import Dataset as Dataset
from addax.data import TensorSpec as TensorSpec
from addax.data.elements import Element, element, text_results


class _TensorType(type):
    def __instancecheck__(cls, value) -> bool:
        return ops.is_tensor(value) or isinstance(value, Element)


class Tensor(metaclass=_TensorType):
    """For annotations and `isinstance`: every tensor is one."""


def constant(
    value: Any, dtype: DType = None, shape: Sequence[int] | None = None, name: Any = None
) -> Array:
    """`value` as a tensor; with `shape`, one number repeated or the values arranged so."""
    tensor = ops.convert_to_tensor(value, dtype=dtype)
    if shape is None:
        return tensor
    if ops.size(tensor) == 1:
        return ops.broadcast_to(ops.reshape(tensor, ()), shape)
    return ops.reshape(tensor, shape)


def backend_variable(
    value: Any, dtype: DType = None, name: Any = None, constraint: Any = None
) -> Any:
    """`K.variable`."""
    return addax.Variable(ops.convert_to_tensor(value, dtype=dtype))


def matmul(
    a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False, name: Any = None
) -> Array:
    """`a @ b`, the last two axes of either exchanged on request."""
    a = ops.swapaxes(a, -1, -2) if transpose_a else a
    b = ops.swapaxes(b, -1, -2) if transpose_b else b
    return ops.matmul(a, b)


def norm(
    tensor: Any,
    ord: Any = "euclidean",
    axis: Axis = None,
    keepdims: bool = False,
    name: Any = None,
) -> Array:
    """The norm over `axis`, of all elements together where it is None."""
    if axis is None and not keepdims:
        tensor, axis = ops.ravel(tensor), -1
    ord = 2 if ord == "euclidean" and isinstance(axis, int) else ord
    return ops.norm(tensor, None if ord == "euclidean" else ord, axis, keepdims)


def l2_normalize(x: Any, axis: Axis = None, epsilon: float = 1e-12, name: Any = None) -> Array:
    """`x / sqrt(max(sum(x**2), epsilon))`."""
    total = ops.sum(ops.square(x), axis=axis, keepdims=True)
    return x * ops.rsqrt(ops.maximum(total, epsilon))


def moments(
    x: Any,
    axes: int | Sequence[int],
    shift: Any = None,
    keepdims: bool = False,
    name: Any = None,
) -> tuple:
    """(mean, variance) over `axes`."""
    return ops.moments(x, axes, keepdims)


def sigmoid_cross_entropy(labels: Any, logits: Any, name: Any = None) -> Array:
    """`log(1 + exp(-|x|)) + max(x, 0) - x * z` for logits x and labels z."""
    labels = ops.cast(labels, ops.convert_to_tensor(logits).dtype)
    return ops.softplus(logits) - logits * labels


def pad(
    tensor: Any,
    paddings: Any,
    mode: str = "CONSTANT",
    constant_values: float = 0,
    name: Any = None,
) -> Array:
    """`tensor` with `paddings[i]` = (before, after) elements more on axis i."""
    paddings = [tuple(map(int, pair)) for pair in paddings]
    fill = constant_values if mode.lower() == "constant" else None
    return ops.pad(tensor, paddings, mode.lower(), fill)


def split(
    value: Any,
    num_or_size_splits: int | Sequence[int],
    axis: int = 0,
    num: Any = None,
    name: Any = None,
) -> list:
    """A list: that many equal parts, or parts of the sizes given."""
    if isinstance(num_or_size_splits, int):
        return ops.split(value, num_or_size_splits, axis)
    ends = list(itertools.accumulate(map(int, num_or_size_splits)))
    return ops.split(value, ends[:-1], axis)


def function(func: Callable | None = None, **options: Any) -> Callable:
    """`tf.function`, bare or with options: Addax compiles by itself, so `func` stays as it is."""
    return func if func is not None else lambda func: func


def nothing(*args: Any, **kwargs: Any) -> None:
    """For settings of TensorFlow's runtime, which is not here."""


def no_details(*args: Any, **kwargs: Any) -> dict:
    """Nothing is known."""
    return {}


def as_bytes(bytes_or_text: Any, encoding: str = "utf-8") -> bytes:
    """A text as bytes."""
    given = bytes_or_text
    return given if isinstance(given, bytes) else str(given).encode(encoding)


def as_text(bytes_or_text: Any, encoding: str = "utf-8") -> str:
    """Bytes as a text."""
    given = bytes_or_text
    return given.decode(encoding) if isinstance(given, bytes) else str(given)


class Settings:
    """Takes any argument, attribute or nested attribute: settings of a runtime that is not here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        vars(self).update(kwargs)

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.__dict__.setdefault(name, Settings())


class Session(contextlib.nullcontext):
    """Only for programs that set GPU options with it; nothing can be run in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(self)

    def run(self, *args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("There are no sessions in Addax: call the model, or model.predict.")


class Device(NamedTuple):
    """A CPU or an accelerator, as TensorFlow describes one."""

    name: str
    device_type: str


def list_devices(device_type: str | None = None) -> list[Device]:
    """The devices of that type ("CPU", "GPU", "TPU"), all of them if it is None."""
    if device_type is None:
        return [device for kind in ("CPU", "GPU", "TPU") for device in list_devices(kind)]
    try:
        count = len(addax.distribution.list_devices(device_type.lower()) or ())
    except RuntimeError:  # JAX's answer for a kind of device that is not there
        count = 0
    return [Device(f"/physical_device:{device_type}:{n}", device_type) for n in range(count)]


def is_gpu_available(*args: Any, **kwargs: Any) -> bool:
    """Whether there is a GPU."""
    return bool(list_devices("GPU"))


def gpu_device_name() -> str:
    """The first GPU's name, or nothing."""
    return "/device:GPU:0" if is_gpu_available() else ""


def device(name: str) -> Any:
    """A context in which tensors are made on the device called "/GPU:0", "cpu:0"..."""
    kind, _, number = name.lower().replace("/device:", "").strip("/").partition(":")
    return addax.device(f"{kind}:{number or 0}")


def executing_eagerly() -> bool:
    """True."""
    return True


def learning_phase() -> int:
    """0: a layer that wants to know takes `training` as an argument of `call`."""
    return 0


def add_n(inputs: Any, name: str | None = None) -> Array:
    """The sum of a list of tensors of one shape."""
    first, *rest = inputs if isinstance(inputs, (list, tuple)) else [inputs]
    return functools.reduce(ops.add, rest, ops.convert_to_tensor(first))


def get_logger() -> logging.Logger:
    """The logger called "tensorflow", to which nobody writes."""
    return logging.getLogger("tensorflow")


def keras_version() -> str:
    """The version of the Keras API that Addax follows."""
    return KERAS


def cast_to_floatx(x: Any) -> Array:
    """`x` as a tensor of the default float type."""
    return ops.cast(x, addax.backend.floatx())


def int_shape(x: Any) -> tuple | None:
    """The shape, None where a size is not fixed."""
    return tuple(x.shape) if hasattr(x, "shape") else None


def set_value(x: Any, value: Any) -> Any:
    """Assign `value` to the Variable `x`."""
    x.assign(value)
    return x


def backend_function(inputs: Any, outputs: Any, updates: Any = None, **options: Any) -> Callable:
    """`K.function`: from a list of values of symbolic tensors to arrays of others.

    A learning phase among the inputs is left out.
    """
    given = inputs if isinstance(inputs, (list, tuple)) else [inputs]
    kept = [i for i, x in enumerate(given) if addax.backend.is_keras_tensor(x)]
    model = addax.Model([given[i] for i in kept], outputs)

    def computed(values: Any) -> Any:
        listed = values if isinstance(values, (list, tuple)) else [values]
        found = model([ops.convert_to_tensor(listed[i]) for i in kept])
        return addax.tree.map_structure(ops.convert_to_numpy, found)

    return computed


def batch_flatten(x: Any) -> Array:
    """(batch, ...) -> (batch, d)."""
    return ops.reshape(x, (ops.shape(x)[0], -1))


def batch_dot(x: Any, y: Any, axes: int | Sequence[int] | None = None) -> Array:
    """`addax.layers.Dot` of two batches: by default the last axis of x with the second of y."""
    if axes is None:
        axes = (len(x.shape) - 1, max(len(y.shape) - 2, 1))
    return addax.layers.dot([x, y], axes=axes)


def in_top_k(predictions: Any, targets: Any, k: int) -> Array:
    """Whether each target is among the `k` largest predictions."""
    return ops.in_top_k(targets, predictions, k)


def _log_probabilities(y_pred: Any) -> Array:
    return ops.log(ops.convert_to_tensor(y_pred) + addax.backend.epsilon())


def ctc_batch_cost(y_true: Any, y_pred: Any, input_length: Any, label_length: Any) -> Array:
    """The CTC loss of each example, (batch, 1).

    Labels (batch, labels), probabilities (batch, time, classes) of which the last class is the
    blank, lengths (batch, 1).
    """
    lengths = [ops.reshape(length, (-1,)) for length in (label_length, input_length)]
    blank = y_pred.shape[-1] - 1
    cost = ops.ctc_loss(y_true, _log_probabilities(y_pred), *lengths, mask_index=blank)
    return ops.expand_dims(cost, 1)


def ctc_decode(
    y_pred: Any,
    input_length: Any,
    greedy: bool = True,
    beam_width: int = 100,
    top_paths: int = 1,
) -> tuple[list, Array]:
    """The likeliest labels, a list of (batch, time) that end in -1, and their scores."""
    labels, scores = ops.ctc_decode(
        _log_probabilities(y_pred),
        ops.reshape(input_length, (-1,)),
        strategy="greedy" if greedy else "beam_search",
        beam_width=beam_width,
        top_paths=top_paths,
        mask_index=y_pred.shape[-1] - 1,
    )
    return list(labels), scores


class Reduction:
    """How the values of a loss become one: names that Keras 2 had for the texts."""

    AUTO = SUM_OVER_BATCH_SIZE = "sum_over_batch_size"
    SUM = "sum"
    NONE = "none"

    @classmethod
    def all(cls) -> tuple[str, ...]:
        """Every reduction."""
        return (cls.SUM_OVER_BATCH_SIZE, cls.SUM, cls.NONE)


def _get_shape(self: Any) -> tuple:
    """The shape."""
    from addax.compat.tf.root import TensorShape

    return TensorShape(self.shape)


def _set_shape(self: Any, shape: Any) -> None:
    """Check the shape; None stands for any size."""
    from addax.compat.tf.root import ensure_shape

    ensure_shape(self, shape)


def give_arrays_methods() -> None:
    """JAX's arrays get methods that TensorFlow's tensors have, and texts too, in this process."""
    import jax

    text_results[:] = [element]
    jax.Array.get_shape = _get_shape  # type: ignore[attr-defined]
    jax.Array.set_shape = _set_shape  # type: ignore[attr-defined]
    jax.Array.numpy = lambda self: ops.convert_to_numpy(self)  # type: ignore[attr-defined]
