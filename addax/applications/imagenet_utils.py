"""Images as the networks were trained on them, and the names of ImageNet's classes."""

import functools
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from addax import ops
from addax.applications._weights import Pretrained, locate
from addax.core import settings
from addax.core.checks import one_of, positive
from addax.core.types import DataFormat, Tensor

__all__ = ["decode_predictions", "preprocess_input"]

# Of the reds, greens and blues of ImageNet's images, from 0 to 1.
MEAN = [0.485, 0.456, 0.406]
STD = [0.229, 0.224, 0.225]

CLASS_INDEX = "imagenet_class_index.json"
_HASH = "c2c37ea517e94d9795004a39431a14cb"
_PLACE = Pretrained(
    "https://storage.googleapis.com/download.tensorflow.org/data/",
    (CLASS_INDEX, CLASS_INDEX),
    (_HASH, _HASH),
)


class Mode(NamedTuple):
    """`(x / scale - mean) / std`, of channels in the order blue, green, red if `bgr`."""

    scale: float
    mean: float | list[float]
    std: list[float] | None = None
    bgr: bool = False


MODES = {
    "caffe": Mode(1.0, [103.939, 116.779, 123.68], bgr=True),
    "tf": Mode(127.5, 1.0),
    "torch": Mode(255.0, MEAN, STD),
}


def preprocess_input(x: Tensor, data_format: DataFormat = None, mode: str = "caffe") -> Any:
    """Images of 0..255 as networks take them: `(batch, height, width, 3)` or one image -> the same.

    `mode="caffe"`: blue, green, red, less ImageNet's means; `"tf"`: from -1 to 1; `"torch"`: from
    0 to 1, then less ImageNet's means, divided by its standard deviations. `x` is an array, a
    tensor or a symbolic tensor. NumPy's arrays of floating point are written over, as in Keras.

    ValueError for another mode, and for images that have not 3 channels.
    """
    how = MODES[one_of("mode", mode, MODES)]
    axis = -3 if settings.standardize_data_format(data_format) == "channels_first" else -1
    if mode != "tf" and x.shape[axis] not in (3, None):
        raise ValueError(f"mode={mode!r} is for images of 3 channels; received shape {x.shape}.")
    if isinstance(x, np.ndarray):
        x = x if np.issubdtype(x.dtype, np.floating) else x.astype(settings.floatx())
        x = np.flip(x, axis) if how.bgr else x
        return _standardized(x, how, axis)
    x = x if "float" in str(x.dtype) else ops.cast(x, settings.floatx())
    return _standardized(ops.flip(x, axis) if how.bgr else x, how, axis)


def _standardized(x: Any, how: Mode, axis: int) -> Any:
    """The formula of a mode; in place where `x` is an array of NumPy."""

    def constant(value: Any) -> Any:
        array = np.asarray(value, str(x.dtype))
        return array.reshape(-1, *(1,) * (-1 - axis)) if array.ndim else float(array)

    if how.scale != 1:
        x /= how.scale
    x -= constant(how.mean)
    if how.std is not None:
        x /= constant(how.std)
    return x


def preprocessing(mode: str) -> Callable[..., Any]:
    """The `preprocess_input(x, data_format=None)` of networks that were trained in this mode."""

    def preprocess(x: Tensor, data_format: DataFormat = None) -> Any:
        return preprocess_input(x, data_format, mode)

    preprocess.__name__ = preprocess.__qualname__ = "preprocess_input"
    preprocess.__doc__ = f'`imagenet_utils.preprocess_input(x, data_format, mode="{mode}")`.'
    return preprocess


def unchanged(x: Tensor, data_format: DataFormat = None) -> Any:
    """`x` as it is: these networks take images of 0..255 and scale them in their first layers."""
    return x


unchanged.__name__ = unchanged.__qualname__ = "preprocess_input"


@functools.cache
def _class_index() -> dict[str, list[str]]:
    with open(locate(_PLACE, True), encoding="utf-8") as file:
        return json.load(file)


def decode_predictions(preds: Tensor, top: int = 5) -> list[list[tuple[str, str, Any]]]:
    """The `top` likeliest of ImageNet's classes for each row of `(batch, 1000)`.

    Each is a tuple (WordNet's number, name, probability), the likeliest first. The names come from
    a file that is fetched once.

    ValueError for predictions of another shape; DownloadError if the file can't be had.
    """
    positive(top=top)
    values = ops.convert_to_numpy(preds)
    if values.ndim != 2 or values.shape[1] != 1000:
        raise ValueError(
            f"decode_predictions takes predictions of ImageNet's 1000 classes, (batch, 1000); "
            f"received {values.shape}."
        )
    index = _class_index()
    best = np.argsort(values, axis=1)[:, ::-1][:, :top]
    rows = zip(values, best, strict=True)
    return [[(index[str(i)][0], index[str(i)][1], row[i]) for i in order] for row, order in rows]
