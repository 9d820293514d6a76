"""Losses against Keras: values, gradients, configurations; and what Addax adds to them."""

import inspect

import jax
import keras
import numpy as np
import pytest

import addax
from addax import losses
from addax.core.masks import set_mask

LOSSES = keras.losses
N, K = 6, 4


def data(kind: str, n: int = N):
    """Targets and predictions: floats (n, K), probabilities, class numbers..."""
    random = np.random.default_rng([n, len(kind)])
    x = random.uniform(0.05, 0.95, (n, K)).astype("float32")
    classes = random.integers(0, K, n)
    return {
        "floats": lambda: (random.normal(size=(n, K)).astype("float32"), 3 * x - 1),
        "counts": lambda: (random.integers(0, 5, (n, K)), x),
        "binary": lambda: ((random.random((n, K)) > 0.5).astype("float32"), x),
        "signs": lambda: (np.sign(random.normal(size=(n, K))).astype("float32"), 3 * x - 1),
        "column": lambda: ((random.random(n) > 0.5).astype("int32"), x[:, :1]),
        "vectors": lambda: (
            random.normal(size=(n, 3, K)).astype("float32"),
            x[:, None] * [[1], [2], [0]],
        ),
        "one-hot": lambda: (np.eye(K, dtype="float32")[classes], x / x.sum(-1, keepdims=True)),
        "logits": lambda: (np.eye(K, dtype="float32")[classes], 6 * x - 3),
        "numbers": lambda: (classes, x / x.sum(-1, keepdims=True)),
        "number column": lambda: (classes[:, None].astype("float32"), x),
        "number logits": lambda: (classes, 6 * x - 3),
        "steps": lambda: (random.integers(0, K, (n, 3)), np.stack([x, x * x, 1 - x], 1)),
        "embeddings": lambda: (classes % 2, x / np.linalg.norm(x, axis=-1, keepdims=True)),
        "sequences": lambda: (
            random.integers(0, K, (n, 3)),
            random.normal(size=(n, 8, K)).astype("float32"),
        ),
    }[kind]()


ROWS = [
    ("MeanSquaredError", "floats", {}),
    ("MeanSquaredError", "column", {}),
    ("MeanSquaredError", "vectors", {}),
    ("MeanAbsoluteError", "floats", {}),
    ("MeanAbsolutePercentageError", "floats", {}),
    ("MeanAbsolutePercentageError", "counts", {}),
    ("MeanSquaredLogarithmicError", "floats", {}),
    ("Huber", "floats", {}),
    ("Huber", "floats", {"delta": 0.3}),
    ("LogCosh", "floats", {}),
    ("CosineSimilarity", "floats", {}),
    ("CosineSimilarity", "vectors", {"axis": 1}),
    ("Hinge", "signs", {}),
    ("Hinge", "binary", {}),
    ("SquaredHinge", "signs", {}),
    ("SquaredHinge", "binary", {}),
    ("CategoricalHinge", "one-hot", {}),
    ("KLDivergence", "one-hot", {}),
    ("Poisson", "counts", {}),
    ("BinaryCrossentropy", "binary", {}),
    ("BinaryCrossentropy", "column", {}),
    ("BinaryCrossentropy", "logits", {"from_logits": True, "label_smoothing": 0.1}),
    ("BinaryFocalCrossentropy", "binary", {}),
    ("BinaryFocalCrossentropy", "logits", {"from_logits": True, "gamma": 1.5}),
    ("BinaryFocalCrossentropy", "binary", {"apply_class_balancing": True, "label_smoothing": 0.2}),
    ("CategoricalCrossentropy", "one-hot", {}),
    ("CategoricalCrossentropy", "logits", {"from_logits": True, "label_smoothing": 0.1}),
    ("CategoricalFocalCrossentropy", "one-hot", {}),
    ("CategoricalFocalCrossentropy", "logits", {"from_logits": True, "label_smoothing": 0.1}),
    ("SparseCategoricalCrossentropy", "numbers", {}),
    ("SparseCategoricalCrossentropy", "number column", {}),
    ("SparseCategoricalCrossentropy", "number logits", {"from_logits": True}),
    ("SparseCategoricalCrossentropy", "steps", {"from_logits": True, "ignore_class": 0}),
    ("SparseCategoricalCrossentropy", "steps", {"ignore_class": 1}),
    ("CategoricalGeneralizedCrossEntropy", "numbers", {"q": 0.7}),
    ("Dice", "binary", {}),
    ("Dice", "vectors", {"axis": (1, 2)}),
    ("Tversky", "binary", {"alpha": 0.3, "beta": 0.6}),
    ("Tversky", "vectors", {"axis": (1, 2)}),
    ("Circle", "embeddings", {"gamma": 8.0}),
    ("Circle", "embeddings", {"gamma": 3.0, "margin": 0.1, "remove_diagonal": False}),
    ("CTC", "sequences", {}),
]
rows = pytest.mark.parametrize("name, kind, options", ROWS, ids=lambda x: str(x))
REDUCTIONS = (None, "mean", "sum", "none", "mean_with_sample_weight", "sum_over_batch_size")


