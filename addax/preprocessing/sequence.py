"""Sequences of different lengths, pairs of words, and windows of a time series."""

import json
import random
from typing import Any

import numpy as np

from addax.utils import PyDataset
from addax.utils.sequences import pad_sequences as pad_sequences


class TimeseriesGenerator(PyDataset):
    """Batches of windows (batch, length / sampling_rate, ...) and of the target after each.

    Windows begin `stride` apart between the two indices, or by chance; `reverse` turns each round.
    New programs have `utils.timeseries_dataset_from_array`.
    """

    def __init__(
        self,
        data: Any,
        targets: Any,
        length: int,
        sampling_rate: int = 1,
        stride: int = 1,
        start_index: int = 0,
        end_index: int | None = None,
        shuffle: bool = False,
        reverse: bool = False,
        batch_size: int = 128,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        if len(data) != len(targets):
            raise ValueError(
                f"data and targets have one length; received {len(data)} and {len(targets)}."
            )
        self.data, self.targets, self.length = data, targets, length
        self.sampling_rate, self.stride = sampling_rate, stride
        self.shuffle, self.reverse, self.batch_size = shuffle, reverse, batch_size
        self.start_index = start_index + length
        self.end_index = len(data) - 1 if end_index is None else end_index
        if self.start_index > self.end_index:
            raise ValueError(
                f"No window has room: start_index + length = {self.start_index} is beyond "
                f"end_index = {self.end_index}."
            )

    def __len__(self) -> int:
        reach = self.batch_size * self.stride
        return (self.end_index - self.start_index + reach) // reach

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        if self.shuffle:
            rows = np.random.randint(self.start_index, self.end_index + 1, self.batch_size)
        else:
            reach = self.batch_size * self.stride
            start = self.start_index + reach * index
            rows = np.arange(start, min(start + reach, self.end_index + 1), self.stride)
        windows = [self.data[row - self.length : row : self.sampling_rate] for row in rows]
        samples, targets = np.array(windows), np.array([self.targets[row] for row in rows])
        return (samples[:, ::-1] if self.reverse else samples), targets

    def get_config(self) -> dict[str, Any]:
        """The arguments, data as JSON."""
        names = "length sampling_rate stride start_index end_index shuffle reverse batch_size"
        config = {name: getattr(self, name) for name in names.split()}
        return {name: _json(name, getattr(self, name)) for name in ("data", "targets")} | config

    def to_json(self, **kwargs: Any) -> str:
        """The configuration as a text."""
        described = {"class_name": type(self).__name__, "config": self.get_config()}
        return json.dumps(described, **kwargs)


def _json(name: str, values: Any) -> str:
    try:
        return json.dumps(values.tolist() if isinstance(values, np.ndarray) else values)
    except TypeError:
        raise TypeError(f"{name} can't be written as JSON: {type(values).__name__}.") from None


def make_sampling_table(size: int, sampling_factor: float = 1e-5) -> np.ndarray:
    """How likely the word of each rank is kept, if words are as frequent as Zipf's law says.

    `min(1, sqrt(sampling_factor / frequency))`, frequency = 1 / (rank * (log(rank) + 0.577)).
    """
    rank = np.arange(size)
    rank[0] = 1
    inverse = rank * (np.log(rank) + 0.577) + 0.5 - 1 / (12.0 * rank)
    return np.minimum(1.0, np.sqrt(sampling_factor * inverse))


def skipgrams(
    sequence: Any,
    vocabulary_size: int,
    window_size: int = 4,
    negative_samples: float = 1.0,
    shuffle: bool = True,
    categorical: bool = False,
    sampling_table: Any = None,
    seed: int | None = None,
) -> tuple[list[list[int]], list[Any]]:
    """Pairs (word, word near it) labelled 1, and as many times `negative_samples` by chance, 0.

    `sampling_table[i]` is how likely word i is looked at; 0 is no word (Mikolov et al., 2013).
    """
    couples = []
    for i, word in enumerate(sequence):
        if not word or (sampling_table is not None and sampling_table[word] < random.random()):
            continue
        window = range(max(0, i - window_size), min(len(sequence), i + window_size + 1))
        couples += [[word, sequence[j]] for j in window if j != i and sequence[j]]
    yes, no = ([0, 1], [1, 0]) if categorical else (1, 0)
    labels: list[Any] = [yes] * len(couples)
    if negative_samples > 0:
        words = [word for word, _ in couples]
        random.shuffle(words)
        count = int(len(labels) * negative_samples)
        chance = [random.randint(1, vocabulary_size - 1) for _ in range(count)]
        couples += [[words[i % len(words)], other] for i, other in enumerate(chance)]
        labels += [no] * count
    if shuffle:
        seed = random.randint(0, 10_000_000) if seed is None else seed
        for values in (couples, labels):
            random.seed(seed)
            random.shuffle(values)
    return couples, labels
