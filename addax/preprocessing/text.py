"""Texts as numbers by a vocabulary or hashes, as programs before Keras 3 have it."""

import collections
import hashlib
import json
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'
MODES = ("binary", "count", "freq", "tfidf")


def text_to_word_sequence(
    input_text: str, filters: str = FILTERS, lower: bool = True, split: str = " "
) -> list[str]:
    """The words of a text, with the characters of `filters` taken as separators."""
    text = input_text.lower() if lower else input_text
    return [
        w for w in text.translate(str.maketrans(dict.fromkeys(filters, split))).split(split) if w
    ]


def hashing_trick(
    text: str,
    n: int,
    hash_function: Any = None,
    filters: str = FILTERS,
    lower: bool = True,
    split: str = " ",
    analyzer: Callable | None = None,
) -> list[int]:
    """A number from 1 to n - 1 for each word; by "md5" the same one in every process."""
    words = analyzer(text) if analyzer else text_to_word_sequence(text, filters, lower, split)
    compute = {None: hash, "md5": _md5}.get(hash_function, hash_function)
    return [compute(word) % (n - 1) + 1 for word in words]


def _md5(word: str) -> int:
    return int(hashlib.md5(word.encode()).hexdigest(), 16)


def one_hot(
    input_text: str,
    n: int,
    filters: str = FILTERS,
    lower: bool = True,
    split: str = " ",
    analyzer: Callable | None = None,
) -> list[int]:
    """`hashing_trick` by Python's `hash`, which differs between processes."""
    return hashing_trick(input_text, n, hash, filters, lower, split, analyzer)


