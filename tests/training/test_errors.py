"""The error table: what is wrong -> the exception, and the words that help; nothing is changed."""

import functools
from collections.abc import Callable
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
import pytest

import addax
from addax import Input, Model, Sequential, callbacks, layers, ops

RNG = np.random.default_rng(0)
X = RNG.normal(size=(12, 4)).astype("float32")
Y = RNG.normal(size=(12, 1)).astype("float32")
CLASS = np.arange(12) % 3
ONE_HOT = np.eye(3, dtype="float32")[CLASS]
FIT = {"verbose": 0, "batch_size": 4}


class Row(NamedTuple):
    """Calling `act` on what `make` made raises `error`, whose message has all `words`."""

    title: str
    make: Callable
    act: Callable
    words: list[str]
    error: type[Exception] = ValueError
    trains: bool = False  # until the error comes, the model is trained

    def __str__(self):
        return self.title


@functools.cache
def regressor():
    model = Sequential([Input((4,)), layers.Dense(1, name="out")], name="net")
    model.compile("sgd", "mse")
    return model


@functools.cache
def classifier(loss="sparse_categorical_crossentropy", units=3, last="softmax"):
    model = Sequential([Input((4,)), layers.Dense(units, activation=last)], name="net")
    model.compile("sgd", loss, metrics=["accuracy"])
    return model


@functools.cache
def lazy():
    """A model that learns its input's width from the data."""
    model = Sequential([layers.Dense(2, name="first"), layers.Dense(1)], name="net")
    model.compile("sgd", "mse")
    model(X)
    return model


@functools.cache
def image_model():
    model = Sequential([Input((8, 8, 1)), layers.Conv2D(2, 3, name="conv"), layers.Flatten()])
    model.compile("sgd", "mse")
    return model


@functools.cache
def towers():
    left, right = Input((4,), name="left"), Input((3,), name="right")
    both = layers.Concatenate()([left, right])
    model = Model([left, right], [layers.Dense(1, name=n)(both) for n in ("a", "b")], name="two")
    model.compile("sgd", {"a": "mse", "b": "mae"})
    return model


class Picky(layers.Layer):
    def call(self, x):
        if ops.sum(x) > 0:  # depends on the data
            return x
        return -x


class PickyModel(Model):
    def __init__(self):
        super().__init__(name="outer")
        self.inner = Picky(name="picky")
        self.out = layers.Dense(1)

    def call(self, x):
        return self.out(self.inner(x))


@functools.cache
def picky():
    model = PickyModel()
    model.compile("sgd", "mse")
    return model


class Forgetful(layers.Layer):
    def __init__(self):
        self.units = 3


class ForgetfulDense(layers.Layer):
    def __init__(self):
        self.dense = layers.Dense(3)


def nothing():
    return None


def fit(*data, **options):
    return lambda model: model.fit(*data, **FIT | options)


def compiled(**arguments):
    return lambda model: model.compile(**arguments)


def few(count, x=X[:4], y=Y[:4]):
    yield from [(x, y)] * count


def changing():
    yield X[:4], Y[:4]
    yield X[:4], Y[:4], np.ones(4)


def renamed():
    a = layers.Dense(3, name="same")(x := Input((4,)))
    return Model(x, layers.Dense(3, name="same")(a))


def disconnected():
    return Model(Input((4,), name="used"), layers.Dense(1)(Input((4,), name="strange")))


def uncompiled():
    return Sequential([Input((4,)), layers.Dense(1)])


class TooManyParts(addax.utils.PyDataset):
    def __len__(self):
        return 2

    def __getitem__(self, i):
        return X[:4], Y[:4], np.ones(4), 0


def choosy(y, y_pred):
    if ops.mean(y_pred) > 0:
        return ops.mean(y_pred)
    return -ops.mean(y_pred)


def returns_nothing(y, y_pred):
    ops.mean(y_pred)


class ChoosyMetric(addax.metrics.Mean):
    def update_state(self, y, y_pred, sample_weight=None):
        if ops.sum(y) > 0:
            super().update_state(y)


class ChoosySteps(Sequential):
    def __init__(self, *layers):
        super().__init__(list(layers))

    def train_step(self, state, data):
        if ops.sum(data[0]) > 0:
            return {}, state
        return {}, state


class Misfit(Model):
    def __init__(self, first, out):
        super().__init__()
        self.out = out
        self.out.build((None, 4))

    def call(self, x):
        return self.out(x) + ops.ones((7, 5))


class MadeInCall(layers.Layer):
    def call(self, x):
        return layers.Dense(3)(x)


