"""Nested structures of lists, tuples, dicts and named tuples; None is a leaf, dicts go by key."""

import typing as _typing
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from addax.core import absent as _absent
from addax.core import tree as core
from addax.core.tree import is_nested as is_nested


class MAP_TO_NONE:
    """What a function given to `traverse` returns for None itself, as None means "go on"."""


def flatten(structure: Any) -> list:
    """The leaves in order; dicts by sorted key, ordered dicts as they stand."""
    return [leaf for _, leaf in flatten_with_path(structure)]


def map_structure(func: Callable, *structures: Any, none_is_leaf: bool = True) -> Any:
    """`func` of the corresponding leaves, in the first one's structure.

    `none_is_leaf=False` leaves None as it is. TypeError for what can't be called, ValueError
    without a structure and for structures that differ.
    """
    _check(func, structures)

    def checked(*leaves):
        for other in leaves[1:]:
            _check_alike(leaves[0], other)
        missing = sum(leaf is None for leaf in leaves)
        if none_is_leaf or not missing:
            return func(*leaves)
        if missing < len(leaves):
            raise ValueError("The structures differ: one has None where another has a value.")
        return None

    return _mapped(checked, *structures)


def _mapped(func: Callable, structure: Any, *others: Any) -> Any:
    """`func` of each leaf of `structure` and what `others` have in its place."""
    if not is_nested(structure):
        return func(structure, *others)
    for other in others:
        _check_alike(structure, other)
    return _rebuilt(
        structure,
        [_mapped(func, structure[key], *(x[key] for x in others)) for key in _keys(structure)],
    )


def _check_alike(a: Any, b: Any) -> None:
    """ValueError unless `a` and `b` are leaves, or containers of one kind with the same places."""
    if isinstance(a, dict) and isinstance(b, dict):
        alike = is_nested(a) == is_nested(b) and (not is_nested(a) or a.keys() == b.keys())
    elif is_nested(a) and is_nested(b):
        alike = type(a) is type(b) and len(a) == len(b)
    else:
        alike = is_nested(a) == is_nested(b)
    if not alike:
        raise ValueError(
            f"The structures differ: one has {_shown(a)} where the other has {_shown(b)}."
        )


def _shown(part: Any) -> str:
    kind = type(part).__name__
    kind = f"namedtuple {kind}" if hasattr(part, "_fields") else kind
    return f"a {kind} of {_keys(part)}" if is_nested(part) else f"the leaf {part!r}"


def _check(func: Callable, structures: tuple) -> None:
    if not callable(func):
        raise TypeError(f"The function must be callable; received {func!r}.")
    if not structures:
        raise ValueError("The function needs at least one structure to work on.")


def map_structure_up_to(shallow_structure: Any, func: Callable, *structures: Any) -> Any:
    """`func` of what each of `structures` has in the place of each leaf of `shallow_structure`."""
    _check(func, structures)

    def below(leaf, *parts):
        if leaf is None:
            raise ValueError("None in shallow_structure is no place for what the others have.")
        return func(*parts)

    return _mapped(below, shallow_structure, *structures)


def map_shape_structure(func: Callable, structure: Any) -> Any:
    """`func` of every shape, a tuple or list of integers and None, or other leaf in `structure`."""
    if core.is_shape(structure) or not is_nested(structure):
        return func(structure)
    return _rebuilt(structure, [map_shape_structure(func, x) for x in _children(structure)])


def pack_sequence_as(structure: Any, flat_sequence: Any) -> Any:
    """`flat_sequence` arranged as `structure` is. ValueError if there are too few or too many."""
    leaves = list(flat_sequence)
    wanted = len(flatten(structure))
    if len(leaves) != wanted:
        raise ValueError(f"flat_sequence has {len(leaves)} leaves; the structure holds {wanted}.")
    rest = iter(leaves)
    return _mapped(lambda _: next(rest), structure)


def flatten_with_path(structure: Any) -> list[tuple[tuple, Any]]:
    """Pairs of a path, the keys and indices that lead there, and the leaf."""
    if not is_nested(structure):
        return [((), structure)]
    return [
        ((key, *path), leaf)
        for key in _keys(structure)
        for path, leaf in flatten_with_path(structure[key])
    ]


def _keys(structure: Any) -> list:
    """The keys or indices in the order in which `flatten` takes them."""
    if not isinstance(structure, dict):
        return list(range(len(structure)))
    if isinstance(structure, OrderedDict):
        return list(structure)
    try:
        return sorted(structure)
    except TypeError:  # of several types, each by itself
        return sorted(structure, key=lambda key: (type(key).__qualname__, str(key)))


def assert_same_structure(a: Any, b: Any, check_types: bool | None = None) -> None:
    """ValueError unless `a` and `b` are nested alike. `check_types` is accepted and ignored."""
    _mapped(_check_alike, a, b)


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
        raise TypeError(f"traverse takes a callable; received {func!r}.")
    result = func(structure) if top_down else None
    if result is None:
        result = _rebuilt(structure, [traverse(func, x, top_down) for x in _children(structure)])
        changed = None if top_down else func(result)
        result = result if changed is None else changed
    return None if result is MAP_TO_NONE else result


def _children(structure: Any) -> list:
    return [structure[key] for key in _keys(structure)] if is_nested(structure) else []


def _rebuilt(structure: Any, children: list) -> Any:
    """A container like `structure` with these children, in the order of `_keys`."""
    if not is_nested(structure):
        return structure
    if isinstance(structure, dict):
        copy = structure.copy()  # its order and a defaultdict's factory included
        copy.update(zip(_keys(structure), children, strict=True))
        return copy
    if isinstance(structure, deque):
        return deque(children, structure.maxlen)
    return (
        type(structure)(*children) if hasattr(structure, "_fields") else type(structure)(children)
    )


def lists_to_tuples(structure: Any) -> Any:
    """`structure` with every list as a tuple."""
    return traverse(lambda x: tuple(x) if isinstance(x, list) else None, structure, top_down=False)


if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
