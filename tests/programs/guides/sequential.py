"""The guide on Sequential: weights that wait for a shape, add and pop, transfer learning."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import keras
from keras import layers, ops

model = keras.Sequential(
    [
        layers.Dense(2, activation="relu", name="layer1"),
        layers.Dense(3, activation="relu", name="layer2"),
        layers.Dense(4, name="layer3"),
    ]
)
y = model(ops.ones((3, 3)))
assert len(model.weights) == 6
model.summary()
model.pop()
assert len(model.layers) == 2

layer = layers.Dense(3)
assert layer.weights == []
layer(ops.ones((1, 4)))
print([w.shape for w in layer.weights])

model = keras.Sequential(name="my_sequential")
model.add(keras.Input(shape=(20, 20, 3)))
model.add(layers.Conv2D(4, 5, strides=2, activation="relu"))
model.add(layers.Conv2D(4, 3, activation="relu", name="my_intermediate_layer"))
model.add(layers.MaxPooling2D(3))
model.add(layers.GlobalMaxPooling2D())
model.add(layers.Dense(10))
model.summary()

extractor = keras.Model(
    inputs=model.inputs, outputs=[layer.output for layer in model.layers]
)
features = extractor(ops.ones((1, 20, 20, 3)))
one = keras.Model(
    inputs=model.inputs, outputs=model.get_layer(name="my_intermediate_layer").output
)
assert one(ops.ones((1, 20, 20, 3))).shape == features[1].shape

for layer in model.layers[:-1]:
    layer.trainable = False
assert len(model.trainable_weights) == 2
print("done", len(model.trainable_weights))
