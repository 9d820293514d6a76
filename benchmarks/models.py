"""Models of the training-step rows, written with the Keras API of whichever module is passed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


def mnist_mlp(keras: Any) -> Any:
    inputs = keras.Input((784,))
    x = keras.layers.Dense(512, activation="relu")(inputs)
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(x))


def mnist_cnn(keras: Any) -> Any:
    layers = keras.layers
    inputs = keras.Input((28, 28, 1))
    x = layers.Conv2D(32, 3, activation="relu")(inputs)
    x = layers.Flatten()(layers.MaxPooling2D(2)(x))
    x = layers.Dense(128, activation="relu")(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


def cifar_cnn(keras: Any) -> Any:
    layers = keras.layers
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(64, 3, padding="same", activation="relu")(inputs)
    x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
    x = layers.BatchNormalization()(layers.MaxPooling2D(2)(x))
    x = layers.Conv2D(128, 3, padding="same", activation="relu")(x)
    x = layers.Flatten()(layers.MaxPooling2D(2)(x))
    x = layers.Dense(256, activation="relu")(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


def lstm_text(keras: Any) -> Any:
    layers = keras.layers
    inputs = keras.Input((200,), dtype="int32")
    x = layers.LSTM(128)(layers.Embedding(10000, 128)(inputs))
    x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))


def bi_gru(keras: Any) -> Any:
    layers = keras.layers
    inputs = keras.Input((100,), dtype="int32")
    x = layers.Bidirectional(layers.GRU(64))(layers.Embedding(10000, 64)(inputs))
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))


def _norm_conv(
    keras: Any, x: Any, filters: int, size: int, strides: int = 1, activation: str = "relu"
) -> Any:
    layers = keras.layers
    conv = layers.Conv2D(filters, size, strides, padding="same", use_bias=False)
    return layers.Activation(activation)(layers.BatchNormalization()(conv(x)))


def resnet50(keras: Any) -> Any:
    """He et al. 2015, https://arxiv.org/abs/1512.03385: bottlenecks 3-4-6-3."""
    layers = keras.layers

    def bottleneck(x: Any, filters: int, strides: int, widen: bool) -> Any:
        straight = x
        if widen:
            straight = _norm_conv(keras, x, 4 * filters, 1, strides, activation="linear")
        x = _norm_conv(keras, x, filters, 1, strides)
        x = _norm_conv(keras, x, filters, 3)
        x = _norm_conv(keras, x, 4 * filters, 1, activation="linear")
        return layers.Activation("relu")(layers.Add()([straight, x]))

    inputs = keras.Input((64, 64, 3))
    x = _norm_conv(keras, inputs, 64, 7, 2)
    x = layers.MaxPooling2D(3, 2, padding="same")(x)
    for stage, blocks in enumerate((3, 4, 6, 3)):
        for block in range(blocks):
            strides = 2 if stage and not block else 1
            x = bottleneck(x, 64 * 2**stage, strides, widen=not block)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


# expansion, channels, repeats, first stride
MOBILENET_V2 = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


def mobilenet_v2(keras: Any) -> Any:
    """Sandler et al. 2018, https://arxiv.org/abs/1801.04381: inverted residuals."""
    layers = keras.layers

    def inverted(x: Any, expansion: int, filters: int, strides: int) -> Any:
        straight, channels = x, x.shape[-1]
        if expansion > 1:
            x = _norm_conv(keras, x, expansion * channels, 1, activation="relu6")
        x = layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False)(x)
        x = layers.Activation("relu6")(layers.BatchNormalization()(x))
        x = _norm_conv(keras, x, filters, 1, activation="linear")
        return layers.Add()([straight, x]) if strides == 1 and channels == filters else x

    inputs = keras.Input((96, 96, 3))
    x = _norm_conv(keras, inputs, 32, 3, 2, activation="relu6")
    for expansion, filters, repeats, strides in MOBILENET_V2:
        for repeat in range(repeats):
            x = inverted(x, expansion, filters, 1 if repeat else strides)
    x = _norm_conv(keras, x, 1280, 1, activation="relu6")
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


