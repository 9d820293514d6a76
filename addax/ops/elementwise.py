"""Elementwise mathematics, comparisons and logic."""

import jax.numpy as jnp

from addax.core import settings
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


def _as_wide(x):
    """`as_array`; a Python float counts as an array of `floatx()`."""
    return jnp.asarray(x, settings.floatx()) if type(x) is float else as_array(x)


absolute = abs = unary(jnp.absolute)
angle = unary(jnp.angle, as_float)
arccos = unary(jnp.arccos, as_float)
arccosh = unary(jnp.arccosh, as_float)
arcsin = unary(jnp.arcsin, as_float)
arcsinh = unary(jnp.arcsinh, as_float)
arctan = unary(jnp.arctan, as_float)
arctanh = unary(jnp.arctanh, as_float)
cbrt = unary(jnp.cbrt)
ceil = unary(jnp.ceil, as_float)
conjugate = conj = unary(jnp.conjugate)
cos = unary(jnp.cos, as_float)
cosh = unary(jnp.cosh, as_float)
deg2rad = unary(jnp.deg2rad)
exp = unary(jnp.exp, as_float)
exp2 = unary(jnp.exp2, as_float)
expm1 = unary(jnp.expm1, as_float)
floor = unary(jnp.floor, as_float)
i0 = unary(jnp.i0, as_float)
imag = unary(jnp.imag)
isfinite = unary(jnp.isfinite)
isinf = unary(jnp.isinf)
isnan = unary(jnp.isnan)
isneginf = unary(jnp.isneginf)
isposinf = unary(jnp.isposinf)
isreal = unary(jnp.isreal)
log = unary(jnp.log)
log10 = unary(jnp.log10)
log1p = unary(jnp.log1p)
log2 = unary(jnp.log2)
logical_not = unary(jnp.logical_not)
negative = unary(jnp.negative)
rad2deg = unary(jnp.rad2deg)
real = unary(jnp.real)
reciprocal = unary(jnp.reciprocal)
sign = unary(jnp.sign)
signbit = unary(jnp.signbit)
sin = unary(jnp.sin, as_float)
sinc = unary(jnp.sinc, as_float)
sinh = unary(jnp.sinh, as_float)
sqrt = unary(jnp.sqrt)
square = unary(jnp.square)
tan = unary(jnp.tan, as_float)
tanh = unary(jnp.tanh, as_float)
trunc = unary(jnp.trunc)

add = binary(jnp.add)
arctan2 = binary(jnp.arctan2, rule=_as_wide)
divide = binary(jnp.divide)
equal = binary(jnp.equal)
floor_divide = binary(jnp.floor_divide)
fmax = binary(jnp.fmax)
fmin = binary(jnp.fmin)
fmod = binary(jnp.fmod)
gcd = binary(jnp.gcd, rule=as_index)
greater = binary(jnp.greater)
greater_equal = binary(jnp.greater_equal)
heaviside = binary(jnp.heaviside)
hypot = binary(jnp.hypot)
lcm = binary(jnp.lcm, rule=as_index)
less = binary(jnp.less)
less_equal = binary(jnp.less_equal)
logaddexp = binary(jnp.logaddexp, rule=_as_wide)
logaddexp2 = binary(jnp.logaddexp2, rule=_as_wide)
logical_and = binary(jnp.logical_and)
logical_or = binary(jnp.logical_or)
logical_xor = binary(jnp.logical_xor)
maximum = binary(jnp.maximum)
minimum = binary(jnp.minimum)
mod = binary(jnp.mod, name="mod")
multiply = binary(jnp.multiply)
nextafter = binary(jnp.nextafter)
not_equal = binary(jnp.not_equal)
power = binary(jnp.power)
subtract = binary(jnp.subtract)
true_divide = binary(jnp.divide, name="true_divide")

bitwise_and = bitwise(jnp.bitwise_and)
bitwise_or = bitwise(jnp.bitwise_or)
bitwise_xor = bitwise(jnp.bitwise_xor)
bitwise_invert = unary(jnp.invert, as_index, "bitwise_invert")
bitwise_not = unary(jnp.invert, as_index, "bitwise_not")
bitwise_left_shift = bitwise(jnp.left_shift, "bitwise_left_shift")
bitwise_right_shift = bitwise(jnp.right_shift, "bitwise_right_shift")
left_shift = bitwise(jnp.left_shift)
right_shift = bitwise(jnp.right_shift)


@op
def fabs(x):
    """`|x|` of real numbers, as floats. TypeError for complex ones."""
    x = as_tensor(x)
    if x.dtype.kind == "c":
        raise TypeError(f"fabs takes real numbers; received dtype {x.dtype.name}.")
    return jnp.fabs(x)


@op
def clip(x, x_min, x_max):
    """`x` limited to `[x_min, x_max]`."""
    x = as_tensor(x)
    return jnp.clip(x.astype("int32") if x.dtype == bool else x, x_min, x_max)


@op
def divide_no_nan(x1, x2):
    """`x1 / x2`, and 0 where `x2` is 0."""
    x1, x2 = as_array(x1), as_array(x2)
    nonzero = jnp.not_equal(x2, 0)
    return jnp.where(nonzero, jnp.divide(x1, jnp.where(nonzero, x2, 1)), 0)


@op
def ldexp(x1, x2):
    """`x1 * 2**x2`. TypeError unless `x2` holds integers."""
    x2 = as_tensor(as_index(x2))
    if x2.dtype.kind not in "iu":
        raise TypeError(f"ldexp takes integer exponents; received dtype {x2.dtype.name}.")
    return jnp.ldexp(as_array(x1), x2)


@op
def isclose(x1, x2, rtol=1e-5, atol=1e-8, equal_nan=False):
    """Whether `|x1 - x2| <= atol + rtol * |x2|`, elementwise."""
    return jnp.isclose(as_array(x1), as_array(x2), rtol, atol, equal_nan)


@op
def allclose(x1, x2, rtol=1e-5, atol=1e-8, equal_nan=False):
    """Whether `isclose` holds everywhere."""
    return jnp.allclose(as_array(x1), as_array(x2), rtol, atol, equal_nan)


@op
def nan_to_num(x, nan=0.0, posinf=None, neginf=None):
    """`x` with NaN and the infinities replaced (by the largest finite numbers, where None)."""
    return jnp.nan_to_num(as_array(x), nan=nan, posinf=posinf, neginf=neginf)


@op
def round(x, decimals=0):
    """`x` rounded to the nearest; halves go to the even neighbour."""
    x = as_tensor(x)
    if decimals >= 0 or x.dtype.kind not in "iu":
        return jnp.round(x, decimals)
    factor = 10.0**decimals
    return (jnp.round(x.astype(settings.floatx()) * factor) / factor).astype(x.dtype)
