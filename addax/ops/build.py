"""How most ops are made: a function of `jax.numpy`, Keras's parameters, a rule for dtypes.

A template below fixes the parameters; `rule` prepares the array arguments.
"""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from addax.core import dtypes, settings, symbol, tree
from addax.core.scope import SymbolicScope
from addax.core.symbol import PROBES
from addax.core.variable import Variable

_READY = (jax.Array, np.ndarray, np.generic, bool, int, float, complex)
_seen: set[type] = set()


def as_array(x: Any) -> Any:
    """What `jax.numpy` accepts: lists and foreign arrays are converted, the rest stays.

    Python's numbers stay, because they adapt to the dtype of what they meet.
    """
    if type(x) in _seen:
        return x
    if isinstance(x, _READY):
        _seen.add(type(x))
        return x
    return jnp.asarray(x.value if isinstance(x, Variable) else x)


def as_float(x: Any) -> Any:
    """`as_array`, integers and booleans as `floatx()`."""
    x = as_array(x)
    kind = x.dtype.kind if hasattr(x, "dtype") else "i" if isinstance(x, int) else "f"
    return jnp.asarray(x, settings.floatx()) if kind in "iub" else x


def as_tensor(x: Any, dtype: Any = None) -> jax.Array:
    """`x` as an array of the engine."""
    x = as_array(x)
    if dtype is None and isinstance(x, jax.Array):
        return x
    return jnp.asarray(x, dtype and dtypes.jax_dtype(dtype))


def as_index(x: Any) -> Any:
    """`as_array` for integers: a symbolic tensor's type may be left at its default, float32."""
    x = as_array(x)
    if SymbolicScope.current() is None or getattr(x, "dtype", None) != jnp.float32:
        return x
    return x.astype("int32")


def as_axis(axis: Any) -> Any:
    """`axis` as something hashable."""
    return tuple(axis) if isinstance(axis, list) else axis


def as_dtype(dtype: Any) -> Any:
    """`dtype` for JAX, None unchanged."""
    return None if dtype is None else dtypes.jax_dtype(dtype)


def float_or(dtype: Any) -> Any:
    """`dtype` for JAX, `floatx()` for None."""
    return dtypes.jax_dtype(dtype or settings.floatx())


def is_unknown(size: int) -> bool:
    """Whether `size` stands for an unknown one now."""
    return size in PROBES and SymbolicScope.current() is not None


def shape_text(x: Any) -> str:
    """The shape of `x`, or those of a list, for messages; unknown sizes are shown as None."""
    if isinstance(x, (list, tuple)):
        return "[" + ", ".join(map(shape_text, x)) + "]"
    return str(tuple(None if is_unknown(d) else d for d in np.shape(x)))


_COMPLAINT = re.compile(
    "shape|output type|dimension|rank|broadcast|axis|axes|out of (bounds|range)|Size of label"
    "|select|divi|modulo",
    re.I,
)
# What Python says of a wrong call, and what our own messages, which need no more, have in common.
_CLEAR = re.compile("(positional|keyword|multiple values for) argument|eceived|can't")


def _explain(name: str, error: Exception, args: tuple) -> Exception:
    """A ValueError with op and shapes in place of the engine's complaint, or `error` itself."""
    line = str(error).split("\n")[0]
    foreign = isinstance(error, (jax.errors.JAXTypeError, jax.errors.JAXIndexError))
    if foreign or line.startswith(f"{name}:") or _CLEAR.search(line) or not _COMPLAINT.search(line):
        return error
    if SymbolicScope.current() is not None or symbol.has_symbol(args):
        line = re.sub("|".join(map(str, PROBES)), "None", line)
    shapes = ", ".join(shape_text(a) for a in args if _has_shape(a))
    return value_error(type(error))(f"{name} can't take {shapes or 'this'}: {line}")


@cache
def value_error(kind: type[Exception]) -> type[Exception]:
    """ValueError, or one that is caught as the engine's `kind` too, which Keras lets through."""
    if issubclass(kind, ValueError):
        return ValueError
    return type("ShapeError", (ValueError, kind), {"__module__": "addax.ops"})


