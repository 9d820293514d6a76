"""Kills trainings at random moments and compares what comes of them with one left alone.

python -m tests.training.soak --kills 100
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = """
import json, sys
import numpy as np
import addax
from addax import layers
from addax.callbacks import BackupAndRestore, CSVLogger, EarlyStopping, ReduceLROnPlateau

folder = sys.argv[1]
rng = np.random.default_rng(0)
x = rng.normal(size=(2000, 12)).astype("float32")
y = np.sin(x.sum(1, keepdims=True)).astype("float32")
addax.utils.set_random_seed(0)
model = addax.Sequential(
    [layers.Dense(32, "relu"), layers.BatchNormalization(), layers.Dropout(0.2), layers.Dense(1)]
)
model.compile(addax.optimizers.Adam(0.01, use_ema=True), "mse", metrics=["mae"])
history = model.fit(
    x, y, batch_size=16, epochs=12, validation_split=0.1, verbose=0,
    callbacks=[
        EarlyStopping(patience=20, restore_best_weights=True),
        ReduceLROnPlateau(patience=1),
        CSVLogger(folder + "/log.csv"),
        BackupAndRestore(folder + "/run", 20, seconds=0.05, keep=2, delete_checkpoint=False),
    ],
)
csv = open(folder + "/log.csv").read()
weights = [np.asarray(w).tobytes().hex() for w in model.get_weights()]
print(json.dumps([history.history, csv, weights, float(np.random.rand())]))
"""


def start(folder: Path) -> subprocess.Popen:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as place:
        whole = start(Path(place, "whole")).communicate()[0]
        began = time.monotonic()
        start(Path(place, "warm")).communicate()  # nothing is compiled any more
        length = time.monotonic() - began
        kills = runs = 0
        while kills < options.kills:
            folder = Path(place, f"run{runs}")
            while True:
                process = start(folder)
                try:
                    output = process.communicate(timeout=chance.uniform(0.2, 1.0) * length)[0]
                    break
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.communicate()
                    kills += 1
            runs += 1
            same = json.loads(output) == json.loads(whole)
            print(f"{kills} kills, {runs} runs to their end; the last is equal: {same}")
            if not same:
                raise SystemExit(1)


if __name__ == "__main__":
    main()
