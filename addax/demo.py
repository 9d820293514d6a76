"""The main job in one page: train, evaluate, save, reload and look at a classifier."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import numpy as np

import addax as keras
from addax import layers


def build() -> keras.Model:
    """Images of handwritten digits, (batch, 8, 8) with values 0 to 16, to ten probabilities."""
    return keras.Sequential(
        [
            keras.Input((8, 8)),
            layers.Rescaling(1 / 16),
            layers.Reshape((8, 8, 1)),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.4),
            layers.Dense(10, activation="softmax"),
        ],
        name="digits",
    )


def draw(path: Path, history: dict, images: Any, labels: Any, probabilities: Any) -> None:
    """Write a PNG: accuracy and loss by epoch, and twelve images with what was predicted."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 4.5), layout="constrained")
    curves, gallery = figure.subfigures(1, 2, squeeze=False, width_ratios=(3, 2))[0]
    for axes, name in zip(curves.subplots(1, 2), ("accuracy", "loss"), strict=True):
        axes.plot(history[name], label="training")
        axes.plot(history[f"val_{name}"], label="held out")
        axes.set(title=name, xlabel="epoch")
        axes.legend()
    for axes, image, label, p in zip(
        gallery.subplots(3, 4).flat, images, labels, probabilities, strict=False
    ):
        guess, color = int(np.argmax(p)), "black" if np.argmax(p) == label else "red"
        axes.imshow(image, cmap="gray_r")
        axes.set_title(f"{guess}: {p[guess]:.0%}\n(label {label})", color=color, fontsize=9)
        axes.axis("off")
    figure.savefig(path, dpi=120)


def main(out: str = "demo-output", epochs: int = 25) -> int:
    """Run the demonstration; its files go to the folder `out`."""
    if importlib.util.find_spec("matplotlib") is None:
        print('The demonstration draws with matplotlib: pip install "addax[demo]"', file=sys.stderr)
        return 1
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(1)
    (x_train, y_train), (x_test, y_test) = keras.datasets.digits.load_data()

    model = build()
    model.summary()
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(x_train, y_train, epochs=epochs, validation_data=(x_test, y_test))
    loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
    print(f"\nOn {len(x_test)} images it never saw: accuracy {accuracy:.1%}, loss {loss:.3f}")

    model.save(folder / "digits.keras")
    probabilities = model.predict(x_test, verbose=0)
    again = keras.models.load_model(folder / "digits.keras").predict(x_test, verbose=0)
    if not np.array_equal(probabilities, again):
        print("The reloaded model predicts something else: please report this.")
        return 1
    draw(folder / "digits.png", history.history, x_test, y_test, probabilities)
    print(f"Saved and reloaded {folder / 'digits.keras'}: equal predictions.")
    print(f"Drew {folder / 'digits.png'}")
    return 0
