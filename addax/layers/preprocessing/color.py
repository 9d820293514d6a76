"""Layers that change the colours of images and leave everything where it is."""

from collections.abc import Callable, Sequence
from typing import Any

from addax import ops, random
from addax.core import settings
from addax.core.checks import positive
from addax.core.fields import fields
from addax.core.types import Array, DataFormat, Factor, Seed, Tensor
from addax.layers.preprocessing.image import (
    Frame,
    ImageLayer,
    along,
    bounds,
    chosen,
    rescaled,
)

BYTES = 0, 255
SMOOTH = ((1, 1, 1), (1, 5, 1), (1, 1, 1))


class Color(ImageLayer):
    """What draws a factor for each image, from the bounds that `limits` allow."""

    factor: Factor
    value_range: Sequence[float]

    limits = (0, 1)

    def setup(self) -> None:
        super().setup()
        self.factor = self._bounds = bounds("factor", self.factor, *self.limits, within=False)

    def draw(self, frame: Frame, seed: Seed) -> Any:
        return random.uniform((frame.count,), *self._bounds, seed=seed)

    def clipped(self, images: Tensor) -> Array:
        return ops.cast(ops.clip(images, *self.value_range), self.compute_dtype)

    def _channel(self, images: Tensor, i: int) -> Array:
        return ops.take(images, i, axis=self._channels)


@fields
class RandomContrast(Color):
    """In training, `(x - mean) * f + mean` by a factor f for each image, the mean a channel's.

    (..., h, w, c) -> the same, clipped to `value_range`; f is from 1 - lower to 1 + upper.
    ValueError for factors outside 0 to 1.
    """

    factor: Factor
    value_range: Sequence[float] = BYTES
    seed: Seed = None

    def draw(self, frame: Frame, seed: Seed) -> Array:
        lower, upper = self._bounds
        shape = (frame.count,)
        return random.uniform(shape, 1.0 - lower, 1.0 + upper, self.compute_dtype, seed)

    def on_images(self, images: Tensor, chance: Array) -> Array:
        mean = ops.mean(images, axis=self._axes, keepdims=True)
        return self.clipped((images - mean) * along(chance) + mean)


@fields
class RandomBrightness(Color):
    """In training, adds to each image a part of `value_range`: (..., h, w, c) -> the same.

    The results are clipped to the range. ValueError for factors outside -1 to 1.
    """

    factor: Factor
    value_range: Sequence[float] = BYTES
    seed: Seed = None

    limits = (-1, 1)

    def draw(self, frame: Frame, seed: Seed) -> Array:
        return super().draw(frame, seed) * (self.value_range[1] - self.value_range[0])

    def on_images(self, images: Tensor, chance: Array) -> Array:
        return self.clipped(images + ops.cast(along(chance), images.dtype))


@fields
class RandomHue(Color):
    """In training, turns the hues of each image by up to half a circle: (..., h, w, 3) -> the same.

    ValueError for factors outside 0 to 1, where 1 is half a circle.
    """

    factor: Factor
    value_range: Sequence[float] = BYTES
    data_format: DataFormat = None
    seed: Seed = None

    def draw(self, frame: Frame, seed: Seed) -> Array:
        side = ops.where(random.uniform((frame.count,), seed=seed) > 0.5, -1.0, 1.0)
        return side * super().draw(frame, seed) * 0.5

    def on_images(self, images: Tensor, chance: Array) -> Array:
        images = rescaled(images, self.value_range, (0, 1))
        hsv = ops.image.rgb_to_hsv(images, data_format=self.data_format)
        hue = self._channel(hsv, 0) + ops.cast(ops.reshape(chance, (-1, 1, 1)), images.dtype)
        hue = ops.where(hue > 1.0, hue - 1.0, hue)
        hue = ops.where(hue < 0.0, hue + 1.0, hue)
        hsv = ops.stack([hue, self._channel(hsv, 1), self._channel(hsv, 2)], axis=self._channels)
        images = ops.clip(ops.image.hsv_to_rgb(hsv, data_format=self.data_format), 0, 1)
        return ops.cast(rescaled(images, (0, 1), self.value_range), self.compute_dtype)


