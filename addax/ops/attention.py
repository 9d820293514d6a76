"""Attention."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from addax.core import dtypes
from addax.core.symbol import KerasTensor
from addax.core.types import Array, Tensor
from addax.ops.build import as_tensor, op_or, shape_text
from addax.ops.cpu.scores import scores


def _grouped(x, groups):
    """(batch, heads or 1, t, s), or less in front, -> (batch, kv heads, group, t, s)."""
    x = x[:, None] if x.ndim == 3 else x.reshape((1,) * (4 - x.ndim) + x.shape)
    if x.shape[1] == 1:
        return x[:, :, None]
    return x.reshape(x.shape[0], -1, groups, *x.shape[2:])


def _attention(query, key, value, bias, mask, scale, is_causal):
    """Plain attention; the softmax is computed in float32 at least.

    Heads come first inside: copying what a head reads once costs less than reading it in strides.
    Divided by the sum of the weights is what they select, and multiplied by the scale the query:
    both are smaller than the weights, backwards too.
    """
    batch, t, heads, depth = query.shape
    s, kv_heads, groups = *key.shape[1:3], heads // key.shape[2]
    wide = jnp.promote_types(query.dtype, "float32")
    scale = jnp.asarray(depth**-0.5 if scale is None else scale, wide)
    query = query.reshape(batch, t, kv_heads, groups, depth).transpose(0, 2, 3, 1, 4)
    query = query.reshape(batch, kv_heads, groups * t, depth)
    if query.dtype == wide:
        logits = scores(query * scale, key)
    else:
        logits = jnp.einsum("bktd,bskd->bkts", query, key, preferred_element_type=wide) * scale
    value = value.swapaxes(1, 2)
    logits = _changed(logits.reshape(batch, kv_heads, groups, t, s), bias, mask, is_causal)
    weights = jnp.exp(logits - lax.stop_gradient(logits.max(-1, keepdims=True)))
    total = weights.sum(-1, keepdims=True).reshape(batch, kv_heads, groups * t, 1)
    weights = weights.astype(key.dtype).reshape(batch, kv_heads, groups * t, s)
    y = jnp.einsum("bkts,bksd->bktd", weights, value, preferred_element_type=wide) / total
    y = y.astype(value.dtype).reshape(batch, kv_heads, groups, t, value.shape[-1])
    return y.transpose(0, 3, 1, 2, 4).reshape(batch, t, heads, value.shape[-1])


def _changed(logits, bias, mask, is_causal):
    """The logits (batch, kv heads, group, t, s) with the bias, and small where none may look."""
    groups = logits.shape[2]
    if bias is not None:
        logits = (logits + _grouped(bias, groups)).astype(logits.dtype)
    allowed = None if mask is None else _grouped(mask, groups).astype(bool)
    if is_causal:
        causal = jnp.tril(jnp.ones(logits.shape[-2:], bool))
        allowed = causal if allowed is None else allowed & causal
    if allowed is None:
        return logits
    # Finite, so that a row in which nothing is allowed gives no NaN.
    return jnp.where(allowed, logits, -0.7 * jnp.finfo(logits.dtype).max)


def _four_axes(x, heads):
    """A bias or mask with all four axes; what has three is without the batch, else the heads."""
    if x.ndim != 3 or x.shape[0] in (1, heads):
        return x.reshape((1,) * (4 - x.ndim) + x.shape)
    return x[:, :, None] if x.shape[1] == heads else x[:, None]


def _spec(query, key, value, *_, **__):
    """For sizes of which it is open whether they fit: the query's, with the value's depth."""
    shapes = [tuple(np.shape(x)) for x in (query, key, value)]
    if any(len(shape) != 4 for shape in shapes):
        return None
    if None not in shapes[0] + shapes[1] and shapes[0][2] % shapes[1][2] == 0:
        return None
    dtype = dtypes.result_type(*(dtypes.standardize_dtype(x.dtype) for x in (query, key, value)))
    return KerasTensor((*shapes[0][:3], shapes[2][3]), dtype)


@op_or(_spec)
def dot_product_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    bias: Tensor = None,
    mask: Tensor = None,
    scale: float | None = None,
    is_causal: bool = False,
    flash_attention: bool | None = None,
    attn_logits_soft_cap: float | None = None,
) -> Array:
    """`softmax(q @ k.T * scale + bias) @ v`: (batch, t, heads, d), (batch, s, heads, d) twice.

    `bias`, and `mask` (True: attend), broadcast to (batch, heads, t, s). Several heads of the
    query may share one of key and value. With three axes they are (heads, t, s); else (batch,
    heads, s) or (batch, t, s), whatever fits. `scale` is `1 / sqrt(d)` by default.
    `flash_attention`: True asks for the fused kernel of cuDNN.
    """
    if attn_logits_soft_cap is not None:
        raise ValueError("attn_logits_soft_cap is not supported: leave it None.")
    tensors = [as_tensor(x) for x in (query, key, value)]
    if any(x.ndim != 4 for x in tensors) or tensors[0].shape[2] % tensors[1].shape[2]:
        raise ValueError(
            "dot_product_attention takes query, key and value (batch, time, heads, depth), the "
            "query's heads a multiple of the key's; received "
            f"{', '.join(map(shape_text, tensors))}."
        )
    dtype = jnp.result_type(*tensors)
    query, key, value = (x.astype(dtype) for x in tensors)
    heads = query.shape[2]
    bias = None if bias is None else _four_axes(as_tensor(bias, dtype), heads)
    mask = None if mask is None else _four_axes(as_tensor(mask), heads)
    if flash_attention:
        return jax.nn.dot_product_attention(
            query,
            key,
            value,
            bias,
            mask,
            scale=scale,
            is_causal=is_causal,
            implementation="cudnn",
        )
    return _attention(query, key, value, bias, mask, scale, is_causal)
