"""Pooling on CPUs: elementwise over the shifted slices that a window meets."""

import functools
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.core.types import Array
from addax.ops.cpu.convolution import Case
from addax.ops.cpu.strategy import Primitive, Strategy
from addax.ops.cpu.windows import Pads, Sizes, shifts, unshift


def lowest(dtype: Any):
    """The smallest value of `dtype`, which is nobody's maximum."""
    return -np.inf if jnp.issubdtype(dtype, jnp.floating) else jnp.iinfo(dtype).min


def _met(case, x, fill=0.0):
    return shifts(x, case.window, case.strides, case.dilation, case.pads, fill)


def _reduce_window(case, x, start, reducer):
    full = ((0, 0), *case.pads, (0, 0))
    ends = (1, *case.window, 1), (1, *case.strides, 1), full
    return lax.reduce_window(x, np.array(start, x.dtype), reducer, *ends)


def _native_max(case, x):
    return _reduce_window(case, x, lowest(x.dtype), lax.max)


def _first_of_the_largest(case, x, y, dy):
    """The gradient goes to the first of equal elements, as XLA's select-and-scatter has it."""
    parts, free = [], jnp.ones(y.shape, bool)
    for met in _met(case, x, lowest(x.dtype)):
        chosen = (met == y) & free
        free = free & ~chosen
        parts.append(jnp.where(chosen, dy, 0))
    return unshift(parts, x.shape, case.window, case.strides, case.dilation, case.pads)


def _table(name: str, native, run) -> Primitive:
    why = "elementwise over shifted slices, which XLA fuses; its own windows are slow inside loops"
    return Primitive(name, native, (Strategy("shifts", lambda case: case.few_offsets, run, why),))


MAX = _table(
    "max pooling",
    _native_max,
    lambda case, x: functools.reduce(jnp.maximum, _met(case, x, lowest(x.dtype))),
)
MAX_GRADIENT = _table(
    "gradient of max pooling",
    lambda case, x, y, dy: jax.vjp(functools.partial(_native_max, case), x)[1](dy)[0],
    _first_of_the_largest,
)
SUM = _table(
    "sum pooling",
    lambda case, x: _reduce_window(case, x, 0, lax.add),
    lambda case, x: sum(_met(case, x)),
)


def _case(x, window: Sizes, strides: Sizes, pads: Pads) -> Case:
    channels = x.shape[-1]
    ones = (1,) * len(window)
    return Case(x.shape, (*window, channels, channels), strides, pads, ones, x.dtype)


@functools.partial(jax.custom_jvp, nondiff_argnums=(1, 2, 3))
def max_pool(x: Array, window: Sizes, strides: Sizes, pads: Pads):
    """The largest element of each window: (n, *space, c) -> (n, *space', c)."""
    return MAX(_case(x, window, strides, pads), x)


@max_pool.defjvp
def _max_tangent(window, strides, pads, primals, tangents):
    """What counts is the transpose, `MAX_GRADIENT`."""
    (x,) = primals
    y = max_pool(x, window, strides, pads)
    gradient = functools.partial(MAX_GRADIENT, _case(x, window, strides, pads), x, y)
    return y, jax.linear_transpose(gradient, y)(*tangents)[0]


def sum_pool(x: Array, window: Sizes, strides: Sizes, pads: Pads):
    """The sum of each window: (n, *space, c) -> (n, *space', c)."""
    return SUM(_case(x, window, strides, pads), x)
