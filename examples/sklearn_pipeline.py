"""A network as the last step of a scikit-learn pipeline, judged by cross-validation.

python examples/sklearn_pipeline.py [--quick]
"""

import sys

from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import addax as keras
from addax import layers
from addax.wrappers import SKLearnClassifier


def network(X, y, units):
    """One hidden layer, for the shapes of the data: y has a column for each class."""
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input(X.shape[1:]),
            layers.Dense(units, activation="relu"),
            layers.Dense(y.shape[1], activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy")
    return model


quick = "--quick" in sys.argv
iris = load_iris()
fit = {"batch_size": 16, "epochs": 20 if quick else 100, "verbose": 0}
search = GridSearchCV(
    make_pipeline(StandardScaler(), SKLearnClassifier(network, fit_kwargs=fit)),
    {"sklearnclassifier__model_kwargs": [{"units": n} for n in ([16] if quick else [2, 4, 8, 16])]},
    cv=StratifiedKFold(3, shuffle=True, random_state=1),
)
search.fit(iris.data, iris.target_names[iris.target])
print(f"Best: {search.best_params_}, accuracy {search.best_score_:.3f} on held-out folds")