@fields
class RandomSaturation(Color):
    """In training, multiplies each image's saturation by `f / (1 - f)`: (..., h, w, 3) -> the same.

    A factor f of 0.5 changes nothing, 0 leaves grey. ValueError for factors outside -1 to 1.
    """

    factor: Factor
    value_range: Sequence[float] = BYTES
    data_format: DataFormat = None
    seed: Seed = None

    limits = (-1, 1)

    def draw(self, frame: Frame, seed: Seed) -> Array:
        factor = super().draw(frame, seed)
        return factor / (1 - factor + settings.epsilon())

    def on_images(self, images: Tensor, chance: Array) -> Array:
        hsv = ops.image.rgb_to_hsv(images, data_format=self.data_format)
        factor = ops.cast(ops.reshape(chance, (-1, 1, 1)), images.dtype)
        saturation = ops.clip(self._channel(hsv, 1) * factor, *self.value_range)
        parts = [self._channel(hsv, 0), saturation, self._channel(hsv, 2)]
        hsv = ops.stack(parts, axis=self._channels)
        return ops.image.hsv_to_rgb(hsv, data_format=self.data_format)


@fields
class RandomColorJitter(ImageLayer):
    """In training, brightness, contrast, saturation and hue, one after the other, by chance.

    (..., h, w, 3) -> the same. A factor of None leaves that step out. Errors as of the layers
    RandomBrightness, RandomContrast, RandomSaturation and RandomHue.
    """

    value_range: Sequence[float] = BYTES
    brightness_factor: Factor | None = None
    contrast_factor: Factor | None = None
    saturation_factor: Factor | None = None
    hue_factor: Factor | None = None
    seed: Seed = None
    data_format: DataFormat = None

    def setup(self) -> None:
        super().setup()
        kinds: dict[Callable, Any] = {
            RandomBrightness: self.brightness_factor,
            RandomContrast: self.contrast_factor,
            RandomSaturation: self.saturation_factor,
            RandomHue: self.hue_factor,
        }
        common: Any = {
            "value_range": self.value_range,
            "seed": self.seed,
            "data_format": self.data_format,
            "dtype": self.dtype_policy,
        }
        self.steps = [k(factor=f, **common) for k, f in kinds.items() if f is not None]

    def draw(self, frame: Frame, seed: Seed) -> list:
        return [step.draw(frame, seed) for step in self.steps]

    def on_images(self, images: Tensor, chance: list) -> Tensor:
        for step, drawn in zip(self.steps, chance, strict=True):
            images = step.on_images(images, drawn)
        return images


@fields
class RandomColorDegeneration(Color):
    """In training, moves each image a part of the way to grey: (..., h, w, 3) -> the same.

    ValueError for factors outside -1 to 1, where 1 is grey.
    """

    factor: Factor
    value_range: Sequence[float] = BYTES
    data_format: DataFormat = None
    seed: Seed = None

    limits = (-1, 1)

    def on_images(self, images: Tensor, chance: Array) -> Array:
        gray = ops.image.rgb_to_grayscale(images, data_format=self.data_format)
        return self.clipped(images + ops.cast(along(chance), images.dtype) * (gray - images))


@fields
class RandomGrayscale(ImageLayer):
    """In training, makes an image grey with probability `factor`: (..., h, w, 3) -> the same.

    The images keep their dtype. ValueError for a factor outside 0 to 1.
    """

    factor: float = 0.5
    data_format: DataFormat = None
    seed: Seed = None

    keeps_dtype = True

    def setup(self) -> None:
        super().setup()
        if not isinstance(self.factor, (int, float)) or not 0 <= self.factor <= 1:
            raise ValueError(f"factor is a number from 0 to 1; received {self.factor!r}.")

    def draw(self, frame: Frame, seed: Seed) -> Array:
        return random.uniform((frame.count,), seed=seed) < self.factor

    def on_images(self, images: Tensor, chance: Array) -> Array:
        gray = ops.image.rgb_to_grayscale(images, data_format=self.data_format)
        return ops.where(along(chance), gray, images)


