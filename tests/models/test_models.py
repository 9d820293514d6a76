"""Models as graphs and stacks: structure, names and weights equal Keras's."""

import json

import jax
import keras
import numpy as np
import pytest
from training import builders

import addax
from addax import Input, Model, Sequential, layers, ops

BUILDERS = {
    "mlp": builders.mlp(1),
    "normalized": builders.normalized,
    "cnn": builders.cnn,
    "embedded": builders.embedded,
    "towers": builders.towers,
    "heads": builders.heads,
    "dictionary": builders.dictionary,
    "shared": builders.shared,
    "nested": builders.nested,
    "two_dtypes": builders.two_dtypes,
}
X = np.random.default_rng(0).normal(size=(6, 4)).astype("float32")


def built(library, build):
    library.utils.clear_session()
    return build(library)


def look(model):
    """What a user can ask of a built model."""
    return {
        "name": model.name,
        "layers": [x.name for x in model.layers],
        "weights": [(w.path, tuple(w.shape), w.dtype) for w in model.weights],
        "trainable": [w.path for w in model.trainable_weights],
        "others": [w.path for w in model.non_trainable_weights],
        "parameters": model.count_params(),
        "shapes": [tuple(x.shape) for x in [*model.inputs, *model.outputs]],
        "dtypes": [x.dtype for x in [*model.inputs, *model.outputs]],
        "counts": [x.count_params() for x in model.layers],
    }


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_model_looks_as_in_keras(kind):
    ours, theirs = (look(built(k, BUILDERS[kind])) for k in (addax, keras))
    assert ours == theirs


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_model_survives_its_configuration(kind):
    model = built(addax, BUILDERS[kind])
    config = json.loads(json.dumps(model.get_config()))
    copy = type(model).from_config(config)
    assert copy.get_config() == model.get_config()
    copy.set_weights(model.get_weights())
    rng = np.random.default_rng(1)
    data = [
        rng.integers(0, 3, (2, *x.shape[1:]))
        if x.dtype == "int32"
        else rng.normal(size=(2, *x.shape[1:])).astype("float32")
        for x in model.inputs
    ]
    given = data if len(data) > 1 else data[0]
    if kind == "dictionary":
        given = {x.name: d for x, d in zip(model.inputs, data, strict=True)}
    for a, b in zip(jax.tree.leaves(model(given)), jax.tree.leaves(copy(given)), strict=True):
        np.testing.assert_array_equal(a, b)


# Sequential


def test_a_stack_grows_and_shrinks():
    model = Sequential([Input((4,)), layers.Dense(3)])
    model.add(layers.Dense(2, name="last"))
    assert model.output_shape == (None, 2)
    weights = model.get_weights()
    assert model.pop().name == "last"
    assert model.output_shape == (None, 3)
    np.testing.assert_array_equal(model.get_weights()[0], weights[0])
    assert model.predict(X, verbose=0).shape == (6, 3)


def test_a_stack_waits_for_its_first_data():
    model = Sequential([layers.Dense(3), layers.Dense(2)])
    assert not model.built and model.weights == []
    with pytest.raises(AttributeError, match="Input"):
        model.output_shape  # noqa: B018
    assert model(X).shape == (6, 2)
    assert model.built and model.output_shape == (None, 2)
    other = Sequential([layers.Dense(3)])
    other.build((None, 4))
    assert [w.shape for w in other.weights] == [(4, 3), (3,)]


def test_each_layer_of_a_stack_is_called_once():
    model = Sequential([Input((4,)), layers.Dense(3, name="a")])
    model.add(layers.Dense(2, name="b"))
    assert [len(x._inbound_nodes) for x in model.layers] == [1, 1]
    assert [w.path for w in model.weights][2:] == [f"{model.name}/b/kernel", f"{model.name}/b/bias"]
    tail = Model(model.get_layer("a").output, model.output)
    np.testing.assert_allclose(tail(model.layers[0](X)), model(X), rtol=1e-6)


