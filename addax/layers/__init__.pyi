# Written by tools/stubs.py from the constructors; `make stubs` writes it again.

"""Layers: the pieces models are made of."""

from addax.core.configs import deserialize as deserialize
from addax.core.configs import getter as getter
from addax.core.input_spec import InputSpec as InputSpec
from addax.core.layer import Layer as Layer
from addax.core.names import publish as publish
from addax.core.types import ActivationLike as ActivationLike
from addax.core.types import BoxFormat as BoxFormat
from addax.core.types import CausalPadding as CausalPadding
from addax.core.types import ConstraintLike as ConstraintLike
from addax.core.types import DType as DType
from addax.core.types import DataFormat as DataFormat
from addax.core.types import Factor as Factor
from addax.core.types import FillMode as FillMode
from addax.core.types import InitializerLike as InitializerLike
from addax.core.types import Interpolation as Interpolation
from addax.core.types import Padding as Padding
from addax.core.types import RegularizerLike as RegularizerLike
from addax.core.types import Resampling as Resampling
from addax.core.types import Seed as Seed
from addax.core.types import Shape as Shape
from addax.core.types import Sizes as Sizes
from addax.core.types import Tensor as Tensor
from addax.core.types import Window as Window
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
from addax.layers.preprocessing import audio as _audio
from addax.layers.preprocessing import categorical as _categorical
from addax.layers.preprocessing import color as _color
from addax.layers.preprocessing import geometry as _geometry
from addax.layers.preprocessing import hashing as _hashing
from addax.layers.preprocessing import lookup as _lookup
from addax.layers.preprocessing import mix as _mix
from addax.layers.preprocessing import numeric as _numeric
from addax.layers.preprocessing import text as _text
from addax.layers.preprocessing.mix import Pipeline as Pipeline
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
    """`x` above 0, `alpha * (exp(x) - 1)` below: any shape -> the same.

    Clevert et al. 2015, https://arxiv.org/abs/1511.07289.

    Arguments:
        alpha: Minus the value that the output nears far below 0.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`activation(x)`: any shape -> the same.

    ValueError for a name that no activation has.

    Arguments:
        activation: The function, by its name or itself.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`x` above 0, `negative_slope * x` below: any shape -> the same.

    ValueError for a slope below 0. Maas et al. 2013, "Rectifier nonlinearities improve neural
    network acoustic models".

    Arguments:
        negative_slope: Slope below 0 (`ReLU`: below the threshold), at least 0.
        alpha: Old name of `negative_slope`.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`x` above 0, `alpha * x` below, with one trained alpha an element: any shape -> the same.

    `shared_axes=[1, 2]` for images `(batch, height, width, d)` trains one a channel.

    ValueError for an axis of unknown size that is not shared. He et al. 2015,
    https://arxiv.org/abs/1502.01852.

    Arguments:
        alpha_initializer: First values of the slopes below 0.
        alpha_regularizer: Penalty on the slopes that joins the loss.
        alpha_constraint: What the slopes are brought back to after each update.
        shared_axes: Axes along which one slope serves for all, the batch being axis 0; None shares
            nothing.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Rectified linear unit, bounded and shifted: any shape -> the same.

    `x` above the threshold, `negative_slope * (x - threshold)` below it, `max_value` at most (Nair
    and Hinton 2010).

    ValueError for a negative slope, threshold or bound.

    Arguments:
        max_value: Largest output; None sets no bound.
        negative_slope: Slope below 0 (`ReLU`: below the threshold), at least 0.
        threshold: Input below which only the negative slope remains, at least 0.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`exp(x) / sum(exp(x))` along `axis`, one axis or several: any shape -> the same.

    A call takes a `mask`, True where an element takes part, that broadcasts against the input; the
    other elements become 0.

    ValueError for a mask of a shape that doesn't broadcast.

    Arguments:
        axis: Axis, or axes, along which the results sum to 1.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Attention with the scores `sum(scale * tanh(query + key))` over the last axis.

    Called on [query `(batch, t, d)`, value `(batch, s, d)`], and key `(batch, s, d)` if it isn't
    the value -> `(batch, t, d)`; with `return_attention_scores` also the weights `(batch, t, s)`.

    ValueError for inputs or masks that are no list of two or three. Bahdanau et al. 2015,
    https://arxiv.org/abs/1409.0473.

    Arguments:
        use_scale: Whether a factor of the scores is trained.
        dropout: Probability with which an attention weight is dropped in training.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Dot-product attention: `softmax(query @ key.T) @ value`.

    Called on [query `(batch, t, d)`, value `(batch, s, e)`], and key `(batch, s, d)` if it isn't
    the value -> `(batch, t, e)`; with `return_attention_scores` also the weights `(batch, t, s)`.
    `score_mode="concat"` scores by `w * sum(tanh(scale * (query + key)))`.

    ValueError for another score mode, and for inputs or masks that are no list of two or three.
    Luong et al. 2015, https://arxiv.org/abs/1508.04025.

    Arguments:
        use_scale: Whether a factor of the scores is trained.
        score_mode: "dot" for products of query and key, "concat" for a sum of `tanh(query + key)`.
        dropout: Probability with which an attention weight is dropped in training.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Attention whose query heads share, in groups, one head of keys and values.

    Called on query `(batch, t, d)`, value `(batch, s, d)` and key, by default the value -> `(batch,
    t, d)`; each head takes `softmax(q @ k.T / sqrt(head_dim)) @ v`.

    ValueError unless the key heads divide the query heads, for keys and values of different
    lengths, and for `flash_attention` with dropout or scores. Ainslie et al. 2023,
    https://arxiv.org/abs/2305.13245.

    Arguments:
        head_dim: Size of a head's queries, keys and values.
        num_query_heads: Number of heads of queries, a multiple of `num_key_value_heads`.
        num_key_value_heads: Number of heads of keys and values, each shared by a group of query
            heads.
        dropout: Probability with which an attention weight is dropped in training.
        use_bias: Whether a trained vector is added, one number an output channel.
        sliding_window: Number of steps within which a query sees keys, to either side; None sees
            all.
        flash_attention: Whether to insist on the fused kernel, which keeps no scores; None decides
            by device.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        use_gate: Whether the heads' results are multiplied with a sigmoid projection of the query.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Attention in several projected spaces at once, their results mixed by a last projection.

    Each head takes `softmax(q @ k.T / sqrt(key_dim)) @ v`. Called on query `(batch, t, d)`, value
    `(batch, s, e)` and key, by default the value -> `(batch, t, d)` or `(batch, t, *output_shape)`;
    with `return_attention_scores` also the weights `(batch, heads, t, s)`. Masks are True where to
    attend; `attention_mask` is `(batch, t, s)` or has the heads as second axis.

    ValueError for sizes that are no positive integers, for keys and values of different lengths,
    and for `flash_attention` with dropout or scores. Vaswani et al. 2017,
    https://arxiv.org/abs/1706.03762.

    Arguments:
        num_heads: Number of heads, each with projections of its own.
        key_dim: Size of a head's queries and keys.
        value_dim: Size of a head's values; None means `key_dim`.
        dropout: Probability with which an attention weight is dropped in training.
        use_bias: Whether a trained vector is added, one number an output channel.
        output_shape: Sizes of the output's last axes; None means the query's last size.
        attention_axes: Axes that are attended over, the batch being axis 0; None means all but
            batch and last.
        sliding_window: Number of steps within which a query sees keys, to either side; None sees
            all.
        flash_attention: Whether to insist on the fused kernel, which keeps no scores; None decides
            by device.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        use_gate: Whether the heads' results are multiplied with a sigmoid projection of the query.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The input as it is, a tensor or any structure of tensors.

    Arguments:
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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

    A file stores the function by name. A lambda has none, so a model with one can't be saved.

    ValueError for what is no function, and for files that hold the code of one: it is never run.

    Arguments:
        function: Called with the inputs, and with `mask` and `training` where it takes them.
        output_shape: Output shape without the batch, or a function of the input shape; None infers
            it.
        mask: Mask of the output, or a function of inputs and their mask; None passes no mask on.
        arguments: Keyword arguments for the function.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        output_shape: Shape | Callable[..., Any] | None = None,
        mask: Tensor | Callable[..., Any] = None,
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
    """Marks the steps whose features all equal `mask_value`; later layers skip them.

    `(batch, time, d)` -> the same, with zeros at the marked steps, and a mask `(batch, time)`.

    Arguments:
        mask_value: Value that all features of a step have to be skipped.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """One step of a gated recurrent unit: `(batch, d)`, h -> h', [h'].

    z and r are sigmoids of sums of products with x and h; then `h' = z * h + (1 - z) * tanh(x_h + r
    * (h @ U + b))` or, with `reset_after=False`, `tanh(x_h + (r * h) @ U)`.

    ValueError for `units` that are no positive integer. Cho et al. 2014,
    https://arxiv.org/abs/1406.1078, whose first version resets after the product.

    Arguments:
        units: Size of the state, and of the output of a step.
        activation: Function of the candidate state and, in an LSTM, of the cell on its way out.
        recurrent_activation: Function of the gates, with values from 0 to 1.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        recurrent_initializer: First values of the weights that multiply the state.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        recurrent_regularizer: Penalty on the recurrent weights that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        kernel_constraint: What the kernel is brought back to after each update.
        recurrent_constraint: What the recurrent weights are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        dropout: Probability with which an element of the input is dropped, the same at all steps.
        recurrent_dropout: Probability with which an element of the state is dropped, the same at
            all steps.
        reset_after: Whether the reset gate acts after the product with the recurrent weights, or
            before it.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        implementation: 1 drops other elements for each gate, 2 the same ones for all.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """One step of long short-term memory: `(batch, d)`, [h, c] -> h', [h', c'].

    With `z = x @ kernel + h @ recurrent_kernel + bias` split into i, f, g, o: `c' = sigmoid(f) * c
    + sigmoid(i) * tanh(g)` and `h' = sigmoid(o) * tanh(c')`, all `(batch, units)`.

    ValueError for `units` that are no positive integer. Hochreiter and Schmidhuber 1997; forget
    gate of Gers et al. 2000.

    Arguments:
        units: Size of the state, and of the output of a step.
        activation: Function of the candidate state and, in an LSTM, of the cell on its way out.
        recurrent_activation: Function of the gates, with values from 0 to 1.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        recurrent_initializer: First values of the weights that multiply the state.
        bias_initializer: First values of the bias.
        unit_forget_bias: Whether the forget gate's bias starts at 1, so that the cell remembers at
            first.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        recurrent_regularizer: Penalty on the recurrent weights that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        kernel_constraint: What the kernel is brought back to after each update.
        recurrent_constraint: What the recurrent weights are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        dropout: Probability with which an element of the input is dropped, the same at all steps.
        recurrent_dropout: Probability with which an element of the state is dropped, the same at
            all steps.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        implementation: 1 drops other elements for each gate, 2 the same ones for all.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """One step of a fully connected recurrent network: `(batch, d)`, h -> h', [h'].

    `h' = activation(x @ kernel + bias + h @ recurrent_kernel)`, where h is `(batch, units)`.

    ValueError for `units` that are no positive integer. Elman 1990, "Finding structure in time".

    Arguments:
        units: Size of the state, and of the output of a step.
        activation: Function of the candidate state and, in an LSTM, of the cell on its way out.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        recurrent_initializer: First values of the weights that multiply the state.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        recurrent_regularizer: Penalty on the recurrent weights that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        kernel_constraint: What the kernel is brought back to after each update.
        recurrent_constraint: What the recurrent weights are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        dropout: Probability with which an element of the input is dropped, the same at all steps.
        recurrent_dropout: Probability with which an element of the state is dropped, the same at
            all steps.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Cells one above the other as one cell: each takes the output of the one below.

    `(batch, d)`, states -> `(batch, units of the last)`, states, where states is a list with those
    of each cell.

    ValueError for what has no `call` or `state_size`.

    Arguments:
        cells: Cells from the input upwards, each with `call(x, states)` and `state_size`.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Convolution over time: `(batch, time, d)` -> `(batch, time', filters)`.

    `y[t] = activation(sum over i of x[t * stride + i * dilation] @ kernel[i] + bias)`; "causal"
    pads the past only, so that step t sees no step after t.

    ValueError for sizes that are no positive integers or one an axis, for strides and dilation that
    are both above 1, and for channels or filters that the groups don't divide.

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next, one number for all spatial axes or one an axis.
        padding: "valid" keeps to the input, "same" pads both ends to `ceil(time / stride)` windows,
            "causal" pads the past only.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        groups: Number of equal parts of the channels, each convolved with filters of its own.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        lora_rank: Rank of a trained correction that replaces the training of the large weight; None
            has none.
        lora_alpha: The low-rank correction is scaled by `lora_alpha / lora_rank`; None means
            `lora_rank`.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The gradient of a convolution as a layer: `(batch, time, d)` -> `(batch, time', filters)`.

    time' is `time * stride` for "same"; see `output_padding` to choose it.

    ValueError for sizes that are no positive integers, for strides and dilation both above 1, and
    for an `output_padding` that reaches the stride. Zeiler et al. 2010, "Deconvolutional networks".

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Output steps for each input step, one number for all spatial axes or one an axis.
        padding: "valid" keeps all steps that a window reaches, "same" crops to `size * stride`.
        output_padding: Steps added at the end of each spatial axis, less than the stride; None
            derives them.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Convolution of images: `(batch, height, width, d)` -> `(batch, height', width', filters)`.

    The kernel is `(*kernel_size, d / groups, filters)`; "valid" gives `(size - span) // stride + 1`
    steps an axis, "same" `ceil(size / stride)`.

    ValueError for sizes that are no positive integers or one an axis, for strides and dilation that
    are both above 1, and for channels or filters that the groups don't divide.

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next, one number for all spatial axes or one an axis.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        groups: Number of equal parts of the channels, each convolved with filters of its own.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        lora_rank: Rank of a trained correction that replaces the training of the large weight; None
            has none.
        lora_alpha: The low-rank correction is scaled by `lora_alpha / lora_rank`; None means
            `lora_rank`.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The gradient of an image convolution as a layer, to enlarge images.

    `(batch, height, width, d)` -> `(batch, height', width', filters)`; sizes are multiplied by the
    strides for "same".

    ValueError for sizes that are no positive integers, for strides and dilation both above 1, and
    for an `output_padding` that reaches the stride. Zeiler et al. 2010, "Deconvolutional networks".

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Output steps for each input step, one number for all spatial axes or one an axis.
        padding: "valid" keeps all steps that a window reaches, "same" crops to `size * stride`.
        output_padding: Steps added at the end of each spatial axis, less than the stride; None
            derives them.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Convolution of volumes: `(batch, depth, height, width, d)` -> `(batch, ..., filters)`.

    The kernel is `(*kernel_size, d / groups, filters)`; "valid" gives `(size - span) // stride + 1`
    steps an axis, "same" `ceil(size / stride)`.

    ValueError for sizes that are no positive integers or one an axis, for strides and dilation that
    are both above 1, and for channels or filters that the groups don't divide.

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next, one number for all spatial axes or one an axis.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        groups: Number of equal parts of the channels, each convolved with filters of its own.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        lora_rank: Rank of a trained correction that replaces the training of the large weight; None
            has none.
        lora_alpha: The low-rank correction is scaled by `lora_alpha / lora_rank`; None means
            `lora_rank`.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The gradient of a volume convolution as a layer, to enlarge volumes.

    `(batch, depth, height, width, d)` -> `(batch, ..., filters)`; sizes are multiplied by the
    strides for "same".

    ValueError for sizes that are no positive integers, for strides and dilation both above 1, and
    for an `output_padding` that reaches the stride.

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Output steps for each input step, one number for all spatial axes or one an axis.
        padding: "valid" keeps all steps that a window reaches, "same" crops to `size * stride`.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        output_padding: Steps added at the end of each spatial axis, less than the stride; None
            derives them.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Windows over time that see one channel each, `depth_multiplier` a channel.

    `(batch, time, d)` -> `(batch, time', d * depth_multiplier)`; `y[t, c * m + j] = activation(sum
    over i of x[t * stride + i, c] * kernel[i, c, j] + bias)` for the multiplier m.

    ValueError for sizes that are no positive integers or one an axis, and for an unknown number of
    channels.

    Arguments:
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next, one number for all spatial axes or one an axis.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        depth_multiplier: Number of output channels that the depthwise step makes of each input
            channel.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        depthwise_initializer: First values of the windows that see one channel each.
        bias_initializer: First values of the bias.
        depthwise_regularizer: Penalty on the depthwise windows that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        depthwise_constraint: What the depthwise windows are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Windows of an image that see one channel each, `depth_multiplier` a channel.

    `(batch, height, width, d)` -> `(batch, height', width', d * depth_multiplier)`.

    ValueError for sizes that are no positive integers or one an axis, and for an unknown number of
    channels. Howard et al. 2017, https://arxiv.org/abs/1704.04861.

    Arguments:
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next, one number for all spatial axes or one an axis.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        depth_multiplier: Number of output channels that the depthwise step makes of each input
            channel.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        depthwise_initializer: First values of the windows that see one channel each.
        bias_initializer: First values of the bias.
        depthwise_regularizer: Penalty on the depthwise windows that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        depthwise_constraint: What the depthwise windows are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Windows that see one channel each, then a mixing of channels at each step.

    `(batch, time, d)` -> `(batch, time', filters)`, by way of `d * depth_multiplier` channels.

    ValueError for sizes that are no positive integers or one an axis, and for an unknown number of
    channels.

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next, one number for all spatial axes or one an axis.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        depth_multiplier: Number of output channels that the depthwise step makes of each input
            channel.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        depthwise_initializer: First values of the windows that see one channel each.
        pointwise_initializer: First values of the matrix that mixes channels at each position.
        bias_initializer: First values of the bias.
        depthwise_regularizer: Penalty on the depthwise windows that joins the loss.
        pointwise_regularizer: Penalty on the mixing matrix that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        depthwise_constraint: What the depthwise windows are brought back to after each update.
        pointwise_constraint: What the mixing matrix is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Windows of an image that see one channel each, then a mixing of channels at each pixel.

    `(batch, height, width, d)` -> `(batch, height', width', filters)`, by way of `d *
    depth_multiplier` channels.

    ValueError for sizes that are no positive integers or one an axis, and for an unknown number of
    channels. Chollet 2017, https://arxiv.org/abs/1610.02357.

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next, one number for all spatial axes or one an axis.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        depth_multiplier: Number of output channels that the depthwise step makes of each input
            channel.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        depthwise_initializer: First values of the windows that see one channel each.
        pointwise_initializer: First values of the matrix that mixes channels at each position.
        bias_initializer: First values of the bias.
        depthwise_regularizer: Penalty on the depthwise windows that joins the loss.
        pointwise_regularizer: Penalty on the mixing matrix that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        depthwise_constraint: What the depthwise windows are brought back to after each update.
        pointwise_constraint: What the mixing matrix is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """An LSTM with convolutions for products, over sequences of rows.

    `(batch, time, length, d)` -> `(batch, length', filters)`, with `return_sequences` `(batch,
    time, length', filters)`. The step is that of `LSTMCell`; strides, padding and dilation are the
    input's, the states' convolution keeps their size.

    ValueError for strides and dilation both above 1, and for unknown sizes of space or channels.
    Shi et al. 2015, https://arxiv.org/abs/1506.04214.

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next, one number for all spatial axes or one an axis.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        activation: Function of the candidate state and, in an LSTM, of the cell on its way out.
        recurrent_activation: Function of the gates, with values from 0 to 1.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        recurrent_initializer: First values of the weights that multiply the state.
        bias_initializer: First values of the bias.
        unit_forget_bias: Whether the forget gate's bias starts at 1, so that the cell remembers at
            first.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        recurrent_regularizer: Penalty on the recurrent weights that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        recurrent_constraint: What the recurrent weights are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        dropout: Probability with which an element of the input is dropped, the same at all steps.
        recurrent_dropout: Probability with which an element of the state is dropped, the same at
            all steps.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        return_sequences: Whether to return the outputs of all steps, not the last one's alone.
        return_state: Whether to return the last states too, after the output.
        go_backwards: Whether to start with the last step; outputs come in the order of their
            computation.
        stateful: Whether each batch starts with the last states of the batch before.
        rank: Number of spatial axes, which the class sets.
        unroll: Whether to write the steps out one by one: longer to compile, at times faster to
            run.
        zero_output_for_mask: Whether masked steps give 0, not the output before them; for all
            steps' outputs.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """An LSTM with convolutions for products, over sequences of images.

    `(batch, time, height, width, d)` -> `(batch, height', width', filters)`, with
    `return_sequences` a time axis after the batch. The step is that of `LSTMCell`; strides, padding
    and dilation are the input's, the states' convolution keeps their size.

    ValueError for strides and dilation both above 1, and for unknown sizes of space or channels.
    Shi et al. 2015, https://arxiv.org/abs/1506.04214.

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next, one number for all spatial axes or one an axis.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        activation: Function of the candidate state and, in an LSTM, of the cell on its way out.
        recurrent_activation: Function of the gates, with values from 0 to 1.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        recurrent_initializer: First values of the weights that multiply the state.
        bias_initializer: First values of the bias.
        unit_forget_bias: Whether the forget gate's bias starts at 1, so that the cell remembers at
            first.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        recurrent_regularizer: Penalty on the recurrent weights that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        recurrent_constraint: What the recurrent weights are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        dropout: Probability with which an element of the input is dropped, the same at all steps.
        recurrent_dropout: Probability with which an element of the state is dropped, the same at
            all steps.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        return_sequences: Whether to return the outputs of all steps, not the last one's alone.
        return_state: Whether to return the last states too, after the output.
        go_backwards: Whether to start with the last step; outputs come in the order of their
            computation.
        stateful: Whether each batch starts with the last states of the batch before.
        rank: Number of spatial axes, which the class sets.
        unroll: Whether to write the steps out one by one: longer to compile, at times faster to
            run.
        zero_output_for_mask: Whether masked steps give 0, not the output before them; for all
            steps' outputs.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """An LSTM with convolutions for products, over sequences of volumes.

    `(batch, time, depth, height, width, d)` -> `(batch, depth', height', width', filters)`, with
    `return_sequences` a time axis after the batch. The step is that of `LSTMCell`.

    ValueError for strides and dilation both above 1, and for unknown sizes of space or channels.
    Shi et al. 2015, https://arxiv.org/abs/1506.04214.

    Arguments:
        filters: Number of output channels.
        kernel_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next, one number for all spatial axes or one an axis.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        dilation_rate: Steps between neighbouring elements of the window; above 1 only where strides
            are 1.
        activation: Function of the candidate state and, in an LSTM, of the cell on its way out.
        recurrent_activation: Function of the gates, with values from 0 to 1.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        recurrent_initializer: First values of the weights that multiply the state.
        bias_initializer: First values of the bias.
        unit_forget_bias: Whether the forget gate's bias starts at 1, so that the cell remembers at
            first.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        recurrent_regularizer: Penalty on the recurrent weights that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        recurrent_constraint: What the recurrent weights are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        dropout: Probability with which an element of the input is dropped, the same at all steps.
        recurrent_dropout: Probability with which an element of the state is dropped, the same at
            all steps.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        return_sequences: Whether to return the outputs of all steps, not the last one's alone.
        return_state: Whether to return the last states too, after the output.
        go_backwards: Whether to start with the last step; outputs come in the order of their
            computation.
        stateful: Whether each batch starts with the last states of the batch before.
        rank: Number of spatial axes, which the class sets.
        unroll: Whether to write the steps out one by one: longer to compile, at times faster to
            run.
        zero_output_for_mask: Whether masked steps give 0, not the output before them; for all
            steps' outputs.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`activation(x @ kernel + bias)` over the last axis: `(..., d)` -> `(..., units)`.

    The kernel is `(d, units)`, the bias `(units,)`; inputs have two axes or more.

    ValueError for `units` that are no positive integer and for a last axis of unknown size;
    NotImplementedError for quantization.

    Arguments:
        units: Size of the output's last axis.
        activation: Function applied to the result, by its name or itself; None applies none.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        lora_rank: Rank of a trained correction that replaces the training of the large weight; None
            has none.
        lora_alpha: The low-rank correction is scaled by `lora_alpha / lora_rank`; None means
            `lora_rank`.
        quantization_config: None; anything else raises NotImplementedError, as nothing is quantized
            here.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`activation(einsum(equation, x, kernel) + bias)`: a dense layer over any axes.

    "abc,cd->abd" with `output_shape=(None, 64)` takes `(batch, time, c)` to `(batch, time, 64)`;
    "...b,bc->...c" works for any number of leading axes.

    ValueError for an equation of another form, for letters whose size neither input nor output
    tells, and for sizes that contradict one another.

    Arguments:
        equation: Product of input and kernel in einsum notation, as "abc,cd->abd"; "..." stands for
            any axes.
        output_shape: Sizes of the output's axes but for the batch; None where the input decides.
        activation: Function applied to the result, by its name or itself; None applies none.
        bias_axes: Letters of the output axes along which the bias varies, as "d"; None means no
            bias.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        kernel_constraint: What the kernel is brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        lora_rank: Rank of a trained correction that replaces the training of the large weight; None
            has none.
        lora_alpha: The low-rank correction is scaled by `lora_alpha / lora_rank`; None means
            `lora_rank`.
        gptq_unpacked_column_size: Accepted without effect, as nothing is quantized here.
        quantization_config: None; anything else raises NotImplementedError, as nothing is quantized
            here.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The input as it is; `l1 * sum(|x|) + l2 * sum(x**2)`, a mean over the batch, joins the loss.

    Any shape -> the same. ValueError for a factor that is negative or not finite.

    Arguments:
        l1: Factor of `sum(|x|)` in the penalty.
        l2: Factor of `sum(x**2)` in the penalty.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """In training, lets elements fall to the floor of `selu`, then restores mean and variance.

    Any shape -> the same; in inference the input as it is.

    ValueError for a rate outside 0 to 1, and for 1 itself. Klambauer et al. 2017,
    https://arxiv.org/abs/1706.02515.

    Arguments:
        rate: Probability with which an element falls to the floor of `selu`, below 1.
        noise_shape: Shape of the random choices, 1 or None an axis: 1 shares one along it; None
            shares nothing.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """In training, zeroes elements with probability `rate` and scales the rest by `1 / (1 - rate)`.

    Any shape -> the same; in inference the input as it is.

    ValueError for a rate outside 0 to 1. Srivastava et al. 2014,
    https://jmlr.org/papers/v15/srivastava14a.html.

    Arguments:
        rate: Probability with which an element is dropped, from 0 to 1.
        noise_shape: Shape of the random choices, 1 or None an axis: 1 shares one along it; None
            shares nothing.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """In training, multiplies by normal noise of mean 1 and variance `rate / (1 - rate)`.

    Any shape -> the same; in inference the input as it is.

    ValueError for a rate outside 0 to 1, and for 1 itself. Srivastava et al. 2014, section 10.

    Arguments:
        rate: Dropout probability p whose noise variance `p / (1 - p)` is used, below 1.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """In training, adds normal noise of mean 0 and standard deviation `stddev`.

    Any shape -> the same; in inference the input as it is.

    ValueError for a `stddev` outside 0 to 1.

    Arguments:
        stddev: Standard deviation of the noise, from 0 to 1.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """In training, zeroes whole channels of `(batch, time, d)`.

    The rest is scaled by `1 / (1 - rate)`. ValueError for a rate outside 0 to 1. Tompson et al.
    2014, https://arxiv.org/abs/1411.4280.

    Arguments:
        rate: Probability with which a whole channel is dropped, from 0 to 1.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
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
    """In training, zeroes whole channels of `(batch, height, width, d)`.

    The rest is scaled by `1 / (1 - rate)`. ValueError for a rate outside 0 to 1. Tompson et al.
    2014, https://arxiv.org/abs/1411.4280.

    Arguments:
        rate: Probability with which a whole channel is dropped, from 0 to 1.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
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
    """In training, zeroes whole channels of `(batch, depth, height, width, d)`.

    The rest is scaled by `1 / (1 - rate)`. ValueError for a rate outside 0 to 1. Tompson et al.
    2014, https://arxiv.org/abs/1411.4280.

    Arguments:
        rate: Probability with which a whole channel is dropped, from 0 to 1.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
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
    """Row `i` of a trained table for each integer `i`.

    `(batch, time)` -> `(batch, time, output_dim)`; the table is `(input_dim, output_dim)`; with
    `mask_zero` the output carries a mask `(batch, time)`.

    ValueError for sizes that are no positive integers.

    Arguments:
        input_dim: Number of rows of the table: indices run from 0 to `input_dim - 1`.
        output_dim: Size of the vector that each index stands for.
        embeddings_initializer: First values of the table.
        embeddings_regularizer: Penalty on the table that joins the loss.
        embeddings_constraint: What the table is brought back to after each update.
        mask_zero: Whether index 0 is padding, which later layers that know masks then skip.
        weights: First value of the table, an array `(input_dim, output_dim)` or a list of it.
        lora_rank: Rank of a trained correction that replaces the training of the large weight; None
            has none.
        lora_alpha: The low-rank correction is scaled by `lora_alpha / lora_rank`; None means
            `lora_rank`.
        quantization_config: None; anything else raises NotImplementedError, as nothing is quantized
            here.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """An embedding that also goes back, from vectors to a logit for each row of the table.

    `(batch, time)` -> `(batch, time, output_dim)`; called with `reverse=True`, `(..., output_dim)`
    -> `(..., input_dim)`.

    ValueError for sizes that are no positive integers. Tied weights: Press and Wolf 2017,
    https://arxiv.org/abs/1608.05859.

    Arguments:
        input_dim: Number of rows of the table: indices run from 0 to `input_dim - 1`.
        output_dim: Size of the vector that each index stands for.
        tie_weights: Whether the way back uses the same table; False makes a second one.
        embeddings_initializer: First values of the table.
        embeddings_regularizer: Penalty on the table that joins the loss.
        embeddings_constraint: What the table is brought back to after each update.
        mask_zero: Whether index 0 is padding, which later layers that know masks then skip.
        reverse_dtype: Dtype of the product on the way back; None means the layer's own.
        logit_soft_cap: Bound c of the logits on the way back, by `c * tanh(logits / c)`; None sets
            no bound.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        lora_rank: Rank of a trained correction that replaces the training of the large weight; None
            has none.
        lora_alpha: The low-rank correction is scaled by `lora_alpha / lora_rank`; None means
            `lora_rank`.
        quantization_config: None; anything else raises NotImplementedError, as nothing is quantized
            here.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The sum of a list of tensors that broadcast: `(batch, ..., d)` each -> the same.

    ValueError for what is no list of tensors, and for shapes that don't broadcast.

    Arguments:
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The mean of a list of tensors that broadcast: `(batch, ..., d)` each -> the same.

    ValueError for what is no list of tensors, and for shapes that don't broadcast.

    Arguments:
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """A list of tensors one after the other along `axis`.

    `(batch, ..., a)`, `(batch, ..., b)` -> `(batch, ..., a + b)` for the last axis.

    ValueError for what is no list, and for shapes that differ on another axis.

    Arguments:
        axis: Axis along which the inputs are joined.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Products summed over one axis of each of two tensors; the batch axis stays.

    `(batch, a, d)`, `(batch, b, d)` -> `(batch, a, b)` for `axes=2`; `(batch, d)`, `(batch, d)` ->
    `(batch, 1)`. `normalize` makes cosines of the products.

    ValueError for other than two inputs, for axes of different sizes, and for the batch axis.

    Arguments:
        axes: Axis that is summed over in both inputs, or one for each; 0, the batch, is not
            allowed.
        normalize: Whether vectors get the length 1 first, so that products are cosines.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The largest of a list of tensors, element by element: `(batch, ..., d)` each -> the same.

    A masked step takes no part. ValueError for what is no list of tensors, and for shapes that
    don't broadcast.

    Arguments:
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The smallest of a list of tensors, element by element: `(batch, ..., d)` each -> the same.

    A masked step takes no part. ValueError for what is no list of tensors, and for shapes that
    don't broadcast.

    Arguments:
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The product of a list of tensors that broadcast: `(batch, ..., d)` each -> the same.

    Masked steps count as 1, and as 0 where all are masked. ValueError for what is no list of
    tensors, and for shapes that don't broadcast.

    Arguments:
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The first of two tensors minus the second: `(batch, ..., d)` each -> the same.

    ValueError for what is no list of tensors, and for shapes that don't broadcast.

    Arguments:
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`(x - mean) / sqrt(variance + epsilon) * gamma + beta` per channel: any shape -> the same.

    Training takes mean and variance of the batch, of its unmasked steps, and moves the running ones
    by `1 - momentum`; inference, and a frozen layer, takes the running ones.

    ValueError for channels of unknown number, for a mask that has not one axis less than the input,
    and for impossible `renorm_clipping`. Ioffe and Szegedy 2015, https://arxiv.org/abs/1502.03167;
    renorm: Ioffe 2017, https://arxiv.org/abs/1702.03275.

    Arguments:
        axis: Axis of the channels, each of which has its own statistics.
        momentum: Share of the running statistics that each training step keeps.
        epsilon: Small number added to the variance, so that nothing is divided by zero.
        center: Whether `beta` is trained and added.
        scale: Whether `gamma` is trained and multiplied with.
        beta_initializer: First values of the offset `beta`.
        gamma_initializer: First values of the factor `gamma`.
        moving_mean_initializer: First values of the running mean.
        moving_variance_initializer: First values of the running variance.
        beta_regularizer: Penalty on `beta` that joins the loss.
        gamma_regularizer: Penalty on `gamma` that joins the loss.
        beta_constraint: What `beta` is brought back to after each update.
        gamma_constraint: What `gamma` is brought back to after each update.
        renorm: Whether training corrects batch statistics towards the running ones.
        renorm_clipping: Bounds of the correction, a dictionary of "rmin", "rmax" and "dmax"; None
            sets none.
        renorm_momentum: Share of the renorm statistics that each training step keeps.
        synchronized: Accepted without effect: a batch divided among devices is normalized as a
            whole.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`(x - mean) / sqrt(variance + epsilon) * gamma + beta`, each group of channels by itself.

    `(batch, ..., d)` -> the same; mean and variance are over a group's channels and all places.

    ValueError for channels of unknown number, or that the groups don't divide. Wu and He 2018,
    https://arxiv.org/abs/1803.08494.

    Arguments:
        groups: Number of groups, a divisor of the channels; -1 makes each channel a group.
        axis: Axis of the channels, which are divided into groups.
        epsilon: Small number added to the variance, so that nothing is divided by zero.
        center: Whether `beta` is trained and added.
        scale: Whether `gamma` is trained and multiplied with.
        beta_initializer: First values of the offset `beta`.
        gamma_initializer: First values of the factor `gamma`.
        beta_regularizer: Penalty on `beta` that joins the loss.
        gamma_regularizer: Penalty on `gamma` that joins the loss.
        beta_constraint: What `beta` is brought back to after each update.
        gamma_constraint: What `gamma` is brought back to after each update.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`(x - mean) / sqrt(variance + epsilon) * gamma + beta` over `axis`, each example by itself.

    Any shape -> the same; computed in float32 at least.

    TypeError for an axis that is no integer or list of them, ValueError where its size is unknown.
    Ba et al. 2016, https://arxiv.org/abs/1607.06450.

    Arguments:
        axis: Axis, or axes, that mean and variance are over, and along which the weights vary.
        epsilon: Small number added to the variance, so that nothing is divided by zero.
        center: Whether `beta` is trained and added.
        scale: Whether `gamma` is trained and multiplied with.
        beta_initializer: First values of the offset `beta`.
        gamma_initializer: First values of the factor `gamma`.
        beta_regularizer: Penalty on `beta` that joins the loss.
        gamma_regularizer: Penalty on `gamma` that joins the loss.
        beta_constraint: What `beta` is brought back to after each update.
        gamma_constraint: What `gamma` is brought back to after each update.
        rms_scaling: Whether to divide by the root mean square alone, without mean and `beta`.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`x / sqrt(mean(x**2) + epsilon) * scale` over `axis`: any shape -> the same.

    TypeError for an axis that is no integer or list of them, ValueError where its size is unknown.
    Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467.

    Arguments:
        axis: Axis, or axes, that mean and variance are over, and along which the weights vary.
        epsilon: Small number added to the variance, so that nothing is divided by zero.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Runs a layer whose kernel each training step divides by its largest singular value.

    The shapes are the layer's; the singular value is tracked by the power method.

    ValueError for a layer without `kernel` or `embeddings`. Miyato et al. 2018,
    https://arxiv.org/abs/1802.05957.

    Arguments:
        layer: The layer inside.
        power_iterations: Steps of the power method in each training call.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """`x / sqrt(sum(x**2))` over `axis`, vectors of length 1: any shape -> the same.

    TypeError for an axis that is no integer or list of them.

    Arguments:
        axis: Axis, or axes, along which vectors get the length 1.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The mean of each of `output_size` windows an axis, as even as can be.

    `(batch, time, d)` -> `(batch, output_size, d)`; window i of n reaches from `floor(i * size /
    n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive integers or one an
    axis.

    Arguments:
        output_size: Number of windows, one number for all spatial axes or one an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The mean of each of `output_size` windows an axis, as even as can be.

    `(batch, height, width, d)` -> `(batch, *output_size, d)`; window i of n reaches from `floor(i *
    size / n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive integers or
    one an axis.

    Arguments:
        output_size: Number of windows, one number for all spatial axes or one an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The mean of each of `output_size` windows an axis, as even as can be.

    `(batch, depth, height, width, d)` -> `(batch, *output_size, d)`; window i of n reaches from
    `floor(i * size / n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive
    integers or one an axis.

    Arguments:
        output_size: Number of windows, one number for all spatial axes or one an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The maximum of each of `output_size` windows an axis, as even as can be.

    `(batch, time, d)` -> `(batch, output_size, d)`; window i of n reaches from `floor(i * size /
    n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive integers or one an
    axis.

    Arguments:
        output_size: Number of windows, one number for all spatial axes or one an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The maximum of each of `output_size` windows an axis, as even as can be.

    `(batch, height, width, d)` -> `(batch, *output_size, d)`; window i of n reaches from `floor(i *
    size / n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive integers or
    one an axis.

    Arguments:
        output_size: Number of windows, one number for all spatial axes or one an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The maximum of each of `output_size` windows an axis, as even as can be.

    `(batch, depth, height, width, d)` -> `(batch, *output_size, d)`; window i of n reaches from
    `floor(i * size / n)` to `ceil((i + 1) * size / n)`. ValueError for sizes that are no positive
    integers or one an axis.

    Arguments:
        output_size: Number of windows, one number for all spatial axes or one an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The mean of each window over time: `(batch, time, d)` -> `(batch, time', d)`.

    What "same" pads doesn't count. ValueError for sizes that are no positive integers or one an
    axis.

    Arguments:
        pool_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next; None means `pool_size`, windows side by side.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
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
    """The mean of each window: `(batch, height, width, d)` -> `(batch, height', width', d)`.

    What "same" pads doesn't count. ValueError for sizes that are no positive integers or one an
    axis.

    Arguments:
        pool_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next; None means `pool_size`, windows side by side.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
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
    """The mean of each window: `(batch, depth, height, width, d)` -> `(batch, ..., d)`.

    What "same" pads doesn't count. ValueError for sizes that are no positive integers or one an
    axis.

    Arguments:
        pool_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next; None means `pool_size`, windows side by side.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
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
    """The mean over time, of unmasked steps only: `(batch, time, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, d)`.

    Arguments:
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        keepdims: Whether the axes that are summed up stay, with size 1.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The mean over height and width: `(batch, height, width, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, 1, d)`. Lin et al. 2013, https://arxiv.org/abs/1312.4400.

    Arguments:
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        keepdims: Whether the axes that are summed up stay, with size 1.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The mean over all places: `(batch, depth, height, width, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, 1, 1, d)`.

    Arguments:
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        keepdims: Whether the axes that are summed up stay, with size 1.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The maximum over time: `(batch, time, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, d)`.

    Arguments:
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        keepdims: Whether the axes that are summed up stay, with size 1.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The maximum over height and width: `(batch, height, width, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, 1, d)`.

    Arguments:
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        keepdims: Whether the axes that are summed up stay, with size 1.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The maximum over all places: `(batch, depth, height, width, d)` -> `(batch, d)`.

    With `keepdims` `(batch, 1, 1, 1, d)`.

    Arguments:
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        keepdims: Whether the axes that are summed up stay, with size 1.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The maximum of each window over time: `(batch, time, d)` -> `(batch, time', d)`.

    ValueError for sizes that are no positive integers or one an axis.

    Arguments:
        pool_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next; None means `pool_size`, windows side by side.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
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
    """The maximum of each window: `(batch, height, width, d)` -> `(batch, height', width', d)`.

    ValueError for sizes that are no positive integers or one an axis.

    Arguments:
        pool_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next; None means `pool_size`, windows side by side.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
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
    """The maximum of each window: `(batch, depth, height, width, d)` -> `(batch, ..., d)`.

    ValueError for sizes that are no positive integers or one an axis.

    Arguments:
        pool_size: Size of the window in steps, one number for all spatial axes or one an axis.
        strides: Steps from one window to the next; None means `pool_size`, windows side by side.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
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

