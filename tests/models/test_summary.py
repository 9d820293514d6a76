"""The table shows what Keras's shows; only where lines are broken may differ."""

import io
import re
from types import SimpleNamespace

import keras
import numpy as np
import pytest

import addax
from addax import models
from addax.models import summary


def chain(k):
    return k.Sequential(
        [
            k.layers.Input((8, 8, 1)),
            k.layers.Conv2D(4, 3, name="conv"),
            k.layers.BatchNormalization(name="norm"),
            k.layers.Flatten(name="flat"),
            k.layers.Dense(2, name="out"),
        ],
        name="chain",
    )


def functional_chain(k):
    x = k.layers.Input((8,), name="a")
    y = k.layers.Dropout(0.5, name="drop")(k.layers.Dense(4, name="d")(x))
    return k.Model(x, y, name="straight")


def branching(k):
    x = k.layers.Input((8,), name="a")
    shared = k.layers.Dense(4, name="d")
    inner = k.Sequential(
        [
            k.layers.Input((4,)),
            k.layers.Dense(3, name="in1"),
            k.layers.BatchNormalization(name="bn"),
        ],
        name="inner",
    )
    y = shared(x)
    z = shared(k.layers.Dense(8, name="e")(y))
    out = k.layers.Concatenate(name="cat")([inner(y), z])
    return k.Model(x, out, name="branching")


def two_outputs(k):
    x = k.layers.Input((5, 3), name="a")
    out, h, c = k.layers.LSTM(2, return_state=True, name="lstm")(x)
    y = k.layers.Add(name="sum")([h, c])
    return k.Model(x, [out, y], name="two")


def unbuilt(k):
    return k.Sequential([k.layers.Dense(3, name="d"), k.layers.Dropout(0.5, name="x")], name="s")


def subclassed(k, call=False):
    class Mine(k.Model):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.first = k.layers.Dense(3, name="first")
            self.second = k.layers.Dense(4, name="second")

        def call(self, x):
            return self.second(self.first(x))

    model = Mine(name="mine")
    if call:
        model(np.zeros((2, 5), "float32"))
    return model


def called(k):
    return subclassed(k, call=True)


def frozen(k):
    model = chain(k)
    model.get_layer("conv").trainable = False
    return model


def with_optimizer(k):
    model = branching(k)
    model.compile("adam", "mse")
    model.optimizer.build(model.trainable_variables)
    return model


def text_of(model, **options):
    texts = []
    assert model.summary(print_fn=texts.append, **options) is None
    (text,) = texts
    return text


def cells(text):
    """The table's rows, broken cells joined, and the lines around it."""
    rows, around = [[]], []
    for line in text.splitlines():
        if line[0] in "│┃":
            rows[-1].append([cell.strip() for cell in re.split("[│┃]", line)[1:-1]])
        elif line[0] in "├┡┏└":
            rows.append([])
        else:
            around.append(line)
    joined = [["".join(parts).replace(" ", "") for parts in zip(*row, strict=True)] for row in rows]
    return [row for row in joined if row], around


ROWS = [
    (chain, {}),
    (chain, {"show_trainable": True}),
    (frozen, {"show_trainable": True}),
    (chain, {"layer_range": ("norm", "flat")}),
    (chain, {"layer_range": ("o.*", "c.*")}),
    (functional_chain, {}),
    (branching, {}),
    (branching, {"expand_nested": True}),
    (branching, {"expand_nested": True, "show_trainable": True}),
    (two_outputs, {}),
    (unbuilt, {}),
    (subclassed, {}),
    (called, {}),
    (with_optimizer, {}),
]


@pytest.mark.parametrize("make, options", ROWS, ids=lambda x: getattr(x, "__name__", str(x)))
def test_same_rows_and_totals_as_keras(make, options, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")  # where Keras needs not shorten words
    ours = cells(text_of(make(addax), line_length=160, **options))
    theirs = cells(text_of(make(keras), line_length=160, **options))
    assert ours == theirs


def test_a_function_of_ops_has_the_name_of_keras_s_class():
    x = addax.layers.Input((3,))
    model = models.Model(x, addax.ops.expand_dims(x * 2.0, 1))
    kinds = [row[0].split("(")[1] for row in cells(text_of(model))[0]]
    assert kinds[1:] == ["InputLayer)", "Multiply)", "ExpandDims)"]


@pytest.mark.parametrize("columns, length", [(80, 76), (60, 56), (200, 88)])
def test_the_line_follows_the_window(columns, length, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = text_of(chain(addax)).splitlines()
    table = [line for line in lines if line[0] in "│┃├┡┏└"]
    assert {len(line) for line in table} == {length}


def test_nothing_is_lost_in_narrow_columns():
    text = text_of(branching(addax), line_length=60, expand_nested=True)
    assert max(map(len, text.splitlines())) == 60
    wide = text_of(branching(addax), line_length=160, expand_nested=True)
    assert cells(text) == cells(wide)


def test_positions_are_shares_or_characters():
    shares = text_of(chain(addax), line_length=110, positions=[0.5, 0.8, 1.0])
    assert shares == text_of(chain(addax), line_length=110, positions=[55, 88, 110])
    widths = [len(part) for part in shares.splitlines()[1].strip("┏┓").split("┳")]
    assert widths == [52, 32, 22]


WRONG = [
    ({"line_length": 20}, "A line of 20 characters is too short"),
    ({"positions": [0.5, 1.0]}, "3 columns .* positions has 2"),
    ({"layer_range": ("norm",)}, "layer_range is two names"),
    ({"layer_range": (0, 1)}, "layer_range is two names"),
    ({"layer_range": ("norm", "nope")}, "No layer is called 'nope'"),
]


@pytest.mark.parametrize("options, message", WRONG)
def test_arguments_that_make_no_table(options, message):
    with pytest.raises(ValueError, match=message):
        text_of(chain(addax), **options)


def test_a_printer_that_knows_ascii_only(monkeypatch):
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", out)
    chain(addax).summary()
    out.flush()
    text = out.buffer.getvalue().decode("ascii")
    assert "+---" in text and "| conv (Conv2D)" in text


def test_printed_by_default(capsys):
    chain(addax).summary()
    assert capsys.readouterr().out == text_of(chain(addax))


SIZES = [(0, "0.00 B"), (1023, "1023.00 B"), (1024, "1.00 KB"), (1536, "1.50 KB")]
SIZES += [(3 << 20, "3.00 MB"), (5 << 30, "5.00 GB"), (1 << 61, "2048.00 PB")]


@pytest.mark.parametrize("size, shown", SIZES)
def test_sizes(size, shown):
    assert summary._readable(size) == shown


@pytest.mark.parametrize("dtype, size", [("float32", 4), ("bfloat16", 2), ("int8", 1), ("bool", 1)])
def test_bytes(dtype, size):
    assert summary._bytes([SimpleNamespace(shape=(2, 3), dtype=dtype)]) == 6 * size
