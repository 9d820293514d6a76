"""MNIST: 70,000 handwritten digits (LeCun, Cortes, Burges; CC BY-SA 3.0)."""

from addax.datasets._load import Split, load, split


def load_data(path: str = "mnist.npz") -> Split:
    """`(x_train, y_train), (x_test, y_test)`: uint8 images (60000 or 10000, 28, 28) of 0..255,
    labels uint8 (60000 or 10000,). `path` is the file's name in the cache."""
    return split(load("mnist", path))
