"""Attention: means of values, weighted by how well their keys fit a query."""

import math
import string
from collections.abc import Sequence
from typing import Any, Literal

from addax import ops, random
from addax.core import configs, tree
from addax.core.checks import positive
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.seeds import SeedGenerator
from addax.core.types import (
    Array,
    Constraint,
    Initializer,
    Regularizer,
    Seed,
    Shape,
    Tensor,
    Tensors,
)
from addax.layers.activation import Softmax
from addax.layers.dense import EinsumDense
from addax.layers.dropout import Dropout


def causal_mask(queries: Any, keys: Any) -> Any:
    """(1, queries, keys): each step sees itself and what came before."""
    return ops.expand_dims(ops.arange(queries)[:, None] >= ops.arange(keys)[None, :], 0)


class PlainAttention(Layer):
    """What attention without heads shares: (batch, t, d), (batch, s, e) -> (batch, t, e).

    Called on [query, value] or [query, value, key]; a mask is a list of as many.
    """

    dropout: float

    def setup(self) -> None:
        self.supports_masking = True
        if self.dropout > 0:
            self.seed_generator = SeedGenerator(getattr(self, "seed", None))

    def _checked(self, inputs, mask=None):
        for name, value in (("inputs", inputs), ("mask", mask)):
            if value is None and name == "mask":
                continue
            listed = isinstance(value, (list, tuple)) and 2 <= len(value) <= 3
            if not listed or tree.is_shape(value):
                raise ValueError(
                    f"{type(self).__name__} takes {name} as a list: for query, value and, if it "
                    f"isn't the value, key; received {value!r}."
                )

    def _calculate_scores(self, query: Tensor, key: Tensor) -> Array:
        """How well each key fits each query: (batch, t, s)."""
        raise NotImplementedError

    def call(
        self,
        inputs: Sequence[Tensor],
        mask: Sequence[Tensor] | None = None,
        training: bool | None = False,
        return_attention_scores: bool = False,
        use_causal_mask: bool = False,
    ) -> Tensors:
        self._checked(inputs, mask)
        query, value, *key = inputs
        scores = self._calculate_scores(query, key[0] if key else value)
        query_mask, value_mask = (mask[0], mask[1]) if mask else (None, None)
        allowed = self._calculate_score_mask(scores, value_mask, use_causal_mask)
        output, weights = self._apply_scores(scores, value, allowed, training)
        if query_mask is not None:
            output = ops.where(ops.expand_dims(query_mask, -1), output, 0)
        return (output, weights) if return_attention_scores else output

    def _calculate_score_mask(
        self, scores: Tensor, v_mask: Tensor | None, use_causal_mask: bool
    ) -> Array | None:
        """Which scores count, (batch or 1, t or 1, s); None if all do."""
        allowed = None if v_mask is None else ops.expand_dims(v_mask, -2)
        if use_causal_mask:
            causal = causal_mask(*scores.shape[-2:])
            allowed = causal if allowed is None else ops.logical_and(allowed, causal)
        return allowed

    def _apply_scores(
        self,
        scores: Tensor,
        value: Tensor,
        scores_mask: Tensor | None = None,
        training: bool | None = False,
    ) -> tuple[Array, Array]:
        """The means of the values, and the weights that the scores mean."""
        if scores_mask is not None:
            low = 65504.0 if str(scores.dtype) == "float16" else 1e9
            scores = ops.where(scores_mask, scores, scores - low)
        weights = ops.softmax(scores, axis=-1)
        if training and self.dropout > 0:
            weights = random.dropout(weights, self.dropout, seed=self.seed_generator)
        return weights @ value, weights

    def compute_mask(
        self, inputs: Sequence[Tensor], mask: Sequence[Tensor] | None = None
    ) -> Tensors:
        self._checked(inputs, mask)
        return None if mask is None else mask[0]


@fields
class Attention(PlainAttention):
    """Dot-product attention: `softmax(query @ key.T) @ value`.

    Called on [query `(batch, t, d)`, value `(batch, s, e)`], and key `(batch, s, d)` if it isn't
    the value -> `(batch, t, e)`; with `return_attention_scores` also the weights `(batch, t, s)`.
    `score_mode="concat"` scores by `w * sum(tanh(scale * (query + key)))`.

    ValueError for another score mode, and for inputs or masks that are no list of two or three.
    Luong et al. 2015, https://arxiv.org/abs/1508.04025.
    """

    use_scale: bool = False
    score_mode: Literal["dot", "concat"] | str = "dot"
    dropout: float = 0.0
    seed: Seed = None

    def setup(self) -> None:
        super().setup()
        if self.score_mode not in ("dot", "concat"):
            raise ValueError(f'score_mode is "dot" or "concat"; received {self.score_mode!r}.')

    def build(self, input_shape: Sequence[Shape]) -> None:
        self._checked(input_shape)
        one = lambda name: self.weight(name, (), initializer="ones")  # noqa: E731
        self.scale = one("scale") if self.use_scale else None
        self.concat_score_weight = None
        if self.score_mode == "concat":
            self.concat_score_weight = one("concat_score_weight")

    def _calculate_scores(self, query: Tensor, key: Tensor) -> Array:
        scale = 1.0 if self.scale is None else self.scale
        if self.concat_score_weight is None:
            return scale * (query @ ops.swapaxes(key, -2, -1))
        both = ops.expand_dims(query, -2) + ops.expand_dims(key, -3)
        return self.concat_score_weight * ops.sum(ops.tanh(scale * both), axis=-1)


