"""Steps of `fit` where arithmetic is nothing and the loop is all: 4-10-1, batches of 10."""

from benchmarks.workloads.data import flowers
from benchmarks.workloads.serve import Measure, seconds, serve

ROWS, BATCH, EPOCHS = 120, 10, 100


def prepare(keras) -> Measure:
    x, y = flowers(ROWS)
    model = keras.Sequential(
        [
            keras.layers.Input((4,)),
            keras.layers.Dense(10, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(), loss="binary_crossentropy", metrics=["accuracy"]
    )

    def fit() -> None:
        model.fit(x, y, epochs=EPOCHS, batch_size=BATCH, verbose=0)

    fit()
    steps = EPOCHS * ROWS // BATCH
    return lambda: {"step": 1e6 * seconds(fit) / steps}


if __name__ == "__main__":
    serve(prepare)
