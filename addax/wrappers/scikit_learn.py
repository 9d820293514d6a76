"""`keras.wrappers.scikit_learn` of Keras 1 and 2: estimators around a function that makes a model.

New programs use `SKLearnClassifier` and `SKLearnRegressor`.
"""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from addax import losses
from addax.core.errors import unknown
from addax.models import Model
from addax.utils import to_categorical
from addax.wrappers.fitting import fit
from addax.wrappers.library import BaseEstimator, ClassifierMixin, RegressorMixin

SPELLINGS = {"nb_epoch": "epochs"}  # of Keras 1
METHODS = (Model.fit, Model.predict, Model.evaluate)


def names_of(function: Callable) -> list[str]:
    """The arguments that a function takes by name."""
    return [n for n in inspect.signature(function).parameters if n != "self"]


def is_categorical(loss: Any) -> bool:
    """Whether a loss wants one-hot rows."""
    return loss in ("categorical_crossentropy", losses.categorical_crossentropy) or isinstance(
        loss, losses.CategoricalCrossentropy
    )


class BaseWrapper(BaseEstimator):
    """`build_fn(**parameters)` makes a compiled model; a subclass may define `__call__` instead.

    `sk_params` are arguments of that function and of `fit`, `predict` and `evaluate`, told apart by
    name. ValueError for one that none of them takes.
    """

    def __init__(self, build_fn: Any = None, **sk_params: Any) -> None:
        self.build_fn = build_fn
        self.sk_params = {SPELLINGS.get(name, name): value for name, value in sk_params.items()}
        self.check_params(self.sk_params)

    def _function(self) -> Callable:
        return self.__call__ if self.build_fn is None else self.build_fn  # type: ignore

    def check_params(self, params: dict[str, Any]) -> None:
        """ValueError for a parameter that nothing takes."""
        known = {name for f in (*METHODS, self._function()) for name in names_of(f)}
        for name in params:
            if name not in known:
                raise unknown("parameter of the function or of fit", name, known)

    def get_params(self, deep: bool = True, **params: Any) -> dict[str, Any]:
        """All parameters, the function among them."""
        return {**self.sk_params, "build_fn": self.build_fn}

    def set_params(self, **params: Any) -> Any:
        """Change some of them."""
        self.build_fn = params.pop("build_fn", self.build_fn)
        self.check_params(params)
        self.sk_params |= params
        return self

    def filter_sk_params(self, fn: Callable, override: dict | None = None) -> dict[str, Any]:
        """The parameters that `fn` takes; those in `override` come first."""
        taken = names_of(fn)
        return {n: v for n, v in self.sk_params.items() if n in taken} | (override or {})

    def fit(self, x: Any, y: Any, **kwargs: Any) -> Any:
        """Make a model and train it; returns the History."""
        function = self._function()
        self.model = function(**self.filter_sk_params(function))
        kwargs = self.filter_sk_params(Model.fit, kwargs)
        return fit(self.model, np.asarray(x), self._targets(np.asarray(y)), **kwargs)

    def _targets(self, y: np.ndarray) -> np.ndarray:
        return y

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "model")


class KerasClassifier(ClassifierMixin, BaseWrapper):
    """A classifier; the model has one output for each class, or one for two classes."""

    def fit(self, x: Any, y: Any, **kwargs: Any) -> Any:
        """Make a model and train it on labels, or on one-hot rows; returns the History."""
        y = np.asarray(y)
        if y.ndim == 2 and y.shape[1] > 1:
            self.classes_ = np.arange(y.shape[1])
        elif y.ndim == 1 or y.ndim == 2:
            self.classes_ = np.unique(y)
            y = np.searchsorted(self.classes_, y)
        else:
            raise ValueError(f"y is labels or one-hot rows; received the shape {y.shape}.")
        self.n_classes_ = len(self.classes_)
        return super().fit(x, y, **kwargs)

    def _targets(self, y: np.ndarray) -> np.ndarray:
        """One-hot rows, where the loss wants them."""
        wants_rows = y.ndim == 1 and is_categorical(self.model.loss)
        return to_categorical(y, self.n_classes_) if wants_rows else y

    def predict(self, x: Any, **kwargs: Any) -> np.ndarray:
        """The labels, `(samples,)`."""
        return self.classes_[self.predict_proba(x, **kwargs).argmax(axis=-1)]

    def predict_proba(self, x: Any, **kwargs: Any) -> np.ndarray:
        """The probabilities, `(samples, classes)`."""
        kwargs = self.filter_sk_params(Model.predict, kwargs)
        outputs = self.model.predict(np.asarray(x), **kwargs)
        return np.hstack([1 - outputs, outputs]) if outputs.shape[1] == 1 else outputs

    def score(self, x: Any, y: Any, **kwargs: Any) -> float:
        """The accuracy. ValueError for a model that is not compiled with it."""
        y = np.asarray(y)
        numbers = y if y.ndim == 2 and y.shape[1] > 1 else np.searchsorted(self.classes_, y)
        kwargs = self.filter_sk_params(Model.evaluate, kwargs) | {"return_dict": True}
        logs = self.model.evaluate(np.asarray(x), self._targets(numbers), **kwargs)
        for name in ("accuracy", "acc"):
            if name in logs:
                return logs[name]
        raise ValueError('The score is the accuracy: pass metrics=["accuracy"] to compile().')


class KerasRegressor(RegressorMixin, BaseWrapper):
    """A regressor; its score is the negative loss."""

    def predict(self, x: Any, **kwargs: Any) -> np.ndarray:
        """The outputs without axes of length 1."""
        kwargs = self.filter_sk_params(Model.predict, kwargs)
        return np.squeeze(self.model.predict(np.asarray(x), **kwargs))

    def score(self, x: Any, y: Any, **kwargs: Any) -> float:
        """The loss with the sign changed, so that larger is better."""
        kwargs = self.filter_sk_params(Model.evaluate, kwargs) | {"return_dict": True}
        return -self.model.evaluate(np.asarray(x), np.asarray(y), **kwargs)["loss"]
