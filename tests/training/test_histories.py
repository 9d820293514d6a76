"""Whole trainings equal Keras's: after the same seeds the same weights, batches and numbers."""

import random
from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import keras
import numpy as np
import pytest
from goldens import golden, plain
from training.builders import (
    activity,
    cnn,
    dictionary,
    embedded,
    heads,
    mlp,
    nested,
    normalized,
    only_added_loss,
    own_classes,
    own_loss,
    own_loss_method,
    own_steps,
    shared,
    towers,
    two_dtypes,
    with_added_loss,
)

import addax

RNG = np.random.default_rng(5)
X = RNG.normal(size=(52, 4)).astype("float32")
Z = RNG.normal(size=(52, 3)).astype("float32")
NUMBER = X[:, :1] - 2 * X[:, 1:2] + 0.1
BINARY = (NUMBER[:, 0] > 0).astype("float32")
CLASS = RNG.integers(0, 3, 52)
ONE_HOT = np.eye(3, dtype="float32")[CLASS]
SIMPLEX = np.abs(Z) / np.abs(Z).sum(-1, keepdims=True)
IMAGES = RNG.normal(size=(20, 8, 8, 2)).astype("float32")
WORDS = np.where(np.arange(6) < RNG.integers(1, 7, (28, 1)), RNG.integers(1, 9, (28, 6)), 0)
WEIGHTS = RNG.uniform(0, 2, 52).astype("float32")


class Row(NamedTuple):
    """A training: the model over a `keras` module, its data, and what compile and fit are given.

    Values of `compile` and `fit` that need the library are functions of it, marked by `of`.
    """

    title: str
    build: Callable
    x: Any
    y: Any
    compile: dict
    fit: dict
    rtol: float

    def __str__(self):
        return self.title


class of(NamedTuple):
    """A value that is made from the library's module."""

    make: Callable


def row(title, build, x, y, loss=None, *, fit=None, rtol=1e-5, **compile_arguments):
    """A row; `loss` may be left to the model."""
    compile_arguments = {"optimizer": "sgd", "loss": loss} | compile_arguments
    return Row(title, build, x, y, compile_arguments, fit or {}, rtol)


def regression(title, **fit):
    """A row about an argument of `fit`, on the plainest model."""
    return row(title, mlp(1), X, NUMBER, "mse", metrics=["mae"], fit=fit)


def schedule(keras):
    return [keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.5)]


def halver(keras):
    class Halver(keras.callbacks.Callback):
        """Sets weights while the training runs."""

        def on_epoch_begin(self, epoch, logs=None):
            self.model.set_weights([w * 0.5 for w in self.model.get_weights()])

    return [Halver()]


def by_batch(keras):
    class ByBatch(keras.callbacks.Callback):
        """Sets a weight in the middle of an epoch."""

        def on_train_batch_end(self, batch, logs=None):
            if batch == 1:
                bias = self.model.layers[-1].bias
                bias.assign(bias + 1.0)

    return [ByBatch()]


def batches(x, y, size=13):
    while True:
        for i in range(0, len(x), size):
            yield x[i : i + size], y[i : i + size]


def dataset(keras):
    class Batches(keras.utils.PyDataset):
        def __len__(self):
            return 4

        def __getitem__(self, i):
            return X[i * 13 : i * 13 + 13], NUMBER[i * 13 : i * 13 + 13]

    return Batches()


def gap(y_true, y_pred):
    return abs(y_true - y_pred)


LOSSES = [
    ("mean_squared_error", NUMBER, None),
    ("huber", NUMBER, None),
    ("poisson", np.abs(NUMBER), "softplus"),
    ("hinge", BINARY, "tanh"),
    ("binary_crossentropy", BINARY, "sigmoid"),
    ("categorical_crossentropy", ONE_HOT, "softmax"),
    ("sparse_categorical_crossentropy", CLASS, "softmax"),
    ("kl_divergence", SIMPLEX, "softmax"),
    ("cosine_similarity", SIMPLEX, None),
]

