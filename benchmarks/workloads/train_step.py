"""Time of a training step of a model from `benchmarks.models`, inside `fit`."""

from benchmarks.models import PROBLEMS
from benchmarks.workloads.serve import Measure, seconds, serve


def prepare(keras, model: str, steps: int) -> Measure:
    problem = PROBLEMS[model]
    network = problem.build(keras)
    network.compile(optimizer="adam", loss=problem.loss, metrics=["accuracy"])
    x, y = problem.data(network.input_shape, network.output_shape, steps * problem.batch)

    def fit() -> None:
        network.fit(x, y, epochs=1, batch_size=problem.batch, verbose=0)

    fit()
    fit()
    return lambda: {"step": 1e3 * seconds(fit) / steps}


if __name__ == "__main__":
    serve(prepare)
