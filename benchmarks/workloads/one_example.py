"""What asking a small model for one answer costs, by `predict` or by calling the model."""

import numpy as np

from benchmarks.models import mnist_mlp
from benchmarks.workloads.serve import Measure, seconds, serve


def prepare(keras, how: str) -> Measure:
    model = mnist_mlp(keras)
    x = np.random.default_rng(0).random((1, 784), dtype="float32")

    def predict() -> None:
        model.predict(x, verbose=0)

    def call() -> None:
        answer = model(x)
        if hasattr(answer, "block_until_ready"):
            answer.block_until_ready()

    ask = {"predict": predict, "call": call}[how]
    seconds(ask)
    return lambda: {"call": 1e6 * seconds(ask)}


if __name__ == "__main__":
    serve(prepare)
