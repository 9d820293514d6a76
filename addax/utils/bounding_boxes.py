"""Bounding boxes `(..., boxes, 4)`: formats, moves, and how much they overlap.

A format names the four numbers: corners `xyxy` or `yxyx`, the first corner and the size `xywh`, or
the centre and the size `center_xywh` or `center_yxhw`; with `rel_` in front as parts of the image.
"""

import math
from collections.abc import Sequence
from typing import Any

from addax import ops
from addax.core import settings
from addax.core.checks import one_of
from addax.core.types import Array, BoxFormat, DType, Tensor

FORMATS = (
    "xyxy", "yxyx", "xywh", "center_xywh", "center_yxhw",
    "rel_xyxy", "rel_yxyx", "rel_xywh", "rel_center_xywh",
)  # fmt: skip
CENTERED = ("center_xywh", "center_yxhw")


def convert_format(
    boxes: Tensor,
    source: BoxFormat,
    target: BoxFormat,
    height: Tensor = None,
    width: Tensor = None,
    dtype: DType = "float32",
) -> Any:
    """Boxes `(..., 4)`, or a dictionary with "boxes", from one format to another.

    ValueError for other formats, for boxes without four numbers, and when the image's `height` and
    `width` are missing between relative and absolute formats.
    """
    if isinstance(boxes, dict):
        return boxes | {"boxes": convert_format(boxes["boxes"], source, target, height, width)}
    source, target = one_of("source", source, FORMATS), one_of("target", target, FORMATS)
    boxes = ops.cast(boxes, dtype)
    if boxes.shape[-1] != 4:
        raise ValueError(f"boxes have four numbers on the last axis; received {boxes.shape}.")
    was, becomes = source.startswith("rel_"), target.startswith("rel_")
    if was != becomes and (height is None or width is None):
        raise ValueError(
            f"From {source!r} to {target!r} it takes height and width of the image; received "
            f"height={height}, width={width}."
        )
    if source == target:
        return boxes
    corners = _to_corners(boxes, source.removeprefix("rel_"))
    if was != becomes:
        size = whole(height, width, corners.dtype)
        corners = corners * size if was else corners / size
    return _from_corners(corners, target.removeprefix("rel_"))


def whole(height, width, dtype):
    """The box around the whole image, `(width, height, width, height)` on the last axis."""
    width, height = (ops.cast(n, dtype) for n in (width, height))
    pair = [ops.expand_dims(n, -1) if n.ndim == 0 else n for n in (width, height)]
    return ops.concatenate([*pair, *pair], axis=-1)


def _to_corners(boxes, form):
    first, second = boxes[..., :2], boxes[..., 2:]
    if form in ("yxyx", "center_yxhw"):
        first, second = first[..., ::-1], second[..., ::-1]
    if form in CENTERED:
        first = first - second / 2
    if form not in ("xyxy", "yxyx"):
        second = first + second
    return ops.concatenate([first, second], axis=-1)


def _from_corners(corners, form):
    first, second = corners[..., :2], corners[..., 2:]
    if form not in ("xyxy", "yxyx"):
        second = second - first
    if form in CENTERED:
        first = first + second / 2
    if form in ("yxyx", "center_yxhw"):
        first, second = first[..., ::-1], second[..., ::-1]
    return ops.concatenate([first, second], axis=-1)


def clip_to_image_size(
    bounding_boxes: dict,
    height: Tensor = None,
    width: Tensor = None,
    bounding_box_format: BoxFormat = "xyxy",
) -> dict:
    """The dictionary with its "boxes" inside the image, and label -1 where nothing is left.

    ValueError for formats but "xyxy" and "rel_xyxy", and for "xyxy" without `height` and `width`.
    """
    form = one_of("bounding_box_format", bounding_box_format, ("xyxy", "rel_xyxy"))
    if form == "xyxy" and (height is None or width is None):
        raise ValueError(
            "Boxes in pixels take height and width of the image; received "
            f"height={height}, width={width}."
        )
    boxes = ops.convert_to_tensor(bounding_boxes["boxes"])
    bounds = 1.0 if form == "rel_xyxy" else whole(height, width, boxes.dtype)
    boxes = ops.minimum(ops.maximum(boxes, 0), ops.cast(bounds, boxes.dtype))
    result = bounding_boxes | {"boxes": boxes}
    if bounding_boxes.get("labels") is not None:
        labels = ops.convert_to_tensor(bounding_boxes["labels"])
        result["labels"] = ops.where(_area(boxes) > 0, labels, ops.cast(-1, labels.dtype))
    return result


def _area(boxes):
    size = boxes[..., 2:] - boxes[..., :2]
    return size[..., 0] * size[..., 1]


