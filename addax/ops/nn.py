"""What neural networks are made of."""

# ruff: noqa: F403, F405

import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.core.symbol import KerasTensor
from addax.core.types import Array, Tensor
from addax.ops.activation import *
from addax.ops.attention import *
from addax.ops.build import as_tensor, op_or, shape_text
from addax.ops.conv import *
from addax.ops.crossentropy import *
from addax.ops.ctc import *
from addax.ops.normalization import *

__all__ = [
    "adaptive_average_pool", "adaptive_max_pool", "average_pool", "batch_normalization",
    "binary_crossentropy", "categorical_crossentropy", "celu", "conv", "conv_transpose",
    "ctc_decode", "ctc_loss", "depth_to_space", "depthwise_conv", "dot_product_attention",
    "elu", "fold", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_swish",
    "hard_tanh", "layer_normalization", "leaky_relu", "log_sigmoid", "log_softmax", "max_pool",
    "moments", "multi_hot", "normalize", "one_hot", "polar", "psnr", "relu", "relu6",
    "rms_normalization", "selu", "separable_conv", "sigmoid", "silu", "soft_shrink", "softmax",
    "softplus", "softsign", "space_to_depth", "sparse_categorical_crossentropy", "sparse_plus",
    "sparse_sigmoid", "sparsemax", "squareplus", "swish", "tanh_shrink", "threshold", "unfold",
]  # fmt: skip


@op_or(lambda abs_, angle: KerasTensor(np.shape(abs_), "complex64"))
def polar(abs_: Tensor, angle: Tensor) -> Array:
    """Complex numbers of these absolute values and angles (radians), elementwise."""
    size, angle = as_tensor(abs_), as_tensor(angle)
    return lax.complex(size * jnp.cos(angle), size * jnp.sin(angle))


@op_or(lambda x1, x2, max_val: KerasTensor(()) if np.ndim(x1) == np.ndim(x2) else None)
def psnr(x1: Tensor, x2: Tensor, max_val: float) -> Array:
    """Peak signal-to-noise ratio `10 log10(max_val**2 / mean((x1 - x2)**2))` in dB: -> ().

    ValueError for different shapes.
    """
    x1, x2 = as_tensor(x1), as_tensor(x2)
    if x1.shape != x2.shape:
        raise ValueError(
            f"psnr takes two tensors of one shape; received {shape_text(x1)} and {shape_text(x2)}."
        )
    error = jnp.mean(jnp.square(x1 - x2))
    return 20 * jnp.log10(as_tensor(max_val, x2.dtype)) - 10 * jnp.log10(error)
