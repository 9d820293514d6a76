"""Fourier transforms, whole and windowed; a complex tensor is a pair (real, imaginary)."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeAlias

import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.core.types import Array, Tensor
from addax.ops.build import as_tensor, finish, op, shape_text

__all__ = [
    "extract_sequences", "fft", "fft2", "ifft2", "irfft", "istft", "rfft", "stft",
]  # fmt: skip


ComplexPair: TypeAlias = Sequence[Tensor]  # (real, imaginary), of one shape


def _complex(x: ComplexPair) -> Array:
    if not isinstance(x, (tuple, list)) or len(x) != 2:
        raise ValueError(f"A complex tensor is a pair (real, imaginary); received {x!r}.")
    real, imaginary = map(as_tensor, x)
    if real.shape != imaginary.shape:
        raise ValueError(
            "The real and imaginary parts have one shape; received "
            f"{shape_text(real)} and {shape_text(imaginary)}."
        )
    for part in (real, imaginary):
        if not jnp.issubdtype(part.dtype, jnp.floating):
            raise ValueError(f"The parts of a complex tensor are floats; received {part.dtype}.")
    return lax.complex(real, imaginary)


def _pair(z: Array) -> tuple[Array, Array]:
    return jnp.real(z), jnp.imag(z)


class Transform(Protocol):
    def __call__(self, x: ComplexPair) -> tuple[Array, Array]: ...


def _transform(f: Callable, about: str) -> Transform:
    def fn(x: ComplexPair) -> tuple[Array, Array]:
        return _pair(f(_complex(x)))

    return finish(fn, f, about)


fft = _transform(
    jnp.fft.fft, "Fourier transform of the last axis: a pair of (..., n) -> a pair of (..., n)."
)
fft2 = _transform(
    jnp.fft.fft2,
    "Fourier transform of the last two axes: a pair of (..., n, m) -> a pair of (..., n, m).",
)
ifft2 = _transform(
    jnp.fft.ifft2, "Inverse of `fft2`: a pair of (..., n, m) -> a pair of (..., n, m)."
)


@op
def rfft(x: Tensor, fft_length: int | None = None) -> tuple[Array, Array]:
    """Half the spectrum of a real signal: (..., n) -> a pair of (..., n // 2 + 1).

    `fft_length`: the signal is cut or filled up with zeros to this length first.
    """
    return _pair(jnp.fft.rfft(as_tensor(x), n=fft_length))


@op
def irfft(x: ComplexPair, fft_length: int | None = None) -> Array:
    """Inverse of `rfft`: a pair of (..., m) -> (..., fft_length), by default 2 * (m - 1)."""
    return jnp.fft.irfft(_complex(x), n=fft_length)


def _frames(x, length, stride):
    """Overlapping pieces of the last axis: (..., n) -> (..., frames, length)."""
    count = max(1 + (x.shape[-1] - length) // stride, 0)
    return x[..., stride * np.arange(count)[:, None] + np.arange(length)]


@op
def extract_sequences(x: Tensor, sequence_length: int, sequence_stride: int) -> Array:
    """Windows of the last axis, `sequence_stride` apart: (..., n) -> (..., windows, length)."""
    return _frames(as_tensor(x), sequence_length, sequence_stride)


# "hann", "hamming", a tensor (sequence_length,), or None for ones.
Window: TypeAlias = Any
WINDOWS = {"hann": (0.5, 0.5), "hamming": (0.54, 0.46)}


def _window(window, length, fft_length, dtype):
    """The window, a periodic one if given by name, in the middle of `fft_length` points."""
    if window is None:
        return jnp.ones(fft_length, dtype)
    if isinstance(window, str):
        if window not in WINDOWS:
            raise ValueError(
                f"window is one of {', '.join(map(repr, WINDOWS))}, a tensor or None; received "
                f"{window!r}."
            )
        a, b = WINDOWS[window]
        window = a - b * np.cos(2 * np.pi * np.arange(length) / length)
    window = as_tensor(window, dtype)
    if window.shape != (length,):
        raise ValueError(
            f"window holds sequence_length = {length} numbers; received {shape_text(window)}."
        )
    left = (fft_length - length) // 2
    return jnp.pad(window, (left, fft_length - length - left))


def _check_stride(stride):
    if not isinstance(stride, int) or stride <= 0:
        raise ValueError(f"sequence_stride is an int > 0; received {stride!r}.")


@op
def stft(
    x: Tensor,
    sequence_length: int,
    sequence_stride: int,
    fft_length: int,
    window: Window = "hann",
    center: bool = True,
) -> tuple[Array, Array]:
    """Spectra of windows of a signal: (..., n) -> a pair of (..., windows, fft_length // 2 + 1).

    `center`: the signal is reflected at its ends, so that window i is centred at i * stride.
    """
    _check_stride(sequence_stride)
    x = as_tensor(x)
    if x.dtype.name not in ("float32", "float64"):
        raise TypeError(f"stft takes float32 or float64; received {x.dtype.name}.")
    if fft_length < sequence_length:
        raise ValueError(
            f"fft_length is at least sequence_length; received {fft_length} < {sequence_length}."
        )
    weights = _window(window, sequence_length, fft_length, x.dtype)
    if center:
        x = jnp.pad(x, [(0, 0)] * (x.ndim - 1) + [(fft_length // 2,) * 2], mode="reflect")
    return _pair(jnp.fft.rfft(_frames(x, fft_length, sequence_stride) * weights))


@op
def istft(
    x: ComplexPair,
    sequence_length: int,
    sequence_stride: int,
    fft_length: int,
    length: int | None = None,
    window: Window = "hann",
    center: bool = True,
) -> Array:
    """Inverse of `stft`: a pair of (..., windows, fft_length // 2 + 1) -> (..., length).

    Overlapping windows, weighted by `window`, are added and normalized. ValueError for others.
    """
    _check_stride(sequence_stride)
    z = _complex(x)
    if z.ndim < 2:
        raise ValueError(f"istft takes (..., windows, bins); received {shape_text(z)}.")
    weights = _window(window, sequence_length, fft_length, jnp.real(z).dtype)
    frames = jnp.fft.irfft(z, n=fft_length) * weights
    count = frames.shape[-2]
    size = fft_length + sequence_stride * (count - 1)
    places = sequence_stride * np.arange(count)[:, None] + np.arange(fft_length)

    def overlap(pieces):
        return jnp.zeros((*pieces.shape[:-2], size), pieces.dtype).at[..., places].add(pieces)

    norm = overlap(jnp.broadcast_to(weights**2, places.shape))
    y = overlap(frames) / jnp.where(norm > 1e-10, norm, 1.0)
    if window is None:
        y = y * fft_length / sequence_stride
    start = fft_length // 2 if center else 0
    stop = start + length if length is not None else size - start
    return y[..., start:stop]
