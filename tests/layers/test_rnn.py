"""Recurrent layers equal Keras's."""

import jax
import keras
import numpy as np
import pytest
from layer_pairs import both, equal, equal_gradients
from layer_rows import case, check

import addax
from addax.ops import recurrent
from addax.ops.cpu import thresholds

SHAPE = (2, 5, 3)
MASK = np.array([[0, 1, 1, 0, 1], [1, 1, 1, 1, 0]], bool)
MASKED = {"mask": MASK}
TRAINING = {"training": True}

LAYERS = [
    case("SimpleRNN", SHAPE, units=4),
    case("SimpleRNN", SHAPE, units=4, return_sequences=True, options=MASKED),
    case("SimpleRNN", SHAPE, units=4, activation="relu", use_bias=False, go_backwards=True),
    case("SimpleRNN", SHAPE, units=4, dropout=0.3, recurrent_dropout=0.4, options=TRAINING),
    case("GRU", SHAPE, units=4),
    case("GRU", SHAPE, units=4, return_sequences=True, options=MASKED),
    case("GRU", SHAPE, units=4, reset_after=False, return_state=True, options=MASKED),
    case("GRU", SHAPE, units=4, reset_after=False, use_bias=False, go_backwards=True),
    case("GRU", SHAPE, units=4, use_bias=False, unroll=True, return_sequences=True),
    case("GRU", SHAPE, units=4, recurrent_activation="hard_sigmoid", activation="relu"),
    case("GRU", SHAPE, units=4, dropout=0.3, options=TRAINING),
    case("GRU", SHAPE, units=4, dropout=0.3, recurrent_dropout=0.4, options=TRAINING),
    case("GRU", SHAPE, units=4, reset_after=False, recurrent_dropout=0.4, options=TRAINING),
    case("LSTM", SHAPE, units=4),
    case("LSTM", SHAPE, units=4, return_sequences=True, go_backwards=True),
    case("LSTM", SHAPE, units=4, return_state=True, use_bias=False, unroll=True),
    case("LSTM", SHAPE, units=4, activation="relu", recurrent_activation="hard_sigmoid"),
    case("LSTM", SHAPE, units=4, unit_forget_bias=False, kernel_regularizer="l2"),
    case("LSTM", SHAPE, units=4, return_sequences=True, return_state=True, options=MASKED),
    case("LSTM", SHAPE, units=4, go_backwards=True, options=MASKED),
    case("LSTM", SHAPE, units=4, dropout=0.3, options=TRAINING),
    case("LSTM", SHAPE, units=4, dropout=0.3, recurrent_dropout=0.4, options=TRAINING),
    case("GRU", (2, 3, 3), units=4, unroll=True, dtype="mixed_float16"),
    case("LSTM", SHAPE, units=4, return_state=True, dtype="mixed_bfloat16", options=MASKED),
    case("SimpleRNN", SHAPE, units=4, dtype="mixed_bfloat16"),
    case("ConvLSTM1D", (2, 2, 4, 2), filters=2, kernel_size=2, dtype="mixed_bfloat16"),
    case("ConvLSTM1D", (2, 3, 6, 2), filters=3, kernel_size=3, padding="same", strides=2),
    case("ConvLSTM2D", (2, 3, 5, 6, 2), filters=3, kernel_size=3),
    case("ConvLSTM2D", (2, 3, 5, 5, 2), filters=2, kernel_size=(3, 2), return_state=True),
    case("ConvLSTM2D", (2, 3, 5, 5, 2), filters=2, kernel_size=2, dilation_rate=2, use_bias=False),
    case("ConvLSTM2D", (2, 3, 2, 5, 6), filters=3, kernel_size=3, data_format="channels_first"),
    case(
        "ConvLSTM2D",
        (2, 3, 5, 5, 2),
        filters=2,
        kernel_size=2,
        dropout=0.3,
        recurrent_dropout=0.2,
        options=TRAINING,
    ),
    case("ConvLSTM3D", (2, 3, 4, 4, 4, 2), filters=2, kernel_size=2, return_sequences=True),
    # Sums over 60 steps in another order
    case("LSTM", (2, 60, 3), units=4, return_sequences=True, options={"rtol": 1e-4}),
]


@pytest.mark.parametrize("row", LAYERS, ids=str)
def test_layer_equals_keras(row):
    check(row)


@pytest.mark.parametrize("row", [row for row in LAYERS if row.name == "LSTM"], ids=str)
def test_products_side_by_side_equal_keras(row, monkeypatch):
    """Large layers' way, with the small ones of the table."""
    used = []
    original = recurrent.side_by_side
    monkeypatch.setattr(thresholds, "LEAST_WORK", 0)
    monkeypatch.setattr(thresholds, "LEAST_SHARED", 0)
    monkeypatch.setattr(recurrent, "side_by_side", lambda *a: used.append(original(*a)) or used[-1])
    check(row)
    assert all(used) and bool(used) != ("recurrent_dropout" in row.kwargs)


