"""Ready-made spaces: networks of images, and the augmentation of images."""

import importlib
from collections.abc import Callable
from typing import Any

from addax import Model, config, layers, ops, optimizers, random, utils
from addax.core.fields import fields
from addax.tuner.hypermodel import HyperModel
from addax.tuner.hyperparameters import HyperParameters

EPSILON = 1.001e-5
GROUPS = 32  # of a ResNeXt's convolutions
LOSS = {"loss": "categorical_crossentropy", "metrics": ["accuracy"]}
RATES = [0.1, 0.01, 0.001]


class _OfImages(HyperModel):
    """What the spaces of networks share: one of `input_shape` and `input_tensor` is needed."""

    def __init__(
        self,
        include_top: bool = True,
        input_shape: Any = None,
        input_tensor: Any = None,
        classes: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if include_top and classes is None:
            raise ValueError("You must specify `classes` when `include_top=True`.")
        if input_shape is None and input_tensor is None:
            raise ValueError("You must specify either `input_shape` or `input_tensor`.")
        self.include_top = include_top
        self.input_shape, self.input_tensor = input_shape, input_tensor
        self.classes: Any = classes

    def _input(self) -> tuple[Any, Any]:
        """The model's input, and the tensor that the network begins with."""
        if self.input_tensor is not None:
            return utils.get_source_inputs(self.input_tensor), self.input_tensor
        inputs = layers.Input(self.input_shape)
        return inputs, inputs


# --- ResNet ---------------------------------------------------------------------------------------


def _norm(x: Any, name: str) -> Any:
    axis = 3 if config.image_data_format() == "channels_last" else 1
    return layers.BatchNormalization(axis=axis, epsilon=EPSILON, name=f"{name}_bn")(x)


def _relu(x: Any, name: str) -> Any:
    return layers.Activation("relu", name=name)(x)


def _conv(x: Any, filters: int, size: int, name: str, **options: Any) -> Any:
    return layers.Conv2D(filters, size, name=f"{name}_conv", **options)(x)


def _block_v1(x: Any, filters: int, stride: int, project: bool, name: str) -> Any:
    """Convolutions, then normalization (He et al. 2015, https://arxiv.org/abs/1512.03385)."""
    short = x
    if project:
        short = _norm(_conv(x, 4 * filters, 1, f"{name}_0", strides=stride), f"{name}_0")
    x = _norm(_conv(x, filters, 1, f"{name}_1", strides=stride), f"{name}_1")
    x = _relu(x, f"{name}_1_relu")
    x = _norm(_conv(x, filters, 3, f"{name}_2", padding="same"), f"{name}_2")
    x = _relu(x, f"{name}_2_relu")
    x = _norm(_conv(x, 4 * filters, 1, f"{name}_3"), f"{name}_3")
    return _relu(layers.Add(name=f"{name}_add")([short, x]), f"{name}_out")


def _block_v2(x: Any, filters: int, stride: int, project: bool, name: str) -> Any:
    """Normalization first (He et al. 2016, https://arxiv.org/abs/1603.05027)."""
    before = _relu(_norm(x, f"{name}_preact"), f"{name}_preact_relu")
    if project:
        short = _conv(before, 4 * filters, 1, f"{name}_0", strides=stride)
    else:
        short = layers.MaxPooling2D(1, strides=stride)(x) if stride > 1 else x
    x = _norm(_conv(before, filters, 1, f"{name}_1", use_bias=False), f"{name}_1")
    x = layers.ZeroPadding2D(1, name=f"{name}_2_pad")(_relu(x, f"{name}_1_relu"))
    x = _norm(_conv(x, filters, 3, f"{name}_2", strides=stride, use_bias=False), f"{name}_2")
    x = _conv(_relu(x, f"{name}_2_relu"), 4 * filters, 1, f"{name}_3")
    return layers.Add(name=f"{name}_out")([short, x])


def _block_next(x: Any, filters: int, stride: int, project: bool, name: str) -> Any:
    """Convolutions in groups (Xie et al. 2017, https://arxiv.org/abs/1611.05431)."""
    wide, plain = (64 // GROUPS) * filters, {"use_bias": False}
    short = x
    if project:
        short = _norm(_conv(x, wide, 1, f"{name}_0", strides=stride, **plain), f"{name}_0")
    x = _relu(_norm(_conv(x, filters, 1, f"{name}_1", **plain), f"{name}_1"), f"{name}_1_relu")
    x = layers.ZeroPadding2D(1, name=f"{name}_2_pad")(x)
    x = _relu(_norm(_grouped(x, filters, stride, name), f"{name}_2"), f"{name}_2_relu")
    x = _norm(_conv(x, wide, 1, f"{name}_3", **plain), f"{name}_3")
    return _relu(layers.Add(name=f"{name}_add")([short, x]), f"{name}_out")


def _grouped(x: Any, filters: int, stride: int, name: str) -> Any:
    """A convolution in groups, as a depthwise one whose results are summed in each group."""
    c = filters // GROUPS
    x = layers.DepthwiseConv2D(
        3, strides=stride, depth_multiplier=c, use_bias=False, name=f"{name}_2_conv"
    )(x)
    if config.image_data_format() == "channels_last":
        place = tuple(x.shape[1:-1])
        groups, flat, axis = (*place, GROUPS, c, c), (*place, filters), -2
    else:
        place = tuple(x.shape[2:])
        groups, flat, axis = (GROUPS, c, c, *place), (filters, *place), 2
    return layers.Reshape(flat)(ops.sum(layers.Reshape(groups)(x), axis=axis))


# A version's block, the filters of its four stacks, the stride of the first stack and of the last,
# and which block of a stack has the stride.
RESNETS: dict[str, tuple[Callable, tuple[int, ...], tuple[int, ...], int]] = {
    "v1": (_block_v1, (64, 128, 256, 512), (1, 2, 2, 2), 0),
    "v2": (_block_v2, (64, 128, 256, 512), (2, 2, 2, 1), -1),
    "next": (_block_next, (64, 256, 512, 1024), (2, 2, 2, 1), 0),
}


class HyperResNet(_OfImages):
    """Residual networks: the version, the depth of two stacks, pooling, optimizer and rate."""

    def build(self, hp: HyperParameters) -> Any:
        version = hp.Choice("version", ["v1", "v2", "next"], default="v2")
        depths = (3, hp.Choice("conv3_depth", [4, 8]), hp.Choice("conv4_depth", [6, 23, 36]), 3)
        block, filters, strides, strided = RESNETS[version]
        inputs, x = self._input()
        x = layers.ZeroPadding2D(3, name="conv1_pad")(x)
        x = _conv(x, 64, 7, "conv1", strides=2, use_bias=version != "next")
        if version != "v2":
            x = _relu(_norm(x, "conv1"), "conv1_relu")
        x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
        x = layers.MaxPooling2D(3, strides=2, name="pool1_pool")(x)
        for i, (width, depth, stride) in enumerate(zip(filters, depths, strides, strict=True)):
            steps = [1] * depth
            steps[strided] = stride
            for j, step in enumerate(steps):
                x = block(x, width, step, j == 0, f"conv{i + 2}_block{j + 1}")
        if version == "v2":
            x = _relu(_norm(x, "post"), "post_relu")
        x = _pooled(hp, x, ["avg", "max"])
        if not self.include_top:
            return Model(inputs, x, name="ResNet")
        x = layers.Dense(self.classes, activation="softmax", name="probs")(x)
        model = Model(inputs, x, name="ResNet")
        optimizer = optimizers.get(hp.Choice("optimizer", ["adam", "rmsprop", "sgd"]))
        optimizer.learning_rate = hp.Choice("learning_rate", RATES, default=0.01)
        model.compile(optimizer, **LOSS)
        return model


def _pooled(hp: HyperParameters, x: Any, kinds: list[str]) -> Any:
    """The features of the whole image."""
    kind = hp.Choice("pooling", kinds, default="avg")
    if kind == "flatten":
        return layers.Flatten()(x)
    pool = layers.GlobalAveragePooling2D if kind == "avg" else layers.GlobalMaxPooling2D
    return pool(name=f"{kind}_pool")(x)


# --- Xception -------------------------------------------------------------------------------------

SELU = {"activation": "selu", "bias_initializer": "zeros"}


def _activated(x: Any, layer: Callable, activation: str, *initialized: str, **options: Any) -> Any:
    """A convolution with selu and its initializers, or with normalization and relu."""
    if activation == "selu":
        started = {f"{name}_initializer": "lecun_normal" for name in initialized}
        return layer(**SELU, **started, **options)(x)
    x = layers.BatchNormalization()(layer(use_bias=False, **options)(x))
    return layers.Activation("relu")(x)


def _separable(x: Any, filters: int, activation: str) -> Any:
    parts = ("depthwise", "pointwise")
    options = {"filters": filters, "kernel_size": 3, "padding": "same"}
    return _activated(x, layers.SeparableConv2D, activation, *parts, **options)


def _residual(x: Any, filters: int, activation: str, pools: bool) -> Any:
    strides, short = 2 if pools else 1, x
    if pools or filters != x.shape[-1]:
        short = layers.Conv2D(filters, 1, strides=strides, padding="same")(x)
    x = _separable(_separable(x, filters, activation), filters, activation)
    if pools:
        x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    return layers.add([x, short])


class HyperXception(_OfImages):
    """Separable convolutions in residual blocks (Chollet 2017, https://arxiv.org/abs/1610.02357)."""

    def build(self, hp: HyperParameters) -> Any:
        activation = hp.Choice("activation", ["relu", "selu"])
        inputs, x = self._input()
        first = {
            "filters": hp.Choice("conv2d_num_filters", [32, 64, 128], default=64),
            "kernel_size": hp.Choice("kernel_size", [3, 5]),
            "strides": hp.Choice("initial_strides", [2]),
        }
        x = _activated(x, layers.Conv2D, activation, "kernel", padding="same", **first)
        filters = hp.Int("sep_num_filters", 128, 768, step=128, default=256)
        for _ in range(hp.Int("num_residual_blocks", 2, 8, default=4)):
            x = _residual(x, filters, activation, pools=False)
        x = _residual(x, 2 * filters, activation, pools=True)
        x = _pooled(hp, x, ["avg", "flatten", "max"])
        if not self.include_top:
            return Model(inputs, x, name="Xception")
        count = hp.Int("num_dense_layers", 1, 3)
        dropped = hp.Float("dropout_rate", 0.0, 0.6, step=0.1, default=0.5)
        normalizes = hp.Choice("dense_use_bn", [True, False])
        for _ in range(count):
            start = "lecun_normal" if activation == "selu" else "glorot_uniform"
            x = layers.Dense(self.classes, activation=activation, kernel_initializer=start)(x)
            if activation == "relu" and normalizes:
                x = layers.BatchNormalization()(x)
            x = layers.Dropout(dropped)(x) if dropped else x
        x = layers.Dense(self.classes, activation="softmax")(x)
        model = Model(inputs, x, name="Xception")
        rate = hp.Choice("learning_rate", [1e-3, 1e-4, 1e-5])
        model.compile(optimizers.Adam(rate), **LOSS)
        return model


# --- EfficientNet ---------------------------------------------------------------------------------

SIZES = {"B0": 224, "B1": 240, "B2": 260, "B3": 300, "B4": 380, "B5": 456, "B6": 528, "B7": 600}


class HyperEfficientNet(_OfImages):
    """The networks of `addax.applications` with a new top, after an augmentation if there is one.

    A subclass may define `_compile(model, hp)`.
    """

    def __init__(
        self,
        input_shape: Any = None,
        input_tensor: Any = None,
        classes: int | None = None,
        augmentation_model: Any = None,
        **kwargs: Any,
    ) -> None:
        if not isinstance(augmentation_model, HyperModel | Model | None):
            raise ValueError(
                f"augmentation_model is a HyperModel or a Model; received {augmentation_model!r}."
            )
        super().__init__(True, input_shape, input_tensor, classes, **kwargs)
        self.augmentation_model = augmentation_model

    def build(self, hp: HyperParameters) -> Any:
        applications = importlib.import_module("addax.applications")
        inputs, x = self._input()
        augment = self.augmentation_model
        if isinstance(augment, HyperModel):
            augment = augment.build(hp)
        x = x if augment is None else augment(x)
        version = hp.Choice("version", list(SIZES), default="B0")
        x = layers.Resizing(SIZES[version], SIZES[version], interpolation="bilinear")(x)
        network = getattr(applications, f"EfficientNet{version}")
        x = network(include_top=False, input_tensor=x).output
        x = _pooled(hp, x, ["avg", "max"])
        rate = hp.Float("top_dropout_rate", 0.2, 0.8, step=0.2, default=0.2)
        x = layers.Dropout(rate, name="top_dropout")(x)
        x = layers.Dense(self.classes, activation="softmax", name="probs")(x)
        model = Model(inputs, x, name="EfficientNet")
        self._compile(model, hp)
        return model

    def _compile(self, model: Any, hp: HyperParameters) -> None:
        rate = hp.Choice("learning_rate", RATES, default=0.01)
        model.compile(optimizers.SGD(rate, momentum=0.1), **LOSS)


# --- augmentation ---------------------------------------------------------------------------------

# What each transform does to images, of a strength in [0, 1].
TRANSFORMS: dict[str, Callable[[float], Any]] = {
    "rotate": layers.RandomRotation,
    "translate_x": lambda strength: layers.RandomTranslation(strength, 0),
    "translate_y": lambda strength: layers.RandomTranslation(0, strength),
    "contrast": layers.RandomContrast,
}


@utils.register_keras_serializable(package="keras_tuner")
@fields
class RandAugment(layers.Layer):
    """One transform by chance for each image (Cubuk et al. 2019, https://arxiv.org/abs/1909.13719).

    `layers`: names in `TRANSFORMS`; `factors`: the strength of each.
    """

    layers: list
    factors: list

    def setup(self) -> None:
        pairs = zip(self.layers, self.factors, strict=True)
        self._choices = [TRANSFORMS[name](factor) if factor else None for name, factor in pairs]
        self.seed_generator = random.SeedGenerator()

    def call(self, inputs: Any) -> Any:
        shape = (ops.shape(inputs)[0], 1, 1, 1)
        draw = random.uniform(shape, maxval=len(self._choices), seed=self.seed_generator)
        chosen, outputs = ops.cast(draw, "int32"), inputs
        for i, layer in enumerate(self._choices):
            if layer is not None:
                outputs = ops.where(chosen == i, layer(inputs, training=True), outputs)
        return outputs


class HyperImageAugment(HyperModel):
    """Augmentations of images: which, and how strong.

    `rotate`, `translate_x`, `translate_y`, `contrast`: the largest strength, or the least and the
    largest, in [0, 1]; None leaves one out. `augment_layers`: how many transforms each image gets
    by chance, at most or from the least to the most; 0 applies all of them in order.
    """

    def __init__(
        self,
        input_shape: Any = None,
        input_tensor: Any = None,
        rotate: Any = 0.5,
        translate_x: Any = 0.4,
        translate_y: Any = 0.4,
        contrast: Any = 0.3,
        augment_layers: Any = 3,
        **kwargs: Any,
    ) -> None:
        if input_shape is None and input_tensor is None:
            raise ValueError("You must specify either `input_shape` or `input_tensor`.")
        given = {
            "rotate": rotate,
            "translate_x": translate_x,
            "translate_y": translate_y,
            "contrast": contrast,
        }
        self.transforms = [(n, _bounds(n, value, 0)) for n, value in given.items() if value]
        self.input_shape, self.input_tensor = input_shape, input_tensor
        self.model_name = "image_rand_augment" if augment_layers else "image_augment"
        if augment_layers:
            least, most = _bounds("augment_layers", augment_layers, 1)
            if int(least) != least or int(most) != most:
                raise ValueError(f"augment_layers must be int; received {augment_layers!r}.")
            self.augment_layers_min, self.augment_layers_max = least, most
        super().__init__(**kwargs)

    def build(self, hp: HyperParameters) -> Any:
        if self.input_tensor is not None:
            inputs, x = utils.get_source_inputs(self.input_tensor), self.input_tensor
        else:
            inputs = x = layers.Input(self.input_shape)
        by_chance = self.model_name == "image_rand_augment"
        x = self._by_chance(x, hp) if by_chance else self._in_order(x, hp)
        return Model(inputs, x, name=self.model_name)

    def _by_chance(self, x: Any, hp: HyperParameters) -> Any:
        least = self.augment_layers_min
        for _ in range(hp.Int("augment_layers", least, self.augment_layers_max, default=least)):
            factors = [hp.Float(f"factor_{n}", a, b, default=a) for n, (a, b) in self.transforms]
            x = RandAugment([name for name, _ in self.transforms], factors)(x)
        return x

    def _in_order(self, x: Any, hp: HyperParameters) -> Any:
        for name, (least, most) in self.transforms:
            factor = hp.Float(f"factor_{name}", least, most, step=0.05, default=least)
            x = TRANSFORMS[name](factor)(x) if factor else x
        return x


def _bounds(name: str, value: Any, least: int) -> tuple[Any, Any]:
    """The least and the largest; one number is the largest."""
    bounds = tuple(value) if isinstance(value, (list, tuple)) else (least, value)
    if len(bounds) != 2 or not all(isinstance(b, (int, float)) for b in bounds):
        raise ValueError(f"{name} must be int or float, or two of them; received {value!r}.")
    return bounds
