"""`python -m addax doctor`: versions, devices, what was set up, and whether XLA is right."""

import importlib.metadata
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jax
import numpy as np

import addax
from addax.core import dtypes, settings, threefry
from addax.core.version import OWN
from addax.runtime import start, start_training, xla

PACKAGES = ("jax", "jaxlib", "numpy", "h5py", "keras")
PATIENCE = 60  # seconds until a check in a process of its own counts as hanging
start()  # who imports this module runs its checks

ADVICE = """\
The backend computes wrong numbers here, and so would every model. Try, in this order:
  1. another version:  python -m pip install --upgrade jax jaxlib
  2. fewer fusions:    export XLA_FLAGS={flag}
  3. import addax before anything that uses JAX, so that it can set what it knows."""


class Result(NamedTuple):
    """What a check measured, and the most it may be for the backend to be right."""

    error: float
    limit: float


def _tolerance() -> float:
    """GPUs and TPUs multiply with fewer digits by default."""
    return 1e-5 if jax.default_backend() == "cpu" else 2e-2


def _compare(ours, exact, limit: float | None = None) -> Result:
    """The largest difference as a share of the largest exact value."""
    exact = np.asarray(exact, "float64")
    error = np.abs(np.asarray(ours, "float64") - exact).max() / np.abs(exact).max()
    return Result(float(error), _tolerance() if limit is None else limit)


def _worst(results: list[Result]) -> Result:
    # max() would pass over a NaN.
    return Result(float(np.max([r.error for r in results])), results[0].limit)


def _normal(*shape: int) -> np.ndarray:
    return np.random.default_rng(7).normal(size=shape).astype("float32")


def matrix_product() -> Result:
    """matrix product (256, 300) @ (300, 200)"""
    a, b = _normal(256, 300), _normal(300, 200)
    return _compare(addax.ops.matmul(a, b), a.astype("float64") @ b)


def convolution() -> Result:
    """convolution, 3x3 on 12x12 images"""
    x, kernel = _normal(4, 12, 12, 8), _normal(3, 3, 8, 16)
    windows = np.lib.stride_tricks.sliding_window_view(x.astype("float64"), (3, 3), (1, 2))
    exact = np.einsum("nhwcij,ijco->nhwo", windows, kernel)
    return _compare(addax.ops.conv(x, kernel, padding="valid"), exact)


def reductions() -> Result:
    """sum, mean, max over an axis or all"""
    x = np.abs(_normal(100, 7, 300))
    wanted = [(name, axis) for name in ("sum", "mean", "max") for axis in (None, 0, 2)]
    ours = jax.jit(lambda x: [getattr(addax.ops, name)(x, axis=axis) for name, axis in wanted])(x)
    exact = [getattr(x.astype("float64"), name)(axis=axis) for name, axis in wanted]
    return _worst([_compare(o, e) for o, e in zip(ours, exact, strict=True)])


def random_numbers() -> Result:
    """random numbers, bit by bit"""
    ours = np.asarray(addax.random.uniform((1000,), seed=42))
    again = threefry.uniform(np.array([42, 0], "uint32"), (1000,), ours.dtype, 0.0, 1.0)
    known = np.array(
        [0.56672966, 0.06554866, 0.38167238], "float32"
    )  # what Keras on JAX draws for this seed
    return _worst([_compare(ours, again, 0.0), _compare(ours[:3], known, 0.0)])


def scan() -> Result:
    """scan, 64 rotations"""
    c, s = np.cos(0.1), np.sin(0.1)
    turn = np.array([[c, -s], [s, c]], "float32")
    start = np.array([1, 0], "float32")
    end = jax.jit(lambda v: jax.lax.scan(lambda v, _: (turn @ v, None), v, length=64)[0])(start)
    return _compare(end, [np.cos(6.4), np.sin(6.4)])


def many_rows() -> Result:
    """product and sum in each of 40,000 rows"""
    x, one = _normal(40_000, 3), np.eye(3, dtype="float32")
    squares = jax.jit(jax.vmap(lambda row: ((one @ row) ** 2).sum()))(x)
    return _compare(squares, (x.astype("float64") ** 2).sum(1))


def many_axes() -> Result:
    """sums of products at rank 7 and 8"""
    pairs = (
        (_normal(3, 1, 2, 2, 8, 8, 8), _normal(3, 1, 2, 2, 8, 8, 8), 3),
        (_normal(10, 4, 6, 1, 1, 1, 1, 1), _normal(10, 4, 6, 3, 3, 3, 3, 3), 2),
    )
    results = []
    for a, b, axis in pairs:
        ours = jax.jit(lambda a, b, axis=axis: (a * b).sum(axis))(a, b)
        results.append(_compare(ours, (a.astype("float64") * b).sum(axis)))
    return _worst(results)


CHECKS: tuple[Callable[[], Result], ...] = (
    matrix_product,
    convolution,
    reductions,
    random_numbers,
    scan,
    many_rows,
)


