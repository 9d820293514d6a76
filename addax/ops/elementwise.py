"""Elementwise mathematics, comparisons and logic."""

import jax.numpy as jnp

from addax.core import settings
from addax.core.types import Array, Tensor
from addax.ops.build import (
    as_array,
    as_float,
    as_index,
    as_tensor,
    binary,
    bitwise,
    op,
    unary,
)
from addax.ops.cpu.products import add_bias, is_bias


def _as_wide(x):
    """`as_array`; a Python float counts as an array of `floatx()`."""
    return jnp.asarray(x, settings.floatx()) if type(x) is float else as_array(x)


absolute = abs = unary(jnp.absolute, "Absolute value `|x|`, elementwise; real for complex numbers.")
angle = unary(
    jnp.angle,
    "Angle of complex numbers in the plane, in radians from -pi to pi, elementwise.",
    as_float,
)
arccos = unary(jnp.arccos, "Angle in [0, pi] radians whose cosine is x, elementwise.", as_float)
arccosh = unary(
    jnp.arccosh, "Inverse of cosh, `log(x + sqrt(x**2 - 1))`, elementwise; NaN for x < 1.", as_float
)
arcsin = unary(jnp.arcsin, "Angle in [-pi/2, pi/2] radians whose sine is x, elementwise.", as_float)
arcsinh = unary(jnp.arcsinh, "Inverse of sinh, `log(x + sqrt(x**2 + 1))`, elementwise.", as_float)
arctan = unary(
    jnp.arctan, "Angle in (-pi/2, pi/2) radians whose tangent is x, elementwise.", as_float
)
arctanh = unary(
    jnp.arctanh,
    "Inverse of tanh, `log((1 + x) / (1 - x)) / 2`, elementwise; NaN for |x| > 1.",
    as_float,
)
cbrt = unary(jnp.cbrt, "Cube root of x, elementwise; negative for x < 0.")
ceil = unary(jnp.ceil, "Smallest integer >= x, as a float, elementwise.", as_float)
conjugate = conj = unary(jnp.conjugate, "Complex conjugate `a - bi` of `a + bi`, elementwise.")
cos = unary(jnp.cos, "Cosine of x in radians, elementwise.", as_float)
cosh = unary(jnp.cosh, "Hyperbolic cosine `(exp(x) + exp(-x)) / 2`, elementwise.", as_float)
deg2rad = unary(jnp.deg2rad, "Degrees as radians, `x * pi / 180`, elementwise.")
exp = unary(jnp.exp, "Exponential function `e**x`, elementwise.", as_float)
exp2 = unary(jnp.exp2, "Power of two `2**x`, elementwise.", as_float)
expm1 = unary(jnp.expm1, "`exp(x) - 1` without loss of precision near 0, elementwise.", as_float)
floor = unary(jnp.floor, "Largest integer <= x, as a float, elementwise.", as_float)
i0 = unary(jnp.i0, "Modified Bessel function of the first kind and order 0, elementwise.", as_float)
imag = unary(jnp.imag, "Imaginary part `b` of `a + bi`, elementwise; 0 for real numbers.")
isfinite = unary(
    jnp.isfinite, "Whether x is a finite number, neither infinite nor NaN, elementwise."
)
isinf = unary(jnp.isinf, "Whether x is inf or -inf, elementwise.")
isnan = unary(jnp.isnan, "Whether x is NaN, elementwise.")
isneginf = unary(jnp.isneginf, "Whether x is -inf, elementwise.")
isposinf = unary(jnp.isposinf, "Whether x is +inf, elementwise.")
isreal = unary(jnp.isreal, "Whether the imaginary part of x is 0, elementwise.")
log = unary(jnp.log, "Natural logarithm, elementwise; -inf for 0, NaN for x < 0.")
log10 = unary(jnp.log10, "Logarithm to base 10, elementwise; -inf for 0, NaN for x < 0.")
log1p = unary(jnp.log1p, "`log(1 + x)` without loss of precision near 0, elementwise.")
log2 = unary(jnp.log2, "Logarithm to base 2, elementwise; -inf for 0, NaN for x < 0.")
logical_not = unary(jnp.logical_not, "Whether x is 0 or False, elementwise.")
negative = unary(jnp.negative, "`-x`, elementwise.")
rad2deg = unary(jnp.rad2deg, "Radians as degrees, `x * 180 / pi`, elementwise.")
real = unary(jnp.real, "Real part `a` of `a + bi`, elementwise.")
reciprocal = unary(jnp.reciprocal, "`1 / x`, elementwise, as a float.")
sign = unary(
    jnp.sign,
    "-1, 0 or 1 as x is negative, 0 or positive, elementwise; `x / |x|` for complex numbers.",
)
signbit = unary(jnp.signbit, "Whether x is negative, -0.0 included, elementwise.")
sin = unary(jnp.sin, "Sine of x in radians, elementwise.", as_float)
sinc = unary(jnp.sinc, "`sin(pi x) / (pi x)`, and 1 for x = 0, elementwise.", as_float)
sinh = unary(jnp.sinh, "Hyperbolic sine `(exp(x) - exp(-x)) / 2`, elementwise.", as_float)
sqrt = unary(jnp.sqrt, "Square root, elementwise; NaN for x < 0.")
square = unary(jnp.square, "`x * x`, elementwise.")
tan = unary(jnp.tan, "Tangent of x in radians, elementwise.", as_float)
tanh = unary(
    jnp.tanh, "Hyperbolic tangent `(exp(x) - exp(-x)) / (exp(x) + exp(-x))`, elementwise.", as_float
)
trunc = unary(jnp.trunc, "x without its fraction, rounded towards 0, elementwise.")


