"""The same models, built in either library."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest

import addax.layers
import addax.losses
import addax.metrics
import addax.models
import addax.ops
import addax.optimizers
import addax.saving
from addax.core.seeds import SeedGenerator

ADDAX = SimpleNamespace(
    layers=addax.layers,
    Input=addax.layers.Input,
    Model=addax.models.Model,
    Sequential=addax.models.Sequential,
    ops=addax.ops,
    saving=addax.saving,
    optimizers=addax.optimizers,
    losses=addax.losses,
    metrics=addax.metrics,
    random=SimpleNamespace(SeedGenerator=SeedGenerator),
)


@pytest.fixture(params=["keras to addax", "addax to keras"])
def direction(request):
    """Writer and reader."""
    pair = (keras, ADDAX)
    return pair if request.param.startswith("keras") else pair[::-1]


def sequential(k):
    rows = [
        k.Input((6,)),
        k.layers.Dense(4, activation="relu", kernel_initializer="he_normal"),
        k.layers.BatchNormalization(),
        k.layers.Dense(3, activation="softmax", name="probabilities"),
    ]
    return k.Sequential(rows)


def convolutional(k):
    rows = [
        k.Input((6,)),
        k.layers.Reshape((3, 2, 1)),
        k.layers.Conv2D(2, 2, padding="same", activation="relu"),
        k.layers.MaxPooling2D(2, padding="same"),
        k.layers.Flatten(),
        k.layers.Dense(3),
    ]
    return k.Sequential(rows)


def recurrent(k):
    rows = [
        k.Input((6,), dtype="int32"),
        k.layers.Embedding(9, 4, mask_zero=True),
        k.layers.LSTM(5, return_sequences=True),
        k.layers.LSTM(3),
    ]
    return k.Sequential(rows)


def functional(k):
    """Shared and nested models, functions as nodes."""
    x = k.Input((6,), name="features")
    shared = k.layers.Dense(6, activation="tanh")
    inner_input = k.Input((6,))
    inner = k.Model(inner_input, k.layers.Dense(6)(inner_input), name="inner")
    stack = k.Sequential([k.Input((6,)), k.layers.Dense(6), k.layers.BatchNormalization()])
    y = inner(inner(shared(shared(x))))
    y = k.layers.Concatenate()([stack(y), x]) * 2.0 + 1.0
    return k.Model(x, k.layers.Dense(3)(k.ops.relu(y)))


def operations(k):
    """Functions as nodes: constructor's and call's arguments in Keras's places."""
    x = k.Input((6,))
    y = k.ops.reshape(x, (-1, 3, 2))
    y = k.ops.transpose(y, (0, 2, 1))
    y = k.ops.expand_dims(y, axis=1)
    y = k.ops.clip(y, 0.5, 6.0) / 2.0
    y = k.ops.concatenate([y, 1.0 - y], axis=-1)[:, 0, :, 1:5]
    y = k.ops.where(y > 1.0, y, -y)
    y = k.ops.einsum("bij,bkj->bik", y, y) + k.ops.sum(y, axis=(1, 2), keepdims=True)
    y = k.ops.pad(k.layers.Flatten()(y), ((0, 0), (1, 1)))
    y = k.ops.mean(k.ops.softmax(y), axis=1, keepdims=True) + k.ops.cast(x, "float32") ** 2.0
    return k.Model(x, k.layers.Dense(3)(y))


def masked(k):
    """A mask that Keras's graph carries by itself."""
    x = k.Input((6,), dtype="int32")
    y = k.layers.Embedding(9, 4, mask_zero=True)(x)
    return k.Model(x, k.layers.LSTM(3)(y))


def subclassed(k):
    """Layers in attributes, lists and dicts, a weight and a seed of its own."""

    class Ensemble(k.Model):
        def __init__(self, width=3, **kwargs):
            super().__init__(**kwargs)
            self.width = width
            self.blocks = [k.layers.Dense(width, name=f"block_{i}") for i in range(2)]
            self.parts = {"q": k.layers.Dense(width), "p": [k.layers.Dense(width)]}
            self.scale = self.add_weight(shape=(width,), initializer="ones", name="scale")
            self._last = k.layers.Dense(width)
            self.weight = k.layers.Dense(width)
            self.seed = k.random.SeedGenerator(1)

        def call(self, x):
            for block in self.blocks:
                x = block(x)
            x = self.weight(x)
            return self._last(self.parts["p"][0](self.parts["q"](x))) * self.scale

    k.saving.register_keras_serializable("tests")(Ensemble)
    model = Ensemble(3)
    model(np.zeros((2, 6), "float32"))
    return model


def data(rows=16):
    """Inputs that every model takes (small whole numbers), and targets."""
    random = np.random.default_rng(0)
    x = random.integers(0, 9, (rows, 6)).astype("float32")
    return x, random.random((rows, 3)).astype("float32")


def many(k):
    """Several inputs and outputs, by name."""
    a, b = k.Input((2,), name="a"), k.Input((3,), name="b")
    both = k.layers.Concatenate()([a, b])
    outputs = {"u": k.layers.Dense(2, name="u")(both), "v": k.layers.Dense(1, name="v")(both)}
    return k.Model({"a": a, "b": b}, outputs)


@pytest.fixture(scope="session")
def models():
    """The builders; each takes the library."""
    builders = (sequential, convolutional, recurrent, functional, operations, masked)
    builders += (subclassed, many, data)
    return SimpleNamespace(**{f.__name__: f for f in builders})
