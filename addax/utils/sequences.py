"""Lists of different lengths as one array."""

from collections.abc import Sequence
from typing import Any

import numpy as np

SIDES = ("pre", "post")


def pad_sequences(
    sequences: Sequence[Any],
    maxlen: int | None = None,
    dtype: Any = "int32",
    padding: str = "pre",
    truncating: str = "pre",
    value: Any = 0.0,
) -> np.ndarray:
    """`sequences` in an array (number, maxlen, ...), filled up with `value` and cut to `maxlen`.

    `padding` and `truncating` say at which end: "pre" or "post". `maxlen` defaults to the longest
    length. Raises ValueError for entries that are no sequences, or of different inner shapes.
    """
    for name, side in (("padding", padding), ("truncating", truncating)):
        if side not in SIDES:
            raise ValueError(f'{name} is "pre" or "post"; received {side!r}.')
    lengths = _lengths(sequences)
    maxlen = max(lengths, default=0) if maxlen is None else maxlen
    if isinstance(value, str) and np.dtype(dtype).kind not in "OUS":
        raise ValueError(f"value={value!r} needs dtype=object; received dtype={dtype!r}.")
    first = next((s for s in sequences if len(s)), ())
    inner = np.asarray(first).shape[1:]
    padded = np.full((len(lengths), maxlen, *inner), value, dtype)
    for i, sequence in enumerate(sequences):
        kept = (
            sequence[max(0, len(sequence) - maxlen) :] if truncating == "pre" else sequence[:maxlen]
        )
        row = np.asarray(kept, dtype)
        if len(sequence) and row.shape[1:] != inner:
            raise ValueError(
                f"Entry {i} has inner shape {row.shape[1:]}; the first one has {inner}."
            )
        if len(row):
            padded[i, slice(-len(row), None) if padding == "pre" else slice(len(row))] = row
    return padded


def _lengths(sequences: Any) -> list[int]:
    if not hasattr(sequences, "__len__"):
        raise ValueError(f"pad_sequences takes a list of sequences; received {sequences!r}.")
    try:
        return [len(s) for s in sequences]
    except TypeError:
        found = next(s for s in sequences if not hasattr(s, "__len__"))
        raise ValueError(f"pad_sequences takes a list of sequences; one is {found!r}.") from None
