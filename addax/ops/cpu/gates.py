"""The gates of recurrent cells on CPUs: one product for input and state, one tanh for all gates."""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from addax.ops.cpu import thresholds
from addax.ops.cpu.platform import on_cpu
from addax.ops.cpu.products import product
from addax.ops.cpu.strategy import Primitive, Strategy


class Step(NamedTuple):
    """The case of a step: examples, and weights of input and state."""

    batch: int
    weights: int


def _one_product_pays(step: Step) -> bool:
    small = step.weights <= thresholds.MOST_WEIGHTS
    return step.batch * step.weights > thresholds.LEAST_WORK and small


# run(step, kernel, recurrent) gives the function of input and state
SIDE_BY_SIDE = Primitive(
    "products of a recurrent step",
    lambda step, kernel, recurrent: None,
    (
        Strategy(
            "side by side",
            _one_product_pays,
            lambda step, kernel, recurrent: _joined(jnp.concatenate([kernel, recurrent])),
            "one product for input and state: XLA gives small ones to one core",
        ),
    ),
)


def _joined(both) -> Callable:
    return lambda x, h: product(jnp.concatenate([x, h], -1), both)


def side_by_side(batch: int, kernel: Any, recurrent: Any) -> Callable | None:
    """`f(x, h) = x @ kernel + h @ recurrent` as one product, or None where two are as good."""
    step = Step(batch, kernel.size + recurrent.size)
    return SIDE_BY_SIDE.on_cpu(step, kernel, recurrent) if on_cpu() else None


# tanh as a rational function of x^2 times x. The coefficients, from the lowest, are a least-squares
# fit to 1.5e-9 up to 7.9; what tanh still grows beyond is five units in the last place.
TANH_ENDS = 7.9
ABOVE = (
    0.999999998, 0.131281367, 3.15365333e-3, 1.16895777e-5, -2.25256801e-8, 6.48290809e-11,
    -1.19245891e-13,
)  # fmt: skip
BELOW = (1.0, 0.464614685, 0.0246919092, 2.61933961e-4)


@jax.custom_jvp
def _shared_tanh(x):
    x = jnp.clip(x, -TANH_ENDS, TANH_ENDS)
    return x * _polynomial(ABOVE, x * x) / _polynomial(BELOW, x * x)


@_shared_tanh.defjvp
def _shared_tanh_tangent(primals, tangents):
    y = _shared_tanh(*primals)
    return y, (1 - y * y) * tangents[0]


def _polynomial(coefficients, x):
    return functools.reduce(lambda y, c: y * x + c, reversed(coefficients))


# A case is the number of elements and the dtype.
TANH = Primitive(
    "tanh of gates",
    lambda case, x: jnp.tanh(x),
    (
        Strategy(
            "rational function",
            lambda case: case[0] >= thresholds.LEAST_SHARED and case[1] == jnp.float32,
            lambda case, x: _shared_tanh(x),
            "XLA shares it between the cores, and sees no arithmetic to share in its own tanh",
        ),
    ),
)


def squash(z: Any, sigmoids: tuple[bool, ...]) -> list:
    """`z` (..., gates * units) split into gates, each through its sigmoid or its tanh.

    One tanh serves all, as sigmoid(x) = (1 + tanh(x / 2)) / 2: a loop over a whole array is
    several times as fast on CPUs as one over its slices.
    """
    units = z.shape[-1] // len(sigmoids)
    scale = np.repeat([0.5 if s else 1.0 for s in sigmoids], units)
    squashed = TANH((z.size, z.dtype), z * scale.astype(z.dtype))
    parts = jnp.split(squashed, len(sigmoids), -1)
    return [0.5 + 0.5 * p if s else p for p, s in zip(parts, sigmoids, strict=True)]
