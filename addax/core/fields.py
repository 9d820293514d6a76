"""Constructor arguments declared once, as annotated names of a class.

    @fields
    class Dense(Layer):
        units: int
        activation: Activation = None

gives `Dense.__init__(units, activation=None, **base arguments)`, the attributes, `get_config()`
and the signature that `help` shows. Inherited fields follow, by keyword unless the class says
`positional_base = True`, then the arguments of the first base class with a plain `__init__`.
`positional_base = "first"` puts the inherited fields first, those of the last base foremost, as
type checkers expect. Where the order is another one, `after = {"seed": "unroll"}` moves an argument
behind another, a base argument such as `name` too, and `by_keyword` names those that have no place.
`setup()` runs when all attributes are set.
"""

import inspect
import typing
from collections.abc import Callable
from inspect import Parameter
from typing import Any, ClassVar

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


ANYWHERE = Parameter.POSITIONAL_OR_KEYWORD


def _own(cls) -> dict[str, Parameter]:
    names = [n for n, hint in inspect.get_annotations(cls).items() if "ClassVar" not in str(hint)]
    return {n: Parameter(n, ANYWHERE, default=vars(cls).get(n, Parameter.empty)) for n in names}


def _inherited(cls, own: dict[str, Parameter]) -> dict[str, Parameter]:
    """The fields of the base classes, the last base's first; `name = "huber"` changes a default."""
    found: dict[str, Parameter] = {}
    for base in reversed(cls.__bases__):
        found |= getattr(base, "__fields__", {})
    return {
        n: p.replace(default=vars(cls).get(n, p.default)) for n, p in found.items() if n not in own
    }


def _moved(parameters: dict[str, Parameter], after: dict[str, str]) -> dict[str, Parameter]:
    """`parameters` with those that `after` names behind the ones it gives for them."""
    for name, place in after.items():
        if place not in parameters:
            continue  # an abstract class says where a field goes in those below it
        moved = parameters.get(name, Parameter(name, ANYWHERE, default=None))
        rest = [p for n, p in parameters.items() if n != name]
        at = [p.name for p in rest].index(place) + 1
        ordered = [*rest[:at], moved.replace(kind=ANYWHERE), *rest[at:]]
        parameters = {p.name: p for p in ordered}
    return parameters


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
    own = vars(cls)["__own_fields__"]
    known = {"self": Parameter("self", ANYWHERE)}
    for name, p in cls.__fields__.items():
        placed = name in own or cls.positional_base
        known[name] = p if placed else p.replace(kind=Parameter.KEYWORD_ONLY)
    known |= {p.name: p for p in _base_parameters(plain) if p.name not in known}
    known = _moved(known, cls.after)
    known |= {n: known[n].replace(kind=Parameter.KEYWORD_ONLY) for n in cls.by_keyword}
    return inspect.Signature(sorted(known.values(), key=lambda p: p.kind))


T = typing.TypeVar("T")


class Declared:
    """Base of classes that are no layers and declare fields: initializers, losses, optimizers..."""

    positional_base: ClassVar[bool | str] = False
    after: ClassVar[dict[str, str]] = {}
    by_keyword: ClassVar[tuple[str, ...]] = ()

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
    inherited = _inherited(cls, own)
    first = target.positional_base == "first"
    found = inherited | own if first else own | inherited
    places = {n: p for n, p in target.after.items() if n in found}
    target.__fields__ = _moved(found, places)
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
        rest = {n: kwargs.get(n, values.get(n)) for n in (*target.after, *kwargs) if n not in mine}
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
