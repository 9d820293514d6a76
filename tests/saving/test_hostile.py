"""Every hostile file on every route: a clear error, nothing run or opened, little memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
WEIGHTS_ROUTES = ("load_weights", "load_weights skipping", "inspect_file")
LIMIT_SECONDS, LIMIT_MIB = 1.0, 64.0

# Refused as a model, yet data: their weights may be read, or described, or they make a mere object.
HARMLESS = {
    ("h5 many names", "inspect_file"),
    ("zip without config", "load_weights"),
    ("zip without config", "load_weights skipping"),
    ("config thresholds", "load_model uncompiled"),
    ("old optimizer", "load_model uncompiled"),
    ("old loss", "load_model uncompiled"),
}


@pytest.fixture(scope="module")
def attempts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1]), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, str(HERE / "hostile.py"), str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
        env=environment,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) > 500
    return rows


def shown(row):
    error = row["error"][-1][:100] if row["error"] else None
    cost = f"{row['seconds']:.2f} s, {row['grown']:.0f} MiB"
    return f"{row['file']} | {row['route']} | {error} | {cost}"


def test_a_typed_error(attempts):
    wrong = []
    for row in attempts:
        has_weights = row["file"].startswith(("config", "old"))
        model_is_good = has_weights and row["route"] in WEIGHTS_ROUTES
        described = row["file"].startswith("old thresholds")
        harmless = (row["file"], row["route"]) in HARMLESS or row["route"] == "deserialize"
        if row["error"] is None:
            wrong += [] if model_is_good or described or harmless else [shown(row)]
        elif "ValueError" not in row["error"]:
            wrong.append(shown(row))
    assert wrong == []


def test_the_error_of_a_file_is_a_load_error(attempts):
    wrong = [r for r in attempts if r["error"] and r["route"].startswith("load_model")]
    assert [shown(r) for r in wrong if "LoadError" not in r["error"]] == []


def test_nothing_else_is_touched(attempts):
    assert [(shown(r), r["touched"]) for r in attempts if r["touched"]] == []


def test_quick_and_small(attempts):
    wrong = [r for r in attempts if r["seconds"] > LIMIT_SECONDS or r["grown"] > LIMIT_MIB]
    assert [shown(r) for r in wrong] == []


def test_messages_say_how_to_mend_it(attempts):
    said = {
        r["file"]: r["error"][-1] for r in attempts if r["route"] == "load_model" and r["error"]
    }
    expected = {
        "config lambda layer": "custom_objects={'x': f}",
        "config unknown class": "Did you mean 'Dense'?",
        "config unknown key": "Dense",
        "config loop": "loop or a missing layer",
        "h5 external link": "links are not followed",
        "zip up": "forbidden name",
        "empty": "looks like an empty file",
        "png": "looks like a PNG image",
        "text": "looks like text, starting 'import os",
        "pickle": "never read",
        "zip without config": "no config.json",
    }
    assert {n: said[n] for n, part in expected.items() if part not in said[n]} == {}
