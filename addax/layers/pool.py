"""Pooling: the maximum or mean of windows, or of everything."""

from addax import ops
from addax.core.checks import one_of, per_axis
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.settings import standardize_data_format
from addax.core.types import Array, DataFormat, Padding, Sizes, Tensor, Tensors
from addax.layers.conv import SpatialLayer

REDUCERS = {"max": ops.max_pool, "average": ops.average_pool}


@fields
class Pooling(SpatialLayer):
    """Reduce each window of `pool_size`: (batch, *space, d) -> (batch, *space', d).

    `strides` is `pool_size` if None.
    """

    pool_size: Sizes = 2
    strides: Sizes | None = None
    padding: Padding = "valid"
    data_format: DataFormat = None

    order = "... name"
    built_at_once = True
    reducer = "max"

    def setup(self) -> None:
        self.pool_size = per_axis("pool_size", self.pool_size, self.rank)
        strides = self.pool_size if self.strides is None else self.strides
        self.strides = per_axis("strides", strides, self.rank)
        self.padding = one_of("padding", self.padding, ("valid", "same"))
        self.data_format = standardize_data_format(self.data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs: Tensor) -> Array:
        reduce = REDUCERS[self.reducer]
        return reduce(inputs, self.pool_size, self.strides, self.padding, self.data_format)


class MaxPooling1D(Pooling):
    """The maximum of each window over time: `(batch, time, d)` -> `(batch, time', d)`.

    ValueError for sizes that are no positive integers or one an axis.
    """

    rank, reducer = 1, "max"


class MaxPooling2D(Pooling):
    """The maximum of each window: `(batch, height, width, d)` -> `(batch, height', width', d)`.

    ValueError for sizes that are no positive integers or one an axis.
    """

    rank, reducer = 2, "max"


class MaxPooling3D(Pooling):
    """The maximum of each window: `(batch, depth, height, width, d)` -> `(batch, ..., d)`.

    ValueError for sizes that are no positive integers or one an axis.
    """

    rank, reducer = 3, "max"


class AveragePooling1D(Pooling):
    """The mean of each window over time: `(batch, time, d)` -> `(batch, time', d)`.

    What "same" pads doesn't count. ValueError for sizes that are no positive integers or one an
    axis.
    """

    rank, reducer = 1, "average"


class AveragePooling2D(Pooling):
    """The mean of each window: `(batch, height, width, d)` -> `(batch, height', width', d)`.

    What "same" pads doesn't count. ValueError for sizes that are no positive integers or one an
    axis.
    """

    rank, reducer = 2, "average"


class AveragePooling3D(Pooling):
    """The mean of each window: `(batch, depth, height, width, d)` -> `(batch, ..., d)`.

    What "same" pads doesn't count. ValueError for sizes that are no positive integers or one an
    axis.
    """

    rank, reducer = 3, "average"


@fields
class GlobalPooling(SpatialLayer):
    """Reduce all spatial axes: (batch, *space, d) -> (batch, d), or (batch, 1..., d)."""

    data_format: DataFormat = None
    keepdims: bool = False

    built_at_once = True
    reducer = "max"

    def setup(self) -> None:
        self.data_format = standardize_data_format(self.data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs: Tensor) -> Array:
        reduce = ops.max if self.reducer == "max" else ops.mean
        return reduce(inputs, axis=self.spatial_axes, keepdims=self.keepdims)


class GlobalMaxPooling1D(GlobalPooling):
    """The maximum over time: `(batch, time, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, d)`.
    """

    rank, reducer = 1, "max"


class GlobalMaxPooling2D(GlobalPooling):
    """The maximum over height and width: `(batch, height, width, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, 1, d)`.
    """

    rank, reducer = 2, "max"


class GlobalMaxPooling3D(GlobalPooling):
    """The maximum over all places: `(batch, depth, height, width, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, 1, 1, d)`.
    """

    rank, reducer = 3, "max"


