"""Heat maps over images. Needs matplotlib: pip install "addax[demo]"."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from addax.core.types import Tensor


def show(
    attributions: Tensor,
    images: Tensor = None,
    *,
    path: Any = None,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
    opacity: float = 0.5,
    scale: float = 2.0,
) -> Any:
    """A matplotlib figure of the heat maps over their images, also written to `path` if given.

    Attributions are (batch, height, width), or with channels, which are summed; images (batch,
    height, width, channels) of bytes or of numbers, which are stretched to their range. Maps with
    negative values are blue and red, others black to yellow; `scale` is a picture's size in inches.
    ImportError without matplotlib; ValueError for other shapes.
    """
    heat = _maps(attributions)
    pictures = None if images is None else _pictures(images, heat.shape)
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError('Heat maps need matplotlib: pip install "addax[demo]".') from error

    columns = columns or math.ceil(math.sqrt(len(heat)))
    rows = math.ceil(len(heat) / columns)
    figure = Figure(figsize=(columns * scale, rows * scale), layout="tight")
    for i, axes in enumerate(figure.subplots(rows, columns, squeeze=False).flat):
        axes.axis("off")
        if i >= len(heat):
            continue
        if pictures is not None:
            axes.imshow(pictures[i], cmap="gray")
        high = np.abs(heat[i]).max() or 1
        signed = heat[i].min() < 0
        axes.imshow(
            heat[i],
            cmap="seismic" if signed else "inferno",
            vmin=-high if signed else 0,
            vmax=high,
            alpha=1 if pictures is None else opacity,
        )
        if titles is not None:
            axes.set_title(titles[i], fontsize=8)
    if path is not None:
        figure.savefig(path)
    return figure


def _maps(attributions: Tensor) -> np.ndarray:
    heat = np.asarray(attributions, "float32")
    heat = heat.sum(-1) if heat.ndim == 4 else heat
    if heat.ndim != 3 or not len(heat):
        raise ValueError(
            "Heat maps are (batch, height, width), or with channels last; received the shape "
            f"{np.shape(attributions)}."
        )
    return heat


def _pictures(images: Tensor, shape: tuple[int, ...]) -> np.ndarray:
    """Images as numbers from 0 to 1, without a single channel."""
    pictures = np.asarray(images)
    if pictures.ndim not in (3, 4) or pictures.shape[:3] != shape:
        raise ValueError(
            f"images are (batch, height, width, channels) with heat maps of their size, {shape}; "
            f"received {pictures.shape}."
        )
    if pictures.dtype != "uint8":
        axes = tuple(range(1, pictures.ndim))
        low, high = pictures.min(axes, keepdims=True), pictures.max(axes, keepdims=True)
        pictures = (pictures - low) / np.where(high > low, high - low, 1)
    return pictures[..., 0] if pictures.ndim == 4 and pictures.shape[-1] == 1 else pictures
