"""Layers that encode integers as rows, and numbers as integers."""

from typing import Any, Self

import numpy as np

from addax import ops
from addax.core import settings
from addax.core.changes import changed
from addax.core.checks import one_of, positive
from addax.core.errors import describe
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.symbol import KerasTensor
from addax.core.types import Array, Shape, Tensor
from addax.layers.preprocessing.host import Adaptable, on_host

MODES = "one_hot", "multi_hot", "count"


def encode(indices: Any, mode: str, depth: Any, dtype: Any = None, weights: Any = None):
    """Categories in `depth` columns, as Keras's layers give them.

    "one_hot": (...) -> (..., depth), and (..., 1) -> (..., depth). "multi_hot" and "count" are over
    axis 1, the only one there is, or of a number alone: (batch, n) -> (batch, depth).
    """
    indices = ops.reshape(indices, (1,)) if indices.ndim == 0 else indices
    if mode == "one_hot" and indices.ndim > 1 and indices.shape[-1] == 1:
        indices = ops.squeeze(indices, -1)
    hot = ops.one_hot(indices, depth, dtype=dtype)
    axis = min(indices.ndim - 1, 1)
    if mode == "count":
        return ops.sum(hot if weights is None else hot * weights[..., None], axis)
    return hot if mode == "one_hot" else ops.max(hot, axis)


def numbers(x: Any, layer: Layer) -> Any:
    """`x` as an array. ValueError for texts."""
    listed = on_host(x) if isinstance(x, (list, tuple, str, np.ndarray)) else None
    if listed is not None and listed.dtype.kind in "OSUT":
        raise ValueError(
            f"{type(layer).__name__} {layer.name!r} takes numbers; received {describe(listed)}. "
            "Look texts up first, with StringLookup or Hashing."
        )
    return x


class _Categorical(Layer):
    """Takes lists and integers as they are, and refuses texts."""

    takes_values = True

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return super().__call__(numbers(inputs, self), *args, **kwargs)


@fields
class CategoryEncoding(_Categorical):
    """Integers below `num_tokens` as rows of `num_tokens` columns; others are left out.

    "multi_hot": 1 for each integer of the row; "count": how often it occurs, or the sum of its
    `count_weights`; `(batch, n)` -> `(batch, num_tokens)`. "one_hot": `(batch,)` or `(batch, 1)`
    -> `(batch, num_tokens)`, `(batch, n)` -> `(batch, n, num_tokens)`.

    ValueError for another mode, no positive `num_tokens`, and for texts.
    """

    num_tokens: int
    output_mode: str = "multi_hot"
    sparse: bool = False

    def setup(self) -> None:
        mode = "multi_hot" if self.output_mode == "binary" else self.output_mode
        self.output_mode = one_of("output_mode", mode, MODES)
        positive(num_tokens=self.num_tokens)
        self.autocast = False

    def call(self, inputs: Tensor, count_weights: Tensor = None) -> Array:
        if count_weights is not None:
            if self.output_mode != "count":
                raise ValueError(
                    f"count_weights go with output_mode='count'; it is {self.output_mode!r}."
                )
            count_weights = ops.cast(count_weights, self.compute_dtype)
        indices = ops.cast(inputs, "int32")
        return encode(indices, self.output_mode, self.num_tokens, self.compute_dtype, count_weights)

    def get_config(self) -> dict:
        config = super().get_config()
        return {k: v for k, v in config.items() if k != "sparse"}


