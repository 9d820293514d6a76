"""Writes what the text and category layers, and FeatureSpace, of Keras on TensorFlow give.

Run in an environment of its own: `pip install tensorflow-cpu keras==3.15.1`, then
`python tests/data/make_text_goldens.py`. A row of text_goldens.json holds the layer, its arguments,
what it adapts to, the inputs, and what came out: values, shape, vocabulary, configuration.
feature_spaces.json holds the same for FeatureSpace; text_model.keras and feature_space.keras are
files of Keras's, and text_model.json is what the model predicts.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np

HERE = Path(__file__).parent
DOCS = [
    "The quick brown fox.",
    "the lazy dog, the end!",
    "Ünïcode ÄÖÜ naïve café; the",
    "中文 分词 测试 中文",
    "emoji 😀 smile 😀",
    "e\u0301 combining \u00a0 \u3000 x",
    "",
    "  spaces\tand\x0blines\n x \x1c y ",
    "it's well-known: a_b [c] {d} ~e^f <g> `h` i|j k\\l",
]
COLUMN = [[d] for d in DOCS]
WORDS = ["b", "a", "c", "a", "é", "zz", "a", "c", "中", "😀", "b", "q"]
ASKED = ["a", "é", "nowhere", "[UNK]", "", "中", "zz", "😀", "other"]
GRID = [["a", "b", "a"], ["zz", "no", ""], ["c", "c", "never"]]
NUMBERS = [5, 3, 5, 7, -1, 5, 7, 12, 0, -3]
PAIRS = [[5, 3, 5], [7, 99, -8], [0, 12, 41]]
LONG = ["x" * n for n in range(70)] + ["abc" * 50, "0" * 64, "0" * 128, "ä" * 40]
MODES = ["one_hot", "multi_hot", "count"]


def row(layer, inputs, adapt=None, feed="whole", dtype=None, **arguments):
    """One case: `dtype` is that of the inputs, None for texts."""
    return {
        "layer": layer, "arguments": arguments, "adapt": adapt, "feed": feed, "inputs": inputs,
        "dtype": dtype,
    }  # fmt: skip


def vectorization():
    adapted = [
        {},
        {"max_tokens": 7},
        {"output_sequence_length": 4},
        {"output_sequence_length": 12, "max_tokens": 9},
        {"standardize": "lower"},
        {"standardize": "strip_punctuation"},
        {"standardize": None},
        {"split": "character"},
        {"split": "character", "standardize": None, "output_sequence_length": 5},
        {"split": None},
        {"ngrams": 2},
        {"ngrams": (3,)},
        {"ngrams": (2, 1), "output_mode": "count"},
        {"pad_to_max_tokens": True, "max_tokens": 60, "output_mode": "multi_hot"},
        {"pad_to_max_tokens": True, "max_tokens": 60, "output_mode": "tf_idf"},
        {"output_mode": "tf_idf", "max_tokens": 12},
        {"output_mode": "binary"},
        {"output_mode": "count", "standardize": None},
        {"output_mode": "tf_idf", "ngrams": 2},
    ]
    yield from (row("TextVectorization", DOCS, adapt=DOCS, **a) for a in adapted)
    yield row("TextVectorization", COLUMN, adapt=COLUMN)
    yield row("TextVectorization", "the fox naïve", adapt=DOCS)
    yield row("TextVectorization", "the fox the", adapt=DOCS, output_mode="count")
    yield row("TextVectorization", COLUMN, adapt=DOCS, output_mode="multi_hot")
    yield row("TextVectorization", [["a", "b"], ["c", "a"]], adapt=WORDS, split=None)
    yield row("TextVectorization", DOCS, adapt=DOCS, feed="batches", output_mode="tf_idf")
    yield row("TextVectorization", DOCS, adapt=DOCS, feed="batches")
    given = [
        {"vocabulary": ["the", "fox", "x"]},
        {"vocabulary": ["", "[UNK]", "the", "fox", "x"], "output_sequence_length": 3},
        {"vocabulary": ["the", "x"], "output_mode": "tf_idf", "idf_weights": [0.25, 0.75]},
        {"vocabulary": ["[UNK]", "the"], "output_mode": "tf_idf", "idf_weights": [0.5, 0.75]},
        {"vocabulary": ["the", "x"], "output_mode": "tf_idf", "idf_weights": [0.25, 0.75],
         "max_tokens": 6, "pad_to_max_tokens": True},
    ]  # fmt: skip
    yield from (row("TextVectorization", DOCS, **a) for a in given)


def lookups():
    strings = [
        {},
        {"mask_token": ""},
        {"max_tokens": 4},
        {"num_oov_indices": 3},
        {"num_oov_indices": 3, "salt": 133},
        {"num_oov_indices": 4, "salt": [1, 2], "mask_token": "zz"},
        *({"output_mode": m, "mask_token": "é"} for m in [*MODES, "tf_idf"]),
        {"output_mode": "multi_hot", "max_tokens": 20, "pad_to_max_tokens": True},
        {"output_mode": "tf_idf", "max_tokens": 20, "pad_to_max_tokens": True},
        {"oov_token": "c"},
    ]
    yield from (row("StringLookup", ASKED, adapt=WORDS, **a) for a in strings)
    shaped = [GRID, [[w] for w in ASKED], [GRID, GRID], "a"]
    for inputs in shaped:
        for mode in ["int", *MODES, "tf_idf"]:
            if mode in ("int", "one_hot") or inputs is not shaped[2]:
                yield row("StringLookup", inputs, adapt=WORDS, output_mode=mode)
    yield row("StringLookup", GRID, adapt=GRID, output_mode="tf_idf", feed="batches")
    yield row("StringLookup", ["a", "b"], vocabulary=["a", "b"], num_oov_indices=0)
    yield row("StringLookup", ASKED, vocabulary=["zz", "a"], mask_token="")
    yield row("StringLookup", ASKED, vocabulary=["", "[UNK]", "zz", "a"], mask_token="")
    backwards = {"vocabulary": ["é", "b", "中"], "invert": True}
    yield row("StringLookup", [0, 1, 2, 3, 9], dtype="int64", **backwards)
    yield row("StringLookup", [[0, 1], [3, 2]], dtype="int64", mask_token="-", **backwards)
    integers = [
        {},
        {"mask_token": 0},
        {"max_tokens": 4},
        {"num_oov_indices": 3},
        {"num_oov_indices": 3, "oov_method": "farmhash"},
        {"num_oov_indices": 3, "oov_method": "farmhash", "salt": 7},
        *({"output_mode": m, "mask_token": 5} for m in [*MODES, "tf_idf"]),
        {"output_mode": "count", "max_tokens": 20, "pad_to_max_tokens": True},
        {"oov_token": 7},
    ]
    for a in integers:
        yield row("IntegerLookup", [*NUMBERS, 100, -7], adapt=NUMBERS, dtype="int64", **a)
        yield row("IntegerLookup", PAIRS, adapt=PAIRS, dtype="int64", **a)
    yield row("IntegerLookup", 5, adapt=NUMBERS, dtype="int64", output_mode="one_hot")
    yield row("IntegerLookup", [2**40, 5], dtype="int64", vocabulary=[5, 2**40])
    yield row("IntegerLookup", [0, 2, 1], dtype="int64", vocabulary=[5, 6], invert=True)


def hashes():
    for a in [{}, {"salt": 133}, {"salt": [133, 137]}, {"mask_value": "x"}]:
        yield row("Hashing", LONG, num_bins=997, **a)
    ints = [*NUMBERS, 2**40, -(2**62)]
    for a in [{}, {"salt": 133}, {"mask_value": 5}]:
        yield row("Hashing", ints, dtype="int64", num_bins=10, **a)
    yield row("Hashing", [1.5, -2.7, 3.0], dtype="float32", num_bins=10)
    for inputs in [GRID, [[w] for w in ASKED], "a", ASKED]:
        for mode in ["int", *MODES]:
            if (inputs, mode) != ("a", "one_hot"):  # an IndexError in Keras
                yield row("Hashing", inputs, num_bins=4, output_mode=mode)
    yield row("Hashing", GRID, num_bins=4, dtype=None, output_mode="multi_hot", mask_value="a")
    texts, numbers = ["A", "B", "A", "中", ""], [101, 101, -7, 2**40, 0]
    column = [[x] for x in texts], [[x] for x in numbers]
    for mode in ["int", "one_hot"]:
        for inputs in [(texts, numbers), column, ("A", 101), (texts, numbers, texts)]:
            dtypes = [None, "int64", None][: len(inputs)]
            yield row("HashedCrossing", inputs, dtype=dtypes, num_bins=7, output_mode=mode)


def encodings():
    for mode in MODES:
        for inputs in [[3, 0, 1], [[3], [0], [1]], [[3, 3, 0], [1, 0, 3]], 2]:
            yield row("CategoryEncoding", inputs, dtype="int64", num_tokens=4, output_mode=mode)


ROWS = [*vectorization(), *lookups(), *hashes(), *encodings()]


def array(values, dtype):
    """Values as the layers take them; a list of dtypes belongs to a tuple of inputs."""
    if isinstance(dtype, list):
        return [array(v, d) for v, d in zip(values, dtype, strict=True)]
    return np.array(values, dtype or object)


def fed(values, dtype, feed):
    data = array(values, dtype)
    return data if feed == "whole" else iter([data[:2], data[2:]])


def listed(value):
    """Nested lists with texts for bytes."""
    if isinstance(value, list):
        return [listed(v) for v in value]
    return value.decode() if isinstance(value, bytes) else value


def answer(case):
    """The row with what Keras gives."""
    layer = getattr(keras.layers, case["layer"])(**case["arguments"], name="layer")
    if case["adapt"] is not None:
        layer.adapt(fed(case["adapt"], case["dtype"], case["feed"]))
    outputs = layer(array(case["inputs"], case["dtype"]))
    outputs = np.asarray(outputs)
    rounded = np.round(outputs, 6) if outputs.dtype.kind == "f" else outputs
    found = {"shape": list(outputs.shape), "kind": outputs.dtype.name}
    found["values"] = listed(rounded.ravel().tolist())
    if hasattr(layer, "get_vocabulary"):
        found["vocabulary"] = [listed(v) for v in np.array(layer.get_vocabulary(), object).tolist()]
    config = keras.saving.serialize_keras_object(layer)["config"]
    return case | found | {"config": config}


TABLE = {
    "f": [0.0, 0.1, 0.2, 0.3, 0.25],
    "d": [1.0, 2.0, 3.0, 4.0, 9.0],
    "s": ["zero", "one", "two", "one", "中"],
    "h": ["q", "w", "e", "r", ""],
    "i": [0, 1, 2, 3, 1],
    "t": ["a b", "b, c", "a a A", "", "é"],
}
EVERY = {
    "f": "float_normalized", "d": "float_discretized", "s": "string_categorical",
    "h": "string_hashed", "i": "integer_categorical",
}  # fmt: skip
SPACES = [
    {"features": {"f": "float"}},
    {"features": {"f": "float_rescaled", "d": "float"}},
    {"features": EVERY, "num_discretization_bins": 3, "hashing_dim": 5},
    {"features": EVERY, "crosses": [["s", "i"], ["i", "h"]], "crossing_dim": 4},
    {"features": {"i": "integer_hashed", "s": "string_categorical"}, "hashing_dim": 7},
    {"features": EVERY, "crosses": [["s", "i"]], "output_mode": "dict"},
    {"features": {"i": ["integer_categorical", {"max_tokens": 3, "num_oov_indices": 2}],
                  "s": ["string_categorical", {"output_mode": "int"}],
                  "d": ["float_discretized", {"num_bins": 2, "output_mode": "int"}]},
     "output_mode": "dict"},
    {"features": {"d": ["float_rescaled", {"scale": 2.0, "offset": 1.0}],
                  "h": ["string_hashed", {"num_bins": 3}]}},
]  # fmt: skip


def space(library, arguments):
    """A FeatureSpace; a feature is its kind, or its kind and the arguments for that."""
    kind = library.utils.FeatureSpace
    made = {
        n: f if isinstance(f, str) else getattr(kind, f[0])(**f[1], name=n)
        for n, f in arguments["features"].items()
    }
    return kind(**arguments | {"features": made}, name="space")


def columns(arguments):
    return {n: TABLE[n] for n in arguments["features"]}


def answer_of_space(arguments):
    made = space(keras, arguments)
    made.adapt(columns(arguments))
    found = made(columns(arguments))
    found = found if isinstance(found, dict) else {"": found}
    config = keras.saving.serialize_keras_object(made)["config"]
    values = {n: np.asarray(x).tolist() for n, x in found.items()}
    data = columns(arguments)
    return {"arguments": arguments, "data": data, "values": values, "config": config}


TEXTS = ["the fox", "nobody, Dog", "", "fox naïve fox"]
INPUTS = {
    "text": TEXTS,
    "cats": [["a", "b"], ["zz", "a"], ["b", "b"], ["", "a"]],
    "n": [[5], [9], [7], [-1]],
    "word": [["q"], ["w"], [""], ["中"]],
}


def text_model():
    """A model with each of the layers that learn or hash."""
    from keras import layers

    keras.utils.set_random_seed(3)
    weighted = layers.TextVectorization(output_mode="tf_idf", name="weighted")
    indices = layers.TextVectorization(output_sequence_length=3, name="indices")
    strings = layers.StringLookup(output_mode="multi_hot", name="strings")
    integers = layers.IntegerLookup(output_mode="one_hot", name="integers")
    for layer, data in [
        (weighted, ["the fox", "the dog naïve", "fox"]),
        (indices, ["the fox", "the dog naïve", "fox"]),
        (strings, ["a", "b", "a"]),
        (integers, [5, 7, 7]),
    ]:
        layer.adapt(data)
    shapes = {"text": ((), "string"), "cats": ((2,), "string"), "n": ((1,), "int64")}
    shapes |= {"word": ((1,), "string")}
    inputs = {n: keras.Input(s, dtype=d, name=n) for n, (s, d) in shapes.items()}
    words = layers.Embedding(6, 2, name="embedding")(indices(inputs["text"]))
    joined = layers.Concatenate(name="join")(
        [
            weighted(inputs["text"]),
            strings(inputs["cats"]),
            integers(inputs["n"]),
            layers.Hashing(4, output_mode="one_hot", name="hashing")(inputs["word"]),
            layers.Flatten(name="flat")(words),
        ]
    )
    return keras.Model(inputs, layers.Dense(2, name="out")(joined), name="texts")


def tensors(data):
    return {n: keras.ops.convert_to_tensor(array(v, None if n != "n" else "int64"))
            for n, v in data.items()}  # fmt: skip


def write(name, rows):
    lines = [json.dumps(row, separators=(",", ":"), default=int) for row in rows]
    (HERE / name).write_text("[\n" + ",\n".join(lines) + "\n]\n")


def main():
    write("text_goldens.json", map(answer, ROWS))
    write("feature_spaces.json", map(answer_of_space, SPACES))
    model = text_model()
    predicted = model.predict(tensors(INPUTS), verbose=0).tolist()
    write("text_model.json", [{"inputs": INPUTS, "outputs": predicted}])
    model.save(HERE / "text_model.keras")
    every = space(keras, SPACES[3])
    every.adapt(columns(SPACES[3]))
    every.save(HERE / "feature_space.keras")


if __name__ == "__main__":
    main()
