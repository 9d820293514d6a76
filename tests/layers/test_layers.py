"""Every layer equals Keras's: values, gradients, shapes, configurations, weights."""

import pytest
from layer_rows import case, check

LAYERS = [
    case("LSTM", (2, 5, 3), units=4),
    case("LSTM", (2, 5, 3), units=4, return_sequences=True, go_backwards=True),
    case("LSTM", (2, 5, 3), units=4, return_state=True, use_bias=False, unroll=True),
    case("LSTM", (2, 5, 3), units=4, activation="relu", recurrent_activation="hard_sigmoid"),
]


@pytest.mark.parametrize("row", LAYERS, ids=str)
def test_layer_equals_keras(row):
    check(row)
