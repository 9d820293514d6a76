"""Learning the vocabulary of sentences, and turning them into indices."""

import os
from pathlib import Path

import numpy as np

from benchmarks.workloads.serve import Measure, seconds, serve

COUNT = 10_662


def sentences() -> np.ndarray:
    """Film reviews, a sentence each, if `ADDAX_DATASETS` has them; else words by Zipf's law."""
    folder = Path(os.environ.get("ADDAX_DATASETS", "."))
    files = [folder / f"rt-polarity.{sort}" for sort in ("pos", "neg")]
    if all(file.exists() for file in files):
        found = [text for file in files for text in file.read_text("latin-1").strip().split("\n")]
    else:
        random = np.random.default_rng(0)
        words = [f"word{i}," for i in range(20_000)]
        drawn = np.minimum(random.zipf(1.3, (COUNT, 21)), len(words)) - 1
        found = [" ".join(words[i] for i in row) for row in drawn]
    return np.array(found, object)


def prepare(keras) -> Measure:
    texts = sentences()
    layer = keras.layers.TextVectorization(max_tokens=10_000, output_sequence_length=40)

    def adapt() -> None:
        layer.adapt(texts)

    def call() -> None:
        np.asarray(layer(texts))

    adapt()
    call()
    return lambda: {"adapt": 1e3 * seconds(adapt), "call": 1e3 * seconds(call)}


if __name__ == "__main__":
    serve(prepare)
