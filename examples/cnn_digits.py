"""A convolutional network that stops when it learns no more, and keeps its best weights.

python examples/cnn_digits.py [--quick]
"""

import sys
import tempfile
from pathlib import Path

import addax as keras
from addax import layers

quick = "--quick" in sys.argv
(x_train, y_train), (x_test, y_test) = keras.datasets.digits.load_data()

keras.utils.set_random_seed(1)
model = keras.Sequential(
    [
        keras.Input((8, 8)),
        layers.Rescaling(1 / 16),
        layers.Reshape((8, 8, 1)),
        layers.Conv2D(32, 3, padding="same", use_bias=False),
        layers.BatchNormalization(momentum=0.9),
        layers.Activation("relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax"),
    ]
)
model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
with tempfile.TemporaryDirectory() as folder:
    best = Path(folder) / "best.keras"
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_accuracy", save_best_only=True),
        keras.callbacks.ReduceLROnPlateau(patience=3),
        keras.callbacks.EarlyStopping(patience=6),
    ]
    history = model.fit(
        x_train,
        y_train,
        epochs=6 if quick else 60,
        validation_split=0.15,
        callbacks=callbacks,
        verbose=2,
    )
    model = keras.models.load_model(best)
loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
print(f"{len(history.epoch)} epochs; test accuracy of the best of them: {accuracy:.3f}")
