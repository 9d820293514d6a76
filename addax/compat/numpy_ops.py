"""Operations of `addax.ops` and `addax.random` in NumPy, with the same arguments."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np

import addax
from addax.data.elements import Composite, element


def _cast(x: Any, dtype: Any) -> Any:
    x = _array(x)
    if str(dtype) == "string":
        return x if x.dtype == object else x.astype(str)
    if x.dtype == object:
        raise ValueError(f"Texts become numbers by tf.strings.to_number, not by a cast to {dtype}.")
    return x.astype(_dtype(dtype))


def _convert(x: Any, dtype: Any = None, **options: Any) -> Any:
    return _array(x) if dtype is None else _cast(x, dtype)


def _one_hot(x: Any, num_classes: int, axis: int = -1, dtype: Any = None, **options: Any) -> Any:
    x, count = np.asarray(x), int(num_classes)
    hot = x[..., None] == np.arange(count)
    return np.moveaxis(hot, -1, axis).astype(_dtype(dtype or "float32"))


def _split(x: Any, indices_or_sections: Any, axis: int = 0) -> list:
    return [element(p) for p in np.split(_array(x), indices_or_sections, axis)]


def _unstack(x: Any, num: Any = None, axis: int = 0) -> list:
    return [element(p) for p in np.moveaxis(_array(x), axis, 0)]


def _pad(x: Any, pad_width: Any, mode: str = "constant", constant_values: Any = None) -> Any:
    given: Any = {"constant_values": constant_values or 0} if mode == "constant" else {}
    return np.pad(_array(x), pad_width, **{"mode": mode, **given})


def _slice(inputs: Any, start_indices: Any, shape: Any) -> Any:
    pairs = zip(np.asarray(start_indices).tolist(), np.asarray(shape).tolist(), strict=True)
    return _array(inputs)[tuple(slice(a, None if n < 0 else a + n) for a, n in pairs)]


def _arange(start: Any, stop: Any = None, step: Any = None, dtype: Any = None) -> Any:
    step = 1 if step is None else step
    numbers = np.arange(start, step=step) if stop is None else np.arange(start, stop, step)
    return numbers.astype(_dtype(dtype)) if dtype else narrow(numbers)


def _filled(value: float) -> Callable:
    return lambda shape, dtype=None: np.full(_shape(shape), value, _dtype(dtype or "float32"))


def _full(shape: Any, fill_value: Any, dtype: Any = None) -> Any:
    fill = _array(fill_value)
    whole = np.broadcast_to(fill, _shape(shape))
    return whole.copy() if dtype is None else whole.astype(_dtype(dtype))


def _like(value: int) -> Callable:
    return lambda x, dtype=None: np.full_like(_array(x), value, dtype and _dtype(dtype))


def _divide(x1: Any, x2: Any) -> Any:
    return np.true_divide(_array(x1), x2)


def _moments(x: Any, axes: Any, keepdims: bool = False, **options: Any) -> tuple:
    axes = tuple(axes) if isinstance(axes, list) else axes
    x = _array(x)
    return tuple(element(f(x, axis=axes, keepdims=keepdims)) for f in (np.mean, np.var))


def _top_k(x: Any, k: int, sorted: bool = True) -> tuple:
    x = _array(x)
    order = np.argsort(-x, axis=-1, kind="stable")[..., : int(k)]
    return element(np.take_along_axis(x, order, -1)), element(order.astype("int32"))


def _shape_of(x: Any) -> tuple:
    return tuple(_array(x).shape)


def _softmax(x: Any, axis: int = -1) -> Any:
    e = np.exp(x - np.max(x, axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def _flip(x: Any, axis: Any = None) -> Any:
    return np.flip(_array(x), tuple(axis) if isinstance(axis, (list, np.ndarray)) else axis)


def _rng() -> np.random.Generator:
    return np.random.default_rng(random.getrandbits(64))


def _uniform(shape: Any, minval: Any = 0.0, maxval: Any = 1.0, dtype: Any = None, seed=None) -> Any:
    return _rng().uniform(minval, maxval, _shape(shape)).astype(_dtype(dtype or "float32"))


def _normal(shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = None, seed=None) -> Any:
    return _rng().normal(mean, stddev, _shape(shape)).astype(_dtype(dtype or "float32"))


def _truncated(shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = None, seed=None) -> Any:
    found, rng = _rng().normal(size=_shape(shape)), _rng()
    while (far := abs(found) > 2).any():
        found[far] = rng.normal(size=far.sum())
    return (found * stddev + mean).astype(_dtype(dtype or "float32"))


def _randint(shape: Any, minval: Any, maxval: Any, dtype: Any = "int32", seed=None) -> Any:
    return _rng().integers(minval, maxval, _shape(shape)).astype(_dtype(dtype))


def _shuffle(x: Any, axis: int = 0, seed: Any = None) -> Any:
    return _rng().permutation(_array(x), axis)


def _array(x: Any) -> Any:
    return x if isinstance(x, Composite) else element(x)


def _dtype(dtype: Any) -> Any:
    return addax.backend.standardize_dtype(dtype)


def _shape(shape: Any) -> tuple[int, ...]:
    return tuple(int(n) for n in np.atleast_1d(np.asarray(shape, "int64")))


def narrow(value: Any, wide: bool = False) -> Any:
    """NumPy's own wide results as TensorFlow has them: of 32 bits unless `wide` values went in."""
    if wide or not isinstance(value, (np.ndarray, np.generic)):
        return value
    small = {"int64": "int32", "float64": "float32"}.get(value.dtype.name)
    return value.astype(small) if small else value


# Those that NumPy has with the same arguments in the same order.
_SAME = """
    abs absolute add all any arccos arcsin arctan arctan2 argmax argmin argsort broadcast_to ceil
    clip concatenate cos cosh cumprod cumsum diff einsum equal exp expand_dims expm1 eye floor
    floor_divide greater greater_equal isfinite isnan less less_equal linspace log log10 log1p
    logical_and logical_not logical_or logical_xor matmul max maximum mean median min minimum mod
    moveaxis multiply ndim negative not_equal outer power prod ravel repeat reshape roll round
    searchsorted sign sin sinh size sort sqrt square squeeze stack std subtract sum swapaxes take
    take_along_axis tan tanh tensordot tile trace transpose tril triu trunc var where"""
SAME: dict[str, Callable] = {f"ops.{name}": getattr(np, name) for name in _SAME.split()}
OWN: dict[str, Callable] = {
    "ops.arange": _arange,
    "ops.array": _convert,
    "ops.cast": _cast,
    "ops.convert_to_tensor": _convert,
    "ops.divide": _divide,
    "ops.flip": _flip,
    "ops.full": _full,
    "ops.moments": _moments,
    "ops.one_hot": _one_hot,
    "ops.ones": _filled(1),
    "ops.ones_like": _like(1),
    "ops.pad": _pad,
    "ops.relu": lambda x: np.maximum(x, 0),
    "ops.rsqrt": lambda x: 1 / np.sqrt(x),
    "ops.shape": _shape_of,
    "ops.sigmoid": lambda x: 1 / (1 + np.exp(-np.asarray(x))),
    "ops.slice": _slice,
    "ops.softmax": _softmax,
    "ops.split": _split,
    "ops.top_k": _top_k,
    "ops.true_divide": _divide,
    "ops.unstack": _unstack,
    "ops.zeros": _filled(0),
    "ops.zeros_like": _like(0),
    "random.normal": _normal,
    "random.randint": _randint,
    "random.shuffle": _shuffle,
    "random.truncated_normal": _truncated,
    "random.uniform": _uniform,
}
