"""Attributions from gradients of the score.

Arguments that all of them take: `target`, None for the class that the model predicts, a class, a
class for each example, or a function that makes `(batch,)` of the outputs; `layer`, a layer or its
name whose output is explained in the place of x, summed over the features (the last axis): for
integers the only Embedding if None; `batch_size`, the rows that are computed at once.
"""

from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from addax.core.checks import positive
from addax.core.types import Tensors
from addax.explain.network import Network, take


def _network(model: Any, x: Tensors, target: Any, layer: Any, batch_size: int) -> Network:
    network = Network(model, x, target, layer, batch_size)
    network.need_floats()
    return network


def _of_features(network: Network, found: Any) -> Any:
    """Attributions of a layer's output are summed over its features."""
    return found if network.layer is None else found.sum(-1)


def gradients(
    model: Any, x: Tensors, target: Any = None, *, layer: Any = None, batch_size: int = 32
) -> Any:
    """dF(x) / dx of the score F: arrays of x's shape (Simonyan et al. 2013).

    Integers, `(batch, time)`, are explained at the output of an Embedding, or of `layer`.

    ValueError if there is none, for a class that the model does not have, and for a layer that the
    model calls twice.
    """
    network = _network(model, x, target, layer, batch_size)
    return _of_features(network, network.gradients(network.points(), network.everyone))


def input_x_gradient(
    model: Any, x: Tensors, target: Any = None, *, layer: Any = None, batch_size: int = 32
) -> Any:
    """x dF(x) / dx: arrays of x's shape (Shrikumar et al. 2016). ValueError as `gradients`."""
    network = _network(model, x, target, layer, batch_size)
    points = network.points()
    slopes = network.gradients(points, network.everyone)
    return _of_features(network, jax.tree.map(np.multiply, points, slopes))


def guided_backpropagation(
    model: Any, x: Tensors, target: Any = None, *, layer: Any = None, batch_size: int = 32
) -> Any:
    """Gradients that relus pass on only where they are positive (Springenberg et al. 2014).

    Those relus are activations of layers, ReLU layers, and calls in a functional model; one that a
    subclass calls as a function has its ordinary gradient. The result hardly depends on the class.
    ValueError for a model without such a relu, and as `gradients`.
    """
    network = _network(model, x, target, layer, batch_size)
    slopes = network.gradients(network.points(), network.everyone, "guided")
    return _of_features(network, slopes)


def integrated_gradients(
    model: Any,
    x: Tensors,
    target: Any = None,
    *,
    baseline: Any = 0.0,
    steps: int = 64,
    layer: Any = None,
    batch_size: int = 32,
    return_error: bool = False,
) -> Any:
    """x - b times the mean gradient on the way from a baseline b to x (Sundararajan et al. 2017).

    The mean is by Gauss and Legendre's rule of `steps` points. `baseline` is a number, or arrays of
    the shape of x or of one example. The sum of an example's attributions is F(x) - F(b) up to an
    error, `(batch,)`, which `return_error` gives as well. ValueError as `gradients`, and for a
    baseline of another shape.
    """
    positive(steps=steps)
    network = _network(model, x, target, layer, batch_size)
    points = network.points()
    start = network.baseline(baseline, points)
    way = jax.tree.map(np.subtract, points, start)
    at, weights = np.polynomial.legendre.leggauss(steps)
    at, weights = (at + 1) / 2, weights / 2
    mean = jax.tree.map(np.zeros_like, points)

    def between(share: np.ndarray) -> Callable:
        return lambda b, w: b + w * share.reshape(-1, *[1] * (w.ndim - 1)).astype(w.dtype)

    for part in _chunks(steps, network):
        which = np.tile(network.everyone, len(part))
        share = np.repeat(at[part], network.count)
        rows = jax.tree.map(between(share), take(start, which), take(way, which))
        slopes = network.gradients(rows, which)
        mean = jax.tree.map(lambda m, s, p=part: m + _weighted(s, weights[p]), mean, slopes)
    found = jax.tree.map(np.multiply, way, mean)
    error = _error(network, found, points, start) if return_error else None
    result = _of_features(network, found)
    return (result, error) if return_error else result


