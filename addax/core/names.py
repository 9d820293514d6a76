"""The closed table of names that a file may use.

A configuration names a class; the class is looked up here, among the built-in ones and those that
the caller registered or passed. Nothing is imported, evaluated or unpickled, and there is no switch
that would change that.
"""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from addax.core.errors import suggest
from addax.core.scope import Scope

PACKAGES = ("keras", "addax", "builtins")  # whose modules may be named for built-in classes

_builtins: dict[str, dict[str, Any]] = {}  # public module -> name -> class or function
_homes: dict[Any, tuple[str, str]] = {}  # class or function -> its public module and name
_custom: dict[str, Any] = {}  # registered name -> class or function
_custom_names: dict[Any, Any] = {}


def publish(module: str, objects: Iterable[Any] | dict[str, Any]) -> None:
    """Enter built-in classes and functions under Keras's public module, e.g. "keras.layers".

    The first name of an object is the one that files get; later ones are aliases for reading.
    """
    named = objects if isinstance(objects, dict) else {o.__name__: o for o in objects}
    table = _builtins.setdefault(module, {})
    for name, obj in named.items():
        table[name] = obj
        _homes.setdefault(obj, (module, name))


def builtin_names(module: str) -> dict[str, Any]:
    """The built-in names of one public module."""
    return _builtins.setdefault(module, {})


def register_keras_serializable(package: str = "Custom", name: str | None = None) -> Callable:
    """Class or function decorator: files may use the object under `package>name`."""

    def register(obj):
        if inspect.isclass(obj) and not hasattr(obj, "get_config"):
            raise ValueError(f"{obj.__name__} can't be registered: it has no get_config().")
        registered = f"{package}>{name or obj.__name__}"
        _custom[registered] = obj
        _custom_names[obj] = registered
        return obj

    return register


def get_registered_name(obj: Any) -> str:
    """The name `obj` was registered under, else its own."""
    return _custom_names.get(obj, obj.__name__)


def get_registered_object(
    name: str, custom_objects: dict | None = None, module_objects: dict | None = None
) -> Any:
    """The object registered, in scope, or passed under `name`; None if there is none."""
    for table in (CustomObjectScope.visible(), _custom, custom_objects, module_objects):
        if table and name in table:
            return table[name]
    return None


def get_custom_objects() -> dict[str, Any]:
    """The process-wide table of custom objects; entries may be added to it."""
    return _custom


class CustomObjectScope(Scope):
    """Inside, `custom_objects` (name -> class or function) may be used by files and identifiers."""

    def __init__(self, custom_objects: dict[str, Any] | None):
        self.custom_objects = dict(custom_objects or {})

    @classmethod
    def visible(cls) -> dict[str, Any]:
        """All scopes' objects, inner ones first."""
        merged: dict[str, Any] = {}
        for scope in cls._stack.items:
            merged.update(scope.custom_objects)
        return merged


class UnknownName(ValueError):
    """A configuration names what is neither built in nor registered."""


def find(
    class_name: str,
    module: str | None = None,
    registered_name: str | None = None,
    subject: Any = None,
) -> Any:
    """The class or function that a configuration means: one of the caller's, else `subject`.

    ValueError when nobody has registered it.
    """
    custom = CustomObjectScope.visible()
    names = [str(n) for n in (registered_name, class_name)]
    for name in (*names, *(n.split(">")[-1] for n in names)):
        if name in custom:
            return custom[name]
        if name in _custom:
            return _custom[name]
    if subject is not None:
        return subject
    everywhere = {n: o for m in _builtins for n, o in _builtins[m].items()}
    ours = str(module or "keras").split(".")[0] in PACKAGES
    if ours and registered_name in (None, class_name):  # else another's of the same name
        family = f"keras.{str(module or '').removeprefix('keras.src.').split('.')[0]}"
        whole = {} if registered_name else everywhere
        for table in (_builtins.get(str(module), {}), _builtins.get(family, {}), whole):
            if class_name in table:
                return table[class_name]
    for name, obj in _custom.items():  # Keras 3.6 wrote functions without their package
        if name.split(">")[-1] == class_name and registered_name is None:
            return obj
    raise UnknownName(
        f"The file names {registered_name or class_name!r}, which is neither built in nor "
        f"registered.{suggest(class_name, everywhere)} Define it, then decorate it with "
        f"@addax.saving.register_keras_serializable() or pass "
        f"custom_objects={{{class_name!r}: ...}} when loading."
        + ("" if ours else f" It is of module {module!r}; files never import modules.")
    )


def home_of(obj: Any) -> tuple[str, str] | None:
    """The public module and name of a built-in class or function; None for any other object."""
    return _homes.get(obj)


def names_in(module: str) -> dict[str, Any]:
    """What an identifier of this family may name: built-in, registered, or in a scope."""
    return {**builtin_names(module), **_custom, **CustomObjectScope.visible()}


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
