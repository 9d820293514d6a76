"""Layers that number the entries of a vocabulary: `StringLookup`, `IntegerLookup`."""

import itertools
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from addax import ops
from addax.core import settings
from addax.core.changes import changed
from addax.core.checks import one_of
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.symbol import KerasTensor, is_traced
from addax.core.types import Shape, Tensor
from addax.layers.preprocessing.categorical import encode as encode_traced
from addax.layers.preprocessing.hashes import fingerprint, keyed
from addax.layers.preprocessing.host import (
    UTF8,
    Adaptable,
    HostLayer,
    decoded,
    encode,
    encoded,
    encoded_shape,
    on_host,
)

MODES = "int", "one_hot", "multi_hot", "count", "tf_idf"
OLD_MODES = {"binary": "multi_hot", "tf-idf": "tf_idf"}
DROPPED = np.iinfo(np.int64).max  # the index of the mask token where masked entries don't count
ASSET = "vocabulary.txt"


class Seen:
    """What was counted so far: entries, the documents that hold each, and the documents."""

    def __init__(self) -> None:
        self.counts: Counter = Counter()
        self.documents: Counter = Counter()
        self.number = 0

    def idf(self, entries: Iterable) -> np.ndarray:
        """`log(1 + documents / (1 + documents with the entry))` of each entry."""
        having = np.array([self.documents[e] for e in entries], np.int64)
        return np.log(1 + self.number / (1 + having)).astype(settings.floatx())


