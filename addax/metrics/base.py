"""`Metric`, and those that add up values: sums, means, and means of a function's values."""

import math
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy as np

from addax import initializers, ops
from addax.core.dtypes import get_policy
from addax.core.fields import Declared, fields
from addax.core.masks import get_mask
from addax.core.scope import StatelessScope, auto_name, name_scope
from addax.core.settings import floatx
from addax.core.tracking import Trackable, Tracking
from addax.core.types import Array, DType, Initializer, Tensor
from addax.core.variable import Variable
from addax.losses import Loss
from addax.losses.functions import align, merge_weights
from addax.losses.loss import FUNCTIONS as LOSS_FUNCTIONS
from addax.losses.loss import Formula, Wrapper, derive


@fields
class Metric(Tracking, Trackable, Declared):
    """Something counted over batches: `update_state(...)` adds one, `result()` gives the value.

    Subclasses make variables with `add_weight` in `__init__`, or where these depend on the data in
    `_make_variables(y_true_shape, y_pred_shape)`. Variables and metrics that are kept as attributes
    belong to `variables`. `reset_state` sets all to zero.
    """

    dtype: DType = None
    name: str | None = None

    order = "... dtype name"
    _direction: ClassVar[str | None] = None  # "up" or "down": which way is better

    def setup(self) -> None:
        self.name = self.name or auto_name(type(self).__name__)
        self.dtype = get_policy(self.dtype or floatx()).compute_dtype
        self._weights: list[Variable] = []

    def add_weight(
        self,
        *args: Any,
        shape: Sequence[int] = (),
        initializer: Initializer = None,
        dtype: DType = None,
        name: str | None = None,
        aggregation: Any = "sum",
        synchronization: Any = None,
    ) -> Variable:
        """Make a variable: `add_weight(shape, initializer, dtype)`, or `add_weight(name, shape)`.

        It starts with zeros, as `floatx()`, if nothing else is given.
        """
        if "_weights" not in vars(self):
            raise RuntimeError(
                f"{type(self).__name__}.__init__ must call super().__init__() before it makes "
                "variables."
            )
        if args and isinstance(args[0], str):
            name, args = args[0], args[1:]
        given = dict(zip(("shape", "initializer", "dtype"), args, strict=False))
        initializer = given.get("initializer", initializer)
        with name_scope(str(self.name).replace("/", ">"), caller=self):
            variable = Variable(
                initializers.get("zeros" if initializer is None else initializer),
                given.get("shape", shape),
                given.get("dtype", dtype),
                trainable=False,
                aggregation="sum",
                name=name,
            )
        self._weights.append(variable)
        self._note([variable])
        return variable

    add_variable = add_weight

    def _make_variables(self, y_true_shape: tuple, y_pred_shape: tuple) -> None:
        """Make the variables that depend on the shapes of the data, if they are missing."""

    @property
    def variables(self) -> list[Variable]:
        """The variables of this metric, then those of the metrics it holds."""
        nested = [v for m in self.tracked(Metric) for v in m.variables]
        return list({id(v): v for v in self.tracked(Variable) + nested}.values())

    def update_state(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} must define update_state(...).")

    def result(self) -> Any:
        raise NotImplementedError(f"{type(self).__name__} must define result().")

    def reset_state(self) -> None:
        """Start again from zero."""
        for v in self.variables:
            v.zero()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.update_state(*args, **kwargs)
        return self.result()

    def _stateless(self, method: Callable, values: Any, args=(), kwargs=None) -> tuple[Any, list]:
        own = self.variables
        if len(values) != len(own):
            raise ValueError(
                f"{type(self).__name__} {self.name!r} has {len(own)} variables "
                f"({', '.join(v.name for v in own)}); {len(values)} values came."
            )
        with StatelessScope(zip(own, values, strict=True)):
            result = method(*args, **(kwargs or {}))
            result = result.value if isinstance(result, Variable) else result
            return result, [v.value for v in self.variables]

    def stateless_update_state(self, metric_variables: Any, *args: Any, **kwargs: Any) -> list:
        """The variables' values after an update, from those before it."""
        return self._stateless(self.update_state, metric_variables, args, kwargs)[1]

    def stateless_result(self, metric_variables: Any) -> Any:
        """The result that these values of the variables mean."""
        return self._stateless(self.result, metric_variables)[0]

    def stateless_reset_state(self) -> list:
        """The variables' values at the start."""
        return self._stateless(self.reset_state, [v.raw for v in self.variables])[1]

    def __repr__(self):
        return f"<{type(self).__name__} name={self.name}>"


