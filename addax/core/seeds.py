"""`SeedGenerator`: a counter that gives each random operation its own seed."""

import random as python_random
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer

from addax.core.scope import ChanceScope, SymbolicScope, auto_name, name_scope
from addax.core.tracking import Trackable
from addax.core.variable import Variable
from addax.runtime import start


def make_default_seed() -> int:
    """A seed from Python's generator, which `utils.set_random_seed` sets."""
    return python_random.randint(1, int(1e9))


class SeedGenerator(Trackable):
    """A stream of seeds: `next()` gives `[seed, counter]` and counts on.

    Kept as an attribute of a layer, its state is part of the layer's variables, so that compiled
    programs draw new numbers at each step and a saved model goes on where it was.
    """

    def __init__(self, seed: int | None = None, name: str | None = None, **kwargs: Any):
        if kwargs:
            raise ValueError(f"SeedGenerator takes no arguments named {', '.join(kwargs)}.")
        if seed is not None and not isinstance(seed, (int, np.integer)):
            raise ValueError(f"seed is an integer or None; received {seed!r}.")
        self.name = name or auto_name(type(self).__name__)
        self._initial_seed = None if seed is None else int(seed)
        start = make_default_seed() if seed is None else int(seed)
        with name_scope(self.name, caller=self):
            self.state = Variable(
                np.array([start & 0xFFFFFFFF, 0], "uint32"),
                trainable=False,
                name="seed_generator_state",
            )

    def next(self, ordered: bool = True):
        """The current seed, uint32 of shape (2,); the state moves on."""
        seed = self.state.value
        step = jnp.asarray(np.array([0, 1], "uint32"))
        self.state.assign(seed + step if ordered else (seed + 1) * 5387 % 933199)
        return seed

    def get_config(self) -> dict:
        return {"seed": self._initial_seed, "name": self.name}

    @classmethod
    def from_config(cls, config: dict) -> "SeedGenerator":
        return cls(**config)


_global: list[SeedGenerator] = []


def global_seed_generator() -> SeedGenerator:
    """The stream behind `seed=None`."""
    if not _global:
        _global.append(SeedGenerator())
    return _global[0]


NO_CHANCE = np.zeros(2, "uint32")  # for programs that draw nothing from the global stream


def global_state() -> Any:
    """Where the global stream stands, or would start if something were drawn now."""
    if _global:
        return _global[0].state.raw
    ahead = python_random.Random(0)
    ahead.setstate(python_random.getstate())
    return np.array([ahead.randint(1, int(1e9)), 0], "uint32")


def continue_global_stream(state: Any) -> None:
    """A program has drawn from the global stream, which now stands at `state`."""
    global_seed_generator().state._value = state


def reset_global_seed_generator() -> None:
    """Start the global stream again, from Python's generator."""
    _global.clear()


def draw_seed(seed: Any):
    """A key of shape (2,) from an integer, a SeedGenerator, an array, or None."""
    start()
    if isinstance(seed, SeedGenerator):
        return seed.next()
    if isinstance(seed, (int, np.integer)):
        return np.array([int(seed) & 0xFFFFFFFF, 0], "uint32")
    if isinstance(seed, (jax.Array, np.ndarray)):
        return seed
    if seed is not None:
        raise ValueError(f"seed is an integer, a SeedGenerator or None; received {seed!r}.")
    generator = global_seed_generator()
    if SymbolicScope.current() is None and (scope := ChanceScope.current()) is not None:
        return scope.next()
    if SymbolicScope.current() is None and isinstance(jnp.ones(()), Tracer):
        raise RuntimeError(
            "A random operation without a seed would draw the same numbers in every call of a "
            "function that you compile. Make a SeedGenerator an attribute of the layer or model, "
            "`self.seed_generator = SeedGenerator()`, and pass it as `seed`."
        )
    return generator.next(ordered=False)
