"""The namespaces of tf give TensorFlow's values: in eager code, and in functions of data sets."""

import json
from pathlib import Path

import numpy as np
import pytest
from data.make_tf_goldens import answer, rows

import addax
from addax.data.elements import element, pipeline

GOLDENS = json.loads((Path(__file__).parents[1] / "data" / "tf_goldens.json").read_text())


def close(found, wanted):
    """Equal structures, numbers near each other."""
    if isinstance(wanted, dict):
        assert found.keys() == wanted.keys()
        for key in wanted:
            close(found[key], wanted[key])
    elif wanted and isinstance(wanted, list) and wanted[0] in ("int", "float", "bool"):
        assert found[:2] == wanted[:2]
        np.testing.assert_allclose(found[2], wanted[2], rtol=2e-5, atol=5e-5)
    elif isinstance(wanted, list) and wanted and isinstance(wanted[0], (list, dict)):
        assert len(found) == len(wanted)
        for ours, theirs in zip(found, wanted, strict=True):
            close(ours, theirs)
    elif isinstance(wanted, float):
        assert found == pytest.approx(wanted, rel=2e-5, abs=5e-5)
    else:
        assert found == wanted


@pytest.mark.parametrize("row", rows())
def test_values_are_tensorflow_s(row, stand_ins):
    import tensorflow as tf

    close(answer(row, tf, addax.ops.convert_to_tensor), GOLDENS[row])


@pytest.mark.parametrize("row", rows())
def test_values_in_a_pipeline_are_tensorflow_s(row, stand_ins):
    import tensorflow as tf

    with pipeline():
        close(answer(row, tf, element), GOLDENS[row])


def test_every_expression_is_recorded():
    assert list(GOLDENS) == rows()
