"""Images (height, width, channels), or (channels, height, width), and batches of them."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.core import Tracer
from jax.scipy.ndimage import map_coordinates as _interpolate

from addax.core import settings, symbol
from addax.core.checks import one_of, per_axis
from addax.core.seeds import draw_seed
from addax.core.settings import standardize_data_format
from addax.core.symbol import KerasTensor
from addax.core.types import Array, DataFormat, Padding, Seed, Sizes, Tensor
from addax.ops.build import P, R, as_tensor, op, shape_text
from addax.ops.conv import _patches
from addax.ops.core import saturate_cast

RESIZE_METHODS = ("bilinear", "nearest", "lanczos3", "lanczos5", "bicubic")
SCALE_METHODS = (
    "linear", "bilinear", "trilinear", "cubic", "bicubic", "tricubic", "lanczos3", "lanczos5",
)  # fmt: skip
Interpolation: TypeAlias = Literal["bilinear", "nearest", "lanczos3", "lanczos5", "bicubic"] | str
ScaleMethod: TypeAlias = Literal["linear", "cubic", "lanczos3", "lanczos5"] | str
FillMode: TypeAlias = Literal["constant", "nearest", "wrap", "mirror", "reflect"] | str
ORDERS = {"nearest": 0, "bilinear": 1}
FILL_MODES = ("constant", "nearest", "wrap", "mirror", "reflect")


def _images(name, images, ranks=(3, 4)):
    x = as_tensor(images)
    if x.ndim not in ranks:
        raise ValueError(
            f"{name} takes one image or a batch, of rank {ranks[0]} or {ranks[1]}; received shape "
            f"{shape_text(x)}."
        )
    return x


def _on_batch(fn, x, data_format, rank=4) -> Any:
    """`fn` of a batch with channels last, for an image or a batch in any layout."""
    first = standardize_data_format(data_format) == "channels_first"
    batch = x if x.ndim == rank else x[None]
    y = fn(jnp.moveaxis(batch, 1, -1) if first else batch)
    y = jnp.moveaxis(y, rank - 1, 1) if first else y
    return y if x.ndim == rank else y[0]


def _channel_axis(data_format):
    return -1 if standardize_data_format(data_format) == "channels_last" else -3


def _spatial_axes(x, data_format):
    """Positions of height and width."""
    first = x.ndim - 3 + (_channel_axis(data_format) == -3)
    return first, first + 1


def _color_spec(fn, channels, images, data_format=None):
    """An unknown number of channels is 3, and `channels` afterwards."""
    axis = _channel_axis(data_format)

    def having(x, count):
        shape = list(x.shape)
        shape[axis] = count
        return KerasTensor(shape, x.dtype)

    if images.ndim < 3 or images.shape[axis] is not None:
        return symbol.infer(fn, (images, data_format))
    return having(symbol.infer(fn, (having(images, 3), data_format)), channels)


def _of_colors(channels: int | None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`op` for a function of colors that gives so many channels (None: as many as it takes)."""

    def decorate(fn: Callable[P, R]) -> Callable[P, R]:
        return op(fn, spec=lambda args, kwargs: _color_spec(fn, channels, *args, **kwargs))

    return decorate


@_of_colors(1)
def rgb_to_grayscale(images: Tensor, data_format: DataFormat = None) -> Array:
    """`0.2989 red + 0.5870 green + 0.1140 blue`: (..., h, w, 3 or 1) -> (..., h, w, 1)."""
    x = _images("rgb_to_grayscale", images)
    axis = _channel_axis(data_format)
    if x.shape[axis] not in (1, 3):
        raise ValueError(f"rgb_to_grayscale takes 3 channels or 1; received {shape_text(x)}.")
    if x.shape[axis] == 1:
        return x
    wide = jnp.result_type(x.dtype, 1.0)
    weights = jnp.asarray([0.2989, 0.5870, 0.1140], wide)
    gray = jnp.tensordot(x.astype(wide), weights, axes=(axis, -1))
    return jnp.expand_dims(gray, axis).astype(x.dtype)


def _planes(name, images, data_format):
    """The three channels of float images, and their axis."""
    x = _images(name, images)
    axis = _channel_axis(data_format)
    if not jnp.issubdtype(x.dtype, jnp.floating):
        raise ValueError(
            f"{name} takes floats; received dtype {x.dtype.name}. Divide by 255 first."
        )
    if x.shape[axis] != 3:
        raise ValueError(f"{name} takes 3 channels; received shape {shape_text(x)}.")
    return x, axis


