"""CIFAR-100: 60,000 small colour photographs in 100 classes of 20 groups (Krizhevsky 2009)."""

from addax.datasets._load import Split, images, load, split


def load_data(label_mode: str = "fine") -> Split:
    """`(x_train, y_train), (x_test, y_test)`: uint8 images (50000 or 10000, 32, 32, 3), with the
    channels first where `image_data_format()` says so, labels uint8 (50000 or 10000, 1) of the
    100 classes (`label_mode="fine"`) or the 20 groups (`"coarse"`)."""
    if label_mode not in ("fine", "coarse"):
        raise ValueError(f"label_mode is {label_mode!r}, expected 'fine' or 'coarse'.")
    (x_train, y_train), (x_test, y_test) = split(load("cifar100"), label_mode)
    return (images(x_train), y_train), (images(x_test), y_test)
