"""`tf.distribute.cluster_resolver`: there are no clusters."""

from typing import Any


def _none(*args: Any, **options: Any) -> Any:
    raise ValueError(
        "There is no TPU of TensorFlow here. JAX trains on a TPU where it finds one, without a "
        "resolver or a strategy; tf.distribute.get_strategy() is what programs fall back on."
    )


class TPUClusterResolver:
    """Not there: ValueError, as TensorFlow raises where no TPU is."""

    def __init__(self, *args: Any, **options: Any):
        _none()

    connect = staticmethod(_none)


class TFConfigClusterResolver(TPUClusterResolver):
    """Not there: ValueError."""


class SimpleClusterResolver(TPUClusterResolver):
    """Not there: ValueError."""
