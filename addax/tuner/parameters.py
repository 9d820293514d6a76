"""The sorts of hyperparameters: each maps [0, 1) to its values, and back."""

import math
import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Self

SLACK = 1e-8  # that 0.5 / 0.1 may miss 5 by
SAMPLES = 10  # values that a grid takes of a range without steps


class Scale(NamedTuple):
    """How [0, 1] lies on a range: in value, and in steps from the lower end."""

    value: Callable[[float, float, float], float]  # of low, high, probability
    probability: Callable[[float, float, float], float]  # of low, high, value
    count: Callable[[float, float, float], float]  # of low, high, step
    at: Callable[[float, float, float, int], float]  # of low, high, step, index
    index: Callable[[float, float, float, float], float]  # of low, high, step, value


SCALES = {
    "linear": Scale(
        value=lambda low, high, p: p * (high - low) + low,
        probability=lambda low, high, v: (v - low) / (high - low),
        count=lambda low, high, step: (high - low) / step,
        at=lambda low, high, step, i: low + i * step,
        index=lambda low, high, step, v: (v - low) / step,
    ),
    "log": Scale(
        value=lambda low, high, p: low * math.pow(high / low, p),
        probability=lambda low, high, v: math.log(v / low) / math.log(high / low),
        count=lambda low, high, step: math.log(high / low, step),
        at=lambda low, high, step, i: low * math.pow(step, i),
        index=lambda low, high, step, v: math.log(v / low, step),
    ),
    "reverse_log": Scale(
        value=lambda low, high, p: high + low - low * math.pow(high / low, 1 - p),
        probability=lambda low, high, v: (
            1 - math.log((high + low - v) / low) / math.log(high / low)
        ),
        count=lambda low, high, step: math.log(high / low, step),
        at=lambda low, high, step, i: high + low - low * math.pow(step, i),
        index=lambda low, high, step, v: math.log((high + low - v) / low, step),
    ),
}


class Parent:
    """The condition that hyperparameter `name` has one of these values."""

    def __init__(self, name: str, values: Any) -> None:
        self.name = name
        self.values: list = list(values) if isinstance(values, (list, tuple)) else [values]
        if not self.values or not isinstance(self.values[0], (str, int, float)):
            raise TypeError(f"Parent values are int, float, str or bool; received {values!r}.")

    def is_active(self, values: dict[str, Any]) -> bool:
        """Whether the condition holds for these values."""
        return self.name in values and values[self.name] in self.values

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Parent) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{self.name} in {self.values}"

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name, "values": self.values}


class HyperParameter:
    """A name, a default, and the conditions under which it has a value at all."""

    def __init__(self, name: str, default: Any = None, conditions: Any = None) -> None:
        self.name = name
        self._default = default
        self.conditions = list(conditions or [])

    @property
    def default(self) -> Any:
        """The value where nobody has chosen one."""
        return self._default

    @property
    def values(self) -> Sequence[Any]:
        """All values, or some of a range without steps."""
        raise NotImplementedError

    def prob_to_value(self, prob: float) -> Any:
        """The value at `prob` in [0, 1)."""
        raise NotImplementedError

    def value_to_prob(self, value: Any) -> float:
        """Where in [0, 1) the value lies, in the middle of its part."""
        raise NotImplementedError

    def random_sample(self, seed: Any = None) -> Any:
        """A value by chance."""
        return self.prob_to_value(random.Random(seed).random())

    def get_config(self) -> dict[str, Any]:
        """What `from_config` needs; its keys are KerasTuner's."""
        conditions = [
            {"class_name": type(c).__name__, "config": c.get_config()} for c in self.conditions
        ]
        return {"name": self.name, "default": self.default, "conditions": conditions}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Self:
        """A hyperparameter from what `get_config` gave."""
        conditions = [Parent(**c["config"]) for c in config.get("conditions") or []]
        return cls(**{**config, "conditions": conditions})

    def describe(self) -> str:
        """Sort and range, as one line."""
        left_out = ("name", "conditions")
        shown = {k: v for k, v in self.get_config().items() if k not in left_out and v is not None}
        arguments = ", ".join(f"{k}={v!r}" for k, v in shown.items())
        return f"{type(self).__name__}({arguments})" + "".join(f" if {c}" for c in self.conditions)

    def __repr__(self) -> str:
        return f"{self.name}: {self.describe()}"

    def _wrong(self, said: str) -> ValueError:
        return ValueError(f"Hyperparameter {self.name!r}: {said}")


