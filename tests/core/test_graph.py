"""`Function` and user-made operations, beside Keras's."""

import keras
import numpy as np
import pytest

import addax

ONES = np.ones((2, 3), "float32")


def function(api, inputs="list", **kwargs):
    x1, x2 = api.KerasTensor((None, 3)), api.KerasTensor((None, 3))
    x = api.ops.add(x1, x2)
    tensors = [x1, x2] if inputs == "list" else {"a": x1, "b": x2}
    return api.Function(tensors, {"y": x * 3, "z": [x**2, api.ops.sum(x, axis=1)]}, **kwargs)


@pytest.mark.parametrize("inputs", ["list", "dict"])
def test_function(inputs):
    results = []
    for api in (addax, keras):
        f = function(api, inputs)
        given = [ONES, 2 * ONES] if inputs == "list" else {"a": ONES, "b": 2 * ONES}
        y = f(given)
        shape = [(4, 3)] * 2 if inputs == "list" else {"a": (4, 3), "b": (4, 3)}
        assert f.compute_output_shape(shape) == {"y": (4, 3), "z": [(4, 3), (4,)]}
        symbols = api.tree.map_structure(lambda x, api=api: api.KerasTensor((None, 3)), given)
        outer = api.Function(symbols, f(symbols))
        again = outer(given)
        results.append([*api.tree.flatten(y), *api.tree.flatten(again)])
        assert [o.shape for o in api.tree.flatten(f(symbols))] == [(None, 3), (None, 3), (None,)]
        assert (len(f.inputs), len(f.outputs), len(f.operations)) == (2, 3, 4)
    for a, b in zip(*results, strict=True):
        np.testing.assert_allclose(a, b)


def test_function_of_an_inner_tensor():
    x = addax.Input((3,))
    inner = x * 2
    f = addax.Function(inner, inner + 1)
    assert len(f.operations) == 1
    np.testing.assert_allclose(f(ONES), 2 * ONES)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda api, x: api.Function([], x), "one or more inputs; received"),
        (lambda api, x: api.Function(x, []), "one or more outputs; received"),
        (lambda api, x: function(api)(ONES), "takes inputs nested as"),
        (lambda api, x: function(api)([ONES, ONES[0]]), r"takes \[float32\(\?, 3\), .*received"),
        (lambda api, x: function(api)([ONES, ONES[:, :2]]), "received .*2, 2"),
    ],
)
def test_errors(make, message):
    with pytest.raises(ValueError):
        make(keras, keras.KerasTensor((2,)))
    with pytest.raises(ValueError, match=message):
        make(addax, addax.KerasTensor((2,)))


def classes(api):
    class Affine(api.Operation):
        def __init__(self, alpha, *, beta=1.0, name=None):
            super().__init__(name=name)
            self.alpha, self.beta = alpha, beta

        def call(self, x, z=None):
            return self.alpha * x + self.beta if z is None else (x, z)

    class Nameless(Affine):
        def __init__(self, alpha, beta=None):
            super().__init__(alpha, beta=beta)

    class Anything(api.Operation):
        def __init__(self, *args, **kwargs):
            super().__init__(**kwargs)

    return Affine, Nameless, Anything


def test_operations():
    for api in (addax, keras):
        affine, nameless, anything = classes(api)
        op = affine(2.0, name="mine")
        np.testing.assert_allclose(op(ONES), 3 * ONES)
        assert op.get_config() == {"alpha": 2.0, "beta": 1.0, "name": "mine"}
        assert affine.from_config(op.get_config()).get_config() == op.get_config()
        assert nameless(2.0).get_config() == {"alpha": 2.0, "beta": None}
        x, z = api.KerasTensor((None, 3)), api.KerasTensor((2,), "int32")
        first, second = op(x, z=z)
        assert (first.shape, second.shape, second.dtype) == ((None, 3), (2,), "int32")
        assert op.input == [x, z] and list(op.output) == [first, second]
        with pytest.raises(NotImplementedError):
            anything(1).get_config()
        with pytest.raises(NotImplementedError):
            affine(object()).get_config()


@pytest.mark.parametrize(
    "arguments",
    [
        {"alpha": [1, (2, 3)]},
        {"alpha": {"a": [None, "b"]}, "beta": False},
        {"alpha": 1, "name": "n"},
    ],
    ids=str,
)
def test_recorded_arguments_come_back_from_a_file(arguments):
    results = []
    for api in (addax, keras):
        affine = classes(api)[0]
        op = affine(**arguments)
        stored = api.saving.serialize_keras_object(op)
        again = api.saving.deserialize_keras_object(stored, custom_objects={"Affine": affine})
        assert type(again) is affine and again.get_config() == op.get_config()
        results.append({k: v for k, v in op.get_config().items() if v != op.name})
    assert results[0] == results[1]


def test_arrays_are_recorded_too():
    affine = classes(addax)[0]
    again = affine.from_config(affine(np.arange(2.0)).get_config())
    np.testing.assert_array_equal(again.alpha, [0.0, 1.0])
