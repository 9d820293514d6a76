"""Layers that join several tensors into one."""

import functools
import itertools
import operator
import string
from collections.abc import Sequence
from typing import Any

from addax import ops
from addax.core.fields import fields
from addax.core.layer import Layer
from addax.core.types import Array, Shape, Tensor, Tensors


def check_list(layer: Layer, input_shape: Any) -> None:
    """ValueError unless the layer was called on a list of tensors."""
    if not isinstance(input_shape[0], (tuple, list)):
        raise ValueError(
            f"{type(layer).__name__} joins a list of tensors; it was called on one of shape "
            f"{tuple(input_shape)}."
        )


def check_masks(layer: Layer, inputs: Any, mask: Any) -> None:
    """ValueError unless inputs and masks are lists of one length."""
    for name, value in (("inputs", inputs), ("mask", mask)):
        if not isinstance(value, (tuple, list)):
            raise ValueError(f"{type(layer).__name__} takes {name} as a list; received {value!r}.")
    if len(inputs) != len(mask):
        raise ValueError(
            f"{type(layer).__name__} takes a mask, or None, for each of its {len(inputs)} inputs; "
            f"{len(mask)} came."
        )


@fields
class Merge(Layer):
    """Joins a list of tensors that broadcast against one another, two at a time."""

    pairwise = staticmethod(operator.add)

    def setup(self) -> None:
        self.supports_masking = True

    def build(self, input_shape: Sequence[Shape]) -> None:
        check_list(self, input_shape)
        backwards = (s[:0:-1] for s in input_shape)  # without the batch axis, which is as long
        batch = {s[0] for s in input_shape} - {None}
        for sizes in itertools.zip_longest(*backwards, fillvalue=1):
            if len(set(sizes) - {None, 1}) > 1 or len(batch) > 1:
                shapes = ", ".join(str(tuple(s)) for s in input_shape)
                raise ValueError(f"{type(self).__name__} can't join the shapes {shapes}.")

    def call(self, inputs: Sequence[Tensor]) -> Array:
        return self._merge_function(self._aligned(list(inputs)))

    def _merge_function(self, inputs: Sequence[Tensor]) -> Array:
        return functools.reduce(self.pairwise, inputs)

    def _aligned(self, inputs):
        """Lower ranks get axes of size 1 after the batch axis."""
        rank = max(x.ndim for x in inputs)
        return [
            ops.reshape(x, (x.shape[0],) + (1,) * (rank - x.ndim) + tuple(x.shape[1:]))
            if x.ndim < rank
            else x
            for x in inputs
        ]

    def compute_mask(
        self, inputs: Sequence[Tensor], mask: Sequence[Tensor] | None = None
    ) -> Tensors:
        if mask is None:
            return None
        check_masks(self, inputs, mask)
        if any(m is None for m in mask):
            return None
        return functools.reduce(ops.logical_or, mask)


class Add(Merge):
    """The sum of a list of tensors that broadcast: `(batch, ..., d)` each -> the same.

    ValueError for what is no list of tensors, and for shapes that don't broadcast.
    """


class Average(Merge):
    """The mean of a list of tensors that broadcast: `(batch, ..., d)` each -> the same.

    ValueError for what is no list of tensors, and for shapes that don't broadcast.
    """

    def _merge_function(self, inputs: Sequence[Tensor]) -> Array:
        return super()._merge_function(inputs) / len(inputs)


class Subtract(Merge):
    """The first of two tensors minus the second: `(batch, ..., d)` each -> the same.

    ValueError for what is no list of tensors, and for shapes that don't broadcast.
    """

    pairwise = staticmethod(operator.sub)

    def build(self, input_shape: Sequence[Shape]) -> None:
        super().build(input_shape)
        if len(input_shape) != 2:
            raise ValueError(f"Subtract takes two inputs; {len(input_shape)} came.")


class MaskedMerge(Merge):
    """Joins what the masks of the inputs leave: a masked step takes no part."""

    def call(self, inputs: Sequence[Tensor], mask: Sequence[Tensor] | None = None) -> Array:
        inputs = self._aligned(list(inputs))
        if mask is None or len({x.ndim for x in inputs}) > 1:
            return self._merge_function(inputs)
        return self.merge_masked(
            inputs,
            [
                None if m is None else ops.broadcast_to(ops.expand_dims(m, -1), x.shape)
                for x, m in zip(inputs, mask, strict=True)
            ],
        )

    def merge_masked(self, inputs: Sequence[Tensor], masks: Sequence[Tensor]) -> Array:
        """One input after the other; where only one of two counts, it stands for both."""
        pairs = zip(inputs, masks, strict=True)
        output, kept = next(pairs)
        for x, mask in pairs:
            x = x if mask is None else ops.where(mask, x, output)
            output = self.pairwise(output if kept is None else ops.where(kept, output, x), x)
            kept = None if mask is None or kept is None else ops.logical_or(kept, mask)
        return output


class Maximum(MaskedMerge):
    """The largest of a list of tensors, element by element: `(batch, ..., d)` each -> the same.

    A masked step takes no part. ValueError for what is no list of tensors, and for shapes that
    don't broadcast.
    """

    pairwise = staticmethod(ops.maximum)


class Minimum(MaskedMerge):
    """The smallest of a list of tensors, element by element: `(batch, ..., d)` each -> the same.

    A masked step takes no part. ValueError for what is no list of tensors, and for shapes that
    don't broadcast.
    """

    pairwise = staticmethod(ops.minimum)