@fields
class Discretization(Adaptable, _Categorical):
    """The number of the bin that each number falls into, by boundaries that are given or learnt.

    Any shape -> integers of that shape: 0 below the first boundary, `len(bin_boundaries)` from the
    last on. The other output modes encode them, one column a bin. `adapt` takes quantiles of the
    data as boundaries, to within `epsilon`.

    ValueError unless either `bin_boundaries` or `num_bins` is given, before there are boundaries,
    and for texts.
    """

    bin_boundaries: Any = None
    num_bins: int | None = None
    epsilon: float = 0.01
    output_mode: str = "int"
    sparse: bool = False

    order = "bin_boundaries num_bins epsilon output_mode sparse dtype name ..."
    untracked = (*Layer.untracked, "_seen")

    def setup(self) -> None:
        self.output_mode = one_of("output_mode", self.output_mode, ("int", *MODES))
        if self.sparse and self.output_mode == "int":
            raise ValueError("sparse=True goes with the other output modes than 'int'.")
        if (self.num_bins is None) == (self.bin_boundaries is None):
            raise ValueError(
                "Either bin_boundaries or num_bins is given; received "
                f"bin_boundaries={self.bin_boundaries!r}, num_bins={self.num_bins!r}."
            )
        if self.num_bins is not None:
            positive(num_bins=self.num_bins)
        self.reset_state()

    input_dtype = property(lambda self: settings.floatx())

    def adapt(self, data: Any, steps: int | None = None) -> None:
        """Learn the boundaries from `data`: an array, a list, a data set, an iterable of batches.

        At most `steps` batches are read. When reading them fails, or nothing came, the layer stays
        as it was.
        """
        if self.num_bins is None:
            raise ValueError("This layer was given its bin_boundaries: it can't adapt to data.")
        super().adapt(data, steps)

    def update_state(self, data: Any) -> None:
        """Take a batch of numbers into the summary."""
        values = np.asarray(numbers(on_host(data), self), "float32")
        self._seen = merged(summary(values, self.epsilon), self._seen, self.epsilon)

    def finalize_state(self) -> None:
        """Make the boundaries of what was summarized."""
        if self.num_bins is not None:
            self.bin_boundaries = compressed(self._seen, 1 / self.num_bins)[0, :-1].tolist()
            changed(self)

    def reset_state(self) -> None:
        """Forget the summary; the boundaries stay."""
        self._seen = np.zeros((2, 0), "float32")

    def call(self, inputs: Tensor) -> Array:
        if self.bin_boundaries is None:
            raise ValueError(
                f"Layer {self.name!r} has no boundaries yet: call adapt() with some data, or pass "
                "bin_boundaries."
            )
        bins = ops.digitize(inputs, np.asarray(self.bin_boundaries, "float32"))
        if self.output_mode == "int":
            return ops.cast(bins, "int32")
        return encode(bins, self.output_mode, self._depth, self.compute_dtype)

    @property
    def _depth(self) -> int | None:
        return self.num_bins if self.bin_boundaries is None else len(self.bin_boundaries) + 1

    def compute_output_shape(self, input_shape: Shape) -> tuple:
        shape = tuple(input_shape)
        if self.output_mode == "int":
            return shape
        if self.output_mode == "one_hot":
            return (*(shape[:-1] if len(shape) > 1 and shape[-1] == 1 else shape), self._depth)
        return (*shape[:1], *shape[2:], self._depth) if len(shape) > 1 else (self._depth,)

    def compute_output_spec(self, inputs: Tensor) -> Any:
        dtype = "int32" if self.output_mode == "int" else self.compute_dtype
        return KerasTensor(self.compute_output_shape(inputs.shape), dtype)

    def get_config(self) -> dict:
        config = super().get_config() | {"dtype": self.dtype}
        return {k: v for k, v in config.items() if k != "trainable"}

    @classmethod
    def from_config(cls, config: dict) -> Self:
        learnt = config.get("bin_boundaries")
        if learnt is None or config.get("num_bins") is None:
            return super().from_config(config)
        layer = super().from_config(config | {"bin_boundaries": None})
        layer.bin_boundaries = learnt
        return layer


# A summary is an array (2, n): values in ascending order, and how many numbers each stands for.


def summary(values: np.ndarray, epsilon: float) -> np.ndarray:
    """At most about `1 / epsilon` of the values, evenly spaced in their order."""
    step = max(values.size * epsilon, 1)
    kept = np.sort(values, axis=None)[int(step - 1) :: int(step)]
    return np.stack([kept, np.full_like(kept, step)])


def merged(first: np.ndarray, second: np.ndarray, epsilon: float) -> np.ndarray:
    """One summary of all that two stand for."""
    both = np.concatenate([first, second], 1)
    return compressed(both[:, np.argsort(both[0])], epsilon)


def compressed(both: np.ndarray, epsilon: float) -> np.ndarray:
    """The summary at the quantiles `epsilon`, `2 * epsilon`... between which it is linear."""
    if both.shape[1] * epsilon < 1:
        return both
    at = epsilon + np.arange(0.0, 1.0, epsilon)
    counts = both[1].cumsum()
    shares = counts / counts[-1]
    values, reached = np.interp(at, shares, both[0]), np.interp(at, shares, counts)
    return np.stack([values, np.diff(reached, prepend=0)]).astype("float32")
