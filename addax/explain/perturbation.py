"""Attributions of images by hiding parts of them: no gradients, any output."""

from collections.abc import Iterable, Iterator
from typing import Any

import jax
import numpy as np

from addax.core.checks import per_axis, positive
from addax.core.settings import standardize_data_format
from addax.core.types import DataFormat, Sizes, Tensor
from addax.explain.network import Network


def occlusion(
    model: Any,
    x: Tensor,
    target: Any = None,
    *,
    window: Sizes = 8,
    stride: Sizes | None = None,
    fill: float = 0.0,
    data_format: DataFormat = None,
    batch_size: int = 32,
) -> np.ndarray:
    """How far the score falls as a window is filled: (batch, height, width) (Zeiler & Fergus 2013).

    A place gets the mean over the windows that cover it; the stride is half a window if None.
    ValueError for x that is no batch of images, larger windows or strides, and as `gradients`.
    """
    images = _Images(model, x, target, data_format, batch_size)
    height, width = per_axis("window", window, 2)
    if height > images.sizes[0] or width > images.sizes[1]:
        raise ValueError(
            f"window is at most as large as the images, {images.sizes}; received {window!r}."
        )
    half = (max(height // 2, 1), max(width // 2, 1))
    down, right = half if stride is None else per_axis("stride", stride, 2)
    if down > height or right > width:
        raise ValueError(f"stride is at most the window, {window!r}; received {stride!r}.")
    parts = [
        np.s_[top : top + height, left : left + width]
        for top in _starts(images.sizes[0], height, down)
        for left in _starts(images.sizes[1], width, right)
    ]

    def masks() -> Iterator[np.ndarray]:
        yield np.ones(images.sizes, "float32")
        for part in parts:
            mask = np.ones(images.sizes, "float32")
            mask[part] = 0
            yield mask

    whole, *hidden = images.scores(masks(), fill)
    total = np.zeros((images.count, *images.sizes), "float32")
    times = np.zeros(images.sizes, "float32")
    for score, part in zip(hidden, parts, strict=True):
        total[:, *part] += (whole - score)[:, None, None]
        times[part] += 1
    return total / times


def rise(
    model: Any,
    x: Tensor,
    target: Any = None,
    *,
    masks: int = 1000,
    grid: int = 7,
    keep: float = 0.5,
    seed: int = 0,
    fill: float = 0.0,
    data_format: DataFormat = None,
    batch_size: int = 32,
) -> np.ndarray:
    """The mean score with random parts hidden, where they show: (batch, height, width).

    A mask is a `grid` x `grid` of ones (with probability `keep`) and zeros, stretched over the
    image and shifted; a place gets the mean over the masks of score times mask, divided by `keep`
    (Petsiuk et al. 2018). ValueError as `occlusion`.
    """
    positive(masks=masks, grid=grid)
    if not 0 < keep < 1:
        raise ValueError(f"keep is a probability between 0 and 1; received {keep!r}.")
    images = _Images(model, x, target, data_format, batch_size)
    random = np.random.default_rng(seed)
    total = np.zeros((images.count, *images.sizes), "float32")
    for start in range(0, masks, images.network.together):  # all masks at once may be large
        count = min(images.network.together, masks - start)
        some = _random_masks(random, count, grid, keep, images.sizes)
        total += np.einsum("mb,mhw->bhw", images.scores(some, fill), some)
    return total / (masks * keep)


class _Images:
    """A model and its images with parts hidden."""

    def __init__(self, model: Any, x: Any, target: Any, data_format: Any, batch_size: int):
        self.network = Network(model, x, target, None, batch_size)
        self.x = self.network.x
        if not isinstance(self.x, np.ndarray) or self.x.ndim != 4:
            shapes = [leaf.shape for leaf in jax.tree.leaves(self.x)]
            raise ValueError(
                f"x is one array of images, (batch, height, width, channels); received {shapes}."
            )
        self.first = standardize_data_format(data_format) == "channels_first"
        self.sizes = self.x.shape[2:] if self.first else self.x.shape[1:3]
        self.count = self.network.count

    def scores(self, masks: Iterable[np.ndarray], fill: float) -> np.ndarray:
        """The scores of all images, filled where a mask (height, width) is 0: (masks, batch)."""
        return self.network.scores_of(self._shown(mask, fill) for mask in masks)

    def _shown(self, mask: np.ndarray, fill: float) -> np.ndarray:
        mask = np.expand_dims(mask, 0 if self.first else -1)
        return (mask * self.x + (1 - mask) * fill).astype(self.x.dtype)


def _starts(size: int, window: int, stride: int) -> list[int]:
    """Where windows begin; the last one ends at the edge."""
    return sorted({*range(0, size - window, stride), size - window})


def _random_masks(
    random: np.random.Generator, count: int, grid: int, keep: float, sizes: tuple[int, ...]
) -> np.ndarray:
    cells = [-(-size // grid) for size in sizes]
    coarse = (random.random((count, grid + 1, grid + 1)) < keep).astype("float32")
    stretched = [(grid + 1) * cell for cell in cells]
    large = np.asarray(jax.image.resize(coarse, (count, *stretched), "linear"))
    tops, lefts = (random.integers(0, cell, count) for cell in cells)
    height, width = sizes
    return np.stack(
        [
            mask[top : top + height, left : left + width]
            for mask, top, left in zip(large, tops, lefts, strict=True)
        ]
    )
