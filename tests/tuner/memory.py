"""Memory and speed of a long search: `python -m tests.tuner.memory [trials]`, 200 by default.

Prints the resident memory and the programs compiled so far, every 20 trials; exits with 1 where the
memory of the second half grew by more than `MOST`.
"""

import os
import sys
import tempfile
import time

import jax
import numpy as np

import addax
from addax import layers, tuner

MOST = 20  # MB
_compiled = []


def build(hp):
    """A network of one of five sizes."""
    model = addax.Sequential(
        [
            layers.Input((8,)),
            layers.Dense(hp.Int("units", 8, 40, step=8), activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    rate = hp.Float("rate", 1e-4, 1e-1, sampling="log")
    model.compile(addax.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model


def resident() -> float:
    """The memory of this process in MB."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


class Watched(tuner.RandomSearch):
    """Notes the memory after each trial."""

    def on_trial_end(self, trial):
        super().on_trial_end(trial)
        self.memory.append(resident())
        if len(self.memory) % 20 == 0:
            said = f"{len(self.memory):4} trials {self.memory[-1]:7.1f} MB"
            print(f"{said} {len(_compiled):4} programs {time.perf_counter() - self.began:6.1f} s")


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    jax.monitoring.register_event_duration_secs_listener(
        lambda name, _, **__: (
            _compiled.append(1) if name.endswith("backend_compile_duration") else 0
        )
    )
    x = np.random.default_rng(0).normal(size=(256, 8)).astype("float32")
    y = (x.sum(1) > 0).astype("float32")
    with tempfile.TemporaryDirectory() as folder:
        search = Watched(build, "val_loss", max_trials=count, seed=1, directory=folder)
        search.memory, search.began = [], time.perf_counter()
        search.search(x, y, epochs=3, batch_size=32, validation_split=0.25, verbose=0)
    grown = search.memory[-1] - search.memory[count // 2]
    print(f"grown by {grown:.1f} MB in the second half")
    return grown > MOST


if __name__ == "__main__":
    sys.exit(main())
