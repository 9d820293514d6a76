"""`tf.signal`: frames, spectra and what speech needs of them, along the last axis."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from addax.compat.placed import library, mathematical


@mathematical
def frame(
    signal: Any,
    frame_length: int,
    frame_step: int,
    pad_end: bool = False,
    pad_value: Any = 0,
    axis: int = -1,
) -> Any:
    """(..., samples) -> (..., frames, frame_length), frames that begin `frame_step` apart."""
    xp = library()
    x = xp.moveaxis(xp.asarray(signal), axis, -1)
    size, step, length = int(frame_length), int(frame_step), x.shape[-1]
    count = -(-length // step) if pad_end else max(0, (length - size) // step + 1)
    missing = max(0, (count - 1) * step + size - length) if pad_end else 0
    x = xp.pad(x, [(0, 0)] * (x.ndim - 1) + [(0, missing)], constant_values=pad_value)
    frames = x[..., np.arange(count)[:, None] * step + np.arange(size)]
    place = axis if axis >= 0 else axis - 1
    return xp.moveaxis(frames, (-2, -1), (place, place + 1))


@mathematical
def overlap_and_add(signal: Any, frame_step: int) -> Any:
    """(..., frames, frame_length) -> (..., samples): the sum of frames `frame_step` apart."""
    xp = library()
    frames, step = xp.asarray(signal), int(frame_step)
    count, size = frames.shape[-2:]
    parts = -(-size // step)
    padded = xp.pad(frames, [(0, 0)] * (frames.ndim - 1) + [(0, parts * step - size)])
    pieces = padded.reshape(*padded.shape[:-1], parts, step)
    total: Any = sum(
        xp.pad(pieces[..., k, :], [(0, 0)] * (frames.ndim - 2) + [(k, parts - 1 - k), (0, 0)])
        for k in range(parts)
    )
    return total.reshape(*total.shape[:-2], -1)[..., : (count - 1) * step + size]


# --- windows --------------------------------------------------------------------------------------


def _cosine_window(alpha: float, name: str) -> Callable:
    def window(window_length: int, periodic: bool = True, dtype: Any = "float32") -> Any:
        size = int(window_length)
        if size == 1:
            return library().ones(1, dtype)
        turns = np.arange(size) / (size - (0 if periodic and size % 2 == 0 else 1))
        return library().asarray(alpha - (1 - alpha) * np.cos(2 * np.pi * turns), dtype)

    window.__name__ = name
    window.__doc__ = f"`{alpha} - {1 - alpha:g} cos(2 pi i / n)` for i < n, an even number."
    return mathematical(window)


hann_window = _cosine_window(0.5, "hann_window")
hamming_window = _cosine_window(0.54, "hamming_window")


def inverse_stft_window_fn(frame_step: int, forward_window_fn: Callable = hann_window) -> Callable:
    """The window by which `inverse_stft` undoes `stft`."""

    def window(frame_length: int, dtype: Any = "float32") -> Any:
        size, step = int(frame_length), int(frame_step)
        forward = np.asarray(forward_window_fn(size, dtype=dtype))
        parts = -(-size // step)
        squares = np.pad(forward**2, (0, parts * step - size)).reshape(parts, step).sum(0)
        return library().asarray(forward / np.tile(squares, parts)[:size], dtype)

    return window


# --- spectra --------------------------------------------------------------------------------------


def _transform(name: str, about: str, axes: int = 1) -> Callable:
    """A function of numpy.fft, of the last axis or axes."""

    def transformed(input: Any, fft_length: Any = None) -> Any:
        length = None if fft_length is None else [int(n) for n in np.atleast_1d(fft_length)]
        given = {} if length is None else {"n": length[0]} if axes == 1 else {"s": tuple(length)}
        xp = library()
        found = getattr(xp.fft, numpy_name)(xp.asarray(input), **given)
        return found.astype("complex64" if xp.iscomplexobj(found) else "float32")

    numpy_name = name.removesuffix("d") if axes > 1 else name
    transformed.__name__, transformed.__doc__ = name, about
    return mathematical(transformed)


fft = _transform("fft", "The discrete Fourier transform.")
ifft = _transform("ifft", "The inverse of `fft`.")
rfft = _transform("rfft", "`fft` of real numbers, (..., n) -> (..., n // 2 + 1).")
irfft = _transform("irfft", "The inverse of `rfft`.")
fft2d = _transform("fft2d", "`fft` over the last two axes.", 2)
ifft2d = _transform("ifft2d", "The inverse of `fft2d`.", 2)
rfft2d = _transform("rfft2d", "`rfft` over the last two axes.", 2)
irfft2d = _transform("irfft2d", "The inverse of `rfft2d`.", 2)


@mathematical
def fftshift(x: Any, axes: Any = None) -> Any:
    """The spectrum with frequency 0 in the middle."""
    return library().fft.fftshift(x, axes)


@mathematical
def ifftshift(x: Any, axes: Any = None) -> Any:
    """The inverse of `fftshift`."""
    return library().fft.ifftshift(x, axes)


def _power_of_two(length: int) -> int:
    return 1 << (int(length) - 1).bit_length()


@mathematical
def stft(
    signals: Any,
    frame_length: int,
    frame_step: int,
    fft_length: int | None = None,
    window_fn: Callable | None = hann_window,
    pad_end: bool = False,
) -> Any:
    """(..., samples) -> (..., frames, fft_length // 2 + 1), the spectrum of each windowed frame.

    `fft_length` is the next power of two unless given.
    """
    xp = library()
    size = int(frame_length)
    frames = frame(signals, size, frame_step, pad_end)
    if window_fn is not None:
        frames = frames * window_fn(size, dtype=str(xp.asarray(signals).dtype))
    return rfft(frames, [_power_of_two(size) if fft_length is None else fft_length])


@mathematical
def inverse_stft(
    stfts: Any,
    frame_length: int,
    frame_step: int,
    fft_length: int | None = None,
    window_fn: Callable | None = hann_window,
) -> Any:
    """(..., frames, bins) -> (..., samples): frames made of spectra, windowed and added up."""
    size = int(frame_length)
    frames = irfft(stfts, [_power_of_two(size) if fft_length is None else fft_length])[..., :size]
    if frames.shape[-1] < size:
        missing = [(0, 0)] * (frames.ndim - 1) + [(0, size - frames.shape[-1])]
        frames = library().pad(frames, missing)
    if window_fn is not None:
        frames = frames * window_fn(size, dtype="float32")
    return overlap_and_add(frames, frame_step)


@functools.lru_cache
def _cosines(kind: int, count: int) -> np.ndarray:
    """cos of (time, frequency) for the kinds 1 to 4 of the transform."""
    time, frequency = np.arange(count)[:, None], np.arange(count)[None]
    if kind == 1:
        found = 2 * np.cos(np.pi * time * frequency / (count - 1))
        found[[0, -1]] /= 2
        return found
    if kind == 2:
        return 2 * np.cos(np.pi * (time + 0.5) * frequency / count)
    if kind == 3:
        found = 2 * np.cos(np.pi * time * (frequency + 0.5) / count)
        found[0] /= 2
        return found
    return 2 * np.cos(np.pi * (time + 0.5) * (frequency + 0.5) / count)


def _scaled(spectrum: Any, norm: str | None, count: int) -> Any:
    if norm is None:
        return spectrum
    factors = np.full(count, np.sqrt(0.5 / count), "float32")
    factors[0] *= np.sqrt(0.5)
    return spectrum * factors


@mathematical
def dct(
    input: Any, type: int = 2, n: int | None = None, axis: int = -1, norm: str | None = None
) -> Any:
    """The discrete cosine transform of kind 1 to 4; norm="ortho" makes kind 2 orthonormal."""
    if type not in (1, 2, 3, 4):
        raise ValueError(f"type is 1, 2, 3 or 4; received {type}.")
    xp = library()
    x = xp.asarray(input)
    if n is not None:
        x = xp.pad(x[..., :n], [(0, 0)] * (x.ndim - 1) + [(0, max(0, n - x.shape[-1]))])
    count = x.shape[-1]
    if type == 3 and norm == "ortho":
        first = np.full(count, np.sqrt(count / 2), "float32")
        first[0] *= np.sqrt(2)
        return (x * first * (1 / count)) @ _cosines(3, count).astype("float32")
    found = x @ _cosines(int(type), count).astype("float32")
    if type == 4:
        return found if norm is None else found * np.float32(np.sqrt(0.5 / count))
    return _scaled(found, norm, count) if type == 2 else found


@mathematical
def idct(
    input: Any, type: int = 2, n: int | None = None, axis: int = -1, norm: str | None = None
) -> Any:
    """The inverse of `dct`, but for the factor `2 n` where `norm` is None."""
    return dct(input, {1: 1, 2: 3, 3: 2, 4: 4}[type], n, axis, norm)


def _mel(hertz: Any) -> Any:
    return 1127.0 * np.log1p(np.asarray(hertz) / 700.0)


@mathematical
def linear_to_mel_weight_matrix(
    num_mel_bins: int = 20,
    num_spectrogram_bins: int = 129,
    sample_rate: Any = 8000,
    lower_edge_hertz: float = 125.0,
    upper_edge_hertz: float = 3800.0,
    dtype: Any = "float32",
) -> Any:
    """(num_spectrogram_bins, num_mel_bins): triangles of equal width on the mel scale."""
    hertz = np.linspace(0, float(sample_rate) / 2, int(num_spectrogram_bins))[1:]
    edges = np.linspace(_mel(lower_edge_hertz), _mel(upper_edge_hertz), int(num_mel_bins) + 2)
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    place = _mel(hertz)[:, None]
    rising, falling = (place - low) / (middle - low), (high - place) / (high - middle)
    weights = np.maximum(0, np.minimum(rising, falling))
    return library().asarray(np.pad(weights, [(1, 0), (0, 0)]), dtype)


@mathematical
def mfccs_from_log_mel_spectrograms(log_mel_spectrograms: Any) -> Any:
    """The cosine transform of log mel spectra, by `1 / sqrt(2 bins)`."""
    count = log_mel_spectrograms.shape[-1]
    return dct(log_mel_spectrograms) * np.float32(1 / np.sqrt(2 * count))
