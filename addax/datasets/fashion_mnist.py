"""Fashion-MNIST: 70,000 pictures of clothes in ten classes (Xiao, Rasul, Vollgraf 2017; MIT)."""

from addax.datasets._load import Split, load, split


def load_data() -> Split:
    """`(x_train, y_train), (x_test, y_test)`: uint8 images (60000 or 10000, 28, 28) of 0..255,
    labels uint8 (60000 or 10000,): T-shirt, trouser, pullover, dress, coat, sandal, shirt,
    sneaker, bag, ankle boot."""
    return split(load("fashion_mnist"))
