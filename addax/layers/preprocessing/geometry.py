"""Layers that move the pixels of images: sizes, parts, flips, turns and distortions."""

import math
from collections.abc import Sequence
from typing import Any

from addax import ops, random
from addax.core.checks import one_of, positive
from addax.core.fields import fields
from addax.core.seeds import draw_seed
from addax.core.types import (
    Array,
    DataFormat,
    Factor,
    FillMode,
    Interpolation,
    Resampling,
    Seed,
    Tensor,
)
from addax.layers.preprocessing.image import (
    Frame,
    Geometry,
    along,
    bounds,
    chosen,
)
from addax.utils.bounding_boxes import crop, moved_by, whole

READING = ("nearest", "bilinear")
RADIANS = math.pi / 180
FILLING = ("reflect", "wrap", "constant", "nearest")


class Sized(Geometry):
    """What gives images of the size `height` x `width`."""

    height: int
    width: int

    def setup(self) -> None:
        super().setup()
        positive(height=self.height, width=self.width)

    def resized(self, frame: Frame) -> Frame:
        return frame._replace(height=self.height, width=self.width)

    def resize(self, images: Tensor, **how: Any) -> Array:
        size = (self.height, self.width)
        return ops.image.resize(images, size, data_format=self.data_format, **how)

    def cut(self, images: Tensor, top: Tensor, left: Tensor, height: int, width: int) -> Array:
        """A part of images, or of those rows and columns that there are."""
        starts, shape = [0] * images.ndim, list(images.shape)
        for axis, start, size in zip(self._axes, (top, left), (height, width), strict=True):
            starts[axis], shape[axis] = start, size
        return ops.slice(images, starts, shape)


