"""Size of the package: lines by folder, the longest files and functions, and what is over budget.

usage: python tools/size.py [FOLDER]

A code line holds a token that is neither comment nor docstring. Exit status 1 when a file, a
function or the whole is over its budget.
"""

import ast
import io
import statistics
import sys
import tokenize
from collections import Counter
from pathlib import Path
from typing import NamedTuple

FILE_LINES = 600
FUNCTION_LINES = 40
MEDIAN_LINES = 7
PACKAGE_LINES = 30_000
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


def problems(files: list[File]) -> list[str]:
    """What is over its budget, one line each."""
    long_files = [f for f in files if f.lines > FILE_LINES]
    long_functions = [g for f in files for g in f.functions if g.lines > FUNCTION_LINES]
    total = sum(f.lines for f in files)
    found = [f"{f.path}: {f.lines} lines, at most {FILE_LINES}" for f in long_files]
    found += [
        f"{g.path}:{g.start}: {g.name} has {g.lines} code lines, at most {FUNCTION_LINES}"
        for g in long_functions
    ]
    if total > PACKAGE_LINES:
        found.append(f"{total} lines in all, at most {PACKAGE_LINES}")
    return found


def report(files: list[File]) -> str:
    """The table that is printed."""
    folders, code = Counter(), Counter()
    for file in files:
        folder = file.path.rpartition("/")[0]
        folders[folder] += file.lines
        code[folder] += file.code
    functions = sorted((g for f in files for g in f.functions), reverse=True)
    median = statistics.median(g.lines for g in functions) if functions else 0
    rows = [f"{'lines':>7} {'code':>6}  folder"]
    rows += [f"{folders[name]:7} {code[name]:6}  {name}" for name in sorted(folders)]
    rows += [f"{folders.total():7} {code.total():6}  of {PACKAGE_LINES} lines", "", "longest files"]
    rows += [f"{f.lines:7} {f.code:6}  {f.path}" for f in sorted(files, key=lambda f: -f.lines)[:8]]
    rows += ["", f"longest of {len(functions)} functions (code lines; median {median:g}, "]
    rows[-1] += f"aim {MEDIAN_LINES})"
    rows += [f"{g.lines:7}  {g.path}:{g.start} {g.name}" for g in functions[:8]]
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Print the report; 1 if something is over budget."""
    root = Path(arguments[0] if arguments else Path(__file__).parents[1] / "addax").resolve()
    if not root.is_dir():
        print(f"There is no folder {root}.", file=sys.stderr)
        return 2
    files = measure_all(root)
    found = problems(files)
    print(report(files))
    print("\nover budget:\n" + "\n".join(found) if found else "\nwithin budget")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
