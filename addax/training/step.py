"""One step of training, testing and predicting, and the programs that run many of them.

A program is a pure function of the state: four tuples of arrays (trainable, non-trainable,
optimizer, metrics) and a watch that remembers the first step whose loss was not finite. The object
graph is walked while a program is traced, never while it runs.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.core.errors import explained
from addax.core.scope import ChanceScope, StatelessScope
from addax.core.seeds import NO_CHANCE
from addax.runtime import before_compiling
from addax.runtime.xla import late_options
from addax.training.flags import compiled_flags
from addax.training.sources import pack

NEVER = np.iinfo(np.int32).max


class State(NamedTuple):
    """The values that a step takes and gives back."""

    trainable: tuple
    non_trainable: tuple
    optimizer: tuple
    metrics: tuple
    watch: tuple = (np.int32(0), np.int32(NEVER))  # steps so far; the first that was not finite
    chance: Any = NO_CHANCE  # where random operations without a seed go on


# What a program of this kind changes. It takes these arrays over, but for the metrics: so that the
# same zeros can start every epoch.
MOVING = {"train": ("trainable", "non_trainable", "optimizer", "watch"), "test": ("non_trainable",)}


class Variables(NamedTuple):
    """The variables behind a State's first four parts."""

    trainable: list
    non_trainable: list
    optimizer: list
    metrics: list

    def read(self) -> State:
        """Their values; the state takes over the arrays."""
        return State(*[tuple([v.raw for v in part]) for part in self])

    def write(self, values: dict[str, tuple]) -> None:
        """Give the variables these values."""
        for name, part in zip(self._fields, self, strict=True):
            for variable, value in zip(part, values.get(name, ()), strict=False):
                variable._value = value


def train_update(session: Any, state: State, batch: Any) -> State:
    """The default training step: loss, gradients, update, metrics."""
    x, y, sample_weight = batch

    def loss_of(trainable):
        return forward(session, trainable, state, x, y, sample_weight)

    grads, (loss, non_trainable, metrics) = jax.grad(loss_of, has_aux=True)(state.trainable)
    trainable, optimizer = session.model.optimizer.stateless_apply(
        list(state.optimizer), list(grads), list(state.trainable)
    )
    watch = _watch(state.watch, loss)
    return State(tuple(trainable), non_trainable, tuple(optimizer), metrics, watch, state.chance)


def forward(
    session: Any,
    trainable: Any,
    state: State,
    x: Any,
    y: Any,
    sample_weight: Any,
    training: bool = True,
):
    """The (scaled) loss to differentiate; the plain loss, states and metrics beside it."""
    model, variables = session.model, session.step_variables()
    mapping = [
        *zip(variables.trainable, trainable, strict=True),
        *zip(variables.non_trainable, state.non_trainable, strict=True),
        *zip(variables.metrics, state.metrics, strict=True),
        *zip(variables.optimizer, state.optimizer, strict=False),
    ]
    with StatelessScope(mapping, collect_losses=True) as scope:
        y_pred = model(x, training=training)
        loss = session.loss_and_metrics(x, y, y_pred, sample_weight, training)
        scaled = loss
        if training and model.optimizer is not None:
            scaled = model.optimizer.scale_loss(loss)
        non_trainable = tuple([scope.get_current_value(v) for v in variables.non_trainable])
        metrics = tuple([scope.get_current_value(v) for v in variables.metrics])
    return scaled, (loss, non_trainable, metrics)


def test_update(session: Any, state: State, batch: Any) -> State:
    """The default test step: loss and metrics."""
    x, y, sample_weight = batch
    _, (_, _, metrics) = forward(
        session, state.trainable, state, x, y, sample_weight, training=False
    )
    return state._replace(metrics=metrics)


def _watch(watch: tuple, loss: Any) -> tuple:
    step, first = watch
    bad = ~jnp.isfinite(loss)
    return step + 1, jnp.where(bad & (first == NEVER), step, first)


def results(session: Any, metrics: tuple) -> dict[str, Any]:
    """The logs that these values of the metric variables mean."""
    with StatelessScope(zip(session.step_variables().metrics, metrics, strict=True)):
        return session.results()


