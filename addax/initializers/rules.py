"""Initial values of weights: callables `(shape, dtype=None) -> tensor`.

An integer seed gives the same numbers at every call; a `SeedGenerator` gives new ones. With
`seed=None` an integer is drawn when the initializer is made.
"""

import math
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from addax import random
from addax.core import configs, dtypes
from addax.core.fields import Declared, fields
from addax.core.names import CustomObjectScope, publish, resolves
from addax.core.scope import to_snake_case
from addax.core.seeds import make_default_seed
from addax.core.symbol import convert_to_tensor
from addax.core.variable import standardize_shape


class Initializer(Declared):
    """Base class. Override `__call__(shape, dtype=None)`.

    `deferrable`: a pure function of its configuration, which a variable may run when first read.
    """

    deferrable: Any = False

    def __call__(self, shape, dtype=None) -> Any:
        raise NotImplementedError(f"{type(self).__name__} must define __call__(shape, dtype=None).")

    @classmethod
    def from_config(cls, config: dict):
        config.pop("dtype", None)  # written by the first releases of tf.keras
        return super().from_config(config)

    def clone(self):
        """A new initializer of the same configuration."""
        return type(self).from_config(self.get_config())


def _host(values, dtype):
    return convert_to_tensor(values, dtype)


@fields
class Constant(Initializer):
    """`value` everywhere."""

    value: float = 0.0
    deferrable = True

    def __call__(self, shape, dtype=None):
        kind = dtypes.jax_dtype(dtype)
        return _host(np.full(standardize_shape(shape), np.asarray(self.value), kind), dtype)

    @classmethod
    def from_config(cls, config: dict):
        return cls(configs.deserialize(config["value"]))


class Zeros(Initializer):
    """0 everywhere."""

    deferrable = True

    def __call__(self, shape, dtype=None):
        return Constant(0)(shape, dtype)


class Ones(Initializer):
    """1 everywhere."""

    deferrable = True

    def __call__(self, shape, dtype=None):
        return Constant(1)(shape, dtype)


@fields
class Identity(Initializer):
    """`gain` times the identity matrix: (n, m). ValueError for another rank."""

    gain: float = 1.0
    unstored = ("gain",)
    deferrable = True

    def __call__(self, shape, dtype=None):
        if len(shape) != 2:
            raise ValueError(f"Identity makes matrices; received shape {tuple(shape)}.")
        return _host(self.gain * np.eye(*shape), dtype)


@fields
class STFT(Initializer):
    """Kernel of a short-time Fourier transform: (frame, 1, fft // 2 + 1).

    `side`: "real" or "imag". `window`: a name of `scipy.signal.windows`, (frame,) values or None.
    `scaling`: "density" divides by the window's L2 norm, "spectrum" by its L1 norm.
    """

    side: str = "real"
    window: Any = "hann"
    scaling: str | None = "density"
    periodic: bool = False
    deferrable = True

    def setup(self):
        if self.side not in ("real", "imag"):
            raise ValueError(f"side is 'real' or 'imag'; received {self.side!r}.")
        if self.scaling not in ("density", "spectrum", None):
            raise ValueError(
                f"scaling is 'density', 'spectrum' or None; received {self.scaling!r}."
            )
        if isinstance(self.window, str):
            self._window(1)  # an unknown name fails here

    def _window(self, frame: int) -> np.ndarray:
        window = self.window
        if isinstance(window, str):
            from scipy.signal import get_window

            window = get_window(window, frame, self.periodic)
        window = np.asarray(window, "float32")
        if window.shape != (frame,):
            raise ValueError(f"window needs the shape {(frame,)}; it has {window.shape}.")
        return window[:, None, None]

    def __call__(self, shape, dtype=None):
        frame, _, bins = shape
        time = np.arange(frame, dtype="float32")[:, None, None]
        frequency = np.arange(bins, dtype="float32") / np.float32((bins - 1) * 2)
        angle = np.float32(-2) * time * frequency * np.arccos(np.float32(-1))
        kernel = np.cos(angle) if self.side == "real" else np.sin(angle)
        if self.window is not None:
            window = self._window(frame)
            norms = {"density": 2, "spectrum": 1, None: None}
            order = norms[self.scaling]
            kernel = kernel * window / (np.linalg.norm(window.ravel(), order) if order else 1)
        return _host(kernel, dtype)


