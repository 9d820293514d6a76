"""Texts in folders, by class, to a classifier: TextVectorization in the pipeline and in the model."""

import os
import re
import shutil
import string

import tensorflow as tf
from tensorflow.keras import layers, losses

tf.random.set_seed(1)
words = {"pos": "good great fine <br />lovely", "neg": "bad awful poor <br />dreadful"}
for split, count in (("train", 40), ("test", 8)):
    for label, text in words.items():
        folder = os.path.join("texts", split, label)
        tf.io.gfile.makedirs(folder)
        for i in range(count):
            chosen = text.split()[i % 4 :] + ["film", str(i)]
            tf.io.write_file(os.path.join(folder, f"{i}.txt"), " ".join(chosen) + "!")
os.makedirs("texts/train/unsup")
shutil.rmtree("texts/train/unsup")

options = {"batch_size": 8, "seed": 42}
raw_train = tf.keras.utils.text_dataset_from_directory(
    "texts/train", validation_split=0.2, subset="training", **options
)
raw_val = tf.keras.utils.text_dataset_from_directory(
    "texts/train", validation_split=0.2, subset="validation", **options
)
for text_batch, label_batch in raw_train.take(1):
    for i in range(2):
        print("Review", text_batch.numpy()[i], "Label", label_batch.numpy()[i])


@tf.keras.utils.register_keras_serializable()
def custom_standardization(input_data):
    lowercase = tf.strings.lower(input_data)
    stripped_html = tf.strings.regex_replace(lowercase, "<br />", " ")
    return tf.strings.regex_replace(stripped_html, "[%s]" % re.escape(string.punctuation), "")


vectorize_layer = layers.TextVectorization(
    standardize=custom_standardization,
    max_tokens=100,
    output_mode="int",
    output_sequence_length=10,
)
vectorize_layer.adapt(raw_train.map(lambda x, y: x))


def vectorize_text(text, label):
    text = tf.expand_dims(text, -1)
    return vectorize_layer(text), label


text_batch, label_batch = next(iter(raw_train))
print("Vectorized", vectorize_text(text_batch[0], label_batch[0]))
train_ds = raw_train.map(vectorize_text).cache().prefetch(buffer_size=tf.data.AUTOTUNE)
val_ds = raw_val.map(vectorize_text).cache().prefetch(buffer_size=tf.data.AUTOTUNE)
model = tf.keras.Sequential(
    [
        layers.Embedding(101, 16),
        layers.Dropout(0.2),
        layers.GlobalAveragePooling1D(),
        layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(
    loss=losses.BinaryCrossentropy(),
    optimizer=tf.keras.optimizers.Adam(0.05),
    metrics=[tf.metrics.BinaryAccuracy(threshold=0.5)],
)
history = model.fit(train_ds, validation_data=val_ds, epochs=5, verbose=0)
assert history.history["val_binary_accuracy"][-1] > 0.9
export_model = tf.keras.Sequential([vectorize_layer, model])
export_model.compile(loss=losses.BinaryCrossentropy(), optimizer="adam", metrics=["accuracy"])
examples = tf.constant(["The film was great!", "The film was awful..."])
scores = export_model.predict(examples, verbose=0)
assert scores[0] > scores[1]
print("done")