class Joined(layers.Layer):
    def call(self, inputs):
        return inputs["a"] + inputs["b"] if isinstance(inputs, dict) else inputs[0] + inputs[1]


@pytest.mark.parametrize("given", [{"a": X, "b": X}, [X, X]], ids=["dict", "list"])
def test_a_stack_takes_structures(given):
    model = Sequential([Joined(), layers.Dense(2)])
    assert model(given).shape == (6, 2) and len(model.weights) == 2
    model.compile("sgd", "mse")
    model.fit(given, X[:, :2], verbose=0)
    want = model.predict(given, verbose=0)
    np.testing.assert_allclose(want, model(given), rtol=1e-5)
    scope = {"custom_objects": {"Joined": Joined}}
    again = Sequential.from_config(model.get_config(), **scope)
    again.build(model.get_build_config()["input_shape"])
    again.set_weights(model.get_weights())
    np.testing.assert_allclose(again.predict(given, verbose=0), want, rtol=1e-6)


def test_a_stack_with_a_layer_that_tells_no_shape():
    class Mute(layers.Layer):
        def call(self, inputs):
            return 2 * inputs

        def compute_output_spec(self, inputs):
            raise NotImplementedError

    model = Sequential([layers.Dense(2), Mute(), layers.Dense(1)])
    assert model(X).shape == (6, 1) and len(model.weights) == 4
    model.compile("sgd", "mse")
    model.fit(X, X[:, :1], verbose=0)
    assert model.predict(X, verbose=0).shape == (6, 1)


@pytest.mark.parametrize("library", [addax, keras], ids=["addax", "keras"])
def test_a_stack_refuses_what_is_no_layer(library):
    for wrong in (3, "relu", library.layers.Dense):
        with pytest.raises(ValueError):
            library.Sequential([wrong])


def test_a_stack_on_a_model_knows_its_input():
    for library in (addax, keras):
        inputs = library.Input((4,))
        first = library.Model(inputs, library.layers.Dense(3)(inputs))
        for inner in (first, library.Sequential([library.Input((4,)), library.layers.Dense(3)])):
            model = library.Sequential([inner, library.layers.Dense(2)])
            assert model.built and model.input_shape == (None, 4) and len(model.weights) == 4
        with pytest.raises(ValueError):
            model.build((None, 5))
        model.build((None, 4))


def test_a_stack_refuses_layers_that_take_more():
    for library in (addax, keras):

        class Greedy(library.layers.Layer):
            def call(self, inputs, other):
                return inputs + other

        with pytest.raises(ValueError):
            library.Sequential([Greedy()]).build((None, 2))


def arranged(structure, items):
    """The items at the indices in a structure, whose dictionaries keep their order."""
    if isinstance(structure, dict):
        return {k: arranged(v, items) for k, v in structure.items()}
    if isinstance(structure, list):
        return [arranged(v, items) for v in structure]
    return items[structure]


@pytest.mark.parametrize(
    "declared, given, problem",
    [
        ({"a": 0, "b": 1}, {"a": X, "b": X}, None),
        ({"a": 0, "b": 1}, {"a": X, "b": X, "c": X}, UserWarning),
        ({"a": 0, "b": 1}, [X, X], UserWarning),
        ({"b": 0, "a": 1}, [X, X], ValueError),
        ({"a": 0, "z": {"b": 1}}, {"a": X, "z": {"b": X}}, None),
        ([0, 1], (X, X), None),
        ([0, 1], {"x": X, "y": X, "more": X}, None),
        ([0, [1]], [X, X], UserWarning),
        ([0, 1], {"x": X, "y": None}, ValueError),
    ],
)
def test_structures_of_inputs(declared, given, problem):
    for library in (addax, keras):
        inputs = [library.Input((4,), name=name) for name in "xy"]
        model = library.Model(
            arranged(declared, inputs),
            library.layers.Add()(inputs),
        )
        if problem is UserWarning:
            with pytest.warns(UserWarning):
                model(given)
        elif problem:
            with pytest.raises(problem):
                model(given)
        else:
            assert model(given).shape == (6, 4)


