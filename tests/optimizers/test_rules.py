"""Every optimizer beside that of Keras: values over five steps, state, configurations."""

import jax
import keras
import numpy as np
import pytest

from addax import optimizers
from addax.constraints import MaxNorm
from addax.core.scope import name_scope
from addax.core.variable import Variable

random = np.random.default_rng(0)
SHAPES = {"kernel": (3, 4), "bias": (4,)}
START = {n: random.normal(size=s).astype("float32") for n, s in SHAPES.items()}
GRADS = [[random.normal(size=s).astype("float32") for s in SHAPES.values()] for _ in range(5)]
CASES = [
    ("SGD", {}),
    ("SGD", {"momentum": 0.9}),
    ("SGD", {"momentum": 0.9, "nesterov": True, "weight_decay": 0.1}),
    ("SGD", {"clipnorm": 0.5}),
    ("SGD", {"global_clipnorm": 0.5}),
    ("SGD", {"clipvalue": 0.3, "loss_scale_factor": 4.0}),
    ("SGD", {"use_ema": True, "ema_momentum": 0.8}),
    ("SGD", {"use_ema": True, "ema_momentum": 0.8, "ema_overwrite_frequency": 2}),
    ("SGD", {"gradient_accumulation_steps": 2, "momentum": 0.9, "clipnorm": 1.0}),
    ("RMSprop", {}),
    ("RMSprop", {"momentum": 0.5, "centered": True, "epsilon": 0.01}),
    ("Adam", {}),
    ("Adam", {"amsgrad": True, "learning_rate": 0.1, "epsilon": 1e-3}),
    ("Adam", {"gradient_accumulation_steps": 2, "use_ema": True}),
    ("AdamW", {}),
    ("AdamW", {"weight_decay": 0.2, "beta_1": 0.5}),
    ("Adadelta", {"learning_rate": 1.0}),
    ("Adagrad", {"initial_accumulator_value": 0.0, "learning_rate": 0.1}),
    ("Adamax", {}),
    ("Adafactor", {}),
    ("Adafactor", {"relative_step": False, "learning_rate": 0.5, "use_ema": True}),
    ("Nadam", {}),
    ("Nadam", {"gradient_accumulation_steps": 2}),
    ("Ftrl", {}),
    ("Ftrl", {"l1_regularization_strength": 0.1, "l2_regularization_strength": 0.2, "beta": 0.1}),
    ("Ftrl", {"l2_shrinkage_regularization_strength": 0.2, "learning_rate_power": -0.7}),
    ("Lion", {}),
    ("Lamb", {}),
    ("Lamb", {"weight_decay": 0.1}),
    ("Muon", {}),
    ("Muon", {"nesterov": False, "rms_rate": None, "exclude_layers": ["nothing"], "ns_steps": 3}),
    ("Muon", {"exclude_layers": ["kernel"], "adam_lr_ratio": 0.5}),
    ("ScheduleFreeAdamW", {}),
    ("ScheduleFreeAdamW", {"warmup_steps": 3, "learning_rate": 0.1}),
]
IDS = [f"{name}-{kwargs}" for name, kwargs in CASES]


def our_variables(**attributes):
    with name_scope("dense"):
        variables = [Variable(x, name=n) for n, x in START.items()]
    for v in variables:
        for attribute, value in attributes.items():
            setattr(v, attribute, value)
    return variables


def their_variables():
    with keras.name_scope("dense"):
        return [keras.Variable(x, name=n) for n, x in START.items()]


def run(optimizer, variables, grads):
    """The weights and the state after each step of `stateless_apply`, compiled once."""
    optimizer.build(variables)
    step = jax.jit(lambda s, g, w: optimizer.stateless_apply(s, g, w))
    weights = [v.value for v in variables]
    state = [v.value for v in optimizer.variables]
    history = []
    for g in grads:
        weights, state = step(state, g, weights)
        history.append([np.asarray(x) for x in (*weights, *state)])
    return history


def both(name, kwargs):
    ours = getattr(optimizers, name)(**kwargs, name="optimizer")
    return ours, getattr(keras.optimizers, name)(**kwargs, name="optimizer")


@pytest.mark.parametrize(("name", "kwargs"), CASES, ids=IDS)
def test_weights_and_state_are_those_of_keras(name, kwargs):
    ours, theirs = both(name, kwargs)
    history = run(ours, our_variables(), GRADS)
    for mine, other in zip(history, run(theirs, their_variables(), GRADS), strict=True):
        for a, b in zip(mine, other, strict=True):
            np.testing.assert_allclose(a, b, rtol=2e-6, atol=1e-6)
    for v, reference in zip(ours.variables, theirs.variables, strict=True):
        assert (v.shape, v.dtype) == (tuple(reference.shape), reference.dtype)
        unnamed = reference.path.split("_")[0] in ("variable", "bias")  # numbered as they come
        assert v.path == reference.path or unnamed


@pytest.mark.parametrize(("name", "kwargs"), CASES, ids=IDS)
def test_assigning_equals_the_pure_step(name, kwargs):
    pure = run(getattr(optimizers, name)(**kwargs), our_variables(), GRADS[:2])[-1]
    variables, optimizer = our_variables(), getattr(optimizers, name)(**kwargs)
    for grads in GRADS[:2]:
        optimizer.apply(grads, variables)
    now = [v.numpy() for v in (*variables, *optimizer.variables)]
    for a, b in zip(now, pure, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("name", "kwargs"), CASES, ids=IDS)
def test_configuration_is_that_of_keras(name, kwargs):
    ours, theirs = both(name, kwargs)
    assert ours.get_config() == theirs.get_config()
    assert optimizers.serialize(ours) == keras.optimizers.serialize(theirs)
    again = optimizers.deserialize(keras.optimizers.serialize(theirs))
    assert type(again) is type(ours)
    assert again.get_config() == ours.get_config()


def test_constraints_follow_the_update():
    variables = our_variables(constraint=MaxNorm(0.5))
    optimizers.SGD(0.1).apply(GRADS[0], variables)
    for v, start, g in zip(variables, START.values(), GRADS[0], strict=True):
        np.testing.assert_allclose(v.numpy(), MaxNorm(0.5)(start - 0.1 * g), rtol=1e-5)


@pytest.mark.parametrize("name", ["Adam", "SGD", "Lion", "Nadam", "Muon"])
def test_half_precision_weights_take_the_steps_of_full_precision(name):
    half = [Variable(x, dtype="bfloat16", name=n) for n, x in START.items()]
    steps = [run(getattr(optimizers, name)(0.1), v, GRADS) for v in (half, our_variables())]
    for a, b in zip(steps[0][-1][:2], steps[1][-1][:2], strict=True):
        assert a.dtype == "bfloat16"
        np.testing.assert_allclose(a.astype("float32"), b, rtol=0.02, atol=0.03)
