"""What the columns of a table count for a model: x is (rows, columns)."""

from typing import Any

import numpy as np

import addax
from addax.core.checks import positive
from addax.core.types import Tensor


def permutation_importance(
    model: Any,
    x: Tensor,
    y: Tensor,
    *,
    loss: Any = None,
    repeats: int = 5,
    seed: int = 0,
    batch_size: int = 32,
) -> np.ndarray:
    """How much the loss grows as a column is shuffled: (columns,) (Breiman 2001).

    `loss` is a name or a function of targets and outputs; if None, what the model was compiled
    with. The growth is the mean over `repeats` shuffles. ValueError for x that is no table, and
    without a loss.
    """
    positive(repeats=repeats, batch_size=batch_size)
    x = _table(x)
    if loss is None and not model.compiled:
        raise ValueError(
            f"Model {model.name!r} is not compiled and so has no loss. Pass one: loss='mse'."
        )
    function = None if loss is None else addax.losses.get(loss)

    def of(table: np.ndarray) -> float:
        if function is None:
            options = {"verbose": 0, "return_dict": True, "batch_size": batch_size}
            return model.evaluate(table, y, **options)["loss"]
        outputs = model.predict(table, batch_size=batch_size, verbose=0)
        return float(np.mean(np.asarray(function(y, outputs))))

    before, random = of(x), np.random.default_rng(seed)
    growth = np.zeros((repeats, x.shape[1]))
    for repeat, column in np.ndindex(growth.shape):
        growth[repeat, column] = of(_with(x, column, random.permutation(x[:, column]))) - before
    return growth.mean(0)


def partial_dependence(
    model: Any, x: Tensor, column: int, *, grid: Any = 20, batch_size: int = 32
) -> tuple[np.ndarray, np.ndarray]:
    """The mean outputs as a column takes one value in all rows: (values,), (values, outputs).

    The values are quantiles of the column, from the smallest to the largest: `grid` is how many, or
    the values themselves (Friedman 2001). ValueError for x that is no table, and a column that it
    does not have.
    """
    x = _table(x)
    if not 0 <= column < x.shape[1]:
        raise ValueError(f"column is from 0 to {x.shape[1] - 1}; received {column!r}.")
    if np.ndim(grid) == 0:
        positive(grid=grid)
        quantiles = np.linspace(0, 1, grid)
        grid = np.unique(np.quantile(x[:, column], quantiles, method="nearest"))
    values = np.asarray(grid, x.dtype)
    tables = (_with(x, column, value) for value in values)
    outputs = [model.predict(t, batch_size=batch_size, verbose=0).mean(0) for t in tables]
    return values, np.stack(outputs)


def _table(x: Tensor) -> np.ndarray:
    table = np.asarray(x)
    if table.ndim != 2:
        raise ValueError(f"x is a table (rows, columns); received the shape {table.shape}.")
    return table


def _with(x: np.ndarray, column: int, values: Any) -> np.ndarray:
    changed = x.copy()
    changed[:, column] = values
    return changed
