"""Loops over time, the engine of recurrent layers."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax


def scan_time(
    step: Callable,
    inputs: Any,
    states: list,
    mask: Any = None,
    go_backwards: bool = False,
    unroll: bool = False,
    zero_output_for_mask: bool = False,
    return_all_outputs: bool = True,
) -> tuple[Any, Any, list]:
    """Run `step(x_t, states) -> (output_t, states)` over axis 1 of `inputs` (batch, time, ...).

    Where `mask` (batch, time) is False the states stay, and the output is the previous one (or
    zero). Returns `(last_output, outputs, states)`; `outputs` has only the last step unless all
    are asked for. `go_backwards` starts at the end, and gives outputs in that order.
    """
    xs = jax.tree.map(lambda x: jnp.moveaxis(x, 1, 0), (inputs, mask))
    if go_backwards:
        xs = jax.tree.map(lambda x: jnp.flip(x, 0), xs)
    length = jax.tree.leaves(xs)[0].shape[0]
    if length == 0:
        raise ValueError("A recurrent layer needs at least one time step; the input has none.")
    first = jax.tree.map(lambda x: x[0], xs)
    shape = jax.eval_shape(lambda x, s: step(x, s)[0], first[0], states)
    previous = jnp.zeros(shape.shape, shape.dtype) if mask is not None else ()

    def body(carry, x):
        previous, states = carry
        (x, kept) = x
        output, new = step(x, states)
        new = [n.astype(s.dtype) for n, s in zip(new, states, strict=True)]
        if kept is None:
            return ((), new), output if return_all_outputs else ()
        new = [jnp.where(_align(kept, n), n, s) for n, s in zip(new, states, strict=True)]
        shown = jnp.where(_align(kept, output), output, previous)
        hidden = jnp.zeros_like(output) if zero_output_for_mask else previous
        emitted = jnp.where(_align(kept, output), output, hidden)
        return (shown, new), emitted if return_all_outputs else ()

    if not return_all_outputs and mask is None:
        # The last output comes from the last step alone: keep no others.
        (_, states), _ = _loop(body, (previous, states), jax.tree.map(lambda x: x[:-1], xs), unroll)
        last, new = step(jax.tree.map(lambda x: x[-1], xs)[0], states)
        return last, last[:, None], list(new)
    (shown, states), outputs = _loop(body, (previous, states), xs, unroll)
    if not return_all_outputs:
        return shown, shown[:, None], states
    outputs = jnp.moveaxis(outputs, 0, 1)
    return (outputs[:, -1] if mask is None else shown), outputs, states


def _align(mask, x):
    return mask.reshape(mask.shape + (1,) * (x.ndim - mask.ndim)).astype(bool)


def _loop(body, carry, xs, unroll):
    length = jax.tree.leaves(xs)[0].shape[0]
    return lax.scan(body, carry, xs, unroll=max(length, 1) if unroll else 1)
