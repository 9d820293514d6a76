"""The masking guide: masks that are made, read, set, changed and taken."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np
from keras import layers, ops

raw_inputs = [[711, 632, 71], [73, 8, 3215, 55, 927], [83, 91, 1, 645, 1253, 927]]
padded_inputs = keras.utils.pad_sequences(raw_inputs, padding="post")

embedding = layers.Embedding(input_dim=5000, output_dim=16, mask_zero=True)
masked_output = embedding(padded_inputs)
assert np.array_equal(masked_output._keras_mask, padded_inputs != 0)

masking_layer = layers.Masking()
unmasked_embedding = ops.cast(
    ops.tile(ops.expand_dims(padded_inputs, axis=-1), [1, 1, 10]), dtype="float32"
)
masked_embedding = masking_layer(unmasked_embedding)
assert np.array_equal(masked_embedding._keras_mask, padded_inputs != 0)

model = keras.Sequential([layers.Embedding(5000, 16, mask_zero=True), layers.LSTM(32)])
inputs = keras.Input(shape=(None,), dtype="int32")
graph = keras.Model(inputs, model.layers[1](model.layers[0](inputs)))
np.testing.assert_allclose(graph(padded_inputs), model(padded_inputs), rtol=1e-5, atol=1e-6)


class MyLayer(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.embedding = layers.Embedding(input_dim=5000, output_dim=16, mask_zero=True)
        self.lstm = layers.LSTM(32)

    def call(self, inputs):
        x = self.embedding(inputs)
        mask = self.embedding.compute_mask(inputs)
        return self.lstm(x, mask=mask)


MyLayer()(padded_inputs)


class TemporalSplit(keras.layers.Layer):
    def call(self, inputs):
        return ops.split(inputs, 2, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None if mask is None else ops.split(mask, 2, axis=1)


first_half, second_half = TemporalSplit()(masked_embedding)
print(first_half._keras_mask.shape, second_half._keras_mask.shape)


class CustomEmbedding(keras.layers.Layer):
    def __init__(self, input_dim, output_dim, mask_zero=False, **kwargs):
        super().__init__(**kwargs)
        self.input_dim, self.output_dim, self.mask_zero = input_dim, output_dim, mask_zero

    def build(self, input_shape):
        self.embeddings = self.add_weight(
            shape=(self.input_dim, self.output_dim), initializer="random_normal"
        )

    def call(self, inputs):
        return ops.take(self.embeddings, ops.cast(inputs, "int32"), axis=0)

    def compute_mask(self, inputs, mask=None):
        return ops.not_equal(inputs, 0) if self.mask_zero else None


y = CustomEmbedding(10, 32, mask_zero=True)(np.array([[1, 2, 0]]))
assert y._keras_mask.tolist() == [[True, True, False]]


class MyActivation(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, inputs):
        return ops.relu(inputs)


x = embedding(inputs)
x = MyActivation()(x)
print("mask:", x._keras_mask)


class TemporalSoftmax(keras.layers.Layer):
    def call(self, inputs, mask=None):
        assert mask is not None
        exponents = ops.exp(inputs) * ops.expand_dims(ops.cast(mask, "float32"), axis=-1)
        return exponents / ops.sum(exponents, axis=1, keepdims=True)


x = layers.Dense(1)(layers.LSTM(8, return_sequences=True)(x))
model = keras.Model(inputs, TemporalSoftmax()(x))
y = model(padded_inputs)
assert np.allclose(np.asarray(y)[0, 3:], 0)
model.compile("adam", "mse")
model.fit(padded_inputs, np.zeros((3, 6, 1)), verbose=0)

mine = ops.ones((1, 2, 3))
mine._keras_mask = ops.convert_to_tensor([[True, False]])
lstm = layers.LSTM(4)
np.testing.assert_allclose(lstm(mine), lstm(mine[:, :1]), rtol=1e-5)
print("done", len(model.outputs) + 1)