def test_tuples_of_outputs_stay_tuples():
    x = Input((4,))
    model = Model(x, (layers.Dense(2)(x), layers.Dense(3)(x)))
    assert isinstance(Model.from_config(model.get_config())(X), tuple)


def test_functions_in_a_stack():
    model = Sequential([Input((4,)), layers.Dense(3), ops.tanh])
    assert float(abs(model(X)).max()) <= 1


def test_a_model_after_a_fit_can_be_extended():
    model = Sequential([Input((4,)), layers.Dense(3)])
    model.compile("sgd", "mse")
    model.fit(X, X[:, :3], verbose=0)
    model.add(layers.Dense(1))
    model.compile("sgd", "mse")
    model.fit(X, X[:, :1], verbose=0)
    assert model.predict(X, verbose=0).shape == (6, 1)


# Functional


def test_a_part_of_a_model_shares_its_weights():
    model = builders.towers(addax)
    part = Model(model.inputs, model.get_layer("kind").output)
    both = [X, X[:, :3]]
    np.testing.assert_allclose(part.predict(both, verbose=0), model.predict(both, verbose=0)[1])
    model.get_layer("kind").bias.assign([3.0])
    np.testing.assert_allclose(part(both), model(both)[1], rtol=1e-6)


def test_a_model_that_starts_in_the_middle():
    model = Sequential([Input((4,)), layers.Dense(3, name="a"), layers.Dense(2, name="b")])
    tail = Model(model.get_layer("a").output, model.output)
    hidden = Model(model.inputs, model.get_layer("a").output)(X)
    np.testing.assert_allclose(tail(hidden), model(X), rtol=1e-6)


def test_operators_and_functions_are_nodes():
    x = Input((4,))
    y = ops.concatenate([x * 2 + 1, x[:, :1]], axis=-1)
    model = Model(x, ops.sum(y, axis=-1))
    np.testing.assert_allclose(model(X), (2 * X + 1).sum(-1) + X[:, 0], rtol=1e-5)


def test_inputs_with_a_missing_or_extra_axis():
    x = Input((1,))
    model = Model(x, x * 2)
    assert model.predict(X[:, 0], verbose=0).shape == (6, 1)
    flat = Model(y := Input(()), y * 2)
    assert flat.predict(X[:, :1], verbose=0).shape == (6,)


def test_an_input_may_be_among_the_outputs():
    x = Input((4,))
    model = Model(x, [x, layers.Dense(2)(x)])
    same, _ = model(X)
    np.testing.assert_array_equal(same, X)


def test_layers_by_name_and_index():
    model = builders.towers(addax)
    assert model.get_layer("number") is model.get_layer(index=-2)


# Subclasses


def test_a_subclass_without_call_says_so():
    class Empty(Model):
        pass

    with pytest.raises(NotImplementedError, match="Empty"):
        Empty()(X)


def test_a_subclass_given_inputs_and_outputs_is_functional():
    class Named(Model):
        def train_step(self, *args, **kwargs):
            raise RuntimeError("mine")

    x = Input((4,))
    model = Named(x, layers.Dense(1)(x))
    assert isinstance(model, Named) and model.output_shape == (None, 1)
    model.compile("sgd", "mse")
    with pytest.raises(RuntimeError, match="mine"):
        model.fit(X, X[:, :1], verbose=0)


def test_a_subclass_finds_layers_in_containers():
    class Deep(Model):
        def __init__(self):
            super().__init__()
            self.blocks = {"a": [layers.Dense(3), (layers.Dense(2),)]}
            self.blocks["b"] = layers.Dense(1)

        def call(self, x):
            return self.blocks["b"](self.blocks["a"][1][0](self.blocks["a"][0](x)))

    model = Deep()
    assert model(X).shape == (6, 1)
    assert len(model.weights) == 6
    model.trainable = False
    assert model.trainable_weights == []


