"""Flags for known faults, and the compilation cache, in processes of their own where it matters."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from addax.runtime import xla

ROOT = Path(__file__).parents[2]
OFF = f"{xla.YNN}="
OURS = f"{xla.YNN}=-reduce,-individual_convolution"


def run(program: str, **environment: str) -> dict:
    """What `program` prints as JSON, in a process that nobody has configured."""
    inherited = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("JAX_", "XLA_", "TF_CPP", "ADDAX_", "XDG_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=inherited | {"PYTHONPATH": str(ROOT), "JAX_PLATFORMS": "cpu"} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("version", "flags"),
    [
        ("0.10.1", []),
        ("0.10.2", [OURS]),
        ("0.10.2.dev20260601", [OURS]),
        ("0.10.9", [OURS]),
        ("0.11.0", [OFF]),
        ("0.11.2", [OFF]),
        ("0.11.3", []),
        ("1.0", []),
    ],
)
def test_faults_by_version(version, flags):
    assert [fault.flag for fault in xla.faults_of(version)] == flags


@pytest.mark.parametrize(
    ("before", "started", "status", "after"),
    [
        (None, False, "set", OURS),
        ("--xla_cpu_use_xnnpack=false", False, "set", f"--xla_cpu_use_xnnpack=false {OURS}"),
        (OFF, False, "left as you set it", OFF),
        (OURS, False, "set", OURS),
        (OURS, True, "set", OURS),
        (f"{xla.YNN}_more=1", False, "set", f"{xla.YNN}_more=1 {OURS}"),
        ("--a=1", True, "too late: a backend had started before the first use of addax", "--a=1"),
    ],
)
def test_flags_are_added_only_where_nobody_set_them(before, started, status, after, monkeypatch):
    monkeypatch.delenv("XLA_FLAGS", raising=False)
    if before is not None:
        monkeypatch.setenv("XLA_FLAGS", before)
    assert xla._apply(OURS, started) == status
    assert os.environ["XLA_FLAGS"] == after


def test_cache_root(monkeypatch, tmp_path):
    monkeypatch.delenv("ADDAX_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert xla.cache_root() == tmp_path / ".cache" / "addax"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert xla.cache_root() == tmp_path / "x" / "addax"
    monkeypatch.setenv("ADDAX_CACHE", "~/mine")
    assert xla.cache_root() == tmp_path / "mine"


class Config(SimpleNamespace):
    """JAX's settings, as far as they matter here."""

    def update(self, name, value):
        setattr(self, name, value)


@pytest.fixture(params=["before jax", "after jax"])
def setting(request, monkeypatch, tmp_path):
    """Sets a setting of JAX, which is imported already or not yet; and reads it."""
    for name in (
        "JAX_COMPILATION_CACHE_DIR",
        "JAX_ENABLE_COMPILATION_CACHE",
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS",
    ):
        monkeypatch.setenv(name, "whatever it was comes back after the test")
        monkeypatch.delenv(name)
    monkeypatch.setenv("ADDAX_CACHE", str(tmp_path))
    monkeypatch.setattr(xla.atexit, "register", lambda *_: None)
    config = Config(jax_compilation_cache_dir=None, jax_enable_compilation_cache=True)
    if request.param == "after jax":
        monkeypatch.setitem(sys.modules, "jax", SimpleNamespace(config=config))
    else:
        monkeypatch.delitem(sys.modules, "jax", raising=False)
    return SimpleNamespace(get=xla._read, set=xla._write)


def test_cache_settings(setting):
    folder, note = xla._start_cache("0.10.2")
    assert note == "on" and setting.get("jax_compilation_cache_dir") == str(folder)
    assert float(setting.get("jax_persistent_cache_min_compile_time_secs")) == 0
    assert xla._start_cache("0.10.2") == (folder, "on")  # as a child process sees it


