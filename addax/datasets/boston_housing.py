"""Boston housing (Harrison, Rubinfeld 1978). Column "B" assumes that segregation raises prices:
use it to discuss such data; `california_housing` is the replacement."""

from addax.datasets._load import Split, check_test_split, load, shuffle_and_split


def load_data(path: str = "boston_housing.npz", test_split: float = 0.2, seed: int = 113) -> Split:
    """`(x_train, y_train), (x_test, y_test)`: 13 features (n, 13) of 506 places, and the median
    price in 1000 dollars (n,). The last `test_split` of the rows, shuffled by `seed`, are the
    test."""
    check_test_split(test_split)
    arrays = load("boston_housing", path)
    return shuffle_and_split(arrays["x"], arrays["y"], test_split, seed)
