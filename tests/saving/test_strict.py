"""All or nothing: what does not fit is listed, and the model stays as it was."""

import json
import random
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from addax import layers, saving
from addax.models import Model, Sequential, model_from_json

NAMES = ["w.weights.h5", "w.h5", "w.safetensors", "w.bin", "m.keras", "m.hdf5"]


def small(width=3, extra=False):
    rows = [layers.Input((4,)), layers.Dense(width), layers.Dense(2)]
    return Sequential(rows + [layers.Dense(2)] * extra)


def write(model, path):
    (model.save if path.name[0] == "m" else model.save_weights)(path)


@pytest.mark.parametrize("name", NAMES)
def test_weights_of_every_format(name, tmp_path):
    model, other = small(), small()
    write(model, tmp_path / name)
    other.load_weights(tmp_path / name)
    for a, b in zip(model.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "change, kind", [({"width": 5}, "other shape"), ({"extra": True}, "missing")]
)
def test_what_does_not_fit_is_listed(name, change, kind, tmp_path):
    write(small(), tmp_path / name)
    model = small(**change)
    before = model.get_weights()
    with pytest.raises(saving.LoadError, match=kind) as error:
        model.load_weights(tmp_path / name)
    assert "nothing was changed" in str(error.value)
    assert "(4, 3)" in str(error.value) or "extra" in change
    for a, b in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    with pytest.warns(UserWarning, match="not loaded"):
        model.load_weights(tmp_path / name, skip_mismatch=True)


def test_what_the_file_has_in_excess(tmp_path):
    write(small(extra=True), tmp_path / "w")
    with pytest.raises(saving.LoadError, match="unexpected"):
        small().load_weights(tmp_path / "w")


def test_objects_to_skip_keep_what_they_have(tmp_path):
    model = small()
    model.save_weights(tmp_path / "w.weights.h5")
    model.save(tmp_path / "old.h5")
    first, last = model.layers
    last.set_weights([np.ones((3, 2)), np.ones(2)])
    before = first.get_weights()
    first.set_weights([w + 1 for w in before])
    model.load_weights(tmp_path / "w.weights.h5", objects_to_skip=[last])
    np.testing.assert_array_equal(last.get_weights()[0], np.ones((3, 2)))
    np.testing.assert_array_equal(first.get_weights()[0], before[0])
    with pytest.raises(ValueError, match="Keras 1 and 2"):
        model.load_weights(tmp_path / "old.h5", objects_to_skip=[last])


def test_a_class_without_from_config():
    class Bare:
        def get_config(self):
            return {}

    with pytest.raises(TypeError, match="no from_config"):
        saving.deserialize_keras_object(
            saving.serialize_keras_object(Bare()), custom_objects={"Bare": Bare}
        )


def test_names_that_belong_to_others():
    config = {"module": "keras.layers", "class_name": "Dense", "config": {"units": 1}}
    assert saving.deserialize_keras_object(config | {"registered_name": "Dense"}).units == 1
    with pytest.raises(ValueError, match="neither built in nor registered"):
        saving.deserialize_keras_object(config | {"registered_name": "mine>Dense"})
    with pytest.raises(ValueError, match=r"It is of module 'my_package\.layers'; files never"):
        saving.deserialize_keras_object(config | {"module": "my_package.layers"})

    @saving.register_keras_serializable(package="test_strict")
    def squared(x):
        return x**2

    config = {"module": "builtins", "class_name": "function", "registered_name": "function"}
    for name in ("squared", "test_strict>squared"):  # Keras 3.6 wrote no package
        assert saving.deserialize_keras_object(config | {"config": name}) is squared


@saving.register_keras_serializable(package="test_strict")
class OwnGraph(Model):
    """A functional model that its class makes itself."""

    def __init__(self, **kwargs):
        inputs = layers.Input((4,))
        super().__init__(inputs, layers.Dense(2)(inputs), **kwargs)


@saving.register_keras_serializable(package="test_strict")
class OwnCompile(Sequential):
    def compile(self, more):
        super().compile("sgd", "mse")


def test_classes_with_their_own_ways(tmp_path):
    OwnGraph().save(tmp_path / "m.keras")
    assert isinstance(saving.load_model(tmp_path / "m.keras"), OwnGraph)
    model = OwnCompile([layers.Input((4,)), layers.Dense(2)])
    model.compile(1)
    model.save(tmp_path / "m.keras")
    with pytest.warns(UserWarning, match="its own compile"):
        assert not saving.load_model(tmp_path / "m.keras").compiled


def test_by_name(tmp_path):
    first = Sequential([layers.Input((4,)), layers.Dense(3, name="a"), layers.Dense(3, name="b")])
    other = Sequential([layers.Input((4,)), layers.Dense(3, name="a"), layers.Dense(9, name="c")])
    first.save_weights(tmp_path / "w.h5")
    other.load_weights(tmp_path / "w.h5", by_name=True)
    np.testing.assert_array_equal(first.get_weights()[0], other.get_weights()[0])
    first.save_weights(tmp_path / "w.weights.h5")
    with pytest.raises(ValueError, match="by_name"):
        other.load_weights(tmp_path / "w.weights.h5", by_name=True)