class GlobalAveragePooling1D(GlobalPooling):
    """The mean over time, of unmasked steps only: `(batch, time, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, d)`.
    """

    rank, reducer = 1, "average"

    def setup(self) -> None:
        super().setup()
        self.supports_masking = True

    def call(self, inputs: Tensor, mask: Tensor = None) -> Array:
        if mask is None:
            return super().call(inputs)
        steps = self.spatial_axes[0]
        kept = ops.expand_dims(ops.cast(mask, inputs.dtype), 3 - steps)
        total = ops.sum(inputs * kept, axis=steps, keepdims=self.keepdims)
        return total / ops.sum(kept, axis=steps, keepdims=self.keepdims)

    def compute_mask(self, inputs: Tensor, mask: Tensor = None) -> Tensors:
        return None


class GlobalAveragePooling2D(GlobalPooling):
    """The mean over height and width: `(batch, height, width, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, 1, d)`. Lin et al. 2013, https://arxiv.org/abs/1312.4400.
    """

    rank, reducer = 2, "average"


class GlobalAveragePooling3D(GlobalPooling):
    """The mean over all places: `(batch, depth, height, width, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, 1, 1, d)`.
    """

    rank, reducer = 3, "average"


@fields
class AdaptivePooling(SpatialLayer):
    """Reduce windows that split each axis into `output_size` parts, as even as can be.

    (batch, *space, d) -> (batch, *output_size, d)
    """

    output_size: Sizes
    data_format: DataFormat = None

    reducer = "max"

    def setup(self) -> None:
        self.output_size = per_axis("output_size", self.output_size, self.rank)
        self.data_format = standardize_data_format(self.data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs: Tensor) -> Array:
        average = self.reducer == "average"
        reduce = ops.adaptive_average_pool if average else ops.adaptive_max_pool
        return reduce(inputs, self.output_size, self.data_format)


class AdaptiveAveragePooling1D(AdaptivePooling):
    """The mean of each of `output_size` windows an axis, as even as can be.

    `(batch, time, d)` -> `(batch, output_size, d)`; window i of n reaches from `floor(i * size /
    n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive integers or one an
    axis.
    """

    rank, reducer = 1, "average"


class AdaptiveAveragePooling2D(AdaptivePooling):
    """The mean of each of `output_size` windows an axis, as even as can be.

    `(batch, height, width, d)` -> `(batch, *output_size, d)`; window i of n reaches from `floor(i *
    size / n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive integers or
    one an axis.
    """

    rank, reducer = 2, "average"


class AdaptiveAveragePooling3D(AdaptivePooling):
    """The mean of each of `output_size` windows an axis, as even as can be.

    `(batch, depth, height, width, d)` -> `(batch, *output_size, d)`; window i of n reaches from
    `floor(i * size / n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive
    integers or one an axis.
    """

    rank, reducer = 3, "average"


class AdaptiveMaxPooling1D(AdaptivePooling):
    """The maximum of each of `output_size` windows an axis, as even as can be.

    `(batch, time, d)` -> `(batch, output_size, d)`; window i of n reaches from `floor(i * size /
    n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive integers or one an
    axis.
    """

    rank, reducer = 1, "max"


class AdaptiveMaxPooling2D(AdaptivePooling):
    """The maximum of each of `output_size` windows an axis, as even as can be.

    `(batch, height, width, d)` -> `(batch, *output_size, d)`; window i of n reaches from `floor(i *
    size / n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive integers or
    one an axis.
    """

    rank, reducer = 2, "max"


class AdaptiveMaxPooling3D(AdaptivePooling):
    """The maximum of each of `output_size` windows an axis, as even as can be.

    `(batch, depth, height, width, d)` -> `(batch, *output_size, d)`; window i of n reaches from
    `floor(i * size / n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive
    integers or one an axis.
    """

    rank, reducer = 3, "max"
