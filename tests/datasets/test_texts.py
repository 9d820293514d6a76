import importlib
import json
from pathlib import Path

import numpy as np
import pytest

from addax.datasets import _load, imdb, reuters
from addax.utils import files

SHARED = Path(__file__).parents[3] / "shared" / "data"


def npz(path, arrays):
    np.savez(path, **arrays)


def texts(count, seed):
    """Object array of `count` lists of ranks 1..60, no two of the same length."""
    rng = np.random.default_rng(seed)
    rows = np.empty(count, object)
    rows[:] = [rng.integers(1, 60, length + 2).tolist() for length in rng.permutation(count)]
    return rows


WORDS = {
    "imdb": {
        "x_train": texts(40, 0),
        "y_train": np.arange(40) % 2,
        "x_test": texts(20, 1),
        "y_test": np.arange(20) % 2,
    },
    "reuters": {"x": texts(46, 2), "y": np.arange(46)},
}
OPTIONS = {
    "a vocabulary": {"num_words": 20},
    "without the top": {"num_words": 30, "skip_top": 6},
    "dropping the unknown": {"num_words": 20, "oov_char": None},
    "no start": {"num_words": 40, "start_char": None},
    "no start, no offset": {"num_words": 40, "start_char": None, "index_from": 0},
    "another offset": {"num_words": 40, "start_char": 7, "oov_char": 8, "index_from": 9},
    "short ones": {"num_words": 40, "maxlen": 15},
    "another seed": {"num_words": 40, "seed": 3},
}
MODULES = {"imdb": imdb, "reuters": reuters}


def same_texts(found, wanted):
    for (x, y), (rows, labels) in zip(found, wanted, strict=True):
        assert [list(row) for row in x] == [list(row) for row in rows]
        assert all(type(row) is list for row in x)
        assert (x.dtype, x.shape) == (np.dtype(object), (len(rows),))
        assert y.dtype == np.asarray(labels).dtype
        np.testing.assert_array_equal(y, labels)


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("name", WORDS)
def test_texts_are_keras(folder, oracle, name, options):
    path = folder / f"{name}.npz"
    npz(path, WORDS[name])
    wanted = oracle(name, path).load_data(**options)
    same_texts(MODULES[name].load_data(**options), wanted)


def test_all_words_are_kept_unless_asked_otherwise(folder):
    """Keras turns the very last word into an unknown one here."""
    npz(folder / "imdb.npz", WORDS["imdb"])
    (x, _), (x_test, _) = imdb.load_data(index_from=0, start_char=None)
    found = sorted(map(tuple, [*x, *x_test]))
    wanted = [*WORDS["imdb"]["x_train"], *WORDS["imdb"]["x_test"]]
    assert found == sorted(map(tuple, wanted))


def flat(part, rows, labels):
    return {
        f"tokens{part}": np.concatenate(list(rows)).astype("uint16"),
        f"lengths{part}": np.array([len(row) for row in rows], "int32"),
        f"labels{part}": np.asarray(labels, "uint8"),
    }


def unshuffled(monkeypatch):
    module = importlib.import_module("addax.datasets._words")
    for user in (imdb, reuters, _load):
        monkeypatch.setattr(user, "shuffled", lambda generator, count: np.arange(count))
    return module


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_the_flat_layout_means_the_same(folder, monkeypatch, options):
    """What load_data() returns, saved without pickle, takes every option as the original does."""
    npz(folder / "imdb.npz", WORDS["imdb"])
    wanted = imdb.load_data(**options)
    with monkeypatch.context() as patch:
        unshuffled(patch)
        (x, y), (x_test, y_test) = imdb.load_data()
    npz(folder / "imdb.npz", flat("_train", x, y) | flat("_test", x_test, y_test))
    same_texts(imdb.load_data(**options), wanted)


@pytest.mark.parametrize("parts", [("",), ("_train", "_test")], ids=["whole", "in halves"])
def test_flat_newswires(folder, monkeypatch, parts):
    npz(folder / "reuters.npz", WORDS["reuters"])
    wanted = reuters.load_data(num_words=30)
    with monkeypatch.context() as patch:
        unshuffled(patch)
        (x, y), _ = reuters.load_data(test_split=0)
    chunks = zip(parts, np.array_split(x, len(parts)), np.array_split(y, len(parts)), strict=True)
    npz(folder / "reuters.npz", {k: v for chunk in chunks for k, v in flat(*chunk).items()})
    same_texts(reuters.load_data(num_words=30), wanted)


