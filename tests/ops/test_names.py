"""The public names of the operations: all there, all tested, and named in files as Keras does."""

import importlib
import importlib.util
import inspect
import json
from pathlib import Path

import pytest

from addax import ops
from addax.ops import keras_classes

HERE = Path(__file__).parent
API = json.loads((HERE.parent / "data" / "api.json").read_text())
NAMESPACES = [space for space in API if space.startswith("addax.ops")]
PUBLIC = {space: [n for n, v in API[space].items() if isinstance(v, str)] for space in NAMESPACES}


@pytest.mark.parametrize("space", NAMESPACES)
def test_names_and_parameters(space):
    module = importlib.import_module(space)
    for name in PUBLIC[space]:
        parameters = inspect.signature(getattr(module, name)).parameters.values()
        bare = (p.replace(annotation=inspect.Parameter.empty) for p in parameters)
        assert " ".join(str(p).replace(" ", "") for p in bare) == API[space][name], name


def names_with_tests() -> set[str]:
    """What the tables of this folder hold, and names with a test of their own."""
    found = set()
    for path in HERE.glob("test_*.py"):
        if path.name != Path(__file__).name:
            spec = importlib.util.spec_from_file_location(path.stem, path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            found |= {case.name for case in getattr(module, "ROWS", [])}
            found |= {name.removeprefix("test_") for name in vars(module)}
    return found


def test_every_name_has_a_row():
    assert sorted({n for space in NAMESPACES for n in PUBLIC[space]} - names_with_tests()) == []


def test_every_name_has_a_description():
    for space in NAMESPACES:
        module = importlib.import_module(space)
        assert [n for n in PUBLIC[space] if not inspect.getdoc(getattr(module, n))] == []


@pytest.mark.parametrize("fn", keras_classes.CLASS_NAMES, ids=lambda fn: fn.__name__)
def test_class_in_keras(fn):
    home, name = keras_classes.CLASS_NAMES[fn]
    oracle = getattr(importlib.import_module(home), name, None)
    if oracle is None:  # no class: Keras can't record it either
        assert f"{name}(" not in inspect.getsource(importlib.import_module(home))
        return
    constructor = set(inspect.signature(oracle.__init__).parameters) - {"self", "name"}
    parameters = {
        p.name
        for p in inspect.signature(fn).parameters.values()
        if p.kind is p.POSITIONAL_OR_KEYWORD
    }
    settings = {p for p in parameters if keras_classes.is_setting(fn, p)}
    assert settings == constructor & parameters


def test_aliases_are_one_function():
    assert ops.abs is ops.absolute
    assert ops.conj is ops.conjugate
    assert ops.swish is ops.silu
    assert ops.nn.relu is ops.relu
    assert ops.numpy.add is ops.add
    assert ops.linalg.det is ops.det
    assert keras_classes.FUNCTIONS["ExtractPatches"] is ops.image.extract_patches
