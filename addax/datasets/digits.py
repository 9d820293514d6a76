"""Handwritten digits, 8 x 8 (Alpaydin, Kaynak 1998): comes with Addax, so needs no file or network.

The test set of UCI's "Optical Recognition of Handwritten Digits", CC BY 4.0: see digits.LICENSE.
"""

import os

from addax.datasets._load import Split, check_test_split, read, shuffle_and_split


def load_data(test_split: float = 0.2, seed: int = 113) -> Split:
    """`(x_train, y_train), (x_test, y_test)`: 1,797 images uint8 (n, 8, 8) of 0..16 (not 255),
    labels uint8 (n,). The last `test_split` of them, shuffled by `seed`, are the test."""
    check_test_split(test_split)
    path = os.path.join(os.path.dirname(__file__), "digits.npz")
    arrays = read("digits", [path], verify=False)
    return shuffle_and_split(arrays["x"], arrays["y"], test_split, seed)