class Tokenizer:
    """Numbers for the words of texts: 1 for the most frequent one, 0 for none.

    `num_words`: only smaller numbers are used. `oov_token` stands for all other words and has the
    number 1. Texts may be lists of words. New programs have `layers.TextVectorization`.
    """

    def __init__(
        self,
        num_words: int | None = None,
        filters: str = FILTERS,
        lower: bool = True,
        split: str = " ",
        char_level: bool = False,
        oov_token: str | None = None,
        analyzer: Callable | None = None,
        **kwargs: Any,
    ):
        if "nb_words" in kwargs:
            warnings.warn("nb_words is now called num_words.", stacklevel=2)
            num_words = kwargs.pop("nb_words")
        self.document_count = kwargs.pop("document_count", 0)
        if kwargs:
            raise TypeError(f"Tokenizer has no arguments {', '.join(kwargs)}.")
        self.num_words, self.filters, self.lower, self.split = num_words, filters, lower, split
        self.char_level, self.oov_token, self.analyzer = char_level, oov_token, analyzer
        self.word_counts: dict[str, int] = collections.OrderedDict()
        self.word_docs: dict[str, int] = collections.defaultdict(int)
        self.index_docs: dict[int, int] = collections.defaultdict(int)
        self.word_index: dict[str, int] = {}
        self.index_word: dict[int, str] = {}

    def _words(self, text: Any) -> Sequence[str]:
        if self.char_level or isinstance(text, list):
            lower = (lambda t: t.lower()) if self.lower else (lambda t: t)
            return [lower(word) for word in text] if isinstance(text, list) else lower(text)
        if self.analyzer is not None:
            return self.analyzer(text)
        return text_to_word_sequence(text, self.filters, self.lower, self.split)

    def fit_on_texts(self, texts: Iterable[Any]) -> None:
        """Count the words of texts, and number them by frequency."""
        for text in texts:
            self.document_count += 1
            words = self._words(text)
            for word in words:
                self.word_counts[word] = self.word_counts.get(word, 0) + 1
            for word in set(words):
                self.word_docs[word] += 1
        frequent = sorted(self.word_counts, key=lambda word: -self.word_counts[word])
        known = [self.oov_token] if self.oov_token is not None else []
        self.word_index = {word: i for i, word in enumerate([*known, *frequent], 1)}
        self.index_word = {i: word for word, i in self.word_index.items()}
        for word, count in self.word_docs.items():
            self.index_docs[self.word_index[word]] = count

    def fit_on_sequences(self, sequences: Sequence[Any]) -> None:
        """Count in how many lists of numbers each number is."""
        self.document_count += len(sequences)
        for sequence in sequences:
            for number in set(sequence):
                self.index_docs[number] += 1

    def _kept(self, numbers: Iterable[int | None]) -> Iterator[int]:
        """Known numbers that may be used; the one of `oov_token` for others, if there is one."""
        unknown = None if self.oov_token is None else self.word_index.get(self.oov_token)
        for number in numbers:
            beyond = number is None or (self.num_words and number >= self.num_words)
            number = unknown if beyond else number
            if number is not None:
                yield number

    def texts_to_sequences(self, texts: Iterable[Any]) -> list[list[int]]:
        """The numbers of the words of each text."""
        return list(self.texts_to_sequences_generator(texts))

    def texts_to_sequences_generator(self, texts: Iterable[Any]) -> Iterator[list[int]]:
        """As `texts_to_sequences`, one after the other."""
        for text in texts:
            yield list(self._kept(map(self.word_index.get, self._words(text))))

    def sequences_to_texts(self, sequences: Iterable[Any]) -> list[str]:
        """The words of each list of numbers, with spaces between them."""
        return list(self.sequences_to_texts_generator(sequences))

    def sequences_to_texts_generator(self, sequences: Iterable[Any]) -> Iterator[str]:
        """As `sequences_to_texts`, one after the other."""
        for sequence in sequences:
            known = (number if number in self.index_word else None for number in sequence)
            yield " ".join(self.index_word[number] for number in self._kept(known))

    def texts_to_matrix(self, texts: Iterable[Any], mode: str = "binary") -> np.ndarray:
        """`sequences_to_matrix` of the texts' numbers."""
        return self.sequences_to_matrix(self.texts_to_sequences(texts), mode)

    def sequences_to_matrix(self, sequences: Sequence[Any], mode: str = "binary") -> np.ndarray:
        """(texts, num_words): whether a word is there, its "count", "freq" or "tfidf".

        tf-idf is `(1 + log(count)) * log(1 + texts / (1 + texts that have the word))`.
        """
        if mode not in MODES:
            raise ValueError(f"mode is one of {', '.join(MODES)}; received {mode!r}.")
        size = self.num_words or (len(self.word_index) + 1 if self.word_index else 0)
        if not size:
            raise ValueError("Fit the Tokenizer on texts first, or give it num_words.")
        if mode == "tfidf" and not self.document_count:
            raise ValueError("Fit the Tokenizer on texts before mode='tfidf'.")
        matrix = np.zeros((len(sequences), size))
        for row, sequence in zip(matrix, sequences, strict=True):
            for number, count in collections.Counter(n for n in sequence if n < size).items():
                row[number] = self._weight(number, count, len(sequence), mode)
        return matrix

    def _weight(self, number: int, count: int, length: int, mode: str) -> float:
        if mode == "tfidf":
            rarity = self.document_count / (1 + self.index_docs.get(number, 0))
            return (1 + np.log(count)) * np.log(1 + rarity)
        return {"binary": 1, "count": count, "freq": count / length}[mode]

    _PLAIN = "num_words filters lower split char_level oov_token document_count".split()
    _LEARNT = "word_counts word_docs index_docs index_word word_index".split()

    def get_config(self) -> dict[str, Any]:
        """The arguments, and what was learnt as JSON."""
        learnt = {name: json.dumps(getattr(self, name)) for name in self._LEARNT}
        return {name: getattr(self, name) for name in self._PLAIN} | learnt

    def to_json(self, **kwargs: Any) -> str:
        """The configuration, for `tokenizer_from_json`."""
        return json.dumps({"class_name": "Tokenizer", "config": self.get_config()}, **kwargs)


def tokenizer_from_json(json_string: str) -> Tokenizer:
    """The Tokenizer that `to_json` described."""
    config = json.loads(json_string)["config"]
    learnt = {name: json.loads(config.pop(name)) for name in Tokenizer._LEARNT}
    tokenizer = Tokenizer(**config)
    for name, value in learnt.items():
        by_number = name in ("index_docs", "index_word")
        setattr(tokenizer, name, {int(k): v for k, v in value.items()} if by_number else value)
    return tokenizer
