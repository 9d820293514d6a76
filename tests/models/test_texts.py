"""Models that take texts: what JAX can't hold runs on the host, ahead of the compiled part."""

import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

import addax
from addax import layers
from addax.models.host_part import Prepared

DATA = Path(__file__).parents[1] / "data"
TEXTS = ["good film", "bad film", "good good", "awful thing", "nice good", "bad awful"] * 4
LABELS = np.array([1, 0, 1, 0, 1, 0] * 4, "float32")
BONUS = np.linspace(0, 1, 24, dtype="float32")[:, None]


def vectorizer(**arguments):
    layer = layers.TextVectorization(**arguments)
    layer.adapt(TEXTS)
    return layer


def head(x):
    pooled = layers.GlobalAveragePooling1D()(layers.Embedding(9, 4)(x))
    return layers.Dense(1, activation="sigmoid")(pooled)


def functional():
    text = addax.Input((1,), dtype="string")
    return addax.Model(text, head(vectorizer(output_sequence_length=3)(text)))


def stacked():
    return addax.Sequential(
        [
            addax.Input((1,), dtype="string"),
            vectorizer(output_mode="tf_idf"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def waiting():
    """Its input is known with the first data only."""
    return addax.Sequential([vectorizer(output_mode="count"), layers.Dense(1)])


def looked_up():
    text = addax.Input((1,), dtype="string")
    one_hot = layers.StringLookup(output_mode="one_hot")
    one_hot.adapt(TEXTS)
    joined = layers.Concatenate()([one_hot(text), layers.Hashing(5, output_mode="one_hot")(text)])
    return addax.Model(text, layers.Dense(1, activation="sigmoid")(joined))


def nested():
    """The preparing layers lie in a model inside, with weights that are trained."""
    text = addax.Input((1,), dtype="string")
    return addax.Model(text, layers.Dense(1, activation="sigmoid")(functional()(text)))


def around_a_stack():
    text = addax.Input((1,), dtype="string")
    return addax.Model(text, layers.Dense(1, activation="sigmoid")(stacked()(text)))


def batches():
    for i in range(0, 24, 8):
        yield TEXTS[i : i + 8], LABELS[i : i + 8]


class Rows(addax.utils.PyDataset):
    def __len__(self):
        return 3

    def __getitem__(self, i):
        return np.array(TEXTS[i * 8 : i * 8 + 8]), LABELS[i * 8 : i * 8 + 8]


MODELS = [functional, stacked, waiting, looked_up, nested, around_a_stack]
each_model = pytest.mark.parametrize("make", MODELS)


@each_model
def test_training_learns_and_files_keep_it(make, tmp_path):
    addax.utils.set_random_seed(1)
    model = make()
    model.compile(addax.optimizers.Adam(0.05), "mse", metrics=["accuracy"])
    history = model.fit(
        TEXTS, LABELS, epochs=15, verbose=0, validation_data=(np.array(TEXTS), LABELS)
    ).history
    assert history["val_loss"][-1] < 0.9 * history["loss"][0]
    assert model.evaluate(TEXTS, LABELS, verbose=0)[0] == pytest.approx(history["val_loss"][-1])
    predicted = model.predict(TEXTS, verbose=0)
    model.save(tmp_path / "model.keras")
    again = addax.models.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(again.predict(TEXTS, verbose=0), predicted, atol=1e-6)
    assert len(again.trainable_weights) == len(model.trainable_weights) > 1


@each_model
def test_every_entrance_takes_texts(make):
    model = make()
    model.compile("sgd", "mse")
    few = TEXTS[:5]
    forms = [
        few,
        list(np.array(few)),
        np.array(few),
        np.array(few, object),
        np.char.encode(np.array(few)),
    ]
    forms += [np.array(few)[:, None]] if make is not waiting else []
    wanted = model.predict(few, verbose=0)
    for form in forms:
        np.testing.assert_allclose(model(form), wanted, atol=1e-6)
        np.testing.assert_allclose(model.predict(form, verbose=0), wanted, atol=1e-6)
        np.testing.assert_allclose(model.predict_on_batch(form), wanted, atol=1e-6)
    np.testing.assert_allclose(
        model.predict(iter([few[:2], few[2:]]), verbose=0), wanted, atol=1e-6
    )
    loss = model.evaluate(TEXTS, LABELS, verbose=0)
    assert model.test_on_batch(TEXTS, LABELS) == pytest.approx(loss, rel=1e-5)
    for data in (batches(), Rows(), batches):
        assert model.evaluate(data, verbose=0) == pytest.approx(loss, rel=1e-5)
    before = model.get_weights()
    model.train_on_batch(TEXTS, LABELS)
    model.fit(Rows(), verbose=0)
    model.fit(batches(), verbose=0)
    model.fit(TEXTS, LABELS, verbose=0, validation_split=0.25)
    assert any(not np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


def two_inputs(nest):
    text, bonus = addax.Input((1,), dtype="string", name="a"), addax.Input((1,), name="b")
    joined = layers.Concatenate()([vectorizer(output_mode="multi_hot")(text), bonus])
    return addax.Model(nest(text, bonus), layers.Dense(1)(joined))


@pytest.mark.parametrize(
    "nest", [lambda a, b: [a, b], lambda a, b: {"a": a, "b": b}], ids=["list", "dict"]
)
def test_texts_beside_numbers(nest):
    model = two_inputs(nest)
    model.compile("sgd", "mse")
    x = nest(TEXTS, BONUS)
    model.fit(x, LABELS, verbose=0, validation_split=0.25, epochs=2)
    wanted = model.predict(x, verbose=0)
    np.testing.assert_allclose(model(x), wanted, atol=1e-6)
    lists = nest(TEXTS[:3], BONUS[:3].tolist())
    np.testing.assert_allclose(model.predict(lists, verbose=0), wanted[:3], atol=1e-5)


def test_large_integers_reach_the_host_whole():
    ids = addax.Input((1,), dtype="int64")
    model = addax.Model(ids, layers.IntegerLookup(vocabulary=[2**40, 2**40 + 1])(ids))
    assert model.predict(np.array([2**40 + 1, 2**40, 0]), verbose=0).tolist() == [[2], [1], [0]]


def test_calls_before_a_host_layer_run_there_too():
    numbers = addax.Input((2,), dtype="int32")
    bins = layers.HashedCrossing(5)([numbers[:, :1] + 1, numbers[:, 1:]])
    model = addax.Model(numbers, [bins, numbers * 2])
    x = np.array([[1, 2], [3, 4]])
    found, twice = model.predict(x, verbose=0)
    np.testing.assert_array_equal(found, layers.HashedCrossing(5)([x[:, :1] + 1, x[:, 1:]]))
    np.testing.assert_array_equal(twice, x * 2)
    assert [len(model.host_part.first), len(model.host_part.rest)] == [4, 1]


def test_models_without_texts_have_no_host_part():
    x = addax.Input((2,))
    assert addax.Model(x, layers.Dense(1)(x)).host_part is None


def test_preparing_alone_is_a_model():
    text = addax.Input((), dtype="string")
    model = addax.Model(text, vectorizer(output_sequence_length=2)(text))
    x = ["good film", "bad"]
    np.testing.assert_array_equal(model.predict(x, verbose=0), model.layers[-1](x))
    prepared = model._ahead(["bad"])
    assert isinstance(prepared, Prepared) and model._ahead(prepared) is prepared


def test_learning_again_counts_at_once():
    text = addax.Input((1,), dtype="string")
    layer = vectorizer(output_sequence_length=1)
    model = addax.Model(text, layer(text))
    assert model.predict(["other"], verbose=0).tolist() == [[1]]
    layer.adapt(["other"])
    assert model.predict(["other"], verbose=0).tolist() == [[2]]


def test_model_of_keras(tmp_path):
    row = json.loads((DATA / "text_model.json").read_text())[0]
    model = addax.models.load_model(DATA / "text_model.keras")
    np.testing.assert_allclose(model.predict(row["inputs"], verbose=0), row["outputs"], atol=1e-6)
    model.save(tmp_path / "again.keras")
    again = addax.models.load_model(tmp_path / "again.keras")
    np.testing.assert_allclose(again(row["inputs"]), row["outputs"], atol=1e-6)


@pytest.mark.parametrize(
    "layer, x",
    [
        (layers.StringLookup(output_mode="tf_idf"), ["a", "b"]),
        (layers.TextVectorization(split="character"), ["a\nb b", "é"]),
        (layers.TextVectorization(vocabulary=["b", "a"]), ["a b", ""]),
        (layers.StringLookup(), ["", "a", " "]),
        (layers.IntegerLookup(), [2**40, -7]),
    ],
    ids=str,
)
def test_vocabularies_in_files(layer, x, tmp_path):
    model = addax.Sequential([addax.Input((), dtype=layer.compute_dtype), layer])
    if layer.vocabulary is None:
        layer.adapt(x)
        model = addax.Sequential([addax.Input((), dtype=layer.compute_dtype), layer])
    model.save(tmp_path / "model.keras")
    again = addax.models.load_model(tmp_path / "model.keras")
    assert again.layers[0].get_vocabulary() == layer.get_vocabulary()
    np.testing.assert_array_equal(again.layers[0](x), layer(x))


def renamed(text):
    """A file of a stack whose vocabulary was changed to `text`."""
    model = addax.Sequential([addax.Input((), dtype="string"), layers.StringLookup()])
    model.layers[0].adapt(["a", "b"])
    whole, changed = io.BytesIO(), io.BytesIO()
    model.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            is_list = info.filename.endswith("vocabulary.txt")
            new.writestr(info, text if is_list else old.read(info))
    changed.seek(0)
    return changed


def test_vocabulary_of_a_file_is_data():
    assert addax.models.load_model(renamed("[UNK]\nx")).layers[0].get_vocabulary() == [
        "[UNK]", "x",
    ]  # fmt: skip
    with pytest.raises(addax.saving.LoadError, match="Each entry stands once"):
        addax.models.load_model(renamed("x\nx"))


def test_python_may_run_the_compiled_part():
    model = functional()
    model.compile("sgd", "mse", run_eagerly=True)
    wanted = model.predict(TEXTS[:3], verbose=0)
    model.run_eagerly = False
    np.testing.assert_allclose(model.predict(TEXTS[:3], verbose=0), wanted, atol=1e-6)


def test_a_train_step_of_ones_own():
    class Own(addax.Model):
        def train_step(self, state, data):
            return super().train_step(state, data)

    text = addax.Input((1,), dtype="string")
    model = Own(text, head(vectorizer(output_sequence_length=3)(text)))
    model.compile(addax.optimizers.Adam(0.05), "mse")
    losses = model.fit(TEXTS, LABELS, epochs=15, verbose=0).history["loss"]
    assert losses[-1] < 0.9 * losses[0]


def numeric():
    x = addax.Input((1,))
    return addax.Model(x, layers.Dense(1)(x))


def spoken():
    numbers = addax.Input((1,), dtype="int32")
    return addax.Model(numbers, layers.StringLookup(vocabulary=["a"], invert=True)(numbers))


ERRORS = [
    (spoken, "holds texts, which a model can take in but not give"),
    (
        lambda: layers.Dense(1)(addax.Input((2,), dtype="string")),
        "put TextVectorization, StringLookup",
    ),
    (lambda: functional().predict([1.0, 2.0], verbose=0), "takes texts; received 1.0"),
    (lambda: functional().predict([["a", "b"]], verbose=0), r"of shape string\(\?, 1\); received"),
    (lambda: numeric().predict(np.array(["a"]), verbose=0), "Training data are numbers"),
    (
        lambda: two_inputs(lambda a, b: [a, b]).predict([TEXTS[:2], TEXTS[:2]], verbose=0),
        "Input 'b' takes float32; received texts",
    ),
    (lambda: two_inputs(lambda a, b: [a, b]).predict(TEXTS[:3], verbose=0), "2 inputs"),
]


@pytest.mark.parametrize("attempt, message", ERRORS, ids=[m for _, m in ERRORS])
def test_errors(attempt, message):
    with pytest.raises((ValueError, TypeError)) as caught:
        attempt()
    assert re.search(message, str(caught.value), re.S), str(caught.value)