@_of_colors(None)
def rgb_to_hsv(images: Tensor, data_format: DataFormat = None) -> Array:
    """Hue, saturation and value of red, green and blue, all in [0, 1]: (..., h, w, 3), both."""
    x, axis = _planes("rgb_to_hsv", images, data_format)
    x = jnp.where(jnp.abs(x) < jnp.finfo(x.dtype).eps, 0.0, x)
    red, green, blue = jnp.moveaxis(x, axis, 0)
    value = jnp.max(x, axis)
    spread = value - jnp.min(x, axis)
    saturation = jnp.where(value > 0, spread / jnp.where(value > 0, value, 1.0), 0.0)
    unit = 1.0 / (6.0 * jnp.where(spread > 0, spread, 1.0))
    hue = jnp.where(value == green, unit * (blue - red) + 2 / 6, unit * (red - green) + 4 / 6)
    hue = jnp.where(value == red, unit * (green - blue), hue)
    hue = jnp.where(spread > 0, hue, 0.0) + (hue < 0.0).astype(hue.dtype)
    return jnp.stack((hue, saturation, value), axis)


@_of_colors(None)
def hsv_to_rgb(images: Tensor, data_format: DataFormat = None) -> Array:
    """Inverse of `rgb_to_hsv`: (..., h, w, 3) -> (..., h, w, 3)."""
    x, axis = _planes("hsv_to_rgb", images, data_format)
    hue, saturation, value = jnp.moveaxis(x, axis, 0)
    sixth = jnp.mod(hue, 1.0) * 6.0
    ramps = (
        jnp.abs(sixth - 3.0) - 1.0,
        2.0 - jnp.abs(sixth - 2.0),
        2.0 - jnp.abs(sixth - 4.0),
    )
    rgb = [value * (1.0 - saturation + saturation * jnp.clip(r, 0.0, 1.0)) for r in ramps]
    return jnp.stack(rgb, axis)


def _to_aspect_ratio(x, axes, size, crop, fill_value):
    """`x` cut or filled up around its centre to the ratio of `size`."""
    height, width = (x.shape[a] for a in axes)
    wanted = (int(width * size[0] / size[1]), int(height * size[1] / size[0]))
    if crop:
        for axis, target in zip(axes, wanted, strict=True):
            n = x.shape[axis]
            target = max(min(n, target), 1)
            start = (n - target) // 2
            x = lax.slice_in_dim(x, start, start + target, axis=axis)
        return x
    for axis, target in zip(axes, wanted, strict=True):
        border = (target - x.shape[axis]) // 2
        if border > 0:  # along one axis at most
            pads = [(border,) * 2 if a == axis else (0, 0) for a in range(x.ndim)]
            x = x.astype(jnp.result_type(x, fill_value))  # integers are rounded at the end
            return jnp.pad(x, pads, constant_values=fill_value)
    return x


@op
def resize(
    images: Tensor,
    size: Sequence[int],
    interpolation: Interpolation = "bilinear",
    antialias: bool = False,
    crop_to_aspect_ratio: bool = False,
    pad_to_aspect_ratio: bool = False,
    fill_mode: FillMode = "constant",
    fill_value: float = 0.0,
    data_format: DataFormat = None,
) -> Array:
    """Images of `size` (height, width), of the dtype they had (integers are rounded).

    To keep the aspect ratio, they are cropped or filled up with `fill_value` first.
    """
    x = _images("resize", images)
    one_of("interpolation", interpolation, RESIZE_METHODS)
    one_of("fill_mode", fill_mode, ("constant",))
    if len(size) != 2 or min(size) <= 0:
        raise ValueError(f"size is (height, width), both > 0; received {size!r}.")
    if crop_to_aspect_ratio and pad_to_aspect_ratio:
        raise ValueError("Choose one of crop_to_aspect_ratio and pad_to_aspect_ratio.")
    axes = _spatial_axes(x, data_format)
    dtype = x.dtype
    if crop_to_aspect_ratio or pad_to_aspect_ratio:
        x = _to_aspect_ratio(x, axes, size, crop_to_aspect_ratio, fill_value)
    shape = list(x.shape)
    for axis, n in zip(axes, size, strict=True):
        shape[axis] = int(n)
    y = jax.image.resize(x, shape, method=interpolation, antialias=antialias)
    if y.dtype == dtype:
        return y
    return saturate_cast(jnp.round(y) if jnp.issubdtype(dtype, jnp.integer) else y, dtype)


