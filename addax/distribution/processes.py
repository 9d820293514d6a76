"""Several processes that work as one."""

import os
import random
from typing import Any

import jax

NAMES = {  # arguments of `initialize`: Keras's variables of the environment, torchrun's
    "job_addresses": ("KERAS_DISTRIBUTION_JOB_ADDRESSES", "MASTER_ADDR"),
    "num_processes": ("KERAS_DISTRIBUTION_NUM_PROCESSES", "WORLD_SIZE"),
    "process_id": ("KERAS_DISTRIBUTION_PROCESS_ID", "RANK"),
}
_started: tuple[str | None, int | None, int | None] | None = None


def initialize(
    job_addresses: str | None = None,
    num_processes: int | None = None,
    process_id: int | None = None,
) -> None:
    """Join the other processes; call it before anything is computed.

    `job_addresses` is `host:port` of process 0, or the addresses of all, separated by commas. What
    is not given comes from Keras's variables of the environment, then torchrun's; under Slurm, Open
    MPI and on TPUs JAX finds it. Afterwards all processes draw the same random numbers. A second
    call with the same values does nothing. ValueError for numbers that don't fit, RuntimeError for
    a second call with others, and where JAX has computed already.
    """
    global _started
    found = _resolved(job_addresses, num_processes, process_id)
    if _started is not None:
        if _started != found:
            raise RuntimeError(
                f"This process has joined already, with {_started}; now {found} was given. Call "
                "initialize() once."
            )
        return
    addresses, count, number = found
    _check(addresses, count, number)
    jax.distributed.initialize(
        coordinator_address=None if addresses is None else addresses.split(",")[0],
        num_processes=count,
        process_id=number,
    )
    _started = addresses, count, number
    _agree_on_seed()


def _resolved(*given: Any) -> tuple[str | None, int | None, int | None]:
    """The arguments, those that are None from the environment."""
    addresses, count, number = (
        next((os.environ[v] for v in variables if v in os.environ), None)
        if value is None
        else value
        for value, variables in zip(given, NAMES.values(), strict=True)
    )
    if addresses is not None and ":" not in addresses:
        addresses += f":{os.environ.get('MASTER_PORT', '29500')}"
    return addresses, _whole("num_processes", count), _whole("process_id", number)


def _whole(name: str, value: Any) -> int | None:
    try:
        return None if value is None else int(value)
    except ValueError:
        raise ValueError(f"{name} is a number; received {value!r}.") from None


def _check(addresses: str | None, count: int | None, number: int | None) -> None:
    listed = [] if addresses is None else addresses.split(",")
    if len(listed) > 1 and count is not None and count != len(listed):
        raise ValueError(
            f"The provided job_addresses name {len(listed)} processes, {listed}; num_processes is "
            f"{count}."
        )
    if count is not None and number is not None and not 0 <= number < count:
        raise ValueError(f"process_id is from 0 to {count - 1}; received {number}.")
    if addresses is not None and (count is None or number is None):
        missing = "num_processes" if count is None else "process_id"
        raise ValueError(f"{missing} is needed beside job_addresses; it is not in the environment.")


def _agree_on_seed() -> None:
    """Let all processes draw the random numbers of process 0: weights must be equal."""
    import numpy as np
    from jax.experimental import multihost_utils

    from addax.utils import set_random_seed

    seed = np.array(random.randint(1, 2**31 - 1), "int32")
    set_random_seed(int(multihost_utils.broadcast_one_to_all(seed)))
