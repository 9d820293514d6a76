"""Searches that train: what they find, keep, print, survive and refuse."""

import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import jax
import numpy as np
import optuna
import pytest
from tuner.spaces import X, Y

import addax
from addax import layers
from addax import tuner as kt
from addax.compat import install, uninstall

DATA = Path(__file__).parents[1] / "data"
FIT = {"x": X, "y": Y, "epochs": 2, "validation_split": 0.5, "verbose": 0}


def build(hp):
    """The model of tests/data/make_tuner_goldens.py."""
    units = hp.Int("units", 2, 4)
    model = addax.Sequential([layers.Dense(units), layers.Dense(1)])
    model.compile(addax.optimizers.SGD(hp.Choice("rate", [0.01, 0.1])), "mse")
    return model


def tiny(hp):
    """One program for all trials."""
    model = addax.Sequential([layers.Input((3,)), layers.Dense(1)])
    model.compile(addax.optimizers.SGD(hp.Float("rate", 1e-3, 0.3, sampling="log")), "mse")
    return model


def number(hp):
    return (hp.Float("x", -1.0, 1.0) - 0.3) ** 2


class Numbers(kt.RandomSearch):
    """Trials without a training."""

    def run_trial(self, trial, *args, **kwargs):
        return number(trial.hyperparameters)


def search(folder, hypermodel=tiny, kind=kt.RandomSearch, objective="val_loss", **more):
    given = {"max_trials": 3, "seed": 1, "directory": folder, "project_name": "p"} | more
    return kind(hypermodel, objective, **given)


# --- what a search finds --------------------------------------------------------------------------


def test_a_search_trains_keeps_and_shows(tmp_path, capsys):
    tuner = search(tmp_path, build, max_trials=4, executions_per_trial=2)
    tuner.search_space_summary()
    tuner.search(**FIT | {"verbose": 1})
    trials = tuner.oracle.get_best_trials(4)
    assert [t.score for t in trials] == sorted(t.score for t in trials)
    for model, trial in zip(tuner.get_best_models(2), trials, strict=False):
        assert model.layers[0].units == trial.hyperparameters["units"]
    files = {p.name for p in (tmp_path / "p" / "trial_0").iterdir()}
    assert files == {"trial.json", "build_config.json", "checkpoint.weights.h5"}
    tuner.results_summary(1)
    said = capsys.readouterr().out
    for text in (
        "units (Int)",
        "Search: Running Trial #4",
        "Best Value So Far",
        f"Best val_loss So Far: {trials[0].score}",
        "trials a minute",
        f"Score: {trials[0].score}",
    ):
        assert text in said
    assert tuner.remaining_trials == 0 and tuner.study.best_value == trials[0].score


def test_trials_of_one_architecture_are_compiled_once(tmp_path):
    lowered, per_trial = [], []

    def note(name, seconds, **_):
        lowered.extend([name] * name.endswith("jaxpr_to_mlir_module_duration"))

    class Counting(kt.RandomSearch):
        def on_trial_end(self, trial):
            super().on_trial_end(trial)
            per_trial.append(len(lowered))

    jax.monitoring.register_event_duration_secs_listener(note)
    try:
        search(tmp_path, kind=Counting, max_trials=3).search(**FIT)
    finally:
        jax.monitoring.unregister_event_duration_listener(note)
    assert per_trial[0] > 0 and per_trial[0] == per_trial[1] == per_trial[2]


def test_the_best_epoch_counts_and_is_kept(tmp_path):
    """With a rate that is too large the first epoch is the best one."""

    def diverging(hp):
        model = addax.Sequential([layers.Input((3,)), layers.Dense(1)])
        model.compile(addax.optimizers.SGD(hp.Fixed("rate", 1.5)), "mse")
        return model

    tuner = search(tmp_path, diverging, max_trials=1)
    tuner.search(**FIT | {"epochs": 4})
    trial = tuner.oracle.get_best_trials()[0]
    assert trial.best_step == 0
    loss = tuner.get_best_models()[0].evaluate(X[16:], Y[16:], verbose=0)
    assert loss == pytest.approx(trial.score, rel=1e-5)


