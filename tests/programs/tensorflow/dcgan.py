"""Two networks that compete, in a loop by hand with tapes, and checkpoints of all of it."""

import os
import time

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.random.set_seed(0)
images = np.random.default_rng(0).random((48, 12, 12, 1)).astype("float32")
dataset = tf.data.Dataset.from_tensor_slices(images * 2 - 1).shuffle(48).batch(16)


def make_generator_model():
    model = tf.keras.Sequential()
    model.add(layers.Dense(3 * 3 * 8, use_bias=False, input_shape=(10,)))
    model.add(layers.BatchNormalization())
    model.add(layers.LeakyReLU())
    model.add(layers.Reshape((3, 3, 8)))
    model.add(layers.Conv2DTranspose(4, (3, 3), strides=(2, 2), padding="same", use_bias=False))
    model.add(layers.BatchNormalization())
    model.add(layers.LeakyReLU())
    model.add(layers.Conv2DTranspose(1, (3, 3), strides=2, padding="same", activation="tanh"))
    assert model.output_shape == (None, 12, 12, 1)
    return model


def make_discriminator_model():
    model = tf.keras.Sequential()
    model.add(layers.Conv2D(4, 3, strides=2, padding="same", input_shape=[12, 12, 1]))
    model.add(layers.LeakyReLU())
    model.add(layers.Dropout(0.3))
    model.add(layers.Flatten())
    model.add(layers.Dense(1))
    return model


generator, discriminator = make_generator_model(), make_discriminator_model()
cross_entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)


def discriminator_loss(real_output, fake_output):
    real_loss = cross_entropy(tf.ones_like(real_output), real_output)
    return real_loss + cross_entropy(tf.zeros_like(fake_output), fake_output)


generator_optimizer = tf.keras.optimizers.Adam(1e-4)
discriminator_optimizer = tf.keras.optimizers.Adam(1e-4)
checkpoint_dir = "./training_checkpoints"
checkpoint_prefix = os.path.join(checkpoint_dir, "ckpt")
checkpoint = tf.train.Checkpoint(
    generator_optimizer=generator_optimizer,
    discriminator_optimizer=discriminator_optimizer,
    generator=generator,
    discriminator=discriminator,
)


@tf.function
def train_step(images):
    noise = tf.random.normal([16, 10])
    with tf.GradientTape() as gen_tape, tf.GradientTape() as disc_tape:
        generated = generator(noise, training=True)
        real_output = discriminator(images, training=True)
        fake_output = discriminator(generated, training=True)
        gen_loss = cross_entropy(tf.ones_like(fake_output), fake_output)
        disc_loss = discriminator_loss(real_output, fake_output)
    of_generator = gen_tape.gradient(gen_loss, generator.trainable_variables)
    of_discriminator = disc_tape.gradient(disc_loss, discriminator.trainable_variables)
    generator_optimizer.apply_gradients(zip(of_generator, generator.trainable_variables))
    discriminator_optimizer.apply_gradients(
        zip(of_discriminator, discriminator.trainable_variables)
    )
    return gen_loss, disc_loss


seed = tf.random.normal([4, 10])
for epoch in range(2):
    start = time.time()
    for image_batch in dataset:
        gen_loss, disc_loss = train_step(image_batch)
    if (epoch + 1) % 2 == 0:
        checkpoint.save(file_prefix=checkpoint_prefix)
    tf.print("epoch", epoch, gen_loss, disc_loss)
wanted = generator(seed, training=False).numpy()
count = int(generator_optimizer.iterations)
generator.layers[0].kernel.assign(tf.zeros_like(generator.layers[0].kernel))
assert tf.train.latest_checkpoint(checkpoint_dir).endswith("ckpt-1")
checkpoint.restore(tf.train.latest_checkpoint(checkpoint_dir)).assert_consumed()
np.testing.assert_allclose(generator(seed, training=False), wanted, rtol=1e-5, atol=1e-6)

fresh_optimizer, fresh = tf.keras.optimizers.Adam(1e-4), make_generator_model()
step = tf.Variable(0, dtype=tf.int64)
other = tf.train.Checkpoint(generator=fresh, generator_optimizer=fresh_optimizer, step=step)
other.restore(tf.train.latest_checkpoint(checkpoint_dir)).expect_partial()
np.testing.assert_allclose(fresh(seed, training=False), wanted, rtol=1e-5, atol=1e-6)
fresh_optimizer.build(fresh.trainable_variables)
assert int(fresh_optimizer.iterations) == count == 6

manager = tf.train.CheckpointManager(other, "./tf_ckpts", max_to_keep=2)
for _ in range(3):
    step.assign_add(1)
    path = manager.save()
assert path == manager.latest_checkpoint and len(manager.checkpoints) == 2
step.assign(0)
other.restore(manager.latest_checkpoint)
assert int(step) == 3
print("done")
