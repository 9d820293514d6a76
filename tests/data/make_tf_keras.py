"""Files that tf.keras 2 writes: a model for each layer, each optimizer, and each kind of graph.

`python make_tf_keras.py tf_keras.zip`, in an environment with `tf_keras==2.16` and TensorFlow. The
archive holds `<row>.h5` and `<row>.keras` files, and `<row>.npz` with the inputs ("x0", "x1"...),
the outputs ("y0"...) and for the rows that train the losses that follow ("loss").
"""

import os
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

os.environ.update(TF_USE_LEGACY_KERAS="1", TF_CPP_MIN_LOG_LEVEL="3")

import tensorflow as tf
import tf_keras as k

L = k.layers
SEQUENCE, IMAGE, VOLUME = (5, 3), (6, 6, 2), (5, 5, 5, 2)

# name -> shapes of the inputs, a layer; "|" tells two rows of a class apart.
LAYERS = {
    "Dense": [(4,), lambda: L.Dense(3, "relu", kernel_regularizer=k.regularizers.l1_l2(0.1, 0.2))],
    "EinsumDense": [SEQUENCE, lambda: L.EinsumDense("abc,cd->abd", (None, 4), bias_axes="d")],
    "Activation": [(4,), lambda: L.Activation("swish")],
    "ELU": [(4,), lambda: L.ELU(0.5)],
    "LeakyReLU": [(4,), lambda: L.LeakyReLU(alpha=0.2)],
    "PReLU": [SEQUENCE, lambda: L.PReLU(shared_axes=[1])],
    "ReLU": [(4,), lambda: L.ReLU(max_value=0.8, negative_slope=0.1, threshold=0.2)],
    "Softmax": [(4,), lambda: L.Softmax()],
    "ThresholdedReLU": [(4,), lambda: L.ThresholdedReLU(theta=0.4)],
    "AdditiveAttention": [[SEQUENCE, SEQUENCE], lambda: L.AdditiveAttention()],
    "Attention": [[SEQUENCE, SEQUENCE], lambda: L.Attention(use_scale=True)],
    "Conv1D": [SEQUENCE, lambda: L.Conv1D(4, 2, padding="causal", dilation_rate=2)],
    "Conv1DTranspose": [SEQUENCE, lambda: L.Conv1DTranspose(4, 3, strides=2)],
    "Conv2D": [IMAGE, lambda: L.Conv2D(4, 3, strides=2, groups=2, padding="same")],
    "Conv2DTranspose": [IMAGE, lambda: L.Conv2DTranspose(4, 3, strides=2, output_padding=1)],
    "Conv3D": [VOLUME, lambda: L.Conv3D(3, 2)],
    "Conv3DTranspose": [VOLUME, lambda: L.Conv3DTranspose(3, 2)],
    "DepthwiseConv1D": [SEQUENCE, lambda: L.DepthwiseConv1D(2, depth_multiplier=2)],
    "DepthwiseConv2D": [IMAGE, lambda: L.DepthwiseConv2D(3, depth_multiplier=2)],
    "SeparableConv1D": [SEQUENCE, lambda: L.SeparableConv1D(4, 2, depth_multiplier=2)],
    "SeparableConv2D": [IMAGE, lambda: L.SeparableConv2D(4, 3, depth_multiplier=2)],
    "Add": [[(4,), (4,)], lambda: L.Add()],
    "Average": [[(4,), (4,)], lambda: L.Average()],
    "Concatenate": [[SEQUENCE, SEQUENCE], lambda: L.Concatenate(axis=1)],
    "Dot": [[SEQUENCE, SEQUENCE], lambda: L.Dot(axes=(1, 1), normalize=True)],
    "Maximum": [[(4,), (4,)], lambda: L.Maximum()],
    "Minimum": [[(4,), (4,)], lambda: L.Minimum()],
    "Multiply": [[(4,), (4,)], lambda: L.Multiply()],
    "Subtract": [[(4,), (4,)], lambda: L.Subtract()],
    "BatchNormalization": [IMAGE, lambda: L.BatchNormalization()],
    "BatchNormalization|first": [IMAGE, lambda: L.BatchNormalization(axis=1, scale=False)],
    "GroupNormalization": [IMAGE, lambda: L.GroupNormalization(2)],
    "LayerNormalization": [SEQUENCE, lambda: L.LayerNormalization()],
    "LayerNormalization|axes": [SEQUENCE, lambda: L.LayerNormalization(axis=[1, 2])],
    "UnitNormalization": [SEQUENCE, lambda: L.UnitNormalization()],
    "SpectralNormalization": [(4,), lambda: L.SpectralNormalization(L.Dense(3))],
    "AveragePooling1D": [SEQUENCE, lambda: L.AveragePooling1D(2)],
    "AveragePooling2D": [IMAGE, lambda: L.AveragePooling2D(2, padding="same")],
    "AveragePooling3D": [VOLUME, lambda: L.AveragePooling3D(2)],
    "GlobalAveragePooling1D": [SEQUENCE, lambda: L.GlobalAveragePooling1D(keepdims=True)],
    "GlobalAveragePooling2D": [IMAGE, lambda: L.GlobalAveragePooling2D()],
    "GlobalAveragePooling3D": [VOLUME, lambda: L.GlobalAveragePooling3D()],
    "GlobalMaxPooling1D": [SEQUENCE, lambda: L.GlobalMaxPooling1D()],
    "GlobalMaxPooling2D": [IMAGE, lambda: L.GlobalMaxPooling2D()],
    "GlobalMaxPooling3D": [VOLUME, lambda: L.GlobalMaxPooling3D()],
    "MaxPooling1D": [SEQUENCE, lambda: L.MaxPooling1D(2, strides=1)],
    "MaxPooling2D": [IMAGE, lambda: L.MaxPooling2D(2)],
    "MaxPooling3D": [VOLUME, lambda: L.MaxPooling3D(2)],
    "Rescaling": [(4,), lambda: L.Rescaling(0.5, offset=1.0)],
    "Normalization": [(4,), lambda: adapted(L.Normalization())],
    "ActivityRegularization": [(4,), lambda: L.ActivityRegularization(l1=0.1)],
    "AlphaDropout": [(4,), lambda: L.AlphaDropout(0.2)],
    "Dropout": [SEQUENCE, lambda: L.Dropout(0.2, noise_shape=(None, 1, 3), seed=1)],
    "GaussianDropout": [(4,), lambda: L.GaussianDropout(0.2)],
    "GaussianNoise": [(4,), lambda: L.GaussianNoise(0.2)],
    "SpatialDropout1D": [SEQUENCE, lambda: L.SpatialDropout1D(0.2)],
    "SpatialDropout2D": [IMAGE, lambda: L.SpatialDropout2D(0.2)],
    "SpatialDropout3D": [VOLUME, lambda: L.SpatialDropout3D(0.2)],
    "Cropping1D": [SEQUENCE, lambda: L.Cropping1D((1, 2))],
    "Cropping2D": [IMAGE, lambda: L.Cropping2D(((1, 2), (0, 1)))],
    "Cropping3D": [VOLUME, lambda: L.Cropping3D(1)],
    "Flatten": [IMAGE, lambda: L.Flatten()],
    "Identity": [(4,), lambda: L.Identity()],
    "Masking": [SEQUENCE, lambda: L.Masking(0.5)],
    "Permute": [SEQUENCE, lambda: L.Permute((2, 1))],
    "RepeatVector": [(4,), lambda: L.RepeatVector(2)],
    "Reshape": [IMAGE, lambda: L.Reshape((-1, 2))],
    "UpSampling1D": [SEQUENCE, lambda: L.UpSampling1D(2)],
    "UpSampling2D": [IMAGE, lambda: L.UpSampling2D(2, interpolation="bilinear")],
    "UpSampling3D": [VOLUME, lambda: L.UpSampling3D(2)],
    "ZeroPadding1D": [SEQUENCE, lambda: L.ZeroPadding1D((1, 2))],
    "ZeroPadding2D": [IMAGE, lambda: L.ZeroPadding2D(((1, 2), (0, 1)))],
    "ZeroPadding3D": [VOLUME, lambda: L.ZeroPadding3D(1)],
    "SimpleRNN": [SEQUENCE, lambda: L.SimpleRNN(3, return_sequences=True)],
    "GRU": [SEQUENCE, lambda: L.GRU(3, return_sequences=True)],
    "GRU|before": [SEQUENCE, lambda: L.GRU(3, reset_after=False, time_major=False)],
    "LSTM": [SEQUENCE, lambda: L.LSTM(3, return_sequences=True)],
    "LSTM|options": [SEQUENCE, lambda: L.LSTM(3, go_backwards=True, unroll=True, dropout=0.1)],
    "LSTM|cells": [SEQUENCE, lambda: L.RNN([L.LSTMCell(3), L.GRUCell(4), L.SimpleRNNCell(2)])],
    "ConvLSTM1D": [(3, 5, 2), lambda: L.ConvLSTM1D(2, 3)],
    "ConvLSTM2D": [(3, 5, 5, 2), lambda: L.ConvLSTM2D(2, 3, padding="same")],
    "ConvLSTM3D": [(3, 4, 4, 4, 1), lambda: L.ConvLSTM3D(2, 2)],
    "Bidirectional": [SEQUENCE, lambda: L.Bidirectional(L.LSTM(3, return_sequences=True))],
    "Bidirectional|sum": [SEQUENCE, lambda: L.Bidirectional(L.GRU(3), merge_mode="sum")],
    "TimeDistributed": [SEQUENCE, lambda: L.TimeDistributed(L.Dense(4))],
}  # fmt: skip

