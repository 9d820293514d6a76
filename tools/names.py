"""Which names of a ranked list a program would find under `addax run`.

    python -m tools.names ranked.tsv [--least 2]

Each line of the list is a dotted name, a tab and the number of programs that use it. Prints the
missing ones by rank, with the error that a program would see, and last how many there are.
"""

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

from addax.compat import install


def reach(name: str) -> Any:
    """The object called `name`, by imports or attributes. Raises what a program sees."""
    head, *parts = name.split(".")
    value = importlib.import_module(head)
    path = head
    for part in parts:
        path = f"{path}.{part}"
        try:
            value = getattr(value, part)
        except AttributeError as error:
            try:
                value = importlib.import_module(path)
            except ImportError:
                raise error from None
    return value


def missing(rows: list[tuple[str, int]]) -> list[tuple[str, int, str]]:
    """The rows whose name is not there, each with the reason."""
    found = []
    for name, programs in rows:
        try:
            reach(name)
        except (AttributeError, ImportError) as error:
            found.append((name, programs, str(error)))
    return found


def read(path: Path, least: int) -> list[tuple[str, int]]:
    """The names that at least `least` programs use."""
    pairs = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [(name, int(count)) for name, count in pairs if int(count) >= least]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list", type=Path)
    parser.add_argument("--least", type=int, default=1, help="programs that use a name")
    given = parser.parse_args()
    rows = read(given.list, given.least)
    install()
    absent = missing(rows)
    for name, programs, reason in absent:
        print(f"{programs:4} {name}: {reason}")
    print(f"{len(absent)} of {len(rows)} names are missing.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
