"""`tf.image`: images are (..., height, width, channels).

In functions that data sets map they stay on the host; elsewhere they are on the device, also in
compiled code. Chance is by `tf.random.set_seed`; a `seed` argument of an operation means nothing,
but for the stateless ones, which give the same for the same seed.
"""

import math
import random as chance
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import addax
from addax.compat.placed import draw, library, mathematical, ops
from addax.data.elements import Element, element, in_pipeline
from addax.utils import resizing


class ResizeMethod:
    """Names of the ways to resize."""

    AREA = "area"
    BICUBIC = "bicubic"
    BILINEAR = "bilinear"
    GAUSSIAN = "gaussian"
    LANCZOS3 = "lanczos3"
    LANCZOS5 = "lanczos5"
    MITCHELLCUBIC = "mitchellcubic"
    NEAREST_NEIGHBOR = "nearest"


# --- sizes ----------------------------------------------------------------------------------------


def _sizes(image: Any) -> tuple[int, int]:
    return image.shape[-3], image.shape[-2]


def resize(
    images: Any,
    size: Any,
    method: str = "bilinear",
    preserve_aspect_ratio: bool = False,
    antialias: bool = False,
    name: Any = None,
) -> Any:
    """Images of another height and width, as floats unless `method` is "nearest"."""
    new = [int(n) for n in np.asarray(size)]
    if preserve_aspect_ratio:
        old = np.array(_sizes(images))
        new = [int(n) for n in np.round(old * np.min(np.array(new) / old))]
    if isinstance(images, np.ndarray):
        return element(resizing.resize(images, (new[0], new[1]), method, antialias))
    return _resized(images, tuple(new), method, antialias)


@mathematical
def _resized(images: Any, size: tuple, method: str, antialias: bool) -> Any:
    xp = library()
    for axis, new in zip((-3, -2), size, strict=True):
        weights = resizing.weights(images.shape[axis], new, method, antialias)
        if method == "nearest":
            images = xp.take(images, weights.argmax(1), axis)
        else:
            products = xp.tensordot(images.astype("float32"), weights.astype("float32"), (axis, 1))
            images = xp.moveaxis(products, -1, axis)
    return images


def resize_with_pad(
    image: Any, target_height: int, target_width: int, method: str = "bilinear", antialias=False
) -> Any:
    """Images of another size with their shape kept, black borders around them."""
    size = int(target_height), int(target_width)
    if isinstance(image, np.ndarray):
        return element(resizing.resize_with_pad(image, size, method, antialias))
    old, new = np.array(_sizes(image), "float32"), np.array(size, "float32")
    fitted = old / (old / new).max()
    inner = np.floor(fitted).astype(int)
    before = np.maximum(0, np.floor((new - fitted) / 2)).astype(int)
    small = _resized(image, tuple(inner.tolist()), method, antialias)
    return pad_to_bounding_box(small, int(before[0]), int(before[1]), *size)


@mathematical
def crop_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: int, target_width: int
) -> Any:
    """The part of a size from row `offset_height` and column `offset_width`."""
    height, width = _sizes(image)
    top, left = int(offset_height), int(offset_width)
    bottom, right = top + int(target_height), left + int(target_width)
    if top < 0 or left < 0 or bottom > height or right > width:
        raise ValueError(
            f"Rows {top} to {bottom} and columns {left} to {right} are not all in an image of "
            f"height {height} and width {width}."
        )
    return image[..., top:bottom, left:right, :]


@mathematical
def pad_to_bounding_box(
    image: Any, offset_height: int, offset_width: int, target_height: int, target_width: int
) -> Any:
    """The image in a black one of a size, from row `offset_height` and column `offset_width`."""
    height, width = _sizes(image)
    top, left = int(offset_height), int(offset_width)
    below, beside = int(target_height) - height - top, int(target_width) - width - left
    if min(top, left, below, beside) < 0:
        raise ValueError(
            f"An image of height {height} and width {width} does not fit in {target_height} x "
            f"{target_width} from row {top} and column {left}."
        )
    none = [(0, 0)] * (len(image.shape) - 3)
    return library().pad(image, [*none, (top, below), (left, beside), (0, 0)])