def test_rows_of_one_length_stay_rows(folder):
    rows = np.empty(2, object)
    rows[:] = [[1, 2], [3, 4]]
    npz(folder / "reuters.npz", {"x": rows, "y": np.array([0, 1])})
    (x, _), _ = reuters.load_data(test_split=0)
    assert (x.shape, x[0][0]) == ((2,), 1)


def test_label_names():
    keras = pytest.importorskip("keras")
    assert reuters.get_label_names() == keras.datasets.reuters.get_label_names()


@pytest.mark.parametrize("name", WORDS)
def test_word_index(folder, name):
    (folder / f"{name}_word_index.json").write_text(json.dumps({"the": 1, "naïve": 88}))
    assert MODULES[name].get_word_index() == {"the": 1, "naïve": 88}


def test_the_old_name_of_num_words(folder):
    npz(folder / "imdb.npz", WORDS["imdb"])
    same_texts(imdb.load_data(nb_words=20), imdb.load_data(num_words=20))
    with pytest.raises(TypeError, match="got num_word, which"):
        imdb.load_data(num_word=20)


@pytest.mark.skipif(
    not (SHARED / "imdb_500words.npz").exists(),
    reason="imdb_500words.npz is not in the shared folder of data sets",
)
def test_the_real_flat_reviews(monkeypatch):
    monkeypatch.setenv("ADDAX_DATASETS", str(SHARED))
    (x, y), (x_test, y_test) = imdb.load_data("imdb_500words.npz", num_words=500, seed=1)
    with np.load(SHARED / "imdb_500words.npz", allow_pickle=False) as file:
        flat = dict(file)
    rows = np.split(flat["tokens_train"], np.cumsum(flat["lengths_train"])[:-1])
    order = np.arange(5000)
    np.random.RandomState(1).shuffle(order)
    assert x[0] == rows[order[0]].tolist()
    assert x[-1] == rows[order[-1]].tolist()
    np.testing.assert_array_equal(y, flat["labels_train"][order])
    assert (x_test.shape, y_test.shape, x.dtype, y.dtype) == ((1000,), (1000,), object, "int64")


BAD_TEXTS = {
    "no such arrays": ({"a": np.zeros(1)}, "no array 'x_train', only a"),
    "labels too few": (WORDS["imdb"] | {"y_train": np.zeros(3, int)}, "40 rows, but 3 labels"),
    "labels too large": (
        WORDS["imdb"] | {"y_test": np.arange(20)},
        r"lies in 0..19, expected 0..1",
    ),
    "labels of floats": (WORDS["imdb"] | {"y_test": np.zeros(20)}, "float64 .* expected integer"),
    "no start": (flat("_train", [[5, 6]], [0]), "must begin each row with 1"),
    "padding inside": (flat("_train", [[1, 0, 6]], [0]), "must be 2 or above 3"),
    "lengths": (
        flat("_train", [[1, 5]], [0]) | {"lengths_train": np.array([3])},
        "add up to 3, tokens_train are 2",
    ),
    "a negative length": (
        flat("_train", [[1, 5]], [0, 1]) | {"lengths_train": np.array([3, -1])},
        "add up to 2",
    ),
}


@pytest.mark.parametrize(("arrays", "message"), BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_bad_texts(folder, arrays, message):
    npz(folder / "imdb.npz", arrays)
    with pytest.raises(ValueError, match=message):
        imdb.load_data()


BAD_INDEX = [
    ("[1]", "no dictionary"),
    ('{"a": "b"}', "no dictionary"),
    ("{", "Expecting"),
    ("[" * 9**5, "."),
]


@pytest.mark.parametrize(("text", "message"), BAD_INDEX, ids=["list", "strings", "cut", "deep"])
def test_bad_word_index(folder, text, message):
    (folder / "imdb_word_index.json").write_text(text)
    with pytest.raises(ValueError, match=rf"imdb_word_index.json: this is not.*{message}"):
        imdb.get_word_index()


def test_maxlen_that_leaves_nothing(folder):
    npz(folder / "imdb.npz", WORDS["imdb"])
    with pytest.raises(ValueError, match=r"shorter than maxlen=2; the shortest has 3"):
        imdb.load_data(maxlen=2)


def test_a_mirror(web, tmp_path, monkeypatch):
    monkeypatch.setenv("ADDAX_DATASETS", f"{web.url}/")
    npz(web.folder / "imdb.npz", WORDS["imdb"])
    wanted = imdb.load_data(num_words=20)
    (web.folder / "imdb.npz").unlink()
    same_texts(imdb.load_data(num_words=20), wanted)
    assert not (tmp_path / "home/datasets/imdb.npz").exists()  # the usual cache is left alone
    with pytest.raises(files.DownloadError, match=r"404"):
        reuters.load_data()
