"""Ctrl-C at any moment leaves a model that predicts and goes on training."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import os, signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
import numpy as np
import addax

class Hook(addax.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        pass

x = np.random.default_rng(0).normal(size=(500, 4)).astype("float32")
y = x[:, :1]

def batches():
    while True:
        for i in range(0, 500, 20):
            yield x[i : i + 20], y[i : i + 20]

KINDS = {
    "arrays": lambda: ((x, y), {"batch_size": 30}),
    "hooks": lambda: ((x, y), {"callbacks": [Hook()]}),
    "validation": lambda: ((x, y), {"validation_data": (x, y), "validation_batch_size": 3}),
    "generator": lambda: ((batches(),), {"steps_per_epoch": 25}),
}
data, options = KINDS[sys.argv[1]]()
model = addax.Sequential([addax.Input((4,)), addax.layers.Dense(8), addax.layers.Dense(1)])
model.compile(addax.optimizers.Adam(1e-3), "mse", metrics=["mae"])
for delay in (0, 0.001, 0.01, 0.02, 0.03, 0.05, 0.08, 0.13, 0.21):
    timer = threading.Timer(delay, os.kill, (os.getpid(), signal.SIGINT))
    try:
        timer.start()
        model.fit(*data, epochs=10**9, verbose=0, **options)
    except KeyboardInterrupt:
        pass
    else:
        sys.exit("not interrupted")
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        sys.exit("the handler stayed")
    if model.built and not np.isfinite(model.predict(x[:9], verbose=0)).all():
        sys.exit("weights are not finite")
    if not all(np.isfinite(w).all() for w in model.get_weights()):
        sys.exit("weights are not finite")
    if model.history is not None:
        lengths = {len(v) for v in model.history.history.values()}
        if lengths - {len(model.history.epoch)}:
            sys.exit(f"history {lengths} of {len(model.history.epoch)} epochs")
    epochs = len(model.fit(*data, epochs=2, verbose=0, **options).epoch)
    if epochs != 2:
        sys.exit("training did not go on")
if len(model.history.epoch) != 2:
    sys.exit("no history")
print("done")
"""


@pytest.mark.parametrize("kind", ["arrays", "hooks", "validation", "generator"])
def test_training_survives_interrupts(kind):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, kind],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stdout.strip()) == (0, "done"), done.stderr
