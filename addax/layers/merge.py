"""Layers that join several tensors into one."""

import functools
import operator

from addax import ops
from addax.core.fields import fields
from addax.core.layer import Layer


def check_list(layer: Layer, input_shape) -> None:
    """ValueError unless the layer was called on a list of tensors."""
    if not isinstance(input_shape[0], (tuple, list)):
        raise ValueError(
            f"{type(layer).__name__} joins a list of tensors; it was called on one of shape "
            f"{tuple(input_shape)}."
        )


@fields
class Merge(Layer):
    """Joins a list of tensors that broadcast against one another, two at a time."""

    pairwise = staticmethod(operator.add)

    def setup(self):
        self.supports_masking = True

    def build(self, input_shape):
        check_list(self, input_shape)

    def call(self, inputs):
        return self.merge(self._aligned(list(inputs)))

    def merge(self, inputs):
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

    def compute_mask(self, inputs, mask=None):
        if mask is None or any(m is None for m in mask):
            return None
        return functools.reduce(ops.logical_or, mask)


class Add(Merge):
    """The sum of the inputs."""


@fields
class Concatenate(Layer):
    """The inputs one after the other along `axis`."""

    axis: int = -1

    def setup(self):
        self.supports_masking = True

    def build(self, input_shape):
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

    def call(self, inputs):
        return ops.concatenate(list(inputs), axis=self.axis)

    def compute_mask(self, inputs, mask=None):
        if mask is None or all(m is None for m in mask):
            return None
        parts = []
        for x, m in zip(inputs, mask, strict=True):
            full = ops.ones_like(x, dtype="bool")
            if m is not None:
                full = full & ops.reshape(m, tuple(m.shape) + (1,) * (x.ndim - m.ndim))
            parts.append(full)
        return ops.all(ops.concatenate(parts, axis=self.axis), axis=-1)
