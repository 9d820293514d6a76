"""Layers made late, other data for the same model, chance without a seed: each of them trains."""

import random
import warnings
from typing import ClassVar

import jax
import keras
import numpy as np
import pytest

import addax
from addax import Input, Model, Sequential, layers, ops

RNG = np.random.default_rng(0)
X = RNG.normal(size=(21, 4)).astype("float32")
Y = RNG.normal(size=(21, 1)).astype("float32")
FIT = {"verbose": 0, "batch_size": 8}  # 21 = 8 + 8 + 5


class Late(layers.Layer):
    """Makes what draws random numbers when its input is known."""

    def build(self, input_shape):
        self.drop = layers.Dropout(0.5)
        self.attention = layers.MultiHeadAttention(2, 2, dropout=0.5)
        self.seed = addax.random.SeedGenerator(3)
        super().build(input_shape)

    def call(self, x, training=None):
        noise = addax.random.normal(ops.shape(x), seed=self.seed)
        steps = ops.expand_dims(self.drop(x, training=training) + noise, 1)
        return ops.squeeze(self.attention(steps, steps, training=training), 1)


class Subclassed(Model):
    def __init__(self):
        super().__init__()
        self.late, self.out = Late(), layers.Dense(1)

    def call(self, x):
        return self.out(self.late(x))


def functional():
    return Model(x := Input((4,)), layers.Dense(1)(Late()(x)))


MODELS = {
    "subclassed": Subclassed,
    "functional": functional,
    "sequential": lambda: Sequential([Late(), layers.Dense(1)]),
}


@pytest.mark.parametrize("kind", MODELS)
@pytest.mark.parametrize("first", ["fit", "predict"])
def test_layers_made_in_build(kind, first):
    model = MODELS[kind]()
    model.compile("sgd", "mse")
    if first == "predict":
        model.predict(X, verbose=0)
    model.fit(X, Y, **FIT)
    assert model.predict(X, verbose=0).shape == (21, 1)
    assert all(isinstance(v.numpy(), np.ndarray) for v in model.variables)


CLASSES = (Y > 0).astype("int32")
AGAIN = {  # two calls of fit after one another
    "class_weight": ({"x": X, "y": CLASSES}, {"class_weight": {0: 1.0, 1: 2.0}}),
    "sample_weight": ({"x": X, "y": Y}, {"sample_weight": np.ones(21)}),
    "another dtype": ({"x": X, "y": Y}, {"y": CLASSES}),
    "another dtype of x": ({"x": X, "y": Y}, {"x": X.astype("int32")}),
    "another length": ({"x": X[:, :3], "y": Y}, {"x": X}),
    "a dictionary": ({"x": [X], "y": Y}, {"x": {"only": X}}),
}


@pytest.mark.parametrize("case", AGAIN)
def test_other_data_with_the_same_last_batch(case):
    inputs = Input((None,), name="only")
    wide = ops.expand_dims(inputs, -1)
    model = Model([inputs] if case == "a dictionary" else inputs, layers.LSTM(1)(wide))
    model.compile("sgd", "mse")
    first, change = AGAIN[case]
    for data in (first, first | change, first):
        model.fit(**data, **FIT)


class Noisy(layers.Layer):
    """Draws twice without a seed; `seen` has all that was drawn."""

    seen: ClassVar[list] = []

    def call(self, x):
        a, b = addax.random.normal(()), addax.random.uniform(())
        jax.debug.callback(lambda *drawn: self.seen.extend(map(float, drawn)), a, b)
        return x + a * b


class Custom(Sequential):
    def train_step(self, state, data):
        trainable, others, slots, metrics = state
        x, y = data

        def loss(trainable, others):
            y_pred, others = self.stateless_call(trainable, others, x, training=True)
            return ops.mean(ops.square(y - y_pred)), others

        found, grads = jax.value_and_grad(loss, has_aux=True)(trainable, others)
        trainable, slots = self.optimizer.stateless_apply(slots, grads, trainable)
        return {"loss": found[0]}, (trainable, found[1], slots, metrics)


