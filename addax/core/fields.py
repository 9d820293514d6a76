"""Constructor arguments declared once, as annotated names of a class.

    @fields
    class Dense(Layer):
        units: int
        activation: Activation = None

gives `Dense.__init__(units, activation=None, **base arguments)`, the attributes, `get_config()`
and the signature that `help` shows. Inherited fields follow, by keyword unless the class says
`positional_base = True`, then the arguments of the first base class with a plain `__init__`.
`setup()` runs when all attributes are set. `fields_of = LSTMCell` takes over the fields of another
class.
"""

import inspect
import typing
from collections.abc import Callable
from inspect import Parameter
from typing import Any

_resolvers: dict[str, Callable[[Any], Any]] = {}


def resolves(*suffixes: str):
    """Let the decorated `get` turn the values of fields that end so into objects."""

    def register(get):
        for suffix in suffixes:
            _resolvers[suffix] = get
        return get

    return register


def resolve(name: str, value: Any) -> Any:
    """What the field `name` holds for the argument `value`: `"zeros"` becomes an initializer."""
    get = _resolvers.get(name.rsplit("_", 1)[-1])
    return value if get is None else get(value)


def _own(cls) -> dict[str, Parameter]:
    borrowed = getattr(vars(cls).get("fields_of"), "__fields__", {})
    names = [n for n, hint in inspect.get_annotations(cls).items() if "ClassVar" not in str(hint)]
    kind = Parameter.POSITIONAL_OR_KEYWORD
    own = {n: Parameter(n, kind, default=vars(cls).get(n, Parameter.empty)) for n in names}
    return borrowed | own


def _base_parameters(base) -> list[Parameter]:
    """What the first plain `__init__` above takes, by keyword."""
    parameters = list(inspect.signature(base.__init__).parameters.values())[1:]
    if base.__init__ is object.__init__:
        return []
    return [
        p if p.kind is Parameter.VAR_KEYWORD else p.replace(kind=Parameter.KEYWORD_ONLY)
        for p in parameters
        if p.kind is not Parameter.VAR_POSITIONAL
    ]


def _with_fields_init(cls):
    """The nearest class above whose `__init__` was not made here."""
    return next(
        c for c in cls.__mro__[1:] if "__init__" in vars(c) and "__own_fields__" not in vars(c)
    )


def _signature(cls, plain) -> inspect.Signature:
    own, inherited = vars(cls)["__own_fields__"], cls.__fields__
    later = [p for n, p in inherited.items() if n not in own]
    if not cls.positional_base:
        later = [p.replace(kind=Parameter.KEYWORD_ONLY) for p in later]
    base = [p for p in _base_parameters(plain) if p.name not in inherited]
    me = Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)
    return inspect.Signature([me, *own.values(), *later, *base])


T = typing.TypeVar("T")


class Declared:
    """Base of classes that are no layers and declare fields: initializers, losses, optimizers..."""

    positional_base = False

    def setup(self) -> None:
        """Check and derive, once the fields are set."""


def option(*, default: Any, kw_only: bool) -> Any:
    """A field as type checkers see it."""
    return default


@typing.dataclass_transform(field_specifiers=(option,))
def fields(cls: type[T]) -> type[T]:
    """Make the annotated names of `cls` its constructor's arguments."""
    target: Any = cls  # what a checker knows nothing of: attributes of the class object
    own = _own(cls)
    inherited = {
        n: p.replace(default=vars(cls).get(n, p.default))  # `name = "huber"` changes a default
        for n, p in getattr(cls, "__fields__", {}).items()
        if n not in own
    }
    target.__fields__ = own | inherited
    target.__own_fields__ = own
    plain = _with_fields_init(cls)
    signature = _signature(cls, plain)

    def __init__(self, *args, **kwargs):
        try:
            bound = signature.bind(self, *args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{type(self).__name__}{_shown(signature)}: {error}.") from None
        bound.apply_defaults()
        values = bound.arguments
        mine = {n: values[n] for n in target.__fields__}
        rest = {n: kwargs[n] for n in kwargs if n not in mine}
        plain.__init__(self, **rest)
        for name, value in mine.items():
            setattr(self, name, resolve(name, value))
        self.setup()

    __init__.__signature__ = signature
    __init__.__qualname__ = f"{cls.__qualname__}.__init__"
    cls.__init__ = __init__
    return cls


def _shown(signature: inspect.Signature) -> str:
    return str(signature.replace(parameters=list(signature.parameters.values())[1:]))
