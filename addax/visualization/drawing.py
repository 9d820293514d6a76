"""Boxes and masks drawn into pictures (batch, height, width, channels)."""

from typing import Any

import numpy as np

from addax.core.settings import standardize_data_format
from addax.core.types import BoxFormat, DataFormat, Tensor
from addax.utils.bounding_boxes import convert_format
from addax.utils.images import pillow

TEXT_HEIGHT = 12  # pixels, for a font scale of 1


def checked(images: Tensor) -> np.ndarray:
    """The pictures on the host. ValueError unless there are four axes."""
    pictures = np.asarray(images)
    if pictures.ndim != 4:
        raise ValueError(
            f"images are (batch, height, width, channels); received the shape {pictures.shape}."
        )
    return pictures


def as_bytes(pictures: np.ndarray) -> np.ndarray:
    """Pixels from 0 to 255; floats up to 1 are scaled."""
    if pictures.dtype.kind == "f" and pictures.size:
        pictures = pictures.clip(0, 1) * 255 if pictures.max() <= 1 else pictures.clip(0, 255)
    return pictures.astype("uint8")


def draw_bounding_boxes(
    images: Tensor,
    bounding_boxes: dict[str, Any],
    bounding_box_format: BoxFormat,
    class_mapping: dict[int, str] | None = None,
    color: Any = (128, 128, 128),
    line_thickness: int = 2,
    text_thickness: int = 1,
    font_scale: float = 1.0,
    data_format: DataFormat = None,
) -> np.ndarray:
    """Pictures as bytes with boxes, and the names that `class_mapping` has for their labels.

    `bounding_boxes` holds "boxes" (batch, boxes, 4) and "labels" (batch, boxes), -1 for none, and
    may hold "confidences". Drawn with Pillow (`pip install "addax[image]"`), whose lines end a
    pixel elsewhere than OpenCV's, which Keras draws with. ValueError for other data.
    """
    pictures = as_bytes(checked(images))
    first = standardize_data_format(data_format) == "channels_first"
    pictures = pictures.transpose(0, 2, 3, 1) if first else pictures
    if not isinstance(bounding_boxes, dict):
        kind = type(bounding_boxes).__name__
        raise TypeError(f"bounding_boxes is a dictionary; received {kind}.")
    if not {"boxes", "labels"} <= bounding_boxes.keys():
        raise ValueError(
            'bounding_boxes has "boxes" and "labels"; received '
            f"{', '.join(map(repr, bounding_boxes)) or 'nothing'}."
        )
    height, width = pictures.shape[1:3]
    corners = convert_format(bounding_boxes["boxes"], bounding_box_format, "xyxy", height, width)
    boxes, labels = np.asarray(corners).astype("int32"), np.asarray(bounding_boxes["labels"])
    sure = bounding_boxes.get("confidences")
    drawn = []
    for i, picture in enumerate(pictures):
        canvas = pillow().fromarray(picture[..., 0] if picture.shape[-1] == 1 else picture)
        pen = pillow("ImageDraw").Draw(canvas)
        shade = tuple(map(int, color)) if picture.shape[-1] > 1 else int(np.mean(color))
        for k, (box, label) in enumerate(zip(boxes[i].tolist(), labels[i].tolist(), strict=True)):
            if label == -1:
                continue
            left, top, right, bottom = box
            low, high = sorted((left, right)), sorted((top, bottom))
            pen.rectangle((low[0], high[0], low[1], high[1]), None, shade, int(line_thickness))
            if int(label) in (class_mapping or {}):
                text = str((class_mapping or {})[int(label)])
                text += "" if sure is None else f" | {float(np.asarray(sure)[i][k]):.2f}"
                size = font_scale * TEXT_HEIGHT
                above = top - size - 4 if top - size - 4 > 0 else top + 4
                font = pillow("ImageFont").load_default(size)
                pen.text((left + 2, above), text, shade, font)
        drawn.append(np.asarray(canvas).reshape(picture.shape))
    found = np.stack(drawn)
    return found.transpose(0, 3, 1, 2) if first else found


def draw_segmentation_masks(
    images: Tensor,
    segmentation_masks: Tensor,
    num_classes: int | None = None,
    color_mapping: dict[int, Any] | None = None,
    alpha: float = 0.8,
    blend: bool = True,
    ignore_index: int = -1,
    data_format: DataFormat = None,
) -> np.ndarray:
    """Pictures in the colours of masks (batch, height, width, 1) of classes, `alpha` of these.

    Classes from `num_classes` on, or from the largest if that is None, keep the picture's colour.
    TypeError for masks that are no whole numbers; without `blend` the result is floats.
    """
    pictures, masks = checked(images).astype("float32"), np.asarray(segmentation_masks)
    if standardize_data_format(data_format) == "channels_first":
        pictures = pictures.transpose(0, 2, 3, 1)
        masks = masks.transpose(0, 2, 3, 1) if masks.ndim == 4 else masks
    if masks.dtype.kind not in "iu":
        raise TypeError(f"segmentation_masks are whole numbers; received {masks.dtype}.")
    masks = masks[..., 0] if masks.ndim == 4 else masks
    count = int(masks.max()) if num_classes is None else int(num_classes)
    colors = _palette(count) if color_mapping is None else color_mapping
    painted = pictures.copy()
    for number in range(count):
        painted[masks == number] = np.asarray(colors[number], "float32")
    if not blend:
        return painted
    mixed = pictures * np.float32(1 - alpha) + painted * np.float32(alpha)
    return np.where((masks != ignore_index)[..., None], mixed, pictures).astype("uint8")


def _palette(count: int) -> list[np.ndarray]:
    steps = np.array([2**25 - 1, 2**15 - 1, 2**21 - 1])
    return [i * steps % 255 for i in range(count)]