@fields
class Resizing(Sized):
    """Images of the size `height` x `width`, of the dtype that they had: (..., h, w, c), both.

    The aspect ratio changes, unless the images are cropped or padded to the new one first.
    Integers are rounded. In inference, too. ValueError for unknown interpolations.
    """

    height: int
    width: int
    interpolation: Resampling = "bilinear"
    crop_to_aspect_ratio: bool = False
    pad_to_aspect_ratio: bool = False
    fill_mode: FillMode = "constant"
    fill_value: float = 0.0
    antialias: bool = False
    data_format: DataFormat = None

    always = True
    keeps_dtype = True

    def setup(self) -> None:
        super().setup()
        self.interpolation = one_of("interpolation", self.interpolation, ops.image.RESIZE_METHODS)
        if self.crop_to_aspect_ratio and self.pad_to_aspect_ratio:
            raise ValueError("Choose one of crop_to_aspect_ratio and pad_to_aspect_ratio.")

    def read(self, images: Tensor, chance: Any, interpolation: str) -> Array:
        return self.resize(
            images,
            interpolation=interpolation,
            antialias=self.antialias,
            crop_to_aspect_ratio=self.crop_to_aspect_ratio,
            pad_to_aspect_ratio=self.pad_to_aspect_ratio,
            fill_mode=self.fill_mode,
            fill_value=self.fill_value,
        )

    def move(self, boxes: Tensor, chance: Any, frame: Frame) -> Tensor:
        down, across = self.height / frame.height, self.width / frame.width
        if self.pad_to_aspect_ratio:
            down = across = min(down, across)
        if self.crop_to_aspect_ratio:
            down = across = max(down, across)
        top = (self.height - frame.height * down) // 2 if self.pad_to_aspect_ratio else 0
        left = (self.width - frame.width * across) // 2 if self.pad_to_aspect_ratio else 0
        if self.crop_to_aspect_ratio:
            top = -((frame.height * down - self.height) // 2)
            left = -((frame.width * across - self.width) // 2)
        blank = ops.all(boxes == -1, axis=-1) | ops.all(boxes == 0, axis=-1)
        boxes = boxes * whole(down, across, boxes.dtype) + whole(top, left, boxes.dtype)
        return ops.where(blank[..., None], 0, boxes)  # padding stays padding


@fields
class CenterCrop(Sized):
    """The middle of images, `height` x `width`: (..., h, w, c) -> (..., height, width, c).

    Where they are smaller, the largest part of this shape, resized. In inference, too.
    """

    height: int
    width: int
    data_format: DataFormat = None

    always = True

    def _part(self, frame: Frame):
        """Top, left, height and width of the part that is kept."""
        height, width = self.height, self.width
        if frame.height < height or frame.width < width:
            height = max(min(frame.height, int(frame.width * self.height / self.width)), 1)
            width = max(min(frame.width, int(frame.height * self.width / self.height)), 1)
        return (frame.height - height) // 2, (frame.width - width) // 2, height, width

    def read(self, images: Tensor, chance: Any, interpolation: str) -> Array:
        images = self._cast(images)
        part = self._part(self.frame(images))
        kept = self.cut(images, *part)
        if part[2:] == (self.height, self.width):
            return kept
        return ops.cast(self.resize(kept), self.compute_dtype)

    def move(self, boxes: Tensor, chance: Any, frame: Frame) -> Array:
        top, left, height, width = self._part(frame)
        scale = whole(self.height / height, self.width / width, boxes.dtype)
        return crop(boxes, top, left, height, width) * scale


@fields
class RandomCrop(Sized):
    """In training, a part of images, `height` x `width`, the same for all of a batch.

    (..., h, w, c) -> (..., height, width, c). Images that are not larger both ways are resized. In
    inference the images as they are.
    """

    height: int
    width: int
    seed: Seed = None
    data_format: DataFormat = None

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        if frame.height > self.height and frame.width > self.width:
            spare = frame.height - self.height, frame.width - self.width
            drawn = [random.uniform((), 0, n + 1.0, seed=seed) for n in spare]
            return *(ops.cast(x, "int32") for x in drawn), self.height, self.width
        height = max(min(frame.height, int(frame.width * self.height / self.width)), 1)
        width = max(min(frame.width, int(frame.height * self.width / self.height)), 1)
        top, left = (frame.height - height) // 2, (frame.width - width) // 2
        return top, left, min(self.height, frame.height - top), min(self.width, frame.width - left)

    def read(self, images: Tensor, chance: tuple, interpolation: str) -> Array:
        kept = self.cut(self._cast(images), *chance)
        if chance[2:] == (self.height, self.width):
            return kept
        return ops.cast(self.resize(kept), self.compute_dtype)

    def move(self, boxes: Tensor, chance: tuple, frame: Frame) -> Array:
        scale = whole(self.height / chance[2], self.width / chance[3], boxes.dtype)
        return crop(boxes, *chance) * scale


@fields
class RandomFlip(Geometry):
    """In training, mirrors each image or leaves it, by chance: (..., h, w, c) -> the same.

    ValueError for a mode but "horizontal", "vertical" and "horizontal_and_vertical", where both
    happen together.
    """

    mode: str = "horizontal_and_vertical"
    seed: Seed = None
    data_format: DataFormat = None

    def setup(self) -> None:
        super().setup()
        modes = ("horizontal", "vertical", "horizontal_and_vertical")
        self.mode = one_of("mode", self.mode, modes)
        self._flipped = ["vertical" in self.mode, "horizontal" in self.mode]

    def draw(self, frame: Frame, seed: Seed) -> Array:
        return random.uniform((frame.count,), seed=seed) <= 0.5

    def read(self, images: Tensor, chance: Array, interpolation: str) -> Array:
        images = self._cast(images)
        axes = tuple(a for a, used in zip(self._axes, self._flipped, strict=True) if used)
        return ops.where(along(chance), ops.flip(images, axes), images)

    def move(self, boxes: Tensor, chance: Array, frame: Frame) -> Array:
        x1, y1, x2, y2 = (boxes[..., i] for i in range(4))
        vertical, horizontal = self._flipped
        if horizontal:
            x1, x2 = frame.width - x2, frame.width - x1
        if vertical:
            y1, y2 = frame.height - y2, frame.height - y1
        flipped = ops.stack([x1, y1, x2, y2], axis=-1)
        return ops.where(ops.reshape(chance, (-1, 1, 1)), flipped, boxes)


class Affine(Geometry):
    """What reads each pixel `(x, y)` from `(a0 x + a1 y + a2, b0 x + b1 y + b2)`."""

    interpolation: Interpolation
    fill_mode: FillMode
    fill_value: float

    def setup(self) -> None:
        super().setup()
        self.interpolation = one_of("interpolation", self.interpolation, READING)
        self.fill_mode = one_of("fill_mode", self.fill_mode, FILLING)

    def draw(self, frame: Frame, seed: Seed) -> Any:
        """`(a0, a1, a2, b0, b1, b2)`, each of them `(batch,)` or a number."""
        raise NotImplementedError

    def read(self, images: Tensor, chance: Any, interpolation: str) -> Array:
        rows = [ops.broadcast_to(ops.cast(c, "float32"), (images.shape[0],)) for c in chance]
        rows += [ops.zeros_like(rows[0])] * 2
        return ops.image.affine_transform(
            images,
            ops.stack(rows, axis=1),
            interpolation=interpolation,
            fill_mode=self.fill_mode,
            fill_value=self.fill_value,
            data_format=self.data_format,
        )

    def move(self, boxes: Tensor, chance: Any, frame: Frame) -> Array:
        count = (frame.count,)
        a0, a1, a2, b0, b1, b2 = (ops.broadcast_to(ops.cast(c, "float32"), count) for c in chance)
        det, zero = a0 * b1 - a1 * b0, ops.zeros_like(a0)
        back = [b1, -a1, a1 * b2 - a2 * b1, -b0, a0, a2 * b0 - a0 * b2, zero, zero, det]
        return moved_by(boxes, ops.reshape(ops.stack(back, axis=1), (-1, 3, 3)))


@fields
class RandomRotation(Affine):
    """In training, turns each image about its centre by `factor * 360` degrees.

    (..., h, w, c) -> the same. ValueError for factors outside -1 to 1 and unknown modes.
    """

    factor: Factor
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    seed: Seed = None
    fill_value: float = 0.0
    data_format: DataFormat = None

    def setup(self) -> None:
        super().setup()
        self.factor = self._bounds = bounds("factor", self.factor, -1, 1, within=False)

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        low, high = (f * 360.0 for f in self._bounds)
        angle = random.uniform((frame.count,), low, high, seed=seed) * RADIANS
        cx, cy = 0.5 * (frame.width - 1), 0.5 * (frame.height - 1)
        cos, sin = ops.cos(angle), ops.sin(angle)
        return cos, -sin, cx - cx * cos + cy * sin, sin, cos, cy - cx * sin - cy * cos


@fields
class RandomZoom(Affine):
    """In training, zooms each image about its centre: a factor below 0 in, above 0 out.

    (..., h, w, c) -> the same. `width_factor=None` keeps the aspect ratio. ValueError for factors
    outside -1 to 1, or -1 itself, and for unknown modes.
    """

    height_factor: Factor
    width_factor: Factor | None = None
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    seed: Seed = None
    fill_value: float = 0.0
    data_format: DataFormat = None

    def setup(self) -> None:
        super().setup()
        given = {"height_factor": self.height_factor, "width_factor": self.width_factor}
        given = {k: v for k, v in given.items() if v is not None}
        self._bounds = [bounds(k, v, -1, 1) for k, v in given.items()]
        if any(v == -1 or (isinstance(v, (list, tuple)) and -1 in v) for v in given.values()):
            raise ValueError(f"Factors are above -1, where nothing is seen; received {given}.")

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        zooms = [
            random.uniform((frame.count,), 1.0 + low, 1.0 + high, seed=seed)
            for low, high in self._bounds
        ]
        down, across = zooms[0], zooms[-1]
        left, top = (frame.width - 1) / 2 * (1 - across), (frame.height - 1) / 2 * (1 - down)
        return across, 0, left, 0, down, top


@fields
class RandomTranslation(Affine):
    """In training, shifts each image down and right by parts of its height and width.

    (..., h, w, c) -> the same. ValueError for factors outside -1 to 1 and unknown modes.
    """

    height_factor: Factor
    width_factor: Factor
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    seed: Seed = None
    fill_value: float = 0.0
    data_format: DataFormat = None

    def setup(self) -> None:
        super().setup()
        given = {"height_factor": self.height_factor, "width_factor": self.width_factor}
        self._bounds = [bounds(k, v, -1, 1) for k, v in given.items()]

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        down, across = (
            random.uniform((frame.count,), *limits, seed=seed) * size
            for limits, size in zip(self._bounds, frame[1:3], strict=True)
        )
        return 1, 0, -across, 0, 1, -down


def plain(factor: Factor) -> Factor:
    """The number f for (-f, f), which Keras's configurations of RandomShear have in its place."""
    if isinstance(factor, (list, tuple)) and len(factor) == 2 and factor[0] == -factor[1]:
        return factor[1]
    return factor


@fields
class RandomShear(Affine):
    """In training, slants each image: a pixel is read from `(x + s y, y + t x)`.

    (..., h, w, c) -> the same. s and t are from `x_factor` and `y_factor`, in one direction or the
    other. ValueError for factors outside 0 to 1 and unknown modes.
    """

    x_factor: Factor = 0.0
    y_factor: Factor = 0.0
    interpolation: Interpolation = "bilinear"
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    data_format: DataFormat = None
    seed: Seed = None

    def setup(self) -> None:
        super().setup()
        self.x_factor, self.y_factor = map(plain, (self.x_factor, self.y_factor))
        given = {"x_factor": self.x_factor, "y_factor": self.y_factor}
        self._bounds = [self._both_ways(k, v) for k, v in given.items()]

    def _both_ways(self, name, value):
        if not isinstance(value, (list, tuple)):
            return -bounds(name, value, 0, 1)[1], value
        return bounds(name, value, 0, 1)

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        def uniform(low, high):
            return random.uniform((frame.count,), low, high, self.compute_dtype, seed)

        side = ops.where(uniform(0, 1) > 0.5, -1, 1)
        across_bounds, down_bounds = self._bounds
        down, across = uniform(*down_bounds), uniform(*across_bounds)
        return 1, across * side, 0, down * side, 1, 0


@fields
class RandomPerspective(Geometry):
    """In training, tilts an image by chance: its corners move by up to half of `scale`.

    (..., h, w, c) -> the same. The probability is drawn from `factor`. ValueError for factors and
    scales outside 0 to 1 and unknown interpolations.
    """

    factor: Factor = 1.0
    scale: float = 1.0
    interpolation: Interpolation = "bilinear"
    fill_value: float = 0.0
    seed: Seed = None
    data_format: DataFormat = None

    def setup(self) -> None:
        super().setup()
        self.factor = self._bounds = bounds("factor", self.factor, 0, 1, within=False)
        self.interpolation = one_of("interpolation", self.interpolation, READING)
        if not isinstance(self.scale, (int, float)) or not 0 <= self.scale <= 1:
            raise ValueError(f"scale is a number from 0 to 1; received {self.scale!r}.")

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        tilted = chosen(frame.count, self._bounds, seed)
        reach = 0.5 * self.scale
        shape = (frame.count, 4, 2)
        moves = random.uniform(shape, -reach, reach, self.compute_dtype, seed)
        right, bottom = frame.width - 1.0, frame.height - 1.0
        corners = [[0.0, 0.0], [right, 0.0], [0.0, bottom], [right, bottom]]
        start = ops.broadcast_to(ops.convert_to_tensor(corners, moves.dtype), shape)
        return tilted, start, start + start * moves

    def read(self, images: Tensor, chance: tuple, interpolation: str) -> Array:
        tilted, start, end = chance
        how: dict[str, Any] = {"fill_value": self.fill_value, "data_format": self.data_format}
        moved = ops.image.perspective_transform(images, start, end, interpolation, **how)
        return ops.where(along(tilted), moved, images)

    def move(self, boxes: Tensor, chance: tuple, frame: Frame) -> Array:
        tilted, start, end = chance
        matrix = ops.image.homography(ops.cast(end, "float32"), ops.cast(start, "float32"))
        matrix = ops.concatenate([matrix, ops.ones_like(matrix[:, :1])], axis=-1)
        moved = moved_by(boxes, ops.reshape(matrix, (-1, 3, 3)))
        return ops.where(ops.reshape(tilted, (-1, 1, 1)), moved, boxes)


@fields
class RandomElasticTransform(Geometry):
    """In training, distorts an image by chance, as if drawn on rubber: (..., h, w, c) -> the same.

    The probability is drawn from `factor`, the strength for the batch from `scale`. ValueError for
    either outside 0 to 1 and unknown modes. NotImplementedError for bounding boxes. Simard 2003.
    """

    factor: Factor = 1.0
    scale: Factor = 1.0
    interpolation: Interpolation = "bilinear"
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    value_range: Sequence[float] = (0, 255)
    seed: Seed = None
    data_format: DataFormat = None

    def setup(self) -> None:
        super().setup()
        self.factor = self._bounds = bounds("factor", self.factor, 0, 1, within=False)
        self.scale = self._strengths = bounds("scale", self.scale, 0, 1, within=False)
        self.interpolation = one_of("interpolation", self.interpolation, READING)
        self.fill_mode = one_of("fill_mode", self.fill_mode, ops.image.FILL_MODES)

    def draw(self, frame: Frame, seed: Seed) -> tuple | None:
        if self._bounds[1] == 0 or self._strengths[1] == 0:
            return None
        moved = chosen(frame.count, self._bounds, seed)
        low, high = self._strengths
        strength = random.uniform((), low, high, self.compute_dtype, seed)
        alpha = max(frame.height, frame.width) * (0.1 * strength)
        sigma = min(frame.height, frame.width) * (0.05 * strength)
        return moved, alpha, sigma, draw_seed(seed)

    def on_images(self, images: Tensor, chance: tuple | None) -> Tensor:
        moved = super().on_images(images, chance)
        return moved if chance is None else ops.clip(moved, *self.value_range)

    def read(self, images: Tensor, chance: tuple | None, interpolation: str) -> Tensor:
        if chance is None:
            return images
        moved, alpha, sigma, key = chance
        floats = ops.cast(images, self.compute_dtype)
        how: dict[str, Any] = {"fill_mode": self.fill_mode, "fill_value": self.fill_value}
        distorted = ops.image.elastic_transform(
            floats, alpha, sigma, interpolation, seed=key, data_format=self.data_format, **how
        )
        return ops.where(along(moved), ops.cast(distorted, images.dtype), images)

    def on_boxes(self, boxes: dict, chance: Any, frame: Frame) -> dict:
        raise NotImplementedError("No box says where a distorted one lies; leave them out.")
