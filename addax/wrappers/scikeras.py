"""`scikeras.wrappers`: estimators whose parameters reach the model, its optimizer, its fit by name.

`KerasClassifier(f, optimizer="adam", optimizer__learning_rate=0.1, model__units=8, epochs=5)` calls
`f(units=8)`, compiles what comes uncompiled, and trains it for 5 epochs.
"""

import inspect
from collections.abc import Callable
from typing import Any, ClassVar, Self

import numpy as np

from addax import losses, metrics, optimizers
from addax.core.errors import unknown
from addax.models import Model, clone_model
from addax.utils import set_random_seed, to_categorical
from addax.wrappers.fitting import fit
from addax.wrappers.library import (
    BaseEstimator,
    ClassifierMixin,
    RegressorMixin,
    check_is_fitted,
    compute_sample_weight,
    type_of_target,
    validate_data,
)
from addax.wrappers.scikit_learn import is_categorical

BY_SHAPE = ("acc", "accuracy", "ce", "crossentropy")  # metrics that training chooses
# The parameters of a method that need no prefix.
PLAIN = {
    "compile": ("optimizer", "loss", "metrics", "run_eagerly"),
    "fit": """batch_size validation_batch_size verbose callbacks validation_split shuffle
        epochs""".split(),
    "predict": ("batch_size", "verbose"),
}
PREFIXES = (*PLAIN, "model", "optimizer", "loss", "metrics", "callbacks", "score")


def routed(parameters: dict[str, Any], target: str) -> dict[str, Any]:
    """The parameters that begin with `target__`, without it."""
    head = f"{target}__"
    return {n.removeprefix(head): v for n, v in parameters.items() if n.startswith(head)}


def made(item: Any, parameters: dict[str, Any], shared: dict[str, Any]) -> Any:
    """Objects in the place of classes, lists and dictionaries of them included.

    Parameters of one entry begin with its index or key; `shared` ones are for all that are made.
    """
    own = {n: v for n, v in parameters.items() if "__" not in n}
    if isinstance(item, dict):
        return {k: made(v, routed(parameters, str(k)), shared | own) for k, v in item.items()}
    if isinstance(item, (list, tuple)):
        pairs = enumerate(item)
        return [made(v, routed(parameters, str(i)), shared | own) for i, v in pairs]
    if inspect.isclass(item):
        return item(**shared | own)
    if own:
        raise TypeError(f"{item!r} is no class, so it takes no parameters; received {own}.")
    return item