OPTIMIZERS = {
    "SGD": lambda o: o.SGD(0.05, momentum=0.9, nesterov=True),
    "RMSprop": lambda o: o.RMSprop(0.01, momentum=0.5, centered=True),
    "Adam": lambda o: o.Adam(0.01, amsgrad=True),
    "Adamax": lambda o: o.Adamax(0.01),
    "Nadam": lambda o: o.Nadam(0.01),
    "Adagrad": lambda o: o.Adagrad(0.1),
    "Adadelta": lambda o: o.Adadelta(1.0),
    "Ftrl": lambda o: o.Ftrl(0.1),
}
NEW_OPTIMIZERS = {
    "AdamW": lambda o: o.AdamW(0.01, weight_decay=0.02),
    "Lion": lambda o: o.Lion(0.01),
    "Adafactor": lambda o: o.Adafactor(0.01),
    "Adam|plain": lambda o: o.Adam(0.01),
    "Adam|average": lambda o: o.Adam(0.01, use_ema=True, clipnorm=1.0),
    "SGD|schedule": lambda o: o.SGD(o.schedules.ExponentialDecay(0.1, 2, 0.5)),
    "Adam|cosine": lambda o: o.Adam(o.schedules.CosineDecay(0.1, 10)),
}
OLD_OPTIMIZERS = {
    "Adam|decay": lambda o: o.Adam(0.01, decay=0.1),
    "SGD|plain": lambda o: o.SGD(0.05),
    "Adam|old schedule": lambda o: o.Adam(
        k.optimizers.schedules.PiecewiseConstantDecay([2, 4], [0.1, 0.01, 0.001])
    ),
}


