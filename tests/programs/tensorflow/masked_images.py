"""Patches of pictures, most of them hidden, from which an autoencoder restores them."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(42)
SIZE, PATCH, DIM = 12, 4, 8
NUM = (SIZE // PATCH) ** 2
x_train = np.random.default_rng(0).random((32, SIZE, SIZE, 3)).astype("float32")


class Patches(layers.Layer):
    def __init__(self, patch_size=PATCH, **kwargs):
        super().__init__(**kwargs)
        self.patch_size = patch_size
        self.resize = layers.Reshape((-1, patch_size * patch_size * 3))

    def call(self, images):
        patches = tf.image.extract_patches(
            images=images,
            sizes=[1, self.patch_size, self.patch_size, 1],
            strides=[1, self.patch_size, self.patch_size, 1],
            rates=[1, 1, 1, 1],
            padding="VALID",
        )
        return self.resize(patches)


class PatchEncoder(layers.Layer):
    def __init__(self, mask_proportion=0.75, **kwargs):
        super().__init__(**kwargs)
        self.mask_proportion = mask_proportion
        self.mask_token = tf.Variable(tf.random.normal([1, PATCH * PATCH * 3]), trainable=True)

    def build(self, input_shape):
        (_, self.num_patches, self.patch_area) = input_shape
        self.projection = layers.Dense(units=DIM)
        self.position_embedding = layers.Embedding(input_dim=self.num_patches, output_dim=DIM)
        self.num_mask = int(self.mask_proportion * self.num_patches)

    def call(self, patches):
        batch_size = tf.shape(patches)[0]
        positions = tf.range(start=0, limit=self.num_patches, delta=1)
        pos_embeddings = self.position_embedding(positions[tf.newaxis, ...])
        pos_embeddings = tf.tile(pos_embeddings, [batch_size, 1, 1])
        patch_embeddings = self.projection(patches) + pos_embeddings
        mask_indices, unmask_indices = self.get_random_indices(batch_size)
        unmasked = tf.gather(patch_embeddings, unmask_indices, axis=1, batch_dims=1)
        unmasked_positions = tf.gather(pos_embeddings, unmask_indices, axis=1, batch_dims=1)
        masked_positions = tf.gather(pos_embeddings, mask_indices, axis=1, batch_dims=1)
        mask_tokens = tf.repeat(self.mask_token, repeats=self.num_mask, axis=0)
        mask_tokens = tf.repeat(mask_tokens[tf.newaxis, ...], repeats=batch_size, axis=0)
        masked = self.projection(mask_tokens) + masked_positions
        return unmasked, masked, unmasked_positions, mask_indices, unmask_indices

    def get_random_indices(self, batch_size):
        rand_indices = tf.argsort(
            tf.random.uniform(shape=(batch_size, self.num_patches)), axis=-1
        )
        return rand_indices[:, : self.num_mask], rand_indices[:, self.num_mask :]


class MaskedAutoencoder(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.patch_layer, self.patch_encoder = Patches(), PatchEncoder()
        self.encoder, self.decoder = layers.Dense(DIM, "gelu"), layers.Dense(PATCH * PATCH * 3)

    def calculate_loss(self, images):
        patches = self.patch_layer(images)
        unmasked, masked, _, mask_indices, unmask_indices = self.patch_encoder(patches)
        decoder_inputs = tf.concat([self.encoder(unmasked), masked], axis=1)
        decoded = self.decoder(decoder_inputs)
        loss_patch = tf.gather(patches, mask_indices, axis=1, batch_dims=1)
        loss_output = tf.gather(decoded[:, -mask_indices.shape[1] :], tf.zeros_like(mask_indices),
                                axis=1, batch_dims=1)  # fmt: skip
        return self.compute_loss(y=loss_patch, y_pred=loss_output)

    def train_step(self, images):
        with tf.GradientTape() as tape:
            total_loss = self.calculate_loss(images)
        train_vars = [self.patch_layer.trainable_variables, self.patch_encoder.trainable_variables,
                      self.encoder.trainable_variables, self.decoder.trainable_variables]  # fmt: skip
        grads = tape.gradient(total_loss, train_vars)
        tv_list = []
        for grad, var in zip(grads, train_vars):
            for g, v in zip(grad, var):
                tv_list.append((g, v))
        self.optimizer.apply_gradients(tv_list)
        return {"loss": total_loss}

    def call(self, images):
        return self.decoder(self.encoder(self.patch_encoder(self.patch_layer(images))[0]))


model = MaskedAutoencoder()
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=keras.losses.MeanSquaredError())
model(x_train[:2])
ds = tf.data.Dataset.from_tensor_slices(x_train).shuffle(32).batch(8).prefetch(tf.data.AUTOTUNE)
history = model.fit(ds, epochs=3, verbose=0)
assert np.isfinite(history.history["loss"]).all()
print("done")
