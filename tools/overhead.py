"""Microseconds that a call of an op outside compiled programs costs over JAX's function.

    python tools/overhead.py [name ...]

The least of many short runs of each, so that other work on the machine counts for little.
"""

import sys
import timeit
from typing import Any

import jax.numpy as jnp

from addax import ops

X = jnp.ones((2, 3))
CALLS: dict[str, tuple[tuple, dict]] = {
    "add": ((X, X), {}),
    "exp": ((X,), {}),
    "sum": ((X,), {"axis": 0}),
    "mean": ((X,), {"axis": -1}),
    "max": ((X,), {"axis": (0,), "keepdims": True}),
    "reshape": ((X, (3, 2)), {}),
    "transpose": ((X, (1, 0)), {}),
    "expand_dims": ((X, 0), {}),
    "concatenate": (([X, X],), {"axis": 0}),
    "stack": (([X, X],), {"axis": 0}),
    "split": ((X, 2), {"axis": 0}),
    "matmul": ((X, X.T), {}),
    "einsum": (("ij,kj->ik", X, X), {}),
    "where": ((X > 0, X, X), {}),
    "clip": ((X, 0, 1), {}),
    "take": ((X, jnp.array([0, 1])), {"axis": 0}),
    "zeros": (((2, 3),), {}),
    "ones_like": ((X,), {}),
}


def least(fn: Any, args: tuple, kwargs: dict, number: int = 50, repeat: int = 120) -> float:
    """The shortest time of a call, in microseconds."""
    fn(*args, **kwargs)
    runs = timeit.repeat(lambda: fn(*args, **kwargs), number=number, repeat=repeat)
    return min(runs) / number * 1e6


def main(names: list[str]) -> None:
    """Print a line for each op."""
    for name in names or CALLS:
        args, kwargs = CALLS[name]
        ours, theirs = (least(getattr(api, name), args, kwargs) for api in (ops, jnp))
        print(f"{name:12} {ours - theirs:6.2f} µs over {theirs:7.2f} µs")


if __name__ == "__main__":
    main(sys.argv[1:])
