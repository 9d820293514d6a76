import warnings
from types import SimpleNamespace

import pytest

from addax.callbacks import EarlyStopping, ModelCheckpoint, ReduceLROnPlateau
from addax.callbacks.monitor import MonitorCallback, direction

NAN = float("nan")

DIRECTIONS = [
    ("acc", "max"),
    ("accuracy_1", "max"),
    ("main_output_acc", "max"),
    ("auc_2", "max"),
    ("binary_io_u", "max"),
    ("f1", "max"),
    ("loss", "min"),
    ("decoder_loss", "min"),
    ("accuracy_loss", "min"),
    ("mse", "min"),
    ("mean_squared_error", "min"),
    ("dice_coef", None),
    ("accelerator", None),
    ("emission", None),
]


@pytest.mark.parametrize("name, mode", DIRECTIONS)
def test_what_a_name_tells(name, mode):
    assert direction(name) == mode


@pytest.mark.parametrize("monitor", ["quality", "val_quality", "val_head_quality"])
def test_the_metric_knows_better_than_its_name(monitor, fake):
    metric = SimpleNamespace(name="quality", _direction="up")
    stopping = EarlyStopping(monitor, patience=9)
    fake.run(stopping, [{monitor: v} for v in (1.0, 3.0, 2.0)], fake.Model(metrics=[metric]))
    assert stopping.best == 3.0


def test_a_direction_that_nobody_knows(fake):
    with pytest.raises(ValueError, match=r"'val_dice_coef' should rise or fall.*mode="):
        fake.run(EarlyStopping("val_dice_coef"), [{"val_dice_coef": 1.0}])
    assert fake.run(EarlyStopping("val_dice_coef", mode="max"), [{"val_dice_coef": 1.0}])


def test_an_unknown_mode_counts_as_auto():
    with pytest.warns(UserWarning, match="'smallest' counts as auto"):
        callback = MonitorCallback("loss", mode="smallest")
    assert callback._is_improvement(1.0, 2.0)


NANS = [(NAN, None, False), (NAN, 1.0, False), (1.0, NAN, True), (1.0, None, True)]


@pytest.mark.parametrize("value, reference, better", NANS)
def test_nan_is_never_the_best(value, reference, better):
    assert MonitorCallback("loss")._is_improvement(value, reference) is better


@pytest.mark.parametrize("kind", [EarlyStopping, ReduceLROnPlateau])
def test_one_warning_a_training_with_the_names_there_are(kind, fake):
    epochs = [{"val_los": 1.0, "loss": 1.0}] * 3
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        callback = kind("val_lost")
        fake.run(callback, [dict(e) for e in epochs])
        fake.run(callback, [dict(e) for e in epochs])
    assert len(caught) == 2
    message = str(caught[0].message)
    assert f"{kind.__name__} monitors 'val_lost'" in message
    assert "val_los, loss" in message
    assert "Did you mean 'val_los'" in message


def test_a_missing_validation_is_named(fake):
    with pytest.warns(UserWarning, match="pass validation_data to fit"):
        fake.run(EarlyStopping(), [{"loss": 1.0}])


def test_a_checkpoint_without_its_value_is_saved_lest_nothing_be(fake, tmp_path):
    checkpoint = ModelCheckpoint(tmp_path / "a.keras", save_best_only=True)
    with pytest.warns(UserWarning, match="monitors 'val_loss', which is not available"):
        model = fake.run(checkpoint, [{"loss": 1.0}] * 2)
    assert len(model.saved) == 2
