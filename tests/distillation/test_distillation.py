"""Distillation equals Keras's: losses, whole trainings, configurations, errors."""

import keras
import numpy as np
import pytest

import addax
from addax.distillation import (
    DistillationLoss,
    Distiller,
    FeatureDistillation,
    LogitsDistillation,
)

RNG = np.random.default_rng(0)
T, S = RNG.normal(size=(2, 6, 4)).astype("float32")
X = RNG.normal(size=(24, 5)).astype("float32")
Y = RNG.integers(0, 3, 24)

LOSSES = {
    "logits": lambda k, d: d.LogitsDistillation(loss=k.losses.KLDivergence()),
    "hot": lambda k, d: d.LogitsDistillation(temperature=5, loss=k.losses.KLDivergence()),
    "logits by mse": lambda k, d: d.LogitsDistillation(2.0, k.losses.MeanSquaredError()),
    "by a name": lambda k, d: d.LogitsDistillation(2.0, "mse"),
    "features": lambda k, d: d.FeatureDistillation(),
    "features by cosine": lambda k, d: d.FeatureDistillation("cosine_similarity"),
    "one of two": lambda k, d: d.FeatureDistillation(["mse", None]),
    "both": lambda k, d: d.LogitsDistillation(loss=[k.losses.KLDivergence(), "mse"]),
}


@pytest.mark.parametrize("name", LOSSES)
def test_losses_equal_keras(name):
    ours, theirs = (LOSSES[name](k, k.distillation) for k in (addax, keras))
    given = ([T, 2 * T], [S, S]) if isinstance(theirs.loss, list) else (T, S)
    expected = np.asarray(theirs.compute_loss(*given))
    ours.validate_outputs(*given)
    np.testing.assert_allclose(ours.compute_loss(*given), expected, rtol=1e-5)
    again = type(ours).from_config(ours.get_config())
    np.testing.assert_allclose(again.compute_loss(*given), expected, rtol=1e-5)
    back = type(theirs).from_config(ours.get_config())
    np.testing.assert_allclose(back.compute_loss(*given), expected, rtol=1e-5)


def test_the_divergence_by_name_is_one_of_probabilities():
    value = LogitsDistillation().compute_loss(T, S)
    as_object = LogitsDistillation(loss=addax.losses.KLDivergence()).compute_loss(T, S)
    np.testing.assert_allclose(value, as_object, rtol=1e-6)


def network(library, units, name):
    layers = library.layers
    parts = [layers.Dense(units, "relu", name="hidden"), layers.Dense(4, "tanh", name="code")]
    return library.Sequential(
        [layers.Input((5,)), *parts, layers.Dense(3, name="logits")], name=name
    )


def distiller(library, **options):
    kind = library.distillation
    divergence = library.losses.KLDivergence()
    parts = [
        kind.LogitsDistillation(2.0, divergence),
        kind.FeatureDistillation("mse", "code", "code"),
    ]
    options = {"distillation_loss_weights": [1.0, 0.3], "student_loss_weight": 0.4} | options
    teacher, student = network(library, 16, "teacher"), network(library, 6, "student")
    model = kind.Distiller(teacher, student, parts, **options)
    loss = library.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss, metrics=["accuracy"])
    return model


def test_a_training_equals_keras():
    models = [distiller(k) for k in (addax, keras)]
    for ours, theirs in zip(models[0].weights[:12], models[1].weights[:12], strict=True):
        assert ours.shape == theirs.shape
        ours.assign(np.asarray(theirs))
    before = [np.asarray(w) for w in models[0].teacher.weights]
    logs = [m.fit(X, Y, epochs=2, batch_size=8, shuffle=False, verbose=0).history for m in models]
    assert logs[0].keys() == logs[1].keys()
    for name in logs[1]:
        np.testing.assert_allclose(logs[0][name], logs[1][name], rtol=1e-4)
    for now, then in zip(models[0].teacher.weights, before, strict=True):
        np.testing.assert_array_equal(now, then)
    scores = [m.evaluate(X, Y, verbose=0, return_dict=True) for m in models]
    for name in scores[1]:
        np.testing.assert_allclose(scores[0][name], scores[1][name], rtol=1e-4)
    predicted = models[0].predict(X, verbose=0)
    np.testing.assert_allclose(predicted, models[0].student.predict(X, verbose=0), rtol=1e-6)