def test_the_mode_reaches_inner_layers():
    class Mode(layers.Layer):
        def call(self, x, training=None):
            return x * 0 + (1 if training else 0)

    inner = Sequential([Input((4,)), Mode()])
    x = Input((4,))
    model = Model(x, inner(x))
    assert float(ops.sum(model(X))) == 0
    assert float(ops.sum(model(X, training=True))) == X.size
    forced = Model(x, inner(x, training=False))
    assert float(ops.sum(forced(X))) == 0


def test_a_stack_takes_other_sizes_than_its_first():
    model = Sequential([layers.LSTM(4), layers.Dense(1)])
    model.compile("sgd", "mse")
    lengths = [(np.zeros((4, n, 3)), np.zeros((4, 1))) for n in (5, 7, 5)]
    model.fit(iter(lengths), verbose=0)
    assert model.predict(np.zeros((4, 9, 3)), verbose=0).shape == (4, 1)
    each = Sequential([layers.LSTM(4, return_sequences=True), layers.Dense(1)])
    each.compile("sgd", "mse")
    each.fit(iter([(x, x[..., :1]) for x, _ in lengths]), verbose=0)
    assert each.evaluate(iter([(x, x[..., :1]) for x, _ in lengths]), verbose=0) == 0
    flat = Sequential([layers.Flatten(), layers.Dense(1)])
    flat(np.zeros((2, 3, 4)))
    with pytest.raises(ValueError, match="size 12 was expected on axis -1, 15 came"):
        flat(np.zeros((2, 3, 5)))
    with pytest.raises(ValueError, match="expects input"):
        flat(np.zeros((2, 3)))


def test_state_as_a_tree():
    x = Input((3,))
    model = Model(x, layers.Dense(1, name="d")(x))
    model.compile("adam", "mse")
    tree = model.get_state_tree("numpy_array")
    assert tree["trainable_variables"]["d"]["kernel"].shape == (3, 1)
    assert set(tree) == {
        f"{k}_variables" for k in "trainable non_trainable optimizer metrics".split()
    }
    change = {"d": {"bias": [0.5]}}
    model.set_state_tree({"trainable_variables": change})
    assert model.get_layer("d").bias.numpy() == 0.5
    for wrong, words in (({"d": {"bias": [1, 2]}}, "shape"), ({"e": 1}, "no trainable_variable")):
        with pytest.raises(ValueError, match=words):
            model.set_state_tree({"trainable_variables": change | wrong})
    with pytest.raises(ValueError, match="value_format is one of"):
        model.get_state_tree("list")


def test_an_optional_input_may_be_none():
    class Add(layers.Layer):
        def call(self, x, o=None):
            return x if o is None else x + o

    x, o = Input((2,), name="x"), Input((2,), name="o", optional=True)
    model = Model({"x": x, "o": o}, layers.Dense(2)(Add()(x, o)))
    model.compile("sgd", "mse")
    data = {"x": np.ones((5, 2)), "o": None}
    model.fit(data, np.ones((5, 2)), batch_size=2, verbose=0)
    assert model.predict(data, batch_size=2, verbose=0).shape == (5, 2)


def test_one_layer_twice_in_a_sequential(tmp_path):
    dense = addax.layers.Dense(4)
    model = addax.Sequential([addax.Input((4,)), dense, addax.layers.ReLU(), dense])
    x = np.ones((2, 4), "float32")
    assert len(model.layers) == 3 and len(model.weights) == 2
    np.testing.assert_allclose(model(x), dense(addax.ops.relu(dense(x))), rtol=1e-6)
    model.save(tmp_path / "twice.keras")
    again = addax.models.load_model(tmp_path / "twice.keras")
    np.testing.assert_array_equal(again(x), model(x))


def test_an_empty_name_is_none():
    assert addax.layers.Dense(1, name="").name.startswith("dense")
