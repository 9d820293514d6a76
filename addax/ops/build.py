"""How most ops are made: a function of `jax.numpy`, Keras's parameters, a rule for dtypes.

A template below fixes the parameters; `rule` prepares the array arguments.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, ParamSpec, Protocol, TypeVar, overload

import jax
import jax.numpy as jnp
import numpy as np

from addax.core import dtypes, settings, symbol, tree
from addax.core.scope import SymbolicScope
from addax.core.symbol import PROBES
from addax.core.types import Array, Axis, DType, Tensor
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
    """`x` as an array of JAX."""
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
    """A ValueError with op and shapes in place of JAX's complaint, or `error` itself."""
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
    """ValueError, or one that is caught as JAX's `kind` too, which Keras lets through."""
    if issubclass(kind, ValueError):
        return ValueError
    return type("ShapeError", (ValueError, kind), {"__module__": "addax.ops"})


def _has_shape(x: Any) -> bool:
    return hasattr(x, "shape") or (isinstance(x, (list, tuple)) and any(map(_has_shape, x)))


P = ParamSpec("P")
R = TypeVar("R")


@overload
def op(fn: Callable[P, R], *, spec: Callable | None = None) -> Callable[P, R]: ...
@overload
def op(*, spec: Callable | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
def op(fn: Any = None, *, spec: Callable | None = None) -> Any:
    """`core.symbol.op`, with errors that name the op and the shapes it was given."""
    return symbol.op(fn, spec=spec, explain=_explain)


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


def op_like_first(fn: Callable[P, R]) -> Callable[P, R]:
    """`op` for a function that joins arrays, of which the first tells the unknown sizes."""
    return op(fn, spec=partial(_spec_by_first, fn))


def op_or(otherwise: Callable) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`op` for a function that Keras checks only when it computes.

    Where `fn` refuses symbolic arguments, the result is what `otherwise` says of them; None from
    it lets the error stand.
    """

    def decorate(fn):
        def spec(args, kwargs):
            try:
                return symbol.infer(fn, args, kwargs)
            except (TypeError, ValueError):
                found = otherwise(*args, **kwargs)
                if found is None:
                    raise
                return found

        return op(fn, spec=spec)

    return decorate


# Templates: `about` is the first line of what `help` says, with formula and shapes.

REDUCED = """

    Reduces the axes in `axis` (all, if None); with `keepdims` they stay, of size 1."""
QUANTILES = """

    The axes of `q` come first: q (k,) gives (k, ...). `method` between two elements: "linear",
    "lower", "higher", "midpoint" or "nearest"."""


def finish(fn: Any, f: Callable, about: str, name: str = "", spec: Callable | None = None) -> Any:
    """`fn` as an op that goes by `name`, else by the name of `f`."""
    fn.__name__ = fn.__qualname__ = name or f.__name__
    fn.__module__ = "addax.ops"
    fn.__doc__ = about
    return op(fn, spec=spec)


class Unary(Protocol):
    def __call__(self, x: Tensor) -> Array: ...


def unary(f: Callable, about: str, rule: Callable = as_array, name: str = "") -> Unary:
    """An op of one array."""

    def fn(x: Tensor) -> Array:
        return f(rule(x))

    return finish(fn, f, about, name)


class Binary(Protocol):
    def __call__(self, x1: Tensor, x2: Tensor) -> Array: ...


def binary(f: Callable, about: str, name: str = "", rule: Callable = as_array) -> Binary:
    """An op of two arrays that broadcast."""

    def fn(x1: Tensor, x2: Tensor) -> Array:
        return f(rule(x1), rule(x2))

    return finish(fn, f, about, name)


class Bitwise(Protocol):
    def __call__(self, x: Tensor, y: Tensor) -> Array: ...


def bitwise(f: Callable, about: str, name: str = "") -> Bitwise:
    """`binary` of integers, with the parameters x, y."""

    def fn(x: Tensor, y: Tensor) -> Array:
        return f(as_index(x), as_index(y))

    return finish(fn, f, about, name)


class Reduction(Protocol):
    def __call__(self, x: Tensor, axis: Axis = None, keepdims: bool = False) -> Array: ...


def reduction(f: Callable, about: str, rule: Callable = as_array, name: str = "") -> Reduction:
    """An op that reduces axes of one array (all, if `axis` is None)."""

    def fn(x: Tensor, axis: Axis = None, keepdims: bool = False) -> Array:
        return f(rule(x), axis=as_axis(axis), keepdims=keepdims)

    return finish(fn, f, about + REDUCED, name)


class Extremum(Protocol):
    def __call__(
        self, x: Tensor, axis: Axis = None, keepdims: bool = False, initial: Tensor = None
    ) -> Array: ...


def extremum(f: Callable, about: str) -> Extremum:
    """A `reduction` with an initial value."""

    def fn(x: Tensor, axis: Axis = None, keepdims: bool = False, initial: Tensor = None) -> Array:
        return f(as_array(x), axis=as_axis(axis), keepdims=keepdims, initial=initial)

    return finish(fn, f, about + REDUCED)


class Quantiles(Protocol):
    def __call__(
        self,
        x: Tensor,
        q: Tensor,
        axis: Axis = None,
        method: str = "linear",
        keepdims: bool = False,
    ) -> Array: ...


def quantiles(f: Callable, about: str) -> Quantiles:
    """A `reduction` to the quantiles `q`."""

    def fn(
        x: Tensor, q: Tensor, axis: Axis = None, method: str = "linear", keepdims: bool = False
    ) -> Array:
        return f(as_array(x), as_tensor(q), axis=as_axis(axis), method=method, keepdims=keepdims)

    return finish(fn, f, about + REDUCED + QUANTILES)


class Cumulative(Protocol):
    def __call__(self, x: Tensor, axis: int | None = None, dtype: DType = None) -> Array: ...


def cumulative(f: Callable, about: str) -> Cumulative:
    """An op that accumulates along `axis` (over the flat array, if None)."""

    def fn(x: Tensor, axis: int | None = None, dtype: DType = None) -> Array:
        return f(as_array(x), axis=axis, dtype=as_dtype(dtype))

    return finish(fn, f, about)


class Diagonals(Protocol):
    def __call__(self, x: Tensor, k: int = 0) -> Array: ...


def diagonals(f: Callable, about: str, spec: Callable | None = None) -> Diagonals:
    """An op with the number `k` of a diagonal."""

    def fn(x: Tensor, k: int = 0) -> Array:
        return f(as_array(x), k=k)

    return finish(fn, f, about, spec=spec)


class Sections(Protocol):
    def __call__(self, x: Tensor, indices_or_sections: int | Sequence[int]) -> list[Array]: ...


def sections(f: Callable, about: str) -> Sections:
    """An op that cuts an array along an axis that its name implies."""

    def fn(x: Tensor, indices_or_sections: int | Sequence[int]) -> list[Array]:
        return f(as_array(x), indices_or_sections)

    return finish(fn, f, about)


class Joining(Protocol):
    def __call__(self, xs: Sequence[Tensor]) -> Array: ...


def joining(f: Callable, about: str) -> Joining:
    """An op that joins arrays along an axis that its name implies."""

    def fn(xs: Sequence[Tensor]) -> Array:
        return f([as_array(x) for x in xs])

    return finish(fn, f, about, spec=partial(_spec_by_first, fn))
