"""Metrics against Keras, and exact over batches of any size."""

import inspect

import jax
import keras
import numpy as np
import pytest

from addax import losses, metrics, ops
from addax.core.masks import set_mask

METRICS = keras.metrics
N, K = 12, 7


def data(kind: str, seed: int = 0):
    """Targets and predictions for N examples."""
    random = np.random.default_rng([seed, len(kind)])
    x = random.uniform(0.05, 0.95, (N, K)).astype("float32")
    classes = random.integers(0, K, N)
    hits = (random.random((N, K)) > 0.5).astype("float32")
    return {
        "floats": lambda: (random.random((N, K)).astype("float32"), x),
        "integers": lambda: (random.integers(0, 3, (N, 1)), random.integers(0, 3, (N, 1))),
        "column": lambda: (hits[:, 0].astype("int32"), x[:, :1]),
        "labels": lambda: (hits[:, :3], x[:, :3]),
        "signs": lambda: (2 * hits - 1, x),
        "one-hot": lambda: (np.eye(K, dtype="float32")[classes], x / x.sum(-1, keepdims=True)),
        "numbers": lambda: (classes, x / x.sum(-1, keepdims=True)),
        "number column": lambda: (classes[:, None], x),
        "ranks": lambda: (classes, np.argsort(-x, axis=-1)),
        "pixels": lambda: (random.integers(0, 3, (N, 5)), random.integers(0, 3, (N, 5))),
        "one-hot pixels": lambda: (np.eye(3)[classes % 3], x[:, :3]),
    }[kind]()


