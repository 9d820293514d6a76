"""one_example by hand in JAX: a jitted function with the weights as arguments."""

import jax
import numpy as np

from benchmarks.workloads.raw_mnist_mlp import initial
from benchmarks.workloads.serve import Measure, seconds, serve


@jax.jit
def answer(weights, x):
    hidden, hidden_bias, output, output_bias = weights
    return jax.nn.softmax(jax.nn.relu(x @ hidden + hidden_bias) @ output + output_bias)


def prepare(_, how: str) -> Measure:
    weights = initial()
    x = np.random.default_rng(0).random((1, 784), dtype="float32")

    def call() -> None:
        answer(weights, x).block_until_ready()

    seconds(call)
    return lambda: {"call": 1e6 * seconds(call)}


if __name__ == "__main__":
    serve(prepare)