def crop(
    boxes: Tensor,
    top: Tensor,
    left: Tensor,
    height: Tensor,
    width: Tensor,
    bounding_box_format: BoxFormat = "xyxy",
) -> Array:
    """Boxes as they lie in a part of the image, of this size and from this corner on."""
    boxes = pad(boxes, -top, -left, bounding_box_format=bounding_box_format)
    return ops.minimum(ops.maximum(boxes, 0), whole(height, width, boxes.dtype))


def pad(
    boxes: Tensor,
    top: Tensor,
    left: Tensor,
    height: Tensor = None,
    width: Tensor = None,
    bounding_box_format: BoxFormat = "xyxy",
) -> Array:
    """Boxes as they lie in an image with `top` rows and `left` columns more in front."""
    one_of("bounding_box_format", bounding_box_format, ("xyxy",))
    boxes = ops.convert_to_tensor(boxes)
    return boxes + whole(top, left, boxes.dtype)


def moved_by(boxes: Tensor, matrix: Tensor) -> Array:
    """The boxes around what matrices `(batch, 3, 3)` make of the corners of `(batch, n, 4)`.

    A matrix takes a point `(x, y, 1)` to `(x', y', 1)`, times a number.
    """
    x1, y1, x2, y2 = (boxes[..., i] for i in range(4))
    corners = ((x1, y1), (x2, y1), (x2, y2), (x1, y2))
    points = [ops.stack([x, y, ops.ones_like(x)], axis=-1) for x, y in corners]
    points = ops.stack(points, axis=2)  # (batch, n, corner, 3)
    points = ops.einsum("bncj,bij->bnci", points, ops.cast(matrix, boxes.dtype))
    points = points[..., :2] / points[..., 2:]
    return ops.concatenate([ops.min(points, axis=2), ops.max(points, axis=2)], axis=-1)


def affine_transform(
    boxes: Tensor,
    angle: Tensor,
    translate_x: Tensor,
    translate_y: Tensor,
    scale: Tensor,
    shear_x: Tensor,
    shear_y: Tensor,
    height: Tensor,
    width: Tensor,
    center_x: Tensor = None,
    center_y: Tensor = None,
    bounding_box_format: BoxFormat = "xyxy",
) -> Array:
    """Boxes `(batch, n, 4)` around what a turn, scaling, shear and shift make of them.

    All `(batch,)`: degrees for `angle` and shears, parts of the image for shifts. The centre is the
    image's if not given, in parts of it. ValueError for formats but "xyxy".
    """
    one_of("bounding_box_format", bounding_box_format, ("xyxy",))
    angle = ops.convert_to_tensor(angle)
    turn, lean_x, lean_y = (
        -ops.cast(a, angle.dtype) * (math.pi / 180) for a in (angle, shear_x, shear_y)
    )
    cx = (0.5 if center_x is None else center_x) * (width - 1)
    cy = (0.5 if center_y is None else center_y) * (height - 1)
    a = ops.cos(turn - lean_y) / ops.cos(lean_y)
    b = a * ops.tan(lean_x) + ops.sin(turn)
    c = -ops.sin(turn - lean_y) / ops.cos(lean_y)
    d = ops.cos(turn) - c * ops.tan(lean_x)
    a0, a1, b0, b1 = d * scale, -b * scale, -c * scale, a * scale
    x, y = cx - translate_x * (width - 1), cy - translate_y * (height - 1)
    rows = [a0, a1, cx - a0 * x - a1 * y, b0, b1, cy - b0 * x - b1 * y]
    zero = ops.zeros_like(a0)
    matrix = ops.stack([*rows, zero, zero, ops.ones_like(a0)], axis=-1)
    return moved_by(ops.cast(boxes, angle.dtype), ops.reshape(matrix, (-1, 3, 3)))


def _sizes(image_shape):
    return (None, None) if image_shape is None else tuple(image_shape[:2])


def _variance(variance):
    """ValueError unless it is four numbers, or None."""
    if variance is None:
        return 1.0
    variance = ops.convert_to_tensor(variance, "float32")
    if variance.shape[-1:] != (4,):
        raise ValueError(f"variance is four numbers; received shape {variance.shape}.")
    return variance


def encode_box_to_deltas(
    anchors: Tensor,
    boxes: Tensor,
    anchor_format: BoxFormat,
    box_format: BoxFormat,
    encoding_format: BoxFormat = "center_yxhw",
    variance: Tensor = None,
    image_shape: Sequence[int] | None = None,
) -> Array:
    """What takes anchors to boxes: shifts by their sizes, logarithms of ratios, over `variance`.

    ValueError for encodings but "center_xywh" and "center_yxhw".
    """
    form = one_of("encoding_format", encoding_format, CENTERED)
    variance, size = _variance(variance), _sizes(image_shape)
    anchors = convert_format(anchors, anchor_format, form, *size)
    boxes = convert_format(boxes, box_format, form, *size)
    old, new = (ops.maximum(b[..., 2:], settings.epsilon()) for b in (anchors, boxes))
    shift = (boxes[..., :2] - anchors[..., :2]) / old
    return ops.concatenate([shift, ops.log(new / old)], axis=-1) / variance


