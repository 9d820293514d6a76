"""Models of the same architecture share their programs, and no others do."""

import collections

import jax
import numpy as np
import pytest

import addax
from addax import layers, losses
from addax.training import sharing
from addax.utils import shared_programs

X = np.random.default_rng(0).normal(size=(40, 4)).astype("float32")
Y = (X.sum(1, keepdims=True) > 0).astype("float32")


class Own(layers.Dense):
    """A layer of the user's."""


def model(
    units=3,
    rate=0.1,
    activation="relu",
    drop=0.5,
    loss="binary_crossentropy",
    dense=layers.Dense,
    trainable=True,
    metrics=("accuracy",),
    optimizer=addax.optimizers.Adam,
    name=None,
):
    addax.utils.set_random_seed(1)
    hidden = dense(units, activation=activation, trainable=trainable, name=name)
    stack = [hidden, layers.Dropout(drop), layers.Dense(1, activation="sigmoid")]
    made = addax.Sequential(stack)
    made.compile(optimizer(rate), loss, metrics=list(metrics))
    return made


def fitted(given, y=Y):
    history = given.fit(X, y, batch_size=15, epochs=2, validation_split=0.25, verbose=0)
    return history.history, given.get_weights()


@pytest.fixture
def lowered():
    """How many programs JAX has lowered since."""
    count = collections.Counter()

    def note(name, seconds, **_):
        count[name.rpartition("/")[2]] += 1

    jax.monitoring.register_event_duration_secs_listener(note)
    yield lambda: count["jaxpr_to_mlir_module_duration"]
    jax.monitoring.unregister_event_duration_listener(note)


SAME = {
    "the rate": {"rate": 0.01},
    "nothing": {},
}
OTHERS = {
    "size": {"units": 5},
    "activation": {"activation": "tanh"},
    "constant of a layer": {"drop": 0.25},
    "loss": {"loss": "mse"},
    "argument of the loss": {"loss": losses.BinaryCrossentropy(label_smoothing=0.2)},
    "metrics": {"metrics": ["mae"]},
    "what trains": {"trainable": False},
    "optimizer": {"optimizer": addax.optimizers.SGD},
    "schedule": {"rate": addax.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)},
}
NEVER = {
    "layer of one's own": {"dense": Own},
    "function as an activation": {"activation": lambda x: x * 2},
    "function as a loss": {"loss": lambda y, p: abs(y - p)},
    "function as a metric": {"metrics": [lambda y, p: abs(y - p)]},
}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME)
def test_equal_models_share_and_learn_as_without_sharing(changes, lowered):
    alone = fitted(model(**changes))
    with shared_programs():
        fitted(model(rate=0.3))
        before = lowered()
        logs, weights = fitted(model(**changes))
        assert lowered() == before
    assert logs == alone[0]
    for a, b in zip(weights, alone[1], strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("changes", OTHERS.values(), ids=OTHERS)
def test_others_have_programs_of_their_own(changes):
    assert None is not told({}) != told(changes) is not None


@pytest.mark.parametrize("changes", NEVER.values(), ids=NEVER)
def test_what_a_configuration_does_not_tell_is_never_shared(changes):
    assert told(changes) is None


def told(changes):
    """What the steps of such a model depend on."""
    made = model(**changes)
    made._session.prepare(_source(), training=True)
    return sharing.architecture(made._session)


def _source():
    from addax.training.loop import as_source

    return as_source(X, Y, None, 16)


def test_a_model_that_changed_gives_its_place_to_the_next():
    with shared_programs():
        first = model()
        fitted(first)
        first.pop()
        first.add(layers.Dense(1))
        assert fitted(model())[0] == fitted(model())[0]


def test_a_store_keeps_to_its_limits(monkeypatch):
    monkeypatch.setattr(sharing, "PROGRAMS", 2)
    store = sharing.Store()
    with shared_programs(store):
        for units in (2, 3):
            fitted(model(units))
    assert 0 < len(store.sessions) <= 2
    small = sharing.Store(limit=10)
    with shared_programs(small):
        fitted(model())
    assert not small.sessions
