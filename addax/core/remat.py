"""Rematerialization: what a function computed is computed again for its gradient, not kept.

It spends time to save memory (Chen et al. 2016, https://arxiv.org/abs/1604.06174).
"""

import functools
import math
from collections.abc import Callable, Iterable
from typing import Any

import jax
import numpy as np

from addax.core import tree
from addax.core.scope import Scope, StatelessScope
from addax.core.symbol import infer
from addax.core.variable import Variable

MODES = ("full", "activations", "larger_than", "list_of_layers", None)


class RematScope(Scope):
    """Operations and layers made inside are rematerialized when they are called, wherever that is.

    `mode`: "full" all of them; "activations" only the `activation` of layers; "larger_than" those
    whose outputs have more than `output_size_threshold` elements; "list_of_layers" the layers named
    in `layer_names`; None nothing. The innermost scope counts.
    """

    def __init__(
        self,
        mode: str | None = "full",
        output_size_threshold: int = 1024,
        layer_names: Iterable[str] | None = None,
    ):
        if mode not in MODES:
            raise ValueError(f"The mode of a RematScope is one of {MODES}; received {mode!r}.")
        self.mode = mode
        self.output_size_threshold = output_size_threshold
        self.layer_names = list(layer_names or ())

    def apply(self, operation: Any, fn: Callable, args: tuple, kwargs: dict) -> Any:
        """`fn(*args, **kwargs)`, rematerialized if `operation` is meant."""
        activation = getattr(operation, "activation", None)
        if self.mode == "activations" and callable(activation):
            operation.__dict__["activation"] = remat(activation)
            try:
                return fn(*args, **kwargs)
            finally:
                operation.__dict__["activation"] = activation
        meant = self.mode == "full" or (
            operation.name in self.layer_names
            if self.mode == "list_of_layers"
            else self.mode == "larger_than" and self._is_large(fn, args, kwargs)
        )
        return (remat(fn) if meant else fn)(*args, **kwargs)

    def _is_large(self, fn: Callable, args: tuple, kwargs: dict) -> bool:
        shapes = [x.shape for x in tree.flatten(infer(fn, args, kwargs)) if x is not None]
        return sum(map(math.prod, shapes)) > self.output_size_threshold


def remat(f: Callable) -> Callable:
    """`f`, of which no intermediate result is kept for the gradient.

    Arrays among its arguments are differentiated, other arguments are fixed. Variables that `f`
    assigns inside a `StatelessScope`, and losses that it adds, come out as they would without.
    """

    @functools.wraps(f, updated=())
    def call(*args, **kwargs):
        leaves, structure = tree.flatten_with_structure((args, kwargs))
        places = [i for i, leaf in enumerate(leaves) if _is_array(leaf)]
        outer = StatelessScope.current()

        def pure(arrays):
            filled = dict(enumerate(leaves)) | dict(zip(places, arrays, strict=True))
            positional, named = tree.unflatten(structure, filled.values())
            if outer is None:
                return f(*positional, **named), {}, []
            with StatelessScope(collect_losses=outer.collect_losses) as inner:
                inner.state_mapping.update(outer.state_mapping)
                result = f(*positional, **named)
            before, after = outer.state_mapping, inner.state_mapping
            return result, {k: v for k, v in after.items() if before.get(k) is not v}, inner.losses

        result, updates, losses = jax.checkpoint(pure)([_value(leaves[i]) for i in places])
        if outer is not None:
            outer.state_mapping.update(updates)
            outer.losses.extend(losses)
        return result

    return call


def _is_array(x: Any) -> bool:
    return isinstance(x, (jax.Array, np.ndarray, Variable))


def _value(x: Any) -> Any:
    return x.value if isinstance(x, Variable) else x
