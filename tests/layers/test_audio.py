"""Layers of sound equal Keras's."""

import keras
import numpy as np
import pytest
from layer_rows import case, check

import addax

SOUND = (2, 200, 2)
MODES = ("log", "magnitude", "psd", "real", "imag", "stft")

# Logarithms, and their gradients, of powers near 0
NEAR_ZERO = {"options": {"rtol": 1e-4}}

ROWS = [
    *(case("STFTSpectrogram", SOUND, mode=m, frame_length=32, **NEAR_ZERO) for m in MODES),
    case(
        "STFTSpectrogram",
        SOUND,
        padding="same",
        frame_length=30,
        frame_step=13,
        expand_dims=True,
        scaling="spectrum",
        periodic=True,
        window="hamming",
        **NEAR_ZERO,
    ),
    case(
        "STFTSpectrogram", (2, 2, 200), frame_length=32, data_format="channels_first", **NEAR_ZERO
    ),
    case(
        "STFTSpectrogram",
        (2, 2, 200),
        mode="stft",
        scaling=None,
        frame_length=32,
        fft_length=64,
        expand_dims=True,
        data_format="channels_first",
    ),
]
MELS = [
    case(
        "MelSpectrogram",
        (2, 1000),
        fft_length=256,
        sequence_stride=100,
        sequence_length=200,
        num_mel_bins=20,
        max_freq=4000.0,
        power_to_db=False,
        mag_exp=1.0,
    ),
    case("MelSpectrogram", (2, 4000), fft_length=512, sequence_stride=128),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)


@pytest.mark.parametrize("row", MELS, ids=str)
def test_mel_spectrogram_equals_keras(row):
    sound = np.random.default_rng(0).normal(size=row.shape).astype("float32")
    ours, theirs = (k.layers.MelSpectrogram(**row.kwargs) for k in (addax, keras))
    for x in (sound, sound[0]):
        found, want = ours(x), theirs(x)
        np.testing.assert_allclose(found, want, rtol=1e-4, atol=1e-4)
    assert ours.get_config() | {"name": ""} == theirs.get_config() | {"name": ""}
    assert ours(addax.Input(batch_shape=row.shape)).shape == ours(sound).shape


def test_phases_equal_where_there_is_a_sound():
    sound = np.random.default_rng(0).normal(size=SOUND).astype("float32")
    ours, theirs = (k.layers.STFTSpectrogram("angle", 32) for k in (addax, keras))
    turned = np.exp(1j * (np.asarray(ours(sound)) - np.asarray(theirs(sound))))
    np.testing.assert_allclose(turned, 1, atol=1e-3)  # -pi is pi
