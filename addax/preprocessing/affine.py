"""Images turned, shifted, sheared and zoomed, and what else older programs do to single images."""

import functools
from typing import Any

import numpy as np

from addax.core.checks import one_of
from addax.utils import array_to_img, img_to_array
from addax.utils.images import pillow

FILL_MODES = ("constant", "nearest", "reflect", "wrap")


def transformation(
    theta: float = 0,
    tx: float = 0,
    ty: float = 0,
    shear: float = 0,
    zx: float = 1,
    zy: float = 1,
) -> np.ndarray:
    """The matrix (3, 3) of a rotation, shift, shear and zoom, of (row, column, 1); degrees."""
    turn, slant = np.deg2rad(theta), np.deg2rad(shear)
    parts = [
        [[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]],
        [[1, 0, tx], [0, 1, ty], [0, 0, 1]],
        [[1, -np.sin(slant), 0], [0, np.cos(slant), 0], [0, 0, 1]],
        [[zx, 0, 0], [0, zy, 0], [0, 0, 1]],
    ]
    return functools.reduce(np.dot, map(np.array, parts))


def apply_affine_transform(
    x: np.ndarray,
    theta: float = 0,
    tx: float = 0,
    ty: float = 0,
    shear: float = 0,
    zx: float = 1,
    zy: float = 1,
    row_axis: int = 1,
    col_axis: int = 2,
    channel_axis: int = 0,
    fill_mode: str = "nearest",
    cval: float = 0.0,
    order: int = 1,
) -> np.ndarray:
    """One image of three axes, turned by `theta` degrees about its centre, shifted and so on.

    `fill_mode` says what lies outside: "constant" (`cval`), "nearest", "reflect" or "wrap".
    `order` 0 takes the nearest pixel, 1 interpolates; higher ones need SciPy.
    """
    if x.ndim != 3 or {row_axis, col_axis, channel_axis} != {0, 1, 2} or channel_axis == 1:
        raise ValueError(
            "apply_affine_transform takes an image of three axes, channels first or last; received "
            f"the shape {x.shape} and the axes {row_axis}, {col_axis}, {channel_axis}."
        )
    one_of("fill_mode", fill_mode, FILL_MODES)
    if (theta, tx, ty, shear, zx, zy) == (0, 0, 0, 0, 1, 1):
        return x
    planes = np.moveaxis(x, channel_axis, 0)
    centre = np.array([x.shape[row_axis] / 2 - 0.5, x.shape[col_axis] / 2 - 0.5])
    matrix = transformation(theta, tx, ty, shear, zx, zy)
    linear, offset = matrix[:2, :2], matrix[:2, 2] + centre - matrix[:2, :2] @ centre
    if col_axis > row_axis:  # the matrix has columns first, but for its centre
        linear, offset = linear[::-1, ::-1], offset[::-1]
    if order > 1:
        from scipy import ndimage

        move: Any = ndimage.affine_transform
        moved = [move(p, linear, offset, None, None, order, fill_mode, cval) for p in planes]
    else:
        moved = list(_sampled(planes, linear, offset, fill_mode, cval, order))
    return np.moveaxis(np.stack(moved), 0, channel_axis)


def _sampled(planes, linear, offset, fill_mode, cval, order) -> np.ndarray:
    """(channels, height, width) at the places `linear @ (row, column) + offset`."""
    sizes = planes.shape[1:]
    grid = np.stack(np.meshgrid(*map(np.arange, sizes), indexing="ij"))
    places = np.tensordot(linear, grid, 1) + offset[:, None, None]
    inside = np.ones(sizes, bool)
    found = 0.0
    corners, shares = [], []
    for place, n in zip(places, sizes, strict=True):
        if fill_mode == "constant":
            inside &= (place >= 0) & (place <= n - 1)
        elif fill_mode == "wrap" and n > 1:
            place = np.where((place < 0) | (place > n - 1), place % (n - 1), place)
        low = np.floor(place if order else place + 0.5).astype(int)
        share = place - low if order else np.zeros(sizes)
        corners.append([_folded(low, n, fill_mode), _folded(low + 1, n, fill_mode)])
        shares.append([1 - share, share])
    for i in (0, 1):
        for j in (0, 1):
            found = found + planes[:, corners[0][i], corners[1][j]] * (shares[0][i] * shares[1][j])
    found = np.where(inside, found, cval)
    return (np.floor(found + 0.5) if planes.dtype.kind in "iu" else found).astype(planes.dtype)