ROWS = [
    ("Mean", "floats", {}),
    ("Sum", "floats", {}),
    ("MeanMetricWrapper", "floats", {"fn": "huber", "delta": 0.2}),
    ("MeanSquaredError", "floats", {}),
    ("MeanSquaredError", "column", {}),
    ("RootMeanSquaredError", "floats", {}),
    ("MeanAbsoluteError", "floats", {}),
    ("MeanAbsolutePercentageError", "floats", {}),
    ("MeanSquaredLogarithmicError", "floats", {}),
    ("LogCoshError", "floats", {}),
    ("CosineSimilarity", "floats", {}),
    ("CosineSimilarity", "floats", {"axis": 1}),
    ("PearsonCorrelation", "floats", {}),
    ("ConcordanceCorrelation", "floats", {}),
    ("R2Score", "floats", {}),
    ("R2Score", "floats", {"class_aggregation": None}),
    ("R2Score", "floats", {"class_aggregation": "variance_weighted_average", "num_regressors": 2}),
    ("R2Score", "floats", {"num_regressors": 1000}),
    ("Hinge", "signs", {}),
    ("SquaredHinge", "signs", {}),
    ("CategoricalHinge", "one-hot", {}),
    ("KLDivergence", "one-hot", {}),
    ("Poisson", "floats", {}),
    ("BinaryCrossentropy", "labels", {}),
    ("BinaryCrossentropy", "labels", {"from_logits": True, "label_smoothing": 0.1}),
    ("CategoricalCrossentropy", "one-hot", {}),
    ("SparseCategoricalCrossentropy", "numbers", {}),
    ("Accuracy", "integers", {}),
    ("BinaryAccuracy", "column", {}),
    ("BinaryAccuracy", "labels", {"threshold": 0.2}),
    ("CategoricalAccuracy", "one-hot", {}),
    ("SparseCategoricalAccuracy", "numbers", {}),
    ("SparseCategoricalAccuracy", "number column", {}),
    ("TopKCategoricalAccuracy", "one-hot", {}),
    ("SparseTopKCategoricalAccuracy", "numbers", {"k": 3}),
    ("SparseTopKCategoricalAccuracy", "ranks", {"k": 2, "from_sorted_ids": True}),
    ("TruePositives", "labels", {}),
    ("FalsePositives", "column", {"thresholds": [0.7, 0.2]}),
    ("TrueNegatives", "labels", {"thresholds": 0.3}),
    ("FalseNegatives", "labels", {"thresholds": [0.0, 0.25, 0.5, 0.75, 1.0]}),
    ("Precision", "column", {}),
    ("Precision", "one-hot", {"top_k": 2}),
    ("Recall", "labels", {}),
    ("Recall", "one-hot", {"class_id": 2, "thresholds": [0.1, 0.3, 0.05]}),
    ("SensitivityAtSpecificity", "column", {"specificity": 0.4}),
    ("SpecificityAtSensitivity", "column", {"sensitivity": 0.4, "num_thresholds": 1}),
    ("PrecisionAtRecall", "column", {"recall": 0.7, "num_thresholds": 20}),
    ("RecallAtPrecision", "labels", {"precision": 0.6, "class_id": 1}),
    *[
        ("AUC", "column", {"curve": curve, "summation_method": method})
        for curve in ("ROC", "PR", "PRGAIN")
        for method in ("interpolation", "minoring", "majoring")
    ],
    ("AUC", "labels", {"multi_label": True}),
    ("AUC", "labels", {"multi_label": True, "num_labels": 3, "label_weights": [0.2, 0.3, 0.5]}),
    ("AUC", "labels", {"label_weights": [0.2, 0.3, 0.5], "num_thresholds": 9}),
    ("AUC", "column", {"thresholds": [0.3, 0.1, 0.7]}),
    ("AUC", "column", {"from_logits": True}),
    ("F1Score", "one-hot", {}),
    ("F1Score", "labels", {"threshold": 0.4, "average": "micro"}),
    ("FBetaScore", "labels", {"beta": 2.0, "average": "weighted", "threshold": 0.5}),
    ("FBetaScore", "one-hot", {"average": "macro"}),
    ("IoU", "pixels", {"num_classes": 3, "target_class_ids": [0, 2]}),
    ("MeanIoU", "pixels", {"num_classes": 3}),
    ("MeanIoU", "pixels", {"num_classes": 3, "ignore_class": 1}),
    ("BinaryIoU", "column", {}),
    ("OneHotIoU", "one-hot pixels", {"num_classes": 3, "target_class_ids": [1]}),
    ("OneHotMeanIoU", "one-hot pixels", {"num_classes": 3}),
]
rows = pytest.mark.parametrize("name, kind, options", ROWS, ids=str)


def make(module, name, **options):
    if "fn" in options:
        options["fn"] = getattr(module, options["fn"])
    if "IoU" in name:
        options = {"dtype": "float32"} | options
    return getattr(module, name)(**options)


def weights_for(kind, seed=0):
    shape = (N, 5) if kind == "pixels" else N
    return np.random.default_rng(seed).random(shape).astype("float32")


def arguments(name, kind, seed, weighted=True):
    weights = weights_for(kind, seed) if weighted else None
    y_true, y_pred = data(kind, seed)
    return (y_pred, weights) if name in ("Mean", "Sum") else (y_true, y_pred, weights)


def close(ours, theirs, rtol=3e-6, atol=1e-6):
    assert np.shape(ours) == np.shape(theirs)
    np.testing.assert_allclose(np.asarray(ours), np.asarray(theirs), rtol, atol)


# A result may warn, in Keras: our result is computed on the device.
quiet = pytest.mark.filterwarnings("ignore:.*Adjusted R2", "ignore:More independent predictors")


@quiet
@rows
def test_values(name, kind, options):
    ours, theirs = (make(m, name, **options) for m in (metrics, METRICS))
    for seed, weighted in ((0, True), (1, True), (2, False)):
        batch = arguments(name, kind, seed, weighted)
        ours.update_state(*batch)
        theirs.update_state(*batch)
        if seed:  # two weighted batches, then one without weights
            close(ours.result(), theirs.result())
    ours.reset_state()
    theirs.reset_state()
    close(ours(*batch), theirs(*batch))
    assert [v.name for v in ours.variables] == [v.name for v in theirs.variables]