def adapted(layer):
    layer.adapt(np.random.RandomState(1).rand(20, 4))
    return layer


def layer_model(shapes, make):
    shapes = shapes if isinstance(shapes, list) else [shapes]
    inputs = [L.Input(s) for s in shapes]
    return k.Model(inputs, make()(inputs if len(inputs) > 1 else inputs[0]))


def embedding():
    rows = [L.Embedding(9, 4, mask_zero=True, input_length=5), L.LSTM(3), L.Dense(2)]
    return k.Sequential(rows, name="words")


def heads():
    query, value = L.Input(SEQUENCE), L.Input((4, 3))
    return k.Model([query, value], L.MultiHeadAttention(2, 3, value_dim=3)(query, value))


def masked_heads():
    x = L.Input(SEQUENCE)
    y = L.MultiHeadAttention(2, 3)(x, x, attention_mask=np.tri(5)[None] > 0)
    return k.Model(x, L.GlobalAveragePooling1D()(y))


def nested():
    x, shared = L.Input((4,)), L.Dense(4, "tanh", name="shared")
    source = L.Input((4,))
    inner = k.Model(source, L.Dense(4)(source), name="inner")
    stack = k.Sequential([L.Dense(4, input_shape=(4,)), L.BatchNormalization()], name="stack")
    return k.Model(x, L.Add()([inner(shared(shared(x))), stack(inner(x)), x]))


def many():
    a, b = L.Input((4,), name="a"), L.Input((3,), name="b")
    both = L.concatenate([a, b])
    return k.Model([a, b], [L.Dense(2, name="u")(both), L.Dense(1, name="v")(both)])


def operations():
    x, y = L.Input(SEQUENCE), L.Input(SEQUENCE)
    z = (x + 1.0) * y - 2.0 / (1.0 + x) + (-x) ** 2.0 + 0.5 * y + abs(x - y)
    z = tf.nn.relu(z) + tf.math.sigmoid(x) + tf.exp(-x) + tf.sqrt(y) + tf.square(x) + tf.tanh(y)
    z = tf.concat([z, x], axis=-1) + tf.concat((y, y), -1)
    z = tf.reshape(z, (-1, 6, 5))
    z = tf.transpose(z, [0, 2, 1])
    z = tf.clip_by_value(z, -1.0, 3.0) + tf.maximum(tf.expand_dims(x[:, :, 0], -1), 0.2)
    z = tf.matmul(z, z, transpose_b=True)
    return k.Model([x, y], tf.reduce_mean(z, axis=1) + tf.math.reduce_sum(x, axis=[1, 2])[:, None])


