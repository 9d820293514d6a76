import numpy as np
import pytest

from addax import layers, models
from addax.models.cloning import clone_model

X = np.random.default_rng(0).normal(size=(3, 8)).astype("float32")


def twice(x):
    return 2 * x


class Mine(layers.Layer):
    """A layer that nobody registered."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")

    def call(self, x):
        return x @ self.kernel

    def get_config(self):
        return super().get_config() | {"units": self.units}


class Subclassed(models.Model):
    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.inner = layers.Dense(units, activation=twice, name="inner")

    def call(self, x):
        return self.inner(x)

    def get_config(self):
        return {"units": self.units, "name": self.name}


def nested():
    return models.Sequential(
        [layers.Input((4,)), Mine(3), layers.BatchNormalization()], name="nest"
    )


def functional():
    x = layers.Input((8,), name="a")
    shared = layers.Dense(4, name="d", activation=twice)
    y = shared(x)
    z = shared(Mine(8, name="e")(y))
    out = layers.Concatenate(name="cat")([nested()(y) + 1.0, z])
    return models.Model(x, out, name="whole")


def sequential():
    return models.Sequential([layers.Input((8,)), Mine(4), layers.Dense(2)], name="stack")


def subclassed():
    model = Subclassed(5)
    model(X)
    return model


KINDS = [functional, sequential, subclassed]


@pytest.mark.parametrize("recursive", [False, True])
@pytest.mark.parametrize("make", KINDS)
def test_a_clone_computes_the_same_with_weights_of_its_own(make, recursive):
    model = make()
    copy = clone_model(model, recursive=recursive)
    if not copy.weights:
        copy(X)
    assert [v.shape for v in copy.weights] == [v.shape for v in model.weights]
    assert not {id(v) for v in copy.weights} & {id(v) for v in model.weights}
    assert [x.name for x in copy.layers] == [x.name for x in model.layers]
    assert copy.name == model.name
    copy.set_weights(model.get_weights())
    np.testing.assert_array_equal(copy(X), model(X))


def test_functions_in_a_graph_keep_their_names():
    model = functional()
    names = [o.name for o in clone_model(model).operations]
    assert names == [o.name for o in model.operations]


def test_a_stack_without_input_shape_stays_without():
    copy = clone_model(models.Sequential([layers.Dense(2)]))
    assert not copy.built
    assert copy(X).shape == (3, 2)


def test_clone_function_makes_the_layers_but_not_the_inputs():
    made = []

    def widen(layer):
        made.append(layer.name)
        return type(layer).from_config(layer.get_config() | {"activation": "relu"})

    model = models.Sequential(
        [layers.Input((8,)), layers.Dense(2, name="a"), layers.Dense(3, name="b")]
    )
    copy = clone_model(model, clone_function=widen)
    assert made == ["a", "b"]
    assert [x.activation.__name__ for x in copy.layers] == ["relu", "relu"]


@pytest.mark.parametrize(
    "recursive, seen",
    [(False, ["d", "nest", "e", "cat"]), (True, ["d", "mine", "batch_normalization"])],
)
def test_inner_models_are_cloned_whole_or_layer_by_layer(recursive, seen):
    made = []

    def note(layer):
        made.append(layer.name.rstrip("_0123456789"))
        return type(layer).from_config(layer.get_config())

    clone_model(functional(), clone_function=note, recursive=recursive)
    assert sorted(made) == sorted([*seen, *["e", "cat"] * recursive])


def test_call_function_may_insert_layers():
    def with_dropout(layer, *args, **kwargs):
        outputs = layer(*args, **kwargs)
        return layers.Dropout(0.5)(outputs) if isinstance(layer, layers.Dense) else outputs

    model = functional()
    copy = clone_model(model, clone_function=lambda layer: layer, call_function=with_dropout)
    assert sum(isinstance(x, layers.Dropout) for x in copy.layers) == 2  # the Dense is called twice
    assert copy.get_layer("d") is model.get_layer("d")


def test_new_inputs():
    tensor = layers.Input((8,), name="other")
    assert clone_model(functional(), input_tensors=tensor).input is tensor
    assert clone_model(sequential(), input_tensors=[tensor]).input is tensor
    inside = layers.Dense(8)(tensor)
    assert clone_model(sequential(), input_tensors=inside).input is not inside


def test_a_frozen_layer_stays_frozen():
    model = sequential()
    model.layers[0].trainable = False
    assert [x.trainable for x in clone_model(model).layers] == [False, True]


@pytest.mark.parametrize("make", [functional, sequential])
def test_a_compiled_model_has_a_compiled_clone(make):
    model = make()
    model.compile("adam", loss=lambda y, p: (y - p) ** 2, metrics=["mae"])
    copy = clone_model(model)
    assert copy.compiled
    assert type(copy.optimizer) is type(model.optimizer)
    assert copy.optimizer is not model.optimizer
    assert copy.loss is model.loss


INPUT = layers.Input((8,))
WRONG = [
    (sequential, {"call_function": print}, "call_function is for functional models"),
    (sequential, {"input_tensors": [INPUT, INPUT]}, "A Sequential has one input"),
    (sequential, {"input_tensors": X}, "A Sequential has one input"),
    (functional, {"input_tensors": X}, "input_tensors are symbolic tensors"),
    (functional, {"input_tensors": {"a": INPUT}}, "arranged as the model's inputs"),
    (subclassed, {"clone_function": print}, r"Subclassed defines its own call\(\)"),
    (subclassed, {"call_function": print}, r"Subclassed defines its own call\(\)"),
    (subclassed, {"input_tensors": INPUT}, r"Subclassed defines its own call\(\)"),
]


@pytest.mark.parametrize("make, options, message", WRONG)
def test_arguments_that_do_not_go_with_the_model(make, options, message):
    with pytest.raises(ValueError, match=message):
        clone_model(make(), **options)


def test_each_lambda_is_its_own():
    stack = [layers.Input((8,)), layers.Lambda(lambda x: x + 1), layers.Lambda(lambda x: 10 * x)]
    model = models.Sequential([*stack, layers.Activation(lambda x: -x)])
    copy = clone_model(model)
    np.testing.assert_array_equal(copy(X), model(X))
    with pytest.raises(TypeError, match="A lambda has no name"):
        model.to_json()
