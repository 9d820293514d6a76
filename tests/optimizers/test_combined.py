"""Loss scaling, several optimizers in one, optax transformations."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import keras
import numpy as np
import pytest

from addax import optimizers
from addax.core.scope import name_scope
from addax.core.variable import Variable

START = {"kernel": np.full((2, 3), 0.5, "float32"), "bias": np.zeros(3, "float32")}
GRADS = [[np.full((2, 3), 0.1 * (i + 1), "float32"), np.full(3, -0.2, "float32")] for i in range(5)]
GRADS[2][1][0] = np.inf


def variables(module=None):
    scope, make = (name_scope, Variable) if module is None else (keras.name_scope, keras.Variable)
    with scope("dense"):
        return [make(x, name=n) for n, x in START.items()]


def steps(optimizer, weights, compiled):
    """Weights and state after every gradient, through the pure step or by assigning."""
    optimizer.build(weights)
    history = []
    if not compiled:
        for grads in GRADS:
            optimizer.apply(grads, weights)
            history.append([np.asarray(v.value) for v in (*weights, *optimizer.variables)])
        return history
    step = jax.jit(optimizer.stateless_apply)
    values, state = [v.value for v in weights], [v.value for v in optimizer.variables]
    for grads in GRADS:
        values, state = step(state, grads, values)
        history.append([np.asarray(x) for x in (*values, *state)])
    return history


def scaled(module):
    inner = module.Adam(0.1, name="inner", gradient_accumulation_steps=2)
    return module.LossScaleOptimizer(inner, 8.0, 2, name="outer")


def several(module):
    parts = module.OptimizerMap(module.Adam(name="a"), {".*bias": module.SGD(0.1, name="b")})
    return module.MultiOptimizer(parts, loss_scale_factor=2.0, name="outer")


@pytest.mark.parametrize("compiled", [True, False], ids=["pure", "assigning"])
@pytest.mark.parametrize("make", [scaled, several])
def test_steps_are_those_of_keras(make, compiled):
    ours, theirs = make(optimizers), make(keras.optimizers)
    mine = steps(ours, variables(), compiled)
    for a, b in zip(mine, steps(theirs, variables(keras), True), strict=True):
        for x, y in zip(a, b, strict=True):
            np.testing.assert_allclose(x, y, rtol=1e-5, atol=1e-6)
    assert [v.path for v in ours.variables] == [v.path for v in theirs.variables]
    assert ours.get_config() == theirs.get_config()
    stored = optimizers.serialize(ours)
    assert stored == keras.optimizers.serialize(theirs)
    assert optimizers.deserialize(stored).get_config() == ours.get_config()


def test_loss_scale():
    optimizer = optimizers.LossScaleOptimizer(optimizers.SGD(0.5), initial_scale=4.0)
    assert float(optimizer.scale_loss(2.0)) == 8.0
    optimizer.build(variables())
    assert float(optimizer.scale_loss(2.0)) == 8.0
    assert float(optimizer.learning_rate) == 0.5
    optimizer.lr = 0.25
    assert float(optimizer.lr) == 0.25
    assert float(optimizer.inner_optimizer.learning_rate) == 0.25
    assert int(optimizer.iterations) == 0


def test_parts_of_a_multi_optimizer():
    first, second = optimizers.SGD(), optimizers.Adam()
    parts = optimizers.OptimizerMap(first)
    parts["dense/kernel"] = second
    assert parts["dense/kernel"] is second
    assert parts["other"] is first
    assert dict(parts) == {"dense/kernel": second}
    optimizer = optimizers.MultiOptimizer(parts)
    optimizer.loss_scale_factor = 2.0
    assert first.loss_scale_factor == second.loss_scale_factor == 2.0
    assert optimizer.optimizers == [second, first]
    del parts["dense/kernel"]
    assert len(parts) == 0


def test_a_function_may_choose_the_optimizer():
    kernels, others = optimizers.SGD(0.1, use_ema=True, ema_momentum=0.0), optimizers.SGD(1.0)
    optimizer = optimizers.MultiOptimizer(lambda v: kernels if v.name == "kernel" else others)
    weights = variables()
    optimizer.apply(GRADS[0], weights)
    np.testing.assert_allclose(weights[0].numpy(), 0.49, rtol=1e-6)
    np.testing.assert_allclose(weights[1].numpy(), 0.2, rtol=1e-6)
    optimizer.finalize_variable_values(weights)
    np.testing.assert_allclose(weights[0].numpy(), 0.49, rtol=1e-6)


class State(NamedTuple):
    count: jax.Array
    trace: list
    nothing: None = None


class Transformation(NamedTuple):
    """What optax calls `GradientTransformation`."""

    init: object
    update: object


def momentum(rate, decay):
    """optax.sgd(rate, decay), with a counter and an empty state as other transformations have."""

    def init(params):
        return State(jnp.zeros((), "int32"), [jnp.zeros_like(p) for p in params])

    def update(grads, state, params):
        assert len(params) == len(grads)
        trace = [g + decay * m for g, m in zip(grads, state.trace, strict=True)]
        return [-rate * m for m in trace], State(state.count + 1, trace)

    return Transformation(init, update)


@pytest.mark.parametrize("compiled", [True, False], ids=["pure", "assigning"])
def test_an_optax_transformation(compiled):
    optimizer = optimizers.get(momentum(0.1, 0.9))
    mine = steps(optimizer, variables(), compiled)
    reference = steps(optimizers.SGD(0.1, momentum=0.9), variables(), True)
    for a, b in zip(mine, reference, strict=True):
        for x, y in zip(a[:2], b[:2], strict=True):
            np.testing.assert_allclose(x, y, rtol=1e-5)
    names = ["iteration", "learning_rate", "state_0", "state_1", "state_2"]
    assert [v.name for v in optimizer.variables] == names
    with pytest.raises(NotImplementedError, match="can't be stored"):
        optimizer.get_config()


def test_an_optax_transformation_without_some_gradients():
    optimizer, weights = optimizers.get(momentum(0.1, 0.9)), variables()
    with pytest.warns(UserWarning, match="dense/bias"):
        optimizer.apply([GRADS[0][0], None], weights)
    np.testing.assert_allclose(weights[0].numpy(), 0.49, rtol=1e-6)
    np.testing.assert_array_equal(weights[1].numpy(), START["bias"])


def ambiguous():
    adam = optimizers.Adam()
    return optimizers.OptimizerMap(adam, {".*kernel": adam, "dense.*": adam})["dense/kernel"]


ERRORS = [
    (lambda: optimizers.LossScaleOptimizer("adam"), TypeError, "received 'adam'"),
    (
        lambda: optimizers.LossScaleOptimizer(optimizers.SGD(), dynamic=False),
        ValueError,
        "loss_scale_factor",
    ),
    (
        lambda: optimizers.LossScaleOptimizer(optimizers.SGD(), clipnorm=1.0),
        ValueError,
        "Set clipnorm=1.0 on the inner optimizer",
    ),
    (lambda: optimizers.OptimizerMap("adam"), TypeError, "received 'adam'"),
    (lambda: optimizers.OptimizerMap(optimizers.SGD(), []), TypeError, "is a dictionary"),
    (ambiguous, ValueError, "matches several expressions"),
    (lambda: several(optimizers).learning_rate, AttributeError, "see `optimizers`"),
    (
        lambda: setattr(several(optimizers), "learning_rate", 0.1),
        AttributeError,
        "learning rates of the parts",
    ),
    (
        lambda: optimizers.OptimizerMap(optimizers.SGD()).__setitem__("a", scaled(optimizers)),
        ValueError,
        "LossScaleOptimizer can't be part",
    ),
    (
        lambda: optimizers.OptimizerMap(optimizers.SGD(), {"a": several(optimizers)}),
        ValueError,
        "MultiOptimizer can't be part",
    ),
    (
        lambda: optimizers.OptimizerMap(optimizers.SGD()).__setitem__(3, optimizers.SGD()),
        ValueError,
        "received 3",
    ),
    (
        lambda: optimizers.MultiOptimizer(lambda v: None).build(variables()),
        TypeError,
        "received None",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), ERRORS, ids=[m for *_, m in ERRORS])
def test_errors(call, error, message):
    with pytest.raises(error, match=message):
        call()