def close(ours, theirs, rtol=3e-6, atol=1e-6):
    assert np.shape(ours) == np.shape(theirs)
    np.testing.assert_allclose(np.asarray(ours), np.asarray(theirs), rtol, atol)


def both(name, **options):
    return getattr(losses, name)(**options), getattr(LOSSES, name)(**options)


def weights_for(kind, n=N):
    shape = (n, 3) if kind == "steps" else (n, 1) if kind == "vectors" else n
    return np.random.default_rng(5).random(shape).astype("float32")


@rows
def test_values(name, kind, options):
    y_true, y_pred = data(kind)
    for weights in (None, weights_for(kind)):
        if weights is not None and name in ("Dice", "Tversky") and not options.get("axis"):
            continue  # one number for the batch
        for reduction in REDUCTIONS[-3:] if name != "CTC" else ("sum",):  # a compilation for each
            ours, theirs = both(name, reduction=reduction, **options)
            close(ours(y_true, y_pred, weights), theirs(y_true, y_pred, weights))


@rows
def test_gradients(name, kind, options):
    y_true, y_pred = data(kind)
    y_pred = np.asarray(y_pred, "float32")
    ours, theirs = (jax.grad(lambda p, f=f: f(y_true, p)) for f in both(name, **options))
    close(ours(y_pred), theirs(y_pred), rtol=2e-5, atol=1e-7)


@rows
def test_functions(name, kind, options):
    fn = getattr(losses, name).fn
    y_true, y_pred = data(kind)
    if name.startswith("Binary") and y_true.ndim == 1:
        y_true = y_true[:, None]
    close(fn(y_true, y_pred, **options), getattr(LOSSES, fn.__name__)(y_true, y_pred, **options))


# What Keras leaves out of a configuration, so that loading makes another loss.
LOST = {"Huber": {"delta"}, "CosineSimilarity": {"axis"}, "SparseCategoricalCrossentropy": {"axis"}}


@rows
def test_configuration(name, kind, options):
    ours, theirs = both(name, reduction="sum", **options)
    config, reference = ours.get_config(), theirs.get_config()
    assert set(config) - set(reference) == LOST.get(name, set()) & options.keys()
    assert {k: config[k] for k in reference} == reference
    again = type(ours).from_config(config)
    assert again.get_config() == config
    y_true, y_pred = data(kind)
    close(again(y_true, y_pred), ours(y_true, y_pred), 0, 0)
    revived = losses.deserialize(LOSSES.serialize(theirs))
    assert type(revived) is type(ours)
    if name != "CategoricalGeneralizedCrossEntropy":  # Keras can't read its own either
        assert type(LOSSES.deserialize(losses.serialize(ours))) is type(theirs)


# Dice and the like mix the examples of a batch, hinges look at all its labels; CTC takes long.
MIXING = ("Dice", "Tversky", "Circle", "Hinge", "SquaredHinge", "CTC")


@pytest.mark.parametrize(
    "name, kind, options", [row for row in ROWS if row[0] not in MIXING], ids=lambda x: str(x)
)
def test_batches_add_up(name, kind, options):
    y_true, y_pred = data(kind)
    weights = weights_for(kind)
    loss = getattr(losses, name)(**options)
    parts = [loss.pair(y_true[s], y_pred[s], weights[s]) for s in (slice(4), slice(4, None))]
    (a, v), (b, w) = parts
    close((a + b) / (v + w), loss(y_true, y_pred, weights))


