"""Write the stubs of the namespaces whose constructors `fields` makes, for checkers and editors.

A checker can't run `fields`; here is what running it gives: each class's constructor in the order
that holds at run time, with the annotations of the source, and the aliases. `--check` compares the
files with what would be written, and exits with 1 where they differ.
"""

import ast
import builtins
import collections.abc
import functools
import importlib
import inspect
import json
import re
import sys
import textwrap
import typing
from inspect import Parameter
from pathlib import Path
from types import ModuleType
from typing import Any

from addax.core import types
from addax.core.fields import Declared

NAMESPACES = """constraints initializers layers losses metrics optimizers optimizers.schedules
    regularizers""".split()
ROOT = Path(__file__).parents[1]
# What a field holds is an object; what the constructor takes may be its name.
TAKEN = re.compile(r"\b(Activation|Initializer|Regularizer|Constraint|Rate)\b(?!Like)")


class Stub:
    """The stub of one module, and the imports that it needs."""

    def __init__(self, module: ModuleType):
        self.module = module
        self.imports: set[str] = set()
        self.bodies: list[str] = []

    def text(self) -> str:
        """The whole file."""
        first: dict[int, str] = {}
        for name, obj in self._public():
            if name == getattr(obj, "__name__", None) or id(obj) not in first:
                first[id(obj)] = name
        made = [o for _, o in self._public() if inspect.isclass(o) and _is_made(o)]
        # The base of a family stays the class of the source, so that all are instances of it.
        public = [o for _, o in self._public() if inspect.isclass(o)]
        bases: dict[Any, Any] = {
            c: next((b for b in c.__mro__[1:] if b in public), None) for c in made
        }
        roots = {b for b in bases.values() if b not in made or bases[b] is None}
        for name, obj in self._public():
            if first[id(obj)] != name:
                continue
            if obj in made and not (obj in roots and bases[obj] is None):
                base = bases[obj]
                self._class(name, obj, "" if base in roots else first[id(base)])
            else:
                self._import(name, obj)
        aliases = [f"{n} = {first[id(o)]}" for n, o in self._public() if first[id(o)] != n]
        doc = f'"""{inspect.getdoc(self.module)}"""'
        head = "# Written by tools/stubs.py from the constructors; `make stubs` writes it again."
        parts = [head, doc, "\n".join(sorted(self.imports)), *self.bodies, "\n".join(aliases)]
        return "\n\n".join(p for p in parts if p) + "\n"

    def _public(self) -> list[tuple[str, Any]]:
        found = vars(self.module).items()
        own = f"{self.module.__name__}."
        return [
            (n, o)
            for n, o in found
            if (
                not n.startswith("_")
                and (inspect.isclass(o) or inspect.isfunction(o) or _is_submodule(o, own))
                and (getattr(o, "__module__", "") or "").startswith("addax")
            )
            or _is_submodule(o, own)
        ]

    def _import(self, name: str, obj: Any) -> None:
        if inspect.ismodule(obj):
            package, _, last = obj.__name__.rpartition(".")
            self.imports.add(f"from {package} import {last} as {name}")
        elif (home := _home(obj, self.module)) is None:
            self.imports.add("from typing import Any")
            about = f'"""{inspect.getdoc(obj) or ""}"""'
            signature = self._parameters(obj, list(inspect.signature(obj).parameters.values()))
            self.bodies.append(f"def {name}({', '.join(signature)}) -> Any:\n    {about}\n    ...")
        else:
            module, inner = home
            self.imports.add(f"from {module} import {inner} as {name}")

    def _class(self, name: str, cls: type, after: str) -> None:
        parameters = list(inspect.signature(cls).parameters.values())
        lines = ["self", *self._parameters(cls, parameters)]
        doc = textwrap.indent(f'"""{inspect.getdoc(cls)}\n"""', "    ")
        base = next(c for c in cls.__mro__ if _has_source(c))  # `derive` makes some
        home = _home(base, self.module)
        if home is None:
            raise LookupError(f"{cls} stands in no module below {self.module.__name__}.")
        module, inner = home
        package, _, last = module.rpartition(".")
        self.imports.add(f"from {package} import {last} as _{last}")
        body = ",\n        ".join(lines)
        self.bodies.append(
            f"class {name}({f'{after}, ' * bool(after)}_{last}.{inner}):\n{doc}\n\n"
            f"    def __init__(\n        {body},\n    ) -> None: ..."
        )

    def _parameters(self, cls: type, parameters: list[Parameter]) -> list[str]:
        lines: list[str] = []
        old = getattr(cls, "old_arguments", None)
        if old is not None:  # what `**kwargs` may hold
            by_name = [Parameter(n, Parameter.KEYWORD_ONLY, default=None) for n in old]
            named = {p.name for p in parameters}
            parameters = [p for p in parameters if p.kind is not Parameter.VAR_KEYWORD]
            parameters += [p for p in by_name if p.name not in named]
        for p in parameters:
            if p.kind is Parameter.KEYWORD_ONLY and "*" not in lines:
                lines.append("*")
            stars = {Parameter.VAR_KEYWORD: "**", Parameter.VAR_POSITIONAL: "*"}.get(p.kind, "")
            annotation = TAKEN.sub(r"\1Like", _annotation(cls, p.name))
            self._need(annotation, cls)
            default = "" if p.default is Parameter.empty else f" = {_default(p.default)}"
            if p.default is None and not _takes_none(annotation):
                annotation = f"{annotation} | None"
            lines.append(f"{stars}{p.name}: {annotation}{default}")
        return lines

    def _need(self, annotation: str, cls: type) -> None:
        """Import what the annotation names."""
        for node in ast.walk(ast.parse(annotation)):
            if not isinstance(node, ast.Name) or hasattr(builtins, node.id):
                continue
            if node.id in vars(types) and node.id[0].isupper() and node.id not in typing.__all__:
                self.imports.add(f"from addax.core.types import {node.id} as {node.id}")
            elif node.id in collections.abc.__all__:
                self.imports.add(f"from collections.abc import {node.id}")
            elif node.id in typing.__all__:
                self.imports.add(f"from typing import {node.id}")
            else:
                found = next(
                    value
                    for c in cls.__mro__
                    if (value := getattr(sys.modules[c.__module__], node.id, None)) is not None
                )
                self.imports.add(f"from {found.__module__} import {node.id} as {node.id}")


