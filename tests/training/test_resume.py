"""A training that is killed anywhere and started again ends as one that was not, to the bit."""

import itertools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import addax
from addax import layers
from addax.callbacks import (
    BackupAndRestore,
    Callback,
    CSVLogger,
    EarlyStopping,
    LearningRateScheduler,
    ModelCheckpoint,
    ReduceLROnPlateau,
    SwapEMAWeights,
)
from addax.data import Dataset

X = np.random.default_rng(0).normal(size=(36, 4)).astype("float32")
Y = X.sum(1, keepdims=True)
BATCHES = 5  # an epoch of batches of 8


class Kill(Callback):
    """Raises after so many batches."""

    def __init__(self, after):
        self.left = after

    def on_train_batch_end(self, batch, logs=None):
        self.left -= 1
        if self.left == 0:
            raise InterruptedError


class Shuffled(addax.utils.PyDataset):
    """Shuffles its rows after each epoch, as programs do."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.order = np.arange(len(X))

    def __len__(self):
        return BATCHES

    def __getitem__(self, i):
        rows = self.order[i * 8 : (i + 1) * 8]
        return X[rows], Y[rows]

    def on_epoch_end(self):
        np.random.shuffle(self.order)


def generator():
    for _ in itertools.count():
        rows = np.random.randint(0, len(X), 8)
        yield X[rows], Y[rows]


class Positioned:
    """A generator that knows its position."""

    def __init__(self):
        self.at = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.at += 1
        rows = np.random.default_rng(self.at).integers(0, len(X), 8)
        return X[rows], Y[rows]

    def get_state(self):
        return {"at": self.at}

    def set_state(self, state):
        self.at = state["at"]


def pipeline():
    data = Dataset.from_tensor_slices((X, Y)).shuffle(20, seed=3)
    return {"x": data.batch(8).prefetch(2)}


DATA = {
    "arrays": lambda: {"x": X, "y": Y, "batch_size": 8},
    "by batch": lambda: {"x": X, "y": Y, "batch_size": 8, "shuffle": "batch"},
    "in order": lambda: {"x": X, "y": Y, "batch_size": 8, "shuffle": False},
    "held out": lambda: {"x": X, "y": Y, "batch_size": 7, "validation_split": 0.2},
    "weights": lambda: {"x": X, "y": Y, "batch_size": 8, "sample_weight": Y[:, 0] ** 2},
    "steps": lambda: {"x": X, "y": Y, "batch_size": 8, "steps_per_epoch": 3},
    "batches": lambda: {"x": Shuffled()},
    "threads": lambda: {"x": Shuffled(workers=2)},
    "generator": lambda: {"x": generator(), "steps_per_epoch": BATCHES},
    "positioned": lambda: {"x": Positioned(), "steps_per_epoch": BATCHES},
    "data set": pipeline,
    "repeated": lambda: {"x": pipeline()["x"].repeat(), "steps_per_epoch": 3},
}


def dense():
    parts = [addax.Input((4,)), layers.Dense(6), layers.BatchNormalization(), layers.Dropout(0.3)]
    return addax.Sequential([*parts, layers.Dense(1)])


def pictures():
    parts = [layers.Reshape((2, 2, 1)), layers.RandomFlip(), layers.GaussianNoise(0.1)]
    return addax.Sequential([addax.Input((4,)), *parts, layers.Flatten(), layers.Dense(1)])


def compiled(model, **options):
    model.compile(**{"optimizer": "adam", "loss": "mse", "metrics": ["mae"]} | options)
    return model


MODELS = {
    "dense": lambda: compiled(dense()),
    "pictures": lambda: compiled(pictures()),
    "averages": lambda: compiled(dense(), optimizer=addax.optimizers.Adam(0.01, use_ema=True)),
    "accumulates": lambda: compiled(
        dense(), optimizer=addax.optimizers.SGD(0.01, gradient_accumulation_steps=3)
    ),
    "schedule": lambda: compiled(
        dense(),
        optimizer=addax.optimizers.Adam(addax.optimizers.schedules.ExponentialDecay(0.1, 3, 0.9)),
    ),
    "executions": lambda: compiled(dense(), steps_per_execution=2),
    "half": lambda: compiled(
        addax.Sequential([addax.Input((4,)), layers.Dense(1, dtype="mixed_float16")]),
        optimizer=addax.optimizers.LossScaleOptimizer(addax.optimizers.Adam(0.01)),
    ),
}


class Remembers(Callback):
    """A user's: lowers the rate when the loss has risen twice."""

    def __init__(self):
        self.last, self.risen = np.inf, 0

    def get_state(self):
        return {"last": self.last, "risen": self.risen}

    def set_state(self, state):
        self.last, self.risen = state["last"], state["risen"]

    def on_epoch_end(self, epoch, logs=None):
        self.risen += logs["loss"] > self.last
        self.last = logs["loss"]
        self.model.optimizer.learning_rate = 0.01 / (1 + self.risen)


