"""The dtypes that ops give, against Keras's, for every dtype that goes in. Nothing is computed."""

import itertools

import jax
import jax.numpy as jnp
import keras
import pytest
from op_rows import function_of

from addax import ops
from addax.core import settings

DTYPES = "bool uint8 uint16 uint32 int8 int16 int32 float16 bfloat16 float32".split()
UNARY = """abs arccos arccosh arcsin arcsinh arctan arctanh argmax argsort cbrt ceil clip cos cosh
    count_nonzero cumprod cumsum deg2rad diff exp exp2 expm1 floor i0 isnan log log10 log1p log2
    logical_not max mean median min nan_to_num negative norm ones_like prod rad2deg reciprocal relu
    round rsqrt sign sin sinc sinh softmax sort sqrt square std sum tan tanh trace trunc var
    average elu gelu sigmoid silu log_softmax nansum nanmean ptp quantile angle fabs
    hard_sigmoid leaky_relu logsumexp moments normalize erf nanvar nanmedian corrcoef""".split()
MORE = {"clip": (0, 1), "quantile": (0.5,), "moments": (0,)}  # further arguments
BINARY = """add arctan2 bitwise_and concatenate divide divide_no_nan dot einsum equal floor_divide
    fmod gcd hypot heaviside inner isclose logaddexp logical_and matmul maximum mod multiply outer
    power stack subtract tensordot true_divide where digitize cross left_shift fmax
    average""".split()
SCALARS = ["add", "multiply", "power", "true_divide", "maximum", "where", "mod", "floor_divide"]
SCALARS += ["logaddexp", "logaddexp2", "fmod", "hypot"]


def outcome(fn, *specs):
    """The dtypes of the results, or "error"."""
    try:
        results = jax.tree.leaves(jax.eval_shape(fn, *specs))
    except (TypeError, ValueError):
        return "error"
    return [r.dtype.name for r in results]


def spec(dtype):
    return jax.ShapeDtypeStruct((3, 3), jnp.dtype(dtype))


def call(fn, name):
    """`fn` of two arrays, with the arguments where this op has them."""
    if name in ("concatenate", "stack"):
        return lambda a, b: fn([a, b])
    if name == "einsum":
        return lambda a, b: fn("ij,jk->ik", a, b)
    if name == "average":
        return lambda a, b: fn(a, weights=b)
    if name == "where":
        return lambda a, b: fn(jnp.ones((3, 3), bool), a, b)
    if name == "digitize":
        return lambda a, b: fn(a, b[0])
    return fn


@pytest.mark.filterwarnings("ignore:.*encountered in cast")
@pytest.mark.parametrize("floatx", ["float32", "float16"])
@pytest.mark.parametrize("name", UNARY)
def test_unary(name, floatx):
    if floatx == "float16" and name in ("i0", "var"):
        pytest.skip("Keras rounds to floatx here; the result stays float32")
    ours, theirs = (function_of(library, name) for library in (ops, keras.ops))
    before = settings.floatx()
    settings.set_floatx(floatx)
    keras.config.set_floatx(floatx)
    try:
        for dtype in DTYPES:
            expected = outcome(lambda x: theirs(x, *MORE.get(name, ())), spec(dtype))
            if expected != "error":
                assert outcome(lambda x: ours(x, *MORE.get(name, ())), spec(dtype)) == expected, (
                    dtype
                )
    finally:
        settings.set_floatx(before)
        keras.config.set_floatx(before)


@pytest.mark.parametrize("name", BINARY)
def test_binary(name):
    ours, theirs = (call(function_of(library, name), name) for library in (ops, keras.ops))
    for pair in itertools.product(DTYPES, DTYPES):
        specs = [spec(dtype) for dtype in pair]
        expected = outcome(theirs, *specs)
        if expected != "error":
            assert outcome(ours, *specs) == expected, pair


@pytest.mark.parametrize("scalar", [2, 2.5, True])
@pytest.mark.parametrize("name", SCALARS)
def test_python_numbers_adapt(name, scalar):
    ours, theirs = (call(function_of(library, name), name) for library in (ops, keras.ops))
    for dtype in DTYPES:
        expected = outcome(lambda x: theirs(x, scalar), spec(dtype))
        if expected != "error":
            assert outcome(lambda x: ours(x, scalar), spec(dtype)) == expected, dtype
        assert outcome(lambda x: theirs(scalar, x), spec(dtype)) == outcome(
            lambda x: ours(scalar, x), spec(dtype)
        ), dtype
