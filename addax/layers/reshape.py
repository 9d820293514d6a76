"""Layers that rearrange, crop, pad and repeat."""

import math
from collections.abc import Sequence
from typing import Any, Literal

from addax import ops
from addax.core.checks import one_of, per_axis, positive
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.core.settings import standardize_data_format
from addax.core.symbol import KerasTensor
from addax.core.types import Array, DataFormat, Sizes, Tensor
from addax.layers.conv import SpatialLayer, entries


@fields
class Flatten(Layer):
    """All axes but the batch as one: `(batch, ...)` -> `(batch, product of the rest)`.

    Channels run fastest in either data format. ValueError for another data format.
    """

    data_format: DataFormat = None

    def setup(self) -> None:
        self.data_format = standardize_data_format(self.data_format)

    def call(self, inputs: Tensor) -> Array:
        if self.data_format == "channels_first" and inputs.ndim > 2:
            inputs = ops.moveaxis(inputs, 1, -1)
        return ops.reshape(inputs, (inputs.shape[0], math.prod(inputs.shape[1:])))

    def compute_output_spec(self, inputs: Tensor, **_: Any) -> Any:
        rest = inputs.shape[1:]
        return KerasTensor(
            (inputs.shape[0], None if None in rest else math.prod(rest)), inputs.dtype
        )


@fields
class Reshape(Layer):
    """The same elements in another shape: `(batch, ...)` -> `(batch, *target_shape)`.

    ValueError for two sizes of -1, and for a number of elements that doesn't fit.
    """

    target_shape: Sequence[int]

    built_at_once = True

    def setup(self) -> None:
        self.target_shape = tuple(self.target_shape)
        if min(self.target_shape, default=0) < -1 or self.target_shape.count(-1) > 1:
            raise ValueError(
                "target_shape holds sizes, and -1 once for what is left; received "
                f"{self.target_shape}."
            )

    def call(self, inputs: Tensor) -> Array:
        size = math.prod(inputs.shape[1:])
        known = -math.prod(self.target_shape) if -1 in self.target_shape else 0
        fits = size % known == 0 if known else size == math.prod(self.target_shape)
        if not fits:
            raise ValueError(
                f"{inputs.shape[1:]} has {size} elements an example and can't be reshaped to "
                f"{self.target_shape}."
            )
        return ops.reshape(inputs, (inputs.shape[0], *self.target_shape))

    def compute_output_spec(self, inputs: Tensor, **_: Any) -> Any:
        if None not in inputs.shape[1:]:
            return super().compute_output_spec(inputs)
        target = [None if n == -1 else n for n in self.target_shape]
        return KerasTensor((inputs.shape[0], *target), inputs.dtype)


@fields
class Permute(Layer):
    """Axes in another order: `(batch, ...)` -> `(batch, ...)`.

    Axis `i + 1` of the result is axis `dims[i]` of the input.

    ValueError unless `dims` holds each of 1 to its length once.
    """

    dims: Sequence[int]

    def setup(self) -> None:
        self.dims = tuple(self.dims)
        if sorted(self.dims) != list(range(1, len(self.dims) + 1)):
            raise ValueError(
                f"dims holds each of 1 to {len(self.dims)} once; received {self.dims}."
            )
        self.input_spec = InputSpec(ndim=len(self.dims) + 1)

    def call(self, inputs: Tensor) -> Array:
        return ops.transpose(inputs, (0, *self.dims))


