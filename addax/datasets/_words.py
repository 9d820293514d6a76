"""Texts as rows of word numbers: reading them, and Keras's options for what the numbers mean.

Words are kept flat, all rows after one another, as ranks: 1 is the most frequent word, `_UNKNOWN`
one that the file does not number. `load_data` turns ranks into what it returns.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from addax.datasets._read import Npz

_UNKNOWN = np.iinfo("int64").max
_MAX_RANK = 10_000_000
_START, _OOV, _FROM = 1, 2, 3  # what the flat layout's numbers mean: load_data's default arguments


class Texts(NamedTuple):
    """`words` (sum of lengths,), `lengths` (n,), `labels` (n,)."""

    words: np.ndarray
    lengths: np.ndarray
    labels: np.ndarray


def read_texts(path: str, part: str) -> Texts:
    """The rows of `part` ("_train", "_test" or ""), from either layout of an `.npz` file.

    Keras's layout has object arrays `x{part}` of lists of ranks, and `y{part}`. The flat one has
    `tokens{part}`, `lengths{part}`, `labels{part}` with the numbers that `load_data()` returns by
    default (1 begins a row, 2 is an unknown word, words from 4), and needs no pickle.
    """
    with Npz(path) as file:
        if part == "" and "tokens_train" in file.names:
            texts = _concatenate(_flat(file, half) for half in ("_train", "_test"))
        elif f"tokens{part}" in file.names:
            texts = _flat(file, part)
        else:
            texts = Texts(*file.rows(f"x{part}"), file.array(f"y{part}"))
    if len(texts.lengths) != len(texts.labels):
        raise ValueError(
            f"it has {len(texts.lengths)} rows, but {len(texts.labels)} labels (part {part!r})"
        )
    if texts.words.size and (texts.words.min() < 0 or _last_rank(texts.words) > _MAX_RANK):
        raise ValueError(f"its words lie outside 0..{_MAX_RANK}")
    return texts


def _last_rank(words: np.ndarray) -> int:
    return words[words != _UNKNOWN].max(initial=0)


def _concatenate(parts: Iterable[Texts]) -> Texts:
    return Texts(*map(np.concatenate, zip(*parts, strict=True)))


def _flat(file: Npz, part: str) -> Texts:
    names = (f"tokens{part}", f"lengths{part}", f"labels{part}")
    tokens, lengths, labels = (file.array(name) for name in names)
    words, lengths = tokens.astype("int64"), lengths.astype("int64")
    if lengths.min(initial=1) < 1 or lengths.sum() != len(words):
        raise ValueError(f"lengths{part} add up to {lengths.sum()}, tokens{part} are {len(words)}")
    starts = np.cumsum(lengths) - lengths
    if np.any(words[starts] != _START):
        raise ValueError(f"tokens{part} must begin each row with {_START}, as load_data() does")
    ranks = np.delete(np.where(words == _OOV, _UNKNOWN, words - _FROM), starts)
    if ranks.min(initial=1) < 1:
        raise ValueError(f"tokens{part} must be {_OOV} or above {_FROM} after a row's start")
    return Texts(ranks, lengths - 1, labels)


class Encoding(NamedTuple):
    """Which numbers stand for which words: Keras's arguments."""

    num_words: int | None
    skip_top: int
    maxlen: int | None
    start_char: int | None
    oov_char: int | None
    index_from: int

    def rows(self, texts: Texts, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Rows as an object array of lists, and labels, in this order; rows of `maxlen` numbers
        and more are left out."""
        words = np.where(texts.words == _UNKNOWN, _UNKNOWN, texts.words + self.index_from)
        lengths = texts.lengths
        if self.start_char is not None:
            words = np.insert(words, np.cumsum(lengths) - lengths, self.start_char)
            lengths = lengths + 1
        if self.maxlen:
            order = order[lengths[order] < self.maxlen]
            if not len(order):
                raise ValueError(
                    f"No text is shorter than maxlen={self.maxlen}; the shortest has "
                    f"{lengths.min(initial=_UNKNOWN)} words. Give a larger maxlen."
                )
        known = (words >= self.skip_top) & (words < (self.num_words or _UNKNOWN))
        if self.oov_char is None:
            row = np.repeat(np.arange(len(lengths)), lengths)
            lengths = np.bincount(row[known], minlength=len(lengths))
            words = words[known]
        else:
            words = np.where(known, words, self.oov_char)
        return _split(words, lengths)[order], texts.labels[order].astype("int64")


def _split(words: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Object array (n,) of lists: NumPy would make equally long rows a matrix."""
    rows = np.empty(len(lengths), object)
    flat, ends = words.tolist(), np.cumsum(lengths).tolist()
    for index, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
        rows[index] = flat[start:end]
    return rows


def shuffled(generator: np.random.RandomState, count: int) -> np.ndarray:
    order = np.arange(count)
    generator.shuffle(order)
    return order
