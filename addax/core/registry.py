"""The closed table of names that a file may use, and objects as plain dictionaries.

A dictionary names a class; the class is looked up here, among the built-in ones and those that the
caller registered or passed. Nothing is imported, evaluated or unpickled, and there is no switch
that would change that. Only a dictionary that `serialize` itself made, a `Described`, brings its
class along.
"""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from addax.core import dtypes
from addax.core.errors import suggest
from addax.core.scope import Scope, SharedObjects
from addax.core.symbol import KerasTensor
from addax.core.untrusted import check_config

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


def builtins(module: str) -> dict[str, Any]:
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


def get_registered_object(name: str, custom_objects=None, module_objects=None) -> Any:
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


class Described(dict):
    """A configuration that knows the class or function it describes, as long as it is in memory.

    So `from_config(get_config())` needs no registration. What a file holds are plain dictionaries.
    """

    subject: Any = None

    @classmethod
    def of(cls, subject: Any, entries: dict) -> "Described":
        described = cls(entries)
        described.subject = subject
        return described


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
    if registered_name in (None, class_name):  # else it is another's class of the same name
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
    )


def serialize(obj: Any) -> Any:
    """`obj` as plain data: numbers, texts, lists, and dictionaries that `deserialize` reads.

    Raises TypeError for what has no `get_config`.
    """
    if obj is None or isinstance(obj, (bool, int, float, str)):
        return obj
    if isinstance(obj, (list, tuple)):
        return (tuple if isinstance(obj, tuple) else list)(map(serialize, obj))
    if isinstance(obj, dict):
        entries = {k: serialize(v) for k, v in obj.items()}
        return Described.of(obj.subject, entries) if isinstance(obj, Described) else entries
    if isinstance(obj, np.generic):
        return obj.item()
    if isinstance(obj, bytes):
        return {"class_name": "__bytes__", "config": {"value": obj.decode()}}
    if isinstance(obj, slice):
        config = {k: serialize(getattr(obj, k)) for k in ("start", "stop", "step")}
        return {"class_name": "__slice__", "config": config}
    if obj is Ellipsis:
        return {"class_name": "__ellipsis__", "config": {}}
    if isinstance(obj, KerasTensor):
        return _serialize_symbol(obj)
    if isinstance(obj, np.ndarray) or (hasattr(obj, "dtype") and hasattr(obj, "tolist")):
        kind = "__numpy__" if isinstance(obj, np.ndarray) else "__tensor__"
        value = {"value": np.asarray(obj).tolist(), "dtype": np.dtype(obj.dtype).name}
        return {"class_name": kind, "config": value}
    if isinstance(obj, (np.dtype, type)) and not hasattr(obj, "get_config"):
        return dtypes.standardize_dtype(obj)
    if inspect.isfunction(obj) or inspect.isbuiltin(obj) or getattr(obj, "is_op", False):
        return _serialize_function(obj)  # type: ignore[arg-type]
    return _serialize_object(obj)


def _serialize_symbol(obj: KerasTensor) -> dict:
    history = obj._keras_history
    names = [history.operation.name, history.node_index, history.tensor_index] if history else None
    config = {"shape": list(obj.shape), "dtype": obj.dtype, "keras_history": names}
    return {"class_name": "__keras_tensor__", "config": config}


def _serialize_function(fn: Callable) -> Any:
    if fn in _homes:
        return _homes[fn][1]
    return function_config(fn)


def function_config(fn: Callable) -> dict:
    """A function by its name, as Keras writes it."""
    return Described.of(
        fn,
        {
            "module": "builtins",
            "class_name": "function",
            "config": get_registered_name(fn),
            "registered_name": "function",
        },
    )


def check_storable(config: Any) -> None:
    """TypeError when `config`, which is to become a file, holds a function without a name."""
    if isinstance(config, dict):
        if config.get("class_name") == "function" and config.get("config") == "<lambda>":
            raise TypeError(
                "A lambda has no name that a file could store. Write it as a named function, and "
                "pass it as custom_objects when loading."
            )
        config = list(config.values())
    for part in config if isinstance(config, (list, tuple)) else ():
        check_storable(part)


