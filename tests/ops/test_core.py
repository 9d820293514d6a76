"""Each op of conversion, control flow, mathematics, signals and linear algebra against Keras's."""

import jax
import keras
import numpy as np
import pytest
from op_rows import check, row

from addax import ops
from addax.core.symbol import KerasTensor

ONE = {"unknown": 1}
KNOWN = {"unknown": 0}
WRONG = {"symbol": False}  # Keras's symbolic result differs from its eager one, or it has none
SEGMENTS = np.array([0, 0, 2, 1], "int32")
CORNERS = np.array([[0, 0], [2, 1]], "int32")
ROUGH = {"tol": 1e-4}


def add_up(carry, x):
    return carry + x, carry * x


CORE = [
    row("associative_scan", lambda a, b: a * b, "f 5 2", reverse=True, options=KNOWN),
    row("cast", "f 3 4", "int32"),
    row("cast", [1.5, 2.5], "bfloat16"),
    row("cast", "i 3", None),
    row("cond", "b", lambda: np.ones(2, "float32"), lambda: np.zeros(2, "float32"), options=WRONG),
    row("convert_to_numpy", "f 3", options={"jit": False, "symbol": False, "grad": False}),
    row("convert_to_tensor", "f 3 4", dtype="float16", options=ROUGH),
    row("convert_to_tensor", [1, 2]),
    row("convert_to_tensor", 2.5),
    row("fori_loop", 0, 3, lambda i, x: x * 2, "f 3"),
    row("is_tensor", 3.0),
    row("map", lambda x: x * 2, "f 4 3", options=KNOWN),
    row("rearrange", "f 2 3 8", "b h (w c) -> b c (h w)", c=4, options={"jit": False,
        "symbol": False}),
    row("saturate_cast", np.array([-3.0, 3.7, 300.0], "float32"), "uint8"),
    row("saturate_cast", np.array([-300, 7, 300], "int32"), "int8"),
    row("saturate_cast", np.array([1e9, -1e6], "float32"), "float16", options={"grad": False}),
    row("saturate_cast", "b 3", "float32"),
    row("scan", add_up, 0.0, "f 4", options=WRONG),
    row("scan", add_up, "f 2", "f 4 2", reverse=True, options=KNOWN),
    row("scatter", CORNERS, "f 2", (3, 4), options=KNOWN),
    row("scatter_update", "f 3 4", CORNERS, "f 2", options=ONE),
    *(row("scatter_update", "f 3 4", CORNERS, "f 2", reduction=r, options=ONE) for r in ("add",
        "max", "min")),
    row("scatter_update", "f 3 4", CORNERS, "f 2", reduction="mul", options=ONE | {"grad": False}),
    row("shape", "f 2 3", options=WRONG),
    row("slice", "f 4 5", (1, 2), (2, -1), options=WRONG),
    row("slice", "f 4 5", np.array([1, 2]), (2, 2), options=KNOWN),
    row("slice_update", "f 4 5", (1, 2), "f 2 2", options=KNOWN),
    row("stop_gradient", "f 3 4"),
    row("switch", 1, [lambda x: x, lambda x: x * 2], "f 3"),
    row("unstack", "f 3 4", axis=1),
    row("vectorized_map", lambda x: x * 2, "f 4 3"),
    row("while_loop", lambda i, x: i < 3, lambda i, x: (i + 1, x * 2), (0, "f 3"),
        options=WRONG | {"grad": False}),
    row("while_loop", lambda x: x < 100, lambda x: x * 2, 1.0, maximum_iterations=3),
]  # fmt: skip
MATH = [
    *(row(f"segment_{r}", "f 4 3", SEGMENTS, 3, options=KNOWN) for r in ("max", "min", "sum")),
    row("segment_prod", "f 4 3", SEGMENTS, 3, options={"unknown": 0, "grad": False}),
    row("segment_sum", "f 4", SEGMENTS, num_segments=4),
    row("cdist", "f 2 4 3", "f 2 5 3"),
    row("erf", "f 3 4"),
    row("erfc", "f 3 4"),
    row("erfinv", "p 3 4"),
    row("in_top_k", "i 3", "f 3 4", 2, options=KNOWN),
    row("logdet", "s 2 3 3"),
    row("logsumexp", "f 3 4"),
    row("logsumexp", "f 3 4 2", axis=(0, 2), keepdims=True),
    row("rsqrt", "p 3 4"),
    row("top_k", "f 3 5", 2),
    row("view_as_complex", "f 3 2"),
    row("view_as_real", "c 3 4", options=WRONG),
    row("extract_sequences", "f 2 9", 4, 2),
    row("fft", ("f 2 8", "f 2 8")),
    row("fft2", ("f 2 4 4", "f 2 4 4"), options=ROUGH),
    row("ifft2", ("f 2 4 4", "f 2 4 4")),
    row("rfft", "f 2 8"),
    row("rfft", "f 2 8", fft_length=5),
    row("irfft", ("f 2 5", "f 2 5")),
    row("irfft", ("f 2 5", "f 2 5"), fft_length=7),
    row("stft", "f 2 32", 8, 4, 8),
    row("stft", "f 2 32", 6, 3, 9, window="hamming", center=False),
    row("stft", "f 32", 8, 4, 8, window=None),
    row("istft", ("f 2 9 5", "f 2 9 5"), 8, 4, 8),
    row("istft", ("f 9 5", "f 9 5"), 6, 3, 8, length=20, window="hamming"),
    row("istft", ("f 9 5", "f 9 5"), 8, 4, 8, window=None, center=False),
]  # fmt: skip
LINALG = [
    row("cholesky", "s 2 3 3", options=ROUGH),
    row("cholesky", "s 3 3", upper=True, options=ROUGH | KNOWN),
    row("cholesky_inverse", "s 3 3", options=ROUGH | KNOWN),
    row("cholesky_inverse", "s 3 3", upper=True, options=ROUGH | KNOWN),
    row("det", "f 2 3 3"),
    row("eig", "s 3 3", options={"grad": False, "symbol": False, "tol": 1e-4}),
    row("eigh", "s 2 3 3", options=ROUGH | {"grad": False}),
    row("inv", "s 2 3 3", options=ROUGH),
    row("lstsq", "f 5 3", "f 5", options=ROUGH | KNOWN),
    row("lu_factor", "s 2 3 3", options=ROUGH | WRONG),
    row("matrix_rank", "f 2 4 3"),
    row("norm", "f 3 4"),
    row("norm", "i 3 4", ord=1, axis=1, keepdims=True),
    row("norm", "f 2 3 4", ord="fro", axis=(1, 2)),
    row("pinv", "f 2 4 3", options=ROUGH | {"grad": False}),
    row("qr", "f 4 3", options=ROUGH | KNOWN),
    row("qr", "f 4 3", mode="complete", options={"grad": False, "unknown": 0}),
    row("solve", "s 2 3 3", "f 2 3 4", options=ROUGH),
    row("solve", "s 3 3", "f 3", options=ROUGH | KNOWN),
    *(
        row(name, "s 2 3 3", b, options=ROUGH | WRONG)
        for name in ("solve", "solve_triangular")
        for b in ("f 3", "f 3 2")
    ),
    row("solve_triangular", "s 2 3 3", "f 2 3 4", lower=True, options=ROUGH),
    row("svd", "f 2 4 3", options={"grad": False}),
    row("svd", "f 4 3", compute_uv=False, options=KNOWN | ROUGH),
    row("svd", "f 4 3", full_matrices=False, options=KNOWN | ROUGH | {"grad": False}),
]
ROWS = CORE + MATH + LINALG


