"""What tf.keras 2 wrote (tests/data/make_tf_keras.py) is read: outputs, and further training."""

import io
import zipfile
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

import addax
from addax import saving

with zipfile.ZipFile(Path(__file__).parents[1] / "data" / "tf_keras.zip") as packed:
    FILES = {name: packed.read(name) for name in packed.namelist()}
MODELS = sorted(name for name in FILES if not name.endswith(".npz"))


def values_of(name):
    return dict(np.load(io.BytesIO(FILES[f"{name.rpartition('.')[0]}.npz"])))


def numbered(values, letter):
    return [v for k, v in values.items() if k.startswith(letter)]


def warned(name):
    """What the reader says: the old Nadam has a setting that is lost, and tf.keras does not put
    the state of its old optimizers into `.keras` files."""
    lost = [r"left out: Nadam\.decay=0\.004"] * name.startswith("old optimizer Nadam")
    return lost + ["the file holds no state"] * (name.startswith("old") and "keras" in name)


def load(name):
    with ExitStack() as stack:
        for message in warned(name):
            stack.enter_context(pytest.warns(UserWarning, match=message))
        return saving.load_model(io.BytesIO(FILES[name]))


@pytest.mark.parametrize("name", MODELS)
def test_outputs(name):
    model = load(name)
    values = values_of(name)
    x = numbered(values, "x")
    found = addax.tree.flatten(model(x if len(x) > 1 else x[0]))
    rtol = 1e-2 if "precision" in name else 1e-4  # half precision
    for a, b in zip(found, numbered(values, "y"), strict=True):
        np.testing.assert_allclose(np.asarray(a, "float32"), b, rtol=rtol, atol=1e-5)


TRAINED = [n for n in MODELS if "optimizer" in n and "the file holds no state" not in warned(n)]


@pytest.mark.parametrize("name", TRAINED)
def test_training_goes_on(name):
    model = load(name)
    values = values_of(name)
    x = values["x0"]
    losses = [model.train_on_batch(x, x[:, :1])[0] for _ in range(3)]
    # tf.keras stores no product of Nadam's momenta, and its old one follows another schedule.
    np.testing.assert_allclose(losses, values["loss"], rtol=1e-2 if "Nadam" in name else 1e-4)
