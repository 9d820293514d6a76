"""Targets that don't suit the loss: the message; and those that do."""

import numpy as np
import pytest

from addax import losses
from addax.losses import check_targets

sparse = losses.SparseCategoricalCrossentropy
NUMBERS = np.array([0, 2, 1, 2])

WRONG = [
    ("categorical_crossentropy", NUMBERS, (None, 3), ["(4,)", "(None, 3)", "'sparse_categorical"]),
    ("categorical_crossentropy", NUMBERS[:, None], (None, 3), ["to_categorical(y, 3)"]),
    ("categorical_crossentropy", np.ones((4, 2)), (None, 3), ["(4, 2)", "(None, 3)"]),
    (
        losses.CategoricalFocalCrossentropy(axis=1),
        np.ones((4, 5), int),
        (None, 3, 5),
        ["to_categorical(y, 3)"],
    ),
    ("sparse_categorical_crossentropy", np.eye(3)[NUMBERS], (None, 3), ["'categorical_cross"]),
    (sparse(), np.ones((4, 2)), (None, 3), ["(4, 2)", "(None, 3)"]),
    (sparse(), NUMBERS, (None, 2), ["target 2 at index 1", "2 classes, 0 to 1"]),
    (sparse(), NUMBERS + 1, (None, 3), ["target 3 at index 1", "subtract 1"]),
    (sparse(), NUMBERS - 1.0, (None, 3), ["target -1.0 at index 0", "ignore_class=-1.0"]),
    (sparse(ignore_class=-1), NUMBERS - 2, (None, 3), ["target -2 at index 0"]),
    (sparse(), np.full((2, 3), 7), (None, 3, 5), ["target 7 at index (0, 0)"]),
    (sparse(), -NUMBERS, (None, None), ["target -2 at index 1", "numbers from 0 on"]),
    ("binary_crossentropy", NUMBERS, (None, 3), ["(4,)", "(None, 3)", "one unit"]),
    ("bce", np.ones((4, 2)), (None, 3), ["a target for each output", "(4, 2)"]),
    ("mse", NUMBERS, (None, 3), ["mean_squared_error", "(4,)", "(None, 3)"]),
    (losses.Huber(), np.ones((4, 5, 2)), (None, 2), ["(4, 5, 2)"]),
    ("mae", np.array([1.0, np.nan, 2.0, np.nan]), (None, 1), ["2 of the 4", "at index 1"]),
    (losses.MeanSquaredError(), np.full((2, 2), np.nan), (None, 2), ["index (0, 0)"]),
]


@pytest.mark.parametrize("loss, y, output, texts", WRONG, ids=map(str, range(len(WRONG))))
def test_wrong(loss, y, output, texts):
    with pytest.raises(ValueError) as error:
        check_targets(loss, y, output)
    for text in texts:
        assert text in str(error.value)


def custom(y_true, y_pred):
    return y_pred


RIGHT = [
    ("binary_crossentropy", NUMBERS, (None, 1)),  # three classes: wrong, but many programs do it
    ("binary_crossentropy", NUMBERS[:, None], (None, 1)),
    ("binary_crossentropy", np.ones((4, 3)), (None, 3)),
    ("binary_crossentropy", np.ones((4, 1)), (None,)),
    ("categorical_crossentropy", np.eye(3)[NUMBERS], (None, 3)),
    ("categorical_crossentropy", np.ones((4, 8, 8, 3)), (None, None, None, 3)),
    ("categorical_crossentropy", np.ones(4), (None, 1)),
    (sparse(), NUMBERS, (None, 3)),
    (sparse(), NUMBERS[:, None], (4, 3)),
    (sparse(ignore_class=255), np.array([[0, 255], [1, 1]], "uint8"), (None, None, 2)),
    (sparse(axis=1), np.ones((4, 8)), (None, 2, 8)),
    (losses.LossFunctionWrapper(losses.sparse_categorical_crossentropy), NUMBERS, (None, 3)),
    ("mse", NUMBERS, (None, 1)),
    ("mse", np.ones((4, 5)), (None, 5, 1)),
    ("mse", np.ones((4, 1)), (None, 3)),  # broadcasts
    ("hinge", np.ones(0), (None, 1)),
    ("ctc", np.ones((4, 7)), (None, 20, 5)),
    (custom, np.full(4, np.nan), (None, 3)),
    (losses.LossFunctionWrapper(custom), NUMBERS, (None, 3, 3)),
    (losses.Loss(), NUMBERS, (None, 3, 3)),
]


@pytest.mark.parametrize("loss, y, output", RIGHT, ids=map(str, range(len(RIGHT))))
def test_right(loss, y, output):
    check_targets(loss, y, output)
