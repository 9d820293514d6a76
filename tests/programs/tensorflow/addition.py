"""Sums written as texts, learned by a sequence to sequence model, letter by letter."""

import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
DIGITS, TRAINING_SIZE = 2, 400
MAXLEN = DIGITS + 1 + DIGITS


class CharacterTable:
    def __init__(self, chars):
        self.chars = sorted(set(chars))
        self.char_indices = {c: i for i, c in enumerate(self.chars)}
        self.indices_char = dict(enumerate(self.chars))

    def encode(self, C, num_rows):
        x = np.zeros((num_rows, len(self.chars)))
        for i, c in enumerate(C):
            x[i, self.char_indices[c]] = 1
        return x

    def decode(self, x, calc_argmax=True):
        if calc_argmax:
            x = x.argmax(axis=-1)
        return "".join(self.indices_char[x] for x in x)


chars = "0123456789+ "
ctable = CharacterTable(chars)
rng = np.random.default_rng(0)
pairs = rng.integers(0, 100, (TRAINING_SIZE, 2))
questions = [f"{a}+{b}".ljust(MAXLEN)[::-1] for a, b in pairs]
expected = [str(a + b).ljust(DIGITS + 1) for a, b in pairs]
x = np.array([ctable.encode(q, MAXLEN) for q in questions], bool)
y = np.array([ctable.encode(e, DIGITS + 1) for e in expected], bool)
split_at = len(x) - len(x) // 10
(x_train, x_val), (y_train, y_val) = np.split(x, [split_at]), np.split(y, [split_at])
model = keras.Sequential()
model.add(layers.Input((MAXLEN, len(chars))))
model.add(layers.LSTM(16))
model.add(layers.RepeatVector(DIGITS + 1))
model.add(layers.LSTM(16, return_sequences=True))
model.add(layers.Dense(len(chars), activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
for epoch in range(1, 3):
    model.fit(x_train, y_train, batch_size=32, epochs=1, validation_data=(x_val, y_val), verbose=0)
    rowx, rowy = x_val[np.array([0])], y_val[np.array([0])]
    preds = np.argmax(model.predict(rowx, verbose=0), axis=-1)
    print("Q", ctable.decode(rowx[0])[::-1], "T", ctable.decode(rowy[0]),
          "A", ctable.decode(preds[0], calc_argmax=False))  # fmt: skip
print("done")
