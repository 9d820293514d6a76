"""XLA's set-up: flags that avoid known faults, and the compilation cache.

All of it has to happen before JAX starts a backend, so the first layer, variable or op does it.
"""

import atexit
import contextlib
import hashlib
import importlib
import os
import platform
import re
import sys
import time
import warnings
from pathlib import Path
from typing import Any, NamedTuple

from addax.runtime.switches import is_off


class Fault(NamedTuple):
    """A fault of the jaxlib versions `since` <= v < `before`, and the flag that avoids it.

    A version that does not know a flag aborts the process, so `before` also says up to which
    version the flag is known to exist.
    """

    since: str
    before: str
    flag: str
    why: str


YNN = "--xla_cpu_experimental_ynn_fusion_type"
FAULTS = (
    # What is left, YNNPACK's matrix products, is good: an LSTM is 1.2 times as fast as with "".
    Fault(
        "0.10.2",
        "0.11.0",
        f"{YNN}=-reduce,-individual_convolution",
        "wrong sums beyond 32k rows, crash at rank 7 and 8; slow convolutions",
    ),
    Fault(
        "0.11.0", "0.11.3", f"{YNN}=", "reductions that crash at rank 7 and 8 or are miscompiled"
    ),
)
TOO_LATE = "too late: a backend had started before the first use of addax"
CACHE_BYTES = 1 << 30
SWEEP_SECONDS = 3600
DISTINCT = "vendor_id|cpu family|model|model name|stepping|flags|Features|CPU \\w+|isa|uarch"


class Setup(NamedTuple):
    """What `configure` did: flags and how each came about, the cache folder or why it is off."""

    flags: tuple[tuple[Fault, str], ...]
    cache: Path | None
    note: str


_done: list[Setup] = []


def configure() -> Setup:
    """Set up JAX before a backend starts; later calls change nothing and say what was done."""
    if not _done:
        _done.append(_configure())
    return _done[0]


def _configure() -> Setup:
    version = importlib.import_module("jaxlib.version").__version__
    started = backend_started()
    flags = tuple((fault, _apply(fault.flag, started)) for fault in faults_of(version))
    if started:
        _warn_of_faults(flags)
        return Setup(flags, None, "off: a backend had started before the first use of addax")
    return Setup(flags, *_start_cache(version))


def _warn_of_faults(flags: tuple[tuple[Fault, str], ...]) -> None:
    late = [fault for fault, status in flags if status == TOO_LATE]
    if late:
        faults = "; ".join(fault.why for fault in late)
        chosen = " ".join(fault.flag for fault in late)
        warnings.warn(
            f"This jaxlib has known faults ({faults}), and JAX had started its backend before the "
            "first use of addax, too late to avoid them everywhere: fit, evaluate, predict and "
            "model(x) are compiled without what is at fault, other computations are not. Make a "
            f'layer, variable or op of addax first, or set XLA_FLAGS="{chosen}".',
            RuntimeWarning,
            stacklevel=5,
        )


def late_options() -> dict[str, str] | None:
    """What a program is compiled with where it is too late for the flags; None if it is not.

    Without a value the flag of a fault switches off all of what has it.
    """
    late = [fault.flag for fault, status in configure().flags if status == TOO_LATE]
    return {flag.partition("=")[0].lstrip("-"): "" for flag in late} or None


def backend_started() -> bool:
    """Whether JAX has already chosen its devices, after which flags have no effect."""
    bridge = sys.modules.get("jax._src.xla_bridge")
    return bridge is not None and bridge.backends_are_initialized()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def faults_of(version: str) -> list[Fault]:
    """The rows of the table that hold for a jaxlib version."""
    found = _numbers(version)
    return [f for f in FAULTS if _numbers(f.since) <= found < _numbers(f.before)]


def _apply(flag: str, started: bool) -> str:
    flags = os.environ.get("XLA_FLAGS", "")
    name = flag.partition("=")[0]
    if flag in flags.split():
        return "set"  # by whoever started this process, perhaps an Addax program
    if re.search(rf"(^|\s){re.escape(name)}(=|\s|$)", flags):
        return "left as you set it"
    if started:
        return TOO_LATE
    os.environ["XLA_FLAGS"] = f"{flags} {flag}".strip()
    return "set"


