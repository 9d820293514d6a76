"""Products of arrays."""

import functools
import itertools
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from addax.core import symbol
from addax.core.types import Array, Tensor
from addax.ops.build import as_array, as_tensor, binary, op
from addax.ops.cpu.products import contract, contracts

dot = binary(
    jnp.dot, "Sums of products over x1's last axis and x2's last but one: (n, k), (k, m) -> (n, m)."
)
inner = binary(jnp.inner, "Sums of products over the last axes: (n, k), (m, k) -> (n, m).")
kron = binary(
    jnp.kron, "Kronecker product, the blocks `x1[i, j] * x2`: (n, m), (p, q) -> (n * p, m * q)."
)
outer = binary(
    jnp.outer, "Products of all pairs of elements, both arrays flattened: (n,), (m,) -> (n, m)."
)


_INT8 = np.dtype("int8")  # comparing with its name takes a microsecond


def _sum_type(*arrays):
    """Products of int8 are summed in int32."""
    return "int32" if all(getattr(a, "dtype", None) == _INT8 for a in arrays) else None


@op(spec=lambda args, kwargs: _vdot_spec(*args, **kwargs))
def vdot(x1: Tensor, x2: Tensor) -> Array:
    """Sum of the products of all elements, those of `x1` conjugated: -> ()."""
    return jnp.vdot(as_array(x1), as_array(x2))


def _vdot_spec(x1, x2):
    scalars = (symbol.KerasTensor((), x.dtype) for x in (x1, x2))
    return symbol.infer(jnp.vdot, tuple(scalars))


@op
def matmul(x1: Tensor, x2: Tensor) -> Array:
    """Matrix product over the last two axes: (..., n, k), (..., k, m) -> (..., n, m)."""
    x1, x2 = as_array(x1), as_array(x2)
    if np.ndim(x2) == 2 and contracts(x1, x2, 1):
        return contract(x1, x2)
    return jnp.matmul(x1, x2, preferred_element_type=_sum_type(x1, x2))


def _einsum_spec(args, kwargs):
    """An unknown size is that which its letter has elsewhere, also in the same operand."""
    subscripts, *operands = args
    names = subscripts.split("->")[0].replace(" ", "").split(",")
    shapes = [np.shape(x) for x in operands]
    if "..." not in subscripts and list(map(len, names)) == list(map(len, shapes)):
        pairs = zip("".join(names), itertools.chain(*shapes), strict=True)
        sizes = {letter: size for letter, size in pairs if size not in (None, 1)}
        operands = [
            symbol.KerasTensor(
                [d or sizes.get(a) for a, d in zip(n, x.shape, strict=True)], x.dtype
            )
            if symbol.is_symbolic(x)
            else x
            for n, x in zip(names, operands, strict=True)
        ]
    return symbol.infer(einsum.__wrapped__, (subscripts, *operands), kwargs)


@op(spec=_einsum_spec)
def einsum(subscripts: str, *operands: Tensor, **kwargs: Any) -> Array:
    """Sum of products in Einstein's notation, as in `einsum("bij,bjk->bik", x, y)`."""
    arrays = [as_tensor(x) for x in operands]
    kind = _sum_type(*arrays)
    if type(subscripts) is str and not kwargs:
        return _einsum(subscripts, kind)(*arrays)
    return jnp.einsum(subscripts, *arrays, preferred_element_type=kind, **kwargs)


@functools.lru_cache(1024)
def _einsum(subscripts, kind):
    """The sum for one notation; compiled, because finding its order takes 0.1 ms a call."""
    run = functools.partial(jnp.einsum, subscripts, preferred_element_type=kind)
    return jax.jit(run, inline=True)


@op
def tensordot(x1: Tensor, x2: Tensor, axes: int | Sequence[Sequence[int]] = 2) -> Array:
    """Sum of products over pairs of axes: the last of `x1` with the first of `x2`.

    `axes`: their number, or the axes of `x1` and those of `x2`.
    """
    x1, x2 = as_array(x1), as_array(x2)
    if isinstance(axes, int) and contracts(x1, x2, axes):
        return contract(x1, x2, axes)
    return jnp.tensordot(x1, x2, axes=axes)


def _cross_spec(x1, x2, axisa=-1, axisb=-1, axisc=-1, axis=None) -> Any:
    """Vectors of an unknown number of components count as those of 2, as in Keras."""
    axes = (axisa, axisb, axisc) if axis is None else (axis,) * 3

    def known(x, axis):
        if not symbol.is_symbolic(x) or not x.ndim or x.shape[axis] is not None:
            return x
        shape = list(x.shape)
        shape[axis] = 2
        return symbol.KerasTensor(shape, x.dtype)

    vectors = (known(x1, axes[0]), known(x2, axes[1]))
    return symbol.infer(cross.__wrapped__, (*vectors, *axes))


@op(spec=lambda args, kwargs: _cross_spec(*args, **kwargs))
def cross(
    x1: Tensor,
    x2: Tensor,
    axisa: int = -1,
    axisb: int = -1,
    axisc: int = -1,
    axis: int | None = None,
) -> Array:
    """Vector products of vectors of 2 or 3 components: (..., 3), (..., 3) -> (..., 3).

    `axisa`, `axisb`, `axisc`: their axis in `x1`, `x2` and the result; `axis`: all three.
    """
    return jnp.cross(as_array(x1), as_array(x2), axisa, axisb, axisc, axis)