def weigh(values: Tensor, sample_weight: Tensor, dtype: DType) -> tuple[Any, Any]:
    """`values` times their weights, and a weight for each value or None.

    Weights (n,) hold for whole examples; a mask that `values` carry multiplies them.
    """
    weights = merge_weights(sample_weight, get_mask(values), dtype)
    values = ops.cast(values, dtype)
    if weights is None:
        return values, None
    values, weights = align(values, weights)
    values = values * weights
    return values, ops.broadcast_to(weights, values.shape)


@fields
class Sum(Metric):
    """The weighted sum of all values of any shape: a scalar."""

    name: str | None = "sum"
    dtype: DType = None

    def setup(self) -> None:
        super().setup()
        self.total = self.add_weight(dtype=self.dtype, name="total")

    def update_state(self, values: Tensor, sample_weight: Tensor = None) -> None:
        self.total.assign_add(ops.sum(weigh(values, sample_weight, self.dtype)[0]))

    def result(self) -> Array:
        return self.total.value


@fields
class Mean(Metric):
    """The weighted mean over examples, each averaged over its other axes.

    `(batch, ...)` -> a scalar, 0 before there are any.
    """

    name: str | None = "mean"
    dtype: DType = None

    def setup(self) -> None:
        super().setup()
        self.total = self.add_weight(dtype=self.dtype, name="total")
        self.count = self.add_weight(dtype=self.dtype, name="count")

    def update_state(self, values: Tensor, sample_weight: Tensor = None) -> None:
        values, weights = weigh(values, sample_weight, self.dtype)
        each = math.prod(values.shape[1:]) or 1
        examples = values.shape[0] if values.ndim else 1
        self.add_pair(
            ops.sum(values) / each, examples if weights is None else ops.sum(weights) / each
        )

    def add_pair(self, total: Tensor, weight: Tensor) -> None:
        """Count values of which only the weighted sum and the weight are known."""
        self.total.assign_add(total)
        self.count.assign_add(weight)

    def result(self) -> Array:
        return ops.divide_no_nan(self.total, self.count)


@fields
class _FunctionMetric(Formula, Mean):
    """Base of the metrics that average a function's values."""

    order = "... name dtype"
    name = None

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        if isinstance(self.fn, Loss):
            self.add_pair(*self.fn.pair(y_true, y_pred, sample_weight))
            return
        weights = merge_weights(sample_weight, get_mask(y_pred), self.dtype)
        values = self.fn(y_true, y_pred, **self.options)
        if weights is None and not np.shape(values):
            weights = (np.shape(y_pred) or (1,))[0]  # averaged already: it stands for the batch
        super().update_state(values, weights)


class MeanMetricWrapper(Wrapper, _FunctionMetric):
    """The mean of `fn(y_true, y_pred, **kwargs)`: values per example, or a mean over the batch."""

    def __init__(
        self, fn: Callable, name: str | None = None, dtype: DType = None, **kwargs: Any
    ) -> None:
        super().__init__(name, dtype)
        self.wrap(fn, kwargs)
        if isinstance(fn, Loss) or fn in LOSS_FUNCTIONS:
            self._direction = "down"  # type: ignore[misc]


def score(title: str, fn: Callable, order: str = "", **defaults: Any) -> Any:
    """The class of a mean that is better when higher; arguments as of `losses.derive`."""
    cls = derive(_FunctionMetric, title, fn, order, **defaults)
    cls._direction = "up"
    return cls


def error(title: str, fn: Callable, order: str = "", **defaults: Any) -> Any:
    """The class of a mean that is better when lower; arguments as of `losses.derive`."""
    cls = derive(_FunctionMetric, title, fn, order, **defaults)
    cls._direction = "down"
    return cls
