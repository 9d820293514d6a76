"""The peers: what is compared, and a virtual environment of its own for each that needs one.

Environments are made on demand under `.bench/` (or `ADDAX_BENCH_HOME`) and kept.
`ADDAX_BENCH_TORCH` and `ADDAX_BENCH_TENSORFLOW` replace what pip is asked for ("torch==2.13.0").
"""

import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("ADDAX_BENCH_HOME", ROOT / ".bench")).resolve()

# tensorflow-cpu has wheels for x86-64 only; elsewhere the plain package runs on the CPU as well.
_TENSORFLOW = "tensorflow-cpu" if platform.machine() in ("x86_64", "AMD64") else "tensorflow"
_KERAS = ("keras==3.15.1", "scikit-learn")
_TORCH = (os.environ.get("ADDAX_BENCH_TORCH", "torch"), *_KERAS)


class Unavailable(Exception):
    """A peer, or a part of one, that cannot run here; its text is the reason."""


@dataclass(frozen=True)
class Peer:
    """`module` is what its programs import; without `packages` it runs in the harness's Python.

    `home` is the peer whose environment it shares, `prefix` begins the names of workloads written
    by hand for it, `options` are added to theirs. `quick`: part of a quick run.
    """

    name: str
    module: str
    packages: tuple[str, ...] = ()
    backend: str = ""
    home: str = ""
    prefix: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    quick: bool = True

    @property
    def environ(self) -> dict[str, str]:
        """CPU only and default threads for everybody, unless the caller's environment says else.

        Bytecode is kept: pip made the peers', and that of the checkout comes from its first run.
        """
        defaults = {"JAX_PLATFORMS": "cpu", "CUDA_VISIBLE_DEVICES": "", "TF_CPP_MIN_LOG_LEVEL": "3"}
        chosen = {"KERAS_BACKEND": self.backend} if self.backend else {}
        environ = defaults | dict(os.environ) | chosen
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        return environ


def _same_jax() -> str:
    try:
        return f"jax=={metadata.version('jax')}"
    except metadata.PackageNotFoundError:
        return "jax"


_ALL = (
    Peer("addax", "addax"),
    Peer("raw-jax", "jax", prefix="jax_"),
    Peer("raw-torch", "torch", _TORCH, home="keras-torch", prefix="torch_"),
    Peer(
        "raw-torch-compiled",
        "torch",
        _TORCH,
        home="keras-torch",
        prefix="torch_",
        options={"compiled": True},
        quick=False,
    ),
    Peer("keras-jax", "keras", (_same_jax(), *_KERAS), "jax"),
    Peer(
        "keras-tf",
        "keras",
        (os.environ.get("ADDAX_BENCH_TENSORFLOW", _TENSORFLOW), *_KERAS),
        "tensorflow",
    ),
    Peer("keras-torch", "keras", _TORCH, "torch", quick=False),
)
PEERS = {peer.name: peer for peer in _ALL}
KERAS = tuple(name for name, peer in PEERS.items() if peer.module == "keras")
RAW = tuple(name for name, peer in PEERS.items() if peer.prefix)


def interpreter(peer: Peer) -> str:
    """Path of the Python that runs `peer`; installs its environment first when that is missing.

    Raises Unavailable with the last line of the log when the installation fails.
    """
    if not peer.packages:
        return sys.executable
    home = HOME / (peer.home or peer.name)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = home / "installed.txt", "\n".join(peer.packages)
    if not (stamp.exists() and stamp.read_text() == wanted):
        _install(home, python, peer.packages)
        stamp.write_text(wanted)
    return str(python)


def _install(home: Path, python: Path, packages: tuple[str, ...]) -> None:
    print(f"installing {home.name}: {' '.join(packages)}", file=sys.stderr, flush=True)
    log = log_file(f"install-{home.name}")
    with log.open("w") as out:
        for command in (
            [sys.executable, "-m", "venv", str(home)],
            [str(python), "-m", "pip", "install", "--quiet", *packages],
        ):
            if subprocess.run(command, stdout=out, stderr=out).returncode:
                raise Unavailable(f"not installed: {last_line(log)}")


def log_file(name: str) -> Path:
    """Where the output of the named process goes; the folder is made."""
    (HOME / "logs").mkdir(parents=True, exist_ok=True)
    return HOME / "logs" / f"{name}.log"


def last_line(log: Path) -> str:
    """The last line of a log that says something; it goes into a table, hence no bars."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    return next((line for line in reversed(lines) if line), "no output").replace("|", "/")


_SHOWN = {
    "keras": ("keras", "jax", "jaxlib", "tensorflow", "tensorflow-cpu", "torch", "numpy"),
    "torch": ("torch", "numpy"),
}


def versions(python: str, module: str) -> str:
    """Versions of Python and of what matters to `module` in that environment, in one line."""
    names = _SHOWN.get(module, ("jax", "jaxlib", "numpy"))
    code = (
        "import platform, importlib.metadata as m\n"
        f"have = {{d.metadata['Name'].lower().replace('_', '-'): d.version"
        " for d in m.distributions()}\n"
        f"shown = [f'{{n}} {{have[n]}}' for n in {names!r} if n in have]\n"
        "print('Python', platform.python_version() + ',', ', '.join(shown))"
    )
    return subprocess.run([python, "-c", code], capture_output=True, text=True).stdout.strip()