def test_thresholds_of_an_area_have_ends():
    ours, theirs = (m.AUC(thresholds=[0.5, 0.3], name="auc") for m in (metrics, METRICS))
    np.testing.assert_allclose(ours.thresholds, theirs.thresholds)
    assert ours.get_config() == theirs.get_config()


@rows
def test_parts_make_the_whole(name, kind, options):
    """As a training step does it: without side effects, compiled, in parts of other weight."""
    metric = make(metrics, name, **options)
    batch = arguments(name, kind, 0)
    if name not in ("Mean", "Sum"):
        metric._make_variables(*(a.shape for a in batch[:2]))
    state = metric.stateless_reset_state()
    update = jax.jit(metric.stateless_update_state)
    for i in range(0, N, 4):
        state = update(state, *[a[i : i + 4] for a in batch])
    assert not any(v.numpy().any() for v in metric.variables)
    metric.update_state(*batch)
    close(metric.stateless_result(state), metric.result(), 1e-5)


def plain(value):
    """Keras keeps the weights of labels as an array of float32."""
    return [round(float(v), 6) for v in value] if hasattr(value, "shape") else value


# Keras leaves it out, so that loading makes another metric.
MORE = {"CosineSimilarity": {"axis"}}


@rows
def test_configuration(name, kind, options):
    ours, theirs = (make(m, name, **options) for m in (metrics, METRICS))
    config, reference = ours.get_config(), theirs.get_config()
    more = MORE.get(name, set()) & options.keys()
    assert set(config) - set(reference) == more
    for key in set(reference) - {"name", "fn"}:
        np.testing.assert_equal(config[key], plain(reference[key]))
    again = type(ours).from_config(config)
    assert again.get_config() == config
    assert type(METRICS.deserialize(metrics.serialize(ours))) is type(theirs)
    known = config.keys() - more
    assert metrics.deserialize(METRICS.serialize(theirs)).get_config().keys() == known
    assert ours._direction == getattr(theirs, "_direction", None) or name in DIRECTIONS


# Keras gives these none.
DIRECTIONS = ("KLDivergence", "Poisson", "R2Score", "IoU")


def test_every_public_name_has_a_row():
    public = {n for n in dir(METRICS) if not n.startswith("_")}
    assert public <= set(dir(metrics))
    classes = {n for n in public if inspect.isclass(getattr(METRICS, n))}
    assert classes - {"Metric"} == {row[0] for row in ROWS}


@pytest.mark.parametrize("name", sorted({row[0] for row in ROWS} | {"Metric"}))
def test_signatures(name):
    ours, theirs = (
        [
            (p.name, p.default)
            for p in inspect.signature(getattr(m, name).__init__).parameters.values()
        ]
        for m in (metrics, METRICS)
    )
    assert ours == theirs


FUNCTIONS = [
    ("binary_accuracy", "labels"),
    ("categorical_accuracy", "one-hot"),
    ("sparse_categorical_accuracy", "numbers"),
    ("top_k_categorical_accuracy", "one-hot"),
    ("sparse_top_k_categorical_accuracy", "numbers"),
    ("pearson_correlation", "floats"),
    ("concordance_correlation", "floats"),
]


@pytest.mark.parametrize("name, kind", FUNCTIONS)
def test_functions(name, kind):
    y_true, y_pred = data(kind)
    fn = getattr(metrics, name)
    close(fn(y_true, y_pred), getattr(METRICS, name)(y_true, y_pred))
    assert metrics.deserialize(metrics.serialize(fn)) is fn
    assert metrics.deserialize(METRICS.serialize(getattr(METRICS, name))) is fn


