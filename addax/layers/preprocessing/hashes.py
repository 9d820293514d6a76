"""64-bit hashes of many texts at once: FarmHash's Fingerprint64 and SipHash-2-4.

They equal those of TensorFlow's `to_hash_bucket_fast` and `to_hash_bucket_strong`, on every
platform and in every process. Arithmetic wraps at 64 bits.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

U = np.uint64
K0, K1, K2 = U(0xC3A5C85C97CB3127), U(0xB492B66FBE98F273), U(0x9AE16A3B2F90404F)
CAT = U(0xC6A4A7935BD1E995)


class Texts(NamedTuple):
    """Texts end to end, with where each starts and how many bytes it has."""

    data: np.ndarray
    start: np.ndarray
    length: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[bytes]) -> "Texts":
        length = np.fromiter(map(len, texts), np.int64, len(texts))
        data = np.frombuffer(b"".join(texts) + bytes(64), np.uint8)
        return cls(data, np.cumsum(length) - length, length)

    def __getitem__(self, chosen: np.ndarray) -> "Texts":  # type: ignore[override]
        return Texts(self.data, self.start[chosen], self.length[chosen])

    def word(self, at: np.ndarray | int, size: int = 8) -> np.ndarray:
        """The little-endian integers of `size` bytes from `at` on, counted from the starts."""
        where = (self.start + at)[:, None] + np.arange(size)
        return self.data[where].view(f"<u{size}")[:, 0].astype(U)

    def end(self, back: int, size: int = 8) -> np.ndarray:
        """The integers that start `back` bytes before the ends."""
        return self.word(self.length - back, size)


def _rotate(x: np.ndarray, by: int) -> np.ndarray:
    return (x >> U(by)) | (x << U(64 - by))


def _fold(x: np.ndarray) -> np.ndarray:
    return x ^ (x >> U(47))


def _mix(u: np.ndarray, v: np.ndarray, factor: np.ndarray) -> np.ndarray:
    return _fold((v ^ _fold((u ^ v) * factor)) * factor) * factor


# FarmHash (farmhashna::Hash64, https://github.com/google/farmhash), by length


def _empty(t: Texts) -> np.ndarray:
    return np.full(len(t.length), K2)


def _to_3(t: Texts) -> np.ndarray:
    n = t.length
    first, middle, last = t.word(0, 1), t.word(n >> 1, 1), t.end(1, 1)
    y, z = first + (middle << U(8)), n.astype(U) + (last << U(2))
    return _fold((y * K2) ^ (z * K0)) * K2


def _to_7(t: Texts) -> np.ndarray:
    n = t.length.astype(U)
    return _mix(n + (t.word(0, 4) << U(3)), t.end(4, 4), K2 + n * U(2))


def _to_16(t: Texts) -> np.ndarray:
    factor = K2 + t.length.astype(U) * U(2)
    a, b = t.word(0) + K2, t.end(8)
    return _mix(_rotate(b, 37) * factor + a, (_rotate(a, 25) + b) * factor, factor)


def _to_32(t: Texts) -> np.ndarray:
    factor = K2 + t.length.astype(U) * U(2)
    a, b, c, d = t.word(0) * K1, t.word(8), t.end(8) * factor, t.end(16) * K2
    return _mix(_rotate(a + b, 43) + _rotate(c, 30) + d, a + _rotate(b + K2, 18) + c, factor)


def _to_64(t: Texts) -> np.ndarray:
    factor = K2 + t.length.astype(U) * U(2)
    a, b, c, d = t.word(0) * K2, t.word(8), t.end(8) * factor, t.end(16) * K2
    y = _rotate(a + b, 43) + _rotate(c, 30) + d
    z = _mix(y, a + _rotate(b + K2, 18) + c, factor)
    e, f = t.word(16) * factor, t.word(24)
    g, h = (y + t.end(32)) * factor, (z + t.end(24)) * factor
    return _mix(_rotate(e + f, 43) + _rotate(g, 30) + h, e + _rotate(f + a, 18) + g, factor)


class _Long:
    """The state while blocks of 64 bytes are taken in."""

    def __init__(self, t: Texts):
        seed = np.full(len(t.length), U(81))
        self.x, self.y = seed * K2 + t.word(0), seed * K1 + U(113)
        self.z = _fold(self.y * K2 + U(113)) * K2
        self.v0, self.v1, self.w0, self.w1 = (np.zeros_like(seed) for _ in range(4))

    def take(self, t: Texts, at: np.ndarray | int, factor: Any, weight: int) -> None:
        """Take in the block that starts at `at`."""
        nine = U(weight)
        x = _rotate(self.x + self.y + self.v0 + t.word(at + 8), 37) * factor
        y = _rotate(self.y + self.v1 + t.word(at + 48), 42) * factor
        x, y = x ^ (self.w1 * nine), y + self.v0 * nine + t.word(at + 40)
        z = _rotate(self.z + self.w0, 33) * factor
        self.v0, self.v1 = _weak(t, at, self.v1 * factor, x + self.w0)
        self.w0, self.w1 = _weak(t, at + 32, z + self.w1, y + t.word(at + 16))
        self.x, self.y, self.z = z, y, x

    def __getitem__(self, chosen: np.ndarray) -> "_Long":
        part = _Long.__new__(_Long)
        vars(part).update({k: v[chosen] for k, v in vars(self).items()})
        return part

    def __setitem__(self, chosen: np.ndarray, part: "_Long") -> None:
        for name, value in vars(self).items():
            value[chosen] = vars(part)[name]


def _weak(t: Texts, at: np.ndarray | int, a: np.ndarray, b: np.ndarray) -> tuple:
    w, x, y, z = (t.word(at + i) for i in (0, 8, 16, 24))
    a = a + w
    b, c = _rotate(b + a + z, 21), a
    a = a + x + y
    return a + z, b + _rotate(a, 44) + c


def _longer(t: Texts) -> np.ndarray:
    state, blocks = _Long(t), (t.length - 1) // 64
    for i in range(blocks.max()):
        chosen = np.flatnonzero(blocks > i)
        part = state[chosen]
        part.take(t[chosen], 64 * i, K1, 1)
        state[chosen] = part
    factor = K1 + ((state.z & U(0xFF)) << U(1))
    state.w0 = state.w0 + ((t.length - 1) & 63).astype(U)
    state.v0 = state.v0 + state.w0
    state.w0 = state.w0 + state.v0
    state.take(t, t.length - 64, factor, 9)
    return _mix(
        _mix(state.v0, state.w0, factor) + _fold(state.y) * K0 + state.z,
        _mix(state.v1, state.w1, factor) + state.x,
        factor,
    )


BY_LENGTH = {0: _empty, 3: _to_3, 7: _to_7, 16: _to_16, 32: _to_32, 64: _to_64, 2**62: _longer}


def fingerprint(texts: Sequence[bytes]) -> np.ndarray:
    """FarmHash's Fingerprint64 of each text, as uint64."""
    t, result = Texts.of(texts), np.empty(len(texts), U)
    limits = np.array(list(BY_LENGTH))
    sort = np.searchsorted(limits, t.length)
    for i, function in enumerate(BY_LENGTH.values()):
        if len(chosen := np.flatnonzero(sort == i)):
            result[chosen] = function(t[chosen])
    return result