def _sample(batch, coordinates, interpolation, fill_mode, fill_value):
    """Read images (n, h, w, c) at coordinates (n, 2, ...) in pixels: -> (n, ..., c)."""

    def plane(image, places):
        return _interpolate(image, list(places), ORDERS[interpolation], fill_mode, fill_value)

    channels = jax.vmap(plane, in_axes=(-1, None), out_axes=-1)
    return jax.vmap(channels)(batch, coordinates)


def _grid(x):
    """Coordinates x and y of the pixels of (n, h, w, c), each (h, w)."""
    return jnp.meshgrid(jnp.arange(x.shape[1]), jnp.arange(x.shape[2]), indexing="ij")[::-1]


@op
def affine_transform(
    images: Tensor,
    transform: Tensor,
    interpolation: Interpolation = "bilinear",
    fill_mode: FillMode = "constant",
    fill_value: float = 0,
    data_format: DataFormat = None,
) -> Array:
    """The pixel (x, y) of the result comes from `(a0 x + a1 y + a2, b0 x + b1 y + b2)`.

    transform: `[a0, a1, a2, b0, b1, b2, 0, 0]`, (8,) or (batch, 8), else ValueError.
    """
    x = _images("affine_transform", images)
    one_of("interpolation", interpolation, ORDERS)
    one_of("fill_mode", fill_mode, FILL_MODES)
    transform = as_tensor(transform)
    if transform.ndim not in (1, 2) or transform.shape[-1] != 8:
        raise ValueError(f"transform is (8,) or (batch, 8); received {shape_text(transform)}.")

    def apply(batch):
        matrix = jnp.broadcast_to(jnp.atleast_2d(transform), (batch.shape[0], 8))
        a0, a1, a2, b0, b1, b2 = matrix.T[:6, :, None, None]
        x, y = _grid(batch)
        places = jnp.stack((b0 * x + b1 * y + b2, a0 * x + a1 * y + a2), axis=1)
        return _sample(batch, places, interpolation, fill_mode, fill_value)

    return _on_batch(apply, x, data_format)


def homography(start, end):
    """The 8 coefficients that map the four points `end` to `start`: (n, 4, 2) -> (n, 8)."""
    u, v = start[..., 0], start[..., 1]
    x, y = end[..., 0], end[..., 1]
    one, zero = jnp.ones_like(x), jnp.zeros_like(x)
    first = jnp.stack([x, y, one, zero, zero, zero, -u * x, -u * y], axis=-1)
    second = jnp.stack([zero, zero, zero, x, y, one, -v * x, -v * y], axis=-1)
    system = jnp.concatenate([first, second], axis=1)
    return jnp.linalg.solve(system, jnp.concatenate([u, v], axis=-1)[..., None])[..., 0]


@op
def perspective_transform(
    images: Tensor,
    start_points: Tensor,
    end_points: Tensor,
    interpolation: Interpolation = "bilinear",
    fill_value: float = 0,
    data_format: DataFormat = None,
) -> Array:
    """The perspective that moves four corners (x, y) from `start_points` to `end_points`.

    Points: (4, 2), or (batch, 4, 2), in pixels, else ValueError.
    """
    x = _images("perspective_transform", images)
    one_of("interpolation", interpolation, ORDERS)
    start, end = as_tensor(start_points, "float32"), as_tensor(end_points, "float32")
    if start.shape[-2:] != (4, 2) or start.ndim not in (2, 3) or start.shape != end.shape:
        raise ValueError(
            "start_points and end_points are (4, 2) or (batch, 4, 2), both alike; received "
            f"{shape_text(start)} and {shape_text(end)}."
        )

    def apply(batch):
        h = homography(start.reshape(-1, 4, 2), end.reshape(-1, 4, 2))
        h = jnp.broadcast_to(h, (batch.shape[0], 8)).T[:, :, None, None]
        x, y = _grid(batch)
        depth = h[6] * x + h[7] * y + 1.0
        places = ((h[3] * x + h[4] * y + h[5]) / depth, (h[0] * x + h[1] * y + h[2]) / depth)
        return _sample(batch, jnp.stack(places, axis=1), interpolation, "constant", fill_value)

    return _on_batch(apply, x, data_format)