def _folded(pixels: np.ndarray, n: int, fill_mode: str) -> np.ndarray:
    if fill_mode == "reflect":
        pixels = pixels % (2 * n)
        return np.where(pixels < n, pixels, 2 * n - 1 - pixels)
    return pixels.clip(0, n - 1)


def flip_axis(x: Any, axis: int) -> np.ndarray:
    """`x` the other way round."""
    return np.flip(np.asarray(x), axis)


def apply_channel_shift(x: np.ndarray, intensity: float, channel_axis: int = 0) -> np.ndarray:
    """`x + intensity` within the range that x has."""
    return np.clip(x + intensity, x.min(), x.max()).astype(x.dtype)


def apply_brightness_shift(x: np.ndarray, brightness: float, scale: bool = True) -> np.ndarray:
    """The image as bright as `brightness` says: 0 is black, 1 leaves it."""
    low, high = x.min(), x.max()
    beyond = bool(low < 0 or high > 255)
    img = array_to_img(x, scale=beyond or scale)
    x = img_to_array(pillow("ImageEnhance").Brightness(img).enhance(brightness))
    return x / 255 * (high - low) + low if beyond and not scale else x


def _randomly(draw):
    """A function of an image that draws an argument of `apply_affine_transform`."""

    @functools.wraps(draw)
    def moved(
        x, *how, row_axis=1, col_axis=2, channel_axis=0, fill_mode="nearest", cval=0.0,
        interpolation_order=1, **named,
    ):  # fmt: skip
        drawn = draw(x.shape[row_axis], x.shape[col_axis], *how, **named)
        axes = row_axis, col_axis, channel_axis
        names = dict(zip(("row_axis", "col_axis", "channel_axis"), axes, strict=True))
        return apply_affine_transform(
            x, **drawn, **names, fill_mode=fill_mode, cval=cval, order=interpolation_order
        )

    return moved


@_randomly
def random_rotation(height: int, width: int, rg: float) -> dict[str, float]:
    """The image turned by up to `rg` degrees to either side."""
    return {"theta": np.random.uniform(-rg, rg)}


@_randomly
def random_shift(height: int, width: int, wrg: float, hrg: float) -> dict[str, float]:
    """The image shifted by up to these fractions of its width and height."""
    tx = np.random.uniform(-hrg, hrg) * height
    return {"tx": tx, "ty": np.random.uniform(-wrg, wrg) * width}


@_randomly
def random_shear(height: int, width: int, intensity: float) -> dict[str, float]:
    """The image sheared by up to `intensity` degrees."""
    return {"shear": np.random.uniform(-intensity, intensity)}


@_randomly
def random_zoom(height: int, width: int, zoom_range: Any) -> dict[str, float]:
    """The image with each axis zoomed by a factor in `zoom_range`."""
    if len(zoom_range) != 2:
        raise ValueError(f"zoom_range is two numbers; received {zoom_range!r}.")
    if tuple(zoom_range) == (1, 1):
        return {}
    return dict(zip(("zx", "zy"), np.random.uniform(*zoom_range, size=2), strict=True))


def random_channel_shift(x: np.ndarray, intensity_range: float, channel_axis: int = 0) -> Any:
    """`apply_channel_shift` by up to `intensity_range`."""
    shift = np.random.uniform(-intensity_range, intensity_range)
    return apply_channel_shift(x, shift, channel_axis)


def random_brightness(x: np.ndarray, brightness_range: Any, scale: bool = True) -> np.ndarray:
    """`apply_brightness_shift` by a factor in `brightness_range`."""
    if len(brightness_range) != 2:
        raise ValueError(f"brightness_range is two numbers; received {brightness_range!r}.")
    return apply_brightness_shift(x, np.random.uniform(*brightness_range), scale)
