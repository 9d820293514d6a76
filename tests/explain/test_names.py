"""Every public name of `addax.explain` is in a test, by its name, and says what it is."""

import inspect
from pathlib import Path

import pytest

from addax import explain

PUBLIC = {n: v for n, v in vars(explain).items() if inspect.isfunction(v)}
NAMES = [n for n, v in PUBLIC.items() if v.__module__.startswith("addax.explain.")]
TEXTS = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
PAGE = (Path(__file__).parents[2] / "docs" / "explain.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_public_names(name):
    assert any(f"explain.{name}" in text for text in TEXTS)
    assert name in PAGE
    assert getattr(explain, name).__doc__