@fields
class RandomInvert(Color):
    """In training, turns an image into its negative by chance: (..., h, w, c) -> the same.

    The probability is drawn from `factor`. ValueError for factors outside 0 to 1.
    """

    factor: Factor = 1.0
    value_range: Sequence[float] = BYTES
    seed: Seed = None
    data_format: DataFormat = None

    def draw(self, frame: Frame, seed: Seed) -> Array:
        return chosen(frame.count, self._bounds, seed)

    def on_images(self, images: Tensor, chance: Array) -> Array:
        return ops.where(along(chance), self.value_range[1] - images, images)


@fields
class RandomSharpness(Color):
    """In training, blurs or sharpens each image: (..., h, w, c) -> the same.

    A factor of 0 blurs by a 3x3 window, 0.5 changes nothing, 1 adds what the blur takes away.
    ValueError for factors outside 0 to 1.
    """

    factor: Factor
    value_range: Sequence[float] = BYTES
    data_format: DataFormat = None
    seed: Seed = None

    def on_images(self, images: Tensor, chance: Array) -> Array:
        window = [[[[w / 13]] * images.shape[self._channels] for w in row] for row in SMOOTH]
        kernel = ops.convert_to_tensor(window, images.dtype)
        smooth = ops.depthwise_conv(images, kernel, padding="same", data_format=self.data_format)
        factor = ops.cast(along(chance) * 2, images.dtype)
        return self.clipped(images + (1.0 - factor) * (smooth - images))


@fields
class RandomPosterization(Color):
    """In training, keeps `factor` bits of each colour: (..., h, w, c) -> the same.

    ValueError for factors outside 1 to 8.
    """

    factor: Factor
    value_range: Sequence[float] = BYTES
    data_format: DataFormat = None
    seed: Seed = None

    limits = (1, 8)

    def draw(self, frame: Frame, seed: Seed) -> Array:
        low, high = self._bounds
        if low == high:
            return ops.full((frame.count,), 8 - low, "uint8")
        return 8 - random.randint((frame.count,), low, high, "uint8", seed)

    def on_images(self, images: Tensor, chance: Array) -> Array:
        shift = along(chance)
        bits = ops.cast(rescaled(images, self.value_range, BYTES), "uint8")
        bits = ops.bitwise_left_shift(ops.bitwise_right_shift(bits, shift), shift)
        return rescaled(ops.cast(bits, self.compute_dtype), BYTES, self.value_range)


@fields
class RandomGaussianBlur(Color):
    """In training, blurs an image by chance: (..., h, w, c) -> the same.

    The window is `kernel_size` (width, height); its deviations, drawn from `sigma`, are the same
    for all of a batch. ValueError for factors outside 0 to 1 and even sizes.
    """

    factor: Factor = 1.0
    kernel_size: int | Sequence[int] = 3
    sigma: Factor = 1.0
    value_range: Sequence[float] = BYTES
    data_format: DataFormat = None
    seed: Seed = None

    def setup(self) -> None:
        super().setup()
        size = self.kernel_size
        pair = tuple(size) if isinstance(size, (list, tuple)) else (size, size)
        if len(pair) != 2 or any(not isinstance(n, int) or n < 1 or n % 2 == 0 for n in pair):
            raise ValueError(f"kernel_size is an odd number or two of them; received {size!r}.")
        self._size: Any = pair
        self.kernel_size = self._size
        self.sigma = self._deviations = bounds("sigma", self.sigma, 0, 1, within=False)

    def draw(self, frame: Frame, seed: Seed) -> tuple:
        blurred = chosen(frame.count, self._bounds, seed)
        low, high = self._deviations
        return blurred, random.uniform((2,), low, high, self.compute_dtype, seed) + 1e-6

    def on_images(self, images: Tensor, chance: tuple) -> Array:
        blurred, sigma = chance
        smooth = ops.image.gaussian_blur(images, self._size, sigma, data_format=self.data_format)
        return self.clipped(ops.where(along(blurred), smooth, images))