@fields
class RandomInitializer(Initializer):
    """Base of the random ones: `seed` is an integer, a `SeedGenerator` or None."""

    order = "... seed"
    seed: Any = None

    def setup(self):
        self._given_seed = self.seed
        if isinstance(self.seed, dict):
            self.seed = self._given_seed = configs.deserialize(self.seed)
        if self.seed is None:
            self.seed = make_default_seed()
        if not isinstance(self.seed, (int, np.integer, random.SeedGenerator)):
            raise ValueError(
                f"seed is an integer, a SeedGenerator or None; received {self.seed!r}."
            )

    @property
    def deferrable(self) -> bool:
        return not isinstance(self.seed, random.SeedGenerator)

    def get_config(self) -> dict:
        return {"seed": None} | super().get_config() | {"seed": configs.serialize(self._given_seed)}


@fields
class RandomNormal(RandomInitializer):
    """Normal distribution."""

    mean: float = 0.0
    stddev: float = 0.05

    def __call__(self, shape, dtype=None):
        return random.initial("normal", shape, dtype, self.seed, self.mean, self.stddev)


@fields
class TruncatedNormal(RandomInitializer):
    """Normal distribution cut at two standard deviations."""

    mean: float = 0.0
    stddev: float = 0.05

    def __call__(self, shape, dtype=None):
        return random.initial("truncated_normal", shape, dtype, self.seed, self.mean, self.stddev)


@fields
class RandomUniform(RandomInitializer):
    """Even distribution over [minval, maxval)."""

    minval: float = -0.05
    maxval: float = 0.05

    def __call__(self, shape, dtype=None):
        return random.initial("uniform", shape, dtype, self.seed, self.minval, self.maxval)


@fields
class Orthogonal(RandomInitializer):
    """`gain` times a matrix of orthonormal rows or columns: (..., m) seen as (prod(...), m).

    The Q of a QR decomposition of normal numbers (Saxe et al. 2014). ValueError below rank 2.
    """

    gain: float = 1.0
    seed: Any = None

    def __call__(self, shape, dtype=None):
        if len(shape) < 2:
            raise ValueError(f"Orthogonal needs two axes or more; received shape {tuple(shape)}.")
        rows, columns = math.prod(shape[:-1]), shape[-1]
        tall = (max(rows, columns), min(rows, columns))
        normal = random.initial("normal", tall, dtype, self.seed, 0.0, 1.0)
        q, r = np.linalg.qr(np.asarray(normal, "float64" if dtype == "float64" else "float32"))
        q = q * np.sign(np.diag(r))
        return _host(self.gain * (q.T if rows < columns else q).reshape(shape), dtype)


# The deviation of a standard normal distribution cut at two deviations.
CUT_DEVIATION = 0.87962566103423978


@fields
class _Scaled(RandomInitializer):
    """Variance `scale` / fan: the distribution's width follows from the weight's shape."""

    order = "... seed input_axes output_axes"
    seed: Any = None
    input_axes: Any = None
    output_axes: Any = None

    scale: ClassVar[Any] = 1.0
    mode: ClassVar[Any] = "fan_in"
    distribution: ClassVar[Any] = "truncated_normal"

    def __call__(self, shape, dtype=None):
        fan_in, fan_out = compute_fans(shape, self.input_axes, self.output_axes)
        fans = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}
        variance = self.scale / max(1.0, fans[self.mode])
        if self.distribution == "uniform":
            limit = math.sqrt(3 * variance)
            return random.initial("uniform", shape, dtype, self.seed, -limit, limit)
        cut = self.distribution == "truncated_normal"
        stddev = math.sqrt(variance) / (CUT_DEVIATION if cut else 1)
        kind = "truncated_normal" if cut else "normal"
        return random.initial(kind, shape, dtype, self.seed, 0.0, stddev)


MODES = ("fan_in", "fan_out", "fan_avg")
DISTRIBUTIONS = ("uniform", "truncated_normal", "untruncated_normal")