class MelSpectrogram(_audio.MelSpectrogram):
    """Loudness in bands as wide as the ear hears them: (..., time) -> (..., num_mel_bins, steps).

    ValueError for an `fft_length` below `sequence_length`.

    Arguments:
        fft_length: Number of samples that pieces are padded to.
        sequence_stride: Samples from one piece to the next.
        sequence_length: Number of samples in a piece; None means `fft_length`.
        window: Name of a window of scipy.signal, its values `(frame,)`, or None for none.
        sampling_rate: Samples a second.
        num_mel_bins: Number of bands.
        min_freq: Lowest frequency, in hertz.
        max_freq: Highest frequency, in hertz; None means half the sampling rate.
        power_to_db: Whether the loudness is in decibels.
        top_db: How many decibels below the loudest the quietest lies at most.
        mag_exp: Exponent of magnitudes: 1 for energy, 2 for power.
        min_power: Least power, from which decibels are computed.
        ref_power: Power of 0 decibels.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        fft_length: int = 2048,
        sequence_stride: int = 512,
        sequence_length: int | None = None,
        window: Window = "hann",
        sampling_rate: int = 16000,
        num_mel_bins: int = 128,
        min_freq: float = 20.0,
        max_freq: float | None = None,
        power_to_db: bool = True,
        top_db: float = 80.0,
        mag_exp: float = 2.0,
        min_power: float = 1e-10,
        ref_power: float = 1.0,
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

class STFTSpectrogram(_audio.STFTSpectrogram):
    """Spectra of short pieces of signals, by convolutions: (batch, time, d) -> (batch, steps, f d).

    f is `fft_length // 2 + 1`, twice that for "stft"; with `expand_dims` (batch, steps, f, d). The
    windows are weights, which training may change. ValueError for lengths that don't fit each other
    and unknown modes. TypeError for integers.

    Arguments:
        mode: "log" of the magnitude, "magnitude", "psd" (power), "real", "imag", "angle", or "stft"
            for real and imaginary parts one after the other.
        frame_length: Number of samples in a piece.
        frame_step: Samples from one piece to the next; None means half a piece.
        fft_length: Number of samples that pieces are padded to; None takes the next power of two.
        window: Name of a window of scipy.signal, its values `(frame,)`, or None for none.
        periodic: Whether the window has the period of a frame, as for spectra, or is symmetric.
        scaling: "density" divides by the window's L2 norm, "spectrum" by its L1 norm, None by
            nothing.
        padding: "valid" keeps to the input, "same" pads to `ceil(size / stride)` windows an axis.
        expand_dims: Whether frequencies and channels have an axis each.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        mode: Literal['log', 'magnitude', 'psd', 'real', 'imag', 'angle', 'stft'] | str = "log",
        frame_length: int = 256,
        frame_step: int | None = None,
        fft_length: int | None = None,
        window: Window = "hann",
        periodic: bool = False,
        scaling: Literal['density', 'spectrum'] | str | None = "density",
        padding: Padding = "valid",
        expand_dims: bool = False,
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

