"""Windows of a series of several columns, and models that forecast a step or several."""

import numpy as np
import pandas as pd
import tensorflow as tf

tf.random.set_seed(0)
time = np.arange(300)
df = pd.DataFrame({"T": np.sin(time / 8), "p": np.cos(time / 8), "day": np.sin(time / 30)})
train_df, val_df = df[:210], df[210:]
train_mean, train_std = train_df.mean(), train_df.std()
train_df, val_df = (train_df - train_mean) / train_std, (val_df - train_mean) / train_std


class WindowGenerator:
    def __init__(self, input_width, label_width, shift, label_columns=None):
        self.label_columns = label_columns
        self.column_indices = {name: i for i, name in enumerate(train_df.columns)}
        self.input_width, self.label_width, self.shift = input_width, label_width, shift
        self.total_window_size = input_width + shift
        self.input_slice = slice(0, input_width)
        self.label_start = self.total_window_size - self.label_width
        self.labels_slice = slice(self.label_start, None)

    def split_window(self, features):
        inputs = features[:, self.input_slice, :]
        labels = features[:, self.labels_slice, :]
        if self.label_columns is not None:
            labels = tf.stack(
                [labels[:, :, self.column_indices[name]] for name in self.label_columns], axis=-1
            )
        inputs.set_shape([None, self.input_width, None])
        labels.set_shape([None, self.label_width, None])
        return inputs, labels

    def make_dataset(self, data):
        data = np.array(data, dtype=np.float32)
        ds = tf.keras.utils.timeseries_dataset_from_array(
            data=data,
            targets=None,
            sequence_length=self.total_window_size,
            sequence_stride=1,
            shuffle=True,
            batch_size=32,
        )
        return ds.map(self.split_window)


window = WindowGenerator(24, 1, 1, ["T"])
for example_inputs, example_labels in window.make_dataset(train_df).take(1):
    assert example_inputs.shape == (32, 24, 3) and example_labels.shape == (32, 1, 1)


class Baseline(tf.keras.Model):
    def __init__(self, label_index=None):
        super().__init__()
        self.label_index = label_index

    def call(self, inputs):
        result = inputs[:, -1:, self.label_index]
        return result[:, :, tf.newaxis]


baseline = Baseline(label_index=0)
baseline.compile(loss=tf.keras.losses.MeanSquaredError())
before = baseline.evaluate(window.make_dataset(val_df), verbose=0)
lstm = tf.keras.models.Sequential(
    [tf.keras.layers.LSTM(8), tf.keras.layers.Dense(1), tf.keras.layers.Reshape([1, -1])]
)
early = tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=2, mode="min")
lstm.compile(loss=tf.keras.losses.MeanSquaredError(), optimizer=tf.keras.optimizers.Adam(0.02))
lstm.fit(window.make_dataset(train_df), epochs=5, validation_data=window.make_dataset(val_df),
         callbacks=[early], verbose=0)  # fmt: skip
print("mse", before, lstm.evaluate(window.make_dataset(val_df), verbose=0))


class FeedBack(tf.keras.Model):
    def __init__(self, units, out_steps):
        super().__init__()
        self.out_steps = out_steps
        self.lstm_cell = tf.keras.layers.LSTMCell(units)
        self.lstm_rnn = tf.keras.layers.RNN(self.lstm_cell, return_state=True)
        self.dense = tf.keras.layers.Dense(3)

    def call(self, inputs, training=None):
        predictions = []
        x, *state = self.lstm_rnn(inputs)
        prediction = self.dense(x)
        predictions.append(prediction)
        for _ in range(1, self.out_steps):
            x, state = self.lstm_cell(prediction, states=state, training=training)
            prediction = self.dense(x)
            predictions.append(prediction)
        predictions = tf.stack(predictions)
        return tf.transpose(predictions, [1, 0, 2])


several = WindowGenerator(24, 4, 4)
feedback = FeedBack(8, 4)
feedback.compile(loss="mse", optimizer="adam")
feedback.fit(several.make_dataset(train_df), epochs=1, verbose=0)


def windowed(series, size, batch_size, buffer):
    ds = tf.data.Dataset.from_tensor_slices(tf.expand_dims(series, axis=-1))
    ds = ds.window(size + 1, shift=1, drop_remainder=True)
    ds = ds.flat_map(lambda w: w.batch(size + 1))
    ds = ds.shuffle(buffer).map(lambda w: (w[:-1], w[1:]))
    return ds.batch(batch_size).prefetch(1)


batch, ahead = next(iter(windowed(np.sin(time / 5.0), 20, 16, 50)))
assert batch.shape == (16, 20, 1) and np.allclose(batch[:, 1:], ahead[:, :-1])
print("done")
