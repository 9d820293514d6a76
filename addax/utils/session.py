"""The state of the process: random seeds and running numbers."""

import gc
import random

import numpy as np

from addax.core import dtypes, scope, seeds


def set_random_seed(seed: int) -> None:
    """Seed Python's, NumPy's and Addax's random numbers, so that a program repeats itself.

    Raises ValueError for what is no integer in [0, 2**32), before anything is seeded.
    """
    if not isinstance(seed, (int, np.integer)) or not 0 <= seed < 2**32:
        raise ValueError(f"The seed is an integer in [0, 2**32); received {seed!r}.")
    random.seed(int(seed))
    np.random.seed(int(seed))
    seeds.reset_global_seed_generator()


def clear_session(free_memory: bool = True) -> None:
    """Start names (`dense`, `dense_1`...), the global random stream and the dtype policy afresh.

    With `free_memory`, objects that nobody holds any more are collected now.
    """
    scope.reset_names()
    seeds.reset_global_seed_generator()
    dtypes.set_dtype_policy(None)
    if free_memory:
        gc.collect()
