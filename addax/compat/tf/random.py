"""`tf.random`: numbers by chance; other ones than TensorFlow's for the same seed."""

import random as chance_of_python
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

import addax
from addax.compat.placed import chance, ops
from addax.data.elements import element, in_pipeline


def uniform(
    shape: Sequence[int],
    minval: Any = 0,
    maxval: Any = None,
    dtype: Any = "float32",
    seed: Any = None,
    name: Any = None,
) -> Any:
    """Uniform in [minval, maxval), whole numbers for an integer type."""
    if "int" in addax.backend.standardize_dtype(dtype):
        return chance.randint(shape, minval, maxval, dtype, seed)
    return chance.uniform(shape, minval, 1.0 if maxval is None else maxval, dtype, seed)


def gamma(
    shape: Sequence[int],
    alpha: Any,
    beta: Any = None,
    dtype: Any = "float32",
    seed: Any = None,
    name: Any = None,
) -> Any:
    """Gamma numbers of `alpha`, divided by `beta`: (*shape, *the shape of both)."""
    alpha, scale = ops.convert_to_tensor(alpha, dtype), 1.0 if beta is None else beta
    whole = (*shape, *np.broadcast_shapes(alpha.shape, np.shape(scale)))
    return addax.random.gamma(whole, ops.broadcast_to(alpha, whole), dtype, seed) / scale


def poisson(
    shape: Sequence[int], lam: Any, dtype: Any = "float32", seed: Any = None, name: Any = None
) -> Any:
    """How many of what comes `lam` times on average: (*shape, *lam.shape). On the host."""
    lam = np.asarray(lam)
    rng = np.random.default_rng(chance_of_python.getrandbits(64) if seed is None else seed)
    return element(rng.poisson(lam, (*shape, *lam.shape)).astype(dtype))


# --- the same for the same seed -------------------------------------------------------------------


def _key(seed: Any) -> Any:
    """A seed of two numbers as one of Addax's."""
    return ops.cast(ops.convert_to_tensor(seed), "uint32")


def _words(seed: Any) -> list[int]:
    return [int(n) & 0xFFFFFFFF for n in np.asarray(seed).ravel()]


def stateless_uniform(
    shape: Any, seed: Any, minval: Any = 0, maxval: Any = None, dtype: Any = "float32",
    name: Any = None, alg: Any = None,
) -> Any:  # fmt: skip
    """`uniform` that is the same for the same seed, two numbers."""
    if in_pipeline():
        rng = np.random.default_rng(_words(seed))
        whole = "int" in addax.backend.standardize_dtype(dtype)
        draw: Any = rng.integers if whole else rng.uniform
        return element(draw(minval, 1.0 if maxval is None else maxval, shape).astype(dtype))
    return uniform(shape, minval, maxval, dtype, _key(seed))


def stateless_normal(
    shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = "float32",
    name: Any = None, alg: Any = None,
) -> Any:  # fmt: skip
    """`normal` that is the same for the same seed, two numbers."""
    if in_pipeline():
        return element(
            np.random.default_rng(_words(seed)).normal(mean, stddev, shape).astype(dtype)
        )
    return addax.random.normal(shape, mean, stddev, dtype, _key(seed))


def stateless_truncated_normal(
    shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = "float32",
    name: Any = None, alg: Any = None,
) -> Any:  # fmt: skip
    """`truncated_normal` that is the same for the same seed, two numbers."""
    return addax.random.truncated_normal(shape, mean, stddev, dtype, _key(seed))


def stateless_categorical(
    logits: Any, num_samples: int, seed: Any, dtype: Any = "int32", name: Any = None
) -> Any:
    """`categorical` that is the same for the same seed, two numbers."""
    return addax.random.categorical(logits, num_samples, dtype, _key(seed))


def split(seed: Any, num: int = 2, alg: Any = None) -> Any:
    """`num` seeds made of one."""
    words = np.random.default_rng(_words(seed)).integers(1 << 31, size=(int(num), 2))
    return ops.convert_to_tensor(words.astype("int32"))


def fold_in(seed: Any, data: Any, alg: Any = None) -> Any:
    """A seed made of one and a number."""
    words = np.random.default_rng([*_words(seed), *_words(data)]).integers(1 << 31, size=2)
    return ops.convert_to_tensor(words.astype("int32"))


