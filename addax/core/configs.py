"""Objects as plain dictionaries, and back: `serialize`, `deserialize`, and what classes declare.

A dictionary names a class, which is looked up in the closed table of `core/names.py`. Only a
dictionary that `serialize` itself made, a `Described`, brings its class along.
"""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from addax.core import dtypes
from addax.core.errors import unknown
from addax.core.names import (
    CustomObjectScope,
    find,
    get_registered_name,
    home_of,
    names_in,
    publish,
)
from addax.core.scope import SharedObjects
from addax.core.symbol import KerasTensor
from addax.core.untrusted import check_config, malformed


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
    home = home_of(fn)
    return function_config(fn) if home is None else home[1]


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
    home = home_of(cls)
    module, name = home or (cls.__module__, cls.__name__)
    result: dict = {
        "module": module,
        "class_name": name,
        "config": serialize(obj.get_config()),
        "registered_name": None if home else get_registered_name(cls),
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
    with CustomObjectScope(custom_objects), malformed():
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


class NotMakeable(ValueError, TypeError):
    """A class without a `from_config`."""


def make(cls: type, config: dict) -> Any:
    """`cls.from_config(config)`, its complaints about arguments as one ValueError."""
    if not hasattr(cls, "from_config"):
        raise NotMakeable(
            f"{cls.__name__} can't be made from {config!s:.200}: it has no from_config()."
        )
    try:
        return cls.from_config(dict(config))  # type: ignore[attr-defined]
    except TypeError as error:
        raise ValueError(f"{cls.__name__} can't be made from {config!s:.200}: {error}") from error


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
            table = names_in(module)
            if identifier not in table:
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


def of_fields(obj: Any) -> dict:
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


def _records_arguments(cls: type) -> bool:
    """Whether the configuration of `cls` is what a user's own constructor was called with."""
    home = next(c for c in cls.__mro__ if "__init__" in vars(c))
    inherited = cls.get_config.__module__.startswith("addax.")  # type: ignore[attr-defined]
    return inherited and home is not object and not home.__module__.startswith("addax.")


def recorded(obj: Any) -> dict:
    """The constructor's arguments, but the name, of a user's class without a `get_config`.

    NotImplementedError for arguments that can't be stored.
    """
    if not _records_arguments(type(obj)):
        return {}
    args, kwargs = obj._recorded
    bound = inspect.signature(type(obj).__init__).bind(obj, *args, **kwargs)
    bound.apply_defaults()
    config: dict = {}
    for parameter in list(bound.signature.parameters.values())[1:]:
        value = bound.arguments[parameter.name]
        if parameter.kind is parameter.VAR_KEYWORD:
            config |= value
        elif parameter.kind is parameter.POSITIONAL_ONLY:
            raise _not_storable(obj, repr(value), "an argument without a name")
        elif parameter.kind is not parameter.VAR_POSITIONAL:
            config[parameter.name] = value
        elif value:
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


def revived(cls: type, config: dict) -> dict:
    """The arguments for `cls` from a configuration; recorded objects become objects again."""
    if not _records_arguments(cls):
        return config
    taken = {k: v for k, v in config.items() if takes(cls, k)}
    return {k: v if k == "dtype" else deserialize(v) for k, v in taken.items()}
