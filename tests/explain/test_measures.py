"""Measures of attributions on models whose values are known, tables and pictures."""

import sys

import numpy as np
import pytest

import addax
from addax import explain, layers

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(5, 4)).astype("float32")
WEIGHTS = np.array([[4.0], [3.0], [2.0], [-1.0]])
ONES = np.ones((2, 4), "float32")


def linear():
    model = addax.Sequential([layers.Input((4,)), layers.Dense(1, use_bias=False)])
    model.set_weights([WEIGHTS])
    return model


def all_of_them():
    """1 if every feature is 1, else 0."""
    inputs = layers.Input((4,))
    return addax.Model(inputs, addax.ops.prod(inputs, axis=-1, keepdims=True))


def any_of_them():
    """1 if a feature is 1, else 0."""
    inputs = layers.Input((4,))
    return addax.Model(inputs, addax.ops.max(inputs, axis=-1, keepdims=True))


# Scores after 0, 1, 2, 3, 4 of the features of ones, in the order 4, 3, 2, -1, and their area.
AREAS = {
    "deletion of a sum": (explain.deletion, linear, [8, 4, 1, -1, 0]),
    "insertion into a sum": (explain.insertion, linear, [0, 4, 7, 9, 8]),
    "deletion from all": (explain.deletion, all_of_them, [1, 0, 0, 0, 0]),
    "insertion of all": (explain.insertion, all_of_them, [0, 0, 0, 0, 1]),
    "deletion from any": (explain.deletion, any_of_them, [1, 1, 1, 1, 0]),
    "insertion of any": (explain.insertion, any_of_them, [0, 1, 1, 1, 1]),
}


@pytest.mark.parametrize("case", AREAS)
def test_insertion_and_deletion(case):
    measure, model, scores = AREAS[case]
    wanted = np.trapezoid(scores, dx=0.25)
    heat = np.broadcast_to(WEIGHTS[:, 0], ONES.shape)
    np.testing.assert_allclose(measure(model(), ONES, heat), [wanted] * 2, rtol=1e-6)
    coarse = measure(model(), ONES, heat, steps=2)
    np.testing.assert_allclose(coarse, [np.trapezoid(scores[::2], dx=0.5)] * 2, rtol=1e-6)


def test_places_of_images_go_with_their_channels():
    model = addax.Sequential([layers.Input((2, 2, 3)), layers.Flatten(), layers.Dense(1)])
    model.set_weights([np.ones((12, 1)), np.zeros(1)])
    x, heat = np.ones((1, 2, 2, 3), "float32"), np.array([[[4, 3], [2, 1]]])
    assert explain.deletion(model, x, heat)[0] == np.trapezoid([12, 9, 6, 3, 0], dx=0.25)
    assert explain.deletion(model, x, x)[0] == 6.0
    first = np.moveaxis(x, -1, 1)
    channels = addax.Sequential([layers.Input((3, 2, 2)), *model.layers])
    assert explain.insertion(channels, first, heat)[0] == 6.0


def test_infidelity_is_0_for_the_gradients_of_a_linear_model():
    model = linear()
    heat = explain.gradients(model, X)
    assert explain.infidelity(model, X, heat).max() < 1e-10
    assert explain.infidelity(model, X, heat + 1).min() > 1e-3


def test_sensitivity():
    model = linear()
    assert explain.sensitivity(model, X, explain.gradients).max() == 0
    changes = explain.sensitivity(model, X, explain.input_x_gradient, radius=0.1)
    assert changes.shape == (5,) and changes.min() > 0
    size = np.linalg.norm(X * WEIGHTS[:, 0], axis=1)
    assert np.all(changes <= 0.1 * np.linalg.norm(WEIGHTS) / size + 1e-6)


METHODS = {
    "gradients": explain.gradients,
    "input_x_gradient": explain.input_x_gradient,
    "integrated_gradients": explain.integrated_gradients,
    "smoothgrad": explain.smoothgrad,
    "vargrad": explain.vargrad,
    "gradcam": explain.gradcam,
}


@pytest.mark.parametrize("name", METHODS)
def test_randomized_weights_change_the_map(name):
    addax.utils.set_random_seed(0)
    model = addax.Sequential(
        [
            layers.Input((6, 6, 1)),
            layers.Conv2D(4, 3, activation="tanh"),
            layers.Flatten(),
            layers.Dense(3),
        ]
    )
    before = model.get_weights()
    x = RANDOM.normal(size=(4, 6, 6, 1)).astype("float32")
    same = explain.randomized_weights(model, x, lambda model, x, target: x)
    np.testing.assert_allclose(same, 1)
    assert np.mean(explain.randomized_weights(model, x, METHODS[name])) < 0.8
    for ours, kept in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(ours, kept)


