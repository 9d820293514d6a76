"""What the row of an op checks against live Keras: values, gradients, symbolic shapes."""

import re
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import keras
import numpy as np

from addax import ops
from addax.core import tree
from addax.core.symbol import KerasTensor


class Row(NamedTuple):
    """An op, its inputs (see `value_of`), keyword arguments, and what is special.

    options: tol; grad, jit, symbol (False: not checked); unknown: how many arrays, from the first
    on, have an unknown first size in the symbolic check (all of two axes or more, by default).
    """

    name: str
    inputs: tuple
    kwargs: dict
    options: dict

    def __str__(self):
        shown = [str(x) if len(str(x)) < 20 else type(x).__name__ for x in self.inputs]
        shown += [f"{k}={v}" for k, v in self.kwargs.items() if len(str(v)) < 20]
        return f"{self.name}({', '.join(shown)})"


def row(name: str, *inputs: Any, options: dict | None = None, **kwargs: Any) -> Row:
    """A row of a table of ops."""
    return Row(name, inputs, kwargs, options or {})


def value_of(spec: Any, rng) -> Any:
    """An input from its description: "f 2 3" is an array of shape (2, 3) of random numbers.

    f: floats, p: floats in (0.1, 0.9), i: integers in [0, 4), b: booleans, c: complex numbers,
    s: symmetric positive definite matrices. Lists and tuples are described element by element,
    anything else is itself.
    """
    if isinstance(spec, (list, tuple)):
        return type(spec)(value_of(s, rng) for s in spec)
    if not isinstance(spec, str) or not re.fullmatch(r"[fpibcs]( \d+)*", spec):
        return spec
    kind, *sizes = spec.split()
    shape = tuple(map(int, sizes))
    if kind == "f":
        return rng.normal(size=shape).astype("float32")
    if kind == "p":
        return rng.uniform(0.1, 0.9, shape).astype("float32")
    if kind == "i":
        return rng.integers(0, 4, shape).astype("int32")
    if kind == "b":
        return rng.integers(0, 2, shape).astype(bool)
    if kind == "c":
        return (rng.normal(size=shape) + 1j * rng.normal(size=shape)).astype("complex64")
    half = rng.normal(size=shape).astype("float32")
    return half @ np.swapaxes(half, -1, -2) + np.eye(shape[-1], dtype="float32")


def function_of(library: Any, name: str) -> Any:
    """`library.name`, or that of its image namespace."""
    return getattr(library, name, None) or getattr(library.image, name)


def close(ours: Any, theirs: Any, tol: float) -> None:
    """Fail unless two structures hold arrays of equal dtype and nearly equal values."""
    ours, theirs = tree.flatten(ours), tree.flatten(theirs)
    assert len(ours) == len(theirs), f"{len(ours)} results, Keras: {len(theirs)}"
    for a, b in zip(ours, theirs, strict=True):
        a, b = jnp.asarray(a), jnp.asarray(b)
        assert a.dtype == b.dtype, f"dtype {a.dtype}, Keras: {b.dtype}"
        np.testing.assert_allclose(np.asarray(a), np.asarray(b), rtol=tol, atol=tol)


def is_array(x: Any) -> bool:
    return isinstance(x, (np.ndarray, jax.Array))


def is_float_array(x: Any) -> bool:
    return is_array(x) and jnp.issubdtype(x.dtype, jnp.floating)


def replace(leaves: list, structure: Any, where: Any, values: Any) -> Any:
    """The arguments with the leaves for which `where` holds replaced by `values`."""
    values = iter(values)
    return tree.unflatten(structure, [next(values) if where(x) else x for x in leaves])


def gradient(fn: Any, arguments: Any) -> Any:
    """The gradient, by all float inputs, of a fixed combination of the outputs of `fn`."""
    leaves, structure = tree.flatten_with_structure(arguments)

    def combined(floats):
        inputs, kwargs = replace(leaves, structure, is_float_array, floats)
        total = 0.0
        for y in tree.flatten(fn(*inputs, **kwargs)):
            if jnp.issubdtype(y.dtype, jnp.floating):
                total += jnp.sum(y * jnp.cos(jnp.arange(y.size, dtype=y.dtype)).reshape(y.shape))
        return total

    return jax.grad(combined)([x for x in leaves if is_float_array(x)])


def specs(make: Any, fn: Any, arguments: Any, unknown: int) -> Any:
    """Shapes and dtypes of the symbolic result."""
    leaves, structure = tree.flatten_with_structure(arguments)
    symbols = []
    for x in filter(is_array, leaves):
        hide = len(symbols) < unknown and x.ndim > 1
        symbols.append(make((None, *x.shape[1:]) if hide else x.shape, x.dtype.name))
    inputs, kwargs = replace(leaves, structure, is_array, symbols)
    results = tree.flatten(fn(*inputs, **kwargs))
    return [(tuple(y.shape), keras.backend.standardize_dtype(y.dtype)) for y in results]


def check(case: Row) -> None:
    """Compare an op with Keras's: eager, compiled, differentiated, symbolic."""
    fn, oracle = function_of(ops, case.name), function_of(keras.ops, case.name)
    tol = case.options.get("tol", 1e-5)
    arguments = (value_of(case.inputs, np.random.default_rng(3)), case.kwargs)
    result = fn(*arguments[0], **case.kwargs)
    close(result, oracle(*arguments[0], **case.kwargs), tol)
    leaves, structure = tree.flatten_with_structure(arguments)
    if not any(map(is_array, leaves)):
        return
    smooth = any(map(is_float_array, leaves)) and any(
        jnp.issubdtype(jnp.asarray(y).dtype, jnp.floating) for y in tree.flatten(result)
    )
    smooth = smooth and case.options.get("grad", True)

    def program(arrays):
        """The value again, and the gradients of both: one program, which compiles faster."""
        inputs, kwargs = replace(leaves, structure, is_array, arrays)
        gradients = [gradient(f, (inputs, kwargs)) for f in (fn, oracle) if smooth]
        return fn(*inputs, **kwargs), gradients

    run = jax.jit(program) if case.options.get("jit", True) else program
    value, gradients = run([x for x in leaves if is_array(x)])
    close(value, result, tol)
    if smooth:
        close(*gradients, tol * 10)
    if case.options.get("symbol", True):
        unknown = case.options.get("unknown", 9)
        ours = specs(KerasTensor, fn, arguments, unknown)
        theirs = specs(keras.KerasTensor, oracle, arguments, unknown)
        assert ours == theirs, f"symbolic: {ours}, Keras: {theirs}"
