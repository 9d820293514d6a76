import jax
import numpy as np
import pytest

import addax
from addax.utils.arrays import normalize, to_categorical

LABELS = {
    "list": ([0, 2, 1], None),
    "column": ([[0], [2]], None),
    "scalar": (1, 3),
    "table": ([[0, 1], [2, 3]], 5),
    "deep column": (np.zeros((2, 3, 1), "uint8"), 2),
    "whole floats": ([0.0, 1.0], None),
    "empty": (np.zeros((0, 1), "int32"), 3),
    "zero classes means infer": ([1, 0], 0),
}


@pytest.mark.parametrize(("x", "classes"), LABELS.values(), ids=LABELS)
def test_to_categorical_is_keras(x, classes):
    keras = pytest.importorskip("keras")
    wanted = keras.utils.to_categorical(x, classes)
    found = to_categorical(x, classes)
    np.testing.assert_array_equal(found, wanted)
    assert (found.shape, found.dtype) == (wanted.shape, wanted.dtype)


REFUSED = {
    "negative": ([0, -1], None, "label -1, expected 0 <= label < 1"),
    "too large": ([0, 3], 3, "label 3, expected 0 <= label < 3"),
    "fraction": ([0.5], None, "not whole numbers: .0.5."),
    "nan": ([np.nan], None, "not whole numbers"),
    "words": (["cat", "dog"], None, "not whole numbers: .'cat', 'dog'."),
    "nothing": ([], None, "give num_classes"),
}


@pytest.mark.parametrize(("x", "classes", "message"), REFUSED.values(), ids=REFUSED)
def test_to_categorical_refuses(x, classes, message):
    with pytest.raises(ValueError, match=message):
        to_categorical(x, classes)


@pytest.mark.parametrize("order", [1, 2, 3, np.inf])
@pytest.mark.parametrize("axis", [-1, 1])
def test_normalize_is_keras(axis, order):
    keras = pytest.importorskip("keras")
    x = np.random.default_rng(0).normal(size=(4, 5))
    x[1] = 0
    x[:, 2] = 0
    np.testing.assert_allclose(
        normalize(x, axis, order), keras.utils.normalize(x, axis, order), rtol=1e-12
    )


def test_normalize_takes_lists():
    np.testing.assert_allclose(normalize([[3, 4], [0, 0]]), [[0.6, 0.8], [0, 0]])


def test_normalize_over_the_first_axis():
    """Keras takes axis 0 for "no axis" here and divides along the last one."""
    x = np.random.default_rng(0).normal(size=(4, 5))
    np.testing.assert_allclose(normalize(x, axis=0), normalize(x.T).T)


def one_hot(library, x):
    return library.utils.to_categorical(x, 3)


def unit(library, x):
    return library.utils.normalize(library.ops.cast(x, "float32"))


@pytest.mark.parametrize("prepare", [one_hot, unit])
def test_tensors_without_values(prepare):
    """In a layer's `call`, compiled or as a node of a graph."""
    keras = pytest.importorskip("keras")
    x = np.array([[1, 2], [0, 1]])
    wanted = jax.jit(lambda x: prepare(keras, x))(x)
    np.testing.assert_allclose(jax.jit(lambda x: prepare(addax, x))(x), wanted, rtol=1e-6)
    inputs = addax.Input((2,), dtype="int32")
    model = addax.Model(inputs, prepare(addax, inputs))
    np.testing.assert_allclose(model(x), wanted, rtol=1e-6)


def test_traced_labels_need_the_number_of_classes():
    with pytest.raises(ValueError, match="needs num_classes"):
        jax.jit(to_categorical)(np.array([0, 1]))
