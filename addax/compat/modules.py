"""The modules that `import keras` and `import tensorflow` give, and the finder behind them.

A module of Keras is a view of the Addax module of the same path: classes and functions are the very
same objects, but old module paths and the version belong to the view, so Addax stays as it is.
"""

import importlib
import importlib.abc
import sys
from collections.abc import Iterable
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from addax.compat import paths, tables
from addax.compat.equivalents import find, resolve

ROOTS = (
    "keras keras_preprocessing keras_tuner kerastuner scikeras "
    "tensorflow tensorflow_datasets tf_keras"
).split()


class StandIn(ModuleType):
    """A module whose names come from elsewhere, when they are asked for.

    Its own have an underscore, so that none hides a public one: many modules of Keras have `get`.
    """

    _origin = "Addax"

    def __getattr__(self, name: str) -> Any:
        if name == "__all__":
            return sorted(known for known in self._known() if not known.startswith("_"))
        try:
            return self._find(name)
        except AttributeError:
            raise AttributeError(self._missing(name), name=name, obj=None) from None

    def __dir__(self) -> Iterable[str]:
        return sorted({*vars(self), *self._known()})

    def _below(self, name: str) -> ModuleType:
        """The module called `name` in this one."""
        return importlib.import_module(f"{self.__name__}.{name}")

    def _missing(self, name: str) -> str:
        """What to tell somebody who asked for `name` in vain."""
        from addax.core.absent import KERAS, is_keras_name
        from addax.core.errors import suggest

        full = f"{self.__name__}.{name}"
        if is_keras_name(full.partition(".")[2]) and full.startswith(("keras.", "tf_keras.")):
            return f"{full} is in Keras {KERAS} and not yet in Addax."
        hints = [text for head, text in tables.INSTEAD.items() if f"{full}.".startswith(f"{head}.")]
        advice = f" Instead, {hints[0]}." if hints else suggest(name, self._known())
        return f"{full} is not part of {self._origin}.{advice}"

    def _known(self) -> set[str]:
        """The names in it."""
        raise NotImplementedError

    def _find(self, name: str) -> Any:
        """The object called `name`; AttributeError if there is none."""
        raise NotImplementedError


class KerasModule(StandIn):
    """`keras.x`: old names, modules that used to be below it, and all that `addax.x` has."""

    def __init__(self, name: str) -> None:
        super().__init__(name, f"Addax under the name of {name}.")
        self.__target__ = find(name.partition(".")[2])
        if not isinstance(self.__target__, ModuleType):
            raise AttributeError(name)

    def _known(self) -> set[str]:
        public = getattr(self.__target__, "__all__", None) or dir(self.__target__)
        return {n for n in public if n[:1] != "_"} | set(tables.KERAS.get(self.__name__, ()))

    def _find(self, name: str) -> Any:
        old = tables.KERAS.get(self.__name__, {})
        if name in old:
            return resolve(old[name])
        if name.startswith("__"):
            raise AttributeError(name)
        path = f"{self.__name__}.{name}"
        if paths.canonical(path) != path:
            return self._below(name)
        value = getattr(self.__target__, name)
        own = f"{self.__target__.__name__}.{name}"
        is_below = isinstance(value, ModuleType) and value.__name__ == own
        return self._below(name) if is_below else value


_TF = Path(__file__).parent / "tf"
# The namespaces of tf, "io." and "io.gfile.", that a file below `compat.tf` stands for.
NAMESPACES = {
    ".".join([*path.relative_to(_TF).with_suffix("").parts, ""]).removesuffix("__init__.")
    for path in _TF.rglob("*.py")
} - {"", "root."}


def defining(prefix: str) -> ModuleType | None:
    """The module of the names that begin with `prefix`, None if there is none; root.py for ""."""
    if prefix and prefix not in NAMESPACES:
        return None
    return importlib.import_module(f"addax.compat.tf.{prefix.removesuffix('.') or 'root'}")


