# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Layers: the pieces models are made of."""

from addax.core.configs import deserialize as deserialize
from addax.core.configs import getter as getter
from addax.core.input_spec import InputSpec as InputSpec
from addax.core.layer import Layer as Layer
from addax.core.names import publish as publish
from addax.core.types import ActivationLike as ActivationLike
from addax.core.types import CausalPadding as CausalPadding
from addax.core.types import ConstraintLike as ConstraintLike
from addax.core.types import DType as DType
from addax.core.types import DataFormat as DataFormat
from addax.core.types import InitializerLike as InitializerLike
from addax.core.types import Padding as Padding
from addax.core.types import RegularizerLike as RegularizerLike
from addax.core.types import Seed as Seed
from addax.core.types import Shape as Shape
from addax.core.types import Sizes as Sizes
from addax.core.types import Tensor as Tensor
from addax.layers import activation as _activation
from addax.layers import attention as _attention
from addax.layers import basic as _basic
from addax.layers import cells as _cells
from addax.layers import conv as _conv
from addax.layers import conv_depthwise as _conv_depthwise
from addax.layers import conv_rnn as _conv_rnn
from addax.layers import dense as _dense
from addax.layers import dropout as _dropout
from addax.layers import embedding as _embedding
from addax.layers import merge as _merge
from addax.layers import norm as _norm
from addax.layers import pool as _pool
from addax.layers import reshape as _reshape
from addax.layers import rnn as _rnn
from addax.layers import wrap as _wrap
from addax.layers.input import Input as Input
from addax.layers.input import InputLayer as InputLayer
from addax.layers.merge import add as add
from addax.layers.merge import average as average
from addax.layers.merge import concatenate as concatenate
from addax.layers.merge import dot as dot
from addax.layers.merge import maximum as maximum
from addax.layers.merge import minimum as minimum
from addax.layers.merge import multiply as multiply
from addax.layers.merge import subtract as subtract
from addax.layers.preprocessing import numeric as _numeric
from addax.layers.preprocessing.numeric import Normalization as Normalization
from addax.layers.wrap import Bidirectional as Bidirectional
from addax.layers.wrap import FlaxLayer as FlaxLayer
from addax.layers.wrap import JaxLayer as JaxLayer
from addax.layers.wrap import TFSMLayer as TFSMLayer
from addax.layers.wrap import TorchModuleWrapper as TorchModuleWrapper
from collections.abc import Callable
from collections.abc import Sequence
from typing import Any
from typing import Literal