class BaseWrapper(BaseEstimator):
    """What classifier and regressor share.

    `model`: a function, called with the parameters `model__...` and those that are known nowhere
    else, and with `meta` (what `fit` saw of the data) and `compile_kwargs` if it takes them; or a
    Model, which is cloned. `optimizer`, `loss` and `metrics` are names, classes or objects; classes
    are called with `optimizer__...`. `random_state` seeds weights and order.
    """

    defaults: ClassVar[dict[str, Any]] = {
        "build_fn": None,
        "warm_start": False,
        "random_state": None,
        "optimizer": "rmsprop",
        "loss": None,
        "metrics": None,
        "batch_size": None,
        "validation_batch_size": None,
        "verbose": 1,
        "callbacks": None,
        "validation_split": 0.0,
        "shuffle": True,
        "run_eagerly": False,
        "epochs": 1,
    }

    build_fn: Any
    warm_start: bool
    random_state: Any

    def __init__(self, model: Model | Callable[..., Model] | None = None, **parameters: Any):
        self.model = model
        vars(self).update(self.defaults | parameters)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """All parameters, those of the model among them."""
        return {n: v for n, v in vars(self).items() if n[0] != "_" and n[-1] != "_"}

    def set_params(self, **params: Any) -> Self:
        """Change some. ValueError for a name that is no parameter and has no known prefix."""
        for name, value in params.items():
            if not hasattr(self, name) and name.partition("__")[0] not in PREFIXES:
                raise unknown("parameter", name, self.get_params())
            setattr(self, name, value)
        return self

    @property
    def initialized_(self) -> bool:
        """Whether there is a model."""
        return hasattr(self, "model_")

    @property
    def current_epoch(self) -> int:
        """How many epochs the model was trained for."""
        return len(self.history_["loss"]) if hasattr(self, "history_") else 0

    def fit(self, X: Any, y: Any, sample_weight: Any = None, **kwargs: Any) -> Self:
        """Make a model and train it; keywords go to `Model.fit`."""
        if not (self.warm_start and self.initialized_):
            self.initialize(X, y)
        return self._train(X, y, sample_weight, kwargs)

    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None, **kwargs: Any) -> Self:
        """One more epoch with the model that is there."""
        if not self.initialized_:
            self.initialize(X, y)
        start = self.current_epoch
        more = {"epochs": start + 1, "initial_epoch": start}
        return self._train(X, y, sample_weight, kwargs | more)

    def initialize(self, X: Any, y: Any = None) -> Self:
        """Make the model for such data, without training it."""
        X, y = validate_data(self, X, y, allow_nd=True, multi_output=True)
        self.X_shape_, self.X_dtype_ = X.shape, X.dtype
        self.y_dtype_, self.y_ndim_ = y.dtype, y.ndim
        self.target_type_ = type_of_target(y)
        self._learn_targets(y)
        if self.random_state is not None:
            set_random_seed(self._seed())
        self.model_ = self._made()
        self.history_: dict[str, list] = {"loss": []}
        return self

    def _seed(self) -> int:
        state = self.random_state
        if isinstance(state, (int, np.integer)):
            return int(state)
        return int(np.random.RandomState(state.get_state()[1]).randint(1 << 31))

    def _learn_targets(self, y: np.ndarray) -> None:
        """Note what the targets are."""
        self.n_outputs_ = self.n_outputs_expected_ = 1 if y.ndim == 1 else y.shape[1]

    def _encoded(self, y: np.ndarray) -> np.ndarray:
        """The targets as the model sees them."""
        return y

    def _made(self) -> Model:
        """A model, compiled."""
        compile_kwargs = self._compile_arguments()
        model = self._built(compile_kwargs)
        if not isinstance(model, Model):
            raise TypeError(f"`model` gives a Model; received {model!r}.")
        if not model.compiled:
            if compile_kwargs["loss"] is None:
                raise ValueError("The model is not compiled: pass loss=..., or compile it.")
            model.compile(**compile_kwargs)
        return model

    def _built(self, compile_kwargs: dict[str, Any]) -> Any:
        given = self.build_fn if self.model is None else self.model
        if isinstance(given, Model):
            return clone_model(given)
        function = given or getattr(self, "_keras_build_fn", None)
        if function is None:
            raise ValueError("Pass model=, a function of a Model, or define _keras_build_fn().")
        all_of_them = self.get_params()
        known = {*self.defaults, "model"}
        own = {n: v for n, v in all_of_them.items() if n not in known and "__" not in n}
        parameters = own | routed(all_of_them, "model")
        takes = inspect.signature(function).parameters
        takes_all = any(p.kind is p.VAR_KEYWORD for p in takes.values())
        extra = {"meta": self._meta(), "compile_kwargs": compile_kwargs}
        parameters |= {n: v for n, v in extra.items() if takes_all or n in takes}
        return function(**parameters)

    def _meta(self) -> dict[str, Any]:
        """What `fit` saw of the data: attributes that end in an underscore."""
        return {n: v for n, v in vars(self).items() if n.endswith("_") and n[0] != "_"}

    def _compile_arguments(self) -> dict[str, Any]:
        given = self.get_params()
        arguments = {n: given[n] for n in PLAIN["compile"]} | routed(given, "compile")
        find = {"optimizer": _optimizer_class, "loss": losses.get, "metrics": _metric}
        for name, get in find.items():
            arguments[name] = made(_named(arguments[name], get), routed(given, name), {})
        if arguments["metrics"] is not None and not isinstance(arguments["metrics"], (list, dict)):
            arguments["metrics"] = [arguments["metrics"]]
        return arguments

    def _arguments_of(self, method: str) -> dict[str, Any]:
        given = self.get_params()
        arguments = {n: given[n] for n in PLAIN[method]}
        arguments |= {n: v for n, v in routed(given, method).items() if "__" not in n}
        found = made(given["callbacks"], routed(given, "callbacks"), {})
        found = list(found.values()) if isinstance(found, dict) else found
        return arguments | {"callbacks": found}

    def _train(self, X: Any, y: Any, sample_weight: Any, kwargs: dict[str, Any]) -> Self:
        X, y = validate_data(self, X, y, reset=False, allow_nd=True, multi_output=True)
        arguments = self._arguments_of("fit") | kwargs
        if sample_weight is not None:
            arguments["sample_weight"] = np.asarray(sample_weight, "float32")
        history = fit(self.model_, X, self._encoded(y), **arguments).history
        for name, values in history.items():
            self.history_[name] = self.history_.get(name, []) + values
        return self

    def _outputs(self, X: Any, kwargs: dict[str, Any]) -> np.ndarray:
        check_is_fitted(self, "model_")
        X = validate_data(self, X, reset=False, allow_nd=True)
        arguments = self._arguments_of("predict") | kwargs
        if arguments["batch_size"] == -1:
            arguments["batch_size"] = len(X)
        return self.model_.predict(X, **arguments)


