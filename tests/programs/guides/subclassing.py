"""The guide on layers and models by subclassing: state, add_loss, training, a VAE."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np
from keras import layers, ops


class Linear(keras.layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True
        )
        self.b = self.add_weight(shape=(self.units,), initializer="random_normal")

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b

    def get_config(self):
        return {**super().get_config(), "units": self.units}


class ComputeSum(keras.layers.Layer):
    def __init__(self, input_dim):
        super().__init__()
        self.total = self.add_weight(initializer="zeros", shape=(input_dim,), trainable=False)

    def call(self, inputs):
        self.total.assign_add(ops.sum(inputs, axis=0))
        return self.total


my_sum = ComputeSum(2)
assert my_sum(ops.ones((2, 2))).numpy().tolist() == [2.0, 2.0]
assert my_sum(ops.ones((2, 2))).numpy().tolist() == [4.0, 4.0]
assert (len(my_sum.weights), len(my_sum.trainable_weights)) == (1, 0)
assert Linear.from_config(Linear(64).get_config()).units == 64


class ActivityRegularization(keras.layers.Layer):
    def __init__(self, rate=1e-2):
        super().__init__()
        self.rate = rate

    def call(self, inputs):
        self.add_loss(self.rate * ops.mean(inputs))
        return inputs


class Outer(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.inner = ActivityRegularization(1e-2)
        self.dense = keras.layers.Dense(4, kernel_regularizer=keras.regularizers.l2(1e-3))

    def call(self, inputs):
        return self.dense(self.inner(inputs))


outer = Outer()
assert outer.losses == []
outer(ops.zeros((1, 1)))
outer(ops.zeros((1, 1)))
assert len(outer.losses) == 2

inputs = keras.Input(shape=(3,))
model = keras.Model(inputs, Outer()(inputs))
model.compile(optimizer="adam", loss="mse")
model.fit(np.random.random((4, 3)), np.random.random((4, 4)), verbose=0)
model.compile(optimizer="adam")  # the losses added in layers are enough
model.fit(np.random.random((4, 3)), np.random.random((4, 4)), verbose=0)


class Sampling(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_generator = keras.random.SeedGenerator(1337)

    def call(self, inputs):
        z_mean, z_log_var = inputs
        batch, dim = ops.shape(z_mean)[0], ops.shape(z_mean)[1]
        epsilon = keras.random.normal(shape=(batch, dim), seed=self.seed_generator)
        return z_mean + ops.exp(0.5 * z_log_var) * epsilon


class Encoder(layers.Layer):
    def __init__(self, latent_dim=4, intermediate_dim=8, name="encoder", **kwargs):
        super().__init__(name=name, **kwargs)
        self.dense_proj = layers.Dense(intermediate_dim, activation="relu")
        self.dense_mean = layers.Dense(latent_dim)
        self.dense_log_var = layers.Dense(latent_dim)
        self.sampling = Sampling()

    def call(self, inputs):
        x = self.dense_proj(inputs)
        z_mean, z_log_var = self.dense_mean(x), self.dense_log_var(x)
        return z_mean, z_log_var, self.sampling((z_mean, z_log_var))


class VariationalAutoEncoder(keras.Model):
    def __init__(self, original_dim, name="autoencoder", **kwargs):
        super().__init__(name=name, **kwargs)
        self.encoder = Encoder()
        self.decoder = keras.Sequential(
            [layers.Dense(8, activation="relu"), layers.Dense(original_dim, activation="sigmoid")]
        )

    def call(self, inputs):
        z_mean, z_log_var, z = self.encoder(inputs)
        reconstructed = self.decoder(z)
        kl_loss = -0.5 * ops.mean(z_log_var - ops.square(z_mean) - ops.exp(z_log_var) + 1)
        self.add_loss(kl_loss)
        return reconstructed


x = np.random.default_rng(0).random((64, 16)).astype("float32")
vae = VariationalAutoEncoder(16)
vae.compile(keras.optimizers.Adam(1e-2), loss=keras.losses.MeanSquaredError())
history = vae.fit(x, x, epochs=4, batch_size=16, verbose=0).history["loss"]
assert history[-1] < history[0]
print("done", len(outer.losses))
