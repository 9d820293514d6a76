"""Names, arguments, architecture and files of the networks, as Keras's are.

`python -m tests.applications.gallery` compares all of them with live Keras, predictions included.
"""

import hashlib
import importlib
import inspect
import json
from pathlib import Path

import pytest
from applications.pairs import NAMES

import addax
from addax import applications
from addax.applications import _network

DATA = Path(__file__).parents[1] / "data"
API = json.loads((DATA / "api.json").read_text())
MODULES = {m: names for m, names in API.items() if m.startswith("addax.applications")}
# MobileNets say that there are no weights for images of any size.
pytestmark = pytest.mark.filterwarnings("ignore:There are weights for square images")
GOLDENS = json.loads((DATA / "application_goldens.json").read_text())


def test_every_network_of_keras_is_there():
    assert sorted(API["addax.applications"]) == NAMES


@pytest.mark.parametrize("module", MODULES)
def test_names_and_arguments(module):
    found = importlib.import_module(module)
    public = [n for n in found.__all__ if not inspect.ismodule(getattr(found, n))]
    assert sorted(public) == sorted(MODULES[module])
    for name, facts in MODULES[module].items():
        function = getattr(found, name)
        parameters = inspect.signature(function).parameters.values()
        plain = [p.replace(annotation=p.empty) for p in parameters]
        assert [str(p) for p in plain] == facts.split(), name
        assert inspect.isfunction(function) and function.__name__ == name and function.__doc__


def id_of(row):
    name, given, _ = row
    return ",".join([name, *(f"{k}={v}" for k, v in given.items())]).replace(" ", "")


@pytest.mark.parametrize("row", GOLDENS, ids=id_of)
def test_files(row, monkeypatch):
    """Each call asks for the file that it asks for in Keras, before it builds anything."""
    name, given, expected = row
    asked = []

    class Asked(Exception):
        pass

    def find_file(*args):
        asked.append(args)
        raise Asked

    monkeypatch.setattr("addax.applications._weights.find_file", find_file)
    with pytest.raises(Asked):
        getattr(applications, name)(**given)
    file, address, file_hash = expected["file"]
    assert asked == [(file, address, file_hash, "models")]


@pytest.mark.parametrize("row", [row for row in GOLDENS if "layers" in row[2]], ids=id_of)
def test_architecture(row, monkeypatch):
    """Names of layers and shapes of weights, in order, and the output's shape."""
    name, given, expected = row
    monkeypatch.setattr(_network, "locate", lambda *args: "")
    monkeypatch.setattr(addax.Model, "load_weights", lambda *args: None)
    addax.utils.clear_session()
    model = getattr(applications, name)(**given)
    layers = [[layer.name, [list(w.shape) for w in layer.weights]] for layer in model.layers]
    text = json.dumps([model.name, list(model.output_shape), layers])
    assert model.count_params() == expected["parameters"]
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == expected["layers"]