KINDS = {
    "BayesianOptimization": {"num_initial_points": 4},
    "GridSearch": {},
    "RandomSearch": {},
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_sort_of_search_finds_the_minimum(kind, tmp_path):
    class Searched(getattr(kt, kind)):
        run_trial = Numbers.run_trial

    given = {"max_trials": 15, "seed": 3, "directory": tmp_path} | KINDS[kind]
    tuner = Searched(number, **given)
    tuner.search(verbose=0)
    best = tuner.get_best_hyperparameters()[0]["x"]
    assert abs(best - 0.3) < 0.15
    assert tuner.study.best_value == pytest.approx((best - 0.3) ** 2)


def test_hyperband_goes_on_from_the_weights_of_the_round_before(tmp_path):
    tuner = kt.Hyperband(tiny, "val_loss", max_epochs=3, factor=2, seed=1, directory=tmp_path)
    tuner.search(**FIT)
    trials = tuner.oracle.trials
    later = [t for t in trials.values() if "tuner/trial_id" in t.hyperparameters]
    assert later and tuner.study.best_trial.user_attrs["trial_id"] in trials
    for trial in later:
        before = trials[trial.hyperparameters["tuner/trial_id"]]
        assert trial.score <= before.score
        assert (
            trial.hyperparameters["tuner/initial_epoch"] == before.hyperparameters["tuner/epochs"]
        )
    assert len(tuner.get_best_models()) == 1


SAMPLERS = {
    "TPESampler": optuna.samplers.TPESampler(n_startup_trials=2),
    "NSGAIISampler": optuna.samplers.NSGAIISampler(population_size=2),
    "a storage": None,
}


@pytest.mark.parametrize("name", SAMPLERS)
def test_samplers_and_storages_of_optuna(name, tmp_path):
    storage = f"sqlite:///{tmp_path}/study.db" if name == "a storage" else None
    given = {"objective": None, "max_trials": 4, "sampler": SAMPLERS[name], "storage": storage}
    runs = []
    for folder in ("a", "b"):
        tuner = search(tmp_path, number, Numbers, project_name=folder, **given)
        tuner.search(verbose=0)
        runs.append([t.hyperparameters.values for t in tuner.oracle.trials.values()])
    assert runs[0] == runs[1] and len(tuner.study.trials) == 4
    if storage:
        stored = optuna.load_study(study_name="b", storage=storage)
        assert [t.params for t in stored.trials] == runs[1]


def test_several_objectives_have_a_front(tmp_path):
    class Two(kt.RandomSearch):
        def run_trial(self, trial, *args, **kwargs):
            x = trial.hyperparameters.Float("x", 0.0, 1.0)
            return {"loss": x, "accuracy": x**2}

    objectives = ["loss", kt.Objective("accuracy", "max")]
    tuner = search(tmp_path, None, Two, objectives, max_trials=8)
    tuner.search(verbose=0)
    assert len(tuner.study.directions) == 2 and len(tuner.study.best_trials) == 8
    best = tuner.oracle.get_best_trials()[0]
    x = best.hyperparameters["x"]
    assert best.score == pytest.approx(x - x**2)
    with pytest.raises(ValueError, match="Pruning needs one objective"):
        search(tmp_path, None, Two, objectives, pruner=optuna.pruners.MedianPruner()).study  # noqa: B018


def test_a_pruner_ends_trainings(tmp_path):
    class Never(optuna.pruners.BasePruner):
        def prune(self, study, trial):
            return trial.number > 0 and trial.last_step == 1

    tuner = search(tmp_path, pruner=Never())
    tuner.search(**FIT | {"epochs": 6})
    trials = [tuner.oracle.trials[str(i)] for i in range(3)]
    assert [len(t.reports) for t in trials] == [6, 2, 2]
    assert trials[1].message == "Pruned after epoch 2." and trials[1].status == "COMPLETED"
    states = [t.state.name for t in tuner.study.trials]
    assert states == ["COMPLETE", "PRUNED", "PRUNED"]
    again = search(tmp_path, pruner=Never())
    assert [t.intermediate_values for t in again.study.trials] == [t.reports for t in trials]
    assert [t.state.name for t in again.study.trials] == states


# --- subclasses, and programs of KerasTuner -------------------------------------------------------


def test_a_hypermodel_trains_its_own_way(tmp_path):
    class Own(kt.HyperModel):
        def build(self, hp):
            return addax.Sequential([layers.Dense(1)])  # never compiled

        def fit(self, hp, model, x, y, callbacks=None, **kwargs):
            steps = hp.Int("steps", 1, 3)
            model(x)
            return {"error": 1 / steps, "steps": steps}

    tuner = search(tmp_path, Own(), objective=kt.Objective("error", "min"), max_trials=3)
    tuner.search(X, Y, verbose=0)
    assert tuner.get_best_hyperparameters()[0]["steps"] == 3
    assert tuner.oracle.get_best_trials()[0].metrics.get_history("steps")[0].value == [3]


def test_a_tuner_hears_of_epochs_and_batches(tmp_path):
    heard = []

    class Own(kt.RandomSearch):
        def on_epoch_end(self, trial, model, epoch, logs=None):
            heard.append((trial.trial_id, epoch, "val_loss" in logs))

        def on_batch_end(self, trial, model, batch, logs=None):
            heard.append(batch)

        def run_trial(self, trial, *args, **kwargs):
            kwargs["batch_size"] = trial.hyperparameters.Choice("batch_size", [8])
            return super().run_trial(trial, *args, **kwargs)

    search(tmp_path, kind=Own, max_trials=1).search(**FIT)
    assert heard == [0, 1, ("0", 0, True), 0, 1, ("0", 1, True)]


def test_tensorboard_has_a_folder_for_each_training(tmp_path):
    tuner = search(tmp_path, max_trials=1, executions_per_trial=2)
    tuner.search(**FIT, callbacks=[addax.callbacks.TensorBoard(tmp_path / "logs")])
    folders = {str(p.parent.relative_to(tmp_path)) for p in (tmp_path / "logs").rglob("events*")}
    assert {f"logs/0/execution{i}/train" for i in (0, 1)} <= folders


def test_settings_of_the_tuner_take_the_place_of_the_models(tmp_path):
    tuner = search(tmp_path, optimizer="adam", loss="mae", metrics=["mse"], max_trials=1)
    tuner.search(**FIT)
    model = tuner.get_best_models()[0]
    assert type(model.optimizer).__name__ == "Adam" and model.loss == "mae"
    assert "val_mse" in tuner.oracle.trials["0"].metrics.metrics


def test_values_given_in_advance(tmp_path):
    hp = kt.HyperParameters()
    hp.Fixed("rate", 0.1)
    tuner = search(tmp_path, build, hyperparameters=hp, max_trials=3)
    tuner.search(**FIT)
    assert {t.hyperparameters["rate"] for t in tuner.oracle.trials.values()} == {0.1}
    hp = kt.HyperParameters()
    hp.Int("units", 3, 4)
    alone = search(tmp_path, build, hyperparameters=hp, tune_new_entries=False, project_name="q")
    assert [p.name for p in alone.oracle.get_space().space] == ["units"]
    with pytest.raises(RuntimeError, match="`allow_new_entries` is `False`, but found new entries"):
        search(tmp_path, build, hyperparameters=hp, allow_new_entries=False, project_name="r")


def test_an_oracle_of_ones_own(tmp_path):
    class Counting(kt.Oracle):
        def populate_space(self, trial_id):
            if int(trial_id) == 3:
                return {"status": "STOPPED"}
            return {"status": "RUNNING", "values": {"x": int(trial_id) / 3}}

        @kt.synchronized
        def end_trial(self, trial):
            return super().end_trial(trial)

    class Own(kt.Tuner):
        def run_trial(self, trial, *args, **kwargs):  # as programs of older versions
            x = trial.hyperparameters.Float("x", 0.0, 1.0)
            self.oracle.update_trial(trial.trial_id, {"default_objective": abs(x - 0.4)})

    tuner = Own(Counting(), directory=tmp_path)
    tuner.search(verbose=0)
    assert tuner.get_best_hyperparameters()[0]["x"] == pytest.approx(1 / 3)


def test_models_of_scikit_learn(tmp_path):
    from sklearn.linear_model import Ridge
    from sklearn.metrics import mean_absolute_error

    oracle = kt.oracles.BayesianOptimizationOracle(kt.Objective("score", "max"), max_trials=3)
    tuner = kt.SklearnTuner(
        oracle,
        lambda hp: Ridge(hp.Float("alpha", 1e-3, 10, sampling="log")),
        metrics=mean_absolute_error,
        directory=tmp_path,
    )
    tuner.search(X, Y[:, 0], sample_weight=np.ones(32))
    assert tuner.get_best_models()[0].score(X, Y[:, 0]) > 0.9
    assert tuner.oracle.get_best_trials()[0].metrics.exists("mean_absolute_error")


PROGRAM = """
import keras_tuner as kt
import kerastuner
from keras_tuner import Hyperband, HyperModel, HyperParameters, Objective
from keras_tuner.engine import hyperparameters
from keras_tuner.engine.hypermodel import HyperModel as H
from keras_tuner.engine.oracle import Oracle
from keras_tuner.engine.base_tuner import BaseTuner
from keras_tuner.oracles import RandomSearchOracle
from keras_tuner.tuners import RandomSearch
from kerastuner.tuners import BayesianOptimization
found = [
    kt.engine.tuner.Tuner, kt.engine.trial.Trial, kt.errors.FatalTypeError,
    kt.engine.metrics_tracking.infer_metric_direction, hyperparameters.Choice,
    kt.applications.HyperResNet, kt.tuners.SklearnTuner, kt.engine.hyperparameters.Int,
]
"""


def test_names_of_kerastuner_are_these():
    install()
    try:
        names: dict = {}
        exec(PROGRAM, names)
    finally:
        uninstall()
    assert names["RandomSearch"] is kt.RandomSearch and names["H"] is kt.HyperModel
    assert names["BayesianOptimization"] is kt.BayesianOptimization
    assert all(part.__module__.startswith("addax.tuner") for part in names["found"])


# --- projects -------------------------------------------------------------------------------------


def test_a_project_of_kerastuner_is_gone_on_with(tmp_path):
    golden = json.loads((DATA / "tuner_goldens.json").read_text())["project"]
    with zipfile.ZipFile(DATA / "tuner_project.zip") as archive:
        archive.extractall(tmp_path / "p")
    tuner = search(tmp_path, build, max_trials=5, seed=3)
    assert tuner.remaining_trials == 2
    assert tuner.get_best_hyperparameters()[0].values == golden["best"]
    predicted = tuner.get_best_models()[0].predict(X[:4], verbose=0)
    np.testing.assert_allclose(predicted, golden["predicted"], rtol=1e-5)
    tuner.search(**FIT)
    assert len(tuner.oracle.end_order) == 5 and len(tuner.study.trials) == 5


KILLED = """
import os, sys
from addax import tuner as kt

class Own(kt.BayesianOptimization):
    def run_trial(self, trial, *args, **kwargs):
        if trial.trial_id == sys.argv[2]:
            os.kill(os.getpid(), 9)
        return (trial.hyperparameters.Float("x", -1.0, 1.0) - 0.3) ** 2

tuner = Own(max_trials=8, num_initial_points=2, seed=5, directory=sys.argv[1])
tuner.search(verbose=0)
found = [t.hyperparameters.values for t in tuner.oracle.trials.values()]
"""


def test_a_search_that_was_killed_goes_on_as_it_would_have(tmp_path, monkeypatch):
    line = [sys.executable, "-c", KILLED, "killed", "5"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    killed = subprocess.run(line, cwd=tmp_path, env=environment)
    assert killed.returncode == -signal.SIGKILL
    monkeypatch.chdir(tmp_path)
    runs = []
    for folder in ("killed", "whole"):
        monkeypatch.setattr(sys, "argv", ["", folder, ""])
        names: dict = {}
        exec(KILLED, names)
        runs.append((names["found"], names["tuner"].oracle.end_order))
    assert runs[0] == runs[1] and len(runs[0][0]) == 8


def test_what_a_trial_raises_is_noted_and_the_search_goes_on(tmp_path, capsys):
    class Failing(Numbers):
        def run_trial(self, trial, *args, **kwargs):
            kind = int(trial.trial_id)
            if kind == 0:
                raise ValueError("too small")
            if kind == 1:
                raise kt.FailedTrialError("too large")
            if kind == 2:
                return float("nan")
            return super().run_trial(trial)

    given = {"objective": None, "max_trials": 5, "max_consecutive_failed_trials": 4}
    tuner = search(tmp_path, number, Failing, **given)
    tuner.search(verbose=1)
    trials = [tuner.oracle.trials[str(i)] for i in range(5)]
    assert [t.status for t in trials] == ["FAILED"] * 3 + ["COMPLETED"] * 2
    assert 'raise ValueError("too small")' in trials[0].message
    assert trials[2].message == "The objective default_objective is NaN."
    assert "ValueError: too small" in capsys.readouterr().out
    states = [t.state.name for t in tuner.study.trials]
    assert states == ["FAIL"] * 3 + ["COMPLETE"] * 2
    assert "too small" in tuner.study.trials[0].user_attrs["message"]
    assert tuner.oracle.get_best_trials()[0].status == "COMPLETED"


def test_a_trial_is_tried_again(tmp_path):
    tries = []

    class Once(Numbers):
        def run_trial(self, trial, *args, **kwargs):
            tries.append(trial.trial_id)
            if len(tries) == 1:
                return float("nan")
            return super().run_trial(trial)

    tuner = search(tmp_path, number, Once, objective=None, max_retries_per_trial=1, max_trials=2)
    tuner.search(verbose=0)
    assert tries == ["0", "0", "1"] and tuner.oracle._run_times == {"0": 2, "1": 1}
    assert not np.isnan(tuner.oracle.trials["0"].score)


def test_too_many_failures_end_the_search_and_lose_nothing(tmp_path):
    class Failing(Numbers):
        def run_trial(self, trial, *args, **kwargs):
            if int(trial.trial_id) > 1:
                raise OSError("no disk")
            return super().run_trial(trial)

    tuner = search(tmp_path, number, Failing, objective=None, max_trials=9)
    with pytest.raises(RuntimeError, match=r"limit of 3; the last one was:\n(.|\n)*no disk"):
        tuner.search(verbose=0)
    again = search(tmp_path, number, Failing, objective=None, max_trials=9)
    assert [t.status for t in again.oracle.trials.values()] == ["COMPLETED"] * 2 + ["FAILED"] * 3


def test_overwrite_begins_anew(tmp_path):
    storage = f"sqlite:///{tmp_path}/study.db"
    for _ in range(2):
        tuner = search(
            tmp_path, number, Numbers, objective=None, max_trials=2, storage=storage, overwrite=True
        )
        tuner.search(verbose=0)
        assert len(tuner.study.trials) == 2


# --- bad input ------------------------------------------------------------------------------------


def none(hp):
    tiny(hp)


def uncompiled(hp):
    hp.Int("x", 1, 2)
    return addax.Sequential([layers.Dense(1)])


def grown(hp):
    hp.Boolean("bias")
    hp.Float("rate", 1e-3, 0.5)
    return tiny(hp)


def spoiled(tmp_path, file="oracle.json", text='{"ongoing_trials": '):
    search(tmp_path, number, Numbers, objective=None, max_trials=1).search(verbose=0)
    (tmp_path / "p" / file).write_text(text)
    return search(tmp_path, number, Numbers, objective=None)


def of_another_space(tmp_path):
    search(tmp_path, max_trials=1).search(**FIT)
    search(tmp_path, grown)


WRONG = {
    "metric that is not there": (
        lambda t: search(t, objective=kt.Objective("val_los", "min")).search(**FIT),
        kt.errors.FatalValueError,
        "Objective value missing in metrics: val_los. Did you mean 'val_loss'",
    ),
    "metric that nobody knows": (
        lambda t: search(t, objective="val_nonsense"),
        ValueError,
        r'pass Objective\("val_nonsense", direction="min"\) or "max"',
    ),
    "direction": (lambda t: kt.Objective("loss", "down"), ValueError, "'min' or 'max'"),
    "objective": (lambda t: search(t, objective=3), TypeError, "received 3"),
    "returns no model": (lambda t: search(t, none).search(**FIT), TypeError, "received None"),
    "not compiled": (
        lambda t: search(t, uncompiled).search(**FIT),
        kt.errors.FatalValueError,
        "without compiling it",
    ),
    "returns nothing": (
        lambda t: type("T", (kt.RandomSearch,), {"run_trial": lambda *a, **k: None})(
            None, directory=t
        ).search(),
        TypeError,
        "Did you forget to return the metrics",
    ),
    "no hypermodel": (lambda t: search(t, None), ValueError, "Received `hypermodel=None`"),
    "no function": (lambda t: search(t, 3), kt.errors.FatalValueError, "received 3"),
    "no oracle": (lambda t: kt.Tuner(3, tiny), ValueError, "Expected `oracle`"),
    "misspelt": (lambda t: search(t, max_trial=3), TypeError, "max_trial"),
    "nothing to search": (
        lambda t: search(t, tune_new_entries=False),
        ValueError,
        "specify the search space",
    ),
    "too large": (
        lambda t: search(t, max_model_size=3).search(**FIT),
        RuntimeError,
        "Oversized model: 4 parameters, more than 3",
    ),
    "callbacks that can't be copied": (
        lambda t: search(t).search(**FIT, callbacks=[threading.Lock()]),
        kt.errors.FatalValueError,
        "copied for each trial",
    ),
    "oracle.json cut off": (spoiled, RuntimeError, r"oracle.json.*pass overwrite=True"),
    "oracle.json of something else": (
        lambda t: spoiled(t, text="{}"),
        RuntimeError,
        "holds no state of a search",
    ),
    "trial.json cut off": (lambda t: spoiled(t, "trial_0/trial.json"), RuntimeError, "trial.json"),
    "another space": (
        of_another_space,
        ValueError,
        r"another search space:\n  name +in the folder +in build\(hp\)\n(.|\n)*"
        r"bias +- +Boolean\(default=False\)(.|\n)*overwrite=True",
    ),
    "a grid by a sampler": (
        lambda t: search(t, kind=kt.GridSearch, sampler=optuna.samplers.RandomSampler()),
        ValueError,
        "takes no sampler",
    ),
    "a factor of 1": (
        lambda t: kt.Hyperband(tiny, "loss", factor=1, directory=t),
        ValueError,
        "larger than 1",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_refused(case, tmp_path):
    call, error, said = WRONG[case]
    with pytest.raises(error, match=said):
        call(tmp_path)


def test_a_search_without_optuna_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(ImportError, match=r'pip install "addax\[tuner\]"'):
        search(tmp_path)