def decode_deltas_to_boxes(
    anchors: Tensor,
    boxes_delta: Tensor,
    anchor_format: BoxFormat,
    box_format: BoxFormat,
    encoded_format: BoxFormat = "center_yxhw",
    variance: Tensor = None,
    image_shape: Sequence[int] | None = None,
) -> Any:
    """The way back from `encode_box_to_deltas`, for arrays or dictionaries of levels."""
    if isinstance(anchors, dict) and isinstance(boxes_delta, dict):
        rest = (anchor_format, box_format, encoded_format, variance, image_shape)
        return {k: decode_deltas_to_boxes(a, boxes_delta[k], *rest) for k, a in anchors.items()}
    form, size = one_of("encoded_format", encoded_format, CENTERED), _sizes(image_shape)
    delta = ops.convert_to_tensor(boxes_delta) * _variance(variance)
    anchors = convert_format(anchors, anchor_format, form, *size)
    place = delta[..., :2] * anchors[..., 2:] + anchors[..., :2]
    boxes = ops.concatenate([place, ops.exp(delta[..., 2:]) * anchors[..., 2:]], axis=-1)
    return convert_format(boxes, form, box_format, *size)


def _overlap(first, second):
    """The area that boxes `(..., 4)` share."""
    start = ops.maximum(first[..., :2], second[..., :2])
    end = ops.minimum(first[..., 2:], second[..., 2:])
    size = ops.maximum(end - start, 0)
    return size[..., 0] * size[..., 1]


def compute_iou(
    boxes1: Tensor,
    boxes2: Tensor,
    bounding_box_format: BoxFormat,
    use_masking: bool = False,
    mask_val: float = -1,
    image_shape: Sequence[int] | None = None,
) -> Array:
    """Shared area over joint area of each pair: (..., n, 4), (..., m, 4) -> (..., n, m).

    `use_masking`: `mask_val` stands for pairs with a box of negative numbers. ValueError for ranks
    but 2 and 3, and for relative formats without `image_shape`.
    """
    pair = [
        convert_format(b, bounding_box_format, "xyxy", *_relative(bounding_box_format, image_shape))
        for b in (boxes1, boxes2)
    ]
    if any(b.ndim not in (2, 3) for b in pair):
        raise ValueError(
            "Boxes are (n, 4) or (batch, n, 4); received shapes "
            f"{pair[0].shape} and {pair[1].shape}."
        )
    first, second = pair[0][..., :, None, :], pair[1][..., None, :, :]
    shared = _overlap(first, second)
    joint = _area(first) + _area(second) - shared
    result = shared / (joint + settings.epsilon())
    if not use_masking:
        return result
    empty = (ops.max(first, axis=-1) < 0) | (ops.max(second, axis=-1) < 0)
    return ops.where(empty, ops.cast(mask_val, result.dtype), result)


def _relative(form, image_shape):
    if form.startswith("rel") and image_shape is None:
        raise ValueError(f"Boxes in the format {form!r} take the image_shape; received None.")
    return _sizes(image_shape)


def compute_ciou(
    boxes1: Tensor,
    boxes2: Tensor,
    bounding_box_format: BoxFormat,
    image_shape: Sequence[int] | None = None,
) -> Array:
    """Complete IoU of boxes side by side: (..., 4), (..., 4) -> (...), at most 1.

    IoU, less the squared distance of the centres over the squared diagonal around both, less what
    their aspect ratios differ (Zheng et al. 2020, https://arxiv.org/abs/2005.03572).
    """
    size, tiny = _relative(bounding_box_format, image_shape), settings.epsilon()
    first, second = (
        convert_format(b, bounding_box_format, "xyxy", *size) for b in (boxes1, boxes2)
    )
    (w1, h1), (w2, h2) = (
        (b[..., 2] - b[..., 0], b[..., 3] - b[..., 1] + tiny) for b in (first, second)
    )
    shared = _overlap(first, second)
    iou = shared / (w1 * h1 + w2 * h2 - shared + 2 * tiny)
    around = ops.maximum(first[..., 2:], second[..., 2:]) - ops.minimum(
        first[..., :2], second[..., :2]
    )
    centers = [(b[..., :2] + b[..., 2:]) / 2 for b in (first, second)]
    distance = ops.sum((centers[0] - centers[1]) ** 2, axis=-1)
    shape = 4 / math.pi**2 * (ops.arctan(w2 / h2) - ops.arctan(w1 / h1)) ** 2
    weight = shape / (shape - iou + (1 + tiny))
    return iou - (distance / (ops.sum(around**2, axis=-1) + tiny) + shape * weight)
