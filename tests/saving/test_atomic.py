"""The old file survives whatever stops the writing of a new one."""

import os
import stat

import numpy as np
import pytest

from addax import layers, saving
from addax.models import Sequential

NAMES = ["m.keras", "m.h5", "w.weights.h5", "w.h5", "w.safetensors"]


class Faulty(layers.Dense):
    error: type[BaseException] | None = None

    def save_own_variables(self, store):
        super().save_own_variables(store)
        if Faulty.error is not None:
            raise Faulty.error("stopped")

    @property
    def trainable_weights(self):
        if Faulty.error is not None:
            raise Faulty.error("stopped")
        return super().trainable_weights


def write(model, path, **kwargs):
    (model.save if path.name[0] == "m" else model.save_weights)(path, **kwargs)


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, RuntimeError])
@pytest.mark.parametrize("name", NAMES)
def test_the_old_file_survives(name, error, tmp_path, monkeypatch):
    model = Sequential([layers.Input((3,)), layers.Dense(2), Faulty(2)])
    write(model, tmp_path / name)
    old = (tmp_path / name).read_bytes()
    model.set_weights([w + 1 for w in model.get_weights()])
    monkeypatch.setattr(Faulty, "error", error)
    with pytest.raises(error, match="stopped"):
        write(model, tmp_path / name)
    assert (tmp_path / name).read_bytes() == old
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk(name, tmp_path, monkeypatch):
    model = Sequential([layers.Input((3,)), layers.Dense(2)])
    write(model, tmp_path / name)
    old = (tmp_path / name).read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(model, tmp_path / name)
    assert (tmp_path / name).read_bytes() == old
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", NAMES)
def test_overwrite(name, tmp_path):
    model = Sequential([layers.Input((3,)), layers.Dense(2)])
    write(model, tmp_path / name, overwrite=False)
    with pytest.raises(FileExistsError, match="overwrite=True"):
        write(model, tmp_path / name, overwrite=False)
    write(model, tmp_path / name)


def test_permissions_and_links_stay(tmp_path):
    model = Sequential([layers.Input((3,)), layers.Dense(2)])
    model.save(tmp_path / "real.keras")
    assert stat.S_IMODE(os.stat(tmp_path / "real.keras").st_mode) & 0o400
    os.chmod(tmp_path / "real.keras", 0o640)
    os.symlink("real.keras", tmp_path / "link.keras")
    model.save(tmp_path / "link.keras")
    assert (tmp_path / "link.keras").is_symlink()
    assert stat.S_IMODE(os.stat(tmp_path / "real.keras").st_mode) == 0o640


def test_new_folders_are_made(tmp_path):
    model = Sequential([layers.Input((3,)), layers.Dense(2)])
    model.save(tmp_path / "a" / "b" / "m.keras")
    np.testing.assert_array_equal(
        saving.load_model(tmp_path / "a" / "b" / "m.keras").get_weights()[0], model.get_weights()[0]
    )
