"""Small data sets, each in a module of its own with `load_data()`.

Files are cached as Keras caches them. Where the environment variable `ADDAX_DATASETS` names a
folder (or the https or http URL of a mirror), they are read from there instead.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addax.datasets import boston_housing as boston_housing
    from addax.datasets import california_housing as california_housing
    from addax.datasets import cifar10 as cifar10
    from addax.datasets import cifar100 as cifar100
    from addax.datasets import digits as digits
    from addax.datasets import fashion_mnist as fashion_mnist
    from addax.datasets import imdb as imdb
    from addax.datasets import mnist as mnist
    from addax.datasets import reuters as reuters

__all__ = [
    "boston_housing",
    "california_housing",
    "cifar10",
    "cifar100",
    "digits",
    "fashion_mnist",
    "imdb",
    "mnist",
    "reuters",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"addax.datasets has no data set {name!r}; it has {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return __all__