def test_every_function_has_a_row_or_is_a_loss():
    functions = {n for n in dir(METRICS) if inspect.isfunction(getattr(METRICS, n))}
    own = functions - {"get", "serialize", "deserialize"} - set(dir(losses))
    assert own == {name for name, _ in FUNCTIONS}
    assert all(
        getattr(metrics, n) is getattr(losses, n)
        for n in functions & set(dir(losses))
        if n[0] != "g" and "serialize" not in n
    )


# Masks


def masked(array, mask):
    array = jax.numpy.array(array)
    set_mask(array, jax.numpy.asarray(mask))
    return array


@pytest.mark.parametrize(
    "name, kind, options",
    [
        ("MeanSquaredError", "floats", {}),
        ("RootMeanSquaredError", "floats", {}),
        ("R2Score", "floats", {}),
        ("F1Score", "one-hot", {}),
        ("SparseCategoricalAccuracy", "numbers", {}),
        ("Precision", "labels", {}),
        ("AUC", "labels", {}),
        ("IoU", "pixels", {"num_classes": 3, "target_class_ids": [0, 1]}),
        ("BinaryIoU", "column", {}),
    ],
)
def test_masks_exclude(name, kind, options):
    y_true, y_pred = data(kind)
    keep = np.arange(N) % 3 > 0
    with_mask, without = (make(metrics, name, **options) for _ in range(2))
    weights = np.arange(1, N + 1, dtype="float32")
    with_mask.update_state(y_true, masked(y_pred, keep), weights)
    if kind == "pixels":
        without.update_state(y_true[keep], y_pred[keep], np.repeat(weights[keep, None], 5, 1))
    else:
        without.update_state(y_true[keep], y_pred[keep], weights[keep])
    close(with_mask.result(), without.result(), 1e-5)


def test_mask_over_steps_and_weights_over_examples():
    y_true, y_pred = np.zeros((2, 3, 1)), np.arange(6.0).reshape(2, 3, 1)
    mask = np.array([[1, 1, 0], [1, 0, 0]], bool)
    metric = metrics.MeanAbsoluteError()
    metric.update_state(y_true, masked(y_pred, mask), np.array([1.0, 3.0]))
    close(metric.result(), (0 + 1 + 3 * 3) / (1 + 1 + 3))


def test_ignored_classes_do_not_count():
    y_true, y_pred = data("numbers")
    metric = metrics.SparseCategoricalCrossentropy(ignore_class=int(y_true[0]))
    loss = losses.SparseCategoricalCrossentropy(ignore_class=int(y_true[0]))
    close(metric(y_true, y_pred), loss(y_true, y_pred))


# Metrics that users write


class Counting(metrics.Metric):
    """As programs for Keras 3 and for tf.keras write it."""

    def __init__(self, name="counting", scale=1, **kwargs):
        super().__init__(name=name, **kwargs)
        self.scale = scale
        self.seen = self.add_weight(name="seen", initializer="zeros")
        self.by_class = self.add_weight("by_class", shape=(3,))
        self.largest = self.add_variable((), "ones", name="largest")
        self.inner = [metrics.Mean(name="inner")]

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.seen.assign_add(self.scale * ops.sum(ops.ones_like(y_true)))
        self.by_class.assign(self.by_class + ops.sum(ops.one_hot(y_true, 3), axis=0))
        self.largest.assign(ops.maximum(self.largest, ops.max(y_pred)))
        self.inner[0].update_state(y_pred)

    def result(self):
        return {"seen": self.seen, "inner": self.inner[0].result()}


def test_metrics_of_users():
    metric = Counting(scale=2)
    names = ["counting/seen", "counting/by_class", "counting/largest", "inner/total", "inner/count"]
    assert [v.path for v in metric.variables] == names
    batch = np.array([0, 1, 1]), np.array([0.5, 2.0, 3.5])
    state = metric.stateless_update_state([v.value for v in metric.variables], *batch)
    assert int(metric.seen) == 0
    logs = metric(*batch)
    assert (float(logs["seen"]), float(logs["inner"])) == (6, 2)
    for v, value in zip(metric.variables, state, strict=True):
        close(value, v.numpy())
    assert Counting.from_config(metric.get_config()).scale == 2
    metric.reset_state()
    assert not any(v.numpy().any() for v in metric.variables)


