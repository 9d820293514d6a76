"""Short sounds in WAV files, by folder, to spectrograms and a classifier."""

import os
import pathlib

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

tf.random.set_seed(42)
data_dir = pathlib.Path("sounds")
rng = np.random.default_rng(0)
for label, pitch in (("low", 200), ("high", 900)):
    os.makedirs(data_dir / label, exist_ok=True)
    for i in range(16):
        length = 1600 if i % 2 else 1500
        wave = 0.5 * np.sin(2 * np.pi * pitch * np.arange(length) / 4000 + rng.normal())
        wave += 0.05 * rng.normal(size=length)
        tf.io.write_file(
            str(data_dir / label / f"{i}.wav"),
            tf.audio.encode_wav(wave[:, np.newaxis].astype("float32"), 4000),
        )
commands = np.array(sorted(tf.io.gfile.listdir(str(data_dir))))
filenames = tf.io.gfile.glob(str(data_dir) + "/*/*")
filenames = tf.random.shuffle(filenames)
assert len(filenames) == 32


def get_label(file_path):
    parts = tf.strings.split(input=file_path, sep=os.path.sep)
    return parts[-2]


def get_waveform_and_label(file_path):
    audio, _ = tf.audio.decode_wav(contents=tf.io.read_file(file_path))
    return tf.squeeze(audio, axis=-1), get_label(file_path)


def get_spectrogram(waveform):
    waveform = waveform[:1600]
    zero_padding = tf.zeros([1600] - tf.shape(waveform), dtype=tf.float32)
    waveform = tf.cast(waveform, dtype=tf.float32)
    equal_length = tf.concat([waveform, zero_padding], 0)
    spectrogram = tf.signal.stft(equal_length, frame_length=255, frame_step=128)
    spectrogram = tf.abs(spectrogram)
    return spectrogram[..., tf.newaxis]


def get_spectrogram_and_label_id(audio, label):
    label_id = tf.argmax(label == commands.astype("S"))
    return get_spectrogram(audio), label_id


files_ds = tf.data.Dataset.from_tensor_slices(filenames)
waveform_ds = files_ds.map(get_waveform_and_label, num_parallel_calls=tf.data.AUTOTUNE)
spectrogram_ds = waveform_ds.map(get_spectrogram_and_label_id, num_parallel_calls=tf.data.AUTOTUNE)
for spectrogram, _ in spectrogram_ds.take(1):
    input_shape = spectrogram.shape
print("shape", input_shape)
norm_layer = layers.Normalization()
norm_layer.adapt(data=spectrogram_ds.map(map_func=lambda spec, label: spec))
model = models.Sequential(
    [
        layers.Input(shape=input_shape),
        layers.Resizing(16, 16),
        norm_layer,
        layers.Conv2D(4, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(len(commands)),
    ]
)
model.compile(
    optimizer=tf.keras.optimizers.Adam(0.01),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
history = model.fit(spectrogram_ds.cache().batch(8), epochs=4, verbose=0)
assert history.history["accuracy"][-1] > 0.9

signal = tf.constant(np.sin(np.arange(4000) / 3.0), tf.float32)
stft = tf.signal.stft(signal, 256, 128)
mel = tf.signal.linear_to_mel_weight_matrix(20, stft.shape[-1], 4000, 80.0, 1900.0)
log_mel = tf.math.log(tf.tensordot(tf.abs(stft), mel, 1) + 1e-6)
mfccs = tf.signal.mfccs_from_log_mel_spectrograms(log_mel)[..., :13]
assert mfccs.shape == (30, 13)
print("done")
