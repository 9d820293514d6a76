"""What the annotations of public arguments mean.

Words that an argument chooses from are literals, so that an editor completes them; a plain `str`
is accepted too, because programs read them from settings.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias, TypedDict

import jax

Array: TypeAlias = jax.Array
# An array, a Variable, a symbolic tensor, a number, a nested list of numbers, or an object of
# another library that becomes an array: no union names pandas, PyTorch and the rest.
Tensor: TypeAlias = Any
# A tensor, or a list, tuple or dictionary of such structures.
Tensors: TypeAlias = Any

Shape: TypeAlias = Sequence[int | None]
Axis: TypeAlias = int | Sequence[int] | None
DType: TypeAlias = Any  # "float32", a NumPy or JAX dtype; for layers a policy as well
Seed: TypeAlias = Any  # an integer, a SeedGenerator, an array of two uint32; None draws one

# Images, sound
Factor: TypeAlias = float | Sequence[float]
Window: TypeAlias = Literal["hann", "hamming"] | str | None
Interpolation: TypeAlias = Literal["bilinear", "nearest"] | str
Resampling: TypeAlias = Literal["bilinear", "nearest", "lanczos3", "lanczos5", "bicubic"] | str
FillMode: TypeAlias = Literal["reflect", "wrap", "constant", "nearest"] | str
BoxFormat: TypeAlias = (
    Literal[
        "xyxy", "yxyx", "xywh", "center_xywh", "center_yxhw",
        "rel_xyxy", "rel_yxyx", "rel_xywh", "rel_center_xywh",
    ]
    | str
)  # fmt: skip

Padding: TypeAlias = Literal["valid", "same"] | str
CausalPadding: TypeAlias = Literal["valid", "same", "causal"] | str
DataFormat: TypeAlias = Literal["channels_last", "channels_first"] | str | None
Sizes: TypeAlias = int | Sequence[int]  # one number for all spatial axes, or one an axis
Reduction: TypeAlias = (
    Literal["sum_over_batch_size", "mean", "mean_with_sample_weight", "sum", "none"] | str | None
)

# A field of these types takes a name, a configuration, a class, an object or a function, and holds
# the object or function, which a checker can't express. Constructors show `...Like` instead.
Activation: TypeAlias = Any
Initializer: TypeAlias = Any
Regularizer: TypeAlias = Any
Constraint: TypeAlias = Any
Rate: TypeAlias = Any

Identifier: TypeAlias = str | dict[str, Any] | type | Callable[..., Any] | None
ActivationLike: TypeAlias = (
    Literal[
        "relu", "sigmoid", "tanh", "softmax", "linear", "gelu", "silu", "swish", "elu", "selu",
        "softplus", "softsign", "leaky_relu", "relu6", "exponential", "mish", "log_softmax",
        "hard_sigmoid", "hard_silu", "celu", "glu",
    ]
    | Identifier
)  # fmt: skip
InitializerLike: TypeAlias = (
    Literal[
        "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform",
        "lecun_normal", "zeros", "ones", "uniform", "normal", "orthogonal", "truncated_normal",
    ]
    | Identifier
    | float
)  # fmt: skip
RegularizerLike: TypeAlias = Literal["l1", "l2", "l1_l2"] | Identifier
ConstraintLike: TypeAlias = Literal["non_neg", "max_norm", "unit_norm", "min_max_norm"] | Identifier
RateLike: TypeAlias = float | Callable[..., Any] | dict[str, Any]


class LayerOptions(TypedDict, total=False):
    """What every layer's constructor takes by name beside its own arguments."""

    activity_regularizer: RegularizerLike
    trainable: bool
    dtype: DType
    autocast: bool
    name: str | None
    batch_size: int | None
    input_dim: int | None
    input_shape: Shape | None
    input_length: int | None
    batch_input_shape: Shape | None
