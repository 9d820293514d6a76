"""Symbolic tensors, and the decorator that lets a function of arrays accept them."""

import contextlib
import functools
import itertools
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast, overload

import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer

from addax.core import dtypes, tree
from addax.core.scope import StatelessScope, SymbolicScope, auto_name
from addax.core.variable import Variable, standardize_shape
from addax.runtime import start

# Sizes tried for the unknown dimensions: what comes out equal does not depend on them. Both have
# many divisors, so that reshaping to (-1, 4) works.
PROBES = (120, 240)
MOST_GUESSES = 32  # of what unknown dimensions may have to be, before a call counts as an error


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
        if kwargs:
            raise TypeError(f"KerasTensor takes no arguments named {', '.join(kwargs)}.")
        if sparse and ragged:
            raise ValueError("A KerasTensor is sparse or ragged, not both.")
        self._shape = standardize_shape(shape)
        self._dtype = dtypes.standardize_dtype(dtype)
        self._sparse, self._ragged = bool(sparse), bool(ragged)
        self.record_history = record_history
        self.name = name or auto_name(type(self).__name__)
        self._keras_history: Any = None

    shape = property(lambda self: self._shape)
    dtype = property(lambda self: self._dtype)
    sparse = property(lambda self: self._sparse)
    ragged = property(lambda self: self._ragged)
    ndim = property(lambda self: len(self.shape))

    @property
    def size(self):
        return None if None in self.shape else int(np.prod(self.shape))

    def _no_value(self, error: type[Exception]):
        return error(
            f"{self!r} is symbolic: it has a shape and a dtype but no values. Use ops from "
            "`addax.ops` on it, or move the computation into the `call` of a layer."
        )

    def _refuse(self, *_, **__):
        raise self._no_value(ValueError)

    def __bool__(self):
        raise self._no_value(TypeError)

    def __iter__(self):
        raise self._no_value(NotImplementedError)

    __array__ = __float__ = __int__ = _refuse
    __jax_array__ = property(_refuse)  # JAX looks for it first, and says less if it finds it
    __index__ = __bool__

    if TYPE_CHECKING:  # set by `ops.operators`, in a loop
        __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = cast(Any, None)
        __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = cast(Any, None)
        __mod__ = __rmod__ = __pow__ = __rpow__ = __matmul__ = __rmatmul__ = cast(Any, None)
        __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = cast(Any, None)
        __lt__ = __le__ = __gt__ = __ge__ = __neg__ = __abs__ = __invert__ = cast(Any, None)
        __getitem__ = __round__ = reshape = squeeze = T = cast(Any, None)

    def __len__(self):
        if not self.shape or self.shape[0] is None:
            raise self._no_value(TypeError)
        return self.shape[0]

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
    """Whether `x` is an array of JAX (traced ones included)."""
    return isinstance(x, jax.Array)


