"""Dense, EinsumDense and Embedding equal Keras's."""

import keras
import numpy as np
import pytest
from layer_rows import case, check

import addax

HALF = {"dtype": "mixed_bfloat16"}

DENSE = [
    case("Dense", (2, 3), units=4),
    case("Dense", (2, 5, 3), units=4, activation="relu", use_bias=False),
    case("Dense", (2, 3), units=2, kernel_regularizer="l2", bias_constraint="non_neg"),
    case("Dense", (2, 3), units=4, **HALF),
]
EINSUM = [
    case("EinsumDense", (2, 3), equation="ab,bc->ac", output_shape=4),
    case("EinsumDense", (2, 3), equation="ab,bc->ac", output_shape=(4,), bias_axes="c"),
    case("EinsumDense", (2, 5, 3), equation="abc,cd->abd", output_shape=(5, 4), bias_axes="d"),
    case("EinsumDense", (2, 5, 3), equation="abc,cd->abd", output_shape=(5, 4), bias_axes="bd"),
    case("EinsumDense", (2, 5, 3), equation="...x,xy->...y", output_shape=4, bias_axes="y"),
    case("EinsumDense", (2, 3, 5), equation="ab...,bc->ac...", output_shape=(4,), bias_axes="c"),
    case(
        "EinsumDense",
        (2, 5, 3),
        equation="abc,cde->abde",
        output_shape=(5, 2, 4),
        bias_axes="de",
        activation="relu",
        kernel_regularizer="l2",
        bias_constraint="non_neg",
    ),
    case("EinsumDense", (2, 5, 2, 4), equation="abcd,cde->abe", output_shape=(5, 3)),
    case("EinsumDense", (2, 3), equation="ab,bc->ac", output_shape=4, bias_axes="c", **HALF),
]
EMBEDDING = [
    case("Embedding", (2, 5), input_dim=7, output_dim=3, options={"ints": 7}),
    case("Embedding", (2, 5), input_dim=7, output_dim=3, mask_zero=True, options={"ints": 7}),
    case("Embedding", (2, 5), input_dim=7, output_dim=3, **HALF, options={"ints": 7}),
]

REVERSIBLE = {"input_dim": 7, "output_dim": 3, "options": {"ints": 7}}
EMBEDDING += [
    case("ReversibleEmbedding", (2, 5), **REVERSIBLE),
    case("ReversibleEmbedding", (2, 5), tie_weights=False, logit_soft_cap=2.0, **REVERSIBLE),
    case("ReversibleEmbedding", (2, 5), reverse_dtype="float32", **HALF, **REVERSIBLE),
]

ROWS = DENSE + EINSUM + EMBEDDING


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)


def test_the_equation_tells_the_initializer_its_fans():
    """Without it, the first axis of a kernel of three would count as a window."""
    options = {"equation": "abc,cde->abde", "output_shape": (None, 8, 16)}
    x = np.ones((1, 2, 64), "float32")
    layers = [
        m.layers.EinsumDense(**options, kernel_initializer=m.initializers.GlorotUniform(seed=1))
        for m in (addax, keras)
    ]
    ours, theirs = [layer(x) is not None and layer.get_weights()[0] for layer in layers]
    # Near 0 the rounding of the limits, 0.1, is left.
    np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-8)


def test_sizes_that_output_shape_leaves_open_come_from_the_input():
    layer = addax.layers.EinsumDense("abc,cd->abd", output_shape=(None, 4), bias_axes="d")
    assert layer(addax.Input((5, 3))).shape == (None, 5, 4)  # Keras: (None, None, 4)
    assert layer(addax.Input((None, 3))).shape == (None, None, 4)
    assert [w.shape for w in layer.weights] == [(3, 4), (4,)]


@pytest.mark.parametrize(
    "options",
    [{}, {"tie_weights": False}, {"logit_soft_cap": 0.2}, {"reverse_dtype": "bfloat16"}],
    ids=str,
)
def test_reversed_embedding_equals_keras(options):
    layers = [m.layers.ReversibleEmbedding(7, 3, **options) for m in (addax, keras)]
    x, back = np.array([[1, 6, 0]]), np.random.default_rng(0).normal(size=(2, 3)).astype("float32")
    for layer in layers:
        layer(x)
    layers[0].set_weights(layers[1].get_weights())
    ours, theirs = (np.asarray(layer(back, reverse=True), "float32") for layer in layers)
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)
    assert layers[0](addax.Input((4, 3)), reverse=True).shape == (None, 4, 7)
