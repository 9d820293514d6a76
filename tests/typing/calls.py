"""Calls as programs write them, for type checkers: `# error` marks those that must be refused.

`tests/typing/test_typing.py` runs pyright and mypy on this file and compares the lines.
"""
# ruff: noqa: RUF100

import numpy as np

import addax as keras
from addax import layers, losses, metrics, ops
from addax.optimizers import Adam

# Layers: names and types of arguments
keras.layers.Dense(10, activation="relu")
keras.layers.Dense(10, activatio="relu")  # error
keras.layers.Dense("ten")  # error
keras.layers.Dense()  # error
keras.layers.Dense(10, "relu", False)
keras.layers.Dense(10, "relu", use_bias="no")  # error
keras.layers.Dense(10, input_shape=(4,), name="first", dtype="mixed_bfloat16", trainable=False)
keras.layers.Dense(10, input_dim=4)
keras.layers.Dense(10, kernel_initializer=keras.initializers.HeNormal(seed=1))
keras.layers.Dense(10, kernel_regularizer=keras.regularizers.L2(0.01))
keras.layers.Dense(10, units=10)  # error
layers.Conv2D(32, 3, padding="same", strides=2)
layers.Conv2D(32, (3, 3), (2, 2), "same")
layers.Conv2D(32, kernel=3)  # error
layers.Conv2D(32)  # error
layers.Convolution2D(32, 3, activation="relu")
layers.Convolution2D(32, 3, activaton="relu")  # error
layers.Conv1D(8, 3, padding="causal")
layers.Conv3DTranspose(8, 3, 2, "same", None, 1)
layers.SeparableConv2D(8, 3, depth_multiplier=2)
layers.DepthwiseConv2D(3, depth_multiplier="2")  # error
layers.MaxPool2D(2)
layers.MaxPool2D(pool=2)  # error
layers.MaxPooling2D((2, 2), strides=2)
layers.GlobalAvgPool2D()
layers.GlobalAveragePooling2D(keepdims=True)
layers.LSTM(64, "tanh", "sigmoid", return_sequences=True)
layers.LSTM(64, return_sequence=True)  # error
layers.LSTM(64, go_backwards=True, unroll=False, dropout=0.1)
layers.GRU(64, "tanh", "sigmoid", reset_after=False)
layers.GRU(64, unit_forget_bias=True)  # error
layers.SimpleRNN(8, "tanh", True)
layers.Bidirectional(layers.LSTM(8), merge_mode="concat")
layers.Bidirectional(layers.LSTM(8), merge="concat")  # error
layers.TimeDistributed(layers.Dense(3))
layers.Embedding(1000, 16, mask_zero=True)
layers.Embedding(1000, output=16)  # error
layers.Embedding(1000, 16, input_length=20)
layers.Dropout(0.5, seed=1)
layers.Dropout(prob=0.5)  # error
layers.BatchNormalization(momentum=0.9, epsilon=1e-5)
layers.BatchNormalization(mometum=0.9)  # error
layers.LayerNormalization(axis=-1)
layers.MultiHeadAttention(num_heads=2, key_dim=8)
layers.MultiHeadAttention(2, 8, 8, 0.1)
layers.MultiHeadAttention(heads=2, key_dim=8)  # error
layers.Add()([np.ones((2, 3)), np.ones((2, 3))])
layers.Reshape((2, 2))
layers.Lambda(lambda x: x * 2)
layers.NoSuchLayer(3)  # error
keras.Input((28, 28, 1), name="image")
keras.Input((28, 28, 1), nme="image")  # error

# Models
model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
model.compile("adam", "mse", metrics=["accuracy"])
model.compile(optimiser="adam")  # error
model.fit(np.ones((8, 4)), np.ones((8, 1)), epochs=2, batch_size=4)
model.fit(np.ones((8, 4)), np.ones((8, 1)), epoch=2)  # error
model.fit(np.ones((8, 4)), np.ones((8, 1)), epochs="2")  # error
model.evaluate(np.ones((8, 4)), np.ones((8, 1)), return_dict=True)
model.predict(np.ones((8, 4)), batch=4)  # error
model.save("model.keras")
keras.Model(inputs=model.inputs, outputs=model.outputs)

# Optimizers: the order of the arguments is that of the run
Adam(0.001, 0.9, 0.999, 1e-7, True)
Adam(0.001, 0.9, 0.999, 1e-7, "yes")  # error
Adam(lr=0.001)
Adam(learning_rat=0.001)  # error
keras.optimizers.SGD(0.01, 0.9, True)
keras.optimizers.SGD(0.01, 0.9, nesterv=True)  # error
keras.optimizers.AdamW(0.001, 0.004, 0.9)
keras.optimizers.RMSprop(0.001, 0.9, 0.0, 1e-7, True)
keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1, 100, 0.9))
keras.optimizers.schedules.ExponentialDecay(0.1, 100)  # error
keras.optimizers.schedules.CosineDecay(0.1, 1000, alpha=0.1)

# Losses and metrics, those made from functions and their aliases
losses.Huber(0.5, "sum", "huber")
losses.Huber(delt=0.5)  # error
losses.MeanSquaredError(reduction="sum")
losses.MeanSquaredError(reductoin="sum")  # error
losses.SparseCategoricalCrossentropy(from_logits=True)
losses.SparseCategoricalCrossentropy(logits=True)  # error
losses.mean_squared_error(np.ones(3), np.zeros(3))
losses.mean_squared_error(np.ones(3))  # error
metrics.Mean("loss", "float32")
metrics.MeanSquaredError(name="mse")
metrics.Precision(thresholds=0.5, top_k=3)
metrics.Precision(treshold=0.5)  # error
metrics.AUC(200, "PR")
metrics.AUC(curves="PR")  # error
metrics.SparseTopKCategoricalAccuracy(k=3)

# Ops
ops.mean(np.ones((2, 3)), axis=-1, keepdims=True)
ops.mean(np.ones((2, 3)), axs=-1)  # error
ops.matmul(np.ones((2, 3)), np.ones((3, 2)))
ops.matmul(np.ones((2, 3)))  # error
ops.exp(np.ones(3))
ops.exp(np.ones(3), 2)  # error
ops.softmax(np.ones((2, 3)), axis=-1)
ops.conv(np.ones((1, 4, 4, 1)), np.ones((3, 3, 1, 1)), padding="same")
ops.conv(np.ones((1, 4, 4, 1)), np.ones((3, 3, 1, 1)), pad="same")  # error
ops.reshape(np.ones(4), (2, 2))
ops.reshape(np.ones(4))  # error

# The rest of the namespaces
keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
keras.callbacks.EarlyStopping(patients=3)  # error
keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True)
keras.initializers.RandomNormal(0.0, 0.05, 1)
keras.initializers.RandomNormal(men=0.0)  # error
keras.initializers.glorot_uniform(seed=2)
keras.regularizers.l2(0.01)
keras.regularizers.L1L2(l1=0.1, l3=0.1)  # error
keras.constraints.MaxNorm(2, axis=0)
keras.constraints.MaxNorm(max=2)  # error
keras.utils.to_categorical([0, 1, 2], num_classes=3)
keras.random.normal((2, 3), stddev=0.1, seed=1)
keras.random.normal((2, 3), std=0.1)  # error
keras.datasets.mnist.load_data()
keras.backend.clear_session()
print(keras.no_such_name)  # error
