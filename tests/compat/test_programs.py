"""Programs as tutorials of several years wrote them; each must run to its end, unmodified."""

from pathlib import Path

import pytest

GUIDES = sorted((Path(__file__).parents[1] / "programs" / "guides").glob("*.py"))

DATA = """
import numpy as np
rng = np.random.RandomState(0)
x = rng.rand(64, 8).astype('float32')
y = (x.sum(axis=1) > 4).astype('int32')
"""

PROGRAMS = {
    "keras 1 and 2": """
from keras.models import Sequential
from keras.layers.core import Dense, Dropout, Activation
from keras.optimizers import SGD
from keras.utils import np_utils
labels = np_utils.to_categorical(y, 2)
model = Sequential()
model.add(Dense(16, input_dim=8))
model.add(Activation('relu'))
model.add(Dropout(0.2))
model.add(Dense(2, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer=SGD(lr=0.1), metrics=['acc'])
model.fit(x, labels, epochs=2, batch_size=16, verbose=0, validation_split=0.25)
score = model.evaluate(x, labels, verbose=0)
model.save_weights('weights.h5')
model.load_weights('weights.h5')
print('done', len(score))
""",
    "tf.keras": """
import tensorflow as tf
from tensorflow.keras import layers
tf.random.set_seed(1)
gpus = tf.config.list_physical_devices('GPU')
for gpu in gpus:
    tf.config.experimental.set_memory_growth(gpu, True)
model = tf.keras.models.Sequential([
    tf.keras.layers.Dense(16, activation=tf.nn.relu, input_shape=(8,)),
    layers.Dense(2),
])
model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=0.01),
              loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
              metrics=['accuracy'])
history = model.fit(x, y, epochs=2, verbose=0)
model.save('model.h5')
again = tf.keras.models.load_model('model.h5')
probability_model = tf.keras.Sequential([again, tf.keras.layers.Softmax()])
first = probability_model(tf.constant(x[:1])).numpy()
np.testing.assert_allclose(first, tf.nn.softmax(model(x[:1])).numpy(), rtol=1e-5)
print('done', len(history.history['loss']))
""",
    "own loss and layer": """
import keras
from keras import backend as K
from keras.engine.topology import Layer
from keras.layers import Input, Dense
from keras.models import Model

class Scale(Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(name='scale', shape=(input_shape[-1],), initializer='ones')
        super(Scale, self).build(input_shape)

    def call(self, inputs):
        return inputs * self.scale

def loss(y_true, y_pred):
    return K.mean(K.square(y_pred - K.cast(y_true, 'float32')), axis=-1)

inputs = Input(shape=(8,))
outputs = Dense(1, activation='sigmoid')(Scale()(inputs))
model = Model(inputs=inputs, outputs=outputs)
model.compile(loss=loss, optimizer='rmsprop')
model.fit(x, y[:, None], epochs=2, verbose=0)
print('done', len(model.get_weights()) - 1)
""",
    "recurrent": """
from tensorflow.keras.layers import Embedding, LSTM, Dense
from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.callbacks import EarlyStopping
words = pad_sequences([[1, 2, 3], [4, 5]] * 32, maxlen=4)
model = Sequential()
model.add(Embedding(10, 4, input_length=4))
model.add(LSTM(8))
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', 'binary_crossentropy', metrics=['accuracy'])
model.fit(words, y, epochs=2, verbose=0, validation_data=(words, y),
          callbacks=[EarlyStopping(patience=3)])
print('done', model.predict(words, verbose=0).shape[1] + 1)
""",
}


@pytest.mark.parametrize("era", PROGRAMS)
def test_program(era, script, addax_run):
    done = addax_run(script(DATA + PROGRAMS[era]))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "done 2"


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_guide(path, script, addax_run):
    """What Keras's guides show, each as one program."""
    done = addax_run(script(path.read_text()))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "done 2"
