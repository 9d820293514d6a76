"""Unknown sizes beside known ones, and types left at their default, beside Keras."""

import keras
import numpy as np
import pytest

import addax

CALLS = [
    lambda o, K: o.add(K((None, 3)), K((2, 3))),
    lambda o, K: o.add(K((None, None, 3)), K((5, 3))),
    lambda o, K: o.matmul(K((None, None)), K((4, 5))),
    lambda o, K: o.einsum("ij,jk->ik", K((None, None)), K((4, 5))),
    lambda o, K: o.where(K((None, 3), "bool"), K((2, 3)), 0.0),
    lambda o, K: o.reshape(K((None, 3)), (2, 3)),
    lambda o, K: o.reshape(K((None, 3)), newshape=6),
    lambda o, K: o.reshape(K((None, 3)), (-1, 1)),
    lambda o, K: o.broadcast_to(K((None, 3)), (2, 3)),
    lambda o, K: o.diagonal(K((None, 4)), 1),
    lambda o, K: o.diag(K((None, 4))),
    lambda o, K: o.repeat(K((2, 3)), [1, 2], axis=0),
    lambda o, K: o.segment_sum(K((None, 4)), K((5,))),
    lambda o, K: o.segment_sum(K((None, 4)), K((5,)), num_segments=3),
    lambda o, K: o.take(K((None, 4)), K((5,)), axis=1),
    lambda o, K: o.bitwise_and(K((None, 3)), K((3,))),
    lambda o, K: o.in_top_k(K((5,)), K((5, 10)), 2),
    lambda o, K: o.scatter_update(K((4,)), K((2, 1)), K((2,))),
    lambda o, K: o.slice(K((3, 3)), K((2,), "int32"), (-1, -1)),
    lambda o, K: o.slice(K((None, 3)), (1, 1), (-1, -1)),
    lambda o, K: o.slice_update(K((4, 3)), K((2,)), K((2, 2))),
    lambda o, K: o.unstack(K((2, None, None)), num=3, axis=1),
    lambda o, K: o.while_loop(lambda i: i < 3, lambda i: i + 1, [K((None,))]),
    lambda o, K: o.switch(K(()), [lambda x: x, lambda x: 2 * x], K((5, 2))),
    lambda o, K: o.concatenate([K((None, 3)), K((2, 3))], axis=1),
    lambda o, K: o.concatenate([K((2, 3)), K((None, None))], axis=0),
    lambda o, K: o.stack([K((None, None)), K((2, 3))]),
    lambda o, K: o.stack([K((2, 3)), K((None, None))], axis=-1),
    lambda o, K: o.hstack([K((None, 3)), K((2, 3))]),
    lambda o, K: o.vstack([K((2, None)), K((2, 3))]),
    lambda o, K: o.dstack([K((2, None)), K((2, 3))]),
    lambda o, K: o.append(K((None, 3)), K((2, 3)), axis=1),
    lambda o, K: o.reshape(K((None, 20)), K((2,), "int32")),
    lambda o, K: o.reshape(K((None, 20)), (None, K((), "int32"))),
    lambda o, K: o.einsum("ii", K((None, None))),
    lambda o, K: o.einsum("ii", K((None, 3))),
    lambda o, K: o.einsum("ii->i", K((3, None))),
    lambda o, K: o.einsum("ij,jk->ik", K((None, None)), K((1, 4))),
    lambda o, K: o.vdot(K((None, None)), K((None,))),
    lambda o, K: o.dot(K((None,)), K((None,))),
    lambda o, K: o.matmul(K((None,)), K((None,))),
    lambda o, K: o.view_as_complex(K((None, 3, None))),
    lambda o, K: o.diagflat(K((None, None))),
    lambda o, K: o.cross(K((None, None)), K((None, 3))),
    lambda o, K: o.cross(K((4, None)), K((4, 3)), axisc=0),
    lambda o, K: o.cross(K((None, 4)), K((None, 4)), axis=0),
    *(
        lambda o, K, shape=shape: o.fold(K(shape), 7, (3, 2), padding=1)
        for shape in [(None, 12, 56), (2, 12, None), (2, None, 56), (None, None, None)]
    ),
    lambda o, K: o.conv(K((2, 8, 8, None)), K((3, 3, 2, 4))),
    lambda o, K: o.conv_transpose(K((2, 8, 8, None)), K((3, 3, 4, 2))),
    *(
        lambda o, K, name=name: getattr(o.image, name)(K((None, 8, 8, None)))
        for name in ("rgb_to_grayscale", "rgb_to_hsv", "hsv_to_rgb")
    ),
    lambda o, K: o.image.rgb_to_grayscale(K((None, 8, 8)), data_format="channels_first"),
    lambda o, K: o.image.scale_and_translate(
        K((None, 8, 8, 3)), (None, 4, 4, 3), K((2,)), K((2,)), (1, 2), "linear"
    ),
    lambda o, K: o.image.gaussian_blur(K((None, None, 3)), data_format="channels_last"),
    lambda o, K: o.image.crop_images(
        K((None, None, 8, 3)), 1, 1, target_height=3, right_cropping=2
    ),
    lambda o, K: o.image.pad_images(K((None, 8, None, 3)), 1, 1, 2, target_width=30),
    lambda o, K: o.image.pad_images(K((None, None, 8, 3)), 1, 1, 2, 2),
    # what only a computation refuses
    lambda o, K: o.psnr(K((None, 2, 3)), K((None, 5, 6)), max_val=224),
    lambda o, K: o.psnr(K((2, 3)), K((1, 3)), 1.0),
    lambda o, K: o.ctc_loss(K((10, 3, 4)), K((10, 3), "int32"), K((10,)), K((10,))),
    lambda o, K: o.ctc_loss(K((None, None)), K((None, None, 5), "float16"), K((None,)), K((None,))),
    lambda o, K: o.layer_normalization(K((None, 8, 16), "float16"), K((None, 16)), K((None, 16))),
    lambda o, K: o.layer_normalization(K((2, 8, 16)), K((2, 16)), K((2, 16)), axis=1),
    *(
        lambda o, K, key=key, mask=mask: o.dot_product_attention(
            K((None, None, 8, 16), "float16"), K(key), K(key), mask=mask and K(mask, "bool")
        )
        for key in [(None, None, 2, 16), (None, None, 6, 16), (None, None, None, 16)]
        for mask in [None, (1, 1, 3, 4)]
    ),
    lambda o, K: o.dot_product_attention(K((2, 3, 8, 16)), *[K((2, 4, 6, 16))] * 2),
]