def middle(index: int, count: int) -> float:
    """The middle of part `index` of [0, 1) cut into `count`."""
    return (index + 0.5) / count


def part(prob: float, count: int) -> int:
    """Which of `count` parts of [0, 1) `prob` lies in."""
    return min(math.floor(prob / (1 / count)), count - 1)


class Numerical(HyperParameter):
    """A range of numbers, both ends included."""

    def __init__(
        self,
        name: str,
        min_value: Any,
        max_value: Any,
        step: Any = None,
        sampling: str | None = "linear",
        default: Any = None,
        conditions: Any = None,
    ) -> None:
        super().__init__(name, default, conditions)
        self.min_value, self.max_value, self.step = min_value, max_value, step
        self.sampling = (sampling or "linear").lower()
        self._check()

    @property
    def _scale(self) -> Scale:
        return SCALES[self.sampling]

    def _check(self) -> None:
        if self.sampling not in SCALES:
            raise self._wrong(f"sampling is one of {', '.join(SCALES)}; not {self.sampling!r}.")
        if not self.min_value <= self.max_value:
            raise self._wrong(
                f"min_value {self.min_value} is greater than the max_value {self.max_value}."
            )
        if self.sampling != "linear" and self.min_value <= 0:
            raise self._wrong(f"{self.sampling} needs min_value > 0, not {self.min_value}.")
        least = 0 if self.sampling == "linear" else 1
        if self.step is not None and not self.step > least:
            raise self._wrong(
                f"step is more than {least} for {self.sampling} sampling, not {self.step}."
            )
        if self._default is not None and not self.min_value <= self._default <= self.max_value:
            raise self._wrong(
                f"the default {self._default} lies outside [{self.min_value}, {self.max_value}]."
            )

    @property
    def default(self) -> Any:
        return self.min_value if self._default is None else self._default

    @property
    def _high(self) -> float:
        """The upper end that probabilities reach towards."""
        return self.max_value

    def _at(self, index: int) -> Any:
        """The value after `index` steps."""
        return self._scale.at(self.min_value, self.max_value, self.step, index)

    def count(self) -> int:
        """How many values there are, with steps."""
        steps = self._scale.count(self.min_value, self.max_value, self.step)
        return int(steps + SLACK) + 1

    @property
    def values(self) -> Sequence[Any]:
        if self.step is None:
            return sorted({self.prob_to_value(middle(i, SAMPLES)) for i in range(SAMPLES)})
        return [self._at(i) for i in range(self.count())]

    def prob_to_value(self, prob: float) -> Any:
        if self.step is not None:
            return self._at(part(prob, self.count()))
        return self._scale.value(self.min_value, self._high, prob)

    def index(self, value: Any) -> int:
        """After how many steps the value stands."""
        return round(self._scale.index(self.min_value, self.max_value, self.step, value))

    def value_to_prob(self, value: Any) -> float:
        if self.step is not None:
            return middle(self.index(value), self.count())
        if self._high == self.min_value:
            return 0.5
        return self._scale.probability(self.min_value, self._high, value)

    def get_config(self) -> dict[str, Any]:
        names = ("min_value", "max_value", "step", "sampling")
        return super().get_config() | {name: getattr(self, name) for name in names}


