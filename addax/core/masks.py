"""Masks that travel with tensors: which steps of `(batch, time, ...)` count.

They are the tensors' attribute `_keras_mask`, which a program may read and set, as in Keras. Traced
arrays take no attributes: their masks lie beside them and go when they go.
"""

import contextlib
import weakref
from typing import Any

from jax.core import Tracer

from addax.core import tree

_masks: dict[int, tuple[weakref.ref, Any]] = {}


def get_mask(x: Any) -> Any:
    """The mask of the tensor `x`, or None."""
    if not isinstance(x, Tracer) and (mask := getattr(x, "_keras_mask", None)) is not None:
        return mask
    entry = _masks.get(id(x))
    return entry[1] if entry is not None and entry[0]() is x else None


def set_mask(x: Any, mask: Any) -> None:
    """Attach `mask` to the tensor `x`; None takes it off."""
    key = id(x)
    if mask is None:
        _masks.pop(key, None)
        with contextlib.suppress(AttributeError):
            del x._keras_mask
        return
    try:
        x._keras_mask = mask
    except AttributeError:
        masks = _masks  # the module's name is gone when the interpreter ends
        masks[key] = (weakref.ref(x, lambda _: masks.pop(key, None)), mask)


def get_masks(structure: Any) -> Any:
    """The masks of a structure of tensors, or None when there is none at all."""
    masks = tree.map_structure(get_mask, structure)
    return masks if any(m is not None for m in tree.flatten(masks)) else None


def set_masks(structure: Any, masks: Any) -> None:
    """Attach masks to a structure of tensors."""
    if masks is None:
        return
    tensors = tree.flatten(structure)
    flat = tree.flatten(masks)
    if len(flat) != len(tensors):  # one mask for several outputs: it belongs to the first
        flat = [masks] + [None] * (len(tensors) - 1)
    for x, mask in zip(tensors, flat, strict=True):
        if mask is not None and x is not None:
            set_mask(x, mask)
