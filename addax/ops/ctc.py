"""Connectionist temporal classification (Graves et al. 2006): loss, and decoding of its outputs."""

from typing import Literal

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax, nn

from addax.core.symbol import KerasTensor
from addax.core.types import Array, Tensor
from addax.ops.build import as_tensor, op, op_or

NEVER = -1e5  # logarithm of a probability that counts as 0; finite, so that gradients are


def _shift(x, n):
    """`x` moved by `n` along the last axis, NEVER coming in."""
    return jnp.pad(x, ((0, 0), (n, 0)), constant_values=NEVER)[:, : x.shape[1]]


def _spec(target, output, target_length, output_length, mask_index=0):
    sizes = {np.shape(x)[:1] for x in (target, output, target_length, output_length)}
    return KerasTensor(sizes.pop()) if len(sizes) == 1 else None


@op_or(_spec)
def ctc_loss(
    target: Tensor,
    output: Tensor,
    target_length: Tensor,
    output_length: Tensor,
    mask_index: int = 0,
) -> Array:
    """Negative log likelihood of labels, summed over all alignments, one per example.

    target (batch, labels), output logits (batch, time, classes), lengths (batch,);
    `mask_index` is the class of the blank.
    """
    target = as_tensor(target, "int32")
    output = as_tensor(output)
    log_p = nn.log_softmax(output.astype(jnp.promote_types(output.dtype, "float32")))
    target_length = as_tensor(target_length, "int32")
    output_length = as_tensor(output_length, "int32")

    # States: blank, label, blank, label, ..., blank.
    blank = jnp.full_like(target, mask_index)
    states = jnp.pad(
        jnp.stack([blank, target], axis=-1).reshape(target.shape[0], -1),
        ((0, 0), (0, 1)),
        constant_values=mask_index,
    )  # (batch, 2 * labels + 1)
    # A blank may be skipped between two labels that differ.
    label = jnp.arange(states.shape[1]) % 2 == 1
    skips = label & (states != jnp.pad(states, ((0, 0), (2, 0)))[:, : states.shape[1]])
    emitted = jnp.take_along_axis(log_p, states[:, None, :], axis=2)  # (batch, time, states)

    def step(alpha, x):
        log_emit, running = x
        skipped = jnp.where(skips, _shift(alpha, 2), NEVER)
        reached = jnp.logaddexp(jnp.logaddexp(alpha, _shift(alpha, 1)), skipped) + log_emit
        return jnp.where(running[:, None], reached, alpha), None

    start = jnp.full(states.shape, NEVER, log_p.dtype).at[:, 0].set(0.0)
    running = jnp.arange(output.shape[1])[:, None] < output_length
    alpha, _ = lax.scan(step, start, (jnp.moveaxis(emitted, 1, 0), running))
    ends = jnp.stack([2 * target_length, jnp.maximum(2 * target_length - 1, 0)], axis=1)
    final = jnp.take_along_axis(alpha, ends, axis=1)
    return -jnp.where(target_length > 0, jnp.logaddexp(final[:, 0], final[:, 1]), final[:, 0])


@op
def ctc_decode(
    inputs: Tensor,
    sequence_lengths: Tensor,
    strategy: Literal["greedy", "beam_search"] | str = "greedy",
    beam_width: int = 100,
    top_paths: int = 1,
    merge_repeated: bool = True,
    mask_index: int | None = 0,
) -> tuple[Array, Array]:
    """The likeliest labels: (batch, time, classes) -> labels (paths, batch, time), scores.

    Labels end in -1. `strategy` "greedy": the best class of each step, the score is minus the
    sum of their outputs, (batch, 1); "beam_search": the score is the log likelihood,
    (batch, top_paths).
    """
    x = as_tensor(inputs)
    x = x.astype(jnp.promote_types(x.dtype, "float32"))
    blank = x.shape[2] - 1 if mask_index is None else mask_index
    running = jnp.arange(x.shape[1]) < as_tensor(sequence_lengths, "int32")[:, None]
    if strategy == "greedy":
        return _greedy(x, running, blank, merge_repeated)
    if strategy != "beam_search":
        raise ValueError(f'strategy is "greedy" or "beam_search"; received {strategy!r}.')
    search = jax.vmap(lambda x, running: _beam_search(x, running, blank, beam_width, top_paths))
    labels, scores = search(nn.log_softmax(x), running)
    return jnp.moveaxis(labels, 1, 0), scores


