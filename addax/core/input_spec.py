"""`InputSpec`: what a layer expects of its inputs, and the check."""

from typing import Any

from addax.core import tree
from addax.core.dtypes import standardize_dtype
from addax.core.errors import describe


class InputSpec:
    """Rank, dtype and sizes that an input must have; None leaves a property free.

    `axes`: {axis: size}. `allow_last_axis_squeeze`: a last axis of size 1 may be missing or extra.
    """

    def __init__(
        self,
        dtype: Any = None,
        shape: Any = None,
        ndim: int | None = None,
        max_ndim: int | None = None,
        min_ndim: int | None = None,
        axes: dict[int, int | None] | None = None,
        allow_last_axis_squeeze: bool = False,
        name: str | None = None,
        optional: bool = False,
    ):
        self.dtype = None if dtype is None else standardize_dtype(dtype)
        self.shape = None if shape is None else tuple(shape)
        self.ndim = ndim if self.shape is None else len(self.shape)
        self.max_ndim = max_ndim
        self.min_ndim = min_ndim
        self.axes = {int(k): v for k, v in (axes or {}).items()}
        self.allow_last_axis_squeeze = allow_last_axis_squeeze
        self.name = name
        self.optional = optional

    def __repr__(self):
        shown = {k: v for k, v in vars(self).items() if v not in (None, {}, False)}
        return f"InputSpec({', '.join(f'{k}={v}' for k, v in shown.items())})"

    def get_config(self) -> dict:
        return dict(vars(self))

    @classmethod
    def from_config(cls, config: dict) -> "InputSpec":
        return cls(**config)

    def complaint(self, x: Any) -> str | None:
        """What is wrong with `x`, or None."""
        shape = tuple(x.shape)
        if self.allow_last_axis_squeeze and self.shape is not None and shape and self.ndim:
            if len(shape) == self.ndim + 1 and shape[-1] == 1:
                shape = shape[:-1]
            elif len(shape) == self.ndim - 1 and self.shape[-1] == 1:
                shape = (*shape, 1)
        if self.ndim is not None and len(shape) != self.ndim:
            return f"{self.ndim} dimensions were expected, {len(shape)} came"
        if self.max_ndim is not None and len(shape) > self.max_ndim:
            return f"at most {self.max_ndim} dimensions were expected, {len(shape)} came"
        if self.min_ndim is not None and len(shape) < self.min_ndim:
            return f"at least {self.min_ndim} dimensions were expected, {len(shape)} came"
        if self.dtype is not None and str(x.dtype) != self.dtype:
            return f"dtype {self.dtype} was expected, {x.dtype} came"
        sizes = dict(enumerate(self.shape or ())) | self.axes
        for axis, size in sizes.items():
            if size is not None and shape[axis] not in (size, None):
                return f"size {size} was expected on axis {axis}, {shape[axis]} came"
        return None


def check_inputs(specs: Any, inputs: Any) -> None:
    """ValueError when `inputs` don't fit the InputSpec, or list or dict of them."""
    if specs is None:
        return
    if isinstance(specs, dict) and isinstance(inputs, dict):
        pairs = [(s, inputs.get(k)) for k, s in specs.items()]
    else:
        flat_specs, flat = tree.flatten(specs), tree.flatten(inputs)
        if len(flat_specs) != len(flat):
            raise ValueError(f"{len(flat_specs)} inputs were expected, {len(flat)} came.")
        pairs = list(zip(flat_specs, flat, strict=True))
    for spec, x in pairs:
        if spec is None or (x is None and spec.optional):
            continue
        if not hasattr(x, "shape"):
            raise ValueError(f"A tensor was expected; received {x!r} ({type(x).__name__}).")
        complaint = spec.complaint(x)
        if complaint:
            raise ValueError(f"Wrong input {describe(x)}: {complaint}.")
