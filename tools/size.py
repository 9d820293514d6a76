"""Size of the package: code lines by folder, the ten longest files and functions.

usage: python tools/size.py [FOLDER]

A code line holds a token that is neither comment nor docstring. Sizes are reported, never enforced:
the exit status is 0.
"""

import ast
import io
import statistics
import sys
import tokenize
from collections import Counter
from pathlib import Path
from typing import NamedTuple

# Code lines of the part of Keras 3.15 that runs on JAX: no tests and no other backends.
KERAS = 92_021
SHOWN = 10
SILENT = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENCODING, tokenize.ENDMARKER,
}  # fmt: skip
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (*FUNCTION, ast.ClassDef, ast.Module)


class Function(NamedTuple):
    """One function: where it stands and how many code lines it has."""

    lines: int
    name: str
    path: str
    start: int


class File(NamedTuple):
    """One source file."""

    path: str
    lines: int
    code: int
    functions: list[Function]


def docstring_lines(tree: ast.AST) -> set[int]:
    """The numbers of the lines that docstrings cover."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            text = node.body[0]
            lines.update(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    return lines


def code_lines(source: str, tree: ast.AST) -> set[int]:
    """The numbers of the lines that hold code."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in SILENT:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines - docstring_lines(tree)


def measure(path: Path, name: str) -> File:
    """The sizes of one file, called `name` in the report."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source, name)
    code = code_lines(source, tree)
    functions = []
    for node in ast.walk(tree):
        if isinstance(node, FUNCTION):
            covered = code.intersection(range(node.lineno, (node.end_lineno or 0) + 1))
            functions.append(Function(len(covered), node.name, name, node.lineno))
    return File(name, len(source.splitlines()), len(code), functions)


def measure_all(root: Path) -> list[File]:
    """The sizes of every Python file below `root`."""
    return [measure(p, p.relative_to(root.parent).as_posix()) for p in sorted(root.rglob("*.py"))]


def report(files: list[File]) -> str:
    """The table that is printed."""
    folders, code = Counter(), Counter()
    for file in files:
        folder = file.path.rpartition("/")[0]
        folders[folder] += file.lines
        code[folder] += file.code
    functions = sorted((g for f in files for g in f.functions), reverse=True)
    median = statistics.median(g.lines for g in functions) if functions else 0
    longest = sorted(files, key=lambda f: -f.code)[:SHOWN]
    rows = [f"{'code':>7} {'lines':>7}  folder"]
    rows += [f"{code[name]:7,} {folders[name]:7,}  {name}" for name in sorted(folders)]
    rows += [f"{code.total():7,} {folders.total():7,}  in all"]
    rows += [f"{KERAS:7,} {'':7}  Keras, what runs on JAX", "", f"longest of {len(files)} files"]
    rows += [f"{f.code:7,} {f.lines:7,}  {f.path}" for f in longest]
    rows += ["", f"longest of {len(functions)} functions (median {median:g})"]
    rows += [f"{g.lines:7,} {'':7}  {g.path}:{g.start} {g.name}" for g in functions[:SHOWN]]
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Print the report; always 0."""
    root = Path(arguments[0] if arguments else Path(__file__).parents[1] / "addax").resolve()
    print(report(measure_all(root)) if root.is_dir() else f"There is no folder {root}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
