"""What KerasTuner makes of small searches: writes tuner_goldens.json and tuner_project.zip.

Run with keras-tuner 1.4.8, keras 3.15.1 and jax, in an environment of their own:
KERAS_BACKEND=jax python tests/data/make_tuner_goldens.py
"""

import json
import os
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from tuner.spaces import KINDS, NETWORKS, PROBABILITIES, SEARCHES, score, space

HERE = Path(__file__).parent
EPOCH = 1600000000  # the date of all entries of the archive


def plain(value):
    return value.item() if isinstance(value, np.generic) else value


def kinds(kt):
    """Values, defaults and probabilities of each sort of hyperparameter."""
    found = []
    for kind, arguments in KINDS:
        hp = getattr(kt.engine.hyperparameters, kind)("x", **arguments)
        row = {
            "config": hp.get_config(),
            "default": hp.default,
            "from": [plain(hp.prob_to_value(p)) for p in PROBABILITIES],
            "sample": plain(hp.random_sample(5)),
        }
        row["back"] = [plain(hp.value_to_prob(v)) for v in row["from"]]
        if getattr(hp, "step", 1) is not None:
            row["values"] = [plain(v) for v in hp.values]
        found.append(row)
    return found


def searches(kt, folder):
    """The values of each trial of each search, with a function in the place of training."""
    found = {}
    for name, (kind, arguments) in SEARCHES.items():

        class Searched(getattr(kt, kind)):
            def run_trial(self, trial, *args, **kwargs):
                return score(trial.hyperparameters)

        given = {"hypermodel": space, "directory": folder, "project_name": name} | arguments
        tuner = Searched(**given)
        tuner.search(verbose=0)
        oracle = tuner.oracle
        found[name] = {
            "trials": [
                [t.trial_id, t.hyperparameters.values, t.score, t.best_step]
                for t in map(oracle.trials.get, oracle.end_order)
            ],
            "best": [t.trial_id for t in oracle.get_best_trials(3)],
            "oracle": json.loads(Path(folder, name, "oracle.json").read_text()),
        }
    return found


def networks(kt):
    """The weights of the ready-made networks."""
    found = {}
    for name, (kind, values) in NETWORKS.items():
        hp = kt.HyperParameters()
        hp.values = dict(values)
        model = getattr(kt.applications, kind)(input_shape=(32, 32, 3), classes=5).build(hp)
        shapes = [list(w.shape) for w in model.get_weights()]
        found[name] = {"space": hp.get_config(), "shapes": shapes}
    return found


def project(kt, folder):
    """A search that trains, and what its best model predicts."""
    import keras
    from tuner.spaces import X, Y

    def build(hp):
        units = hp.Int("units", 2, 4)
        model = keras.Sequential([keras.layers.Dense(units), keras.layers.Dense(1)])
        model.compile(keras.optimizers.SGD(hp.Choice("rate", [0.01, 0.1])), "mse")
        return model

    tuner = kt.RandomSearch(
        build, "val_loss", max_trials=3, seed=3, directory=folder, project_name="trained"
    )
    tuner.search(X, Y, epochs=2, validation_split=0.5, verbose=0)
    best = tuner.get_best_models()[0]
    root = Path(folder, "trained")
    with zipfile.ZipFile(HERE / "tuner_project.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(str(path.relative_to(root)), (2026, 1, 1, 0, 0, 0))
            archive.writestr(info, path.read_bytes())
    return {
        "predicted": best.predict(X[:4], verbose=0).tolist(),
        "best": tuner.get_best_hyperparameters()[0].values,
    }


def main():
    import keras_tuner as kt

    with tempfile.TemporaryDirectory() as folder:
        found = {
            "kinds": kinds(kt),
            "searches": searches(kt, folder),
            "project": project(kt, folder),
            "networks": networks(kt),
        }
    text = json.dumps(found)
    (HERE / "tuner_goldens.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("KERAS_BACKEND", "jax")
    main()
