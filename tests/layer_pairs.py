"""One layer in Addax and in Keras, with equal weights: for what a row can't say."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from layer_rows import paths, run

import addax


def both(make: Callable, *shapes: tuple, call: Callable | None = None) -> tuple:
    """The layers `make(library)` gives, called on inputs of `shapes`, with equal weights.

    Returns ours, Keras's, and the input (several in a list).
    """
    rng = np.random.default_rng(0)
    made = [rng.normal(size=s).astype("float32") for s in shapes or [(2, 5, 3)]]
    x = made[0] if len(made) == 1 else made
    ours, theirs = make(addax), make(keras)
    call = call or (lambda layer, x: layer(x))
    call(ours, x), call(theirs, x)
    assert paths(ours) == paths(theirs)
    values = [rng.uniform(-0.5, 0.5, w.shape).astype("float32") for w in theirs.get_weights()]
    ours.set_weights(values), theirs.set_weights(values)
    return ours, theirs, x


def equal_gradients(ours: Any, theirs: Any, *x: Any, rtol: float = 1e-5, **call: Any) -> None:
    """Both layers called on `*x`: values, gradients by weights and inputs, states afterwards."""
    for layer in (ours, theirs):
        for variable in layer.non_trainable_variables:
            if variable.name == "seed_generator_state":
                variable.assign(np.array([11, 0], "uint32"))
    equal(run(ours, x, **call), run(theirs, x, **call), rtol)


def equal(mine: Any, want: Any, rtol: float = 1e-5) -> None:
    """Two structures hold the same numbers in the same order."""
    flat = [addax.tree.flatten(mine), keras.tree.flatten(want)]
    assert len(flat[0]) == len(flat[1])
    for a, b in zip(*flat, strict=True):
        np.testing.assert_allclose(a, b, rtol=rtol, atol=rtol)
