"""Programs around `keras.wrappers.scikit_learn` and SciKeras, with the calls that they make."""

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import addax
from addax import layers
from addax.compat import install, uninstall

X, Y = load_iris(return_X_y=True)
X = X.astype("float32")
NAMES = np.array(["setosa", "versicolor", "virginica"])[Y]
QUIET = {"verbose": 0, "batch_size": 32}


@pytest.fixture(autouse=True)
def stand_ins():
    install()
    yield
    uninstall()


def network(units=8, outputs=3, loss="categorical_crossentropy", metrics=("accuracy",)):
    """A compiled model, as programs' `create_model` gives it."""
    addax.utils.set_random_seed(3)
    activation = {1: "sigmoid" if loss.startswith("b") else "linear"}.get(outputs, "softmax")
    model = addax.Sequential(
        [
            addax.Input((4,)),
            layers.Dense(units, activation="relu"),
            layers.Dense(outputs, activation=activation),
        ]
    )
    model.compile(addax.optimizers.Adam(0.05), loss, metrics=list(metrics))
    return model


def keras_2(kind):
    module = __import__("tensorflow.keras.wrappers.scikit_learn", fromlist=[kind])
    return getattr(module, kind)


def scikeras(kind):
    module = __import__("scikeras.wrappers", fromlist=[kind])
    return getattr(module, kind)


def test_the_modules_are_the_same_wherever_they_are_imported_from():
    from keras.wrappers.scikit_learn import KerasClassifier

    assert KerasClassifier is keras_2("KerasClassifier")
    assert scikeras("KerasRegressor").__module__ == "addax.wrappers.scikeras"


def test_keras_2_classifier_in_cross_validation_and_grid_search():
    estimator = keras_2("KerasClassifier")(build_fn=network, nb_epoch=40, **QUIET)
    folds = StratifiedKFold(2, shuffle=True, random_state=1)
    assert cross_val_score(estimator, X, NAMES, cv=folds).min() > 0.8
    grid = GridSearchCV(estimator, {"units": [8], "epochs": [1, 40]}, cv=2).fit(X, NAMES)
    assert grid.best_params_ == {"units": 8, "epochs": 40}
    assert set(grid.predict(X)) <= set(NAMES) and grid.predict_proba(X).shape == (150, 3)


TARGETS = {
    "texts, one-hot inside": (NAMES, {}),
    "numbers, sparse": (Y, {"loss": "sparse_categorical_crossentropy"}),
    "rows": (np.eye(3)[Y], {}),
    "two classes, one output": (Y == 2, {"loss": "binary_crossentropy", "outputs": 1}),
}


@pytest.mark.parametrize("case", TARGETS)
def test_keras_2_classifier_with_targets_of_each_kind(case):
    y, given = TARGETS[case]
    estimator = keras_2("KerasClassifier")(network, **given, **QUIET)
    history = estimator.fit(X, y, epochs=30)
    assert len(history.history["loss"]) == 30
    said = estimator.predict(X)
    truth = y.argmax(1) if y.ndim == 2 else y
    accuracy = estimator.score(X, y)
    assert accuracy == pytest.approx((said == truth).mean(), abs=0.01) and accuracy > 0.6
    assert estimator.predict_proba(X).shape == (150, len(estimator.classes_))


def test_keras_2_regressor_scores_the_negative_loss():
    estimator = keras_2("KerasRegressor")(network, outputs=1, loss="mse", metrics=[], **QUIET)
    estimator.fit(X, Y)
    assert estimator.predict(X).shape == (150,)
    error = ((estimator.predict(X) - Y) ** 2).mean()
    assert estimator.score(X, Y) == pytest.approx(-error, rel=1e-4)


def test_keras_2_what_is_wrong():
    with pytest.raises(ValueError, match="Did you mean 'epochs'"):
        keras_2("KerasClassifier")(network, epoch=3)
    estimator = keras_2("KerasClassifier")(network, metrics=(), **QUIET)
    estimator.fit(X, Y)
    with pytest.raises(ValueError, match=r'metrics=\["accuracy"\]'):
        estimator.score(X, Y)