@pytest.mark.parametrize("reduction", ["mean_with_sample_weight", "none", "sum"])
def test_reductions_add_up(reduction):
    y_true, y_pred = data("floats")
    weights = weights_for("floats")
    loss = losses.MeanSquaredError(reduction)
    (a, v), (b, w) = [loss.pair(y_true[s], y_pred[s], weights[s]) for s in (slice(4), slice(4, 6))]
    squares = ((y_true - y_pred) ** 2).mean(-1) * weights
    count = {"mean_with_sample_weight": weights.sum(), "none": N, "sum": 2}[reduction]
    close((a + b) / (v + w), squares.sum() / count)
    assert loss.is_mean == (reduction != "sum")


def test_every_public_name_has_a_row():
    public = {n for n in dir(LOSSES) if not n.startswith("_")}
    assert public <= set(dir(losses))
    classes = {n for n in public if inspect.isclass(getattr(LOSSES, n))}
    assert classes - {"Loss"} == {row[0] for row in ROWS}
    functions = public - classes - {"get", "serialize", "deserialize"}
    assert functions == {getattr(losses, row[0]).fn.__name__ for row in ROWS}


@pytest.mark.parametrize("name", sorted({row[0] for row in ROWS} | {"Loss"}))
def test_signatures(name):
    ours, theirs = (
        [
            (p.name, p.default)
            for p in inspect.signature(getattr(m, name).__init__).parameters.values()
        ]
        for m in (losses, LOSSES)
    )
    assert ours == theirs


@pytest.mark.parametrize("kind", ["float16", "bfloat16", "float64", "int32"])
def test_dtypes(kind):
    y_true, y_pred = data("counts")
    y_true, y_pred = (np.asarray(y, jax.numpy.dtype(kind)) for y in (y_true, y_pred * 5))
    ours, theirs = (m.MeanSquaredError()(y_true, y_pred) for m in (losses, LOSSES))
    assert ours.dtype == theirs.dtype == "float32"
    close(ours, theirs)


def test_half_precision_computes_as_asked():
    y_true, y_pred = data("floats")
    ours, theirs = both("MeanAbsoluteError", dtype="bfloat16")
    assert ours(y_true, y_pred).dtype == "bfloat16"
    close(np.float32(ours(y_true, y_pred)), np.float32(theirs(y_true, y_pred)), rtol=1e-2)
    assert ours.get_config()["dtype"] == ours.dtype == "bfloat16"


def test_half_precision_keeps_class_numbers_and_sums():
    probabilities = np.full((1, 300), 0.5 / 299, "float32")
    probabilities[0, 257] = 0.5
    loss = losses.SparseCategoricalCrossentropy(dtype="bfloat16")
    assert float(loss([257], probabilities)) == pytest.approx(-np.log(0.5), rel=1e-2)
    big = losses.MeanSquaredError(dtype="float16")(np.zeros((1000, 1)), np.full((1000, 1), 12.0))
    assert float(big) == 144  # the sum, 144000, is no float16


def masked(y_pred, mask):
    """The same predictions with the mask as our layers and as Keras's attach it."""
    ours, theirs = jax.numpy.array(y_pred), keras.ops.array(y_pred)
    set_mask(ours, jax.numpy.asarray(mask))
    keras.src.backend.set_keras_mask(theirs, jax.numpy.asarray(mask))
    return ours, theirs


MASK = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0], [1, 1, 1], [1, 0, 1], [0, 1, 1]], bool)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize(
    "name, kind, options",
    [
        ("SparseCategoricalCrossentropy", "steps", {}),
        ("SparseCategoricalCrossentropy", "steps", {"ignore_class": 2}),
        ("MeanSquaredError", "vectors", {}),
    ],
    ids=str,
)
def test_masks(name, kind, options, reduction):
    y_true, y_pred = data(kind)
    ours, theirs = both(name, reduction=reduction, **options)
    for weights in (None, weights_for("steps")):
        a, b = masked(y_pred, MASK)
        close(ours(y_true, a, weights), theirs(y_true, b, weights))


