"""`tf.nn`: what layers are made of, with weights as arguments."""

from collections.abc import Callable
from typing import Any

import numpy as np

from addax.compat.placed import library, mathematical, ops


def _format(data_format: str | None) -> str:
    """Addax's word for "NHWC", "NCHW" and their kin."""
    return "channels_first" if data_format and data_format[1] == "C" else "channels_last"


def _spatial(sizes: Any, rank: int, data_format: str) -> tuple[int, ...]:
    """A number for each axis of the image, of one number, one an axis, or one of all axes."""
    given = [int(n) for n in np.atleast_1d(np.asarray(sizes))]
    if len(given) == rank + 2:
        given = given[2:] if data_format == "channels_first" else given[1:-1]
    return tuple(given * rank if len(given) == 1 else given)


def _padded(padding: Any) -> tuple[str, list | None]:
    """Addax's word, or "valid" and what is to be put around the input before."""
    if isinstance(padding, str):
        return padding.lower(), None
    return "valid", [tuple(map(int, pair)) for pair in padding]


def _convolution(rank: int) -> Callable:
    def convolution(
        input: Any, filters: Any, strides: Any = 1, padding: Any = "VALID",
        data_format: str | None = None, dilations: Any = None, name: Any = None, **options: Any,
    ) -> Any:  # fmt: skip
        order = _format(data_format)
        strides = _spatial(options.get("stride", strides), rank, order)
        rate = _spatial(1 if dilations is None else dilations, rank, order)
        kind, around = _padded(padding)
        x = input if around is None else ops.pad(input, around)
        return ops.conv(x, filters, strides, kind, order, rate)

    convolution.__name__ = f"conv{rank}d"
    convolution.__doc__ = f"A convolution over {rank} axes: kernel (..., inputs, filters)."
    return convolution


conv1d, conv2d, conv3d = map(_convolution, (1, 2, 3))