@pytest.mark.parametrize(
    ("cache", "note"),
    [
        ("", "off: ADDAX_CACHE"),
        ("OFF", "off: ADDAX_CACHE"),
        ("{}/file", "off: [Errno 20] Not a directory"),
    ],
)
def test_cache_stays_off(cache, note, setting, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("ADDAX_CACHE", cache.format(tmp_path))
    folder, found = xla._start_cache("0.10.2")
    assert folder is None and found.startswith(note)
    assert setting.get("jax_compilation_cache_dir") is None


@pytest.mark.parametrize(
    ("name", "value", "note"),
    [
        ("jax_compilation_cache_dir", "/theirs", "yours: /theirs"),
        ("jax_enable_compilation_cache", False, "off: JAX_ENABLE_COMPILATION_CACHE"),
    ],
)
def test_a_cache_that_the_user_settled_stays(name, value, note, setting):
    setting.set(name, value)
    assert xla._start_cache("0.10.2") == (None, note)
    assert str(setting.get(name)) == str(value)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
def test_cache_of_another_user_is_not_run(setting, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    folder, note = xla._start_cache("0.10.2")
    assert folder is None and note.endswith("is not yours to write")


def test_cpus_differ(monkeypatch, tmp_path):
    def cpu(text):
        (tmp_path / "cpuinfo").write_text(text)
        monkeypatch.setattr(xla, "open", lambda _: (tmp_path / "cpuinfo").open(), raising=False)
        return xla.cpu_id()

    first = "processor\t: 0\nmodel name\t: A\ncpu MHz\t\t: 1\nflags\t\t: avx avx2\n\n"
    assert cpu(first) == cpu(first.replace(": 1", ": 2"))
    assert cpu(first) == cpu(first + "processor : 1\nmodel name\t: B\n")
    assert cpu(first) != cpu(first.replace(" avx2", ""))
    assert cpu(first) != cpu(first.replace(": A", ": B"))


def entries(folder, sizes):
    (folder / "old").mkdir()
    for age, size in enumerate(sizes):
        path = folder / ("old" if age else ".") / f"{age}-cache"
        path.write_bytes(bytes(size))
        os.utime(path, (1e9 - age, 1e9 - age))
    (folder / "notes.txt").write_text("not ours")


def left(folder):
    return sorted(path.name for path in folder.rglob("*-cache"))


@pytest.mark.parametrize(
    ("limit", "deleted", "kept"),
    [
        (60, 0, ["0-cache", "1-cache", "2-cache"]),
        (59, 1, ["0-cache", "1-cache"]),
        (10, 2, ["0-cache"]),
        (0, 3, []),
    ],
)
def test_sweep_deletes_what_was_used_longest_ago(limit, deleted, kept, tmp_path):
    entries(tmp_path, (10, 20, 30))
    assert xla.sweep(tmp_path, limit) == deleted
    assert left(tmp_path) == kept
    assert (tmp_path / "notes.txt").exists()


def test_sweep_is_rare_and_never_fails(tmp_path):
    entries(tmp_path, (10, 20, 30))
    assert xla.sweep(tmp_path, 1000) == 0
    assert xla.sweep(tmp_path, 0) == 0  # within the hour
    assert xla.sweep(tmp_path, 0, interval=-1) == 3
    assert xla.sweep(tmp_path / "missing", 0) == 0
    assert xla.cache_size(tmp_path) == (0, 0)


IMPORT = """
import json, os, time
import jax
start = time.process_time()
import addax
spent = time.process_time() - start
from addax.runtime import xla
from jax._src import xla_bridge
report = {"seconds": spent, "backends": len(xla_bridge._backends)}
first = xla.configure()
report |= {"again": xla.configure() is first, "cache": str(first.cache), "note": first.note}
events = []
jax.monitoring.register_event_listener(lambda event, **_: events.append(event.split("/")[-1]))
@jax.jit
def loss(w, x): return ((x @ w) ** 2).sum()
step = jax.jit(lambda w, x: w - 0.1 * jax.grad(loss)(w, x), donate_argnums=0)
w = jax.numpy.ones((3, 2))
value = step(w, jax.numpy.ones((4, 3)))
report |= {"value": float(value[0, 0]), "donated": w.is_deleted()}
report |= {"hits": events.count("cache_hits"), "misses": events.count("cache_misses")}
print(json.dumps(report))
"""


def test_import_starts_nothing_and_programs_come_back_in_the_next_process(tmp_path):
    cold = run(IMPORT, ADDAX_CACHE=str(tmp_path))
    assert cold["backends"] == 0 and cold["again"] and cold["note"] == "on"
    assert cold["hits"] == 0 and cold["misses"] > 0
    assert Path(cold["cache"]).parent == tmp_path / "xla"
    assert Path(cold["cache"]).stat().st_mode & 0o077 == 0
    # The first process imported JAX before Addax, this one after.
    warm = run(
        IMPORT.replace("import jax\n", "", 1).replace("spent =", "import jax; spent ="),
        ADDAX_CACHE=str(tmp_path),
    )
    assert warm["misses"] == 0 and warm["hits"] == cold["misses"]
    assert warm["value"] == cold["value"] and warm["donated"]
    assert cold["seconds"] < 0.02  # of CPU time; 3 ms on a quiet machine


def test_broken_entries_are_compiled_again_without_a_word(tmp_path):
    cold = run(IMPORT, ADDAX_CACHE=str(tmp_path))
    for path in Path(cold["cache"]).glob("*-cache"):
        path.write_bytes(path.read_bytes()[:50])
    again = run(IMPORT, ADDAX_CACHE=str(tmp_path))  # run() insists on an empty stderr
    assert again["hits"] == 0 and again["value"] == cold["value"]


LATE = """
import json, os, warnings
import jax
jax.numpy.ones(3)
before = os.environ.get("XLA_FLAGS")
import addax
from addax.runtime import xla
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    done = xla.configure()
import numpy as np
class Squares(addax.layers.Layer):
    def call(self, x):
        one = jax.numpy.eye(3)
        return jax.vmap(lambda row: ((one @ row) ** 2).sum())(x)
x = np.random.default_rng(0).normal(size=(40_000, 3)).astype("float32")
model = addax.Sequential([Squares()])
error = abs(model.predict(x, batch_size=len(x), verbose=0) - (x.astype("float64") ** 2).sum(1))
print(json.dumps({"error": float(error.max()), "warned": [str(w.message) for w in caught],
                  "same": os.environ.get("XLA_FLAGS") == before, "note": done.note,
                  "dir": jax.config.jax_compilation_cache_dir,
                  "status": [status for _, status in done.flags]}))
"""


def test_too_late_changes_nothing_and_says_so(tmp_path):
    report = run(LATE, ADDAX_CACHE=str(tmp_path))
    assert report["same"] and report["dir"] is None
    assert "backend had started" in report["note"]
    assert all(status.startswith("too late") for status in report["status"])
    assert len(report["warned"]) == bool(report["status"])
    assert all("known faults" in text and "XLA_FLAGS" in text for text in report["warned"])
    assert report["error"] < 1e-4  # wrong by 20 in a program that leaves the fault in
    assert not list(tmp_path.iterdir())
