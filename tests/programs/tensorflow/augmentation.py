"""Pictures changed by chance: layers, functions of tf.image, seeds from a generator."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
images = rng.integers(0, 255, (24, 20, 22, 3)).astype("uint8")
labels = rng.integers(0, 3, 24)
train = tf.data.Dataset.from_tensor_slices((images, labels))
resize_and_rescale = tf.keras.Sequential([layers.Resizing(16, 16), layers.Rescaling(1.0 / 255)])
data_augmentation = tf.keras.Sequential(
    [layers.RandomFlip("horizontal_and_vertical"), layers.RandomRotation(0.2)]
)


def prepare(ds, shuffle=False, augment=False):
    ds = ds.map(lambda x, y: (resize_and_rescale(x), y), num_parallel_calls=tf.data.AUTOTUNE)
    if shuffle:
        ds = ds.shuffle(1000)
    ds = ds.batch(8)
    if augment:
        ds = ds.map(lambda x, y: (data_augmentation(x, training=True), y))
    return ds.prefetch(buffer_size=tf.data.AUTOTUNE)


def random_invert_img(x, p=0.5):
    if tf.random.uniform([]) < p:
        x = 255 - x
    return x


class RandomInvert(layers.Layer):
    def __init__(self, factor=0.5, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, x):
        return tf.cond(tf.random.uniform([]) < self.factor, lambda: 1.0 - x, lambda: x)


model = tf.keras.Sequential(
    [
        layers.Input((16, 16, 3)),
        RandomInvert(),
        layers.Conv2D(4, 3, activation="relu"),
        layers.GlobalMaxPooling2D(),
        layers.Dense(3),
    ]
)
model.compile(
    "adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"]
)
model.fit(prepare(train, shuffle=True, augment=True), epochs=2, verbose=0)


def resize(image, label):
    image = tf.cast(image, tf.float32)
    image = tf.image.resize(image, [18, 18])
    return image / 255.0, label


def augment(image_label, seed):
    image, label = image_label
    image, label = resize(image, label)
    image = tf.image.resize_with_crop_or_pad(image, 24, 24)
    new_seed = tf.random.split(seed, num=1)[0, :]
    image = tf.image.stateless_random_crop(image, size=[18, 18, 3], seed=seed)
    image = tf.image.stateless_random_brightness(image, max_delta=0.5, seed=new_seed)
    image = tf.clip_by_value(image, 0, 1)
    return image, label


counter = tf.data.experimental.Counter()
seeded = tf.data.Dataset.zip((train, (counter, counter))).map(augment).batch(8)
first, again = next(iter(seeded))[0], next(iter(seeded))[0]
assert first.shape == (8, 18, 18, 3) and np.allclose(first, again)

generator = tf.random.Generator.from_seed(123, alg="philox")


def f(x, y):
    seed = generator.make_seeds(1)[:, 0]
    return augment((x, y), seed)


batch, _ = next(iter(train.shuffle(24).map(f, num_parallel_calls=tf.data.AUTOTUNE).batch(8)))
assert batch.dtype == np.float32

picture = images[0]
for changed in (
    tf.image.flip_left_right(picture),
    tf.image.adjust_saturation(picture, 3),
    tf.image.adjust_brightness(picture, 0.4),
    tf.image.central_crop(picture, central_fraction=0.5),
    tf.image.rot90(picture),
    tf.image.stateless_random_contrast(picture, 0.1, 0.9, seed=(1, 2)),
    tf.image.random_hue(picture, 0.2),
    tf.image.resize(picture, [8, 8], method=tf.image.ResizeMethod.NEAREST_NEIGHBOR),
):
    assert str(changed.dtype) == "uint8" and changed.shape[-1] == 3
gray = tf.squeeze(tf.image.rgb_to_grayscale(picture))
assert gray.shape == (20, 22)


def mixup(one, two, alpha=0.2):
    (x1, y1), (x2, y2) = one, two
    size = tf.shape(x1)[0]
    g1, g2 = tf.random.gamma([size], alpha), tf.random.gamma([size], alpha)
    share = tf.reshape(g1 / (g1 + g2 + 1e-6), (size, 1, 1, 1))
    y1, y2 = tf.one_hot(y1, 3), tf.one_hot(y2, 3)
    return x1 * share + x2 * (1 - share), y1 * share[:, :, 0, 0] + y2 * (1 - share[:, :, 0, 0])


both = tf.data.Dataset.zip((prepare(train, True), prepare(train, True)))
mixed, target = next(iter(both.map(mixup)))
assert mixed.shape == (8, 16, 16, 3) and target.shape == (8, 3)
print("done")
