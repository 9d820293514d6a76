"""one_example by hand in JAX: a jitted function with the weights as arguments."""

import jax
import numpy as np

from benchmarks.workloads.jax_mlp import initial, logits
from benchmarks.workloads.serve import Measure, seconds, serve


@jax.jit
def answer(weights, x):
    return jax.nn.softmax(logits(weights, x))


def prepare(_, how: str) -> Measure:
    weights = initial(784, 512, 10)
    x = np.random.default_rng(0).random((1, 784), dtype="float32")

    def call() -> None:
        answer(weights, x).block_until_ready()

    seconds(call)
    return lambda: {"call": 1e6 * seconds(call)}


if __name__ == "__main__":
    serve(prepare)
