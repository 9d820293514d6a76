"""What `help` and an editor show of the ops: a line of our own, and types."""

import inspect

import jax
import pytest

from addax import ops

SPACES = (ops, ops.image, ops.linalg, ops.nn, ops.numpy)
OPS = {
    name: fn
    for space in SPACES
    for name, fn in vars(space).items()
    if getattr(fn, "is_op", False) and not name.startswith("_")
}
FOREIGN = (
    jax.numpy, jax.numpy.linalg, jax.numpy.fft, jax.nn, jax.lax, jax.image, jax.ops,
    jax.scipy.special, jax.scipy.linalg, jax.scipy.ndimage,
)  # fmt: skip
MOST_CHARACTERS = 100


def first_line(fn) -> str:
    return (inspect.getdoc(fn) or "").split("\n")[0]


def test_all_ops_are_looked_at():
    assert len(OPS) > 300 and {"sin", "einsum", "svd", "resize", "fft", "max_pool"} <= set(OPS)


@pytest.mark.parametrize("name", OPS)
def test_first_line_is_our_own(name):
    line = first_line(OPS[name])
    assert line.endswith(".") and len(line) <= MOST_CHARACTERS
    theirs = {first_line(getattr(space, name, None)) for space in FOREIGN if hasattr(space, name)}
    assert line not in theirs


@pytest.mark.parametrize("name", OPS)
def test_everything_is_annotated(name):
    signature = inspect.signature(OPS[name])
    untyped = [p.name for p in signature.parameters.values() if p.annotation is p.empty]
    assert untyped == [] and signature.return_annotation is not signature.empty
