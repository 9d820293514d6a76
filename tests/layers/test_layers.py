"""Every layer equals Keras's: values, gradients, shapes, configurations, weights."""

import pytest
from layer_rows import case, check

LAYERS = [
    case("Dense", (2, 3), units=4),
    case("Dense", (2, 5, 3), units=4, activation="relu", use_bias=False),
    case("Dense", (2, 3), units=2, kernel_regularizer="l2", bias_constraint="non_neg"),
    case("Activation", (2, 3), activation="tanh"),
    case("Flatten", (2, 3, 4)),
    case("Flatten", (2, 3)),
    case("Flatten", (2, 3, 4, 5), data_format="channels_first"),
    case("Reshape", (2, 6, 4), target_shape=(3, 8)),
    case("Reshape", (2, 6, 4), target_shape=(-1, 3)),
    case("Dropout", (2, 3), rate=0.5),
    case("Dropout", (2, 3), rate=0.5, seed=3, options={"training": True}),
    case("Embedding", (2, 5), input_dim=7, output_dim=3, options={"ints": 7}),
    case("Embedding", (2, 5), input_dim=7, output_dim=3, mask_zero=True, options={"ints": 7}),
    case("Add", [(2, 3), (2, 3)]),
    case("Add", [(2, 4, 3), (2, 3), (2, 4, 3)]),
    case("Concatenate", [(2, 3), (2, 5)]),
    case("Concatenate", [(2, 3, 4), (2, 2, 4)], axis=1),
    case("Conv2D", (2, 7, 8, 3), filters=4, kernel_size=3),
    case("Conv2D", (2, 7, 8, 3), filters=4, kernel_size=(3, 2), strides=2, padding="same"),
    case("Conv2D", (2, 9, 9, 4), filters=6, kernel_size=3, groups=2, dilation_rate=2),
    case("Conv2D", (2, 4, 7, 8), filters=4, kernel_size=3, data_format="channels_first"),
    case("Conv2D", (2, 5, 5, 3), filters=4, kernel_size=1, activation="relu", use_bias=False),
    case("MaxPooling2D", (2, 6, 8, 3)),
    case("MaxPooling2D", (2, 7, 9, 3), pool_size=3, strides=2, padding="same"),
    case("MaxPooling2D", (2, 3, 7, 9), pool_size=(2, 3), data_format="channels_first"),
    case("MaxPooling1D", (2, 7, 3)),
    case("AveragePooling2D", (2, 7, 9, 3), pool_size=3, strides=2, padding="same"),
    case("GlobalAveragePooling1D", (2, 5, 3)),
    case("GlobalAveragePooling1D", (2, 3, 5), data_format="channels_first", keepdims=True),
    case("GlobalMaxPooling2D", (2, 5, 4, 3)),
    case("BatchNormalization", (4, 3)),
    case("BatchNormalization", (4, 5, 3), options={"training": True, "rtol": 1e-4}),
    case(
        "BatchNormalization",
        (4, 3, 5),
        axis=1,
        scale=False,
        options={"training": True, "rtol": 1e-4},
    ),
    case("LSTM", (2, 5, 3), units=4),
    case("LSTM", (2, 5, 3), units=4, return_sequences=True, go_backwards=True),
    case("LSTM", (2, 5, 3), units=4, return_state=True, use_bias=False, unroll=True),
    case("LSTM", (2, 5, 3), units=4, activation="relu", recurrent_activation="hard_sigmoid"),
]


@pytest.mark.parametrize("row", LAYERS, ids=str)
def test_layer_equals_keras(row):
    check(row)