@fields
class VarianceScaling(_Scaled):
    """Variance `scale` / n, where n is the number of inputs, of outputs or their mean (`mode`)."""

    scale: Any = 1.0
    mode: Any = "fan_in"
    distribution: Any = "truncated_normal"
    seed: Any = None
    input_axes: Any = None
    output_axes: Any = None

    def setup(self):
        super().setup()
        name = str(self.distribution).lower()
        self.distribution = "truncated_normal" if name == "normal" else name
        if self.scale <= 0:
            raise ValueError(f"scale is positive; received {self.scale!r}.")
        if self.mode not in MODES:
            raise ValueError(f"mode is one of {MODES}; received {self.mode!r}.")
        if self.distribution not in DISTRIBUTIONS:
            raise ValueError(f"distribution is one of {DISTRIBUTIONS}; received {name!r}.")


@fields
class GlorotUniform(_Scaled):
    """Uniform within ±sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010)."""

    mode = "fan_avg"
    distribution = "uniform"


@fields
class GlorotNormal(_Scaled):
    """Truncated normal of variance 2 / (inputs + outputs) (Glorot and Bengio 2010)."""

    mode = "fan_avg"


@fields
class LecunUniform(_Scaled):
    """Uniform within ±sqrt(3 / inputs) (LeCun et al. 1998)."""

    distribution = "uniform"


@fields
class LecunNormal(_Scaled):
    """Truncated normal of variance 1 / inputs (LeCun et al. 1998)."""


@fields
class HeUniform(_Scaled):
    """Uniform within ±sqrt(6 / inputs) (He et al. 2015)."""

    scale = 2.0
    distribution = "uniform"


@fields
class HeNormal(_Scaled):
    """Truncated normal of variance 2 / inputs (He et al. 2015)."""

    scale = 2.0


def compute_fans(shape, input_axes=None, output_axes=None) -> tuple[int, int]:
    """Inputs and outputs of a weight: (in, out) of a matrix, (..., in, out) of a convolution."""
    shape = tuple(shape)
    if input_axes is not None and output_axes is not None:
        return math.prod(shape[a] for a in input_axes), math.prod(shape[a] for a in output_axes)
    if len(shape) < 2:
        return (shape[0], shape[0]) if shape else (1, 1)
    field = math.prod(shape[:-2])
    return shape[-2] * field, shape[-1] * field


_classes = (
    Constant, Zeros, Ones, Identity, STFT, RandomNormal, TruncatedNormal, RandomUniform, Orthogonal,
    VarianceScaling, GlorotUniform, GlorotNormal, LecunUniform, LecunNormal, HeUniform, HeNormal,
)  # fmt: skip
constant, zeros, ones, identity, stft = Constant, Zeros, Ones, Identity, STFT
random_normal, truncated_normal, random_uniform = RandomNormal, TruncatedNormal, RandomUniform
orthogonal, variance_scaling = Orthogonal, VarianceScaling
glorot_uniform, glorot_normal = GlorotUniform, GlorotNormal
lecun_uniform, lecun_normal = LecunUniform, LecunNormal
he_uniform, he_normal = HeUniform, HeNormal
IdentityInitializer, STFTInitializer, OrthogonalInitializer = Identity, STFT, Orthogonal

publish("keras.initializers", [Initializer, *_classes])
publish(
    "keras.initializers",
    {to_snake_case(c.__name__): c for c in _classes}
    | {
        "IdentityInitializer": Identity,
        "STFTInitializer": STFT,
        "OrthogonalInitializer": Orthogonal,
    }
    | {"normal": RandomNormal, "uniform": RandomUniform, "zero": Zeros, "one": Ones},
)
_named = configs.getter("initializer", "keras.initializers")


def _is_array(x: Any) -> bool:
    return hasattr(x, "shape") and hasattr(x, "dtype") and not callable(x)


def get(identifier: Any) -> Any:
    """An initializer from its name, class, configuration, a function or an array of its values."""
    if not _is_array(identifier):
        return _named(identifier)
    values = np.asarray(identifier)

    def given(shape, dtype=None):
        if tuple(shape) != values.shape:
            raise ValueError(f"The given values have shape {values.shape}, not {tuple(shape)}.")
        return _host(values, dtype)

    return given


@resolves("initializer")
def _resolve(value: Any) -> Any:
    # Arrays and numbers stay: a variable and a configuration take them as they are.
    return _named(value) if isinstance(value, (str, dict, type)) else value


def serialize(initializer: Callable) -> Any:
    """The initializer as plain data."""
    return configs.serialize(initializer)


def deserialize(config: Any, custom_objects: dict | None = None) -> Any:
    """The initializer that `serialize` (or Keras) wrote."""
    with CustomObjectScope(custom_objects):
        return get(config)
