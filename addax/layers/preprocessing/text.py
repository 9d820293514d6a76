"""`TextVectorization`: from texts to numbers."""

import itertools
import math
import string
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Self

import numpy as np

from addax.core.checks import one_of
from addax.core.configs import deserialize
from addax.core.fields import fields
from addax.core.settings import floatx
from addax.core.symbol import KerasTensor
from addax.core.types import Shape, Tensor
from addax.layers.preprocessing.host import (
    Adaptable,
    HostLayer,
    decoded,
    encode,
    encoded,
    entered,
    on_host,
)
from addax.layers.preprocessing.lookup import MODES, OLD_MODES, StringLookup

PUNCTUATION = string.punctuation.encode()
BETWEEN = b"\xff"  # in no UTF-8
SPACE = np.isin(np.arange(256), list(b" \t\n\r\x0b\x0c" + BETWEEN))
FUNCTIONS = "standardize", "split"
STANDARDIZE = None, "lower_and_strip_punctuation", "lower", "strip_punctuation"
SPLIT = None, "whitespace", "character"


class Tokens(NamedTuple):
    """The tokens of all texts end to end, how many each text has, and the shape of the texts."""

    flat: Sequence[bytes]
    lengths: np.ndarray
    shape: tuple

    @classmethod
    def of(cls, rows: Sequence[Sequence[bytes]], shape: tuple) -> "Tokens":
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        return cls(list(itertools.chain.from_iterable(rows)), lengths, shape)

    @property
    def rows(self) -> Iterator[Sequence[bytes]]:
        ends = self.lengths.cumsum().tolist()
        return (self.flat[i:j] for i, j in zip([0, *ends], ends, strict=False))


