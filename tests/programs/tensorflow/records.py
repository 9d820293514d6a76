"""Pictures into TFRecord files and back, with augmentation, to a small network."""

import os

import numpy as np
import tensorflow as tf

AUTOTUNE = tf.data.AUTOTUNE
tf.keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)


def _bytes_feature(value):
    if isinstance(value, type(tf.constant(0))):
        value = value.numpy()
    return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))


def _float_feature(value):
    return tf.train.Feature(float_list=tf.train.FloatList(value=[value]))


def _int64_feature(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))


def image_example(image, label):
    feature = {
        "height": _int64_feature(image.shape[0]),
        "label": _int64_feature(label),
        "brightness": _float_feature(image.mean() / 255),
        "image_raw": _bytes_feature(tf.io.encode_png(image).numpy()),
        "tensor": _bytes_feature(tf.io.serialize_tensor(image).numpy()),
    }
    return tf.train.Example(features=tf.train.Features(feature=feature))


for shard in range(2):
    with tf.io.TFRecordWriter(f"images-{shard:02d}.tfrec") as writer:
        for _ in range(16):
            label = int(rng.integers(2))
            image = rng.integers(0, 100, (20, 18, 3)).astype("uint8") + np.uint8(120 * label)
            writer.write(image_example(image, label).SerializeToString())

description = {
    "height": tf.io.FixedLenFeature([], tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
    "image_raw": tf.io.FixedLenFeature([], tf.string),
    "tensor": tf.io.FixedLenFeature([], tf.string),
    "missing": tf.io.FixedLenFeature([], tf.float32, default_value=0.5),
    "tags": tf.io.VarLenFeature(tf.string),
}


def read(serialized):
    example = tf.io.parse_single_example(serialized, description)
    image = tf.image.decode_png(example["image_raw"], channels=3)
    same = tf.io.parse_tensor(example["tensor"], tf.uint8)
    image = tf.cast(image + 0 * same, tf.float32) / 255.0
    image = tf.image.resize(image, (16, 16))
    tags = tf.sparse.to_dense(example["tags"])
    tf.debugging.assert_equal(tf.shape(tags)[0], 0)
    return image, tf.cast(example["label"], tf.int32)


def augment(image, label):
    image = tf.image.random_flip_left_right(image)
    image = tf.image.random_crop(image, [14, 14, 3])
    image = tf.image.random_brightness(image, 0.05)
    image = tf.image.random_saturation(image, 0.9, 1.1)
    return tf.clip_by_value(image, 0.0, 1.0), label


filenames = tf.io.gfile.glob("images-*.tfrec")
ignore_order = tf.data.Options()
ignore_order.experimental_deterministic = False
dataset = tf.data.TFRecordDataset(filenames, num_parallel_reads=AUTOTUNE).with_options(ignore_order)
dataset = dataset.map(read, num_parallel_calls=AUTOTUNE).map(augment).shuffle(64).batch(8)
files = tf.data.Dataset.list_files("images-*.tfrec")
assert len(list(files.interleave(tf.data.TFRecordDataset, cycle_length=2))) == 32
for raw_record in tf.data.TFRecordDataset(filenames).take(1):
    example = tf.train.Example()
    example.ParseFromString(raw_record.numpy())
    assert example.features.feature["height"].int64_list.value == [20]

model = tf.keras.Sequential(
    [
        tf.keras.layers.Conv2D(4, 3, activation="relu", input_shape=(14, 14, 3)),
        tf.keras.layers.GlobalAveragePooling2D(),
        tf.keras.layers.Dense(2),
    ]
)
model.compile(
    tf.keras.optimizers.Adam(0.05),
    tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
history = model.fit(dataset.prefetch(AUTOTUNE), epochs=6, verbose=0)
assert history.history["accuracy"][-1] > 0.8
assert os.path.getsize("images-00.tfrec") > 1000
print("done")
