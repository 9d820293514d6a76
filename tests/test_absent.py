"""A name that is absent says whether Keras has it, or which is near."""

import importlib
import json
from pathlib import Path

import pytest

import addax
from addax.core import absent
from tools import absent as page

API = json.loads((Path(__file__).parent / "data" / "api.json").read_text())
ABSENT = page.absent()
WITHOUT = sorted({m.split(".")[1] for m in ABSENT if not hasattr(addax, m.split(".")[1])})
FIRST = [(m, names[0]) for m, names in ABSENT.items() if m.removeprefix("addax.") in vars(addax)]


def test_the_names_are_those_of_keras():
    theirs = {m.removeprefix("addax").lstrip("."): frozenset(names) for m, names in API.items()}
    assert absent.keras_names() == theirs


@pytest.mark.parametrize("module, name", [*FIRST, *(("addax", m) for m in WITHOUT)])
def test_a_name_of_keras_says_that_it_is_not_there_yet(module, name):
    with pytest.raises(AttributeError, match=f"{module}.{name} is in Keras 3.15.1 and not yet in"):
        getattr(importlib.import_module(module), name)


NEAR = [
    ("addax.layers", "Densee", "addax.layers has no 'Densee'. Did you mean 'Dense'"),
    ("addax.losses", "MeanSquareError", "'MeanSquaredError'"),
    ("addax.optimizers", "adam", "'Adam'"),
    ("addax.callbacks", "EarlyStop", "'EarlyStopping'"),
    ("addax.models", "Modell", "'Model'"),
    ("addax.utils", "to_categorial", "'to_categorical'"),
    ("addax", "layer", "'layers'"),
]


@pytest.mark.parametrize("module, name, said", NEAR)
def test_another_name_says_which_is_near(module, name, said):
    with pytest.raises(AttributeError, match=said):
        getattr(importlib.import_module(module), name)


def test_the_page_is_up_to_date():
    assert page.PAGE.read_text() == page.page()


def test_versions_satisfy_programs_that_decide_by_them():
    from packaging.version import parse

    assert addax.__version__ == addax.version() and addax.__version__.startswith("3.")
    assert int(addax.__version__.split(".")[0]) >= 3 and parse(addax.__version__) >= parse("3.15")
    assert parse(addax.__version__).local == f"addax.{importlib.metadata.version('addax')}"
