"""Finding the variables, layers, metrics and seeds that a layer holds in its attributes."""

import copy
from collections.abc import Iterator
from typing import Any, ClassVar

CONTAINERS = (list, tuple, dict)


class Trackable:
    """Something that the layer whose attribute it is (directly or in a container) has as state."""


def contents(value: Any, seen: set[int] | None = None) -> Iterator[Trackable]:
    """The trackables in `value`, through lists, tuples and dicts."""
    if isinstance(value, Trackable):
        yield value
    elif isinstance(value, CONTAINERS) and value:
        seen = set() if seen is None else seen
        if id(value) in seen:
            return
        seen.add(id(value))
        for item in value.values() if isinstance(value, dict) else value:
            if isinstance(item, (Trackable, *CONTAINERS)):
                yield from contents(item, seen)


def copied(value: Any) -> Any:
    """A copy that shares nothing; the value itself, where what it holds can't be copied."""
    try:
        return copy.deepcopy(value)
    except TypeError:
        return value


class Tracking:
    """Remembers in which order an object's trackables were attached.

    Attributes are looked through when somebody asks, so that appending to a list, replacing or
    deleting an attribute need no bookkeeping; only the order is kept. `untracked` names the
    attributes that hold others' parts: caches, records.
    """

    untracked: ClassVar[tuple[str, ...]] = ("_attached", "_recorded")

    _attached: list

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if isinstance(value, (Trackable, *CONTAINERS)) and name not in self.untracked:
            self._note(contents(value))

    def _note(self, found) -> None:
        attached = self.__dict__.setdefault("_attached", [])
        known = {id(x) for x in attached}
        for x in found:
            if id(x) not in known:
                known.add(id(x))
                attached.append(x)

    def tracked(self, kind: type) -> list:
        """The trackables of `kind` that are attached now, in order of their first attachment."""
        held = [x for k, v in vars(self).items() if k not in self.untracked for x in contents(v)]
        self._note(held)
        present = {id(x) for x in held}
        self.__dict__["_attached"] = [x for x in self._attached if id(x) in present]
        return [x for x in self._attached if isinstance(x, kind)]


def saved_attributes(
    thing: Any, machinery: set[str], also: tuple[str, ...] = ()
) -> Iterator[tuple[str, Any]]:
    """What files may hold of an object, by name, private ones last.

    These are its attributes but for `machinery`, those named in `also`, and the properties of a
    user's class, which Keras looks at too.
    """
    theirs = [c for c in type(thing).__mro__ if not c.__module__.startswith(("addax.", "builtins"))]
    computed = {n for c in theirs for n, v in vars(c).items() if isinstance(v, property)} | {*also}
    names = (vars(thing).keys() - machinery) | computed
    for name in sorted(names, key=lambda n: (n.startswith("_"), n)):
        if name.startswith("__"):
            continue
        try:
            yield name, getattr(thing, name)
        except Exception:  # a property that does not work yet
            if name not in computed:
                raise
