"""A `train_step(self, data)` that assigns to variables, as programs for TensorFlow write it."""

from functools import cache

import numpy as np
import pytest
from training.regression import X, Y

import addax
from addax import GradientTape, Input, Model, layers, ops


class Taught(Model):
    """Own metrics, own loss."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mean = addax.metrics.Mean(name="loss")
        self.error = addax.metrics.MeanAbsoluteError(name="mae")

    @property
    def metrics(self):
        return [self.mean, self.error]

    def train_step(self, data):
        x, y = data
        with GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = ops.mean((y - y_pred) ** 2)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables, strict=True))
        self.mean.update_state(loss)
        self.error.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        y_pred = self(x, training=False)
        self.mean.update_state(ops.mean((y - y_pred) ** 2))
        self.error.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


class AsKeras2(Model):
    """What `compile` was given, by its names in Keras 2."""

    def train_step(self, data):
        x, y = data
        with GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred, regularization_losses=self.losses)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(grads, self.trainable_variables)
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


class AsKeras3(Model):
    """What `compile` was given, by its names in Keras 3."""

    def train_step(self, data):
        x, y = data
        with GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(grads, self.trainable_variables)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


@cache
def trained(kind, eager=False):
    addax.utils.set_random_seed(3)
    inputs = Input((4,))
    x = layers.BatchNormalization()(layers.Dense(6, "relu")(inputs))
    model = kind(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse", metrics=["mae"], run_eagerly=eager)
    history = model.fit(X[:48], Y[:48], batch_size=16, epochs=2, verbose=0)
    return model, history.history


@pytest.mark.parametrize("kind", [Taught, AsKeras2, AsKeras3])
@pytest.mark.parametrize("eager", [False, True])
def test_steps_train_as_fit_does(kind, eager):
    wanted, history = trained(Model)
    model, found = trained(kind, eager)
    assert found.keys() == history.keys()
    for name, values in history.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-4)
    for one, other in zip(model.get_weights(), wanted.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-5)


def test_evaluate_by_a_step_of_the_user_s():
    model, _ = trained(Taught)
    wanted = ops.mean((Y - model(X)) ** 2)
    np.testing.assert_allclose(model.evaluate(X, Y, batch_size=50, verbose=0)[0], wanted, rtol=1e-5)


class Adversaries(Model):
    """Two models, optimizers and tapes; metrics; a seed; no `call`."""

    def __init__(self):
        super().__init__()
        self.judge = addax.Sequential([Input((4,)), layers.Dense(4, "relu"), layers.Dense(1)])
        self.maker = addax.Sequential([Input((4,)), layers.Dense(4, "relu"), layers.Dense(4)])
        self.seed = addax.random.SeedGenerator(1)

    def compile(self, judge_optimizer, maker_optimizer, loss_fn):
        super().compile()
        self.judge_optimizer, self.maker_optimizer = judge_optimizer, maker_optimizer
        self.loss_fn = loss_fn
        self.judged = addax.metrics.Mean(name="judge_loss")
        self.made = addax.metrics.Mean(name="maker_loss")

    @property
    def metrics(self):
        return [self.judged, self.made]

    def train_step(self, real):
        size = ops.shape(real)[0]
        noise = addax.random.normal((size, 4), seed=self.seed)
        both = ops.concatenate([self.maker(noise), real], axis=0)
        labels = ops.concatenate([ops.ones((size, 1)), ops.zeros((size, 1))], axis=0)
        with GradientTape() as tape:
            judge_loss = self.loss_fn(labels, self.judge(both))
        weights = self.judge.trainable_weights
        self.judge_optimizer.apply_gradients(
            zip(tape.gradient(judge_loss, weights), weights, strict=True)
        )
        noise = addax.random.normal((size, 4), seed=self.seed)
        with GradientTape() as tape:
            maker_loss = self.loss_fn(ops.zeros((size, 1)), self.judge(self.maker(noise)))
        weights = self.maker.trainable_weights
        self.maker_optimizer.apply_gradients(
            zip(tape.gradient(maker_loss, weights), weights, strict=True)
        )
        self.judged.update_state(judge_loss)
        self.made.update_state(maker_loss)
        return {"judge_loss": self.judged.result(), "maker_loss": self.made.result()}


def adversaries(eager):
    addax.utils.set_random_seed(1)
    model, adam = Adversaries(), addax.optimizers.Adam
    model.compile(adam(0.01), adam(0.002), addax.losses.BinaryCrossentropy(from_logits=True))
    model.run_eagerly = eager
    history = model.fit(X[:48], batch_size=16, verbose=0, shuffle=False).history
    return model, history


def test_two_optimizers():
    """Compiled as by hand, step by step."""
    model, history = adversaries(False)
    other, by_hand = adversaries(True)
    optimizers = (model.judge_optimizer, model.maker_optimizer)
    assert [int(o.iterations.numpy()) for o in optimizers] == [3, 3]
    assert history.keys() == by_hand.keys() == {"judge_loss", "maker_loss"}
    for name, values in by_hand.items():
        np.testing.assert_allclose(history[name], values, rtol=1e-4)
    fresh = Adversaries()
    for one, same in zip(model.weights, other.weights, strict=True):
        np.testing.assert_allclose(one.numpy(), same.numpy(), rtol=1e-3, atol=1e-5)
    assert not np.array_equal(model.weights[0].numpy(), fresh.weights[0].numpy())