def _greedy(x, running, blank, merge_repeated):
    best = jnp.where(running, jnp.argmax(x, axis=-1), blank)  # (batch, time)
    if merge_repeated:
        repeated = jnp.pad(best[:, 1:] == best[:, :-1], ((0, 0), (1, 0)))
        best = jnp.where(repeated, blank, best)
    labels = jnp.where(best == blank, -1, best)
    order = jnp.argsort(labels == -1, axis=-1, stable=True)
    score = -jnp.sum(jnp.where(running, jnp.max(x, axis=-1), 0.0), axis=1, keepdims=True)
    return jnp.take_along_axis(labels, order, axis=-1)[None], score


def _beam_search(log_p, running, blank, width, top_paths):
    """Search of prefixes: each keeps the log likelihoods to end in a blank, and in its label.

    log_p (time, classes) -> labels (top_paths, time), scores (top_paths,).
    """
    time = log_p.shape[0]
    never = -jnp.inf
    labels = jnp.full((width, time), -1, "int32")
    ends_blank = jnp.full(width, never, log_p.dtype).at[0].set(0.0)
    beam = (labels, jnp.zeros(width, "int32"), ends_blank, jnp.full_like(ends_blank, never))

    def step(beam, x):
        log_q, runs = x
        return lax.cond(runs, lambda b: _extend(b, log_q, blank), lambda b: b, beam), None

    (labels, _, in_blank, in_label), _ = lax.scan(step, beam, (log_p, running))
    scores, order = lax.top_k(jnp.logaddexp(in_blank, in_label), top_paths)
    return labels[order], scores


def _extend(beam, log_q, blank):
    labels, length, in_blank, in_label = beam
    width, time = labels.shape
    total = jnp.logaddexp(in_blank, in_label)
    last = jnp.where(length > 0, labels[jnp.arange(width), length - 1], -1)

    # A prefix grows by a class, after a blank only if it is its last one.
    classes = jnp.arange(log_q.shape[0])
    repeats = classes == last[:, None]
    grown = jnp.where(repeats, in_blank[:, None], total[:, None]) + log_q  # (width, classes)
    grown = grown.at[:, blank].set(-jnp.inf)

    # What grows into a prefix that is in the beam already is added to it.
    head = jnp.where(jnp.arange(time) < length[:, None] - 1, labels, -1)
    parent = (head[:, None] == labels).all(-1) & (length[:, None] == length + 1)
    alive = total > -jnp.inf
    parent = parent & alive & alive[:, None]  # (child, parent)
    inherited = jnp.where(parent, grown[:, last].T, -jnp.inf).max(axis=1)
    taken = (parent[:, :, None] & (classes == last[:, None, None])).any(0)
    grown = jnp.where(taken, -jnp.inf, grown)
    stay_label = jnp.where(last >= 0, in_label + log_q[last], -jnp.inf)
    stay = (total + log_q[blank], jnp.logaddexp(stay_label, inherited))

    scores = jnp.concatenate([jnp.logaddexp(*stay), grown.ravel()])
    _, best = lax.top_k(scores, width)
    grows = best >= width
    source = jnp.where(grows, (best - width) // log_q.shape[0], best)
    added = jnp.where(grows, (best - width) % log_q.shape[0], -1)
    at_end = jnp.arange(time) == length[source][:, None]
    return (
        jnp.where(grows[:, None] & at_end, added[:, None], labels[source]).astype("int32"),
        length[source] + grows,
        jnp.where(grows, -jnp.inf, stay[0][source]),
        jnp.where(grows, grown.ravel()[best - width], stay[1][source]),
    )
