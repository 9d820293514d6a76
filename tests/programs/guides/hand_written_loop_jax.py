"""A training loop written by hand in JAX: nested state through `jax.jit`, metrics, evaluation."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.random((96, 8)).astype("float32")
y = (x.sum(axis=1) > 4).astype("int32")

inputs = keras.Input((8,), name="digits")
h = keras.layers.Dense(16, activation="relu")(inputs)
h = keras.layers.BatchNormalization()(h)
h = keras.layers.Dropout(0.2)(h)
model = keras.Model(inputs, keras.layers.Dense(2, name="predictions")(h))

loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(1e-2, 10, 0.9))
train_metric = keras.metrics.SparseCategoricalAccuracy()
val_metric = keras.metrics.SparseCategoricalAccuracy()


def compute_loss_and_updates(trainable, non_trainable, metric_variables, x, y):
    y_pred, non_trainable, penalties = model.stateless_call(
        trainable, non_trainable, x, training=True, return_losses=True
    )
    loss = loss_fn(y, y_pred) + sum(penalties)
    metric_variables = train_metric.stateless_update_state(metric_variables, y, y_pred)
    return loss, (non_trainable, metric_variables)


grad_fn = jax.value_and_grad(compute_loss_and_updates, has_aux=True)


@jax.jit
def train_step(state, data):
    trainable, non_trainable, slots, metric_variables = state
    (loss, (non_trainable, metric_variables)), grads = grad_fn(
        trainable, non_trainable, metric_variables, *data
    )
    trainable, slots = optimizer.stateless_apply(slots, grads, trainable)
    return loss, (trainable, non_trainable, slots, metric_variables)


@jax.jit
def eval_step(state, data):
    trainable, non_trainable, metric_variables = state
    x, y = data
    y_pred, non_trainable = model.stateless_call(trainable, non_trainable, x, training=False)
    loss = loss_fn(y, y_pred)
    metric_variables = val_metric.stateless_update_state(metric_variables, y, y_pred)
    return loss, (trainable, non_trainable, metric_variables)


optimizer.build(model.trainable_variables)
trainable = model.trainable_variables  # Variables themselves, as the guide has it
non_trainable = model.non_trainable_variables
slots = optimizer.variables
metric_variables = train_metric.variables
state = trainable, non_trainable, slots, metric_variables

for epoch in range(3):
    for start in range(0, 96, 32):
        loss, state = train_step(state, (x[start : start + 32], y[start : start + 32]))
    trainable, non_trainable, slots, metric_variables = state
    accuracy = train_metric.stateless_result(metric_variables)
    print("epoch", epoch, float(loss), float(accuracy))
    state = trainable, non_trainable, slots, train_metric.stateless_reset_state()

metric_variables = val_metric.variables
loss, (_, _, metric_variables) = eval_step((trainable, non_trainable, metric_variables), (x, y))
for variable, value in zip(val_metric.variables, metric_variables):
    variable.assign(value)
print("accuracy", float(val_metric.result()))
assert float(val_metric.result()) == float(val_metric.stateless_result(metric_variables))

for variable, value in zip(model.trainable_variables, trainable):
    variable.assign(value)
for variable, value in zip(model.non_trainable_variables, non_trainable):
    variable.assign(value)
for variable, value in zip(optimizer.variables, slots):
    variable.assign(value)
assert int(optimizer.iterations.numpy()) == 9
predicted = model.predict(x, verbose=0).argmax(axis=1)
assert abs((predicted == y).mean() - float(val_metric.result())) < 1e-6
print("done", len(train_metric.variables))
