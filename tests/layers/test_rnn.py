"""Recurrent layers equal Keras's."""

import numpy as np
import pytest
from layer_rows import case, check

SHAPE = (2, 5, 3)
MASK = np.array([[0, 1, 1, 0, 1], [1, 1, 1, 1, 0]], bool)
MASKED = {"mask": MASK}
TRAINING = {"training": True}

LAYERS = [
    case("SimpleRNN", SHAPE, units=4),
    case("SimpleRNN", SHAPE, units=4, return_sequences=True, options=MASKED),
    case("SimpleRNN", SHAPE, units=4, activation="relu", use_bias=False, go_backwards=True),
    case("SimpleRNN", SHAPE, units=4, dropout=0.3, recurrent_dropout=0.4, options=TRAINING),
    case("GRU", SHAPE, units=4),
    case("GRU", SHAPE, units=4, return_sequences=True, options=MASKED),
    case("GRU", SHAPE, units=4, reset_after=False, return_state=True, options=MASKED),
    case("GRU", SHAPE, units=4, reset_after=False, use_bias=False, go_backwards=True),
    case("GRU", SHAPE, units=4, use_bias=False, unroll=True, return_sequences=True),
    case("GRU", SHAPE, units=4, recurrent_activation="hard_sigmoid", activation="relu"),
    case("GRU", SHAPE, units=4, dropout=0.3, options=TRAINING),
    case("GRU", SHAPE, units=4, dropout=0.3, recurrent_dropout=0.4, options=TRAINING),
    case("GRU", SHAPE, units=4, reset_after=False, recurrent_dropout=0.4, options=TRAINING),
    case("LSTM", SHAPE, units=4),
    case("LSTM", SHAPE, units=4, return_sequences=True, go_backwards=True),
    case("LSTM", SHAPE, units=4, return_state=True, use_bias=False, unroll=True),
    case("LSTM", SHAPE, units=4, activation="relu", recurrent_activation="hard_sigmoid"),
    case("LSTM", SHAPE, units=4, unit_forget_bias=False, kernel_regularizer="l2"),
    case("LSTM", SHAPE, units=4, return_sequences=True, return_state=True, options=MASKED),
    case("LSTM", SHAPE, units=4, go_backwards=True, options=MASKED),
    case("LSTM", SHAPE, units=4, dropout=0.3, options=TRAINING),
    case("LSTM", SHAPE, units=4, dropout=0.3, recurrent_dropout=0.4, options=TRAINING),
    # Sums over 60 steps in another order
    case("LSTM", (2, 60, 3), units=4, return_sequences=True, options={"rtol": 1e-4}),
]


@pytest.mark.parametrize("row", LAYERS, ids=str)
def test_layer_equals_keras(row):
    check(row)
