"""The guides on built-in training and on writing callbacks of one's own."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np
from keras import layers, ops

rng = np.random.default_rng(0)
x_train, y_train = rng.random((80, 12)).astype("float32"), rng.integers(3, size=80)
x_val, y_val = rng.random((16, 12)).astype("float32"), rng.integers(3, size=16)


def get_compiled_model(loss="sparse_categorical_crossentropy", metrics=("accuracy",)):
    inputs = keras.Input(shape=(12,), name="digits")
    x = layers.Dense(8, activation="relu", name="dense_1")(inputs)
    model = keras.Model(inputs, layers.Dense(3, activation="softmax", name="predictions")(x))
    model.compile(optimizer="rmsprop", loss=loss, metrics=list(metrics))
    return model


@keras.saving.register_keras_serializable()
class CustomMSE(keras.losses.Loss):
    def __init__(self, regularization_factor=0.1, name="custom_mse"):
        super().__init__(name=name)
        self.regularization_factor = regularization_factor

    def call(self, y_true, y_pred):
        mse = ops.mean(ops.square(y_true - y_pred), axis=-1)
        reg = ops.mean(ops.square(0.5 - y_pred), axis=-1)
        return mse + reg * self.regularization_factor


class CategoricalTruePositives(keras.metrics.Metric):
    def __init__(self, name="categorical_true_positives", **kwargs):
        super().__init__(name=name, **kwargs)
        self.true_positives = self.add_variable(shape=(), name="ctp", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_pred = ops.reshape(ops.argmax(y_pred, axis=1), (-1, 1))
        values = ops.cast(y_true, "int32") == ops.cast(y_pred, "int32")
        values = ops.cast(values, "float32")
        if sample_weight is not None:
            values = ops.multiply(values, ops.cast(sample_weight, "float32"))
        self.true_positives.assign_add(ops.sum(values))

    def result(self):
        return self.true_positives.value

    def reset_state(self):
        self.true_positives.assign(0.0)


class MetricLogging(layers.Layer):
    def call(self, inputs):
        self.add_loss(ops.sum(inputs) * 0.01)
        return inputs


class LossHistory(keras.callbacks.Callback):
    def on_train_begin(self, logs):
        self.per_batch_losses = []

    def on_batch_end(self, batch, logs):
        self.per_batch_losses.append(logs.get("loss"))


class EarlyStoppingAtMinLoss(keras.callbacks.Callback):
    def __init__(self, patience=0):
        super().__init__()
        self.patience, self.best_weights = patience, None

    def on_train_begin(self, logs=None):
        self.wait, self.stopped_epoch, self.best = 0, 0, np.inf

    def on_epoch_end(self, epoch, logs=None):
        current = logs.get("loss")
        if np.less(current, self.best):
            self.best, self.wait = current, 0
            self.best_weights = self.model.get_weights()
        else:
            self.wait += 1
            if self.wait >= self.patience:
                self.stopped_epoch = epoch
                self.model.stop_training = True
                self.model.set_weights(self.best_weights)


class RateScheduler(keras.callbacks.Callback):
    def __init__(self, schedule):
        super().__init__()
        self.schedule = schedule

    def on_epoch_begin(self, epoch, logs=None):
        rate = self.model.optimizer.learning_rate
        rate = float(rate.numpy() if hasattr(rate, "numpy") else rate)
        self.model.optimizer.learning_rate = self.schedule(epoch, rate)


model = get_compiled_model()
history = model.fit(x_train, y_train, batch_size=16, epochs=2, validation_data=(x_val, y_val), verbose=0)
print(sorted(history.history))
print(len(model.evaluate(x_val, y_val, batch_size=8, verbose=0)), model.predict(x_val[:3], verbose=0).shape)

get_compiled_model(CustomMSE(), []).fit(x_train, np.eye(3)[y_train], verbose=0)
counted = get_compiled_model(metrics=[CategoricalTruePositives()])
logs = counted.evaluate(x_train, y_train[:, None], verbose=0, return_dict=True)
right = counted.predict(x_train, verbose=0).argmax(1) == y_train
assert logs["categorical_true_positives"] == right.sum()

losses, stopping = LossHistory(), EarlyStoppingAtMinLoss(1)
model = get_compiled_model()
model.fit(
    x_train,
    y_train,
    batch_size=16,
    epochs=3,
    verbose=0,
    validation_split=0.2,
    class_weight={0: 1.0, 1: 1.0, 2: 2.0},
    callbacks=[
        losses,
        stopping,
        RateScheduler(lambda epoch, rate: rate * 0.5),
        keras.callbacks.EarlyStopping(monitor="val_loss", min_delta=1e-2, patience=5, verbose=0),
        keras.callbacks.ModelCheckpoint("mymodel_{epoch}.keras", save_best_only=True, monitor="val_loss"),
        keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: None),
        keras.callbacks.CSVLogger("log.csv"),
    ],
)
assert len(losses.per_batch_losses) == 12 and os.path.exists("mymodel_1.keras")


class ExamplePyDataset(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y, self.batch_size = x, y, batch_size

    def __len__(self):
        return int(np.ceil(len(self.x) / float(self.batch_size)))

    def __getitem__(self, i):
        part = slice(i * self.batch_size, (i + 1) * self.batch_size)
        return self.x[part], self.y[part], np.ones(len(self.x[part]))


model.fit(ExamplePyDataset(x_train, y_train, 32), epochs=2, verbose=0)
model.compile("adam", "sparse_categorical_crossentropy", weighted_metrics=["accuracy"])
print(len(model.train_on_batch(x_train[:8], y_train[:8])))

inputs = keras.Input((12,))
logged = keras.Model(inputs, layers.Dense(1)(MetricLogging()(inputs)))
logged.compile("sgd", "mse")
logged.fit(x_train, x_train[:, :1], verbose=0)
print("done", len(history.history["loss"]))