class TensorFlowModule(StandIn):
    """`tensorflow` or a namespace in it: rows of `tables.TENSORFLOW`, and what a file defines."""

    _origin = "Addax's stand-in for TensorFlow (docs/tensorflow.md lists it)"

    def __init__(self, name: str) -> None:
        super().__init__(name, f"Addax's stand-in for {name}.")
        self.__prefix__ = f"{name}.".partition(".")[2]
        if self.__prefix__ not in ("", *NAMESPACES) and not self._known():
            raise AttributeError(name)

    def _own(self) -> set[str]:
        """The names that the file defines."""
        module = defining(self.__prefix__)
        if module is None:
            return set()
        if hasattr(module, "__all__"):
            return set(module.__all__)
        own = {
            n for n, v in vars(module).items() if getattr(v, "__module__", "") == module.__name__
        }
        return {name for name in own if not name.startswith("_")}

    def _known(self) -> set[str]:
        prefix = self.__prefix__
        listed = [n for n in (*tables.TENSORFLOW, *NAMESPACES) if n.startswith(prefix)]
        full = {name.removeprefix(prefix) for name in listed}
        if prefix in tables.OPEN_NAMESPACES:
            full |= set(tables.TENSORFLOW)
        names = {n.partition(".")[0] for n in full} - {""}
        return names | self._own() | ({"keras"} if not prefix else set())

    def _find(self, name: str) -> Any:
        full = self.__prefix__ + name
        if full in tables.TENSORFLOW:
            return resolve(tables.TENSORFLOW[full])
        if paths.canonical(f"{self.__name__}.{name}") == "keras" or self._is_namespace(full):
            return self._below(name)
        module = defining(self.__prefix__)
        if module is not None and (name in self._own() or "__getattr__" in vars(module)):
            return getattr(module, name)
        if self.__prefix__ in tables.OPEN_NAMESPACES:
            return getattr(importlib.import_module("tensorflow"), name)
        raise AttributeError(full)

    def _is_namespace(self, full: str) -> bool:
        known = (*tables.TENSORFLOW, *tables.OPEN_NAMESPACES, *NAMESPACES)
        return any(n.startswith(f"{full}.") for n in known)


class FileModule(StandIn):
    """A package that one file stands for."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, f"Addax's stand-in for {name}.")
        self.__file_module__ = importlib.import_module(file)

    def _known(self) -> set[str]:
        return {name for name in vars(self.__file_module__) if not name.startswith("_")}

    def _find(self, name: str) -> Any:
        return getattr(self.__file_module__, name)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every module whose first name is one of `ROOTS`."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in ROOTS:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        name = spec.name
        if paths.canonical(name) != name:
            return None
        try:
            if name == "tensorflow_datasets":
                return FileModule(name, "addax.compat.tfds")
            return (KerasModule if name.startswith("keras") else TensorFlowModule)(name)
        except AttributeError:
            parent, _, last = name.rpartition(".")
            text = sys.modules[parent]._missing(last)  # type: ignore[attr-defined]
        # Without `name=`, else `from keras import x` would drop this text for a shorter one.
        raise ModuleNotFoundError(text) from None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        if paths.canonical(name) != name:
            sys.modules[name] = importlib.import_module(paths.canonical(name))
        elif name in ("tensorflow", "tensorflow_datasets"):
            from addax.compat.functions import give_arrays_methods

            give_arrays_methods()


# Where this module is, TensorBoard takes its own files in place of TensorFlow's, or a stand-in's.
NO_TENSORFLOW = "tensorboard.compat.notf"

_finder = Finder()
_hidden: dict[str, ModuleType] = {}


def _take_away() -> dict[str, ModuleType]:
    """Remove the modules below `ROOTS` from those imported, and return them."""
    return {n: sys.modules.pop(n) for n in list(sys.modules) if n.partition(".")[0] in ROOTS}


def install() -> None:
    """Let the names in `ROOTS` mean Addax in this process. Again: no effect."""
    if _finder not in sys.meta_path:
        _hidden.update(_take_away())
        sys.meta_path.insert(0, _finder)
        sys.modules.setdefault(NO_TENSORFLOW, ModuleType(NO_TENSORFLOW))


def uninstall() -> None:
    """Undo `install()`: what was imported under these names before is there again."""
    if _finder in sys.meta_path:
        sys.meta_path.remove(_finder)
        _take_away()
        sys.modules.pop(NO_TENSORFLOW, None)
        if "addax.data.elements" in sys.modules:
            sys.modules["addax.data.elements"].text_results.clear()
        sys.modules.update(_hidden)
        _hidden.clear()
