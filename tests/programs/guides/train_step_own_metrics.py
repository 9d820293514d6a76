"""A `train_step` without `compile(loss=...)`: the model keeps its metrics as attributes."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras
import numpy as np

keras.utils.set_random_seed(0)


class Own(keras.Model):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.mae_metric = keras.metrics.MeanAbsoluteError(name="mae")
        self.loss_fn = keras.losses.MeanSquaredError()

    def compute_loss_and_updates(self, trainable, non_trainable, x, y, training=False):
        y_pred, non_trainable = self.stateless_call(
            trainable, non_trainable, x, training=training
        )
        return self.loss_fn(y, y_pred), (y_pred, non_trainable)

    def train_step(self, state, data):
        trainable, non_trainable, optimizer, metrics = state
        x, y = data
        grad_fn = jax.value_and_grad(self.compute_loss_and_updates, has_aux=True)
        (loss, (y_pred, non_trainable)), grads = grad_fn(
            trainable, non_trainable, x, y, training=True
        )
        trainable, optimizer = self.optimizer.stateless_apply(optimizer, grads, trainable)
        own = len(self.loss_tracker.variables)
        loss_vars = self.loss_tracker.stateless_update_state(metrics[:own], loss)
        mae_vars = self.mae_metric.stateless_update_state(metrics[own:], y, y_pred)
        logs = {
            self.loss_tracker.name: self.loss_tracker.stateless_result(loss_vars),
            self.mae_metric.name: self.mae_metric.stateless_result(mae_vars),
        }
        return logs, (trainable, non_trainable, optimizer, loss_vars + mae_vars)

    @property
    def metrics(self):
        return [self.loss_tracker, self.mae_metric]


inputs = keras.Input((8,))
model = Own(inputs, keras.layers.Dense(1)(inputs))
model.compile(optimizer="adam")
x = np.random.random((100, 8))
history = model.fit(x, x[:, :1], epochs=2, verbose=0).history
assert sorted(history) == ["loss", "mae"], history
print("done", len(history["loss"]))
