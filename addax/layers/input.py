"""`Input` and `InputLayer`: where a functional model starts."""

import warnings
from typing import Any

from addax.core import dtypes
from addax.core.graph import Node
from addax.core.layer import Layer
from addax.core.symbol import KerasTensor
from addax.core.types import DType, Shape


def _check_tensor(tensor: Any, **given: Any) -> None:
    """ValueError unless `tensor` is symbolic and what is given beside it is true of it."""
    if not isinstance(tensor, KerasTensor):
        raise ValueError(f"The tensor of an Input is symbolic; received {tensor!r}.")
    shape = tensor.shape
    own = {"batch_shape": shape, "shape": shape[1:], "batch_size": shape[0] if shape else None}
    for name, value in given.items():
        true = own[name] if name in own else getattr(tensor, name)
        if name == "dtype" and value is not None:
            value = dtypes.standardize_dtype(value)
        if value is not None and (tuple(value) if isinstance(value, list) else value) != true:
            raise ValueError(f"The tensor has the {name} {true}, which is not {value}.")


def _old_shape(kwargs: dict, shape: Any) -> Any:
    """`shape`, or what its old name holds. ValueError for any other argument."""
    if "input_shape" in kwargs:
        warnings.warn("`input_shape` of an InputLayer is called `shape` now.", stacklevel=3)
        shape = kwargs.pop("input_shape")
    if kwargs:
        raise ValueError(f"Input has no argument {next(iter(kwargs))!r}.")
    return shape


class InputLayer(Layer):
    """The source of one symbolic tensor of shape `(batch, *shape)`; `Input` gives the tensor.

    ValueError unless exactly one of `shape`, `batch_shape` and a symbolic `input_tensor` says the
    shape.
    """

    def __init__(
        self,
        shape: Shape | int | None = None,
        batch_size: int | None = None,
        dtype: DType = None,
        sparse: bool | None = None,
        ragged: bool | None = None,
        batch_shape: Shape | None = None,
        input_tensor: KerasTensor | None = None,
        optional: bool = False,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name)
        batch_shape = kwargs.pop("batch_input_shape", batch_shape)
        shape = _old_shape(kwargs, shape)
        if batch_shape is not None and batch_size is not None:
            raise ValueError("`batch_shape` holds the batch size: give no `batch_size` with it.")
        if input_tensor is not None:
            given = {"shape": shape, "batch_shape": batch_shape, "batch_size": batch_size}
            _check_tensor(input_tensor, dtype=dtype, sparse=sparse, ragged=ragged, **given)
            batch_shape, dtype = input_tensor.shape, input_tensor.dtype
        elif (shape is None) == (batch_shape is None):
            raise ValueError(
                "Input takes either `shape`, without the batch axis, or `batch_shape`, with it; "
                f"received shape={shape!r}, batch_shape={batch_shape!r}."
            )
        elif shape is not None:
            batch_shape = (batch_size, *((shape,) if isinstance(shape, int) else shape))
        if sparse or ragged:
            warnings.warn("Sparse and ragged inputs are handled as dense ones.", stacklevel=2)
        self._input_dtype = dtypes.standardize_dtype(dtype)
        self.sparse, self.ragged = bool(sparse), bool(ragged)
        self.optional, self.built = optional, True
        symbol = input_tensor
        if symbol is None:
            symbol = KerasTensor(batch_shape, self._input_dtype, name=self.name)
        self.batch_shape = symbol.shape
        Node(self, (), {}, symbol)

    dtype = property(lambda self: self._input_dtype)

    def call(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: its `output` is where a model starts."""

    def get_config(self) -> dict:
        return {
            "batch_shape": list(self.batch_shape),
            "dtype": self.dtype,
            "sparse": self.sparse,
            "ragged": self.ragged,
            "name": self.name,
            "optional": self.optional,
        }

    def get_build_config(self) -> None:
        return None


def Input(
    shape: Shape | int | None = None,
    batch_size: int | None = None,
    dtype: DType = None,
    sparse: bool | None = None,
    ragged: bool | None = None,
    batch_shape: Shape | None = None,
    name: str | None = None,
    tensor: KerasTensor | None = None,
    optional: bool = False,
) -> KerasTensor:
    """A symbolic tensor of shape `(batch_size, *shape)` for the start of a functional model.

    `batch_shape` gives the whole shape instead; None stands for a size that is left open.
    ValueError unless exactly one of `shape`, `batch_shape` and a symbolic `tensor` says the shape.
    """
    layer = InputLayer(
        shape, batch_size, dtype, sparse, ragged, batch_shape, tensor, optional, name
    )
    return layer.output
