"""The arguments of one layer call: bound, converted, with masks and `training` filled in."""

import functools
import inspect
from typing import Any

from addax.core import tree
from addax.core.masks import get_mask, set_mask
from addax.core.symbol import KerasTensor, has_symbol, is_tensor


@functools.lru_cache(maxsize=4096)
def _parameters(function) -> inspect.Signature:
    return inspect.signature(function)


def signature_of(method: Any) -> inspect.Signature:
    """The signature of a bound method, remembered by its function."""
    function = getattr(method, "__func__", None)
    if function is None:
        return inspect.signature(method)
    signature = _parameters(function)
    return signature.replace(parameters=list(signature.parameters.values())[1:])


def without_types(signature: inspect.Signature) -> inspect.Signature:
    """The signature as messages show it."""
    plain = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    return signature.replace(parameters=plain, return_annotation=signature.empty)


def _holds_tensors(value: Any) -> bool:
    leaves = tree.flatten(value)
    return any(isinstance(x, KerasTensor) or is_tensor(x) for x in leaves)


def _check_tensors(layer, args: tuple) -> None:
    """ValueError unless all that came by position are tensors or None."""
    for x in tree.flatten(args):
        if x is not None and not hasattr(x, "__array__"):
            raise ValueError(
                f"{type(layer).__name__} {layer.name!r} takes tensors by position, everything else "
                f"by name; received {x!r} ({type(x).__name__})."
            )


def _converted(layer, x: Any) -> Any:
    """`x` as the layer takes it, with the mask it had."""
    tensor = layer._convert(x)
    mask = None if tensor is x else get_mask(x)
    if mask is not None:
        set_mask(tensor, mask)
    return tensor


class Arguments:
    """What a layer was called with."""

    def __init__(self, layer: Any, args: tuple, kwargs: dict):
        self.symbolic = has_symbol(args) or has_symbol(kwargs)
        if not layer.takes_values:
            _check_tensors(layer, args)
        args, kwargs = tree.map_structure(lambda x: _converted(layer, x), (args, kwargs))
        self.signature = signature_of(layer.call)
        self._training = kwargs.get("training")
        if "training" not in self.signature.parameters and not self._takes_anything():
            kwargs.pop("training", None)
        self._bound = self._bind(layer, args, kwargs)
        self.values = self._bound.arguments
        self.tensors = {k: v for k, v in self.values.items() if _holds_tensors(v)}
        given = args or tuple(self.tensors.values()) or tuple(self.values.values())
        self.first = given[0] if given else None

    def _takes_anything(self) -> bool:
        return any(p.kind is p.VAR_KEYWORD for p in self.signature.parameters.values())

    def _bind(self, layer, args, kwargs) -> inspect.BoundArguments:
        try:
            return self.signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(
                f"{type(layer).__name__} {layer.name!r} is called as "
                f"call{without_types(self.signature)}: {error}."
            ) from None

    def training(self, outer: Any) -> bool | None:
        """The explicit argument, else the outer layer's, else the default of `call`."""
        if self._training is not None:
            return self._training
        if outer is not None and outer.training is not None:
            return outer.training
        parameter = self.signature.parameters.get("training")
        return (
            None
            if parameter is None or parameter.default is inspect.Parameter.empty
            else parameter.default
        )

    def fill_masks(self, layer: Any) -> Any:
        """Put the tensors' masks into mask arguments; returns the mask of the first argument."""
        tensors = {k: v for k, v in self.tensors.items() if k != "mask"}
        targets = {"mask": next(iter(tensors.values()))} if len(tensors) == 1 else {}
        if len(tensors) > 1:
            targets = {f"{k}_mask": v for k, v in tensors.items()}
        for name, value in targets.items():
            if name in self.signature.parameters and self.values.get(name) is None:
                masks = tree.map_structure(get_mask, value)
                if any(m is not None for m in tree.flatten(masks)):
                    self.values[name] = masks
        if self.values.get("mask") is not None:
            return self.values["mask"]
        masks = tree.map_structure(get_mask, self.first)
        return masks if any(m is not None for m in tree.flatten(masks)) else None

    def bound(self, training: bool | None) -> tuple[tuple, dict]:
        """Positional and named arguments for `call`."""
        if "training" in self.signature.parameters and training is not None:
            self.values["training"] = training
        ordered = {k: self.values[k] for k in self.signature.parameters if k in self.values}
        bound = inspect.BoundArguments(self.signature, ordered)  # type: ignore[arg-type]
        return bound.args, bound.kwargs

    def shapes_for(self, build: Any, bound: bool = True) -> dict[str, Any] | None:
        """The arguments of `build`: the shape of the first input, or `x_shape` for each input x."""
        signature = signature_of(build) if bound else None
        if self.first is None or not _holds_tensors(self.first):
            return None
        names = [] if signature is None else list(signature.parameters)
        if len(names) <= 1:
            return {names[0] if names else "input_shape": shapes_of(self.first)}
        shapes = {f"{k}_shape": shapes_of(v) for k, v in self.tensors.items() if k != "mask"}
        if any(p.kind is p.VAR_KEYWORD for p in signature.parameters.values()):  # type: ignore[union-attr]
            return shapes
        required = [n for n in names if n not in shapes and _required(signature, n)]
        if required:
            raise ValueError(
                f"build() asks for {required}; the call has shapes {sorted(shapes)}. Name the "
                "arguments of build() after those of call(): `x_shape` for `x`."
            )
        return {n: shapes[n] for n in names if n in shapes}


def _required(signature, name: str) -> bool:
    return signature.parameters[name].default is inspect.Parameter.empty


def shapes_of(tensors: Any) -> Any:
    """The shapes of a structure of tensors."""
    return tree.map_structure(lambda x: tuple(x.shape) if hasattr(x, "shape") else None, tensors)
