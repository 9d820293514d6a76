"""The estimators of `keras.wrappers`: a compiled model, or a function that makes one, behind
scikit-learn's `fit`, `predict` and `transform`."""

from collections.abc import Callable
from typing import Any, Self

import numpy as np

from addax.models import Model, clone_model
from addax.wrappers.fitting import check_ready, fit
from addax.wrappers.library import (
    BaseEstimator,
    ClassifierMixin,
    RegressorMixin,
    TransformerMixin,
    check_is_fitted,
    type_of_target,
    validate_data,
)

ROUNDING = 1e-3  # how far from 1 probabilities may sum


class Wrapper(BaseEstimator):
    """What the estimators share.

    `model`: a compiled model, which is cloned for each fit, or a function
    `model(X, y, **model_kwargs)` that makes a compiled one. `warm_start`: go on with the weights of
    the last fit. `fit_kwargs`: arguments of `Model.fit`; those given to `fit` come first.

    After `fit`, `model_` is the model and `history_` its History. RuntimeError for a model without
    a loss or an optimizer.
    """

    def __init__(
        self,
        model: Model | Callable[..., Model],
        warm_start: bool = False,
        model_kwargs: dict[str, Any] | None = None,
        fit_kwargs: dict[str, Any] | None = None,
    ) -> None:
        self.model = model
        self.warm_start = warm_start
        self.model_kwargs = model_kwargs
        self.fit_kwargs = fit_kwargs

    def __sklearn_clone__(self) -> Self:
        """Models are not copied: each fit makes its own."""
        return type(self)(**self.get_params(deep=False))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.non_deterministic = True
        return tags

    @property
    def epoch_(self) -> int:
        """The number of epochs of the last fit."""
        return len(self.history_.epoch) if hasattr(self, "history_") else 0

    def fit(self, X: Any, y: Any, **kwargs: Any) -> Self:
        """Train on `(samples, features)` and `(samples,)`; keywords go to `Model.fit`."""
        X, y = validate_data(self, X, y)
        y = self._encoded(y)
        model = self._made(X, y)
        check_ready(model)
        self.history_ = fit(model, X, y, **{**(self.fit_kwargs or {}), **kwargs})
        self.model_ = model
        return self

    def _made(self, X: np.ndarray, y: np.ndarray) -> Any:
        """The model to train."""
        if self.warm_start and hasattr(self, "model_"):
            return self.model_
        if isinstance(self.model, Model):
            return self.model if self.warm_start else clone_model(self.model)
        return self.model(X=X, y=y, **(self.model_kwargs or {}))

    def _encoded(self, y: np.ndarray) -> np.ndarray:
        """The targets as the model sees them, `(samples, 1)`."""
        if type_of_target(y) == "unknown":
            raise ValueError(f"Unknown label type for y: {y!r}.")
        return y.reshape(-1, 1)

    def _outputs(self, X: Any) -> np.ndarray:
        """What the model gives; it prints as much as `fit` did."""
        check_is_fitted(self, "model_")
        X = validate_data(self, X, reset=False)
        return self.model_.predict(X, verbose=(self.fit_kwargs or {}).get("verbose", "auto"))


class SKLearnClassifier(ClassifierMixin, Wrapper):
    """A neural network as a classifier of scikit-learn.

    The model sees one-hot targets `(samples, classes)`, for two classes too, and has an output for
    each. Labels are numbers or texts; `classes_` are those seen in `fit`.
    """

    def predict(self, X: Any) -> np.ndarray:
        """The labels of the largest outputs, `(samples,)`."""
        outputs = self._outputs(X)
        return self.classes_[outputs.argmax(axis=-1)]

    def decision_function(self, X: Any) -> np.ndarray:
        """The model's outputs, `(samples, classes)`."""
        return self._outputs(X)

    def predict_proba(self, X: Any) -> np.ndarray:
        """The outputs as probabilities, `(samples, classes)`. ValueError where they are none."""
        outputs = self._outputs(X)
        if (outputs < 0).any() or (abs(outputs.sum(axis=-1) - 1) > ROUNDING).any():
            raise ValueError(
                "The model's outputs are no probabilities, which sum to 1: end it with a softmax, "
                "or call decision_function()."
            )
        return outputs

    def _encoded(self, y: np.ndarray) -> np.ndarray:
        kind = type_of_target(y)
        if kind not in ("binary", "multiclass"):
            raise ValueError(
                f"Unknown label type: {kind!r}. Only binary and multiclass target types are "
                "supported."
            )
        self.classes_, numbers = np.unique(y, return_inverse=True)
        if len(self.classes_) == 1:
            raise ValueError("Classifier can't train when only one class is present.")
        return np.eye(len(self.classes_))[numbers]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.poor_score = True
        return tags


class SKLearnRegressor(RegressorMixin, Wrapper):
    """A neural network with one output as a regressor of scikit-learn."""

    def predict(self, X: Any) -> np.ndarray:
        """The predicted values, `(samples,)`."""
        return self._outputs(X).squeeze(axis=1)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.regressor_tags.poor_score = True
        return tags


class SKLearnTransformer(TransformerMixin, Wrapper):
    """A neural network as a step of a pipeline that makes features."""

    def transform(self, X: Any) -> np.ndarray:
        """The model's outputs, `(samples, features)`."""
        return self._outputs(X)

    predict = transform

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.transformer_tags.preserves_dtype = []
        return tags
