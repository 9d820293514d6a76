"""What type checkers and editors see of the package."""

import ast
import importlib
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CALLS = Path(__file__).with_name("calls.py")
STUBS = sorted((ROOT / "addax").rglob("*.pyi"))


def wrong_lines() -> set[int]:
    lines = CALLS.read_text().splitlines()
    return {i for i, line in enumerate(lines, 1) if line.endswith("# error")}


def run(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, cwd=ROOT, check=False
    )
    return done.stdout or done.stderr


def test_pyright_refuses_the_wrong_calls_and_no_others():
    found = json.loads(run("pyright", "--outputjson", str(CALLS)))["generalDiagnostics"]
    errors = [e for e in found if e["severity"] == "error"]
    assert {e["range"]["start"]["line"] + 1 for e in errors} == wrong_lines()


def test_mypy_refuses_the_wrong_calls_and_no_others():
    text = run("mypy", "--follow-imports=silent", "--no-error-summary", str(CALLS))
    found = re.findall(r"calls\.py:(\d+): error", text)
    assert set(map(int, found)) == wrong_lines(), text


def test_the_file_of_calls_is_worth_running():
    lines = [s for s in CALLS.read_text().splitlines() if re.match(r"[\w.]+\(", s)]
    assert len(lines) >= 80
    assert len(wrong_lines()) >= 25


def test_stubs_are_what_the_constructors_say():
    assert run("tools.stubs", "--check") == ""


@pytest.mark.parametrize("path", STUBS, ids=lambda p: p.parent.name)
def test_arguments_have_the_order_of_the_run(path):
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    real = importlib.import_module(module)
    classes = [n for n in ast.parse(path.read_text()).body if isinstance(n, ast.ClassDef)]
    assert classes
    for node in classes:
        init = next(m for m in node.body if isinstance(m, ast.FunctionDef))
        positional = [a.arg for a in init.args.args[1:]]
        by_name = {a.arg for a in init.args.kwonlyargs}
        parameters = inspect.signature(getattr(real, node.name)).parameters.values()
        assert positional == [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
        assert {p.name for p in parameters if p.kind is p.KEYWORD_ONLY} <= by_name
