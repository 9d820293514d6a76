"""Layers that add noise while training."""

from typing import Any

from addax import ops, random, regularizers
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.core.seeds import SeedGenerator
from addax.core.settings import standardize_data_format
from addax.core.types import Array, DataFormat, Seed, Shape, Tensor

SELU_FLOOR = -1.0507009873554805 * 1.6732632423543772  # what selu(x) nears for large negative x


class Noise(Layer):
    """What changes its input in training only, `strength` being from 0 (nothing) to 1."""

    strength = "rate"
    built_at_once = True

    def setup(self) -> None:
        value = getattr(self, self.strength)
        if not 0 <= value <= 1:
            raise ValueError(f"{self.strength} is a number from 0 to 1; received {value!r}.")
        self.supports_masking = True
        if value > 0:
            self.seed_generator = SeedGenerator(self.seed)  # type: ignore[attr-defined]

    def call(self, inputs: Tensor, training: bool | None = False) -> Array:
        if not training or getattr(self, self.strength) == 0:
            return inputs
        return self.disturb(inputs)

    def disturb(self, inputs: Tensor) -> Array:
        raise NotImplementedError


def check_noise_shape(shape: Any) -> tuple | None:
    """`shape` as a tuple of positive integers and None. ValueError for anything else."""
    if shape is None:
        return None
    sizes = shape if isinstance(shape, (list, tuple)) else [shape]
    if any(n is not None and (not isinstance(n, int) or n <= 0) for n in sizes):
        raise ValueError(
            f"noise_shape is a tuple of positive integers and None; received {shape!r}."
        )
    return tuple(sizes)


@fields
class Dropout(Noise):
    """In training, zeroes elements with probability `rate` and scales the rest by `1 / (1 - rate)`.

    Any shape -> the same; in inference the input as it is.

    ValueError for a rate outside 0 to 1. Srivastava et al. 2014,
    https://jmlr.org/papers/v15/srivastava14a.html.
    """

    rate: float
    noise_shape: Shape | None = None
    seed: Seed = None

    def setup(self) -> None:
        super().setup()
        self.noise_shape = check_noise_shape(self.noise_shape)

    def disturb(self, inputs: Tensor) -> Array:
        return random.dropout(inputs, self.rate, self.noise_shape, seed=self.seed_generator)


@fields
class SpatialDropout(Noise):
    """Dropout of whole channels: the same choice at every place (Tompson et al. 2014)."""

    rate: float
    data_format: DataFormat = None
    seed: Seed = None

    order = "... name dtype"
    rank = 2

    def setup(self) -> None:
        super().setup()
        self.data_format = standardize_data_format(self.data_format)
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def disturb(self, inputs: Tensor) -> Array:
        shape = self._get_noise_shape(inputs)
        return random.dropout(inputs, self.rate, shape, seed=self.seed_generator)

    def _get_noise_shape(self, inputs: Tensor) -> Shape:
        places = (1,) * self.rank
        last = self.data_format == "channels_last"
        return (None, *places, None) if last else (None, None, *places)

    def get_config(self) -> dict:
        # Keras's constructors take nothing else, and the dtype as a name
        config = {k: v for k, v in super().get_config().items() if k != "trainable"}
        return config | {"dtype": self.dtype_policy.name}


@fields
class SpatialDropout1D(SpatialDropout):
    """In training, zeroes whole channels of `(batch, time, d)`.

    The rest is scaled by `1 / (1 - rate)`. ValueError for a rate outside 0 to 1. Tompson et al.
    2014, https://arxiv.org/abs/1411.4280.
    """

    rate: float
    seed: Seed = None

    rank = 1

    def get_config(self) -> dict:
        return {k: v for k, v in super().get_config().items() if k != "data_format"}


class SpatialDropout2D(SpatialDropout):
    """In training, zeroes whole channels of `(batch, height, width, d)`.

    The rest is scaled by `1 / (1 - rate)`. ValueError for a rate outside 0 to 1. Tompson et al.
    2014, https://arxiv.org/abs/1411.4280.
    """

    rank = 2


class SpatialDropout3D(SpatialDropout):
    """In training, zeroes whole channels of `(batch, depth, height, width, d)`.

    The rest is scaled by `1 / (1 - rate)`. ValueError for a rate outside 0 to 1. Tompson et al.
    2014, https://arxiv.org/abs/1411.4280.
    """

    rank = 3


@fields
class GaussianDropout(Noise):
    """In training, multiplies by normal noise of mean 1 and variance `rate / (1 - rate)`.

    Any shape -> the same; in inference the input as it is.

    ValueError for a rate outside 0 to 1, and for 1 itself. Srivastava et al. 2014, section 10.
    """

    rate: float
    seed: Seed = None

    def setup(self) -> None:
        super().setup()
        if self.rate == 1:
            raise ValueError("rate is below 1: the noise of rate 1 would be without bounds.")

    def disturb(self, inputs: Tensor) -> Array:
        stddev = (self.rate / (1.0 - self.rate)) ** 0.5
        seed = self.seed_generator
        return inputs * random.normal(inputs.shape, 1.0, stddev, self.compute_dtype, seed)


@fields
class GaussianNoise(Noise):
    """In training, adds normal noise of mean 0 and standard deviation `stddev`.

    Any shape -> the same; in inference the input as it is.

    ValueError for a `stddev` outside 0 to 1.
    """

    stddev: float
    seed: Seed = None

    strength = "stddev"

    def disturb(self, inputs: Tensor) -> Array:
        seed = self.seed_generator
        return inputs + random.normal(inputs.shape, 0.0, self.stddev, self.compute_dtype, seed)


@fields
class AlphaDropout(Noise):
    """In training, lets elements fall to the floor of `selu`, then restores mean and variance.

    Any shape -> the same; in inference the input as it is.

    ValueError for a rate outside 0 to 1, and for 1 itself. Klambauer et al. 2017,
    https://arxiv.org/abs/1706.02515.
    """

    rate: float
    noise_shape: Shape | None = None
    seed: Seed = None

    def setup(self) -> None:
        super().setup()
        if self.rate == 1:
            raise ValueError("rate is below 1: of all elements dropped no variance is left.")
        self.noise_shape = check_noise_shape(self.noise_shape)

    def disturb(self, inputs: Tensor) -> Array:
        shape = self.noise_shape or (None,) * inputs.ndim
        shape = [d if n is None else n for n, d in zip(shape, inputs.shape, strict=True)]
        kept = random.uniform(shape, seed=self.seed_generator) >= self.rate
        spread = ((1 - self.rate) * (1 + self.rate * SELU_FLOOR**2)) ** -0.5
        dropped = ops.where(kept, inputs, ops.cast(SELU_FLOOR, inputs.dtype))
        return spread * dropped - spread * SELU_FLOOR * self.rate


@fields
class ActivityRegularization(Layer):
    """The input as it is; `l1 * sum(|x|) + l2 * sum(x**2)`, a mean over the batch, joins the loss.

    Any shape -> the same. ValueError for a factor that is negative or not finite.
    """

    l1: float = 0.0
    l2: float = 0.0

    built_at_once = True

    def setup(self) -> None:
        self.supports_masking = True
        self.activity_regularizer = regularizers.L1L2(self.l1, self.l2)

    def call(self, inputs: Tensor) -> Array:
        return inputs

    def get_config(self) -> dict:
        config = super().get_config()
        del config["activity_regularizer"]  # l1 and l2 say it
        return config
