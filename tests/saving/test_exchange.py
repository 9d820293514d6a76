"""What one library writes, the other reads: outputs, optimizer state, the next step."""

import keras
import numpy as np
import pytest


def trained(k, model, models):
    x, y = models.data()
    model.compile(optimizer="adam", loss="mse", metrics=["mae"])
    model.fit(x, y, batch_size=8, epochs=1, verbose=0, shuffle=False)
    return model


def load(k, path):
    return k.saving.load_model(path)


KINDS = "sequential convolutional recurrent functional operations masked subclassed".split()


@pytest.mark.parametrize("name", KINDS)
def test_archive(name, direction, models, tmp_path):
    writer, reader = direction
    build = getattr(models, name)
    model = trained(writer, build(writer), models)
    if name == "subclassed":
        build(reader)  # registers its class
    model.save(tmp_path / "model.keras")
    other = load(reader, tmp_path / "model.keras")
    x, y = models.data()
    np.testing.assert_allclose(
        other.predict(x, verbose=0), model.predict(x, verbose=0), rtol=1e-5, atol=1e-6
    )
    ours, theirs = model.optimizer.variables, other.optimizer.variables
    assert len(ours) == len(theirs)
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(np.asarray(a), np.asarray(b))
    losses = [m.fit(x, y, batch_size=16, verbose=0).history["loss"][0] for m in (model, other)]
    after = [m.evaluate(x, y, verbose=0)[0] for m in (model, other)]
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-5)
    np.testing.assert_allclose(after[0], after[1], rtol=1e-3)


def test_several_inputs_and_outputs(direction, models, tmp_path):
    writer, reader = direction
    model = models.many(writer)
    model.compile(optimizer="sgd", loss={"u": "mse", "v": "mae"}, loss_weights={"u": 1.0, "v": 2.0})
    x = {"a": np.ones((4, 2), "float32"), "b": np.zeros((4, 3), "float32")}
    y = {"u": np.zeros((4, 2), "float32"), "v": np.ones((4, 1), "float32")}
    model.fit(x, y, verbose=0)
    model.save(tmp_path / "model.keras")
    other = load(reader, tmp_path / "model.keras")
    expected, found = model.predict(x, verbose=0), other.predict(x, verbose=0)
    assert sorted(expected) == sorted(found) == ["u", "v"]
    for key in expected:
        np.testing.assert_allclose(found[key], expected[key], rtol=1e-6)


@pytest.mark.parametrize("name", KINDS[:-1])
def test_old_hdf5(name, direction, models, tmp_path):
    writer, reader = direction
    model = trained(writer, getattr(models, name)(writer), models)
    if writer is keras:
        model.compile(optimizer=model.optimizer, loss="mean_squared_error")
    model.save(tmp_path / "model.h5")
    other = load(reader, tmp_path / "model.h5")
    x, _ = models.data()
    np.testing.assert_allclose(
        other.predict(x, verbose=0), model.predict(x, verbose=0), rtol=1e-5, atol=1e-6
    )
    if reader is not keras:  # Keras 3.15 starts its optimizer anew
        for a, b in zip(model.optimizer.variables, other.optimizer.variables, strict=True):
            np.testing.assert_array_equal(np.asarray(a), np.asarray(b))


@pytest.mark.parametrize("name", ["m.weights.h5", "m.h5", "m.hdf5"])
@pytest.mark.parametrize("kind", ["sequential", "functional"])
def test_weights(kind, name, direction, models, tmp_path):
    writer, reader = direction
    model, other = getattr(models, kind)(writer), getattr(models, kind)(reader)
    path = tmp_path / name
    if writer is keras and not name.endswith(".weights.h5"):
        model.save(path)  # the only way in which Keras 3 writes that layout
    else:
        model.save_weights(path)
    other.load_weights(path)
    x, _ = models.data()
    np.testing.assert_allclose(
        other.predict(x, verbose=0), model.predict(x, verbose=0), rtol=1e-5, atol=1e-6
    )


def test_bfloat16(direction, models, tmp_path):
    writer, reader = direction
    layers = writer.layers
    model = writer.Sequential([writer.Input((6,)), layers.Dense(3, dtype="bfloat16")])
    model.save(tmp_path / "model.keras")
    other = load(reader, tmp_path / "model.keras")
    assert other.weights[0].dtype == "bfloat16"
    for a, b in zip(model.weights, other.weights, strict=True):
        np.testing.assert_array_equal(np.asarray(a, "float32"), np.asarray(b, "float32"))
