"""Identity, Masking and Lambda equal Keras's."""

import keras
import numpy as np
import pytest
from layer_rows import case, check

import addax

ROWS = [
    case("Identity", (2, 3)),
    case("Identity", (2, 3), dtype="mixed_bfloat16"),
    case("Masking", (2, 5, 3)),
    case("Masking", (2, 5, 3), mask_value=2.0),
    case("Masking", (2, 5, 3), dtype="mixed_bfloat16"),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)


def scaled(x, factor=3.0, training=None):
    return x * (factor if training else 1.0)


CALLS = [
    ({"function": scaled}, {}),
    ({"function": scaled}, {"training": True}),
    ({"function": scaled, "arguments": {"factor": 5.0}}, {"training": True}),
    ({"function": lambda x: x**2}, {}),
    ({"function": lambda x: x[:, 0], "output_shape": (4,)}, {}),
    ({"function": lambda x: x[:, 0], "output_shape": lambda s: (s[0], s[2])}, {}),
]
X = np.random.default_rng(3).normal(size=(2, 3, 4)).astype("float32")


@pytest.mark.parametrize("options, call", CALLS)
def test_lambda_equals_keras(options, call):
    ours, theirs = (m.layers.Lambda(**options) for m in (addax, keras))
    np.testing.assert_allclose(ours(X, **call), theirs(X, **call), rtol=1e-6)
    assert ours(addax.Input((3, 4))).shape == theirs(keras.Input((3, 4))).shape


def test_lambda_is_stored_by_name():
    layer = addax.layers.Lambda(scaled, arguments={"factor": 2.0})
    ours = layer.get_config()
    theirs = keras.layers.Lambda(scaled, arguments={"factor": 2.0}).get_config()
    assert ours.keys() == theirs.keys() and ours["arguments"] == theirs["arguments"]
    assert ours["function"]["config"] == theirs["function"]["config"] == "scaled"
    with addax.saving.CustomObjectScope({"scaled": scaled}):
        again = addax.layers.Lambda.from_config(layer.get_config())
    assert again.function is scaled and again.arguments == {"factor": 2.0}


def test_code_is_neither_stored_nor_run():
    model = addax.Sequential([addax.Input((2,)), addax.layers.Lambda(lambda x: x)])
    with pytest.raises(TypeError, match="named function"):
        model.to_json()
    config = keras.layers.Lambda(lambda x: x).get_config()
    with pytest.raises(ValueError, match="never run"):
        addax.layers.Lambda.from_config(config)


def test_masking_marks_the_steps():
    x = X.copy()
    x[0, 1] = x[1, 2] = 7.0
    models = []
    for library in (addax, keras):
        i = library.Input((3, 4))
        masked = library.layers.Masking(7.0)(i)
        models.append(library.Model(i, library.layers.GlobalAveragePooling1D()(masked)))
    np.testing.assert_allclose(models[0](x), models[1](x), rtol=1e-6)
    np.testing.assert_allclose(models[0](x)[0], (x[0, 0] + x[0, 2]) / 2, rtol=1e-6)


def test_lambda_gives_its_mask():
    layer = addax.layers.Lambda(lambda x: x, mask=lambda x, m: x[..., 0] > 0)
    i = addax.Input((3, 4))
    model = addax.Model(i, addax.layers.GlobalAveragePooling1D()(layer(i)))
    kept = X[0][X[0, :, 0] > 0]
    np.testing.assert_allclose(model(X)[0], kept.mean(0), rtol=1e-5)
