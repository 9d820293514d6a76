"""`LossScaleOptimizer`: float16 gradients kept in range."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from addax import ops
from addax.core import configs
from addax.core.types import Tensor
from addax.core.variable import Variable
from addax.initializers import Constant
from addax.optimizers.base import Optimizer, assign_if

BASE_DEFAULTS = (None, False, 0.99)


class LossScaleOptimizer(Optimizer):
    """Keeps float16 gradients in range: multiplies the loss by a scale, divides gradients by it.

    A step whose gradients are not all finite is left out and halves the scale;
    `dynamic_growth_steps` good steps in a row double it.

    TypeError for what is no optimizer, ValueError for options that belong to the inner one.
    Micikevicius et al. 2017, https://arxiv.org/abs/1710.03740.
    """

    def __init__(
        self,
        inner_optimizer: Optimizer,
        initial_scale: float = 2.0**15,
        dynamic_growth_steps: int = 2000,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        if not isinstance(inner_optimizer, Optimizer):
            raise TypeError(f"inner_optimizer is an optimizer; received {inner_optimizer!r}.")
        if not kwargs.pop("dynamic", True):
            raise ValueError("A fixed scale is the inner optimizer's loss_scale_factor.")
        for key, value in kwargs.items():
            if value not in BASE_DEFAULTS:
                raise ValueError(f"Set {key}={value!r} on the inner optimizer.")
        super().__init__(learning_rate=0.0, name=name)
        self.inner_optimizer = inner_optimizer
        self.initial_scale = initial_scale
        self.dynamic_growth_steps = dynamic_growth_steps
        inner_optimizer.loss_scale_factor = None

    def build(self, var_list: Iterable[Variable]) -> None:
        if self.built:
            return
        variables = list(var_list)
        self.step_counter = self.add_variable((), dtype="int32", name="step_counter")
        first = Constant(self.initial_scale)
        self.dynamic_scale = self.add_variable((), first, "float32", "dynamic_scale")
        self.inner_optimizer.build(variables)
        super().build(variables)

    @property
    def variables(self) -> list[Variable]:
        return super().variables + self.inner_optimizer.variables

    @property
    def iterations(self) -> Any:
        return self.inner_optimizer.iterations

    @property
    def learning_rate(self) -> Any:
        """The inner optimizer's."""
        return self.inner_optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, value: Any) -> None:
        if hasattr(self, "inner_optimizer"):
            self.inner_optimizer.learning_rate = value
        else:
            self._rate = value

    def scale_loss(self, loss: Tensor) -> Tensor:
        return loss * (self.dynamic_scale.value if self.built else self.initial_scale)

    def apply(
        self, grads: Sequence[Any], trainable_variables: Iterable[Variable] | None = None
    ) -> None:
        variables = self._known(list(grads), trainable_variables)
        finite = [ops.all(ops.isfinite(g)) for g in grads if g is not None]
        scale = self.dynamic_scale.value
        unscaled = [
            g if g is None or v.overwrite_with_gradient else ops.convert_to_tensor(g) / scale
            for g, v in zip(grads, variables, strict=True)
        ]
        assign_if(
            ops.all(ops.stack(finite)),
            [*variables, *self.variables],
            lambda: self._update(unscaled, variables),
            self._skip,
        )

    def _update(self, grads, variables):
        self.inner_optimizer.apply(grads, variables)
        count, scale = self.step_counter, self.dynamic_scale
        grows = count.value == self.dynamic_growth_steps - 1
        scale.assign(ops.where(grows, scale.value * 2.0, scale.value))
        count.assign(ops.where(grows, 0, count.value + 1))

    def _skip(self):
        self.step_counter.assign(0)
        self.dynamic_scale.assign(self.dynamic_scale.value * 0.5)

    def finalize_variable_values(self, var_list: Iterable[Variable]) -> None:
        self.inner_optimizer.finalize_variable_values(var_list)

    def get_config(self) -> dict:
        return {
            "name": self.name,
            "inner_optimizer": configs.serialize(self.inner_optimizer),
            "initial_scale": self.initial_scale,
            "dynamic_growth_steps": self.dynamic_growth_steps,
        }

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None) -> Self:
        inner = configs.deserialize(config["inner_optimizer"], custom_objects)
        return cls(**{**config, "inner_optimizer": inner})
