"""What is known of every data set: where its files are, and what their arrays must be."""

from typing import NamedTuple

_GOOGLE = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
_TORONTO = "https://www.cs.toronto.edu/~kriz/"


class File(NamedTuple):
    """A file by its usual name; `hash` (sha256 or md5) is that of the file at its usual place."""

    name: str
    origin: str
    hash: str | None = None
    subdir: str = ""  # below the cache's "datasets"

    @property
    def url(self) -> str:
        return self.origin + self.name


class Array(NamedTuple):
    """What an array must be; `None` in `shape` stands for any size."""

    dtype: str  # a name, or "float" or "integer"
    shape: tuple[int | None, ...]
    top: int | None = None  # values lie in 0..top
    balanced: bool = False  # every value occurs equally often
    sha256: str | None = None  # of dtype, shape and values: see `_read.fingerprint`


class Source(NamedTuple):
    files: tuple[File, ...]
    layout: str  # how the files are read: a key of `_load._LAYOUTS`
    arrays: dict[str, Array]


def _fashion(name: str) -> File:
    return File(name, _GOOGLE, subdir="fashion-mnist")


def _cifar_images(count: int) -> Array:
    return Array("uint8", (count, 3, 32, 32))


SOURCES = {
    "mnist": Source(
        (
            File(
                "mnist.npz",
                _GOOGLE,
                "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
            ),
        ),
        "npz",
        {
            "x_train": Array(
                "uint8",
                (60000, 28, 28),
                sha256="aaea6b05347b8b6ad5b4f46859d80c25d349f29e9666f605ee81de7828633f70",
            ),
            "y_train": Array(
                "uint8",
                (60000,),
                9,
                sha256="5c67498534333ca04602ccf56eab32d86c822998ee5bc7b553e7cda250737622",
            ),
            "x_test": Array(
                "uint8",
                (10000, 28, 28),
                sha256="2464f9fb40406d7393a5c95688822105de9683b3f12b280adac05f19592ccad9",
            ),
            "y_test": Array(
                "uint8",
                (10000,),
                9,
                sha256="759a6cad8f34f5b42cfcf12e5e813bacd0da9cfe5a8e3da853c6e72f8c375933",
            ),
        },
    ),
    "fashion_mnist": Source(
        (
            _fashion("train-images-idx3-ubyte.gz"),
            _fashion("train-labels-idx1-ubyte.gz"),
            _fashion("t10k-images-idx3-ubyte.gz"),
            _fashion("t10k-labels-idx1-ubyte.gz"),
        ),
        "idx",
        {  # MNIST's files bear the same names, but its classes differ in size
            "x_train": Array("uint8", (60000, 28, 28)),
            "y_train": Array("uint8", (60000,), 9, balanced=True),
            "x_test": Array("uint8", (10000, 28, 28)),
            "y_test": Array("uint8", (10000,), 9, balanced=True),
        },
    ),
    "cifar10": Source(
        (
            File(
                "cifar-10-binary.tar.gz",
                _TORONTO,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            ),
        ),
        "cifar10",
        {
            "x_train": _cifar_images(50000),
            "y_train": Array("uint8", (50000, 1), 9, balanced=True),
            "x_test": _cifar_images(10000),
            "y_test": Array("uint8", (10000, 1), 9, balanced=True),
        },
    ),
    "cifar100": Source(
        (
            File(
                "cifar-100-binary.tar.gz",
                _TORONTO,
                "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
            ),
        ),
        "cifar100",
        {
            "x_train": _cifar_images(50000),
            "coarse_train": Array("uint8", (50000, 1), 19, balanced=True),
            "fine_train": Array("uint8", (50000, 1), 99, balanced=True),
            "x_test": _cifar_images(10000),
            "coarse_test": Array("uint8", (10000, 1), 19, balanced=True),
            "fine_test": Array("uint8", (10000, 1), 99, balanced=True),
        },
    ),
    "imdb": Source(
        (
            File(
                "imdb.npz",
                _GOOGLE,
                "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f",
            ),
        ),
        "words",
        {"labels_train": Array("integer", (None,), 1), "labels_test": Array("integer", (None,), 1)},
    ),
    "imdb_word_index": Source(
        (File("imdb_word_index.json", _GOOGLE, "bfafd718b763782e994055a2d397834f"),), "json", {}
    ),
    "reuters": Source(
        (
            File(
                "reuters.npz",
                _GOOGLE,
                "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916",
            ),
        ),
        "words",
        {"labels": Array("integer", (None,), 45)},
    ),
    "reuters_word_index": Source(
        (File("reuters_word_index.json", _GOOGLE, "4d44cc38712099c9e383dc6e5f11a921"),), "json", {}
    ),
    "boston_housing": Source(
        (
            File(
                "boston_housing.npz",
                _GOOGLE,
                "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5",
            ),
        ),
        "npz",
        {"x": Array("float", (506, 13)), "y": Array("float", (506,))},
    ),
    "california_housing": Source(
        (
            File(
                "california_housing.npz",
                _GOOGLE,
                "1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f",
            ),
        ),
        "npz",
        {"x": Array("float", (20640, 8)), "y": Array("float", (20640,))},
    ),
    "digits": Source(
        (),
        "npz",
        {
            "x": Array(
                "uint8",
                (1797, 8, 8),
                16,
                sha256="c55c7dda5b6f74f83ce6c4cbc3bf7f3e315e68c05207dea6a68b3b84d161113c",
            ),
            "y": Array(
                "uint8",
                (1797,),
                9,
                sha256="d5977c0a81d4ab86b41c88d21dba6aea6a914e4e0a901b0b9e29f94f5a322858",
            ),
        },
    ),
}
