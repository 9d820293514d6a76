"""Autoencoders that take noise away, and one that finds what is unusual by its error."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, losses
from tensorflow.keras.models import Model

tf.random.set_seed(0)
x_train = np.random.default_rng(0).random((64, 12, 12)).astype("float32")[..., tf.newaxis]
noise_factor = 0.2
x_noisy = x_train + noise_factor * tf.random.normal(shape=x_train.shape)
x_noisy = tf.clip_by_value(x_noisy, clip_value_min=0.0, clip_value_max=1.0)


class Denoise(Model):
    def __init__(self):
        super().__init__()
        self.encoder = tf.keras.Sequential(
            [
                layers.Input(shape=(12, 12, 1)),
                layers.Conv2D(4, (3, 3), activation="relu", padding="same", strides=2),
            ]
        )
        self.decoder = tf.keras.Sequential(
            [
                layers.Conv2DTranspose(4, kernel_size=3, strides=2, padding="same"),
                layers.Conv2D(1, kernel_size=(3, 3), activation="sigmoid", padding="same"),
            ]
        )

    def call(self, x):
        return self.decoder(self.encoder(x))


autoencoder = Denoise()
autoencoder.compile(optimizer="adam", loss=losses.MeanSquaredError())
autoencoder.fit(x_noisy, x_train, epochs=1, shuffle=True, verbose=0)
decoded = autoencoder.decoder(autoencoder.encoder(x_noisy[:3]).numpy()).numpy()
assert decoded.shape == (3, 12, 12, 1)
quality = tf.image.psnr(x_train[:3], decoded, max_val=1.0), tf.image.ssim(x_train[:3], decoded, 1.0)
assert quality[0].shape == (3,)

normal = np.sin(np.linspace(0, 6, 40))[None] + 0.1 * np.random.default_rng(1).normal(size=(64, 40))
odd = np.cos(np.linspace(0, 9, 40))[None].repeat(8, 0)
min_val, max_val = tf.reduce_min(normal), tf.reduce_max(normal)
normal = tf.cast((normal - min_val) / (max_val - min_val), tf.float32)
odd = tf.cast((odd - min_val) / (max_val - min_val), tf.float32)
inputs = tf.keras.Input((40,))
hidden = layers.Dense(4, activation="relu")(inputs)
detector = Model(inputs, layers.Dense(40, activation="sigmoid")(hidden))
detector.compile(optimizer=tf.keras.optimizers.Adam(0.02), loss="mae")
detector.fit(normal, normal, epochs=10, batch_size=16, verbose=0)


def predict(model, data, threshold):
    reconstructions = model(data)
    loss = tf.keras.losses.mae(reconstructions, data)
    return tf.math.less(loss, threshold)


train_loss = tf.keras.losses.mae(detector.predict(normal, verbose=0), normal)
threshold = np.mean(train_loss) + 2 * np.std(train_loss)
assert not np.any(predict(detector, odd, threshold))
print("done")