def _serialize_object(obj: Any) -> dict:
    cls = getattr(type(obj), "variant_of", type(obj))
    if not hasattr(obj, "get_config"):
        raise TypeError(
            f"{obj!r} ({cls.__name__}) can't be stored in a file: it has no get_config()."
        )
    module, name = _homes.get(cls, (cls.__module__, cls.__name__))
    result: dict = {
        "module": module,
        "class_name": name,
        "config": serialize(obj.get_config()),
        "registered_name": None if cls in _homes else get_registered_name(cls),
    }
    for part in ("build_config", "compile_config"):
        value = getattr(obj, f"get_{part}", lambda: None)()
        if value is not None:
            result[part] = serialize(value)
    shared = SharedObjects.current()
    if shared is not None and hasattr(obj, "_inbound_nodes"):
        result["shared_object_id"] = shared.number(obj)
    return Described.of(cls, result)


def deserialize(config: Any, custom_objects: dict | None = None, **kwargs: Any) -> Any:
    """The object that `serialize` (or Keras) wrote as `config`.

    Keras's `safe_mode` is accepted and changes nothing. Raises ValueError for a class that is
    neither built in nor registered, and for a configuration that the class does not accept.
    """
    check_config(config)
    with CustomObjectScope(custom_objects):
        return _revive(config)


def _revive(config: Any) -> Any:
    if isinstance(config, (list, tuple)):
        return type(config)(map(_revive, config))
    if not isinstance(config, dict):
        return config
    if "class_name" not in config or "config" not in config:
        return {k: _revive(v) for k, v in config.items()}
    return _deserialize_object(config)


def _deserialize_object(config: dict) -> Any:
    name, inner, subject = config["class_name"], config["config"], getattr(config, "subject", None)
    if not isinstance(name, str):
        raise ValueError(f"A class is named by a text; the configuration has {name!r}.")
    if name in LITERALS:
        return LITERALS[name](inner)
    if name == "function":
        registered = config.get("registered_name")
        plain = registered in ("function", inner)  # Keras's own functions, and unregistered ones
        return find(str(inner), config.get("module"), None if plain else registered, subject)
    shared, number = SharedObjects.current(), config.get("shared_object_id")
    if shared is not None and number in shared.objects:
        return shared.objects[number]
    cls = find(name, config.get("module"), config.get("registered_name"), subject)
    if not inspect.isclass(cls):
        return cls
    if not isinstance(inner, dict):
        raise ValueError(f"The configuration of {name} is a dictionary; the file has {inner!r}.")
    obj = make(cls, inner)
    if config.get("build_config") and hasattr(obj, "build_from_config"):
        obj.build_from_config(config["build_config"])
    if config.get("compile_config") and hasattr(obj, "compile_from_config"):
        obj.compile_from_config(config["compile_config"])
    if shared is not None and number is not None:
        shared.objects[number] = obj
    return obj


def make(cls: type, config: dict) -> Any:
    """`cls.from_config(config)`, its complaints about arguments as one ValueError."""
    if not hasattr(cls, "from_config"):
        raise TypeError(f"{cls.__name__} can't be made from {config}: it has no from_config().")
    try:
        return cls.from_config(dict(config))  # type: ignore[attr-defined]
    except TypeError as error:
        raise ValueError(f"{cls.__name__} can't be made from {config}: {error}") from error


LITERALS: dict[str, Callable[[Any], Any]] = {
    "__tensor__": lambda c: np.asarray(c["value"], dtypes.jax_dtype(c["dtype"])),
    "__numpy__": lambda c: np.asarray(c["value"], dtypes.standardize_dtype(c["dtype"])),
    "__bytes__": lambda c: str(c["value"]).encode(),
    "__ellipsis__": lambda c: Ellipsis,
    "__slice__": lambda c: slice(*(_revive(c[k]) for k in ("start", "stop", "step"))),
}