class Generator:
    """A source of numbers with a state of its own: the same seed gives the same sequence."""

    def __init__(self, seed: Any = None):
        words = _words(seed) if seed is not None else [chance_of_python.getrandbits(64)]
        self._rng = np.random.default_rng(words)
        self._seeds = addax.random.SeedGenerator(int(self._rng.integers(1 << 31)))

    @classmethod
    def from_seed(cls, seed: Any, alg: Any = None) -> "Generator":
        """A generator for a seed."""
        return cls(seed)

    @classmethod
    def from_non_deterministic_state(cls, alg: Any = None) -> "Generator":
        """A generator that is another one each time, but for `tf.random.set_seed`."""
        return cls()

    @classmethod
    def from_state(cls, state: Any, alg: Any = None) -> "Generator":
        """A generator for a state, which is a seed of several numbers."""
        return cls(state)

    def _seed(self) -> Any:
        return None if in_pipeline() else self._seeds

    def normal(
        self,
        shape: Any,
        mean: Any = 0.0,
        stddev: Any = 1.0,
        dtype: Any = "float32",
        name: Any = None,
    ) -> Any:
        """Normal numbers."""
        return chance.normal(shape, mean, stddev, dtype, self._seed())

    def truncated_normal(
        self,
        shape: Any,
        mean: Any = 0.0,
        stddev: Any = 1.0,
        dtype: Any = "float32",
        name: Any = None,
    ) -> Any:
        """Normal numbers within two deviations."""
        return chance.truncated_normal(shape, mean, stddev, dtype, self._seed())

    def uniform(
        self,
        shape: Any,
        minval: Any = 0,
        maxval: Any = None,
        dtype: Any = "float32",
        name: Any = None,
    ) -> Any:
        """Uniform in [minval, maxval), whole numbers for an integer type."""
        return uniform(shape, minval, maxval, dtype, self._seed())

    def make_seeds(self, count: int = 1) -> Any:
        """(2, count) numbers, each column a seed for the stateless functions."""
        words = self._rng.integers(1 << 31, size=(2, int(count))).astype("int32")
        return element(words)

    def split(self, count: int = 1) -> list["Generator"]:
        """That many new generators."""
        return [Generator(column) for column in np.asarray(self.make_seeds(count)).T]


_shared: list[Generator] = []


def get_global_generator() -> Generator:
    """The generator that programs share."""
    if not _shared:
        _shared.append(Generator())
    return _shared[0]


def set_global_generator(generator: Generator) -> None:
    """Put another one in its place."""
    _shared[:] = [generator]


# --- words by chance ------------------------------------------------------------------------------


class Candidates(NamedTuple):
    """Classes drawn, and how often the true and the drawn ones are expected to come."""

    sampled_candidates: Any
    true_expected_count: Any
    sampled_expected_count: Any


def log_uniform_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    seed: Any = None,
    name: Any = None,
) -> Candidates:
    """Classes with the chance `log((c + 2) / (c + 1)) / log(range_max + 1)`, as words come.

    For classes in order of falling frequency; `unique` draws none twice. On the host.
    """
    classes = np.arange(int(range_max))
    chances = np.log((classes + 2) / (classes + 1)) / np.log(int(range_max) + 1)
    rng = np.random.default_rng(chance_of_python.getrandbits(64))
    count, tries = int(num_sampled), int(num_sampled)
    drawn = rng.choice(len(classes), count, not unique, chances / chances.sum())
    if unique:  # as many tries as it takes on average to find so many different ones
        while (1 - (1 - chances) ** tries).sum() < count:
            tries += 1

    def expected(chosen: np.ndarray) -> Any:
        p = chances[chosen]
        return element((1 - (1 - p) ** tries if unique else p * tries).astype("float32"))

    truth = np.asarray(true_classes, "int64")
    return Candidates(element(drawn.astype("int64")), expected(truth), expected(drawn))


def uniform_candidate_sampler(
    true_classes: Any, num_true: int, num_sampled: int, unique: bool, range_max: int,
    seed: Any = None, name: Any = None,
) -> Candidates:  # fmt: skip
    """Classes that all have the same chance. On the host."""
    rng = np.random.default_rng(chance_of_python.getrandbits(64))
    drawn = rng.choice(int(range_max), int(num_sampled), not unique)
    share = np.float32(int(num_sampled) / int(range_max))
    counts = (np.full(np.shape(c), share, "float32") for c in (true_classes, drawn))
    return Candidates(element(drawn.astype("int64")), *map(element, counts))
