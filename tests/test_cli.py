"""The command line and the demonstration."""

import subprocess
import sys
import zipfile

import h5py
import pytest

import addax
from addax import cli


def test_version(capsys):
    with pytest.raises(SystemExit) as exit_:
        cli.main(["--version"])
    assert exit_.value.code == 0
    assert capsys.readouterr().out == f"addax {addax.__version__}\n"


@pytest.mark.parametrize(
    "arguments", [[], ["jump"], ["run"], ["summary"], ["demo", "--epochs", "x"]]
)
def test_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as exit_:
        cli.main(arguments)
    assert exit_.value.code == 2
    assert "usage: addax" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "demo", "doctor", "summary"])
def test_help_describes_every_command(command, capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    overview = capsys.readouterr().out
    with pytest.raises(SystemExit):
        cli.main([command, "--help"])
    assert command in overview
    assert len(capsys.readouterr().out.splitlines()) > 4


def test_a_command_line_that_only_asks_for_help_loads_no_engine():
    program = "import sys, addax.cli; addax.cli.parser(); print('jax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


def test_facts_of_a_keras_archive(tmp_path):
    path = tmp_path / "m.keras"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", '{"keras_version": "3.15.1", "date_saved": "2026-01-02"}')
    facts = cli.file_facts(path)
    assert "kind: Keras archive" in facts
    assert "keras version: 3.15.1" in facts and "date saved: 2026-01-02" in facts
    assert f"bytes: {path.stat().st_size:,}" in facts


def test_facts_of_an_hdf5_file(tmp_path):
    path = tmp_path / "m.h5"
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = "2.3.1"
        file.attrs["model_config"] = "{}"
    facts = cli.file_facts(path)
    assert facts[1] == "kind: HDF5" and "keras version: 2.3.1" in facts
    assert len(facts) == 4


def test_facts_of_something_else(tmp_path):
    path = tmp_path / "m.bin"
    path.write_bytes(b"12345")
    assert cli.file_facts(path)[1:] == ["kind: other", "bytes: 5"]


def test_summary_of_a_missing_file(tmp_path, capsys):
    assert cli.main(["summary", str(tmp_path / "none.keras")]) == 1
    assert "none.keras" in capsys.readouterr().err


def test_demo(tmp_path, capsys):
    pytest.importorskip("matplotlib")
    assert cli.main(["demo", "--out", str(tmp_path / "d"), "--epochs", "12"]) == 0
    printed = capsys.readouterr().out
    accuracy = float(printed.split("accuracy ")[-1].partition("%")[0])
    assert accuracy >= 97
    assert "equal predictions" in printed
    assert (tmp_path / "d" / "digits.png").read_bytes().startswith(b"\x89PNG")
    assert cli.main(["summary", str(tmp_path / "d" / "digits.keras")]) == 0
    assert "kind: Keras archive" in capsys.readouterr().out


def test_demo_without_matplotlib(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert cli.main(["demo", "--out", str(tmp_path / "d")]) == 1
    assert 'pip install "addax[demo]"' in capsys.readouterr().err
    assert not (tmp_path / "d").exists()
