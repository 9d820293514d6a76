"""An epoch of mnist_mlp from arrays, and the same batches from a Python generator."""

from benchmarks.models import mnist_mlp
from benchmarks.workloads.data import mnist
from benchmarks.workloads.serve import Measure, seconds, serve

BATCH = 128


def prepare(keras, steps: int) -> Measure:
    x, y = (whole[: steps * BATCH] for whole in mnist())
    model = mnist_mlp(keras)
    model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])

    def batches():
        while True:
            for start in range(0, len(x), BATCH):
                yield x[start : start + BATCH], y[start : start + BATCH]

    def arrays() -> None:
        model.fit(x, y, epochs=1, batch_size=BATCH, verbose=0)

    def generator() -> None:
        model.fit(batches(), epochs=1, steps_per_epoch=steps, verbose=0)

    arrays()
    generator()
    return lambda: {
        "arrays": 1e6 * seconds(arrays) / steps,
        "generator": 1e6 * seconds(generator) / steps,
    }


if __name__ == "__main__":
    serve(prepare)
