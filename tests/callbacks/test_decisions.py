"""Given the same logs, ours decide as Keras's do."""

import warnings

import keras
import numpy as np
import pytest

from addax import callbacks

SEEDS = range(6)


def epochs_of(seed, name="val_loss", count=14):
    """Values on a grid of 1/64, which float32 and float64 compare alike."""
    steps = np.random.default_rng(seed).integers(-12, 9, count)
    return [{"loss": 1.0, name: float(v)} for v in np.cumsum(steps) / 64 + 2]


EARLY = [
    {},
    {"patience": 2},
    {"patience": 3, "min_delta": 3 / 64},
    {"patience": 2, "baseline": 1.75},
    {"patience": 2, "start_from_epoch": 4},
    {"patience": 2, "restore_best_weights": True},
    {"patience": 4, "restore_best_weights": True, "baseline": 1.5, "start_from_epoch": 2},
    {"patience": 2, "mode": "max", "min_delta": 2 / 64},
    {"patience": 2, "monitor": "val_accuracy", "mode": "max", "restore_best_weights": True},
    {"patience": 2, "min_delta": -2 / 64},
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("options", EARLY, ids=str)
def test_early_stopping(options, seed, fake):
    logs = epochs_of(seed, options.get("monitor", "val_loss"))
    pair = [library.EarlyStopping(**options) for library in (callbacks, keras.callbacks)]
    models = [fake.run(callback, logs) for callback in pair]
    ours, theirs = pair
    for name in ("best", "best_epoch", "stopped_epoch", "wait"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert models[0].restored == models[1].restored
    assert models[0].stop_training == models[1].stop_training


PLATEAU = [
    {"patience": 1},
    {"patience": 2, "factor": 0.5},
    {"patience": 1, "factor": 0.5, "cooldown": 2},
    {"patience": 1, "factor": 0.25, "min_lr": 0.125},
    {"patience": 1, "min_delta": 4 / 64, "cooldown": 1},
    {"patience": 1, "mode": "max"},
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("options", PLATEAU, ids=str)
def test_reduce_lr_on_plateau(options, seed, fake):
    rates = []
    for library in (callbacks, keras.callbacks):
        logs = epochs_of(seed)
        callback = library.ReduceLROnPlateau(**options)
        model = fake.run(callback, logs)
        seen = [entry["learning_rate"] for entry in logs]
        rates.append((seen, model.optimizer.learning_rate, callback.best, callback.wait))
    assert rates[0] == rates[1]


CHECKPOINT = [
    {},
    {"save_best_only": True},
    {"save_best_only": True, "mode": "max"},
    {"save_best_only": True, "initial_value_threshold": 1.75},
    {"save_best_only": True, "monitor": "loss"},
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("options", CHECKPOINT, ids=str)
def test_model_checkpoint(options, seed, fake, tmp_path):
    path = str(tmp_path / "{epoch:02d}-{val_loss:.2f}.keras")
    saved = [
        fake.run(library.ModelCheckpoint(path, **options), epochs_of(seed)).saved
        for library in (callbacks, keras.callbacks)
    ]
    assert saved[0] == saved[1]
    assert saved[0] or "initial_value_threshold" in options


@pytest.mark.parametrize("freq", [1, 3, 7, 10])
def test_model_checkpoint_by_batches(freq, fake, tmp_path):
    path = str(tmp_path / "{epoch}-{batch}.keras")
    saved = []
    for library in (callbacks, keras.callbacks):
        callback, model = library.ModelCheckpoint(path, save_freq=freq), fake.Model()
        callback.set_model(model)
        for epoch in range(3):
            callback.on_epoch_begin(epoch)
            for batch in range(8):
                callback.on_train_batch_end(batch, {"loss": 0.5})
        saved.append(model.saved)
    assert saved[0] == saved[1]
    assert saved[0]


METRICS = [
    keras.metrics.BinaryAccuracy(),
    keras.metrics.SparseTopKCategoricalAccuracy(),
    keras.metrics.AUC(),
    keras.metrics.Precision(),
    keras.metrics.Recall(),
    keras.metrics.SensitivityAtSpecificity(0.5),
    keras.metrics.PrecisionAtRecall(0.5),
    keras.metrics.F1Score(),
    keras.metrics.FBetaScore(),
    keras.metrics.R2Score(),
    keras.metrics.BinaryIoU(),
    keras.metrics.MeanIoU(2),
    keras.metrics.OneHotMeanIoU(2),
    keras.metrics.CosineSimilarity(),
    keras.metrics.PearsonCorrelation(),
    keras.metrics.ConcordanceCorrelation(),
    keras.metrics.MeanSquaredError(),
    keras.metrics.MeanAbsolutePercentageError(),
    keras.metrics.RootMeanSquaredError(),
    keras.metrics.LogCoshError(),
    keras.metrics.CategoricalHinge(),
    keras.metrics.BinaryCrossentropy(),
    keras.metrics.KLDivergence(),
    keras.metrics.Poisson(),
]


@pytest.mark.parametrize("metric", METRICS, ids=lambda m: m.name)
def test_auto_mode_agrees_with_the_direction_keras_gives_the_metric(metric):
    from addax.callbacks.monitor import STORED, direction

    assert direction(metric.name) == STORED[metric._direction]


def test_csv_files_are_keras_s_byte_for_byte(tmp_path, fake):
    rows = [{"loss": 0.5, "acc": 0.25}, {"loss": 1 / 3, "acc": 1.0, "val_loss": 2.0}]
    written = []
    for name, library in (("ours", callbacks), ("theirs", keras.callbacks)):
        path = tmp_path / name
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            fake.run(library.CSVLogger(path, separator=";"), rows)
            fake.run(library.CSVLogger(path, separator=";", append=True), rows[:1])
        written.append(path.read_bytes())
    assert written[0].split(b"\r\n")[:3] == written[1].split(b"\r\n")[:3]
    assert written[0].split(b"\r\n")[3] == b"0;0.25;0.5;NA;NA"
