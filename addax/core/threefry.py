"""The numbers of `jax.random`, computed by NumPy: no program is compiled for each new shape.

Threefry-2x32 with 20 rounds (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3") in
counter mode: element i of any shape comes from the block (0, i), the layout that JAX has used since
0.5. Uniform numbers equal JAX's bit by bit, normal ones up to rounding.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

BLOCK = 1 << 15  # elements worked on at once: the buffers stay in a core's cache
ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))
PARITY = 0x1BD11BDA
# Bits drawn and kept. Not float16: CPUs with arithmetic of their own for it round otherwise.
BITS = {"float32": (32, 23), "bfloat16": (8, 7)}

# erf_inv(x) = x * p(w), w = -log(1 - x^2), highest power first: in w - 2.5 below w = 5, in
# sqrt(w) - 3 from there on (Giles 2010, "Approximating the erfinv function").
CENTRE = np.array(
    (2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087,
     -0.00125372503, -0.00417768164, 0.246640727, 1.50140941), "float32",
)  # fmt: skip
TAIL = np.array(
    (-0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773,
     -0.0076224613, 0.00943887047, 1.00167406, 2.83297682), "float32",
)  # fmt: skip


def _mix(x: np.ndarray, y: np.ndarray, spare: np.ndarray, rotation: int) -> None:
    x += y
    np.right_shift(y, 32 - rotation, out=spare)
    np.left_shift(y, rotation, out=y)
    y |= spare
    y ^= x


def random_bits(key: Any, start: int, count: int) -> np.ndarray:
    """Elements `start` to `start + count` of the stream of `key` (two uint32), as uint32."""
    first, second = int(key[0]), int(key[1])
    schedule = (first, second, first ^ second ^ PARITY)
    keys = np.array(schedule, "uint32")
    y = np.arange(start, start + count, dtype="uint32")
    x = np.full(count, keys[0])
    spare = np.empty_like(x)
    y += keys[1]
    for i in range(5):
        for rotation in ROTATIONS[i % 2]:
            _mix(x, y, spare, rotation)
        x += keys[(i + 1) % 3]
        y += np.uint32((schedule[(i + 2) % 3] + i + 1) & 0xFFFFFFFF)
    x ^= y
    return x


def _unit(bits: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Numbers in [0, 1), as many bits as the mantissa has."""
    width, mantissa = BITS[dtype.name]
    bits &= np.uint32((1 << width) - 1)
    bits >>= width - mantissa
    unit = bits.astype("float32")
    unit *= np.float32(2.0**-mantissa)
    return unit.astype(dtype, copy=False)


def _between(unit: np.ndarray, low: Any, high: Any) -> np.ndarray:
    if unit.dtype != "float32":
        return np.maximum(unit * (high - low) + low, low)
    # XLA fuses this product and sum into one rounding. In float64 both are exact here.
    wide = unit.astype("float64")
    wide *= np.float64(high - low)
    wide += np.float64(low)
    return np.maximum(wide.astype("float32"), low)


def _polynomial(coefficients: np.ndarray, x: np.ndarray) -> np.ndarray:
    total = np.full_like(x, coefficients[0])
    for c in coefficients[1:]:
        total *= x
        total += c
    return total


def erf_inv(x: np.ndarray) -> np.ndarray:
    """The inverse of the error function in (-1, 1), in float32, rounded to the type of `x`."""
    y = x.astype("float32", copy=False)
    w = -np.log(1 - y * y)
    p = _polynomial(CENTRE, w - np.float32(2.5))
    far = np.flatnonzero(w >= 5)
    p[far] = _polynomial(TAIL, np.sqrt(w[far]) - np.float32(3))
    p *= y
    return p.astype(x.dtype, copy=False)


def _fill(key, shape: tuple, dtype: np.dtype, make: Callable[[np.ndarray], Any]) -> np.ndarray:
    out = np.empty(math.prod(shape), dtype)
    for start in range(0, out.size, BLOCK):
        part = out[start : start + BLOCK]
        part[:] = make(_unit(random_bits(key, start, part.size), dtype))
    return out.reshape(shape)


def uniform(
    key: Any, shape: tuple, dtype: Any = "float32", low: float = 0.0, high: float = 1.0
) -> np.ndarray:
    """Numbers in [low, high)."""
    dtype = np.dtype(dtype)
    ends = dtype.type(low), dtype.type(high)
    return _fill(key, shape, dtype, lambda unit: _between(unit, *ends))


def normal(key: Any, shape: tuple, dtype: Any = "float32") -> np.ndarray:
    """Numbers of mean 0 and deviation 1."""
    dtype = np.dtype(dtype)
    one, root = dtype.type(1), dtype.type(math.sqrt(2))
    lowest = np.nextafter(-one, dtype.type(0))
    return _fill(key, shape, dtype, lambda unit: root * erf_inv(_between(unit, lowest, one)))


def truncated_normal(key: Any, shape: tuple, dtype: Any = "float32") -> np.ndarray:
    """Numbers of a normal distribution cut at two deviations."""
    dtype = np.dtype(dtype)
    two, root = dtype.type(2), dtype.type(math.sqrt(2))
    edge, most = dtype.type(math.erf(float(two / root))), np.nextafter(two, dtype.type(0))

    def make(unit):
        return np.clip(root * erf_inv(_between(unit, -edge, edge)), -most, most)

    return _fill(key, shape, dtype, make)
