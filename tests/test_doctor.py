"""The report, and that its checks can fail."""

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from addax import cli, doctor


@pytest.mark.parametrize("check", doctor.CHECKS, ids=lambda c: c.__name__)
def test_backend_is_right(check):
    error, limit = check()
    assert error <= limit


def bad(*_):
    """a broken check"""
    return doctor.Result(1.0, 1e-5)


def nan(*_):
    """a check that gives no number"""
    return doctor._compare(np.array([np.nan, 1.0]), np.ones(2))


def raising(*_):
    """a check that fails"""
    raise RuntimeError("no such device")


@pytest.mark.parametrize("check", [bad, nan, raising], ids=lambda c: c.__name__)
def test_failures_are_seen(check):
    good, line = doctor._verdict(check.__doc__, check)
    assert not good and line.split()[0] == "FAIL" and check.__doc__ in line


def test_worst_is_never_better_than_not_a_number():
    assert np.isnan(doctor._worst([doctor.Result(0.0, 1.0), nan()]).error)


ENDS = {
    "import os; os.kill(os.getpid(), 11)": "crashed with signal 11",
    "raise ValueError('this text')": "this text",
    "import threading; threading.Event().wait()": "hangs",
}


@pytest.mark.parametrize("program", ENDS)
def test_processes_that_crash_or_hang(program, monkeypatch):
    monkeypatch.setattr(doctor, "PATIENCE", 0.5 if "wait" in program else 60)
    apart = object.__new__(doctor.Apart)
    apart.process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=-1, stderr=-1, text=True
    )
    with pytest.raises(RuntimeError, match=ENDS[program]):
        apart.result()


def test_report(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("ADDAX_DATASETS", str(tmp_path / "none"))
    assert cli.main(["doctor"]) == 0
    report = capsys.readouterr().out
    for word in ("jaxlib", "cpu", "cache", "floatx", "(no such folder)", "rank 7 and 8"):
        assert word in report
    assert "FAIL" not in report and report.endswith("The backend computes what NumPy does.\n")


def test_report_of_a_broken_backend(capsys, monkeypatch):
    monkeypatch.setattr(doctor, "CHECKS", (bad,))
    apart = SimpleNamespace(check=raising, result=raising)
    monkeypatch.setattr(doctor, "Apart", lambda check: apart)
    assert doctor.main() == 1
    report = capsys.readouterr().out
    assert report.count("FAIL") == 2 and "pip install --upgrade jax jaxlib" in report
