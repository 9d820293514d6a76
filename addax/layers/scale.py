"""Small layers inside the networks of `addax.applications`: they stand here so that any file that
names them can be read."""

from addax import initializers, ops, random
from addax.core.checks import positive
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.names import publish
from addax.core.types import Array, Shape, Tensor


@fields
class CustomScaleLayer(Layer):
    """`x + scale * y` for the pair `[x, y]` of one shape: the residual sum of Inception-ResNet.

    Szegedy et al. 2016, https://arxiv.org/abs/1602.07261.
    """

    scale: float

    built_at_once = True

    def call(self, inputs: Tensor) -> Array:
        x, y = inputs
        return x + y * self.scale


@fields
class LayerScale(Layer):
    """`x * gamma` with a weight for each channel, at first `init_values`: `(..., d)` -> the same.

    `projection_dim` is `d`. Touvron et al. 2021, https://arxiv.org/abs/2103.17239.
    """

    init_values: float
    projection_dim: int

    def setup(self) -> None:
        positive(projection_dim=self.projection_dim)

    def build(self, input_shape: Shape) -> None:
        start = initializers.Constant(self.init_values)
        self.gamma = self.add_weight((self.projection_dim,), start, name="gamma")

    def call(self, x: Tensor) -> Array:
        return x * self.gamma


@fields
class StochasticDepth(Layer):
    """In training, zeroes whole examples with probability `drop_path_rate`, and divides the others
    by the probability of staying: `(batch, ...)` -> the same. Huang et al. 2016,
    https://arxiv.org/abs/1603.09382.
    """

    drop_path_rate: float

    built_at_once = True

    def call(self, x: Tensor, training: bool | None = None) -> Array:
        if not training:
            return x
        kept = 1 - self.drop_path_rate
        shape = (ops.shape(x)[0], *(1,) * (len(x.shape) - 1))
        return x / kept * ops.cast(ops.floor(kept + random.uniform(shape)), x.dtype)


# Keras exports none of them: its files name the modules in which they are written.
publish("keras.src.applications.inception_resnet_v2", [CustomScaleLayer])
publish("keras.src.applications.convnext", [LayerScale, StochasticDepth])