@pytest.mark.parametrize("case", ROWS, ids=str)
def test_equals_keras(case):
    check(case)


def test_dtype():
    assert ops.dtype(np.ones(2, "float16")) == "float16"
    assert ops.dtype(KerasTensor((None,), "int8")) == "int8"


def test_shape_of_a_symbolic_tensor_has_none():
    assert ops.shape(KerasTensor((None, 3))) == (None, 3)


def test_lists_of_traced_tensors():
    both = jax.jit(lambda x: (ops.convert_to_tensor([x, 2.0]), ops.convert_to_tensor([[x], [x]])))
    ones, twos = both(1.0)
    assert ones.tolist() == [1.0, 2.0]
    assert twos.shape == (2, 1)


def test_custom_gradient():
    @ops.custom_gradient
    def twice(x):
        return x * 2, lambda upstream: upstream * 10

    assert jax.grad(twice)(1.0) == 10.0


@pytest.mark.parametrize("name", ["solve", "solve_triangular"])
def test_systems_of_vectors(name):
    a, b = np.stack([np.eye(3), 2 * np.eye(3)]), np.arange(6.0).reshape(2, 3)
    assert getattr(ops, name)(a, b).tolist() == [[0.0, 1.0, 2.0], [1.5, 2.0, 2.5]]


def test_jvp():
    ours, theirs = (m.jvp(lambda x, y: x * y, (2.0, 3.0), (1.0, 0.5)) for m in (ops, keras.ops))
    assert ours == theirs


def test_vectorize():
    x = np.arange(6.0, dtype="float32").reshape(2, 3)
    ours, theirs = (
        m.vectorize(lambda v: v.sum(), signature="(n)->()")(x) for m in (ops, keras.ops)
    )
    assert ours.tolist() == theirs.tolist() == [3.0, 12.0]
