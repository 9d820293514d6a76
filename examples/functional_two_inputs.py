"""Two images in, two answers out: the sum of two digits, and whether the left one is larger.

python examples/functional_two_inputs.py [--quick]
"""

import sys

import numpy as np

import addax as keras
from addax import layers

quick = "--quick" in sys.argv


def pairs(images, digits, count):
    """`count` random pairs of images, by the names of the inputs, and the answers to them."""
    i, j = np.random.randint(len(images), size=(2, count))
    a, b = digits[i].astype(int), digits[j].astype(int)
    return {"left": images[i], "right": images[j]}, {"sum": a + b, "larger": (a > b) * 1.0}


keras.utils.set_random_seed(1)
train, test = (
    pairs(*split, count)
    for split, count in zip(keras.datasets.digits.load_data(), (20000, 2000), strict=True)
)

# One encoder reads both images: whatever it learns of the left one it knows of the right one.
encoder = keras.Sequential(
    [
        keras.Input((8, 8)),
        layers.Rescaling(1 / 16),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(32, activation="relu"),
    ],
    name="encoder",
)
left, right = keras.Input((8, 8), name="left"), keras.Input((8, 8), name="right")
both = layers.Concatenate()([encoder(left), encoder(right)])
both = layers.Dense(128, activation="relu")(both)
answers = {
    "sum": layers.Dense(19, activation="softmax", name="sum")(both),
    "larger": layers.Dense(1, activation="sigmoid", name="larger")(both),
}
model = keras.Model({"left": left, "right": right}, answers)
model.compile(
    "adam",
    {"sum": "sparse_categorical_crossentropy", "larger": "binary_crossentropy"},
    metrics={"sum": ["accuracy"], "larger": ["accuracy"]},
)
model.fit(*train, batch_size=64, epochs=4 if quick else 20, verbose=2)
for name, value in sorted(model.evaluate(*test, verbose=0, return_dict=True).items()):
    print(f"{name}: {value:.3f}")