class CategoryEncoding(_categorical.CategoryEncoding):
    """Integers below `num_tokens` as rows of `num_tokens` columns; others are left out.

    "multi_hot": 1 for each integer of the row; "count": how often it occurs, or the sum of its
    `count_weights`; `(batch, n)` -> `(batch, num_tokens)`. "one_hot": `(batch,)` or `(batch, 1)`
    -> `(batch, num_tokens)`, `(batch, n)` -> `(batch, n, num_tokens)`.

    ValueError for another mode, no positive `num_tokens`, and for texts.

    Arguments:
        num_tokens: Number of columns: integers run from 0 to `num_tokens - 1`.
        output_mode: "multi_hot" for which integers occur, "count" for how often, "one_hot" for
            each.
        sparse: Accepted; inputs are dense.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        num_tokens: int,
        output_mode: str = "multi_hot",
        sparse: bool = False,
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

class Discretization(_categorical.Discretization):
    """The number of the bin that each number falls into, by boundaries that are given or learnt.

    Any shape -> integers of that shape: 0 below the first boundary, `len(bin_boundaries)` from the
    last on. The other output modes encode them, one column a bin. `adapt` takes quantiles of the
    data as boundaries, to within `epsilon`.

    ValueError unless either `bin_boundaries` or `num_bins` is given, before there are boundaries,
    and for texts.

    Arguments:
        bin_boundaries: Boundaries of the bins in ascending order; None waits for `adapt`.
        num_bins: Number of bins that `adapt` divides the data into.
        epsilon: Share of the data by which a learnt boundary may be off.
        output_mode: "int" for the bins; "one_hot", "multi_hot" and "count" for one column a bin.
        sparse: Accepted; inputs are dense.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
    """

    def __init__(
        self,
        bin_boundaries: Any = None,
        num_bins: int | None = None,
        epsilon: float = 0.01,
        output_mode: str = "int",
        sparse: bool = False,
        dtype: Any = None,
        name: str | None = None,
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

class AutoContrast(_color.AutoContrast):
    """Stretches each channel of each image over `value_range`: (..., h, w, c) -> the same.

    A channel of one value stays. In inference, too.

    Arguments:
        value_range: Least and greatest value of a colour.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        value_range: Sequence[float] = (0, 255),
        *,
        data_format: DataFormat = None,
        bounding_box_format: BoxFormat | None = None,
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