class ELU(_activation.ELU):
    """x above 0, `alpha * (exp(x) - 1)` below (Clevert et al. 2015).
    """

    def __init__(
        self,
        alpha: float = 1.0,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Activation(_activation.Activation):
    """`activation(x)`, elementwise or as the function does: any shape -> the same.
    """

    def __init__(
        self,
        activation: ActivationLike,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class LeakyReLU(_activation.LeakyReLU):
    """x above 0, `negative_slope * x` below (Maas et al. 2013). `alpha` is the slope's old name.
    """

    def __init__(
        self,
        negative_slope: float = 0.3,
        alpha: float | None = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class PReLU(_activation.PReLU):
    """x above 0, `alpha * x` below, one learned alpha an element (He et al. 2015).

    Along `shared_axes` (the batch is axis 0) one alpha serves for all: [1, 2] for images gives one
    a channel.
    """

    def __init__(
        self,
        alpha_initializer: InitializerLike = "Zeros",
        alpha_regularizer: RegularizerLike = None,
        alpha_constraint: ConstraintLike = None,
        shared_axes: int | Sequence[int] | None = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class ReLU(_activation.ReLU):
    """x above `threshold`, `negative_slope * (x - threshold)` below, at most `max_value`.
    """

    def __init__(
        self,
        max_value: float | None = None,
        negative_slope: float = 0.0,
        threshold: float = 0.0,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Softmax(_activation.Softmax):
    """`exp(x)` scaled to sum 1 along `axis`, one axis or several.

    `mask`, True where an element takes part, broadcasts against the input; the others become 0.
    """

    def __init__(
        self,
        axis: int | Sequence[int] = -1,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AdditiveAttention(_attention.AdditiveAttention):
    """Attention scored by `sum(scale * tanh(query + key))` (Bahdanau et al. 2015).
    """

    def __init__(
        self,
        use_scale: bool = True,
        dropout: float = 0.0,
        seed: Seed = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Attention(_attention.Attention):
    """Dot-product attention (Luong et al. 2015): `softmax(query @ key.T) @ value`.

    `score_mode="concat"` scores by `w * sum(tanh(scale * (query + key)))`. `use_scale` trains a
    scale of the scores.
    """

    def __init__(
        self,
        use_scale: bool = False,
        score_mode: Literal['dot', 'concat'] | str = "dot",
        dropout: float = 0.0,
        seed: Seed = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GroupQueryAttention(_attention.GroupedQueryAttention):
    """Attention whose query heads share, in groups, heads of key and value.

    (batch, t, d), (batch, s, d) -> (batch, t, d) (https://arxiv.org/abs/2305.13245).
    """

    def __init__(
        self,
        head_dim: int,
        num_query_heads: int,
        num_key_value_heads: int,
        dropout: float = 0.0,
        use_bias: bool = True,
        sliding_window: int | None = None,
        flash_attention: bool | None = None,
        kernel_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        use_gate: bool = False,
        seed: Seed = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class MultiHeadAttention(_attention.MultiHeadAttention):
    """Attention in several projected spaces at once (https://arxiv.org/abs/1706.03762).

    `(query (batch, t, d), value (batch, s, e), key=value)` -> (batch, t, d or *output_shape)`:
    each head takes `softmax(q @ k.T / sqrt(key_dim)) @ v`, and a last projection mixes the heads.
    Masks are True where to attend; `attention_mask` is (batch, t, s), with or without heads.
    With `return_attention_scores` also (batch, heads, t, s).
    """

    def __init__(
        self,
        num_heads: int,
        key_dim: int,
        value_dim: int | None = None,
        dropout: float = 0.0,
        use_bias: bool = True,
        output_shape: int | Sequence[int] | None = None,
        attention_axes: int | Sequence[int] | None = None,
        sliding_window: int | None = None,
        flash_attention: bool | None = None,
        kernel_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        use_gate: bool = False,
        seed: Seed = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Identity(_basic.Identity):
    """The input, whatever it is.
    """

    def __init__(
        self,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Lambda(_basic.Lambda):
    """`function(inputs, **arguments)`, with `mask` and `training` if the function takes them.

    A file stores the function by name; a lambda has none, so a model with one can't be saved, and
    files that hold the code of one are refused (ValueError). `output_shape`, without the batch
    axis or a function of the input shape, is for functions whose output can't be inferred.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        output_shape: Any = None,
        mask: Any = None,
        arguments: dict[str, Any] | None = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Masking(_basic.Masking):
    """Marks the steps whose features all equal `mask_value`: later layers skip them.

    (batch, time, d) -> the same, with zeros at the marked steps.
    """

    def __init__(
        self,
        mask_value: Tensor = 0.0,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GRUCell(_cells.GRUCell):
    """One step of a gated recurrent unit: (batch, d), h -> h', h'.

    z, r = sigmoid of their sums; h' = z * h + (1 - z) * tanh(x_h + r * (h @ U + b)), or, with
    `reset_after=False`, tanh(x_h + (r * h) @ U) (Cho et al. 2014, https://arxiv.org/abs/1406.1078,
    whose first version has the product before the reset).
    """

    def __init__(
        self,
        units: int,
        activation: ActivationLike = "tanh",
        recurrent_activation: ActivationLike = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        recurrent_initializer: InitializerLike = "orthogonal",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        recurrent_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        recurrent_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        reset_after: bool = True,
        seed: Seed = None,
        *,
        implementation: int = 2,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class LSTMCell(_cells.LSTMCell):
    """One step of long short-term memory: (batch, d), [h, c] -> (batch, units), [h, c].

    With z = x @ kernel + h @ recurrent_kernel + bias split into i, f, g, o:
    c' = sigmoid(f) * c + sigmoid(i) * tanh(g), h' = sigmoid(o) * tanh(c')
    (Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000).
    """

    def __init__(
        self,
        units: int,
        activation: ActivationLike = "tanh",
        recurrent_activation: ActivationLike = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        recurrent_initializer: InitializerLike = "orthogonal",
        bias_initializer: InitializerLike = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: RegularizerLike = None,
        recurrent_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        recurrent_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Seed = None,
        *,
        implementation: int = 2,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class SimpleRNNCell(_cells.SimpleRNNCell):
    """`h' = activation(x @ kernel + bias + h @ recurrent_kernel)`: (batch, d), h -> h', h'.
    """

    def __init__(
        self,
        units: int,
        activation: ActivationLike = "tanh",
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        recurrent_initializer: InitializerLike = "orthogonal",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        recurrent_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        recurrent_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Seed = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class StackedRNNCells(_cells.StackedRNNCells):
    """Cells one above the other as one cell: each one's output is the next one's input.

    The state is the list of the cells' states.
    """

    def __init__(
        self,
        cells: Sequence[Any],
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Conv1D(_conv.Conv1D):
    """1D convolution: (batch, time, d) -> (batch, time', filters).

    "causal" pads the past only: step t of the output sees no step after t.
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: CausalPadding = "valid",
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        groups: int = 1,
        activation: ActivationLike = None,
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        *,
        lora_rank: int | None = None,
        lora_alpha: float | None = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Conv1DTranspose(_conv.Conv1DTranspose):
    """1D transposed convolution: (batch, time, d) -> (batch, time', filters).
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: Padding = "valid",
        output_padding: Sizes | None = None,
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        activation: ActivationLike = None,
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Conv2D(_conv.Conv2D):
    """2D convolution: (batch, height, width, d) -> (batch, height', width', filters).
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: CausalPadding = "valid",
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        groups: int = 1,
        activation: ActivationLike = None,
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        *,
        lora_rank: int | None = None,
        lora_alpha: float | None = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Conv2DTranspose(_conv.Conv2DTranspose):
    """2D transposed convolution: (batch, height, width, d) -> (batch, height', width', filters).
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: Padding = "valid",
        output_padding: Sizes | None = None,
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        activation: ActivationLike = None,
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Conv3D(_conv.Conv3D):
    """3D convolution: (batch, depth, height, width, d) -> (batch, ..., filters).
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: CausalPadding = "valid",
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        groups: int = 1,
        activation: ActivationLike = None,
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        *,
        lora_rank: int | None = None,
        lora_alpha: float | None = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Conv3DTranspose(_conv.Conv3DTranspose):
    """3D transposed convolution: (batch, depth, height, width, d) -> (batch, ..., filters).
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        output_padding: Sizes | None = None,
        dilation_rate: Sizes = 1,
        activation: ActivationLike = None,
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class DepthwiseConv1D(_conv_depthwise.DepthwiseConv1D):
    """1D depthwise convolution: (batch, time, d) -> (batch, time', d * depth_multiplier).
    """

    def __init__(
        self,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: Padding = "valid",
        depth_multiplier: int = 1,
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        activation: ActivationLike = None,
        use_bias: bool = True,
        depthwise_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        depthwise_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        depthwise_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class DepthwiseConv2D(_conv_depthwise.DepthwiseConv2D):
    """2D depthwise convolution: (batch, height, width, d) -> (batch, ..., d * depth_multiplier).
    """

    def __init__(
        self,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: Padding = "valid",
        depth_multiplier: int = 1,
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        activation: ActivationLike = None,
        use_bias: bool = True,
        depthwise_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        depthwise_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        depthwise_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class SeparableConv1D(_conv_depthwise.SeparableConv1D):
    """1D separable convolution: (batch, time, d) -> (batch, time', filters).
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        depth_multiplier: int = 1,
        activation: ActivationLike = None,
        use_bias: bool = True,
        depthwise_initializer: InitializerLike = "glorot_uniform",
        pointwise_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        depthwise_regularizer: RegularizerLike = None,
        pointwise_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        depthwise_constraint: ConstraintLike = None,
        pointwise_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class SeparableConv2D(_conv_depthwise.SeparableConv2D):
    """2D separable convolution: (batch, height, width, d) -> (batch, height', width', filters).
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        depth_multiplier: int = 1,
        activation: ActivationLike = None,
        use_bias: bool = True,
        depthwise_initializer: InitializerLike = "glorot_uniform",
        pointwise_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        depthwise_regularizer: RegularizerLike = None,
        pointwise_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        depthwise_constraint: ConstraintLike = None,
        pointwise_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class ConvLSTM1D(_conv_rnn.ConvLSTM1D):
    """(batch, time, length, d) -> (batch, length', filters). See `ConvLSTMCell`.
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        activation: ActivationLike = "tanh",
        recurrent_activation: ActivationLike = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        recurrent_initializer: InitializerLike = "orthogonal",
        bias_initializer: InitializerLike = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: RegularizerLike = None,
        recurrent_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        recurrent_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Seed = None,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        *,
        rank: int = 1,
        unroll: bool = False,
        zero_output_for_mask: bool = False,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class ConvLSTM2D(_conv_rnn.ConvLSTM2D):
    """(batch, time, height, width, d) -> (batch, height', width', filters). See `ConvLSTMCell`.
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        activation: ActivationLike = "tanh",
        recurrent_activation: ActivationLike = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        recurrent_initializer: InitializerLike = "orthogonal",
        bias_initializer: InitializerLike = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: RegularizerLike = None,
        recurrent_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        recurrent_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Seed = None,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        *,
        rank: int = 2,
        unroll: bool = False,
        zero_output_for_mask: bool = False,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class ConvLSTM3D(_conv_rnn.ConvLSTM3D):
    """(batch, time, *three axes, d) -> (batch, *three axes, filters). See `ConvLSTMCell`.
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Sizes,
        strides: Sizes = 1,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        dilation_rate: Sizes = 1,
        activation: ActivationLike = "tanh",
        recurrent_activation: ActivationLike = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        recurrent_initializer: InitializerLike = "orthogonal",
        bias_initializer: InitializerLike = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: RegularizerLike = None,
        recurrent_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        recurrent_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Seed = None,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        *,
        rank: int = 3,
        unroll: bool = False,
        zero_output_for_mask: bool = False,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Dense(_dense.Dense):
    """`activation(x @ kernel + bias)` over the last axis: (..., d) -> (..., units).
    """

    def __init__(
        self,
        units: int,
        activation: ActivationLike = None,
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        lora_rank: int | None = None,
        lora_alpha: float | None = None,
        quantization_config: Any = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class EinsumDense(_dense.EinsumDense):
    """`activation(einsum(equation, x, kernel) + bias)`.

    "abc,cd->abd" with `output_shape=(None, 64)` (no batch axis) is a Dense on sequences.
    `bias_axes` names the letters of the output that the bias has.
    """

    def __init__(
        self,
        equation: str,
        output_shape: int | Shape,
        activation: ActivationLike = None,
        bias_axes: str | None = None,
        kernel_initializer: InitializerLike = "glorot_uniform",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        lora_rank: int | None = None,
        lora_alpha: float | None = None,
        gptq_unpacked_column_size: int | None = None,
        quantization_config: Any = None,
        activity_regularizer: RegularizerLike = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class ActivityRegularization(_dropout.ActivityRegularization):
    """The input unchanged; `l1 * sum(|x|) + l2 * sum(x**2)` an example joins the loss.
    """

    def __init__(
        self,
        l1: float = 0.0,
        l2: float = 0.0,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AlphaDropout(_dropout.AlphaDropout):
    """Dropout for `selu`: elements fall to its floor; mean and variance stay (Klambauer 2017).
    """

    def __init__(
        self,
        rate: float,
        noise_shape: Shape | None = None,
        seed: Seed = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Dropout(_dropout.Dropout):
    """While training, zero each element with probability `rate` and scale the rest by 1/(1-rate).

    `noise_shape` broadcasts against the input: 1 where the same choice is to be shared
    (Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html).
    """

    def __init__(
        self,
        rate: float,
        noise_shape: Shape | None = None,
        seed: Seed = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GaussianDropout(_dropout.GaussianDropout):
    """While training, multiply by noise of mean 1 and variance `rate / (1 - rate)`.

    (Srivastava et al. 2014, section 10)
    """

    def __init__(
        self,
        rate: float,
        seed: Seed = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GaussianNoise(_dropout.GaussianNoise):
    """While training, add noise of mean 0 and standard deviation `stddev`.
    """

    def __init__(
        self,
        stddev: float,
        seed: Seed = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class SpatialDropout1D(_dropout.SpatialDropout1D):
    """Dropout of whole channels of (batch, time, d).
    """

    def __init__(
        self,
        rate: float,
        seed: Seed = None,
        name: str | None = None,
        dtype: Any = None,
        *,
        data_format: DataFormat = None,
        activity_regularizer: Any = None,
        trainable: bool = True,
        autocast: bool = True,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class SpatialDropout2D(_dropout.SpatialDropout2D):
    """Dropout of whole channels of (batch, height, width, d).
    """

    def __init__(
        self,
        rate: float,
        data_format: DataFormat = None,
        seed: Seed = None,
        name: str | None = None,
        dtype: Any = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        autocast: bool = True,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class SpatialDropout3D(_dropout.SpatialDropout3D):
    """Dropout of whole channels of (batch, depth, height, width, d).
    """

    def __init__(
        self,
        rate: float,
        data_format: DataFormat = None,
        seed: Seed = None,
        name: str | None = None,
        dtype: Any = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        autocast: bool = True,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Embedding(_embedding.Embedding):
    """Row `i` of a table for each integer `i`: (batch, time) -> (batch, time, output_dim).

    `mask_zero`: 0 marks padding, and later layers skip it.
    """

    def __init__(
        self,
        input_dim: int,
        output_dim: int,
        embeddings_initializer: InitializerLike = "uniform",
        embeddings_regularizer: RegularizerLike = None,
        embeddings_constraint: ConstraintLike = None,
        mask_zero: bool = False,
        weights: Any = None,
        lora_rank: int | None = None,
        lora_alpha: float | None = None,
        quantization_config: Any = None,
        activity_regularizer: RegularizerLike = None,
        *,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
    ) -> None: ...

class ReversibleEmbedding(Embedding, _embedding.ReversibleEmbedding):
    """An embedding that also goes back: `call(x, reverse=True)` gives a logit a row of the table.

    (batch, time) -> (batch, time, output_dim); reversed (..., output_dim) -> (..., input_dim), by
    the same table if `tie_weights`. `logit_soft_cap` c limits logits to `c * tanh(logits / c)`.
    """

    def __init__(
        self,
        input_dim: int,
        output_dim: int,
        tie_weights: bool = True,
        embeddings_initializer: InitializerLike = "uniform",
        embeddings_regularizer: RegularizerLike = None,
        embeddings_constraint: ConstraintLike = None,
        mask_zero: bool = False,
        reverse_dtype: DType = None,
        logit_soft_cap: float | None = None,
        *,
        activity_regularizer: RegularizerLike = None,
        lora_rank: int | None = None,
        lora_alpha: float | None = None,
        quantization_config: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Add(_merge.Add):
    """The sum of the inputs.
    """

    def __init__(
        self,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Average(_merge.Average):
    """The mean of the inputs.
    """

    def __init__(
        self,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Concatenate(_merge.Concatenate):
    """The inputs one after the other along `axis`.
    """

    def __init__(
        self,
        axis: int = -1,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Dot(_merge.Dot):
    """Products summed over one axis of each of two inputs; the batch axis stays.

    (batch, a, d), (batch, b, d) -> (batch, a, b) for axes=2; (batch, d), (batch, d) -> (batch, 1).
    `normalize` divides by the norms along that axis first: cosine similarity.
    """

    def __init__(
        self,
        axes: int | Sequence[int],
        normalize: bool = False,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Maximum(_merge.Maximum):
    """The largest of the inputs, element by element.
    """

    def __init__(
        self,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Minimum(_merge.Minimum):
    """The smallest of the inputs, element by element.
    """

    def __init__(
        self,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Multiply(_merge.Multiply):
    """The product of the inputs; masked steps count as 1, and as 0 where all are masked.
    """

    def __init__(
        self,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Subtract(_merge.Subtract):
    """The first of two inputs minus the second.
    """

    def __init__(
        self,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class BatchNormalization(_norm.BatchNormalization):
    """`(x - mean) / sqrt(variance + epsilon) * gamma + beta` per channel of `axis`.

    Training takes the statistics of the batch (of unmasked steps) and moves the running ones by
    `1 - momentum`; inference, or a frozen layer, takes the running ones
    (Ioffe and Szegedy 2015, https://arxiv.org/abs/1502.03167).
    """

    def __init__(
        self,
        axis: int = -1,
        momentum: float = 0.99,
        epsilon: float = 0.001,
        center: bool = True,
        scale: bool = True,
        beta_initializer: InitializerLike = "zeros",
        gamma_initializer: InitializerLike = "ones",
        moving_mean_initializer: InitializerLike = "zeros",
        moving_variance_initializer: InitializerLike = "ones",
        beta_regularizer: RegularizerLike = None,
        gamma_regularizer: RegularizerLike = None,
        beta_constraint: ConstraintLike = None,
        gamma_constraint: ConstraintLike = None,
        renorm: bool = False,
        renorm_clipping: dict[str, float] | None = None,
        renorm_momentum: float = 0.99,
        synchronized: bool = False,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GroupNormalization(_norm.GroupNormalization):
    """Normalizes groups of channels, each example by itself; groups=-1: each channel.

    `(x - mean) / sqrt(variance + epsilon) * gamma + beta` (Wu and He 2018,
    https://arxiv.org/abs/1803.08494).
    """

    def __init__(
        self,
        groups: int = 32,
        axis: int = -1,
        epsilon: float = 0.001,
        center: bool = True,
        scale: bool = True,
        beta_initializer: InitializerLike = "zeros",
        gamma_initializer: InitializerLike = "ones",
        beta_regularizer: RegularizerLike = None,
        gamma_regularizer: RegularizerLike = None,
        beta_constraint: ConstraintLike = None,
        gamma_constraint: ConstraintLike = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class LayerNormalization(_norm.LayerNormalization):
    """`(x - mean) / sqrt(variance + epsilon) * gamma + beta`, each example by itself over `axis`.

    (Ba et al. 2016, https://arxiv.org/abs/1607.06450)
    """

    def __init__(
        self,
        axis: int | Sequence[int] = -1,
        epsilon: float = 0.001,
        center: bool = True,
        scale: bool = True,
        beta_initializer: InitializerLike = "zeros",
        gamma_initializer: InitializerLike = "ones",
        beta_regularizer: RegularizerLike = None,
        gamma_regularizer: RegularizerLike = None,
        beta_constraint: ConstraintLike = None,
        gamma_constraint: ConstraintLike = None,
        rms_scaling: bool = False,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class RMSNormalization(_norm.RMSNormalization):
    """`x / sqrt(mean(x**2) + epsilon) * scale` over `axis` (Zhang and Sennrich 2019).
    """

    def __init__(
        self,
        axis: int | Sequence[int] = -1,
        epsilon: float = 1e-06,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class SpectralNormalization(Wrapper, _norm.SpectralNormalization):
    """Runs `layer` and, while training, divides its kernel by the kernel's largest singular value.

    `power_iterations` steps of the power method a call track it (Miyato et al. 2018,
    https://arxiv.org/abs/1802.05957). The layer has a `kernel` or `embeddings`, else ValueError.
    """

    def __init__(
        self,
        layer: Any,
        power_iterations: int = 1,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class UnitNormalization(_norm.UnitNormalization):
    """`x / sqrt(sum(x**2))` over `axis`: vectors of length 1.
    """

    def __init__(
        self,
        axis: int | Sequence[int] = -1,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AdaptiveAveragePooling1D(_pool.AdaptiveAveragePooling1D):
    """The mean of `output_size` windows over time.
    """

    def __init__(
        self,
        output_size: Sizes,
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AdaptiveAveragePooling2D(_pool.AdaptiveAveragePooling2D):
    """The mean of `output_size` windows over height and width.
    """

    def __init__(
        self,
        output_size: Sizes,
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AdaptiveAveragePooling3D(_pool.AdaptiveAveragePooling3D):
    """The mean of `output_size` windows over three spatial axes.
    """

    def __init__(
        self,
        output_size: Sizes,
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AdaptiveMaxPooling1D(_pool.AdaptiveMaxPooling1D):
    """The maximum of `output_size` windows over time.
    """

    def __init__(
        self,
        output_size: Sizes,
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AdaptiveMaxPooling2D(_pool.AdaptiveMaxPooling2D):
    """The maximum of `output_size` windows over height and width.
    """

    def __init__(
        self,
        output_size: Sizes,
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AdaptiveMaxPooling3D(_pool.AdaptiveMaxPooling3D):
    """The maximum of `output_size` windows over three spatial axes.
    """

    def __init__(
        self,
        output_size: Sizes,
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AveragePooling1D(_pool.AveragePooling1D):
    """The mean of each window: (batch, time, d) -> (batch, time', d).
    """

    def __init__(
        self,
        pool_size: Sizes = 2,
        strides: Sizes | None = None,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        name: str | None = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AveragePooling2D(_pool.AveragePooling2D):
    """The mean of each window: (batch, height, width, d) -> (batch, height', width', d).
    """

    def __init__(
        self,
        pool_size: Sizes = 2,
        strides: Sizes | None = None,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        name: str | None = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AveragePooling3D(_pool.AveragePooling3D):
    """The mean of each window over three spatial axes.
    """

    def __init__(
        self,
        pool_size: Sizes = 2,
        strides: Sizes | None = None,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        name: str | None = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GlobalAveragePooling1D(_pool.GlobalAveragePooling1D):
    """The mean over time, of unmasked steps only: (batch, time, d) -> (batch, d).
    """

    def __init__(
        self,
        data_format: DataFormat = None,
        keepdims: bool = False,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GlobalAveragePooling2D(_pool.GlobalAveragePooling2D):
    """The mean over height and width: (batch, height, width, d) -> (batch, d).
    """

    def __init__(
        self,
        data_format: DataFormat = None,
        keepdims: bool = False,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GlobalAveragePooling3D(_pool.GlobalAveragePooling3D):
    """The mean over three spatial axes.
    """

    def __init__(
        self,
        data_format: DataFormat = None,
        keepdims: bool = False,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GlobalMaxPooling1D(_pool.GlobalMaxPooling1D):
    """The maximum over time: (batch, time, d) -> (batch, d).
    """

    def __init__(
        self,
        data_format: DataFormat = None,
        keepdims: bool = False,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GlobalMaxPooling2D(_pool.GlobalMaxPooling2D):
    """The maximum over height and width: (batch, height, width, d) -> (batch, d).
    """

    def __init__(
        self,
        data_format: DataFormat = None,
        keepdims: bool = False,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GlobalMaxPooling3D(_pool.GlobalMaxPooling3D):
    """The maximum over three spatial axes.
    """

    def __init__(
        self,
        data_format: DataFormat = None,
        keepdims: bool = False,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class MaxPooling1D(_pool.MaxPooling1D):
    """The maximum of each window: (batch, time, d) -> (batch, time', d).
    """

    def __init__(
        self,
        pool_size: Sizes = 2,
        strides: Sizes | None = None,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        name: str | None = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class MaxPooling2D(_pool.MaxPooling2D):
    """The maximum of each window: (batch, height, width, d) -> (batch, height', width', d).
    """

    def __init__(
        self,
        pool_size: Sizes = 2,
        strides: Sizes | None = None,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        name: str | None = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class MaxPooling3D(_pool.MaxPooling3D):
    """The maximum of each window over three spatial axes.
    """

    def __init__(
        self,
        pool_size: Sizes = 2,
        strides: Sizes | None = None,
        padding: Padding = "valid",
        data_format: DataFormat = None,
        name: str | None = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Rescaling(_numeric.Rescaling):
    """`inputs * scale + offset` as floats: any shape -> the same.

    A `scale` or `offset` of shape (channels,) goes along the channels of images.
    """

    def __init__(
        self,
        scale: Tensor,
        offset: Tensor = 0.0,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Cropping1D(_reshape.Cropping1D):
    """(batch, time, d) -> (batch, time', d), without the first and last steps.
    """

    def __init__(
        self,
        cropping: Sizes = (1, 1),
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Cropping2D(_reshape.Cropping2D):
    """(batch, height, width, d) -> (batch, height', width', d).

    `cropping` is a number, one an axis, or ((top, bottom), (left, right)).
    """

    def __init__(
        self,
        cropping: int | Sequence[Any] = ((0, 0), (0, 0)),
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Cropping3D(_reshape.Cropping3D):
    """Three spatial axes: `cropping` is a number, one an axis, or a pair an axis.
    """

    def __init__(
        self,
        cropping: int | Sequence[Any] = ((1, 1), (1, 1), (1, 1)),
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Flatten(_reshape.Flatten):
    """(batch, ...) -> (batch, product of the rest); channels come last whatever the data format.
    """

    def __init__(
        self,
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Permute(_reshape.Permute):
    """Axes in another order: (batch, ...) -> (batch, ...); `dims` counts from 1.
    """

    def __init__(
        self,
        dims: Sequence[int],
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class RepeatVector(_reshape.RepeatVector):
    """The input n times: (batch, d) -> (batch, n, d).
    """

    def __init__(
        self,
        n: int,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Reshape(_reshape.Reshape):
    """(batch, ...) -> (batch, *target_shape); one -1 in the target takes what is left.
    """

    def __init__(
        self,
        target_shape: Sequence[int],
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class UpSampling1D(_reshape.UpSampling1D):
    """(batch, time, d) -> (batch, time * size, d).
    """

    def __init__(
        self,
        size: Sizes = 2,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class UpSampling2D(_reshape.UpSampling2D):
    """(batch, height, width, d) -> (batch, height * size, width * size, d).

    `interpolation`: "nearest", "bilinear", "bicubic", "lanczos3" or "lanczos5".
    """

    def __init__(
        self,
        size: Sizes = (2, 2),
        data_format: DataFormat = None,
        interpolation: Literal['nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5'] | str = "nearest",
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class UpSampling3D(_reshape.UpSampling3D):
    """Repeats each step `size` times along three spatial axes.
    """

    def __init__(
        self,
        size: Sizes = (2, 2, 2),
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class ZeroPadding1D(_reshape.ZeroPadding1D):
    """(batch, time, d) -> (batch, time', d); `padding` is a number or (before, after).
    """

    def __init__(
        self,
        padding: int | Sequence[Any] = 1,
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class ZeroPadding2D(_reshape.ZeroPadding2D):
    """(batch, height, width, d) -> (batch, height', width', d).

    `padding` is a number, one an axis, or ((top, bottom), (left, right)).
    """

    def __init__(
        self,
        padding: int | Sequence[Any] = 1,
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class ZeroPadding3D(_reshape.ZeroPadding3D):
    """Three spatial axes: `padding` is a number, one an axis, or a pair an axis.
    """

    def __init__(
        self,
        padding: int | Sequence[Any] = 1,
        data_format: DataFormat = None,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class GRU(_rnn.GRU):
    """A gated recurrent unit over time: (batch, time, d) -> (batch, units), or all steps'.

    See `GRUCell` for the step. `use_cudnn` is accepted; XLA compiles the loop everywhere.
    """

    def __init__(
        self,
        units: int,
        activation: ActivationLike = "tanh",
        recurrent_activation: ActivationLike = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        recurrent_initializer: InitializerLike = "orthogonal",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        recurrent_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        recurrent_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Seed = None,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        reset_after: bool = True,
        use_cudnn: Any = "auto",
        *,
        implementation: int = 2,
        zero_output_for_mask: bool = False,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class LSTM(_rnn.LSTM):
    """Long short-term memory over time: (batch, time, d) -> (batch, units), or all steps'.

    See `LSTMCell` for the step. `use_cudnn` is accepted; XLA compiles the loop everywhere.
    """

    def __init__(
        self,
        units: int,
        activation: ActivationLike = "tanh",
        recurrent_activation: ActivationLike = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        recurrent_initializer: InitializerLike = "orthogonal",
        bias_initializer: InitializerLike = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: RegularizerLike = None,
        recurrent_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        recurrent_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: Seed = None,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        use_cudnn: Any = "auto",
        *,
        implementation: int = 2,
        zero_output_for_mask: bool = False,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class RNN(_rnn.RNN):
    """A loop over time around any cell: a layer with `call(x, states)` and `state_size`.

    A list of cells is stacked. The states go through the cell as a list, which may be nested.
    """

    def __init__(
        self,
        cell: Any,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        zero_output_for_mask: bool = False,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class SimpleRNN(_rnn.SimpleRNN):
    """A fully connected network whose output is fed back: (batch, time, d) -> (batch, units).

    See `SimpleRNNCell` for the step.
    """

    def __init__(
        self,
        units: int,
        activation: ActivationLike = "tanh",
        use_bias: bool = True,
        kernel_initializer: InitializerLike = "glorot_uniform",
        recurrent_initializer: InitializerLike = "orthogonal",
        bias_initializer: InitializerLike = "zeros",
        kernel_regularizer: RegularizerLike = None,
        recurrent_regularizer: RegularizerLike = None,
        bias_regularizer: RegularizerLike = None,
        activity_regularizer: RegularizerLike = None,
        kernel_constraint: ConstraintLike = None,
        recurrent_constraint: ConstraintLike = None,
        bias_constraint: ConstraintLike = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        seed: Seed = None,
        *,
        zero_output_for_mask: bool = False,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class TimeDistributed(Wrapper, _wrap.TimeDistributed):
    """The layer applied to each time step: (batch, time, ...) -> (batch, time, ...).

    Time steps are treated as so many more examples, in one call; but one after the other in
    training, if the layer has a state that each of them changes.
    """

    def __init__(
        self,
        layer: Any,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Wrapper(_wrap.Wrapper):
    """Base of layers around one other, `layer`; subclasses define `call`.
    """

    def __init__(
        self,
        layer: Any,
        *,
        activity_regularizer: Any = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,
        name: str | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

def get(identifier: Any) -> Any:
    """"""
    ...

def serialize(layer: Any) -> Any:
    """The configuration that `deserialize` makes an equal layer of."""
    ...

MaxPool1D = MaxPooling1D
MaxPool2D = MaxPooling2D
MaxPool3D = MaxPooling3D
AveragePool1D = AveragePooling1D
AveragePool2D = AveragePooling2D
AveragePool3D = AveragePooling3D
AvgPool1D = AveragePooling1D
AvgPool2D = AveragePooling2D
AvgPool3D = AveragePooling3D
GlobalMaxPool1D = GlobalMaxPooling1D
GlobalMaxPool2D = GlobalMaxPooling2D
GlobalMaxPool3D = GlobalMaxPooling3D
GlobalAveragePool1D = GlobalAveragePooling1D
GlobalAveragePool2D = GlobalAveragePooling2D
GlobalAveragePool3D = GlobalAveragePooling3D
GlobalAvgPool1D = GlobalAveragePooling1D
GlobalAvgPool2D = GlobalAveragePooling2D
GlobalAvgPool3D = GlobalAveragePooling3D
Convolution1D = Conv1D
Convolution1DTranspose = Conv1DTranspose
Convolution2D = Conv2D
Convolution2DTranspose = Conv2DTranspose
Convolution3D = Conv3D
Convolution3DTranspose = Conv3DTranspose
SeparableConvolution1D = SeparableConv1D
SeparableConvolution2D = SeparableConv2D
