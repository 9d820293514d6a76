# The program of "Python中的TensorFlow与Keras:深度学习模型构建与训练", 六.3

from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Reshape, Flatten

# 生成器模型
def build_generator():
    model = Sequential()
    model.add(Dense(128, input_dim=100, activation='relu'))
    model.add(Dense(784, activation='sigmoid'))
    model.add(Reshape((28, 28, 1)))
    return model

# 判别器模型
def build_discriminator():
    model = Sequential()
    model.add(Flatten(input_shape=(28, 28, 1)))
    model.add(Dense(128, activation='relu'))
    model.add(Dense(1, activation='sigmoid'))
    return model

# Added: the article says "train the two in turn" and leaves the loop to the reader.
import numpy as np
from tensorflow.keras.datasets import mnist
(images, _), _ = mnist.load_data()
images = images[..., None] / 255.0

generator, discriminator = build_generator(), build_discriminator()
discriminator.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
discriminator.trainable = False
gan = Sequential([generator, discriminator])
gan.compile(optimizer='adam', loss='binary_crossentropy')

real, fake = np.ones((32, 1)), np.zeros((32, 1))
history = []
for step in range(300):
    noise = np.random.normal(size=(32, 100))
    chosen = images[np.random.randint(0, len(images), 32)]
    d_real = discriminator.train_on_batch(chosen, real)
    d_fake = discriminator.train_on_batch(generator.predict(noise, verbose=0), fake)
    g_loss = gan.train_on_batch(noise, real)
    history.append((d_real[0], d_fake[0], g_loss))
print('Losses (real, fake, generator):', np.mean(history[-50:], axis=0))
