"""What each trial measured, by metric and step."""

import re
from typing import Any, Self

import numpy as np

from addax import losses, metrics
from addax.core.errors import unknown
from addax.losses import Loss
from addax.metrics import Metric

# Metrics of which more is better, by class name.
MORE_IS_BETTER = """
    Accuracy AUC BinaryAccuracy BinaryIoU CategoricalAccuracy ConcordanceCorrelation
    CosineSimilarity F1Score FBetaScore IoU MeanIoU OneHotIoU OneHotMeanIoU PearsonCorrelation
    Precision PrecisionAtRecall R2Score Recall RecallAtPrecision SensitivityAtSpecificity
    SparseCategoricalAccuracy SparseTopKCategoricalAccuracy SpecificityAtSensitivity
    TopKCategoricalAccuracy TrueNegatives TruePositives""".split()
SHORT = {"acc": "max", "accuracy": "max", "loss": "min", "crossentropy": "min", "ce": "min"}
DIRECTIONS = ("min", "max")
_MORE = {re.sub(r"\W|_", "", name).lower() for name in MORE_IS_BETTER}


def infer_metric_direction(metric: Any) -> str | None:
    """ "min" or "max" for a metric, a loss or the name of one; None for a stranger.

    "val_", "weighted_" and a running number ("auc_1") do not count.
    """
    if isinstance(metric, str):
        name = re.sub(r"^(val_)?(weighted_)?|_\d+$", "", metric)
        if name in SHORT:
            return SHORT[name]
        found = _known(name)
        if found is None:
            return None
        metric = found
    if isinstance(metric, (Metric, Loss)):
        metric = type(metric)
    name = getattr(metric, "__name__", "").replace("_", "").lower()
    return "max" if name in _MORE and not _is_loss(metric) else "min"


def _is_loss(metric: Any) -> bool:
    return isinstance(metric, type) and issubclass(metric, Loss)


def _known(name: str) -> Any:
    for get in (metrics.get, losses.get):
        try:
            return get(name)
        except (ValueError, TypeError):  # TypeError: a class that needs arguments
            continue
    return {_plain(n): getattr(metrics, n) for n in MORE_IS_BETTER}.get(_plain(name))


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


class MetricObservation:
    """The values of a metric at one step, one for each execution."""

    def __init__(self, value: Any, step: int) -> None:
        self.value = list(value) if isinstance(value, list) else [value]
        self.step = step

    def append(self, value: Any) -> None:
        """Add the value of one more execution, or those of several."""
        self.value += value if isinstance(value, list) else [value]

    def mean(self) -> float:
        return float(np.mean(self.value))

    def get_config(self) -> dict[str, Any]:
        return {"value": self.value, "step": self.step}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Self:
        return cls(**config)

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, MetricObservation) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"MetricObservation(value={self.value}, step={self.step})"


class MetricHistory:
    """One metric of a trial, by step."""

    def __init__(self, direction: str = "min") -> None:
        if direction not in DIRECTIONS:
            raise ValueError(f"`direction` is 'min' or 'max'; received {direction!r}.")
        self.direction = direction
        self._observations: dict[int, MetricObservation] = {}

    def update(self, value: Any, step: int) -> None:
        """Add a value at this step."""
        if step in self._observations:
            self._observations[step].append(value)
        else:
            self._observations[step] = MetricObservation(value, step)

    def get_history(self) -> list[MetricObservation]:
        """The observations in the order of their steps."""
        return sorted(self._observations.values(), key=lambda o: o.step)

    def set_history(self, observations: list[MetricObservation]) -> None:
        """Add these observations."""
        for observation in observations:
            self.update(observation.value, observation.step)

    def get_best_value(self) -> float | None:
        """The best mean of a step; NaN if all are; None before the first."""
        means = [o.mean() for o in self._observations.values()]
        best = [m for m in means if not np.isnan(m)] or means
        return (min if self.direction == "min" else max)(best, default=None)

    def get_best_step(self) -> int | None:
        """The step of the best value."""
        best = self.get_best_value()
        steps = [o.step for o in self._observations.values() if o.mean() == best]
        return steps[0] if steps else None

    def get_last_value(self) -> float | None:
        """The mean of the last step."""
        history = self.get_history()
        return history[-1].mean() if history else None

    def get_statistics(self) -> dict[str, float]:
        """min, max, mean, median, var and std over the steps."""
        means = [o.mean() for o in self.get_history()]
        names = ("min", "max", "mean", "median", "var", "std") if means else ()
        return {name: float(getattr(np, f"nan{name}")(means)) for name in names}

    def get_config(self) -> dict[str, Any]:
        observations = [o.get_config() for o in self.get_history()]
        return {"direction": self.direction, "observations": observations}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Self:
        made = cls(config["direction"])
        made.set_history([MetricObservation.from_config(o) for o in config["observations"]])
        return made


class MetricsTracker:
    """All metrics of a trial. ValueError for a name that is not there."""

    def __init__(self, metrics: Any = None) -> None:
        self.metrics: dict[str, MetricHistory] = {}
        for metric in metrics or []:
            self.register(metric.name)

    def exists(self, name: str) -> bool:
        return name in self.metrics

    def register(self, name: str, direction: str | None = None) -> None:
        """Begin a metric; a direction that nobody knows is "min"."""
        if name in self.metrics:
            raise ValueError(f"Metric already exists: {name}")
        self.metrics[name] = MetricHistory(direction or infer_metric_direction(name) or "min")

    def update(self, name: str, value: Any, step: int = 0) -> bool:
        """Add a value; whether the best one has changed."""
        if name not in self.metrics:
            self.register(name)
        before = self.metrics[name].get_best_value()
        self.metrics[name].update(float(value), step)
        return self.metrics[name].get_best_value() != before

    def _metric(self, name: str) -> MetricHistory:
        if name not in self.metrics:
            raise unknown("metric", name, self.metrics)
        return self.metrics[name]

    def get_history(self, name: str) -> list[MetricObservation]:
        return self._metric(name).get_history()

    def set_history(self, name: str, observations: list[MetricObservation]) -> None:
        if name not in self.metrics:
            self.register(name)
        self.metrics[name].set_history(observations)

    def get_best_value(self, name: str) -> float | None:
        return self._metric(name).get_best_value()

    def get_best_step(self, name: str) -> int | None:
        return self._metric(name).get_best_step()

    def get_statistics(self, name: str) -> dict[str, float]:
        return self._metric(name).get_statistics()

    def get_last_value(self, name: str) -> float | None:
        return self._metric(name).get_last_value()

    def get_direction(self, name: str) -> str:
        return self._metric(name).direction

    def get_config(self) -> dict[str, Any]:
        return {"metrics": {name: m.get_config() for name, m in self.metrics.items()}}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Self:
        made = cls()
        pairs = config["metrics"].items()
        made.metrics = {name: MetricHistory.from_config(c) for name, c in pairs}
        return made
