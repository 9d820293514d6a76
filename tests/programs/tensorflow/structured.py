"""A table of numbers and words in a CSV file, with lookups, to a functional model."""

import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras import layers

tf.random.set_seed(0)
rng = np.random.default_rng(0)
frame = pd.DataFrame(
    {
        "Type": rng.choice(["Cat", "Dog"], 96),
        "Age": rng.integers(0, 20, 96),
        "Fee": rng.normal(100, 20, 96).round(2),
        "target": 0,
    }
)
frame["target"] = ((frame.Age < 10) & (frame.Type == "Cat")).astype(int)
frame.to_csv("pets.csv", index=False)

ages = tf.data.experimental.make_csv_dataset(
    "pets.csv", batch_size=4, label_name="target", num_epochs=1, ignore_errors=True
)
for features, label in ages.take(1):
    print({name: values.numpy() for name, values in features.items()}, label.numpy())

table = tf.lookup.StaticHashTable(
    tf.lookup.KeyValueTensorInitializer(["Cat", "Dog"], tf.constant([0, 1], tf.int64)), -1
)
assert table.lookup(tf.constant(["Dog", "Bird"])).numpy().tolist() == [1, -1]


def df_to_dataset(dataframe, shuffle=True, batch_size=32):
    df = dataframe.copy()
    labels = df.pop("target")
    df = {key: value.to_numpy()[:, tf.newaxis] for key, value in df.items()}
    ds = tf.data.Dataset.from_tensor_slices((dict(df), labels))
    if shuffle:
        ds = ds.shuffle(buffer_size=len(dataframe))
    return ds.batch(batch_size).prefetch(batch_size)


def get_normalization_layer(name, dataset):
    normalizer = layers.Normalization(axis=None)
    normalizer.adapt(dataset.map(lambda x, y: x[name]))
    return normalizer


def get_category_encoding_layer(name, dataset, dtype, max_tokens=None):
    if dtype == "string":
        index = layers.StringLookup(max_tokens=max_tokens)
    else:
        index = layers.IntegerLookup(max_tokens=max_tokens)
    index.adapt(dataset.map(lambda x, y: x[name]))
    encoder = layers.CategoryEncoding(num_tokens=index.vocabulary_size())
    return lambda feature: encoder(index(feature))


frame = frame.sample(frac=1, random_state=1)
train, val = frame[:80], frame[80:]
train_ds, val_ds = df_to_dataset(train), df_to_dataset(val, shuffle=False)
all_inputs, encoded_features = {}, []
for header in ["Age", "Fee"]:
    column = tf.keras.Input(shape=(1,), name=header)
    encoded_features.append(get_normalization_layer(header, train_ds)(column))
    all_inputs[header] = column
kind = tf.keras.Input(shape=(1,), name="Type", dtype="string")
encoded_features.append(get_category_encoding_layer("Type", train_ds, "string", 5)(kind))
all_inputs["Type"] = kind
x = tf.keras.layers.concatenate(encoded_features)
x = tf.keras.layers.Dense(32, activation="relu")(x)
output = tf.keras.layers.Dense(1)(x)
model = tf.keras.Model(all_inputs, output)
model.compile(
    optimizer=tf.keras.optimizers.Adam(0.02),
    loss=tf.keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
history = model.fit(train_ds, epochs=15, validation_data=val_ds, verbose=0)
assert history.history["accuracy"][-1] > 0.8
sample = {"Type": "Cat", "Age": 3, "Fee": 100.0}
input_dict = {name: tf.convert_to_tensor([[value]]) for name, value in sample.items()}
prediction = tf.nn.sigmoid(model.predict(input_dict, verbose=0))
print("probability", float(prediction[0, 0]))
print("done")