def _named(item: Any, get: Callable) -> Any:
    """What names stand for, in lists and dictionaries too."""
    if isinstance(item, str):
        return get(item)
    if isinstance(item, dict):
        return {k: _named(v, get) for k, v in item.items()}
    return [_named(v, get) for v in item] if isinstance(item, (list, tuple)) else item


def _optimizer_class(name: str) -> type:
    return type(optimizers.get(name))


def _metric(name: str) -> Any:
    return name if name in BY_SHAPE else metrics.get(name)


class KerasClassifier(ClassifierMixin, BaseWrapper):
    """A classifier: integer labels, or one-hot rows where the loss is categorical crossentropy.

    `class_weight`: a weight for each label, or "balanced". Targets `(samples, classes)` of 0 and 1
    stay as they are.
    """

    defaults: ClassVar[dict[str, Any]] = BaseWrapper.defaults | {"class_weight": None}
    class_weight: Any
    classes_: Any = None

    def partial_fit(
        self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None, **kwargs: Any
    ) -> Self:
        """One more epoch; `classes` are all labels, where the first `y` lacks some."""
        if not self.initialized_:
            self.initialize(X, y, classes)
        return super().partial_fit(X, y, sample_weight, **kwargs)

    def initialize(self, X: Any, y: Any = None, classes: Any = None) -> Self:
        """Make the model for such data and labels, without training it."""
        self.classes_ = classes
        return super().initialize(X, y)

    def _learn_targets(self, y: np.ndarray) -> None:
        self.n_outputs_ = self.n_outputs_expected_ = 1
        if self._is_labels(y):
            self.classes_ = np.unique(y if self.classes_ is None else self.classes_)
        elif self.target_type_ == "multilabel-indicator":
            one_each = y.min() == 0 and (y.sum(axis=1) == 1).all()
            self.target_type_ = "multiclass-onehot" if one_each else self.target_type_
            self.classes_ = np.arange(y.shape[1])
        else:
            raise ValueError(f"Unknown label type: {self.target_type_!r}.")
        self.n_classes_ = len(self.classes_)

    def _is_labels(self, y: np.ndarray) -> bool:
        return self.target_type_ in ("binary", "multiclass")

    def _encoded(self, y: np.ndarray) -> np.ndarray:
        if not self._is_labels(y):
            return y
        strangers = set(np.unique(y)) - set(self.classes_)
        if strangers:
            raise ValueError(f"y has labels that the model does not know: {sorted(strangers)}.")
        numbers = np.searchsorted(self.classes_, y.ravel())
        wants_rows = self.target_type_ == "multiclass" and is_categorical(self.model_.loss)
        return to_categorical(numbers, self.n_classes_) if wants_rows else numbers

    def _train(self, X: Any, y: Any, sample_weight: Any, kwargs: dict[str, Any]) -> Self:
        if self.class_weight is not None:
            given = 1 if sample_weight is None else np.asarray(sample_weight)
            sample_weight = given * compute_sample_weight(self.class_weight, y)
        return super()._train(X, y, sample_weight, kwargs)

    def predict(self, X: Any, **kwargs: Any) -> np.ndarray:
        """The labels, `(samples,)`; 0 and 1, `(samples, classes)`, where several may be true."""
        outputs = self.predict_proba(X, **kwargs)
        if self.target_type_ == "multilabel-indicator":
            return (outputs > 0.5).astype(self.y_dtype_)
        best = outputs.argmax(axis=-1)
        if self.target_type_ == "multiclass-onehot":
            return np.eye(self.n_classes_, dtype=self.y_dtype_)[best]
        return self.classes_[best]

    def predict_proba(self, X: Any, **kwargs: Any) -> np.ndarray:
        """The probabilities, `(samples, classes)`."""
        outputs = self._outputs(X, kwargs)
        return np.hstack([1 - outputs, outputs]) if outputs.shape[-1] == 1 else outputs


class KerasRegressor(RegressorMixin, BaseWrapper):
    """A regressor; its score is R squared."""

    def predict(self, X: Any, **kwargs: Any) -> np.ndarray:
        """The outputs, `(samples,)` or `(samples, outputs)`."""
        outputs = self._outputs(X, kwargs)
        return outputs.squeeze(axis=1) if self.y_ndim_ == 1 else outputs
