"""The layers for texts and categories equal Keras's on TensorFlow, row by row."""

import json
from pathlib import Path

import numpy as np
import pytest

import addax

GOLDENS = json.loads((Path(__file__).parents[1] / "data" / "text_goldens.json").read_text())


def name_of(row):
    arguments = {k: v for k, v in row["arguments"].items() if k != "vocabulary"}
    said = " ".join(f"{k}={v}" for k, v in arguments.items())
    return f"{row['layer']} {said} {row['shape']}"


def array(values, dtype):
    if isinstance(dtype, list):
        return [array(v, d) for v, d in zip(values, dtype, strict=True)]
    return np.array(values, dtype or object)


def made(row):
    """The layer of the row, adapted."""
    arguments = {
        k: tuple(v) if k == "ngrams" and isinstance(v, list) else v
        for k, v in row["arguments"].items()
    }
    layer = getattr(addax.layers, row["layer"])(**arguments, name="layer")
    if row["adapt"] is not None:
        data = array(row["adapt"], row["dtype"])
        layer.adapt(data if row["feed"] == "whole" else iter([data[:2], data[2:]]))
    return layer


@pytest.mark.parametrize("row", GOLDENS, ids=name_of)
def test_layer_equals_keras(row):
    layer = made(row)
    if "vocabulary" in row:
        assert layer.get_vocabulary() == row["vocabulary"]
    y = np.asarray(layer(array(row["inputs"], row["dtype"])))
    assert list(y.shape) == row["shape"]
    if row["kind"] == "object":
        assert y.ravel().tolist() == row["values"]
    else:
        np.testing.assert_allclose(y.ravel(), row["values"], rtol=2e-6)


@pytest.mark.parametrize("row", GOLDENS, ids=name_of)
def test_config_equals_keras(row):
    config = json.loads(json.dumps(addax.saving.serialize_keras_object(made(row))))["config"]
    broken = any("\n" in str(entry) for entry in row.get("vocabulary", ()))
    theirs = row["config"] | ({"vocabulary": row["vocabulary"]} if broken else {})
    assert config == theirs  # Keras loses entries that hold a line break
    again = type(made(row)).from_config(config)
    assert json.loads(json.dumps(addax.saving.serialize_keras_object(again)))["config"] == config
