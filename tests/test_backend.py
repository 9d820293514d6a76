"""`addax.backend`: Keras 3's names, and the old functions; `tests/compat` has more of those."""

import gc
import weakref

import keras
import numpy as np
import pytest

import addax
from addax import backend as K
from addax.compat.tables import BACKEND

X = np.array([[-1.0, 0.5, 2.0], [0.0, 3.0, -4.0]], "float32")
P = np.array([[0.2, 0.8], [0.6, 0.4]], "float32")
Y = np.array([[0.0, 1.0], [1.0, 0.0]], "float32")

VALUES = {
    "mean(X, axis=-1)": X.mean(-1),
    "sqrt(K.square(X))": np.abs(X),
    "clip(X, 0, 1)": X.clip(0, 1),
    "argmax(X)": X.argmax(-1),
    "concatenate([X, X])": np.concatenate([X, X], -1),
    "flatten(X)": X.ravel(),
    "cast(X > 0, K.floatx())": (X > 0).astype("float32"),
    "not_equal(X, 0)": X != 0,
    "max(X, axis=0)": X.max(0),
    "stack([X, X])": np.stack([X, X]),
    "relu(X)": np.maximum(X, 0),
    "binary_crossentropy(Y, P)": -np.log(np.where(Y == 1, P, 1 - P)),
    "categorical_crossentropy(Y, P)": -np.log((Y * P).sum(-1)),
    "int_shape(X)": (2, 3),
    "get_value(K.set_value(K.variable(X), X + 1))": X + 1,
    "dot(X, X.T)": X @ X.T,
    "expand_dims(X)": X[..., None],
    "permute_dimensions(X, (1, 0))": X.T,
    "reshape(X, (3, 2))": X.reshape(3, 2),
    "shape(K.random_normal((4, 5)))": (4, 5),
}


@pytest.mark.parametrize("expression", VALUES)
def test_old_functions(expression):
    value = eval(f"K.{expression}", {"K": K, "X": X, "P": P, "Y": Y})
    np.testing.assert_allclose(np.asarray(value), VALUES[expression], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", BACKEND)
def test_every_old_name_is_there(name):
    if name not in K.GONE:
        assert callable(getattr(K, name))


@pytest.mark.parametrize("name", K.GONE)
def test_names_without_meaning_say_what_to_do(name):
    with pytest.raises(AttributeError, match=rf"backend.{name} has no meaning.*Instead, "):
        getattr(K, name)


def test_unknown_names_suggest_near_ones():
    with pytest.raises(AttributeError, match=r"has no attribute 'sqare'. Did you mean 'square'"):
        _ = K.sqare


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("is_float_dtype", ("bfloat16",)),
        ("is_float_dtype", ("int8",)),
        ("is_int_dtype", ("uint8",)),
        ("is_int_dtype", ("bool",)),
        ("standardize_dtype", (float,)),
        ("standardize_dtype", ("int64",)),
        ("result_type", ("int32", "float16")),
        ("result_type", ("uint8", int)),
        ("backend", ()),
        ("floatx", ()),
        ("epsilon", ()),
        ("image_data_format", ()),
        ("is_keras_tensor", (np.ones(2),)),
    ],
)
def test_like_keras(name, arguments):
    assert getattr(K, name)(*arguments) == getattr(keras.backend, name)(*arguments)


def test_symbolic_tensors_are_recognised():
    assert K.is_keras_tensor(addax.Input((3,)))


def test_uids_count_by_prefix():
    keras.backend.clear_session()
    K.clear_session()
    for prefix in ("a", "a", "b", "", ""):
        assert K.get_uid(prefix) == keras.backend.get_uid(prefix)
    K.clear_session()
    assert K.get_uid("a") == 1


def test_clear_session_starts_names_and_seeds_anew():
    def draw():
        K.clear_session()
        addax.utils.set_random_seed(3)
        layer = addax.layers.Dense(2)
        return layer.name, np.asarray(addax.random.normal((3,)))

    (first, numbers), (second, again) = draw(), draw()
    assert first == second == "dense"
    np.testing.assert_array_equal(numbers, again)


@pytest.mark.parametrize("free", [True, False])
def test_clear_session_frees_memory_on_request(free):
    class Cycle:
        def __init__(self):
            self.me = self

    gc.collect()
    gc.disable()
    try:
        gone = weakref.ref(Cycle())
        K.clear_session(free_memory=free)
        assert (gone() is None) == free
    finally:
        gc.enable()
