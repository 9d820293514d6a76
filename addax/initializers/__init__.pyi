# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Initializers: the first values of weights."""

from addax.core.types import Seed as Seed
from addax.initializers import rules as _rules
from addax.initializers.rules import Initializer as Initializer
from addax.initializers.rules import Ones as Ones
from addax.initializers.rules import Zeros as Zeros
from addax.initializers.rules import compute_fans as compute_fans
from addax.initializers.rules import deserialize as deserialize
from addax.initializers.rules import get as get
from addax.initializers.rules import serialize as serialize
from collections.abc import Sequence
from typing import Any
from typing import Literal

class STFT(_rules.STFT):
    """Kernel of a short-time Fourier transform: (frame, 1, fft // 2 + 1).

    `side`: "real" or "imag". `window`: a name of `scipy.signal.windows`, (frame,) values or None.
    `scaling`: "density" divides by the window's L2 norm, "spectrum" by its L1 norm.

    Arguments:
        side: "real" or "imag", the part of the transform that the kernel computes.
        window: Name of a window of scipy.signal, its values `(frame,)`, or None for none.
        scaling: "density" divides by the window's L2 norm, "spectrum" by its L1 norm, None by
            nothing.
        periodic: Whether the window has the period of a frame, as for spectra, or is symmetric.
    """

    def __init__(
        self,
        side: Literal['real', 'imag'] | str = "real",
        window: Any = "hann",
        scaling: Literal['density', 'spectrum'] | str | None = "density",
        periodic: bool = False,
    ) -> None: ...

class Constant(_rules.Constant):
    """`value` everywhere.

    Arguments:
        value: The value of all elements: a number, or what broadcasts to the shape.
    """

    def __init__(
        self,
        value: float = 0.0,
    ) -> None: ...

class GlorotNormal(RandomInitializer, _rules.GlorotNormal):
    """Truncated normal of variance 2 / (inputs + outputs) (Glorot and Bengio 2010).

    Arguments:
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        input_axes: Axes of the weight that count as inputs; None takes all but the last, as in a
            convolution.
        output_axes: Axes of the weight that count as outputs; None takes the last, as in a
            convolution.
    """

    def __init__(
        self,
        seed: Seed = None,
        input_axes: Sequence[int] | None = None,
        output_axes: Sequence[int] | None = None,
    ) -> None: ...

class GlorotUniform(RandomInitializer, _rules.GlorotUniform):
    """Uniform within ±sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010).

    Arguments:
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        input_axes: Axes of the weight that count as inputs; None takes all but the last, as in a
            convolution.
        output_axes: Axes of the weight that count as outputs; None takes the last, as in a
            convolution.
    """

    def __init__(
        self,
        seed: Seed = None,
        input_axes: Sequence[int] | None = None,
        output_axes: Sequence[int] | None = None,
    ) -> None: ...

class HeNormal(RandomInitializer, _rules.HeNormal):
    """Truncated normal of variance 2 / inputs (He et al. 2015).

    Arguments:
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        input_axes: Axes of the weight that count as inputs; None takes all but the last, as in a
            convolution.
        output_axes: Axes of the weight that count as outputs; None takes the last, as in a
            convolution.
    """

    def __init__(
        self,
        seed: Seed = None,
        input_axes: Sequence[int] | None = None,
        output_axes: Sequence[int] | None = None,
    ) -> None: ...

class HeUniform(RandomInitializer, _rules.HeUniform):
    """Uniform within ±sqrt(6 / inputs) (He et al. 2015).

    Arguments:
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        input_axes: Axes of the weight that count as inputs; None takes all but the last, as in a
            convolution.
        output_axes: Axes of the weight that count as outputs; None takes the last, as in a
            convolution.
    """

    def __init__(
        self,
        seed: Seed = None,
        input_axes: Sequence[int] | None = None,
        output_axes: Sequence[int] | None = None,
    ) -> None: ...

class Identity(_rules.Identity):
    """`gain` times the identity matrix: (n, m). ValueError for another rank.

    Arguments:
        gain: Factor of all elements.
    """

    def __init__(
        self,
        gain: float = 1.0,
    ) -> None: ...

