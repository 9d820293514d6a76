"""The functional guide: graphs, shared layers, several inputs and outputs, models as layers."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)

encoder_input = keras.Input(shape=(12, 12, 1), name="original_img")
x = layers.Conv2D(4, 3, activation="relu")(encoder_input)
x = layers.Conv2D(8, 3, activation="relu")(x)
x = layers.MaxPooling2D(2)(x)
encoder_output = layers.GlobalMaxPooling2D()(x)
encoder = keras.Model(encoder_input, encoder_output, name="encoder")

decoder_input = keras.Input(shape=(8,), name="encoded_img")
x = layers.Reshape((2, 2, 2))(decoder_input)
x = layers.Conv2DTranspose(4, 3, activation="relu")(x)
x = layers.UpSampling2D(3)(x)
decoder_output = layers.Conv2DTranspose(1, 1)(x)
decoder = keras.Model(decoder_input, decoder_output, name="decoder")

autoencoder_input = keras.Input(shape=(12, 12, 1), name="img")
autoencoder = keras.Model(
    autoencoder_input, decoder(encoder(autoencoder_input)), name="autoencoder"
)
autoencoder.summary()
images = rng.random((8, 12, 12, 1))
autoencoder.compile("adam", "mse")
autoencoder.fit(images, images, epochs=1, verbose=0)

features = keras.Model(encoder.input, [layer.output for layer in encoder.layers])
print([f.shape for f in features(images)])

title = keras.Input(shape=(None,), name="title")
body = keras.Input(shape=(None,), name="body")
tags = keras.Input(shape=(4,), name="tags")
words = layers.Embedding(50, 8)
joined = layers.concatenate([layers.LSTM(8)(words(title)), layers.LSTM(4)(words(body)), tags])
priority = layers.Dense(1, name="priority")(joined)
department = layers.Dense(3, name="department")(joined)
model = keras.Model(inputs=[title, body, tags], outputs={"priority": priority, "department": department})
model.compile(
    optimizer=keras.optimizers.RMSprop(1e-3),
    loss={
        "priority": keras.losses.BinaryCrossentropy(from_logits=True),
        "department": keras.losses.CategoricalCrossentropy(from_logits=True),
    },
    loss_weights={"priority": 1.0, "department": 0.2},
)
data = {
    "title": rng.integers(50, size=(16, 5)),
    "body": rng.integers(50, size=(16, 9)),
    "tags": rng.integers(2, size=(16, 4)).astype("float32"),
}
targets = {
    "priority": rng.random((16, 1)),
    "department": np.eye(3)[rng.integers(3, size=16)],
}
model.fit(data, targets, epochs=2, batch_size=8, verbose=0)


def get_model():
    inputs = keras.Input(shape=(6,))
    return keras.Model(inputs, layers.Dense(1)(inputs))


inputs = keras.Input(shape=(6,))
outputs = layers.average([get_model()(inputs) for _ in range(3)])
ensemble = keras.Model(inputs=inputs, outputs=outputs)
config = ensemble.get_config()
again = keras.Model.from_config(config)
again.set_weights(ensemble.get_weights())
x = rng.random((4, 6))
np.testing.assert_allclose(again(x), ensemble(x), rtol=1e-6)
print("done", len(model.outputs))
