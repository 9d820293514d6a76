"""Symbolic tensors, and the decorator that lets a function of arrays accept them."""

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer

from addax.core import dtypes, tree
from addax.core.scope import StatelessScope, SymbolicScope, auto_name
from addax.core.variable import Variable, standardize_shape

# Sizes tried for the unknown dimensions: what comes out equal does not depend on them. Both have
# many divisors, so that reshaping to (-1, 4) works.
PROBES = (120, 240)


class KerasTensor:
    """A tensor without values: a shape (None = not known yet), a dtype, and where it comes from."""

    __array_priority__ = 300  # NumPy arrays and Variables leave operators to us

    def __init__(
        self,
        shape: Any,
        dtype: Any = "float32",
        sparse: bool = False,
        ragged: bool = False,
        record_history: bool = True,
        name: str | None = None,
        **kwargs: Any,
    ):
        self.shape = standardize_shape(shape)
        self.dtype = dtypes.standardize_dtype(dtype)
        self.sparse = bool(sparse)
        self.ragged = bool(ragged)
        self.record_history = record_history
        self.name = name or auto_name(type(self).__name__)
        self._keras_history: Any = kwargs.pop("history", None)

    ndim = property(lambda self: len(self.shape))

    @property
    def size(self):
        return None if None in self.shape else int(np.prod(self.shape))

    def _no_value(self, *_, **__):
        raise TypeError(
            f"{self!r} is symbolic: it has a shape and a dtype but no values. Use ops from "
            "`addax.ops` on it, or move the computation into the `call` of a layer."
        )

    __array__ = __jax_array__ = __bool__ = __float__ = __int__ = __index__ = __iter__ = _no_value

    def __len__(self):
        return self.shape[0] if self.shape and self.shape[0] is not None else self._no_value()

    def __repr__(self):
        return f"<KerasTensor shape={self.shape}, dtype={self.dtype}, name={self.name}>"


def is_symbolic(x: Any) -> bool:
    """Whether `x` is a symbolic tensor."""
    return isinstance(x, KerasTensor)


def has_symbol(value: Any) -> bool:
    """Whether `value` is, or holds, a symbolic tensor."""
    if isinstance(value, KerasTensor):
        return True
    if isinstance(value, (list, tuple)):
        return any(map(has_symbol, value))
    return isinstance(value, dict) and any(map(has_symbol, value.values()))


def is_tensor(x: Any) -> bool:
    """Whether `x` is an array of the engine (traced ones included)."""
    return isinstance(x, jax.Array)


def is_concrete(value: Any) -> bool:
    """Whether `value` holds numbers, now: arrays that are not traced, outside every scope."""
    if StatelessScope.current() is not None:
        return False
    if isinstance(value, (list, tuple)):
        return bool(value) and all(map(is_concrete, value))
    if isinstance(value, dict):
        return bool(value) and all(map(is_concrete, value.values()))
    if isinstance(value, jax.Array):
        return not isinstance(value, Tracer)
    return isinstance(value, np.ndarray)


def convert_to_tensor(x: Any, dtype: Any = None):
    """`x` as an array; Python floats and 64-bit NumPy floats become `floatx()`."""
    if isinstance(x, (Variable,)):
        x = x.value
    if dtype is not None:
        return jnp.asarray(x, dtypes.jax_dtype(dtype))
    if isinstance(x, jax.Array):
        return x
    array = x if isinstance(x, np.ndarray) else np.asarray(x)
    if array.dtype == np.float64 and not isinstance(x, (np.ndarray, np.generic)):
        return jnp.asarray(array, dtypes.settings.floatx())
    if array.dtype == object:  # a list of tensors, some of them traced
        return jnp.asarray(x)
    return jnp.asarray(array, dtypes.jax_dtype(array.dtype))  # without a dtype JAX 0.10 compiles


def convert_input(x: Any, float_dtype: str | None):
    """An input of a layer as a tensor, floats cast to `float_dtype`; anything else unchanged."""
    if isinstance(x, KerasTensor):
        wrong = float_dtype and dtypes.is_float(x.dtype) and x.dtype != float_dtype
        return KerasTensor(x.shape, float_dtype) if wrong else x
    if isinstance(x, (Variable, np.ndarray, np.generic)) or hasattr(x, "__array__"):
        x = convert_to_tensor(x)
    elif isinstance(x, float):
        return jnp.asarray(x, float_dtype or dtypes.settings.floatx())
    if isinstance(x, jax.Array) and float_dtype and x.dtype.name != float_dtype:
        return x.astype(float_dtype) if dtypes.is_float(x.dtype) else x
    return x


def infer(fn: Callable, args: tuple = (), kwargs: dict | None = None) -> Any:
    """What `fn` gives for these arguments, as symbolic tensors.

    `fn` is traced without computing anything, once for each size in `PROBES` if a dimension is
    unknown: a dimension of the result that differs is unknown too.
    """
    leaves, structure = tree.flatten_with_structure((args, kwargs or {}))
    symbols = [i for i, leaf in enumerate(leaves) if isinstance(leaf, KerasTensor)]

    def run(*arrays):
        filled = list(leaves)
        for i, array in zip(symbols, arrays, strict=True):
            filled[i] = array
        positional, named = tree.unflatten(structure, filled)
        with StatelessScope(), SymbolicScope():
            return fn(*positional, **named)

    def probe(size):
        specs = [
            jax.ShapeDtypeStruct(
                tuple(size if d is None else d for d in leaves[i].shape),
                dtypes.jax_dtype(leaves[i].dtype),
            )
            for i in symbols
        ]
        return jax.eval_shape(run, *specs)

    first = probe(PROBES[0])
    unknown = any(None in leaves[i].shape for i in symbols)
    second = probe(PROBES[1]) if unknown else first

    def symbol(a, b):
        if a is None:
            return None
        shape = tuple(m if m == n else None for m, n in zip(a.shape, b.shape, strict=True))
        return KerasTensor(shape, a.dtype.name)

    return tree.map_structure(symbol, first, second)


def op(fn: Callable | None = None, *, spec: Callable | None = None) -> Any:
    """Let `fn`, written for arrays, accept symbolic tensors and Variables too.

    With a symbolic argument the call is recorded in the graph instead of computed, and the result
    inferred. `spec` replaces the inference for results whose shape depends on values.
    """
    if fn is None:
        return functools.partial(op, spec=spec)

    @functools.wraps(fn)
    def call(*args, **kwargs):
        plain = True
        for a in args:
            if type(a) in _SPECIAL:
                plain = False
                break
        if plain and not kwargs:
            return fn(*args)
        if has_symbol(args) or has_symbol(kwargs):
            from addax.core.graph import record_call

            return record_call(
                call, args, kwargs, (spec or functools.partial(infer, fn))(args, kwargs)
            )
        args, kwargs = _read_variables(args), _read_variables(kwargs)
        return fn(*args, **kwargs)

    call.is_op = True  # type: ignore[attr-defined]
    return call


_SPECIAL = frozenset({KerasTensor, Variable, list, tuple, dict})


def _read_variables(value):
    if isinstance(value, Variable):
        return value.value
    if type(value) in (list, tuple):
        return type(value)([_read_variables(v) for v in value])
    if type(value) is dict:
        return {k: _read_variables(v) for k, v in value.items()}
    return value