def convolution(
    input: Any, filters: Any, strides: Any = None, padding: str = "VALID",
    data_format: str | None = None, dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """A convolution over as many axes as the kernel has beside the last two."""
    function = (conv1d, conv2d, conv3d)[len(filters.shape) - 3]
    return function(input, filters, strides or 1, padding, data_format, dilations)


def conv2d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: str = "SAME",
    data_format: str = "NHWC", dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The transpose of `conv2d`: kernel (height, width, filters, inputs)."""
    order = _format(data_format)
    steps = _spatial(strides, 2, order)
    wanted = [None if n is None else int(n) for n in output_shape]
    sizes = wanted[2:] if order == "channels_first" else wanted[1:-1]
    shape = input.shape[2:] if order == "channels_first" else input.shape[1:-1]
    kernel = filters.shape[:2]
    rest = [
        None if n is None else n - _transposed(old, k, s, padding.lower())
        for n, old, k, s in zip(sizes, shape, kernel, steps, strict=True)
    ]
    extra = None if not any(rest) else tuple(
        _output_padding(k, s, padding.lower()) + (r or 0)
        for k, s, r in zip(kernel, steps, rest, strict=True)
    )  # fmt: skip
    return ops.conv_transpose(input, filters, steps, padding.lower(), extra, order)


def _transposed(size: int, kernel: int, stride: int, padding: str) -> int:
    return size * stride if padding == "same" else size * stride + max(kernel - stride, 0)


def _output_padding(kernel: int, stride: int, padding: str) -> int:
    """What Keras's `output_padding` is where none is given."""
    return (stride - kernel % 2 if kernel > stride else stride - kernel) if padding == "same" else 0


def depthwise_conv2d(
    input: Any, filter: Any, strides: Any, padding: str, data_format: str | None = None,
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """A convolution of each channel: kernel (height, width, inputs, multiplier)."""
    order = _format(data_format)
    rate = _spatial(1 if dilations is None else dilations, 2, order)
    steps = _spatial(strides, 2, order)
    return ops.depthwise_conv(input, filter, steps, padding.lower(), order, rate)


def separable_conv2d(
    input: Any, depthwise_filter: Any, pointwise_filter: Any, strides: Any, padding: str,
    data_format: str | None = None, dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """`depthwise_conv2d` and then `conv2d` with a kernel of 1 x 1."""
    inner = depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations)
    return conv2d(inner, pointwise_filter, 1, "VALID", data_format)


def _pooling(kind: str, rank: int | None, name: str) -> Callable:
    def pooled(
        input: Any, ksize: Any, strides: Any, padding: str, data_format: str | None = None,
        name: Any = None,
    ) -> Any:  # fmt: skip
        order = _format(data_format)
        axes = rank or len(input.shape) - 2
        sizes, steps = _spatial(ksize, axes, order), _spatial(strides, axes, order)
        return getattr(ops, kind)(input, sizes, steps, padding.lower(), order)

    pooled.__name__, pooled.__doc__ = name, f"`ops.{kind}` over {rank or 'all'} axes of the image."
    return pooled


max_pool, avg_pool = (
    _pooling("max_pool", None, "max_pool"),
    _pooling("average_pool", None, "avg_pool"),
)
max_pool1d, max_pool2d, max_pool3d = (_pooling("max_pool", n, f"max_pool{n}d") for n in (1, 2, 3))
avg_pool1d, avg_pool2d, avg_pool3d = (
    _pooling("average_pool", n, f"avg_pool{n}d") for n in (1, 2, 3)
)


def bias_add(value: Any, bias: Any, data_format: str | None = None, name: Any = None) -> Any:
    """`value + bias`, a number for each channel."""
    bias = ops.convert_to_tensor(bias)
    if _format(data_format) == "channels_first":
        bias = ops.reshape(bias, (-1,) + (1,) * (len(value.shape) - 2))
    return value + bias


@mathematical
def batch_normalization(
    x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: Any
) -> Any:
    """`(x - mean) / sqrt(variance + epsilon) * scale + offset`."""
    factor = 1 / library().sqrt(variance + variance_epsilon)
    factor = factor if scale is None else factor * scale
    return x * factor + ((0 if offset is None else offset) - mean * factor)


@mathematical
def l2_loss(t: Any) -> Any:
    """`sum(t^2) / 2`."""
    return library().sum(library().square(t)) / 2


@mathematical
def crelu(features: Any, axis: int = -1) -> Any:
    """`relu` of the features and of their negatives."""
    xp = library()
    x = xp.asarray(features)
    return xp.maximum(xp.concatenate([x, -x], int(axis)), 0)


@mathematical
def local_response_normalization(
    input: Any, depth_radius: int = 5, bias: float = 1, alpha: float = 1, beta: float = 0.5
) -> Any:
    """`x / (bias + alpha * sum of the squares of near channels)^beta`."""
    xp = library()
    x, radius = xp.asarray(input), int(depth_radius)
    squares = xp.pad(xp.square(x), [(0, 0)] * (x.ndim - 1) + [(radius, radius)])
    total = sum(squares[..., k : k + x.shape[-1]] for k in range(2 * radius + 1))
    return x / (bias + alpha * total) ** beta


lrn = local_response_normalization


@mathematical
def weighted_cross_entropy_with_logits(labels: Any, logits: Any, pos_weight: Any) -> Any:
    """`-w z log(p) - (1 - z) log(1 - p)` for labels z and `p = sigmoid(logits)`."""
    xp = library()
    weight = 1 + (pos_weight - 1) * labels
    tail = xp.log1p(xp.exp(-abs(logits))) + xp.maximum(-logits, 0)
    return (1 - labels) * logits + weight * tail


def compute_average_loss(
    per_example_loss: Any,
    sample_weight: Any = None,
    global_batch_size: int | None = None,
) -> Any:
    """The sum of the losses of examples by the size of the whole batch."""
    loss = per_example_loss if sample_weight is None else per_example_loss * sample_weight
    count = loss.shape[0] if global_batch_size is None else global_batch_size
    return ops.sum(loss) / count


def scale_regularization_loss(regularization_loss: Any) -> Any:
    """The sum of the losses, by the number of replicas, which is 1."""
    return ops.sum(regularization_loss)