@op
def map_coordinates(
    inputs: Tensor,
    coordinates: Tensor,
    order: int,
    fill_mode: FillMode = "constant",
    fill_value: float = 0,
) -> Array:
    """`inputs` read at coordinates (rank, ...) in elements: -> (...).

    `order`: 0 nearest, 1 linear. `fill_mode`: as in scipy.ndimage.
    """
    x, places = as_tensor(inputs), as_tensor(coordinates)
    if places.ndim < 2 or places.shape[0] != x.ndim:
        raise ValueError(
            f"coordinates are ({x.ndim}, ...) for inputs {shape_text(x)}; received "
            f"{shape_text(places)}."
        )
    one_of("fill_mode", fill_mode, FILL_MODES)
    one_of("order", order, (0, 1))
    return _interpolate(x, list(places), order, fill_mode, fill_value)


def _gauss(size, sigma, dtype):
    x = jnp.arange(size, dtype=dtype) - jnp.asarray((size - 1) / 2, dtype)
    weights = jnp.exp(-0.5 * (x / sigma) ** 2)
    return weights / jnp.sum(weights)


def _cut_gauss(sigma, largest, dtype):
    """A Gaussian cut off at 3 deviations, or `largest` elements where programs are compiled."""
    if not isinstance(sigma, Tracer):
        return _gauss(int(6 * sigma) | 1, sigma, dtype)
    size = largest | 1
    weights = _gauss(size, sigma, dtype)
    reach = (6 * sigma).astype("int32") // 2
    weights = jnp.where(jnp.abs(jnp.arange(size) - size // 2) <= reach, weights, 0)
    return weights / jnp.sum(weights)


def _filter(batch, down, across, padding="SAME") -> Any:
    """(n, h, w, c) convolved with the vectors `down` and `across`, channel by channel."""
    n, h, w, c = batch.shape
    planes = jnp.moveaxis(batch, -1, 1).reshape(n * c, h, w, 1)
    for kernel in (down[:, None, None, None], across[None, :, None, None]):
        layouts = ("NHWC", "HWIO", "NHWC")
        planes = lax.conv_general_dilated(
            planes, kernel, (1, 1), padding, dimension_numbers=layouts
        )
    return jnp.moveaxis(planes.reshape(n, c, *planes.shape[1:3]), 1, -1)


@op
def gaussian_blur(
    images: Tensor,
    kernel_size: Sequence[int] = (3, 3),
    sigma: Sequence[float] = (1.0, 1.0),
    data_format: DataFormat = None,
) -> Array:
    """Images convolved with a Gaussian; size and deviation are (width, height), in pixels."""
    x = _images("gaussian_blur", images)
    deviations = as_tensor(sigma, x.dtype)
    across, down = (_gauss(n, s, x.dtype) for n, s in zip(kernel_size, deviations, strict=True))
    return _on_batch(lambda b: _filter(b, down, across), x, data_format)


@op
def elastic_transform(
    images: Tensor,
    alpha: float = 20.0,
    sigma: float = 5.0,
    interpolation: Interpolation = "bilinear",
    fill_mode: FillMode = "reflect",
    fill_value: float = 0.0,
    seed: Seed = None,
    data_format: DataFormat = None,
) -> Array:
    """Each pixel is read from a random place nearby: (..., h, w, c) (Simard 2003).

    The displacements are Gaussian noise of deviation `sigma`, blurred by `sigma`, times `alpha`.
    """
    x = _images("elastic_transform", images)
    one_of("interpolation", interpolation, ORDERS)
    one_of("fill_mode", fill_mode, FILL_MODES)
    key = draw_seed(seed)

    def apply(batch):
        # Keras draws both directions from one key, so they are equal.
        noise = jax.random.normal(key, batch.shape[:3], batch.dtype) * sigma
        weights = _cut_gauss(sigma, max(batch.shape[1:3]), batch.dtype)
        shift = alpha * _filter(noise[..., None], weights, weights)[..., 0]
        x, y = _grid(batch)
        places = jnp.stack((y + shift, x + shift), axis=1)
        return _sample(batch, places, interpolation, fill_mode, fill_value).astype(batch.dtype)

    return _on_batch(apply, x, data_format)


def _scaled_spec(args, kwargs):
    given = inspect.signature(scale_and_translate).bind(*args, **kwargs).arguments
    return KerasTensor(given["output_shape"], getattr(given["images"], "dtype", settings.floatx()))


@op(spec=_scaled_spec)
def scale_and_translate(
    images: Tensor,
    output_shape: Sequence[int],
    scale: Tensor,
    translation: Tensor,
    spatial_dims: Sequence[int],
    method: ScaleMethod,
    antialias: bool = True,
) -> Array:
    """`output[y] = images[(y - translation) / scale]` along each of `spatial_dims`, interpolated.

    `scale`, `translation`: one number for each of these axes, in pixels.
    """
    one_of("method", method, SCALE_METHODS)
    return jax.image.scale_and_translate(
        as_tensor(images),
        output_shape,
        spatial_dims,
        as_tensor(scale),
        as_tensor(translation),
        method,
        antialias,
    )


SLOPE, SMOOTH = np.array([-1, 0, 1]), np.array([1, 2, 1])


@op
def sobel_edges(images: Tensor, data_format: DataFormat = None) -> Array:
    """Derivatives (dy, dx) by Sobel's filter: (n, h, w, c) -> (n, h, w, c, 2)."""
    x = _images("sobel_edges", images)
    slope, smooth = jnp.asarray(SLOPE, x.dtype), jnp.asarray(SMOOTH, x.dtype)
    dy = _on_batch(lambda b: _filter(b, slope, smooth), x, data_format)
    dx = _on_batch(lambda b: _filter(b, smooth, slope), x, data_format)
    return jnp.stack([dy, dx], axis=-1)


@op
def ssim(
    image1: Tensor,
    image2: Tensor,
    max_val: float = 1.0,
    filter_size: int = 11,
    filter_sigma: float = 1.5,
    k1: float = 0.01,
    k2: float = 0.03,
    data_format: DataFormat = None,
) -> Array:
    """Structural similarity (Wang 2004), 1 for equal images: (n, h, w, c) twice -> (n,)."""
    x1, x2 = _images("ssim", image1), _images("ssim", image2)
    wide = jnp.result_type(x1.dtype, 1.0)
    weights = _gauss(filter_size, filter_sigma, wide)
    c1, c2 = (k1 * max_val) ** 2, (k2 * max_val) ** 2

    def blur(x):
        return _on_batch(lambda b: _filter(b, weights, weights, "VALID"), x, data_format)

    a, b = x1.astype(wide), x2.astype(wide)
    mean_a, mean_b = blur(a), blur(b)
    var_a, var_b = blur(a * a) - mean_a**2, blur(b * b) - mean_b**2
    covariance = blur(a * b) - mean_a * mean_b
    likeness = (2 * mean_a * mean_b + c1) * (2 * covariance + c2)
    likeness = likeness / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))
    return jnp.mean(likeness, axis=(-3, -2, -1)).astype(x1.dtype)