@fields
class AdditiveAttention(PlainAttention):
    """Attention with the scores `sum(scale * tanh(query + key))` over the last axis.

    Called on [query `(batch, t, d)`, value `(batch, s, d)`], and key `(batch, s, d)` if it isn't
    the value -> `(batch, t, d)`; with `return_attention_scores` also the weights `(batch, t, s)`.

    ValueError for inputs or masks that are no list of two or three. Bahdanau et al. 2015,
    https://arxiv.org/abs/1409.0473.
    """

    use_scale: bool = True
    dropout: float = 0.0
    seed: Seed = None

    def build(self, input_shape: Sequence[Shape]) -> None:
        self._checked(input_shape)
        width = (input_shape[0][-1],)
        self.scale = None
        if self.use_scale:
            self.scale = self.weight("scale", width, initializer="glorot_uniform")

    def _calculate_scores(self, query: Tensor, key: Tensor) -> Array:
        both = ops.tanh(ops.expand_dims(query, -2) + ops.expand_dims(key, -3))
        return ops.sum(both if self.scale is None else self.scale * both, axis=-1)


class HeadsAttention(Layer):
    """What attention with projections shares: masks, the products, the layers' arguments."""

    dropout: float
    use_bias: bool
    use_gate: bool
    seed: Seed
    _query_dense: Any
    _key_dense: Any
    _gate_dense: Any
    _value_dense: Any
    _output_dense: Any
    sliding_window: int | None
    flash_attention: bool | None
    attention_axes: Any = None

    def setup(self) -> None:
        self.supports_masking = True
        window = self.sliding_window
        if window is not None and (not isinstance(window, int) or window <= 0):
            raise ValueError(f"sliding_window is a positive integer or None; received {window!r}.")
        if self.flash_attention and self.dropout > 0:
            raise ValueError("flash_attention has no dropout: set dropout to 0.")

    def _dense(self, name: str, equation: str, output_shape: Any, input_shape: Any, **more: Any):
        """A projection. Its initializers are copies, or all would draw the same numbers."""
        kinds = ("regularizer", "constraint")
        own = {f"{w}_{k}": getattr(self, f"{w}_{k}") for w in ("kernel", "bias") for k in kinds}
        for key in ("kernel_initializer", "bias_initializer"):
            own[key] = configs.serialize(getattr(self, key))
        axes = equation.split(">")[1].strip("".join(set(equation.split(",")[0])))
        layer = EinsumDense(
            equation=equation, output_shape=output_shape, name=name, dtype=self.dtype_policy,
            bias_axes=axes if self.use_bias else None,
            activity_regularizer=self.activity_regularizer, **own, **more,
        )  # fmt: skip
        layer.supports_masking = True
        layer.build(input_shape)
        return layer

    def _key_shape(self, value_shape, key_shape) -> tuple:
        """The shape of the keys. ValueError unless it is that of the values but for the last."""
        value = tuple(value_shape)
        key = value if key_shape is None else tuple(key_shape)
        if value[1:-1] != key[1:-1]:
            raise ValueError(
                f"key and value have the same axes but for the last; their shapes are {key} and "
                f"{value}."
            )
        return key

    def _build_inner(self, axes: tuple) -> None:
        self._softmax = Softmax(axis=axes, dtype=self.dtype_policy)
        self._dropout_layer = Dropout(rate=self.dropout, dtype=self.dtype_policy, seed=self.seed)

    def call(
        self,
        query: Tensor,
        value: Tensor,
        key: Tensor = None,
        query_mask: Tensor = None,
        value_mask: Tensor = None,
        key_mask: Tensor = None,
        attention_mask: Tensor = None,
        return_attention_scores: bool = False,
        training: bool | None = None,
        use_causal_mask: bool = False,
    ) -> Tensors:
        if self.flash_attention and return_attention_scores:
            raise ValueError("flash_attention keeps no scores: don't ask for them.")
        key = value if key is None else key
        mask = self._compute_attention_mask(
            query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask
        )
        gate = self._gate_dense(query) if self.use_gate else None
        tensors = self._heads(
            self._query_dense(query), self._key_dense(key), self._value_dense(value)
        )
        output, scores = self._compute_attention(*tensors, mask, training, return_attention_scores)
        output = self._output_dense(output if gate is None else output * gate)
        return (output, scores) if return_attention_scores else output

    def _heads(self, query, key, value):
        return query, key, value

    def _compute_causal_mask(self, query: Tensor, value: Tensor | None = None) -> Array:
        """Which of the values each step may look at, (1, t, s)."""
        return causal_mask(query.shape[1], (query if value is None else value).shape[1])

    def _compute_attention_mask(
        self,
        query: Tensor,
        value: Tensor,
        query_mask: Tensor = None,
        value_mask: Tensor = None,
        key_mask: Tensor = None,
        attention_mask: Tensor = None,
        use_causal_mask: bool = False,
    ) -> Array | None:
        """All conditions together, (batch or 1, t, s) or what `attention_mask` is; None if none."""
        t, s = query.shape[1], value.shape[1]
        places = (query_mask, -1), (value_mask, -2), (key_mask, -2)
        found = [
            ops.expand_dims(ops.cast(mask, "bool"), axis)
            for mask, axis in places
            if mask is not None
        ]
        if use_causal_mask:
            found.append(self._compute_causal_mask(query, value))
        if self.sliding_window is not None:
            apart = ops.arange(t)[:, None] - ops.arange(s)[None, :]
            found.append(ops.expand_dims(ops.abs(apart) < self.sliding_window, 0))
        if attention_mask is not None:
            found.append(ops.cast(attention_mask, "bool"))
        total = None
        for mask in found:
            total = mask if total is None else ops.logical_and(total, mask)
        return total

    def _compute_attention(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        attention_mask: Tensor = None,
        training: bool | None = None,
        return_attention_scores: bool = False,
    ) -> tuple[Array, Array | None]:
        """The means of the values, (batch, ..., heads, depth) as all three are; the weights."""
        axes, mask = self.attention_axes, attention_mask
        rank = query.ndim - 1 + len(axes)  # of the scores
        if mask is not None:
            for _ in range(rank - mask.ndim):
                mask = ops.expand_dims(mask, -2 * len(axes) - 1)
        scale = 1 / math.sqrt(query.shape[-1])
        if query.ndim == 4 and axes == (1,) and not (self.dropout or return_attention_scores):
            options = {"mask": mask, "scale": scale, "flash_attention": self.flash_attention}
            return ops.dot_product_attention(query, key, value, **options), None
        score, combine = attention_equations(query.ndim, axes)
        weights = self._softmax(ops.einsum(score, key, query * scale), mask=mask)
        dropped = self._dropout_layer(weights, training=training) if self.dropout else weights
        return ops.einsum(combine, dropped, value), weights


