"""The methods of layers that Keras lets subclasses override are called, with Keras's arguments."""

import keras
import numpy as np
import pytest

import addax

RNG = np.random.default_rng(0)
IMAGES, STEPS = RNG.normal(size=(2, 5, 5, 3)), RNG.normal(size=(2, 4, 6))

# layer, its constructor's arguments, the hook, the inputs of a call
HOOKS = [
    ("Conv2D", (2, 3), "convolution_op", IMAGES),
    ("Conv3D", (2, 1), "convolution_op", IMAGES[..., None]),
    ("Add", (), "_merge_function", [STEPS, STEPS]),
    ("Average", (), "_merge_function", [STEPS, STEPS]),
    ("Maximum", (), "_merge_function", [STEPS, STEPS]),
    ("SpatialDropout1D", (0.5,), "_get_noise_shape", STEPS),
    ("SpatialDropout2D", (0.5,), "_get_noise_shape", IMAGES),
    ("Attention", (), "_calculate_scores", [STEPS, STEPS]),
    ("Attention", (), "_calculate_score_mask", [STEPS, STEPS]),
    ("Attention", (), "_apply_scores", [STEPS, STEPS]),
    ("AdditiveAttention", (), "_calculate_scores", [STEPS, STEPS]),
    ("MultiHeadAttention", (2, 3), "_compute_attention", (STEPS, STEPS)),
    ("MultiHeadAttention", (2, 3), "_compute_attention_mask", (STEPS, STEPS)),
    ("GroupQueryAttention", (2, 2, 2), "_compute_attention", (STEPS, STEPS)),
    ("RNN", None, "inner_loop", STEPS),
    ("LSTM", (3,), "inner_loop", STEPS),
    ("LSTM", (3,), "get_initial_state", STEPS),
    ("GRU", (3,), "inner_loop", STEPS),
    ("SpectralNormalization", None, "normalized_weights", STEPS),
]
OF_A_LAYER = {"RNN": lambda k: k.layers.SimpleRNNCell(3)}


def calls(library, name, arguments, hook, inputs):
    """How often a training call uses the hook of a subclass, and what it gets."""
    found = []

    def own(self, *args, **kwargs):
        found.append((len(args), sorted(kwargs)))
        return getattr(super(subclass, self), hook)(*args, **kwargs)

    subclass = type("Own", (getattr(library.layers, name),), {hook: own})
    if arguments is None:
        inner = OF_A_LAYER.get(name, lambda k: k.layers.Dense(3))
        arguments = (inner(library),)
    given = inputs if isinstance(inputs, tuple) else (inputs,)
    subclass(*arguments)(*given, training=True)
    return found


@pytest.mark.parametrize("row", HOOKS, ids=lambda row: f"{row[0]}.{row[2]}")
def test_hook(row):
    assert calls(keras, *row)
    assert calls(addax, *row)


def test_another_convolution():
    """Weight standardization, as programs write it."""

    def layer(library):
        class Standardized(library.layers.Conv2D):
            def convolution_op(self, inputs, kernel):
                mean, var = library.ops.moments(kernel.value, axes=[0, 1, 2], keepdims=True)
                return super().convolution_op(inputs, (kernel.value - mean) / library.ops.sqrt(var))

        return Standardized(2, 3, padding="same")

    own, theirs = layer(addax), layer(keras)
    own.build(IMAGES.shape), theirs.build(IMAGES.shape)
    own.set_weights(theirs.get_weights())
    np.testing.assert_allclose(own(IMAGES), theirs(IMAGES), rtol=1e-4, atol=1e-5)


def test_another_merge():
    class Difference(addax.layers.Add):
        def _merge_function(self, inputs):
            return inputs[0] - inputs[1]

    assert not np.any(Difference()([STEPS, STEPS]))


def test_another_attention():
    class Mean(addax.layers.MultiHeadAttention):
        def _compute_attention(self, query, key, value, attention_mask=None, training=None, *_):
            return addax.ops.zeros_like(query), None

    layer = Mean(2, 3)
    assert not np.any(layer(STEPS, STEPS) - layer._output_dense.bias)


def test_another_loop():
    class Short(addax.layers.SimpleRNN):
        def inner_loop(self, sequences, initial_state, mask, training=False):
            return super().inner_loop(sequences[:, :2], initial_state, mask, training)

    layer = Short(3)
    whole = layer(STEPS)
    np.testing.assert_array_equal(whole, layer(np.concatenate([STEPS[:, :2], STEPS], 1)))
