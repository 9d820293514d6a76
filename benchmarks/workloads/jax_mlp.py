"""Two dense layers by hand in JAX: the arithmetic of an epoch as one program, nothing around it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

Weights = list[jax.Array]


def initial(inputs: int, hidden: int, outputs: int) -> Weights:
    random = np.random.default_rng(0)

    def glorot(rows: int, columns: int) -> jax.Array:
        limit = np.sqrt(6 / (rows + columns))
        return jnp.asarray(random.uniform(-limit, limit, (rows, columns)), "float32")

    return [glorot(inputs, hidden), jnp.zeros(hidden), glorot(hidden, outputs), jnp.zeros(outputs)]


def logits(weights: Weights, x: jax.Array) -> jax.Array:
    hidden, hidden_bias, output, output_bias = weights
    return jax.nn.relu(x @ hidden + hidden_bias) @ output + output_bias


def trainer(
    loss: Callable[..., tuple[jax.Array, jax.Array]],
    update: Callable[[Weights, Any, Weights], tuple[Weights, Any]],
    weights: Weights,
    slots: Any,
    data: tuple[np.ndarray, np.ndarray],
    batch: int,
) -> Callable[[], None]:
    """A shuffled epoch, its loss and accuracy read at the end.

    `loss(weights, x, y)` is a mean and the count of right answers, `update(weights, slots,
    gradients)` the weights and slots that follow.
    """
    x, y = map(jnp.asarray, data)
    random = np.random.default_rng(0)
    trained = weights, slots

    @partial(jax.jit, donate_argnums=0)
    def epoch(trained, x, y, order):
        def step(state, rows):
            weights, slots, total, right = state
            graded = jax.value_and_grad(loss, has_aux=True)
            (value, correct), gradients = graded(weights, x[rows], y[rows])
            sums = total + value * len(rows), right + correct
            return (*update(weights, slots, gradients), *sums), None

        full = len(order) // batch * batch
        state = *trained, jnp.zeros(()), jnp.zeros((), int)
        state, _ = jax.lax.scan(step, state, order[:full].reshape(-1, batch))
        return step(state, order[full:])[0] if full < len(order) else state

    def fit() -> None:
        nonlocal trained
        order = random.permutation(len(x)).astype("int32")
        *trained, total, right = epoch(tuple(trained), x, y, order)
        jax.device_get((total, right))

    return fit
