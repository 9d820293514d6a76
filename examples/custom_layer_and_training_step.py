"""A layer and a training step of one's own: a gated layer, trained towards flat minima.

The step is sharpness-aware minimization (Foret et al. 2021, https://arxiv.org/abs/2010.01412):
climb a little, take the gradient there, and use it where one stood.

python examples/custom_layer_and_training_step.py [--quick]
"""

import sys

import jax

import addax as keras
from addax import layers, ops


class Gated(layers.Layer):
    """`(x @ w) * sigmoid(x @ v)`: (batch, d) -> (batch, units)."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        shape = input_shape[-1], self.units
        self.w, self.v = self.add_weight(shape=shape), self.add_weight(shape=shape)

    def call(self, x):
        return (x @ self.w) * ops.sigmoid(x @ self.v)


class Flat(keras.Model):
    """A model whose training step looks `radius` uphill."""

    radius = 0.1

    def loss_at(self, trainable, others, x, y):
        y_pred, others = self.stateless_call(trainable, others, x, training=True)
        return self.compute_loss(x, y, y_pred), others

    def train_step(self, state, data):
        (trainable, others, slots, metrics), (x, y) = state, data
        slope = jax.value_and_grad(self.loss_at, has_aux=True)
        (loss, others), grads = slope(trainable, others, x, y)
        scale = self.radius / (1e-12 + ops.sqrt(sum(ops.sum(g * g) for g in grads)))
        uphill = [w + scale * g for w, g in zip(trainable, grads, strict=True)]
        grads = slope(uphill, others, x, y)[1]
        trainable, slots = self.optimizer.stateless_apply(slots, grads, trainable)
        return {"loss": loss}, (trainable, others, slots, metrics)


(x_train, y_train), (x_test, y_test) = keras.datasets.digits.load_data()
keras.utils.set_random_seed(1)
x = keras.Input((64,))
model = Flat(x, layers.Dense(10, activation="softmax")(Gated(64)(layers.Rescaling(1 / 16)(x))))
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train.reshape(-1, 64), y_train, epochs=10 if "--quick" in sys.argv else 50, verbose=2)
loss, accuracy = model.evaluate(x_test.reshape(-1, 64), y_test, verbose=0)
print(f"Test accuracy: {accuracy:.3f}")
