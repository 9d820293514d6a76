"""Embeddings of pictures by triplets: a Siamese network with its own training step."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, layers, metrics, optimizers

tf.keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
for kind in ("left", "right"):
    tf.io.gfile.makedirs(kind)
base = rng.integers(0, 200, (24, 12, 12, 3)).astype("uint8")
for i, picture in enumerate(base):
    for kind, added in (("left", 0), ("right", 20)):
        tf.io.write_file(f"{kind}/{i:02d}.jpg", tf.io.encode_jpeg(picture + np.uint8(added)))


def preprocess_image(filename):
    image_string = tf.io.read_file(filename)
    image = tf.image.decode_jpeg(image_string, channels=3)
    image = tf.image.convert_image_dtype(image, tf.float32)
    return tf.image.resize(image, (12, 12))


def preprocess_triplets(anchor, positive, negative):
    return preprocess_image(anchor), preprocess_image(positive), preprocess_image(negative)


anchors = sorted(tf.io.gfile.glob("left/*.jpg"))
positives = sorted(tf.io.gfile.glob("right/*.jpg"))
anchor_dataset = tf.data.Dataset.from_tensor_slices(anchors)
positive_dataset = tf.data.Dataset.from_tensor_slices(positives)
negatives = anchors + positives
np.random.RandomState(seed=32).shuffle(negatives)
negative_dataset = tf.data.Dataset.from_tensor_slices(negatives).shuffle(buffer_size=4096)
dataset = tf.data.Dataset.zip((anchor_dataset, positive_dataset, negative_dataset))
dataset = dataset.shuffle(buffer_size=1024).map(preprocess_triplets)
train = dataset.take(round(24 * 0.75)).batch(6, drop_remainder=False).prefetch(tf.data.AUTOTUNE)

inputs = layers.Input((12, 12, 3))
embedding = Model(inputs, layers.Dense(8)(layers.Flatten()(inputs)), name="Embedding")


class DistanceLayer(layers.Layer):
    def call(self, anchor, positive, negative):
        ap_distance = tf.reduce_sum(tf.square(anchor - positive), -1)
        an_distance = tf.reduce_sum(tf.square(anchor - negative), -1)
        return (ap_distance, an_distance)


names = ("anchor", "positive", "negative")
given = [layers.Input(name=name, shape=(12, 12, 3)) for name in names]
distances = DistanceLayer()(*[embedding(i) for i in given])
siamese_network = Model(inputs=given, outputs=distances)


class SiameseModel(Model):
    def __init__(self, siamese_network, margin=0.5):
        super().__init__()
        self.siamese_network = siamese_network
        self.margin = margin
        self.loss_tracker = metrics.Mean(name="loss")

    def call(self, inputs):
        return self.siamese_network(inputs)

    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self._compute_loss(data)
        gradients = tape.gradient(loss, self.siamese_network.trainable_weights)
        self.optimizer.apply_gradients(zip(gradients, self.siamese_network.trainable_weights))
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}

    def _compute_loss(self, data):
        ap_distance, an_distance = self.siamese_network(data)
        return tf.maximum(ap_distance - an_distance + self.margin, 0.0)

    @property
    def metrics(self):
        return [self.loss_tracker]


siamese_model = SiameseModel(siamese_network)
siamese_model.compile(optimizer=optimizers.Adam(0.001))
siamese_model.fit(train, epochs=2, verbose=0)
anchor, positive, negative = next(iter(train))
cosine = metrics.CosineSimilarity()
similarity = cosine(embedding(anchor), embedding(positive))
print("similarity", similarity.numpy())
print("done")
