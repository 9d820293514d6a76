"""`tf.io`: files, pictures and tables, on the host."""

import base64
import glob
import io
import os
from pathlib import Path
from typing import Any

import numpy as np

from addax.compat.tf.image import convert_image_dtype
from addax.compat.tf.strings import text, texts
from addax.data.elements import Element, element, plain
from addax.utils import images


def read_file(filename: Any, name: Any = None) -> Element:
    """The content of a file."""
    return element(Path(text(filename)).read_bytes())


def write_file(filename: Any, contents: Any, name: Any = None) -> None:
    """Write a file, and the folders that it is in."""
    path = Path(text(filename))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(plain(element(contents)))


def matching_files(pattern: Any, name: Any = None) -> Element:
    """The paths that match a pattern or one of several."""
    patterns = [text(p) for p in np.atleast_1d(element(pattern))]
    found = sorted({path for p in patterns for path in glob.glob(p)})
    return texts([os.fsencode(path) for path in found])


# --- pictures -------------------------------------------------------------------------------------


def _content(contents: Any) -> io.BytesIO:
    return io.BytesIO(plain(element(contents)))


def decode_image(
    contents: Any,
    channels: int | None = 0,
    dtype: Any = "uint8",
    name: Any = None,
    expand_animations: bool = True,
    **options: Any,
) -> Any:
    """The pixels in the content of a file: of 1, 3 or 4 channels, or as many as it has for 0.

    A GIF has one more axis, of its frames, unless `expand_animations` is False.
    """
    stream = _content(contents)
    opened = images.opened(stream)
    if opened.format == "GIF" and expand_animations:
        return _as(decode_gif(contents), dtype)
    stream.seek(0)
    channels = channels or (4 if "A" in opened.mode else 1 if opened.mode in ("1", "L") else 3)
    color_mode = next(mode for mode, count in images.CHANNELS.items() if count == channels)
    return _as(element(images.decode(stream, color_mode)), dtype)


def _as(pixels: Element, dtype: Any) -> Any:
    return pixels if str(dtype) == "uint8" else element(convert_image_dtype(pixels, dtype))


def decode_gif(contents: Any, name: Any = None) -> Element:
    """The frames of a GIF, (frames, height, width, 3)."""
    picture = images.opened(_content(contents))
    frames = []
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        frames.append(np.asarray(picture.convert("RGB")))
    return element(np.stack(frames))


def decode_jpeg(contents: Any, channels: int = 0, *args: Any, **options: Any) -> Any:
    """The pixels of a JPEG file, and of any other."""
    return decode_image(contents, channels, expand_animations=False)


def decode_png(contents: Any, channels: int = 0, dtype: Any = "uint8", name: Any = None) -> Any:
    """The pixels of a PNG file, and of any other."""
    return decode_image(contents, channels, dtype, expand_animations=False)


def decode_bmp(contents: Any, channels: int = 0, name: Any = None) -> Any:
    """The pixels of a BMP file, and of any other."""
    return decode_image(contents, channels, expand_animations=False)


def decode_and_crop_jpeg(contents: Any, crop_window: Any, channels: int = 0, **options: Any) -> Any:
    """The part (y, x, height, width) of a JPEG file's pixels."""
    y, x, height, width = (int(n) for n in np.asarray(crop_window))
    return decode_jpeg(contents, channels)[y : y + height, x : x + width]


def _encoded(image: Any, form: str, **options: Any) -> Element:
    pixels = np.asarray(image)
    stream = io.BytesIO()
    picture = pixels[..., 0] if pixels.shape[-1] == 1 else pixels
    images.pillow().fromarray(picture.astype("uint8")).save(stream, form, **options)
    return element(stream.getvalue())


def encode_jpeg(image: Any, format: str = "", quality: int = 95, *args: Any, **options: Any) -> Any:
    """The content of a JPEG file of pixels (height, width, 1 or 3) uint8."""
    return _encoded(image, "JPEG", quality=int(quality))


def encode_png(image: Any, compression: int = -1, name: Any = None) -> Element:
    """The content of a PNG file of pixels (height, width, 1, 3 or 4) uint8."""
    return _encoded(image, "PNG")


def is_jpeg(contents: Any, name: Any = None) -> Element:
    """Whether the content of a file begins as a JPEG file's does."""
    return element(np.bool_(plain(element(contents)).startswith(b"\xff\xd8\xff")))


def extract_jpeg_shape(contents: Any, output_type: Any = "int32", name: Any = None) -> Element:
    """(height, width, channels) of a JPEG file."""
    picture = images.opened(_content(contents))
    channels = len(picture.getbands())
    return element(np.array([picture.height, picture.width, channels], output_type))


# --- numbers --------------------------------------------------------------------------------------


def decode_raw(
    input_bytes: Any,
    out_type: Any,
    little_endian: bool = True,
    fixed_length: int | None = None,
    name: Any = None,
) -> Element:
    """The numbers that bytes are: one more axis than the texts have."""
    given = element(input_bytes)
    kind = np.dtype(out_type).newbyteorder("<" if little_endian else ">")
    rows = []
    for content in given.view(np.ndarray).ravel().tolist():
        if fixed_length is not None:
            content = content[:fixed_length].ljust(fixed_length, b"\0")
        if len(content) % kind.itemsize:
            raise ValueError(f"{len(content)} bytes are no whole number of {kind.name}.")
        rows.append(np.frombuffer(content, kind).astype(out_type))
    if len({len(r) for r in rows}) > 1:
        raise ValueError("The texts have different lengths: no array holds their numbers.")
    return element(np.array(rows).reshape(*given.shape, -1))


def encode_base64(input: Any, pad: bool = False, name: Any = None) -> Element:
    """Texts in the 64 letters that addresses of the web may have."""
    given = element(input)
    found = [base64.urlsafe_b64encode(t) for t in given.view(np.ndarray).ravel().tolist()]
    return texts([t if pad else t.rstrip(b"=") for t in found]).reshape(given.shape)


def decode_base64(input: Any, name: Any = None) -> Element:
    """The texts that `encode_base64` wrote."""
    given = element(input)
    padded = [t + b"=" * (-len(t) % 4) for t in given.view(np.ndarray).ravel().tolist()]
    return texts([base64.urlsafe_b64decode(t) for t in padded]).reshape(given.shape)
