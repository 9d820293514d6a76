"""Every public name of `addax.layers` has rows, or is named here as missing."""

import inspect
import json
import re
from pathlib import Path

import keras
import pytest

import addax

LAYERS = json.loads((Path(__file__).parents[1] / "data" / "api.json").read_text())["addax.layers"]
FILES = sorted(Path(__file__).parent.glob("test_*.py"))
TESTED = "".join(f.read_text() for f in FILES if f.name != "test_names.py")

# To come; this list only shrinks.
MISSING: set[str] = set()
# No rows of their own: what they are is tested with everything else.
PLAIN = {"InputSpec", "Layer", "Input", "InputLayer", "Wrapper", "deserialize", "serialize", "get"}


def canonical(name):
    """The name of the class behind an alias."""
    found = getattr(addax.layers, name)
    return found.__name__ if inspect.isclass(found) else name


def has_row(name):
    """Whether a test names it, with its rank and its kind or without."""
    family = re.sub(r"^(Global|Adaptive)?(Average|Max)Pooling\dD$", r"\1", name)
    if family != name:
        return f'f"{family}{{kind}}Pooling{{rank}}D"' in TESTED
    forms = f'"{name}"', f"layers.{name}", f"{name[:-2]}{{n}}D", f'"{name.capitalize()}"'
    return any(form in TESTED for form in forms)


HERE = sorted(n for n in LAYERS if hasattr(addax.layers, n))


@pytest.mark.parametrize("name", sorted(set(HERE) - PLAIN | {"Input", "InputLayer"}))
def test_name_is_there_with_its_parameters(name):
    spec = LAYERS[name]
    wanted = (spec["class"] if isinstance(spec, dict) else spec).split()
    wanted = [w.split("=")[0] for w in wanted if not w.startswith("*")]
    taken = inspect.signature(getattr(addax.layers, name)).parameters.values()
    anything = any(p.kind is p.VAR_KEYWORD for p in taken)
    assert set(wanted) - {p.name for p in taken} <= ({"weights"} if anything else set())
    late = ("name", "dtype", "trainable", "weights")  # of every layer, often by keyword
    ordered = [n for n in wanted if n not in late]
    positional = [p.name for p in taken if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert [n for n in positional if n not in late][: len(ordered)] == ordered


POSITIONAL_NAMES = [
    ("MaxPooling2D", (2, 2, "same", "channels_last", "here")),
    ("AveragePooling1D", (2, 1, "valid", "channels_first", "here")),
    ("SpatialDropout1D", (0.5, 3, "here", "float16")),
    ("SpatialDropout2D", (0.5, "channels_last", 3, "here")),
]


@pytest.mark.parametrize("name, args", POSITIONAL_NAMES)
def test_names_may_be_positional_where_keras_lets_them(name, args):
    layers = [getattr(m.layers, name)(*args) for m in (addax, keras)]
    assert [(x.name, x.compute_dtype) for x in layers] == [("here", layers[1].compute_dtype)] * 2


@pytest.mark.parametrize("name", sorted(set(HERE) - PLAIN))
def test_name_has_rows(name):
    assert has_row(name) or has_row(canonical(name))


def test_only_the_listed_names_are_missing():
    assert set(LAYERS) - set(HERE) <= MISSING