class ContrastLimitedAdaptiveHistogramEqualization(_color.ContrastLimitedAdaptiveHistogramEqualization):
    """Spreads the values of each of `tile_grid_size` tiles evenly, interpolated between tiles.

    (..., h, w, c) -> the same, of the dtype that came. Counts above `clip_limit` times their mean
    are spread over all; 0 sets no limit. In inference, too. Zuiderveld 1994 (CLAHE).

    Arguments:
        value_range: Least and greatest value of a colour.
        clip_limit: Greatest count of a bin, as a multiple of the mean count; 0 sets no limit.
        tile_grid_size: Number of tiles (down, across).
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        value_range: Sequence[float] = (0, 255),
        clip_limit: float = 4.0,
        tile_grid_size: Sequence[int] = (8, 8),
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class Equalization(_color.Equalization):
    """In training, spreads the values of each channel of a batch evenly over `value_range`.

    (..., h, w, c) -> the same. Values are counted in `bins` bins. ValueError for bins below 1.

    Arguments:
        value_range: Least and greatest value of a colour.
        bins: Number of bins that values are counted in.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        value_range: Sequence[float] = (0, 255),
        bins: int = 256,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomBrightness(_color.RandomBrightness):
    """In training, adds to each image a part of `value_range`: (..., h, w, c) -> the same.

    The results are clipped to the range. ValueError for factors outside -1 to 1.

    Arguments:
        factor: Bounds of what is drawn for each image; a number f means from -f to f, as far as the
            layer allows it.
        value_range: Least and greatest value of a colour.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor,
        value_range: Sequence[float] = (0, 255),
        seed: Seed = None,
        *,
        data_format: DataFormat = None,
        bounding_box_format: BoxFormat | None = None,
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

class RandomColorDegeneration(_color.RandomColorDegeneration):
    """In training, moves each image a part of the way to grey: (..., h, w, 3) -> the same.

    ValueError for factors outside -1 to 1, where 1 is grey.

    Arguments:
        factor: Bounds of what is drawn for each image; a number f means from -f to f, as far as the
            layer allows it.
        value_range: Least and greatest value of a colour.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor,
        value_range: Sequence[float] = (0, 255),
        data_format: DataFormat = None,
        seed: Seed = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomColorJitter(_color.RandomColorJitter):
    """In training, brightness, contrast, saturation and hue, one after the other, by chance.

    (..., h, w, 3) -> the same. A factor of None leaves that step out. Errors as of the layers
    RandomBrightness, RandomContrast, RandomSaturation and RandomHue.

    Arguments:
        value_range: Least and greatest value of a colour.
        brightness_factor: Factor of RandomBrightness; None leaves brightness as it is.
        contrast_factor: Factor of RandomContrast; None leaves contrast as it is.
        saturation_factor: Factor of RandomSaturation; None leaves saturation as it is.
        hue_factor: Factor of RandomHue; None leaves hues as they are.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        value_range: Sequence[float] = (0, 255),
        brightness_factor: Factor | None = None,
        contrast_factor: Factor | None = None,
        saturation_factor: Factor | None = None,
        hue_factor: Factor | None = None,
        seed: Seed = None,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomContrast(_color.RandomContrast):
    """In training, `(x - mean) * f + mean` by a factor f for each image, the mean a channel's.

    (..., h, w, c) -> the same, clipped to `value_range`; f is from 1 - lower to 1 + upper.
    ValueError for factors outside 0 to 1.

    Arguments:
        factor: Bounds of what is drawn for each image; a number f means from -f to f, as far as the
            layer allows it.
        value_range: Least and greatest value of a colour.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor,
        value_range: Sequence[float] = (0, 255),
        seed: Seed = None,
        *,
        data_format: DataFormat = None,
        bounding_box_format: BoxFormat | None = None,
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

