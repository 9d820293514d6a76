"""Every row of the tables leads to a public name of Keras; what the rows compute."""

import ast
import importlib
import inspect

import keras
import numpy as np
import pytest

from addax.compat import tables
from addax.core import version

REAL = keras
TABLES = {"tensorflow": tables.TENSORFLOW, **tables.KERAS}
TEXTS = {text for table in TABLES.values() for text in table.values()}
ROWS = sorted(text for text in TEXTS if "." in text and "'" not in text.partition("(")[0])


@pytest.mark.parametrize("text", ROWS)
def test_row_leads_to_a_public_name(text):
    node = ast.parse(text, mode="eval").body
    path, keywords = (
        (ast.unparse(node.func), node.keywords) if isinstance(node, ast.Call) else (text, [])
    )
    head, _, last = path.rpartition(".")
    package = "addax" if head.startswith(("compat.", "core.", "data")) else "keras"
    home = importlib.import_module(f"{package}.{head}")
    assert callable(getattr(home, last))
    if keywords:
        parameters = inspect.signature(getattr(home, last)).parameters
        assert {keyword.arg for keyword in keywords} <= set(parameters)


def test_names_are_unique():
    for table in TABLES.values():
        for name in table:
            inside = [other for other in table if other.startswith(f"{name}.")]
            assert not inside, f"{name} is a name and a namespace: {inside}"


X = np.array([[3.0, -1.0, 2.0], [0.5, 4.0, -2.0]], "float32")
SOFTMAX = np.exp(X) / np.exp(X).sum(-1, keepdims=True)

