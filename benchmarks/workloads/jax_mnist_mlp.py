"""mnist_mlp by hand in JAX."""

import math

import jax
import jax.numpy as jnp

from benchmarks.workloads.data import mnist
from benchmarks.workloads.jax_mlp import initial, logits, trainer
from benchmarks.workloads.mnist_mlp import BATCH
from benchmarks.workloads.serve import Measure, seconds, serve

RATE, RHO, EPSILON = 1e-3, 0.9, 1e-7


def loss(weights, x, y):
    answers = logits(weights, x)
    right = jnp.sum(answers.argmax(-1) == y.argmax(-1))
    return -jnp.mean(jnp.sum(y * jax.nn.log_softmax(answers), axis=-1)), right


def rmsprop(weights, velocities, gradients):
    """As Keras defines it."""
    velocities = [RHO * v + (1 - RHO) * g * g for v, g in zip(velocities, gradients, strict=True)]
    moved = zip(weights, velocities, gradients, strict=True)
    return [w - RATE * g * jax.lax.rsqrt(v + EPSILON) for w, v, g in moved], velocities


def prepare(_, epochs: int) -> Measure:
    data, weights = mnist(), initial(784, 512, 10)
    fit = trainer(loss, rmsprop, weights, [jnp.zeros_like(w) for w in weights], data, BATCH)
    fit()
    return lambda: {"step": 1e6 * seconds(fit) / math.ceil(len(data[0]) / BATCH)}


if __name__ == "__main__":
    serve(prepare)
