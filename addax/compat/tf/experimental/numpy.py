"""`tf.experimental.numpy`: `keras.ops.numpy`."""

from typing import Any

from addax import ops


def experimental_enable_numpy_behavior(*args: Any, **options: Any) -> None:
    """Nothing: arrays behave so anyway."""


def __getattr__(name: str) -> Any:
    if name.startswith("__") or not hasattr(ops.numpy, name):
        raise AttributeError(f"addax.ops.numpy has no {name!r}.")
    return getattr(ops.numpy, name)
