"""Constructor arguments declared once, as annotated names of a class.

    @fields
    class Dense(Layer):
        units: int
        activation: Activation = None

gives `Dense.__init__(units, activation=None, **base arguments)`, the attributes, `get_config()` and
the signature that `help` shows. A class's own fields come first, by position or by name; inherited
ones and the arguments of the first base class with a plain `__init__` follow, by name only. Where
Keras has another order, `order` states it: names separated by spaces, `...` for the own fields that
it does not name; subclasses inherit it. `setup()` runs when all attributes are set.
"""

import inspect
import reprlib
from inspect import Parameter
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import numpy as np

from addax.core import configs
from addax.core.names import resolve


class Documented:
    """A class's `__doc__`: what it says of itself, then what each argument means."""

    def __init__(self, text: str):
        self.text = text

    def __get__(self, instance: Any, cls: type) -> str:
        from addax.core.glossary import describe

        return f"{inspect.cleandoc(self.text)}\n\n{describe(cls)}".rstrip()


def explain_arguments(cls: type) -> None:
    """Let the `__doc__` of a built-in class say what its constructor's arguments mean."""
    if cls.__module__.startswith("addax.") and isinstance(cls.__doc__, str):
        cls.__doc__ = Documented(cls.__doc__)  # type: ignore[assignment]


class Recorded:
    """Remembers what its constructor was called with."""

    _recorded: tuple[tuple, dict]

    def __new__(cls, *args, **kwargs):
        made = super().__new__(cls)
        made.__dict__["_recorded"] = (args, kwargs)
        return made

    def __repr__(self):
        """The call that makes it, long arguments cut short."""
        args, kwargs = self._recorded
        try:
            given = inspect.signature(type(self)).bind_partial(*args, **kwargs).arguments
        except TypeError:
            given = kwargs
        flat = {k: v for k, v in given.items() if k != "kwargs"} | given.get("kwargs", {})
        shown = ", ".join(f"{k}={reprlib.repr(v)}" for k, v in flat.items())
        return f"{type(self).__name__}({shown})"


class Declared(Recorded):
    """Base of all classes that have a configuration: layers, losses, metrics, optimizers...

    A user's class with a plain `__init__` has one too: what that was called with.
    """

    order: ClassVar[str] = "..."
    if TYPE_CHECKING:  # what `fields` makes stands in the stubs of the public namespaces

        def __init__(self, *args: Any, **kwargs: Any): ...

    else:

        def __init__(self):
            pass

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        explain_arguments(cls)

    def setup(self) -> None:
        """Check and derive, once the fields are set."""

    def get_config(self) -> dict:
        """What `from_config` needs to make an equal object."""
        return configs.recorded(self) | configs.of_fields(self)

    @classmethod
    def from_config(cls, config: dict) -> Self:
        """An object from what `get_config` gave."""
        return cls(**configs.revived(cls, config))


C = TypeVar("C", bound=type)


def fields(cls: C) -> C:
    """Make the annotated names of `cls` its constructor's arguments."""
    target: Any = cls  # what a checker knows nothing of: attributes of the class object
    own = _own(cls)
    target.__fields__ = own | _inherited(cls, own)
    target.__own_fields__ = own
    for name in own:  # a default doesn't hide a property of the base class
        if name in vars(cls) and isinstance(getattr(super(target, cls), name, None), property):
            delattr(cls, name)
    plain = _plain_init(cls)
    signature = _signature(target, plain)

    def __init__(self, *args, **kwargs):
        try:
            given = dict(signature.bind(self, *args, **kwargs).arguments)
        except TypeError as error:
            shown = signature.replace(parameters=list(signature.parameters.values())[1:])
            raise TypeError(f"{type(self).__name__}{shown}: {error}.") from None
        mine = {n: given.pop(n, p.default) for n, p in target.__fields__.items()}
        rest = {n: v for n, v in given.items() if n not in ("self", "kwargs")}
        plain.__init__(self, **rest, **given.get("kwargs", {}))
        for name, value in mine.items():
            setattr(self, name, resolve(name, without_numpy(value)))
        self.setup()

    __init__.__signature__ = signature
    __init__.__qualname__ = f"{cls.__qualname__}.__init__"
    target.__init__ = __init__
    return cls


def without_numpy(value: Any) -> Any:
    """NumPy's scalars and arrays of no dimension as Python's; in tuples and lists, too."""
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return value.item()
    if type(value) in (list, tuple):
        plain: Any = type(value)([without_numpy(v) for v in value])
        changed = any(a is not b for a, b in zip(value, plain, strict=True))
        return plain if changed else value
    return value


def _own(cls: type) -> dict[str, Parameter]:
    return {
        n: Parameter(n, Parameter.POSITIONAL_OR_KEYWORD, default=vars(cls).get(n, Parameter.empty))
        for n, hint in inspect.get_annotations(cls).items()
        if "ClassVar" not in str(hint)
    }


def _inherited(cls: type, own: dict[str, Parameter]) -> dict[str, Parameter]:
    """The fields of the base classes, the last base's first; `name = "huber"` changes a default."""
    found: dict[str, Parameter] = {}
    for base in reversed(cls.__bases__):
        found |= getattr(base, "__fields__", {})
    return {
        n: p.replace(default=vars(cls).get(n, p.default)) for n, p in found.items() if n not in own
    }


def _plain_init(cls: type) -> Any:
    """The nearest class above whose `__init__` was not made here."""
    return next(
        c for c in cls.__mro__[1:] if "__init__" in vars(c) and "__own_fields__" not in vars(c)
    )


def _base_parameters(plain: type) -> dict[str, Parameter]:
    if plain is object:
        return {}
    parameters = list(inspect.signature(plain.__init__).parameters.values())[1:]  # type: ignore[misc]
    return {p.name: p for p in parameters if p.kind is not Parameter.VAR_POSITIONAL}


def _signature(cls: Any, plain: type) -> inspect.Signature:
    known = _base_parameters(plain) | cls.__fields__
    anything = known.pop("kwargs", None)
    named, own = cls.order.split(), vars(cls)["__own_fields__"]
    stated = named if "order" in vars(cls) else ()  # what a class declares itself stands there
    unplaced = [n for n in own if n not in stated]
    expanded = [n for name in named for n in (unplaced if name == "..." else [name])]
    placed = list(dict.fromkeys(expanded))
    first = [_parameter(n, known, anything, cls) for n in placed]
    rest = [p for n, p in known.items() if n not in placed]
    rest.sort(key=lambda p: p.name not in cls.__fields__)
    me = Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)
    by_name = [p.replace(kind=Parameter.KEYWORD_ONLY) for p in rest]
    return inspect.Signature([me, *first, *by_name, *([anything] if anything else [])])


def _parameter(name: str, known: dict, anything: Parameter | None, cls: type) -> Parameter:
    """The argument `name` by position; one of the earlier releases goes through `**kwargs`."""
    if name not in known and anything is None:
        raise TypeError(f"{cls.__name__}.order names {name!r}, which is no argument.")
    parameter = known.get(name, Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=None))
    return parameter.replace(kind=Parameter.POSITIONAL_OR_KEYWORD)
