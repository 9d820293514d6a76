"""Layers that shift and scale numbers."""

import math
from collections.abc import Iterator
from typing import Any, Self

import numpy as np

from addax import ops
from addax.core import settings
from addax.core.configs import deserialize
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.types import Array, Axis, Shape, Tensor
from addax.layers.preprocessing.host import batches


@fields
class Rescaling(Layer):
    """`inputs * scale + offset` as floats: any shape -> the same.

    A scale or offset `(channels,)` goes along the channels of images.
    """

    scale: Tensor
    offset: Tensor = 0.0

    takes_values = True

    def setup(self) -> None:
        self.supports_masking = True

    def call(self, inputs: Tensor) -> Array:
        scale, offset = map(self._by_channel, (self.scale, self.offset))
        return ops.cast(inputs, self.compute_dtype) * scale + offset

    def _by_channel(self, value):
        value = ops.cast(value, self.compute_dtype)
        if value.ndim == 0 or settings.image_data_format() == "channels_last":
            return value
        return ops.reshape(value, tuple(value.shape) + (1,) * (3 - value.ndim))

    @classmethod
    def from_config(cls, config: dict) -> Self:
        return cls(**config | {k: deserialize(config[k]) for k in ("scale", "offset")})


class Normalization(Layer):
    """`(inputs - mean) / sqrt(variance)`, or the way back with `invert`: any shape -> the same.

    The statistics are given, or those of the data that `adapt` saw: one for each index of the axes
    in `axis`, one for everything if that is None.

    ValueError when only one of mean and variance is given, for shapes that don't fit `axis`, and
    for axes of unknown size.
    """

    takes_values = True

    def __init__(
        self,
        axis: Axis = -1,
        mean: Tensor = None,
        variance: Tensor = None,
        invert: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.axis = () if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
        if (mean is None) != (variance is None):
            raise ValueError(
                f"mean and variance are given together or not at all; received mean={mean!r}, "
                f"variance={variance!r}."
            )
        if np.shape(mean) != np.shape(variance) or np.ndim(mean) > len(self.axis):
            raise ValueError(
                "mean and variance have one shape, of at most as many axes as `axis` names; their "
                f"shapes are {np.shape(mean)} and {np.shape(variance)}, axis is {self.axis}."
            )
        self.input_mean, self.input_variance = mean, variance
        self.invert = invert
        self.supports_masking = True

    def build(self, input_shape: Shape) -> None:
        rank = len(input_shape)
        if any(not -rank <= a < rank for a in self.axis):
            raise ValueError(f"axis {self.axis} is not among the {rank} axes of {input_shape}.")
        self._kept = sorted(a % rank for a in self.axis)
        shape = tuple(input_shape[a] for a in self._kept)
        if None in shape:
            raise ValueError(
                f"The axes {self.axis} must have known sizes; the input shape is {input_shape}."
            )
        self._broadcast: Any = [n if a in self._kept else 1 for a, n in enumerate(input_shape)]
        if self.input_mean is not None:
            self._given = self._spread(self.input_mean), self._spread(self.input_variance)
            return
        fixed: dict[str, Any] = {"trainable": False}
        self.adapt_mean = self.add_weight(shape, "zeros", name="mean", **fixed)
        self.adapt_variance = self.add_weight(shape, "ones", name="variance", **fixed)
        # Nobody reads it; files of Keras have it
        self.count = self.add_weight((), "zeros", "int32", name="count", **fixed)

    def _spread(self, value):
        """A given statistic, its axes laid along the last of the kept ones."""
        value = np.asarray(value)
        shape = [1] * len(self._broadcast)
        for axis, size in zip(self._kept[::-1], value.shape[::-1], strict=False):
            shape[axis] = size
        return np.broadcast_to(value.reshape(shape), self._broadcast)

    @property
    def mean(self) -> Any:
        """The mean, shaped to broadcast against the inputs; None before the layer is built."""
        return self._statistic(0)

    @property
    def variance(self) -> Any:
        """The variance, shaped to broadcast against the inputs; None before the layer is built."""
        return self._statistic(1)

    def _statistic(self, which: int) -> Any:
        if not self.built:
            return None
        adapted = self.input_mean is None
        pair = (self.adapt_mean, self.adapt_variance) if adapted else self._given
        return ops.cast(ops.reshape(pair[which], self._broadcast), self.compute_dtype)

    def call(self, inputs: Tensor) -> Array:
        inputs = ops.cast(inputs, self.compute_dtype)
        scale = ops.maximum(ops.sqrt(self._statistic(1)), settings.epsilon())
        if self.invert:
            return self._statistic(0) + inputs * scale
        return (inputs - self._statistic(0)) / scale

    def adapt(self, data: Any) -> None:
        """Take mean and variance from `data`: an array, or an iterable of batches.

        Of a batch `(x, y)` or `(x, y, weights)` x counts. ValueError for no data, for batches whose
        sizes differ on the kept axes, and when the statistics were given; nothing changes then.
        """
        if self.input_mean is not None:
            raise ValueError("This layer was given its mean and variance: it can't adapt to data.")
        count, mean, squares = 0, 0.0, 0.0
        for batch in arrays(data):
            if not self.built:
                self.build(batch.shape)
            n, m, v = self._moments(batch)
            if n:
                step, count = m - mean, count + n
                squares = squares + n * v + step**2 * (n * (count - n) / count)  # Chan et al. 1979
                mean = mean + step * (n / count)
        if count == 0:
            raise ValueError("adapt() takes an array or an iterable of batches; no data came.")
        self.adapt_mean.assign(mean)
        self.adapt_variance.assign(squares / count)

    def _moments(self, batch):
        """How many elements each statistic is over, and their mean and variance."""
        sizes = [n if a in self._kept else 1 for a, n in enumerate(batch.shape)]
        if sizes != self._broadcast:
            raise ValueError(
                f"adapt() saw data of shape {batch.shape}; the layer normalizes along the axes "
                f"{self.axis}, of sizes {[self._broadcast[a] for a in self._kept]}."
            )
        free = tuple(a for a in range(batch.ndim) if a not in self._kept)
        number = math.prod(batch.shape[a] for a in free)
        if not number:
            return 0, 0.0, 0.0
        return number, batch.mean(free, dtype="float64"), batch.var(free, dtype="float64")

    def get_config(self) -> dict:
        given = {"mean": self.input_mean, "variance": self.input_variance}
        plain = {k: None if v is None else np.asarray(v).tolist() for k, v in given.items()}
        return super().get_config() | {"axis": self.axis, "invert": self.invert} | plain


def arrays(data: Any) -> Iterator[np.ndarray]:
    """The inputs in `data` as NumPy arrays: an array, data set, PyDataset or iterable of batches.

    TypeError for anything else.
    """
    if hasattr(data, "element_spec") and hasattr(data, "batch"):  # tf.data
        spec = data.element_spec
        one = len((spec if hasattr(spec, "shape") else spec[0]).shape) == 1
        data = data.batch(128) if one else data
    for x in [data] if hasattr(data, "shape") else batches(data):
        if not hasattr(x, "shape"):
            raise TypeError(f"Batches are arrays; received {x!r} ({type(x).__name__}).")
        yield np.asarray(x)