def test_gates_of_large_layers_round_as_tanh_does():
    """XLA's own tanh is 4.4 units in the last place off, the one for large arrays 5.3."""
    x = np.concatenate([np.linspace(-12, 12, 1 << 16), np.geomspace(1e-30, 1, 1 << 10)])
    x = x.astype("float32")
    (found,) = recurrent.squash(x, (False,))
    np.testing.assert_array_max_ulp(found, np.tanh(x.astype("float64")).astype("float32"), 6)
    slopes = jax.grad(lambda x: recurrent.squash(x, (False,))[0].sum())(x)
    np.testing.assert_allclose(slopes, 1 - np.tanh(x.astype("float64")) ** 2, atol=1e-6)


BIDIRECTIONAL = {
    "concat": ("LSTM", {}, {}),
    "sum of sequences": ("GRU", {"return_sequences": True}, {"merge_mode": "sum"}),
    "mean": ("SimpleRNN", {}, {"merge_mode": "ave"}),
    "product": ("LSTM", {"return_sequences": True}, {"merge_mode": "mul"}),
    "both": ("LSTM", {"return_sequences": True}, {"merge_mode": None}),
    "states": ("GRU", {"return_sequences": True, "return_state": True}, {}),
    "both with states": ("LSTM", {"return_state": True}, {"merge_mode": None}),
}


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("row", BIDIRECTIONAL)
def test_bidirectional_equals_keras(row, masked):
    name, inner, outer = BIDIRECTIONAL[row]
    make = lambda k: k.layers.Bidirectional(  # noqa: E731
        getattr(k.layers, name)(4, name="inner", **inner), name="outer", **outer
    )
    ours, theirs, x = both(make)
    mask = {"mask": MASK} if masked else {}
    equal_gradients(ours, theirs, x, **mask)
    again = addax.layers.Bidirectional.from_config(ours.get_config())
    again(x)
    again.set_weights(ours.get_weights())
    equal(again(x), ours(x), 1e-7)
    mine, want = ours.get_config(), theirs.get_config()
    want["layer"].pop("build_config"), want["backward_layer"].pop("build_config")
    mine["layer"].pop("build_config", None), mine["backward_layer"].pop("build_config", None)
    assert mine == want


def test_bidirectional_survives_a_file(tmp_path):
    inputs = addax.Input((5, 3))
    stacked = addax.layers.RNN([addax.layers.GRUCell(2), addax.layers.LSTMCell(2)])
    x = addax.layers.Bidirectional(addax.layers.LSTM(2, return_sequences=True))(inputs)
    model = addax.Model(inputs, addax.layers.Bidirectional(stacked)(x))
    model.save(tmp_path / "m.keras")
    x = np.ones(SHAPE, "float32")
    equal(addax.saving.load_model(tmp_path / "m.keras")(x), model(x), 1e-6)


def test_bidirectional_takes_states_and_a_backward_layer():
    make = lambda k: k.layers.Bidirectional(  # noqa: E731
        k.layers.LSTM(4, name="one"),
        backward_layer=k.layers.LSTM(4, go_backwards=True, activation="relu", name="two"),
        name="outer",
    )
    ours, theirs, x = both(make)
    states = [np.full((2, 4), i / 4, "float32") for i in range(4)]
    equal(ours(x, initial_state=states), theirs(x, initial_state=states))


CELLS = {
    "SimpleRNNCell": ({"activation": "relu", "use_bias": False}, 1),
    "GRUCell": ({}, 1),
    "GRUCell, first form": ({"reset_after": False, "dropout": 0.3, "recurrent_dropout": 0.4}, 1),
    "LSTMCell": ({"unit_forget_bias": False, "recurrent_activation": "hard_sigmoid"}, 2),
    "LSTMCell, dropout": ({"dropout": 0.3, "recurrent_dropout": 0.4, "seed": 2}, 2),
}


@pytest.mark.parametrize("row", CELLS)
def test_cells_equal_keras(row):
    options, count = CELLS[row]
    make = lambda k: getattr(k.layers, row.split(",")[0])(4, **options, name="cell")  # noqa: E731
    ours, theirs, x = both(make, (2, 3), *[(2, 4)] * count, call=lambda c, x: c(x[0], x[1:]))
    equal_gradients(ours, theirs, x[0], x[1:], training="dropout" in options)
    assert (ours.state_size, ours.output_size) == (theirs.state_size, theirs.output_size)
    assert ours.get_config() == theirs.get_config()
    assert type(ours).from_config(ours.get_config()).get_config() == ours.get_config()
    shapes = lambda k, c: [  # noqa: E731
        t.shape for t in k.tree.flatten(c(k.Input((3,)), [k.Input((4,))] * count))
    ]
    assert shapes(addax, ours) == shapes(keras, theirs)


