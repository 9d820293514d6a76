"""The estimators of `addax.wrappers` behave as scikit-learn asks, and as Keras's do."""

import pickle
import subprocess
import sys
import unittest

import joblib
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from wrappers.checks import CLASSES, ESTIMATORS, EXCEPTED, FIT, NUMBERS, SHORT, checks, network

import addax
from addax.wrappers import SKLearnClassifier, SKLearnRegressor, SKLearnTransformer

X, Y = load_iris(return_X_y=True)
NAMES = np.array(["setosa", "versicolor", "virginica"])[Y]
ROWS = [(kind, name, check) for kind in ESTIMATORS for name, check in checks(kind) if name in SHORT]


@pytest.mark.parametrize("kind, name, check", ROWS, ids=[f"{k}-{n}" for k, n, _ in ROWS])
def test_checks_of_scikit_learn(kind, name, check):
    assert name not in EXCEPTED
    try:
        check()
    except unittest.SkipTest as skipped:
        pytest.skip(str(skipped))


def classifier(**changes):
    given = {"model": network, "model_kwargs": CLASSES, "fit_kwargs": FIT | {"epochs": 60}}
    return SKLearnClassifier(**(given | changes))


def test_a_pipeline_learns_names_and_is_cross_validated():
    pipeline = make_pipeline(StandardScaler(), classifier())
    assert cross_val_score(pipeline, X, NAMES, cv=3).min() > 0.85
    pipeline.fit(X, NAMES)
    assert set(pipeline.predict(X)) == set(NAMES) and list(pipeline.classes_) == sorted(set(NAMES))
    np.testing.assert_allclose(pipeline.predict_proba(X).sum(1), 1, rtol=1e-5)
    for copy in (pickle.loads(pickle.dumps(pipeline)), clone(pipeline).fit(X, NAMES)):
        np.testing.assert_allclose(copy.predict_proba(X), pipeline.predict_proba(X), rtol=1e-5)


def test_grid_search_picks_the_rate_that_learns(tmp_path):
    grid = {"model_kwargs": [CLASSES | {"rate": rate} for rate in (1e-6, 0.03)]}
    search = GridSearchCV(classifier(), grid, cv=2, n_jobs=1).fit(X, Y)
    assert search.best_params_["model_kwargs"]["rate"] == 0.03
    joblib.dump(search, tmp_path / "search.joblib")
    again = joblib.load(tmp_path / "search.joblib")
    assert (again.predict(X) == search.predict(X)).all()


def compiled(outputs=3, loss="categorical_crossentropy"):
    return network(X, np.zeros((1, outputs)), loss)


def test_a_model_is_cloned_for_each_fit_unless_it_starts_warm():
    model = compiled()
    before = model.get_weights()[0]
    cold = SKLearnClassifier(model, fit_kwargs=FIT).fit(X, Y)
    assert cold.model_ is not model and (model.get_weights()[0] == before).all()
    assert clone(cold).model is model and cold.epoch_ == 1
    warm = SKLearnClassifier(model, warm_start=True, fit_kwargs=FIT).fit(X, Y)
    assert warm.model_ is model and (model.get_weights()[0] != before).any()
    assert warm.fit(X, Y, epochs=3).model_ is model and warm.epoch_ == 3


def test_arguments_of_fit_come_first_and_stay_the_users():
    given = dict(FIT, epochs=2)
    made = classifier(fit_kwargs=given).fit(X, Y, epochs=1)
    assert made.epoch_ == 1 and given == dict(FIT, epochs=2)
    assert clone(made).fit_kwargs == given


def test_regressor_and_transformer_give_what_the_model_gives():
    made = SKLearnRegressor(network, model_kwargs=NUMBERS, fit_kwargs=FIT).fit(X, Y)
    outputs = made.model_.predict(X, verbose=0)
    np.testing.assert_allclose(made.predict(X), outputs[:, 0])
    made = SKLearnTransformer(network, model_kwargs=NUMBERS, fit_kwargs=FIT).fit(X, Y)
    np.testing.assert_allclose(made.transform(X), made.model_.predict(X, verbose=0))


WRONG = {
    "not compiled": (classifier(model=addax.Sequential()), X, Y, RuntimeError, "model.compile"),
    "no model": (classifier(model=lambda X, y, **_: 3), X, Y, TypeError, "received 3"),
    "one class": (classifier(), X, np.zeros(150), ValueError, "only one class is present"),
    "numbers": (classifier(), X, X[:, 0], ValueError, "Unknown label type: 'continuous'"),
    "lengths": (classifier(), X, Y[:9], ValueError, "inconsistent numbers of samples"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_fitted(case):
    estimator, x, y, error, said = WRONG[case]
    with pytest.raises(error, match=said):
        estimator.fit(x, y)


def test_outputs_that_are_no_probabilities():
    made = classifier(model_kwargs=CLASSES | {"activation": "linear"}).fit(X, Y, epochs=1)
    assert made.decision_function(X).shape == (150, 3)
    with pytest.raises(ValueError, match="no probabilities"):
        made.predict_proba(X)


def test_scikit_learn_is_imported_when_it_is_used():
    program = """if True:
        import sys, addax.wrappers
        assert "sklearn" not in sys.modules
        sys.modules["sklearn.base"] = None
        addax.wrappers.SKLearnRegressor"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert 'pip install "addax[sklearn]"' in done.stderr.splitlines()[-1]