def test_an_optimizer_that_does_not_fit_starts_anew(tmp_path):
    model = small()
    model.compile("adam", "mse")
    model.fit(np.ones((4, 4)), np.ones((4, 2)), verbose=0)
    model.save_weights(tmp_path / "w")
    other = small()
    other.compile("sgd", "mse")
    with pytest.warns(UserWarning, match=r"starts anew: 'sgd.*' has 2 variables, the file 10"):
        other.load_weights(tmp_path / "w")
    np.testing.assert_array_equal(model.get_weights()[0], other.get_weights()[0])


def test_unbuilt(tmp_path):
    with pytest.raises(ValueError, match="no weights yet"):
        Sequential([layers.Dense(2)]).save_weights(tmp_path / "w")
    with pytest.raises(ValueError, match="no weights yet"):
        Sequential([layers.Dense(2)]).load_weights(tmp_path / "w")
    assert list(tmp_path.iterdir()) == []


def test_missing_file_names_its_neighbours(tmp_path):
    small().save(tmp_path / "model.keras")
    with pytest.raises(FileNotFoundError, match="Did you mean 'model\\.keras'"):
        saving.load_model(tmp_path / "modle.keras")


@pytest.mark.parametrize("name", ["w.weights.h5", "w.h5", "w.safetensors"])
def test_weights_are_no_model(name, tmp_path):
    write(small(), tmp_path / name)
    with pytest.raises(saving.LoadError, match="holds weights only"):
        saving.load_model(tmp_path / name)


def test_safetensors_is_the_plain_format(tmp_path):
    model = small()
    model.save_weights(tmp_path / "w.safetensors")
    raw = (tmp_path / "w.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    entry = header[model.weights[0].path]
    begin, end = entry["data_offsets"]
    value = np.frombuffer(raw[8 + length :][begin:end], "<f4").reshape(entry["shape"])
    np.testing.assert_array_equal(value, model.get_weights()[0])


def test_foreign_safetensors_by_variable_name(tmp_path):
    model = small()
    entries, data = {}, b""
    for v in model.weights:
        raw = np.full(v.shape, 7, "<f4").tobytes()
        spec = {"dtype": "F32", "shape": v.shape, "data_offsets": [len(data), len(data) + len(raw)]}
        entries[v.path] = spec
        data += raw
    text = json.dumps(entries).encode()
    (tmp_path / "w").write_bytes(struct.pack("<Q", len(text)) + text + data)
    model.load_weights(tmp_path / "w")
    assert all((w == 7).all() for w in model.get_weights())


def test_inspection_builds_nothing(tmp_path):
    model = small()
    model.save(tmp_path / "m.keras")
    facts = saving.inspect_file(tmp_path / "m.keras")
    assert facts["format"] == "keras" and facts["keras_version"] == "3.15.1"
    assert facts["classes"] == ["Sequential", "InputLayer", "Dense"]
    assert facts["weights"]["layers/dense/vars/0"] == ((4, 3), "float32")


class Own(layers.Layer):
    """Keeps its state in its own way."""

    def build(self, input_shape):
        self.table = self.add_weight((input_shape[-1],), "zeros", name="table")

    def call(self, x):
        return x + self.table

    def save_own_variables(self, store):
        store["table"] = self.table

    def load_own_variables(self, store):
        self.table.assign(store["table"])


def test_own_way_of_saving(tmp_path):
    build = lambda: Sequential([layers.Input((4,)), Own(), layers.Dense(2)])  # noqa: E731
    model = build()
    model.layers[0].table.assign(np.arange(4))
    model.save_weights(tmp_path / "w")
    other = build()
    other.load_weights(tmp_path / "w")
    assert other.layers[0].table.numpy().tolist() == [0, 1, 2, 3]
    wrong = Sequential([layers.Input((4,)), Own(), layers.Dense(5)])
    with pytest.raises(saving.LoadError):
        wrong.load_weights(tmp_path / "w")
    assert not wrong.layers[0].table.numpy().any()


def test_a_shared_layer_stays_shared(tmp_path):
    dense, x = layers.Dense(3, name="both"), layers.Input((3,))
    stacks = [Sequential([layers.Input((3,)), dense]) for _ in range(2)]
    model = Model(x, layers.Add()([stacks[0](x), stacks[1](x)]))
    model.save(tmp_path / "m.keras")
    other = saving.load_model(tmp_path / "m.keras")
    assert len(other.weights) == len(model.weights) == 2


@pytest.mark.parametrize("name", ["m.keras", "m.h5"])
def test_a_layer_shared_with_an_inner_model(name, tmp_path):
    """Its calls are counted by graph: the inner model's do not take the places of the outer's."""
    dense, x = layers.Dense(4, name="both"), layers.Input((4,))
    y = dense(x)
    model = Model(x, layers.Add()([y, Sequential([layers.Input((4,)), dense])(x)]))
    model.save(tmp_path / name)
    data = np.ones((2, 4), "float32")
    other = saving.load_model(tmp_path / name)
    np.testing.assert_allclose(other.predict(data, verbose=0), model.predict(data, verbose=0))


class Unstorable(layers.Layer):
    def __init__(self, thing, **kwargs):
        super().__init__(**kwargs)
        self.thing = thing

    def call(self, x):
        return x


class Forgetful(layers.Layer):
    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width

    def call(self, x):
        return x

    def get_config(self):
        return {"name": self.name}


@pytest.mark.parametrize(
    "layer", [Unstorable(object()), Forgetful(3)], ids=["no data", "forgetful"]
)
@pytest.mark.parametrize("name", ["m.keras", "m.h5"])
def test_what_could_not_be_read_back_is_not_written(layer, name, tmp_path):
    model = Sequential([layers.Input((4,)), layer, layers.Dense(2)])
    with pytest.raises((ValueError, NotImplementedError), match=r"thing=|width"):
        model.save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_saving_changes_no_random_numbers_or_names(tmp_path):
    model = Sequential([layers.Input((4,)), layers.Dropout(0.5), layers.Dense(2)])
    random.seed(3)
    expected = random.random()
    random.seed(3)
    state = random.getstate()
    number = int(layers.Dense(2).name.removeprefix("dense_"))
    random.setstate(state)
    model.save(tmp_path / "m.keras")
    assert random.random() == expected
    assert layers.Dense(2).name == f"dense_{number + 1}"


def test_seeds_go_on(tmp_path):
    model = Sequential([layers.Input((4,)), layers.Dropout(0.5, seed=1)])
    x = np.ones((2, 4), "float32")
    model(x, training=True)
    model.save(tmp_path / "m.keras")
    other = saving.load_model(tmp_path / "m.keras")
    expected = np.asarray(model(x, training=True))
    np.testing.assert_array_equal(np.asarray(other(x, training=True)), expected)


class Unregistered(layers.Layer):
    """Nobody registers it, though this process uses it."""

    def call(self, x):
        return x


def test_a_file_finds_no_class_that_was_only_used(tmp_path):
    model = Sequential([layers.Input((4, 2)), layers.TimeDistributed(Unregistered())])
    config = model.get_config()
    assert type(Sequential.from_config(config).layers[0].layer) is Unregistered
    model.save(tmp_path / "m.keras")
    text = model.to_json()
    for read in (
        lambda: saving.load_model(tmp_path / "m.keras"),
        lambda: model_from_json(text),
        lambda: Sequential.from_config(json.loads(json.dumps(config))),
    ):
        with pytest.raises(ValueError, match="names 'Unregistered', which is neither built in"):
            read()
    custom = {"Unregistered": Unregistered}
    assert saving.load_model(tmp_path / "m.keras", custom).layers[0].layer.built


DENSE = {"module": "keras.layers", "class_name": "Dense", "config": {"units": 3}}
STACK = {"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": []}}