def test_masked_batches_add_up():
    y_true, y_pred = data("steps")
    loss = losses.SparseCategoricalCrossentropy()
    parts = [
        loss.pair(y_true[s], masked(y_pred[s], MASK[s])[0]) for s in (slice(1), slice(1, None))
    ]
    (a, v), (b, w) = parts
    assert float(v + w) == MASK.sum()
    close((a + b) / (v + w), loss(y_true, masked(y_pred, MASK)[0]))


def test_all_masked_is_zero():
    y_true, y_pred = data("steps")
    assert (
        float(losses.SparseCategoricalCrossentropy()(y_true, masked(y_pred, MASK & False)[0])) == 0
    )


def test_ignored_predictions_may_be_infinite():
    y_true, y_pred = np.array([0, 1]), np.array([[np.inf, 0.0], [0.0, 0.0]], "float32")
    loss = losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)
    value, gradient = jax.value_and_grad(lambda p: loss(y_true, p))(y_pred)
    assert float(value) == pytest.approx(np.log(2))
    close(gradient, [[0, 0], [0.5, -0.5]])


def test_example_weights_hold_for_all_steps():
    y_true, y_pred = data("vectors", 3)
    y_true = np.asarray(y_true, "float32")
    weights = np.array([1, 0, 2], "float32")  # (batch,), and there are as many steps as examples
    expected = (((y_true - y_pred) ** 2).mean(-1) * weights[:, None]).sum() / 9
    close(losses.MeanSquaredError()(y_true, y_pred, weights), expected, rtol=1e-5)


def test_class_axis_anywhere():
    y_true, y_pred = data("steps")
    first = losses.SparseCategoricalCrossentropy(axis=1)(y_true, np.moveaxis(y_pred, -1, 1))
    close(first, losses.SparseCategoricalCrossentropy()(y_true, y_pred))
    one_hot = np.moveaxis(np.eye(K, dtype="float32")[y_true], -1, 1)
    options = {"label_smoothing": 0.1, "axis": 1}
    smoothed = losses.CategoricalCrossentropy(**options)(one_hot, np.moveaxis(y_pred, -1, 1))
    last = losses.CategoricalCrossentropy(label_smoothing=0.1)(np.eye(K)[y_true], y_pred)
    close(smoothed, last)


# Losses that users write


def per_example(y_true, y_pred):
    return abs(y_true - y_pred).max(-1)


def scalar(y_true, y_pred, scale=1.0):
    return scale * abs(y_true - y_pred).mean()


@pytest.mark.parametrize("fn, options", [(per_example, {}), (scalar, {"scale": 3.0})])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("kind", ["floats", "column"])
def test_functions_of_users(fn, options, weighted, kind):
    y_true, y_pred = data(kind)
    weights = weights_for(kind) if weighted else None
    theirs = keras.src.losses.losses.LossFunctionWrapper(fn, **options)
    ours = losses.LossFunctionWrapper(fn, **options)
    close(ours(y_true, y_pred, weights), theirs(y_true, y_pred, weights))
    assert float(ours.pair(y_true, y_pred, weights)[1]) == N
    with keras.saving.custom_object_scope({fn.__name__: fn}):
        config = losses.serialize(ours)
    again = losses.deserialize(config, {fn.__name__: fn})
    assert again.fn is fn and again.options == options


def test_subclasses_of_users():
    class Steps(losses.Loss):
        def __init__(self, power=2, name="steps"):
            super().__init__(name=name)
            self.power = power

        def call(self, y_true, y_pred):
            return abs(y_true - y_pred) ** self.power

    loss = Steps(3)
    assert (loss.name, loss.reduction, loss.dtype) == ("steps", "sum_over_batch_size", "float32")
    close(loss([1, 2], [3.0, 2.5]), (8 + 0.125) / 2)
    assert Steps.from_config(loss.get_config()).power == 3
    with pytest.raises(NotImplementedError, match="Loss must define call"):
        losses.Loss()([1.0], [1.0])