def user_step(session: Any, method: str, has_optimizer: bool) -> Callable | None:
    """A `train_step(state, data)` that the user's class defines, as a function of State."""
    own = session.hook(method)
    if own is None:
        return None
    if is_stateful(own):
        return functools.partial(stateful_step, session, own)

    def step(state: State, batch: Any) -> tuple[dict, State]:
        parts = [list(p) for p in state[:4]]
        if not has_optimizer:
            del parts[2]
        logs, new = own(tuple(parts), pack(*batch))
        new = [tuple(p) for p in new]
        if not has_optimizer:
            new.insert(2, state.optimizer)
        return spread(logs), State(*new, watch=state.watch, chance=state.chance)

    return step


def is_stateful(own: Any) -> bool:
    """Whether a step of the user's is `train_step(self, data)`, which assigns to variables."""
    if own is None:
        return False
    kinds = [p.kind for p in inspect.signature(own).parameters.values()]
    return kinds == [inspect.Parameter.POSITIONAL_OR_KEYWORD]  # `*args` takes a state, too


def stateful_step(session: Any, own: Any, state: State, batch: Any) -> tuple[dict, State]:
    """Run such a step on a state, as a pure function."""
    variables = session.step_variables()
    mapping = [
        pair
        for part, values in zip(variables, state, strict=False)
        for pair in zip(part, values, strict=False)
    ]
    with explained(), StatelessScope(mapping, collect_losses=True) as scope:
        logs = own(pack(*batch))
        new = [tuple([scope.get_current_value(v) for v in part]) for part in variables]
    new = [after or before for after, before in zip(new, state, strict=False)]
    logs = {name: jnp.asarray(value) for name, value in spread(logs or {}).items()}
    return logs, State(*new, watch=state.watch, chance=state.chance)


def spread(logs: dict[str, Any]) -> dict[str, Any]:
    """Logs without inner dictionaries: the compiled metrics, as one, have their results in one."""
    flat: dict[str, Any] = {}
    for name, value in logs.items():
        flat |= spread(value) if isinstance(value, dict) else {name: value}
    return flat


def take_batch(data: Any, order: Any, index: Any, size: int) -> Any:
    """Batch `index`: rows by `order`, or as they stand."""
    if order is None:
        return jax.tree.map(lambda a: lax.dynamic_slice_in_dim(a, index * size, size), data)
    picked = lax.dynamic_slice_in_dim(order, index * size, size)
    return jax.tree.map(lambda a: a.at[picked].get(mode="promise_in_bounds"), data)


def make_program(session: Any, kind: str, size: int) -> Callable:
    """A jitted function that makes `count` steps from batch `start` on, and the logs after them.

    `program(moving, held, data, order, start, count) -> (logs, moved)`: the dictionaries are the
    two halves of the state; the arrays in `moving` are given up, `moved` has new metrics too, and
    `chance` if there are random operations without a seed.
    """
    before_compiling()
    update = {"train": train_update, "test": test_update}[kind]
    custom = user_step(session, f"{kind}_step", has_optimizer=kind == "train")

    placing = session.placing()

    def one(step, state, batch):
        if placing is not None:
            batch = placing.split(batch)
        with ChanceScope(state.chance) as scope:
            logs, state = step(state, batch)
        session.draws[kind] = scope.count > 0
        if placing is not None:
            state = placing.keep(session.step_variables(), state)
        return logs, state._replace(chance=scope.after(scope.count))

    def program(moving, held, data, order, start, count):
        with explained(), compiled_flags(session.model, session.flags):
            return steps(State(**moving, **held), moving, data, order, start, count)

    def steps(state, moving, data, order, start, count):
        if custom is not None:
            step = functools.partial(one, custom)
            logs, state = _run_custom(step, state, data, order, start, count, size)
        else:

            def body(i, state):
                batch = take_batch(data, order, i, size)
                return one(lambda *now: (None, update(session, *now)), state, batch)[1]

            state = lax.fori_loop(start, start + count, body, state)
            logs = results(session, state.metrics)
        if placing is not None:  # a loop may lay out its results in its own way
            state = placing.keep(session.step_variables(), state)
        changed = (*moving, "metrics", *(["chance"] if session.draws[kind] else []))
        return logs, {name: getattr(state, name) for name in changed}

    return jax.jit(program, donate_argnums=0, compiler_options=late_options())


def _run_custom(step, state, data, order, start, count, size):
    logs, state = step(state, take_batch(data, order, start, size))

    def body(i, carry):
        return step(carry[1], take_batch(data, order, i, size))

    return lax.fori_loop(start + 1, start + count, body, (logs, state))
