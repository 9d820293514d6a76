"""How good attributions are, each example for itself: (batch,).

Attributions have the shape of x, or that shape without the channels: a place at a time is then
hidden. A method is a function `(model, x, target) -> attributions`, such as `explain.gradients`.
"""

from collections.abc import Callable, Iterator
from typing import Any

import jax
import numpy as np

from addax.core.checks import positive
from addax.core.types import Tensor
from addax.explain.network import Network, of_class


def deletion(
    model: Any,
    x: Tensor,
    attributions: Any,
    target: Any = None,
    *,
    baseline: Any = 0.0,
    steps: int = 50,
    batch_size: int = 32,
) -> np.ndarray:
    """The mean score while what counts most goes first: (batch,), low is good.

    It is the area under the score by the share of x that is replaced by `baseline`, a number or an
    array of the shape of x or of one example (Petsiuk et al. 2018). ValueError for attributions of
    another shape.
    """
    network = _network(model, x, target, batch_size)
    start = network.baseline(baseline, network.x)
    return _area(network, network.x, start, _places(network, attributions), steps)


def insertion(
    model: Any,
    x: Tensor,
    attributions: Any,
    target: Any = None,
    *,
    baseline: Any = 0.0,
    steps: int = 50,
    batch_size: int = 32,
) -> np.ndarray:
    """The mean score while what counts most comes first: (batch,), high is good.

    As `deletion`, from the baseline to x.
    """
    network = _network(model, x, target, batch_size)
    start = network.baseline(baseline, network.x)
    return _area(network, start, network.x, _places(network, attributions), steps)


def infidelity(
    model: Any,
    x: Tensor,
    attributions: Any,
    target: Any = None,
    *,
    noise: float = 0.1,
    samples: int = 64,
    seed: int = 0,
    batch_size: int = 32,
) -> np.ndarray:
    """The mean of (sum(I attributions) - (F(x) - F(x - I)))², low is good (Yeh et al. 2019).

    I is normal noise of x's shape, of the standard deviation `noise`. Attributions that are to be
    multiplied by changes of x, as gradients are, can reach 0. ValueError for attributions of
    another shape, and for integers.
    """
    positive(samples=samples)
    network = _network(model, x, target, batch_size)
    if network.x.dtype.kind != "f":
        raise ValueError(f"Noise is added to floats; x holds {network.x.dtype}.")
    places = _places(network, attributions)
    random = np.random.default_rng(seed)
    score = network.scores(network.x, network.everyone)
    told: list = []  # what the attributions say of each change

    def changed() -> Iterator[np.ndarray]:
        for _ in range(samples):
            change = (noise * random.standard_normal(network.x.shape)).astype("float32")
            told.append((change * places).reshape(network.count, -1).sum(1))
            yield network.x - change

    falls = score - network.scores_of(changed())
    return np.mean((np.stack(told) - falls) ** 2, axis=0)


def sensitivity(
    model: Any,
    x: Tensor,
    method: Callable,
    target: Any = None,
    *,
    radius: float = 0.02,
    samples: int = 10,
    seed: int = 0,
) -> np.ndarray:
    """max |method(x + d) - method(x)| / |method(x)|, low is good (Yeh et al. 2019).

    The d are `samples` changes of x, uniform from -radius to radius. ValueError for integers.
    """
    positive(samples=samples)
    network = _network(model, x, target, 32)
    if network.x.dtype.kind != "f":
        raise ValueError(f"Noise is added to floats; x holds {network.x.dtype}.")
    target = _fixed(network)
    random = np.random.default_rng(seed)
    before = method(model, network.x, target)
    size = _norms(before)
    changes = []
    for _ in range(samples):
        near = network.x + random.uniform(-radius, radius, network.x.shape).astype("float32")
        changes.append(_norms(method(model, near, target) - before))
    return np.max(changes, axis=0) / np.where(size > 0, size, 1)


def randomized_weights(
    model: Any, x: Tensor, method: Callable, target: Any = None, *, seed: int = 0
) -> np.ndarray:
    """Rank correlation of |attributions| before and after weights are shuffled: (batch,).

    A method that explains the model, and not x alone, is far from 1 (Adebayo et al. 2018, "Sanity
    checks for saliency maps"). Each weight's values are shuffled; they are put back afterwards.
    """
    network = _network(model, x, target, 32)
    target = _fixed(network)
    random = np.random.default_rng(seed)
    weights = model.get_weights()
    before = method(model, network.x, target)
    try:
        model.set_weights([random.permuted(w.ravel()).reshape(w.shape) for w in weights])
        after = method(model, network.x, target)
    finally:
        model.set_weights(weights)
    pairs = zip(np.abs(before), np.abs(after), strict=True)
    return np.array([_rank_correlation(a.ravel(), b.ravel()) for a, b in pairs])


def _network(model: Any, x: Any, target: Any, batch_size: int) -> Network:
    network = Network(model, x, target, None, batch_size)
    if not isinstance(network.x, np.ndarray):
        count = len(jax.tree.leaves(network.x))
        raise ValueError(f"Measures are of models with one input; {count} came.")
    return network


def _fixed(network: Network) -> Any:
    """The target of x, for other inputs and weights as well."""
    return network.target if network.score is of_class else network.score


def _places(network: Network, attributions: Any) -> np.ndarray:
    """The attributions with as many axes as x has."""
    x, found = network.x, np.asarray(attributions)
    for shape, axis in (x.shape, None), (x.shape[:-1], -1), ((len(x), *x.shape[2:]), 1):
        if found.shape == shape:
            return found if axis is None else np.expand_dims(found, axis)
    raise ValueError(
        f"Attributions have the shape of x, {x.shape}, or that without the channels; received "
        f"{found.shape}."
    )


def _area(
    network: Network, source: np.ndarray, goal: np.ndarray, places: np.ndarray, steps: int
) -> np.ndarray:
    """The area under the scores while `source` becomes `goal`, its highest places first."""
    positive(steps=steps)
    flat = places.reshape(network.count, -1)
    ranks = np.argsort(np.argsort(-flat, 1, kind="stable"), 1).reshape(places.shape)
    counts = np.unique(np.linspace(0, flat.shape[1], steps + 1).round())
    scores = network.scores_of(np.where(ranks < n, goal, source) for n in counts)
    return np.trapezoid(scores, counts / flat.shape[1], axis=0)


def _norms(attributions: np.ndarray) -> np.ndarray:
    return np.linalg.norm(attributions.reshape(len(attributions), -1), axis=1)


def _rank_correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Spearman's, 0 where all are equal."""
    a, b = (_ranks(v) - (len(v) - 1) / 2 for v in (a, b))
    size = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / size) if size > 0 else 0.0


def _ranks(values: np.ndarray) -> np.ndarray:
    """0, 1, 2... from the smallest value on; equal ones share their mean."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts + 1) / 2)[which]
