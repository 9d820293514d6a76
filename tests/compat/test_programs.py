"""Programs as tutorials of several years wrote them; each must run to its end, unmodified."""

from pathlib import Path

import pytest

HERE = Path(__file__).parents[1] / "programs"
# The others run with `python -m tests.programs.gallery`.
TUTORIALS = "char_rnn plain".split()
GUIDES = sorted((HERE / "guides").glob("*.py"))

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
    "folders and pipelines": """
import os
from PIL import Image
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.utils import image_dataset_from_directory
for i in range(12):
    os.makedirs('photos/' + 'ab'[i % 2], exist_ok=True)
    Image.fromarray(rng.randint(0, 255, (20, 24, 3)).astype('uint8')).save(
        'photos/%s/%d.jpg' % ('ab'[i % 2], i))
given = dict(validation_split=0.25, seed=123, image_size=(16, 16), batch_size=4)
train = image_dataset_from_directory('photos', subset='training', **given)
val = tf.keras.utils.image_dataset_from_directory('photos', subset='validation', **given)
names = train.class_names
for images, labels in train.take(1):
    assert images[0].numpy().astype('uint8').shape == (16, 16, 3)
    assert names[labels[0]] in 'ab' and isinstance(images, tf.Tensor)
normal = layers.Rescaling(1. / 255)
images, labels = next(iter(train.map(lambda x, y: (normal(x), y))))
assert 0 <= np.min(images[0]) and np.max(images[0]) <= 1
train = train.cache().shuffle(1000).prefetch(buffer_size=tf.data.AUTOTUNE)
val = val.cache().prefetch(buffer_size=tf.data.AUTOTUNE)
model = keras.Sequential([
    layers.Rescaling(1. / 255, input_shape=(16, 16, 3)), layers.Flatten(), layers.Dense(2)])
model.compile('adam', loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(train, validation_data=val, epochs=2, verbose=0)
def windows(series, size):
    ds = tf.data.Dataset.from_tensor_slices(series)
    ds = ds.window(size + 1, shift=1, drop_remainder=True)
    ds = ds.flat_map(lambda w: w.batch(size + 1)).shuffle(100)
    return ds.map(lambda w: (w[:-1], w[-1])).batch(8).prefetch(1)
shapes = [(a.shape, b.shape) for a, b in windows(np.arange(13.), 5)]
scaled = tf.data.Dataset.from_tensor_slices((x, y)).map(
    lambda a, b: (tf.cast(a, tf.float32) / 255., tf.one_hot(b, 2))).batch(4)
spec = tf.TensorSpec(shape=(2,), dtype=tf.int32)
made = tf.data.Dataset.from_generator(lambda: iter([[1, 2]]), output_signature=spec)
assert made.element_spec == spec and len(list(made)) == 1
assert tf.data.experimental.cardinality(scaled).numpy() == 16
assert shapes == [((8, 5), (8,))]
print('done', 2)
""",
    "generators of images and tokenizers": """
from keras.models import Sequential
from keras.layers import Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator, load_img, img_to_array
from keras.preprocessing import text, sequence
from tensorflow.keras.preprocessing.text import Tokenizer
from tensorflow.keras.preprocessing.image import ImageDataGenerator as Same
assert ImageDataGenerator is Same and text.Tokenizer is Tokenizer
images = rng.rand(8, 6, 6, 3) * 255
flow = ImageDataGenerator(rescale=1. / 255, horizontal_flip=True, rotation_range=20).flow(
    images, y[:8], batch_size=4)
model = Sequential([Flatten(input_shape=(6, 6, 3)), Dense(1)])
model.compile('sgd', 'mse')
model.fit_generator(flow, steps_per_epoch=2, epochs=2, verbose=0, workers=2)
tokenizer = Tokenizer(num_words=10)
tokenizer.fit_on_texts(['a b c', 'b c', 'c'])
padded = sequence.pad_sequences(tokenizer.texts_to_sequences(['c d a']), 3)
assert padded.tolist() == [[0, 1, 3]]
print('done', 2)
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


@pytest.mark.parametrize("name", TUTORIALS)
def test_tutorial(name, script, addax_run):
    """What TensorFlow's tutorials show, each as one program."""
    done = addax_run(script((HERE / "tensorflow" / f"{name}.py").read_text()))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "done"
