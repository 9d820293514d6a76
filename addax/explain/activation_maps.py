"""Class activation maps: where in an image the evidence lies, from the output of a convolution.

A is that output and S the score. A map weights the channels of A, (batch, ..., channels), adds them
up, keeps what speaks for the class and is stretched over the image: (batch, height, width), or
(batch, time) for sequences.
"""

from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from addax import layers
from addax.core.settings import standardize_data_format
from addax.core.types import Tensor
from addax.explain.network import Network, find_layer

KINDS = "Conv{}D Conv{}DTranspose SeparableConv{}D DepthwiseConv{}D"
CONVOLUTIONS = tuple(
    getattr(layers, kind.format(rank))
    for kind in KINDS.split()
    for rank in (1, 2, 3)
    if hasattr(layers, kind.format(rank))
)


def gradcam(
    model: Any, x: Tensor, target: Any = None, *, layer: Any = None, batch_size: int = 32
) -> np.ndarray:
    """relu(sum over channels of mean(dS/dA) A): (batch, height, width) (Selvaraju et al. 2016).

    `layer` is the last convolution if None; other arguments as for `gradients`. ValueError for a
    model without a convolution, and as `gradients`.
    """
    return _map(model, x, target, layer, batch_size, _mean_slope)


def gradcam_plus_plus(
    model: Any, x: Tensor, target: Any = None, *, layer: Any = None, batch_size: int = 32
) -> np.ndarray:
    """As `gradcam`, with places weighted so that several objects of a class all show.

    A channel's weight is the sum of g² / (2 g² + g³ sum(A)) relu(g), with g = dS/dA (Chattopadhyay
    et al. 2017).
    """
    return _map(model, x, target, layer, batch_size, _plus_plus)


def scorecam(
    model: Any, x: Tensor, target: Any = None, *, layer: Any = None, batch_size: int = 32
) -> np.ndarray:
    """As `gradcam` without gradients (Wang et al. 2019).

    A channel's weight is the softmax, over the channels, of the score of x times that channel,
    stretched over x and scaled to 0..1.
    """
    network, activations = _convolved(model, x, target, layer, batch_size)
    masks = np.moveaxis(_stretched(activations, network), -1, 0)  # a channel at a time
    axes = tuple(range(2, masks.ndim))
    low, high = masks.min(axes, keepdims=True), masks.max(axes, keepdims=True)
    masks = (masks - low) / np.where(high > low, high - low, 1)
    scores = network.of_inputs().scores_of(_masked(network, mask) for mask in masks)
    weights = np.asarray(jax.nn.softmax(scores.T))
    return _weighted_map(network, activations, weights)


def _mean_slope(activations: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    return slopes.mean(tuple(range(1, slopes.ndim - 1)))


def _plus_plus(activations: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    axes = tuple(range(1, slopes.ndim - 1))
    below = 2 * slopes**2 + slopes**3 * activations.sum(axes, keepdims=True)
    shares = slopes**2 / np.where(below == 0, 1, below)
    return (shares * np.maximum(slopes, 0)).sum(axes)


def _map(model, x, target, layer, batch_size, weigh: Callable) -> np.ndarray:
    network, activations = _convolved(model, x, target, layer, batch_size)
    slopes = _channels_last(network, network.gradients(network.points(), network.everyone))
    return _weighted_map(network, activations, weigh(activations, slopes))


def _convolved(model, x, target, layer, batch_size) -> tuple[Network, np.ndarray]:
    """The model up to its convolution, and what that gives, its channels last."""
    network = Network(model, x, target, None, batch_size)  # builds the model
    network.layer = last_convolution(model) if layer is None else find_layer(model, layer)
    if not isinstance(network.x, np.ndarray) or network.x.ndim < 3:
        shapes = [leaf.shape for leaf in jax.tree.leaves(network.x)]
        raise ValueError(
            f"A class activation map lies over images or sequences: x is one array (batch, ..., "
            f"channels); received the shapes {shapes}."
        )
    activations = _channels_last(network, network.points())
    if activations.ndim != network.x.ndim:
        raise ValueError(
            f"Layer {network.layer.name!r} gives {activations.shape}, which does not lie over x of "
            f"the shape {network.x.shape}: name a convolution, layer=..."
        )
    return network, activations


def last_convolution(model: Any) -> Any:
    """The last convolution of the model. ValueError if there is none."""
    found = [x for x in model._flatten_layers() if isinstance(x, CONVOLUTIONS)]
    if not found:
        raise ValueError(
            f"Model {model.name!r} has no convolution to draw a map from. Name another layer, "
            "layer=..., or use `gradients`, `occlusion` or `rise`."
        )
    return found[-1]


def _first_channels(network: Network) -> bool:
    known = getattr(network.layer, "data_format", None)
    return standardize_data_format(known) == "channels_first"


def _channels_last(network: Network, values: Any) -> np.ndarray:
    values = np.asarray(values, "float32")
    return np.moveaxis(values, 1, -1) if _first_channels(network) else values


def _sizes(network: Network) -> tuple[int, ...]:
    """Height and width of the images."""
    shape = network.x.shape
    return shape[2:] if _first_channels(network) else shape[1:-1]


def _stretched(maps: np.ndarray, network: Network) -> np.ndarray:
    """Maps (batch, ..., channels) at the size of the images."""
    shape = (len(maps), *_sizes(network), maps.shape[-1])
    return np.asarray(jax.image.resize(maps, shape, "linear"))


def _masked(network: Network, mask: np.ndarray) -> np.ndarray:
    shown = network.x * np.expand_dims(mask, 1 if _first_channels(network) else -1)
    return shown.astype(network.x.dtype)


def _weighted_map(network: Network, activations: np.ndarray, weights: np.ndarray) -> np.ndarray:
    total = np.einsum("b...c,bc->b...", activations, weights)
    return _stretched(np.maximum(total, 0)[..., None], network)[..., 0]
