"""Runs a peer's side of a row: a worker that is kept alive, or a whole process per round.

Both have `round()`, which returns figures by name, and `close()`.
"""

import atexit
import contextlib
import functools
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers import ROOT, Peer, Unavailable, last_line, log_file

PATIENCE = 900  # seconds until an answer counts as missing


def pause(seconds: float) -> float:
    """Let the last peer's thread pools fall asleep; cores that somebody kept busy meanwhile.

    What is still busy then is not ours, and disturbs what is measured. NaN where there is no /proc.
    """
    before, start = _busy(), time.perf_counter()
    time.sleep(seconds)
    return (_busy() - before) / max(time.perf_counter() - start, 1e-9)


def _busy(stat: Path = Path("/proc/stat")) -> float:
    """Seconds for which cores have been busy since the system started, summed over cores."""
    if not stat.exists():
        return float("nan")
    ticks = [int(one) for one in stat.read_text().split("\n", 1)[0].split()[1:9]]
    idle, waiting = ticks[3:5]
    return (sum(ticks) - idle - waiting) / os.sysconf("SC_CLK_TCK")


@functools.cache
def _empty_caches() -> dict[str, str]:
    """Where this run's workers keep what they compile: nobody finds programs of an earlier run."""
    folder = tempfile.mkdtemp(prefix="addax-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    names = "ADDAX_CACHE", "TORCHINDUCTOR_CACHE_DIR"
    return {name: f"{folder}/{name.lower()}" for name in names}


class Worker:
    """A workload program that stays alive and measures one round whenever it is told to."""

    def __init__(self, python: str, peer: Peer, workload: str, options: dict[str, Any]) -> None:
        self.log = log_file(f"{workload}-{peer.name}")
        command = [python, "-m", f"benchmarks.workloads.{workload}", "--keras", peer.module]
        with self.log.open("w") as errors:
            self.process = subprocess.Popen(
                [*command, "--options", json.dumps(options)],
                cwd=ROOT,
                env=peer.environ | _empty_caches(),
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        self._answer()

    def round(self) -> dict[str, float]:
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # then there is no answer, which says more
            self.process.stdin.write("round\n")
            self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, float]:
        assert self.process.stdout is not None
        deadline = threading.Timer(PATIENCE, self.process.kill)
        deadline.start()
        line = self.process.stdout.readline()
        deadline.cancel()
        if not line:
            self.close()
            raise Unavailable(f"worker ended: {last_line(self.log)}")
        answer = json.loads(line)
        if "unavailable" in answer:
            self.close()
            raise Unavailable(answer["unavailable"])
        return answer

    def close(self) -> None:
        with self.process:
            self.process.kill()


class Program:
    """A command that is run from start to exit; its figure is the wall time in seconds."""

    def __init__(self, python: str, peer: Peer, name: str, arguments: Sequence[str]) -> None:
        self.command, self.environ = [python, *arguments], peer.environ
        self.log = log_file(f"{name}-{peer.name}")
        self.round()  # fills the caches that a second run has

    def round(self) -> dict[str, float]:
        with self.log.open("w") as out:
            start = time.perf_counter()
            try:
                done = subprocess.run(
                    self.command,
                    cwd=ROOT,
                    env=self.environ,
                    stdout=out,
                    stderr=out,
                    timeout=PATIENCE,
                )
            except subprocess.TimeoutExpired:
                raise Unavailable(f"still running after {PATIENCE} s") from None
            seconds = time.perf_counter() - start
        if done.returncode:
            raise Unavailable(last_line(self.log))
        return {"wall": seconds}

    def close(self) -> None:
        pass