class _Sized(Adaptable, HostLayer):
    """Takes the number of vocabulary entries, which configurations hold."""

    def __init__(self, vocabulary_size: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._size = vocabulary_size


@fields
class TextVectorization(_Sized):
    """Texts as the indices of their tokens, or as one row of floats a text.

    Each text is standardized, split into tokens, joined into n-grams and looked up. `(batch,)` or
    `(batch, 1)` -> `(batch, time)` for output_mode "int", padded with 0; index 1 is for unknown
    tokens. The other modes give `(batch, indices)`.

    ValueError for arguments that don't fit together and for inputs that are no texts;
    RuntimeError before there is a vocabulary.
    """

    max_tokens: int | None = None
    standardize: str | Callable | None = "lower_and_strip_punctuation"
    split: str | Callable | None = "whitespace"
    ngrams: int | Sequence[int] | None = None
    output_mode: str = "int"
    output_sequence_length: int | None = None
    pad_to_max_tokens: bool = False
    vocabulary: Any = None
    idf_weights: Tensor = None
    sparse: bool = False
    ragged: bool = False
    encoding: str = "utf-8"

    order = """max_tokens standardize split ngrams output_mode output_sequence_length
        pad_to_max_tokens vocabulary idf_weights sparse ragged encoding name ..."""
    untracked = StringLookup.untracked
    compute_dtype = property(lambda self: "string")

    def setup(self) -> None:
        mode = OLD_MODES.get(self.output_mode, self.output_mode)
        self.output_mode = one_of("output_mode", mode, MODES)
        for name, known in zip(FUNCTIONS, (STANDARDIZE, SPLIT), strict=True):
            if not callable(getattr(self, name)):
                one_of(name, getattr(self, name), (*known, "a function"))
        self._check()
        self._lookup_layer = StringLookup(
            max_tokens=self.max_tokens,
            mask_token="",
            vocabulary=self.vocabulary,
            idf_weights=self.idf_weights,
            output_mode=self.output_mode,
            pad_to_max_tokens=self.pad_to_max_tokens,
            sparse=self.sparse,
            encoding=self.encoding,
            vocabulary_size=self._size,
        )
        self.vocabulary = self._lookup_layer.vocabulary
        self.idf_weights = self._lookup_layer.idf_weights

    def _check(self) -> None:
        n, length = self.ngrams, self.output_sequence_length
        widths = [n] if isinstance(n, int) else n
        if n is not None and not all(type(w) is int and w > 0 for w in widths or ["no"]):
            raise ValueError(f"ngrams is a positive integer or a tuple of them; received {n!r}.")
        if self.output_mode == "int" and not isinstance(length, int | None):
            raise ValueError(f"output_sequence_length is an integer or None; received {length!r}.")
        if self.output_mode != "int" and (length is not None or self.ragged):
            raise ValueError(
                "output_sequence_length and ragged go with output_mode='int'; received "
                f"{length!r}, {self.ragged!r} and {self.output_mode!r}."
            )

    # From texts to tokens

    def _tokens(self, inputs: Any) -> Tokens:
        texts = on_host(inputs)
        flat = self._encoded(texts)
        if callable(self.standardize):
            texts = np.asarray(self.standardize(for_users(flat).reshape(texts.shape)))
            flat = self._encoded(texts)
        tokens = self._separated(flat, texts.shape)
        if self.ngrams is None:
            return tokens
        n = self.ngrams
        widths = range(1, n + 1) if isinstance(n, int) else n
        return Tokens.of([list(ngrams(row, widths)) for row in tokens.rows], tokens.shape)

    def _encoded(self, texts: np.ndarray) -> list[bytes]:
        return encoded(texts, self.encoding, f"TextVectorization {self.name!r}")

    def _separated(self, texts: list[bytes], shape: tuple) -> Tokens:
        how = self.standardize if isinstance(self.standardize, str) else None
        if self.split is None:
            width = shape[-1] if shape else 1
            texts = [standardized(t, how) for t in texts]
            return Tokens(texts, np.full(math.prod(shape[:-1]), width), shape[:-1])
        if len(shape) > 1 and shape[-1] != 1:
            raise ValueError(
                f"TextVectorization {self.name!r} splits texts of shape (batch,) or (batch, 1); "
                f"received shape {shape}. With split=None the entries are tokens."
            )
        shape = shape[:-1] if len(shape) > 1 else shape
        if self.split == "whitespace":
            return Tokens(*words(texts, how), shape)
        texts = [standardized(t, how) for t in texts]
        if self.split == "character":
            parts = [t.decode("utf-8", "replace") for t in texts]
            return Tokens.of([[c.encode() for c in p] for p in parts], shape)
        assert callable(self.split)
        rows = [np.array(row, object).ravel() for row in self.split(for_users(texts))]
        name = f"The split function of TextVectorization {self.name!r}"
        if len(rows) != len(texts):
            raise ValueError(f"{name} gave {len(rows)} lists of tokens for {len(texts)} texts.")
        return Tokens.of([encoded(r, self.encoding, name) for r in rows], shape)

    # The vocabulary

    @property
    def _seen(self) -> Any:
        return self._lookup_layer._seen

    @_seen.setter
    def _seen(self, value: Any) -> None:
        self._lookup_layer._seen = value

    def adapt(self, data: Any, batch_size: int | None = None, steps: int | None = None) -> None:
        """Learn the vocabulary of `data`: an array, a list, a data set or an iterable of batches.

        At most `steps` batches are read. When reading them fails, or nothing came, the layer stays
        as it was.
        """
        super().adapt(data, steps)

    def update_state(self, data: Any) -> None:
        """Count the tokens of a batch of texts."""
        self._lookup_layer._check_not_fixed()
        tokens = self._tokens(data)
        self._lookup_layer._count(tokens.flat, tokens.rows, len(tokens.lengths))

    def finalize_state(self) -> None:
        """Make the vocabulary of what was counted: the most frequent first, ties from z to a."""
        self._lookup_layer.finalize_state()

    def reset_state(self) -> None:
        """Forget the counts; the vocabulary stays."""
        self._lookup_layer.reset_state()

    def get_vocabulary(self, include_special_tokens: bool = True) -> list:
        """The tokens in the order of their indices, from 0 on if special ones are included."""
        return self._lookup_layer.get_vocabulary(include_special_tokens)

    def vocabulary_size(self) -> int:
        """The number of indices, those for padding and unknown tokens included."""
        return self._lookup_layer.vocabulary_size()

    def set_vocabulary(self, vocabulary: Any, idf_weights: Any = None) -> None:
        """Take these tokens: see `StringLookup.set_vocabulary`."""
        self._lookup_layer.set_vocabulary(vocabulary, idf_weights)

    # Calling

    def call(self, inputs: Tensor) -> Any:
        lookup = self._lookup_layer
        lookup._check_ready()
        tokens = self._tokens(inputs)
        indices, lengths = lookup.find_keys(tokens.flat, lookup._first_oov), tokens.lengths
        if self.ragged:
            return np.split(indices, np.cumsum(lengths)[:-1])
        if self.output_mode == "int":
            return self._padded(indices.astype(np.int32), lengths, tokens.shape, 0)
        if self.output_mode == "one_hot":
            table = self._padded(indices, lengths, tokens.shape, -1)
            return encode(table[..., None], "one_hot", lookup._depth)
        rows = np.repeat(np.arange(len(lengths)), lengths)
        table = entered(indices, rows, (len(lengths), lookup._depth), lookup._counting)
        return lookup._weighted(table).reshape(*tokens.shape, -1)

    def _padded(self, indices: np.ndarray, lengths: np.ndarray, shape: tuple, gap: int) -> Any:
        """The indices of each text in a row, cut or filled with `gap` to one length."""
        longest = lengths.max(initial=0)
        width = longest if self.output_sequence_length is None else self.output_sequence_length
        table = np.full((len(lengths), max(longest, width)), gap, indices.dtype)
        table[np.arange(table.shape[1]) < lengths[:, None]] = indices
        return table[:, :width].reshape(*shape, width)

    def compute_output_shape(self, input_shape: Shape) -> tuple:
        shape = tuple(input_shape)
        if self.split is None and self.ngrams is None and self.output_sequence_length is None:
            return self._lookup_layer.compute_output_shape(shape)
        shape = shape[:-1] if len(shape) > 1 else shape
        if self.output_mode == "int":
            return (*shape, self.output_sequence_length)
        return (*shape, *[None] * (self.output_mode == "one_hot"), self._lookup_layer._depth)

    def compute_output_spec(self, inputs: Tensor) -> Any:
        if self.ragged:
            raise ValueError(
                "ragged=True gives a list of arrays, which can't go on in a model: leave it out, "
                "and the indices are padded."
            )
        dtype = "int64" if self.output_mode == "int" else floatx()
        return KerasTensor(self.compute_output_shape(inputs.shape), dtype)

    # Configuration and files

    def get_config(self) -> dict:
        lookup = self._lookup_layer.get_config()
        kept = {k: lookup[k] for k in ("vocabulary", "idf_weights")}
        size = lookup["vocabulary_size"] or self.vocabulary_size()
        return super().get_config() | kept | {"vocabulary_size": size}

    @classmethod
    def from_config(cls, config: dict) -> Self:
        config = {k: deserialize(v) if k in FUNCTIONS else v for k, v in config.items()}
        if isinstance(config.get("ngrams"), list):
            config["ngrams"] = tuple(config["ngrams"])
        return super().from_config(config)

    def save_own_variables(self, store: dict) -> None:
        self._lookup_layer.save_own_variables(store)

    def load_own_variables(self, store: Any) -> None:
        self._lookup_layer.load_own_variables(store)

    def _assets(self) -> dict[str, bytes]:
        return self._lookup_layer._assets()

    def _take_assets(self, files: dict[str, bytes]) -> None:
        self._lookup_layer._take_assets(files)

    def save_assets(self, dir_path: Any) -> None:
        """Write the learnt vocabulary into a folder."""
        self._lookup_layer.save_assets(dir_path)

    def load_assets(self, dir_path: Any) -> None:
        """Read what `save_assets` wrote."""
        self._lookup_layer.load_assets(dir_path)


def for_users(texts: list[bytes]) -> np.ndarray:
    """The texts as an array of NumPy's, for functions that users write."""
    return np.array(list(map(decoded, texts)), np.str_)


def standardized(text: bytes, how: str | None) -> bytes:
    """ASCII letters in lower case, ASCII punctuation away."""
    text = text.lower() if how is not None and "lower" in how else text
    return text.translate(None, PUNCTUATION) if how is not None and "strip" in how else text


def words(texts: list[bytes], how: str | None) -> tuple[list[bytes], np.ndarray]:
    """What stands between white space, of all texts, and how many words each text has.

    All texts are worked on as one, which is several times as fast as one by one.
    """
    whole = BETWEEN.join(texts)
    if whole.count(BETWEEN) != len(texts) - 1:  # no text, or bytes that are no UTF-8
        tokens = Tokens.of([standardized(t, how).split() for t in texts], ())
        return list(tokens.flat), tokens.lengths
    whole = standardized(whole, how)
    letters = np.frombuffer(whole, np.uint8)
    space = SPACE[letters]
    starts = np.flatnonzero(space[:-1] & ~space[1:]) + 1
    before = np.searchsorted(starts, np.flatnonzero(letters == BETWEEN[0]))
    led = int(not space[:1].all())
    lengths = np.diff(before + led, prepend=0, append=len(starts) + led)
    return whole.replace(BETWEEN, b" ").split(), lengths


def ngrams(tokens: Sequence[bytes], widths: Sequence[int] | range) -> Iterator[bytes]:
    """Runs of so many tokens, joined by a space, the runs of the first width first."""
    for width in widths:
        yield from map(b" ".join, zip(*(tokens[i:] for i in range(width)), strict=False))