class LecunNormal(RandomInitializer, _rules.LecunNormal):
    """Truncated normal of variance 1 / inputs (LeCun et al. 1998).

    Arguments:
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        input_axes: Axes of the weight that count as inputs; None takes all but the last, as in a
            convolution.
        output_axes: Axes of the weight that count as outputs; None takes the last, as in a
            convolution.
    """

    def __init__(
        self,
        seed: Seed = None,
        input_axes: Sequence[int] | None = None,
        output_axes: Sequence[int] | None = None,
    ) -> None: ...

class LecunUniform(RandomInitializer, _rules.LecunUniform):
    """Uniform within ±sqrt(3 / inputs) (LeCun et al. 1998).

    Arguments:
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        input_axes: Axes of the weight that count as inputs; None takes all but the last, as in a
            convolution.
        output_axes: Axes of the weight that count as outputs; None takes the last, as in a
            convolution.
    """

    def __init__(
        self,
        seed: Seed = None,
        input_axes: Sequence[int] | None = None,
        output_axes: Sequence[int] | None = None,
    ) -> None: ...

class Orthogonal(RandomInitializer, _rules.Orthogonal):
    """`gain` times a matrix of orthonormal rows or columns: (..., m) seen as (prod(...), m).

    The Q of a QR decomposition of normal numbers (Saxe et al. 2014). ValueError below rank 2.

    Arguments:
        gain: Factor of all elements.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
    """

    def __init__(
        self,
        gain: float = 1.0,
        seed: Seed = None,
    ) -> None: ...

class RandomInitializer(_rules.RandomInitializer):
    """Base of the random ones: `seed` is an integer, a `SeedGenerator` or None.

    Arguments:
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
    """

    def __init__(
        self,
        seed: Seed = None,
    ) -> None: ...

class RandomNormal(RandomInitializer, _rules.RandomNormal):
    """Normal distribution.

    Arguments:
        mean: Mean of the distribution.
        stddev: Standard deviation of the distribution.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
    """

    def __init__(
        self,
        mean: float = 0.0,
        stddev: float = 0.05,
        seed: Seed = None,
    ) -> None: ...

class RandomUniform(RandomInitializer, _rules.RandomUniform):
    """Even distribution over [minval, maxval).

    Arguments:
        minval: Smallest value.
        maxval: Bound that all values are below.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
    """

    def __init__(
        self,
        minval: float = -0.05,
        maxval: float = 0.05,
        seed: Seed = None,
    ) -> None: ...

class TruncatedNormal(RandomInitializer, _rules.TruncatedNormal):
    """Normal distribution cut at two standard deviations.

    Arguments:
        mean: Mean of the distribution.
        stddev: Standard deviation of the distribution.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
    """

    def __init__(
        self,
        mean: float = 0.0,
        stddev: float = 0.05,
        seed: Seed = None,
    ) -> None: ...

class VarianceScaling(RandomInitializer, _rules.VarianceScaling):
    """Variance `scale` / n, where n is the number of inputs, of outputs or their mean (`mode`).

    Arguments:
        scale: Variance times the number of inputs or outputs.
        mode: Divisor of the variance: "fan_in" inputs, "fan_out" outputs, "fan_avg" their mean.
        distribution: "uniform", "truncated_normal" (cut at two deviations) or "untruncated_normal".
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        input_axes: Axes of the weight that count as inputs; None takes all but the last, as in a
            convolution.
        output_axes: Axes of the weight that count as outputs; None takes the last, as in a
            convolution.
    """

    def __init__(
        self,
        scale: Any = 1.0,
        mode: Any = "fan_in",
        distribution: Any = "truncated_normal",
        seed: Seed = None,
        input_axes: Sequence[int] | None = None,
        output_axes: Sequence[int] | None = None,
    ) -> None: ...

IdentityInitializer = Identity
OrthogonalInitializer = Orthogonal
STFTInitializer = STFT
constant = Constant
glorot_normal = GlorotNormal
glorot_uniform = GlorotUniform
he_normal = HeNormal
he_uniform = HeUniform
identity = Identity
lecun_normal = LecunNormal
lecun_uniform = LecunUniform
ones = Ones
orthogonal = Orthogonal
random_normal = RandomNormal
random_uniform = RandomUniform
stft = STFT
truncated_normal = TruncatedNormal
variance_scaling = VarianceScaling
zeros = Zeros
