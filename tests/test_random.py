"""`addax.random` beside `keras.random`: the same seed, the same bits."""

import jax
import jax.numpy as jnp
import keras
import numpy as np
import pytest

from addax import random
from addax.core.settings import floatx

LOGITS = np.log(np.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]], "float32"))
ROWS = jnp.arange(24, dtype="float32").reshape(4, 6)
DRAWS = [
    ("uniform", ((3, 5),), {}),
    ("uniform", ((7,),), {"minval": -0.3, "maxval": 2.5}),
    ("uniform", ((4, 4),), {"dtype": "float16"}),
    ("normal", ((3, 5),), {}),
    ("normal", ((2, 3),), {"mean": 2.0, "stddev": 0.3, "dtype": "bfloat16"}),
    ("truncated_normal", ((3, 5),), {"mean": -1.0, "stddev": 2.0}),
    ("randint", ((3, 5), 0, 10), {}),
    ("randint", ((3, 5), -4, 100), {"dtype": "uint8"}),
    ("randint", ((3,), 0, 9), {"dtype": None}),
    ("categorical", (LOGITS, 5), {}),
    ("dropout", (ROWS, 0.4), {}),
    ("dropout", (ROWS, 0.4), {"noise_shape": (None, 1)}),
    ("dropout", (ROWS, 0.0), {}),
    ("dropout", (ROWS, 1.0), {}),
    ("shuffle", (ROWS,), {}),
    ("shuffle", (ROWS,), {"axis": 1}),
    ("gamma", ((2, 3), 1.5), {}),
    ("gamma", ((2, 3), np.array([0.5, 1.0, 2.0], "float32")), {}),
    ("binomial", ((2, 3), [4.0, 5.0, 6.0], [0.2, 0.5, 0.9]), {}),
    ("beta", ((2, 3), [0.5, 1.0, 2.0], 1.5), {}),
]


@pytest.mark.parametrize(
    ("name", "args", "kwargs"), DRAWS, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(DRAWS)]
)
def test_draws_are_those_of_keras(name, args, kwargs):
    ours, theirs = getattr(random, name), getattr(keras.random, name)
    a, b = ours(*args, **kwargs, seed=17), theirs(*args, **kwargs, seed=17)
    assert a.dtype == b.dtype
    np.testing.assert_array_equal(np.asarray(a), np.asarray(b))
    mine, other = random.SeedGenerator(3), keras.random.SeedGenerator(3)
    for _ in range(2):
        a, b = ours(*args, **kwargs, seed=mine), theirs(*args, **kwargs, seed=other)
        np.testing.assert_array_equal(np.asarray(a), np.asarray(b))
    np.testing.assert_array_equal(np.asarray(mine.state.value), np.asarray(other.state.value))


def test_every_draw_has_a_row():
    drawn = {n for n, v in vars(random).items() if callable(v) and v.__module__ == random.__name__}
    assert {n for n in drawn if not n.startswith("_")} - {"initial"} == {n for n, _, _ in DRAWS}


def test_no_seed_draws_new_numbers_each_time():
    assert not np.array_equal(random.uniform((8,)), random.uniform((8,)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: random.uniform((2,), dtype="int32"),
            "random.uniform needs a floating point dtype",
        ),
        (lambda: random.randint((2,), 0, 3, dtype="float32"), "needs an integer dtype"),
        (lambda: random.categorical(np.zeros(3), 2), r"\(batch, classes\); received \(3,\)"),
        (lambda: random.normal((2,), seed="a"), "seed is an integer, a SeedGenerator or None"),
    ],
)
def test_errors(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16"])
@pytest.mark.parametrize("name", ["uniform", "normal", "truncated_normal"])
def test_host_draws_are_those_of_the_device(name, dtype, monkeypatch):
    host = random.initial(name, (5, 7), dtype, 11, -0.25, 0.5)
    monkeypatch.setattr(random, "HOST_LIMIT", 0)
    device = random.initial(name, (5, 7), dtype, 11, -0.25, 0.5)
    assert isinstance(host, jax.Array)
    assert host.dtype == device.dtype == jnp.dtype(dtype)
    # A fused multiply-add, which the tests compile without, is all that uniform draws differ by.
    atol = 0 if dtype != "float32" else 1e-7 if name == "uniform" else 1e-6
    np.testing.assert_allclose(host.astype("float32"), device.astype("float32"), atol=atol, rtol=0)


def test_seeded_draws_do_not_compile():
    compiled = []
    listen = lambda event, *_, **__: compiled.append(event)  # noqa: E731
    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        for n in range(3):
            random.initial("truncated_normal", (3, 11 + n), floatx(), n, 0.0, 1.0)
        assert not [event for event in compiled if "compile" in event]
        random.truncated_normal((3, 11), seed=0)
        assert [event for event in compiled if "compile" in event]
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
