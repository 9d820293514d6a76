"""The arithmetic: figures of one round belong together, so ratios are taken round by round."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import sub, truediv

BEST_KERAS, BEST_RAW = "best Keras backend", "best raw peer"
ROUNDED = "{:,.0f}", "{:.3g}"


def shown(value: float) -> str:
    """Three significant digits, and no exponent for large numbers."""
    return ROUNDED[abs(value) < 1000].format(value)


@dataclass(frozen=True)
class Spread:
    """Median, least and greatest of the rounds."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(statistics.median(values), min(values), max(values))

    def __str__(self) -> str:
        return f"{shown(self.median)} ({shown(self.low)} to {shown(self.high)})"


_COMBINE: dict[str, Callable[[float, float], float]] = {
    "times": truediv,  # ours / theirs
    "plus": sub,  # ours - theirs
    "alone": lambda ours, _: ours,
}


@dataclass(frozen=True)
class Target:
    """Addax's figure should be at most `limit` times (or plus) that of `against`, or alone.

    `against` is a peer, or a group of them, of which the best counts. `stretch`: beyond the plan.
    """

    figure: str
    limit: float
    against: str = ""
    how: str = "times"
    stretch: bool = False

    def __str__(self) -> str:
        link = {"times": " x ", "plus": " over ", "alone": ""}[self.how]
        figure = "stretch, " * self.stretch + self.figure
        return f"{figure}: at most {shown(self.limit)}{link}{self.against}"


@dataclass
class Result:
    """Rounds of one row by peer, each a dict of figures; for a peer without any, the reason.

    `others`: cores that processes other than ours kept busy, as seen before each turn.
    """

    rounds: dict[str, list[dict[str, float]]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    others: list[float] = field(default_factory=list)

    def values(self, peer: str, figure: str) -> list[float]:
        return [one[figure] for one in self.rounds.get(peer, [])]

    def figures(self) -> list[str]:
        return list(dict.fromkeys(f for r in self.rounds.values() for one in r for f in one))

    def best(self, peers: Sequence[str], figure: str) -> str:
        """The peer with the least median, "" if none ran."""
        medians: Mapping[str, float] = {
            peer: statistics.median(values)
            for peer in peers
            if (values := self.values(peer, figure))
        }
        return min(medians, key=medians.__getitem__, default="")

    def compared(
        self, figure: str, against: str, how: str = "times", ours: str = "addax"
    ) -> Spread | None:
        """Spread over the rounds of `ours` set against another peer's; None if one is missing."""
        mine = self.values(ours, figure)
        theirs = self.values(against, figure) if how != "alone" else mine
        pairs = list(zip(mine, theirs, strict=False))
        return Spread.of([_COMBINE[how](a, b) for a, b in pairs]) if pairs else None

    def rival(self, target: Target, groups: Mapping[str, Sequence[str]]) -> str:
        """The peer that `target` is against: of a group the best, "" if none of it ran."""
        if target.against in groups:
            return self.best(groups[target.against], target.figure)
        return target.against

    def judge(
        self, target: Target, groups: Mapping[str, Sequence[str]]
    ) -> tuple[Spread | None, bool | None]:
        """What was measured for `target`, and whether its median meets the limit."""
        spread = self.compared(target.figure, self.rival(target, groups), target.how)
        return spread, None if spread is None else spread.median <= target.limit