class Multiply(MaskedMerge):
    """The product of a list of tensors that broadcast: `(batch, ..., d)` each -> the same.

    Masked steps count as 1, and as 0 where all are masked. ValueError for what is no list of
    tensors, and for shapes that don't broadcast.
    """

    pairwise = staticmethod(operator.mul)

    def merge_masked(self, inputs: Sequence[Tensor], masks: Sequence[Tensor]) -> Array:
        product = self._merge_function(
            [
                x if m is None else ops.where(m, x, ops.ones_like(x))
                for x, m in zip(inputs, masks, strict=True)
            ]
        )
        if any(m is None for m in masks):
            return product
        return ops.where(functools.reduce(ops.logical_or, masks), product, ops.zeros_like(product))


@fields
class Concatenate(Layer):
    """A list of tensors one after the other along `axis`.

    `(batch, ..., a)`, `(batch, ..., b)` -> `(batch, ..., a + b)` for the last axis.

    ValueError for what is no list, and for shapes that differ on another axis.
    """

    axis: int = -1

    def setup(self) -> None:
        self.supports_masking = True

    def build(self, input_shape: Sequence[Shape]) -> None:
        check_list(self, input_shape)
        rank = len(input_shape[0])
        for i in range(rank):
            sizes = {s[i] for s in input_shape if len(s) == rank} - {None}
            if any(len(s) != rank for s in input_shape) or (
                len(sizes) > 1 and i != self.axis % rank
            ):
                shapes = ", ".join(str(tuple(s)) for s in input_shape)
                raise ValueError(
                    f"Concatenate needs inputs that are equal but on axis {self.axis}; the shapes "
                    f"are {shapes}."
                )

    def call(self, inputs: Sequence[Tensor]) -> Array:
        return ops.concatenate(list(inputs), axis=self.axis)

    def compute_mask(
        self, inputs: Sequence[Tensor], mask: Sequence[Tensor] | None = None
    ) -> Tensors:
        if mask is None:
            return None
        check_masks(self, inputs, mask)
        if all(m is None for m in mask):
            return None
        parts = []
        for x, m in zip(inputs, mask, strict=True):
            full = ops.ones_like(x, dtype="bool")
            if m is not None:
                full = full & ops.reshape(m, tuple(m.shape) + (1,) * (x.ndim - m.ndim))
            parts.append(full)
        return ops.any(ops.concatenate(parts, axis=self.axis), axis=-1)


@fields
class Dot(Merge):
    """Products summed over one axis of each of two tensors; the batch axis stays.

    `(batch, a, d)`, `(batch, b, d)` -> `(batch, a, b)` for `axes=2`; `(batch, d)`, `(batch, d)` ->
    `(batch, 1)`. `normalize` makes cosines of the products.

    ValueError for other than two inputs, for axes of different sizes, and for the batch axis.
    """

    axes: int | Sequence[int]
    normalize: bool = False

    def setup(self) -> None:
        super().setup()
        given = self.axes if isinstance(self.axes, (list, tuple)) else (self.axes, self.axes)
        if len(given) != 2 or any(not isinstance(a, int) for a in given):
            raise ValueError(f"axes is an integer or two of them; received {self.axes!r}.")

    def _axes(self, *ranks):
        given = self.axes if isinstance(self.axes, (list, tuple)) else (self.axes, self.axes)
        axes = [a % rank for a, rank in zip(given, ranks, strict=True)]
        if 0 in axes:
            raise ValueError(f"Dot can't sum over the batch axis; received axes={self.axes!r}.")
        return axes

    def build(self, input_shape: Sequence[Shape]) -> None:
        check_list(self, input_shape)
        if len(input_shape) != 2:
            raise ValueError(f"Dot takes two inputs; {len(input_shape)} came.")
        first, second = self._axes(*map(len, input_shape))
        sizes = input_shape[0][first], input_shape[1][second]
        if None not in sizes and sizes[0] != sizes[1]:
            shapes = " and ".join(str(tuple(s)) for s in input_shape)
            raise ValueError(
                f"Dot needs axes of one size; axis {first} and axis {second} of {shapes} differ."
            )

    def call(self, inputs: Sequence[Tensor]) -> Array:
        a, b = inputs
        first, second = self._axes(a.ndim, b.ndim)
        if self.normalize:
            a, b = ops.normalize(a, axis=first), ops.normalize(b, axis=second)
        letters = string.ascii_letters
        left = ["z", *letters[: a.ndim - 1]]
        right = ["z", *letters[a.ndim - 1 : a.ndim + b.ndim - 2]]
        right[second] = left[first]
        rest = [c for c in left + right[1:] if c != left[first]]
        y = ops.einsum(f"{''.join(left)},{''.join(right)}->{''.join(rest)}", a, b)
        return ops.expand_dims(y, -1) if y.ndim == 1 else y

    def compute_mask(
        self, inputs: Sequence[Tensor], mask: Sequence[Tensor] | None = None
    ) -> Tensors:
        return None


def _function(layer: type, name: str):
    def function(inputs: Sequence[Tensor], **kwargs: Any) -> Any:
        return layer(**kwargs)(inputs)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"`{layer.__name__}(**kwargs)(inputs)`: {layer.__doc__}"
    return function


add = _function(Add, "add")
average = _function(Average, "average")
maximum = _function(Maximum, "maximum")
minimum = _function(Minimum, "minimum")
multiply = _function(Multiply, "multiply")
subtract = _function(Subtract, "subtract")


def concatenate(inputs: Sequence[Tensor], axis: int = -1, **kwargs: Any) -> Any:
    """`Concatenate(axis, **kwargs)(inputs)`."""
    return Concatenate(axis=axis, **kwargs)(inputs)


def dot(inputs: Sequence[Tensor], axes: int | Sequence[int] = -1, **kwargs: Any) -> Any:
    """`Dot(axes, **kwargs)(inputs)`."""
    return Dot(axes=axes, **kwargs)(inputs)
