"""What a trial gives back: a number, a dictionary, a History, or a list of these."""

import numbers
from typing import Any

import numpy as np

from addax.callbacks import History
from addax.tuner.errors import FatalTypeError, FatalValueError
from addax.tuner.objective import DefaultObjective, Objective


def check_results(results: Any, objective: Objective, where: str) -> None:
    """FatalTypeError or FatalValueError, as every trial would give the same."""
    if isinstance(results, list):
        for result in results:
            check_results(result, objective, where)
        return
    if isinstance(results, numbers.Real):
        return
    if results is None:
        raise FatalTypeError(
            f"The return value of {where} is None. Did you forget to return the metrics?"
        )
    if not isinstance(results, (dict, History)):
        raise FatalTypeError(
            f"{where} returns a float, a dictionary, a History or a list of these; received "
            f"{results!r}."
        )
    metrics = results.history if isinstance(results, History) else results
    if objective.name in metrics or objective.has_value(metrics):
        return
    if isinstance(objective, DefaultObjective):
        raise FatalTypeError(
            f"{where} returns a single float where `objective` is left unspecified; received "
            f"the metrics {', '.join(metrics)}."
        )
    raise FatalValueError(f"{where}: {objective.missing(metrics)}")


def metrics_of(results: Any, objective: Objective) -> dict[str, float]:
    """The metrics of the best epoch, averaged over executions."""
    if isinstance(results, list):
        each = [metrics_of(result, objective) for result in results]
        names = dict.fromkeys(name for metrics in each for name in metrics)
        return {n: float(np.mean([m[n] for m in each if n in m])) for n in names}
    if isinstance(results, numbers.Real):
        return {objective.name: float(results)}
    if isinstance(results, History):
        return _epochs(results, objective)[_best_epoch(results, objective)]
    return results


def best_step(results: Any, objective: Objective) -> int:
    """The best epoch, averaged over executions."""
    if isinstance(results, list):
        return int(np.mean([best_step(result, objective) for result in results]))
    return _best_epoch(results, objective) if isinstance(results, History) else 0


def _epochs(history: History, objective: Objective) -> list[dict[str, float]]:
    """The logs of each epoch, the objective among them."""
    count = max(map(len, history.history.values()))
    epochs = [
        {name: values[i] for name, values in history.history.items() if i < len(values)}
        for i in range(count)
    ]
    return [{**logs, objective.name: objective.get_value(logs)} for logs in epochs]


def _best_epoch(history: History, objective: Objective) -> int:
    best, values = 0, [logs[objective.name] for logs in _epochs(history, objective)]
    for epoch, value in enumerate(values):
        if objective.better_than(value, values[best]):
            best = epoch
    return best