@fields
class Solarization(ImageLayer):
    """In training, adds to each image, then inverts what reaches a threshold, both by chance.

    (..., h, w, c) -> the same. Amounts are parts of 255, the range that values are brought to
    meanwhile. ValueError for factors outside 0 to 1.
    """

    addition_factor: Factor = 0.0
    threshold_factor: Factor = 0.0
    value_range: Sequence[float] = BYTES
    seed: Seed = None

    def setup(self) -> None:
        super().setup()
        self.addition_factor = bounds("addition_factor", self.addition_factor, 0, 1)
        self.threshold_factor = bounds("threshold_factor", self.threshold_factor, 0, 1)
        self._bounds = self.addition_factor, self.threshold_factor

    def draw(self, frame: Frame, seed: Seed) -> list:
        return [
            random.uniform((frame.count,), low, high * 255, self.compute_dtype, seed)
            for low, high in self._bounds
        ]

    def on_images(self, images: Tensor, chance: list) -> Array:
        added, threshold = map(along, chance)
        values = ops.clip(rescaled(images, self.value_range, BYTES) + added, *BYTES)
        values = ops.where(values < threshold, values, 255 - values)
        return rescaled(values, BYTES, self.value_range)


@fields
class AutoContrast(ImageLayer):
    """Stretches each channel of each image over `value_range`: (..., h, w, c) -> the same.

    A channel of one value stays. In inference, too.
    """

    value_range: Sequence[float] = BYTES

    always = True

    def on_images(self, images: Tensor, chance: Any) -> Array:
        values = rescaled(images, self.value_range, BYTES)
        low = ops.min(values, axis=self._axes, keepdims=True)
        high = ops.max(values, axis=self._axes, keepdims=True)
        scale = 255.0 / ops.where(high > low, high - low, 1)
        values = ops.clip(values * scale - low * scale, *BYTES)
        return ops.where(high > low, rescaled(values, BYTES, self.value_range), images)


@fields
class Equalization(ImageLayer):
    """In training, spreads the values of each channel of a batch evenly over `value_range`.

    (..., h, w, c) -> the same. Values are counted in `bins` bins. ValueError for bins below 1.
    """

    value_range: Sequence[float] = BYTES
    bins: int = 256
    data_format: DataFormat = None

    def setup(self) -> None:
        super().setup()
        positive(bins=self.bins)

    def on_images(self, images: Tensor, chance: Any) -> Array:
        values = rescaled(images, self.value_range, BYTES)
        channels = [
            self._equalized(self._channel(values, i)) for i in range(images.shape[self._channels])
        ]
        values = ops.stack(channels, axis=self._channels)
        return ops.cast(rescaled(values, BYTES, self.value_range), self.compute_dtype)

    def _channel(self, images, i):
        return ops.take(images, i, axis=self._channels)

    def _equalized(self, channel):
        places = ops.cast(channel, "float32") * (self.bins - 1) / 255
        index = ops.clip(ops.cast(places, "int32"), 0, self.bins - 1)
        flat = ops.reshape(index, (-1,))
        counts = ops.segment_sum(ops.ones_like(flat), flat, num_segments=self.bins)
        total = ops.cumsum(counts)
        first = ops.take(total, ops.argmax(total > 0))
        table = (total - first) * 255 / ops.maximum(total[-1] - first, 1)
        table = ops.clip(ops.round(table), *BYTES)
        scaled = channel / 255.0 * (self.bins - 1)
        found = ops.take(table, ops.cast(ops.clip(scaled, 0, self.bins - 1), "int32"))
        return ops.where(ops.count_nonzero(counts) <= 1, channel, ops.cast(found, channel.dtype))