def attention_equations(rank: int, axes: tuple) -> tuple[str, str]:
    """The products of keys with queries, and of scores with values.

    Both are (batch, ..., heads, depth); `axes` are attended over: (2,) of 5 axes gives
    "abfde,abcde->abdcf" and "abdcf,abfde->abcde".
    """
    query = string.ascii_lowercase[:rank]
    fresh = iter(string.ascii_lowercase[rank:])
    key = "".join(next(fresh) if i in axes else x for i, x in enumerate(query))
    batch = "".join(x for i, x in enumerate(query[:-1]) if i not in axes)
    scores = batch + "".join(query[i] for i in axes) + "".join(key[i] for i in axes)
    return f"{key},{query}->{scores}", f"{scores},{key}->{query}"


def projection(free: int, bound: int, made: int) -> str:
    """An equation with `free` axes kept, `bound` summed over and `made` new: "abc,cde->abde"."""
    letters = string.ascii_lowercase
    kept, summed = letters[:free], letters[free : free + bound]
    new = letters[free + bound : free + bound + made]
    return f"{kept}{summed},{summed}{new}->{kept}{new}"


@fields
class MultiHeadAttention(HeadsAttention):
    """Attention in several projected spaces at once, their results mixed by a last projection.

    Each head takes `softmax(q @ k.T / sqrt(key_dim)) @ v`. Called on query `(batch, t, d)`, value
    `(batch, s, e)` and key, by default the value -> `(batch, t, d)` or `(batch, t, *output_shape)`;
    with `return_attention_scores` also the weights `(batch, heads, t, s)`. Masks are True where to
    attend; `attention_mask` is `(batch, t, s)` or has the heads as second axis.

    ValueError for sizes that are no positive integers, for keys and values of different lengths,
    and for `flash_attention` with dropout or scores. Vaswani et al. 2017,
    https://arxiv.org/abs/1706.03762.
    """

    num_heads: int
    key_dim: int
    value_dim: int | None = None
    dropout: float = 0.0
    use_bias: bool = True
    output_shape: int | Sequence[int] | None = None
    attention_axes: int | Sequence[int] | None = None
    sliding_window: int | None = None
    flash_attention: bool | None = None
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    use_gate: bool = False
    seed: Seed = None

    unstored = ("flash_attention",)

    def setup(self) -> None:
        self.value_dim = self.key_dim if self.value_dim is None else self.value_dim
        positive(num_heads=self.num_heads, key_dim=self.key_dim, value_dim=self.value_dim)
        super().setup()
        if isinstance(self.output_shape, int):
            self.output_shape = (self.output_shape,)
        if not isinstance(self.output_shape, (tuple, list, type(None))):
            raise ValueError(f"output_shape is an integer or several; got {self.output_shape!r}.")
        self.output_shape = tuple(self.output_shape) if self.output_shape else None
        if isinstance(self.attention_axes, int):
            self.attention_axes = (self.attention_axes,)

    query_dense = property(lambda self: self._query_dense, doc="The projection of the queries.")
    key_dense = property(lambda self: self._key_dense, doc="The projection of the keys.")
    value_dense = property(lambda self: self._value_dense, doc="The projection of the values.")
    output_dense = property(lambda self: self._output_dense, doc="The projection of the heads.")
    saved_properties = ("query_dense", "key_dense", "value_dense", "output_dense")

    def build(self, query_shape: Shape, value_shape: Shape, key_shape: Shape | None = None) -> None:
        key_shape = self._key_shape(value_shape, key_shape)
        rank = len(query_shape)
        value_dim = self.value_dim
        for name, shape, width, more in (
            ("query", query_shape, self.key_dim, {}),
            ("key", key_shape, self.key_dim, {}),
            ("gate", query_shape, value_dim, {"activation": "sigmoid"}),
            ("value", value_shape, value_dim, {}),
        ):
            if name != "gate" or self.use_gate:
                made = [*[None] * (len(shape) - 2), self.num_heads, width]
                layer = self._dense(name, projection(len(shape) - 1, 1, 2), made, shape, **more)
                setattr(self, f"_{name}_dense", layer)
        given: Any = self.attention_axes or tuple(range(1, len(value_shape) - 1))
        self.attention_axes = axes = tuple(a if a >= 0 else len(value_shape) + a for a in given)
        self._build_inner(tuple(range(-len(axes), 0)))
        last: Any = self.output_shape or (query_shape[-1],)
        equation = projection(rank - 1, 2, len(last))
        heads = (*query_shape[:-1], self.num_heads, value_dim)
        made = [*[None] * (rank - 2), *last]
        self._output_dense = self._dense("attention_output", equation, made, heads)