@pytest.mark.parametrize(
    "text, message",
    [
        ("{", "is no JSON"),
        ("3", "class_name and config, not 3"),
        ('{"class_name": "Sequential"}', "class_name and config"),
        (json.dumps(DENSE), "describes a Dense, which is no model"),
        ('{"a": ' * 100_000, "nested too deeply"),
        (json.dumps(STACK | {"config": {"layers": "abc"}}), "can't be loaded"),
        (json.dumps(STACK | {"config": {"name": "m", "layers": [3]}}), "received 3"),
        (
            json.dumps(STACK | {"config": {"name": "m", "layers": [DENSE] * 50_000}}),
            "50,000 objects",
        ),
        (json.dumps(STACK | {"config": {"name": "m", "layers": [{"a": []}]}}), "can't be loaded"),
        (json.dumps(STACK | {"class_name": "Functional", "config": {}}), "can't be"),
        (json.dumps(STACK | {"shared_object_id": []}), "malformed"),
    ],
)
def test_texts_that_are_no_model(text, message):
    with pytest.raises(saving.LoadError, match=message):
        model_from_json(text)


def test_a_text_of_keras_2():
    source = {"name": "i", "batch_input_shape": [None, 4], "dtype": "float32"}
    dense = {"name": "d", "units": 2, "kernel_initializer": {"class_name": "Zeros", "config": {}}}
    rows = [
        {"class_name": "InputLayer", "config": source, "name": "i", "inbound_nodes": []},
        {
            "class_name": "Dense",
            "config": dense,
            "name": "d",
            "inbound_nodes": [[["i", 0, 0, {}]]],
        },
    ]
    ends = {"input_layers": [["i", 0, 0]], "output_layers": [["d", 0, 0]]}
    config = {"class_name": "Model", "config": {"name": "m", "layers": rows} | ends}
    model = model_from_json(json.dumps(config | {"keras_version": "2.2.4"}))
    assert model.output_shape == (None, 2)


def test_reading_is_all_that_a_program_needs(tmp_path):
    """No other module of Addax must have been imported for its classes to be known."""
    small().save(tmp_path / "m.keras")
    program = "import sys; from addax import saving; print(saving.load_model(sys.argv[1]).built)"
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "m.keras")],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == "True\n", done.stderr[-1000:]
