"""The json files of a project: written whole or not at all, read with one clear error."""

import json
import os
from typing import Any

from addax.saving.atomic import replacing


def write_json(path: Any, value: Any) -> None:
    """Write plain data; the old file stays until the new one is complete."""
    text = json.dumps(value)
    with replacing(path) as temporary, open(temporary, "w", encoding="utf-8") as file:
        file.write(text)


def read_json(path: Any) -> dict[str, Any]:
    """The dictionary in the file. RuntimeError for a file that has none."""
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    if not isinstance(value, dict):
        raise unreadable(path, f"a dictionary was expected, not {type(value).__name__}")
    return value


def unreadable(path: Any, why: Any) -> RuntimeError:
    """The error for a project that can't be gone on with."""
    return RuntimeError(
        f"Error reloading {os.fspath(path)}: {why}. Bring the file back, choose another "
        "project_name, or pass overwrite=True to begin anew."
    )
