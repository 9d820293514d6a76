"""What a call costs that makes one step: `train_on_batch`, `test_on_batch`, `fit` of a batch."""

import numpy as np

from benchmarks.workloads.serve import Measure, seconds, serve

CALLS = 100


def prepare(keras, layers: int) -> Measure:
    inputs = keras.Input((16,))
    x = inputs
    for _ in range(layers):
        x = keras.layers.Dense(16, activation="relu")(x)
    model = keras.Model(inputs, keras.layers.Dense(1)(x))
    model.compile("adam", "mse", metrics=["mae"])
    random = np.random.default_rng(0)
    data = random.random((32, 16), dtype="float32"), random.random((32, 1), dtype="float32")

    def many(call) -> float:
        return 1e6 * seconds(lambda: [call() for _ in range(CALLS)]) / CALLS

    calls = {
        "train_on_batch": lambda: model.train_on_batch(*data),
        "test_on_batch": lambda: model.test_on_batch(*data),
        "fit": lambda: model.fit(*data, verbose=0),
    }
    for call in calls.values():
        many(call)
    return lambda: {name: many(call) for name, call in calls.items()}


if __name__ == "__main__":
    serve(prepare)