def _add(x1: Tensor, x2: Tensor) -> Array:
    return add_bias(x1, x2) if is_bias(x1, x2) else jnp.add(x1, x2)


add = binary(_add, "`x1 + x2`, elementwise.", "add")
arctan2 = binary(
    jnp.arctan2,
    "Angle of the point (x2, x1) in the plane, in radians from -pi to pi, elementwise.",
    rule=_as_wide,
)
divide = binary(jnp.divide, "`x1 / x2`, elementwise; integers give floats.")
equal = binary(jnp.equal, "Whether `x1 == x2`, elementwise.")
floor_divide = binary(jnp.floor_divide, "`floor(x1 / x2)`, elementwise.")
fmax = binary(
    jnp.fmax, "The larger of x1 and x2, elementwise; the number where the other one is NaN."
)
fmin = binary(
    jnp.fmin, "The smaller of x1 and x2, elementwise; the number where the other one is NaN."
)
fmod = binary(jnp.fmod, "Remainder of `x1 / x2` with the sign of x1, elementwise.")
gcd = binary(jnp.gcd, "Greatest common divisor of integers, elementwise.", rule=as_index)
greater = binary(jnp.greater, "Whether `x1 > x2`, elementwise.")
greater_equal = binary(jnp.greater_equal, "Whether `x1 >= x2`, elementwise.")
heaviside = binary(jnp.heaviside, "0 for x1 < 0, x2 for x1 = 0, 1 for x1 > 0, elementwise.")
hypot = binary(jnp.hypot, "`sqrt(x1**2 + x2**2)` without overflow, elementwise.")
lcm = binary(jnp.lcm, "Least common multiple of integers, elementwise.", rule=as_index)
less = binary(jnp.less, "Whether `x1 < x2`, elementwise.")
less_equal = binary(jnp.less_equal, "Whether `x1 <= x2`, elementwise.")
logaddexp = binary(
    jnp.logaddexp, "`log(exp(x1) + exp(x2))` without overflow, elementwise.", rule=_as_wide
)
logaddexp2 = binary(
    jnp.logaddexp2, "`log2(2**x1 + 2**x2)` without overflow, elementwise.", rule=_as_wide
)
logical_and = binary(jnp.logical_and, "Whether both x1 and x2 are true (not 0), elementwise.")
logical_or = binary(jnp.logical_or, "Whether x1 or x2 is true (not 0), elementwise.")
logical_xor = binary(
    jnp.logical_xor, "Whether exactly one of x1 and x2 is true (not 0), elementwise."
)
maximum = binary(jnp.maximum, "The larger of x1 and x2, elementwise; NaN where one is NaN.")
minimum = binary(jnp.minimum, "The smaller of x1 and x2, elementwise; NaN where one is NaN.")
mod = binary(jnp.mod, "Remainder of `x1 / x2` with the sign of x2, elementwise.", name="mod")
multiply = binary(jnp.multiply, "`x1 * x2`, elementwise.")
nextafter = binary(jnp.nextafter, "The float that follows x1 on the way to x2, elementwise.")
not_equal = binary(jnp.not_equal, "Whether `x1 != x2`, elementwise.")
power = binary(jnp.power, "`x1**x2`, elementwise.")
subtract = binary(jnp.subtract, "`x1 - x2`, elementwise.")
true_divide = binary(
    jnp.divide, "`x1 / x2`, elementwise; integers give floats.", name="true_divide"
)

