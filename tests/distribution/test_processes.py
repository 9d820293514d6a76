"""Processes that train one model together, over loopback."""

import json
import socket
import subprocess
import sys

import pytest

PROGRAM = """
import json, os, sys
os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=2"
os.environ["JAX_PLATFORMS"] = "cpu"
import numpy as np
import addax as keras
if sys.argv[1]:
    os.environ["MASTER_ADDR"], os.environ["MASTER_PORT"] = "127.0.0.1", sys.argv[1]
    os.environ["WORLD_SIZE"], os.environ["RANK"] = "2", sys.argv[2]
    keras.distribution.initialize()
    keras.distribution.initialize()  # once more does nothing
keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(44, 4)).astype("float32")
y = (x.sum(1, keepdims=True) > 0).astype("float32")
model = keras.Sequential([keras.layers.Dense(8, "relu"), keras.layers.Dense(1, "sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
history = model.fit(x, y, batch_size=16, epochs=2, verbose=0, devices="all")
found = [history.history, [float(np.abs(w).sum()) for w in model.get_weights()]]
print(json.dumps([keras.distribution.get_device_count(), found, model.evaluate(x, y, verbose=0)]))
"""


def start(port, number):
    command = [sys.executable, "-c", PROGRAM, port, str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return str(taken.getsockname()[1])


def test_two_processes_are_as_one():
    port = free_port()
    running = [start(port, 0), start(port, 1), start("", 0)]
    outputs = [process.communicate(timeout=300) for process in running]
    assert not any(process.returncode for process in running), outputs
    first, second, alone = (json.loads(out.splitlines()[-1]) for out, _ in outputs)
    assert first == second and first[0] == 4 and alone[0] == 2
    for ours, theirs in zip(numbers(first[1:]), numbers(alone[1:]), strict=True):
        assert ours == pytest.approx(theirs, rel=1e-4)


def numbers(value):
    if isinstance(value, (list, dict)):
        inner = value.values() if isinstance(value, dict) else value
        return [number for part in inner for number in numbers(part)]
    return [value]