def slices():
    x = L.Input(SEQUENCE)
    parts = tf.split(x, 3, axis=-1)
    y = tf.stack([x[:, 0], x[:, -1]], axis=1) * tf.cast(x[:, 1:3, :] > 0.5, "float32")
    y = (
        tf.squeeze(y[..., :1], axis=-1)
        + x[:, ::2, 0][:, :2]
        + tf.pad(parts[0][:, :, 0], [[0, 0], [1, 0]])[:, :2]
    )
    y = tf.where(y > 0.5, y, tf.zeros_like(y)) + tf.shape(x)[-1:].shape[0]
    return k.Model(
        x,
        tf.nn.softmax(y)
        + tf.math.log(1.0 + tf.reduce_max(x, axis=[1, 2], keepdims=False))[:, tf.newaxis],
    )


def backend():
    x = L.Input((4,))
    y = k.backend.sum(k.activations.gelu(x) + k.backend.sigmoid(x), axis=-1, keepdims=True)
    return k.Model(x, k.backend.concatenate([y, k.backend.mean(x, axis=1, keepdims=True)]))


def precision():
    rows = [L.Input((4,)), L.Dense(3, dtype="mixed_float16"), L.Dense(2, dtype="float32")]
    return k.Sequential(rows)


def unnamed():
    return k.Sequential([L.Dense(3, batch_input_shape=(None, 4)), L.ReLU(), L.Dense(2)])


GRAPHS = (
    embedding, heads, masked_heads, nested, many, operations, slices, backend, precision, unnamed,
)  # fmt: skip
MODELS = {f.__name__: f for f in GRAPHS}


def inputs_of(model):
    random = np.random.RandomState(2)
    whole = isinstance(model.layers[0], L.Embedding)
    made = [random.rand(2, *[n or 5 for n in s.shape[1:]]).astype("float32") for s in model.inputs]
    return [np.floor(x * 9) for x in made] if whole else made


def set_weights(model):
    random = np.random.RandomState(3)
    model.set_weights(
        [random.uniform(0.1, 0.9, w.shape).astype(w.dtype) for w in model.get_weights()]
    )


def written(archive, folder, row, model, loss=None):
    x = inputs_of(model)
    outputs = model(x if len(x) > 1 else x[0], training=False)
    values = {f"x{i}": a for i, a in enumerate(x)}
    values |= {f"y{i}": np.asarray(a) for i, a in enumerate(tf.nest.flatten(outputs))}
    for ending in ("h5", "keras"):
        path = Path(folder) / f"{row.replace('|', ' ')}.{ending}"
        try:
            model.save(path)
        except Exception as error:
            print(row, ending, "is not written:", str(error)[:200])
            continue
        archive.write(path, path.name)
    if loss is not None:
        values["loss"] = loss(x[0])
    path = Path(folder) / f"{row.replace('|', ' ')}.npz"
    np.savez(path, **values)
    archive.write(path, path.name)


def training(optimizer):
    model = k.Sequential([L.Input((4,)), L.Dense(3, "tanh"), L.Dense(1)])
    set_weights(model)
    model.compile(optimizer, k.losses.MeanSquaredError(), metrics=["mae"])
    x = np.random.RandomState(2).rand(2, 4).astype("float32")
    fit = lambda x: model.train_on_batch(x, x[:, :1])[0]  # noqa: E731
    for _ in range(3):
        fit(x)
    return model, lambda x: np.array([fit(x) for _ in range(3)])


def main(target):
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        tempfile.TemporaryDirectory() as folder,
    ):
        for row, (shapes, make) in LAYERS.items():
            k.utils.set_random_seed(0)
            k.backend.clear_session()
            model = layer_model(shapes, make)
            if "Normalization" not in row or row.startswith(("Batch", "Layer", "Group", "Spec")):
                set_weights(model)
            written(archive, folder, f"layer {row}", model)
        for row, make in MODELS.items():
            k.backend.clear_session()
            model = make()
            if row == "embedding":
                model.build((None, 5))
            set_weights(model)
            written(archive, folder, f"model {row}", model)
        for kind, rows, module in (
            ("optimizer", OPTIMIZERS | NEW_OPTIMIZERS, k.optimizers),
            ("old optimizer", OPTIMIZERS | OLD_OPTIMIZERS, k.optimizers.legacy),
        ):
            for row, make in rows.items():
                k.backend.clear_session()
                try:
                    written(archive, folder, f"{kind} {row}", *training(make(module)))
                except Exception as error:
                    print(kind, row, str(error)[:300])


if __name__ == "__main__":
    main(sys.argv[1])