@fields
class ContrastLimitedAdaptiveHistogramEqualization(ImageLayer):
    """Spreads the values of each of `tile_grid_size` tiles evenly, interpolated between tiles.

    (..., h, w, c) -> the same, of the dtype that came. Counts above `clip_limit` times their mean
    are spread over all; 0 sets no limit. In inference, too. Zuiderveld 1994 (CLAHE).
    """

    value_range: Sequence[float] = BYTES
    clip_limit: float = 4.0
    tile_grid_size: Sequence[int] = (8, 8)
    data_format: DataFormat = None

    always = True
    keeps_dtype = True

    def on_images(self, images: Tensor, chance: Any) -> Array:
        first = self.data_format == "channels_first"
        values = ops.moveaxis(images, 1, -1) if first else images
        values = rescaled(ops.cast(values, "float32"), self.value_range, BYTES)
        values = rescaled(self._spread(values), BYTES, self.value_range)
        values = ops.cast(values, images.dtype)
        return ops.moveaxis(values, -1, 1) if first else values

    def _spread(self, images):
        n, height, width, channels = images.shape
        grid = tuple(self.tile_grid_size)
        tile = tuple(-(-size // parts) for size, parts in zip((height, width), grid, strict=True))
        missing = [t * g - s for t, g, s in zip(tile, grid, (height, width), strict=True)]
        pads = [(0, 0), (0, missing[0]), (0, missing[1]), (0, 0)]
        padded = ops.pad(images, pads, mode="symmetric") if any(missing) else images
        pixels = ops.cast(ops.clip(padded, *BYTES), "int32")
        tiles = ops.reshape(pixels, (n, grid[0], tile[0], grid[1], tile[1], channels))
        tiles = ops.transpose(tiles, (0, 1, 3, 5, 2, 4))
        tiles = ops.reshape(tiles, (n, *grid, channels, tile[0] * tile[1]))
        tables = self._tables(tiles, tile[0] * tile[1])
        tables = ops.pad(tables, [(0, 0), (1, 1), (1, 1), (0, 0), (0, 0)], mode="edge")
        (top, bottom, down), (left, right, across) = (
            self._neighbours(t, g) for t, g in zip(tile, grid, strict=True)
        )
        down, across = down[None, :, None, None], across[None, None, :, None]

        def found(rows, columns):
            index = ops.arange(n)[:, None, None, None] * (grid[0] + 2) + rows[None, :, None, None]
            index = index * (grid[1] + 2) + columns[None, None, :, None]
            index = (index * channels + ops.arange(channels)) * 256 + pixels
            return ops.take(ops.reshape(tables, (-1,)), index)

        above = found(top, left) * (1 - across) + found(top, right) * across
        below = found(bottom, left) * (1 - across) + found(bottom, right) * across
        return (above * (1 - down) + below * down)[:, :height, :width]

    def _tables(self, tiles, area):
        """The new value of each of 256 in each tile: (..., area) -> (..., 256)."""
        counts = ops.sum(ops.one_hot(tiles, 256), axis=-2)
        if self.clip_limit > 0:
            kept = ops.minimum(counts, self.clip_limit * area / 256.0)
            counts = kept + ops.sum(counts - kept, axis=-1, keepdims=True) / 256.0
        total = ops.cumsum(counts, axis=-1)
        least = ops.min(total, axis=-1, keepdims=True)
        rest = area - least
        return ops.clip((total - least) * 255.0 / ops.where(rest == 0, 1.0, rest), *BYTES)

    def _neighbours(self, size, parts):
        """For each pixel of an axis: the tiles before and after it, and how near the latter is."""
        place = (ops.arange(size * parts, dtype="float32") - size / 2) / size + 1.0
        before = ops.floor(place)
        sides = (ops.cast(ops.clip(p, 0, parts + 1), "int32") for p in (before, before + 1))
        return *sides, place - before
