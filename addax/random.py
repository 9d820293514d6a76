"""Random numbers: for the same seed or `SeedGenerator` state, the bits that Keras on JAX draws.

`seed`: an integer (always the same numbers), a `SeedGenerator` (new ones at each call), an array of
two uint32, or None for the stream that `utils.set_random_seed` starts.
"""

import math
import typing as _typing
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from addax.core import absent as _absent
from addax.core import dtypes, threefry
from addax.core.names import publish
from addax.core.seeds import SeedGenerator as SeedGenerator
from addax.core.seeds import draw_seed
from addax.core.symbol import convert_to_tensor
from addax.core.types import Array, DType, Seed, Shape, Tensor
from addax.core.variable import standardize_shape

# NumPy needs 10 to 20 ms for a million numbers, JAX 5 to 15 ms and some 300 ms to compile each new
# shape: beyond 4 million elements, the weights of one shape of a large model, JAX is quicker.
HOST_LIMIT = 1 << 22


def _float(dtype: Any, name: str) -> Any:
    dtype = dtypes.standardize_dtype(dtype)
    if not dtypes.is_float(dtype):
        raise ValueError(f"random.{name} needs a floating point dtype; received {dtype!r}.")
    return dtypes.jax_dtype(dtype)


def _scaled(sample, factor, offset):
    return sample * factor + offset


def uniform(
    shape: Sequence[int],
    minval: Tensor = 0.0,
    maxval: Tensor = 1.0,
    dtype: DType = None,
    seed: Seed = None,
) -> Array:
    """Numbers spread evenly over [minval, maxval). ValueError for a dtype that is no float."""
    dtype = _float(dtype, "uniform")
    return jax.random.uniform(draw_seed(seed), shape, dtype, minval, maxval)


def normal(
    shape: Sequence[int],
    mean: Tensor = 0.0,
    stddev: Tensor = 1.0,
    dtype: DType = None,
    seed: Seed = None,
) -> Array:
    """Numbers of the normal distribution. ValueError for a dtype that is no float."""
    sample = jax.random.normal(draw_seed(seed), shape, _float(dtype, "normal"))
    return _scaled(sample, stddev, mean)


def truncated_normal(
    shape: Sequence[int],
    mean: Tensor = 0.0,
    stddev: Tensor = 1.0,
    dtype: DType = None,
    seed: Seed = None,
) -> Array:
    """Numbers of the normal distribution within two standard deviations of the mean."""
    dtype = _float(dtype, "truncated_normal")
    return _scaled(
        jax.random.truncated_normal(draw_seed(seed), -2.0, 2.0, shape, dtype), stddev, mean
    )


def initial(
    distribution: str, shape: Sequence[int], dtype: DType, seed: Seed, *parameters: float
) -> Array:
    """What the function `distribution` above gives for `parameters`, without compiling if it can.

    An integer seed and at most `HOST_LIMIT` elements are drawn by NumPy: uniform numbers are the
    same bits, normal ones agree to 4 units in the last place.
    """
    shape, dtype = standardize_shape(shape), dtypes.standardize_dtype(dtype)
    plain = isinstance(seed, (int, np.integer)) and dtype in threefry.BITS
    if not plain or math.prod(shape) > HOST_LIMIT:
        first, second = parameters
        return globals()[distribution](shape, first, second, dtype=dtype, seed=seed)
    key, kind = draw_seed(seed), dtypes.jax_dtype(dtype)
    if distribution == "uniform":
        return jnp.asarray(threefry.uniform(key, shape, kind, *parameters), kind)
    mean, stddev = (kind.type(p) for p in parameters)
    sample = getattr(threefry, distribution)(key, shape, kind)
    return jnp.asarray(_scaled(sample, stddev, mean), kind)


def randint(
    shape: Sequence[int], minval: Tensor, maxval: Tensor, dtype: DType = "int32", seed: Seed = None
) -> Array:
    """Integers in [minval, maxval). ValueError for a dtype that is no integer."""
    dtype = dtypes.standardize_dtype(dtype or "int32")
    if not dtypes.is_int(dtype):
        raise ValueError(f"random.randint needs an integer dtype; received {dtype!r}.")
    return jax.random.randint(draw_seed(seed), shape, minval, maxval, dtypes.jax_dtype(dtype))


def categorical(
    logits: Tensor, num_samples: int, dtype: DType = "int32", seed: Seed = None
) -> Array:
    """Classes of probabilities softmax(logits): (batch, classes) -> (batch, num_samples)."""
    logits = convert_to_tensor(logits)
    if logits.ndim != 2:
        raise ValueError(f"logits has the shape (batch, classes); received {tuple(logits.shape)}.")
    shape = (logits.shape[0], num_samples)
    drawn = jax.random.categorical(draw_seed(seed), logits[..., None], axis=1, shape=shape)
    return drawn.astype(dtypes.jax_dtype(dtype))


def dropout(
    inputs: Tensor, rate: float, noise_shape: Shape | None = None, seed: Seed = None
) -> Array:
    """`inputs` with each element set to 0 at probability `rate`, the others divided by 1 - rate.

    `noise_shape`: where it has 1, one draw holds for the whole axis; None stands for the input's.
    """
    inputs = convert_to_tensor(inputs)
    if rate == 0.0:
        return inputs
    if rate == 1.0:
        return jnp.zeros_like(inputs)
    shape = inputs.shape if noise_shape is None else noise_shape
    shape = tuple(d if n is None else n for n, d in zip(shape, inputs.shape, strict=True))
    kept = jax.random.bernoulli(draw_seed(seed), 1.0 - rate, shape)
    return jnp.where(kept, inputs / (1.0 - rate), jnp.zeros((), inputs.dtype))


def shuffle(x: Tensor, axis: int = 0, seed: Seed = None) -> Array:
    """`x` with its elements along `axis` permuted, each row on its own."""
    return jax.random.permutation(draw_seed(seed), convert_to_tensor(x), axis, independent=True)


def gamma(shape: Sequence[int], alpha: Tensor, dtype: DType = None, seed: Seed = None) -> Array:
    """Numbers of the gamma distribution of shape parameter `alpha` and scale 1."""
    return jax.random.gamma(
        draw_seed(seed), convert_to_tensor(alpha), shape, _float(dtype, "gamma")
    )


def binomial(
    shape: Sequence[int],
    counts: Tensor,
    probabilities: Tensor,
    dtype: DType = None,
    seed: Seed = None,
) -> Array:
    """How many of `counts` trials succeed, each with probability `probabilities`, as floats."""
    n, p = convert_to_tensor(counts), convert_to_tensor(probabilities)
    return jax.random.binomial(
        jnp.asarray(draw_seed(seed), "uint32"), n, p, shape, _float(dtype, "binomial")
    )


def beta(
    shape: Sequence[int], alpha: Tensor, beta: Tensor, dtype: DType = None, seed: Seed = None
) -> Array:
    """Numbers of the beta distribution, in (0, 1)."""
    dtype = _float(dtype, "beta")
    a, b = convert_to_tensor(alpha, dtype), convert_to_tensor(beta, dtype)
    return jax.random.beta(draw_seed(seed), a, b, shape, dtype)


publish("keras.random", [SeedGenerator])

if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