def resize_with_crop_or_pad(image: Any, target_height: int, target_width: int) -> Any:
    """The middle part of a size, or the image with black borders."""
    for axis, new in ((-3, int(target_height)), (-2, int(target_width))):
        old = image.shape[axis]
        sizes = list(_sizes(image))
        sizes[axis + 3] = new
        places = [0, 0]
        places[axis + 3] = abs(old - new) // 2
        if old != new:
            fit = crop_to_bounding_box if new < old else pad_to_bounding_box
            image = fit(image, *places, *sizes)
    return image


@mathematical
def central_crop(image: Any, central_fraction: float) -> Any:
    """The middle part, of this fraction of the height and width."""
    height, width = _sizes(image)
    top, left = (int((n - n * central_fraction) / 2) for n in (height, width))
    return image[..., top : height - top, left : width - left, :]


@mathematical
def crop_and_resize(
    image: Any,
    boxes: Any,
    box_indices: Any,
    crop_size: Any,
    method: str = "bilinear",
    extrapolation_value: float = 0.0,
) -> Any:
    """Parts of images in one size, (boxes, height, width, channels) float32.

    Boxes (y1, x1, y2, x2) are from 0 to 1; `box_indices` says which image of the batch each takes.
    """
    xp = library()
    image, boxes = xp.asarray(image, "float32"), xp.asarray(boxes, "float32")
    chosen = xp.asarray(box_indices)
    places, inside = [], []
    for axis, new in enumerate(int(n) for n in np.asarray(crop_size)):
        last = image.shape[1 + axis] - 1
        low, high = boxes[:, axis, None], boxes[:, axis + 2, None]
        if new > 1:
            steps = xp.arange(new, dtype="float32") * ((high - low) * last / (new - 1))
            place = low * last + steps
        else:
            place = 0.5 * (low + high) * last
        places.append(place)
        inside.append((place >= 0) & (place <= last))
    y, x = places
    fits = (inside[0][:, :, None] & inside[1][:, None, :])[..., None]
    if method == "nearest":
        cropped = _pixels(image, chosen, xp.floor(y + 0.5), xp.floor(x + 0.5))
    else:
        top, left = xp.floor(y), xp.floor(x)
        down, across = (y - top)[:, :, None, None], (x - left)[:, None, :, None]
        bottom, right = xp.ceil(y), xp.ceil(x)
        upper = _pixels(image, chosen, top, left)
        upper = upper + (_pixels(image, chosen, top, right) - upper) * across
        lower = _pixels(image, chosen, bottom, left)
        lower = lower + (_pixels(image, chosen, bottom, right) - lower) * across
        cropped = upper + (lower - upper) * down
    return xp.where(fits, cropped, xp.float32(extrapolation_value))


def _pixels(image: Any, chosen: Any, rows: Any, columns: Any) -> Any:
    """(boxes, rows, columns, channels) of each box's image; places outside take the edge."""
    xp = library()
    rows = xp.clip(rows, 0, image.shape[1] - 1).astype("int32")
    columns = xp.clip(columns, 0, image.shape[2] - 1).astype("int32")
    return image[chosen[:, None, None], rows[:, :, None], columns[:, None, :]]


