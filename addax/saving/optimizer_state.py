"""The state of tf.keras's and Keras 2's optimizers, in the order that Keras 3 has."""

from itertools import chain
from typing import Any

import numpy as np

from addax.optimizers import Nadam
from addax.saving.guard import Stored


def by_weight(optimizer: Any, names: list[str], state: list[Stored], count: int) -> list[Stored]:
    """State that lists one slot of all `count` weights after the other, by our groups of slots.

    tf.keras's later optimizers, whose counter is called "iteration", have our order already.
    """
    counters = [t for t in state if t.shape == ()]
    rest = [(n, t) for n, t in zip(names, state, strict=True) if t.shape != ()]
    slots: dict[Any, list[Stored]] = {}
    for i, (name, tensor) in enumerate(rest):
        last = name.rsplit("/", 1)[-1].split(":")[0]
        slots.setdefault(i // max(count, 1) if "Variable" in last else last, []).append(tensor)
    groups = [group.split() for group in optimizer.slots]
    wanted = list(chain.from_iterable(groups))
    full = [column for column in slots.values() if len(column) == count]
    if "iteration" in names[0] or len(full) < len(wanted):
        return state
    held = dict(zip(wanted, full, strict=False))
    return counters[:1] + [held[s][i] for group in groups for i in range(count) for s in group]


def in_todays_order(optimizer: Any, stored: dict[str, Stored]) -> dict[str, Stored]:
    """With the numbers that tf.keras did not store: learning rate, products, unused ones."""
    own = list(optimizer.variables)
    state = [stored[key] for key in sorted(stored, key=lambda k: int(k) if k.isdigit() else -1)]
    has_rate = len(state) > 1 and state[1].shape == ()
    if not state or has_rate or len(state) == len(own):
        return stored
    rest = iter(state[1:] if optimizer.slots else ())
    first: list[Stored | None] = [state[0]]
    for variable in own[1:]:
        first.append(
            _filled(optimizer, variable, state[0]) if not variable.shape else next(rest, None)
        )
    known = {str(i): tensor for i, tensor in enumerate(first) if tensor is not None}
    return known if len(known) == len(own) and next(rest, None) is None else stored


def _filled(optimizer: Any, variable: Any, steps: Stored) -> Stored:
    if isinstance(optimizer, Nadam) and variable is optimizer._u_product:
        read = lambda: _momentum_product(optimizer, int(steps.read()))  # noqa: E731
    else:
        read = variable.numpy
    return Stored((), variable.dtype, 4, read)


def _momentum_product(optimizer: Any, steps: int) -> np.ndarray:
    t = np.arange(1, steps + 1)
    return np.prod(optimizer.beta_1 * (1 - 0.5 * 0.96**t)).astype("float32")
