"""tools/size.py: what counts as a line of code, and what is over budget."""

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "size.py"
spec = importlib.util.spec_from_file_location("size", TOOL)
assert spec is not None and spec.loader is not None
size = importlib.util.module_from_spec(spec)
spec.loader.exec_module(size)

COUNTS = {
    "": 0,
    "x = 1\n": 1,
    "# only a comment\n\n": 0,
    '"""A docstring\nof two lines."""\nx = 1  # y\n': 1,
    'x = """text\nthat is data"""\n': 2,
    'def f():\n    """Doc."""\n    return 1\n': 2,
    "def f(\n    a,\n    # why\n    b,\n):\n    return a\n": 5,
    'class A:\n    """Doc."""\n\n    x = 1\n': 2,
}


@pytest.mark.parametrize("source", COUNTS)
def test_code_lines(source, tmp_path):
    path = tmp_path / "m.py"
    path.write_text(source)
    assert size.measure(path, "m.py").code == COUNTS[source]


def function(lines: int) -> str:
    return "def f():\n" + "    x = 1\n" * (lines - 1)


BUDGETS = [
    (function(40), []),
    (function(41), ["p/m.py:1: f has 41 code lines, at most 40"]),
    ("# c\n" * 600, []),
    ("# c\n" * 601, ["p/m.py: 601 lines, at most 600"]),
    ("class A:\n    async " + function(45).replace("    x", "        x"), ["f has 45 code lines"]),
]


@pytest.mark.parametrize(("source", "expected"), BUDGETS)
def test_budgets(source, expected, tmp_path, capsys):
    package = tmp_path / "p"
    package.mkdir()
    (package / "m.py").write_text(source)
    found = size.problems(size.measure_all(package))
    assert len(found) == len(expected)
    assert all(text in line for text, line in zip(expected, found, strict=True))
    assert size.main([str(package)]) == bool(expected)
    assert all(line in capsys.readouterr().out for line in found)


def test_whole_package_budget(tmp_path, monkeypatch):
    (tmp_path / "m.py").write_text("x = 1\n" * 11)
    monkeypatch.setattr(size, "PACKAGE_LINES", 10)
    assert size.problems(size.measure_all(tmp_path)) == ["11 lines in all, at most 10"]


def test_report_names_folders_and_median(tmp_path):
    package = tmp_path / "p"
    (package / "inner").mkdir(parents=True)
    (package / "a.py").write_text("x = 1\n\n" + function(3))
    (package / "inner" / "b.py").write_text(function(5))
    lines = size.report(size.measure_all(package)).splitlines()
    assert "      5      4  p" in lines
    assert "      5      5  p/inner" in lines
    assert any("of 2 functions" in line and "median 4" in line for line in lines)


def test_missing_folder(tmp_path, capsys):
    assert size.main([str(tmp_path / "none")]) == 2
    assert "no folder" in capsys.readouterr().err
