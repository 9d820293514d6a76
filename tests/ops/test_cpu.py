"""The programs for CPUs give what XLA's operations give, in value and in gradient."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jax import lax

from addax import ops
from addax.ops.cpu import (
    convolution,
    depthwise,
    explain,
    gates,
    pooling,
    scores,
    sums,
    thresholds,
    winograd,
)
from addax.ops.cpu.platform import sealed
from addax.ops.cpu.windows import explicit_pads

RNG = np.random.default_rng(3)


def normal(*shape):
    return jnp.asarray(RNG.normal(size=shape).astype("float32"))


def direction(x):
    """A tangent of x."""
    if jnp.issubdtype(x.dtype, jnp.inexact):
        return normal(*x.shape).astype(x.dtype)
    return np.zeros(x.shape, jax.dtypes.float0)


def hold(ours, theirs, *arrays):
    """Equal values, equal gradients by every argument, and equal derivatives in one direction."""
    weights = normal(*jax.eval_shape(theirs, *arrays).shape)
    directions = tuple(map(direction, arrays))

    def both(f):
        value, back = jax.vjp(f, *arrays)
        return value, *back(weights), jax.jvp(f, arrays, directions)[1]

    pairs = jax.jit(lambda: (both(ours), both(theirs)))()
    for found, expected in zip(*pairs, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


@st.composite
def windows(draw):
    """Sizes, window, strides, dilation and padding of one or two spatial axes."""
    rank = draw(st.integers(1, 2))
    each = lambda low, high: tuple(draw(st.integers(low, high)) for _ in range(rank))  # noqa: E731
    sizes, window = each(1, 7), each(1, 4)
    strides, dilation = (
        (each(1, 3), (1,) * rank) if draw(st.booleans()) else ((1,) * rank, each(1, 2))
    )
    holds = all(n > (w - 1) * d for n, w, d in zip(sizes, window, dilation, strict=True))
    padding = draw(st.sampled_from(["same", "valid"])) if holds else "same"
    pads = explicit_pads(padding, sizes, window, strides, dilation)
    return sizes, window, strides, dilation, pads


BATCHES = 2, thresholds.LEAST_BATCH  # their gradients by the kernel differ


@settings(max_examples=32, deadline=None, derandomize=True)
@given(windows(), st.sampled_from([(1, 2), (3, 5), (40, 2), (40, 30)]), st.sampled_from(BATCHES))
def test_convolution(case, channels, batch):
    hold_convolution(*case, channels, batch)


def hold_convolution(sizes, window, strides, dilation, pads, channels, batch):
    x, kernel = normal(batch, *sizes, channels[0]), normal(*window, *channels)
    hold(
        lambda x, k: convolution.conv(x, k, strides, pads, dilation),
        lambda x, k: convolution.native_conv(x, k, strides, pads, dilation),
        x,
        kernel,
    )


# sizes, padding, channels, the most sums of a part, and the parts
PARTS = [
    ((3, 6, 7), "same", (3, 5), 1 << 20, (3, 6)),  # all at once
    ((6, 5, 8), "valid", (2, 3), 1 << 10, (2, 4)),  # two images of six
    ((2, 16, 6), ((1, 1), (0, 3)), (4, 3), 1 << 11, (1, 8)),  # eight rows of one image
    ((1, 3, 4), "valid", (3, 2), 1 << 20, (1, 2)),  # one row
]


@pytest.fixture
def sharing(monkeypatch):
    """Small convolutions go the way of large ones."""
    monkeypatch.setattr(thresholds, "LEAST_PART", 1)
    monkeypatch.setattr(thresholds, "PATCH_WIDTH", 1)
    monkeypatch.setattr(thresholds, "MOST_SHARES", 0)


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize(
    "strides, dilation", [((1, 1), (1, 1)), ((1, 1), (2, 1)), ((2, 1), (1, 1))]
)
def test_convolution_of_few_filters(strides, dilation):
    hold_convolution((7, 5), (3, 2), strides, dilation, ((1, 0), (0, 2)), (17, 3), 4)


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("sizes, padding, channels, most, parts", PARTS, ids=str)
def test_winograd(sizes, padding, channels, most, parts, monkeypatch):
    monkeypatch.setattr(thresholds, "MOST_SUMS", most)
    x, kernel, ones = normal(*sizes, channels[0]), normal(3, 3, *channels), (1, 1)
    pads = explicit_pads(padding, sizes[1:], (3, 3), ones, ones)
    assert winograd.partition(x.shape, kernel.shape, pads) == parts
    hold(
        lambda x, k: convolution.conv(x, k, ones, pads, ones),
        lambda x, k: convolution.native_conv(x, k, ones, pads, ones),
        x,
        kernel,
    )


def test_winograd_rounds_as_the_definition_does(monkeypatch):
    monkeypatch.setattr(thresholds, "LEAST_PART", 0)
    how = (1, 1), ((1, 1), (1, 1)), (1, 1)
    x, kernel, dy = normal(2, 32, 32, 64), normal(3, 3, 64, 64), normal(2, 32, 32, 64)

    def both(conv, *arrays):
        y, back = jax.vjp(lambda x, k: conv(x, k, *how), *arrays[:2])
        return y, *back(arrays[2])

    with jax.enable_x64(True):
        exact = both(convolution.native_conv, *(a.astype("float64") for a in (x, kernel, dy)))
    ours, native = (
        both(convolution.conv, x, kernel, dy),
        both(convolution.native_conv, x, kernel, dy),
    )
    assert winograd.partition(x.shape, kernel.shape, how[1])
    for found, definition, y in zip(ours, native, exact, strict=True):
        error, usual = (np.abs(np.float64(a) - np.float64(y)).std() for a in (found, definition))
        assert error != usual, "the definition was computed twice"
        assert error < 2 * usual  # 0.8 and, by the kernel, 1.56 in four draws


def test_a_sealed_function_is_a_part_of_its_own():
    scale = sealed(lambda x: 2 * x)
    text = jax.jit(lambda x: scale(x + 1) - 1).lower(normal(3)).compile().as_text()
    assert " call(" in text, "XLA fuses a function that has to be sealed"
    hold(lambda x: scale(x + 1) - 1, lambda x: 2 * x + 1, normal(3))


VOLUMES = [
    ((4, 5, 6), (3, 3, 3), (1, 1, 1), "same", (3, 5)),
    ((5, 6, 7), (3, 2, 3), (2, 1, 2), "valid", (8, 4)),
    ((5, 4, 4), (2, 3, 1), (1, 2, 1), "same", (8, 9)),
    ((2, 3, 2), (3, 3, 3), (1, 1, 1), "same", (2, 3)),
]


@pytest.mark.parametrize("sizes, window, strides, padding, channels", VOLUMES, ids=str)
def test_volumes(sizes, window, strides, padding, channels):
    dilation = (2, 1, 1) if max(strides) == 1 else (1, 1, 1)
    pads = explicit_pads(padding, sizes, window, strides, dilation)
    hold(
        lambda x, k: convolution.conv(x, k, strides, pads, dilation),
        lambda x, k: convolution.native_conv(x, k, strides, pads, dilation),
        normal(2, *sizes, channels[0]),
        normal(*window, *channels),
    )


@settings(max_examples=12, deadline=None, derandomize=True)
@given(windows(), st.integers(1, 2))
def test_depthwise_convolution(case, multiplier):
    sizes, window, strides, dilation, pads = case
    x, kernel = normal(2, *sizes, 3), normal(*window, 3, multiplier)

    def native(x, k):
        k = k.reshape(*window, 1, 3 * multiplier)
        return convolution.native_conv(x, k, strides, pads, dilation, 3)

    hold(lambda x, k: depthwise.depthwise(x, k, strides, pads, dilation), native, x, kernel)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(windows())
def test_pooling(case):
    sizes, window, strides, _, pads = case
    pads = (
        tuple((0, 0) for _ in pads)
        if any(n < w for n, w in zip(sizes, window, strict=True))
        else pads
    )
    window = tuple(min(n, w) for n, w in zip(sizes, window, strict=True))
    x = normal(2, *sizes, 3)
    full = (1, *window, 1), (1, *strides, 1), ((0, 0), *pads, (0, 0))
    assume(all(low < w and high < w for w, (low, high) in zip(window, pads, strict=True)))
    hold(
        lambda x: pooling.max_pool(x, window, strides, pads),
        lambda x: lax.reduce_window(x, -jnp.inf, lax.max, *full),
        x,
    )
    hold(
        lambda x: pooling.sum_pool(x, window, strides, pads),
        lambda x: lax.reduce_window(x, 0.0, lax.add, *full),
        x,
    )


HOW = (2, 1), ((0, 1), (1, 0)), (1, 1)  # strides, pads, dilation
DENSE = (1, 1), ((1, 1), (1, 1)), (1, 1)


def _native_depthwise(x, k):
    return convolution.native_conv(x, k.reshape(*k.shape[:2], 1, -1), *HOW, k.shape[-2])


def _keys(x, k):
    return jnp.broadcast_to(k.reshape(1, -1, 1, 3), (len(x), 18, 5, 3))


BILINEAR = {
    "conv": (
        lambda x, k: convolution.conv(x, k, *HOW),
        lambda x, k: convolution.native_conv(x, k, *HOW),
    ),
    "winograd": (
        lambda x, k: convolution.conv(x, k, *DENSE),
        lambda x, k: convolution.native_conv(x, k, *DENSE),
    ),
    "depthwise": (lambda x, k: depthwise.depthwise(x, k, *HOW), _native_depthwise),
    "attention": (
        lambda x, k: scores.scores(x, _keys(x, k)),
        lambda x, k: jnp.einsum("bktd,bskd->bkts", x, _keys(x, k)),
    ),
}


def gradients(f):
    return jax.grad(lambda x, k: (f(x, k) ** 3).sum(), (0, 1))


TRANSFORMS = {
    "second derivatives": lambda f: jax.grad(
        lambda x, k: sum((g**2).sum() for g in gradients(f)(x, k)), (0, 1)
    ),
    "gradients in a direction": lambda f: (
        lambda x, k: jax.jvp(gradients(f), (x, k), (x + 1, k - 1))
    ),
    "many inputs": lambda f: jax.vmap(f, (1, None)),
    "many kernels": lambda f: jax.vmap(f, (None, 2)),
    "gradients for each": lambda f: jax.vmap(gradients(lambda x, k: f(x[None], k)), (0, None)),
    "gradients of many": lambda f: gradients(jax.vmap(f, (1, 2))),
}


@pytest.mark.parametrize("name", BILINEAR)
@pytest.mark.parametrize("transform", TRANSFORMS)
def test_transforms(name, transform, request):
    if name == "winograd":
        request.getfixturevalue("sharing")
    x, k = normal(2, 5, 4, 3), normal(3, 3, 3, 2)
    if "many" in transform:  # 3 of what the transform maps over
        inputs, kernels = normal(2, 3, 5, 4, 3), normal(3, 3, 3, 3, 2)
        x = x if transform == "many kernels" else inputs
        k = k if transform == "many inputs" else kernels
    found, expected = (jax.jit(TRANSFORMS[transform](f))(x, k) for f in BILINEAR[name])
    for a, b in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-4 * np.abs(b).max())


SHAPES = [(3, 5), (2, 3, 4), (2, 3, 4, 5), (1, 1, 7), (2, 0, 3)]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_columns(shape):
    x, v = normal(*shape), normal(shape[-1])
    axes = tuple(range(len(shape) - 1))
    hold(sums.column_sum, lambda x: x.sum(axes), x)
    hold(lambda v: sums.broadcast_rows(v, shape), lambda v: jnp.broadcast_to(v, shape), v)
    hold(ops.add, lambda x, v: x + v, x, v)
    if x.size:
        for n in (0, 1):
            hold(
                lambda x, n=n: sums.column_moments(x)[n],
                lambda x, n=n: (x.mean(axes), x.var(axes))[n],
                x,
            )


PRODUCTS = [
    ((4, 3), (3, 2), 1),
    ((2, 4, 3), (3, 2), 1),
    ((2, 3, 4), (3, 4, 5, 2), 2),
    ((2, 0, 3), (3, 2), 1),
    ((128, 130), (130, 2), 1),  # whose gradient reads a transposed copy
]


@pytest.mark.parametrize("left, right, axes", PRODUCTS, ids=str)
def test_projections(left, right, axes):
    hold(
        lambda x, k: ops.tensordot(x, k, axes),
        lambda x, k: jnp.tensordot(x, k, axes),
        normal(*left),
        normal(*right),
    )


@pytest.mark.parametrize("dtype", ["int32", "uint8", "bool", "float16", "complex64"])
def test_projections_promote(dtype):
    x, kernel = jnp.arange(6).reshape(2, 3).astype(dtype), normal(3, 2)
    hold(lambda k: ops.matmul(x, k).real, lambda k: (x @ k).real, kernel)


def test_sums_and_projections_differentiate_forwards():
    x, v = normal(2, 3, 4), normal(4)
    for f in (
        sums.column_sum,
        lambda x: ops.add(x, v),
        lambda x: ops.matmul(x, normal(4, 2)),
    ):
        assert jax.jvp(f, (x,), (x,))[1].shape == f(x).shape
        assert jax.jit(jax.vmap(f))(x[None]).shape == (1, *f(x).shape)


# Primitive -> shapes (input and kernel, or what else decides) and the strategy that they get
def case(x, kernel, strides=1, padding="same", dilation=1, dtype="float32"):
    rank = len(kernel) - 2
    how = (strides,) * rank, (dilation,) * rank
    pads = explicit_pads(padding, x[1:-1], kernel[:-2], *how)
    return convolution.Case(x, kernel, how[0], pads, how[1], np.dtype(dtype))


CHOICES = {
    "convolution": [
        (case((64, 32, 32, 3), (3, 3, 3, 64)), "im2col"),
        (case((16, 8, 8, 64), (1, 1, 64, 256)), "im2col"),
        (case((64, 28, 28, 32), (3, 3, 32, 1)), "products, then shifts"),
        (case((2, 16, 32, 32, 32), (3, 3, 3, 32, 32)), "sum of planes"),
        (case((16, 2, 2, 512), (3, 3, 512, 512)), "im2col, small input"),
        (case((2, 4, 4, 64), (11, 11, 64, 64)), "native, padded first"),
        (case((64, 32, 32, 64), (3, 3, 64, 128)), "Winograd"),
        (case((32, 64, 64, 6), (3, 3, 6, 12)), "two outputs at once"),
        (case((64, 32, 32, 64), (5, 5, 64, 64)), "native"),
    ],
    "gradient by the input": [
        (case((16, 2, 2, 512), (3, 3, 512, 512)), "col2im"),
        (case((16, 4, 4, 256), (3, 3, 256, 256), strides=2), "col2im"),
        (case((8, 64, 64, 64), (4, 4, 64, 32), strides=2), "sub-pixel"),
        (case((64, 32, 32, 64), (3, 3, 64, 64)), "flipped kernel"),
    ],
    "gradient by the kernel": [
        (case((64, 32, 32, 3), (3, 3, 3, 64)), "im2col"),
        (case((4, 64, 64, 64), (3, 3, 64, 128), strides=2), "im2col"),
        (case((64, 32, 32, 64), (3, 3, 64, 128)), "Winograd"),
        (case((2, 16, 32, 32, 32), (3, 3, 3, 32, 32)), "planes"),
        (case((8, 64, 64, 64), (3, 3, 64, 3)), "filters as batch"),
        (case((64, 16, 16, 64), (5, 5, 64, 64)), "batch as channels"),
    ],
    "grouped convolution": [
        (case((2, 8, 8, 8), (3, 3, 4, 8)), "one by one"),
        (case((2, 8, 8, 64), (3, 3, 2, 64)), "native"),
    ],
    "depthwise convolution": [
        (case((2, 8, 8, 8), (3, 3, 8, 1)), "shifted multiply-adds"),
        (case((2, 16, 16, 8), (11, 11, 8, 1)), "native"),
    ],
    "max pooling": [
        (case((2, 8, 8, 8), (3, 3, 8, 8)), "shifts"),
        (case((2, 16, 16, 8), (11, 11, 8, 8)), "native"),
    ],
    "gradient of a product by the kernel": [
        ((128, 512), "transposed copy"),
        ((12800, 64), "native"),
    ],
    "sum of columns": [((2, 3, 4), "product with ones"), ((2, 3), "native")],
    "products of a recurrent step": [
        (gates.Step(64, 1 << 17), "side by side"),
        (gates.Step(64, 1 << 14), "native"),
    ],
    "tanh of gates": [
        ((1 << 15, np.dtype("float32")), "rational function"),
        ((1 << 10, np.dtype("float32")), "native"),
    ],
}
SAME = {
    "gradient of max pooling": "max pooling",
    "sum pooling": "max pooling",
    "vector along rows": "sum of columns",
}


@pytest.mark.parametrize("primitive", explain.PRIMITIVES, ids=lambda p: p.name)
def test_every_strategy_is_reached(primitive):
    """The native operation may be for other platforms alone."""
    rows = CHOICES[SAME.get(primitive.name, primitive.name)]
    for shape, expected in rows:
        assert primitive.choose(shape).name == expected, shape
    always = primitive.strategies[-2].applies(rows[-1][0]) and rows[-1][1] != "native"
    missed = {s.name for s in primitive.strategies} - {expected for _, expected in rows}
    assert missed == ({"native"} if always else set())
