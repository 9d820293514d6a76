"""Rematerialization computes the same, and keeps nothing."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import addax
from addax import layers, ops


def count(fn, *args, of="tanh"):
    return str(jax.make_jaxpr(jax.grad(fn))(*args)).count(f" {of} ")


def twice(x, scale=1.0, power=1):
    return jnp.sum(jnp.tanh(jnp.tanh(x * scale)) ** power)


def test_function():
    x = jnp.arange(3.0)
    same = addax.remat(twice)
    assert count(same, x) == 2 * count(twice, x)
    for kwargs in ({}, {"scale": 2.0, "power": 2}, {"scale": addax.Variable(2.0)}):
        fn = lambda f, kw=kwargs: jax.grad(lambda x: f(x, **kw))(x)  # noqa: E731
        np.testing.assert_allclose(fn(same), fn(twice), rtol=1e-6)


def model(mode, **options):
    addax.utils.set_random_seed(3)
    with addax.RematScope("full"), addax.RematScope(mode, **options):
        return addax.Sequential(
            [
                addax.Input((4,)),
                layers.Dense(5, activation="tanh", name="wide", activity_regularizer="l2"),
                layers.BatchNormalization(),
                layers.Dropout(0.5, seed=1),
                layers.Dense(2, activation="tanh", name="narrow"),
            ]
        )


@pytest.mark.parametrize(
    ("mode", "options", "tanhs"),
    [
        (None, {}, 2),
        ("full", {}, 4),
        ("activations", {}, 4),
        ("larger_than", {"output_size_threshold": 35}, 3),
        ("list_of_layers", {"layer_names": ["narrow"]}, 3),
    ],
)
def test_scope(mode, options, tanhs):
    """Losses, moving statistics and seeds come out of the layers as they do without."""
    results = []
    x = np.random.default_rng(0).normal(size=(8, 4)).astype("float32")
    for chosen, given in ((mode, options), (None, {})):
        net = model(chosen, **given)
        weights, others = (
            [v.value for v in vs] for vs in (net.trainable_variables, net.non_trainable_variables)
        )

        def loss(weights, others=others, net=net):
            y, after, losses = net.stateless_call(
                weights, others, x, training=True, return_losses=True
            )
            return ops.sum(y**2) + sum(losses), after

        if given is options:
            assert count(lambda w, f=loss: f(w)[0], weights) >= tanhs
            assert (count(lambda w, f=loss: f(w)[0], weights) > 2) == (mode is not None)
        results.append(jax.tree.leaves(jax.value_and_grad(loss, has_aux=True)(weights)))
    for a, b in zip(*results, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-6)


def test_wrong_mode():
    with pytest.raises(ValueError, match="received 'some'"):
        addax.RematScope("some")
