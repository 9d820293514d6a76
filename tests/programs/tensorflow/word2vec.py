"""Skip-grams with negative samples, from a file of lines to embeddings."""

import tensorflow as tf
from tensorflow.keras import layers

SEED, NUM_NS = 42, 3
tf.random.set_seed(SEED)
tf.io.write_file("text.txt", "\n".join(["The wide road shimmered in the hot sun", "", "A sun"] * 6))
text_ds = tf.data.TextLineDataset("text.txt").filter(lambda x: tf.cast(tf.strings.length(x), bool))
vectorize_layer = layers.TextVectorization(
    standardize=lambda x: tf.strings.regex_replace(tf.strings.lower(x), "[!,.]", ""),
    max_tokens=50,
    output_mode="int",
    output_sequence_length=10,
)
vectorize_layer.adapt(text_ds.batch(4))
inverse_vocab = vectorize_layer.get_vocabulary()
text_vector_ds = text_ds.batch(4).prefetch(tf.data.AUTOTUNE).map(vectorize_layer).unbatch()
sequences = list(text_vector_ds.as_numpy_iterator())


def generate_training_data(sequences, window_size, num_ns, vocab_size, seed):
    targets, contexts, labels = [], [], []
    sampling_table = tf.keras.preprocessing.sequence.make_sampling_table(vocab_size)
    for sequence in sequences:
        pairs, _ = tf.keras.preprocessing.sequence.skipgrams(
            sequence, vocabulary_size=vocab_size, sampling_table=None, window_size=window_size,
            negative_samples=0,
        )  # fmt: skip
        for target_word, context_word in pairs[:4]:
            context_class = tf.expand_dims(tf.constant([context_word], dtype="int64"), 1)
            negative, _, _ = tf.random.log_uniform_candidate_sampler(
                true_classes=context_class, num_true=1, num_sampled=num_ns, unique=True,
                range_max=vocab_size, seed=seed, name="negative_sampling",
            )  # fmt: skip
            context = tf.concat([tf.squeeze(context_class, 1), negative], 0)
            label = tf.constant([1] + [0] * num_ns, dtype="int64")
            targets.append(target_word)
            contexts.append(context)
            labels.append(label)
    assert len(sampling_table) == vocab_size
    return targets, contexts, labels


targets, contexts, labels = generate_training_data(sequences, 2, NUM_NS, 50, SEED)
dataset = tf.data.Dataset.from_tensor_slices(
    ((tf.constant(targets), tf.stack(contexts)), tf.stack(labels))
)
dataset = dataset.shuffle(100).batch(8, drop_remainder=True).cache().prefetch(tf.data.AUTOTUNE)


class Word2Vec(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim):
        super().__init__()
        self.target_embedding = layers.Embedding(vocab_size, embedding_dim, name="w2v_embedding")
        self.context_embedding = layers.Embedding(vocab_size, embedding_dim)

    def call(self, pair):
        target, context = pair
        if len(target.shape) == 2:
            target = tf.squeeze(target, axis=1)
        word_emb = self.target_embedding(target)
        context_emb = self.context_embedding(context)
        return tf.einsum("be,bce->bc", word_emb, context_emb)


word2vec = Word2Vec(50, 8)
word2vec.compile(
    optimizer="adam",
    loss=tf.keras.losses.CategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
word2vec.fit(dataset, epochs=2, verbose=0)
weights = word2vec.get_layer("w2v_embedding").get_weights()[0]
with tf.io.gfile.GFile("vectors.tsv", "w") as out:
    for word, vector in zip(inverse_vocab, weights):
        out.write(word + "\t" + "\t".join(str(v) for v in vector) + "\n")
assert tf.io.gfile.exists("vectors.tsv")
print("done")
