"""`GradientTape` equals `jax.grad`, whatever is computed in its block."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import addax
from addax import GradientTape, layers, ops

X = jnp.array([0.5, 1.5, -2.0])
M = jnp.arange(6.0).reshape(2, 3) / 5

FUNCTIONS = {
    "operators": lambda x: ((3 - x) ** 2 * x / 2 + abs(x)).sum(),
    "slices": lambda x: x[0] * x[1:].sum() + x[-1],
    "jnp": lambda x: jnp.sum(jnp.sin(x) * jnp.exp(x)) + jnp.linalg.norm(x),
    "ops": lambda x: ops.sum(ops.softmax(x) * ops.square(x)) + ops.logsumexp(x),
    "matmul": lambda x: ops.sum(ops.matmul(M, x) ** 2),
    "own derivative": lambda x: ops.sum(ops.relu(x) * ops.silu(x) + ops.softplus(x)),
    "where": lambda x: ops.sum(ops.where(x > 0, x**2, -x)),
    "cast": lambda x: ops.sum(ops.cast(x, "bfloat16") * 2).astype("float32"),
    "compiled": lambda x: jax.jit(lambda v: jnp.cos(v).sum())(x) * x[0],
    "loop": lambda x: sum(x * i for i in range(4)).sum(),
    "scan": lambda x: jax.lax.scan(lambda c, v: (c * v, c), 1.0, x)[0],
    "cond": lambda x: ops.cond(x[0] > 0, lambda: ops.sum(x * x), lambda: ops.sum(x)),
    "reshape and concatenate": lambda x: (ops.concatenate([x, x * 2]).reshape(3, 2)[1] ** 2).sum(),
    "convolution": lambda x: ops.sum(
        ops.conv(x.reshape(1, 3, 1), jnp.ones((2, 1, 2)), padding="same") ** 2
    ),
    "loss": lambda x: addax.losses.BinaryCrossentropy(from_logits=True)(jnp.ones((1, 3)), x[None]),
    "inner gradient": lambda x: jnp.sum(jax.grad(lambda v: jnp.sum(v**3))(x)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradients_of(name):
    function = FUNCTIONS[name]
    with GradientTape() as tape:
        tape.watch(X)
        y = function(X)
    np.testing.assert_allclose(tape.gradient(y, X), jax.grad(function)(X), rtol=1e-6)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradients_inside_compiled_programs(name):
    function = FUNCTIONS[name]

    @jax.jit
    def compiled(x):
        with GradientTape() as tape:
            tape.watch(x)
            y = function(x)
        return tape.gradient(y, x)

    np.testing.assert_allclose(compiled(X), jax.grad(function)(X), rtol=1e-5)


def test_variables_are_watched_when_they_are_read():
    trained = addax.Variable(np.array([1.0, 2.0], "float32"))
    fixed = addax.Variable(np.float32(3.0), trainable=False)
    unused = addax.Variable(np.float32(1.0))
    with GradientTape() as tape:
        y = (trained**2 * fixed).sum() + trained[0]
    assert [v is trained for v in tape.watched_variables()] == [True]
    found = tape.gradient(y, {"a": [trained, fixed], "b": unused})
    np.testing.assert_allclose(found["a"][0], [7, 12])
    assert found["a"][1] is None and found["b"] is None


def test_watch_accessed_variables_off():
    a, b = (addax.Variable(np.float32(2.0)) for _ in range(2))
    with GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(b)
        y = a * b * b
    first, second = tape.gradient(y, [a, b])
    assert first is None and float(second) == 8


def test_what_is_not_connected_is_none_or_zero():
    x, other = jnp.ones(3), jnp.ones((2, 2))
    with GradientTape(persistent=True) as tape:
        tape.watch([x, other])
        y = (x * jax.lax.stop_gradient(x)).sum()
    assert tape.gradient(y, other) is None
    zero = tape.gradient(y, other, unconnected_gradients="zero")
    np.testing.assert_array_equal(zero, np.zeros((2, 2)))
    np.testing.assert_array_equal(tape.gradient(y, x), np.ones(3))
    assert tape.gradient(y, jnp.ones(3)) is None  # not watched


def test_several_targets_and_output_gradients():
    x = jnp.array([1.0, 2.0])
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        a, b = x**2, 3 * x
    np.testing.assert_allclose(tape.gradient([a, b], x), 2 * x + 3)
    weights = jnp.array([1.0, 10.0])
    np.testing.assert_allclose(tape.gradient(a, x, output_gradients=weights), [2, 40])
    weights = [jnp.array([1.0, 0.0]), jnp.array([0.0, 2.0])]
    np.testing.assert_allclose(tape.gradient([a, b], x, output_gradients=weights), [2, 6])


def test_second_order_and_a_penalty_of_gradients():
    x = jnp.array([1.0, 2.0])
    with GradientTape() as outer:
        outer.watch(x)
        with GradientTape() as inner:
            inner.watch(x)
            y = (x**3).sum()
        slope = inner.gradient(y, x)
        penalty = ((ops.norm(slope) - 1) ** 2).sum()
    wanted = jax.grad(lambda v: (jnp.linalg.norm(3 * v**2) - 1) ** 2)(x)
    np.testing.assert_allclose(outer.gradient(penalty, x), wanted, rtol=1e-6)


def test_jacobians():
    x = jnp.arange(6.0).reshape(3, 2)
    w = addax.Variable(np.arange(8.0, dtype="float32").reshape(2, 4))
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = ops.sin(x @ w.value)
    function = lambda v: jnp.sin(v @ w.value)  # noqa: E731
    whole = jax.jacrev(function)(x)
    np.testing.assert_allclose(tape.jacobian(y, x), whole, rtol=1e-5)
    np.testing.assert_allclose(
        tape.jacobian(y, [w])[0], jax.jacrev(lambda k: jnp.sin(x @ k))(w.value), rtol=1e-5
    )
    each = np.stack([whole[i, :, i] for i in range(3)])
    np.testing.assert_allclose(tape.batch_jacobian(y, x), each, rtol=1e-5)
    assert tape.jacobian(y, jnp.ones(2)) is None


def test_stop_recording_and_reset():
    x = jnp.array(3.0)
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
        with tape.stop_recording():
            z = y * x
        u = y + z
    assert float(tape.gradient(u, x)) == 6 and tape.gradient(z, x) is None
    tape.reset()
    assert tape.gradient(y, x) is None


def test_one_gradient_unless_it_is_persistent():
    x = jnp.array(3.0)
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
    tape.gradient(y, x)
    with pytest.raises(RuntimeError, match="persistent=True"):
        tape.gradient(y, x)


def test_models_and_optimizers():
    addax.utils.set_random_seed(1)
    model = addax.Sequential(
        [addax.Input((4,)), layers.Dense(8, "relu"), layers.BatchNormalization(), layers.Dense(1)]
    )
    x = np.random.default_rng(0).normal(size=(16, 4)).astype("float32")
    y = x.sum(1, keepdims=True)
    loss_fn, optimizer = addax.losses.MeanSquaredError(), addax.optimizers.SGD(0.1)
    before = model.layers[1].moving_mean.numpy()
    weights = [w.value for w in model.trainable_weights]

    def loss_of(values):
        rest = [w.value for w in model.non_trainable_weights]
        return loss_fn(y, model.stateless_call(values, rest, x, training=True)[0])

    wanted = jax.grad(loss_of)(weights)
    with GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_weights)
    for one, other in zip(grads, wanted, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-6)
    assert not np.array_equal(before, model.layers[1].moving_mean.numpy())
    optimizer.apply_gradients(zip(grads, model.trainable_weights, strict=True))
    assert float(loss_fn(y, model(x))) < float(loss)


def test_gradients_by_inputs_of_a_model():
    model = addax.Sequential([addax.Input((3,)), layers.Dense(4, "tanh"), layers.Dense(1)])
    x = jnp.ones((2, 3))
    with GradientTape() as tape:
        tape.watch(x)
        y = model(x)
    wanted = jax.grad(lambda v: jnp.sum(model(v)))(x)
    np.testing.assert_allclose(tape.gradient(y, x), wanted, rtol=1e-5)


def test_nothing_stays_behind():
    from jax._src import core

    from addax.core.variable import readers

    with pytest.raises(KeyError), GradientTape():
        raise KeyError("mine")
    assert core.trace_ctx.trace is core.eval_trace and not readers


ERRORS = [
    (lambda t: t.watch("a"), ValueError, "Only tensors and variables"),
    (lambda t: t.watch(jnp.arange(3)), ValueError, "floating-point tensors.*int32"),
    (lambda t: t.__enter__(), ValueError, "recording already"),
    (lambda t: t.gradient(X, X, unconnected_gradients="one"), ValueError, "none, zero.*'one'"),
    (lambda t: t.jacobian(X, X, unconnected_gradients="one"), ValueError, "none, zero.*'one'"),
]


@pytest.mark.parametrize("act, kind, words", ERRORS)
def test_errors(act, kind, words):
    with GradientTape() as tape, pytest.raises(kind, match=words):
        act(tape)


def test_a_gradient_that_would_be_lost_raises():
    w = jnp.array([1.0, 2.0])
    inner = jax.jit(lambda v: (v * w).sum())
    with GradientTape() as tape:
        tape.watch([X, w])
        y = inner(X[:2]) + w.sum()
    with pytest.raises(ValueError, match="constant, so its gradient would be lost"):
        tape.gradient(y, w)
    with GradientTape() as tape:
        tape.watch([X, w])
        inner(X[:2])
        y = w.sum()
    np.testing.assert_array_equal(tape.gradient(y, w), [1, 1])  # the constant is not on the way
    outside = GradientTape().stop_recording()
    with pytest.raises(ValueError, match="inside the tape's block"), outside:
        pass
