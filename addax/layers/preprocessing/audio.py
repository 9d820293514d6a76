"""Layers that make spectrograms of sound."""

import math
import warnings
from typing import Literal

from addax import initializers, ops
from addax.core import settings
from addax.core.checks import one_of, positive
from addax.core.fields import fields
from addax.core.input_spec import InputSpec
from addax.core.layer import Layer
from addax.core.settings import standardize_data_format
from addax.core.types import Array, DataFormat, Padding, Shape, Tensor, Window

MODES = ("log", "magnitude", "psd", "real", "imag", "angle", "stft")


@fields
class STFTSpectrogram(Layer):
    """Spectra of short pieces of signals, by convolutions: (batch, time, d) -> (batch, steps, f d).

    f is `fft_length // 2 + 1`, twice that for "stft"; with `expand_dims` (batch, steps, f, d). The
    windows are weights, which training may change. ValueError for lengths that don't fit each other
    and unknown modes. TypeError for integers.
    """

    mode: Literal["log", "magnitude", "psd", "real", "imag", "angle", "stft"] | str = "log"
    frame_length: int = 256
    frame_step: int | None = None
    fft_length: int | None = None
    window: Window = "hann"
    periodic: bool = False
    scaling: Literal["density", "spectrum"] | str | None = "density"
    padding: Padding = "valid"
    expand_dims: bool = False
    data_format: DataFormat = None

    def setup(self) -> None:
        length, step, whole = self.frame_length, self.frame_step, self.fft_length
        positive(frame_length=length)
        if step is not None and not 1 <= step <= length:
            raise ValueError(f"frame_step is from 1 to frame_length; received {step} and {length}.")
        if whole is not None and whole < length:
            raise ValueError(f"fft_length is at least frame_length; received {whole} and {length}.")
        if whole is not None and whole & -whole != whole:
            warnings.warn(f"fft_length should be a power of two; received {whole}.", stacklevel=4)
        self.mode = one_of("mode", self.mode, MODES)
        self.scaling = one_of("scaling", self.scaling, (None, "density", "spectrum"))
        self.padding = one_of("padding", self.padding, ("valid", "same"))
        self.data_format = standardize_data_format(self.data_format)
        self._step = step or length // 2
        self._size = whole or 2 ** math.ceil(math.log2(length))
        self.input_spec = InputSpec(ndim=3)

    def build(self, input_shape: Shape) -> None:
        for side, other in (("real", "imag"), ("imag", "real")):
            if self.mode == other:
                continue
            first = initializers.STFT(side, self.window, self.scaling, self.periodic)
            shape = (self.frame_length, 1, self._size // 2 + 1)
            setattr(self, f"{side}_kernel", self.add_weight(shape, first, name=f"{side}_kernel"))

    def call(self, inputs: Tensor) -> Array:
        if str(inputs.dtype) not in ("float16", "bfloat16", "float32", "float64"):
            raise TypeError(f"Signals are floats; received dtype {inputs.dtype}.")
        signal = inputs if self.data_format == "channels_first" else ops.swapaxes(inputs, 1, 2)
        if self.mode in ("real", "imag"):
            return self._arranged(self._spectrum(signal, getattr(self, f"{self.mode}_kernel")))
        real, imaginary = (
            self._spectrum(signal, kernel) for kernel in (self.real_kernel, self.imag_kernel)
        )
        if self.mode == "angle":
            return self._arranged(ops.arctan2(imaginary, real))
        if self.mode == "stft":
            return self._arranged(ops.concatenate([real, imaginary], axis=2))
        power = ops.square(real) + ops.square(imaginary)
        if self.mode == "psd":  # frequencies but the first and the last stand for negative ones too
            inner = ops.pad(power[:, :, 1:-1], [(0, 0), (0, 0), (1, 1), (0, 0)])
            return self._arranged(power + inner)
        tiny = settings.epsilon()
        magnitude = self._arranged(ops.sqrt(ops.maximum(power, tiny)))
        return magnitude if self.mode == "magnitude" else ops.log(ops.maximum(magnitude, tiny))

    def _spectrum(self, signal, kernel):
        """(batch, d, time) -> (batch, d, frequencies, steps)."""
        _, channels, time = signal.shape
        frames = ops.conv(
            ops.reshape(signal, (-1, time, 1)),
            ops.cast(kernel, signal.dtype),
            strides=self._step,
            padding=self.padding,
            data_format="channels_last",
        )
        shape = (-1, channels, frames.shape[2], frames.shape[1])
        return ops.reshape(ops.swapaxes(frames, 1, 2), shape)

    def _arranged(self, x):
        """(batch, d, frequencies, steps) as the layer gives it."""
        last = self.data_format == "channels_last"
        if self.expand_dims:
            return ops.transpose(x, (0, 3, 2, 1) if last else (0, 1, 3, 2))
        x = ops.reshape(x, (-1, x.shape[1] * x.shape[2], x.shape[3]))
        return ops.swapaxes(x, 1, 2) if last else x


def mels(frequency: Tensor) -> Array:
    """Hertz on the mel scale, on which equal steps sound alike."""
    return 1127.0 * ops.log(1.0 + frequency / 700.0)


@fields
class MelSpectrogram(Layer):
    """Loudness in bands as wide as the ear hears them: (..., time) -> (..., num_mel_bins, steps).

    ValueError for an `fft_length` below `sequence_length`.
    """

    fft_length: int = 2048
    sequence_stride: int = 512
    sequence_length: int | None = None
    window: Window = "hann"
    sampling_rate: int = 16000
    num_mel_bins: int = 128
    min_freq: float = 20.0
    max_freq: float | None = None
    power_to_db: bool = True
    top_db: float = 80.0
    mag_exp: float = 2.0
    min_power: float = 1e-10
    ref_power: float = 1.0

    built_at_once = True

    def setup(self) -> None:
        self.sequence_length = self._length = self.sequence_length or self.fft_length
        self.max_freq = self._highest = self.max_freq or int(self.sampling_rate / 2)
        positive(num_mel_bins=self.num_mel_bins, sequence_stride=self.sequence_stride)
        if self.fft_length < self._length:
            raise ValueError(
                "fft_length is at least sequence_length; received "
                f"{self.fft_length} and {self._length}."
            )

    def call(self, inputs: Tensor) -> Array:
        wide = self.compute_dtype if self.compute_dtype == "float64" else "float32"
        pieces = (self._length, self.sequence_stride, self.fft_length)
        real, imaginary = ops.stft(ops.cast(inputs, wide), *pieces, window=self.window)
        power = ops.sqrt(ops.square(real) + ops.square(imaginary)) ** self.mag_exp
        bands = ops.tensordot(power, ops.cast(self._bands(), wide), axes=1)
        if self.power_to_db:
            bands = self._decibels(bands)
        return ops.cast(ops.swapaxes(bands, -1, -2), self.compute_dtype)

    def _bands(self):
        """How much each frequency counts in each band, a triangle: (fft_length // 2 + 1, bands)."""
        nyquist = ops.cast(self.sampling_rate / 2, "float32")
        found = mels(ops.linspace(ops.cast(0, "float32"), nyquist, self.fft_length // 2 + 1)[1:])
        low, high = (mels(ops.cast(f, "float32")) for f in (self.min_freq, self._highest))
        edges = ops.linspace(low, high, self.num_mel_bins + 2)
        start, middle, end = edges[:-2], edges[1:-1], edges[2:]
        rise = (found[:, None] - start) / (middle - start)
        fall = (end - found[:, None]) / (end - middle)
        return ops.pad(ops.maximum(0.0, ops.minimum(rise, fall)), [(1, 0), (0, 0)])

    def _decibels(self, power):
        reference = max(abs(self.ref_power), self.min_power)
        found = 10.0 * ops.log10(ops.maximum(power, self.min_power)) - 10.0 * math.log10(reference)
        return ops.maximum(found, ops.max(found) - self.top_db)
