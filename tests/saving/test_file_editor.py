"""The editor of files does as Keras's, on files of both."""

import keras
import numpy as np
import pytest

import addax

LIBRARIES = {"addax": addax, "keras": keras}


def source(library, names=("dense_2", "dense_1")):
    layers = library.layers
    parts = [layers.Input((2,), name="x"), *(layers.Dense(3, name=n) for n in names)]
    return library.Sequential([*parts, layers.Dense(3, name="dense_3")], name="s")


def target(library):
    layers = library.layers
    parts = [layers.Dense(3, name="dense_2"), layers.Dense(3, name="dense_1")]
    more = [layers.Dense(3, name="dense_4"), layers.Dense(3, name="dense_3")]
    return library.Sequential([layers.Input((2,), name="x"), *parts, *more], name="t")


def steps(library, folder, file):
    """What an editing of a file reports at each stage, and what is saved at the end."""
    editor = library.saving.KerasFileEditor(str(file))
    reports = [editor.compare(source(library)), editor.compare(target(library))]
    editor.add_object("layers/dense_3", weights={"0": np.ones((3, 3), "float32")})
    reports.append(editor.compare(target(library)))
    editor.rename_object("dense_3", "dense_4")
    reports.append(editor.compare(target(library)))
    editor.add_weights("dense_4", {"1": np.ones(3, "float32")})
    reports.append(editor.compare(target(library)))
    editor.rename_object("layers/dense_4", "dense_3")
    reports.append(editor.compare(target(library)))
    editor.add_object("layers/dense_9", weights={"0": np.ones(2, "float32")})
    editor.delete_weight("dense_9", "0")
    editor.delete_object("layers/dense_9")
    path = folder / f"{library.__name__}.weights.h5"
    editor.resave_weights(str(path))
    return reports, path


@pytest.mark.parametrize("form", ["keras", "weights.h5"])
@pytest.mark.parametrize("writer", LIBRARIES)
def test_it_edits_as_keras_does(writer, form, tmp_path, capsys):
    file = tmp_path / f"m.{form}"
    model = source(LIBRARIES[writer])
    (model.save if form == "keras" else model.save_weights)(str(file))
    before = file.read_bytes()
    ours, theirs = (steps(library, tmp_path, file) for library in (addax, keras))
    told = [[report["status"] for report in reports] for reports, _ in (ours, theirs)]
    assert told[0] == told[1]
    counts = [(report["error_count"], report["match_count"]) for report in ours[0]]
    assert counts == [
        (0, 6),
        (1, 6),
        (1, 7),
        (2, 6),
        (2, 6),
        (0, 8),
    ]  # Keras counts inner ones again
    assert file.read_bytes() == before
    capsys.readouterr()
    found = [addax.saving.KerasFileEditor(path).weights_dict for _, path in (ours, theirs)]
    flat = [sorted(addax.tree.flatten_with_path(weights)) for weights in found]
    assert [path for path, _ in flat[0]] == [path for path, _ in flat[1]]
    for (_, one), (_, other) in zip(*flat, strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_it_shows(tmp_path, capsys):
    model = source(addax)
    model.compile("adam", "mse")
    model.fit(np.ones((2, 2)), np.ones((2, 3)), verbose=0)
    model.save(tmp_path / "m.keras")
    capsys.readouterr()
    editor = addax.saving.KerasFileEditor(tmp_path / "m.keras")
    editor.summary()
    shown = capsys.readouterr().out
    assert "Saved with Keras 3.15" in shown and "dense_2\n" in shown
    assert "0: shape=(2, 3), dtype=float32" in shown and "optimizer" in shown
    assert editor.config["class_name"] == "Sequential"
    assert editor.object_metadata["/layers/dense/vars"]["name"] == "dense_2"


def opened(folder):
    path = folder / "m.weights.h5"
    source(addax, ("a", "b")).save_weights(path)
    return addax.saving.KerasFileEditor(path)


WRONG = {
    "name": (lambda f: addax.saving.KerasFileEditor(f / "m.h5"), "opens .keras and .weights.h5"),
    "new name": (lambda f: opened(f).rename_object("dense", "a/b"), "not a full path"),
    "unknown": (lambda f: opened(f).delete_object("dens"), "does not appear.*'dense'"),
    "path": (lambda f: opened(f).delete_object("layers/dense_7"), "Path 'layers/dense_7' not"),
    "place": (lambda f: opened(f).add_object("a/b", {}), "Path 'a' not found"),
    "twice": (lambda f: opened(f).delete_object("0"), "occurs more than once"),
    "weight": (lambda f: opened(f).delete_weight("dense", "7"), "Weight 7 not found.*0, 1"),
    "arrays": (lambda f: opened(f).add_weights("dense", [1]), "dictionary.*received list"),
    "target": (lambda f: opened(f).save(f / "m.keras"), "to a .weights.h5 file"),
    "broken": (lambda f: broken(f), "HDF5"),
}


def broken(folder):
    path = folder / "b.weights.h5"
    path.write_bytes(b"no file")
    addax.saving.KerasFileEditor(path)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use(name, tmp_path):
    act, words = WRONG[name]
    with pytest.raises(ValueError, match=words):
        act(tmp_path)
