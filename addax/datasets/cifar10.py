"""CIFAR-10: 60,000 small colour photographs in ten classes (Krizhevsky 2009)."""

from addax.datasets._load import Split, images, load, split


def load_data() -> Split:
    """`(x_train, y_train), (x_test, y_test)`: uint8 images (50000 or 10000, 32, 32, 3), with the
    channels first where `image_data_format()` says so, labels uint8 (50000 or 10000, 1): airplane,
    automobile, bird, cat, deer, dog, frog, horse, ship, truck."""
    (x_train, y_train), (x_test, y_test) = split(load("cifar10"))
    return (images(x_train), y_train), (images(x_test), y_test)
