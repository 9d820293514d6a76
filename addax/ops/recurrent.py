"""Loops over time, and the gates of recurrent cells."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from addax.ops.cpu.convolution import CONV
from addax.ops.cpu.gates import side_by_side as side_by_side
from addax.ops.cpu.gates import squash as squash
from addax.ops.cpu.platform import is_portable, on_cpu


def scan_time(
    project: Callable | None,
    step: Callable,
    inputs: Any,
    states: Any,
    mask: Any = None,
    go_backwards: bool = False,
    unroll: bool = False,
    zero_output_for_mask: bool = False,
    return_all_outputs: bool = True,
) -> tuple[Any, Any]:
    """Run `step(project(x_t), states) -> (output_t, states)` over axis 1 of (batch, time, ...).

    `project`, if any, does not depend on the states. Where `mask` (batch, time) is False the
    states stay, and the output is the previous one (or zero). Returns the outputs of all steps,
    or the last step's alone, and the final states. `go_backwards` starts at the end, and gives
    outputs in that order.
    """
    xs = jax.tree.map(lambda x: jnp.moveaxis(x, 1, 0), (inputs, mask))
    if go_backwards:
        xs = jax.tree.map(lambda x: jnp.flip(x, 0), xs)
    length = jax.tree.leaves(xs)[0].shape[0]
    if project is not None:
        if on_cpu():
            # Projecting all steps at once writes and reads gates times the width of the states
            # for all steps: on CPUs the memory costs more than the larger product saves.
            step = _kept_products(project, step)
        else:
            xs = (jax.vmap(project)(xs[0]), xs[1])
    body = _body(step, jax.tree.structure(states), zero_output_for_mask)
    carry = (_nothing_yet(step, xs, states) if mask is not None else (), states)

    keeps_all = return_all_outputs or is_portable()  # one step less may be none, of unknown many

    def run(carry, x):
        carry, output = body(carry, x)
        return carry, output if keeps_all else ()

    if keeps_all:
        (_, states), outputs = _loop(run, carry, xs, length, unroll)
        if not return_all_outputs:
            return jax.tree.map(lambda y: y[-1], outputs), states
        return jax.tree.map(lambda y: jnp.swapaxes(y, 0, 1), outputs), states
    # The last output comes from the last step alone: keep no others.
    carry, _ = _loop(run, carry, jax.tree.map(lambda x: x[:-1], xs), length - 1, unroll)
    (_, states), output = body(carry, jax.tree.map(lambda x: x[-1], xs))
    return output, states


def _kept_products(project, step):
    """`project` inside the loop; for the gradient only the products are stored."""

    def whole(x, states):
        return step(project(x), states)

    def stored(primitive, *_, **__):
        return primitive.name in ("dot_general", CONV)

    return jax.checkpoint(whole, policy=stored, prevent_cse=False)


def _nothing_yet(step, xs, states):
    """What a masked first step gives: the first state if it is like an output, else zeros."""
    x = jax.tree.map(lambda x: x[0], xs[0])
    output = jax.eval_shape(lambda x, s: step(x, s)[0], x, states)
    first = jax.tree.leaves(states[0])[0]
    if hasattr(output, "shape") and (first.shape, first.dtype) == (output.shape, output.dtype):
        return first
    return jax.tree.map(lambda y: jnp.zeros(y.shape, y.dtype), output)


def _body(step, structure, zero_output_for_mask):
    def body(carry, x):
        previous, states = carry
        x, kept = x
        output, new = step(x, states)
        old = jax.tree.leaves(states)
        new = [n.astype(s.dtype) for n, s in zip(jax.tree.leaves(new), old, strict=True)]
        if kept is None:
            return ((), jax.tree.unflatten(structure, new)), output
        new = [jnp.where(_align(kept, n), n, s) for n, s in zip(new, old, strict=True)]
        shown = _where(kept, output, previous)
        hidden = jax.tree.map(jnp.zeros_like, output)
        emitted = _where(kept, output, hidden) if zero_output_for_mask else shown
        return (shown, jax.tree.unflatten(structure, new)), emitted

    return body


def _where(mask, new, old):
    return jax.tree.map(lambda n, o: jnp.where(_align(mask, n), n, o), new, old)


def _align(mask, x):
    return mask.reshape(mask.shape[:1] + (1,) * (x.ndim - 1)).astype(bool)


def _loop(body, carry, xs, length, unroll):
    given = None if jax.tree.leaves(xs) else length  # the length may be unknown: see PortableScope
    return lax.scan(body, carry, xs, given, unroll=max(length, 1) if unroll else 1)
