"""Models are ordinary objects: copied, pickled, used in threads; and they tell what they are."""

import copy
import pickle
import subprocess
import sys
import threading

import numpy as np
import pytest

import addax
from addax import Input, Model, Sequential, callbacks, layers, losses, metrics, optimizers

RNG = np.random.default_rng(0)
X = RNG.normal(size=(24, 4)).astype("float32")
Y = X[:, :1]
FIT = {"verbose": 0, "batch_size": 8, "shuffle": False}


class Subclassed(Model):
    def __init__(self):
        super().__init__()
        self.hidden, self.out = layers.Dense(3), layers.Dense(1)
        self.drop = layers.Dropout(0.3, seed=1)

    def call(self, x, training=None):
        return self.out(self.drop(self.hidden(x), training=training))


def functional():
    hidden = layers.BatchNormalization()(layers.Dense(3)(x := Input((4,))))
    return Model(x, layers.Dense(1)(layers.Dropout(0.3, seed=1)(hidden)))


def joblib_copy(thing, folder):
    joblib = pytest.importorskip("joblib")
    joblib.dump(thing, folder / "thing")
    return joblib.load(folder / "thing")


def cloudpickle_copy(thing, folder):
    return pickle.loads(pytest.importorskip("cloudpickle").dumps(thing))


MODELS = {
    "sequential": lambda: Sequential([Input((4,)), layers.Dense(3), layers.Dense(1)]),
    "without a shape": lambda: Sequential([layers.Dense(3), layers.Dense(1)]),
    "functional": functional,
    "subclassed": Subclassed,
}
WAYS = {
    "copy": lambda thing, _: copy.copy(thing),
    "deepcopy": lambda thing, _: copy.deepcopy(thing),
    "pickle": lambda thing, _: pickle.loads(pickle.dumps(thing)),
    "joblib": joblib_copy,
    "cloudpickle": cloudpickle_copy,
}


# Each kind of model one way, each way with one kind, and the ways of other code than pickle's.
COPIES = [
    *[(kind, "deepcopy") for kind in MODELS],
    *[("functional", way) for way in WAYS if way != "deepcopy"],
    ("subclassed", "pickle"),
    ("subclassed", "cloudpickle"),
    ("without a shape", "copy"),
]


@pytest.mark.parametrize(("kind", "way"), COPIES)
def test_a_copy_trains_on_as_the_model_would(kind, way, tmp_path):
    model = MODELS[kind]()
    optimizer = optimizers.Adam(optimizers.schedules.ExponentialDecay(0.1, 3, 0.9), use_ema=True)
    optimizer.exclude_from_weight_decay(var_names=["bias"])
    model.compile(optimizer, "mse", metrics=["mae", metrics.R2Score()])
    history = model.fit(X, Y, epochs=2, **FIT)
    other = WAYS[way](model, tmp_path)
    before = model.predict(X, verbose=0)
    np.testing.assert_array_equal(other.predict(X, verbose=0), before)
    theirs = other.fit(X, Y, epochs=2, **FIT).history
    np.testing.assert_array_equal(model.predict(X, verbose=0), before)
    assert model.fit(X, Y, epochs=2, **FIT).history == theirs
    assert WAYS[way](history, tmp_path).history == history.history


USED = {  # in a fit, where callbacks get a model
    "BackupAndRestore": lambda c, d: c(d),
    "CSVLogger": lambda c, d: c(d / "log.csv"),
    "LearningRateScheduler": lambda c, d: c(abs),
    "ModelCheckpoint": lambda c, d: c(d / "m.keras"),
    "OrbaxCheckpoint": lambda c, d: c(d),
    "RemoteMonitor": None,  # would send
    "TensorBoard": lambda c, d: c(d),
}


@pytest.fixture(scope="module")
def averaged():
    """A model whose optimizer keeps averages, for all callbacks: its programs compile once."""
    model = MODELS["sequential"]()
    model.compile(optimizers.SGD(use_ema=True), "mse")
    return model


@pytest.mark.parametrize("name", sorted(n for n in dir(callbacks) if n[:1].isupper()))
def test_callbacks_that_were_used(name, averaged, tmp_path):
    kind = getattr(callbacks, name)
    make = USED.get(name, lambda c, d: c())
    if make is None or name == "CallbackList":
        return
    callback = make(kind, tmp_path)
    averaged.fit(X, Y, validation_data=(X, Y), callbacks=[callback], **FIT)
    for way in ("deepcopy", "pickle"):
        other = WAYS[way](callback, tmp_path)
        assert type(other) is kind
        averaged.fit(X, Y, validation_data=(X, Y), callbacks=[other], **FIT)


