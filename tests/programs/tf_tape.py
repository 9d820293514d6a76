"""A training loop by hand, a model with its own train_step, and a saliency map, with tapes."""

import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(1)
x = np.random.default_rng(0).normal(size=(64, 8)).astype("float32")
y = (x.sum(axis=1, keepdims=True) > 0).astype("float32")

inputs = keras.Input(shape=(8,))
hidden = keras.layers.Dense(16, activation="relu")(inputs)
model = keras.Model(inputs, keras.layers.Dense(1)(hidden))
optimizer = keras.optimizers.Adam(learning_rate=0.01)
loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)
accuracy = keras.metrics.BinaryAccuracy(threshold=0.0)


@tf.function
def train_step(batch_x, batch_y):
    with tf.GradientTape() as tape:
        logits = model(batch_x, training=True)
        loss = loss_fn(batch_y, logits)
    grads = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    accuracy.update_state(batch_y, logits)
    return loss


first = last = None
for epoch in range(5):
    for start in range(0, 64, 16):
        loss = train_step(x[start : start + 16], y[start : start + 16])
        last = float(loss)
        first = last if first is None else first
    print(f"epoch {epoch}: accuracy {float(accuracy.result()):.3f}")
    accuracy.reset_state()
assert last < first


class Penalized(keras.Model):
    """A penalty on the slope by the inputs: a tape inside a tape."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                inner.watch(x)
                y_pred = self(x, training=True)
            slope = inner.gradient(y_pred, x)
            norm = tf.sqrt(tf.reduce_sum(tf.square(slope), axis=1) + 1e-12)
            loss = self.compiled_loss(y, y_pred) + 0.1 * tf.reduce_mean((norm - 1.0) ** 2)
        variables = self.trainable_variables
        self.optimizer.apply_gradients(zip(outer.gradient(loss, variables), variables))
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


hidden = keras.layers.Dense(16, activation="tanh")(inputs)
penalized = Penalized(inputs, keras.layers.Dense(1)(hidden))
penalized.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True), metrics=["mae"])
history = penalized.fit(x, y, epochs=3, batch_size=16, verbose=0)
assert history.history["loss"][-1] < history.history["loss"][0]

images = tf.convert_to_tensor(x[:2])
with tf.GradientTape() as tape:
    tape.watch(images)
    score = model(images)[:, 0]
saliency = tape.gradient(score, images)
print("saliency", saliency.shape)

v = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as tape:
    cube = v**3
    half = cube / 2
assert float(tape.gradient(cube, v)) == 12.0 and float(tape.gradient(half, v)) == 6.0
assert tape.gradient(cube, tf.Variable(1.0)) is None
zero = tape.gradient(cube, tf.Variable(1.0), unconnected_gradients=tf.UnconnectedGradients.ZERO)
assert float(zero) == 0.0
print("done")
