"""`HyperParameters`: a search space, and the values of a trial."""

import contextlib
import copy
from collections.abc import Iterable, Iterator
from typing import Any, Self

from addax.core.errors import suggest, unknown
from addax.tuner.parameters import SORTS, HyperParameter, Parent
from addax.tuner.parameters import Boolean as Boolean
from addax.tuner.parameters import Choice as Choice
from addax.tuner.parameters import Fixed as Fixed
from addax.tuner.parameters import Float as Float
from addax.tuner.parameters import Int as Int


def serialize(parameter: HyperParameter) -> dict[str, Any]:
    """The hyperparameter as plain data."""
    return {"class_name": type(parameter).__name__, "config": parameter.get_config()}


def deserialize(config: dict[str, Any]) -> HyperParameter:
    """The hyperparameter that `serialize` described."""
    if config["class_name"] not in SORTS:
        raise unknown("sort of hyperparameter", config["class_name"], SORTS)
    return SORTS[config["class_name"]].from_config(config["config"])


def _is(parameter: HyperParameter, name: str, conditions: list[Parent]) -> bool:
    """A hyperparameter is its name and its conditions."""
    return parameter.name == name and parameter.conditions == conditions


class HyperParameters:
    """What a model may be made of, and what it is made of now.

    `hp.Int("units", 32, 512, step=32)` declares a hyperparameter where it is first called and
    returns its value. Names stand in the `name_scope`s around them; those in a `conditional_scope`
    have a value only while it is active, else None. `values` holds the active ones.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._space: list[HyperParameter] = []  # parents before those that depend on them
        self._name_scopes: list[str] = []
        self._conditions: list[Parent] = []
        self.active_scopes: list[list[Parent]] = []  # that a build went through
        self.inactive_scopes: list[list[Parent]] = []

    @property
    def space(self) -> list[HyperParameter]:
        """The hyperparameters in the order in which they came."""
        return self._space

    # Declaring

    def Int(
        self,
        name: str,
        min_value: int,
        max_value: int,
        step: int | None = None,
        sampling: str = "linear",
        default: int | None = None,
        parent_name: str | None = None,
        parent_values: Any = None,
    ) -> Any:
        """An integer in [min_value, max_value], `step` apart.

        `sampling`: "linear", "log" (as many values between 1 and 10 as between 10 and 100; `step`
        is then a factor) or "reverse_log". The default is `min_value`.
        """
        arguments = (min_value, max_value, step, sampling, default)
        return self._declared(Int, name, arguments, parent_name, parent_values)

    def Float(
        self,
        name: str,
        min_value: float,
        max_value: float,
        step: float | None = None,
        sampling: str = "linear",
        default: float | None = None,
        parent_name: str | None = None,
        parent_values: Any = None,
    ) -> Any:
        """A number in [min_value, max_value]; the rest as in `Int`, but that `step` may be None."""
        arguments = (min_value, max_value, step, sampling, default)
        return self._declared(Float, name, arguments, parent_name, parent_values)

    def Choice(
        self,
        name: str,
        values: Any,
        ordered: bool | None = None,
        default: Any = None,
        parent_name: str | None = None,
        parent_values: Any = None,
    ) -> Any:
        """One of the values, which are of one type. The default is the first of them."""
        return self._declared(Choice, name, (values, ordered, default), parent_name, parent_values)

    def Boolean(
        self,
        name: str,
        default: bool = False,
        parent_name: str | None = None,
        parent_values: Any = None,
    ) -> Any:
        """True or False."""
        return self._declared(Boolean, name, (default,), parent_name, parent_values)

    def Fixed(
        self, name: str, value: Any, parent_name: str | None = None, parent_values: Any = None
    ) -> Any:
        """This value, which no search changes."""
        return self._declared(Fixed, name, (value,), parent_name, parent_values)

    def _declared(
        self, sort: Any, name: str, arguments: tuple, parent_name: str | None, parent_values: Any
    ) -> Any:
        scope = (
            self.conditional_scope(parent_name, parent_values)
            if parent_name
            else contextlib.nullcontext()
        )
        with scope:
            parameter = sort(self._full(name), *arguments, conditions=self._conditions)
            return self._value_of(parameter)

    def _value_of(self, parameter: HyperParameter) -> Any:
        """Its value, None if it is not active; a stranger joins the space."""
        if not self._exists(parameter.name, parameter.conditions):
            return self._register(parameter)
        return self.values[parameter.name] if self.is_active(parameter) else None

    def _register(self, parameter: HyperParameter, overwrite: bool = False) -> Any:
        if any(condition.name == parameter.name for condition in parameter.conditions):
            raise ValueError(
                f"Hyperparameter {parameter.name!r} depends on one of the same name: rename it."
            )
        self._space.append(deserialize(serialize(parameter)))
        if not self.is_active(parameter):
            return None
        if overwrite or parameter.name not in self.values:
            self.values[parameter.name] = parameter.default
        return self.values[parameter.name]

    def _full(self, name: str) -> str:
        return "/".join([*self._name_scopes, str(name)])

    # Scopes

    @contextlib.contextmanager
    def name_scope(self, name: str) -> Iterator[None]:
        """Inside, names begin with `name/`."""
        self._name_scopes.append(name)
        try:
            yield
        finally:
            self._name_scopes.pop()

    @contextlib.contextmanager
    def conditional_scope(self, parent_name: str, parent_values: Any) -> Iterator[None]:
        """Inside, hyperparameters are active only while the parent has one of these values.

        The code inside runs in any case: it asks for the parent's value itself. ValueError for a
        parent that is not there.
        """
        parent_name = self._full(parent_name)
        if not self._exists(parent_name, self._conditions):
            known = {p.name for p in self._space}
            raise ValueError(
                f"`HyperParameter` named: {parent_name} not defined.{suggest(parent_name, known)}"
            )
        condition = Parent(parent_name, parent_values)
        self._conditions.append(condition)
        is_on = condition.is_active(self.values)
        seen = self.active_scopes if is_on else self.inactive_scopes
        seen.append(list(self._conditions))
        try:
            yield
        finally:
            self._conditions.pop()

    # Looking up

    def get(self, name: str) -> Any:
        """The value. KeyError if there is no such hyperparameter, ValueError if it is inactive."""
        name = self._full(name)
        if name in self.values:
            return self.values[name]
        known = {p.name for p in self._space}
        if name in known:
            raise ValueError(f"{name} is currently inactive.")
        raise KeyError(f"{name} does not exist.{suggest(name, known)}")

    def __getitem__(self, name: str) -> Any:
        return self.get(name)

    def __contains__(self, name: str) -> bool:
        return self._full(name) in self.values

    def is_active(self, hyperparameter: HyperParameter | str) -> bool:
        """Whether all its conditions hold; by name, whether those of one of that name do."""
        if isinstance(hyperparameter, HyperParameter):
            return all(c.is_active(self.values) for c in hyperparameter.conditions)
        return any(self.is_active(p) for p in self._space if p.name == str(hyperparameter))

    def active(self) -> list[HyperParameter]:
        """The hyperparameters whose conditions hold."""
        return [p for p in self._space if self.is_active(p)]

    def _exists(self, name: str, conditions: list[Parent]) -> bool:
        return any(_is(p, name, conditions) for p in self._space)

    # Copies and merging

    def get_config(self) -> dict[str, Any]:
        """Space and values as plain data."""
        return {"space": [serialize(p) for p in self._space], "values": dict(self.values)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Self:
        """The space and values that `get_config` described."""
        made = cls()
        made._space = [deserialize(p) for p in config["space"]]
        made.values = dict(config["values"])
        return made

    def copy(self) -> "HyperParameters":
        """The same space and values, without the scopes that are open."""
        return HyperParameters.from_config(copy.deepcopy(self.get_config()))

    def merge(self, hps: Any, overwrite: bool = True) -> None:
        """Take in the hyperparameters of another space, or of a list.

        With `overwrite` they take the place of those that are there, with their default values.
        """
        given: Iterable[HyperParameter] = hps.space if isinstance(hps, HyperParameters) else hps
        for parameter in list(given):
            is_there = self._exists(parameter.name, parameter.conditions)
            if is_there and overwrite:
                self._space = [
                    p for p in self._space if not _is(p, parameter.name, parameter.conditions)
                ]
            if overwrite or not is_there:
                self._register(parameter, overwrite)

    def ensure_active_values(self) -> None:
        """Drop the values of what is inactive; draw those that are missing."""
        for parameter in self._space:
            if not self.is_active(parameter):
                self.values.pop(parameter.name, None)
            elif parameter.name not in self.values:
                self.values[parameter.name] = parameter.random_sample()
