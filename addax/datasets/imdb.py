"""IMDB: 50,000 film reviews as word numbers, positive or negative (Maas et al. 2011)."""

from typing import Any

import numpy as np

from addax.datasets._load import Split, load
from addax.datasets._words import Encoding, shuffled


def load_data(
    path: str = "imdb.npz",
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    seed: int = 113,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int = 3,
    **kwargs: Any,
) -> Split:
    """`(x_train, y_train), (x_test, y_test)`: object arrays of lists of word numbers, and labels
    int64 of 0 (negative) or 1.

    The word of rank r has the number `r + index_from`; a number below `skip_top`, or not below
    `num_words`, becomes `oov_char` (or is dropped, if that is None). `start_char` begins each row.
    Rows of `maxlen` numbers or more are left out. Also reads the flat, pickle-free layout.
    """
    if kwargs:
        num_words = kwargs.pop("nb_words", num_words)  # the spelling of Keras 1
    if kwargs:
        raise TypeError(f"imdb.load_data got {', '.join(kwargs)}, which it does not know.")
    arrays = load("imdb", path)
    encoding = Encoding(num_words, skip_top, maxlen, start_char, oov_char, index_from)
    generator = np.random.RandomState(seed)
    train, test = (
        encoding.rows(texts, shuffled(generator, len(texts.labels)))
        for texts in (arrays["texts_train"], arrays["texts_test"])
    )
    return train, test


def get_word_index(path: str = "imdb_word_index.json") -> dict[str, int]:
    """The rank of each word; its number in `load_data()` is `rank + index_from`."""
    return load("imdb_word_index", path)
