"""What the networks are built of: layers with the settings and names that they share."""

from collections.abc import Callable, Sequence
from typing import Any

from addax import layers
from addax.core import settings


def channel_axis() -> int:
    """The axis of the channels in a batch of images."""
    return 1 if settings.image_data_format() == "channels_first" else 3


def channels(x: Any) -> int:
    """How many channels the images have."""
    return x.shape[channel_axis()]


def sides(x: Any) -> tuple[int | None, int | None]:
    """Height and width of the images."""
    return tuple(x.shape[2:4] if channel_axis() == 1 else x.shape[1:3])


def conv(x: Any, filters: int, size: Any, name: str | None = None, **options: Any) -> Any:
    """A convolution without bias."""
    return layers.Conv2D(filters, size, use_bias=False, name=name, **options)(x)


def batch_norm(x: Any, name: str | None = None, **options: Any) -> Any:
    """Batch normalization of the channels."""
    return layers.BatchNormalization(axis=channel_axis(), name=name, **options)(x)


def activate(x: Any, activation: Any, name: str | None = None) -> Any:
    """An activation as a layer of its own."""
    return layers.Activation(activation, name=name)(x)


def relu6(x: Any, name: str | None = None) -> Any:
    """`min(max(x, 0), 6)`."""
    return layers.ReLU(6.0, name=name)(x)


def concatenate(parts: Sequence[Any], name: str | None = None) -> Any:
    """The channels of all, side by side."""
    return layers.Concatenate(axis=channel_axis(), name=name)(parts)


def pad(x: Any, size: int, name: str | None = None) -> Any:
    """Zeros around images for a window of `size` with stride 2, as TensorFlow's "same" has them."""
    after = size // 2
    before = [after - 1 if side is None or side % 2 == 0 else after for side in sides(x)]
    return layers.ZeroPadding2D([(b, after) for b in before], name=name)(x)


def eighths(filters: float) -> int:
    """The multiple of 8 that is nearest to `filters`, at least 8."""
    return max(8, int(filters + 4) // 8 * 8)


def divisible(filters: float) -> int:
    """A multiple of 8 near `filters`, and not below nine tenths of it."""
    nearest = eighths(filters)
    return nearest + 8 if nearest < 0.9 * filters else nearest


# --- the ends of networks -------------------------------------------------------------------------

Top = Callable[[Any, int, Any], Any]  # (feature map, classes, activation) -> predictions
Pool = Callable[[Any, str | None], Any]  # (feature map, "avg", "max" or None) -> features


def pool(x: Any, pooling: str | None) -> Any:
    """The mean or the largest of each channel, or the feature map as it is."""
    return _pool(x, pooling, None, None)


def named_pool(x: Any, pooling: str | None) -> Any:
    """The same, in layers that have names."""
    return _pool(x, pooling, "avg_pool", "max_pool")


def _pool(x: Any, pooling: str | None, average: str | None, largest: str | None) -> Any:
    if pooling == "avg":
        return layers.GlobalAveragePooling2D(name=average)(x)
    return layers.GlobalMaxPooling2D(name=largest)(x) if pooling == "max" else x


def classify(x: Any, classes: int, activation: Any) -> Any:
    """The means of the channels, and a dense layer on them."""
    return predict(pool(x, "avg"), classes, activation)


def named_classify(x: Any, classes: int, activation: Any) -> Any:
    """The same; the pooling has a name."""
    return predict(named_pool(x, "avg"), classes, activation)


def predict(x: Any, classes: int, activation: Any, **options: Any) -> Any:
    """The last layer."""
    return layers.Dense(classes, activation=activation, name="predictions", **options)(x)
