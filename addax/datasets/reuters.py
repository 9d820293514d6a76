"""Reuters: 11,228 newswires as word numbers, in 46 topics (after Reuters-21578, Lewis 1987)."""

import numpy as np

from addax.datasets._load import Split, check_test_split, load
from addax.datasets._words import Encoding, shuffled

_TOPICS = """cocoa grain veg-oil earn acq wheat copper housing money-supply coffee sugar trade
reserves ship cotton carcass crude nat-gas cpi money-fx interest gnp meal-feed alum oilseed gold
tin strategic-metal livestock retail ipi iron-steel rubber heat jobs lei bop zinc orange pet-chem
dlr gas silver wpi hog lead"""


def load_data(
    path: str = "reuters.npz",
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    test_split: float = 0.2,
    seed: int = 113,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int = 3,
) -> Split:
    """`(x_train, y_train), (x_test, y_test)`: object arrays of lists of word numbers, and topics
    int64 of 0..45 (`get_label_names()`).

    The word of rank r has the number `r + index_from`; a number below `skip_top`, or not below
    `num_words`, becomes `oov_char` (or is dropped, if that is None). `start_char` begins each row.
    Rows of `maxlen` numbers or more are left out; the last `test_split` of the rest are the test.
    """
    check_test_split(test_split)
    texts = load("reuters", path)["texts"]
    encoding = Encoding(num_words, skip_top, maxlen, start_char, oov_char, index_from)
    x, y = encoding.rows(texts, shuffled(np.random.RandomState(seed), len(texts.labels)))
    size = int(len(x) * (1 - test_split))
    return (x[:size], y[:size]), (x[size:], y[size:])


def get_word_index(path: str = "reuters_word_index.json") -> dict[str, int]:
    """The rank of each word; its number in `load_data()` is `rank + index_from`."""
    return load("reuters_word_index", path)


def get_label_names() -> tuple[str, ...]:
    """The 46 topics in the order of the labels."""
    return tuple(_TOPICS.split())
