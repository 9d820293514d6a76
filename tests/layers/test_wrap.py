"""Layers around other layers and modules."""

import keras
import numpy as np
import pytest
from layer_pairs import both, equal

import addax

SHAPE = (2, 5, 3)
MASK = np.array([[0, 1, 1, 0, 1], [1, 1, 1, 1, 0]], bool)
INSIDE = {
    "Dense": lambda k: k.layers.Dense(4, activation="tanh", name="inner"),
    "Conv": lambda k: k.layers.Conv1D(2, 3, padding="same", name="inner"),
    "LSTM": lambda k: k.layers.LSTM(4, name="inner"),
    "Dropout": lambda k: k.layers.Dropout(0.5, name="inner"),
}


@pytest.mark.parametrize("row", INSIDE)
def test_time_distributed_equals_keras(row):
    shape = (2, 4, 5, 3) if row in ("Conv", "LSTM") else (2, 4, 3)
    make = lambda k: k.layers.TimeDistributed(INSIDE[row](k), name="outer")  # noqa: E731
    ours, theirs, x = both(make, shape)
    equal(ours(x), theirs(x))
    symbols = [k.layers.TimeDistributed(INSIDE[row](k))(k.Input(shape[1:])) for k in (addax, keras)]
    assert symbols[0].shape == symbols[1].shape
    mine, want = make(addax).get_config(), make(keras).get_config()
    assert mine == want
    assert type(ours).from_config(mine).get_config() == mine


def test_time_distributed_passes_masks_on():
    model = addax.Sequential(
        [
            addax.Input((None, 3)),
            addax.layers.Masking(),
            addax.layers.TimeDistributed(addax.layers.Dense(4)),
            addax.layers.LSTM(2),
        ]
    )
    x = np.random.default_rng(0).normal(size=SHAPE).astype("float32")
    padded = np.concatenate([x, np.zeros((2, 2, 3), "float32")], axis=1)
    equal(model(padded), model(x))


def test_time_distributed_gives_inner_masks():
    inner = addax.layers.GRU(4)
    layer = addax.layers.TimeDistributed(inner)
    x = np.random.default_rng(0).normal(size=(2, 3, 5, 3)).astype("float32")
    mask = np.stack([MASK] * 3, axis=1)
    equal(layer(x, mask=mask)[:, 1], inner(x[:, 1], mask=MASK))


class Twice(addax.layers.Wrapper):
    def call(self, inputs):
        return self.layer(self.layer(inputs))


def test_wrappers_build_and_store_their_layer():
    layer = Twice(addax.layers.Dense(3))
    x = np.ones((2, 3), "float32")
    equal(layer(x), layer.layer(layer.layer(x)))
    assert [w.name for w in layer.weights] == ["kernel", "bias"]
    again = Twice.from_config(layer.get_config())
    assert again.layer.units == 3 and again.layer is not layer.layer


ERRORS = {
    "TimeDistributed takes a layer": lambda: addax.layers.TimeDistributed(3),
    "Wrapper takes a layer": lambda: addax.layers.Wrapper("dense"),
    "at least 3 axes": lambda: addax.layers.TimeDistributed(addax.layers.Dense(2))(np.ones((2, 3))),
    "first two axes": lambda: addax.layers.TimeDistributed(addax.layers.Dense(2))(
        np.ones(SHAPE), mask=np.ones((2, 4))
    ),
}


@pytest.mark.parametrize("message", ERRORS)
def test_errors(message):
    with pytest.raises(ValueError, match=message):
        ERRORS[message]()
