"""Conversion, control flow, and updates of parts of arrays."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.core import dtypes, symbol, tree
from addax.core.scope import SymbolicScope
from addax.core.symbol import KerasTensor
from addax.core.symbol import is_tensor as is_tensor
from addax.core.types import Array, DType, Tensor, Tensors
from addax.core.variable import Variable
from addax.ops.build import as_array, as_index, as_tensor, op

__all__ = [
    "associative_scan", "cast", "cond", "convert_to_numpy", "convert_to_tensor",
    "custom_gradient", "dtype", "fori_loop", "is_tensor", "map", "saturate_cast", "scan",
    "scatter", "scatter_update", "shape", "slice", "slice_update", "stop_gradient", "switch",
    "unstack", "vectorized_map", "while_loop",
]  # fmt: skip


@op
def convert_to_tensor(
    x: Tensor, dtype: DType = None, sparse: bool | None = None, ragged: bool | None = None
) -> Array:
    """`x` as an array, of `dtype` if given. ValueError if `ragged`."""
    if ragged:
        raise ValueError("Ragged tensors are not supported: pad to one length, and use a mask.")
    if dtype is None and isinstance(x, (bool, int, float, complex)):
        return jnp.asarray(x)  # adapts to the dtype of what it meets, as the number would
    return symbol.convert_to_tensor(x, dtype)


def convert_to_numpy(x: Any) -> np.ndarray:
    """A copy of `x` as a NumPy array. ValueError for a symbolic tensor."""
    return np.array(x)


@op
def cast(x: Tensor, dtype: DType) -> Array:
    """`x` as `dtype`, `floatx()` for None."""
    return symbol.convert_to_tensor(x, dtypes.standardize_dtype(dtype))


def _limits(dtype):
    if dtype == "bool":
        return 0, 1
    info = jnp.iinfo(dtype) if dtypes.is_int(dtype) else jnp.finfo(dtype)
    return info.min, info.max


@op
def saturate_cast(x: Tensor, dtype: DType) -> Array:
    """`x` as `dtype`; what lies outside its range becomes its nearest limit."""
    x = as_tensor(x)
    dtype = dtypes.standardize_dtype(dtype)
    source = x.dtype.name
    (in_low, in_high), (low, high) = _limits(source), _limits(dtype)
    below = np.maximum(in_low, low).astype(source)
    above = np.minimum(in_high, high).astype(source)
    # Rounding to the source's precision may have stepped over the limit.
    below = np.nextafter(below, np.zeros((), source)) if below < low else below
    above = np.nextafter(above, np.zeros((), source)) if above > high else above
    return cast(jnp.clip(x.astype("int32") if source == "bool" else x, below, above), dtype)


def shape(x: Any) -> tuple:
    """The shape of `x`; None for the unknown sizes of a symbolic tensor."""
    return tuple(x.shape) if hasattr(x, "shape") else np.shape(x)


def dtype(x: Any) -> str:
    """The name of the dtype of `x`."""
    return dtypes.standardize_dtype(x.dtype)


@op
def stop_gradient(variable: Tensors) -> Any:
    """`variable`, a constant as far as gradients go: their flow ends here."""
    return lax.stop_gradient(variable)


def custom_gradient(f: Callable) -> Callable:
    """Let `f(*args)` return `(value, grad_fn)`, where `grad_fn(upstream)` gives its gradients."""
    inner = jax.custom_gradient(f)

    def call(*args, **kwargs):
        args, kwargs = tree.map_structure(
            lambda x: x.value if isinstance(x, Variable) else x, (args, kwargs)
        )
        return inner(*args, **kwargs)

    return call


@op
def cond(pred: Tensor, true_fn: Callable[[], Any], false_fn: Callable[[], Any]) -> Any:
    """`true_fn()` if `pred`, else `false_fn()`; both give tensors of the same shapes and dtypes."""
    return lax.cond(as_array(pred), true_fn, false_fn)


@symbol.op
def switch(index: Tensor, branches: Sequence[Callable], *operands: Tensors) -> Any:
    """`branches[index](*operands)`; an index out of range counts as the nearest one."""
    return lax.switch(as_index(index), branches, *operands)


@symbol.op
def map(f: Callable, xs: Tensors) -> Any:
    """`f` of each slice along the first axis of `xs`, one after the other: (n, ...) -> (n, ...)."""
    return lax.map(f, tree.map_structure(as_array, xs))


@symbol.op
def vectorized_map(function: Callable, elements: Tensors) -> Any:
    """`function` of each slice along the first axis, all at once: (n, ...) -> (n, ...)."""
    return jax.vmap(function)(elements)


@symbol.op
def scan(
    f: Callable,
    init: Tensors,
    xs: Tensors = None,
    length: int | None = None,
    reverse: bool = False,
    unroll: int | bool = 1,
) -> tuple[Any, Any]:
    """`carry, y = f(carry, x)` for each x along the first axis: -> (last carry, stacked ys).

    `unroll`: how many steps form one iteration of the loop; True for all. ValueError for others.
    """
    if not isinstance(unroll, bool) and (not isinstance(unroll, int) or unroll < 1):
        raise ValueError(f"scan's unroll is a boolean or an int >= 1; received {unroll!r}.")
    return lax.scan(f, init, xs, length, reverse, unroll)


@symbol.op
def associative_scan(f: Callable, elems: Tensors, reverse: bool = False, axis: int = 0) -> Any:
    """All prefixes `a, f(a, b), f(f(a, b), c), ...` along `axis`, for an associative `f`.

    With addition this is `cumsum`. TypeError for an `f` that can't be called.
    """
    if not callable(f):
        raise TypeError(f"associative_scan combines with a function; received {f!r}.")
    return lax.associative_scan(f, elems, reverse, axis)


def _like_loop_vars(cond, body, loop_vars, maximum_iterations=None):
    return tree.map_structure(lambda x: KerasTensor(x.shape, dtype(x)), loop_vars)


@op(spec=lambda args, kwargs: _like_loop_vars(*args, **kwargs))
def while_loop(
    cond: Callable, body: Callable, loop_vars: Tensors, maximum_iterations: int | None = None
) -> Any:
    """`loop_vars = body(*loop_vars)` while `cond(*loop_vars)` holds, at most so many times."""
    several = isinstance(loop_vars, (tuple, list))

    def pack(values):
        return tuple(values) if several else (values,)

    def go_on(state):
        i, values = state
        more = cond(*values)
        return more if maximum_iterations is None else more & (i < maximum_iterations)

    def step(state):
        i, values = state
        return i + 1, pack(body(*values))

    _, values = lax.while_loop(go_on, step, (0, pack(loop_vars)))
    return values if several else values[0]


@symbol.op
def fori_loop(lower: Tensor, upper: Tensor, body_fun: Callable, init_val: Tensors) -> Any:
    """`val = body_fun(i, val)` for `i` in `range(lower, upper)`."""
    return lax.fori_loop(lower, upper, body_fun, init_val)


def _unstack_spec(x, num=None, axis=0):
    rest = list(x.shape)
    count = rest.pop(axis) or num
    if count is None:
        raise ValueError(f"unstack needs num: the size of axis {axis} of {x.shape} is unknown.")
    return [KerasTensor(rest, x.dtype) for _ in range(count)]


@op(spec=lambda args, kwargs: _unstack_spec(*args, **kwargs))
def unstack(x: Tensor, num: int | None = None, axis: int = 0) -> list[Array]:
    """The slices of `x` along `axis`, as a list: (n, d) -> n of (d,).

    Symbolic tensors need `num` where the size is unknown, else ValueError.
    """
    x = as_tensor(x)
    return [lax.index_in_dim(x, i, axis, keepdims=False) for i in range(x.shape[axis])]


@op
def scatter(indices: Tensor, values: Tensor, shape: Sequence[int]) -> Array:
    """Zeros of `shape` plus `values` at `indices`: (n, rank), (n, ...); equal places add up."""
    values = as_tensor(values)
    where = tuple(jnp.moveaxis(as_index(indices), -1, 0))
    return jnp.zeros(shape, values.dtype).at[where].add(values)


_UPDATES = {None: "set", "add": "add", "max": "max", "min": "min", "mul": "multiply"}


@op
def scatter_update(
    inputs: Tensor,
    indices: Tensor,
    updates: Tensor,
    reduction: Literal["add", "max", "min", "mul"] | str | None = None,
) -> Array:
    """`inputs` with `updates` in the elements at `indices`: (n, rank), (n,).

    `reduction`: None replaces them; "add", "max", "min" and "mul" combine both. ValueError for
    another one.
    """
    reduction = reduction and reduction.lower()
    if reduction not in _UPDATES:
        raise ValueError(
            f"scatter_update's reduction is one of {list(_UPDATES)}; received {reduction!r}."
        )
    inputs = as_tensor(inputs)
    place = inputs.at[tuple(jnp.transpose(as_index(indices)))]
    return getattr(place, _UPDATES[reduction])(as_array(updates))


def _starts(indices):
    if SymbolicScope.current() is None:
        return indices
    several = isinstance(indices, (list, tuple))
    return [as_index(i) for i in indices] if several else as_index(indices)


def _slice_spec(inputs, start_indices, shape):
    if len(shape) != len(inputs.shape):
        raise ValueError(f"slice takes a size for each axis of {inputs.shape}; received {shape}.")
    if hasattr(start_indices, "__len__") and len(start_indices) != len(inputs.shape):
        raise ValueError(
            f"slice takes a start for each axis of {inputs.shape}; received {start_indices}."
        )
    known = not symbol.has_symbol(start_indices)
    left = [
        d - int(start_indices[i]) if known and d is not None else None
        for i, d in enumerate(inputs.shape)
    ]
    sizes = [rest if s == -1 else s for s, rest in zip(shape, left, strict=True)]
    return KerasTensor(sizes, inputs.dtype)


@op(spec=lambda args, kwargs: _slice_spec(*args, **kwargs))
def slice(inputs: Tensor, start_indices: Tensor, shape: Sequence[int]) -> Array:
    """The block of `inputs` that begins at `start_indices`, of `shape`; -1: all that is left."""
    inputs = as_tensor(inputs)
    sizes = [inputs.shape[i] - int(start_indices[i]) if s == -1 else s for i, s in enumerate(shape)]
    return lax.dynamic_slice(inputs, _starts(start_indices), sizes)


@op
def slice_update(inputs: Tensor, start_indices: Tensor, updates: Tensor) -> Array:
    """`inputs` with the block at `start_indices` replaced by `updates`."""
    return lax.dynamic_update_slice(as_tensor(inputs), as_tensor(updates), _starts(start_indices))