def quieten() -> None:
    """Leave XLA's C++ logs to those who ask for them; failures reach Python as exceptions.

    Without effect once JAX is imported, which sets the level too.
    """
    version = importlib.import_module("jaxlib.version").__version__
    # Before 0.10.2 each program from the cache is said, wrongly, to be another CPU's.
    level = "2" if _numbers(version) >= (0, 10, 2) else "3"
    if "jax" not in sys.modules:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", level)


def _start_cache(version: str) -> tuple[Path | None, str]:
    if is_off("ADDAX_CACHE"):
        return None, "off: ADDAX_CACHE"
    if str(_read("jax_enable_compilation_cache")).lower() in ("0", "false", "no", "off"):
        return None, "off: JAX_ENABLE_COMPILATION_CACHE"
    chosen = _read("jax_compilation_cache_dir")
    try:
        folder = cache_root() / "xla" / f"{version}-{cpu_id()}"
        if chosen not in (None, str(folder)):  # ours: from the Addax program that started this one
            return None, f"yours: {chosen}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        foreign = hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()
    except (OSError, RuntimeError) as error:  # RuntimeError: nobody knows the home folder
        return None, f"off: {error}"
    if foreign or not os.access(folder, os.W_OK | os.X_OK):
        return None, f"off: {folder} is not yours to write"  # its content is executed
    _write("jax_compilation_cache_dir", str(folder))
    # What can't be read, because another process is writing or has swept it, is compiled.
    problem = "Error (reading|writing) persistent compilation cache"
    warnings.filterwarnings("ignore", problem, UserWarning)
    if "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS" not in os.environ:
        _write("jax_persistent_cache_min_compile_time_secs", 0.0)
    atexit.register(sweep, folder.parent)
    return folder, "on"


def _read(name: str) -> Any:
    """A setting of JAX, from its environment variable as long as JAX is not imported."""
    jax = sys.modules.get("jax")
    return getattr(jax.config, name) if jax else os.environ.get(name.upper())


def _write(name: str, value: Any) -> None:
    jax = sys.modules.get("jax")
    if jax:
        jax.config.update(name, value)
    else:
        os.environ[name.upper()] = str(value)


def cache_root() -> Path:
    """The folder of everything that may be deleted and comes back by itself."""
    own, shared = os.environ.get("ADDAX_CACHE"), os.environ.get("XDG_CACHE_HOME")
    if own:
        return Path(own).expanduser()
    return (Path(shared) if shared else Path.home() / ".cache") / "addax"


def cpu_id() -> str:
    """A short text that differs between CPUs that can't run each other's programs."""
    try:
        with open("/proc/cpuinfo") as file:
            first = file.read(1 << 14).split("\n\n")[0]
        facts = re.findall(rf"^(?:{DISTINCT})\s*:.*$", first, re.MULTILINE)
    except OSError:
        facts = [platform.processor()]
    text = "\n".join([platform.system(), platform.machine(), *facts])
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def sweep(folder: Path, limit: int = CACHE_BYTES, interval: float = SWEEP_SECONDS) -> int:
    """Delete the entries used longest ago until `folder` has at most `limit` bytes; how many.

    At most once in `interval` seconds. Several processes may sweep at once: what is gone is gone.
    """
    stamp = folder / ".swept"
    with contextlib.suppress(OSError):
        if stamp.exists() and time.time() - stamp.stat().st_mtime < interval:
            return 0
        stamp.touch(mode=0o600)
    entries = sorted(_entries(folder))
    excess = sum(size for _, size, _ in entries) - limit
    deleted = 0
    for _, size, path in entries:
        if excess <= 0:
            break
        with contextlib.suppress(OSError):
            path.unlink()
            deleted += 1
        excess -= size
    return deleted


def _entries(folder: Path) -> list[tuple[float, int, Path]]:
    """Last use in seconds, bytes, and path of each file; many disks note uses once a day."""
    found = []
    for path in folder.rglob("*-cache"):
        with contextlib.suppress(OSError):
            about = path.stat()
            found.append((max(about.st_atime, about.st_mtime), about.st_size, path))
    return found


def cache_size(folder: Path) -> tuple[int, int]:
    """Files and bytes of the compilation cache."""
    sizes = [size for _, size, _ in _entries(folder)]
    return len(sizes), sum(sizes)