STACKS = {
    "cells": lambda k: k.layers.RNN(
        [k.layers.LSTMCell(4, name="a"), k.layers.GRUCell(3, name="b")],
        return_state=True,
        name="rnn",
    ),
    "sequences": lambda k: k.layers.RNN(
        k.layers.StackedRNNCells(
            [k.layers.SimpleRNNCell(4, name="a"), k.layers.LSTMCell(3, name="b")], name="s"
        ),
        return_sequences=True,
        name="rnn",
    ),
    "one cell": lambda k: k.layers.RNN(k.layers.GRUCell(4, name="a"), name="rnn"),
}


@pytest.mark.parametrize("row", STACKS)
def test_stacked_cells_equal_keras(row):
    ours, theirs, x = both(STACKS[row])
    equal_gradients(ours, theirs, x)
    states = ours.get_initial_state(2)
    equal(ours(x, initial_state=states), theirs(x, initial_state=theirs.get_initial_state(2)))
    again = addax.layers.RNN.from_config(ours.get_config())
    assert again.get_config() == ours.get_config()


def test_dropout_of_stacked_cells_stays_over_time():
    cells = [addax.layers.LSTMCell(4, dropout=0.5, seed=1), addax.layers.GRUCell(64, seed=2)]
    layer = addax.layers.RNN([addax.layers.SimpleRNNCell(64, "linear", dropout=0.5), *cells[:0]])
    layer.cell.cells[0].recurrent_dropout = 0.0
    rnn = addax.layers.RNN(layer.cell, return_sequences=True)
    x = np.ones((1, 6, 64), "float32")
    rnn(x)
    eye, zero = np.eye(64, dtype="float32"), np.zeros((64, 64), "float32")
    rnn.set_weights([eye, zero, zero[0]])
    y = np.asarray(rnn(x, training=True))[0]
    assert (y == y[0]).all() and 0 < (y[0] == 0).sum() < 64 and set(y[0]) == {0.0, 2.0}
    assert (np.asarray(rnn(x, training=True))[0] != y).any()


def test_stateful_layers_go_on_where_they_were():
    make = lambda k: k.layers.LSTM(4, stateful=True, name="lstm")  # noqa: E731
    ours, theirs, x = both(make)
    for layer in (ours, theirs):
        layer.reset_state()
    whole = addax.layers.LSTM(4)
    whole(x)
    whole.set_weights(ours.get_weights())
    equal(ours(x[:, :2]), theirs(x[:, :2]))
    equal(ours(x[:, 2:]), theirs(x[:, 2:]))
    ours.reset_state()
    ours(x[:, :2])
    equal(ours(x[:, 2:]), whole(x))
    with pytest.raises(ValueError, match="batches of 2"):
        ours(x[:1])


def test_files_hold_weights_and_seeds_but_no_states(tmp_path):
    layer = addax.layers.GRU(4, stateful=True, dropout=0.5, seed=3, name="gru")
    model = addax.Sequential([addax.Input(batch_shape=SHAPE), layer])
    x = np.ones(SHAPE, "float32")
    model(x, training=True)
    model.save(tmp_path / "m.keras")
    again = addax.saving.load_model(tmp_path / "m.keras")
    layer.reset_state()
    equal(again(x, training=True), model(x, training=True), 1e-6)
    assert [w.name for w in again.weights] == ["kernel", "recurrent_kernel", "bias"]
    first = model.predict(x, verbose=0)
    assert np.abs(model.predict(x, verbose=0) - first).max() > 0


def test_states_may_come_in_a_list_with_the_sequences():
    ours, _, x = both(lambda k: k.layers.LSTM(4, name="lstm"))
    h, c = np.ones((2, 4), "float32"), np.full((2, 4), 0.5, "float32")
    equal(ours([x, h, c]), ours(x, initial_state=[h, c]), 0)
    inputs = [addax.Input(s) for s in ((5, 3), (4,), (4,))]
    model = addax.Model(inputs, ours(inputs))
    equal(model([x, h, c]), ours([x, h, c]))


def minimal(library, nested):
    """A user's cell, as the guides write them."""

    class Cell(library.layers.Layer):
        def __init__(self, units, **kwargs):
            super().__init__(**kwargs)
            self.units = units
            self.state_size = units

        def build(self, input_shape):
            self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
            self.recurrent = self.add_weight(shape=(self.units, self.units), name="recurrent")

        def call(self, inputs, states):
            output = inputs @ self.kernel + states[0] @ self.recurrent
            return output, [output] if nested else output

    return library.layers.RNN(Cell(4, name="cell"), return_state=True, name="rnn")


