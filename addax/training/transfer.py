"""Bringing arrays from the host's memory to the device's."""

import contextlib
import os
from pathlib import Path
from typing import Any

import jax
import numpy as np

CHUNK_BYTES = 32 << 20  # how much of a stream goes to the device at once
CHUNK_BATCHES = 64
ALIGNMENT = 64  # bytes: XLA's CPU client uses such memory where it lies, and copies any other
SHARE = 4  # of the memory, one part in so many may be filled with data for a whole fit


def empty(shape: tuple, dtype: Any) -> np.ndarray:
    """An array to fill that the device can take over without a copy.

    NumPy also asks the kernel for huge pages, XLA does not: filling it takes a fifth of the time.
    """
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    memory = np.empty(size + ALIGNMENT, np.uint8)
    start = -memory.ctypes.data % ALIGNMENT
    return memory[start : start + size].view(dtype).reshape(shape)


def place(data: Any) -> Any:
    """A structure of arrays on the device; changing the originals later does not change these."""
    return jax.device_put(jax.tree.map(_aligned, data))


def _aligned(array: Any) -> Any:
    if not isinstance(array, np.ndarray):
        return array
    copy = empty(array.shape, array.dtype)
    np.copyto(copy, array)
    return copy


def take(array: Any, rows: np.ndarray) -> Any:
    """`array[rows]`, ready for the device."""
    if not isinstance(array, np.ndarray):
        return array[rows]
    return np.take(array, rows, axis=0, out=empty((len(rows), *array.shape[1:]), array.dtype))


class Pile:
    """Batches of one shape end to end, copied as they come: their makers may reuse the memory."""

    def __init__(self, batch: Any):
        self.shapes, self.room, self.count = jax.tree.map(np.shape, batch), room_for(batch), 0
        self.arrays = jax.tree.map(
            lambda a: empty((self.room * len(a), *a.shape[1:]), a.dtype), batch
        )

    def takes(self, batch: Any) -> bool:
        """Whether there is room for one more like this."""
        return self.count < self.room and self.shapes == jax.tree.map(np.shape, batch)

    def add(self, batch: Any) -> None:
        def write(to: np.ndarray, array: Any) -> None:
            to[self.count * len(array) : (self.count + 1) * len(array)] = array

        jax.tree.map(write, self.arrays, batch)
        self.count += 1


def room_for(batch: Any) -> int:
    """How many batches of this size to bring at once."""
    weight = sum(a.nbytes for a in jax.tree.leaves(batch))
    return max(1, min(CHUNK_BATCHES, CHUNK_BYTES // max(weight, 1)))


def fits(data: Any) -> bool:
    """Whether the device has room for all of the data beside the model's own arrays."""
    weight = sum(a.nbytes for a in jax.tree.leaves(data) if isinstance(a, np.ndarray))
    return weight <= CHUNK_BYTES or weight <= _room()


def _room() -> float:
    stats = jax.devices()[0].memory_stats()
    if stats and "bytes_limit" in stats:
        return (stats["bytes_limit"] - stats.get("bytes_in_use", 0)) / SHARE
    limits = [8 << 30]
    with contextlib.suppress(ValueError, OSError, AttributeError):
        limits = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    with contextlib.suppress(ValueError, OSError):
        limits.append(int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return min(limits) / SHARE