def test_metrics_of_users_make_variables_late():
    class Late(metrics.Metric):
        total = None

        def update_state(self, y_true, y_pred, sample_weight=None):
            if self.total is None:
                self.total = self.add_weight(shape=y_pred.shape[1:], name="total")
            self.total.assign_add(ops.sum(y_pred, axis=0))

    metric = Late()
    state = jax.jit(lambda y: metric.stateless_update_state([], None, y))(np.ones((2, 3)))
    close(state[0], np.full(3, 2.0))


def test_forgetting_the_base_constructor():
    class Hasty(metrics.Metric):
        def __init__(self):
            self.total = self.add_weight()

    with pytest.raises(RuntimeError, match=r"Hasty.__init__ must call super\(\).__init__\(\)"):
        Hasty()


def mean_error(y_true, y_pred):
    return abs(y_true - y_pred).mean()


@pytest.mark.parametrize("fn", [mean_error, losses.MeanAbsoluteError()])
def test_means_over_batches_count_by_their_size(fn):
    y_true, y_pred = data("floats")
    metric = metrics.MeanMetricWrapper(fn, name="error")
    for part in (slice(7), slice(7, N)):
        metric.update_state(y_true[part], y_pred[part])
    close(metric.result(), mean_error(y_true, y_pred))


def test_one_mean_over_batches_equals_keras():
    y_true, y_pred = data("floats")
    close(
        metrics.MeanMetricWrapper(mean_error)(y_true, y_pred),
        METRICS.MeanMetricWrapper(mean_error)(y_true, y_pred),
    )


# Names


@pytest.mark.parametrize(
    "name",
    "accuracy AUC auc mse MSE mae MAE mape msle bce BCE mean_squared_error cosine_similarity "
    "f1_score root_mean_squared_error binary_accuracy TopKCategoricalAccuracy r2_score".split(),
)
def test_names(name):
    assert type(metrics.get(name)).__name__ == type(METRICS.get(name)).__name__


def test_r2_of_one_output_takes_any_shape():
    y_true, y_pred = data("floats")[0][:, 0], data("floats")[1][:, 0]
    expected = METRICS.R2Score()(y_true[:, None], y_pred[:, None])
    for a, b in [(y_true, y_pred), (y_true[:, None], y_pred), (y_true, y_pred[:, None])]:
        close(metrics.R2Score()(a, b, np.ones(N)), expected)
        metrics.resolve_metric(metrics.R2Score(), a.shape, b.shape)


def test_names_that_only_we_know():
    assert isinstance(metrics.get("rmse"), metrics.RootMeanSquaredError)
    assert metrics.get("huber") is losses.huber
    assert metrics.get(None) is None
    assert isinstance(metrics.get(metrics.AUC), metrics.AUC)
    config = {"class_name": "Hinge", "config": {"name": "h"}}
    assert type(metrics.get(config)) is metrics.Hinge
    assert type(losses.get(config)) is losses.Hinge


X = keras.ops.ones


@pytest.mark.parametrize("identifier", ["accuracy", "acc", "Accuracy", "mse", mean_error])
@pytest.mark.parametrize(
    "y_true, y_pred",
    [
        ((8,), (8, 1)),
        ((8, 1), (8, 1)),
        ((8,), (8, 3)),
        ((8, 1), (8, 3)),
        ((8, 3), (8, 3)),
        ((8, 5), (8, 5, 3)),
        ((8, 5, 3), (8, 5, 3)),
        ((8, 5, 1), (8, 5, 1)),
    ],
)
def test_accuracy_follows_the_shapes(identifier, y_true, y_pred):
    theirs = keras.src.trainers.compile_utils.get_metric(identifier, X(y_true), X(y_pred))
    ours = metrics.resolve_metric(identifier, y_true, (None, *y_pred[1:]), losses.hinge)
    assert (type(ours).__name__, ours.name) == (type(theirs).__name__, theirs.name)


