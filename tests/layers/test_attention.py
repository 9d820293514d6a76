"""Attention layers equal Keras's."""

import keras
import numpy as np
import pytest
from layer_pairs import both, equal, equal_gradients
from layer_rows import case, check

import addax

Q, V, K = (2, 4, 6), (2, 3, 6), (2, 3, 6)
RNG = np.random.default_rng(5)
Q_MASK = np.array([[1, 1, 1, 0], [1, 1, 0, 1]], bool)
V_MASK = np.array([[1, 0, 1], [1, 1, 0]], bool)

PLAIN = [
    case("Attention", [Q, V]),
    case("Attention", [Q, V, K], use_scale=True),
    case("Attention", [Q, V], score_mode="concat", use_scale=True),
    case("Attention", [Q, V, K], score_mode="concat", options={"mask": [Q_MASK, V_MASK]}),
    case("Attention", [Q, V], options={"mask": [Q_MASK, V_MASK]}),
    case("Attention", [Q, V], dropout=0.4, seed=3, options={"training": True}),
    case("AdditiveAttention", [Q, V]),
    case("AdditiveAttention", [Q, V], dtype="mixed_float16"),
    case("Attention", [Q, V], use_scale=True, dtype="mixed_bfloat16"),
    case("AdditiveAttention", [Q, V, K], use_scale=False, options={"mask": [None, V_MASK]}),
]


@pytest.mark.parametrize("row", PLAIN, ids=str)
def test_layer_equals_keras(row):
    check(row)


SCORES = {"return_attention_scores": True}
HEADS = {
    "plain": (("MultiHeadAttention", 2, 3), {}, {}, (Q, V)),
    "key and value": (("MultiHeadAttention", 2, 3), {"value_dim": 5}, SCORES, (Q, V, (2, 3, 7))),
    "no bias": (("MultiHeadAttention", 2, 3), {"use_bias": False}, {}, (Q, V)),
    "output shape": (("MultiHeadAttention", 2, 3), {"output_shape": (4, 5)}, {}, (Q, V)),
    "gate": (("MultiHeadAttention", 2, 3), {"use_gate": True}, {}, (Q, V)),
    "causal": (("MultiHeadAttention", 2, 3), {}, {"use_causal_mask": True}, (Q, Q)),
    "window": (("MultiHeadAttention", 2, 3), {"sliding_window": 2}, {}, (Q, Q)),
    "scores": (("MultiHeadAttention", 2, 3), {}, SCORES, (Q, V)),
    "masked": (
        ("MultiHeadAttention", 2, 3),
        {},
        {"attention_mask": RNG.integers(0, 2, (2, 4, 3)).astype(bool), "value_mask": V_MASK},
        (Q, V),
    ),
    "mask for heads, causal, scores": (
        ("MultiHeadAttention", 2, 3),
        {},
        {
            "attention_mask": RNG.integers(0, 2, (2, 2, 4, 4)).astype(bool),
            "return_attention_scores": True,
        },
        (Q, Q),
    ),
    "two axes": (("MultiHeadAttention", 2, 3), {"attention_axes": (1, 2)}, {}, ((2, 3, 4, 6),) * 2),
    "inner axis": (("MultiHeadAttention", 2, 3), {"attention_axes": 2}, {}, ((2, 3, 4, 6),) * 2),
    "dropout": (
        ("MultiHeadAttention", 2, 3),
        {"dropout": 0.4, "seed": 3},
        {"training": True},
        (Q, V),
    ),
    "regularized": (
        ("MultiHeadAttention", 2, 3),
        {"kernel_regularizer": "l2", "bias_constraint": "non_neg"},
        {},
        (Q, V),
    ),
    "groups": (("GroupQueryAttention", 3, 4, 2), {}, {}, (Q, V)),
    "groups, causal": (("GroupQueryAttention", 3, 4, 1), {}, {"use_causal_mask": True}, (Q, Q)),
    "groups, scores": (
        ("GroupQueryAttention", 3, 4, 2),
        {"use_gate": True, "use_bias": False},
        {"return_attention_scores": True, "key_mask": V_MASK},
        (Q, V, K),
    ),
    "groups, window": (("GroupQueryAttention", 3, 2, 2), {"sliding_window": 1}, {}, (Q, Q)),
}