@pytest.mark.parametrize("call", CALLS)
def test_shapes(call):
    ours, theirs = (call(api.ops, api.KerasTensor) for api in (addax, keras))
    assert [x.shape for x in addax.tree.flatten(ours)] == [
        x.shape for x in keras.tree.flatten(theirs)
    ]


@pytest.mark.parametrize(
    "call",
    [
        lambda o, K: o.add(K((None, 3)), K((2, 4))),
        lambda o, K: o.unstack(K((2, None)), axis=1),
        lambda o, K: o.slice(K((3, 3)), (1, 1), (2,)),
        lambda o, K: o.slice(K((3, 3)), (1, 1, 1), (2, 2)),
        lambda o, K: o.fold(K((None, 8, None)), 6, 3),
        lambda o, K: o.reshape(np.ones((2, 3)), (4, 2)),
        lambda o, K: o.reshape(np.ones((0, 3)), (0, -1)),
        lambda o, K: o.diagonal(np.ones(())),
        lambda o, K: o.cond(K((), "bool"), lambda: o.ones(3), lambda: o.zeros(4)),
        lambda o, K: o.convert_to_numpy(K((2,))),
        lambda o, K: float(K((2,))),
        lambda o, K: setattr(K((2,)), "shape", (3,)),
        lambda o, K: list(K((2,))),
        lambda o, K: o.image.crop_images(K((None, None, 8, 3)), 1, 1, 2, 2),
        lambda o, K: o.stack([K((2, 3)), K((2, 4))]),
        lambda o, K: bool(K((2,))),
        lambda o, K: o.argmax(np.ones(3), axis=5),
        lambda o, K: o.tensordot(np.ones((2, 3)), np.ones((2, 3)), axes=1),
    ],
)
def test_errors(call):
    with pytest.raises(Exception) as theirs:
        call(keras.ops, keras.KerasTensor)
    with pytest.raises(theirs.type):
        call(addax.ops, addax.KerasTensor)


def test_indices_where_a_condition_holds():
    for call in (addax.ops.where, lambda x: addax.ops.where(x, None, None), addax.ops.nonzero):
        rows, columns = call(addax.KerasTensor((None, 3), "bool"))
        assert rows.shape == columns.shape == (None,)
        assert rows.dtype == "int32"


def test_overhead_stays_out_of_the_way():
    """Arguments without symbols reach JAX as they are."""
    given = [np.ones(2), (1, 2), {"a": None}, "x"]
    fn = addax.core.symbol.op(lambda *args, **kwargs: (args, kwargs))
    args, kwargs = fn(*given, key=given)
    assert all(a is b for a, b in zip(args, given, strict=True)) and kwargs["key"] is given


def test_variables_round_and_are_no_truth():
    variable = addax.Variable([1.26, 2.5])
    np.testing.assert_allclose(round(variable, 1), [1.3, 2.5])
    np.testing.assert_allclose(round(variable), [1, 2])
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(variable)
    with pytest.raises(TypeError):
        bool(keras.Variable([1.26, 2.5]))


def test_polar_of_what_does_not_fit():
    for api in (addax, keras):
        assert api.ops.polar(api.KerasTensor((1, 2)), api.KerasTensor((3, 4))).shape == (1, 2)


@pytest.mark.parametrize(
    "call",
    [
        lambda o, K: o.psnr(K((2, 3)), K((3,)), 1.0),
        lambda o, K: o.ctc_loss(K((2, 3)), K((4, 7, 5)), K((2,)), K((2,))),
    ],
)
def test_what_symbols_show_to_be_wrong(call):
    for api in (addax, keras):
        with pytest.raises(ValueError):
            call(api.ops, api.KerasTensor)