@pytest.mark.parametrize(
    "y_true, y_pred, name",
    [
        ((8,), (8, 1), "BinaryCrossentropy"),
        ((8,), (8, 3), "SparseCategoricalCrossentropy"),
        ((8, 3), (8, 3), "CategoricalCrossentropy"),
        ((8,), (8,), "BinaryCrossentropy"),
        (None, (8, 3), "CategoricalCrossentropy"),
    ],
)
def test_crossentropy_follows_the_shapes(y_true, y_pred, name):
    loss = losses.BinaryCrossentropy(from_logits=True)
    metric = metrics.resolve_metric("crossentropy", y_true, y_pred, loss)
    assert type(metric).__name__ == name
    assert metric.from_logits
    chosen = metrics.resolve_loss("ce", y_true, y_pred)
    assert chosen.fn is getattr(losses, name)().fn
    assert chosen.name == "ce"


def test_accuracy_follows_the_loss_without_targets():
    sparse = losses.SparseCategoricalCrossentropy()
    metric = metrics.resolve_metric("acc", None, (None, 3), sparse)
    assert type(metric) is metrics.SparseCategoricalAccuracy


def test_resolved_metrics_have_their_variables():
    metric = metrics.resolve_metric(metrics.F1Score(), (None, 3), (None, 3), None)
    assert [v.shape for v in metric.variables] == [(3,)] * 4


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: metrics.get("acuracy"), "Unknown metric: 'acuracy'.*Did you mean 'Accuracy'"),
        (lambda: metrics.Precision(thresholds=[0.5, 2]), r"between 0 and 1; received \[0.5, 2\]"),
        (lambda: metrics.AUC(curve="RO"), "curves 'ROC', 'PR', 'PRGAIN'.*received 'RO'"),
        (lambda: metrics.AUC(num_labels=3), "num_labels=3 needs multi_label=True"),
        (lambda: metrics.AUC(num_thresholds=1), "num_thresholds is at least 2"),
        (
            lambda: metrics.AUC(multi_label=True)(np.ones(3), np.ones(3)),
            r"\(batch, labels\).*\(3,\)",
        ),
        (lambda: metrics.F1Score()(np.ones(3), np.ones(3)), r"\(batch, classes\).*\(3,\)"),
        (lambda: metrics.F1Score()(np.ones((3, 1)), np.ones((3, 2))), r"\(3, 1\), \(3, 2\)"),
        (lambda: metrics.R2Score()(np.ones((3, 2)), np.ones(3)), r"\(batch, outputs\).*\(3,\)"),
        (lambda: metrics.FBetaScore(beta=2), "beta is a float above 0; received 2"),
        (lambda: metrics.F1Score(threshold=1.5), r"threshold is a float in \(0, 1\]"),
        (lambda: metrics.F1Score(average="mean"), "average is one of.*'mean'"),
        (lambda: metrics.R2Score("mean"), "class_aggregation is one of.*'mean'"),
        (lambda: metrics.R2Score(num_regressors=-1), "num_regressors is at least 0"),
        (lambda: metrics.IoU(2, [2]), r"numbers from 0 to 1; received \[2\]"),
        (lambda: metrics.PrecisionAtRecall(1.2), "recall is between 0 and 1"),
        (lambda: metrics.PrecisionAtRecall(0.5, 0), "num_thresholds is at least 1"),
        (lambda: metrics.Recall(class_id=1)([1.0], [0.5]), r"class_id picks a column.*\(1,\)"),
        (lambda: metrics.Mean().stateless_result([1.0]), r"2 variables \(total, count\); 1 values"),
    ],
)
def test_errors(call, message):
    with pytest.raises(ValueError, match=message):
        call()
