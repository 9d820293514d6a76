"""mnist_mlp by hand in JAX: the arithmetic of an epoch as one program, with nothing around it."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.workloads.data import mnist
from benchmarks.workloads.serve import Measure, seconds, serve

BATCH, RATE, RHO, EPSILON = 128, 1e-3, 0.9, 1e-7


def initial() -> list[jax.Array]:
    random = np.random.default_rng(0)

    def glorot(rows: int, columns: int) -> jax.Array:
        limit = np.sqrt(6 / (rows + columns))
        return jnp.asarray(random.uniform(-limit, limit, (rows, columns)), "float32")

    return [glorot(784, 512), jnp.zeros(512), glorot(512, 10), jnp.zeros(10)]


def loss(weights, x, y):
    hidden, hidden_bias, output, output_bias = weights
    logits = jax.nn.relu(x @ hidden + hidden_bias) @ output + output_bias
    correct = jnp.sum(logits.argmax(-1) == y.argmax(-1))
    return -jnp.mean(jnp.sum(y * jax.nn.log_softmax(logits), axis=-1)), correct


def step(state, x, y):
    """RMSprop as Keras defines it; sums of loss and of correct answers are carried along."""
    weights, velocities, total, right = state
    (value, correct), gradients = jax.value_and_grad(loss, has_aux=True)(weights, x, y)
    velocities = [RHO * v + (1 - RHO) * g * g for v, g in zip(velocities, gradients, strict=True)]
    weights = [
        w - RATE * g * jax.lax.rsqrt(v + EPSILON)
        for w, v, g in zip(weights, velocities, gradients, strict=True)
    ]
    return weights, velocities, total + value * len(x), right + correct


@partial(jax.jit, donate_argnums=0)
def epoch(state, x, y, order):
    full = len(order) // BATCH * BATCH

    def body(state, rows):
        return step(state, x[rows], y[rows]), None

    state, _ = jax.lax.scan(body, state, order[:full].reshape(-1, BATCH))
    return body(state, order[full:])[0] if full < len(order) else state


def prepare(_) -> Measure:
    x, y = map(jnp.asarray, mnist())
    random = np.random.default_rng(0)
    weights = initial()
    trained = weights, [jnp.zeros_like(w) for w in weights]

    def fit() -> None:
        nonlocal trained
        order = random.permutation(len(x)).astype("int32")
        *trained, total, right = epoch((*trained, jnp.zeros(()), jnp.zeros((), int)), x, y, order)
        jax.device_get((total, right))

    fit()
    return lambda: {"step": 1e6 * seconds(fit) / -(-len(x) // BATCH)}


if __name__ == "__main__":
    serve(prepare)
