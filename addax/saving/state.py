"""Where each variable of a model stands in a file, and filling a model from stored tensors.

Keras's layout: the variables of an object lie in `vars/0`, `vars/1`... below the path of attribute
names and containers that leads to it. An object that is reached twice stands where it is met first.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from addax.core.layer import Layer
from addax.core.scope import StatelessScope, to_snake_case
from addax.core.seeds import SeedGenerator
from addax.core.variable import Variable
from addax.optimizers import Optimizer
from addax.saving.guard import LoadError, Stored
from addax.saving.optimizer_state import in_todays_order

KINDS = (Layer, Optimizer, SeedGenerator)
CONTAINERS = (list, dict, tuple)


class Place(NamedTuple):
    """An object with state, its path in the file, and further paths that lead to it."""

    path: str
    owner: Any
    others: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        return variables_of(self.path)


def variables_of(path: str) -> str:
    """Where the variables of the object at `path` lie."""
    return f"{path}/vars/".lstrip("/")


def places(root: Any) -> list[Place]:
    """Everything in `root` that has state, `root` included, in Keras's order."""
    found: dict[int, Place] = {}

    def visit(thing, path):
        if id(thing) in found:
            known = found[id(thing)]
            found[id(thing)] = known._replace(others=(*known.others, path))
        else:
            found[id(thing)] = Place(path, thing)
            for name, child in [] if isinstance(thing, SeedGenerator) else thing._saved_children():
                enter(child, f"{path}/{name}".lstrip("/"), set())

    def enter(child, path, containers):
        if isinstance(child, KINDS):
            visit(child, path)
        elif isinstance(child, CONTAINERS) and id(child) not in containers:
            containers.add(id(child))
            for name, item in _named_items(child):
                enter(item, f"{path}/{name}", containers)

    visit(root, "")
    return list(found.values())


def _named_items(container: Any) -> Iterator[tuple[str, Any]]:
    """The items of a container by class name and running number: names of layers may vary."""
    counts: dict[str, int] = {}
    for item in container.values() if isinstance(container, dict) else container:
        if not isinstance(item, (*KINDS, *CONTAINERS)):
            continue
        nested = isinstance(item, CONTAINERS)
        name = "container" if nested else to_snake_case(_class_name(item))
        counts[name] = counts.get(name, -1) + 1
        yield (f"{name}_{counts[name]}" if counts[name] else name), item


def _class_name(item: Any) -> str:
    return getattr(type(item), "variant_of", type(item)).__name__


# Saving