CALLBACKS = {
    "none": lambda folder: [],
    "stops": lambda folder: [EarlyStopping("loss", patience=0, restore_best_weights=True)],
    "rates": lambda folder: [
        LearningRateScheduler(lambda epoch, rate: rate * 0.5),
        ReduceLROnPlateau("loss", patience=0, min_delta=1),
    ],
    "files": lambda folder: [
        CSVLogger(folder / "log.csv"),
        ModelCheckpoint(folder / "b{epoch}.h5", "loss", save_best_only=True),
    ],
    "swap": lambda folder: [SwapEMAWeights(swap_on_epoch=True)],
    "user": lambda folder: [Remembers()],
}
KILLS = {"within": (7, 3), "between": (5, "epoch"), "early": (2, 1), "last": (11, 1)}
ROWS = [
    *[(data, "dense", "none", "within") for data in DATA],
    *[("arrays", model, "none", "early") for model in MODELS if model != "dense"],
    *[("held out", "averages", name, "within") for name in CALLBACKS if name != "none"],
    *[("arrays", "dense", "none", kill) for kill in KILLS if kill != "within"],
]


def program(folder, data, model, callbacks, *more):
    """History, weights, a draw from each stream of random numbers, and files that were written."""
    folder.mkdir(exist_ok=True)
    addax.utils.set_random_seed(1)
    made = MODELS[model]()
    given = [*more, *CALLBACKS[callbacks](folder)]
    history = made.fit(**DATA[data](), epochs=3, verbose=0, callbacks=given)
    files = {p.name: p.read_bytes() for p in folder.glob("*.csv")} | {
        p.name: p.stat().st_size for p in folder.glob("*.h5")
    }
    draws = np.random.rand(), float(addax.random.uniform(()))
    return history.history, [np.asarray(w) for w in made.get_weights()], draws, files


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row).replace(" ", "_"))
def test_it_goes_on_where_it_stood(row, tmp_path):
    *parts, when = row
    kill, save = KILLS[when]
    whole = program(tmp_path / "whole", *parts)
    folder, backup = tmp_path / "killed", tmp_path / "backup"
    with pytest.raises(InterruptedError):
        program(folder, *parts, Kill(kill), BackupAndRestore(backup, save))
    resumed = program(folder, *parts, BackupAndRestore(backup, save))
    assert resumed[0] == whole[0] and resumed[2:] == whole[2:]
    for ours, theirs in zip(resumed[1], whole[1], strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_fit_with_a_folder(tmp_path, monkeypatch):
    from addax.callbacks import backup_and_restore

    monkeypatch.setattr(backup_and_restore, "SECONDS", 0.0)  # after each dispatch

    def run(*callbacks, epochs=3):
        addax.utils.set_random_seed(1)
        model = MODELS["dense"]()
        options = {"resume": tmp_path / "run", "callbacks": callbacks, "verbose": 0}
        return model, model.fit(X, Y, epochs=epochs, batch_size=8, **options)

    with pytest.raises(InterruptedError):
        run(Kill(7))
    assert len(list((tmp_path / "run").iterdir())) == 2
    model, history = run()
    again, same = run()  # all is done: nothing is trained
    assert same.history == history.history and len(history.epoch) == 3
    for ours, theirs in zip(again.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert len(run(epochs=4)[1].epoch) == 4


SCRIPT = """
import os, signal, sys, json
import numpy as np
import addax
from addax import layers
folder, kill = sys.argv[1], int(sys.argv[2])
rng = np.random.default_rng(0)
x = rng.normal(size=(512, 8)).astype("float32")
y = x.sum(1, keepdims=True)
addax.utils.set_random_seed(0)
model = addax.Sequential([layers.Dense(8), layers.Dropout(0.2), layers.Dense(1)])
model.compile("adam", "mse")
class Count(addax.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        global kill
        kill -= 1
        if kill == 0:
            os.kill(os.getpid(), signal.SIGKILL)
saver = addax.callbacks.BackupAndRestore(folder, 3, delete_checkpoint=False, keep=2)
history = model.fit(x, y, batch_size=32, epochs=3, callbacks=[saver, Count()], verbose=0)
print(json.dumps([history.history, [float(w.sum()) for w in model.get_weights()]]))
"""


def run_script(folder, kill):
    command = [sys.executable, "-c", SCRIPT, str(folder), str(kill)]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_process_that_is_killed(tmp_path):
    whole = run_script(tmp_path / "whole", 0)
    assert run_script(tmp_path / "run", 20).returncode == -signal.SIGKILL
    for path in (tmp_path / "run").glob("*-batch-2.safetensors"):  # the disk was full, say
        os.truncate(path, path.stat().st_size - 5)
    resumed = run_script(tmp_path / "run", 0)
    assert json.loads(resumed.stdout) == json.loads(whole.stdout), resumed.stderr


def saved(folder):
    with pytest.raises(InterruptedError):
        program(folder.parent / "program", "arrays", "dense", "none", Kill(4), backup(folder))


def backup(folder):
    return BackupAndRestore(folder, 1, keep=2)


def resume(folder, data="arrays", model="dense"):
    program(folder.parent / "program", data, model, "none", backup(folder))


def test_a_damaged_state_is_passed_over(tmp_path):
    saved(tmp_path / "run")
    newest = sorted((tmp_path / "run").iterdir())[-1]
    raw = bytearray(newest.read_bytes())
    raw[-3] ^= 1
    newest.write_bytes(raw)
    with pytest.warns(UserWarning, match="damaged and not used: its contents are not those"):
        resume(tmp_path / "run")


def damage_all(folder):
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:-1])


