"""What users meet when shapes or arguments are wrong: the op, the shapes, what is expected."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from addax import ops
from addax.core.symbol import KerasTensor

F = np.ones
X = KerasTensor((None, 4))
ERRORS = [
    (lambda: ops.matmul(F((2, 3)), F((2, 3))), r"matmul .*\(2, 3\), \(2, 3\)"),
    (lambda: ops.matmul(X, F((3, 2))), r"matmul .*\(None, 4\), \(3, 2\)"),
    (lambda: X @ F((3, 2)), r"matmul .*\(None, 4\), \(3, 2\)"),
    (lambda: ops.add(F(3), F(2)), r"add .*\(3,\), \(2,\)"),
    (lambda: X + KerasTensor((None, 3)), r"add .*\(None, 4\), \(None, 3\)"),
    (lambda: ops.where(F(3) > 0, F(2), 0.0), r"where .*\(3,\), \(2,\)"),
    (lambda: ops.where(F(3) > 0, F(2)), "only one"),
    (lambda: ops.dot(F((2, 3)), F((2, 3))), "dot"),
    (lambda: ops.einsum("ij,jk->ik", F((2, 3)), F((2, 3))), "einsum"),
    (lambda: ops.tensordot(F((2, 3)), F((2, 3)), 1), "tensordot"),
    (lambda: ops.concatenate([F((2, 2)), F((3, 3))]), r"concatenate .*\(2, 2\), \(3, 3\)"),
    (lambda: ops.concatenate([X, KerasTensor((None, 2, 2))]), "concatenate"),
    (lambda: ops.stack([F(2), F(3)]), r"\(2,\), \(3,\)|stack|shape"),
    (lambda: ops.reshape(F((2, 3)), (4, -1)), r"reshape .* 6 elements.*\(2, 3\).*\(4, -1\)"),
    (lambda: ops.reshape(KerasTensor((2, 3)), (4, 2)), "reshape"),
    (lambda: ops.sum(F(3), axis=2), r"sum can't take \(3,\): axis 2 is out of bounds"),
    (lambda: ops.softmax(X, axis=3), r"softmax can't take \(None, 4\): axis 3"),
    (lambda: ops.swapaxes(F(3), 0, 2), "swapaxes"),
    (lambda: ops.glu(F((2, 3))), "glu"),
    (lambda: ops.transpose(X, (0, 2)), "transpose"),
    (lambda: ops.layer_normalization(X, F(3), F(3)), "layer_normalization"),
    (lambda: ops.one_hot([1], 3, axis=4), "one_hot"),
    (lambda: ops.expand_dims(F(3), 4), "out of bounds"),
    (lambda: ops.split(F((4, 3)), 2, axis=1), "split|divi"),
    (lambda: ops.conv(F((1, 5, 5, 3)), F((3, 3, 2, 4))), "3 channels .*2 channels"),
    (lambda: ops.conv(F((1, 2, 2, 3)), F((3, 3, 3, 4))), "does not fit"),
    (lambda: ops.conv(F((1, 5, 5, 3)), F((3, 3, 4))), "conv takes"),
    (lambda: ops.conv(F((1, 5, 3)), F((3, 3, 4)), padding="full"), "valid, same"),
    (lambda: ops.conv(F((1, 5, 3)), F((3, 3, 4)), strides=(1, 1)), "strides"),
    (lambda: ops.depthwise_conv(F((1, 5, 3)), F((3, 2, 1))), "depthwise_conv"),
    (lambda: ops.conv_transpose(F((1, 5, 3)), F((3, 4, 2))), "conv_transpose"),
    (lambda: ops.max_pool(F((5, 5)), 2), "max_pool takes"),
    (lambda: ops.max_pool(F((1, 5, 5, 1)), 2, data_format="NHWC"), "data_format"),
    (lambda: ops.binary_crossentropy(F((2, 3)), F((2, 4))), "binary_crossentropy"),
    (lambda: ops.categorical_crossentropy(F((2, 3)), F((2, 4))), "categorical_crossentropy"),
    (lambda: ops.sparse_categorical_crossentropy(F(3), F((2, 4))), "one class index"),
    (lambda: ops.batch_normalization(X, F(3), F(3), -1), "batch_normalization"),
    (lambda: ops.dot_product_attention(F((2, 3)), F((2, 3)), F((2, 3))), "heads"),
    (lambda: ops.segment_sum(F((3, 2)), np.array([0, 1]), 2), "segment_sum"),
    (lambda: ops.cholesky(F((2, 3))), "cholesky takes square"),
    (lambda: ops.cholesky(-np.eye(2, dtype="float32")), "positive definite"),
    (lambda: ops.solve(np.eye(3), F(2)), "solve takes"),
    (lambda: ops.qr(F((2, 2)), mode="r"), "reduced"),
    (lambda: ops.image.resize(F((4, 4)), (2, 2)), "resize takes"),
    (lambda: ops.image.resize(F((4, 4, 3)), (0, 2)), "size"),
    (lambda: ops.image.resize(F((4, 4, 3)), (2, 2), interpolation="cubic"), "bicubic"),
    (lambda: ops.image.rgb_to_hsv(F((4, 4, 3), "uint8")), "floats"),
    (lambda: ops.image.extract_patches(F((4, 4, 3)), 2, padding="full"), "valid, same"),
    (lambda: ops.image.pad_images(F((4, 4, 3)), 1, 1), "exactly two"),
    (lambda: ops.image.crop_images(F((4, 4, 3)), 3, 0, 3, 0), "4 pixels"),
    (lambda: ops.scatter_update(F(3), [[0]], F(1), reduction="mean"), "reduction"),
    (lambda: ops.rearrange(F((2, 6)), "a (b c) -> b c", b=2), "rearrange"),
    (lambda: ops.rearrange(F((2, 6)), "a (b c) -> a b c", b=4), "a \\(b c\\)"),
    (lambda: ops.multi_hot(np.array([1])), "num_classes"),
    (lambda: ops.unfold(F((2, 3)), 2), "unfold takes"),
    (lambda: ops.depth_to_space(F((1, 2, 2, 4)), 1), "block_size"),
    (lambda: ops.ctc_decode(F((1, 2, 3)), [2], strategy="best"), "greedy"),
    (lambda: ops.convert_to_tensor([[1], [2, 3]], ragged=True), "Ragged"),
    (lambda: ops.fft(F(3)), "pair"),
    (lambda: ops.stft(F(32, "float32"), 8, 0, 8), "sequence_stride"),
    (lambda: ops.stft(F(32, "float32"), 8, 4, 4), "fft_length"),
    (lambda: ops.histogram(F((2, 2))), "vector"),
    (lambda: ops.searchsorted(F((2, 2)), F(2)), "vector"),
    (lambda: ops.cdist(F((2, 2)), F((2, 3))), "cdist"),
]


@pytest.mark.parametrize("call, message", ERRORS)
def test_value_errors(call, message):
    with pytest.raises(ValueError, match=message):
        call()


TYPE_ERRORS = [
    (lambda: ops.eye(2.0), "integer"),
    (lambda: ops.fabs(F(2, "complex64")), "complex|real"),
    (lambda: ops.ldexp(F(2), F(2)), "integer exponents"),
    (lambda: ops.array_split(F(4), [2]), "an int"),
    (lambda: ops.histogram(F(4), bins=2.5), "number of bins"),
    (lambda: ops.stft(F(32, "int32"), 8, 4, 8), "float32"),
    (lambda: ops.vander(F(3), N=2.0), "number of columns"),
    (lambda: ops.add(F(2)), "x2"),
]


@pytest.mark.parametrize("call, message", TYPE_ERRORS)
def test_type_errors(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_segments_are_counted_outside_compiled_programs_only():
    data, ids = jnp.ones(3), jnp.array([0, 2, 2])
    assert ops.segment_sum(data, ids).tolist() == [1.0, 0.0, 2.0]
    with pytest.raises(ValueError, match="num_segments"):
        jax.jit(lambda d, i: ops.segment_sum(d, i))(data, ids)


def test_softmax_over_one_element_warns():
    with pytest.warns(UserWarning, match="sigmoid"):
        ops.softmax(F((3, 1), "float32"))