def drawn(kind, eager=False):
    Noisy.seen.clear()
    addax.utils.set_random_seed(1)
    model = kind([Input((4,)), Noisy(), layers.Dense(1)])
    model.compile("sgd", "mse", run_eagerly=eager)
    model.fit(X, Y, epochs=2, **FIT)
    jax.effects_barrier()
    return list(Noisy.seen)


@pytest.mark.parametrize("kind", [Sequential, Custom])
def test_chance_without_a_seed(kind):
    """Each draw of each step is another; the global seed says which. Keras refuses."""
    found = drawn(kind)
    assert len(found) == len(set(found)) == 2 * 2 * 3
    assert drawn(kind) == found


def test_predictions_by_chance_without_a_seed():
    model = Sequential([Input((4,)), Noisy()])
    first, second = model.predict(X, verbose=0), model.predict(X, verbose=0)
    assert np.all(first != second)
    assert np.all(np.asarray(model(X)) != np.asarray(model(X)))


def test_programs_without_chance_leave_pythons_generator_alone():
    addax.utils.set_random_seed(1)
    model = Sequential([Input((4,)), layers.Dense(1, kernel_initializer="zeros")])
    model.compile("sgd", "mse")
    model.fit(X, Y, shuffle=False, **FIT)
    after = random.random()
    addax.utils.set_random_seed(1)
    Sequential([Input((4,)), layers.Dense(1, kernel_initializer="zeros")])
    assert random.random() == after


def test_chance_in_a_function_of_the_users():
    with pytest.raises(RuntimeError, match="SeedGenerator"):
        jax.jit(lambda x: x + addax.random.normal(()))(1.0)


class Last(addax.metrics.Metric):
    def __init__(self):
        super().__init__(name="last")
        self.value = self.add_weight(name="value")

    def update_state(self, y, y_pred, sample_weight=None):
        self.value.assign(ops.max(y))

    def result(self):
        return self.value


def test_a_metric_that_is_its_variable():
    model = Sequential([Input((4,)), layers.Dense(1)])
    model.compile("sgd", "mse", metrics=[Last()])
    history = model.fit(X, Y, shuffle=False, **FIT).history
    assert history["last"] == [pytest.approx(Y[16:].max())]


def test_variables_as_arguments_of_compiled_functions():
    variable = addax.Variable(np.arange(3.0))
    np.testing.assert_array_equal(jax.jit(lambda v: v * 2)(variable), [0, 2, 4])
    grads = jax.grad(lambda vs: ops.sum(vs[0] ** 2))([variable])
    np.testing.assert_array_equal(grads[0], [0, 2, 4])
    assert addax.tree.flatten({"a": variable})[0] is variable


def test_compiled_metrics_are_one():
    """As in Keras: `compile_metrics`, whose result is a dictionary."""
    found = {}
    for library in (keras, addax):
        model = library.Sequential([library.Input((4,)), library.layers.Dense(1)])
        model.compile("sgd", "mse", metrics=["mae"], weighted_metrics=["mse"])
        model.fit(X, Y, **FIT)
        names = [m.name for m in model.metrics]
        compiled = model.metrics[1]
        compiled.reset_state()
        compiled.update_state(Y, Y + 1, np.arange(21.0))
        results = {k: float(v) for k, v in compiled.result().items()}
        values = compiled.stateless_reset_state()
        values = compiled.stateless_update_state(values, Y, Y + 2)
        after = {k: float(v) for k, v in compiled.stateless_result(values).items()}
        found[library.__name__] = names, results, after
    assert found["addax"] == found["keras"]


def test_shapes_that_were_worked_out_show_as_unknown(capsys):
    model = Subclassed()
    model.compile("sgd", "mse")
    model.fit(X, Y, **FIT)
    model.summary()
    shown = capsys.readouterr().out
    assert "(None, 1)" in shown and "120" not in shown
    assert model.late.get_build_config() == {"input_shape": (None, 4)}


def test_a_lost_mask_is_told_once():
    model = Sequential([Input((3,)), layers.Embedding(5, 2, mask_zero=True)])
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        model.add(layers.Flatten())
        model.add(layers.Dense(1))
        model.compile("sgd", "mse")
        model.fit(X[:, :3] > 0, Y, **FIT)
        model.predict(X[:, :3] > 0, verbose=0)
    assert len(told) == 1
