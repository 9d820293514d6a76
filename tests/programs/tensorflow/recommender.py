"""Users and films as embeddings, whose product is the rating; a two-tower loop beside it."""

import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
df = pd.DataFrame(
    {"userId": rng.integers(1, 20, 300), "movieId": rng.integers(100, 130, 300)}
)
df["rating"] = ((df.userId + df.movieId) % 5 + 1).astype("float32")
user2encoded = {x: i for i, x in enumerate(df["userId"].unique().tolist())}
movie2encoded = {x: i for i, x in enumerate(df["movieId"].unique().tolist())}
df["user"], df["movie"] = df["userId"].map(user2encoded), df["movieId"].map(movie2encoded)
low, high = min(df["rating"]), max(df["rating"])
x = df[["user", "movie"]].values
y = df["rating"].apply(lambda r: (r - low) / (high - low)).values


class RecommenderNet(keras.Model):
    def __init__(self, num_users, num_movies, embedding_size, **kwargs):
        super().__init__(**kwargs)
        options = {"embeddings_initializer": "he_normal",
                   "embeddings_regularizer": keras.regularizers.l2(1e-6)}  # fmt: skip
        self.user_embedding = layers.Embedding(num_users, embedding_size, **options)
        self.user_bias = layers.Embedding(num_users, 1)
        self.movie_embedding = layers.Embedding(num_movies, embedding_size, **options)
        self.movie_bias = layers.Embedding(num_movies, 1)

    def call(self, inputs):
        user_vector = self.user_embedding(inputs[:, 0])
        user_bias = self.user_bias(inputs[:, 0])
        movie_vector = self.movie_embedding(inputs[:, 1])
        movie_bias = self.movie_bias(inputs[:, 1])
        dot_user_movie = tf.tensordot(user_vector, movie_vector, 2)
        return tf.nn.sigmoid(dot_user_movie + user_bias + movie_bias)


model = RecommenderNet(len(user2encoded), len(movie2encoded), 8)
model.compile(loss=tf.keras.losses.BinaryCrossentropy(), optimizer=keras.optimizers.Adam(0.001))
model.fit(x=x, y=y, batch_size=64, epochs=2, verbose=0, validation_split=0.1)
ratings = model.predict(np.hstack(([[0]] * 10, np.arange(10)[:, None])), verbose=0).flatten()
print("best", ratings.argsort()[-3:][::-1])

titles = tf.data.Dataset.from_tensor_slices([f"film {i}" for i in range(12)])
seen = tf.data.Dataset.from_tensor_slices(
    {"user_id": [f"u{i % 5}" for i in range(60)], "title": [f"film {i % 12}" for i in range(60)]}
)
lookup = layers.StringLookup(mask_token=None)
lookup.adapt(titles.batch(12))
users = layers.StringLookup(vocabulary=[f"u{i}" for i in range(5)], mask_token=None)
user_model = keras.Sequential([users, layers.Embedding(6, 4)])
title_model = keras.Sequential([lookup, layers.Embedding(lookup.vocabulary_size(), 4)])
optimizer = keras.optimizers.Adagrad(0.5)
losses = []
for row in seen.shuffle(60).batch(20).repeat(3):
    u, t = users(row["user_id"]), lookup(row["title"])
    with tf.GradientTape() as tape:
        scores = tf.matmul(user_model.layers[-1](u), title_model.layers[-1](t), transpose_b=True)
        loss = tf.reduce_mean(
            tf.nn.softmax_cross_entropy_with_logits(labels=tf.eye(20), logits=scores)
        )
    variables = user_model.trainable_variables + title_model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    losses.append(float(loss))
assert user_model(tf.constant(["u1"])).shape == (1, 4)
scores = tf.linalg.matvec(title_model(tf.constant([f"film {i}" for i in range(12)])),
                          user_model(tf.constant(["u1"]))[0])  # fmt: skip
values, places = tf.math.top_k(scores, k=3)
print("losses", losses[0], losses[-1], places.numpy())
print("done")
