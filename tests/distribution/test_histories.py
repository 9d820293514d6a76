"""Trainings on several devices equal those on one, but for the order of sums."""

import jax
import numpy as np
import pytest

import addax
from addax import layers
from addax.distribution import DeviceMesh, LayoutMap, ModelParallel

RNG = np.random.default_rng(0)
X = RNG.normal(size=(44, 8)).astype("float32")  # ragged: batches of 16, 16, 12
CLASS = (X.sum(1) > 0).astype("int32")
IMAGES = RNG.normal(size=(20, 8, 8, 3)).astype("float32")
WORDS = np.where(np.arange(6) < RNG.integers(1, 7, (20, 1)), RNG.integers(1, 64, (20, 6)), 0)


def mlp(last=(2, "softmax")):
    hidden = [layers.Dense(64, "relu"), layers.BatchNormalization(), layers.Dropout(0.3)]
    return addax.Sequential([addax.Input((8,)), *hidden, layers.Dense(64), layers.Dense(*last)])


def cnn():
    parts = [layers.Conv2D(16, 3, activation="relu"), layers.BatchNormalization()]
    more = [layers.Conv2D(32, 3), layers.GlobalAveragePooling2D(), layers.Dense(2, "softmax")]
    return addax.Sequential([addax.Input((8, 8, 3)), *parts, *more])


def lstm():
    parts = [layers.Embedding(64, 64, mask_zero=True), layers.LSTM(32), layers.Dense(2, "softmax")]
    return addax.Sequential([addax.Input((6,)), *parts])


def transformer():
    x = inputs = addax.Input((6,))
    x = layers.Embedding(64, 64)(x)
    x = layers.LayerNormalization()(x + layers.MultiHeadAttention(4, 16)(x, x))
    x = layers.GlobalAveragePooling1D()(x)
    return addax.Model(inputs, layers.Dense(2, "softmax")(x))


class Own(addax.Model):
    """A model with a step of its own, by a tape."""

    def __init__(self):
        super().__init__()
        self.body = mlp()

    def call(self, x, training=False):
        return self.body(x, training=training)

    def train_step(self, data):
        x, y = data
        with addax.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=y_pred)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables, strict=True))
        return {"loss": loss}


def batches():
    for start in range(0, 44, 8):
        yield X[start : start + 8], CLASS[start : start + 8]


