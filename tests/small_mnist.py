"""The digits that come with Addax, in the layout of MNIST: a small stand-in for it."""

import numpy as np

from addax.datasets import digits


def load_data():
    """`(x_train, y_train), (x_test, y_test)`: uint8 (1437 or 360, 28, 28) of 0..240, labels."""
    return tuple((enlarged(x), y) for x, y in digits.load_data())


def enlarged(images):
    """(n, 8, 8) of 0..16 -> (n, 28, 28): nine pixels for each, and a margin."""
    return np.pad(images.repeat(3, 1).repeat(3, 2) * 15, [(0, 0), (2, 2), (2, 2)])
