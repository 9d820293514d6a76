"""`tf.distribute`, on one device: programs for several run as they do with one replica."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import addax


class ReduceOp:
    """How the values of replicas become one."""

    SUM = "SUM"
    MEAN = "MEAN"


class InputContext(NamedTuple):
    """Which part of the data a worker reads: the only one reads all."""

    num_input_pipelines: int = 1
    input_pipeline_id: int = 0
    num_replicas_in_sync: int = 1

    def get_per_replica_batch_size(self, global_batch_size: int) -> int:
        """The batch of each replica."""
        return global_batch_size


class Strategy:
    """One replica, on the device that JAX takes."""

    num_replicas_in_sync = 1

    def __init__(self, *args: Any, **options: Any):
        self.extended = self

    @contextlib.contextmanager
    def scope(self) -> Iterator["Strategy"]:
        """A context that changes nothing but `get_strategy()`."""
        _current.append(self)
        try:
            yield self
        finally:
            _current.remove(self)

    def run(self, fn: Callable, args: Any = (), kwargs: Any = None, options: Any = None) -> Any:
        """`fn(*args, **kwargs)`."""
        return fn(*args, **(kwargs or {}))

    def reduce(self, reduce_op: Any, value: Any, axis: Any = None) -> Any:
        """The value of the one replica, summed up or averaged along `axis`."""
        if axis is None:
            return value
        is_sum = str(reduce_op).upper().endswith("SUM")
        return (addax.ops.sum if is_sum else addax.ops.mean)(value, axis)

    def gather(self, value: Any, axis: int = 0) -> Any:
        """The value."""
        return value

    def experimental_local_results(self, value: Any) -> tuple:
        """The value of each replica."""
        return (value,)

    def experimental_distribute_dataset(self, dataset: Any, options: Any = None) -> Any:
        """The data set."""
        return dataset

    def distribute_datasets_from_function(self, dataset_fn: Callable, options: Any = None) -> Any:
        """The data set that the function makes."""
        return dataset_fn(InputContext())

    experimental_distribute_datasets_from_function = distribute_datasets_from_function

    def experimental_distribute_values_from_function(self, value_fn: Callable) -> Any:
        """The value that the function makes."""
        return value_fn(ReplicaContext())


class ReplicaContext:
    """What code of a replica knows: it is the only one."""

    num_replicas_in_sync = 1
    replica_id_in_sync_group = 0

    @property
    def strategy(self) -> Strategy:
        """The strategy."""
        return get_strategy()

    def all_reduce(self, reduce_op: Any, value: Any, options: Any = None) -> Any:
        """The value."""
        return value

    def merge_call(self, merge_fn: Callable, args: Any = (), kwargs: Any = None) -> Any:
        """`merge_fn(strategy, *args, **kwargs)`."""
        return merge_fn(self.strategy, *args, **(kwargs or {}))


class OneDeviceStrategy(Strategy):
    """One replica."""


class MirroredStrategy(Strategy):
    """One replica, whatever devices there are: for several, keras.distribution is the way."""


class MultiWorkerMirroredStrategy(Strategy):
    """One worker. RuntimeError where TF_CONFIG names several."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__()
        cluster = json.loads(os.environ.get("TF_CONFIG") or "{}").get("cluster", {})
        if sum(map(len, cluster.values())) > 1:
            raise RuntimeError(
                "TF_CONFIG names several workers, and Addax trains in one process. Unset it, or "
                "use keras.distribution."
            )


class TPUStrategy(Strategy):
    """Not there: RuntimeError."""

    def __init__(self, *args: Any, **options: Any):
        raise RuntimeError(
            "TPUStrategy is TensorFlow's. JAX trains on a TPU where it finds one, without a "
            "strategy; tf.distribute.get_strategy() is what programs fall back on."
        )


class Server:
    """Not there: RuntimeError."""

    def __init__(self, *args: Any, **options: Any):
        raise RuntimeError(
            "There are no servers of TensorFlow in Addax, which trains in one process."
        )


_current: list[Strategy] = [Strategy()]


def get_strategy() -> Strategy:
    """The one whose scope we are in."""
    return _current[-1]


def has_strategy() -> bool:
    """Whether we are in the scope of one."""
    return len(_current) > 1


def get_replica_context() -> ReplicaContext:
    """The context of the only replica."""
    return ReplicaContext()


def in_cross_replica_context() -> bool:
    """False."""
    return False
