"""What Keras answered, recorded where asking it takes long: `pytest -n 0 --record` asks anew."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

DATA = Path(__file__).parent / "data"
recording = False  # set by --record


@cache
def load(name: str) -> dict[str, Any]:
    """All answers of one file, by their keys."""
    file = DATA / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else {}


def golden(name: str, key: str, ask: Callable[[], Any]) -> Any:
    """The answer recorded under `key` in data/<name>.json; what `ask()` says while recording."""
    if recording:
        load(name)[key] = plain(ask())
        lines = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in sorted(load(name).items())]
        (DATA / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    if key not in load(name):
        raise KeyError(f"{key!r} was never recorded in {name}.json; run `pytest -n 0 --record`.")
    return load(name)[key]


def plain(value: Any) -> Any:
    """Arrays as lists, numbers to the digits that float32 has."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if value is None or isinstance(value, str):
        return value
    values = np.asarray(value).astype("float64")
    return plain(list(values)) if values.ndim else float(f"{values:.9g}")