# --- tables ---------------------------------------------------------------------------------------


def test_permutation_importance():
    model = linear()
    x = RANDOM.normal(size=(400, 4)).astype("float32")
    y = x @ WEIGHTS
    found = explain.permutation_importance(model, x, y, loss="mse", batch_size=400)
    np.testing.assert_allclose(found, 2 * WEIGHTS[:, 0] ** 2, rtol=0.2)  # 2 variance w²
    model.compile(loss="mse")
    compiled = explain.permutation_importance(model, x, y, batch_size=400)
    np.testing.assert_allclose(compiled, found, rtol=1e-4)


def test_partial_dependence():
    values, outputs = explain.partial_dependence(linear(), X, 1, grid=3)
    ordered = np.sort(X[:, 1])
    np.testing.assert_array_equal(values, ordered[[0, 2, 4]])
    rest = (X[:, [0, 2, 3]] @ WEIGHTS[[0, 2, 3]]).mean()
    np.testing.assert_allclose(outputs[:, 0], rest + 3 * values, rtol=1e-5)
    values, outputs = explain.partial_dependence(linear(), X, 1, grid=[0.0, 1.0])
    np.testing.assert_allclose(outputs[1] - outputs[0], 3, rtol=1e-5)


# --- pictures -------------------------------------------------------------------------------------

HEAT = RANDOM.random((3, 8, 8))
PICTURES = {
    "maps alone": (HEAT, None),
    "over images": (HEAT, RANDOM.random((3, 8, 8, 3))),
    "over grey bytes": (HEAT, RANDOM.integers(0, 255, (3, 8, 8, 1)).astype("uint8")),
    "signed, with channels": (HEAT[..., None] - 0.5, RANDOM.random((3, 8, 8))),
    "zeros": (0 * HEAT, None),
}


@pytest.mark.parametrize("case", PICTURES)
def test_pictures(case, tmp_path):
    pytest.importorskip("matplotlib")
    heat, images = PICTURES[case]
    figure = explain.show(heat, images, titles=["a", "b", "c"], path=tmp_path / "heat.png")
    assert addax.utils.load_img(tmp_path / "heat.png").size == (400, 400)
    drawn = [len(axes.images) for axes in figure.axes]
    assert drawn == [1 if images is None else 2] * 3 + [0]


def test_pictures_without_matplotlib(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ImportError, match=r"addax\[demo\]"):
        explain.show(HEAT)


# --- bad input ------------------------------------------------------------------------------------

TOKENS = np.ones((2, 4), int)
WRONG = {
    "heat of another shape": (lambda m: explain.deletion(m, X, X[:, :3]), r"received \(5, 3\)"),
    "heat of other examples": (lambda m: explain.insertion(m, X, X[:3]), r"received \(3, 4\)"),
    "two inputs": (lambda m: explain.deletion(m, [X, X], X, lambda y: y), "one input; 2 came"),
    "baseline": (lambda m: explain.deletion(m, X, X, baseline=np.ones(2)), "baseline"),
    "no steps": (lambda m: explain.deletion(m, X, X, steps=0), "steps"),
    "infidelity of integers": (lambda m: explain.infidelity(m, TOKENS, TOKENS), "holds int64"),
    "sensitivity of integers": (
        lambda m: explain.sensitivity(m, TOKENS, explain.gradients),
        "holds int64",
    ),
    "no samples": (lambda m: explain.infidelity(m, X, X, samples=0), "samples"),
    "class out of range": (
        lambda m: explain.randomized_weights(m, X, explain.gradients, 1),
        "from 0 to 0",
    ),
    "no loss": (lambda m: explain.permutation_importance(m, X, X[:, :1]), "loss='mse'"),
    "no table": (lambda m: explain.permutation_importance(m, X[0], X[0], loss="mse"), "a table"),
    "no such column": (lambda m: explain.partial_dependence(m, X, 4), "from 0 to 3; received 4"),
    "no grid": (lambda m: explain.partial_dependence(m, X, 0, grid=0), "grid"),
    "a table as a picture": (lambda m: explain.show(X), "batch, height, width"),
    "images of another size": (lambda m: explain.show(HEAT, HEAT[:, :4]), "received"),
}


@pytest.mark.parametrize("case", WRONG)
def test_bad_input_is_told(case):
    call, said = WRONG[case]
    with pytest.raises(ValueError, match=said):
        call(linear())