def collect(root: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each object with its variables by key, as `save_own_variables` gives them."""
    for place in places(root):
        store: dict[str, Any] = {}
        if isinstance(place.owner, SeedGenerator):
            store["0"] = place.owner.state
        else:
            place.owner.save_own_variables(store)
        yield place, store


# Loading


class View(Mapping):
    """The tensors of one object, as a layer's own `load_own_variables` sees them."""

    def __init__(self, tensors: dict[str, Stored]):
        self._tensors = tensors

    def __getitem__(self, key: str) -> np.ndarray:
        return self._tensors[key].read()

    def __iter__(self) -> Iterator[str]:
        return iter(self._tensors)

    def __len__(self) -> int:
        return len(self._tensors)


class Problem(NamedTuple):
    kind: str
    path: str
    model: str
    file: str


class Plan:
    """What goes where. Nothing is assigned before everything is known to fit and has been read."""

    def __init__(self) -> None:
        self.pairs: list[tuple[Variable, Stored]] = []
        self.special: list[tuple[Any, View]] = []
        self.cleared: list[Variable] = []
        self.anew: list[str] = []
        self.problems: list[Problem] = []

    def match(self, path: str, variable: Variable | None, stored: Stored | None) -> None:
        """Note that a variable and a tensor belong together, or that one lacks the other."""
        if variable is not None and stored is not None and variable.shape == stored.shape:
            self.pairs.append((variable, stored))
            return
        kind = "other shape" if variable is not None and stored is not None else "missing"
        kind = "unexpected" if variable is None else kind
        name = f"{path} ({variable.path})" if variable is not None and variable.path else path
        shapes = [str(x.shape) if x is not None else "-" for x in (variable, stored)]
        self.problems.append(Problem(kind, name, *shapes))

    def resume(self, root: Any, place: Place, stored: dict[str, Stored]) -> None:
        """Note the state of an optimizer if all of it fits, else that it starts anew."""
        optimizer = place.owner
        if not optimizer.built and stored and optimizer is getattr(root, "optimizer", None):
            optimizer.build(root.trainable_variables)
        own, stored = list(optimizer.variables), in_todays_order(optimizer, stored)
        pairs = [(v, stored.get(str(i))) for i, v in enumerate(own)]
        if len(own) == len(stored) and all(s and v.shape == s.shape for v, s in pairs):
            self.pairs += pairs  # type: ignore[arg-type]
        elif stored:
            self.anew.append(
                f"{optimizer.name!r} has {len(own)} variables, the file {len(stored)}"
                if len(own) != len(stored)
                else f"{optimizer.name!r} has variables of other shapes than the file"
            )

    def table(self) -> str:
        """The problems, aligned."""
        rows = [Problem("problem", "weight", "model", "file"), *self.problems[:40]]
        widths = [max(len(r[i]) for r in rows) for i in range(4)]
        lines = [
            "  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in rows
        ]
        more = len(self.problems) - 40
        return "\n".join(lines + [f"... and {more} more"] * (more > 0))

    def carry_out(self, model_name: str, skip_mismatch: bool = False) -> None:
        """Assign all, or with `skip_mismatch` what fits. LoadError with the table otherwise."""
        if self.problems and not skip_mismatch:
            raise LoadError(
                f"The weights of the file don't fit model {model_name!r}; nothing was changed. "
                f"Pass skip_mismatch=True to load what fits.\n{self.table()}"
            )
        values = [(variable, stored.read()) for variable, stored in self.pairs]
        values += [(variable, np.zeros(variable.shape)) for variable in self.cleared]
        with StatelessScope() as scope:
            for owner, view in self.special:
                owner.load_own_variables(view)
            for variable, value in values:
                variable.assign(value)
        every = [v for v, _ in values] + [v for o, _ in self.special for v in _variables_of(o)]
        for variable in {id(v): v for v in every}.values():
            value = scope.get_current_value(variable)
            if value is not None:
                variable.assign(value)
        if self.problems:
            warnings.warn(f"Some weights were not loaded:\n{self.table()}", stacklevel=4)
        if self.anew:
            warnings.warn(
                f"The optimizer's state was not loaded; it starts anew: {'; '.join(self.anew)}.",
                stacklevel=4,
            )


def _variables_of(owner: Any) -> list[Variable]:
    return owner._own_variables() if isinstance(owner, Layer) else list(owner.variables)


def make_plan(root: Any, tensors: dict[str, Stored], skip: Iterable[Any] = ()) -> Plan:
    """What each variable in `root` takes from `tensors`, but for those of the objects in `skip`.

    Optimizers that don't fit start anew.
    """
    plan, groups = Plan(), _by_owner(tensors)
    skipped = {id(inner.owner) for thing in skip for inner in places(thing)}
    for place in places(root):
        if id(place.owner) in skipped:
            groups = {k: v for k, v in groups.items() if not k.startswith(f"{place.path}/")}
            continue
        known = (variables_of(path) for path in (place.path, *place.others))
        mine = groups.pop(next((p for p in known if p in groups), ""), {})
        if isinstance(place.owner, SeedGenerator):
            if "0" in mine:  # Keras stores no seeds
                plan.match(place.prefix + "0", place.owner.state, mine["0"])
        elif isinstance(place.owner, Optimizer):
            plan.resume(root, place, mine)
        elif type(place.owner).load_own_variables is not Layer.load_own_variables:
            plan.special.append((place.owner, View(mine)))
        else:
            variables = {str(i): v for i, v in enumerate(place.owner._stored_weights())}
            plan.cleared += place.owner._cleared_weights()
            for key in {**variables, **mine}:
                plan.match(place.prefix + key, variables.get(key), mine.get(key))
    for prefix, rest in groups.items():
        # The state of training, which a model that is not compiled has no place for.
        if not prefix.split("/")[0].endswith(("optimizer", "metrics")):
            for key, stored in rest.items():
                plan.match(prefix + key, None, stored)
    return plan


def _by_owner(tensors: dict[str, Stored]) -> dict[str, dict[str, Stored]]:
    groups: dict[str, dict[str, Stored]] = {}
    for path, stored in tensors.items():
        head, _, key = path.rpartition("/")
        groups.setdefault(head + "/", {})[key] = stored
    return groups
