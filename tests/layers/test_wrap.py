"""Layers around other layers and modules."""

import keras
import numpy as np
import pytest
from layer_pairs import both, equal, equal_gradients

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
    equal_gradients(ours, theirs, x)
    symbols = [k.layers.TimeDistributed(INSIDE[row](k))(k.Input(shape[1:])) for k in (addax, keras)]
    assert symbols[0].shape == symbols[1].shape
    mine, want = make(addax).get_config(), make(keras).get_config()
    assert mine == want
    assert type(ours).from_config(mine).get_config() == mine


def test_time_distributed_trains_a_layer_with_a_state_step_by_step():
    inner = lambda k: k.layers.BatchNormalization(momentum=0.5, name="inner")  # noqa: E731
    ours, theirs, x = both(lambda k: k.layers.TimeDistributed(inner(k), name="outer"), (4, 3, 2))
    equal_gradients(ours, theirs, x, training=True)
    equal_gradients(ours, theirs, x, training=False)
    ours.trainable = theirs.trainable = False
    equal(ours(x, training=True), theirs(x, training=True))


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


class Weighed(addax.layers.Layer):
    """Each step's vector, times its mask."""

    supports_masking = True

    def call(self, inputs, mask=None):
        return inputs if mask is None else inputs * addax.ops.cast(mask, inputs.dtype)[:, None]


def test_time_distributed_gives_masks_of_steps_to_layers_of_vectors():
    x = np.ones(SHAPE, "float32")
    y = addax.layers.TimeDistributed(Weighed())(x, mask=MASK)
    equal(y, x * MASK[..., None], 0)


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


def affine(params, inputs):
    return inputs @ params["kernel"] + params["bias"]


def start(rng, inputs):
    return {"kernel": np.ones((inputs.shape[-1], 2), "float32"), "bias": np.zeros(2, "float32")}


def test_jax_layer():
    ours = addax.layers.JaxLayer(affine, start)
    x = np.ones((4, 3), "float32")
    equal(ours(x), np.full((4, 2), 3.0), 0)
    assert ours(addax.Input((3,))).shape == (None, 2)
    assert sorted(w.shape for w in ours.trainable_weights) == [(2,), (3, 2)]
    with addax.utils.CustomObjectScope({"affine": affine, "start": start}):
        again = addax.layers.JaxLayer.from_config(ours.get_config())
    again(x)
    again.set_weights(ours.get_weights())
    equal(again(x), ours(x), 0)


def test_jax_layer_keeps_state_and_draws_numbers():
    def call(params, state, rng, inputs, training):
        noise = 0.0 if rng is None else rng[1]
        return inputs * params + noise, {"calls": state["calls"] + 1}

    layer = addax.layers.JaxLayer(call, params=np.float32(2), state={"calls": np.int32(0)}, seed=1)
    x = np.ones((2, 3), "float32")
    equal(layer(x), 2 * x, 0)
    assert (np.asarray(layer(x, training=True)) != np.asarray(layer(x, training=True))).all()
    assert int(layer.state["calls"].numpy()) == 3
    assert len(layer.trainable_weights) == 1 and len(layer.non_trainable_weights) == 1


class Module:
    """What FlaxLayer uses of a flax.linen module."""

    def __call__(self, inputs, training):
        raise AssertionError("called by apply only")

    def init(self, rng, inputs, method=None, training=False):
        assert set(rng) == {"params", "dropout"}
        kernel = np.full((inputs.shape[-1], 2), 0.5, "float32")
        return {"params": {"kernel": kernel}, "stats": {"seen": np.zeros((), "float32")}}

    def apply(self, variables, inputs, rngs, mutable, method=None, training=False):
        seen = variables["stats"]["seen"] + (1.0 if training else 0.0)
        return inputs @ variables["params"]["kernel"], {"stats": {"seen": seen}}

    def get_config(self):
        return {}


def test_flax_layer():
    layer = addax.layers.FlaxLayer(Module())
    x = np.ones((2, 3), "float32")
    equal(layer(x), np.full((2, 2), 1.5), 0)
    layer(x, training=True)
    assert float(layer.state["stats"]["seen"].numpy()) == 1.0
    assert [w.shape for w in layer.trainable_weights] == [(3, 2)]
    given = {"params": {"kernel": np.eye(3, dtype="float32")}, "stats": {"seen": np.float32(0)}}
    equal(addax.layers.FlaxLayer(Module(), variables=given)(x), x, 0)


@pytest.mark.parametrize("name", ["TorchModuleWrapper", "TFSMLayer"])
def test_what_needs_another_backend_says_so(name):
    with pytest.raises(NotImplementedError, match=r"PyTorch|TensorFlow"):
        getattr(addax.layers, name)("model")


ERRORS = {
    "call_fn takes `inputs`": lambda: addax.layers.JaxLayer(lambda x: x),
    "give init_fn, params or state": lambda: addax.layers.JaxLayer(affine),
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