@fields
class GroupedQueryAttention(HeadsAttention):
    """Attention whose query heads share, in groups, one head of keys and values.

    Called on query `(batch, t, d)`, value `(batch, s, d)` and key, by default the value -> `(batch,
    t, d)`; each head takes `softmax(q @ k.T / sqrt(head_dim)) @ v`.

    ValueError unless the key heads divide the query heads, for keys and values of different
    lengths, and for `flash_attention` with dropout or scores. Ainslie et al. 2023,
    https://arxiv.org/abs/2305.13245.
    """

    head_dim: int
    num_query_heads: int
    num_key_value_heads: int
    dropout: float = 0.0
    use_bias: bool = True
    sliding_window: int | None = None
    flash_attention: bool | None = None
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    use_gate: bool = False
    seed: Seed = None

    unstored = ("flash_attention",)
    attention_axes = (1,)

    def setup(self) -> None:
        super().setup()
        if self.num_query_heads % self.num_key_value_heads:
            raise ValueError(
                f"num_query_heads is a multiple of num_key_value_heads; received "
                f"{self.num_query_heads} and {self.num_key_value_heads}."
            )

    def build(self, query_shape: Shape, value_shape: Shape, key_shape: Shape | None = None) -> None:
        heads, shared = self.num_query_heads, self.num_key_value_heads
        key_shape = self._key_shape(value_shape, key_shape)
        for name, shape, count, more in (
            ("query", query_shape, heads, {}),
            ("key", key_shape, shared, {}),
            ("gate", query_shape, heads, {"activation": "sigmoid"}),
            ("value", value_shape, shared, {}),
        ):
            if name != "gate" or self.use_gate:
                made = (None, count, self.head_dim)
                layer = self._dense(name, projection(2, 1, 2), made, shape, **more)
                setattr(self, f"_{name}_dense", layer)
        self._build_inner((-1,))
        inner = (*query_shape[:-1], heads, self.head_dim)
        self._output_dense = self._dense(
            "attention_output", projection(2, 2, 1), (None, query_shape[-1]), inner
        )

    def _heads(self, query, key, value):
        times = self.num_query_heads // self.num_key_value_heads
        return query, ops.repeat(key, times, axis=2), ops.repeat(value, times, axis=2)
