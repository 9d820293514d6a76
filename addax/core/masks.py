"""Masks that travel with tensors: which steps of `(batch, time, ...)` count.

Neither arrays nor tracers take attributes, so the masks lie beside them and go when they go.
"""

import weakref
from typing import Any

from addax.core import tree

_masks: dict[int, tuple[weakref.ref, Any]] = {}


def get_mask(x: Any) -> Any:
    """The mask of the tensor `x`, or None."""
    entry = _masks.get(id(x))
    return entry[1] if entry is not None and entry[0]() is x else None


def set_mask(x: Any, mask: Any) -> None:
    """Attach `mask` to the tensor `x`; None takes it off."""
    key = id(x)
    if mask is None:
        _masks.pop(key, None)
    else:
        masks = _masks  # the module's name is gone when the interpreter ends
        masks[key] = (weakref.ref(x, lambda _: masks.pop(key, None)), mask)


def get_masks(structure: Any) -> Any:
    """The masks of a structure of tensors, or None when there is none at all."""
    if not _masks:
        return None
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