def test_subclasses_with_their_own_call_operator():
    class Doubled(losses.MeanSquaredError):
        def __call__(self, y_true, y_pred, sample_weight=None):
            return 2 * super().__call__(y_true, y_pred, sample_weight)

    loss = Doubled()
    batches = [([1.0, 2.0], [3.0, 2.0]), ([0.0], [3.0])]
    totals, weights = zip(*(loss.pair(*map(np.array, batch)) for batch in batches), strict=True)
    close(sum(totals) / sum(weights), 2 * (4 + 0 + 9) / 3)


@pytest.mark.parametrize("name", ["circle", "mean_squared_error", "huber"])
def test_symbolic(name):
    label = (None,) if name == "circle" else (None, 4)
    y = getattr(losses, name)(addax.KerasTensor(label), addax.KerasTensor((None, 4)))
    assert (y.shape, y.dtype) == ((None,), "float32")


def test_structures():
    def total(y_true, y_pred):
        return (y_true["a"] - y_pred["a"]) ** 2 + y_pred["b"] * y_true["b"]

    loss = losses.LossFunctionWrapper(total)
    y_true = {"a": np.array([1.0, 2.0]), "b": np.array([0.0, 1.0])}
    y_pred = {"a": np.array([2.0, 2.0]), "b": np.array([5.0, 3.0])}
    close(loss(y_true, y_pred), 2.0)


def test_equal_under_jit():
    y_true, y_pred = data("steps")
    loss = losses.SparseCategoricalCrossentropy(ignore_class=0)
    close(jax.jit(loss)(y_true, y_pred), loss(y_true, y_pred))


# Names


@pytest.mark.parametrize("name", [*"mse MSE mae MAE mape MAPE msle MSLE bce BCE kld KLD".split()])
def test_short_names(name):
    assert losses.get(name).__name__ == LOSSES.get(name).__name__


@pytest.mark.parametrize(
    "name, found",
    [
        ("hinge", losses.hinge),
        ("logcosh", losses.log_cosh),
        ("kullback_leibler_divergence", losses.kl_divergence),
        ("cosine_proximity", losses.cosine_similarity),
        (None, None),
        (losses.huber, losses.huber),
    ],
)
def test_names_of_functions(name, found):
    assert losses.get(name) is found
    assert losses.deserialize(losses.serialize(found)) is found


def test_names_of_classes():
    assert isinstance(losses.get("Huber"), losses.Huber)
    assert isinstance(losses.get(losses.Huber), losses.Huber)
    config = {"class_name": "Poisson", "config": {"reduction": "auto"}}  # as tf.keras writes
    assert isinstance(losses.get(config), losses.Poisson)
    assert losses.get(config).reduction == "sum_over_batch_size"


def test_functions_are_written_as_keras_reads_them():
    assert LOSSES.deserialize(losses.serialize(losses.huber)) is LOSSES.huber
    assert losses.deserialize(LOSSES.serialize(LOSSES.huber)) is losses.huber
    wrapper = keras.src.losses.losses.LossFunctionWrapper(LOSSES.huber, delta=2.0, name="w")
    ours = losses.deserialize(LOSSES.serialize(wrapper))
    assert (ours.fn, ours.options, ours.name) == (losses.huber, {"delta": 2.0}, "w")
    theirs = LOSSES.deserialize(losses.serialize(ours))
    assert theirs.get_config() == wrapper.get_config()


@pytest.mark.parametrize(
    "call, message",
    [
        (
            lambda: losses.get("meen_squared_error"),
            "Unknown loss.*Did you mean 'mean_squared_error'",
        ),
        (lambda: losses.Huber(reduction="average"), "reduction is one of .*received 'average'"),
        (lambda: losses.CTC()(np.ones(3), np.ones((3, 4, 5))), r"labels \(batch, length\).*\(3,\)"),
        (
            lambda: losses.CategoricalGeneralizedCrossEntropy(q=1.5)([0], [[0.2, 0.8]]),
            "q is between 0 and 1",
        ),
    ],
)
def test_errors(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_one_class_is_warned_about():
    with pytest.warns(SyntaxWarning, match="binary_crossentropy"):
        losses.categorical_crossentropy(np.ones((2, 1)), np.ones((2, 1)))
