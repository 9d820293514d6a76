"""Layers that cut, mix and chain: images with images, and layers of images with each other."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from addax import ops, random
from addax.core.call import signature_of
from addax.core.checks import positive
from addax.core.configs import deserialize, serialize
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.types import Array, DataFormat, Factor, Interpolation, Seed, Tensor, Tensors
from addax.layers.preprocessing import color, geometry
from addax.layers.preprocessing.color import BYTES
from addax.layers.preprocessing.image import Frame, ImageLayer, along, bounds, chosen


class Patching(ImageLayer):
    """What chooses a rectangle of each image."""

    def corners(self, frame: Frame, across: Tensor, down: Tensor, seed: Seed) -> list:
        """Start and end of columns, then of rows: rectangles of these parts, anywhere."""
        found = []
        for size, part in ((frame.width, across), (frame.height, down)):
            length = part * size
            place = random.uniform((frame.count,), dtype=self.compute_dtype, seed=seed)
            start = place * (size - length)
            found += [start, start + length]
        return found

    def inside(self, frame: Frame, corners: list) -> Array:
        """Which pixels lie in the rectangles, as it meets images."""
        x0, x1, y0, y1 = map(along, corners)
        rows, columns = self._axes
        y = self._line(frame.height, rows)
        x = self._line(frame.width, columns)
        return (x >= x0) & (x < x1) & (y >= y0) & (y < y1)

    def _line(self, size, axis):
        shape = [1] * 4
        shape[axis] = size
        return ops.reshape(ops.arange(size, dtype=self.compute_dtype), shape)


@fields
class RandomErasing(Patching):
    """In training, covers a rectangle of an image by chance: (..., h, w, c) -> the same.

    The probability is drawn from `factor`, the area from `scale`; noise or `fill_value` covers it.
    ValueError for factors and scales outside 0 to 1 and other fill values. Zhong et al. 2017,
    https://arxiv.org/abs/1708.04896.
    """

    factor: Factor = 1.0
    scale: Factor = (0.02, 0.33)
    fill_value: float | Sequence[float] | None = None
    value_range: Sequence[float] = BYTES
    seed: Seed = None
    data_format: DataFormat = None

    def setup(self) -> None:
        super().setup()
        self.factor = self._bounds = bounds("factor", self.factor, 0, 1, within=False)
        self.scale = self._areas = bounds("scale", self.scale, 0, 1, within=False)
        value = self.fill_value
        three = isinstance(value, (list, tuple)) and len(value) == 3
        if value is not None and not three and not isinstance(value, (int, float)):
            raise ValueError(f"fill_value is a number, three of them or None; received {value!r}.")

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        shape, (low, high) = (frame.count, 2), self._areas
        parts = ops.sqrt(random.uniform(shape, low, high, self.compute_dtype, seed))
        patch = self.inside(frame, self.corners(frame, parts[:, 0], parts[:, 1], seed))
        erased = chosen(frame.count, self._bounds, seed)
        return patch & along(erased), self._cover(frame, seed)

    def _cover(self, frame, seed):
        if self.fill_value is None:
            shape = [frame.count, 0, 0, 0]
            for axis, n in zip((*self._axes, self._channels), frame[1:], strict=True):
                shape[axis] = n
            noise = random.normal(shape, dtype=self.compute_dtype, seed=seed)
            return ops.clip(noise * self.value_range[1], *self.value_range)
        shape = [1] * 4
        shape[self._channels] = -1
        cover = ops.convert_to_tensor(self.fill_value, self.compute_dtype)
        return ops.clip(ops.reshape(cover, shape), *self.value_range)

    def on_images(self, images: Tensor, chance: tuple) -> Array:
        patch, cover = chance
        return ops.where(patch, cover, images)


def mixed(labels: Tensor, weight: Tensor, order: Tensor) -> Array:
    """Labels `(batch, ...)` mixed with those of other examples. ValueError for class numbers."""
    if labels.ndim < 2:
        raise ValueError(
            f"Labels that are mixed are vectors, as of one_hot; received shape {labels.shape}."
        )
    weight = ops.reshape(weight, (-1,) + (1,) * (labels.ndim - 1))
    return weight * labels + (1.0 - weight) * ops.take(labels, order, axis=0)


@fields
class CutMix(Patching):
    """In training, puts a part of another image of the batch into each, and mixes the labels.

    (batch, h, w, c) -> the same; single images stay. The areas have a beta distribution with both
    parameters drawn from `factor`. ValueError for factors outside 0 to 1 and labels that are no
    vectors. NotImplementedError for bounding boxes. Yun et al. 2019,
    https://arxiv.org/abs/1905.04899.
    """

    factor: Factor = 1.0
    seed: Seed = None
    data_format: DataFormat = None

    def setup(self) -> None:
        super().setup()
        self.factor = self._bounds = bounds("factor", self.factor, 0, 1, within=False)

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        low, high = self._bounds
        alpha = random.uniform((), low, high, self.compute_dtype, seed) + 1e-6
        weight = random.beta((frame.count,), alpha, alpha, self.compute_dtype, seed)
        side = ops.sqrt(1.0 - weight)
        corners = x0, x1, y0, y1 = self.corners(frame, side, side, seed)
        weight = 1.0 - (x1 - x0) * (y1 - y0) / (frame.width * frame.height)
        order = random.shuffle(ops.arange(frame.count), seed=seed)
        return self.inside(frame, corners), weight, order

    def on_images(self, images: Tensor, chance: tuple) -> Array:
        patch, _, order = chance
        return ops.where(patch, ops.take(images, order, axis=0), images)

    def on_masks(self, masks: Tensor, chance: tuple) -> Array:
        return self.on_images(masks, chance)

    def on_labels(self, labels: Tensor, chance: tuple) -> Array:
        return mixed(labels, *chance[1:])

    def on_boxes(self, boxes: dict, chance: Any, frame: Frame) -> dict:
        raise NotImplementedError("CutMix takes no bounding boxes; leave them out.")


@fields
class MixUp(ImageLayer):
    """In training, mixes each image, its mask and label with another of the batch.

    (batch, h, w, c) -> the same. Weights have the distribution beta(`alpha`, `alpha`); the boxes of
    both stay. ValueError for labels that are no vectors. Zhang et al. 2017,
    https://arxiv.org/abs/1710.09412.
    """

    alpha: float = 0.2
    data_format: DataFormat = None
    seed: Seed = None

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        order = random.shuffle(ops.arange(frame.count), seed=seed)
        return random.beta((frame.count,), self.alpha, self.alpha, seed=seed), order

    def on_images(self, images: Tensor, chance: tuple) -> Array:
        weight, order = chance
        return mixed(images, ops.cast(weight, images.dtype), order)

    def on_masks(self, masks: Tensor, chance: tuple) -> Array:
        return mixed(masks, *chance)

    def on_labels(self, labels: Tensor, chance: tuple) -> Array:
        return mixed(labels, *chance)

    def on_boxes(self, boxes: dict, chance: tuple, frame: Frame) -> dict:
        order = chance[1]
        both = {
            k: ops.concatenate([boxes[k], ops.take(boxes[k], order, axis=0)], axis=1)
            for k in ("boxes", "labels")
        }
        return boxes | both


class Augmenting(ImageLayer):
    """What applies layers that it chooses by chance."""

    names: Sequence[str] = ()
    factor: Factor
    value_range: Sequence[float]
    interpolation: str

    def setup(self) -> None:
        super().setup()
        self.factor = pair = bounds("factor", self.factor, 0, 1, within=False)
        common: Any = {
            "data_format": self.data_format,
            "bounding_box_format": self.bounding_box_format,
            "dtype": self.dtype_policy,
        }
        moving: Any = common | {"interpolation": self.interpolation, "seed": self.seed}
        still: Any = common | {"value_range": self.value_range}
        drawn: Any = still | {"factor": pair, "seed": self.seed}
        sides = {"height_factor": pair, "width_factor": pair}
        amounts = {"addition_factor": pair, "threshold_factor": pair}
        bits = max(1, int(8 * pair[1]))
        made: dict[str, Callable] = {
            "shear": lambda: geometry.RandomShear(x_factor=pair, y_factor=pair, **moving),
            "translation": lambda: geometry.RandomTranslation(**moving | sides),
            "rotation": lambda: geometry.RandomRotation(factor=pair, **moving),
            "brightness": lambda: color.RandomBrightness(**drawn),
            "degeneration": lambda: color.RandomColorDegeneration(**drawn),
            "contrast": lambda: color.RandomContrast(**drawn),
            "sharpness": lambda: color.RandomSharpness(**drawn),
            "posterization": lambda: color.RandomPosterization(**drawn | {"factor": bits}),
            "solarization": lambda: color.Solarization(seed=self.seed, **still | amounts),
            "auto_contrast": lambda: color.AutoContrast(**still),
            "equalization": lambda: color.Equalization(**still),
        }
        self.steps = [made[name]() for name in self.chosen_names()]

    def chosen_names(self) -> Sequence[str]:
        return self.names

    def one(self, index: Tensor, change: Callable, part: Tensors, drawn: list) -> Any:
        """What `change(step, part, chance)` gives for one of the steps; `part` beyond the last."""

        def like(step, chance, part):
            new = change(step, part, chance)
            return ops.cast(new, part.dtype) if hasattr(part, "dtype") else new

        branches = [partial(like, *pair) for pair in zip(self.steps, drawn, strict=True)]
        return ops.switch(index, [*branches, lambda part: part], part)

    def draw_steps(self, frame: Frame, seed: Seed) -> list:
        return [step.draw(frame, seed) for step in self.steps]


def _images(step, images, chance):
    return step.on_images(images, chance)


def _masks(step, masks, chance):
    return step.on_masks(masks, chance)


@fields
class RandAugment(Augmenting):
    """In training, `num_ops` of eleven layers of images, chosen by chance for each batch.

    (..., h, w, 3) -> the same, and masks and boxes with them. ValueError for factors outside 0
    to 1. Cubuk et al. 2019, https://arxiv.org/abs/1909.13719.
    """

    value_range: Sequence[float] = BYTES
    num_ops: int = 2
    factor: Factor = 0.5
    interpolation: Interpolation = "bilinear"
    seed: Seed = None
    data_format: DataFormat = None

    names = (
        "shear", "translation", "rotation", "brightness", "degeneration", "contrast", "sharpness",
        "posterization", "solarization", "auto_contrast", "equalization",
    )  # fmt: skip

    def setup(self) -> None:
        super().setup()
        positive(num_ops=self.num_ops)

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        indices = random.randint((self.num_ops,), 0, len(self.steps), seed=seed)
        return indices, self.draw_steps(frame, seed)

    def _chain(self, change, part, chance):
        indices, drawn = chance
        for i in range(self.num_ops):
            part = self.one(indices[i], change, part, drawn)
        return part

    def on_images(self, images: Tensor, chance: tuple) -> Tensor:
        return self._chain(_images, images, chance)

    def on_masks(self, masks: Tensor, chance: tuple) -> Tensor:
        return self._chain(_masks, masks, chance)

    def on_boxes(self, boxes: dict, chance: tuple, frame: Frame) -> dict:
        boxes = boxes | {"boxes": ops.cast(boxes["boxes"], "float32")}
        return self._chain(
            lambda step, part, drawn: step.on_boxes(part, drawn, frame), boxes, chance
        )


@fields
class AugMix(Augmenting):
    """In training, mixes an image with what chains of layers, chosen by chance, make of it.

    (..., h, w, 3) -> the same. Weights of the `num_chains` chains are drawn from a Dirichlet
    distribution of `alpha`, that of the image from beta(`alpha`, `alpha`). ValueError for factors
    outside 0 to 1. Hendrycks et al. 2019, https://arxiv.org/abs/1912.02781.
    """

    value_range: Sequence[float] = BYTES
    num_chains: int = 3
    chain_depth: int = 3
    factor: Factor = 0.3
    alpha: float = 1.0
    all_ops: bool = True
    interpolation: Interpolation = "bilinear"
    seed: Seed = None
    data_format: DataFormat = None

    names = (
        "shear", "translation", "rotation", "posterization", "solarization", "auto_contrast",
        "equalization",
    )  # fmt: skip
    more = ("brightness", "degeneration", "contrast", "sharpness")

    def setup(self) -> None:
        super().setup()
        positive(num_chains=self.num_chains, chain_depth=self.chain_depth)

    def chosen_names(self) -> Sequence[str]:
        return (*self.names, *self.more) if self.all_ops else self.names

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        parts = random.gamma((self.num_chains,), self.alpha, seed=seed)
        weight = random.beta((), self.alpha, self.alpha, seed=seed)
        shape = (self.num_chains, self.chain_depth)
        indices = random.randint(shape, 0, len(self.steps) + 1, seed=seed)
        drawn = [
            [self.draw_steps(frame, seed) for _ in range(self.chain_depth)]
            for _ in range(self.num_chains)
        ]
        return parts / ops.sum(parts), weight, indices, drawn

    def _mix(self, change, part, chance):
        parts, weight, indices, drawn = chance
        total = 0.0
        for i, chain in enumerate(drawn):
            changed = part
            for j, step in enumerate(chain):
                changed = self.one(indices[i, j], change, changed, step)
            total = total + changed * ops.cast(parts[i], self.compute_dtype)
        weight = ops.cast(weight, self.compute_dtype)
        return weight * part + (1 - weight) * total

    def on_images(self, images: Tensor, chance: tuple) -> Array:
        return ops.clip(self._mix(_images, images, chance), *self.value_range)

    def on_masks(self, masks: Tensor, chance: tuple) -> Array:
        return self._mix(_masks, masks, chance)


@fields
class MaxNumBoundingBoxes(ImageLayer):
    """Cuts or pads the boxes of each image to `max_number`; padding has the label `fill_value`.

    Boxes (batch, n, 4) -> (batch, max_number, 4). In inference, too. ValueError for 0 and less.
    """

    max_number: int
    fill_value: int = -1

    always = True
    keeps_dtype = True

    def setup(self) -> None:
        super().setup()
        positive(max_number=self.max_number)

    def on_images(self, images: Tensor, chance: Any) -> Tensor:
        return images

    def on_boxes(self, boxes: dict, chance: Any, frame: Frame) -> dict:
        return boxes | {k: self._fitted(boxes[k]) for k in ("boxes", "labels")}

    def _fitted(self, values):
        pads = [(0, 0)] * values.ndim
        pads[1] = (0, max(self.max_number - values.shape[1], 0))
        return ops.pad(values[:, : self.max_number], pads, constant_values=self.fill_value)


class Pipeline(Layer):
    """Layers one after the other, as one: what the first takes -> what the last gives."""

    def __init__(self, layers: Sequence[Layer], name: str | None = None) -> None:
        super().__init__(name=name)
        self._pipeline_layers = list(layers)

    @property
    def layers(self) -> list[Layer]:
        """The layers, the first one first."""
        return self._pipeline_layers

    def call(self, inputs: Tensors, training: bool = True, mask: Tensors = None) -> Any:
        for layer in self._pipeline_layers:
            takes_mask = mask is not None and "mask" in signature_of(layer.call).parameters
            outputs = layer(inputs, training=training, **{"mask": mask} if takes_mask else {})
            inputs, mask = outputs, layer.compute_mask(inputs, mask)
        return inputs

    def get_config(self) -> dict:
        return {"name": self.name, "layers": [serialize(x) for x in self._pipeline_layers]}

    @classmethod
    def from_config(cls, config: dict) -> "Pipeline":
        if not isinstance(config.get("layers"), (list, tuple)):
            raise ValueError(f"A Pipeline's configuration has a list of 'layers'; got {config!r}.")
        return cls([deserialize(x) for x in config["layers"]], config.get("name"))
