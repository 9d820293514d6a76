"""Telling those who hold programs of a layer that the layer got another weight."""

from typing import Any
from weakref import WeakKeyDictionary, WeakSet

_holders: WeakKeyDictionary[Any, WeakSet] = WeakKeyDictionary()


def hold(layer: Any, holder: Any) -> None:
    """Have `holder.forget_programs()` called when `layer` gets a weight after it was built."""
    _holders.setdefault(layer, WeakSet()).add(holder)


def changed(layer: Any) -> None:
    """A built layer has another weight."""
    for holder in tuple(_holders.get(layer, ())):
        holder.forget_programs()