PARTS = {
    "Adam(learning_rate=0.1)": lambda: optimizers.Adam(0.1),
    "SGD()": lambda: optimizers.get("sgd"),
    "Huber(delta=2.0)": lambda: losses.Huber(2.0),
    "EarlyStopping(patience=3)": lambda: callbacks.EarlyStopping(patience=3),
    "L2(l2=0.1)": lambda: addax.regularizers.L2(0.1),
    "<AUC name=area>": lambda: metrics.AUC(name="area"),
}


@pytest.mark.parametrize("text", PARTS)
@pytest.mark.parametrize("way", ["copy", "deepcopy", "pickle"])
def test_parts_say_what_they_are(text, way, tmp_path):
    assert repr(WAYS[way](PARTS[text](), tmp_path)) == text


def test_a_variable_without_values_yet_says_what_it_waits_for():
    layer = layers.Dense(2, kernel_initializer=addax.initializers.HeNormal(seed=3))
    layer.build((None, 3))
    assert "shape=(3, 2)" in repr(layer.kernel) and "HeNormal(seed=3)" in repr(layer.kernel)


# Threads and processes


class Meanwhile(callbacks.Callback):
    """Does something with the model on another thread, while it trains, and keeps what came."""

    def __init__(self, work):
        self.work, self.came = work, []

    def on_epoch_begin(self, epoch, logs=None):
        thread = threading.Thread(target=self.try_it)
        thread.start()
        if epoch == 0:
            thread.join()

    def try_it(self):
        try:
            self.came.append(self.work(self.model))
        except Exception as error:
            self.came.append(error)


@pytest.fixture(scope="module")
def model():
    """One for all threads: its programs compile once."""
    model = MODELS["functional"]()
    model.compile("sgd", "mse")
    return model


@pytest.mark.parametrize("method", ["fit", "evaluate", "train_on_batch", "test_on_batch"])
def test_one_model_trains_on_one_thread(method, model):
    meanwhile = Meanwhile(lambda model: getattr(model, method)(X, Y))
    model.fit(X, Y, callbacks=[meanwhile], **FIT)
    assert isinstance(meanwhile.came[0], RuntimeError)
    assert f"{method}() was called" in str(meanwhile.came[0])
    assert "deepcopy" in str(meanwhile.came[0])
    getattr(model, method)(X, Y)  # now it may


def test_predictions_while_a_model_trains(model):
    def work(model):
        return [(model.predict(X[:9], verbose=0), model(X[:9])) for _ in range(20)]

    meanwhile = Meanwhile(work)
    model.fit(X, Y, epochs=30, callbacks=[meanwhile], **FIT)
    assert all(isinstance(came, list) for came in meanwhile.came)


def test_models_on_threads_of_their_own():
    found = []

    def work():
        model = MODELS["sequential"]()
        model.compile("sgd", "mse")
        found.append(model.fit(X, Y, epochs=3, **FIT).history["loss"][-1])

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3 and np.all(np.isfinite(found))


FORKS = """
import os, sys, warnings
import numpy as np
import addax
warnings.simplefilter("ignore")
x = np.ones((40, 4), "float32")
early = os.fork()
if early == 0:  # nothing was computed yet
    model = addax.Sequential([addax.Input((4,)), addax.layers.Dense(1)])
    os._exit(model.predict(x, verbose=0).shape != (40, 1))
print(os.waitpid(early, 0)[1])
model = addax.Sequential([addax.Input((4,)), addax.layers.Dense(1)])
model.compile("sgd", "mse")
model.fit(x, x[:, :1], verbose=0)
uses = [
    lambda: model.predict(x[:5], verbose=0),
    lambda: model.predict(x, verbose=0),
    lambda: model(x),
    lambda: model.fit(x, x[:, :1], verbose=0),
    lambda: addax.layers.Dense(1),
    lambda: addax.ops.convert_to_tensor(x),
]
for use in uses:
    late = os.fork()
    if late == 0:
        try:
            use()
        except RuntimeError as error:
            os._exit(0 if "forked" in str(error) and "spawn" in str(error) else 1)
        os._exit(2)
    print(os.waitpid(late, 0)[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nobody forks there")
def test_forked_processes():
    """Before the first computation they work; later they say at once why they can't."""
    done = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, timeout=90)
    assert done.stdout.split() == ["0"] * 7, done.stderr
