"""`tf.nest`: structures of lists, tuples and dictionaries."""

from collections.abc import Callable
from typing import Any

import addax


def flatten(structure: Any, expand_composites: bool = False) -> list:
    """The leaves in order."""
    return addax.tree.flatten(structure)


def map_structure(func: Callable, *structure: Any, **options: Any) -> Any:
    """The structure of what `func` gives of the leaves at each place."""
    return addax.tree.map_structure(func, *structure)


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """Leaves in the structure of another."""
    return addax.tree.pack_sequence_as(structure, list(flat_sequence))


def assert_same_structure(nest1: Any, nest2: Any, *args: Any, **options: Any) -> None:
    """ValueError where the structures differ."""
    addax.tree.assert_same_structure(nest1, nest2)


def is_nested(structure: Any) -> bool:
    """Whether it is no leaf."""
    return addax.tree.is_nested(structure)