def concatenated(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The fingerprint of two things from their fingerprints (TensorFlow's FingerprintCat64)."""
    mixed = ((first ^ CAT) ^ (_fold(second * CAT) * CAT)) * CAT
    return _fold(_fold(mixed) * CAT)


# SipHash-2-4: Aumasson and Bernstein 2012, https://www.aumasson.jp/siphash/siphash.pdf


def _round(v: tuple) -> tuple:
    a, b, c, d = v
    a, c = a + b, c + d
    b, d = _rotate(b, 51) ^ a, _rotate(d, 48) ^ c
    a, c = _rotate(a, 32) + d, c + b
    b, d = _rotate(b, 47) ^ c, _rotate(d, 43) ^ a
    return a, b, _rotate(c, 32), d


def _absorb(v: tuple, word: np.ndarray) -> tuple:
    a, b, c, d = _round(_round((v[0], v[1], v[2], v[3] ^ word)))
    return a ^ word, b, c, d


def keyed(texts: Sequence[bytes], key: Sequence[int]) -> np.ndarray:
    """SipHash-2-4 of each text under a key of two integers, as uint64."""
    t = Texts.of(texts)
    first, second = (U(k % 2**64) for k in key)
    start = first, second, first, second
    constants = 0x736F6D6570736575, 0x646F72616E646F6D, 0x6C7967656E657261, 0x7465646279746573
    v = tuple(np.full(len(texts), k ^ U(c)) for k, c in zip(start, constants, strict=True))
    words, rest = t.length // 8, t.length % 8
    for i in range(words.max(initial=0)):
        chosen = np.flatnonzero(words > i)
        part = _absorb(tuple(x[chosen] for x in v), t[chosen].word(8 * i))
        for whole, new in zip(v, part, strict=True):
            whole[chosen] = new
    kept = (U(1) << (rest * 8).astype(U)) - U(1)
    last = (t.word(words * 8) & kept) | ((t.length & 0xFF).astype(U) << U(56))
    a, b, c, d = _absorb(v, last)
    v = a, b, c ^ U(0xFF), d
    for _ in range(4):
        v = _round(v)
    return v[0] ^ v[1] ^ v[2] ^ v[3]
