"""Training of a model from `benchmarks.models`: a step inside `fit`, the first fit, memory."""

import resource
import time

from benchmarks.models import PROBLEMS
from benchmarks.workloads.serve import Measure, seconds, serve


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
    return lambda: {
        "step": 1e3 * seconds(fit) / steps,
        "first fit": 1e3 * first,
        "peak memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    serve(prepare)
