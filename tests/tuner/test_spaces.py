"""Spaces, values and searches are KerasTuner's, number by number."""

import json
import pickle
from pathlib import Path

import pytest
from tuner.spaces import KINDS, PROBABILITIES, SEARCHES, score, space

from addax import tuner as kt
from addax.tuner import hyperparameters as sorts

GOLDENS = json.loads((Path(__file__).parents[1] / "data" / "tuner_goldens.json").read_text())
# KerasTuner's float arithmetic loses the last of these values.
SHORT_OF_THE_LAST = {"min_value": 0.0, "max_value": 0.5, "step": 0.1}


@pytest.mark.parametrize(
    "kind, arguments, golden",
    [(*row, g) for row, g in zip(KINDS, GOLDENS["kinds"], strict=True)],
    ids=[f"{kind}-{i}" for i, (kind, _) in enumerate(KINDS)],
)
def test_values_and_probabilities(kind, arguments, golden):
    hp = getattr(sorts, kind)("x", **arguments)
    assert hp.get_config() == golden["config"] and hp.default == golden["default"]
    assert sorts.deserialize(sorts.serialize(hp)).get_config() == hp.get_config()
    if arguments == SHORT_OF_THE_LAST:
        assert hp.values == pytest.approx([0, 0.1, 0.2, 0.3, 0.4, 0.5])
        return
    values = [hp.prob_to_value(p) for p in PROBABILITIES]
    assert values == golden["from"] and hp.random_sample(5) == golden["sample"]
    assert [hp.value_to_prob(v) for v in values] == pytest.approx(golden["back"])
    if "values" in golden:
        assert list(hp.values) == golden["values"]


@pytest.mark.parametrize("name", SEARCHES)
def test_searches_try_the_same_values(name, tmp_path):
    kind, arguments = SEARCHES[name]

    class Searched(getattr(kt, kind)):
        def run_trial(self, trial, *args, **kwargs):
            return score(trial.hyperparameters)

    given = {"hypermodel": space, "directory": tmp_path, "project_name": "p"} | arguments
    tuner = Searched(**given)
    tuner.search(verbose=0)
    golden, oracle = GOLDENS["searches"][name], tuner.oracle
    ended = [oracle.trials[i] for i in oracle.end_order]
    found = [[t.trial_id, t.hyperparameters.values, t.score, t.best_step] for t in ended]
    assert found == golden["trials"]
    assert [t.trial_id for t in oracle.get_best_trials(3)] == golden["best"]
    written = json.loads((tmp_path / "p" / "oracle.json").read_text())
    assert written.keys() == golden["oracle"].keys()
    for key in ("hyperparameters", "start_order", "end_order", "run_times", "id_to_hash"):
        assert written[key] == golden["oracle"][key]
    if "seed" in arguments:
        assert written["seed_state"] == golden["oracle"]["seed_state"]
    assert len(tuner.study.trials) == len(ended)


def test_a_space_is_declared_by_using_it():
    hp = kt.HyperParameters()
    assert hp.Int("units", 8, 32, step=8) == 8 and hp["units"] == hp.get("units") == 8
    assert hp.Int("units", 1, 2) == 8  # the first declaration holds
    with hp.name_scope("head"):
        assert hp.Choice("kind", ["a", "b"], default="b") == "b"
        with hp.conditional_scope("kind", "a"):
            assert hp.Float("rate", 0.1, 1.0) is None
        assert "kind" in hp and "rate" not in hp
    assert hp.Boolean("bias", parent_name="head/kind", parent_values=["b"]) is False
    assert hp.Fixed("name", "adam") == "adam"
    assert hp.values == {"units": 8, "head/kind": "b", "bias": False, "name": "adam"}
    assert [p.name for p in hp.space] == ["units", "head/kind", "head/rate", "bias", "name"]
    assert hp.is_active("bias") and not hp.is_active("head/rate")
    for copy in (hp.copy(), pickle.loads(pickle.dumps(hp))):
        assert copy.get_config() == hp.get_config()
        assert json.loads(json.dumps(copy.get_config())) == hp.get_config()
    other = kt.HyperParameters()
    other.merge(hp)
    assert other.get_config() == hp.get_config()


def declare(name, *arguments, **more):
    return lambda: getattr(kt.HyperParameters(), name)("x", *arguments, **more)


def inside(make):
    def call():
        hp = kt.HyperParameters()
        hp.Choice("kind", ["a", "b"])
        make(hp)

    return call


def in_scope(hp):
    with hp.conditional_scope("kin", ["a"]):
        pass


WRONG = {
    "min above max": (declare("Int", 3, 1), ValueError, "min_value 3 is greater than the max"),
    "not a number": (declare("Float", 0.0, float("nan")), ValueError, "is greater than"),
    "step 0": (declare("Int", 1, 3, step=0), ValueError, "step is more than 0"),
    "step 1 of a factor": (declare("Int", 1, 8, step=1, sampling="log"), ValueError, "more than 1"),
    "half a unit": (declare("Int", 1.5, 3), ValueError, "min_value is an integer, not 1.5"),
    "log of 0": (declare("Float", 0, 1, sampling="log"), ValueError, "needs min_value > 0"),
    "sampling": (declare("Float", 0, 1, sampling="lin"), ValueError, "linear, log, reverse_log"),
    "default outside": (declare("Int", 1, 3, default=7), ValueError, r"7 lies outside \[1, 3\]"),
    "no choice": (declare("Choice", []), ValueError, "needs values; received none"),
    "default is no choice": (declare("Choice", [1], default=2), ValueError, "2 is not one of"),
    "mixed": (declare("Choice", [1, "a"]), TypeError, "values of one type"),
    "objects": (declare("Choice", [None]), TypeError, "int, float, str or bool"),
    "ordered texts": (declare("Choice", ["a"], ordered=True), ValueError, "`ordered` must be"),
    "no boolean": (declare("Boolean", default=3), ValueError, "True or False"),
    "fixed": (declare("Fixed", [1]), ValueError, "a Fixed value is"),
    "no parent": (inside(in_scope), ValueError, "kin not defined. Did you mean 'kind'"),
    "own parent": (
        inside(lambda hp: hp.Int("kind", 1, 2, parent_name="kind", parent_values="a")),
        ValueError,
        "depends on one of the same name",
    ),
    "absent": (inside(lambda hp: hp["kin"]), KeyError, "Did you mean 'kind'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_space(case):
    call, error, said = WRONG[case]
    with pytest.raises(error, match=said):
        call()
