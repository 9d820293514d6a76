"""Learning rates that change with the step: callables `step -> rate`."""

import math
from collections.abc import Sequence
from typing import Any

from addax import ops
from addax.core import configs, settings
from addax.core.fields import Declared, fields
from addax.core.names import publish
from addax.core.types import Tensor


class LearningRateSchedule(Declared):
    """Base of learning rates that change: override `__call__(step)`, which gives the rate.

    `step` counts updates from 0. NotImplementedError from `get_config` unless a class defines it.
    """

    def __call__(self, step: Tensor) -> Any:
        raise NotImplementedError(f"{type(self).__name__} must define __call__(step).")

    def get_config(self) -> dict:
        if not hasattr(type(self), "__fields__"):
            raise NotImplementedError(f"{type(self).__name__} must define get_config().")
        return super().get_config()

    def _positive(self, name: str) -> None:
        if getattr(self, name) <= 0:
            raise ValueError(f"{name} is positive; received {getattr(self, name)!r}.")


def _float(x):
    return ops.cast(x, settings.floatx())


@fields
class ExponentialDecay(LearningRateSchedule):
    """`initial * decay_rate^(step / decay_steps)`; `staircase` rounds the exponent down.

    ValueError for `decay_steps` that are not positive.
    """

    initial_learning_rate: float
    decay_steps: float
    decay_rate: float
    staircase: bool = False
    name: str = "ExponentialDecay"

    def setup(self) -> None:
        self._positive("decay_steps")

    def __call__(self, step: Tensor) -> Any:
        p = _float(step) / self.decay_steps
        return self.initial_learning_rate * self.decay_rate ** (
            ops.floor(p) if self.staircase else p
        )


@fields
class InverseTimeDecay(LearningRateSchedule):
    """`initial / (1 + decay_rate * step / decay_steps)`; `staircase` rounds the fraction down.

    ValueError for `decay_steps` that are not positive.
    """

    initial_learning_rate: float
    decay_steps: float
    decay_rate: float
    staircase: bool = False
    name: str = "InverseTimeDecay"

    def setup(self) -> None:
        self._positive("decay_steps")

    def __call__(self, step: Tensor) -> Any:
        p = _float(step) / self.decay_steps
        return self.initial_learning_rate / (
            1 + self.decay_rate * (ops.floor(p) if self.staircase else p)
        )


@fields
class PiecewiseConstantDecay(LearningRateSchedule):
    """`values[0]` up to and including step `boundaries[0]`, then `values[1]`, and so on.

    ValueError unless there is one value more than boundaries.
    """

    boundaries: Sequence[float]
    values: Sequence[float]
    name: str = "PiecewiseConstant"

    def setup(self) -> None:
        if len(self.boundaries) != len(self.values) - 1:
            raise ValueError(
                f"There is one value more than boundaries; received {len(self.boundaries)} "
                f"boundaries, {self.boundaries}, and {len(self.values)} values, {self.values}."
            )

    def __call__(self, step: Tensor) -> Any:
        step = ops.convert_to_tensor(step)
        rate = _float(self.values[0])
        for boundary, value in zip(self.boundaries, self.values[1:], strict=True):
            rate = ops.where(step > ops.cast(boundary, step.dtype), _float(value), rate)
        return rate


@fields
class PolynomialDecay(LearningRateSchedule):
    """`end + (initial - end) * (1 - step / decay_steps)^power`, then `end`.

    With `cycle`, decay_steps grows to its next multiple instead. ValueError for `decay_steps` that
    are not positive.
    """

    initial_learning_rate: float
    decay_steps: float
    end_learning_rate: float = 0.0001
    power: float = 1.0
    cycle: bool = False
    name: str = "PolynomialDecay"

    def setup(self) -> None:
        self._positive("decay_steps")

    def __call__(self, step: Tensor) -> Any:
        step, length, end = _float(step), _float(self.decay_steps), self.end_learning_rate
        if self.cycle:
            length = length * ops.where(step == 0, 1.0, ops.ceil(step / self.decay_steps))
        else:
            step = ops.minimum(step, length)
        distance = _float(self.initial_learning_rate) - end
        return distance * (1 - step / length) ** self.power + end


@fields
class CosineDecay(LearningRateSchedule):
    """Down to `alpha` of the initial rate along half a cosine, after a warm-up if asked for.

    `initial * ((1 - alpha) * (1 + cos(pi * step / decay_steps)) / 2 + alpha)`; with `warmup_target`
    the rate first rises to that in a line, and decays from there.

    ValueError for `decay_steps` that are not positive. Loshchilov and Hutter 2016,
    https://arxiv.org/abs/1608.03983.
    """

    initial_learning_rate: float
    decay_steps: float
    alpha: float = 0.0
    name: str = "CosineDecay"
    warmup_target: float | None = None
    warmup_steps: float = 0

    def setup(self) -> None:
        self._positive("decay_steps")

    def _decayed(self, step, start):
        fraction = step / self.decay_steps
        cosine = 0.5 * (1.0 + ops.cos(math.pi * fraction))
        return start * ((1 - self.alpha) * cosine + self.alpha)

    def __call__(self, step: Tensor) -> Any:
        step, start = _float(step), _float(self.initial_learning_rate)
        if self.warmup_target is None:
            return self._decayed(ops.minimum(step, self.decay_steps), start)
        step = ops.minimum(step, self.decay_steps + self.warmup_steps)
        target, length = _float(self.warmup_target), max(self.warmup_steps, 1)
        rising = (target - start) * (step / length) + start
        return ops.where(
            step < self.warmup_steps, rising, self._decayed(step - self.warmup_steps, target)
        )


@fields
class CosineDecayRestarts(LearningRateSchedule):
    """Half cosines one after the other, each `t_mul` times as long, `m_mul` times as high.

    Known as SGDR. ValueError for `first_decay_steps` that are not positive. Loshchilov and Hutter
    2016, https://arxiv.org/abs/1608.03983, equation 5.
    """

    initial_learning_rate: float
    first_decay_steps: float
    t_mul: float = 2.0
    m_mul: float = 1.0
    alpha: float = 0.0
    name: str = "SGDRDecay"

    def setup(self) -> None:
        self._positive("first_decay_steps")

    def __call__(self, step: Tensor) -> Any:
        fraction, grow = _float(step) / self.first_decay_steps, _float(self.t_mul)
        if self.t_mul == 1:
            restarts = ops.floor(fraction)
            fraction = fraction - restarts
        else:
            restarts = ops.floor(ops.log(1.0 - fraction * (1.0 - grow)) / ops.log(grow))
            begun = (1.0 - grow**restarts) / (1.0 - grow)
            fraction = (fraction - begun) / grow**restarts
        height = 0.5 * _float(self.m_mul) ** restarts
        cosine = height * (1.0 + ops.cos(math.pi * fraction))
        return self.initial_learning_rate * ((1 - self.alpha) * cosine + self.alpha)


publish(
    "keras.optimizers.schedules",
    [
        LearningRateSchedule, ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay,
        PolynomialDecay, CosineDecay, CosineDecayRestarts,
    ],
)  # fmt: skip


def serialize(learning_rate_schedule: LearningRateSchedule) -> Any:
    """The schedule as plain data."""
    return configs.serialize(learning_rate_schedule)


def deserialize(config: Any, custom_objects: dict | None = None) -> Any:
    """The schedule that `serialize` (or Keras) wrote."""
    return configs.deserialize(config, custom_objects)
