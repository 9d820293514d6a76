import os

import pytest

from addax.callbacks import ModelCheckpoint

LOGS = {"loss": 0.5, "val_loss": 0.25}
PATHS = [
    ("m.keras", "m.keras"),
    ("m.h5", "m.h5"),
    ("plain", "plain"),
    ("new/folder/{epoch:02d}-{val_loss:.2f}.hdf5", "new/folder/01-0.25.hdf5"),
    ("{epoch}.weights.h5", "1.weights.h5"),
]


@pytest.mark.parametrize("weights_only", [False, True])
@pytest.mark.parametrize("given, expected", PATHS)
def test_any_name_will_do(given, expected, weights_only, fake, tmp_path):
    checkpoint = ModelCheckpoint(tmp_path / given, save_weights_only=weights_only)
    (saved,) = fake.run(checkpoint, [LOGS]).saved
    assert saved == "weights " * weights_only + str(tmp_path / expected)
    assert os.path.isdir(os.path.dirname(tmp_path / expected))


def test_an_unknown_name_in_the_path(fake, tmp_path):
    with pytest.raises(KeyError, match=r"names 'accuracy'; known now: epoch, loss, val_loss"):
        fake.run(ModelCheckpoint(str(tmp_path / "{accuracy}.keras")), [LOGS])


def test_a_folder_is_no_place_for_a_file(fake, tmp_path):
    with pytest.raises(IsADirectoryError, match="ModelCheckpoint writes a file"):
        fake.run(ModelCheckpoint(tmp_path), [LOGS])


@pytest.mark.parametrize("freq", ["batch", 0, 2.5, None])
def test_a_wrong_frequency(freq):
    with pytest.raises(ValueError, match=r'save_freq is "epoch" or a positive number'):
        ModelCheckpoint("a", save_freq=freq)


def test_the_best_is_one_number(fake, tmp_path):
    checkpoint = ModelCheckpoint(tmp_path / "a", monitor="loss", save_best_only=True)
    with pytest.raises(ValueError, match="'loss' is no single number"):
        fake.run(checkpoint, [{"loss": [1.0, 2.0]}])


def test_what_it_says(fake, tmp_path, capsys):
    path = tmp_path / "a.keras"
    fake.run(ModelCheckpoint(path, verbose=1), [LOGS])
    best = ModelCheckpoint(path, verbose=1, save_best_only=True)
    fake.run(best, [LOGS, {"val_loss": 0.5}, {"val_loss": 0.125}])
    assert capsys.readouterr().out.splitlines() == [
        f"Epoch 1: saving model to {path}",
        f"Epoch 1: finished saving model to {path}",
        f"Epoch 1: val_loss improved from None to 0.25000, saving model to {path}",
        f"Epoch 1: finished saving model to {path}",
        "Epoch 2: val_loss did not improve from 0.25000",
        f"Epoch 3: val_loss improved from 0.25000 to 0.12500, saving model to {path}",
        f"Epoch 3: finished saving model to {path}",
    ]


def test_the_best_within_an_epoch(fake, tmp_path):
    checkpoint = ModelCheckpoint(tmp_path / "{batch}", "loss", save_best_only=True, save_freq=2)
    checkpoint.set_model(model := fake.Model())
    for batch, loss in enumerate([9.0, 3.0, 1.0, 4.0, 1.0, 2.0]):
        checkpoint.on_train_batch_end(batch, {"loss": loss})
    assert [os.path.basename(p) for p in model.saved] == ["2", "6"]
