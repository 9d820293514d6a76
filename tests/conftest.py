"""What every test stands on: Keras on JAX as the oracle, CPU numbers, no network."""

import gc
import os
import socket
from importlib.metadata import version
from pathlib import Path

import goldens
import pytest

from addax.core import settings
from addax.runtime import start

CACHE = Path(__file__).parents[1] / ".cache" / "xla"
ENVIRONMENT = {
    "KERAS_BACKEND": "jax",
    "JAX_PLATFORMS": "cpu",  # the same numbers on every machine; JAX_PLATFORMS=cuda tests a GPU
    "JAX_COMPILATION_CACHE_DIR": str(CACHE),  # shared by the workers and by later runs
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0.1",
    "MPLBACKEND": "Agg",
}
for _name, _value in ENVIRONMENT.items():
    os.environ.setdefault(_name, _value)
FLAGS = {
    # Eight devices to shard over; programs that name no device use the first one only.
    "xla_force_host_platform_device_count": 8,
    "xla_backend_optimization_level": 0,  # LLVM's: tests compile much and compute little
}
if version("jaxlib").startswith("0.10."):  # later ones do not know the flag, and would abort
    # The old emitters of fusions compile twice as fast as those in MLIR.
    FLAGS["xla_cpu_use_fusion_emitters"] = "false"
_flags = os.environ.get("XLA_FLAGS", "").split()
_flags += [f"--{k}={v}" for k, v in FLAGS.items() if k not in os.environ.get("XLA_FLAGS", "")]
os.environ["XLA_FLAGS"] = " ".join(_flags)
settings.set_setting("traceback_filtering", False)  # a failing test shows every frame
start()  # tests and Keras use JAX before Addax's first layer does, which would be too late


def pytest_addoption(parser):
    parser.addoption("--record", action="store_true", help="ask Keras anew for tests/data")


def pytest_configure(config):
    goldens.recording = config.getoption("--record")


@pytest.fixture(autouse=True, scope="module")
def _what_stays_is_not_looked_at_again():
    """Caches grow with each test; looking through them for garbage took a tenth of the time."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture
def new_emitters(monkeypatch):
    """Models' programs with XLA's new emitters again, where the old ones compute other numbers."""
    if "xla_cpu_use_fusion_emitters" in FLAGS:
        options = {"xla_cpu_use_fusion_emitters": True}
        for module in ("step", "compiled_call"):
            monkeypatch.setattr(f"addax.training.{module}.late_options", lambda: options)


_connect, _lookup = socket.socket.connect, socket.getaddrinfo
LOOPBACK = ("127.", "::1", "localhost")


def _refuse(host) -> None:
    if host and not str(host).startswith(LOOPBACK):
        raise OSError(f"Tests may not use the network; this one asked for {host!r}.")


def _guarded_connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        _refuse(address[0])
    return _connect(self, address)


def _guarded_lookup(host, *args, **kwargs):
    _refuse(host.decode() if isinstance(host, bytes) else host)
    return _lookup(host, *args, **kwargs)


socket.socket.connect = _guarded_connect
socket.getaddrinfo = _guarded_lookup