VALUES = [
    ("tf.reduce_mean(x)", X.mean()),
    ("tf.reduce_sum(input_tensor=x, axis=1, keepdims=True)", X.sum(1, keepdims=True)),
    ("tf.reduce_max(x, 0)", X.max(0)),
    ("tf.math.reduce_std(x)", X.std()),
    ("tf.math.exp(x, name='e')", np.exp(X)),
    ("tf.argmax(x)", X.argmax(0)),
    ("tf.argmax(x, axis=-1)", X.argmax(-1)),
    ("tf.math.argmax(x, 1)", X.argmax(1)),
    ("tf.cast(x, tf.int32)", X.astype("int32")),
    ("tf.cast(x, tf.dtypes.float16)", X.astype("float16")),
    ("tf.add_n([x, x, x])", 3 * X),
    ("tf.add_n([x])", X),
    ("tf.reshape(tensor=x, shape=[3, -1])", X.reshape(3, 2)),
    ("tf.concat([x, x], axis=1)", np.concatenate([X, X], 1)),
    ("tf.concat(values=[x, x], axis=0)", np.concatenate([X, X])),
    ("tf.stack([x, x], axis=1)", np.stack([X, X], 1)),
    ("tf.expand_dims(x, 0)", X[None]),
    ("tf.squeeze(tf.expand_dims(x, 0))", X),
    ("tf.one_hot([0, 2], depth=3)", np.eye(3)[[0, 2]]),
    ("tf.square(x)", X**2),
    ("tf.abs(x)", abs(X)),
    ("tf.maximum(x, 0.0)", np.maximum(X, 0)),
    ("tf.clip_by_value(x, clip_value_min=-1, clip_value_max=1)", X.clip(-1, 1)),
    ("tf.zeros((2, 3))", np.zeros((2, 3))),
    ("tf.ones_like(x)", np.ones_like(X)),
    ("tf.fill([2, 2], 7.0)", np.full((2, 2), 7.0)),
    ("tf.range(3)", np.arange(3)),
    ("tf.range(1, limit=7, delta=2)", np.arange(1, 7, 2)),
    ("tf.transpose(x)", X.T),
    ("tf.transpose(a=x, perm=[1, 0])", X.T),
    ("tf.matmul(x, x, transpose_b=True)", X @ X.T),
    ("tf.linalg.matmul(x, x, transpose_a=True)", X.T @ X),
    ("tf.constant(2.0, shape=(2, 2))", np.full((2, 2), 2.0)),
    ("tf.constant([1, 2, 3, 4], shape=(2, 2))", [[1, 2], [3, 4]]),
    ("tf.Variable(x, trainable=False)", X),
    ("tf.Variable(lambda: x, dtype=tf.float32)", X),
    ("tf.gather(x, [1, 0])", X[[1, 0]]),
    ("tf.boolean_mask(x, [False, True])", X[[False, True]]),
    ("tf.split(x, 3, axis=1)[2]", X[:, 2:]),
    ("tf.split(x, [1, 2], axis=1)[1]", X[:, 1:]),
    ("tf.pad(x, [[1, 0], [0, 2]])", np.pad(X, [[1, 0], [0, 2]])),
    ("tf.pad(x, [[1, 1], [1, 1]], 'REFLECT')", np.pad(X, 1, "reflect")),
    ("tf.norm(x)", np.linalg.norm(X)),
    ("tf.norm(x, axis=1)", np.linalg.norm(X, axis=1)),
    ("tf.math.l2_normalize(x, axis=1)", X / np.linalg.norm(X, axis=1, keepdims=True)),
    ("tf.nn.moments(x, axes=[0])[1]", X.var(0)),
    ("tf.nn.softmax(x)", SOFTMAX),
    ("tf.nn.relu(x)", np.maximum(X, 0)),
    ("tf.sigmoid(x)", 1 / (1 + np.exp(-X))),
    ("tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1], logits=x)",
     -np.log(SOFTMAX[[0, 1], [0, 1]])),
    ("tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.ones_like(x), logits=x)",
     np.log1p(np.exp(-X))),
    ("tf.shape(x)", (2, 3)),
    ("tf.size(x)", 6),
    ("x[:, tf.newaxis]", X[:, None]),
    ("tf.constant(x).numpy()", X),
    ("K.mean(K.square(x), axis=-1)", (X**2).mean(-1)),
    ("K.argmax(x)", X.argmax(-1)),
    ("K.concatenate([x, x])", np.concatenate([X, X], -1)),
    ("K.clip(x, 0.0, 1.0)", X.clip(0, 1)),
    ("K.clip(x, min_value=0.0, max_value=1.0)", X.clip(0, 1)),
    ("K.get_value(K.variable(x))", X),
    ("K.eval(K.pow(x, 2))", X**2),
    ("K.int_shape(x)", (2, 3)),
    ("K.batch_flatten(K.ones((2, 3, 4)))", np.ones((2, 12))),
    ("K.batch_dot(K.ones((2, 1, 3)), K.ones((2, 3, 4)))", np.full((2, 1, 4), 3.0)),
    ("K.permute_dimensions(x, (1, 0))", X.T),
    ("K.flatten(x)", X.ravel()),
    ("K.relu(x, alpha=0.1)", np.where(X > 0, X, 0.1 * X)),
    ("K.set_value(K.variable(0 * x), x)", X),
    ("K.repeat_elements(x, 2, axis=1)", X.repeat(2, 1)),
    ("K.l2_normalize(x, axis=-1)", X / np.linalg.norm(X, axis=-1, keepdims=True)),
    ("K.switch(x > 0, x, 0 * x)", np.maximum(X, 0)),
    ("K.epsilon()", 1e-7),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "expected"), VALUES, ids=[e for e, _ in VALUES])
def test_values(expression, expected, stand_ins):
    import keras.backend as K
    import tensorflow as tf

    value = eval(expression, {"tf": tf, "K": K, "x": X})
    np.testing.assert_allclose(np.asarray(value), expected, rtol=1e-5, atol=1e-6)


def test_random_numbers(stand_ins):
    import tensorflow as tf

    tf.random.set_seed(3)
    normal = np.asarray(tf.random.normal((2000,), mean=1.0, stddev=2.0))
    assert abs(normal.mean() - 1) < 0.2 and abs(normal.std() - 2) < 0.2
    whole = np.asarray(tf.random.uniform((1000,), maxval=5, dtype=tf.int32))
    assert set(whole) == set(range(5))
    tf.random.set_seed(3)
    assert np.array_equal(normal, tf.random.normal((2000,), mean=1.0, stddev=2.0))


