"""A network as the last step of a scikit-learn pipeline, judged by cross-validation.

python examples/sklearn_pipeline.py [--quick]
"""

import sys

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import addax as keras
from addax import layers


class Network(ClassifierMixin, BaseEstimator):
    """One hidden layer, in the form that scikit-learn asks of a classifier."""

    def __init__(self, units=16, epochs=50, seed=1):
        self.units, self.epochs, self.seed = units, epochs, seed

    def fit(self, x, y):
        self.classes_, y = np.unique(y, return_inverse=True)
        keras.utils.set_random_seed(self.seed)
        self.model_ = keras.Sequential(
            [
                keras.Input(x.shape[1:]),
                layers.Dense(self.units, activation="relu"),
                layers.Dense(len(self.classes_), activation="softmax"),
            ]
        )
        self.model_.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
        self.model_.fit(x, y, batch_size=16, epochs=self.epochs, verbose=0)
        return self

    def predict_proba(self, x):
        return self.model_.predict(x, verbose=0)

    def predict(self, x):
        return self.classes_[self.predict_proba(x).argmax(axis=1)]


quick = "--quick" in sys.argv
iris = load_iris()
search = GridSearchCV(
    make_pipeline(StandardScaler(), Network(epochs=20 if quick else 100)),
    {"network__units": [16] if quick else [2, 4, 8, 16, 32]},
    cv=StratifiedKFold(3, shuffle=True, random_state=1),
)
search.fit(iris.data, iris.target_names[iris.target])
print(f"Best: {search.best_params_}, accuracy {search.best_score_:.3f} on held-out folds")
