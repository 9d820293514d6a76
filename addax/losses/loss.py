"""Losses: objects that weigh, mask and reduce the values of functions of `(y_true, y_pred)`."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, ClassVar, Self

from addax import ops
from addax.core import configs, tree
from addax.core.dtypes import get_policy, is_float, result_type
from addax.core.fields import Declared, fields
from addax.core.masks import get_mask
from addax.core.names import CustomObjectScope, publish
from addax.core.scope import auto_name
from addax.core.settings import floatx
from addax.core.types import Array, DType, Reduction, Tensor
from addax.losses.functions import (
    align,
    binary_crossentropy,
    binary_focal_crossentropy,
    categorical_crossentropy,
    categorical_focal_crossentropy,
    categorical_generalized_cross_entropy,
    categorical_hinge,
    circle,
    cosine_similarity,
    ctc,
    dice,
    hinge,
    huber,
    kl_divergence,
    log_cosh,
    mean_absolute_error,
    mean_absolute_percentage_error,
    mean_squared_error,
    mean_squared_logarithmic_error,
    merge_weights,
    poisson,
    same_rank,
    sparse_categorical_crossentropy,
    squared_hinge,
    tversky,
)
from addax.ops import divide_no_nan

REDUCTIONS = ("sum_over_batch_size", "mean", "mean_with_sample_weight", "sum", "none", None)

# Objects


def _examples(y_pred: Any) -> int:
    first = tree.flatten(y_pred)[0]
    return first.shape[0] if getattr(first, "shape", ()) else 1


@fields
class Loss(Declared):
    """What training minimizes: `call(y_true, y_pred)` gives a value for each example or step.

    Called with `sample_weight`, `(batch,)` or as the values, it reduces them to one number; what a
    mask excludes counts nowhere.

    ValueError for another reduction.
    """

    name: str | None = None
    reduction: Reduction = "sum_over_batch_size"
    dtype: DType = None

    order = "... name reduction dtype"

    def setup(self) -> None:
        if self.reduction == "auto":  # files of tf.keras
            self.reduction = "sum_over_batch_size"
        if self.reduction not in REDUCTIONS:
            raise ValueError(f"reduction is one of {REDUCTIONS}; received {self.reduction!r}.")
        self.name = self.name or auto_name(type(self).__name__)
        self.dtype = get_policy(self.dtype or floatx()).compute_dtype

    @property
    def is_mean(self) -> bool:
        """Whether batches average to the whole: not so for sums."""
        return self.reduction != "sum"

    def call(self, y_true: Tensor, y_pred: Tensor) -> Array:
        raise NotImplementedError(f"{type(self).__name__} must define call(y_true, y_pred).")

    def _cast(self, x):
        x = ops.convert_to_tensor(x)
        # Class numbers above 256 would change in bfloat16.
        return ops.cast(x, self.dtype if is_float(x.dtype) else result_type(self.dtype, "float32"))

    def _cast_all(self, y):
        """Every tensor of a structure; lists of numbers are one tensor."""
        lists = isinstance(y, (list, tuple)) and not any(
            hasattr(x, "shape") for x in tree.flatten(y)
        )
        return self._cast(y) if lists else tree.map_structure(self._cast, y)

    def _weigh(self, y_true, y_pred, sample_weight) -> tuple[Any, Any, Any]:
        """The values times their weights, those weights, and the mask; the last two may be None."""
        given = get_mask(y_pred)
        y_true, y_pred = self._cast_all(y_true), self._cast_all(y_pred)
        values = self.call(y_true, y_pred)
        if values is None:
            raise ValueError(
                f"The loss {self.name!r} returned None: end it with `return` and a tensor."
            )
        masks = [m for m in (given, get_mask(values)) if m is not None]
        mask = functools.reduce(ops.logical_and, masks) if masks else None
        values = ops.cast(values, self.dtype)
        weights = merge_weights(sample_weight, mask, self.dtype)
        if weights is not None:
            values, weights = align(values, weights)
            values = values * weights
        return values, weights, mask

    def pair(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> tuple[Any, Any]:
        """`(total, weight)`, scalars whose quotient is the loss.

        Summed over batches of any sizes they give the loss of all examples at once ("sum": the
        mean of the batches' sums). Values that are kept by `reduction` count like a mean.
        """
        if type(self).__call__ is Loss.__call__:
            return self._pair(y_true, y_pred, sample_weight)
        count = _examples(y_pred)  # a class with its own __call__: a mean of the batch
        return self(y_true, y_pred, sample_weight) * count, ops.cast(count, "float32")

    def _pair(self, y_true, y_pred, sample_weight) -> tuple[Any, Any]:
        values, weights, mask = self._weigh(y_true, y_pred, sample_weight)
        wide = result_type(self.dtype, "float32")
        total = ops.sum(ops.cast(values, wide))
        if self.reduction == "sum":
            weight = 1
        elif self.reduction == "mean_with_sample_weight" and weights is not None:
            weight = ops.sum(ops.cast(weights, wide))
        elif values.ndim == 0:  # `call` has averaged already: this stands for the whole batch
            weight = _examples(y_pred)
            total = total * weight
        else:
            weight = ops.size(values)
            if mask is not None:
                weight = weight / ops.size(mask) * ops.sum(ops.cast(mask, wide))
        return total, ops.cast(weight, wide)

    def __call__(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> Any:
        if self.reduction in ("none", None):
            return self._weigh(y_true, y_pred, sample_weight)[0]
        return ops.cast(divide_no_nan(*self._pair(y_true, y_pred, sample_weight)), self.dtype)

    def get_config(self) -> dict:
        """What `from_config` needs to make an equal loss."""
        config = super().get_config()
        if config["dtype"] == floatx():
            del config["dtype"]
        return config


class Formula(Declared):
    """What a loss or metric has that is made of a function `fn(y_true, y_pred, **options)`."""

    fn: ClassVar[Callable[..., Any]]

    @property
    def options(self) -> dict:
        """The fields that go to `fn`."""
        own = [n for n in type(self).__fields__ if n not in ("name", "reduction", "dtype")]  # type: ignore[attr-defined]
        return {n: getattr(self, n) for n in own}


class Wrapper(Formula):
    """What a loss or metric around a function of the user's has."""

    def wrap(self, fn: Callable, options: dict) -> None:
        self.fn, self._options = fn, options  # type: ignore[misc]

    @property
    def options(self) -> dict:
        return self._options

    def get_config(self) -> dict:
        config = super().get_config()  # type: ignore[misc]
        return config | {"fn": serialize(self.fn)} | configs.serialize(self._options)

    @classmethod
    def from_config(cls, config: dict) -> Self:
        """A wrapper from what `get_config` gave."""
        arguments = {k: configs.deserialize(v) for k, v in config.items()}
        if isinstance(arguments.get("fn"), str):
            arguments["fn"] = get(arguments["fn"])
        return cls(**arguments)


@fields
class FunctionLoss(Formula, Loss):
    """Base of the losses that reduce a function's values."""

    order = "... reduction name dtype"
    reduction: Reduction = "sum_over_batch_size"
    name: str | None = None
    dtype: DType = None

    def call(self, y_true: Tensor, y_pred: Tensor) -> Array:
        truths, structure = tree.flatten_with_structure(y_true)
        guesses, same = tree.flatten_with_structure(y_pred)
        if structure == same:
            pairs = [same_rank(t, p) for t, p in zip(truths, guesses, strict=True)]
            y_true, y_pred = (tree.unflatten(structure, [p[i] for p in pairs]) for i in (0, 1))
        return self.fn(y_true, y_pred, **self.options)


class LossFunctionWrapper(Wrapper, FunctionLoss):
    """The loss that reduces `fn(y_true, y_pred, **kwargs)`: a scalar, or a value per example.

    ValueError for another reduction.
    """

    def __init__(
        self,
        fn: Callable,
        reduction: Reduction = "sum_over_batch_size",
        name: str | None = None,
        dtype: DType = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(reduction, name, dtype)
        self.wrap(fn, kwargs)

    def __repr__(self):
        return f"<LossFunctionWrapper({self.fn}, {self.options})>"


def derive(base: type, title: str, fn: Callable, order: str = "", **defaults: Any) -> Any:
    """The class `title(base)` around `fn`; its fields are `order`, or all options of `fn`."""
    options = list(inspect.signature(fn).parameters.values())[2:]
    known = {**{n: p.default for n, p in base.__fields__.items()}, "name": fn.__name__}  # type: ignore[attr-defined]
    known |= {p.name: p.default for p in options} | defaults
    names = order.split() or [p.name for p in options]
    body = {n: known[n] for n in ["name", *names]} | defaults | {"fn": staticmethod(fn)}
    kinds: dict[str, Any] = {}
    for cls in reversed(base.__mro__):
        kinds |= inspect.get_annotations(cls)
    kinds |= {p.name: p.annotation for p in options}
    body |= {"__annotations__": {n: kinds[n] for n in names}, "__doc__": fn.__doc__}
    body["__module__"] = ".".join(base.__module__.split(".")[:2])  # where users find it
    return fields(type(title, (base,), body))


_loss = functools.partial(derive, FunctionLoss)

MeanSquaredError = _loss("MeanSquaredError", mean_squared_error)
MeanAbsoluteError = _loss("MeanAbsoluteError", mean_absolute_error)
MeanAbsolutePercentageError = _loss("MeanAbsolutePercentageError", mean_absolute_percentage_error)
MeanSquaredLogarithmicError = _loss("MeanSquaredLogarithmicError", mean_squared_logarithmic_error)
Huber = _loss("Huber", huber, name="huber_loss", unstored=("delta",))
LogCosh = _loss("LogCosh", log_cosh)
CosineSimilarity = _loss("CosineSimilarity", cosine_similarity, unstored=("axis",))
Hinge = _loss("Hinge", hinge)
SquaredHinge = _loss("SquaredHinge", squared_hinge)
CategoricalHinge = _loss("CategoricalHinge", categorical_hinge)
KLDivergence = _loss("KLDivergence", kl_divergence)
Poisson = _loss("Poisson", poisson)
BinaryCrossentropy = _loss("BinaryCrossentropy", binary_crossentropy)
BinaryFocalCrossentropy = _loss("BinaryFocalCrossentropy", binary_focal_crossentropy)
CategoricalCrossentropy = _loss("CategoricalCrossentropy", categorical_crossentropy)
CategoricalFocalCrossentropy = _loss("CategoricalFocalCrossentropy", categorical_focal_crossentropy)
SparseCategoricalCrossentropy = _loss(
    "SparseCategoricalCrossentropy",
    sparse_categorical_crossentropy,
    "from_logits ignore_class reduction axis name dtype",
    unstored=("axis",),
)
CategoricalGeneralizedCrossEntropy = _loss(
    "CategoricalGeneralizedCrossEntropy", categorical_generalized_cross_entropy, q=0.5
)
Dice = _loss("Dice", dice, "reduction name axis dtype")
Tversky = _loss("Tversky", tversky, "alpha beta reduction name axis dtype")
Circle = _loss("Circle", circle, "gamma margin remove_diagonal", gamma=80.0)
CTC = _loss("CTC", ctc)

# Names

MODULE = "keras.losses"
CLASSES = [c for c in FunctionLoss.__subclasses__() if c is not LossFunctionWrapper]
FUNCTIONS = [c.fn for c in CLASSES]
ALIASES = {
    "mse": mean_squared_error,
    "mae": mean_absolute_error,
    "mape": mean_absolute_percentage_error,
    "msle": mean_squared_logarithmic_error,
    "bce": binary_crossentropy,
    "kld": kl_divergence,
}
OLD_NAMES = {
    "logcosh": log_cosh,
    "huber_loss": huber,
    "kullback_leibler_divergence": kl_divergence,
    "cosine_proximity": cosine_similarity,
}
publish(MODULE, [Loss, *CLASSES, *FUNCTIONS])
publish(MODULE, ALIASES | {n.upper(): f for n, f in ALIASES.items()} | OLD_NAMES)
publish("keras.src.losses.losses", [LossFunctionWrapper])  # Keras has no public name

get = configs.getter("loss", MODULE)


def serialize(loss: Any) -> Any:
    """A loss, or a function by its name, as plain data."""
    return configs.function_config(loss) if inspect.isfunction(loss) else configs.serialize(loss)


def deserialize(name: Any, custom_objects: dict | None = None) -> Any:
    """The loss or function that `serialize` wrote as `name`, or that has this name."""
    with CustomObjectScope(custom_objects):
        return get(name)
