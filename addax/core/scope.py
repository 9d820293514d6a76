"""Contexts that code below them can ask for, and the names given in them."""

import re
import threading
from collections import defaultdict
from typing import Any, ClassVar, Self

import numpy as np


class _Stack(threading.local):
    def __init__(self):
        self.items = []


class Scope:
    """A context manager; `current()` is the innermost one of its kind in this thread."""

    _stack: ClassVar[_Stack]

    def __init_subclass__(cls):
        if Scope in cls.__bases__:
            cls._stack = _Stack()

    def __enter__(self) -> Self:
        self._stack.items.append(self)
        return self

    def __exit__(self, *exception) -> None:
        self._stack.items.pop()

    @classmethod
    def current(cls) -> Self | None:
        items = cls._stack.items
        return items[-1] if items else None


class StatelessScope(Scope):
    """Variables read and written inside take their values from a mapping, not from themselves.

    `state_mapping`: pairs (Variable, array). `get_current_value(v)` gives what v was set to.
    """

    def __init__(
        self,
        state_mapping: Any = None,
        collect_losses: bool = False,
        initialize_variables: bool = True,
    ):
        self.collect_losses = collect_losses
        self.initialize_variables = initialize_variables
        self.losses: list = []
        self.state_mapping: dict[int, Any] = {}
        for variable, value in state_mapping or ():
            self.add_update((variable, value))

    def add_loss(self, loss: Any) -> None:
        self.losses.append(loss)

    def add_update(self, update: tuple[Any, Any]) -> None:
        variable, value = update
        self.state_mapping[id(variable)] = variable.check_value(value)

    def get_current_value(self, variable: Any) -> Any:
        """The value of `variable` in here, None where it was neither given nor assigned."""
        return self.state_mapping.get(id(variable))


class SymbolicScope(Scope):
    """Only shapes and dtypes are being worked out: no value in here is real.

    `probe` is the size that unknown dimensions have meanwhile, None if there are none.
    """

    def __init__(self, probe: int | None = None):
        self.probe = probe


def known_sizes(shape: Any) -> Any:
    """`shape` with None for the dimensions that are unknown, if shapes are being worked out."""
    scope = SymbolicScope.current()
    if scope is None or scope.probe is None or not isinstance(shape, (tuple, list)):
        return shape
    return type(shape)([None if d == scope.probe else known_sizes(d) for d in shape])


class AutocastScope(Scope):
    """Float variables are read in `dtype` (None: as they are stored)."""

    def __init__(self, dtype: str | None):
        self.dtype = dtype


class CallScope(Scope):
    """One call of a layer: what inner layers inherit from outer ones."""

    def __init__(self, layer: Any, training: bool | None):
        self.layer = layer
        self.training = training


class ChanceScope(Scope):
    """While a program is traced: random operations without a seed start from `state`, an argument.

    `state` stays, and `count` tells the draws apart, so that nothing traced is kept in here.
    """

    def __init__(self, state: Any):
        self.state = state
        self.count = 0

    def after(self, count: int) -> Any:
        """The state, uint32 (2,), after so many draws."""
        return self.state + np.array([0, count], "uint32")

    def next(self) -> Any:
        """A key that no other draw of this step has."""
        self.count += 1
        return self.after(self.count - 1)


class VariableBudget(Scope):
    """The variables made inside may hold so many bytes: a file asks for no more than it stores."""

    def __init__(self, nbytes: int):
        self.nbytes = self.left = nbytes

    def spend(self, path: str, shape: tuple, nbytes: int) -> None:
        self.left -= nbytes
        if self.left < 0:
            raise ValueError(
                f"Variable {path!r} of shape {shape} exceeds what the file stores weights for: the "
                f"model's variables may hold {self.nbytes:,} bytes."
            )


class SharedObjects(Scope):
    """Inside, a layer that several others hold is written and read as one."""

    def __init__(self):
        self.numbers: dict[int, tuple[int, Any]] = {}  # keeps the objects, so that ids stay theirs
        self.objects: dict[Any, Any] = {}

    def number(self, obj: Any) -> int:
        return self.numbers.setdefault(id(obj), (len(self.numbers) + 1, obj))[0]


class name_scope(Scope):
    """Prefix for the paths of the variables made inside."""

    def __init__(
        self, name: str, caller: Any = None, deduplicate: bool = True, override_parent: Any = None
    ):
        if not isinstance(name, str) or "/" in name:
            raise ValueError(f"A scope's name is a string without '/'; received {name!r}.")
        outer = name_scope.current()
        same = deduplicate and caller is not None and outer is not None and outer.caller is caller
        self.name = name
        self.caller = caller
        self.path: str = outer.path if same and outer else f"{current_path()}/{name}".lstrip("/")


def current_path() -> str:
    """The path of the innermost name scope."""
    scope = name_scope.current()
    return scope.path if scope else ""


_counts: defaultdict[str, int] = defaultdict(int)


def to_snake_case(name: str) -> str:
    """`BatchNormalization` -> `batch_normalization`, `Conv2D` -> `conv2d`."""
    name = re.sub(r"\W+", "", name)
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def auto_name(prefix: str) -> str:
    """`prefix` in snake case, with a running number from its second use on."""
    return uniquify(to_snake_case(prefix))


def uniquify(name: str) -> str:
    """`name`, then `name_1`, `name_2`..."""
    count = _counts[name]
    _counts[name] += 1
    return f"{name}_{count}" if count else name


_uids: defaultdict[str, int] = defaultdict(int)


def get_uid(prefix: str = "") -> int:
    """1, 2, 3... for the same `prefix`, from 1 again after `clear_session()`."""
    _uids[prefix] += 1
    return _uids[prefix]


def reset_names() -> None:
    """Start all running numbers again."""
    _counts.clear()
    _uids.clear()