class Int(Numerical):
    """Integers from `min_value` to `max_value`; with log sampling, `step` is a factor."""

    def __init__(
        self,
        name: str,
        min_value: int,
        max_value: int,
        step: int | None = None,
        sampling: str | None = "linear",
        default: int | None = None,
        conditions: Any = None,
    ) -> None:
        given = {"min_value": min_value, "max_value": max_value, "step": step}
        for argument, value in given.items():
            if value is not None and int(value) != value:
                raise ValueError(
                    f"Hyperparameter {name!r}: {argument} is an integer, not {value!r}."
                )
        if step is None and sampling in ("linear", None):
            step = 1
        whole = None if step is None else int(step)
        super().__init__(name, int(min_value), int(max_value), whole, sampling, default, conditions)

    @property
    def _high(self) -> float:
        return self.max_value + 1  # cut off to an integer, so that max_value comes too

    def _at(self, index: int) -> int:
        return int(super()._at(index))

    def prob_to_value(self, prob: float) -> int:
        return int(super().prob_to_value(prob))

    def value_to_prob(self, value: int) -> float:
        return super().value_to_prob(value if self.step is not None else value + 0.5)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"default": self._default}


class Float(Numerical):
    """Numbers from `min_value` to `max_value`; with log sampling, `step` is a factor."""

    def __init__(
        self,
        name: str,
        min_value: float,
        max_value: float,
        step: float | None = None,
        sampling: str | None = "linear",
        default: float | None = None,
        conditions: Any = None,
    ) -> None:
        super().__init__(
            name, float(min_value), float(max_value), step, sampling, default, conditions
        )


class Choice(HyperParameter):
    """One of some values, all numbers, texts or booleans."""

    def __init__(
        self,
        name: str,
        values: Sequence[Any],
        ordered: bool | None = None,
        default: Any = None,
        conditions: Any = None,
    ) -> None:
        super().__init__(name, default, conditions)
        values = list(values)
        if not values:
            raise self._wrong("a Choice needs values; received none.")
        if len({type(v) for v in values}) > 1:
            raise TypeError(
                f"Hyperparameter {name!r}: a Choice has values of one type; received {values}."
            )
        if not isinstance(values[0], (str, int, float)):
            raise TypeError(
                f"Hyperparameter {name!r}: values are int, float, str or bool; received {values}."
            )
        if default is not None and default not in values:
            raise self._wrong(f"the default {default!r} is not one of the values {values}.")
        numbers = not isinstance(values[0], str)
        if ordered and not numbers:
            raise self._wrong("`ordered` must be `False` for texts.")
        self._values = values
        self.ordered = numbers if ordered is None else ordered

    @property
    def values(self) -> Sequence[Any]:
        return self._values

    @property
    def default(self) -> Any:
        return self._values[0] if self._default is None else self._default

    def prob_to_value(self, prob: float) -> Any:
        return self._values[part(prob, len(self._values))]

    def value_to_prob(self, value: Any) -> float:
        return middle(self._values.index(value), len(self._values))

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"values": self._values, "ordered": self.ordered}


class Boolean(HyperParameter):
    """True or False."""

    def __init__(self, name: str, default: bool = False, conditions: Any = None) -> None:
        super().__init__(name, default, conditions)
        if default not in (True, False):
            raise self._wrong(f"the default is True or False, not {default!r}.")

    @property
    def values(self) -> Sequence[bool]:
        return (True, False)

    def prob_to_value(self, prob: float) -> bool:
        return prob >= 0.5

    def value_to_prob(self, value: bool) -> float:
        return 0.75 if value else 0.25


class Fixed(HyperParameter):
    """One value, which no search changes."""

    def __init__(self, name: str, value: Any, conditions: Any = None) -> None:
        super().__init__(name, value, conditions)
        if not isinstance(value, (str, int, float)):
            raise self._wrong(f"a Fixed value is int, float, str or bool; received {value!r}.")
        self.value = value

    @property
    def values(self) -> Sequence[Any]:
        return (self.value,)

    def prob_to_value(self, prob: float) -> Any:
        return self.value

    def value_to_prob(self, value: Any) -> float:
        return 0.5

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        del config["default"]
        return config | {"value": self.value}


SORTS = {sort.__name__: sort for sort in (Fixed, Float, Int, Choice, Boolean)}
