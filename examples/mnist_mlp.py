"""MNIST with two Dense layers: 98 % of the test images are read right after five epochs.

python examples/mnist_mlp.py            # MNIST is downloaded, or read from $ADDAX_DATASETS
python examples/mnist_mlp.py --quick    # the small digits that come with Addax
"""

import sys

import addax as keras
from addax import layers

quick = "--quick" in sys.argv
data = keras.datasets.digits if quick else keras.datasets.mnist
(x_train, y_train), (x_test, y_test) = data.load_data()

keras.utils.set_random_seed(1)
model = keras.Sequential(
    [
        keras.Input(x_train.shape[1:]),
        layers.Rescaling(1 / float(x_train.max())),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax"),
    ]
)
model.summary()
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, batch_size=128, epochs=5, validation_split=0.1)
loss, accuracy = model.evaluate(x_test, y_test)
print(f"Test accuracy: {accuracy:.3f}")
