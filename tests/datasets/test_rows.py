"""The reader of rows: real files are fine, and no hostile stream gets anything done."""

import os
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addax.datasets._rows import read_rows

ROWS = [[1, 255, 256, 65535, 65536, 88586], [7], [], list(range(2500)), [2**40]]


def objects(rows):
    array = np.empty(len(rows), object)
    array[:] = rows
    return array


def check(data, rows):
    words, lengths = read_rows(data)
    assert (words.dtype, lengths.dtype) == ("int64", "int64")
    assert lengths.tolist() == [len(row) for row in rows]
    assert words.tolist() == [word for row in rows for word in row]


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_numpy_arrays_of_lists(protocol):
    shared = ROWS[0]
    check(pickle.dumps(objects([*ROWS, shared]), protocol), [*ROWS, shared])


def test_the_pickles_of_python_2():
    """What Python 2 wrote: byte strings as U, module numpy.core, an APPEND for a single item."""
    data = (
        b"\x80\x02cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\x00\x85U\x01b"
        b"\x87Rq\x03(K\x01K\x02\x85cnumpy\ndtype\nq\x04U\x02O8K\x00K\x01\x87Rq\x05(K\x03U\x01|NNN"
        b"J\xff\xff\xff\xffJ\xff\xff\xff\xffK?tb\x89]q\x06(]q\x07(K\x05M\x00\x01e]q\x08K\x07aetb."
    )
    assert [list(row) for row in pickle.loads(data, encoding="latin1")] == [[5, 256], [7]]
    check(data, [[5, 256], [7]])


class Calls:
    """Pickles as a call of `function(*arguments)`."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


class Instance:
    pass


def stream(*parts):
    return b"\x80\x02" + b"".join(parts) + b"."


ARRAY = pickle.dumps(objects([[1], [2]]), 4)
HOSTILE = {
    "os.system in a row": (lambda run: pickle.dumps(objects([[Calls(os.system, run)]])), "system"),
    "os.system as a row": (lambda run: pickle.dumps(objects([Calls(os.system, run)])), "system"),
    "os.system alone": (lambda run: pickle.dumps(Calls(os.system, run)), "names '.*system"),
    "in protocol 2": (lambda run: pickle.dumps(Calls(os.system, run), 2), "names '.*system"),
    "in protocol 0": (lambda run: pickle.dumps(Calls(os.system, run), 0), "names|instruction"),
    "eval": (lambda run: pickle.dumps(Calls(eval, f"__import__('os').system({run!r})")), "eval"),
    "import by numpy": (lambda run: pickle.dumps(np.load), "names"),
    "encode as a tool": (lambda run: stream(b"c_codecs\nencode\nX\2\0\0\0ab\x85R"), "calls"),
    "an instance": (lambda run: pickle.dumps(Instance(), 2), "names|instruction"),
    "INST": (lambda run: stream(b"(X\4\0\0\0echoios\nsystem\n"), "instruction b'i'"),
    "OBJ": (lambda run: stream(b"(cnumpy\ndtype\no"), "instruction b'o'"),
    "NEWOBJ": (lambda run: stream(b"cnumpy\ndtype\n)\x81"), "instruction"),
    "a persistent id": (lambda run: stream(b"Px\n"), "instruction b'P'"),
    "an extension": (lambda run: stream(b"\x82\x01"), "instruction"),
    "STACK_GLOBAL": (lambda run: stream(b"X\2\0\0\0osX\6\0\0\0system\x93"), "names 'os.system'"),
    "a dictionary": (lambda run: pickle.dumps({}), "instruction"),
    "floats": (lambda run: pickle.dumps(objects([[1.5]])), "instruction b'G'"),
    "truth values": (lambda run: pickle.dumps(objects([[True]])), "other things"),
    "strings": (lambda run: pickle.dumps(objects([["a"]])), "other things"),
    "nested lists": (lambda run: pickle.dumps(objects([[[1]]])), "other things"),
    "numbers for rows": (lambda run: pickle.dumps(objects([1, 2])), "not an array of lists"),
    "tuples for rows": (lambda run: pickle.dumps(objects([(1,)])), "not an array of lists"),
    "a list, no array": (lambda run: pickle.dumps([[1]]), "not an array of lists"),
    "an array without contents": (
        lambda run: stream(b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85\x86R"),
        "not an array of lists",
    ),
    "two axes": (lambda run: pickle.dumps(objects([[1], [2]]).reshape(1, 2)), "one axis"),
    "an array of numbers": (lambda run: pickle.dumps(np.arange(3)), "calls 'numpy.dtype'"),
    "no mark": (lambda run: stream(b"e"), "not a list of lists"),
    "an empty stack": (lambda run: stream(b"R"), "not a list of lists"),
    "an unknown memo": (lambda run: stream(b"h\x09"), "not a list of lists"),
    "an endless length": (lambda run: stream(b"X\xff\xff\xff\x7fab"), "ends too early"),
    "nothing": (lambda run: b"", "not a list of lists"),
    "no end": (lambda run: ARRAY[:-1], "not a list of lists"),
    "a number too large": (lambda run: pickle.dumps(objects([[2**70]])), "64 bits"),
    "the same row a million times": (
        lambda run: pickle.dumps(objects([list(range(2000))] * 1_000_000)),
        "2000000000 words",
    ),
}


@pytest.mark.parametrize(("data", "message"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_streams(tmp_path, data, message):
    marker = tmp_path / "ran"
    with pytest.raises(ValueError, match=message):
        read_rows(data(f"touch {marker}"))
    assert not marker.exists()


def test_a_list_in_itself_is_no_row():
    loop = []
    loop.append(loop)
    with pytest.raises(ValueError, match="other things"):
        read_rows(pickle.dumps(objects([loop])))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(ARRAY) - 1), st.integers(0, 255)), max_size=8))
def test_damage_ends_in_a_value_error_or_in_rows(changes):
    data = bytearray(ARRAY)
    for position, value in changes:
        data[position] = value
    try:
        words, lengths = read_rows(bytes(data))
    except ValueError:
        return
    assert lengths.sum() == len(words)
