"""The command line and the demonstration."""

import subprocess
import sys

import pytest

import addax
from addax import cli
from addax.core import version


def test_version(capsys):
    with pytest.raises(SystemExit) as exit_:
        cli.main(["--version"])
    assert exit_.value.code == 0
    assert capsys.readouterr().out == f"addax {version.OWN}\n"


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


def test_a_command_line_that_only_asks_for_help_loads_no_jax():
    program = "import sys, addax.cli; addax.cli.parser(); print('jax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("m.keras", ["dense", "Total params: 3", "format: keras", "keras version: 3.15"]),
        ("m.h5", ["dense", "Total params: 3", "format: hdf5"]),
        ("w.weights.h5", ["layers/dense/vars/0: float32(2, 1)", "format: weights.h5"]),
        ("w.safetensors", ["float32(2, 1)", "format: safetensors"]),
    ],
)
def test_summary(name, words, tmp_path, capsys):
    model = addax.Sequential([addax.layers.Dense(1, input_shape=(2,), name="dense")], name="net")
    path = tmp_path / name
    (model.save if name[0] == "m" else model.save_weights)(path)
    assert cli.main(["summary", str(path)]) == 0
    printed = capsys.readouterr().out
    assert not [w for w in [*words, f"bytes: {path.stat().st_size:,}"] if w not in printed]


def test_summary_of_no_model(tmp_path, capsys):
    path = tmp_path / "m.bin"
    path.write_bytes(b"12345")
    assert cli.main(["summary", str(path)]) == 1
    assert "m.bin" in capsys.readouterr().err


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
    assert "format: keras" in capsys.readouterr().out


def test_demo_without_matplotlib(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert cli.main(["demo", "--out", str(tmp_path / "d")]) == 1
    assert 'pip install "addax[demo]"' in capsys.readouterr().err
    assert not (tmp_path / "d").exists()