def write_newer(folder):
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b'"format": "1"', b'"format": "9"'))


def make_file(folder):
    folder.with_name("file").write_text("mine")


REFUSED = {
    "model": (lambda f: resume(f, model="pictures"), ValueError, "another program:\n.*saved.*now"),
    "batch": (lambda f: resume(f, "held out"), ValueError, "5 batches of 8.*now: 4 batches of 7"),
    "newer": (lambda f: (write_newer(f), resume(f)), ValueError, "format 9; this version reads up"),
    "file": (lambda f: (make_file(f), resume(f.with_name("file"))), FileExistsError, "file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name, tmp_path):
    act, kind, words = REFUSED[name]
    folder = tmp_path / "run"
    saved(folder)
    before = sorted(p.name for p in folder.iterdir())
    with pytest.raises(kind, match=f"(?s){words}"):
        act(folder)
    assert sorted(p.name for p in folder.iterdir()) == before


def test_no_whole_state(tmp_path):
    saved(tmp_path / "run")
    damage_all(tmp_path / "run")
    with pytest.warns(UserWarning, match="damaged"), pytest.raises(ValueError, match="No state in"):
        resume(tmp_path / "run")


def test_a_folder_in_use(tmp_path):
    from addax.saving.run_folder import RunFolder

    pytest.importorskip("fcntl")
    folder = RunFolder(tmp_path, 1)
    with pytest.raises(RuntimeError, match="Another training saves to"):
        resume(tmp_path)
    folder.close()


def test_a_full_disk(tmp_path, monkeypatch):
    from addax.saving import safetensors

    def full(*args):
        raise OSError(28, "No space left on device")

    saved(tmp_path / "run")
    before = sorted((tmp_path / "run").iterdir())
    monkeypatch.setattr(safetensors, "write", full)
    with pytest.warns(UserWarning, match="could not be saved.*No space left"):
        program(
            Path(tmp_path / "p"),
            "arrays",
            "dense",
            "none",
            BackupAndRestore(tmp_path / "run", 1, delete_checkpoint=False, keep=2),
        )
    assert sorted((tmp_path / "run").iterdir()) == before