@pytest.mark.parametrize("writer, reader", [(addax, addax), (addax, keras), (keras, addax)])
def test_files(writer, reader, tmp_path):
    model = distiller(writer)
    model.predict(X, verbose=0)
    model.save(tmp_path / "m.keras")
    with pytest.warns(UserWarning, match="compile"):  # it has a compile of its own
        loaded = reader.saving.load_model(tmp_path / "m.keras")
    expected = model.predict(X, verbose=0)
    np.testing.assert_allclose(loaded.predict(X, verbose=0), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_one_side_alone(weight):
    model = distiller(addax, student_loss_weight=weight)
    logs = model.fit(X, Y, verbose=0).history
    assert (logs["student_loss"] == [0]) == (weight == 0)
    assert (logs["distillation_loss"] == [0]) == (weight == 1)


class Vector(DistillationLoss):
    def compute_loss(self, teacher_outputs, student_outputs, **kwargs):
        return (teacher_outputs - student_outputs)[0]


def made(teacher=None, student=None, losses=None, **options):
    teacher = network(addax, 4, "a") if teacher is None else teacher
    student = network(addax, 4, "b") if student is None else student
    return Distiller(teacher, student, losses or LogitsDistillation(), **options)


def other(inputs=5, outputs=3, dtype="float32"):
    return addax.Sequential([addax.Input((inputs,), dtype=dtype), addax.layers.Dense(outputs)])


class Subclassed(addax.Model):
    def call(self, x):
        return x


def train(losses):
    model = made(losses=losses)
    model.compile("sgd", "mse")
    model.fit(X, np.zeros((24, 3)), verbose=0)


WRONG = {
    "temperature": (lambda: LogitsDistillation(0), "temperature"),
    "text": (lambda: LogitsDistillation("hot"), "temperature must be a number"),
    "no loss": (lambda: LogitsDistillation(loss=[None]), "at least one non-`None`"),
    "unknown loss": (lambda: FeatureDistillation("msee"), "msee"),
    "structure": (lambda: FeatureDistillation(["mse"]).validate_outputs(T, S), "structure"),
    "teacher": (lambda: made(teacher=3), "Teacher must be a Model; received int"),
    "student": (lambda: made(student="x"), "Student must be a Model; received str"),
    "inputs": (lambda: made(student=other(inputs=4)), "input shapes are incompatible"),
    "outputs": (lambda: made(student=other(outputs=4)), "output shapes are incompatible"),
    "dtype": (lambda: made(student=other(dtype="int32")), "input dtypes must match"),
    "weight": (lambda: made(student_loss_weight=1.5), "between 0.0 and 1.0; received 1.5"),
    "weights": (
        lambda: made(losses=[LogitsDistillation()], distillation_loss_weights=[1, 2]),
        r"distillation_loss_weights \(2\) must match number of distillation_losses \(1\)",
    ),
    "none": (lambda: Distiller(other(), other(), None), "received None"),
    "layer": (
        lambda: made(losses=FeatureDistillation("mse", "cod", "code")),
        "(?s)In teacher model.*cod",
    ),
    "subclassed": (
        lambda: made(student=Subclassed(), losses=FeatureDistillation("mse", "code", "code")),
        "requires Functional or Sequential models; the student",
    ),
    "no student loss": (lambda: made().compile("sgd"), "received None"),
    "metrics": (lambda: made().compile("sgd", "mse", metrics="mae"), "list or tuple"),
    "vector": (lambda: train(Vector()), r"Vector returned a non-scalar loss of shape \(3,\)"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use(name):
    act, words = WRONG[name]
    with pytest.raises(ValueError, match=words):
        act()


def test_the_base():
    with pytest.raises(NotImplementedError, match="compute_loss"):
        DistillationLoss().compute_loss(T, S)
