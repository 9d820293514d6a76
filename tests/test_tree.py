"""`addax.tree` beside Keras's."""

from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

import keras
import pytest

from addax import tree

Pair = namedtuple("Pair", "x y")
Other = namedtuple("Other", "x y")


class Below(Pair):
    """Still a named tuple."""


class UserList(list):
    """A leaf, as all that follow."""


class UserTuple(tuple):
    pass


class UserDict(dict):
    pass


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
    set(),
    {1},
    [{1}, 2],
    range(2),
    deque([1], maxlen=3),
    [Pair(1, [2]), deque([3, {"z": 1}])],
    Other(1, 2),
    Below(1, [2, 3]),
    OrderedDict(z=[1, 2], a=(3,)),
    defaultdict(list, z=[1, 2], a=(3,)),
    {1: 2, "a": 3},
    {2: 1, 1: 2},
    UserList([1, 2]),
    UserTuple((1, 2)),
    UserDict(z=[1, 2], a=(3,)),
    Counter(a=1),
    [None, 1],
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
    assert exactly(ours) == exactly(theirs)


def exactly(x):
    """`x` with all that `==` overlooks: classes, order, factories, lengths."""
    if isinstance(x, (list, tuple, deque)):
        return type(x), [exactly(part) for part in x], getattr(x, "maxlen", None)
    if isinstance(x, dict):
        items = [(key, exactly(part)) for key, part in x.items()]
        return type(x), items, getattr(x, "default_factory", None)
    return type(x), x


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
def test_of_two_structures(a):
    for b in STRUCTURES:
        same("assert_same_structure", a, b)
        same("assert_same_paths", a, b)
        same("map_structure", lambda *x: x, a, b)
        same("map_structure", lambda *x: x, a, b, none_is_leaf=False)
        same("map_structure_up_to", a, lambda *x: x, b)


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
    "structure",
    [*STRUCTURES, (2, 3), [2, None], [(2, 3), (None,)], {"a": (1, 2), "b": [(3,), (4, 5)]}, ()],
    ids=str,
)
def test_map_shape_structure(structure):
    same("map_shape_structure", lambda shape: ("shape", shape), structure)
