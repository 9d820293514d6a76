"""The namespaces of tf give TensorFlow's values: in eager code, and in functions of data sets."""

import pytest
from compat.tensorflow_rows import GOLDENS, answer, close, rows

import addax
from addax.data.elements import element, pipeline


@pytest.mark.parametrize("row", rows()[::3])
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
