import keras
import numpy as np
import pytest

from addax.utils import pad_sequences

LISTS = [[1], [2, 3], [4, 5, 6], []]
ROWS = [
    (LISTS, {}),
    (LISTS, {"maxlen": 2}),
    (LISTS, {"maxlen": 2, "truncating": "post"}),
    (LISTS, {"padding": "post", "value": -1}),
    (LISTS, {"maxlen": 5, "padding": "post", "dtype": "float32"}),
    ([np.ones((2, 3)), np.zeros((1, 3))], {"maxlen": 3}),
    ([["a"], ["b", "c"]], {"dtype": object, "value": "."}),
    ([["a"], ["b", "c"]], {"dtype": "U1", "value": "x"}),
]


@pytest.mark.parametrize("lists, options", ROWS, ids=str)
def test_same_as_keras(lists, options):
    ours = pad_sequences(lists, **options)
    theirs = keras.utils.pad_sequences(lists, **options)
    np.testing.assert_array_equal(ours, theirs)
    assert ours.dtype == theirs.dtype


def test_to_no_length_at_all():
    assert pad_sequences(LISTS, maxlen=0).shape == (4, 0)
    assert pad_sequences([]).shape == (0, 0)


WRONG = [
    (3, {}, "takes a list of sequences; received 3"),
    ([[1], 2], {}, "one is 2"),
    (LISTS, {"padding": "left"}, "padding is .* received 'left'"),
    (LISTS, {"truncating": "both"}, "truncating is .* received 'both'"),
    (LISTS, {"value": "x"}, "needs dtype=object"),
    (
        [np.ones((2, 3)), np.ones((2, 4))],
        {},
        r"Entry 1 has inner shape \(4,\); the first one has \(3,\)",
    ),
]


@pytest.mark.parametrize("lists, options, message", WRONG)
def test_what_cannot_be_padded(lists, options, message):
    with pytest.raises(ValueError, match=message):
        pad_sequences(lists, **options)
