"""Loops over time, the engine of recurrent layers."""

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.ops.columns import product
from addax.ops.lowering import CONV
from addax.ops.platform import on_processor


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
        if on_processor():
            # Projecting all steps at once writes and reads gates times the width of the states
            # for all steps: on a processor the memory costs more than the larger product saves.
            step = _kept_products(project, step)
        else:
            xs = (jax.vmap(project)(xs[0]), xs[1])
    body = _body(step, jax.tree.structure(states), zero_output_for_mask)
    carry = (_nothing_yet(step, xs, states) if mask is not None else (), states)

    def run(carry, x):
        carry, output = body(carry, x)
        return carry, output if return_all_outputs else ()

    if return_all_outputs:
        (_, states), outputs = _loop(run, carry, xs, length, unroll)
        return jnp.swapaxes(jnp.asarray(outputs), 0, 1), states
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
    output = jax.eval_shape(lambda x, s: step(x, s)[0], xs[0][0], states)
    first = jax.tree.leaves(states[0])[0]
    if first.shape == output.shape and first.dtype == output.dtype:
        return first
    return jnp.zeros(output.shape, output.dtype)


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
        shown = jnp.where(_align(kept, output), output, previous)
        hidden = jnp.zeros_like(output)
        emitted = jnp.where(_align(kept, output), output, hidden) if zero_output_for_mask else shown
        return (shown, jax.tree.unflatten(structure, new)), emitted

    return body


def _align(mask, x):
    return mask.reshape(mask.shape[:1] + (1,) * (x.ndim - 1)).astype(bool)


def _loop(body, carry, xs, length, unroll):
    return lax.scan(body, carry, xs, length, unroll=max(length, 1) if unroll else 1)


# One product of input and state side by side pays for so many multiplications a step, as long as
# the kernels side by side stay in a processor's cache.
LEAST_WORK, MOST_WEIGHTS = 1 << 21, 1 << 18


def side_by_side(batch: int, kernel: Any, recurrent: Any) -> Callable | None:
    """`f(x, h) = x @ kernel + h @ recurrent` as one product, or None where two are as good."""
    size = kernel.size + recurrent.size
    pays = batch * size > LEAST_WORK and size <= MOST_WEIGHTS
    if not (pays and on_processor()):
        return None
    both = jnp.concatenate([kernel, recurrent])
    return lambda x, h: product(jnp.concatenate([x, h], -1), both)


# XLA shares work between cores by the arithmetic that it sees, and in its own tanh it sees none:
# from so many elements on tanh is spelled out, as a rational function of x² times x. The
# coefficients, from the lowest, are a least-squares fit to 1.5e-9 up to 7.9; what tanh still grows
# beyond is five units in the last place.
LEAST_SHARED, TANH_ENDS = 1 << 15, 7.9
ABOVE = (
    0.999999998, 0.131281367, 3.15365333e-3, 1.16895777e-5, -2.25256801e-8, 6.48290809e-11,
    -1.19245891e-13,
)  # fmt: skip
BELOW = (1.0, 0.464614685, 0.0246919092, 2.61933961e-4)


def squash(z: Any, sigmoids: tuple[bool, ...]) -> list:
    """`z` (..., gates * units) split into gates, each through its sigmoid or its tanh.

    One tanh serves all, as sigmoid(x) = (1 + tanh(x / 2)) / 2: a loop over a whole array is
    several times as fast on a processor as one over its slices.
    """
    units = z.shape[-1] // len(sigmoids)
    scale = np.repeat([0.5 if s else 1.0 for s in sigmoids], units)
    shared = z.size >= LEAST_SHARED and z.dtype == jnp.float32 and on_processor()
    tanh = _shared_tanh if shared else jnp.tanh
    parts = jnp.split(tanh(z * scale.astype(z.dtype)), len(sigmoids), -1)
    return [0.5 + 0.5 * p if s else p for p, s in zip(parts, sigmoids, strict=True)]


@jax.custom_jvp
def _shared_tanh(x):
    x = jnp.clip(x, -TANH_ENDS, TANH_ENDS)
    return x * _polynomial(ABOVE, x * x) / _polynomial(BELOW, x * x)


@_shared_tanh.defjvp
def _shared_tanh_tangent(primals, tangents):
    y = _shared_tanh(*primals)
    return y, (1 - y * y) * tangents[0]


def _polynomial(coefficients, x):
    return functools.reduce(lambda y, c: y * x + c, reversed(coefficients))