class RandomGaussianBlur(_color.RandomGaussianBlur):
    """In training, blurs an image by chance: (..., h, w, c) -> the same.

    The window is `kernel_size` (width, height); its deviations, drawn from `sigma`, are the same
    for all of a batch. ValueError for factors outside 0 to 1 and even sizes.

    Arguments:
        factor: Bounds of what is drawn for each image; a number f means from -f to f, as far as the
            layer allows it.
        kernel_size: Size of the window (width, height), odd; one number for both.
        sigma: Bounds of the window's deviation in pixels; a number s means from 0 to s.
        value_range: Least and greatest value of a colour.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor = 1.0,
        kernel_size: int | Sequence[int] = 3,
        sigma: Factor = 1.0,
        value_range: Sequence[float] = (0, 255),
        data_format: DataFormat = None,
        seed: Seed = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomGrayscale(_color.RandomGrayscale):
    """In training, makes an image grey with probability `factor`: (..., h, w, 3) -> the same.

    The images keep their dtype. ValueError for a factor outside 0 to 1.

    Arguments:
        factor: Probability with which an image becomes grey.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: float = 0.5,
        data_format: DataFormat = None,
        seed: Seed = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomHue(_color.RandomHue):
    """In training, turns the hues of each image by up to half a circle: (..., h, w, 3) -> the same.

    ValueError for factors outside 0 to 1, where 1 is half a circle.

    Arguments:
        factor: Bounds of what is drawn for each image; a number f means from -f to f, as far as the
            layer allows it.
        value_range: Least and greatest value of a colour.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor,
        value_range: Sequence[float] = (0, 255),
        data_format: DataFormat = None,
        seed: Seed = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomInvert(_color.RandomInvert):
    """In training, turns an image into its negative by chance: (..., h, w, c) -> the same.

    The probability is drawn from `factor`. ValueError for factors outside 0 to 1.

    Arguments:
        factor: Bounds of what is drawn for each image; a number f means from -f to f, as far as the
            layer allows it.
        value_range: Least and greatest value of a colour.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor = 1.0,
        value_range: Sequence[float] = (0, 255),
        seed: Seed = None,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomPosterization(_color.RandomPosterization):
    """In training, keeps `factor` bits of each colour: (..., h, w, c) -> the same.

    ValueError for factors outside 1 to 8.

    Arguments:
        factor: Bounds of what is drawn for each image; a number f means from -f to f, as far as the
            layer allows it.
        value_range: Least and greatest value of a colour.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor,
        value_range: Sequence[float] = (0, 255),
        data_format: DataFormat = None,
        seed: Seed = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomSaturation(_color.RandomSaturation):
    """In training, multiplies each image's saturation by `f / (1 - f)`: (..., h, w, 3) -> the same.

    A factor f of 0.5 changes nothing, 0 leaves grey. ValueError for factors outside -1 to 1.

    Arguments:
        factor: Bounds of what is drawn for each image; a number f means from -f to f, as far as the
            layer allows it.
        value_range: Least and greatest value of a colour.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor,
        value_range: Sequence[float] = (0, 255),
        data_format: DataFormat = None,
        seed: Seed = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomSharpness(_color.RandomSharpness):
    """In training, blurs or sharpens each image: (..., h, w, c) -> the same.

    A factor of 0 blurs by a 3x3 window, 0.5 changes nothing, 1 adds what the blur takes away.
    ValueError for factors outside 0 to 1.

    Arguments:
        factor: Bounds of what is drawn for each image; a number f means from -f to f, as far as the
            layer allows it.
        value_range: Least and greatest value of a colour.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor,
        value_range: Sequence[float] = (0, 255),
        data_format: DataFormat = None,
        seed: Seed = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class Solarization(_color.Solarization):
    """In training, adds to each image, then inverts what reaches a threshold, both by chance.

    (..., h, w, c) -> the same. Amounts are parts of 255, the range that values are brought to
    meanwhile. ValueError for factors outside 0 to 1.

    Arguments:
        addition_factor: Bounds of what is added, as parts of 255; a number f means from 0 to f.
        threshold_factor: Bounds of the value from which colours are inverted, as parts of 255.
        value_range: Least and greatest value of a colour.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        addition_factor: Factor = 0.0,
        threshold_factor: Factor = 0.0,
        value_range: Sequence[float] = (0, 255),
        seed: Seed = None,
        *,
        data_format: DataFormat = None,
        bounding_box_format: BoxFormat | None = None,
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

