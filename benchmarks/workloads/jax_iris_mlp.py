"""iris_mlp by hand in JAX."""

import jax
import jax.numpy as jnp

from benchmarks.workloads.data import flowers
from benchmarks.workloads.iris_mlp import BATCH, ROWS
from benchmarks.workloads.jax_mlp import initial, logits, trainer
from benchmarks.workloads.serve import Measure, seconds, serve

RATE, BETA_1, BETA_2, EPSILON = 1e-3, 0.9, 0.999, 1e-7


def loss(weights, x, y):
    answers = logits(weights, x)[:, 0]
    costs = jax.nn.softplus(answers) - y * answers  # binary cross-entropy of logits
    return jnp.mean(costs), jnp.sum((answers > 0) == (y > 0))


def adam(weights, slots, gradients):
    """As Keras defines it."""
    count, means, squares = slots
    count += 1
    means = [BETA_1 * m + (1 - BETA_1) * g for m, g in zip(means, gradients, strict=True)]
    squares = [BETA_2 * s + (1 - BETA_2) * g * g for s, g in zip(squares, gradients, strict=True)]
    rate = RATE * jnp.sqrt(1 - BETA_2**count) / (1 - BETA_1**count)
    moved = zip(weights, means, squares, strict=True)
    moved = [w - rate * m / (jnp.sqrt(s) + EPSILON) for w, m, s in moved]
    return moved, (count, means, squares)


def prepare(_) -> Measure:
    weights = initial(4, 10, 1)
    slots = jnp.zeros(()), *([jnp.zeros_like(w) for w in weights] for _ in range(2))
    fit = trainer(loss, adam, weights, slots, flowers(ROWS), BATCH)
    fit()
    return lambda: {"step": 1e6 * seconds(fit) / (ROWS // BATCH)}


if __name__ == "__main__":
    serve(prepare)