def test_versions_are_those_of_the_oracle():
    assert keras.__version__ == version.KERAS


def test_ctc(stand_ins):
    from keras import backend

    rng = np.random.default_rng(0)
    scores = rng.random((2, 6, 4)).astype("float32")
    probabilities = scores / scores.sum(-1, keepdims=True)
    labels, label_length = np.array([[0, 1, 2], [2, 2, 0]]), np.array([[3], [2]])
    times = np.array([[6], [5]])
    cost = backend.ctc_batch_cost(labels, probabilities, times, label_length)
    # Real Keras counts the blank first: the same classes, moved by one.
    moved = np.log(np.roll(probabilities, 1, axis=-1) + 1e-7)
    lengths = label_length[:, 0], times[:, 0]
    wanted = REAL.ops.ctc_loss(labels + 1, moved, *lengths, mask_index=0)
    np.testing.assert_allclose(cost[:, 0], wanted, rtol=1e-5)
    for greedy, strategy in ((True, "greedy"), (False, "beam_search")):
        (found,), _ = backend.ctc_decode(probabilities, times[:, 0], greedy)
        wanted, _ = REAL.ops.ctc_decode(moved, times[:, 0], strategy, mask_index=0)
        wanted = np.asarray(wanted)[0]
        np.testing.assert_array_equal(found, np.where(wanted > 0, wanted - 1, -1))


def test_a_function_of_the_backend(stand_ins):
    import keras.backend as K
    from keras import layers

    x = layers.Input((3,))
    hidden = layers.Dense(2)(x)
    function = K.function([x, K.learning_phase()], [hidden, hidden * 2])
    one, two = function([X, 0])
    assert one.shape == (2, 2) and isinstance(one, np.ndarray)
    np.testing.assert_allclose(two, 2 * one, rtol=1e-6)


def test_reductions(stand_ins):
    from keras import losses

    y, y_pred = np.zeros((2, 2)), np.array([[1.0, 3.0], [5.0, 7.0]])
    for name, wanted in [("SUM", 42), ("AUTO", 21), ("SUM_OVER_BATCH_SIZE", 21), ("NONE", [5, 37])]:
        loss = losses.MeanSquaredError(reduction=getattr(losses.Reduction, name))
        np.testing.assert_allclose(loss(y, y_pred), wanted)


GETS = [
    ("regularizers", lambda m: m.L2()),
    ("activations", lambda m: None),
    ("losses", lambda m: "mse"),
    ("metrics", lambda m: "mae"),
    ("optimizers", lambda m: "adam"),
    ("initializers", lambda m: "zeros"),
    ("constraints", lambda m: "max_norm"),
]


@pytest.mark.parametrize("module, identifier", GETS)
def test_get_is_the_module_s_own(module, identifier, stand_ins):
    import addax

    view, real = (importlib.import_module(f"{k}.{module}") for k in ("keras", "addax"))
    assert view.get is real.get
    found = view.get(identifier(view))
    assert isinstance(found, addax.optimizers.Adam) or module != "optimizers"


def test_a_number_of_a_tensor_is_an_argument(stand_ins):
    import tensorflow as tf

    units = tf.reduce_max(tf.constant([1, 3])).numpy()
    assert tf.keras.layers.Dense(units).units == 3


def test_chance_in_a_layer(stand_ins):
    """As variational autoencoders have it: new numbers in each step, without a seed."""
    import tensorflow as tf
    from keras import backend

    draws = [
        lambda s: backend.random_normal(shape=s, mean=0.0, stddev=1.0),
        lambda s: tf.random.normal(shape=s),
        lambda s: tf.random.uniform(s),
    ]
    x = np.zeros((4, 3), "float32")
    for draw in draws:
        inputs = tf.keras.Input((3,))
        noise = tf.keras.layers.Lambda(lambda x, draw=draw: x + draw(tf.shape(x)))(inputs)
        model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(noise))
        model.compile("sgd", "mse")
        model.fit(x, x[:, :1], epochs=2, verbose=0)
        only = tf.keras.Model(inputs, noise)
        assert np.all(only.predict(x, verbose=0) != only.predict(x, verbose=0))
