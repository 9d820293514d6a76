"""Heat maps of images: all of them find a planted square, and say what they can't explain."""

import numpy as np
import pytest

import addax
from addax import explain, layers

RANDOM = np.random.default_rng(0)


def squares(count, seed=0):
    """Noise (count, 12, 12, 1); half of the images have a bright square, at `places`."""
    random = np.random.default_rng(seed)
    x = 0.2 * random.random((count, 12, 12, 1)).astype("float32")
    places = random.integers(0, 10, (count, 2))
    y = np.arange(count) % 2
    for image, (top, left), there in zip(x, places, y, strict=True):
        image[top : top + 3, left : left + 3] += there
    return x, y, places


def trained():
    model = addax.Sequential(
        [
            layers.Input((12, 12, 1)),
            layers.Conv2D(4, 3, padding="same", activation="relu"),
            layers.Conv2D(4, 3, padding="same", activation="relu", name="second"),
            layers.GlobalMaxPooling2D(),
            layers.Dense(2, "softmax"),
        ]
    )
    x, y, _ = squares(256)
    model.compile(addax.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    assert model.fit(x, y, epochs=8, verbose=0).history["loss"][-1] < 0.2
    return model


@pytest.fixture(scope="module")
def model():
    addax.utils.set_random_seed(0)
    return trained()


METHODS = {
    "gradients": explain.gradients,
    "input_x_gradient": explain.input_x_gradient,
    "integrated_gradients": explain.integrated_gradients,
    "smoothgrad": explain.smoothgrad,
    "vargrad": explain.vargrad,
    "guided_backpropagation": explain.guided_backpropagation,
    "gradcam": explain.gradcam,
    "gradcam_plus_plus": explain.gradcam_plus_plus,
    "scorecam": explain.scorecam,
    "occlusion": lambda *a: explain.occlusion(*a, window=3, stride=1),
    "rise": lambda *a: explain.rise(*a, masks=300),
}
MAPS = ["gradcam", "gradcam_plus_plus", "scorecam", "occlusion", "rise"]
each_map = pytest.mark.parametrize("name", MAPS)


@pytest.mark.parametrize("name", METHODS)
def test_a_planted_square_is_found(name, model):
    x, y, places = (a[:8] for a in squares(8, seed=1))
    x, places = x[y == 1], places[y == 1]
    heat = METHODS[name](model, x, 1)
    assert heat.shape == (x.shape[:3] if name in MAPS else x.shape)
    heat = np.abs(heat).reshape(4, 12, 12)
    inside = np.zeros((4, 12, 12), bool)
    for mask, (top, left) in zip(inside, places, strict=True):
        mask[max(top - 1, 0) : top + 4, max(left - 1, 0) : left + 4] = True  # what 3 x 3 sees
    assert heat[inside].mean() > 1.2 * heat[~inside].mean()


@each_map
def test_images_may_be_bytes(name, model):
    x = RANDOM.integers(0, 255, (2, 12, 12, 1)).astype("uint8")
    assert METHODS[name](model, x, 1).shape == (2, 12, 12)


def identity(weights):
    """One convolution of the given weights (channels,), each channel the image times its weight."""
    convolution = layers.Conv2D(len(weights), 1, use_bias=False)
    model = addax.Sequential(
        [layers.Input((4, 4, 1)), convolution, layers.Flatten(), layers.Dense(1, use_bias=False)]
    )
    model.set_weights([np.reshape(weights, (1, 1, 1, -1)), np.ones((16 * len(weights), 1))])
    return model


ONE = np.zeros((1, 4, 4, 1), "float32")
ONE[0, 1, 2] = 1

# Score = sum of A over places and channels, A = image times 2 and -1.
OF_SUM = {
    "gradcam": 1.0,  # 2 - 1, with slopes of 1 at each place
    "gradcam_plus_plus": 16 * (2 / (2 + 2) - 1 / (2 - 1)),
    "scorecam": 2 * np.exp(1) / (np.exp(1) + 1) - 1 / (np.exp(1) + 1),
    "occlusion": 1.0,
}


@pytest.mark.parametrize("name", OF_SUM)
def test_an_analytic_model(name):
    call = METHODS[name] if name != "occlusion" else lambda *a: explain.occlusion(*a, window=1)
    wanted = np.maximum(OF_SUM[name], 0) * ONE[..., 0]
    np.testing.assert_allclose(call(identity([2.0, -1.0]), ONE), wanted, atol=1e-5)


def test_rise_is_the_score_where_all_is_the_same():
    constant = addax.Sequential([layers.Input((12, 12, 1)), layers.Flatten(), layers.Dense(1)])
    constant.set_weights([np.zeros((144, 1)), np.array([3.0])])
    heat = explain.rise(constant, np.ones((2, 12, 12, 1)), masks=1000, batch_size=1000)
    np.testing.assert_allclose(heat, 3, atol=0.3)
    again = explain.rise(constant, np.ones((2, 12, 12, 1)), masks=1000)
    np.testing.assert_allclose(again, heat, atol=0.3)


def test_guided_backpropagation_stops_negative_slopes():
    for relu in (
        layers.ReLU(),
        layers.Activation("relu"),
        addax.ops.relu,
        layers.Dense(2, "relu", kernel_initializer="identity"),
    ):
        inputs = layers.Input((2,))
        model = addax.Model(inputs, layers.Dense(1, name="last")(relu(inputs)))
        model.get_layer("last").set_weights([np.array([[2.0], [-3.0]]), np.zeros(1)])
        x = np.array([[1, 1], [-1, 1]], "float32")
        plain = explain.gradients(model, x)
        np.testing.assert_array_equal(plain, [[2, -3], [0, -3]])
        np.testing.assert_array_equal(explain.guided_backpropagation(model, x), [[2, 0], [0, 0]])
        np.testing.assert_array_equal(explain.gradients(model, x), plain)


def test_layers_by_name_and_inside_of_models(model):
    x = squares(2)[0]
    by_name = explain.gradcam(model, x, 1, layer="second")
    np.testing.assert_array_equal(explain.gradcam(model, x, 1, layer=model.layers[1]), by_name)
    outer = addax.Sequential([layers.Input((12, 12, 1)), model])
    np.testing.assert_allclose(explain.gradcam(outer, x, 1), by_name, atol=1e-6)


def test_sequences_and_channels_first():
    model = addax.Sequential(
        [layers.Input((10, 2)), layers.Conv1D(3, 3), layers.Flatten(), layers.Dense(2)]
    )
    x = RANDOM.random((2, 10, 2)).astype("float32")
    assert explain.gradcam(model, x).shape == (2, 10)
    assert explain.scorecam(model, x).shape == (2, 10)
    first = addax.Sequential(
        [
            layers.Input((2, 6, 5)),
            layers.Conv2D(3, 3, data_format="channels_first"),
            layers.Flatten(),
            layers.Dense(2),
        ]
    )
    x = RANDOM.random((2, 2, 6, 5)).astype("float32")
    assert explain.gradcam(first, x).shape == explain.scorecam(first, x).shape == (2, 6, 5)
    options = {"data_format": "channels_first", "window": 3}
    assert explain.occlusion(first, x, **options).shape == (2, 6, 5)


def table_model():
    return addax.Sequential([layers.Input((4,)), layers.Dense(2)])


TABLE, X = table_model(), np.ones((2, 4), "float32")
WRONG = {
    "no convolution": (lambda m: explain.gradcam(table_model(), X), "has no convolution"),
    "unknown layer": (
        lambda m: explain.gradcam(m, squares(1)[0], layer="third"),
        "Known: .*second",
    ),
    "a table": (lambda m: explain.gradcam(TABLE, X, layer=TABLE.layers[0]), r"shapes \[\(2, 4\)"),
    "a layer over no image": (
        lambda m: explain.gradcam(m, ONE.repeat(3, 1).repeat(3, 2), 1, layer=m.layers[-1]),
        "does not lie over x",
    ),
    "class out of range": (
        lambda m: explain.scorecam(m, squares(1)[0], 2),
        "from 0 to 1",
    ),
    "tables by occlusion": (lambda m: explain.occlusion(table_model(), X), "one array of images"),
    "a large window": (
        lambda m: explain.occlusion(m, np.ones((1, 12, 12, 1)), window=13),
        "at most as large",
    ),
    "a stride that leaves gaps": (
        lambda m: explain.occlusion(m, squares(1)[0], window=2, stride=3),
        "stride is at most",
    ),
    "keep": (lambda m: explain.rise(m, ONE, keep=1.0), "keep"),
    "no masks": (lambda m: explain.rise(m, ONE, masks=0), "masks"),
    "no relu": (lambda m: explain.guided_backpropagation(table_model(), X), "has no relu"),
}


@pytest.mark.parametrize("case", WRONG)
def test_bad_input_is_told(case, model):
    call, said = WRONG[case]
    with pytest.raises(ValueError, match=said):
        call(model)
