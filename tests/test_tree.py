"""`addax.tree` beside Keras's."""

from collections import OrderedDict, defaultdict, namedtuple

import keras
import pytest

from addax import tree

Pair = namedtuple("Pair", "x y")
STRUCTURES = [
    1,
    None,
    [],
    {},
    "text",
    [1, (2, 3), {"b": 4, "a": None}],
    {"z": [1, 2], "a": (3,)},
    Pair(1, [2, 3]),
    (((1,),),),
    [None, [None]],
    defaultdict(list, {"b": 1, "a": [2]}),
    [[1, 2], [], {"k": ()}],
]
IDS = [str(s) for s in STRUCTURES]


def outcome(function, *arguments, **options):
    """The value, or the class of the error."""
    try:
        return function(*arguments, **options)
    except (ValueError, TypeError) as error:
        return type(error)


def same(name, *arguments, **options):
    ours = outcome(getattr(tree, name), *arguments, **options)
    theirs = outcome(getattr(keras.tree, name), *arguments, **options)
    assert ours == theirs and type(ours) is type(theirs)


@pytest.mark.parametrize("structure", STRUCTURES, ids=IDS)
@pytest.mark.parametrize("name", ["flatten", "flatten_with_path", "is_nested", "lists_to_tuples"])
def test_of_one_structure(name, structure):
    same(name, structure)


def test_ordered_dicts_keep_their_class():
    structure = OrderedDict(b=[1], a=2)
    assert tree.lists_to_tuples(structure) == OrderedDict(b=(1,), a=2)
    assert tree.map_structure(str, structure) == OrderedDict(b=["1"], a="2")


@pytest.mark.parametrize("structure", STRUCTURES, ids=IDS)
@pytest.mark.parametrize("none_is_leaf", [True, False])
def test_map_structure(structure, none_is_leaf):
    same("map_structure", lambda x: (x, 1), structure, none_is_leaf=none_is_leaf)
    same("map_structure", lambda *x: x, structure, structure, none_is_leaf=none_is_leaf)


@pytest.mark.parametrize("a", STRUCTURES, ids=IDS)
@pytest.mark.parametrize(
    "b", [1, [1, 2], (1, 2), {"z": [3, 4], "a": (5,)}, Pair(1, [2, 3])], ids=str
)
@pytest.mark.parametrize("name", ["assert_same_structure", "assert_same_paths"])
def test_comparisons(name, a, b):
    same(name, a, b)


MAPS = [
    ((1, 2), (3, 4)),
    ([1, 2], [3, [4]]),
    ([1, [2]], [3, 4]),
    ([1], [3, 4]),
    ({"a": 1}, {"a": 2}),
    ({"a": 1}, {"b": 2}),
    (1, [2, 3]),
]


@pytest.mark.parametrize(("a", "b"), MAPS, ids=str)
def test_maps_of_two(a, b):
    same("map_structure", lambda *x: x, a, b)
    same("map_structure_up_to", a, lambda *x: x, b)
    same("map_structure_up_to", a, lambda *x: x, a, b)


@pytest.mark.parametrize("name", ["map_structure", "traverse"])
def test_functions_must_be_callable(name):
    same(name, 3, [1])


def test_map_without_structures():
    same("map_structure", len)


@pytest.mark.parametrize("structure", STRUCTURES, ids=IDS)
@pytest.mark.parametrize("top_down", [True, False])
@pytest.mark.parametrize("kind", [list, tuple, dict, int, type(None)])
def test_traverse(structure, top_down, kind):
    seen = {"ours": [], "theirs": []}

    def replace(log, none):
        def function(x):
            log.append(repr(x))
            if x is None:
                return none
            return ("was", str(x)) if isinstance(x, kind) else None

        return function

    ours = tree.traverse(replace(seen["ours"], tree.MAP_TO_NONE), structure, top_down)
    none = keras.tree.MAP_TO_NONE
    theirs = keras.tree.traverse(replace(seen["theirs"], none), structure, top_down)
    assert ours == theirs
    assert sorted(seen["ours"]) == sorted(seen["theirs"])


@pytest.mark.parametrize("structure", STRUCTURES, ids=IDS)
@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_pack_sequence_as(structure, extra):
    count = len(tree.flatten(structure)) + extra
    if count >= 0:
        same("pack_sequence_as", structure, list(range(count)))


def test_pack_needs_a_sequence():
    same("pack_sequence_as", [1, 2], 3)


@pytest.mark.parametrize(
    "structure", [(2, 3), [2, None], [(2, 3), (None,)], {"a": (1, 2), "b": [(3,), (4, 5)]}, ()],
    ids=str,
)  # fmt: skip
def test_map_shape_structure(structure):
    same("map_shape_structure", lambda shape: ("shape", len(shape)), structure)