def unet(keras: Any) -> Any:
    """Ronneberger et al. 2015, https://arxiv.org/abs/1505.04597, padded, with fewer channels."""
    layers = keras.layers

    def twice(x: Any, filters: int) -> Any:
        for _ in range(2):
            x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        return x

    x = inputs = keras.Input((64, 64, 3))
    skipped = []
    for filters in (16, 32, 64):
        x = twice(x, filters)
        skipped.append((filters, x))
        x = layers.MaxPooling2D(2)(x)
    x = twice(x, 128)
    for filters, skip in reversed(skipped):
        x = layers.Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
        x = twice(layers.Concatenate()([skip, x]), filters)
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))


def autoencoder(keras: Any) -> Any:
    """Two halvings and two doublings by transposed convolutions, down to a single filter."""
    layers = keras.layers
    around = {"padding": "same", "activation": "relu"}
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for _ in range(2):
        model.add(layers.Conv2D(32, 3, **around))
        model.add(layers.MaxPooling2D(2))
    for _ in range(2):
        model.add(layers.Conv2DTranspose(32, 3, strides=2, **around))
    model.add(layers.Conv2D(1, 3, padding="same", activation="sigmoid"))
    return model


def transformer(keras: Any) -> Any:
    """Two post-norm encoder blocks (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762)."""
    layers, width, tokens = keras.layers, 128, 128

    class Positions(layers.Layer):
        def build(self, input_shape):
            self.table = self.add_weight(shape=(tokens, width), name="table")

        def call(self, x):
            return x + self.table

    inputs = keras.Input((tokens,), dtype="int32")
    x = Positions()(layers.Embedding(10000, width)(inputs))
    for _ in range(2):
        attended = layers.MultiHeadAttention(num_heads=4, key_dim=width // 4)(x, x)
        x = layers.LayerNormalization()(layers.Add()([x, attended]))
        inner = layers.Dense(width)(layers.Dense(4 * width, activation="relu")(x))
        x = layers.LayerNormalization()(layers.Add()([x, inner]))
    x = layers.GlobalAveragePooling1D()(x)
    return keras.Model(inputs, layers.Dense(2, activation="softmax")(x))


@dataclass(frozen=True)
class Problem:
    """A model with its batch size and loss; inputs are tokens below `vocabulary` if that is set."""

    build: Callable[[Any], Any]
    batch: int
    loss: str = "sparse_categorical_crossentropy"
    vocabulary: int = 0

    def data(self, inputs: tuple, outputs: tuple, count: int) -> tuple[np.ndarray, np.ndarray]:
        """`count` random examples for these input and output shapes, batch axis included."""
        random = np.random.default_rng(0)
        shape = (count, *inputs[1:])
        if self.vocabulary:
            x = random.integers(0, self.vocabulary, shape, dtype="int32")
        else:
            x = random.random(shape, dtype="float32")
        if self.loss == "binary_crossentropy":
            return x, random.integers(0, 2, (count, *outputs[1:])).astype("float32")
        return x, random.integers(0, outputs[-1], (count, *outputs[1:-1]), dtype="int32")


PROBLEMS = {
    "mnist_cnn": Problem(mnist_cnn, 64),
    "cifar_cnn": Problem(cifar_cnn, 64),
    "lstm_text": Problem(lstm_text, 64, "binary_crossentropy", 10000),
    "bi_gru": Problem(bi_gru, 64, "binary_crossentropy", 10000),
    "resnet50": Problem(resnet50, 16),
    "mobilenet_v2": Problem(mobilenet_v2, 16),
    "unet": Problem(unet, 8, "binary_crossentropy"),
    "autoencoder": Problem(autoencoder, 64, "binary_crossentropy"),
    "transformer": Problem(transformer, 32, vocabulary=10000),
}
