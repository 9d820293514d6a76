"""`tf.audio`: WAV files of 16 bits, on the host."""

import io
import wave
from typing import Any, NamedTuple

import numpy as np

from addax.data.elements import Element, element, plain


class DecodedWav(NamedTuple):
    """Sound (samples, channels) from -1 to 1, and how many samples a second has."""

    audio: Any
    sample_rate: Any


def decode_wav(
    contents: Any, desired_channels: int = -1, desired_samples: int = -1, name: Any = None
) -> DecodedWav:
    """The sound in the content of a WAV file.

    `desired_samples` cuts, or fills up with silence; `desired_channels` repeats one channel, or
    leaves channels out. ValueError for a file that is not of 16 bits.
    """
    try:
        with wave.open(io.BytesIO(plain(element(contents)))) as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            content = file.readframes(file.getnframes())
    except (EOFError, wave.Error) as error:
        raise ValueError(f"The content is no WAV file that can be read: {error}.") from None
    if width != 2:
        raise ValueError(f"WAV files of 16 bits are read; this one has {8 * width}.")
    sound = np.frombuffer(content, "<i2").reshape(-1, channels) / np.float32(32768)
    if desired_channels > 0:
        sound = np.repeat(sound, desired_channels, 1) if channels == 1 else sound
        sound = sound[:, :desired_channels]
    if desired_samples > 0:
        missing = max(0, desired_samples - len(sound))
        sound = np.pad(sound[:desired_samples], [(0, missing), (0, 0)])
    return DecodedWav(element(sound.astype("float32")), element(np.int32(rate)))


def encode_wav(audio: Any, sample_rate: Any, name: Any = None) -> Element:
    """The content of a WAV file of 16 bits, of sound (samples, channels) from -1 to 1."""
    sound = np.asarray(audio, "float32")
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(sound.shape[1])
        file.setsampwidth(2)
        file.setframerate(int(sample_rate))
        file.writeframes(np.rint(sound * 32768).clip(-32768, 32767).astype("<i2").tobytes())
    return element(stream.getvalue())
