"""Steps of `fit` where arithmetic and loop weigh about the same: 784-512-10, batches of 128."""

import math

from benchmarks.models import mnist_mlp
from benchmarks.workloads.data import mnist
from benchmarks.workloads.serve import Measure, seconds, serve

BATCH = 128


def prepare(keras, epochs: int) -> Measure:
    x, y = mnist()
    model = mnist_mlp(keras)
    model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])

    def fit() -> None:
        model.fit(x, y, epochs=epochs, batch_size=BATCH, verbose=0)

    fit()
    return lambda: {"step": 1e6 * seconds(fit) / (epochs * math.ceil(len(x) / BATCH))}


if __name__ == "__main__":
    serve(prepare)
