"""What `map` functions of data sets call of TensorFlow: files, images and texts, in NumPy.

Images are (..., height, width, channels); texts are bytes in arrays of objects.
"""

import io
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from addax import ops
from addax.data.elements import Element, element, plain
from addax.utils import images, resizing

# --- files ----------------------------------------------------------------------------------------


def _text(value: Any) -> str:
    value = plain(element(value))
    return value.decode() if isinstance(value, bytes) else str(value)


def read_file(filename: Any, name: Any = None) -> Element:
    """The content of a file."""
    return element(Path(_text(filename)).read_bytes())


def decode_image(
    contents: Any,
    channels: int | None = 0,
    dtype: Any = "uint8",
    name: Any = None,
    expand_animations: bool = True,
    **options: Any,
) -> Element:
    """The pixels in the content of a file: of 1, 3 or 4 channels, or as many as it has for 0."""
    stream = io.BytesIO(plain(element(contents)))
    if not channels:
        mode = images.opened(stream).mode
        channels = 4 if "A" in mode else 1 if mode in ("1", "L") else 3
        stream.seek(0)
    color_mode = next(mode for mode, count in images.CHANNELS.items() if count == channels)
    pixels = element(images.decode(stream, color_mode))
    return pixels if dtype == "uint8" else convert_image_dtype(pixels, dtype)


# --- images ---------------------------------------------------------------------------------------


def resize(
    images: Any,
    size: Any,
    method: str = "bilinear",
    preserve_aspect_ratio: bool = False,
    antialias: bool = False,
    name: Any = None,
) -> Any:
    """Images of another height and width; on the device if they are there."""
    new = [int(n) for n in np.asarray(size)]
    if preserve_aspect_ratio:
        old = np.array(images.shape[-3:-1])
        new = [int(n) for n in np.round(old * np.min(np.array(new) / old))]
    if isinstance(images, np.ndarray):
        return element(resizing.resize(images, (new[0], new[1]), method, antialias))
    return ops.image.resize(images, new, method, antialias)


def resize_with_pad(
    image: Any, target_height: int, target_width: int, method: str = "bilinear", antialias=False
) -> Element:
    """Images of another size with their shape kept, black borders around them."""
    size = int(target_height), int(target_width)
    return element(resizing.resize_with_pad(element(image), size, method, antialias))


def convert_image_dtype(image: Any, dtype: Any, saturate: bool = False, name: Any = None) -> Any:
    """Pixels in another dtype: floats from 0 to 1, integers from 0 to their largest."""
    x, new = element(image), np.dtype(dtype)
    if (x.dtype.kind == "f") == (new.kind == "f"):
        if new.kind != "f" and x.dtype != new:
            raise ValueError(f"Pixels of {x.dtype} become {new} by way of a float dtype only.")
        return element(x.astype(new))
    if new.kind == "f":
        return element(x.astype(new) * new.type(1 / np.iinfo(x.dtype).max))
    highest = np.iinfo(new).max
    return element((x * (highest + 0.5)).clip(np.iinfo(new).min, highest).astype(new))


def flip_left_right(image: Any) -> Any:
    """Images mirrored left to right."""
    return image[..., ::-1, :]


def flip_up_down(image: Any) -> Any:
    """Images upside down."""
    return image[..., ::-1, :, :]


def _by_chance(function: Callable) -> Callable:
    def changed(image: Any, seed: Any = None) -> Any:
        return function(image) if random.random() < 0.5 else image

    return changed


random_flip_left_right = _by_chance(flip_left_right)
random_flip_up_down = _by_chance(flip_up_down)


def adjust_brightness(image: Any, delta: float) -> Element:
    """Images brighter by `delta`, where white is 1."""
    return _as_floats(image, lambda x: x + np.float32(delta))


def adjust_contrast(images: Any, contrast_factor: float) -> Element:
    """`(x - mean) * contrast_factor + mean` for each channel of each image."""

    def adjusted(x):
        mean = x.mean((-3, -2), keepdims=True)
        return (x - mean) * np.float32(contrast_factor) + mean

    return _as_floats(images, adjusted)


def _as_floats(image: Any, function: Callable) -> Element:
    """`function` of pixels as floats, in the dtype that they had."""
    x = element(image)
    return convert_image_dtype(function(convert_image_dtype(x, "float32")), x.dtype)


def random_brightness(image: Any, max_delta: float, seed: Any = None) -> Element:
    """`adjust_brightness` by up to `max_delta` either way."""
    return adjust_brightness(image, random.uniform(-max_delta, max_delta))


def random_contrast(image: Any, lower: float, upper: float, seed: Any = None) -> Element:
    """`adjust_contrast` by a factor between the two."""
    return adjust_contrast(image, random.uniform(lower, upper))


def random_crop(value: Any, size: Any, seed: Any = None, name: Any = None) -> Any:
    """A part of `size`, which stands for all axes, from a place drawn by chance."""
    starts = [random.randint(0, n - int(s)) for n, s in zip(value.shape, size, strict=True)]
    return value[tuple(slice(a, a + int(s)) for a, s in zip(starts, size, strict=True))]