def _patch_images(name, images, size, strides, dilation_rate, padding, data_format) -> Any:
    rank = len(size)
    x = _images(name, images, (rank + 1, rank + 2))
    one_of("padding", padding, ("valid", "same"))
    strides = per_axis("strides", strides or size, rank)
    dilation = per_axis("dilation_rate", dilation_rate, rank)

    def cut(batch):
        parts = _patches(batch, size, strides, dilation, padding)
        return parts.reshape(*parts.shape[:-2], -1)

    return _on_batch(cut, x, data_format, rank + 2)


@op
def extract_patches(
    images: Tensor,
    size: Sizes,
    strides: Sizes | None = None,
    dilation_rate: Sizes = 1,
    padding: Padding = "valid",
    data_format: DataFormat = None,
) -> Array:
    """Windows of images, pixels as channels: (n, h, w, c) -> (n, rows, columns, window * c).

    A `size` of three numbers is for volumes. ValueError for others, TypeError for what is no tuple.
    """
    if not isinstance(size, (int, tuple, list)):
        raise TypeError(f"size is an int or a tuple; received {size!r}.")
    size = (size, size) if isinstance(size, int) else tuple(size)
    if len(size) not in (2, 3):
        raise ValueError(f"size has 2 elements, or 3 for volumes; received {size!r}.")
    return _patch_images(
        "extract_patches", images, size, strides, dilation_rate, padding, data_format
    )


