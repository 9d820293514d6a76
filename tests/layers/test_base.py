"""What every layer offers, a user's as well as a built-in one."""

import keras
import numpy as np
import pytest

import addax


class Own(addax.layers.Layer):
    def __init__(self, units=2, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.given = kwargs.get("dtype")


def test_layers_without_weights_are_built_at_once():
    for name in ("Activation", "Dropout", "Flatten", "Identity", "MaxPooling2D", "Lambda"):
        args = {"Activation": ["relu"], "Dropout": [0.5], "Lambda": [abs]}.get(name, [])
        ours, theirs = (getattr(m.layers, name)(*args) for m in (addax, keras))
        assert ours.built == theirs.built, name

    class Weighted(addax.layers.Identity):
        def build(self, input_shape):
            self.w = self.add_weight(())

    assert not Weighted().built


def test_the_policy_may_be_set():
    layer = addax.layers.Dense(2)
    layer.dtype_policy = "mixed_bfloat16"
    assert layer.dtype_policy.name == "mixed_bfloat16" and layer.compute_dtype == "bfloat16"
    assert layer(np.ones((1, 3))).dtype == "bfloat16"
    assert addax.DTypePolicy("int").compute_dtype == keras.DTypePolicy("int").compute_dtype


def test_a_policy_reaches_constructors_as_its_name():
    assert Own.from_config(Own(dtype="mixed_float16").get_config()).given == "mixed_float16"


def test_the_spec_of_a_call_has_the_dtype_of_the_call():
    layer = addax.layers.Dense(2, dtype="mixed_float16")
    layer.build((None, 3))
    assert layer.compute_output_spec(addax.KerasTensor((2, 3), "float16")).dtype == "float16"


class Built(Own):
    def build(self, input_shape):
        self.w = self.add_weight((2,), name="w")

    def call(self, x, flag=None):
        return x


def change(layer, library, what):
    if what == "weight":
        layer.add_weight((2,), name="v")
    else:
        made = {"layer": library.layers.Dense(2), "metric": library.metrics.Mean()}
        layer.later = [made[what]]


class BuiltOn(Built):
    def build(self, input_shape):
        super().build(input_shape)
        self.more = self.add_weight((3,), name="more")


def test_a_subclass_may_build_on():
    layer = BuiltOn()
    layer(np.ones((1, 3)))
    assert [w.name for w in layer.weights] == ["w", "more"]


@pytest.mark.parametrize("what", ["weight", "layer", "metric"])
def test_built_layers_take_no_new_state(what):
    layer = Built()
    layer(np.ones((1, 3)))
    theirs = keras.layers.Dense(2)
    theirs.build((None, 3))
    for each, library in ((layer, addax), (theirs, keras)):
        with pytest.raises(ValueError):
            change(each, library, what)
    layer.w = layer.w  # what it has, it keeps
    assert layer.weights == [layer.w] and not hasattr(layer, "later")


def test_built_models_of_layers_do():
    for library in (addax, keras):
        model = library.Sequential([library.Input((3,)), library.layers.Dense(2)])
        change(model, library, "layer")


@pytest.mark.parametrize("value", [True, 1.5, "a", [1, 2]], ids=str)
def test_positions_are_for_tensors(value):
    with pytest.raises(ValueError, match="takes tensors by position"):
        Built()(np.ones((1, 3)), value)
    with pytest.raises(ValueError, match="Only input tensors"):
        keras.layers.Dropout(0.5)(np.ones((1, 3)), value)
    assert Built()(np.ones((1, 3)), None).shape == (1, 3)


def test_attributes_of_variables_are_checked():
    for library in (addax, keras):
        variable = library.Variable(np.ones(2, "float32"))
        for name, error in (("regularizer", ValueError), ("constraint", ValueError)):
            with pytest.raises(error):
                setattr(variable, name, "l2")
        with pytest.raises(TypeError):
            variable.overwrite_with_gradient = 1


def test_a_call_may_be_rematerialized():
    with addax.RematScope("full"):
        layer = addax.layers.Dense(2)
    x = np.ones((1, 3), "float32")
    y = layer(x)
    again = layer.rematerialized_call(layer.call, x)
    assert again is not layer.call
    np.testing.assert_allclose(again(x), y)
    plain = addax.layers.Dense(2)
    assert plain.rematerialized_call(len) is len


def test_activities_of_an_empty_batch_cost_nothing():
    layer = addax.layers.Dense(2, activity_regularizer="l2")
    layer(np.ones((1, 3)))
    layer(np.ones((0, 3)))
    assert float(layer.losses[0]) == 0.0


def test_variables_of_metrics():
    layer = Own()
    layer.mean = addax.metrics.Mean()
    assert [v.name for v in layer.metrics_variables] == [v.name for v in layer.mean.variables]
    assert len(layer.metrics_variables) == 2


def test_an_activation_may_be_taken_away():
    layer = addax.layers.Dense(2, "relu")
    x = -np.ones((1, 3), "float32")
    layer(x)
    layer.set_weights([np.ones((3, 2)), np.zeros(2)])
    layer.activation = None
    np.testing.assert_allclose(layer(x), [[-3.0, -3.0]])


@pytest.mark.parametrize("mask", [np.ones((2, 4)), [None]])
def test_masks_of_merging_layers_come_in_a_list(mask):
    inputs = [addax.Input((4, 5)), addax.Input((4, 5))]
    for layer in (addax.layers.Add(), addax.layers.Concatenate()):
        with pytest.raises(ValueError, match="mask"):
            layer.compute_mask(inputs, mask)


def test_embeddings_may_be_given():
    table = np.arange(6.0).reshape(3, 2)
    for weights in (table, [table]):
        layer = addax.layers.Embedding(3, 2, weights=weights)
        np.testing.assert_array_equal(layer.embeddings.numpy(), table)


def test_old_and_contradicting_arguments_of_an_input():
    tensor = addax.KerasTensor((2, 3))
    wrong = {"batch_size": 5, "dtype": "float16", "sparse": True, "shape": (4,), "foo": 1}
    for library in (addax, keras):
        with pytest.warns(UserWarning, match="input_shape"):
            layer = library.layers.InputLayer(input_shape=(3,), batch_size=2)
        assert layer.batch_shape == (2, 3) and layer.call() is None
        symbol = tensor if library is addax else keras.KerasTensor((2, 3))
        assert library.layers.InputLayer(input_tensor=symbol, batch_size=2).batch_shape == (2, 3)
        for name in set(wrong) - {"foo"}:
            with pytest.raises(ValueError):
                library.layers.InputLayer(input_tensor=symbol, **{name: wrong[name]})


def test_asking_for_a_shape_builds_nothing():
    for library in (addax, keras):
        layer = library.layers.EinsumDense("ab,bc->ac", output_shape=7)
        assert layer.compute_output_shape((None, 5)) == (None, 7) and not layer.built
        layer.build((None, 5))
        assert library.layers.Reshape((12,)).compute_output_shape((None, None, 4)) == (None, 12)


def test_arguments_that_nothing_takes():
    class Twice(addax.layers.Layer):
        def build(self, input_shape):
            self.w = self.add_weight((3,), shape=(3,))

    for make in (
        lambda: addax.layers.Dense(2, foo=1),
        lambda: keras.layers.Dense(2, foo=1),
        lambda: addax.optimizers.Adam(foo=1),
        lambda: keras.optimizers.Adam(foo=1),
        lambda: Twice().build((2, 3)),
    ):
        with pytest.raises(ValueError):
            make()


def test_masks_belong_to_the_graph():
    x, y = addax.Input((4, 2)), addax.Input((4, 2))
    joined = addax.layers.Concatenate(axis=1)([addax.layers.Masking()(x), y])
    model = addax.Model([x, y], addax.core.masks.get_mask(joined))
    given = np.array([[[0, 0], [1, 2], [0, 0], [3, 4]]], "float32")
    np.testing.assert_array_equal(model([given, given]), [[0, 1, 0, 1, 1, 1, 1, 1]])


def test_the_base_of_quantizers():
    for library in (addax, keras):
        quantizer = library.Quantizer.from_config({"output_dtype": "int8"})
        assert quantizer(3) == 3 and quantizer.output_dtype == "int8"
        with pytest.raises(NotImplementedError):
            quantizer.get_config()


def test_a_function_with_a_mask_of_its_own():
    layer = addax.layers.Lambda(addax.ops.square, mask=np.ones((2, 3), bool))
    assert "mask" in layer.get_config() and layer.supports_masking


def test_no_weights_in_a_call():
    for library in (addax, keras):

        class Late(library.layers.Layer):
            def call(self, x):
                self.w = self.add_weight(shape=())
                return x

        with pytest.raises(ValueError):
            Late()(np.ones((2, 3), "float32"))


def test_masks_survive_the_cast_to_another_dtype():
    class Masked(Own):
        supports_masking = True

        def call(self, x, mask=None):
            assert mask is not None and x.dtype == "float16"
            return x

    x = addax.layers.Masking()(np.zeros((1, 2, 3), "float32"))
    y = Masked(dtype="float16")(x)
    np.testing.assert_array_equal(addax.core.masks.get_mask(y), np.zeros((1, 2)))
