"""Training of a model from `benchmarks.models`: a step inside `fit`, the first fit, memory."""

import resource
import time
from collections.abc import Callable

from benchmarks.models import PROBLEMS
from benchmarks.workloads.serve import Measure, seconds, serve


def figures(fit: Callable[[], None], steps: int, first: float) -> Measure:
    """What a row of training steps shows of `fit`, whose first call took `first` seconds."""
    return lambda: {
        "step": 1e3 * seconds(fit) / steps,
        "first fit": 1e3 * first,
        "peak memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def prepare(keras, model: str, steps: int) -> Measure:
    problem = PROBLEMS[model]
    network = problem.build(keras)
    network.compile(optimizer="adam", loss=problem.loss, metrics=["accuracy"])
    x, y = problem.data(network.input_shape, network.output_shape, steps * problem.batch)

    def fit() -> None:
        network.fit(x, y, epochs=1, batch_size=problem.batch, verbose=0)

    start = time.perf_counter()
    fit()
    first = time.perf_counter() - start
    fit()
    return figures(fit, steps, first)


if __name__ == "__main__":
    serve(prepare)
