"""A training that was killed and started again ends as one that was not."""

import numpy as np
import pytest

import addax
from addax.callbacks import BackupAndRestore, Callback

X = np.random.default_rng(0).normal(size=(32, 4)).astype("float32")
Y = X.sum(1, keepdims=True)


class Kill(Callback):
    """Raises at the beginning of an epoch, or after a batch of it."""

    def __init__(self, epoch, batch=None):
        self.at, self.batch, self.epoch = epoch, batch, 0

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch
        if epoch == self.at and self.batch is None:
            raise RuntimeError("killed")

    def on_train_batch_end(self, batch, logs=None):
        if (self.epoch, batch) == (self.at, self.batch):
            raise RuntimeError("killed")


def program(*callbacks):
    addax.utils.set_random_seed(1)
    model = addax.Sequential([addax.Input((4,)), addax.layers.Dense(3), addax.layers.Dense(1)])
    model.compile("adam", "mse")
    options = {"batch_size": 8, "shuffle": False, "verbose": 0, "callbacks": list(callbacks)}
    return model, model.fit(X, Y, epochs=5, **options)


@pytest.mark.parametrize("options", [{}, {"double_checkpoint": True}], ids=str)
def test_it_goes_on_with_the_next_epoch(options, tmp_path):
    folder = tmp_path / "backup"
    whole, _ = program()
    with pytest.raises(RuntimeError, match="killed"):
        program(BackupAndRestore(folder, **options), Kill(3))
    files = sorted(p.name for p in folder.iterdir())
    assert files[-1] == "epoch-3-batch-0.safetensors" and len(files) == 1 + bool(options)
    model, history = program(BackupAndRestore(folder, **options))
    assert history.epoch == [0, 1, 2, 3, 4] and int(model.optimizer.iterations.numpy()) == 20
    for one, other in zip(model.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert not folder.exists()


def test_within_an_epoch(tmp_path):
    with pytest.raises(RuntimeError, match="killed"):
        program(BackupAndRestore(tmp_path, save_freq=2), Kill(1, 2))
    assert [p.name for p in tmp_path.iterdir()] == ["epoch-1-batch-2.safetensors"]
    model, history = program(BackupAndRestore(tmp_path, save_freq=2, delete_checkpoint=False))
    assert history.epoch == [0, 1, 2, 3, 4] and int(model.optimizer.iterations.numpy()) == 20
    assert [p.name for p in tmp_path.iterdir()] == ["epoch-4-batch-4.safetensors"]


def test_batches_of_one_execution_are_counted(tmp_path):
    model, _ = program()
    model.compile("adam", "mse", steps_per_execution=2)
    callback = BackupAndRestore(tmp_path, save_freq=4, delete_checkpoint=False)
    model.fit(X, Y, batch_size=8, epochs=1, callbacks=[callback], verbose=0)
    assert [p.name for p in tmp_path.iterdir()] == ["epoch-0-batch-4.safetensors"]


def test_another_training_starts_at_its_beginning(tmp_path):
    model, history = program(BackupAndRestore(tmp_path / "a"))
    assert history.epoch == [0, 1, 2, 3, 4]
    assert model.fit(X, Y, epochs=2, verbose=0).epoch == [0, 1]


def test_the_user_s_files_stay(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    program(BackupAndRestore(tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


WRONG = [
    (lambda d: BackupAndRestore(""), ValueError, "path of a folder; received ''"),
    (lambda d: BackupAndRestore(d, save_freq="batch"), ValueError, "save_freq.*'batch'"),
    (lambda d: BackupAndRestore(d, save_freq=0.5), ValueError, "save_freq.*0.5"),
    (lambda d: program(BackupAndRestore(d / "file")), FileExistsError, "file"),
]


@pytest.mark.parametrize("act, kind, words", WRONG)
def test_wrong_arguments(act, kind, words, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(kind, match=words):
        act(tmp_path)
    assert (tmp_path / "file").read_text() == "mine"
