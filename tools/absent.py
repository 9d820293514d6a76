"""Write `docs/absent.md`, the names of Keras that Addax does not have yet.

`--check` compares the file with what would be written, and exits with 1 where they differ.
"""

import importlib
import sys
from pathlib import Path

from addax.core.absent import keras_names
from addax.core.version import KERAS

PAGE = Path(__file__).parents[1] / "docs" / "absent.md"
HEAD = f"""# What of Keras is absent

Public names of Keras {KERAS} that Addax does not have yet, by module; written by
`python -m tools.absent`. A program that uses one of them is told so by name.
"""


def absent() -> dict[str, list[str]]:
    """The names by module, those without any left out."""
    found = {}
    for module, names in sorted(keras_names().items()):
        full = f"addax.{module}".rstrip(".")
        try:
            here = importlib.import_module(full)
        except ModuleNotFoundError:
            here = None
        missing = sorted(n for n in names if not hasattr(here, n))
        if missing:
            found[full] = missing
    return found


def page() -> str:
    """The text of the page."""
    rows = absent()
    counts = [f"{sum(map(len, rows.values()))} of {sum(map(len, keras_names().values()))} names."]
    lists = [
        f"**{module}**: {', '.join(f'`{n}`' for n in names)}" for module, names in rows.items()
    ]
    return "\n\n".join([HEAD.strip(), *counts, *lists]) + "\n"


def main() -> int:
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        print(f"{PAGE} is not what `python -m tools.absent` writes")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