def check_integer(name: str, value: Any) -> None:
    """TypeError unless `value` is an integer."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is a positive integer; received {value!r}.")


@fields
class RepeatVector(Layer):
    """Each vector n times: `(batch, d)` -> `(batch, n, d)`.

    TypeError for an `n` that is no integer, ValueError below 1.
    """

    n: int

    def setup(self) -> None:
        check_integer("n", self.n)
        positive(n=self.n)
        self.input_spec = InputSpec(ndim=2)

    def call(self, inputs: Tensor) -> Array:
        return ops.repeat(ops.expand_dims(inputs, 1), self.n, axis=1)


class Edges(SpatialLayer):
    """Layers with two numbers a spatial axis: how much before and how much after."""

    amounts = "padding"

    def setup(self) -> None:
        value, name = getattr(self, self.amounts), self.amounts
        if self.rank == 1:
            setattr(self, name, per_axis(name, value, 2, minimum=0))
        else:
            axes = (value,) * self.rank if isinstance(value, int) else tuple(value)
            if len(axes) != self.rank:
                raise ValueError(f"{name} has {self.rank} entries; received {value!r}.")
            pairs = tuple(per_axis(f"An entry of {name}", a, 2, minimum=0) for a in axes)
            setattr(self, name, pairs)
        self.data_format = standardize_data_format(self.data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)

    @property
    def pairs(self) -> list:
        value = getattr(self, self.amounts)
        return [value] if self.rank == 1 else value


class Cropping(Edges):
    """Cuts `cropping` steps off the start and the end of each spatial axis."""

    amounts = "cropping"

    def call(self, inputs: Tensor) -> Array:
        cuts = []
        for axis, (before, after) in zip(self.spatial_axes, self.pairs, strict=True):
            size = inputs.shape[axis]
            if before + after >= size:
                raise ValueError(
                    f"cropping {before} + {after} leaves nothing of axis {axis}; the input shape "
                    f"is {tuple(inputs.shape)}."
                )
            cuts.append(slice(before, size - after))
        return inputs[tuple(self.on_spatial_axes(cuts, slice(None)))]


@fields
class Cropping1D(Cropping):
    """Cuts the first and last steps off: `(batch, time, d)` -> `(batch, time', d)`.

    ValueError for negative numbers, and where nothing would be left.
    """

    cropping: Sizes = (1, 1)

    rank, data_format = 1, "channels_last"


@fields
class Cropping2D(Cropping):
    """Cuts the edges off images: `(batch, height, width, d)` -> `(batch, height', width', d)`.

    `((top, bottom), (left, right))` in full. ValueError for negative numbers, and where nothing
    would be left.
    """

    cropping: int | Sequence[Any] = ((0, 0), (0, 0))
    data_format: DataFormat = None

    rank = 2


@fields
class Cropping3D(Cropping):
    """Cuts the faces off volumes: `(batch, depth, height, width, d)` -> `(batch, ..., d)`.

    ValueError for negative numbers, and where nothing would be left.
    """

    cropping: int | Sequence[Any] = ((1, 1), (1, 1), (1, 1))
    data_format: DataFormat = None

    rank = 3


@fields
class ZeroPadding(Edges):
    """Adds `padding` zeros at the start and the end of each spatial axis."""

    padding: int | Sequence[Any] = 1
    data_format: DataFormat = None

    def call(self, inputs: Tensor) -> Array:
        return ops.pad(inputs, self.on_spatial_axes(self.pairs, (0, 0)))


class ZeroPadding1D(ZeroPadding):
    """Zeros before and after the steps: `(batch, time, d)` -> `(batch, time', d)`.

    ValueError for negative numbers.
    """

    rank = 1


class ZeroPadding2D(ZeroPadding):
    """Zeros around images: `(batch, height, width, d)` -> `(batch, height', width', d)`.

    `((top, bottom), (left, right))` in full. ValueError for negative numbers.
    """

    rank = 2


class ZeroPadding3D(ZeroPadding):
    """Zeros around volumes: `(batch, depth, height, width, d)` -> `(batch, ..., d)`.

    ValueError for negative numbers.
    """

    rank = 3


class UpSampling(SpatialLayer):
    """Repeats each step `size` times along each spatial axis."""

    def setup(self) -> None:
        self.size = per_axis("size", self.size, self.rank)
        self.data_format = standardize_data_format(self.data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs: Tensor) -> Array:
        for axis, times in zip(self.spatial_axes, entries(self.size), strict=True):
            inputs = ops.repeat(inputs, times, axis=axis)
        return inputs


@fields
class UpSampling1D(UpSampling):
    """Each step `size` times: `(batch, time, d)` -> `(batch, time * size, d)`.

    TypeError for a `size` that is no integer, ValueError below 1.
    """

    size: Sizes = 2

    rank, data_format = 1, "channels_last"

    def setup(self) -> None:
        check_integer("size", self.size)
        super().setup()

    def get_config(self) -> dict:
        return super().get_config() | {"size": entries(self.size)[0]}


@fields
class UpSampling2D(UpSampling):
    """Images enlarged: `(batch, height, width, d)` -> `(batch, height * size, width * size, d)`.

    "nearest" repeats pixels; the other interpolations resize as `ops.image.resize` does.

    ValueError for sizes that are no positive integers, and for another interpolation.
    """

    size: Sizes = (2, 2)
    data_format: DataFormat = None
    interpolation: Literal["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"] | str = (
        "nearest"
    )

    rank = 2

    def setup(self) -> None:
        super().setup()
        kinds = ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5")
        self.interpolation = one_of("interpolation", self.interpolation, kinds)

    def call(self, inputs: Tensor) -> Array:
        if self.interpolation == "nearest":
            return super().call(inputs)
        target = [
            inputs.shape[a] * n for a, n in zip(self.spatial_axes, entries(self.size), strict=True)
        ]
        return ops.image.resize(
            inputs, target, interpolation=self.interpolation, data_format=self.data_format
        )


@fields
class UpSampling3D(UpSampling):
    """Each step of a volume repeated: `(batch, depth, height, width, d)` -> `(batch, ..., d)`.

    ValueError for sizes that are no positive integers.
    """

    size: Sizes = (2, 2, 2)
    data_format: DataFormat = None

    rank = 3
