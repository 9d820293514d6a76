"""Sound from files. Needs soundfile: pip install "addax[audio]"."""

import math
from typing import Any

import numpy as np

REACH = 16  # zero crossings of the sinc on each side


def soundfile() -> Any:
    """The library. ImportError with the way to get it."""
    try:
        import soundfile
    except (ImportError, OSError) as error:
        raise ImportError('Sound needs soundfile: pip install "addax[audio]".') from error
    return soundfile


def read(path: str, rate: int | None = None, length: int | None = None) -> np.ndarray:
    """The sound of a file, (samples, channels) from -1 to 1; ValueError names a broken one.

    `rate` resamples to so many samples a second; `length` cuts, or fills up with silence.
    """
    library = soundfile()
    try:
        sound, own_rate = library.read(path, dtype="float32", always_2d=True)
    except library.LibsndfileError as error:
        raise ValueError(f"{path} can't be read as sound: {error}") from error
    if rate is not None and rate != own_rate:
        sound = resample(sound, own_rate, rate)
    if length is not None and length >= 0:
        sound = np.pad(sound[:length], ((0, max(0, length - len(sound))), (0, 0)))
    return sound


def resample(sound: np.ndarray, old: int, new: int) -> np.ndarray:
    """(samples, channels) at another rate: a sinc with a Hann window, cut off at the lower rate."""
    cutoff = min(1, new / old)
    places = np.arange(math.ceil(len(sound) * new / old)) * (old / new)
    reach = math.ceil(REACH / cutoff)
    near = np.floor(places).astype(int)[:, None] + np.arange(1 - reach, reach + 1)
    away = places[:, None] - near
    kernel = cutoff * np.sinc(cutoff * away) * np.cos(np.pi * away / (2 * reach)) ** 2
    kernel[(near < 0) | (near >= len(sound))] = 0
    taken = sound[near.clip(0, len(sound) - 1)]
    return np.einsum("ot,otc->oc", kernel, taken).astype("float32")
