"""Schedules beside those of Keras: rates over the steps, configurations, use in optimizers."""

import jax
import keras
import numpy as np
import pytest

from addax import optimizers
from addax.core.variable import Variable
from addax.optimizers import schedules

CASES = [
    ("ExponentialDecay", (0.1, 10, 0.9), {}),
    ("ExponentialDecay", (0.1, 10, 0.9), {"staircase": True, "name": "mine"}),
    ("InverseTimeDecay", (0.1, 10, 0.5), {}),
    ("InverseTimeDecay", (0.1, 10, 0.5), {"staircase": True}),
    ("PiecewiseConstantDecay", ([3, 20, 25], [1.0, 0.5, 0.2, 0.1]), {}),
    ("PiecewiseConstantDecay", ([15.0], [1.0, 0.5]), {}),
    ("PolynomialDecay", (0.1, 20), {}),
    ("PolynomialDecay", (0.1, 10), {"power": 2.0, "cycle": True, "end_learning_rate": 0.01}),
    ("CosineDecay", (0.1, 20), {}),
    ("CosineDecay", (0.1, 20), {"alpha": 0.1}),
    ("CosineDecay", (0.0, 20), {"warmup_target": 0.2, "warmup_steps": 7, "alpha": 0.1}),
    ("CosineDecayRestarts", (0.1, 5), {}),
    ("CosineDecayRestarts", (0.1, 5), {"t_mul": 1.0, "m_mul": 0.8, "alpha": 0.1}),
    ("CosineDecayRestarts", (0.1, 5), {"t_mul": 1.5, "m_mul": 0.8}),
]
STEPS = np.arange(33)


@pytest.mark.parametrize(("name", "args", "kwargs"), CASES, ids=[f"{n}-{k}" for n, _, k in CASES])
def test_rates_are_those_of_keras(name, args, kwargs):
    ours = getattr(schedules, name)(*args, **kwargs)
    theirs = getattr(keras.optimizers.schedules, name)(*args, **kwargs)
    compiled, reference = jax.jit(ours), jax.jit(theirs)
    rates = [float(compiled(np.int32(step))) for step in STEPS]
    expected = [float(reference(np.int32(step))) for step in STEPS]
    np.testing.assert_allclose(rates, expected, rtol=2e-6, atol=1e-8)
    for step in (0, 7):
        assert float(ours(step)) == pytest.approx(expected[step], rel=1e-5, abs=1e-8)
    assert ours.get_config() == theirs.get_config()
    stored = schedules.serialize(ours)
    assert stored == keras.optimizers.schedules.serialize(theirs)
    assert schedules.deserialize(stored).get_config() == ours.get_config()


def test_every_public_name_exists():
    public = {n for n in dir(keras.optimizers.schedules) if not n.startswith("_")}
    covered = {name for name, *_ in CASES} | {"LearningRateSchedule", "serialize", "deserialize"}
    assert public == covered
    assert all(hasattr(schedules, name) for name in public)


def test_an_optimizer_follows_a_schedule():
    schedule = schedules.PiecewiseConstantDecay([0], [1.0, 0.1])
    optimizer, v = optimizers.SGD(schedule), Variable(np.zeros(1, "float32"))
    for expected in (-1.0, -1.1, -1.2):
        optimizer.apply([np.ones(1, "float32")], [v])
        assert v.numpy() == pytest.approx(expected)
    assert float(optimizer.learning_rate) == pytest.approx(0.1)
    assert [x.name for x in optimizer.variables] == ["iteration"]
    again = optimizers.SGD.from_config(optimizer.get_config())
    assert again.get_config() == optimizer.get_config()


def test_a_users_schedule():
    class Half(schedules.LearningRateSchedule):
        def __call__(self, step):
            return 0.5 ** (step + 1)

    assert float(optimizers.SGD(Half()).learning_rate) == 0.5
    with pytest.raises(NotImplementedError, match="must define get_config"):
        Half().get_config()


ERRORS = [
    (lambda: schedules.ExponentialDecay(0.1, 0, 0.5), "decay_steps is positive; received 0"),
    (lambda: schedules.CosineDecayRestarts(0.1, -1), "first_decay_steps is positive"),
    (lambda: schedules.PiecewiseConstantDecay([1, 2], [1.0]), "one value more than boundaries"),
]


@pytest.mark.parametrize(("call", "message"), ERRORS, ids=[m for _, m in ERRORS])
def test_errors(call, message):
    with pytest.raises(ValueError, match=message):
        call()