class ForgetfulModel(Model):
    def __init__(self):
        self.out = layers.Dense(1)

    def call(self, x):
        return self.out(x)


class ForgetfulMetric(addax.metrics.Metric):
    def __init__(self):
        self.total = 0


def compiled_with(make=lambda first, out: Sequential([first, out]), optimizer="sgd", **arguments):
    model = make(Input((4,)), layers.Dense(1))
    model.compile(optimizer, **{"loss": "mse"} | arguments)
    return model


def trained():
    model = compiled_with()
    model.fit(X, Y, **FIT)
    return model


def words(count):
    table = layers.Embedding(count, 2, name="table")
    model = Sequential([Input((4,), dtype="int32"), table, layers.Flatten(), layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


TABLE = [
    Row("width of the data", regressor, fit(X[:, :3], Y), ["'net'", "(4, 3)", "(?, 4)"]),
    Row("rank of the data", regressor, fit(X[:, None, None], Y), ["'net'", "(?, 4)"]),
    Row("width for a built layer", lazy, fit(X[:, :3], Y), ["3", "4", "net"]),
    Row("rank for a convolution", image_model, fit(X, Y), ["(?, 8, 8, 1)", "(4, 4)"]),
    Row("width in predict", regressor, lambda m: m.predict(X[:, :3], verbose=0), ["(12, 3)", "4"]),
    Row("width in a call", regressor, lambda m: m(X[:, :3]), ["'net'", "(12, 3)", "(?, 4)"]),
    Row(
        "width in evaluate",
        regressor,
        lambda m: m.evaluate(X[:, :3], Y, verbose=0),
        ["'net'", "3", "4"],
    ),
    Row("width in a layer", nothing, lambda _: layers.Dense(2)(Input((4,)))(X), [], TypeError),
    Row(
        "targets of another width",
        lambda: classifier("mse"),
        fit(X, ONE_HOT[:, :2]),
        ["mean_squared_error", "(12, 2)", "3)"],
    ),
    Row("class out of range", classifier, fit(X, CLASS + 1), ["target 3", "3 classes"]),
    Row(
        "class out of range in evaluate",
        classifier,
        lambda m: m.evaluate(X, CLASS + 1, verbose=0),
        ["target 3"],
    ),
    Row(
        "class out of range on a batch",
        classifier,
        lambda m: m.train_on_batch(X, CLASS + 1),
        ["target 3"],
    ),
    Row(
        "class out of range in validation",
        classifier,
        fit(X, CLASS, validation_data=(X, CLASS + 1)),
        ["target 3"],
    ),
    Row(
        "one-hot for classes", classifier, fit(X, ONE_HOT), ["categorical_crossentropy", "(12, 3)"]
    ),
    Row(
        "classes for one-hot",
        lambda: classifier("categorical_crossentropy"),
        fit(X, CLASS),
        ["'sparse_categorical_crossentropy'", "(12,)"],
    ),
    Row(
        "class out of range in a stream",
        classifier,
        lambda m: m.fit(few(2, X[:4], CLASS[:4] + 1), steps_per_epoch=2, verbose=0),
        ["target 3"],
    ),
    Row("lengths of x and y", regressor, fit(X, Y[:5]), ["x float32(12, 4)", "y float32(5, 1)"]),
    Row(
        "lengths of x and weights",
        regressor,
        fit(X, Y, sample_weight=np.ones(3)),
        ["sample_weight", "(3,)"],
    ),
    Row("no examples", regressor, fit(X[:0], Y[:0]), ["empty"]),
    Row("no examples to predict", regressor, lambda m: m.predict(X[:0], verbose=0), ["empty"]),
    Row("no data", regressor, lambda m: m.fit(verbose=0), ["x is None"]),
    Row("no targets", regressor, fit(X), ["no targets", "pass y"]),
    Row("a generator without batches", regressor, lambda m: m.fit(few(0), verbose=0), ["empty"]),
    Row("predict without batches", regressor, lambda m: m.predict(few(0), verbose=0), ["empty"]),
    Row(
        "a generator changes what it yields",
        regressor,
        lambda m: m.fit(changing(), verbose=0),
        ["changed", "first batch"],
        trains=True,
    ),
    Row(
        "a batch of four",
        regressor,
        lambda m: m.fit(TooManyParts(), verbose=0),
        ["(x, y, sample_weight)", "4"],
    ),
    Row(
        "y beside a generator",
        regressor,
        lambda m: m.fit(few(2), Y, verbose=0),
        ["generator", "(x, y)"],
    ),
    Row("fit before compile", uncompiled, fit(X, Y), ["compile(", "fit()"]),
    Row("evaluate before compile", uncompiled, lambda m: m.evaluate(X, Y), ["compile("]),
    Row(
        "train_on_batch before compile", uncompiled, lambda m: m.train_on_batch(X, Y), ["compile("]
    ),
    Row("no loss at all", lambda: compiled_without_loss(), fit(X, Y), ["no loss", "compile()"]),
    Row("unknown loss", regressor, compiled(loss="mean_squard_error"), ["'mean_squared_error'"]),
    Row(
        "unknown loss in a dictionary",
        towers,
        compiled(loss={"a": "mse", "b": "maee"}),
        ["'maee'", "'mae'"],
    ),
    Row("unknown optimizer", regressor, compiled(optimizer="adan"), ["'adan'", "'adam'"]),
    Row("unknown metric", regressor, compiled(loss="mse", metrics=["acuracy"]), ["'accuracy'"]),
    Row("unknown activation", nothing, lambda _: layers.Dense(1, activation="reluu"), ["'relu'"]),
    Row(
        "unknown initializer",
        nothing,
        lambda _: layers.Dense(1, kernel_initializer="glorot_unifrom"),
        ["'glorot_uniform'"],
    ),
    Row("unknown regularizer", nothing, lambda _: layers.Dense(1, kernel_regularizer="l3"), ["l2"]),
    Row("unknown layer", regressor, lambda m: m.get_layer("ou"), ["'out'", "'net'"]),
    Row(
        "unknown argument of a layer",
        nothing,
        lambda _: layers.Dense(1, activatoin="relu"),
        ["activatoin", "'activation'"],
    ),
    Row(
        "unknown argument of compile",
        regressor,
        compiled(optimiser="sgd"),
        ["compile()", "optimiser"],
        TypeError,
    ),
    Row("unknown argument of fit", regressor, fit(X, Y, epoch=3), ["epoch"], TypeError),
    Row(
        "unknown argument of evaluate",
        regressor,
        lambda m: m.evaluate(X, Y, batchsize=3),
        ["batchsize", "batch_size"],
        TypeError,
    ),
    Row(
        "Python `if` on data in fit",
        picky,
        fit(X, Y),
        ["ops.where", "test_errors.py", "if ops.sum(x) > 0", "picky", "float32(", "Picky"],
        TypeError,
    ),
    Row(
        "Python `if` on data in a graph",
        nothing,
        lambda _: Picky(name="picky")(Input((4,))),
        ["ops.where", "if ops.sum(x) > 0", "picky"],
        TypeError,
    ),
    Row(
        "Python `if` on data in a loss",
        lambda: compiled_with(loss=choosy),
        fit(X, Y),
        ["ops.where", "test_errors.py", "if ops.mean(y_pred) > 0"],
        TypeError,
    ),
    Row(
        "NumPy in a loss",
        lambda: compiled_with(loss=lambda y, y_pred: np.mean(np.asarray(y_pred))),
        fit(X, Y),
        ["ops.where", "test_errors.py", "np.asarray(y_pred)"],
        TypeError,
    ),
    Row(
        "Python `if` on data in a metric",
        lambda: compiled_with(metrics=[ChoosyMetric()]),
        fit(X, Y),
        ["ops.where", "test_errors.py", "if ops.sum(y) > 0"],
        TypeError,
    ),
    Row(
        "Python `if` on data in a step",
        lambda: compiled_with(ChoosySteps),
        fit(X, Y),
        ["ops.where", "test_errors.py", "if ops.sum(data[0]) > 0"],
        TypeError,
    ),
    Row(
        "a function of jax.numpy on a symbol",
        nothing,
        lambda _: jnp.exp(Input((4,))),
        ["symbolic", "addax.ops"],
    ),
    Row(
        "shapes that are worked out",
        lambda: compiled_with(Misfit),
        fit(X, Y),
        ["(?, 1)", "(7, 5)", "float32(?, 4)"],
        TypeError,
    ),
    Row(
        "a loss that returns nothing",
        lambda: compiled_with(loss=returns_nothing),
        fit(X, Y),
        ["'returns_nothing' returned None", "`return`"],
    ),
    Row(
        "a layer made in call",
        nothing,
        lambda _: MadeInCall(name="own")(X),
        ["Dense", "call() of 'own'", "__init__() or build()"],
    ),
    Row(
        "an optimizer of another model",
        lambda: compiled_with(optimizer=trained().optimizer),
        fit(X, Y),
        ["Optimizer 'sgd", "another model", "make a new optimizer"],
    ),
    Row(
        "a model that forgets super().__init__()",
        nothing,
        lambda _: ForgetfulModel().compile("sgd", "mse"),
        ["super().__init__(", "ForgetfulModel"],
        RuntimeError,
    ),
    Row(
        "a metric that forgets super().__init__()",
        lambda: compiled_with(metrics=[ForgetfulMetric()]),
        fit(X, Y),
        ["super().__init__(", "ForgetfulMetric"],
        RuntimeError,
    ),
    Row(
        "an index beyond the table",
        lambda: words(5),
        fit(np.full((12, 4), 7), Y),
        ["Embedding 'table'", "rows 0 to 4", "hold 7"],
    ),
    Row("complex numbers", regressor, fit(X + 1j, Y), ["imaginary part", "dtype='complex64'"]),
    Row("complex targets", regressor, fit(X, Y + 1j), ["complex", "mean_squared_error"]),
    Row("one number as targets", regressor, fit(X, np.float32(3)), ["single number", "3.0"]),
    Row(
        "a list of pairs",
        regressor,
        fit(list(zip(X, Y, strict=True))),
        ["list of 12 examples", "tuple of 2", "numpy.stack"],
    ),
    Row("many inputs", regressor, fit([[X[:1]] * 12, X]), ["12 in all"]),
    Row("texts as data", regressor, fit(np.array([["a"] * 4] * 12), Y), ["<U1", "encode"]),
    Row(
        "ragged lists as data",
        regressor,
        fit(np.array([[1, 2], [3]] * 6, dtype=object), Y),
        ["object", "pad_sequences"],
    ),
    Row("ragged plain lists as data", regressor, fit([[1, 2], [3]] * 6, Y), ["pad_sequences"]),
    Row("a text instead of data", regressor, fit("data.csv", Y), ["str"]),
    Row("a number instead of data", regressor, fit(3, Y), ["int"]),
    Row("validation_split too large", regressor, fit(X, Y, validation_split=1.5), ["1.5", "1"]),
    Row("validation_split negative", regressor, fit(X, Y, validation_split=-0.1), ["-0.1"]),
    Row(
        "validation_split of nothing",
        regressor,
        fit(X[:1], Y[:1], validation_split=0.5),
        ["1 examples", "validation_split=0.5"],
    ),
    Row(
        "validation_split of a generator",
        regressor,
        lambda m: m.fit(few(2), validation_split=0.5, verbose=0),
        ["validation_data"],
    ),
    Row("too few inputs", towers, fit([X], [Y, Y]), ["'two'", "2 inputs", "left, right", "1"]),
    Row("too few inputs in a call", towers, lambda m: m([X]), ["2 inputs", "left, right"]),
    Row(
        "inputs in the wrong order",
        towers,
        fit([X[:, :3], X], [Y, Y]),
        ["'two'", "'left'", "(?, 4)"],
    ),
    Row(
        "missing keys",
        towers,
        fit({"left": X, "rihgt": X[:, :3]}, [Y, Y]),
        ["['right']", "'rihgt'"],
    ),
    Row("too few targets", towers, fit([X, X[:, :3]], [Y]), ["2 outputs", "'a'", "'b'"]),
    Row("missing targets", towers, fit([X, X[:, :3]], {"a": Y}), ["['b']"]),
    Row(
        "loss for an output that is none",
        towers,
        lambda m: _fit_with(m, loss={"c": "mse"}),
        ["'c'", "'a'", "'b'"],
    ),
    Row("too many losses", towers, lambda m: _fit_with(m, loss=["mse"] * 3), ["3", "2 outputs"]),
    Row(
        "metrics for an output that is none",
        towers,
        lambda m: _fit_with(m, loss="mse", metrics={"c": "mae"}),
        ["'c'", "'a'"],
    ),
    Row(
        "class weights of two outputs",
        towers,
        fit([X, X[:, :3]], [Y, Y], class_weight={0: 2.0}),
        ["class_weight", "sample_weight"],
    ),
    Row(
        "a callback that is a class",
        regressor,
        fit(X, Y, callbacks=[callbacks.EarlyStopping]),
        ["EarlyStopping", "()"],
        TypeError,
    ),
    Row("a callback that is none", regressor, fit(X, Y, callbacks=["stop"]), ["'stop'"], TypeError),
    Row("a batch of no size", regressor, fit(X, Y, batch_size=-1), ["batch_size", "-1"]),
    Row("a batch of half a size", regressor, fit(X, Y, batch_size=1.5), ["batch_size", "1.5"]),
    Row("no steps", regressor, fit(X, Y, batch_size=None, steps_per_epoch=0), ["steps", "0"]),
    Row("no epochs", regressor, fit(X, Y, epochs="3"), ["epochs", "'3'"]),
    Row(
        "too many arguments of a layer",
        nothing,
        lambda _: layers.Dense(2)(X, X, X, X),
        ["Dense", "call(", "inputs"],
        TypeError,
    ),
    Row(
        "no argument of a layer",
        nothing,
        lambda _: layers.Dense(2)(),
        ["Dense", "call("],
        TypeError,
    ),
    Row(
        "a layer that forgets super().__init__()",
        nothing,
        lambda _: Forgetful()(X),
        ["super().__init__(", "Forgetful"],
        RuntimeError,
    ),
    Row(
        "a layer with layers that forgets super().__init__()",
        nothing,
        lambda _: ForgetfulDense()(X),
        ["super().__init__(", "ForgetfulDense"],
        RuntimeError,
    ),
    Row("no layer in a Sequential", nothing, lambda _: Sequential([3]), ["3", "int"]),
    Row(
        "a class in a Sequential",
        nothing,
        lambda _: Sequential([layers.Flatten]),
        ["Flatten(...)"],
    ),
    Row(
        "names used twice in a Sequential",
        nothing,
        lambda _: Sequential([layers.Dense(1, name="a"), layers.Dense(1, name="a")]),
        ["'a'", "name"],
    ),
    Row("names used twice in a graph", nothing, lambda _: renamed(), ["'same'"]),
    Row("a graph that is not connected", nothing, lambda _: disconnected(), ["strange"]),
    Row("a model of arrays", nothing, lambda _: Model(X, Y), ["Input"]),
    Row(
        "weights of another shape",
        regressor,
        lambda m: m.set_weights([X, Y]),
        ["net", "(4, 1)", "(12, 4)"],
    ),
    Row(
        "weights of another number",
        regressor,
        lambda m: m.set_weights([np.zeros((4, 1))]),
        ["2 weights", "1 came"],
    ),
    Row("a layer of another index", regressor, lambda m: m.get_layer(index=7), ["7", "1 layers"]),
    Row("nothing to pop", nothing, lambda _: Sequential().pop(), ["no layers"]),
    Row("an empty Sequential", nothing, lambda _: Sequential()(X), ["no layers"]),
    Row(
        "steps_per_execution",
        regressor,
        compiled(loss="mse", steps_per_execution=0),
        ["steps_per_execution", "0"],
    ),
]


def compiled_without_loss():
    model = uncompiled()
    model.compile("sgd")
    return model


def _fit_with(model, **arguments):
    model = addax.models.clone_model(model)
    model.compile("sgd", **arguments)
    model.fit([X, X[:, :3]], [Y, Y], **FIT)


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_an_error_helps_and_changes_nothing(row):
    model = row.make()
    before = [] if model is None else model.get_weights()
    settings = None if model is None else (model.optimizer, model.loss, model.compiled)
    with pytest.raises(row.error) as caught:
        row.act(model)
    message = str(caught.value)
    assert type(caught.value) is row.error
    assert [w for w in row.words if w not in message] == []
    assert "Tracer" not in message and "jax" not in message.lower()
    if model is not None and not row.trains:
        assert (model.optimizer, model.loss, model.compiled) == settings
        for old, new in zip(before, model.get_weights(), strict=True):
            np.testing.assert_array_equal(old, new)


def test_a_model_that_needs_values_works_eagerly_and_not_compiled():
    model = picky()
    ones = np.ones((2, 4), "float32")
    np.testing.assert_array_equal(model(ones), model.out(ones))
    np.testing.assert_array_equal(model(-ones), model.out(ones))
    np.testing.assert_allclose(model.predict(-ones, verbose=0), model.out(ones), rtol=1e-6)
    model.compile("sgd", "mse", run_eagerly=True)
    model.fit(X, Y, **FIT)


def test_an_error_in_the_user_s_code_keeps_its_type_and_gets_the_layer():
    class Broken(layers.Layer):
        def call(self, x):
            return {"a": x}["b"]

    class Mismatched(layers.Layer):
        def call(self, x):
            return ops.matmul(x, np.ones((3, 2), "float32"))

    model = Sequential([layers.Dense(4), Broken(name="broken")], name="net")
    with pytest.raises(KeyError) as caught:
        model(X)
    assert "layer 'net/broken' (Broken)" in str(caught.value)
    model = Sequential([layers.Dense(4), Mismatched(name="mismatched")], name="net")
    with pytest.raises((TypeError, ValueError)) as failed:
        model(X)
    assert "net/mismatched" in str(failed.value) and "(?, 4)" in str(failed.value)
