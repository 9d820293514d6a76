"""What a search optimizes."""

import math
from typing import Any

from addax.core.errors import suggest
from addax.tuner.metrics_tracking import DIRECTIONS, infer_metric_direction


class Objective:
    """A metric by name, and whether its "min" or its "max" is wanted."""

    def __init__(self, name: str, direction: str) -> None:
        if direction not in DIRECTIONS:
            raise ValueError(f"direction is 'min' or 'max'; received {direction!r}.")
        self.name = name
        self.direction = direction

    @property
    def parts(self) -> "list[Objective]":
        """The objectives that this one is made of."""
        return [self]

    def has_value(self, logs: dict[str, Any]) -> bool:
        """Whether the logs of an epoch say its value."""
        return all(part.name in logs for part in self.parts)

    def get_value(self, logs: dict[str, Any]) -> Any:
        """Its value in the logs of an epoch."""
        return logs[self.name]

    def better_than(self, a: float, b: float) -> bool:
        """Whether `a` is better than `b`; NaN is the worst."""
        if math.isnan(b):
            return not math.isnan(a)
        return a > b if self.direction == "max" else a < b

    def missing(self, known: Any) -> str:
        """What to say where the metrics are `known` and this is not among them."""
        absent = [part.name for part in self.parts if part.name not in known]
        near = "".join(suggest(name, known) for name in absent)
        return (
            f"Objective value missing in metrics: {', '.join(absent)}.{near} "
            f"There are {', '.join(known) or 'none'}."
        )

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Objective) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        return f'Objective(name="{self.name}", direction="{self.direction}")'


class DefaultObjective(Objective):
    """What `run_trial` or `HyperModel.fit` returns as a number, to be minimized."""

    def __init__(self) -> None:
        super().__init__("default_objective", "min")


class MultiObjective(Objective):
    """Several. Trials are ranked by the sum, those to maximize subtracted; the study keeps all."""

    def __init__(self, objectives: list[Objective]) -> None:
        super().__init__("multi_objective", "min")
        self.objectives = objectives

    @property
    def parts(self) -> list[Objective]:
        return self.objectives

    @property
    def name_to_direction(self) -> dict[str, str]:
        return {o.name: o.direction for o in self.objectives}

    def get_value(self, logs: dict[str, Any]) -> float:
        return sum(logs[o.name] * (1 if o.direction == "min" else -1) for o in self.objectives)

    def __str__(self) -> str:
        parts = sorted(map(str, self.objectives))
        return f"Multi{super().__str__()}: [{', '.join(parts)}]"


def create_objective(objective: Any) -> Objective:
    """The Objective that a name, a list or None means.

    ValueError for a name whose direction nobody knows.
    """
    if objective is None:
        return DefaultObjective()
    if isinstance(objective, Objective):
        return objective
    if isinstance(objective, (list, tuple)):
        return MultiObjective([create_objective(o) for o in objective])
    if not isinstance(objective, str):
        raise TypeError(
            f"objective is a name, an Objective or a list of them; received {objective!r}."
        )
    direction = infer_metric_direction(objective)
    if direction is None:
        raise ValueError(
            f"Could not infer optimization direction of {objective!r}: pass "
            f'Objective("{objective}", direction="min") or "max".'
        )
    return Objective(objective, direction)
