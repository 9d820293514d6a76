"""Nested structures of lists, tuples, dicts and deques; None is a leaf, as in Keras."""

import contextlib
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable
from typing import Any

from jax import tree_util

from addax.core.tracking import Trackable

with contextlib.suppress(ValueError):  # somebody else has told JAX what a deque is
    tree_util.register_pytree_node(
        deque, lambda d: (list(d), None), lambda _, leaves: deque(leaves)
    )

KINDS = (list, tuple, dict, OrderedDict, defaultdict, deque)


def _is_leaf(x) -> bool:
    """What JAX looks into or leaves out, and Keras does not: a Variable, None."""
    return x is None or isinstance(x, Trackable)


def is_nested(structure: Any) -> bool:
    """Whether `structure` is a container rather than a leaf.

    As for JAX and Keras, instances of a user's own list, tuple or dict class are leaves; those of
    named tuples are not.
    """
    kind = type(structure)
    return kind in KINDS or (issubclass(kind, tuple) and hasattr(kind, "_fields"))


def flatten(structure: Any) -> list:
    """The leaves in order; dicts by sorted key."""
    return tree_util.tree_leaves(structure, is_leaf=_is_leaf)


def flatten_with_structure(structure: Any) -> tuple[list, Any]:
    """The leaves, and what `unflatten` needs to put others in their places."""
    return tree_util.tree_flatten(structure, is_leaf=_is_leaf)


def unflatten(structure: Any, leaves: Iterable) -> Any:
    """The inverse of `flatten_with_structure`."""
    return tree_util.tree_unflatten(structure, leaves)


def pack_sequence_as(structure: Any, flat_sequence: Iterable) -> Any:
    """`flat_sequence` arranged as `structure` is."""
    return unflatten(flatten_with_structure(structure)[1], flat_sequence)


def map_structure(fn: Callable, *structures: Any) -> Any:
    """`fn` of the corresponding leaves, in the first one's structure."""
    return tree_util.tree_map(fn, *structures, is_leaf=_is_leaf)


def map_shape_structure(fn: Callable, structure: Any) -> Any:
    """`fn` of every shape in a structure whose leaves are shapes (of int or None)."""
    if is_shape(structure):
        return fn(tuple(structure))
    if isinstance(structure, dict):
        return {k: map_shape_structure(fn, v) for k, v in structure.items()}
    if isinstance(structure, (list, tuple)):
        parts = [map_shape_structure(fn, v) for v in structure]
        return type(structure)(*parts) if hasattr(structure, "_fields") else type(structure)(parts)
    return structure


def is_shape(value: Any) -> bool:
    """Whether `value` is one shape rather than a container of shapes."""
    return isinstance(value, (list, tuple)) and all(d is None or isinstance(d, int) for d in value)
