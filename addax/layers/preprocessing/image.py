"""Layers that change images, and with them labels, bounding boxes and segmentation masks.

A layer draws what it does to a batch, `draw`, and does it to each part of the data, `on_images`,
`on_labels`, `on_masks` and `on_boxes`. All of these see batches: a single image is one of one.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from addax import ops, random
from addax.core import tree
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.seeds import SeedGenerator
from addax.core.settings import standardize_data_format
from addax.core.types import Array, BoxFormat, DataFormat, Seed, Tensor, Tensors
from addax.utils.bounding_boxes import clip_to_image_size, convert_format

PARTS = ("images", "labels", "segmentation_masks", "bounding_boxes")


class Frame(NamedTuple):
    """How many images, of what size."""

    count: int
    height: int
    width: int
    channels: int


def bounds(name: str, value: Any, low: float, high: float, within: bool = True) -> tuple:
    """The factor `name` as `(lower, upper)`: a number f stands for -f to f, from `low` on.

    ValueError unless it is a number, or two of them, from `low` to `high`; without `within`, two
    numbers may go beyond on both sides.
    """
    pair = tuple(value) if isinstance(value, (list, tuple)) else (value, value)
    numbers = len(pair) == 2 and all(isinstance(v, (int, float)) for v in pair)
    strict = within or not isinstance(value, (list, tuple))
    if not numbers or not (
        all(low <= v <= high for v in pair) if strict else pair[0] <= high and pair[1] >= low
    ):
        raise ValueError(
            f"{name} is a number from {low} to {high}, or two of them; received {value!r}."
        )
    if isinstance(value, (list, tuple)):
        return min(pair), max(pair)
    return max(-abs(value), low), abs(value)


def check_range(value: Any) -> tuple[float, float]:
    """`value_range` in order. ValueError unless it is two numbers."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise ValueError(f"value_range is two numbers; received {value!r}.")
    return min(value), max(value)


def rescaled(images: Tensor, old: Sequence[float], new: Sequence[float]) -> Array:
    """Values of the range `old` as values of the range `new`."""
    if tuple(old) == tuple(new):
        return images
    return (images - old[0]) / (old[1] - old[0]) * (new[1] - new[0]) + new[0]


def along(values: Tensor) -> Array:
    """One value an image, `(batch,)`, as it meets images: `(batch, 1, 1, 1)`."""
    return ops.reshape(values, (-1, 1, 1, 1))


