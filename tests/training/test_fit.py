"""What training promises beyond its numbers: exactness, order, structure, output, memory."""

import gc
from collections import namedtuple

import jax
import keras
import numpy as np
import pytest
from goldens import golden
from training.regression import X, Y, equal, fit, regressor

import addax
from addax import Input, Model, Sequential, callbacks, layers, metrics, ops, optimizers

CLASS = (np.arange(50) * 7) % 3
WEIGHTS = np.random.default_rng(1).uniform(0, 2, 50).astype("float32")


# The classic trap: a discriminator that is frozen inside a GAN, and trained alone.


def gan():
    generator = Sequential([Input((2,)), layers.Dense(4)])
    discriminator = Sequential(
        [
            Input((4,)),
            layers.Dense(3),
            layers.BatchNormalization(momentum=0.5),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    discriminator.compile("adam", "binary_crossentropy")
    discriminator.trainable = False
    noise = Input((2,))
    both = Model(noise, discriminator(generator(noise)))
    both.compile("adam", "binary_crossentropy")
    return generator, discriminator, both


def test_a_discriminator_trains_alone_and_rests_in_the_gan():
    generator, discriminator, both = gan()
    noise, real = X[:8, :2], np.ones((8, 1))
    for _ in range(2):
        before = discriminator.get_weights()
        discriminator.train_on_batch(X[:8], real)
        after = discriminator.get_weights()
        assert all((a != b).any() for a, b in zip(before, after, strict=True))
        drawn = generator.get_weights()
        both.train_on_batch(noise, real)
        equal(discriminator.get_weights(), after)
        assert all((a != b).any() for a, b in zip(drawn, generator.get_weights(), strict=True))
    assert not discriminator.trainable
    assert not any(x.trainable for x in discriminator.layers)
    assert generator.trainable
    assert len(both.trainable_weights) == 2


def test_a_fit_keeps_the_flags_of_compile():
    _, discriminator, both = gan()
    before = discriminator.get_weights()
    fit(both, X[:, :2], np.ones((50, 1)))
    equal(discriminator.get_weights(), before)
    fit(discriminator, X, np.ones((50, 1)))
    assert (discriminator.get_weights()[0] != before[0]).any()
    assert not discriminator.trainable


def test_flags_set_after_compile_count_from_the_next_compile(model):
    before = model.get_weights()
    model.trainable = False
    fit(model)
    assert (model.get_weights()[0] != before[0]).any()
    model.compile("sgd", "mse")
    before = model.get_weights()
    fit(model)
    equal(model.get_weights(), before)


# Exactness


@pytest.mark.parametrize("batch_size", [1, 3, 16, 32, 49, 50, 64])
def test_evaluate_is_the_metric_of_all_examples(batch_size):
    model = Sequential([Input((4,)), layers.Dense(3, activation="softmax")])
    model.compile(
        "sgd", "sparse_categorical_crossentropy", metrics=["accuracy"], weighted_metrics=["acc"]
    )
    p = np.asarray(model(X), "float64")
    each = -np.log(p[np.arange(50), CLASS])
    right = p.argmax(-1) == CLASS
    found = model.evaluate(X, CLASS, batch_size, 0, sample_weight=WEIGHTS, return_dict=True)
    expected = {
        "loss": (each * WEIGHTS).mean(),
        "accuracy": right.mean(),
        "acc": (right * WEIGHTS).sum() / WEIGHTS.sum(),
    }
    assert found == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("batch_size", [1, 4, 7, 20])
def test_masked_steps_don_t_count_for_any_batch_size(batch_size):
    words = np.where(np.arange(6) < (np.arange(20) % 6 + 1)[:, None], 3, 0)
    y = np.random.default_rng(0).normal(size=(20, 6, 1)).astype("float32")
    model = Sequential([Input((6,)), layers.Embedding(5, 3, mask_zero=True), layers.Dense(1)])
    model.compile("sgd", "mse", weighted_metrics=["mae"])
    error = np.abs(np.asarray(model(words)) - y)[..., 0]
    counts = words != 0
    loss, mae = model.evaluate(words, y, batch_size, verbose=0)
    assert loss == pytest.approx((error**2)[counts].mean(), rel=1e-5)
    assert mae == pytest.approx(error[counts].mean(), rel=1e-5)


class Census(layers.Layer):
    """Records what it sees of a batch: rows, and the sum over them."""

    def build(self, input_shape):
        self.rows = self.add_weight(shape=(), initializer="zeros", trainable=False)
        self.sums = self.add_weight(shape=(), initializer="zeros", trainable=False)

    def call(self, x):
        self.rows.assign(self.rows + x.shape[0])
        self.sums.assign(self.sums + ops.sum(x))
        return x


@pytest.mark.parametrize("batch_size", [7, 16, 25, 49, 64])
def test_no_layer_ever_sees_invented_rows(batch_size):
    census = Census()
    model = regressor(census)
    fit(model, batch_size=batch_size)
    assert float(census.rows) == 100
    assert float(census.sums) == pytest.approx(2 * X.sum(), rel=1e-3)
    model.evaluate(X, Y, batch_size, verbose=0)
    assert float(census.rows) in (100, 150)


def test_the_same_seed_gives_the_same_bits():
    def run(seed):
        model = regressor(layers.Dropout(0.5), seed=seed)
        history = fit(model, validation_split=0.2)
        return history.history, model.get_weights()

    (first, a), (second, b), (third, _) = run(1), run(1), run(2)
    assert first == second
    equal(a, b)
    assert first != third


def test_data_are_left_as_they_were(model):
    x, y, w = X.astype("float64"), Y.astype("float64"), WEIGHTS.astype("float64")
    copies = x.copy(), y.copy(), w.copy()
    fit(model, x, y, sample_weight=w, validation_split=0.2)
    model.evaluate(x, y, verbose=0)
    model.predict(x, verbose=0)
    equal((x, y, w), copies)
    assert x.dtype == "float64"


def test_limited_epochs_go_on_where_the_last_one_stopped(model):
    x = np.arange(6.0)[:, None] * np.ones(4)
    census = Census()
    model = regressor(census)
    sums = []
    note = callbacks.LambdaCallback(on_epoch_end=lambda *_: sums.append(float(census.sums)))
    fit(
        model,
        x,
        x[:, :1],
        batch_size=2,
        steps_per_epoch=2,
        epochs=3,
        shuffle=False,
        callbacks=[note],
    )
    assert np.diff([0, *sums]).tolist() == [24.0, 36.0 + 4.0, 20.0 + 36.0]


# Programs


def compilations(action):
    """How many programs were compiled while `action` ran."""
    found = []

    def note(event, duration, **_):
        if event == "/jax/core/compile/backend_compile_duration":
            found.append(event)

    jax.monitoring.register_event_duration_secs_listener(note)
    try:
        action()
    finally:
        jax.monitoring.unregister_event_duration_listener(note)
    return len(found)


def test_a_plain_fit_compiles_little():
    data = X[:48], Y[:48]
    model = regressor(layers.Dense(5, activation="relu"))
    assert compilations(lambda: model.fit(*data, batch_size=16, epochs=3, verbose=0)) <= 3
    assert compilations(lambda: model.fit(*data, batch_size=16, epochs=3, verbose=0)) == 0
    model.evaluate(*data, verbose=0)
    model.predict(X, verbose=0)
    again = lambda: (model.evaluate(*data, verbose=0), model.predict(X, verbose=0))  # noqa: E731
    assert compilations(again) == 0


def test_models_that_are_gone_take_their_arrays_with_them():
    def once():
        fit(regressor(), X[:32], Y[:32], epochs=1)
        gc.collect()
        return len(jax.live_arrays())

    once()
    first = once()
    assert [once() for _ in range(3)][-1] <= first


# Callbacks and steps


class Hooks(callbacks.Callback):
    """Notes every batch hook it gets."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def on_train_batch_begin(self, batch, logs=None):
        self.seen.append(("begin", batch))

    def on_train_batch_end(self, batch, logs=None):
        self.seen.append(("end", batch))

    def on_test_batch_end(self, batch, logs=None):
        self.seen.append(("test", batch))

    def on_predict_batch_end(self, batch, logs=None):
        self.seen.append(("predict", batch))


def test_batch_hooks_come_once_a_step_in_order(model):
    hooks = Hooks()
    fit(model, epochs=1, callbacks=[hooks], validation_data=(X[:20], Y[:20]))
    steps = [(what, i) for i in range(4) for what in ("begin", "end")]
    assert hooks.seen == [*steps, ("test", 0), ("test", 1)]
    hooks.seen.clear()
    model.evaluate(X, Y, 16, 0, callbacks=[hooks])
    model.predict(X, 16, 0, callbacks=[hooks])
    assert hooks.seen == [*[("test", i) for i in range(4)], *[("predict", i) for i in range(4)]]


def test_hooks_cost_nothing_where_nobody_listens(monkeypatch):
    """Without batch hooks a dispatch makes as many steps as its time allows."""
    from addax.training import loop

    dispatches = []
    plain = loop.Runner._dispatch

    def counted(self, *arguments):
        dispatches.append(arguments[-1])
        return plain(self, *arguments)

    monkeypatch.setattr(loop.Runner, "_dispatch", counted)
    x, y = np.tile(X, (40, 1)), np.tile(Y, (40, 1))
    fit(regressor(), x, y, batch_size=4, epochs=1)
    assert sum(dispatches) == 500
    assert len(dispatches) < 100
    dispatches.clear()
    fit(regressor(steps_per_execution=100), x, y, batch_size=4, epochs=1)
    assert dispatches == [100] * 5
    dispatches.clear()
    fit(regressor(), callbacks=[Hooks()])
    assert dispatches == [1] * 8


@pytest.mark.parametrize("steps", [2, 3, 99])
def test_steps_per_execution_changes_no_number(steps):
    expected = fit(regressor(), shuffle=False).history
    found = fit(regressor(steps_per_execution=steps), shuffle=False).history
    for name in expected:
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-6)


def test_stopping_inside_a_batch_ends_the_training_there(model):
    class Stop(callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            self.model.stop_training = batch == 1

    hooks = Hooks()
    history = fit(model, callbacks=[Stop(), hooks])
    assert hooks.seen[-1] == ("end", 1)
    assert history.epoch == [0]
    assert list(map(len, history.history.values())) == [1, 1]


def test_learning_rate_and_weights_may_change_in_any_hook(model):
    class Meddler(callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            self.model.optimizer.learning_rate = 0.0
            self.model.set_weights([np.ones((4, 1)), np.zeros(1)])

    fit(model, callbacks=[Meddler()])
    equal(model.get_weights(), [np.ones((4, 1)), np.zeros(1)])


def test_a_history_of_each_fit(model):
    first = fit(model)
    second = fit(model, epochs=3)
    assert model.history is second
    assert [len(h.history["loss"]) for h in (first, second)] == [2, 3]
    assert sorted(second.history) == ["loss", "mae"]


def test_metrics_of_the_same_name_stay_apart(model):
    model.compile("sgd", "mse", metrics=["mae"], weighted_metrics=["mae"])
    assert sorted(fit(model, sample_weight=WEIGHTS).history) == ["loss", "mae", "weighted_mae"]
    assert model.metrics_names == ["loss", "mae", "weighted_mae"]


def test_a_loss_that_is_not_finite_is_told_once(model):
    x = X.copy()
    x[20] = np.nan
    with pytest.warns(RuntimeWarning, match="NaN or infinite at step 2 of epoch 1") as caught:
        fit(model, x, shuffle=False)
    assert len(caught) == 1
    assert len(model.history.epoch) == 2
    hooked = regressor()
    with pytest.warns(RuntimeWarning, match="at step 2 of epoch 1"):
        fit(hooked, x, shuffle=False, callbacks=[Hooks()])


# Single batches


def test_on_batch_methods(model):
    before = model.get_weights()
    loss, mae = model.test_on_batch(X, Y)
    equal(model.get_weights(), before)
    assert model.train_on_batch(X, Y, return_dict=True) == pytest.approx({"loss": loss, "mae": mae})
    assert model.test_on_batch(X, Y)[0] < loss
    outputs = model.predict_on_batch(X)
    np.testing.assert_allclose(outputs, model.predict(X, verbose=0), rtol=1e-6)
    weighted = model.test_on_batch(X, Y, sample_weight=np.zeros(50))
    assert weighted[0] == 0


def test_class_weights_on_a_batch():
    model = Sequential([Input((4,)), layers.Dense(3, activation="softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy")
    ones = model.test_on_batch(X, CLASS)
    assert model.train_on_batch(X, CLASS, class_weight={0: 2.0, 1: 2.0, 2: 2.0}) == pytest.approx(
        2 * ones, rel=1e-5
    )


# What is printed


def test_output_of_fit(model, capsys):
    fit(model, verbose=0)
    assert capsys.readouterr().out == ""
    for verbose in (1, "auto"):
        fit(model, verbose=verbose, validation_split=0.2)
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "Epoch 1/2"
        assert lines[2] == "Epoch 2/2"
        assert all("loss: " in x and "val_mae: " in x and "3/3" in x for x in lines[1::2])
    fit(model, verbose=2)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Epoch 1/2"
    assert "\r" not in "".join(lines) and "\x1b" not in "".join(lines)
    assert all("loss: " in x for x in lines[1::2])


def test_output_of_evaluate_and_predict(model, capsys):
    model.evaluate(X, Y, verbose=1)
    assert "2/2" in (out := capsys.readouterr().out) and "mae: " in out
    model.predict(X, verbose=1)
    assert "2/2" in capsys.readouterr().out
    model.evaluate(X, Y, verbose=0)
    model.predict(X, verbose=0)
    model.predict(X[:3], verbose=0)
    assert capsys.readouterr().out == ""


# Optimizers and metrics made by the user


def test_objects_are_shared_with_the_user(model):
    rate = optimizers.Adam(0.01)
    mae = metrics.MeanAbsoluteError()
    model.compile(rate, "mse", metrics=[mae])
    fit(model)
    assert int(rate.iterations) == 8
    assert float(mae.result()) == pytest.approx(model.history.history["mean_absolute_error"][-1])


# Losses and steps in the forms that users write


def both(y, p):
    return abs(y["a"] - p["a"]) + abs(y["b"][0] - p["b"][0])


ONE, PAIR = ["loss"], ["a_loss", "b_loss", "loss"]
DEEP = ["a_loss", "b/b_loss", "loss"]
STRUCTURES = {
    "a list of one": (lambda a, b: a, ["mse"], ONE),
    "a list in a list": (lambda a, b: [a, b], ["mse", ["mae"]], PAIR),
    "lists by name": (lambda a, b: {"a": a, "b": b}, {"a": ["mse"], "b": ["mae"]}, PAIR),
    "several of one output": (lambda a, b: a, ["mse", "mae"], ["a_mae_loss", "a_mse_loss", "loss"]),
    "one of a structure": (lambda a, b: {"a": a, "b": (b,)}, [both], ONE),
    "as deep as the outputs": (lambda a, b: {"a": a, "b": (b,)}, {"a": "mse", "b": ["mae"]}, DEEP),
    "deeper": (lambda a, b: {"a": a, "b": (b, a)}, {"a": "mse", "b": ("mae", None)}, DEEP),
}


@pytest.mark.parametrize("title", STRUCTURES)
def test_structures_of_losses(title):
    arrange, loss, names = STRUCTURES[title]
    x = Input((4,))
    heads = [layers.Dense(1, name=name)(x) for name in "ab"]
    model = Model(x, arrange(*heads))
    model.compile("sgd", loss)
    history = model.fit(X[:8], arrange(Y[:8], Y[:8]), verbose=0).history
    assert sorted(history) == names


Two = namedtuple("Two", "first second")
NAMES = {
    "lists by key": (lambda d: {"a": [d("q"), d("r")], "b": d("s")}, "mse", None),
    "a list in a list": (lambda d: [d("q"), [d("r"), d("s")]], ["mse", ["mse", "mae"]], None),
    "keys in keys": (
        lambda d: {"a": {"x": d("q"), "y": d("r")}, "b": d("s")},
        "mse",
        {"a": {"x": "mae", "y": ["mse"]}, "b": "mae"},
    ),
    "metrics as nested": (lambda d: {"a": [d("q"), d("r")], "b": d("s")}, "mse",
                          {"a": ["mae", "mse"], "b": "mae"}),
    "keys": (lambda d: {"a": d("q"), "b": d("r")}, {"a": "mse", "b": "mae"}, {"b": ["mae"]}),
    "one for several": (lambda d: [[d("q")], [d("r"), d("s")]], ["mse", "mae"], None),
    "one for several, by key": (lambda d: {"a": [d("q"), d("r")], "b": d("s")},
                                {"a": "mse", "b": "mae"}, None),
    "a flat list": (lambda d: [[d("q")], [d("r"), d("s")]], ["mse", "mae", "mse"], None),
    "a named tuple": (lambda d: Two([d("q"), d("r")], d("s")), "mse", None),
    "some left out": (lambda d: {"a": [d("q"), [d("r")]], "b": d("s")},
                      {"a": [None, ["mse"]], "b": "mae"}, None),
}  # fmt: skip


@pytest.mark.parametrize("title", NAMES)
def test_names_of_nested_outputs(title):
    arrange, loss, chosen = NAMES[title]

    def names(library):
        x = library.Input((4,))
        model = library.Model(x, arrange(lambda name: library.layers.Dense(1, name=name)(x)))
        model.compile("sgd", loss, metrics=chosen)
        data = X[:8], arrange(lambda name: Y[:8])
        history = model.fit(*data, verbose=0).history
        tested = model.evaluate(*data, verbose=0, return_dict=True)
        return [model.output_names, list(history), list(tested)]

    assert names(addax) == golden("output_names", title, lambda: names(keras))


NAMELESS = {
    "nameless, in a list": (lambda d: [d(), d()], ["mse", "mae"]),
    "nameless, a list in a list": (
        lambda d: [d(), [d(), d()]],
        ["MeanSquaredError", ["mse", "mae"]],
    ),
    "nameless, lists by key": (
        lambda d: {"a": [d(), d()], "b": d()},
        {"a": ["mse", "mae"], "b": "mse"},
    ),
    "nameless, one for several": (lambda d: {"a": [d(), d()], "b": d()}, {"a": "mse", "b": "mse"}),
    "nameless, one left out": (lambda d: [d(), d()], ["mse", None]),
}


@pytest.mark.parametrize("title", NAMELESS)
def test_outputs_without_a_name_go_by_their_loss(title):
    arrange, loss = NAMELESS[title]

    def names(library):
        class Heads(library.Model):
            def __init__(self):
                super().__init__()
                self.heads = [library.layers.Dense(1) for _ in range(3)]

            def call(self, x):
                heads = iter(self.heads)
                return arrange(lambda: next(heads)(x))

        model = Heads()
        model.compile("sgd", loss)
        return sorted(model.fit(X[:8], arrange(lambda: Y[:8]), verbose=0).history)

    assert names(addax) == golden("output_names", title, lambda: names(keras))


def test_outputs_of_one_loss_are_logged_apart():
    class Heads(Model):
        def __init__(self):
            super().__init__()
            self.first, self.second = layers.Dense(1), layers.Dense(1)

        def call(self, x):
            return self.first(x), self.second(x)

    model = Heads()
    model.compile("sgd", "mse")
    history = model.fit(X, (Y, Y), verbose=0).history
    assert sorted(history) == ["loss", "output_0_loss", "output_1_loss"]


@pytest.mark.parametrize("eager", [False, True])
def test_predict_runs_python_once_a_program_or_once_a_batch(eager):
    """A ragged batch is padded and needs no program of its own."""

    class Counting(layers.Layer):
        calls = 0

        def call(self, x):
            Counting.calls += 1
            return 2 * x

    model = Sequential([Input((4,)), Counting()])
    model.compile("sgd", "mse", run_eagerly=eager)
    counts = []
    for rows in (10, 10, 3, 4):
        before = Counting.calls
        y = model.predict(np.ones((rows, 4), "float32"), batch_size=4, verbose=0)
        assert y.shape == (rows, 4) and (y == 2).all()
        counts.append(Counting.calls - before)
    assert counts == ([3, 3, 1, 1] if eager else [1, 0, 1, 0])


def test_steps_call_those_of_the_base():
    class Own(Sequential):
        def train_step(self, state, data):
            return super().train_step(state, data)

        def test_step(self, state, data):
            return super().test_step(state, data)

        def predict_step(self, state, data):
            return super().predict_step(state, data)

        def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None):  # as in Keras 2
            return 2 * super().compute_loss(x, y, y_pred, sample_weight)

    start = None
    found = []
    for kind in (Sequential, Own):
        model = kind([Input((4,)), layers.Dense(1)])
        start = start or model.get_weights()
        model.set_weights(start)
        model.compile("sgd", "mse", metrics=["mae"])
        found.append(model.evaluate(X, Y, verbose=0))
        assert model.predict(X, verbose=0).shape == (len(X), 1)
        model.fit(X, Y, verbose=0)
    assert found[1] == pytest.approx([2 * found[0][0], found[0][1]])


@pytest.mark.parametrize("y", [np.array([0, 1, 2]), np.eye(3, dtype="float32")], ids=["n", "n3"])
def test_a_loss_chosen_by_shape(y):
    model = Sequential([Input((4,)), layers.Dense(3, activation="softmax")])
    losses = []
    for name in (
        "crossentropy",
        "categorical_crossentropy" if y.ndim > 1 else "sparse_categorical_crossentropy",
    ):
        model.compile("sgd", name)
        losses.append(model.evaluate(X[:3], y, verbose=0))
    assert losses[0] == losses[1]


def test_a_loss_of_parts_of_an_output():
    class Split(Model):
        def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, **kwargs):
            parts = [y_pred[:, :1], y_pred[:, 1:]]
            return super().compute_loss(x, y, parts, sample_weight, **kwargs)

    x = Input((4,))
    model = Split(x, layers.Dense(2, kernel_initializer="ones")(x))
    model.compile("sgd", ["mse", "mae"])
    found = model.evaluate(X, (Y, Y), verbose=0, return_dict=True)
    error = X.sum(axis=1, keepdims=True) - Y
    assert found["loss"] == pytest.approx((error**2).mean() + abs(error).mean(), rel=1e-5)
    assert len(model.fit(X, (Y, Y), verbose=0).history) == 3
