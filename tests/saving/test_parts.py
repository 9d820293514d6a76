"""Models and weights in several files: folders and indices, as Keras writes them."""

import json
import os

import numpy as np
import pytest

import addax
from addax import layers, saving
from addax.models import Sequential

X, Y = np.ones((4, 8), "float32"), np.zeros((4, 3), "float32")
GIGABYTES = 3e-6  # about three thousand bytes


def trained(k):
    rows = [k.Input((8,)), k.layers.Dense(40), k.layers.Dense(8), k.layers.Dense(3)]
    model = k.Sequential(rows)
    model.compile("adam", "mse")
    model.fit(X, Y, verbose=0)
    return model


def same(a, b):
    np.testing.assert_allclose(a.predict(X, verbose=0), b.predict(X, verbose=0), rtol=1e-5)


def test_folders(direction, tmp_path):
    writer, reader = direction
    model = trained(writer)
    model.save(tmp_path / "m", zipped=False)
    assert {"config.json", "metadata.json", "model.weights.h5"} <= {*os.listdir(tmp_path / "m")}
    other = reader.saving.load_model(tmp_path / "m")
    same(model, other)
    assert int(other.optimizer.iterations) == 1


def test_weights_in_parts(direction, tmp_path):
    writer, reader = direction
    model, other = trained(writer), trained(reader)
    model.save_weights(tmp_path / "w.weights.json", max_shard_size=GIGABYTES)
    assert len(os.listdir(tmp_path)) > 3
    other.load_weights(tmp_path / "w.weights.json")
    same(model, other)


def small():
    return Sequential([layers.Input((4,)), layers.Dense(3)])


def test_weights_of_a_folder(tmp_path):
    model, other = small(), small()
    model.save(tmp_path / "m", zipped=False)
    other.load_weights(tmp_path / "m")
    np.testing.assert_array_equal(model.get_weights()[0], other.get_weights()[0])


def test_a_name_without_ending_is_an_archive(tmp_path):
    small().save(tmp_path / "anything")
    assert saving.inspect_file(tmp_path / "anything")["format"] == "keras"
    assert saving.load_model(tmp_path / "anything").built


def test_a_part_holds_at_least_one_weight(tmp_path):
    with pytest.raises(ValueError, match="'layers/dense/vars/0' has 48 bytes, more than"):
        small().save_weights(tmp_path / "w.weights.json", max_shard_size=1e-8)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    "index, message",
    [
        ({"weight_map": []}, "no weight_map"),
        ({"weight_map": {"/a": "../w.h5"}}, r"names '\.\./w\.h5'"),
        ({"weight_map": {"/a": "/etc/hostname"}}, "in its own folder"),
        ({"weight_map": {"/a": [["w.h5"]]}}, "in its own folder"),
        ({"weight_map": {"/a": "w.h5", "/b": "copy.h5"}}, "Two parts of the weights hold"),
    ],
)
def test_strange_indices(index, message, tmp_path):
    model = small()
    for name in ("w.h5", "copy.h5"):
        model.save_weights(tmp_path / f"{name[:-3]}.weights.h5")
        os.rename(tmp_path / f"{name[:-3]}.weights.h5", tmp_path / name)
    (tmp_path / "index.json").write_text(json.dumps(index))
    for read in (saving.inspect_file, model.load_weights):
        with pytest.raises(saving.LoadError, match=message):
            read(tmp_path / "index.json")


def test_an_index_is_no_model(tmp_path):
    small().save_weights(tmp_path / "w.weights.json", max_shard_size=1)
    with pytest.raises(saving.LoadError, match="index of weights holds weights only"):
        addax.saving.load_model(tmp_path / "w.weights.json")


def test_links_in_folders_are_not_followed(tmp_path):
    small().save(tmp_path / "m", zipped=False)
    os.rename(tmp_path / "m" / "model.weights.h5", tmp_path / "elsewhere")
    os.symlink(tmp_path / "elsewhere", tmp_path / "m" / "model.weights.h5")
    with pytest.raises(saving.LoadError, match="links are not followed"):
        saving.load_model(tmp_path / "m")