bitwise_and = bitwise(jnp.bitwise_and, "Bits that are 1 in both x and y, elementwise.")
bitwise_or = bitwise(jnp.bitwise_or, "Bits that are 1 in x or y, elementwise.")
bitwise_xor = bitwise(jnp.bitwise_xor, "Bits that differ between x and y, elementwise.")
bitwise_invert = unary(
    jnp.invert,
    "All bits of x changed, `-x - 1` for signed integers, elementwise.",
    as_index,
    "bitwise_invert",
)
bitwise_not = unary(
    jnp.invert,
    "All bits of x changed, `-x - 1` for signed integers, elementwise.",
    as_index,
    "bitwise_not",
)
bitwise_left_shift = bitwise(
    jnp.left_shift, "Bits of x moved `y` places up, `x * 2**y`, elementwise.", "bitwise_left_shift"
)
bitwise_right_shift = bitwise(
    jnp.right_shift,
    "Bits of x moved `y` places down, `floor(x / 2**y)`, elementwise.",
    "bitwise_right_shift",
)
left_shift = bitwise(jnp.left_shift, "Bits of x moved `y` places up, `x * 2**y`, elementwise.")
right_shift = bitwise(
    jnp.right_shift, "Bits of x moved `y` places down, `floor(x / 2**y)`, elementwise."
)


@op
def fabs(x: Tensor) -> Array:
    """`|x|` as a float, elementwise. TypeError for complex numbers."""
    x = as_tensor(x)
    if x.dtype.kind == "c":
        raise TypeError(f"fabs takes real numbers; received dtype {x.dtype.name}.")
    return jnp.fabs(x)


@op
def clip(x: Tensor, x_min: Tensor, x_max: Tensor) -> Array:
    """`min(max(x, x_min), x_max)`, elementwise; booleans give int32."""
    x = as_tensor(x)
    return jnp.clip(x.astype("int32") if x.dtype == bool else x, x_min, x_max)


@op
def divide_no_nan(x1: Tensor, x2: Tensor) -> Array:
    """`x1 / x2`, and 0 where `x2` is 0, elementwise."""
    x1, x2 = as_array(x1), as_array(x2)
    nonzero = jnp.not_equal(x2, 0)
    return jnp.where(nonzero, jnp.divide(x1, jnp.where(nonzero, x2, 1)), 0)


@op
def ldexp(x1: Tensor, x2: Tensor) -> Array:
    """`x1 * 2**x2`, elementwise. TypeError unless `x2` holds integers."""
    x2 = as_tensor(as_index(x2))
    if x2.dtype.kind not in "iu":
        raise TypeError(f"ldexp takes integer exponents; received dtype {x2.dtype.name}.")
    return jnp.ldexp(as_array(x1), x2)


@op
def isclose(
    x1: Tensor, x2: Tensor, rtol: float = 1e-5, atol: float = 1e-8, equal_nan: bool = False
) -> Array:
    """Whether `|x1 - x2| <= atol + rtol * |x2|`, elementwise."""
    return jnp.isclose(as_array(x1), as_array(x2), rtol, atol, equal_nan)


@op
def allclose(
    x1: Tensor, x2: Tensor, rtol: float = 1e-5, atol: float = 1e-8, equal_nan: bool = False
) -> Array:
    """Whether `|x1 - x2| <= atol + rtol * |x2|` for all elements: one boolean."""
    return jnp.allclose(as_array(x1), as_array(x2), rtol, atol, equal_nan)


@op
def nan_to_num(
    x: Tensor, nan: float = 0.0, posinf: float | None = None, neginf: float | None = None
) -> Array:
    """`x` with numbers for NaN, inf and -inf: by default 0 and the largest finite ones."""
    return jnp.nan_to_num(as_array(x), nan=nan, posinf=posinf, neginf=neginf)


@op
def round(x: Tensor, decimals: int = 0) -> Array:
    """`x` rounded to so many decimals, elementwise; halves go to the even neighbour."""
    x = as_tensor(x)
    if decimals >= 0 or x.dtype.kind not in "iu":
        return jnp.round(x, decimals)
    factor = 10.0**decimals
    return (jnp.round(x.astype(settings.floatx()) * factor) / factor).astype(x.dtype)
