"""scikit-learn's checks of estimators on the wrappers: `python -m tests.wrappers.checks` makes all.

The suite makes those of `SHORT`.
"""

import sys
import unittest

from sklearn.utils.estimator_checks import estimator_checks_generator

import addax
from addax import layers
from addax.wrappers import SKLearnClassifier, SKLearnRegressor, SKLearnTransformer


def network(X, y, loss, activation="softmax", units=10, rate=0.001):
    """A small model for the shapes of the data, the same whenever it is made."""
    addax.utils.set_random_seed(1)
    model = addax.Sequential(
        [
            addax.Input(X.shape[1:]),
            layers.Dense(units, activation="relu"),
            layers.Dense(y.shape[1], activation=activation),
        ]
    )
    model.compile(addax.optimizers.RMSprop(rate), loss)
    return model


FIT = {"verbose": 0, "batch_size": 512}
CLASSES = {"loss": "categorical_crossentropy", "rate": 0.03}
NUMBERS = {"loss": "mse", "activation": "linear"}
ESTIMATORS = {
    "classifier": SKLearnClassifier(network, False, CLASSES, FIT | {"epochs": 20}),
    "regressor": SKLearnRegressor(network, False, NUMBERS, FIT),
    "transformer": SKLearnTransformer(network, False, NUMBERS, FIT),
}
COLUMNS = "decision_function has a column for each class, as in Keras"
# What cannot hold: Keras's own tests except most of these.
EXCEPTED = {
    "check_classifiers_one_label_sample_weights": "a weight of 0 is not the absence of a sample",
    "check_classifiers_classes": "a short training finds not always all classes",
    "check_classifiers_train": COLUMNS,
    "check_decision_proba_consistency": COLUMNS,
}
# One of each kind of demand, each in well under a second.
SHORT = """
    check_do_not_raise_errors_in_init_or_set_param check_no_attributes_set_in_init
    check_parameters_default_constructible check_estimator_cloneable check_estimator_repr
    check_get_params_invariance check_set_params check_n_features_in_after_fitting
    check_estimators_unfitted check_estimator_sparse_tag check_fit2d_predict1d
    check_classifiers_one_label check_estimators_empty_data_messages""".split()


def name_of(check):
    """The name of a check, which may have arguments bound."""
    return getattr(check, "func", check).__name__


def checks(kind):
    """The checks of this kind of estimator, as `(name, call)`."""
    for estimator, check in estimator_checks_generator(ESTIMATORS[kind]):
        yield name_of(check), lambda e=estimator, c=check: c(e)


def main() -> int:
    failed = 0
    for kind in ESTIMATORS:
        for name, check in checks(kind):
            try:
                check()
                said = "passed"
            except unittest.SkipTest as skipped:
                said = f"skipped: {skipped}"
            except Exception as error:
                failed += name not in EXCEPTED
                said = EXCEPTED.get(name) or f"FAILED: {error}"
            print(f"{kind:12} {name:60} {said}")
    print(f"{failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