LOSS = {"loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]}
ROWS = {  # the model, its data, what compile and fit are given
    "mlp": (mlp, X, CLASS, {}, {"validation_split": 0.2}),
    "cnn": (cnn, IMAGES, CLASS[:20], {}, {}),
    "masked lstm": (lstm, WORDS, CLASS[:20], {}, {}),
    "transformer": (transformer, WORDS, CLASS[:20], {}, {}),
    "weights": (mlp, X, CLASS, {}, {"class_weight": {0: 0.5, 1: 2.0}}),
    "area": (
        lambda: mlp((1, "sigmoid")),
        X,
        CLASS[:, None],
        {"loss": "binary_crossentropy", "metrics": [addax.metrics.AUC(name="area")]},
        {"sample_weight": np.abs(X[:, 0])},
    ),
    "averages": (
        mlp,
        X,
        CLASS,
        {"optimizer": lambda: addax.optimizers.Adam(gradient_accumulation_steps=2, use_ema=True)},
        {},
    ),
    "own step": (Own, X, CLASS, {"metrics": None}, {}),
    "stream": (mlp, batches, None, {}, {}),
}
HOW = {
    "data": {"fit": {"devices": 4}},
    "fsdp": {"compile": {"shard": "fsdp"}},
    "tensor": {"compile": {"shard": {"data": 2, "model": 2}}},
}


def train(row, how):
    build, x, y, compile_options, fit_options = ROWS[row]
    addax.utils.set_random_seed(3)
    model = build()
    options = LOSS | compile_options
    options["optimizer"] = options.get("optimizer", lambda: "adam")()
    model.compile(**options, **how.get("compile", {}))
    given = {"batch_size": 16} if y is not None else {}
    x_now = x if y is not None else list(x())
    x_now = iter(x_now) if isinstance(x_now, list) else x_now
    given |= {} if y is not None else {"steps_per_epoch": 3}
    history = model.fit(x_now, y, epochs=2, verbose=0, **given, **fit_options, **how.get("fit", {}))
    shown = X if len(model.inputs if row != "own step" else [0]) and y is None else x
    return model, history.history, model.predict(shown, verbose=0)


ONE: dict = {}


@pytest.mark.parametrize(
    "row, how",
    [
        *[(row, "data") for row in ROWS],
        *[(row, "fsdp") for row in ("mlp", "averages", "transformer", "own step")],
        *[(row, "tensor") for row in ("cnn", "masked lstm", "transformer", "area")],
    ],
)
def test_histories_are_those_of_one_device(row, how):
    if row not in ONE:
        ONE[row] = train(row, {})[1:]
    logs, outputs = ONE[row]
    model, found, predicted = train(row, HOW[how])
    assert found.keys() == logs.keys()
    for name in logs:
        np.testing.assert_allclose(found[name], logs[name], rtol=2e-5, atol=1e-6)
    np.testing.assert_allclose(predicted, outputs, rtol=1e-4, atol=1e-5)
    lies = [v.raw.sharding for v in model.trainable_variables]
    assert all(len(s.device_set) in (4, 8) for s in lies)
    assert (how == "data") == all(s.is_fully_replicated for s in lies)


def test_a_layout_map(monkeypatch):
    mesh = DeviceMesh((2, 2), ("batch", "model"), jax.devices()[:4])
    layouts = LayoutMap(mesh)
    layouts[".*first/kernel"] = (None, "model")
    layouts[".*first/bias"] = ("model",)
    layouts["nothing"] = ("model",)

    def run(distribution):
        addax.utils.set_random_seed(0)
        addax.distribution.set_distribution(distribution)
        parts = [layers.Dense(8, "relu", name="first"), layers.Dense(64), layers.Dense(64)]
        model = addax.Sequential([addax.Input((8,)), *parts, layers.Dense(2, "softmax")])
        if distribution is not None:  # made where they belong, never whole on one device
            kernel = model.layers[0].kernel
            assert not kernel.value.sharding.is_fully_replicated
        model.compile("adam", **LOSS)
        history = model.fit(X, CLASS, batch_size=16, verbose=0).history
        return model, history, model.evaluate(X, CLASS, verbose=0)

    try:
        _, one, score = run(None)
        distribution = ModelParallel(layout_map=layouts)
        model, found, found_score = run(distribution)
    finally:
        addax.distribution.set_distribution(None)
    for name in one:
        np.testing.assert_allclose(found[name], one[name], rtol=1e-5)
    np.testing.assert_allclose(found_score, score, rtol=1e-5)
    slots = [v for v in model.optimizer.variables if "first_kernel" in v.path]
    assert slots and not any(v.value.sharding.is_fully_replicated for v in slots)
    missed = distribution.unmatched(model)
    assert missed["keys"] == ["nothing"]
    assert [path.split("/")[-2] for path in missed["variables"]] == [model.layers[2].name]


def test_nothing_is_compiled_again():
    model = mlp()
    model.compile("adam", **LOSS, shard="fsdp")
    compiled = []
    jax.monitoring.register_event_duration_secs_listener(
        lambda name, *_, **__: compiled.append(name) if "backend_compile" in name else None
    )
    try:
        model.fit(X[:32], CLASS[:32], batch_size=16, verbose=0)
        assert compiled
        compiled.clear()
        model.fit(X[:32], CLASS[:32], batch_size=16, epochs=3, verbose=0)
    finally:
        jax.monitoring.clear_event_listeners()
    assert not compiled


def test_files_hold_what_one_device_would_have(tmp_path):
    model = mlp()
    model.compile("adam", **LOSS, shard="fsdp")
    model.fit(X, CLASS, verbose=0)
    model.save(tmp_path / "m.keras")
    loaded = addax.models.load_model(tmp_path / "m.keras")
    np.testing.assert_allclose(loaded.predict(X), model.predict(X), rtol=1e-5, atol=1e-6)
    model.load_weights(tmp_path / "m.keras")  # and back to where they belong
    model.fit(X, CLASS, verbose=0)
    assert not model.layers[3].kernel.value.sharding.is_fully_replicated