def completeness(
    model: Any,
    x: Tensors,
    attributions: Any,
    target: Any = None,
    *,
    baseline: Any = 0.0,
    layer: Any = None,
    batch_size: int = 32,
) -> np.ndarray:
    """An example's sum of attributions less F(x) - F(baseline): (batch,), 0 if they are complete.

    ValueError as `integrated_gradients`.
    """
    network = _network(model, x, target, layer, batch_size)
    points = network.points()
    return _error(network, attributions, points, network.baseline(baseline, points))


def smoothgrad(
    model: Any,
    x: Tensors,
    target: Any = None,
    *,
    noise: float = 0.15,
    samples: int = 32,
    seed: int = 0,
    layer: Any = None,
    batch_size: int = 32,
) -> Any:
    """The mean gradient at x plus normal noise: arrays of x's shape (Smilkov et al. 2017).

    The noise of an example has the standard deviation `noise` (max x - min x). ValueError as
    `gradients`.
    """
    return _noisy(model, x, target, noise, samples, seed, layer, batch_size)[0]


def vargrad(
    model: Any,
    x: Tensors,
    target: Any = None,
    *,
    noise: float = 0.15,
    samples: int = 32,
    seed: int = 0,
    layer: Any = None,
    batch_size: int = 32,
) -> Any:
    """The variance of the gradients whose mean `smoothgrad` is (Adebayo et al. 2018)."""
    return _noisy(model, x, target, noise, samples, seed, layer, batch_size)[1]


def _noisy(model, x, target, noise, samples, seed, layer, batch_size) -> tuple[Any, Any]:
    """The mean and the variance of the gradients around x."""
    positive(samples=samples)
    if noise < 0:
        raise ValueError(f"noise is a number from 0 on; received {noise!r}.")
    network = _network(model, x, target, layer, batch_size)
    points = network.points()
    random = np.random.default_rng(seed)

    def with_noise(p: np.ndarray) -> np.ndarray:
        axes = tuple(range(1, p.ndim))
        deviation = noise * (p.max(axes, keepdims=True) - p.min(axes, keepdims=True))
        return p + (deviation * random.standard_normal(p.shape)).astype(p.dtype)

    found = []
    for part in _chunks(samples, network):
        which = np.tile(network.everyone, len(part))
        slopes = network.gradients(jax.tree.map(with_noise, take(points, which)), which)
        slopes = _of_features(network, slopes)
        found.append(slopes)
    every = jax.tree.map(lambda *parts: _by_sample(np.concatenate(parts), samples), *found)
    return jax.tree.map(lambda s: s.mean(0), every), jax.tree.map(lambda s: s.var(0), every)


def _chunks(count: int, network: Network) -> list[np.ndarray]:
    """The numbers below `count`, as many together as fill a batch with all examples."""
    starts = range(0, count, network.together)
    return [np.arange(i, min(i + network.together, count)) for i in starts]


def _by_sample(rows: np.ndarray, samples: int) -> np.ndarray:
    """Rows that lie sample by sample: (samples batch, ...) -> (samples, batch, ...)."""
    return rows.reshape(samples, -1, *rows.shape[1:])


def _weighted(slopes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The weighted sum of gradients that lie step by step: (steps batch, ...) -> (batch, ...)."""
    return np.tensordot(weights.astype(slopes.dtype), _by_sample(slopes, len(weights)), 1)


def _error(network: Network, found: Any, points: Any, start: Any) -> np.ndarray:
    sums = [np.asarray(f).reshape(network.count, -1).sum(1) for f in jax.tree.leaves(found)]
    ends = [network.scores(p, network.everyone) for p in (points, start)]
    return np.sum(sums, axis=0) - (ends[0] - ends[1])