@pytest.mark.parametrize("row", HEADS)
def test_heads_equal_keras(row):
    (name, *args), options, call, shapes = HEADS[row]
    make = lambda k: getattr(k.layers, name)(*args, **options, name="layer")  # noqa: E731
    ours, theirs, x = both(make, *shapes, call=lambda layer, x: layer(*x, **call))
    equal_gradients(ours, theirs, *x, **call)
    ours(*x, **call), theirs(*x, **call)
    equal(addax.ops.sum(ours.losses) if ours.losses else 0, sum(theirs.losses))
    assert ours.get_config() == theirs.get_config()
    assert type(ours).from_config(ours.get_config()).get_config() == ours.get_config()
    call = {k: v for k, v in call.items() if not k.endswith("mask") or isinstance(v, bool)}
    mine, want = (
        k.tree.flatten(make(k)(*[k.Input(s[1:]) for s in shapes], **call)) for k in (addax, keras)
    )
    assert [t.shape for t in mine][:1] == [t.shape for t in want][:1]
    assert len(mine) == len(want)


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16"])
def test_heads_in_half_precision_equal_keras(policy):
    make = lambda k: k.layers.MultiHeadAttention(2, 3, dtype=policy, name="layer")  # noqa: E731
    ours, theirs, x = both(make, Q, V, call=lambda layer, x: layer(*x))
    mine, want = ours(*x, use_causal_mask=True), theirs(*x, use_causal_mask=True)
    assert mine.dtype == want.dtype and [w.dtype for w in ours.weights] == ["float32"] * 8
    equal(mine.astype("float32"), want.astype("float32"), 2e-2)


def test_width_of_values_may_differ_without_scores():
    # Keras fails here.
    layer = addax.layers.MultiHeadAttention(2, 3, value_dim=5)
    x = np.ones(Q, "float32")
    equal(layer(x, x), layer(x, x, return_attention_scores=True)[0])


def test_initializers_of_projections_differ():
    layer = addax.layers.MultiHeadAttention(2, 3)
    layer.build(Q, Q)
    first, second = layer.weights[0], layer.weights[2]
    assert np.abs(first.numpy() - second.numpy()).max() > 0


def test_masks_of_inputs_are_used_and_passed_on():
    def model(k):
        x = k.Input((5,), dtype="int32")
        y = k.layers.Embedding(9, 6, mask_zero=True, name="e")(x)
        y = k.layers.MultiHeadAttention(2, 3, name="a")(y, y)
        return k.Model(x, k.layers.GlobalAveragePooling1D(name="p")(y))

    ours, theirs = model(addax), model(keras)
    ours.set_weights(theirs.get_weights())
    tokens = np.array([[1, 2, 3, 0, 0], [4, 5, 6, 7, 0]], "int32")
    equal(ours(tokens), theirs(tokens))


def test_causal_plain_attention_gives_scores():
    ours, theirs, x = both(lambda k: k.layers.Attention(name="a"), Q, Q)
    options = {"use_causal_mask": True, "return_attention_scores": True}
    equal(ours(x, **options), theirs(x, **options))


MHA = addax.layers.MultiHeadAttention
ERRORS = {
    "num_heads is a positive": lambda: MHA(0, 3),
    "sliding_window is a positive": lambda: MHA(2, 3, sliding_window=0),
    "flash_attention has no dropout": lambda: MHA(2, 3, dropout=0.1, flash_attention=True),
    "flash_attention keeps no scores": lambda: MHA(2, 3, flash_attention=True)(
        np.ones(Q), np.ones(Q), return_attention_scores=True
    ),
    "same axes but for the last": lambda: MHA(2, 3)(np.ones(Q), np.ones(V), np.ones(Q)),
    "multiple of num_key_value": lambda: addax.layers.GroupQueryAttention(3, 4, 3),
    'score_mode is "dot"': lambda: addax.layers.Attention(score_mode="sum"),
    "takes inputs as a list": lambda: addax.layers.Attention()(np.ones(Q)),
    "takes mask as a list": lambda: addax.layers.Attention()([np.ones(Q)] * 2, mask=Q_MASK),
}


@pytest.mark.parametrize("message", ERRORS)
def test_errors(message):
    with pytest.raises(ValueError, match=message):
        ERRORS[message]()