@fields
class ImageLayer(Layer):
    """The base of layers of images: an array, or a dictionary of images and what belongs to them.

    Images are `(batch, height, width, channels)`, or one without the batch; `channels_first` puts
    the channels in front. Floats come out, of the dtype that the layer computes in.
    """

    data_format: DataFormat = None
    bounding_box_format: BoxFormat | None = None

    built_at_once = True
    always = False  # in inference, too
    keeps_dtype = False

    def setup(self) -> None:
        self.data_format = standardize_data_format(self.data_format)
        self._axes = (-3, -2) if self.data_format == "channels_last" else (-2, -1)
        self._channels = -1 if self.data_format == "channels_last" else -3
        if hasattr(self, "value_range"):
            self.value_range = check_range(self.value_range)
        if hasattr(self, "seed"):
            self.seed_generator = SeedGenerator(self.seed)

    def draw(self, frame: Frame, seed: Seed) -> Any:
        """What happens to the images of a batch; `seed` gives the random numbers."""
        return ()

    def on_images(self, images: Tensor, chance: Any) -> Tensor:
        """The images after what `draw` gave."""
        raise NotImplementedError

    def on_labels(self, labels: Tensor, chance: Any) -> Tensor:
        return labels

    def on_masks(self, masks: Tensor, chance: Any) -> Tensor:
        return masks

    def on_boxes(self, boxes: dict, chance: Any, frame: Frame) -> dict:
        return boxes

    def call(self, data: Tensors, training: bool = True) -> Any:
        if not isinstance(data, dict):
            return self._parts({"images": data}, training)["images"]
        return self._parts(data, training)

    def _parts(self, data: dict, training: bool) -> dict:
        if "images" not in data:
            raise ValueError(
                f"{self.name!r} takes images, or a dictionary that has them under 'images'; "
                f"received the keys {sorted(data)}."
            )
        rank = data["images"].ndim
        if rank not in (3, 4):
            raise ValueError(
                f"{self.name!r} takes images of rank 3 (one) or 4 (a batch); received shape "
                f"{tuple(data['images'].shape)}."
            )
        if "bounding_boxes" in data:
            self._check_boxes(data["bounding_boxes"])
        if not (training or self.always):
            return data | {"images": self._cast(data["images"])}
        parts = {k: data[k] for k in PARTS if k in data}
        if rank == 3:
            parts = tree.map_structure(lambda x: x[None], parts)
        parts = self._change(parts)
        if rank == 3:
            parts = tree.map_structure(lambda x: x[0], parts)
        return data | parts

    def _change(self, parts: dict) -> dict:
        frame = self.frame(parts["images"])
        chance = self.draw(frame, getattr(self, "seed_generator", None))
        how: dict[str, Callable] = {
            "images": lambda x: self.on_images(self._cast(x), chance),
            "labels": lambda x: self.on_labels(x, chance),
            "segmentation_masks": lambda x: self.on_masks(x, chance),
            "bounding_boxes": lambda x: self.on_boxes(x, chance, frame),
        }
        return {k: how[k](x) for k, x in parts.items()}

    def _cast(self, images):
        return images if self.keeps_dtype else ops.cast(images, self.compute_dtype)

    def frame(self, images: Tensor) -> Frame:
        """The sizes of a batch."""
        height, width = (images.shape[a] for a in self._axes)
        return Frame(images.shape[0], height, width, images.shape[self._channels])

    def _check_boxes(self, boxes: Any) -> None:
        if not isinstance(boxes, dict) or not {"boxes", "labels"} <= set(boxes):
            raise ValueError(
                "bounding_boxes is a dictionary of 'boxes' and 'labels'; received "
                f"{sorted(boxes) if isinstance(boxes, dict) else type(boxes).__name__}."
            )
        if self.bounding_box_format is None:
            raise ValueError(
                f"{type(self).__name__} {self.name!r} got bounding boxes: tell it how to read "
                'them, as by bounding_box_format="xyxy".'
            )

    def get_config(self) -> dict:
        config = super().get_config()
        if self.bounding_box_format is None:
            del config["bounding_box_format"]  # not every constructor of Keras takes it
        return config


class Geometry(ImageLayer):
    """What moves pixels: masks follow the images by the nearest pixel, boxes by their corners."""

    def on_images(self, images: Tensor, chance: Any) -> Tensor:
        return self.read(images, chance, getattr(self, "interpolation", "nearest"))

    def on_masks(self, masks: Tensor, chance: Any) -> Tensor:
        return self.read(masks, chance, "nearest")

    def read(self, images: Tensor, chance: Any, interpolation: str) -> Tensor:
        """The pixels at their new places."""
        raise NotImplementedError

    def move(self, boxes: Tensor, chance: Any, frame: Frame) -> Tensor:
        """Corners `(batch, n, 4)` in pixels at their new places."""
        raise NotImplementedError

    def resized(self, frame: Frame) -> Frame:
        """The sizes of what comes out."""
        return frame

    def on_boxes(self, boxes: dict, chance: Any, frame: Frame) -> dict:
        form, after = self.bounding_box_format, self.resized(frame)
        assert form is not None
        corners = convert_format(boxes["boxes"], form, "xyxy", frame.height, frame.width)
        boxes = boxes | {"boxes": self.move(corners, chance, frame)}
        boxes = clip_to_image_size(boxes, after.height, after.width)
        return convert_format(boxes, "xyxy", form, after.height, after.width)


def chosen(count: int, factor: Sequence[float], seed: Seed) -> Array:
    """Which images something happens to, with a probability drawn from `factor` for each."""
    probability = random.uniform((count,), *factor, seed=seed)
    return random.uniform((count,), seed=seed) < probability