class Lookup(Adaptable, HostLayer):
    """What both lookups share: a vocabulary, and how its indices are given out.

    Index 0 is the mask token's, if there is one and the indices themselves are the output; then
    come `num_oov_indices` for what is not in the vocabulary, then the vocabulary.
    """

    max_tokens: int | None
    num_oov_indices: int
    mask_token: Any
    oov_token: Any
    vocabulary: Any
    idf_weights: Any
    invert: bool
    output_mode: str
    sparse: bool
    pad_to_max_tokens: bool
    salt: Any

    entry_dtype: str
    untracked = (*Layer.untracked, "_entries", "_table", "_seen", "vocabulary", "idf_weights")

    def __init__(
        self, vocabulary_size: int | None = None, oov_method: str = "floormod", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self._size = vocabulary_size
        self.oov_method = oov_method
        self._entries: Sequence | None = None
        self._idf: np.ndarray | None = None
        self._seen = Seen()

    def setup(self) -> None:
        self.output_mode = one_of(
            "output_mode", OLD_MODES.get(self.output_mode, self.output_mode), MODES
        )
        self.oov_method = one_of("oov_method", self.oov_method, ("floormod", "farmhash"))
        self._check_sizes()
        self._check_modes()
        self.salt = as_key(self.salt)
        given, weights = self.vocabulary, self.idf_weights
        self._fixed = given is not None
        self.vocabulary = None if isinstance(given, (str, os.PathLike)) else listed(given)
        self.idf_weights = listed(weights)
        if given is not None:
            self.set_vocabulary(given, weights)

    def _check_sizes(self) -> None:
        if self.max_tokens is not None and self.max_tokens <= 1:
            raise ValueError(f"max_tokens is None or above 1; received {self.max_tokens!r}.")
        if self.pad_to_max_tokens and self.max_tokens is None:
            raise ValueError("pad_to_max_tokens needs max_tokens, the number to pad to.")
        if self.num_oov_indices < 0:
            raise ValueError(
                f"num_oov_indices is 0 or more; received num_oov_indices={self.num_oov_indices!r}."
            )

    def _check_modes(self) -> None:
        mode = self.output_mode
        if mode != "int" and self.invert:
            raise ValueError(f"invert=True goes with output_mode='int'; received {mode!r}.")
        if mode == "int" and self.sparse:
            raise ValueError("sparse=True goes with the other output modes than 'int'.")
        if mode != "tf_idf" and self.idf_weights is not None:
            raise ValueError(f"idf_weights go with output_mode='tf_idf'; received {mode!r}.")
        if mode == "tf_idf" and self.vocabulary is not None and self.idf_weights is None:
            raise ValueError("A vocabulary with output_mode='tf_idf' needs its idf_weights.")

    # What subclasses say

    def _keys(self, values: np.ndarray) -> Sequence:
        """The entries in `values`, flat, as the table knows them."""
        raise NotImplementedError

    def _plain(self, entries: Sequence) -> list:
        """Entries of the table as the user knows them."""
        raise NotImplementedError

    def _values(self, inputs: Any) -> Any:
        """The inputs as `_find` takes them."""
        return inputs

    def _index(self) -> None:
        """Make the table from `_entries`."""
        raise NotImplementedError

    def _find(self, values: Any) -> Any:
        """The index of each value; -1 for those that are not in the vocabulary."""
        raise NotImplementedError

    # The vocabulary

    @property
    def _first_oov(self) -> int:
        return int(self.mask_token is not None and self.output_mode == "int")

    @property
    def _first_entry(self) -> int:
        return self._first_oov + self.num_oov_indices

    def _special(self) -> list:
        return [self.mask_token] * self._first_oov + [self.oov_token] * self.num_oov_indices

    def get_vocabulary(self, include_special_tokens: bool = True) -> list:
        """The entries in the order of their indices, from 0 on if special tokens are included."""
        special = self._special() if include_special_tokens and self._entries is not None else []
        return special + self._plain(self._entries or ())

    def vocabulary_size(self) -> int:
        """The number of indices, those of special tokens included."""
        return self._first_entry + len(self._entries or ())

    def set_vocabulary(self, vocabulary: Any, idf_weights: Any = None) -> None:
        """Take these entries: a list, an array, or the name of a text file, one entry a line.

        They may begin with the special tokens. `idf_weights` go with output_mode "tf_idf".
        ValueError for no or equal entries, more than `max_tokens`, and special tokens elsewhere.
        """
        if (idf_weights is None) == (self.output_mode == "tf_idf"):
            raise ValueError(
                "idf_weights are given with output_mode='tf_idf', and with no other; received "
                f"idf_weights={idf_weights!r} and output_mode={self.output_mode!r}."
            )
        if isinstance(vocabulary, (str, os.PathLike)):
            vocabulary = self._lines(read_lines(vocabulary))
        entries = listed(vocabulary)
        if not entries:
            raise ValueError(f"The vocabulary is empty; received {vocabulary!r}.")
        special = self._special()
        led = entries[: len(special)] == special and bool(special)
        own = entries[len(special) :] if led else entries
        self._check_entries(own, special)
        weights = None if idf_weights is None else self._padded(idf_weights, len(entries), led)
        self._take(self._keys(on_host(own)) if own else [], weights)
        if self.vocabulary is not None:  # as the constructor was given one, so will the next be
            self.vocabulary, self.idf_weights = entries, listed(idf_weights)

    def _lines(self, lines: list[str]) -> list:
        """The entries that the lines of a file hold."""
        return lines

    def _check_entries(self, entries: list, special: list) -> None:
        double = [e for e, n in Counter(entries).items() if n > 1]
        if double:
            raise ValueError(
                f"Each entry stands once in a vocabulary; these came more often: {double[:10]}."
            )
        reserved = [self.mask_token] + [self.oov_token] * self.invert
        for token in reserved:
            if token is not None and token in entries:
                raise ValueError(
                    f"The special token {token!r} is entry {entries.index(token)} of the "
                    f"vocabulary; leave special tokens out, or begin with all of them: {special}."
                )
        size = self._first_entry + len(entries)
        if self.max_tokens is not None and size > self.max_tokens:
            raise ValueError(
                f"The vocabulary has {size} entries with the special tokens; max_tokens is "
                f"{self.max_tokens}."
            )

    def _padded(self, weights: Any, count: int, led: bool) -> np.ndarray:
        """The weights of all indices; special tokens without one get the mean."""
        weights = np.asarray(weights, settings.floatx())
        if weights.shape != (count,):
            raise ValueError(
                f"idf_weights hold one number an entry, {count}; received shape {weights.shape}."
            )
        return self._filled(weights, 0 if led else self._first_entry)

    def _filled(self, weights: np.ndarray, front: int) -> np.ndarray:
        back = (self.max_tokens or 0) - front - len(weights) if self.pad_to_max_tokens else 0
        mean = weights.mean() if len(weights) else 0
        return np.concatenate([np.full(front, mean), weights, np.zeros(back)]).astype(weights.dtype)

    def _take(self, entries: Sequence, weights: np.ndarray | None) -> None:
        """Use these entries from now on. RuntimeError when calls rely on another number."""
        size = self._first_entry + len(entries)
        bound = self.output_mode != "int" and not self.pad_to_max_tokens
        if bound and self._inbound_nodes and self._size not in (None, size):
            raise RuntimeError(
                f"Layer {self.name!r} is part of a model, with outputs of {self._size} columns; "
                f"the new vocabulary would make {size}. Set it before, or use pad_to_max_tokens."
            )
        self._entries, self._size, self._idf = entries, size, weights
        self._index()
        changed(self)

    # Learning

    def update_state(self, data: Any) -> None:
        """Count the entries of a batch; its rows are documents, one axis is one document."""
        self._check_not_fixed()
        values = on_host(data)
        keys = self._keys(values)
        count = len(values) if values.ndim > 1 else 1
        width = len(keys) // max(count, 1)
        rows = (keys[i * width : (i + 1) * width] for i in range(count))
        self._count(keys, rows, count)

    def _check_not_fixed(self) -> None:
        if self._fixed:
            raise ValueError(
                f"Layer {self.name!r} was made with a vocabulary: it can't adapt to data."
            )

    def _count(self, keys: Sequence, documents: Iterable[Sequence], number: int) -> None:
        self._seen.counts.update(keys)
        if self.output_mode == "tf_idf":
            self._seen.documents.update(itertools.chain.from_iterable(map(set, documents)))
            self._seen.number += number

    def finalize_state(self) -> None:
        """Make the vocabulary of what was counted: the most frequent first, ties from z to a."""
        seen = self._seen
        if self._fixed or not seen.counts:
            return
        tokens = [t for t in (self.mask_token, self.oov_token) if t is not None]
        special = set(self._keys(on_host(tokens))) if tokens else set()
        entries = sorted(seen.counts.keys() - special, reverse=True)
        entries.sort(key=seen.counts.__getitem__, reverse=True)  # which keeps the order of ties
        if self.max_tokens is not None:
            entries = entries[: self.max_tokens - self._first_entry]
        tf_idf = self.output_mode == "tf_idf"
        weights = self._filled(seen.idf(entries), self._first_entry) if tf_idf else None
        self._take(entries, weights)
        self.reset_state()

    def reset_state(self) -> None:
        """Forget the counts; the vocabulary stays."""
        self._seen = Seen()

    # Looking up

    @property
    def _depth(self) -> Any:
        return self.max_tokens if self.pad_to_max_tokens else self._size

    def call(self, inputs: Tensor) -> Any:
        self._check_ready()
        if self.invert:
            return self._named(inputs)
        indices = self._indices(self._values(inputs))
        if self.output_mode == "int":
            return indices
        encoder = encode_traced if is_traced(inputs) else encode
        return self._weighted(encoder(indices, self._counting, self._depth))

    @property
    def _counting(self) -> str:
        return "count" if self.output_mode == "tf_idf" else self.output_mode

    def _weighted(self, counts: Any) -> Any:
        return counts if self._idf is None else counts * self._idf

    def _check_ready(self) -> None:
        if self._entries is None:
            raise RuntimeError(
                f"Layer {self.name!r} has no vocabulary yet: call adapt() with some data, or "
                "set_vocabulary()."
            )

    def _indices(self, values: Any) -> Any:
        found = self._find(values)
        unknown = found == -1
        if not self.num_oov_indices:
            if not is_traced(found) and unknown.any():
                raise ValueError(
                    "With num_oov_indices=0 all inputs must be in the vocabulary; these are not: "
                    f"{np.unique(np.asarray(values)[unknown])[:10].tolist()}."
                )
            return found
        bucket = self._bucket(values) if self.num_oov_indices > 1 else 0
        where = ops.where if is_traced(found) else np.where
        return where(unknown, self._first_oov + bucket, found)

    def _bucket(self, values: Any) -> Any:
        """Which of the out-of-vocabulary indices each value has."""
        texts = self._texts(values)
        hashed = fingerprint(texts) if self.salt is None else keyed(texts, self.salt)
        return (hashed % np.uint64(self.num_oov_indices)).astype(np.int64).reshape(values.shape)

    def _texts(self, values: np.ndarray) -> Sequence[bytes]:
        return self._keys(values)

    def _named(self, indices: Any) -> np.ndarray:
        """The entry of each index."""
        dtype = object if self.entry_dtype == "string" else self.entry_dtype
        names = np.array([*self.get_vocabulary(), self.oov_token], dtype)
        whole = on_host(indices)
        if whole.dtype.kind not in "iub":
            raise ValueError(f"With invert=True inputs are integers; received {whole.dtype}.")
        outside = (whole < 0) | (whole >= len(names) - 1)
        return names[np.where(outside, len(names) - 1, whole)]

    def compute_output_shape(self, input_shape: Shape) -> tuple:
        return encoded_shape(tuple(input_shape), self.output_mode, self._depth)

    def compute_output_spec(self, inputs: Tensor) -> Any:
        dtype = "int64" if self.output_mode == "int" else settings.floatx()
        shape = self.compute_output_shape(inputs.shape)
        return KerasTensor(shape, self.entry_dtype if self.invert else dtype)

    # Configuration and files

    def get_config(self) -> dict:
        extra: dict = {"vocabulary_size": self._size, "oov_method": self.oov_method}
        if self._breaks_lines():
            extra["vocabulary"] = self.get_vocabulary()
            extra["idf_weights"] = listed(self._idf)
        return super().get_config() | extra

    def _breaks_lines(self) -> bool:
        """Whether a learnt vocabulary can't stand in a file with an entry a line."""
        learnt = self._entries if self.vocabulary is None else None
        return any("\n" in str(e) for e in self._plain(learnt or ()))

    def save_own_variables(self, store: dict) -> None:
        if self._idf is not None:
            store["idf_weights"] = self._idf

    def load_own_variables(self, store: Any) -> None:
        if "idf_weights" in store:
            self._idf = np.asarray(store["idf_weights"])

    def _assets(self) -> dict[str, bytes]:
        """Files that a saved model holds besides weights: the vocabulary, if it was learnt."""
        if self.vocabulary is not None or self._entries is None or self._breaks_lines():
            return {}
        return {ASSET: "\n".join(map(str, self.get_vocabulary())).encode(*UTF8)}

    def _take_assets(self, files: dict[str, bytes]) -> None:
        """Take back what `_assets` gave."""
        if ASSET in files:
            entries = self._lines(files[ASSET].decode(*UTF8).split("\n"))
            self.set_vocabulary(entries, None if self._idf is None else self._idf[: len(entries)])

    def save_assets(self, dir_path: Any) -> None:
        """Write the learnt vocabulary into a folder."""
        for name, content in self._assets().items():
            with open(os.path.join(dir_path, name), "wb") as file:
                file.write(content)

    def load_assets(self, dir_path: Any) -> None:
        """Read what `save_assets` wrote."""
        path = os.path.join(dir_path, ASSET)
        if self.vocabulary is None:
            with open(path, "rb") as file:
                self._take_assets({ASSET: file.read()})


def listed(values: Any) -> list | None:
    """A list of Python's own numbers or texts; None stays."""
    if values is None:
        return None
    flat = on_host(values)
    if flat.ndim != 1:
        raise ValueError(f"A vocabulary has one axis; received shape {flat.shape}.")
    return [v.decode(*UTF8) if isinstance(v, bytes) else v for v in flat.tolist()]


def as_key(salt: Any) -> list[int] | None:
    """A salt as the two integers of a key."""
    if salt is None:
        return None
    pair = [salt, salt] if isinstance(salt, int) else salt
    if isinstance(pair, (list, tuple)) and len(pair) == 2 and all(type(k) is int for k in pair):
        return list(pair)
    raise ValueError(f"A salt is an integer or two of them; received {salt!r}.")


def read_lines(path: Any) -> list[str]:
    """The lines of a text file. ValueError if there is none."""
    try:
        with open(path, encoding=UTF8[0], errors=UTF8[1]) as file:
            return file.read().removesuffix("\n").split("\n")
    except OSError as error:
        raise ValueError(
            f"The vocabulary file {os.fspath(path)!r} can't be read: {error}."
        ) from None


@fields
class StringLookup(Lookup):
    """The index of each text in a vocabulary, or with `invert` the text of each index.

    Texts of any shape -> integers of that shape; the other output modes give floats, one column
    an index. The vocabulary is given, or learnt by `adapt`.

    ValueError for arguments that don't fit together, and for inputs that are no texts.
    RuntimeError before there is a vocabulary.
    """

    max_tokens: int | None = None
    num_oov_indices: int = 1
    mask_token: str | None = None
    oov_token: str | None = "[UNK]"
    vocabulary: Any = None
    idf_weights: Tensor = None
    invert: bool = False
    output_mode: str = "int"
    pad_to_max_tokens: bool = False
    sparse: bool = False
    encoding: str = "utf-8"
    salt: Any = None

    order = """max_tokens num_oov_indices mask_token oov_token vocabulary idf_weights invert
        output_mode pad_to_max_tokens sparse encoding name salt ..."""
    entry_dtype = "string"
    compute_dtype = property(lambda self: "int64" if self.invert else self.entry_dtype)

    def _keys(self, values: np.ndarray) -> list[bytes]:
        return encoded(values, self.encoding, f"{type(self).__name__} {self.name!r}")

    def _plain(self, entries: Sequence) -> list:
        return list(map(decoded, entries))

    def _index(self) -> None:
        assert self._entries is not None
        self._table = {e: i for i, e in enumerate(self._entries, self._first_entry)}
        if self.mask_token is not None:
            masked = 0 if self.output_mode == "int" else DROPPED
            self._table[self.mask_token.encode(*UTF8)] = masked

    def _find(self, values: np.ndarray) -> np.ndarray:
        return self.find_keys(self._keys(values), -1).reshape(values.shape)

    def find_keys(self, keys: Sequence[bytes], unknown: int) -> np.ndarray:
        """The index of each entry, as the table knows them; `unknown` for those it does not."""
        found = map(self._table.get, keys, itertools.repeat(unknown))
        return np.fromiter(found, np.int64, len(keys))


@fields
class IntegerLookup(Lookup):
    """The index of each integer in a vocabulary, or with `invert` the integer of each index.

    Integers of any shape -> integers of that shape; the other output modes give floats, one
    column an index. The vocabulary is given, or learnt by `adapt`. Integers have 64 bits on the
    host, 32 inside compiled code.

    ValueError for arguments that don't fit together, and for inputs that are no integers.
    RuntimeError before there is a vocabulary.
    """

    max_tokens: int | None = None
    num_oov_indices: int = 1
    mask_token: int | None = None
    oov_token: int | None = -1
    vocabulary: Any = None
    vocabulary_dtype: str = "int64"
    idf_weights: Tensor = None
    invert: bool = False
    output_mode: str = "int"
    sparse: bool = False
    pad_to_max_tokens: bool = False
    oov_method: str = "floormod"
    salt: Any = None

    order = """max_tokens num_oov_indices mask_token oov_token vocabulary vocabulary_dtype
        idf_weights invert output_mode sparse pad_to_max_tokens oov_method salt name ..."""
    entry_dtype = "int64"
    compute_dtype = property(lambda self: self.entry_dtype)

    @property
    def takes_traced(self) -> bool:
        hashes = self.oov_method == "farmhash" and self.num_oov_indices > 1
        return not (hashes or self.invert)

    def setup(self) -> None:
        if self.vocabulary_dtype != "int64":
            raise ValueError(f"vocabulary_dtype is int64; received {self.vocabulary_dtype!r}.")
        if self.salt is not None and self.oov_method != "farmhash":
            raise ValueError(f"salt goes with oov_method='farmhash'; received {self.oov_method!r}.")
        super().setup()

    def _lines(self, lines: list[str]) -> list:
        return list(map(int, lines))

    def _checked(self, values: np.ndarray) -> np.ndarray:
        """The values as integers; floats may be whole numbers."""
        if values.dtype.kind == "f" and (values == np.floor(values)).all():
            return values.astype(np.int64)
        if values.dtype.kind not in "iub" and values.size:
            raise ValueError(
                f"IntegerLookup {self.name!r} takes integers; received an array of "
                f"{values.dtype.name} and shape {values.shape}."
            )
        return values

    def _values(self, inputs: Any) -> Any:
        return ops.cast(inputs, "int32") if is_traced(inputs) else self._checked(inputs)

    def _keys(self, values: np.ndarray) -> list[int]:
        return self._checked(values).ravel().tolist()

    def _plain(self, entries: Sequence) -> list:
        return list(entries)

    def _index(self) -> None:
        assert self._entries is not None
        keys, indices = list(self._entries), list(range(self._first_entry, self._size or 0))
        if self.mask_token is not None:
            keys.append(self.mask_token)
            indices.append(0 if self.output_mode == "int" else DROPPED)
        order = np.argsort(np.array(keys, np.int64))
        self._table = np.array(keys, np.int64)[order], np.array(indices, np.int64)[order]

    def _find(self, values: Any) -> Any:
        keys, indices = self._table
        if is_traced(values):
            fits = np.abs(keys) < 2**31
            keys, indices = keys[fits], indices[fits].clip(max=2**31 - 1)
        xp = ops if is_traced(values) else np
        if not len(keys):
            return xp.full_like(values, -1)
        at = xp.minimum(xp.searchsorted(keys, values), len(keys) - 1)
        return xp.where(xp.equal(xp.take(keys, at), values), xp.take(indices, at), -1)

    def _bucket(self, values: Any) -> Any:
        if self.oov_method == "farmhash":
            return super()._bucket(values)
        return (ops if is_traced(values) else np).mod(values, self.num_oov_indices)

    def _texts(self, values: np.ndarray) -> Sequence[bytes]:
        return [b"%d" % v for v in self._keys(values)]