@op
def extract_patches_3d(
    volumes: Tensor,
    size: Sizes,
    strides: Sizes | None = None,
    dilation_rate: Sizes = 1,
    padding: Padding = "valid",
    data_format: DataFormat = None,
) -> Array:
    """Windows of volumes: (n, d, h, w, c) -> (n, planes, rows, columns, window * c)."""
    size = per_axis("size", size, 3)
    return _patch_images(
        "extract_patches_3d", volumes, size, strides, dilation_rate, padding, data_format
    )


def _borders(what, size, grows, before, after, target):
    """Complete (before, after, target), of which one is None, for an axis of `size`."""
    if (before, after, target).count(None) != 1:
        raise ValueError(f"Give exactly two of {what}; received {before}, {after} and {target}.")
    change = None if target is None else target - size if grows else size - target
    before = change - after if before is None else before
    after = change - before if after is None else after
    if before < 0 or after < 0 or (target is not None and target < 0):
        raise ValueError(f"{what} can't be negative; {before}, {after} and {target} result.")
    if not grows and before + after > size:
        raise ValueError(f"{what} take more than the {size} pixels there are.")
    return before, after


_WHAT = ("top_{0}, bottom_{0} and target_height", "left_{0}, right_{0} and target_width")


def _all_borders(x, data_format, grows, rows, columns):
    kind = "padding" if grows else "cropping"
    pairs = [(0, 0)] * x.ndim
    axes = _spatial_axes(x, data_format)
    for axis, what, given in zip(axes, _WHAT, (rows, columns), strict=True):
        pairs[axis] = _borders(what.format(kind), x.shape[axis], grows, *given)
    return pairs


def _bordered_spec(grows, args, kwargs) -> Any:
    """Sizes that are unknown before are what the target says after."""
    fn = (pad_images if grows else crop_images).__wrapped__
    given = inspect.signature(fn).bind(*args, **kwargs).arguments
    images = given["images"]
    shape = list(images.shape)
    rows = ("top", "bottom", "height")
    columns = ("left", "right", "width")
    axes = _spatial_axes(images, given.get("data_format"))
    for axis, (first, last, side) in zip(axes, (rows, columns), strict=True):
        kind = "padding" if grows else "cropping"
        before, after = (given.get(f"{name}_{kind}") for name in (first, last))
        target = given.get(f"target_{side}")
        if shape[axis] is None and target is not None:
            change = (before or 0) + (after or 0)
            shape[axis] = target - change if grows else target + change
        elif shape[axis] is None and not grows:
            raise ValueError(
                f"crop_images needs target_{side} where the {side} of the images is unknown; "
                f"received {shape_text(images)}."
            )
    return symbol.infer(fn, (), given | {"images": KerasTensor(shape, images.dtype)})


@op(spec=lambda args, kwargs: _bordered_spec(True, args, kwargs))
def pad_images(
    images: Tensor,
    top_padding: int | None = None,
    left_padding: int | None = None,
    bottom_padding: int | None = None,
    right_padding: int | None = None,
    target_height: int | None = None,
    target_width: int | None = None,
    data_format: DataFormat = None,
) -> Array:
    """Images with zeros around them: (..., h, w, c) -> (..., target_height, target_width, c).

    Two of top, bottom and height are given, likewise for the width, else ValueError.
    """
    x = _images("pad_images", images)
    rows = (top_padding, bottom_padding, target_height)
    columns = (left_padding, right_padding, target_width)
    return jnp.pad(x, _all_borders(x, data_format, True, rows, columns))


@op(spec=lambda args, kwargs: _bordered_spec(False, args, kwargs))
def crop_images(
    images: Tensor,
    top_cropping: int | None = None,
    left_cropping: int | None = None,
    bottom_cropping: int | None = None,
    right_cropping: int | None = None,
    target_height: int | None = None,
    target_width: int | None = None,
    data_format: DataFormat = None,
) -> Array:
    """Images without borders: (..., h, w, c) -> (..., target_height, target_width, c).

    Two of top, bottom and height are given, likewise for the width, else ValueError.
    """
    x = _images("crop_images", images)
    rows = (top_cropping, bottom_cropping, target_height)
    columns = (left_cropping, right_cropping, target_width)
    pairs = _all_borders(x, data_format, False, rows, columns)
    return x[tuple(slice(a, n - b) for (a, b), n in zip(pairs, x.shape, strict=True))]
