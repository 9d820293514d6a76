"""What neural networks are made of."""

import jax.numpy as jnp
from jax import lax

from addax.core.symbol import op
from addax.ops.activation import *  # noqa: F403
from addax.ops.attention import *  # noqa: F403
from addax.ops.build import as_tensor, shape_text
from addax.ops.conv import *  # noqa: F403
from addax.ops.crossentropy import *  # noqa: F403
from addax.ops.ctc import *  # noqa: F403
from addax.ops.normalization import *  # noqa: F403


@op
def polar(abs_, angle):
    """The complex numbers with these absolute values and angles (radians)."""
    size, angle = as_tensor(abs_), as_tensor(angle)
    return lax.complex(size * jnp.cos(angle), size * jnp.sin(angle))


@op
def psnr(x1, x2, max_val):
    """Peak signal-to-noise ratio, `20 log10(max_val) - 10 log10(mean((x1 - x2)**2))`, in dB."""
    x1, x2 = as_tensor(x1), as_tensor(x2)
    if x1.shape != x2.shape:
        raise ValueError(
            f"psnr takes two tensors of one shape; received {shape_text(x1)} and {shape_text(x2)}."
        )
    error = jnp.mean(jnp.square(x1 - x2))
    return 20 * jnp.log10(as_tensor(max_val, x2.dtype)) - 10 * jnp.log10(error)
