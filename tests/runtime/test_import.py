"""An import changes nothing in its process that other code could notice."""

import json
import os
import subprocess
import sys

import pytest

import addax
from addax.core import symbol
from addax.runtime import xla

STATE = """
import atexit, ctypes, gc, json, os, signal, sys, threading, warnings
import jax, numpy, h5py
def state():
    return {
        "environment": dict(os.environ),
        "filters": [str(f) for f in warnings.filters],
        "frozen": gc.get_freeze_count(),
        "collector": [gc.isenabled(), gc.get_threshold()],
        "signals": str([signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)]),
        "threads": threading.active_count(),
        "exit": atexit._ncallbacks(),
        "jax": {k: str(v) for k, v in jax.config.values.items()},
        "backends": len(jax._src.xla_bridge._backends),
        "hooks": str([sys.excepthook, sys.meta_path, sys.path_hooks, threading.excepthook]),
        "seed": str(numpy.random.get_state()[1][:3]),
        "mallocs": mallocs,
    }
mallocs = []
plain = ctypes.CDLL
class Watched(plain):
    def __getattr__(self, name):
        mallocs.append(name)
        return super().__getattr__(name)
ctypes.CDLL = Watched
before = state()
import addax
import addax.layers, addax.losses, addax.metrics, addax.models, addax.ops, addax.optimizers
import addax.callbacks, addax.datasets, addax.random, addax.saving, addax.training, addax.utils
after = state()
print(json.dumps([k for k in before if before[k] != after[k]]))
"""


def test_importing_changes_nothing():
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("XLA_", "JAX_"))}
    shown = subprocess.check_output([sys.executable, "-c", STATE], env=environment, text=True)
    assert json.loads(shown) == []


USES = [
    "addax.ops.exp(1.0)",
    "addax.Variable([1.0])",
    "addax.layers.Dense(2)",
    "addax.random.normal((2,))",
    "addax.ops.convert_to_tensor([1, 2])",
    "addax.metrics.Mean()",
    "addax.Input((2,))",
    "addax.initializers.Zeros()((2,))",
    "addax.distribution.list_devices()",
    "addax.losses.mean_squared_error([[1.0]], [[2.0]])",
]


@pytest.mark.parametrize("use", USES)
def test_the_first_use_sets_up_xla(use, monkeypatch):
    started: list = []
    monkeypatch.setattr(xla, "configure", lambda: started.append(xla))
    monkeypatch.setattr(symbol, "_plain_types", set())
    eval(use, {"addax": addax})
    assert started