ROWS = [
    *[
        row(f"loss {name}", mlp(3 if y.shape[1:] == (3,) or y is CLASS else 1, last), X, y, name)
        for name, y, last in LOSSES
    ],
    row("logits", mlp(3), X, CLASS, of(lambda k: k.losses.SparseCategoricalCrossentropy(True))),
    row("loss class", mlp(1), X, NUMBER, of(lambda k: k.losses.Huber)),
    row("loss reduction sum", mlp(1), X, NUMBER, of(lambda k: k.losses.MeanSquaredError("sum"))),
    row(
        "label smoothing",
        mlp(3, "softmax"),
        X,
        ONE_HOT,
        of(lambda k: k.losses.CategoricalCrossentropy(label_smoothing=0.1)),
    ),
    row("loss function", mlp(1), X, NUMBER, gap, metrics=[gap]),
    row(
        "binary metrics",
        mlp(1, "sigmoid"),
        X,
        BINARY,
        "bce",
        optimizer="adam",
        metrics=["accuracy", "AUC", "Precision", "Recall", "mse"],
    ),
    row(
        "class metrics",
        mlp(3, "softmax"),
        X,
        CLASS,
        "sparse_categorical_crossentropy",
        optimizer="rmsprop",
        metrics=["acc", "sparse_top_k_categorical_accuracy"],
    ),
    row(
        "one-hot metrics",
        mlp(3, "softmax"),
        X,
        ONE_HOT,
        "categorical_crossentropy",
        metrics=[
            "accuracy",
            of(lambda k: k.metrics.TopKCategoricalAccuracy(2)),
            of(lambda k: k.metrics.F1Score(average="macro")),
        ],
    ),
    row(
        "regression metrics",
        mlp(1),
        X,
        NUMBER,
        "mse",
        metrics=["mae", "mape", "RootMeanSquaredError", "R2Score", "cosine_similarity"],
    ),
    row(
        "weighted metrics",
        mlp(1),
        X,
        NUMBER,
        "mse",
        metrics=["mae"],
        weighted_metrics=["mse"],
        fit={"sample_weight": WEIGHTS},
    ),
    regression("validation split", validation_split=0.3),
    regression("validation data", validation_data=(X[:20], NUMBER[:20]), validation_batch_size=7),
    regression("weighted validation", sample_weight=WEIGHTS, validation_split=0.3),
    regression("validation frequency", validation_split=0.3, validation_freq=2, epochs=3),
    regression("validation steps", validation_data=(X, NUMBER), validation_steps=2),
    regression("in order", shuffle=False),
    regression("shuffled batches", shuffle="batch"),
    regression("one batch", batch_size=52),
    regression("batch larger than the data", batch_size=99),
    regression("ragged", batch_size=7),
    regression("default batch size", batch_size=None),
    regression("some steps", steps_per_epoch=2),
    regression("later epochs", initial_epoch=2, epochs=4),
    regression("schedule of rates", callbacks=of(schedule), epochs=3),
    regression("weights set in a callback", callbacks=of(halver)),
    regression("weights set in a batch hook", callbacks=of(by_batch)),
    row(
        "class weights",
        mlp(3, "softmax"),
        X,
        CLASS,
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        fit={"class_weight": {0: 1.0, 1: 3.0, 2: 0.5}},
    ),
    row(
        "class weights of one-hot",
        mlp(3, "softmax"),
        X,
        ONE_HOT,
        "categorical_crossentropy",
        fit={"class_weight": {0: 1.0, 1: 3.0}},
    ),
    row(
        "steps per execution",
        mlp(1),
        X,
        NUMBER,
        "mse",
        steps_per_execution=2,
        fit={"batch_size": 13},
    ),
    row("eager", mlp(1), X, NUMBER, "mse", run_eagerly=True, fit={"epochs": 1}),
    row(
        "generator",
        mlp(1),
        of(lambda k: batches(X, NUMBER)),
        None,
        "mse",
        fit={"steps_per_epoch": 4},
    ),
    row("PyDataset", mlp(1), of(dataset), None, "mse", fit={"shuffle": False}),
    row("shuffled PyDataset", mlp(1), of(dataset), None, "mse"),
    row(
        "regularizers",
        mlp(1, kernel_regularizer="l2", bias_regularizer="l1"),
        X,
        NUMBER,
        "mse",
        metrics=["mae"],
    ),
    row("constraint", mlp(1, kernel_constraint="unit_norm"), X, NUMBER, "mse"),
    row("activity regularizer", activity, X, NUMBER, "mse", fit={"batch_size": 26}),
    row("dropout and normalization", normalized, X, NUMBER, "mse", optimizer="adam", rtol=1e-4),
    *[
        row(f"optimizer {name}", mlp(1), X, NUMBER, "mse", optimizer=of(make))
        for name, make in (
            ("momentum", lambda k: k.optimizers.SGD(0.01, momentum=0.9, nesterov=True)),
            ("rmsprop", lambda k: k.optimizers.RMSprop(0.01, centered=True)),
            ("adam", lambda k: k.optimizers.Adam(0.01, amsgrad=True, clipnorm=1.0)),
            ("adamw", lambda k: k.optimizers.AdamW(0.01, weight_decay=0.1)),
            (
                "schedule",
                lambda k: k.optimizers.SGD(k.optimizers.schedules.ExponentialDecay(0.1, 3, 0.5)),
            ),
        )
    ],
    row(
        "convolutions",
        cnn,
        IMAGES,
        CLASS[:20],
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        rtol=1e-4,
        fit={"batch_size": 8},
    ),
    row(
        "masked LSTM",
        embedded,
        WORDS,
        BINARY[:28],
        "bce",
        optimizer="adam",
        metrics=["accuracy"],
        fit={"batch_size": 12},
        rtol=1e-4,
    ),
    row("two outputs, one loss", towers, [X, Z], [NUMBER, BINARY], "mse", metrics=["mae", "mse"]),
    row(
        "two outputs, lists",
        towers,
        [X, Z],
        [NUMBER, BINARY],
        ["mse", "bce"],
        loss_weights=[0.3, 2.0],
        metrics=[["mae"], ["accuracy"]],
        fit={"sample_weight": [WEIGHTS, WEIGHTS[::-1].copy()], "batch_size": 26},
    ),
    row(
        "two outputs, dictionaries",
        towers,
        {"left": X, "right": Z},
        {"number": NUMBER, "kind": BINARY},
        {"number": "mse", "kind": "bce"},
        loss_weights={"number": 0.3, "kind": 2.0},
        metrics={"kind": ["accuracy", "mse"]},
    ),
    row("one of two losses", towers, [X, Z], [NUMBER, BINARY], ["mse", None]),
    row(
        "dictionary of outputs",
        heads,
        X,
        {"a": NUMBER, "b": CLASS},
        {"a": "mse", "b": "sparse_categorical_crossentropy"},
        metrics={"a": ["mae"], "b": ["accuracy"]},
        fit={"validation_split": 0.25},
    ),
    row("dictionary of inputs", dictionary, {"left": X, "right": Z}, NUMBER, "mse"),
    row("shared layers", shared, [X, X[::-1].copy()], NUMBER, "mse"),
    row("nested models", nested, X, NUMBER, "mse", metrics=["mae"]),
    row("bfloat16", mlp(1, dtype="mixed_bfloat16"), X, NUMBER, "mse", rtol=1e-2),
    row("inputs of two types", two_dtypes, [X, CLASS], NUMBER, "mse"),
    row("own classes", own_classes, X, NUMBER, of(lambda k: own_loss(k)), metrics=["mae"]),
    row("own steps", own_steps, X, NUMBER, of(lambda k: k.losses.MeanSquaredError())),
    row("own compute_loss", own_loss_method, X, NUMBER),
    row("added losses", with_added_loss, X, NUMBER, "mse"),
    row("no loss but an added one", only_added_loss, X, None),
]


