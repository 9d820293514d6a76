"""Two networks against each other: one draws digits, the other tells them from real ones.

python examples/gan_digits.py [--quick]
"""

import sys

import numpy as np

import addax as keras
from addax import layers

quick = "--quick" in sys.argv
(images, _), _ = keras.datasets.digits.load_data()
images = images / np.float32(16)
latent, batch = 16, 64

keras.utils.set_random_seed(1)
generator = keras.Sequential(
    [
        keras.Input((latent,)),
        layers.Dense(128, activation="relu"),
        layers.Dense(64, activation="sigmoid"),
        layers.Reshape((8, 8)),
    ]
)
discriminator = keras.Sequential(
    [
        keras.Input((8, 8)),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.3),
        layers.Dense(1, activation="sigmoid"),
    ]
)

# What trains is settled by compile(): the discriminator learns by itself, but not inside the GAN.
slow = {"learning_rate": 1e-3, "beta_1": 0.5}
discriminator.compile(keras.optimizers.Adam(**slow), "binary_crossentropy")
discriminator.trainable = False
gan = keras.Sequential([generator, discriminator])
gan.compile(keras.optimizers.Adam(**slow), "binary_crossentropy")

real, fake = np.ones((batch, 1)), np.zeros((batch, 1))
for step in range(1, (300 if quick else 10000) + 1):
    drawn = generator.predict(np.random.normal(size=(batch, latent)), verbose=0)
    chosen = images[np.random.randint(len(images), size=batch)]
    tell = discriminator.train_on_batch(np.concatenate([chosen, drawn]), np.append(real, fake))
    fool = gan.train_on_batch(np.random.normal(size=(batch, latent)), real)
    if step % (100 if quick else 1000) == 0:
        print(f"step {step}: loss of the discriminator {tell:.2f}, of the generator {fool:.2f}")

rows = generator.predict(np.random.normal(size=(4, latent)), verbose=0)
for row in np.concatenate(list(rows), axis=1):
    print("".join(" .:oO#"[int(5 * ink + 0.5)] * 2 for ink in row))
