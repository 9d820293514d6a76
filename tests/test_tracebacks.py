"""A traceback shows the user's own lines: at most as many lines as Keras shows."""

import subprocess
import sys

import pytest

PROGRAM = """
import os, sys
os.environ["KERAS_BACKEND"] = "jax"
import numpy as np
import addax as keras

case = sys.argv[1]
if case.startswith("unfiltered "):
    keras.config.disable_traceback_filtering()
    case = case.removeprefix("unfiltered ")
x, y = np.ones((8, 4), "float32"), np.ones((8, 1), "float32")
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")

class Own(keras.layers.Layer):
    def call(self, x):
        return keras.ops.matmul(x, keras.ops.ones((7, 3)))  # mine

class Stops(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        raise KeyError("stopped")  # mine

def batches():
    yield x, y
    raise RuntimeError("no more")  # mine

def loss(y_true, y_pred):
    return keras.ops.ones((2, 3)) @ keras.ops.ones((2, 3))  # mine

def own():
    model = keras.Sequential([Own()])
    model.compile("sgd", "mse")
    model.fit(x, y, verbose=0)

def with_loss():
    model.compile("sgd", loss)
    model.fit(x, y, verbose=0)

CASES = {
    "fit": lambda: model.fit(np.ones((8, 5)), y, verbose=0),
    "call": lambda: model(np.ones((8, 5))),
    "layer": lambda: keras.layers.Conv2D(3, 3)(np.ones((8, 5))),
    "own layer": own,
    "loss": with_loss,
    "callback": lambda: model.fit(x, y, callbacks=[Stops()], verbose=0),
    "generator": lambda: model.fit(batches(), verbose=0),
    "load": lambda: keras.saving.load_model("nothing.keras"),
}
CASES[case]()  # the call
"""
# Lines at most, what the message says. Keras 3.15 shows 19, 17, 9, 19, 21, 8, 10 and 7 lines.
CASES = {
    "fit": (9, "expects input 'input_layer' of shape float32(?, 4); received float32(8, 5)"),
    "call": (9, "expects input 'input_layer' of shape float32(?, 4); received float32(8, 5)"),
    "layer": (9, "4 dimensions were expected, 2 came"),
    "own layer": (13, "matmul can't take (None, 4), (7, 3)"),
    "loss": (13, "contracting dimensions"),
    "callback": (10, "stopped"),
    "generator": (10, "no more"),
    "load": (8, "There is no file 'nothing.keras'"),
}


def traceback_of(case):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, case], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 1
    return done.stderr[done.stderr.index("Traceback") :].splitlines()


@pytest.mark.parametrize("case", CASES)
def test_tracebacks_are_short_and_show_the_user_s_lines(case):
    most, message = CASES[case]
    lines = traceback_of(case)
    text = "\n".join(lines)
    assert len(lines) <= most, text
    assert message in text and text.count("Traceback") == 1
    assert "During handling" not in text and "JAX has removed" not in text


def test_all_frames_stay_on_request():
    assert len(traceback_of("unfiltered own layer")) > 40
