"""California housing, from the census of 1990 (Pace, Barry 1997)."""

from addax.datasets._load import Split, check_test_split, load, shuffle_and_split

_ROWS = {"small": 600, "large": None}


def load_data(
    version: str = "large",
    path: str = "california_housing.npz",
    test_split: float = 0.2,
    seed: int = 113,
) -> Split:
    """`(x_train, y_train), (x_test, y_test)`: 8 features (n, 8) of 20,640 districts (`"small"`: the
    first 600), and the median house value in dollars (n,). The last `test_split` of the rows,
    shuffled by `seed`, are the test."""
    check_test_split(test_split)
    if version not in _ROWS:
        raise ValueError(f"version is {version!r}, expected 'small' or 'large'.")
    arrays, rows = load("california_housing", path), _ROWS[version]
    return shuffle_and_split(arrays["x"][:rows], arrays["y"][:rows], test_split, seed)
