"""Attributions from gradients: known models, axioms, planted features, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import addax
from addax import explain, layers

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(5, 4)).astype("float32")
TOKENS = RANDOM.integers(1, 10, (3, 6))


def dense(*units, activation="tanh", width=4):
    inner = [layers.Dense(n, activation) for n in units[:-1]]
    model = addax.Sequential([layers.Input((width,)), *inner, layers.Dense(units[-1])])
    model.set_weights([RANDOM.normal(size=w.shape) for w in model.get_weights()])
    return model


class Reader(addax.Model):
    """Texts, subclassed: the mean of the embeddings, and two classes."""

    def __init__(self):
        super().__init__()
        self.embedding = layers.Embedding(10, 4, mask_zero=True)
        self.mean = layers.GlobalAveragePooling1D()
        self.inner = layers.Dense(5, "tanh")
        self.classes = layers.Dense(2, "softmax")

    def call(self, x):
        return self.classes(self.inner(self.mean(self.embedding(x))))


def two_inputs():
    a, b = layers.Input((4,), name="a"), layers.Input((2, 3), name="b")
    inner = layers.Dense(5, "tanh")(layers.concatenate([a, layers.Flatten()(b)]))
    return addax.Model({"a": a, "b": b}, layers.Dense(2)(inner))


LINEAR, CLASSES = dense(3), dense(8, 3)
READER, TWO = Reader(), two_inputs()
PAIR = {"a": X, "b": RANDOM.normal(size=(5, 2, 3)).astype("float32")}

# Each public function, in the form `(model, x, target) -> attributions`.
METHODS = {
    "gradients": explain.gradients,
    "input_x_gradient": explain.input_x_gradient,
    "integrated_gradients": explain.integrated_gradients,
    "smoothgrad": explain.smoothgrad,
    "vargrad": explain.vargrad,
}
each_method = pytest.mark.parametrize("name", METHODS)

# What a linear model w x gives, for the weights w (1, d) of the class.
OF_LINEAR = {
    "gradients": lambda w: np.broadcast_to(w, X.shape),
    "input_x_gradient": lambda w: w * X,
    "integrated_gradients": lambda w: w * X,
    "smoothgrad": lambda w: np.broadcast_to(w, X.shape),
    "vargrad": lambda w: np.zeros_like(X),
}


@each_method
@pytest.mark.parametrize("target", [2, [0, 1, 2, 0, 1]], ids=["one class", "a class each"])
def test_linear_models(name, target):
    weights = LINEAR.get_weights()[0].T[np.broadcast_to(target, 5)]
    found = METHODS[name](LINEAR, X, target)
    assert isinstance(found, np.ndarray) and found.shape == X.shape
    np.testing.assert_allclose(found, OF_LINEAR[name](weights), atol=2e-6)


@each_method
def test_no_target_is_the_predicted_class(name):
    predicted = CLASSES.predict(X, verbose=0).argmax(1)
    np.testing.assert_array_equal(METHODS[name](CLASSES, X), METHODS[name](CLASSES, X, predicted))


@each_method
def test_a_target_may_be_a_function(name):
    wanted = METHODS[name](CLASSES, X, 1)
    np.testing.assert_allclose(METHODS[name](CLASSES, X, lambda y: y[:, 1]), wanted, atol=1e-6)


@each_method
def test_several_inputs(name):
    found = METHODS[name](TWO, PAIR, 1)
    assert {k: v.shape for k, v in found.items()} == {"a": (5, 4), "b": (5, 2, 3)}


@each_method
def test_tokens(name):
    found = METHODS[name](READER, TOKENS)
    assert found.shape == TOKENS.shape
    np.testing.assert_array_equal(METHODS[name](READER, TOKENS.astype("float32")), found)
    by_name = METHODS[name](READER, TOKENS, layer=READER.embedding.name)
    np.testing.assert_array_equal(found, by_name)


def tokens_and_numbers():
    tokens, numbers = layers.Input((6,), dtype="int32"), layers.Input((4,))
    vectors = layers.Embedding(10, 3, name="vectors")(tokens)
    both = layers.concatenate([layers.GlobalAveragePooling1D()(vectors), numbers])
    return addax.Model([tokens, numbers], layers.Dense(2)(layers.Dense(5, "tanh")(both)))


@each_method
def test_tokens_beside_numbers(name):
    model, x = tokens_and_numbers(), [TOKENS, X[:3]]
    none, found = METHODS[name](model, x, 0)
    assert none is None and found.shape == (3, 4)
    assert METHODS[name](model, x, 0, layer="vectors").shape == TOKENS.shape
    options = {"baseline": [TOKENS, X[1]], "return_error": True}
    _, error = explain.integrated_gradients(model, x, 0, **options)
    assert np.abs(error).max() < 1e-3


def test_texts_are_explained_by_their_tokens():
    words = layers.TextVectorization(vocabulary=["good", "bad"], output_sequence_length=3)
    embedding = layers.Embedding(4, 1, weights=[np.array([[0.0], [0.0], [2.0], [-3.0]])])
    total = layers.Lambda(lambda x: addax.ops.sum(x, axis=1))
    model = addax.Sequential([layers.Input((1,), dtype="string"), words, embedding, total])
    found = explain.integrated_gradients(model, np.array([["a good day"], ["bad bad"]]))
    np.testing.assert_allclose(found, [[0, 2, 0], [-3, -3, 0]], atol=1e-6)


def test_an_embedding_of_something_else_is_not_the_tokens():
    positions = layers.Embedding(4, 1)
    x = layers.Input((4,))
    y = layers.Dense(1)(x + positions(addax.ops.arange(4))[:, 0])
    model = addax.Model(x, y)
    whole = np.arange(8.0).reshape(2, 4)
    weights = model.layers[-1].get_weights()[0]
    np.testing.assert_allclose(explain.gradients(model, whole), np.tile(weights.T, (2, 1)))
    with pytest.raises(ValueError, match=r"one of the Embeddings|has no Embedding"):
        explain.gradients(model, whole.astype("uint8"))


def test_half_precision():
    policy = {"dtype": "mixed_bfloat16"}
    model = addax.Sequential(
        [layers.Embedding(10, 4, **policy), layers.Flatten(**policy), layers.Dense(2, **policy)]
    )
    found, error = explain.integrated_gradients(model, TOKENS, 0, return_error=True)
    assert found.dtype == error.dtype == "float32" and np.abs(error).max() < 1e-2


@each_method
def test_batches_change_nothing(name):
    every = METHODS[name](CLASSES, X, 1)
    np.testing.assert_allclose(METHODS[name](CLASSES, X, 1, batch_size=2), every, atol=1e-5)


@pytest.mark.parametrize(
    "model, x, baseline",
    [
        (CLASSES, X, 0.0),
        (CLASSES, X, 1.0),
        (CLASSES, X, X[0]),
        (CLASSES, X, X[::-1]),
        (TWO, PAIR, 0.0),
        (TWO, PAIR, {"a": X[::-1], "b": PAIR["b"][0]}),
        (READER, TOKENS, 0.0),
        (READER, TOKENS, TOKENS[::-1]),
    ],
    ids=str,
)
def test_integrated_gradients_are_complete(model, x, baseline):
    found, error = explain.integrated_gradients(model, x, baseline=baseline, return_error=True)
    assert error.shape == (len(error),) and np.abs(error).max() < 1e-3
    again = explain.completeness(model, x, found, baseline=baseline)
    np.testing.assert_allclose(again, error, atol=1e-5)
    assert np.abs(explain.completeness(CLASSES, X, 0 * X)).max() > 0.01


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**16), target=st.integers(0, 2), baseline=st.floats(-1, 1))
def test_axioms(seed, target, baseline):
    random = np.random.default_rng(seed)
    x = random.normal(size=(5, 4)).astype("float32")
    kept = CLASSES.get_weights()
    weights = [random.normal(size=w.shape).astype("float32") for w in kept]
    weights[0][2] = 0  # the third feature has no effect
    options = {"baseline": baseline, "return_error": True}
    try:
        CLASSES.set_weights(weights)
        found, error = explain.integrated_gradients(CLASSES, x, target, **options)
        order = random.permutation(8)  # the same function, its units in another order
        CLASSES.set_weights(
            [weights[0][:, order], weights[1][order], weights[2][order], weights[3]]
        )
        same = explain.integrated_gradients(CLASSES, x, target, baseline=baseline)
        CLASSES.set_weights([*weights[:2], 3 * weights[2], weights[3]])
        triple = explain.integrated_gradients(CLASSES, x, target, baseline=baseline)
    finally:
        CLASSES.set_weights(kept)
    assert np.abs(error).max() < 1e-3  # completeness
    assert np.all(found[:, 2] == 0)  # sensitivity
    np.testing.assert_allclose(same, found, atol=1e-4)  # implementation invariance
    np.testing.assert_allclose(triple, 3 * found, atol=1e-4)  # linearity


PLANTED = np.random.default_rng(1).normal(size=(256, 4)).astype("float32")


@pytest.fixture(scope="module")
def of_second_feature():
    addax.utils.set_random_seed(0)
    model = addax.Sequential([layers.Input((4,)), layers.Dense(8, "tanh"), layers.Dense(1)])
    model.compile(addax.optimizers.Adam(0.03), "mse")
    history = model.fit(PLANTED, PLANTED[:, 1] ** 2, epochs=60, verbose=0).history
    assert history["loss"][-1] < 0.3
    return model


@each_method
def test_a_planted_feature_is_found(name, of_second_feature):
    heat = np.abs(METHODS[name](of_second_feature, PLANTED)).mean(0)
    assert heat[1] > 3 * np.delete(heat, 1).max()


def test_programs_are_compiled_once_and_go_with_the_model():
    import gc
    import weakref

    traced = []

    class Counted(layers.Layer):
        def call(self, x):
            traced.append(x)
            return x

    model = addax.Sequential([layers.Input((4,)), Counted(), layers.Dense(1)])
    explain.gradients(model, X, 0)
    count = len(traced)
    explain.gradients(model, X + 1, 0)
    model.set_weights([2 * w for w in model.get_weights()])
    np.testing.assert_allclose(
        explain.gradients(model, X, 0), np.tile(model.get_weights()[0].T, (5, 1)), rtol=1e-6
    )
    assert len(traced) <= count + 2  # shapes of outputs are looked at, nothing is compiled
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


def images():
    return addax.Sequential([layers.Input((4, 4, 1)), layers.Conv2D(2, 3), layers.Flatten()])


def called_twice():
    x, shared = layers.Input((4,)), layers.Dense(4, name="shared")
    return addax.Model(x, shared(shared(x)))


def states():
    x = layers.Input((3, 4))
    return addax.Model(x, layers.SimpleRNN(2, return_state=True, name="rnn")(x)[1])


WRONG = {
    "class out of range": (lambda: explain.gradients(LINEAR, X, 3), "from 0 to 2, .*received 3"),
    "class below 0": (lambda: explain.gradients(LINEAR, X, -1), "from 0 to 2"),
    "class that is no integer": (lambda: explain.gradients(LINEAR, X, 0.5), "received 0.5"),
    "classes of other examples": (lambda: explain.gradients(LINEAR, X, [0, 1]), "each example"),
    "no Embedding": (lambda: explain.gradients(LINEAR, X.astype(int), 0), "has no Embedding"),
    "two inputs, integers": (
        lambda: explain.gradients(TWO, {k: v.astype(int) for k, v in PAIR.items()}, 0),
        "has no Embedding",
    ),
    "baseline of another shape": (
        lambda: explain.integrated_gradients(LINEAR, X, 0, baseline=np.ones(3)),
        r"\(5, 4\), or of one example, \(4,\); received \(3,\)",
    ),
    "baseline of another structure": (
        lambda: explain.integrated_gradients(LINEAR, X, 0, baseline=[X, X]),
        "nested as x",
    ),
    "unknown layer": (lambda: explain.gradients(LINEAR, X, 0, layer="dens"), "layer of model"),
    "layer called twice": (
        lambda: explain.gradients(called_twice(), X, 0, layer="shared"),
        "called 2 times",
    ),
    "layer of several arrays": (
        lambda: explain.gradients(states(), np.ones((2, 3, 4)), 0, layer="rnn"),
        "gives 2 arrays",
    ),
    "no steps": (lambda: explain.integrated_gradients(LINEAR, X, 0, steps=0), "steps"),
    "no samples": (lambda: explain.smoothgrad(LINEAR, X, 0, samples=0), "samples"),
    "negative noise": (lambda: explain.vargrad(LINEAR, X, 0, noise=-1), "noise"),
    "no batch": (lambda: explain.gradients(LINEAR, X, 0, batch_size=0), "batch_size"),
    "no examples": (lambda: explain.gradients(LINEAR, X[:0], 0), "at least 1"),
    "texts": (lambda: explain.gradients(LINEAR, ["a", "b"], 0), "array of numbers"),
    "function of another shape": (lambda: explain.gradients(LINEAR, X, lambda y: y), "gave the"),
    "outputs that are maps": (
        lambda: explain.gradients(addax.Sequential(images().layers[:1]), np.ones((1, 4, 4, 1)), 0),
        "target=function",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_bad_input_is_told(case):
    call, said = WRONG[case]
    with pytest.raises(ValueError, match=said):
        call()


def test_only_models_are_explained():
    with pytest.raises(TypeError, match="received function"):
        explain.gradients(lambda x: x, X)


def test_an_absent_name_is_told():
    with pytest.raises(AttributeError, match="integrated_gradients"):
        explain.integrated_gradient  # noqa: B018