def _has_shape(x: Any) -> bool:
    return hasattr(x, "shape") or (isinstance(x, (list, tuple)) and any(map(_has_shape, x)))


op: Any = partial(symbol.op, explain=_explain)  # errors name the op and the shapes it was given


def _spec_by_first(fn: Callable, args: tuple, kwargs: dict) -> Any:
    """What `fn` makes of arrays where a size that the first one leaves open is open in all."""
    arrays = [x for x in tree.flatten((args, kwargs)) if hasattr(x, "shape")]
    first = arrays[0].shape

    def loosen(x):
        if len(getattr(x, "shape", ())) != len(first) or None not in first:
            return x
        shape = [f and n for f, n in zip(first, x.shape, strict=True)]
        return symbol.KerasTensor(shape, x.dtype)

    return symbol.infer(fn, *tree.map_structure(loosen, (args, kwargs)))


def joins(fn: Callable) -> Any:
    """`op` for a function that joins arrays, of which the first tells the unknown sizes."""
    return op(fn, spec=partial(_spec_by_first, fn))


def publish(
    fn: Callable, f: Callable, name: str | None = None, spec: Callable | None = None
) -> Any:
    """`fn` as an op that goes by the name of `f` and has the first line of its description."""
    fn.__name__ = fn.__qualname__ = name or f.__name__
    fn.__module__ = "addax.ops"
    fn.__doc__ = (f.__doc__ or "").strip().split("\n")[0]
    return op(fn, spec=spec)


def unary(f: Callable, rule: Callable = as_array, name: str | None = None) -> Any:
    """An op of one array."""

    def fn(x):
        return f(rule(x))

    return publish(fn, f, name)


def binary(f: Callable, name: str | None = None, rule: Callable = as_array) -> Any:
    """An op of two arrays that broadcast."""

    def fn(x1, x2):
        return f(rule(x1), rule(x2))

    return publish(fn, f, name)


def bitwise(f: Callable, name: str | None = None) -> Any:
    """`binary` of integers, with the parameters x, y."""

    def fn(x, y):
        return f(as_index(x), as_index(y))

    return publish(fn, f, name)


def reduction(f: Callable, rule: Callable = as_array, name: str | None = None) -> Any:
    """An op that reduces axes of one array (all, if `axis` is None)."""

    def fn(x, axis=None, keepdims=False):
        return f(rule(x), axis=as_axis(axis), keepdims=keepdims)

    return publish(fn, f, name)


def extremum(f: Callable) -> Any:
    """A `reduction` with an initial value."""

    def fn(x, axis=None, keepdims=False, initial=None):
        return f(as_array(x), axis=as_axis(axis), keepdims=keepdims, initial=initial)

    return publish(fn, f)


def quantiles(f: Callable) -> Any:
    """A `reduction` to the quantiles `q`."""

    def fn(x, q, axis=None, method="linear", keepdims=False):
        return f(as_array(x), as_tensor(q), axis=as_axis(axis), method=method, keepdims=keepdims)

    return publish(fn, f)


def cumulative(f: Callable) -> Any:
    """An op that accumulates along `axis` (over the flat array, if None)."""

    def fn(x, axis=None, dtype=None):
        return f(as_array(x), axis=axis, dtype=as_dtype(dtype))

    return publish(fn, f)


def diagonals(f: Callable, spec: Callable | None = None) -> Any:
    """An op with the number `k` of a diagonal."""

    def fn(x, k=0):
        return f(as_array(x), k=k)

    return publish(fn, f, spec=spec)


def sections(f: Callable) -> Any:
    """An op that cuts an array along an axis that its name implies."""

    def fn(x, indices_or_sections):
        return f(as_array(x), indices_or_sections)

    return publish(fn, f)


def joining(f: Callable) -> Any:
    """An op that joins arrays along an axis that its name implies."""

    def fn(xs):
        return f([as_array(x) for x in xs])

    return publish(fn, f, spec=partial(_spec_by_first, fn))