def getter(kind: str, module: str, instance: bool = True) -> Callable[[Any], Any]:
    """The `get(identifier)` of a family: None, name, dictionary, class, object or function."""

    def get(identifier: Any) -> Any:
        if isinstance(identifier, dict):
            # Losses and metrics share names of classes and functions.
            anywhere = identifier.get("module") in (None, "builtins")
            anywhere = anywhere and not isinstance(identifier, Described)
            found = deserialize(identifier | {"module": module} if anywhere else identifier)
        elif isinstance(identifier, str):
            table = {**builtins(module), **_custom, **CustomObjectScope.visible()}
            if identifier not in table:
                from addax.core.errors import unknown

                raise unknown(kind, identifier, table)
            found = table[identifier]
        else:
            found = identifier
        if inspect.isclass(found) and instance:
            found = found()
        if found is None or callable(found) or hasattr(found, "get_config"):
            return found
        raise ValueError(
            f"A {kind} is a name, a configuration, an object or a function; received {found!r}."
        )

    return get


publish("keras", [dtypes.DTypePolicy])
publish("keras.dtype_policies", {"DTypePolicy": dtypes.DTypePolicy})


def field_config(obj: Any) -> dict:
    """The declared fields of `obj`, as plain data; those in `unstored` only off their defaults."""
    cls = type(obj)
    unstored = getattr(cls, "unstored", ())
    named = {n: (getattr(obj, n), p.default) for n, p in getattr(cls, "__fields__", {}).items()}

    def is_default(value, default):  # arrays have no truth
        return value == default if isinstance(value, (str, int, float)) else value is default

    return {
        n: serialize(v) for n, (v, d) in named.items() if n not in unstored or not is_default(v, d)
    }


def takes(cls: type, name: str) -> bool:
    """Whether the constructor of `cls` has an argument of this name, or takes any."""
    return accepts(cls.__init__, name)  # type: ignore[misc]


def accepts(function: Callable, name: str) -> bool:
    """Whether `function` has an argument of this name, or takes any."""
    parameters = inspect.signature(function).parameters
    return name in parameters or any(p.kind is p.VAR_KEYWORD for p in parameters.values())


def _records_arguments(cls: type, base: type) -> bool:
    """Whether the configuration of `cls` is what its own plain constructor was called with."""
    home = next(c for c in cls.__mro__ if "__init__" in vars(c))
    plain = "__own_fields__" not in vars(home) and not home.__module__.startswith("addax.")
    inherited = cls.get_config.__module__.startswith("addax.")  # type: ignore[attr-defined]
    return plain and inherited and home is not base


def recorded_config(obj: Any, base: type) -> dict:
    """The constructor's arguments of a class that has no `get_config` of its own, but its name.

    NotImplementedError for arguments that can't be stored.
    """
    if not _records_arguments(type(obj), base):
        return {}
    args, kwargs = obj._recorded
    bound = inspect.signature(type(obj).__init__).bind(obj, *args, **kwargs)
    bound.apply_defaults()
    config: dict = {}
    for parameter in list(bound.signature.parameters.values())[1:]:
        value = bound.arguments[parameter.name]
        if parameter.kind is parameter.VAR_KEYWORD:
            config |= value
        elif parameter.kind is not parameter.VAR_POSITIONAL or value:
            config[parameter.name] = value
        if value and parameter.kind in (parameter.VAR_POSITIONAL, parameter.POSITIONAL_ONLY):
            raise _not_storable(obj, f"*{value}", "arguments without a name")
    config.pop("name", None)
    for key, item in config.items():
        try:
            config[key] = serialize(item)
        except TypeError as error:
            raise _not_storable(obj, f"{key}={item!r}", error) from error
    return config


def _not_storable(obj: Any, what: str, why: Any) -> NotImplementedError:
    return NotImplementedError(
        f"{type(obj).__name__} was made with {what}, which can't be stored. "
        f"Give the class a get_config() and a from_config(). ({why})"
    )


def revive_recorded(cls: type, config: dict, base: type) -> dict:
    """The arguments for `cls` from a configuration; recorded objects become objects again."""
    if not _records_arguments(cls, base):
        return config
    taken = {k: v for k, v in config.items() if takes(cls, k)}
    return {k: v if k == "dtype" else deserialize(v) for k, v in taken.items()}
