"""Resident memory while models come and go."""

import gc
import os
from pathlib import Path

import numpy as np

from benchmarks.models import mnist_mlp
from benchmarks.workloads.serve import Measure, serve


def resident() -> float:
    """Resident memory of this process in MiB (Linux)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def prepare(keras, first: int, last: int) -> Measure:
    random = np.random.default_rng(0)
    x = random.random((512, 784), dtype="float32")
    y = np.eye(10, dtype="float32")[random.integers(0, 10, 512)]

    def live() -> None:
        model = mnist_mlp(keras)
        model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
        model.fit(x, y, epochs=1, batch_size=128, verbose=0)

    def measure() -> dict[str, float]:
        after = {}
        for count in range(1, last + 1):
            live()
            if count in (first, last):
                after[count] = resident()
        growth = (after[last] - after[first]) / (last - first)
        return {f"after {n}": after[n] for n in after} | {"growth a round": growth}

    return measure


if __name__ == "__main__":
    serve(prepare)
