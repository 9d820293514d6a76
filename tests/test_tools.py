"""tools/size.py: what counts as a line of code, and what is reported."""

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


def test_sizes_are_reported_never_enforced(tmp_path, capsys):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "m.py").write_text("# c\n" * 5000 + function(2000))
    assert size.main([str(tmp_path / "p")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  2,000   7,000  p/m.py" in lines
    assert "  2,000          p/m.py:5001 f" in lines


def test_ten_longest(tmp_path):
    package = tmp_path / "p"
    package.mkdir()
    for n in range(2, 14):
        (package / f"m{n}.py").write_text(function(n) + "# c\n" * (20 - n))
    _, files, functions = size.report(size.measure_all(package)).split("\n\n")
    longest = [f"m{n}.py" for n in range(13, 3, -1)]
    assert [line.rpartition("/")[2] for line in files.splitlines()[1:]] == longest
    assert [line.split()[1] for line in functions.splitlines()[1:]] == [
        f"p/{name}:1" for name in longest
    ]


def test_report_names_folders_and_median(tmp_path):
    package = tmp_path / "p"
    (package / "inner").mkdir(parents=True)
    (package / "a.py").write_text("x = 1\n\n" + function(3))
    (package / "inner" / "b.py").write_text(function(5))
    lines = size.report(size.measure_all(package)).splitlines()
    assert "      4       5  p" in lines
    assert "      5       5  p/inner" in lines
    assert "      9      10  in all" in lines
    assert "longest of 2 functions (median 4)" in lines
    assert any("92,021" in line and "Keras" in line for line in lines)


def test_missing_folder(tmp_path, capsys):
    assert size.main([str(tmp_path / "none")]) == 0
    assert "no folder" in capsys.readouterr().out


def test_names_that_a_program_would_miss(tmp_path):
    from addax.compat import install, uninstall
    from tools.names import missing, read

    ranked = tmp_path / "ranked.tsv"
    rows = ["name\tprograms", "keras.layers.Dense\t9", "tensorflow.io.gfile.glob\t3",
            "tensorflow.nn.rellu\t2", "nowhere.x\t1"]  # fmt: skip
    ranked.write_text("\n".join(rows))
    install()
    try:
        found = missing(read(ranked, least=2))
    finally:
        uninstall()
    assert [(name, count) for name, count, _ in found] == [("tensorflow.nn.rellu", 2)]
    assert "'relu'" in found[0][2]