def _is_submodule(obj: Any, prefix: str) -> bool:
    return inspect.ismodule(obj) and f"{prefix}{'schedules'}" == obj.__name__


def _is_made(cls: type) -> bool:
    """Whether `fields` made the constructor."""
    return issubclass(cls, Declared) and "__own_fields__" in vars(
        next(c for c in cls.__mro__ if "__init__" in vars(c))
    )


def _home(obj: Any, module: ModuleType) -> tuple[str, str] | None:
    """The module that defines `obj`, and its name there."""
    below = [m for n, m in sorted(sys.modules.items()) if n.startswith(f"{module.__name__}.")]
    own = sys.modules.get(obj.__module__)
    for place in ([own] if own not in (None, module) else []) + below:
        for name in (obj.__name__, *vars(place)):
            if vars(place).get(name) is obj and not name.startswith("__"):
                return place.__name__, name
    return None


@functools.cache
def _source(path: str) -> ast.Module:
    return ast.parse(Path(path).read_text())


@functools.cache
def _definition(obj: Any) -> Any:
    """The syntax tree of a class or function."""
    function = inspect.unwrap(obj)
    name, line = obj.__name__, getattr(getattr(function, "__code__", None), "co_firstlineno", None)
    for node in ast.walk(_source(inspect.getsourcefile(function) or "")):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and node.name == name:
            lines = {node.lineno, *(d.lineno for d in node.decorator_list)}
            if line is None or line in lines:
                return node
    return None


def _annotation(cls: type, name: str) -> str:
    """The annotation of an argument as the source has it, "Any" where there is none."""
    for c in getattr(cls, "__mro__", ()):
        if name in vars(c).get("__annotations__", {}):
            node = _definition(c) if hasattr(c, "__qualname__") and _has_source(c) else None
            for statement in getattr(node, "body", ()):
                if isinstance(statement, ast.AnnAssign) and ast.unparse(statement.target) == name:
                    text = ast.unparse(statement.annotation)
                    if "ClassVar" not in text:
                        return text
        functions = [vars(c).get("fn"), vars(c).get("__init__")]
        for fn in functions:
            fn = getattr(fn, "__func__", fn)
            if inspect.isfunction(fn) and _has_source(fn) and not hasattr(fn, "__signature__"):
                arguments = _definition(fn).args
                every = [*arguments.args, *arguments.kwonlyargs, arguments.kwarg, arguments.vararg]
                for argument in filter(None, every):
                    if argument.arg == name and argument.annotation is not None:
                        return ast.unparse(argument.annotation)
    return "Any"


def _has_source(obj: Any) -> bool:
    try:
        return _definition(obj) is not None
    except (OSError, TypeError):
        return False


def _default(value: Any) -> str:
    plain = value is None or isinstance(value, (bool, int, float, str, tuple))
    if isinstance(value, str):
        return json.dumps(value)
    return repr(value) if plain else "..."


def _takes_none(annotation: str) -> bool:
    aliases = {n for n, t in vars(types).items() if type(None) in typing.get_args(t) or t is Any}
    return any(part.strip() in {"None", "Any", *aliases} for part in annotation.split("|"))


def main(arguments: list[str]) -> int:
    """Write all stubs, or with `--check` say which differ."""
    stale = []
    for name in NAMESPACES:
        module = importlib.import_module(f"addax.{name}")
        path = ROOT / "addax" / name.replace(".", "/") / "__init__.pyi"
        text = Stub(module).text()
        if not path.exists() or path.read_text() != text:
            stale.append(path)
            if "--check" not in arguments:
                path.write_text(text)
    for path in stale:
        print(f"{'differs' if '--check' in arguments else 'written'}: {path.relative_to(ROOT)}")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
