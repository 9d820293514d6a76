"""Images of other sizes, as tf.image.resize makes them: products with a matrix for each axis.

`y = A x B^T` with a row of weights for each new pixel; pixel i is at i + 1/2. Written in NumPy, so
that files of many sizes need no compiled program each.
"""

import functools
from collections.abc import Callable

import numpy as np

Floats = np.ndarray


def _cubic(x: Floats, b: float, c: float) -> Floats:
    """The cubic filters of Mitchell and Netravali (1988), for |x| <= 2."""
    near = (12 - 9 * b - 6 * c) * x**3 + (-18 + 12 * b + 6 * c) * x**2 + (6 - 2 * b)
    far = (-b - 6 * c) * x**3 + (6 * b + 30 * c) * x**2 + (-12 * b - 48 * c) * x + 8 * b + 24 * c
    return np.where(x < 1, near, np.where(x < 2, far, 0)) / 6


def _lanczos(x: Floats, radius: int) -> Floats:
    return np.where(x < radius, np.sinc(x) * np.sinc(x / radius), 0)


# The weight at a distance, and how far it reaches.
KERNELS: dict[str, tuple[Callable[[Floats], Floats], float]] = {
    "bilinear": (lambda x: np.maximum(0, 1 - x), 1),
    "bicubic": (lambda x: _cubic(x, 0, 0.5), 2),
    "mitchellcubic": (lambda x: _cubic(x, 1 / 3, 1 / 3), 2),
    "lanczos3": (lambda x: _lanczos(x, 3), 3),
    "lanczos5": (lambda x: _lanczos(x, 5), 5),
    "gaussian": (lambda x: np.where(x < 1.5, np.exp(-2 * x**2), 0), 1.5),
}
METHODS = ("bilinear", "nearest", "bicubic", "area", *list(KERNELS)[2:])


@functools.lru_cache(256)
def weights(old: int, new: int, method: str, antialias: bool = False) -> np.ndarray:
    """The weight of each old pixel in each new one: (new, old)."""
    scale = np.float32(old) / np.float32(new)  # TensorFlow's roundings decide on kernels' edges
    inverse = scale if method in ("nearest", "bilinear", "bicubic") else 1 / (np.float32(new) / old)
    places = (np.arange(new, dtype="float32") + np.float32(0.5)) * inverse - np.float32(0.5)
    pixels = np.arange(old)
    if method == "nearest":
        return np.eye(old)[np.minimum(np.floor(places + 0.5).astype(int), old - 1)]
    if method == "area":
        starts = np.arange(new)[:, None] * scale
        overlap = np.minimum(starts + scale, pixels + 1) - np.maximum(starts, pixels)
        return np.maximum(0, overlap) / scale
    kernel, _ = KERNELS[method]
    if method == "bilinear" and not antialias:
        places = np.clip(places, 0, old - 1)
    if method == "bicubic" and not antialias:  # TensorFlow looks its cubic up at 1024 places
        places = np.floor(places) + np.rint((places - np.floor(places)) * 1024) / 1024
    found = kernel(abs(pixels - places[:, None]) / (max(scale, 1) if antialias else 1))
    total = found.sum(1, keepdims=True)
    return found / np.where(total == 0, 1, total)


def resize(
    image: np.ndarray, size: tuple[int, int], method: str = "bilinear", antialias: bool = False
) -> np.ndarray:
    """(..., height, width, channels) as float32 with another height and width.

    "nearest" keeps the dtype, as all methods do for an image that has the size already.
    """
    if method not in METHODS:
        raise ValueError(f"interpolation is one of {', '.join(METHODS)}; received {method!r}.")
    height, width = image.shape[-3:-1]
    new_height, new_width = map(int, size)
    if method == "nearest":
        rows, columns = (
            weights(a, b, method).argmax(1) for a, b in ((height, new_height), (width, new_width))
        )
        return image[..., rows[:, None], columns, :]
    down = weights(height, new_height, method, antialias).astype("float32")
    across = weights(width, new_width, method, antialias).astype("float32")
    y = np.tensordot(down, image.astype("float32"), (1, image.ndim - 3))
    y = np.moveaxis(y, 0, image.ndim - 3)
    return np.moveaxis(np.tensordot(y, across, (image.ndim - 2, 1)), -1, image.ndim - 2)


def resize_with_pad(
    image: np.ndarray, size: tuple[int, int], method: str = "bilinear", antialias: bool = False
) -> np.ndarray:
    """As `resize` with the shape kept and black borders around it."""
    height, width = image.shape[-3:-1]
    old, new = np.array([height, width], "float32"), np.array(size, "float32")
    fitted = old / (old / new).max()
    inner = np.floor(fitted).astype(int)
    before = np.maximum(0, np.floor((new - fitted) / 2)).astype(int)
    y = resize(image, (inner[0], inner[1]), method, antialias)
    padded = np.zeros((*image.shape[:-3], *size, image.shape[-1]), y.dtype)
    rows, columns = (slice(b, b + n) for b, n in zip(before, inner, strict=True))
    padded[..., rows, columns, :] = y
    return padded


def aspect_box(height: int, width: int, size: tuple[int, int]) -> tuple[slice, slice]:
    """The rows and columns of the largest centred part that has the aspect ratio of `size`."""
    new_height, new_width = size
    box_height = max(min(height, int(width * new_height / new_width)), 1)
    box_width = max(min(width, int(height * new_width / new_height)), 1)
    top, left = (height - box_height) // 2, (width - box_width) // 2
    return slice(top, top + box_height), slice(left, left + box_width)