class Apart:
    """A check in a process of its own, because the fault it looks for ends or hangs the process."""

    def __init__(self, check: Callable[[], Result]):
        self.check = check
        program = f"from addax import doctor; print(*doctor.{check.__name__}())"
        folders = [str(Path(addax.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, folders))},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def result(self) -> Result:
        """Waits for it. RuntimeError if the process crashed or hangs."""
        try:
            output, errors = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise RuntimeError(f"hangs: no answer in {PATIENCE} s") from None
        if self.process.returncode < 0:
            raise RuntimeError(f"crashed with signal {-self.process.returncode}")
        if self.process.returncode:
            raise RuntimeError((errors.strip().splitlines() or ["failed"])[-1])
        return Result(*map(float, output.split()[-2:]))


def _verdict(name: str, result: Callable[[], Result]) -> tuple[bool, str]:
    start = time.perf_counter()
    try:
        error, limit = result()
        good, found = error <= limit, f"error {error:.1e}, at most {limit:.0e} is right"
    except Exception as problem:  # whatever it is, the report goes on
        good, found = False, f"{type(problem).__name__}: {problem}"
    seconds = time.perf_counter() - start
    return good, f"  {'PASS' if good else 'FAIL'}  {name:40s} {found}  ({seconds:.2f} s)"


def _versions() -> Iterator[tuple[str, str]]:
    yield "addax", OWN
    for package in PACKAGES:
        try:
            yield package, importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            yield package, "not installed"
    yield "Python", f"{platform.python_version()} ({sys.executable})"
    yield "system", platform.platform()


def _memory(device) -> str:
    limit = (device.memory_stats() or {}).get("bytes_limit")
    if limit:
        return f"{limit / 2**30:.1f} GiB"
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not on this system
        return "unknown size"
    return f"{total / 2**30:.1f} GiB, {os.cpu_count()} cores"


def _devices() -> Iterator[tuple[str, str]]:
    for device in jax.devices():
        yield str(device), f"{device.device_kind}, {_memory(device)}"


def probe() -> bool:
    """Whether a program that was just compiled comes back from the compilation cache."""
    hits = []

    def listen(event: str, **_) -> None:
        hits.extend([event] if event.endswith("/cache_hits") else [])

    jax.monitoring.register_event_listener(listen)
    try:
        for _ in range(2):
            jax.jit(lambda x: x * 3 + 1)(np.float32(1)).block_until_ready()
            jax.clear_caches()
    finally:
        jax.monitoring.unregister_event_listener(listen)
    return bool(hits)


def _set_up() -> Iterator[tuple[str, str]]:
    done = start()
    for fault, status in done.flags:
        yield "flag", fault.flag
        yield "", f"{status}; against {fault.why}"
    if not done.flags:
        yield "flags", "none needed for this jaxlib"
    yield "XLA_FLAGS", os.environ.get("XLA_FLAGS") or "not set"
    if done.cache is None:
        yield "cache", done.note
    else:
        yield "cache", str(done.cache)
        hit = (
            "a probe program was found in it" if probe() else "a probe program was NOT found in it"
        )
        files, size = xla.cache_size(done.cache)
        yield "", f"{files:,} programs, {size / 2**20:.1f} MiB; {hit}"
    yield "freed memory", start_training()


def _settings() -> Iterator[tuple[str, str]]:
    yield "floatx", settings.floatx()
    yield "epsilon", f"{settings.epsilon():g}"
    yield "layout", settings.image_data_format()
    yield "dtype policy", dtypes.dtype_policy().name
    place = os.environ.get("ADDAX_DATASETS")
    missing = place and "://" not in place and not Path(place).is_dir()
    yield "ADDAX_DATASETS", f"{place} (no such folder)" if missing else place or "not set"


def main() -> int:
    """Print the report; 0 if every check passed, else 1."""
    apart = Apart(many_axes)  # runs beside the others
    for title, rows in (
        ("Versions", _versions()),
        ("Devices", _devices()),
        ("XLA", _set_up()),
        ("Settings", _settings()),
    ):
        print(title)
        for name, value in rows:
            print(f"  {name:14s} {value}")
    print("Checks against NumPy")
    verdicts = []
    for check, result in [*((c, c) for c in CHECKS), (apart.check, apart.result)]:
        good, line = _verdict(str(check.__doc__), result)
        verdicts.append(good)
        print(line, flush=True)
    if all(verdicts):
        print("The backend computes what NumPy does.")
        return 0
    print(ADVICE.format(flag=f"{xla.YNN}="))
    return 1


def print_lowering(kind: str, first: str, second: str, **options: Any) -> int:
    """Print which strategy CPUs take for these shapes, and why; 2 for shapes that mean nothing."""
    from addax.ops.cpu import explain

    try:
        if kind not in explain.KINDS:
            raise ValueError(f"KIND is one of {', '.join(explain.KINDS)}; received {kind!r}.")
        shapes = [tuple(map(int, text.split("x"))) for text in (first, second)]
        print("\n".join(explain.lines(kind, *shapes, **options)))
    except ValueError as error:
        print(f"addax doctor: {error}", file=sys.stderr)
        return 2
    return 0