@mathematical
def extract_patches(
    images: Any, sizes: Sequence[int], strides: Sequence[int], rates: Sequence[int], padding: str
) -> Any:
    """(batch, rows, columns, height * width * channels) of patches that begin `strides` apart."""
    xp = library()
    windows = []
    for axis in (1, 2):
        size, stride, rate = sizes[axis], strides[axis], rates[axis]
        reach, length = (size - 1) * rate + 1, images.shape[axis]
        if padding.upper() == "SAME":
            count = -(-length // stride)
            missing = max((count - 1) * stride + reach - length, 0)
            pad = [(0, 0)] * 4
            pad[axis] = (missing // 2, missing - missing // 2)
            images = xp.pad(images, pad)
        else:
            count = (length - reach) // stride + 1
        windows.append(np.arange(count)[:, None] * stride + np.arange(size) * rate)
    rows, columns = windows
    found = images[:, rows[:, None, :, None], columns[None, :, None, :]]
    return found.reshape(*found.shape[:3], -1)


@mathematical
def flip_left_right(image: Any) -> Any:
    """Images mirrored left to right."""
    return image[..., ::-1, :]


@mathematical
def flip_up_down(image: Any) -> Any:
    """Images upside down."""
    return image[..., ::-1, :, :]


@mathematical
def rot90(image: Any, k: int = 1) -> Any:
    """Images turned `k` times by 90 degrees, against the clock."""
    return library().rot90(image, int(k), (-3, -2))


@mathematical
def transpose(image: Any) -> Any:
    """Images whose rows are columns."""
    return library().swapaxes(image, -3, -2)


# --- colours --------------------------------------------------------------------------------------


def _is_float(dtype: Any) -> bool:
    return "float" in str(dtype)


@mathematical
def convert_image_dtype(image: Any, dtype: Any, saturate: bool = False) -> Any:
    """Pixels in another dtype: floats from 0 to 1, integers from 0 to their largest."""
    xp = library()
    x, new = xp.asarray(image), np.dtype(str(addax.backend.standardize_dtype(dtype)))
    if _is_float(x.dtype) == _is_float(new):
        if not _is_float(new) and x.dtype != new:
            raise ValueError(f"Pixels of {x.dtype} become {new} by way of a float dtype only.")
        return x.astype(new)
    if _is_float(new):
        return x.astype(new) * new.type(1 / np.iinfo(x.dtype).max)
    highest = np.iinfo(new).max
    return xp.clip(x * (highest + 0.5), np.iinfo(new).min, highest).astype(new)


def _of_floats(function: Callable) -> Callable:
    """A change of pixels as floats, given back in the dtype that they had."""

    def changed(image: Any, *args: Any, **kwargs: Any) -> Any:
        x = library().asarray(image)
        floats = x if _is_float(x.dtype) else convert_image_dtype(x, "float32")
        return convert_image_dtype(function(floats, *args, **kwargs), x.dtype)

    changed.__name__, changed.__doc__ = function.__name__, function.__doc__
    changed.__module__, changed.__wrapped__ = __name__, function  # type: ignore[attr-defined]
    return mathematical(changed)


@_of_floats
def adjust_brightness(image: Any, delta: Any) -> Any:
    """Images brighter by `delta`, where white is 1."""
    return image + library().asarray(delta, image.dtype)


@_of_floats
def adjust_contrast(images: Any, contrast_factor: Any) -> Any:
    """`(x - mean) * contrast_factor + mean` for each channel of each image."""
    mean = images.mean((-3, -2), keepdims=True)
    return (images - mean) * library().asarray(contrast_factor, images.dtype) + mean


@_of_floats
def adjust_gamma(image: Any, gamma: Any = 1, gain: Any = 1) -> Any:
    """`gain * x ** gamma`."""
    return gain * image**gamma


@_of_floats
def adjust_saturation(image: Any, saturation_factor: Any, name: Any = None) -> Any:
    """Colours whose saturation is multiplied."""
    hue, saturation, value = _hsv(image)
    return _rgb(hue, library().clip(saturation * saturation_factor, 0, 1), value)


@_of_floats
def adjust_hue(image: Any, delta: Any, name: Any = None) -> Any:
    """Colours turned by `delta` of the circle of hues."""
    hue, saturation, value = _hsv(image)
    return _rgb((hue + delta) % 1.0, saturation, value)


def _hsv(image: Any) -> tuple:
    """Hue, saturation and value, each from 0 to 1."""
    xp = library()
    red, green, blue = (image[..., i] for i in range(3))
    value = image.max(-1)
    spread = value - image.min(-1)
    safe = xp.where(spread > 0, spread, 1)
    hue = xp.where(
        red == value,
        (green - blue) / safe,
        xp.where(green == value, 2 + (blue - red) / safe, 4 + (red - green) / safe),
    )
    hue = xp.where(spread > 0, hue / 6 % 1.0, 0)
    return hue, xp.where(value > 0, spread / xp.where(value > 0, value, 1), 0), value


def _rgb(hue: Any, saturation: Any, value: Any) -> Any:
    xp = library()
    chroma = saturation * value
    parts = [abs(hue * 6 - 3) - 1, 2 - abs(hue * 6 - 2), 2 - abs(hue * 6 - 4)]
    colours = [(xp.clip(p, 0, 1) - 1) * chroma + value for p in parts]
    return xp.stack(colours, -1).astype(value.dtype)


@mathematical
def rgb_to_hsv(images: Any) -> Any:
    """Hue, saturation and value, from 0 to 1, of red, green and blue."""
    return library().stack(_hsv(library().asarray(images)), -1)


@mathematical
def hsv_to_rgb(images: Any) -> Any:
    """Red, green and blue of hue, saturation and value."""
    images = library().asarray(images)
    return _rgb(*(images[..., i] for i in range(3)))


_YUV = [
    [0.299, -0.14714119, 0.61497538],
    [0.587, -0.28886916, -0.51496512],
    [0.114, 0.43601035, -0.10001026],
]
_YIQ = [
    [0.299, 0.59590059, 0.21153661],
    [0.587, -0.27455667, -0.52273617],
    [0.114, -0.32134392, 0.31119955],
]


def _by_matrix(matrix: Any, name: str, about: str) -> Callable:
    def converted(images: Any) -> Any:
        x = library().asarray(images)
        return x @ np.asarray(matrix, str(x.dtype))

    converted.__name__ = converted.__qualname__ = name
    converted.__doc__ = about
    return mathematical(converted)


rgb_to_yuv = _by_matrix(_YUV, "rgb_to_yuv", "Brightness and two colours of red, green and blue.")
yuv_to_rgb = _by_matrix(np.linalg.inv(_YUV), "yuv_to_rgb", "The inverse of `rgb_to_yuv`.")
rgb_to_yiq = _by_matrix(_YIQ, "rgb_to_yiq", "Brightness and two colours of red, green and blue.")
yiq_to_rgb = _by_matrix(np.linalg.inv(_YIQ), "yiq_to_rgb", "The inverse of `rgb_to_yiq`.")


@_of_floats
def rgb_to_grayscale(images: Any, name: Any = None) -> Any:
    """One channel, `0.2989 r + 0.587 g + 0.114 b`."""
    weights = library().asarray([0.2989, 0.587, 0.114], images.dtype)
    return (images * weights).sum(-1, keepdims=True)


@mathematical
def grayscale_to_rgb(images: Any) -> Any:
    """The one channel three times."""
    return library().repeat(images, 3, -1)


@mathematical
def per_image_standardization(image: Any) -> Any:
    """`(x - mean) / max(deviation, 1 / sqrt(n))` of each image of n numbers."""
    xp = library()
    x = xp.asarray(image).astype("float32")
    axes = (-3, -2, -1)
    least = np.float32(1 / math.sqrt(math.prod(x.shape[-3:])))
    mean, deviation = x.mean(axes, keepdims=True), x.std(axes, keepdims=True)
    return (x - mean) / xp.maximum(deviation, least)


# --- chance ---------------------------------------------------------------------------------------


def _flipped_by_chance(flip: Callable, name: str) -> Callable:
    def changed(image: Any, seed: Any = None) -> Any:
        if in_pipeline():
            return flip(image) if chance.random() < 0.5 else element(image)
        return _either(draw(0, 1), flip(image), image)

    changed.__name__, changed.__doc__ = name, f"`{flip.__name__}`, or not, by chance."
    return changed


@mathematical
def _either(number: Any, flipped: Any, image: Any) -> Any:
    return library().where(number < 0.5, flipped, image)


random_flip_left_right = _flipped_by_chance(flip_left_right, "random_flip_left_right")
random_flip_up_down = _flipped_by_chance(flip_up_down, "random_flip_up_down")


def random_brightness(image: Any, max_delta: float, seed: Any = None) -> Any:
    """`adjust_brightness` by up to `max_delta` either way."""
    return adjust_brightness(image, draw(-max_delta, max_delta))


def random_contrast(image: Any, lower: float, upper: float, seed: Any = None) -> Any:
    """`adjust_contrast` by a factor between the two."""
    return adjust_contrast(image, draw(lower, upper))


def random_saturation(image: Any, lower: float, upper: float, seed: Any = None) -> Any:
    """`adjust_saturation` by a factor between the two."""
    return adjust_saturation(image, draw(lower, upper))


def random_hue(image: Any, max_delta: float, seed: Any = None) -> Any:
    """`adjust_hue` by up to `max_delta` either way."""
    return adjust_hue(image, draw(-max_delta, max_delta))


def random_crop(value: Any, size: Any, seed: Any = None, name: Any = None) -> Any:
    """A part of `size`, which stands for all axes, from a place drawn by chance."""
    return _cropped(value, size, lambda most: draw(0, most + 1))


def _cropped(value: Any, size: Any, place: Callable[[int], Any]) -> Any:
    wanted = [int(n) for n in np.asarray(size)]
    whole = value.shape
    if len(wanted) != len(whole) or any(s > n for s, n in zip(wanted, whole, strict=True)):
        raise ValueError(f"A part of {tuple(wanted)} is not in an array of {tuple(whole)}.")
    if in_pipeline():
        starts = [min(int(place(n - s)), n - s) for n, s in zip(whole, wanted, strict=True)]
        parts = tuple(slice(a, a + s) for a, s in zip(starts, wanted, strict=True))
        return element(value)[parts]
    starts = [ops.floor(place(n - s)) for n, s in zip(whole, wanted, strict=True)]
    return ops.slice(value, ops.cast(ops.stack(starts), "int32"), wanted)


def _stateless(low: Any, high: Any, seed: Any) -> Any:
    """A number that belongs to a seed of two numbers."""
    if in_pipeline():
        words = [int(n) & 0xFFFFFFFF for n in np.asarray(seed).ravel()]
        return np.random.default_rng(words).uniform(low, high)
    return addax.random.uniform((), low, high, seed=ops.cast(ops.convert_to_tensor(seed), "uint32"))


def stateless_random_brightness(image: Any, max_delta: float, seed: Any) -> Any:
    """`random_brightness` that is the same for the same seed, two numbers."""
    return adjust_brightness(image, _stateless(-max_delta, max_delta, seed))


def stateless_random_contrast(image: Any, lower: float, upper: float, seed: Any) -> Any:
    """`random_contrast` that is the same for the same seed, two numbers."""
    return adjust_contrast(image, _stateless(lower, upper, seed))


def stateless_random_saturation(image: Any, lower: float, upper: float, seed: Any) -> Any:
    """`random_saturation` that is the same for the same seed, two numbers."""
    return adjust_saturation(image, _stateless(lower, upper, seed))


def stateless_random_hue(image: Any, max_delta: float, seed: Any) -> Any:
    """`random_hue` that is the same for the same seed, two numbers."""
    return adjust_hue(image, _stateless(-max_delta, max_delta, seed))


def stateless_random_flip_left_right(image: Any, seed: Any) -> Any:
    """`random_flip_left_right` that is the same for the same seed, two numbers."""
    return _either(_stateless(0, 1, seed), flip_left_right(image), image)


def stateless_random_flip_up_down(image: Any, seed: Any) -> Any:
    """`random_flip_up_down` that is the same for the same seed, two numbers."""
    return _either(_stateless(0, 1, seed), flip_up_down(image), image)


def stateless_random_crop(value: Any, size: Any, seed: Any, name: Any = None) -> Any:
    """`random_crop` that is the same for the same seed, two numbers."""
    return _cropped(value, size, lambda most: _stateless(0, most + 1, seed))


def sample_distorted_bounding_box(
    image_size: Any,
    bounding_boxes: Any,
    seed: Any = 0,
    min_object_covered: float = 0.1,
    aspect_ratio_range: Sequence[float] | None = None,
    area_range: Sequence[float] | None = None,
    max_attempts: int | None = None,
    use_image_if_no_bounding_boxes: bool | None = None,
    name: Any = None,
) -> tuple:
    """A part of an image by chance: where it begins, its size for `tf.slice`, and its box.

    It has one of the areas and aspect ratios, and covers so much of one of the boxes
    (1, boxes, 4); the whole image after `max_attempts` in vain. On the host.
    """
    height, width, _ = (int(n) for n in np.asarray(image_size))
    ratios, areas = aspect_ratio_range or (0.75, 1.33), area_range or (0.05, 1.0)
    boxes = np.asarray(bounding_boxes, "float32").reshape(-1, 4) * [height, width, height, width]
    if not len(boxes):
        boxes = np.array([[0, 0, height, width]], "float32")
    top, left, rows, columns = 0, 0, height, width
    for _ in range(max_attempts or 100):
        area = chance.uniform(*areas) * height * width
        ratio = chance.uniform(*ratios)
        tall, wide = round(math.sqrt(area / ratio)), round(math.sqrt(area * ratio))
        if not (0 < tall <= height and 0 < wide <= width):
            continue
        y, x = chance.randint(0, height - tall), chance.randint(0, width - wide)
        low, high = np.maximum(boxes[:, :2], [y, x]), np.minimum(boxes[:, 2:], [y + tall, x + wide])
        covered = np.maximum(0, high - low).prod(1) / np.maximum(
            1e-6, (boxes[:, 2:] - boxes[:, :2]).prod(1)
        )
        if (covered >= min_object_covered).any():
            top, left, rows, columns = y, x, tall, wide
            break
    box = [top / height, left / width, (top + rows) / height, (left + columns) / width]
    return (
        element(np.array([top, left, 0], "int32")),
        element(np.array([rows, columns, -1], "int32")),
        element(np.array([[box]], "float32")),
    )


# --- boxes ----------------------------------------------------------------------------------------


def _overlaps(box: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Intersection over union of boxes (y1, x1, y2, x2), whose corners may be in any order."""

    def corners(b):
        return np.minimum(b[..., :2], b[..., 2:]), np.maximum(b[..., :2], b[..., 2:])

    (low, high), (lows, highs) = corners(box), corners(boxes)
    shared = np.maximum(0, np.minimum(high, highs) - np.maximum(low, lows)).prod(-1)
    union = (high - low).prod(-1) + (highs - lows).prod(-1) - shared
    return np.where(union > 0, shared / np.where(union > 0, union, 1), 0)


def _best(
    boxes: np.ndarray, scores: np.ndarray, count: int, most: float, least: float
) -> np.ndarray:
    """Numbers of the best boxes, none of which overlaps a better one by more than `most`."""
    order = [i for i in np.argsort(-scores, kind="stable") if scores[i] > least]
    kept: list[int] = []
    while order and len(kept) < count:
        first, *rest = order
        kept.append(int(first))
        near = _overlaps(boxes[first], boxes[rest]) > most if rest else []
        order = [i for i, is_near in zip(rest, near, strict=True) if not is_near]
    return np.array(kept, "int32")


def non_max_suppression(
    boxes: Any,
    scores: Any,
    max_output_size: Any,
    iou_threshold: float = 0.5,
    score_threshold: float = float("-inf"),
    name: Any = None,
) -> Element:
    """Numbers of the best boxes that do not overlap a better one by more. On the host."""
    found = _best(
        np.asarray(boxes), np.asarray(scores), int(max_output_size), iou_threshold, score_threshold
    )
    return element(found)


def combined_non_max_suppression(
    boxes: Any,
    scores: Any,
    max_output_size_per_class: int,
    max_total_size: int,
    iou_threshold: float = 0.5,
    score_threshold: float = float("-inf"),
    pad_per_class: bool = False,
    clip_boxes: bool = True,
    name: Any = None,
) -> Any:
    """(boxes, scores, classes, valid detections) of the best of a batch, class by class.

    Boxes (batch, boxes, 1 or classes, 4), scores (batch, boxes, classes); what is left of
    `max_total_size` is 0. On the host.
    """
    boxes, scores = np.asarray(boxes, "float32"), np.asarray(scores, "float32")
    batch, classes, size = len(boxes), scores.shape[2], int(max_total_size)
    if pad_per_class:
        size = min(size, int(max_output_size_per_class) * classes)
    results = np.zeros((batch, size, 4), "float32"), *np.zeros((2, batch, size), "float32")
    counts = np.zeros(batch, "int32")
    for i in range(batch):
        found = []
        for c in range(classes):
            own = boxes[i, :, min(c, boxes.shape[2] - 1)]
            kept = _best(
                own, scores[i, :, c], int(max_output_size_per_class), iou_threshold, score_threshold
            )
            found += [(scores[i, k, c], own[k], c) for k in kept]
        found.sort(key=lambda f: -f[0])
        counts[i] = min(len(found), size)
        for k, (score, box, c) in enumerate(found[:size]):
            results[0][i, k] = box.clip(0, 1) if clip_boxes else box
            results[1][i, k], results[2][i, k] = score, c
    return (*map(element, results), element(counts))


def draw_bounding_boxes(images: Any, boxes: Any, colors: Any, name: Any = None) -> Element:
    """Images (batch, height, width, channels) with boxes (batch, boxes, 4) as lines of one pixel.

    Boxes (y1, x1, y2, x2) are from 0 to 1, colours (colours, channels). On the host.
    """
    drawn = np.array(images, copy=True)
    colors = np.asarray(colors)
    height, width = drawn.shape[1:3]
    for image, own in zip(drawn, np.asarray(boxes), strict=True):
        for k, (top, left, bottom, right) in enumerate(own):
            color = colors[k % len(colors)][: image.shape[-1]]
            rows = np.array([top, bottom]) * (height - 1)
            columns = np.array([left, right]) * (width - 1)
            (y1, y2), (x1, x2) = rows.astype(int), columns.astype(int)
            inside = (
                slice(max(y1, 0), max(min(y2, height - 1) + 1, 0)),
                slice(max(x1, 0), max(min(x2, width - 1) + 1, 0)),
            )
            for y in {y1, y2} & set(range(height)):
                image[y, inside[1]] = color
            for x in {x1, x2} & set(range(width)):
                image[inside[0], x] = color
    return element(drawn)


@mathematical
def sobel_edges(image: Any) -> Any:
    """(batch, height, width, channels, 2): the slopes down and across; edges are mirrored."""
    xp = library()
    x = xp.pad(xp.asarray(image), [(0, 0), (1, 1), (1, 1), (0, 0)], mode="reflect")
    smooth_across = x[:, :, :-2] + 2 * x[:, :, 1:-1] + x[:, :, 2:]
    smooth_down = x[:, :-2] + 2 * x[:, 1:-1] + x[:, 2:]
    down = smooth_across[:, 2:] - smooth_across[:, :-2]
    across = smooth_down[:, :, 2:] - smooth_down[:, :, :-2]
    return xp.stack([down, across], -1)


# --- measures -------------------------------------------------------------------------------------


@mathematical
def psnr(a: Any, b: Any, max_val: Any) -> Any:
    """`20 log10(max_val) - 10 log10(mse)` of each pair of images, in decibels."""
    xp = library()
    a, b = xp.asarray(a), xp.asarray(b)
    if not _is_float(a.dtype):
        max_val = max_val / np.iinfo(a.dtype).max
    a, b = convert_image_dtype(a, "float32"), convert_image_dtype(b, "float32")
    error = ((a - b) ** 2).mean((-3, -2, -1))
    return 20 * xp.log10(xp.asarray(max_val, "float32")) - 10 * xp.log10(error)


@mathematical
def total_variation(images: Any) -> Any:
    """The sum of the absolute differences of neighbouring pixels, of each image."""
    axes = (-3, -2, -1)
    down = abs(images[..., 1:, :, :] - images[..., :-1, :, :]).sum(axes)
    return down + abs(images[..., :, 1:, :] - images[..., :, :-1, :]).sum(axes)


@mathematical
def image_gradients(image: Any) -> tuple:
    """(dy, dx): the differences to the next row and column, 0 at the end; (batch, h, w, c)."""
    xp = library()
    down = xp.pad(image[:, 1:] - image[:, :-1], [(0, 0), (0, 1), (0, 0), (0, 0)])
    across = xp.pad(image[:, :, 1:] - image[:, :, :-1], [(0, 0), (0, 0), (0, 1), (0, 0)])
    return down, across
