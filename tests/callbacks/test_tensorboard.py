"""Event files hold what TensorBoard's own reader finds in them."""

import json
import sys

import numpy as np
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util.tensor_util import make_ndarray

import addax
from addax.callbacks import TensorBoard

X = np.random.default_rng(0).normal(size=(32, 4)).astype("float32")
Y = X.sum(1, keepdims=True)


def trained(folder, **options):
    addax.utils.set_random_seed(1)
    model = addax.Sequential(
        [addax.Input((4,)), addax.layers.Dense(3, name="d"), addax.layers.Dense(1)], name="net"
    )
    model.compile("adam", "mse", metrics=["mae"])
    callback = TensorBoard(folder, **options)
    history = model.fit(
        X, Y, batch_size=8, epochs=2, validation_data=(X, Y), callbacks=[callback], verbose=0
    )
    return model, history.history


def read(folder, name):
    events = EventAccumulator(str(folder / name), size_guidance={"tensors": 0})
    events.Reload()
    tags = events.Tags()["tensors"]
    values = {t: {e.step: make_ndarray(e.tensor_proto) for e in events.Tensors(t)} for t in tags}
    return values, {t: events.SummaryMetadata(t).plugin_data.plugin_name for t in tags}


def test_epochs(tmp_path):
    model, history = trained(tmp_path)
    found, plugins = read(tmp_path, "train")
    for name in ("loss", "mae"):
        for epoch, value in enumerate(history[name]):
            assert found[f"epoch_{name}"][epoch] == pytest.approx(value)
            val = read(tmp_path, "validation")[0]
            assert val[f"epoch_{name}"][epoch] == pytest.approx(history[f"val_{name}"][epoch])
            step = 4 * (epoch + 1)
            wanted = history[f"val_{name}"][epoch]
            assert val[f"evaluation_{name}_vs_iterations"][step] == pytest.approx(wanted)
    assert found["epoch_learning_rate"][0] == pytest.approx(1e-3)
    assert plugins["epoch_loss"] == "scalars" and plugins["keras"] == "graph_keras_model"
    assert json.loads(found["keras"][0].item()) == json.loads(model.to_json())
    assert not any(tag.startswith("batch") for tag in found)


def test_batches(tmp_path):
    trained(tmp_path, update_freq=3, write_steps_per_second=True, write_graph=False)
    found, _ = read(tmp_path, "train")
    assert sorted(found["batch_loss"]) == [3, 6] and sorted(found["batch_steps_per_second"]) == [
        *range(1, 9)
    ]
    assert "keras" not in found and found["epoch_steps_per_second"][1] > 0


def test_weights(tmp_path):
    model, _ = trained(tmp_path, histogram_freq=1, write_images=True)
    found, plugins = read(tmp_path, "train")
    rows = found["net/d/kernel/histogram"][1]
    kernel = model.get_layer("d").kernel.numpy()
    assert rows.shape == (30, 3) and rows[:, 2].sum() == kernel.size
    assert rows[0, 0] == pytest.approx(kernel.min()) and rows[-1, 1] == pytest.approx(kernel.max())
    width, height, png = found["net/d/kernel/image"][1]
    assert (width, height) == (b"3", b"4") and png.startswith(b"\x89PNG")
    assert plugins["net/d/kernel/histogram"] == "histograms"
    assert plugins["net/d/kernel/image"] == "images"


def test_a_profile(tmp_path):
    trained(tmp_path, profile_batch=(2, 3))
    assert list(tmp_path.glob("plugins/profile/*/*.xplane.pb"))


def test_embeddings(tmp_path):
    model = addax.Sequential([addax.Input((2,), dtype="int32"), addax.layers.Embedding(5, 3)])
    model.compile("sgd", "mse")
    callback = TensorBoard(tmp_path, embeddings_freq=1, embeddings_metadata="names.tsv")
    model.fit(np.zeros((4, 2), "int32"), np.zeros((4, 2, 3)), callbacks=[callback], verbose=0)
    layer = model.layers[0]
    table = np.loadtxt(tmp_path / f"{layer.name}.tsv", delimiter="\t")
    np.testing.assert_allclose(table, layer.embeddings.numpy(), rtol=1e-4, atol=1e-6)
    config = (tmp_path / "projector_config.pbtxt").read_text()
    assert f'tensor_path: "{layer.name}.tsv"' in config and 'metadata_path: "names.tsv"' in config


WRONG = [
    ({"update_freq": "step"}, "update_freq.*'step'"),
    ({"profile_batch": -1}, "profile_batch.*-1"),
    ({"profile_batch": (5, 2)}, "profile_batch.*5, 2"),
    ({"profile_batch": "a"}, "profile_batch.*'a'"),
]


@pytest.mark.parametrize("options, words", WRONG)
def test_wrong_arguments(options, words, tmp_path):
    with pytest.raises(ValueError, match=words):
        TensorBoard(tmp_path, **options)


def test_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorboard", None)
    with pytest.raises(ImportError, match=r"addax\[tensorboard\]"):
        TensorBoard()
