"""Is a review good or bad? An LSTM learns that "not" turns the next word round.

python examples/text_lstm.py [--quick]
"""

import itertools
import sys

import numpy as np

import addax as keras
from addax import layers

quick = "--quick" in sys.argv

# Every sentence of a small grammar, of three to eight words.
openings = ["the film", "the plot of this film", "honestly the music", "the end"]
turns = {"is": 1, "was": 1, "is not": -1, "was never": -1, "is hardly": -1}
degrees = ["", "really", "so very"]
words = {"good": 1, "fine": 1, "moving": 1, "great": 1, "bad": -1, "dull": -1, "long": -1}
parts = list(itertools.product(openings, turns, degrees, words))
texts = [" ".join(part).split() for part in parts]
labels = np.array([turns[turn] * words[word] > 0 for _, turn, _, word in parts], "float32")

# Words become numbers; 0 pads the end, and a mask hides it from the LSTM.
vocabulary = {word: i for i, word in enumerate(sorted({w for t in texts for w in t}), start=1)}
numbers = keras.utils.pad_sequences([[vocabulary[w] for w in t] for t in texts], padding="post")

keras.utils.set_random_seed(1)
order = np.random.permutation(len(texts))
train, test = order[: len(texts) * 3 // 4], order[len(texts) * 3 // 4 :]
model = keras.Sequential(
    [
        keras.Input(numbers.shape[1:], dtype="int32"),
        layers.Embedding(len(vocabulary) + 1, 16, mask_zero=True),
        layers.LSTM(32),
        layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(keras.optimizers.Adam(1e-2), "binary_crossentropy", metrics=["accuracy"])
model.fit(numbers[train], labels[train], epochs=15 if quick else 40, verbose=2)
loss, accuracy = model.evaluate(numbers[test], labels[test], verbose=0)
print(f"Sentences it never saw: accuracy {accuracy:.3f}")
for i in test[:4]:
    good = float(model.predict(numbers[i : i + 1], verbose=0)[0, 0])
    print(f"{good:4.0%} good: {' '.join(texts[i])}")