def materialize(value: Any, library: Any) -> Any:
    """`value` with every `of` in it made."""
    if isinstance(value, of):
        return value.make(library)
    if isinstance(value, dict):
        return {k: materialize(v, library) for k, v in value.items()}
    return [materialize(v, library) for v in value] if isinstance(value, list) else value


def play(library: Any, row: Row) -> dict[str, Any]:
    """Everything that the row's training says."""
    library.utils.clear_session()
    library.utils.set_random_seed(3)
    random.seed(1)
    np.random.seed(2)
    model = row.build(library)
    model.compile(**materialize(row.compile, library))
    x = materialize(row.x, library)
    options = {"epochs": 2, "batch_size": 13, "verbose": 0} | materialize(row.fit, library)
    streams = isinstance(row.x, of)
    if streams:
        del options["batch_size"]
    history = model.fit(x, row.y, **options)
    said = dict(history.history)
    if streams:
        first = X, NUMBER
    else:
        weights = options.get("sample_weight")
        said["evaluate"] = model.evaluate(x, row.y, 26, 0, sample_weight=weights)
        said["dict"] = model.evaluate(x, row.y, 26, 0, return_dict=True)
        first = x, row.y
    said["predict"] = model.predict(first[0], batch_size=26, verbose=0)
    said["train_on_batch"] = model.train_on_batch(*head(first, 13))
    said["test_on_batch"] = model.test_on_batch(*head(first, 26), return_dict=True)
    said["weights"] = model.get_weights()
    said["metrics"] = sorted(said["dict"]) if "dict" in said else None
    return said


def head(value: Any, size: int) -> Any:
    """The first rows of a structure of arrays."""
    if isinstance(value, dict):
        return {k: head(v, size) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [head(v, size) for v in value]
    return None if value is None else value[:size]


def evaluate_first(library):
    """Looking at the data before training uses up no random numbers but what Keras uses."""
    library.utils.clear_session()
    library.utils.set_random_seed(3)
    model = mlp(1)(library)
    model.compile("sgd", "mse", metrics=["mae"])
    before = model.evaluate(X, NUMBER, verbose=0), model.predict(X, verbose=0).sum()
    history = model.fit(X, NUMBER, epochs=2, verbose=0).history
    return [*before[0], before[1], *history["loss"], *history["mae"]]


def test_evaluate_then_fit_equals_keras():
    theirs = golden("histories", "evaluate first", lambda: evaluate_first(keras))
    np.testing.assert_allclose(evaluate_first(addax), theirs, rtol=1e-5)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_training_equals_keras(row):
    theirs = golden("histories", row.title, lambda: play(keras, row))
    ours = plain(play(addax, row))
    assert jax.tree.structure(ours) == jax.tree.structure(theirs)
    for what, expected in theirs.items():
        found, wanted = jax.tree.leaves(ours[what]), jax.tree.leaves(expected)
        if what == "metrics":
            assert found == wanted
        else:
            np.testing.assert_allclose(found, wanted, row.rtol, row.rtol, err_msg=what)
