"""Images between files, Pillow and arrays. Needs Pillow: pip install "addax[image]"."""

import importlib
import io
import os
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from addax.core.settings import floatx, standardize_data_format
from addax.core.types import DataFormat, DType
from addax.utils.resizing import aspect_box, resize, resize_with_pad

MODES = {"rgb": "RGB", "rgba": "RGBA", "grayscale": "L"}
CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}
RESAMPLING = ("nearest", "bilinear", "bicubic", "hamming", "box", "lanczos")


def pillow(module: str = "Image") -> Any:
    """A module of Pillow. ImportError with the way to get it."""
    try:
        return importlib.import_module(f"PIL.{module}")
    except ImportError as error:
        raise ImportError('Images need Pillow: pip install "addax[image]".') from error


def array_to_img(
    x: Any, data_format: DataFormat = None, scale: bool = True, dtype: DType = None
) -> Any:
    """An image of Pillow from an array (height, width, 1, 3 or 4), by `scale` brought to 0..255."""
    image = pillow()
    x = np.asarray(x, dtype or floatx())
    if x.ndim != 3:
        raise ValueError(f"An image has the shape (height, width, channels); received {x.shape}.")
    if standardize_data_format(data_format) == "channels_first":
        x = x.transpose(1, 2, 0)
    if scale:
        x = x - x.min()
        x = x / (x.max() or 1) * 255
    if x.shape[2] == 1:
        wide = x.max() > 255
        return image.fromarray(x[:, :, 0].astype("int32" if wide else "uint8"))
    if x.shape[2] not in (3, 4):
        raise ValueError(f"An image has 1, 3 or 4 channels; received the shape {x.shape}.")
    return image.fromarray(x.astype("uint8"))


def img_to_array(img: Any, data_format: DataFormat = None, dtype: DType = None) -> np.ndarray:
    """The array (height, width, channels) of an image of Pillow or of an array."""
    x = np.asarray(img, dtype or floatx())
    if x.ndim not in (2, 3):
        raise ValueError(f"An image has two or three axes; received the shape {x.shape}.")
    x = x[:, :, None] if x.ndim == 2 else x
    return x.transpose(2, 0, 1) if standardize_data_format(data_format) == "channels_first" else x


def save_img(
    path: Any,
    x: Any,
    data_format: DataFormat = None,
    file_format: str | None = None,
    scale: bool = True,
    **kwargs: Any,
) -> None:
    """Write an array as an image file, in the format of the path's ending unless one is given."""
    if file_format is None and isinstance(path, (str, Path)):
        file_format = Path(path).suffix[1:].lower()
    file_format = "jpeg" if (file_format or "").lower() == "jpg" else file_format
    img = array_to_img(x, data_format, scale)
    if img.mode == "RGBA" and file_format == "jpeg":
        warnings.warn("JPEG files have no alpha channel: it is left out.", stacklevel=2)
        img = img.convert("RGB")
    img.save(path, format=file_format, **kwargs)


def load_img(
    path: Any,
    color_mode: str = "rgb",
    target_size: Any = None,
    interpolation: str = "nearest",
    keep_aspect_ratio: bool = False,
) -> Any:
    """An image of Pillow from a file or `io.BytesIO`, of `target_size` (height, width).

    `keep_aspect_ratio` takes the largest centred part of that shape first.
    """
    if not isinstance(path, (io.BytesIO, str, bytes, os.PathLike)):
        raise TypeError(f"path is a path or io.BytesIO; received {type(path).__name__}.")
    if color_mode not in MODES:
        raise ValueError(f"color_mode is one of {', '.join(MODES)}; received {color_mode!r}.")
    img = _colored(opened(path), color_mode)
    if target_size is None:
        return img
    size = int(target_size[0]), int(target_size[1])
    if img.size == size[::-1]:
        return img
    if interpolation not in RESAMPLING:
        raise ValueError(
            f"interpolation is one of {', '.join(RESAMPLING)}; received {interpolation!r}."
        )
    box = None
    if keep_aspect_ratio:
        width, height = img.size
        rows, columns = aspect_box(height, width, size)
        box = columns.start, rows.start, columns.stop, rows.stop
    return img.resize(size[::-1], getattr(pillow().Resampling, interpolation.upper()), box=box)


def _colored(img: Any, color_mode: str) -> Any:
    """The image in a colour mode; greys of 16 or 32 bits stay."""
    mode = MODES[color_mode]
    kept = ("L", "I;16", "I") if mode == "L" else (mode,)
    return img if img.mode in kept else img.convert(mode)


def opened(path: Any, draft: str | None = None) -> Any:
    """The image, read as a whole, so that the file is closed. ValueError names a broken one.

    `draft` is a mode that the decoder gives by itself if it can: of JPEG files, "L".
    """
    image = pillow()
    name = getattr(path, "name", "the image") if isinstance(path, io.BytesIO) else os.fsdecode(path)
    content = path if isinstance(path, io.BytesIO) else io.BytesIO(Path(name).read_bytes())
    try:
        img = image.open(content)
        img.draft(draft, img.size)
        img.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise ValueError(f"{name} can't be read as an image: {error}.") from error
    return img


def read_image(
    path: Any,
    size: tuple[int, int],
    color_mode: str,
    interpolation: str,
    data_format: str,
    fit: str | None = None,
) -> np.ndarray:
    """The image in a file as data sets have it; `fit` says how its shape is kept: "crop", "pad"."""
    x = decode(path, color_mode)
    if fit == "pad":
        x = resize_with_pad(x, size, interpolation)
    elif fit == "crop":
        rows, columns = aspect_box(x.shape[0], x.shape[1], size)
        x = resize(x[rows, columns], size, interpolation)
    else:
        x = resize(x, size, interpolation)
    return x.transpose(2, 0, 1) if data_format == "channels_first" else x


def decode(path: Any, color_mode: str) -> np.ndarray:
    """The pixels of a file, (height, width, channels) uint8."""
    img = opened(path, MODES[color_mode])
    if color_mode != "grayscale" or img.mode in ("1", "L"):
        x = np.asarray(img.convert(MODES[color_mode]), "uint8")
        return x[:, :, None] if x.ndim == 2 else x
    # libpng cuts off what Pillow rounds.
    x = np.asarray(img.convert("RGB"), "int32") @ np.array([9797, 19234, 3737], "int32") >> 15
    return x[:, :, None].astype("uint8")


def smart_resize(
    x: Any,
    size: tuple[int, int],
    interpolation: str = "bilinear",
    data_format: str = "channels_last",
) -> Any:
    """Images (..., height, width, channels) of `size` without distortion: borders are cut off."""
    from addax import ops

    shape = np.shape(x)
    if len(size) != 2:
        raise ValueError(f"size is (height, width); received {size!r}.")
    if len(shape) not in (3, 4):
        raise ValueError(
            "smart_resize takes (height, width, channels) or (batch, height, width, channels); "
            f"received the shape {tuple(shape)}."
        )
    last = data_format == "channels_last"
    height, width = shape[-3:-1] if last else shape[-2:]
    rows, columns = aspect_box(height, width, size)
    part = x[..., rows, columns, :] if last else x[..., rows, columns]
    resized = ops.image.resize(part, size, interpolation, data_format=data_format)
    return np.asarray(resized) if isinstance(x, np.ndarray) else resized