def central_crop(image: Any, central_fraction: float) -> Any:
    """The middle part, of this fraction of the height and width."""
    height, width = image.shape[-3:-1]
    top, left = (int((n - n * central_fraction) / 2) for n in (height, width))
    return image[..., top : height - top, left : width - left, :]


def per_image_standardization(image: Any) -> Element:
    """`(x - mean) / max(deviation, 1 / sqrt(n))` of each image of n numbers."""
    x = element(image).astype("float32")
    axes = (-3, -2, -1)
    least = 1 / np.sqrt(np.float32(x[0].size if x.ndim == 4 else x.size))
    mean, deviation = x.mean(axes, keepdims=True), x.std(axes, keepdims=True)
    return element((x - mean) / np.maximum(deviation, least))


def rot90(image: Any, k: int = 1, name: Any = None) -> Element:
    """Images turned `k` times by 90 degrees, against the clock."""
    return element(np.rot90(image, k, (-3, -2)))


def grayscale_to_rgb(images: Any, name: Any = None) -> Element:
    """The one channel three times."""
    return element(np.repeat(images, 3, -1))


# --- texts ----------------------------------------------------------------------------------------


def _each(value: Any, function: Callable[[bytes], Any], dtype: Any = object) -> Element:
    """`function` of each text."""
    texts = element(value)
    found = np.empty(texts.size, dtype)
    for i, text in enumerate(texts.view(np.ndarray).ravel()):
        found[i] = function(text)
    return found.reshape(texts.shape).view(Element)


def lower(input: Any, encoding: str = "", name: Any = None) -> Element:
    """Small letters; only of ASCII unless `encoding` is "utf-8"."""
    return _each(input, lambda t: t.decode().lower().encode() if encoding else t.lower())


def upper(input: Any, encoding: str = "", name: Any = None) -> Element:
    """Capital letters; only of ASCII unless `encoding` is "utf-8"."""
    return _each(input, lambda t: t.decode().upper().encode() if encoding else t.upper())


def strip(input: Any, name: Any = None) -> Element:
    """Texts without white space at their ends."""
    return _each(input, bytes.strip)


def regex_replace(
    input: Any, pattern: Any, rewrite: Any, replace_global: bool = True, name: Any = None
) -> Element:
    """What matches `pattern` replaced by `rewrite`, where \\1 is the first group."""
    found, new = re.compile(_text(pattern)), re.sub(r"\\0", r"\\g<0>", _text(rewrite))
    count = 0 if replace_global else 1
    return _each(input, lambda t: found.sub(new, t.decode(), count=count).encode())


def regex_full_match(input: Any, pattern: Any, name: Any = None) -> Element:
    """Whether a text as a whole matches `pattern`."""
    found = re.compile(_text(pattern))
    return _each(input, lambda t: bool(found.fullmatch(t.decode())), bool)


def split(input: Any, sep: Any = None, maxsplit: int = -1, name: Any = None) -> Element:
    """The parts of one text between the separators, white space if there is none."""
    texts = element(input)
    if texts.ndim:
        raise ValueError(
            f"Several texts of shape {texts.shape} split into lists of different lengths, which no "
            "array holds; split before batching."
        )
    parts = plain(texts).split(_text(sep).encode() if sep else None, maxsplit)
    return element(np.array([*parts, None], object)[:-1])


def join(inputs: Sequence[Any], separator: str = "", name: Any = None) -> Element:
    """Texts end to end; a list of arrays is joined at each place."""
    texts = [element(i) for i in inputs]
    shape = np.broadcast_shapes(*(t.shape for t in texts))
    rows = zip(*(np.broadcast_to(t, shape).ravel().tolist() for t in texts), strict=True)
    joined = [_text(separator).encode().join(row) for row in rows]
    return element(np.array([*joined, None], object)[:-1].reshape(shape))


def length(input: Any, unit: str = "BYTE", name: Any = None) -> Element:
    """The number of bytes, or of characters for unit="UTF8_CHAR"."""
    return _each(input, lambda t: len(t if unit == "BYTE" else t.decode()), "int32")


def substr(input: Any, pos: int, len: int, unit: str = "BYTE", name: Any = None) -> Element:
    """The part of `len` bytes or characters from number `pos`."""
    first, count = int(pos), int(len)

    def part(text):
        whole = text if unit == "BYTE" else text.decode()
        start = first if first >= 0 else max(0, whole.__len__() + first)
        taken = whole[start : start + count]
        return taken if unit == "BYTE" else taken.encode()

    return _each(input, part)


def to_number(input: Any, out_type: Any = "float32", name: Any = None) -> Element:
    """The numbers that texts write."""
    return _each(input, float if np.dtype(out_type).kind == "f" else int, out_type)


def as_string(input: Any, name: Any = None) -> Element:
    """Texts that write whole numbers, or floats to six places."""
    x = element(input)
    form = "{:f}" if x.dtype.kind == "f" else "{}"
    texts = [form.format(v).encode() for v in x.ravel().tolist()]
    return element(np.array([*texts, None], object)[:-1].reshape(x.shape))