class CenterCrop(_geometry.CenterCrop):
    """The middle of images, `height` x `width`: (..., h, w, c) -> (..., height, width, c).

    Where they are smaller, the largest part of this shape, resized. In inference, too.

    Arguments:
        height: Rows of the images that come out.
        width: Columns of the images that come out.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        height: int,
        width: int,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomCrop(_geometry.RandomCrop):
    """In training, a part of images, `height` x `width`, the same for all of a batch.

    (..., h, w, c) -> (..., height, width, c). Images that are not larger both ways are resized. In
    inference the images as they are.

    Arguments:
        height: Rows of the images that come out.
        width: Columns of the images that come out.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        height: int,
        width: int,
        seed: Seed = None,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomElasticTransform(_geometry.RandomElasticTransform):
    """In training, distorts an image by chance, as if drawn on rubber: (..., h, w, c) -> the same.

    The probability is drawn from `factor`, the strength for the batch from `scale`. ValueError for
    either outside 0 to 1 and unknown modes. NotImplementedError for bounding boxes. Simard 2003.

    Arguments:
        factor: Bounds of the probability; a number p means from 0 to p.
        scale: Bounds of the strength, from 0 to 1; a number s means from 0 to s.
        interpolation: How values between pixels come about: "bilinear" or "nearest".
        fill_mode: What lies beyond the edges: "reflect", "wrap", "nearest" (the pixel at the edge),
            or "constant".
        fill_value: Value beyond the edges where they are "constant".
        value_range: Least and greatest value of a colour.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor = 1.0,
        scale: Factor = 1.0,
        interpolation: Interpolation = "bilinear",
        fill_mode: FillMode = "reflect",
        fill_value: float = 0.0,
        value_range: Sequence[float] = (0, 255),
        seed: Seed = None,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomFlip(_geometry.RandomFlip):
    """In training, mirrors each image or leaves it, by chance: (..., h, w, c) -> the same.

    ValueError for a mode but "horizontal", "vertical" and "horizontal_and_vertical", where both
    happen together.

    Arguments:
        mode: "horizontal", "vertical" or "horizontal_and_vertical", which does both at once.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        mode: str = "horizontal_and_vertical",
        seed: Seed = None,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomPerspective(_geometry.RandomPerspective):
    """In training, tilts an image by chance: its corners move by up to half of `scale`.

    (..., h, w, c) -> the same. The probability is drawn from `factor`. ValueError for factors and
    scales outside 0 to 1 and unknown interpolations.

    Arguments:
        factor: Bounds of the probability; a number p means from 0 to p.
        scale: How far corners move, as a part of half the image.
        interpolation: How values between pixels come about: "bilinear" or "nearest".
        fill_value: Value beyond the edges where they are "constant".
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor = 1.0,
        scale: float = 1.0,
        interpolation: Interpolation = "bilinear",
        fill_value: float = 0.0,
        seed: Seed = None,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomRotation(_geometry.RandomRotation):
    """In training, turns each image about its centre by `factor * 360` degrees.

    (..., h, w, c) -> the same. ValueError for factors outside -1 to 1 and unknown modes.

    Arguments:
        factor: Bounds of the turn in full circles; a number f means from -f to f.
        fill_mode: What lies beyond the edges: "reflect", "wrap", "nearest" (the pixel at the edge),
            or "constant".
        interpolation: How values between pixels come about: "bilinear" or "nearest".
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        fill_value: Value beyond the edges where they are "constant".
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor,
        fill_mode: FillMode = "reflect",
        interpolation: Interpolation = "bilinear",
        seed: Seed = None,
        fill_value: float = 0.0,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomShear(_geometry.RandomShear):
    """In training, slants each image: a pixel is read from `(x + s y, y + t x)`.

    (..., h, w, c) -> the same. s and t are from `x_factor` and `y_factor`, in one direction or the
    other. ValueError for factors outside 0 to 1 and unknown modes.

    Arguments:
        x_factor: Bounds of the shift to the right for each row, as a part of a row.
        y_factor: Bounds of the shift down for each column, as a part of a column.
        interpolation: How values between pixels come about: "bilinear" or "nearest".
        fill_mode: What lies beyond the edges: "reflect", "wrap", "nearest" (the pixel at the edge),
            or "constant".
        fill_value: Value beyond the edges where they are "constant".
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        x_factor: Factor = 0.0,
        y_factor: Factor = 0.0,
        interpolation: Interpolation = "bilinear",
        fill_mode: FillMode = "reflect",
        fill_value: float = 0.0,
        data_format: DataFormat = None,
        seed: Seed = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomTranslation(_geometry.RandomTranslation):
    """In training, shifts each image down and right by parts of its height and width.

    (..., h, w, c) -> the same. ValueError for factors outside -1 to 1 and unknown modes.

    Arguments:
        height_factor: Bounds of the change in parts of the height; a number f means from -f to f.
        width_factor: Bounds of the change in parts of the width; a number f means from -f to f.
        fill_mode: What lies beyond the edges: "reflect", "wrap", "nearest" (the pixel at the edge),
            or "constant".
        interpolation: How values between pixels come about: "bilinear" or "nearest".
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        fill_value: Value beyond the edges where they are "constant".
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        height_factor: Factor,
        width_factor: Factor,
        fill_mode: FillMode = "reflect",
        interpolation: Interpolation = "bilinear",
        seed: Seed = None,
        fill_value: float = 0.0,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomZoom(_geometry.RandomZoom):
    """In training, zooms each image about its centre: a factor below 0 in, above 0 out.

    (..., h, w, c) -> the same. `width_factor=None` keeps the aspect ratio. ValueError for factors
    outside -1 to 1, or -1 itself, and for unknown modes.

    Arguments:
        height_factor: Bounds of the change in parts of the height; a number f means from -f to f.
        width_factor: Bounds of the change in parts of the width; None keeps the aspect ratio.
        fill_mode: What lies beyond the edges: "reflect", "wrap", "nearest" (the pixel at the edge),
            or "constant".
        interpolation: How values between pixels come about: "bilinear" or "nearest".
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        fill_value: Value beyond the edges where they are "constant".
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        height_factor: Factor,
        width_factor: Factor | None = None,
        fill_mode: FillMode = "reflect",
        interpolation: Interpolation = "bilinear",
        seed: Seed = None,
        fill_value: float = 0.0,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class Resizing(_geometry.Resizing):
    """Images of the size `height` x `width`, of the dtype that they had: (..., h, w, c), both.

    The aspect ratio changes, unless the images are cropped or padded to the new one first.
    Integers are rounded. In inference, too. ValueError for unknown interpolations.

    Arguments:
        height: Rows of the images that come out.
        width: Columns of the images that come out.
        interpolation: How new pixels come about: "nearest", "bilinear", "bicubic", "lanczos3" or
            "lanczos5".
        crop_to_aspect_ratio: Whether images are cropped to the new aspect ratio, not stretched.
        pad_to_aspect_ratio: Whether images are padded to the new aspect ratio, not stretched.
        fill_mode: "constant": the padding is `fill_value`.
        fill_value: Value beyond the edges where they are "constant".
        antialias: Whether images that shrink are smoothed first.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        height: int,
        width: int,
        interpolation: Resampling = "bilinear",
        crop_to_aspect_ratio: bool = False,
        pad_to_aspect_ratio: bool = False,
        fill_mode: FillMode = "constant",
        fill_value: float = 0.0,
        antialias: bool = False,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class HashedCrossing(_hashing.HashedCrossing):
    """Each combination of two or more features as a number below `num_bins`, by a hash.

    Equal shapes `()`, `(batch,)` or `(batch, 1)` of integers or texts -> integers of that shape,
    or with output_mode "one_hot" floats, one column a bin.

    ValueError for a single feature, other shapes and floats.

    Arguments:
        num_bins: Number of bins.
        output_mode: "int" for the bins, "one_hot" for one column a bin.
        sparse: Accepted; inputs are dense.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
    """

    def __init__(
        self,
        num_bins: int,
        output_mode: str = "int",
        sparse: bool = False,
        name: str | None = None,
        dtype: Any = None,
        *,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Hashing(_hashing.Hashing):
    """Each text or integer as a number below `num_bins`, by the hash of its text.

    Any shape -> integers of that shape; the other output modes give floats, one column a bin.
    FarmHash64, or SipHash with a `salt`; both are the same everywhere and for ever.

    ValueError for arguments that don't fit together.

    Arguments:
        num_bins: Number of bins.
        mask_value: Value that all features of a step have to be skipped.
        salt: Key of the hash SipHash, an integer or two of them; None takes FarmHash.
        output_mode: "int" for the bins; "one_hot", "multi_hot" and "count" for one column a bin.
        sparse: Accepted; inputs are dense.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
    """

    def __init__(
        self,
        num_bins: int,
        mask_value: Any = None,
        salt: Any = None,
        output_mode: str = "int",
        sparse: bool = False,
        *,
        dtype: Any = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class IntegerLookup(_lookup.IntegerLookup):
    """The index of each integer in a vocabulary, or with `invert` the integer of each index.

    Integers of any shape -> integers of that shape; the other output modes give floats, one
    column an index. The vocabulary is given, or learnt by `adapt`. Integers have 64 bits on the
    host, 32 inside compiled code.

    ValueError for arguments that don't fit together, and for inputs that are no integers.
    RuntimeError before there is a vocabulary.

    Arguments:
        max_tokens: Most indices that there may be, special ones included; None sets no bound.
        num_oov_indices: Number of indices for what is not in the vocabulary; with 0 that is an
            error.
        mask_token: Entry that stands for a gap: index 0, or in other output modes not counted; None
            has none.
        oov_token: Entry that stands for what is not in the vocabulary.
        vocabulary: The entries, a list or array, or the name of a text file; None waits for
            `adapt`.
        vocabulary_dtype: "int64".
        idf_weights: Inverse document frequencies, one an entry, for output_mode "tf_idf".
        invert: Whether to go back, from indices to entries.
        output_mode: "int" for indices; "one_hot", "multi_hot", "count" and "tf_idf" for one column
            an index.
        sparse: Accepted; inputs are dense.
        pad_to_max_tokens: Whether there are always `max_tokens` columns, however few entries there
            are.
        oov_method: "floormod" for the remainder of an unknown integer, "farmhash" for its hash, by
            `num_oov_indices`.
        salt: Key of the hash SipHash, an integer or two of them; None takes FarmHash.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        vocabulary_size: Number of indices that there will be, as files state it before the
            vocabulary comes.
    """

    def __init__(
        self,
        max_tokens: int | None = None,
        num_oov_indices: int = 1,
        mask_token: int | None = None,
        oov_token: int | None = -1,
        vocabulary: Any = None,
        vocabulary_dtype: str = "int64",
        idf_weights: Tensor = None,
        invert: bool = False,
        output_mode: str = "int",
        sparse: bool = False,
        pad_to_max_tokens: bool = False,
        oov_method: str = "floormod",
        salt: Any = None,
        name: str | None = None,
        *,
        vocabulary_size: int | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class StringLookup(_lookup.StringLookup):
    """The index of each text in a vocabulary, or with `invert` the text of each index.

    Texts of any shape -> integers of that shape; the other output modes give floats, one column
    an index. The vocabulary is given, or learnt by `adapt`.

    ValueError for arguments that don't fit together, and for inputs that are no texts.
    RuntimeError before there is a vocabulary.

    Arguments:
        max_tokens: Most indices that there may be, special ones included; None sets no bound.
        num_oov_indices: Number of indices for what is not in the vocabulary; with 0 that is an
            error.
        mask_token: Entry that stands for a gap: index 0, or in other output modes not counted; None
            has none.
        oov_token: Entry that stands for what is not in the vocabulary.
        vocabulary: The entries, a list or array, or the name of a text file; None waits for
            `adapt`.
        idf_weights: Inverse document frequencies, one an entry, for output_mode "tf_idf".
        invert: Whether to go back, from indices to entries.
        output_mode: "int" for indices; "one_hot", "multi_hot", "count" and "tf_idf" for one column
            an index.
        pad_to_max_tokens: Whether there are always `max_tokens` columns, however few entries there
            are.
        sparse: Accepted; inputs are dense.
        encoding: Encoding of texts that come as bytes.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        salt: Key of the hash SipHash, an integer or two of them; None takes FarmHash.
        vocabulary_size: Number of indices that there will be, as files state it before the
            vocabulary comes.
        oov_method: "floormod" for the remainder of an unknown integer, "farmhash" for its hash, by
            `num_oov_indices`.
    """

    def __init__(
        self,
        max_tokens: int | None = None,
        num_oov_indices: int = 1,
        mask_token: str | None = None,
        oov_token: str | None = "[UNK]",
        vocabulary: Any = None,
        idf_weights: Tensor = None,
        invert: bool = False,
        output_mode: str = "int",
        pad_to_max_tokens: bool = False,
        sparse: bool = False,
        encoding: str = "utf-8",
        name: str | None = None,
        salt: Any = None,
        *,
        vocabulary_size: int | None = None,
        oov_method: str = "floormod",
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class AugMix(_mix.AugMix):
    """In training, mixes an image with what chains of layers, chosen by chance, make of it.

    (..., h, w, 3) -> the same. Weights of the `num_chains` chains are drawn from a Dirichlet
    distribution of `alpha`, that of the image from beta(`alpha`, `alpha`). ValueError for factors
    outside 0 to 1. Hendrycks et al. 2019, https://arxiv.org/abs/1912.02781.

    Arguments:
        value_range: Least and greatest value of a colour.
        num_chains: Number of chains that are mixed.
        chain_depth: Number of layers in a chain.
        factor: Strength of the layers, bounds of what each of them draws.
        alpha: Parameter of the distributions that weights have.
        all_ops: Whether brightness, contrast, sharpness and colour take part, too.
        interpolation: How new pixels come about: "nearest", "bilinear", "bicubic", "lanczos3" or
            "lanczos5".
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        value_range: Sequence[float] = (0, 255),
        num_chains: int = 3,
        chain_depth: int = 3,
        factor: Factor = 0.3,
        alpha: float = 1.0,
        all_ops: bool = True,
        interpolation: Interpolation = "bilinear",
        seed: Seed = None,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class CutMix(_mix.CutMix):
    """In training, puts a part of another image of the batch into each, and mixes the labels.

    (batch, h, w, c) -> the same; single images stay. The areas have a beta distribution with both
    parameters drawn from `factor`. ValueError for factors outside 0 to 1 and labels that are no
    vectors. NotImplementedError for bounding boxes. Yun et al. 2019,
    https://arxiv.org/abs/1905.04899.

    Arguments:
        factor: Bounds of the parameter of the beta distribution that areas have.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor = 1.0,
        seed: Seed = None,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class MaxNumBoundingBoxes(_mix.MaxNumBoundingBoxes):
    """Cuts or pads the boxes of each image to `max_number`; padding has the label `fill_value`.

    Boxes (batch, n, 4) -> (batch, max_number, 4). In inference, too. ValueError for 0 and less.

    Arguments:
        max_number: Number of boxes for each image.
        fill_value: What missing boxes, and their labels, consist of.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        max_number: int,
        fill_value: int = -1,
        *,
        data_format: DataFormat = None,
        bounding_box_format: BoxFormat | None = None,
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

class MixUp(_mix.MixUp):
    """In training, mixes each image, its mask and label with another of the batch.

    (batch, h, w, c) -> the same. Weights have the distribution beta(`alpha`, `alpha`); the boxes of
    both stay. ValueError for labels that are no vectors. Zhang et al. 2017,
    https://arxiv.org/abs/1710.09412.

    Arguments:
        alpha: Parameter of the beta distribution that weights have.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        alpha: float = 0.2,
        data_format: DataFormat = None,
        seed: Seed = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandAugment(_mix.RandAugment):
    """In training, `num_ops` of eleven layers of images, chosen by chance for each batch.

    (..., h, w, 3) -> the same, and masks and boxes with them. ValueError for factors outside 0
    to 1. Cubuk et al. 2019, https://arxiv.org/abs/1909.13719.

    Arguments:
        value_range: Least and greatest value of a colour.
        num_ops: Number of layers that are applied to a batch.
        factor: Strength of the layers, bounds of what each of them draws.
        interpolation: How new pixels come about: "nearest", "bilinear", "bicubic", "lanczos3" or
            "lanczos5".
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        value_range: Sequence[float] = (0, 255),
        num_ops: int = 2,
        factor: Factor = 0.5,
        interpolation: Interpolation = "bilinear",
        seed: Seed = None,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class RandomErasing(_mix.RandomErasing):
    """In training, covers a rectangle of an image by chance: (..., h, w, c) -> the same.

    The probability is drawn from `factor`, the area from `scale`; noise or `fill_value` covers it.
    ValueError for factors and scales outside 0 to 1 and other fill values. Zhong et al. 2017,
    https://arxiv.org/abs/1708.04896.

    Arguments:
        factor: Bounds of the probability; a number p means from 0 to p.
        scale: Bounds of the covered part of the image.
        fill_value: Value of the cover, a number or one a channel; None covers with noise.
        value_range: Least and greatest value of a colour.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        bounding_box_format: How boxes are written: "xyxy", "yxyx", "xywh", "center_xywh",
            "center_yxhw", and "rel_" before the first four for parts of the image; None if there
            are none.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
    """

    def __init__(
        self,
        factor: Factor = 1.0,
        scale: Factor = (0.02, 0.33),
        fill_value: float | Sequence[float] | None = None,
        value_range: Sequence[float] = (0, 255),
        seed: Seed = None,
        data_format: DataFormat = None,
        *,
        bounding_box_format: BoxFormat | None = None,
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

class Rescaling(_numeric.Rescaling):
    """`inputs * scale + offset` as floats: any shape -> the same.

    A scale or offset `(channels,)` goes along the channels of images.

    Arguments:
        scale: Factor, a number or one a channel.
        offset: What is added after scaling, a number or one a channel.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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

class TextVectorization(_text.TextVectorization):
    """Texts as the indices of their tokens, or as one row of floats a text.

    Each text is standardized, split into tokens, joined into n-grams and looked up. `(batch,)` or
    `(batch, 1)` -> `(batch, time)` for output_mode "int", padded with 0; index 1 is for unknown
    tokens. The other modes give `(batch, indices)`.

    ValueError for arguments that don't fit together and for inputs that are no texts;
    RuntimeError before there is a vocabulary.

    Arguments:
        max_tokens: Most indices that there may be, special ones included; None sets no bound.
        standardize: "lower_and_strip_punctuation", "lower", "strip_punctuation", a function of an
            array of texts, or None.
        split: "whitespace", "character", a function from an array of texts to a list of tokens
            each, or None.
        ngrams: Longest run of tokens that counts as one, or the lengths of such runs; None means
            single ones.
        output_mode: "int" for the indices of tokens; "multi_hot", "count" and "tf_idf" for one row
            of columns a text.
        output_sequence_length: Number of indices to cut or pad to; None takes the longest text's.
        pad_to_max_tokens: Whether there are always `max_tokens` columns, however few entries there
            are.
        vocabulary: The tokens, a list or array, or the name of a text file; None waits for `adapt`.
        idf_weights: Inverse document frequencies, one an entry, for output_mode "tf_idf".
        sparse: Accepted; inputs are dense.
        ragged: Accepted; inputs are dense, of one length.
        encoding: Encoding of texts that come as bytes.
        name: Name in summaries, files and error messages; None makes one from the class's name.
        vocabulary_size: Number of indices that there will be, as files state it before the
            vocabulary comes.
    """

    def __init__(
        self,
        max_tokens: int | None = None,
        standardize: str | Callable | None = "lower_and_strip_punctuation",
        split: str | Callable | None = "whitespace",
        ngrams: int | Sequence[int] | None = None,
        output_mode: str = "int",
        output_sequence_length: int | None = None,
        pad_to_max_tokens: bool = False,
        vocabulary: Any = None,
        idf_weights: Tensor = None,
        sparse: bool = False,
        ragged: bool = False,
        encoding: str = "utf-8",
        name: str | None = None,
        *,
        vocabulary_size: int | None = None,
        batch_size: Any = None,
        input_dim: Any = None,
        input_shape: Any = None,
        input_length: Any = None,
        batch_input_shape: Any = None,
        weights: Any = None,
    ) -> None: ...

class Cropping1D(_reshape.Cropping1D):
    """Cuts the first and last steps off: `(batch, time, d)` -> `(batch, time', d)`.

    ValueError for negative numbers, and where nothing would be left.

    Arguments:
        cropping: Steps cut off both ends, or a pair (start, end).
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Cuts the edges off images: `(batch, height, width, d)` -> `(batch, height', width', d)`.

    `((top, bottom), (left, right))` in full. ValueError for negative numbers, and where nothing
    would be left.

    Arguments:
        cropping: Steps cut off: one number, one an axis, or a pair (before, after) an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Cuts the faces off volumes: `(batch, depth, height, width, d)` -> `(batch, ..., d)`.

    ValueError for negative numbers, and where nothing would be left.

    Arguments:
        cropping: Steps cut off: one number, one an axis, or a pair (before, after) an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """All axes but the batch as one: `(batch, ...)` -> `(batch, product of the rest)`.

    Channels run fastest in either data format. ValueError for another data format.

    Arguments:
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Axes in another order: `(batch, ...)` -> `(batch, ...)`.

    Axis `i + 1` of the result is axis `dims[i]` of the input.

    ValueError unless `dims` holds each of 1 to its length once.

    Arguments:
        dims: New order of the axes, counted from 1 as the batch stays in front.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Each vector n times: `(batch, d)` -> `(batch, n, d)`.

    TypeError for an `n` that is no integer, ValueError below 1.

    Arguments:
        n: How often the vector is repeated.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """The same elements in another shape: `(batch, ...)` -> `(batch, *target_shape)`.

    ValueError for two sizes of -1, and for a number of elements that doesn't fit.

    Arguments:
        target_shape: Sizes of the output's axes but for the batch; one of them may be -1, for what
            is left.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Each step `size` times: `(batch, time, d)` -> `(batch, time * size, d)`.

    TypeError for a `size` that is no integer, ValueError below 1.

    Arguments:
        size: How often each step is repeated, one number for all spatial axes or one an axis.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Images enlarged: `(batch, height, width, d)` -> `(batch, height * size, width * size, d)`.

    "nearest" repeats pixels; the other interpolations resize as `ops.image.resize` does.

    ValueError for sizes that are no positive integers, and for another interpolation.

    Arguments:
        size: How often each step is repeated, one number for all spatial axes or one an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        interpolation: How new pixels come about: "nearest", "bilinear", "bicubic", "lanczos3" or
            "lanczos5".
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Each step of a volume repeated: `(batch, depth, height, width, d)` -> `(batch, ..., d)`.

    ValueError for sizes that are no positive integers.

    Arguments:
        size: How often each step is repeated, one number for all spatial axes or one an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Zeros before and after the steps: `(batch, time, d)` -> `(batch, time', d)`.

    ValueError for negative numbers.

    Arguments:
        padding: Zeros added at both ends, or a pair (start, end).
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Zeros around images: `(batch, height, width, d)` -> `(batch, height', width', d)`.

    `((top, bottom), (left, right))` in full. ValueError for negative numbers.

    Arguments:
        padding: Zeros added: one number, one an axis, or a pair (before, after) an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Zeros around volumes: `(batch, depth, height, width, d)` -> `(batch, ..., d)`.

    ValueError for negative numbers.

    Arguments:
        padding: Zeros added: one number, one an axis, or a pair (before, after) an axis.
        data_format: Place of the channels, "channels_last" or "channels_first"; None takes the
            global setting.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """A gated recurrent unit over time: `(batch, time, d)` -> `(batch, units)`.

    With `return_sequences` `(batch, time, units)`; with `return_state` also h. See `GRUCell` for
    the step.

    ValueError for `units` that are no positive integer, for no time step, and for a stateful layer
    whose batch size is open or changes. Cho et al. 2014, https://arxiv.org/abs/1406.1078.

    Arguments:
        units: Size of the state, and of the output of a step.
        activation: Function of the candidate state and, in an LSTM, of the cell on its way out.
        recurrent_activation: Function of the gates, with values from 0 to 1.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        recurrent_initializer: First values of the weights that multiply the state.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        recurrent_regularizer: Penalty on the recurrent weights that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        recurrent_constraint: What the recurrent weights are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        dropout: Probability with which an element of the input is dropped, the same at all steps.
        recurrent_dropout: Probability with which an element of the state is dropped, the same at
            all steps.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        return_sequences: Whether to return the outputs of all steps, not the last one's alone.
        return_state: Whether to return the last states too, after the output.
        go_backwards: Whether to start with the last step; outputs come in the order of their
            computation.
        stateful: Whether each batch starts with the last states of the batch before.
        unroll: Whether to write the steps out one by one: longer to compile, at times faster to
            run.
        reset_after: Whether the reset gate acts after the product with the recurrent weights, or
            before it.
        use_cudnn: Accepted without effect: XLA compiles the loop for every device.
        implementation: 1 drops other elements for each gate, 2 the same ones for all.
        zero_output_for_mask: Whether masked steps give 0, not the output before them; for all
            steps' outputs.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
        use_cudnn: Literal['auto'] | bool = "auto",
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
    """Long short-term memory over time: `(batch, time, d)` -> `(batch, units)`.

    With `return_sequences` `(batch, time, units)`; with `return_state` also h and c. See `LSTMCell`
    for the step.

    ValueError for `units` that are no positive integer, for no time step, and for a stateful layer
    whose batch size is open or changes. Hochreiter and Schmidhuber 1997.

    Arguments:
        units: Size of the state, and of the output of a step.
        activation: Function of the candidate state and, in an LSTM, of the cell on its way out.
        recurrent_activation: Function of the gates, with values from 0 to 1.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        recurrent_initializer: First values of the weights that multiply the state.
        bias_initializer: First values of the bias.
        unit_forget_bias: Whether the forget gate's bias starts at 1, so that the cell remembers at
            first.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        recurrent_regularizer: Penalty on the recurrent weights that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        recurrent_constraint: What the recurrent weights are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        dropout: Probability with which an element of the input is dropped, the same at all steps.
        recurrent_dropout: Probability with which an element of the state is dropped, the same at
            all steps.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        return_sequences: Whether to return the outputs of all steps, not the last one's alone.
        return_state: Whether to return the last states too, after the output.
        go_backwards: Whether to start with the last step; outputs come in the order of their
            computation.
        stateful: Whether each batch starts with the last states of the batch before.
        unroll: Whether to write the steps out one by one: longer to compile, at times faster to
            run.
        use_cudnn: Accepted without effect: XLA compiles the loop for every device.
        implementation: 1 drops other elements for each gate, 2 the same ones for all.
        zero_output_for_mask: Whether masked steps give 0, not the output before them; for all
            steps' outputs.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
        use_cudnn: Literal['auto'] | bool = "auto",
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

    `(batch, time, d)` -> `(batch, units)`, with `return_sequences` `(batch, time, units)`; with
    `return_state` a tuple that ends with the states. A call takes `initial_state`, a list, and a
    mask `(batch, time)`: masked steps keep the states. A tuple or dictionary of sequences is
    handed to the cell as one of their steps.

    ValueError for what has no `call` or `state_size`, for no time step, and for a stateful layer
    whose batch size is open or changes.

    Arguments:
        cell: Layer of one step with `call(x, states)` and `state_size`, or a list of such, stacked.
        return_sequences: Whether to return the outputs of all steps, not the last one's alone.
        return_state: Whether to return the last states too, after the output.
        go_backwards: Whether to start with the last step; outputs come in the order of their
            computation.
        stateful: Whether each batch starts with the last states of the batch before.
        unroll: Whether to write the steps out one by one: longer to compile, at times faster to
            run.
        zero_output_for_mask: Whether masked steps give 0, not the output before them; for all
            steps' outputs.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """A fully connected network whose output is fed back: `(batch, time, d)` -> `(batch, units)`.

    With `return_sequences` `(batch, time, units)`; with `return_state` also h. See `SimpleRNNCell`
    for the step.

    ValueError for `units` that are no positive integer, for no time step, and for a stateful layer
    whose batch size is open or changes.

    Arguments:
        units: Size of the state, and of the output of a step.
        activation: Function of the candidate state and, in an LSTM, of the cell on its way out.
        use_bias: Whether a trained vector is added, one number an output channel.
        kernel_initializer: First values of the kernel, the weights that multiply the input.
        recurrent_initializer: First values of the weights that multiply the state.
        bias_initializer: First values of the bias.
        kernel_regularizer: Penalty on the kernel that joins the loss.
        recurrent_regularizer: Penalty on the recurrent weights that joins the loss.
        bias_regularizer: Penalty on the bias that joins the loss.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        kernel_constraint: What the kernel is brought back to after each update.
        recurrent_constraint: What the recurrent weights are brought back to after each update.
        bias_constraint: What the bias is brought back to after each update.
        dropout: Probability with which an element of the input is dropped, the same at all steps.
        recurrent_dropout: Probability with which an element of the state is dropped, the same at
            all steps.
        return_sequences: Whether to return the outputs of all steps, not the last one's alone.
        return_state: Whether to return the last states too, after the output.
        go_backwards: Whether to start with the last step; outputs come in the order of their
            computation.
        stateful: Whether each batch starts with the last states of the batch before.
        unroll: Whether to write the steps out one by one: longer to compile, at times faster to
            run.
        seed: An integer, for the same random numbers in every run, or a SeedGenerator; None draws
            one.
        zero_output_for_mask: Whether masked steps give 0, not the output before them; for all
            steps' outputs.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """A layer applied to each time step: `(batch, time, ...)` -> `(batch, time, ...)`.

    Time steps are so many more examples of one call; in training they come one after the other if
    the layer has a state that each of them changes.

    ValueError for inputs of fewer than three axes, and for a mask that doesn't begin like its
    input.

    Arguments:
        layer: The layer inside.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
    """Base of layers around one other, `self.layer`; subclasses define `call`.

    ValueError for what is no layer.

    Arguments:
        layer: The layer inside.
        activity_regularizer: Penalty on the layer's output, a mean over the batch, that joins the
            loss.
        trainable: Whether training changes the weights of the layer and of those inside it.
        dtype: Dtype of weights and computations, or a policy such as "mixed_bfloat16"; None takes
            the global policy.
        autocast: Whether floating-point inputs are cast to the dtype that the layer computes in.
        name: Name in summaries, files and error messages; None makes one from the class's name.
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
