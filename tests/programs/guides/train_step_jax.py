"""A `train_step` of one's own in JAX: the low-level way, with weights, metrics and a test step."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.random((100, 8)).astype("float32")
y = x.sum(axis=1, keepdims=True)


class Own(keras.Model):
    def compute_loss_and_updates(
        self, trainable, non_trainable, x, y, sample_weight=None, training=False
    ):
        y_pred, non_trainable = self.stateless_call(
            trainable, non_trainable, x, training=training
        )
        loss = self.compute_loss(x, y, y_pred, sample_weight)
        return loss, (y_pred, non_trainable)

    def updated(self, metrics_variables, loss, y, y_pred, sample_weight):
        logs, new = {}, []
        for metric in self.metrics:
            mine = metrics_variables[len(new) : len(new) + len(metric.variables)]
            if metric.name == "loss":
                mine = metric.stateless_update_state(mine, loss)
            else:
                mine = metric.stateless_update_state(
                    mine, y, y_pred, sample_weight=sample_weight
                )
            logs[metric.name] = metric.stateless_result(mine)
            new += mine
        return logs, new

    def train_step(self, state, data):
        trainable, non_trainable, optimizer, metrics = state
        x, y, *weight = data
        weight = weight[0] if weight else None
        grad_fn = jax.value_and_grad(self.compute_loss_and_updates, has_aux=True)
        (loss, (y_pred, non_trainable)), grads = grad_fn(
            trainable, non_trainable, x, y, weight, training=True
        )
        trainable, optimizer = self.optimizer.stateless_apply(optimizer, grads, trainable)
        logs, metrics = self.updated(metrics, loss, y, y_pred, weight)
        return logs, (trainable, non_trainable, optimizer, metrics)

    def test_step(self, state, data):
        trainable, non_trainable, metrics = state
        x, y, *weight = data
        loss, (y_pred, non_trainable) = self.compute_loss_and_updates(
            trainable, non_trainable, x, y, training=False
        )
        logs, metrics = self.updated(metrics, loss, y, y_pred, weight[0] if weight else None)
        return logs, (trainable, non_trainable, metrics)


def made():
    inputs = keras.Input((8,))
    hidden = keras.layers.Dropout(0.1)(keras.layers.Dense(4, activation="relu")(inputs))
    return Own(inputs, keras.layers.Dense(1)(hidden))


model = made()
model.compile("adam", "mse", metrics=["mae", keras.metrics.RootMeanSquaredError()])
history = model.fit(x, y, epochs=3, verbose=0, validation_data=(x, y)).history
print(sorted(history))
print(sorted(model.evaluate(x, y, verbose=0, return_dict=True)))
print([type(m).__name__ for m in model.metrics][:1], len(model.metrics_variables))

model = made()
model.compile("adam", "mse", weighted_metrics=["mae"])
history = model.fit(x, y, epochs=2, verbose=0, sample_weight=np.ones(100)).history
print(sorted(history))
print("done", len(history["loss"]))
