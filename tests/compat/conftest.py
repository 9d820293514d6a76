"""Stand-ins for the time of a test; programs that are run in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import addax
from addax.compat import install, uninstall

ROOT = Path(addax.__file__).parents[1]


@pytest.fixture
def stand_ins():
    """Keras and TensorFlow mean Addax; real Keras is back afterwards."""
    install()
    yield
    uninstall()


@pytest.fixture
def script(tmp_path):
    """Writes a program into the test's folder; its name."""

    def write(text: str, name: str = "program.py") -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return name

    return write


@pytest.fixture
def addax_run(tmp_path):
    """Runs `python -m addax run ...` in the test's folder; the finished process."""

    def run(*arguments: str, python: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
        command = [sys.executable, *python, "-m", "addax", "run", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True
        )

    return run
