"""Host draws beside `jax.random`."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from addax.core import threefry

KEYS = [np.array(k, "uint32") for k in ((0, 0), (1337, 0), (2**32 - 1, 7))]
SHAPES = [(), (0,), (1,), (7,), (3, 5, 7), (threefry.BLOCK + 1,)]
DTYPES = ["float32", "bfloat16"]
CASES = [*itertools.product(KEYS, SHAPES[:-1], DTYPES), (KEYS[1], SHAPES[-1], "float32")]
IDS = [f"{k[0]}-{s}-{d}" for k, s, d in CASES]


def as32(x):
    return np.asarray(x).astype("float32")


@pytest.mark.parametrize(("key", "shape", "dtype"), CASES, ids=IDS)
def test_uniform_is_bit_equal(key, shape, dtype):
    # As in programs: the tests' own level leaves out fused multiply-adds.
    options = {"xla_backend_optimization_level": 3}
    draw = jax.jit(jax.random.uniform, static_argnums=(1, 2), compiler_options=options)
    for low, high in ((0.0, 1.0), (-0.037, 0.037), (0.3, 7.1)):
        theirs = draw(key, shape, dtype, low, high)
        ours = threefry.uniform(key, shape, jnp.dtype(dtype), low, high)
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(as32(ours), as32(theirs))


@pytest.mark.parametrize(("key", "shape", "dtype"), CASES, ids=IDS)
def test_normals_are_equal_up_to_rounding(key, shape, dtype):
    pairs = (
        (jax.random.normal(key, shape, dtype), threefry.normal),
        (jax.random.truncated_normal(key, -2.0, 2.0, shape, dtype), threefry.truncated_normal),
    )
    ulps = 4 if dtype == "float32" else 0
    for theirs, draw in pairs:
        ours = draw(key, shape, jnp.dtype(dtype))
        assert ours.dtype == theirs.dtype
        assert np.all(abs(as32(ours) - as32(theirs)) <= ulps * np.spacing(abs(as32(theirs))))


def test_the_stream_does_not_depend_on_where_it_is_cut():
    whole = threefry.random_bits(KEYS[1], 0, 100)
    np.testing.assert_array_equal(threefry.random_bits(KEYS[1], 60, 40), whole[60:])
