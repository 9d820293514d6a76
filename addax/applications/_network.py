"""From what a network is made of to a model with weights."""

import inspect
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from addax import activations, layers, models
from addax.applications._blocks import Pool, Top, named_classify, named_pool
from addax.applications._weights import Pretrained, locate
from addax.core import settings
from addax.core.checks import one_of, positive
from addax.core.types import ActivationLike
from addax.models import Model
from addax.utils import get_source_inputs, is_keras_tensor

Weights: TypeAlias = str | os.PathLike[str] | None
ImageShape: TypeAlias = Sequence[int | None] | None

ARGUMENTS = """
include_top: whether the classifier is part of it; without one it gives features.
weights: "imagenet", the path of a file of weights, or None for random ones.
input_tensor: a symbolic tensor to build on, in place of a new `Input`.
input_shape: the shape of one image; without the top, height and width may be other ones or None.
pooling: without the top, "avg" or "max" over height and width; None keeps the feature map.
classes, classifier_activation: of the top; an activation of None gives logits.

Raises ValueError for arguments that contradict each other, LoadError for the weights of another
network, DownloadError if the weights are neither here nor to be had.
"""


@dataclass(frozen=True)
class Network:
    """One network: all that is not an argument of its caller's."""

    name: str
    features: Callable[[Any], Any]  # images -> the last feature map
    pretrained: Pretrained
    size: int = 224  # height and width of the images that the top takes
    least: int = 32
    top: Top = named_classify
    pool: Pool = named_pool
    channels_last_only: bool = False
    any_size: bool = False  # whether the top takes images of any size


def assemble(
    network: Network,
    include_top: bool = True,
    weights: Weights = "imagenet",
    input_tensor: Any = None,
    input_shape: ImageShape = None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: ActivationLike = "softmax",
    name: str | None = None,
) -> Model:
    """The model of a network."""
    name = name or network.name
    positive(classes=classes)
    one_of("pooling", pooling, (None, "avg", "max"))
    if network.channels_last_only and settings.image_data_format() == "channels_first":
        raise ValueError(
            f"{name} takes channels_last images only, and image_data_format() is channels_first: "
            'call addax.config.set_image_data_format("channels_last") first.'
        )
    _check_weights(weights, include_top, classes, classifier_activation)
    shape = image_shape(network, input_shape, include_top, weights)
    path = locate(network.pretrained, include_top) if weights == "imagenet" else weights

    images = layers.Input(shape) if input_tensor is None else _symbolic(input_tensor)
    x = network.features(images)
    outputs = (
        network.top(x, classes, classifier_activation) if include_top else network.pool(x, pooling)
    )
    inputs = images if input_tensor is None else get_source_inputs(images)
    model = models.Model(inputs, outputs, name=name)
    if path is not None:
        model.load_weights(path)
    return model


def _symbolic(tensor: Any) -> Any:
    if not is_keras_tensor(tensor):
        raise ValueError(
            f"input_tensor is a symbolic tensor, such as addax.Input(shape) gives; received "
            f"{type(tensor).__name__}."
        )
    return tensor


def sides(shape: Sequence[int | None]) -> tuple[int | None, int | None]:
    """Height and width in the shape of one image."""
    first = settings.image_data_format() == "channels_first"
    height, width = shape[1:] if first else shape[:2]
    return height, width


def _check_weights(weights: Any, include_top: bool, classes: int, activation: Any) -> None:
    if weights is None:
        return
    if weights != "imagenet" and not os.path.exists(weights):
        raise ValueError(
            f"weights is None, 'imagenet' or the path of a file; there is no file {weights!r}."
        )
    if not include_top:
        return
    if weights == "imagenet" and classes != 1000:
        raise ValueError(
            f"The top of ImageNet's weights has 1000 classes; received classes={classes}. Pass "
            "include_top=False and add a layer for your classes, or weights=None."
        )
    if activations.get(activation) not in (activations.softmax, activations.get(None)):
        raise ValueError(
            "Weights were trained for a softmax: classifier_activation is 'softmax' or None with "
            f"them; received {activation!r}."
        )


def image_shape(
    network: Network, given: ImageShape, include_top: bool, weights: Weights
) -> tuple[int | None, ...]:
    """The shape of one image: the one given, checked, or what the network was made for."""
    first = settings.image_data_format() == "channels_first"

    def shape(side: int | None, channels: int = 3) -> tuple[int | None, ...]:
        return (channels, side, side) if first else (side, side, channels)

    fixed = include_top and not network.any_size
    if given is None:
        return shape(network.size if fixed else None)
    if len(given) != 3:
        raise ValueError(
            f"input_shape is the shape of one image, such as {shape(network.size)}; received "
            f"{given!r}."
        )
    given = tuple(given)
    if weights == "imagenet" and given[0 if first else 2] != 3:
        raise ValueError(f"ImageNet's weights take 3 channels; received input_shape={given}.")
    if any(side is not None and side < network.least for side in sides(given)):
        raise ValueError(
            f"{network.name} takes images of at least {network.least} x {network.least}; received "
            f"input_shape={given}."
        )
    if fixed and weights == "imagenet" and given != shape(network.size):
        raise ValueError(
            f"With ImageNet's weights and the top, input_shape is {shape(network.size)}; received "
            f"{given}. Pass include_top=False for images of another size."
        )
    if fixed and None in sides(given):
        raise ValueError(
            f"With the top, input_shape has a height and a width; received {given}. Pass "
            "include_top=False for images of any size."
        )
    return given


# --- the public functions -------------------------------------------------------------------------

Arguments = ParamSpec("Arguments")
Variant = TypeVar("Variant")


def application(
    module: str,
    title: str,
    build: Callable[Concatenate[Variant, Arguments], Model],
    variant: Variant,
) -> Callable[Arguments, Model]:
    """The public function `title` of `module`: `build` for one variant of a family."""
    known = list(inspect.signature(build).parameters.values())[1:]
    own_name: Any = getattr(variant, "name", None)
    signature = inspect.Signature(
        [p.replace(default=own_name) if p.name == "name" else p for p in known]
    )

    def function(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Model:
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{title}{signature}: {error}.") from None
        bound.apply_defaults()
        return build(variant, **bound.arguments)  # pyright: ignore[reportCallIssue]

    function.__name__ = function.__qualname__ = title
    function.__module__ = module
    function.__doc__ = f"{title}. {sys.modules[module].__doc__}{ARGUMENTS}"
    function.__signature__ = signature  # type: ignore[attr-defined]
    return function
