"""Programs after the patterns of TensorFlow's tutorials, each in a process of its own.

    python -m tests.programs.gallery [name ...]

Runs those in `tensorflow/`, all unless some are named, and prints the last line of each.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
PROGRAMS = sorted((HERE / "tensorflow").glob("*.py"))


def run(path: Path, folder: str) -> subprocess.CompletedProcess:
    """The finished process of a program, which may write into `folder`."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    command = [sys.executable, "-m", "addax", "run", str(path)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def main() -> int:
    chosen = [p for p in PROGRAMS if not sys.argv[1:] or p.stem in sys.argv[1:]]
    wrong = 0
    for path in chosen:
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            done = run(path, folder)
        lines = done.stdout.splitlines() or [""]
        fine = not done.returncode and lines[-1] == "done"
        wrong += not fine
        print(f"{path.stem:20} {time.perf_counter() - start:5.1f} s  {'done' if fine else 'FAILED'}")
        if not fine:
            print(done.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