def is_traced(x: Any) -> bool:
    """Whether `x` stands for an array inside code that is being compiled."""
    return isinstance(x, Tracer)


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
    start()
    if isinstance(x, (Variable,)):
        x = x.value
    if isinstance(x, jax.Array):
        return x if dtype is None else x.astype(dtypes.jax_dtype(dtype))
    if dtype is not None:
        return jnp.asarray(x, dtypes.jax_dtype(dtype))
    try:
        array = x if isinstance(x, np.ndarray) else np.asarray(x)
    except jax.errors.TracerArrayConversionError:  # a list of tensors, some of them traced
        return jnp.asarray(x)
    if array.dtype == np.float64 and not isinstance(x, (np.ndarray, np.generic)):
        return jnp.asarray(array, dtypes.settings.floatx())
    if array.dtype == object:
        return jnp.asarray(x)  # says what it can't take
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
    unknown: a dimension of the result that differs is unknown too. Where that can't be, as in the
    sum of shapes (None, 3) and (2, 3), the unknown dimension is taken to be what it must be.
    """
    leaves, structure = tree.flatten_with_structure((args, kwargs or {}))
    symbols = {i: leaf for i, leaf in enumerate(leaves) if isinstance(leaf, KerasTensor)}

    def run(size, arrays):
        filled = {**dict(enumerate(leaves)), **arrays}
        positional, named = tree.unflatten(structure, filled.values())
        with StatelessScope(), SymbolicScope(size):
            try:
                return fn(*positional, **named)
            except Exception as error:
                _hide_probe(error, size)
                raise

    def probe(shapes, size):
        specs = {
            i: jax.ShapeDtypeStruct(
                tuple(size if d is None else d for d in shapes[i]), dtypes.jax_dtype(x.dtype)
            )
            for i, x in symbols.items()
        }
        unknown = any(None in shape for shape in shapes.values())
        return jax.eval_shape(functools.partial(run, size if unknown else None), specs)

    def result(shapes):
        first = probe(shapes, PROBES[0])
        unknown = any(None in shape for shape in shapes.values())
        return tree.map_structure(_merge, first, probe(shapes, PROBES[1]) if unknown else first)

    known = {i: x.shape for i, x in symbols.items()}
    try:
        return result(known)
    except (TypeError, ValueError):
        for shapes in itertools.islice(_agreements(known, leaves), MOST_GUESSES):
            with contextlib.suppress(TypeError, ValueError):
                return result(shapes)
        raise


def _hide_probe(error: Exception, size: int | None) -> None:
    """Unknown dimensions show as `?` in the message, not as the size that was tried."""
    if size is not None and len(error.args) == 1 and isinstance(error.args[0], str):
        error.args = (re.sub(rf"(?<=[(\s]){size}(?=[,)])", "?", error.args[0]),)


def _merge(a: Any, b: Any) -> KerasTensor | None:
    if a is None:
        return None
    shape = tuple(m if m == n else None for m, n in zip(a.shape, b.shape, strict=True))
    return KerasTensor(shape, a.dtype.name)


def _agreements(shapes: dict[int, tuple], leaves: list) -> Iterator[dict[int, tuple]]:
    """`shapes` with ever more of the unknown dimensions equal to one that another argument has."""

    def sizes(leaf):
        return {d for d in (getattr(leaf, "shape", None) or (leaf,)) if type(d) is int and d > 1}

    others = {i: sorted(set().union(*map(sizes, leaves[:i] + leaves[i + 1 :]))) for i in shapes}
    unknown = [(i, axis) for i, s in shapes.items() for axis, d in enumerate(s) if d is None]
    for count in range(1, len(unknown) + 1):
        for places in itertools.combinations(unknown, count):
            for chosen in itertools.product(*(others[i] for i, _ in places)):
                guess = dict(zip(places, chosen, strict=True))
                yield {
                    i: tuple(guess.get((i, axis), d) for axis, d in enumerate(shape))
                    for i, shape in shapes.items()
                }


P = ParamSpec("P")
R = TypeVar("R")


@overload
def op(
    fn: Callable[P, R], *, spec: Callable | None = None, explain: Callable | None = None
) -> Callable[P, R]: ...
@overload
def op(
    fn: None = None, *, spec: Callable | None = None, explain: Callable | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
def op(fn: Any = None, *, spec: Callable | None = None, explain: Callable | None = None) -> Any:
    """Let `fn`, written for arrays, accept symbolic tensors and Variables too.

    With a symbolic argument the call is recorded in the graph instead of computed, and the result
    inferred. `spec` replaces the inference for results whose shape depends on values.
    `explain(name, error, arguments)` gives the error to raise in the place of JAX's.
    """
    if fn is None:
        return functools.partial(op, spec=spec, explain=explain)

    @functools.wraps(fn)
    def call(*args, **kwargs):
        try:
            for value in args:
                if type(value) not in _plain_types and not _is_plain(value):
                    break
            else:
                for value in kwargs.values():
                    if type(value) not in _plain_types and not _is_plain(value):
                        break
                else:
                    return fn(*args, **kwargs)
            if has_symbol(args) or has_symbol(kwargs):
                from addax.core.graph import record_call

                outputs = (spec or functools.partial(infer, fn))(args, kwargs)
                return record_call(call, args, kwargs, outputs)
            return fn(*_read_variables(args), **_read_variables(kwargs))
        except (TypeError, ValueError, IndexError, AssertionError, ZeroDivisionError) as error:
            if explain is None:
                raise
            raise explain(call.__name__, error, (*args, *kwargs.values())) from None

    call.is_op = True  # type: ignore[attr-defined]
    return call


_plain_types: set[type] = set()  # those met so far of which no object is or holds a symbol


def _is_plain(value: Any) -> bool:
    """Whether `value` neither is nor holds a symbolic tensor or a Variable."""
    kind = type(value)
    if kind in _plain_types:
        return True
    start()
    if isinstance(value, (list, tuple)):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, (KerasTensor, Variable)):
        return False
    _plain_types.add(kind)
    return True


def _read_variables(value):
    if isinstance(value, Variable):
        return value.value
    if type(value) in (list, tuple):
        return type(value)([_read_variables(v) for v in value])
    if type(value) is dict:
        return {k: _read_variables(v) for k, v in value.items()}
    return value
