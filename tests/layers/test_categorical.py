"""CategoryEncoding and Discretization equal Keras's on JAX; what the lookups and hashes refuse."""

import itertools
import re

import jax
import keras
import numpy as np
import pytest
from layer_rows import case, check

import addax
from addax import layers

INTS = {"ints": 5}
BOUNDS = [-1.0, 0.0, 0.5]
ROWS = [
    *(
        case("CategoryEncoding", shape, num_tokens=4, output_mode=mode, options=INTS)
        for mode in ("one_hot", "multi_hot", "count")
        for shape in [(3,), (3, 1), (3, 6)]
    ),
    case("CategoryEncoding", (3, 6), num_tokens=4, output_mode="count", dtype="mixed_bfloat16",
         options=INTS),
    *(
        case("Discretization", shape, bin_boundaries=BOUNDS, output_mode=mode)
        for mode in ("int", "one_hot", "multi_hot", "count")
        for shape in [(3,), (3, 1), (3, 6), (2, 3, 4)]
    ),
    case("Discretization", (3, 2), bin_boundaries=BOUNDS, options={"ints": 9}),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_layer_equals_keras(row):
    check(row)


def test_count_weights_equal_keras():
    x, weights = np.array([[0, 1, 1], [2, 2, 3]]), np.array([[0.5, 1.0, 2.0], [1.0, 1.5, -1.0]])
    found = [
        library.layers.CategoryEncoding(4, "count")(x, count_weights=weights)
        for library in (addax, keras)
    ]
    np.testing.assert_allclose(found[0], found[1])


DATA = np.random.default_rng(3).normal(2.0, 3.0, 1000).astype("float32")
FEEDS = {
    "array": lambda: DATA,
    "matrix": lambda: DATA.reshape(250, 4),
    "few": lambda: DATA[:7],
    "batches": lambda: iter([DATA[:300], DATA[300:310], DATA[310:].reshape(-1, 10)]),
    "arrays": lambda: [DATA[:300], DATA[300:]],
}


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize("epsilon", [0.01, 0.2])
@pytest.mark.parametrize("num_bins", [1, 3, 32])
def test_learnt_boundaries_equal_keras(feed, epsilon, num_bins):
    ours, theirs = (
        library.layers.Discretization(num_bins=num_bins, epsilon=epsilon)
        for library in (addax, keras)
    )
    ours.adapt(FEEDS[feed]())
    fed = FEEDS[feed]()
    for batch in [fed] if isinstance(fed, np.ndarray) else fed:  # adapt() would ask TensorFlow
        theirs.update_state(batch)
    theirs.finalize_state()
    assert ours.bin_boundaries == theirs.bin_boundaries
    np.testing.assert_array_equal(ours(DATA), theirs(DATA))
    assert ours.get_config() | {"name": ""} == theirs.get_config() | {"name": ""}
    again = layers.Discretization.from_config(ours.get_config())
    assert again.bin_boundaries == ours.bin_boundaries and again.num_bins == num_bins


def test_steps_bound_what_is_read():
    endless = itertools.repeat(DATA[:100])
    layer = layers.Discretization(num_bins=4)
    layer.adapt(endless, steps=3)
    assert len(layer.bin_boundaries) == 3


# --- what adapt takes -----------------------------------------------------------------------------

WORDS = ["b", "a", "c", "a", "é", "a", "b"]
LEARNT = ["[UNK]", "a", "b", "é", "c"]


class Rows:
    """An indexed data set of pairs."""

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return np.array([WORDS[:3], WORDS[3:]][i], object), np.zeros(3)


class Series:
    """A column of a data frame, as pandas has it."""

    shape = (len(WORDS),)

    def to_numpy(self):
        return np.array(WORDS, object)

    def __iter__(self):
        return iter(WORDS)


SOURCES = {
    "list": WORDS,
    "tuple": tuple(WORDS),
    "texts": np.array(WORDS),
    "objects": np.array(WORDS, object),
    "bytes": np.char.encode(np.array(WORDS), "utf-8"),
    "scalars of NumPy": list(np.array(WORDS)),
    "mixed": [w.encode() if i % 2 else w for i, w in enumerate(WORDS)],
    "column": [[w] for w in WORDS],
    "series": Series(),
    "batches": iter([WORDS[:2], np.array(WORDS[2:])]),
    "pairs": iter([(np.array(WORDS[:2]), np.zeros(2)), (np.array(WORDS[2:]), np.zeros(5))]),
    "data set": Rows(),
    "scalars": iter(WORDS),
}


@pytest.mark.parametrize("source", SOURCES)
def test_sources_of_adapt(source):
    layer = layers.StringLookup()
    layer.adapt(SOURCES[source])
    assert layer.get_vocabulary() == LEARNT
    assert layer.get_vocabulary(include_special_tokens=False) == LEARNT[1:]
    assert layer.vocabulary_size() == 5
    np.testing.assert_array_equal(layer(["a", b"c", "?"]), [1, 4, 0])


def test_state_is_counted_batch_by_batch():
    layer = layers.TextVectorization()
    layer.update_state(["a b", "b"])
    layer.update_state("b c c c")
    layer.finalize_state()
    assert layer.get_vocabulary() == ["", "[UNK]", "c", "b", "a"]
    layer.finalize_state()  # nothing new came
    layer.update_state(["x"])
    layer.reset_state()
    layer.finalize_state()
    assert layer.vocabulary_size() == 5


def test_vocabulary_from_a_file(tmp_path):
    for text in ("é\nb\n", "é\nb", "[UNK]\r\né\r\nb"):
        (tmp_path / "words.txt").write_text(text, encoding="utf-8")
        layer = layers.StringLookup(vocabulary=str(tmp_path / "words.txt"))
        assert layer.get_vocabulary() == ["[UNK]", "é", "b"]
    assert layer.get_config()["vocabulary"] is None
    layer.save_assets(tmp_path)
    other = layers.StringLookup()
    other.load_assets(tmp_path)
    assert other.get_vocabulary() == layer.get_vocabulary()


def test_a_vocabulary_that_replaces_a_given_one_is_stored():
    layer = layers.StringLookup(vocabulary=["a"])
    layer.set_vocabulary(["b", "c"])
    again = layers.StringLookup.from_config(layer.get_config())
    assert again.get_vocabulary() == layer.get_vocabulary() == ["[UNK]", "b", "c"]


def test_bytes_are_texts_in_the_layers_encoding():
    layer = layers.TextVectorization(encoding="latin-1")
    layer.adapt([b"caf\xe9 caf\xe9", "é"])
    assert layer.get_vocabulary() == ["", "[UNK]", "café", "é"]
    np.testing.assert_array_equal(layer(["café", b"\xe9"]), [[2], [3]])


def test_bytes_that_are_no_text_come_back():
    layer = layers.TextVectorization()
    layer.adapt([b"A\xff b", b"a\xff, c"])
    assert layer.get_vocabulary() == ["", "[UNK]", "a\udcff", "c", "b"]
    np.testing.assert_array_equal(layer(layer.get_vocabulary()), [[0], [1], [2], [3], [4]])


def test_functions_see_texts_of_numpy():
    layer = layers.TextVectorization(
        standardize=lambda x: np.char.replace(np.char.lower(x), "-", " "),
        split=lambda x: [text.split("ä") for text in x],
    )
    layer.adapt(["AäB-C", "a"])
    assert layer.get_vocabulary() == ["", "[UNK]", "a", "b c"]
    np.testing.assert_array_equal(layer([["Aäaäx"], ["b C"]]), [[2, 2, 1], [3, 0, 0]])


def test_ragged_results_are_a_list():
    layer = layers.TextVectorization(ragged=True, vocabulary=["a", "b"])
    found = layer(["a b", "", "x"])
    assert [row.tolist() for row in found] == [[2, 3], [], [1]]
    with pytest.raises(ValueError, match="ragged=True gives a list of arrays"):
        layer(addax.Input((), dtype="string"))


def test_one_hot_tokens_are_padded_with_nothing():
    layer = layers.TextVectorization(output_mode="one_hot", vocabulary=["a"])
    np.testing.assert_array_equal(layer(["a x", "a"]), [[[0, 1], [1, 0]], [[0, 1], [0, 0]]])


@pytest.mark.parametrize("mode", ["one_hot", "multi_hot", "count", "tf_idf"])
def test_sparse_results_are_dense(mode):
    more = {"idf_weights": [0.5, 1.5]} if mode == "tf_idf" else {}
    found = [
        layers.StringLookup(vocabulary=["a", "b"], output_mode=mode, sparse=sparse, **more)(["b"])
        for sparse in (True, False)
    ]
    np.testing.assert_array_equal(*found)


# --- integers in compiled code --------------------------------------------------------------------

LOOKUPS = [
    {},
    {"mask_token": 3},
    {"num_oov_indices": 3},
    {"output_mode": "one_hot"},
    {"output_mode": "count", "mask_token": 3},
    {"output_mode": "multi_hot", "max_tokens": 9, "pad_to_max_tokens": True},
    {"output_mode": "tf_idf"},
]


@pytest.mark.parametrize("arguments", LOOKUPS, ids=str)
def test_integer_lookup_in_compiled_code(arguments):
    layer = layers.IntegerLookup(**arguments)
    layer.adapt([[5, 3, 5], [2**40, 7, 3]])
    x = np.array([[5, 3, 1], [7, -2, 5]], "int32")
    np.testing.assert_allclose(jax.jit(layer)(x), layer(x), rtol=1e-6)


def test_whole_floats_are_integers():
    layer = layers.IntegerLookup()
    layer.adapt(np.array([2.0, 7.0, 7.0]))
    assert layer.get_vocabulary() == [-1, 7, 2]
    x = np.array([7.0, 2.0, 3.0], "float32")
    assert layer(x).tolist() == jax.jit(layer)(x).tolist() == [1, 2, 0]
    several = layers.IntegerLookup(num_oov_indices=2, vocabulary=[7])
    assert several(x).tolist() == jax.jit(several)(x).tolist() == [2, 0, 1]


@pytest.mark.usefixtures("new_emitters")
def test_categories_in_a_model():
    x = np.array([[5, 3], [7, 100]])
    lookup, edges = layers.IntegerLookup(vocabulary=[5, 7]), layers.Discretization(BOUNDS)

    class Both(addax.Model):
        def __init__(self):
            super().__init__()
            self.lookup, self.edges, self.dense = lookup, edges, layers.Dense(1)
            self.encode = layers.CategoryEncoding(3, "count")

        def call(self, x):
            parts = [self.encode(self.lookup(x)), self.edges(x / 100.0 - 1.0)]
            return self.dense(
                addax.ops.concatenate([addax.ops.cast(p, "float32") for p in parts], -1)
            )

    model = Both()
    model.compile("sgd", "mse")
    model.fit(x, np.ones((2, 1)), verbose=0)
    counts = np.array([[1.0, 1.0, 0.0, 1.0, 1.0], [1.0, 0.0, 1.0, 1.0, 2.0]], "float32")
    np.testing.assert_allclose(model.predict(x, verbose=0), model.dense(counts), rtol=1e-5)


# --- what goes wrong ------------------------------------------------------------------------------


def adapted(layer, data):
    layer.adapt(data)
    return layer


def grown():
    layer = adapted(layers.StringLookup(output_mode="count"), ["a"])
    layer(addax.Input((2,), dtype="string"))
    layer.adapt(["a", "b"])


TEXTS, LOOKUP = layers.TextVectorization, layers.StringLookup
ERRORS = [
    (lambda: LOOKUP(output_mode="hot"), "output_mode is one of int, .*'hot'"),
    (lambda: TEXTS(output_mode="hot"), "output_mode is one of int, .*'hot'"),
    (lambda: TEXTS(standardize="upper"), "standardize is one of .*a function; received 'upper'"),
    (lambda: TEXTS(split="comma"), "split is one of .*a function; received 'comma'"),
    (lambda: TEXTS(ngrams=0), "ngrams is a positive integer or a tuple.*0"),
    (lambda: TEXTS(ngrams=("a",)), "ngrams is a positive integer"),
    (lambda: TEXTS(output_sequence_length=2.5), "output_sequence_length is an integer.*2.5"),
    (lambda: TEXTS(output_mode="count", output_sequence_length=2), "go with output_mode='int'"),
    (lambda: TEXTS(output_mode="count", ragged=True), "go with output_mode='int'"),
    (lambda: LOOKUP(max_tokens=1), "max_tokens is None or above 1; received 1"),
    (lambda: LOOKUP(pad_to_max_tokens=True), "pad_to_max_tokens needs max_tokens"),
    (lambda: LOOKUP(num_oov_indices=-1), "0 or more; received num_oov_indices=-1"),
    (lambda: LOOKUP(invert=True, output_mode="count"), "invert=True goes with output_mode='int'"),
    (lambda: LOOKUP(sparse=True), "sparse=True goes with the other output modes"),
    (lambda: LOOKUP(idf_weights=[1.0]), "idf_weights go with output_mode='tf_idf'"),
    (lambda: LOOKUP(vocabulary=["a"], output_mode="tf_idf"), "needs its idf_weights"),
    (lambda: LOOKUP(vocabulary=["a"], output_mode="tf_idf", idf_weights=[1, 2]), "one number an"),
    (lambda: LOOKUP(salt="a"), "A salt is an integer or two of them; received 'a'"),
    (lambda: LOOKUP(vocabulary=["a", "b", "a"]), r"Each entry stands once.*\['a'\]"),
    (lambda: LOOKUP(vocabulary=[]), "The vocabulary is empty"),
    (lambda: LOOKUP(vocabulary=[["a"]]), "A vocabulary has one axis"),
    (lambda: LOOKUP(vocabulary=[1, 2]), "StringLookup '.*' takes texts; received 1"),
    (lambda: LOOKUP(vocabulary="/no/where.txt"), "'/no/where.txt' can't be read"),
    (lambda: LOOKUP(vocabulary=["a", "m"], mask_token="m"), "special token 'm' is entry 1"),
    (lambda: LOOKUP(vocabulary=["[UNK]x", "[UNK]"], invert=True), r"special token '\[UNK\]'"),
    (lambda: LOOKUP(max_tokens=2, vocabulary=["a", "b"]), "has 3 entries.*max_tokens is 2"),
    (lambda: LOOKUP().set_vocabulary(["a"], [1.0]), "idf_weights are given with output_mode"),
    (lambda: LOOKUP()(["a"]), r"has no vocabulary yet: call adapt\(\)"),
    (lambda: TEXTS()(["a"]), r"has no vocabulary yet: call adapt\(\)"),
    (lambda: LOOKUP(vocabulary=["a"])([1, 2]), r"takes texts; received 1 \(int\)"),
    (lambda: LOOKUP(vocabulary=["a"])(["a", None]), "received None .*Fill gaps in the data"),
    (lambda: LOOKUP(vocabulary=["a"])([["a"], ["a", "b"]]), "All lists have the same length"),
    (lambda: LOOKUP(vocabulary=["a"])("\ud800"), "a text that is no Unicode"),
    (lambda: LOOKUP(vocabulary=["a"], num_oov_indices=0)(["a", "x"]), r"these are not: \['x'\]"),
    (lambda: LOOKUP(vocabulary=["a"], invert=True)([0.5]), "inputs are integers; received float"),
    (lambda: LOOKUP(vocabulary=["a"]).adapt(["b"]), "made with a vocabulary: it can't adapt"),
    (lambda: TEXTS(vocabulary=["a"]).adapt(["b"]), "made with a vocabulary: it can't adapt"),
    (grown, "is part of a model, with outputs of 2 columns; the new vocabulary would make 3"),
    (lambda: TEXTS(vocabulary=["a"])([["a", "b"]]), r"splits texts of shape .*received .*\(1, 2\)"),
    (lambda: TEXTS(split=lambda x: [], vocabulary=["a"])(["a"]), "gave 0 lists of tokens for 1"),
    (lambda: layers.IntegerLookup(vocabulary=[1])(["a"]), "takes integers; received .*object"),
    (lambda: layers.IntegerLookup(vocabulary=[1])([0.5]), "takes integers; received .*float"),
    (lambda: layers.IntegerLookup(vocabulary_dtype="int32"), "vocabulary_dtype is int64"),
    (lambda: layers.IntegerLookup(salt=1), "salt goes with oov_method='farmhash'"),
    (lambda: layers.IntegerLookup(oov_method="mod"), "oov_method is one of floormod, farmhash"),
    (lambda: layers.Hashing(0), "num_bins is a positive integer; received 0"),
    (lambda: layers.Hashing(3, output_mode="tf_idf"), "output_mode is one of int, one_hot"),
    (lambda: layers.Hashing(3, sparse=True), "sparse=True goes with the other output modes"),
    (lambda: layers.Hashing(3, dtype="float32"), "the dtype is int32 or int64; received 'float32'"),
    (lambda: jax.jit(layers.Hashing(3))(np.arange(3)), "works on the host and can't be part of"),
    (
        lambda: jax.jit(layers.IntegerLookup(vocabulary=[1], invert=True))(np.arange(3)),
        "works on the host and can't be part of compiled code",
    ),
    (lambda: layers.HashedCrossing(3, output_mode="count"), "output_mode is one of int, one_hot"),
    (lambda: layers.HashedCrossing(3)("a"), "takes a list of two or more features; received 'a'"),
    (lambda: layers.HashedCrossing(3)((["a"], [1, 2])), r"of one shape, .*\[\(1,\), \(2,\)\]"),
    (lambda: layers.HashedCrossing(3)((["a"], [0.5])), "takes integers and texts; received float"),
    (lambda: layers.CategoryEncoding(0), "num_tokens is a positive integer; received 0"),
    (lambda: layers.CategoryEncoding(None), "num_tokens is a positive integer; received None"),
    (lambda: layers.CategoryEncoding(3, "int"), "output_mode is one of .*; received 'int'"),
    (lambda: layers.CategoryEncoding(3)(["a"]), "takes numbers; received .*StringLookup"),
    (lambda: layers.CategoryEncoding(3)([0], count_weights=[1.0]), "go with output_mode='count'"),
    (lambda: layers.Discretization(), "Either bin_boundaries or num_bins is given"),
    (lambda: layers.Discretization([0.5], 3), "Either bin_boundaries or num_bins is given"),
    (lambda: layers.Discretization(num_bins=0), "num_bins is a positive integer; received 0"),
    (lambda: layers.Discretization([0.5], sparse=True), "sparse=True goes with the other output"),
    (lambda: layers.Discretization([0.5]).adapt([1.0]), "given its bin_boundaries"),
    (lambda: layers.Discretization(num_bins=3)([1.0]), "has no boundaries yet"),
    (lambda: layers.Discretization([0.5])(["a"]), "takes numbers; received"),
    (lambda: layers.Discretization(num_bins=3).adapt(["a"]), "takes numbers; received"),
]  # fmt: skip


@pytest.mark.parametrize("attempt, message", ERRORS, ids=[m for _, m in ERRORS])
def test_errors(attempt, message):
    with pytest.raises((ValueError, RuntimeError)) as caught:
        attempt()
    assert re.search(message, str(caught.value)), str(caught.value)


def broken():
    yield ["new", "new"]
    raise OSError("the disk is gone")


UNREADABLE = [
    (broken, OSError, "disk is gone"),
    (list, ValueError, "no data came"),
    (lambda: iter([]), ValueError, "no data came"),
    (lambda: [1, 2], ValueError, "takes texts; received 1"),
    (lambda: iter([["new"], [None]]), ValueError, "takes texts; received None"),
    (lambda: 7, TypeError, "Data are an array or an iterable of batches; received 7"),
]


@pytest.mark.parametrize("make", [layers.StringLookup, layers.TextVectorization])
@pytest.mark.parametrize("data, error, message", UNREADABLE)
def test_a_failing_adapt_changes_nothing(make, data, error, message):
    layer = adapted(make(), ["old"])
    layer.update_state(["older"])
    before = layer.get_vocabulary()
    with pytest.raises(error, match=message):
        layer.adapt(data())
    assert layer.get_vocabulary() == before
    layer.finalize_state()
    assert layer.get_vocabulary()[-1] == "older"


def test_failing_boundaries_change_nothing():
    layer = adapted(layers.Discretization(num_bins=3), DATA)
    before = layer.bin_boundaries
    with pytest.raises(ValueError, match="takes numbers"):
        layer.adapt(iter([DATA, np.array(["a"])]))
    assert layer.bin_boundaries == before