@pytest.mark.parametrize("nested", [True, False])
def test_custom_cells(nested):
    ours, theirs, x = both(lambda k: minimal(k, nested))
    equal(ours(x), theirs(x))
    equal(ours(x, mask=MASK), theirs(x, mask=MASK))


def test_masked_steps_give_zero_if_asked_for():
    make = lambda k: k.layers.RNN(  # noqa: E731
        k.layers.LSTMCell(4, name="c"), return_sequences=True, zero_output_for_mask=True, name="r"
    )
    ours, theirs, x = both(make)
    equal(ours(x, mask=MASK), theirs(x, mask=MASK))


def test_cells_make_one_step_of_either_form_of_states():
    x = np.ones((2, 3), "float32")
    for name in ("SimpleRNNCell", "GRUCell"):
        cell = getattr(addax.layers, name)(4)
        state = np.ones((2, 4), "float32")
        (y, new), (z, [same]) = cell(x, state), cell(x, [state])
        equal([y, new], [z, same], 0)


ERRORS = {
    "exclude each other": lambda: addax.layers.ConvLSTM1D(2, 3, strides=2, dilation_rate=2),
    "known sizes of space": lambda: addax.layers.ConvLSTM1D(2, 3)(addax.Input((4, None, 3))),
    "units is a positive integer; received 0": lambda: addax.layers.GRU(0),
    'use_cudnn is True, False or "auto"': lambda: addax.layers.LSTM(2, use_cudnn=3),
    "A cell has `call` and `state_size`": lambda: addax.layers.RNN(addax.layers.Dense(2)),
    "fixed batch size": lambda: addax.layers.LSTM(2, stateful=True)(addax.Input((4, 3))),
    "at least one time step": lambda: addax.layers.LSTM(2)(np.ones((2, 0, 3), "float32")),
    "merge_mode is one of": lambda: addax.layers.Bidirectional(addax.layers.LSTM(2), "max"),
    "Bidirectional takes a layer": lambda: addax.layers.Bidirectional(3),
    "same return_sequences": lambda: addax.layers.Bidirectional(
        addax.layers.LSTM(2),
        backward_layer=addax.layers.LSTM(2, go_backwards=True, return_sequences=True),
    ),
    "both have go_backwards=False": lambda: addax.layers.Bidirectional(
        addax.layers.LSTM(2), backward_layer=addax.layers.LSTM(2)
    ),
}


@pytest.mark.parametrize("message", ERRORS)
def test_errors(message):
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        ERRORS[message]()


def test_a_subclass_of_a_cell_with_its_own_call_is_called():
    class Shifted(addax.layers.LSTMCell):
        def call(self, inputs, states, training=False):
            output, states = super().call(inputs, states, training)
            return output + 1, states

    x = np.ones(SHAPE, "float32")
    plain, shifted = (addax.layers.RNN(c(4)) for c in (addax.layers.LSTMCell, Shifted))
    plain(x), shifted(x)
    shifted.set_weights(plain.get_weights())
    np.testing.assert_allclose(shifted(x), plain(x) + 1, rtol=1e-6)


def operations(jaxpr):
    """The names of the operations of a program, those of its functions and loops too."""
    for equation in jaxpr.eqns:
        yield equation.primitive.name
        for value in jax.tree.leaves(list(equation.params.values())):
            inner = getattr(value, "jaxpr", value)
            yield from operations(inner) if hasattr(inner, "eqns") else ()


LOOPS = {  # shape, the product, how often it comes in a gradient for once in the layer
    "ConvLSTM2D": ((2, 3, 4, 4, 2), "conv", 1),  # its gradients have names of their own
    "GRU": (SHAPE, "dot_general", 2.5),  # by the input nothing is asked for
}


@pytest.mark.parametrize("name", LOOPS)
def test_gradients_make_no_product_of_a_loop_again(name, monkeypatch):
    shape, product, times = LOOPS[name]
    monkeypatch.setattr(recurrent, "on_cpu", lambda: True)  # which projects in the loop
    layer, x = getattr(addax.layers, name)(*[2, 2][: len(shape) - 2]), np.ones(shape, "float32")
    layer(x)
    rest = [v.value for v in layer.non_trainable_variables]

    def total(weights):
        return layer.stateless_call(weights, rest, x)[0].sum()

    weights = [v.value for v in layer.trainable_variables]
    programs = (jax.make_jaxpr(f)(weights).jaxpr for f in (total, jax.grad(total)))
    before, after = (list(operations(program)).count(product) for program in programs)
    assert before > 1 and after == times * before
