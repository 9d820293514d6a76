"""Which strategy a shape gets on CPUs, and why: `addax doctor --lowering`."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from addax.ops.cpu import convolution, depthwise, gates, pooling, products, sums
from addax.ops.cpu.convolution import Case
from addax.ops.cpu.strategy import Primitive
from addax.ops.cpu.windows import Sizes, explicit_pads

PRIMITIVES = (
    convolution.FORWARD, convolution.BY_INPUT, convolution.BY_KERNEL, convolution.GROUPED,
    depthwise.DEPTHWISE, pooling.MAX, pooling.MAX_GRADIENT, pooling.SUM, products.TRANSPOSED,
    sums.COLUMN_SUM, sums.BROADCAST, gates.SIDE_BY_SIDE, gates.TANH,
)  # fmt: skip


def _windows(x: Sizes, kernel: Sizes, options: dict) -> Case:
    rank = len(kernel) - 2
    if len(x) != rank + 2:
        raise ValueError(f"The input {x} and the kernel {kernel} have different ranks.")
    strides, dilation = (options["strides"],) * rank, (options["dilation"],) * rank
    pads = explicit_pads(options["padding"], x[1:-1], kernel[:-2], strides, dilation)
    return Case(x, kernel, strides, pads, dilation, np.dtype("float32"))


def _convolution(x: Sizes, kernel: Sizes, options: dict) -> Iterator[tuple[Primitive, Any]]:
    case = _windows(x, kernel, options)
    if kernel[-2] == 1 < x[-1]:
        yield from _depthwise(x, (*kernel[:-2], x[-1], kernel[-1] // x[-1]), options)
        return
    if x[-1] != kernel[-2]:
        yield convolution.GROUPED, case
        return
    for primitive in (convolution.FORWARD, convolution.BY_INPUT, convolution.BY_KERNEL):
        yield primitive, case


def _depthwise(x: Sizes, kernel: Sizes, options: dict) -> Iterator[tuple[Primitive, Any]]:
    yield depthwise.DEPTHWISE, _windows(x, kernel, options)


def _pool(x: Sizes, window: Sizes, options: dict) -> Iterator[tuple[Primitive, Any]]:
    case = _windows(x, (*window, x[-1], x[-1]), options)
    for primitive in (pooling.MAX, pooling.MAX_GRADIENT, pooling.SUM):
        yield primitive, case


def _matmul(x: Sizes, kernel: Sizes, options: dict) -> Iterator[tuple[Primitive, Any]]:
    rows = int(np.prod(x[:-1]))
    yield products.TRANSPOSED, (rows, x[-1])
    yield sums.BROADCAST, (*x[:-1], kernel[-1])


def _lstm(x: Sizes, units: Sizes, options: dict) -> Iterator[tuple[Primitive, Any]]:
    weights = (x[-1] + units[0]) * 4 * units[0]
    yield gates.SIDE_BY_SIDE, gates.Step(x[0], weights)
    yield gates.TANH, (x[0] * 4 * units[0], np.dtype("float32"))


# What the shapes mean: the input and the kernel, the window, or the number of units.
KINDS: dict[str, Callable[[Sizes, Sizes, dict], Iterator[tuple[Primitive, Any]]]] = {
    "conv": _convolution,
    "depthwise": _depthwise,
    "pool": _pool,
    "matmul": _matmul,
    "lstm": _lstm,
}


def lines(kind: str, x: Sizes, second: Sizes, **options: Any) -> Iterator[str]:
    """A line a primitive: its strategy for these shapes, and why."""
    options = {"strides": 1, "padding": "valid", "dilation": 1} | options
    for primitive, case in KINDS[kind](x, second, options):
        chosen = primitive.choose(case)
        passed = [s.name for s in primitive.strategies[: primitive.strategies.index(chosen)]]
        yield f"{primitive.name}: {chosen.name} ({chosen.why})"
        if passed:
            yield f"    not: {', '.join(passed)}"