def plain(units, meta, activation="relu"):
    """A model that the wrapper compiles, of a size that the data say."""
    addax.utils.set_random_seed(3)
    return addax.Sequential(
        [
            addax.Input(meta["X_shape_"][1:]),
            layers.Dense(units, activation=activation),
            layers.Dense(meta["n_classes_"], activation="softmax"),
        ]
    )


def regression(units, meta):
    """A model with an output for each target."""
    sizes = [layers.Dense(units), layers.Dense(meta["n_outputs_"])]
    return addax.Sequential([addax.Input(meta["X_shape_"][1:]), *sizes])


ROUTED = {
    "names": {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"},
    "one-hot": {"optimizer": "adam", "loss": "categorical_crossentropy", "metrics": ["accuracy"]},
    "class": {
        "optimizer": addax.optimizers.Adam,
        "loss": addax.losses.SparseCategoricalCrossentropy,
        "loss__from_logits": False,
        "metrics": [addax.metrics.SparseTopKCategoricalAccuracy],
        "metrics__0__k": 2,
        "fit__validation_split": 0.1,
    },
}


@pytest.mark.parametrize("case", ROUTED)
def test_scikeras_routes_parameters(case):
    estimator = scikeras("KerasClassifier")(
        plain, model__units=6, epochs=30, optimizer__learning_rate=0.05, **ROUTED[case], **QUIET
    )
    assert estimator.fit(X, NAMES).score(X, NAMES) > 0.8
    assert estimator.model_.layers[0].units == 6
    assert float(estimator.model_.optimizer.learning_rate) == pytest.approx(0.05)
    assert estimator.current_epoch == 30 and len(estimator.history_["loss"]) == 30


def test_scikeras_in_a_search_over_model_optimizer_and_fit():
    loss = "sparse_categorical_crossentropy"
    step = scikeras("KerasClassifier")(plain, units=4, loss=loss, random_state=1, **QUIET)
    pipeline = make_pipeline(StandardScaler(), step)
    rates = {
        "kerasclassifier__units": [5],
        "kerasclassifier__optimizer__learning_rate": [1e-6, 0.05],
        "kerasclassifier__fit__epochs": [30],
    }
    search = GridSearchCV(pipeline, rates, cv=2).fit(X, Y)
    assert search.best_params_["kerasclassifier__optimizer__learning_rate"] == 0.05
    assert search.best_estimator_[-1].model_.layers[0].units == 5


def test_scikeras_goes_on():
    estimator = scikeras("KerasClassifier")(
        plain, units=4, loss="sparse_categorical_crossentropy", warm_start=True, **QUIET
    )
    estimator.partial_fit(X[:100], Y[:100], classes=[0, 1, 2])
    model = estimator.model_
    assert estimator.partial_fit(X, Y).current_epoch == 2
    assert estimator.fit(X, Y).model_ is model and estimator.current_epoch == 3


def test_scikeras_regressor_and_callbacks():
    seen = []
    note = addax.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(epoch))
    estimator = scikeras("KerasRegressor")(
        regression, units=4, loss="mse", epochs=3, callbacks=[note], **QUIET
    )
    assert estimator.fit(X, Y).predict(X).shape == (150,) and seen == [0, 1, 2]
    assert -1e6 < estimator.score(X, Y) < 1
    assert estimator.fit(X, np.stack([Y, Y], 1)).predict(X).shape == (150, 2)


WRONG = {
    "no loss": ({"model": plain, "units": 3}, ValueError, "pass loss=..., or compile it"),
    "no model": ({}, ValueError, "Pass model="),
    "an object with parameters": (
        {"model": plain, "units": 3, "loss": addax.losses.MeanSquaredError(), "loss__a": 1},
        TypeError,
        "is no class, so it takes no parameters",
    ),
    "gives no model": ({"model": lambda: 3, "loss": "mse"}, TypeError, "received 3"),
}


@pytest.mark.parametrize("case", WRONG)
def test_scikeras_what_is_wrong(case):
    given, error, said = WRONG[case]
    with pytest.raises(error, match=said):
        scikeras("KerasClassifier")(**given).fit(X, Y)
    with pytest.raises(ValueError, match="Did you mean 'epochs'"):
        scikeras("KerasClassifier")(plain).set_params(epoch=3)
