"""Nested structures of lists, tuples, dicts and named tuples; None is a leaf, dicts go by key."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from addax.core import tree as core
from addax.core.tree import flatten as flatten
from addax.core.tree import is_nested as is_nested


class MAP_TO_NONE:
    """What a function given to `traverse` returns for None itself, as None means "go on"."""


def map_structure(func: Callable, *structures: Any, none_is_leaf: bool = True) -> Any:
    """`func` of the corresponding leaves, in the first one's structure.

    `none_is_leaf=False` leaves None as it is. TypeError for what can't be called, ValueError
    without a structure and for structures that differ.
    """
    _check(func, structures)
    for other in structures[1:]:
        assert_same_structure(structures[0], other)
    structures = (structures[0], *(_conform(other, structures[0]) for other in structures[1:]))
    if none_is_leaf:
        return core.map_structure(func, *structures)

    def unless_none(*leaves):
        return None if all(leaf is None for leaf in leaves) else func(*leaves)

    return core.map_structure(unless_none, *structures)


def _check(func: Callable, structures: tuple) -> None:
    if not callable(func):
        raise TypeError(f"The function must be callable; received {func!r}.")
    if not structures:
        raise ValueError("The function was given no structure to work on.")


def map_structure_up_to(shallow_structure: Any, func: Callable, *structures: Any) -> Any:
    """`func` of what each of `structures` has in the place of each leaf of `shallow_structure`."""
    _check(func, structures)
    return core.map_structure(lambda _, *parts: func(*parts), shallow_structure, *structures)


def map_shape_structure(func: Callable, structure: Any) -> Any:
    """`func` of every shape, a tuple or list of integers and None, or other leaf in `structure`."""
    if core.is_shape(structure) or not is_nested(structure):
        return func(tuple(structure) if is_nested(structure) else structure)
    return _rebuilt(structure, [map_shape_structure(func, x) for x in _children(structure)])


def pack_sequence_as(structure: Any, flat_sequence: Any) -> Any:
    """`flat_sequence` arranged as `structure` is. ValueError if there are too few or too many."""
    leaves = list(flat_sequence)
    wanted = len(flatten(structure))
    if len(leaves) != wanted:
        raise ValueError(f"The structure has {wanted} leaves; flat_sequence has {len(leaves)}.")
    return core.pack_sequence_as(structure, leaves)


def flatten_with_path(structure: Any) -> list[tuple[tuple, Any]]:
    """Pairs of a path, the keys and indices that lead there, and the leaf."""
    if not is_nested(structure):
        return [((), structure)]
    keys = _keys(structure) if isinstance(structure, dict) else range(len(structure))
    return [
        ((key, *path), leaf) for key in keys for path, leaf in flatten_with_path(structure[key])
    ]


def _keys(structure: dict) -> list:
    """The keys in the order in which `flatten` takes them."""
    return list(structure) if isinstance(structure, OrderedDict) else sorted(structure)


def assert_same_structure(a: Any, b: Any, check_types: bool | None = None) -> None:
    """ValueError unless `a` and `b` are nested alike. `check_types` is accepted and ignored."""
    ours, theirs = (core.flatten_with_structure(x)[1] for x in (a, _conform(b, a)))
    if ours != theirs:
        raise ValueError(f"The structures differ: {ours} and {theirs}.")


def _conform(structure: Any, like: Any) -> Any:
    """`structure` with the kinds of dictionaries that `like` has, where the keys are the same."""
    if not is_nested(structure) or not is_nested(like) or len(structure) != len(like):
        return structure
    if isinstance(structure, dict):
        if not isinstance(like, dict) or structure.keys() != like.keys():
            return structure
        return _like(like, {key: _conform(structure[key], like[key]) for key in like})
    if isinstance(like, dict):
        return structure
    return _rebuilt(structure, list(map(_conform, structure, like)))


def assert_same_paths(a: Any, b: Any) -> None:
    """ValueError unless `a` and `b` have leaves at the same paths, whatever the containers are."""
    ours, theirs = ({path for path, _ in flatten_with_path(x)} for x in (a, b))
    if ours != theirs:
        raise ValueError(
            f"The paths differ: only the first has {sorted(ours - theirs, key=str)}, only the "
            f"second {sorted(theirs - ours, key=str)}."
        )


def traverse(func: Callable, structure: Any, top_down: bool = True) -> Any:
    """`structure` with each part replaced by what `func` returns for it.

    None keeps the part and goes on below it; `MAP_TO_NONE` stands for None. Parts come before what
    is in them if `top_down`, else after.
    """
    if not callable(func):
        raise TypeError(f"traverse takes a function; received {func!r}.")
    result = func(structure) if top_down else None
    if result is None:
        result = _rebuilt(structure, [traverse(func, x, top_down) for x in _children(structure)])
        changed = None if top_down else func(result)
        result = result if changed is None else changed
    return None if result is MAP_TO_NONE else result


def _children(structure: Any) -> list:
    if isinstance(structure, dict):
        return [structure[key] for key in _keys(structure)]
    return list(structure) if is_nested(structure) else []


def _rebuilt(structure: Any, children: list) -> Any:
    if isinstance(structure, dict):
        new = dict(zip(_keys(structure), children, strict=True))
        same = {key: new[key] for key in structure}
        return same if type(structure) is dict else _like(structure, same)
    if not is_nested(structure):
        return structure
    if hasattr(structure, "_fields"):
        return type(structure)(*children)
    return type(structure)(children)


def _like(structure: dict, items: dict) -> dict:
    copy = structure.copy()  # of the same class, a defaultdict's factory included
    copy.update(items)
    return copy


def lists_to_tuples(structure: Any) -> Any:
    """`structure` with every list as a tuple."""
    return traverse(lambda x: tuple(x) if isinstance(x, list) else None, structure, top_down=False)
