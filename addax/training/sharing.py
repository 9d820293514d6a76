"""Programs that models of the same architecture share, inside `shared_programs()`.

A step takes the values of all variables as arguments, the learning rate among them, so what was
traced for one model computes the steps of another whose configuration is the same. The first model
lives as long as its programs, which is why this is a scope, and why there are limits.
"""

import contextlib
import json
import re
from collections.abc import Iterator
from typing import Any

from addax.core import configs, settings, tree
from addax.core.scope import to_snake_case

PROGRAMS = 64  # that a store holds at most
BYTES = 256 << 20  # that the variables of the first models may take
_stores: list["Store"] = []


@contextlib.contextmanager
def shared_programs(store: "Store | None" = None) -> Iterator[None]:
    """Inside, a model trains with the programs of an earlier one of the same architecture.

    For loops that build a model anew for each fold, seed or learning rate: only the first is traced
    and compiled. Models with layers, losses, metrics or functions of your own have their own
    programs as ever.
    """
    _stores.append(Store() if store is None else store)
    try:
        yield
    finally:
        _stores.pop()


def program_for(session: Any, key: tuple[str, int]) -> Any:
    """The program of an equal model, if there is one; else the session's own will be shared."""
    return _stores[-1].find(session, key) if _stores else None


class Store:
    """The sessions whose programs are shared, by architecture, sort of program and batch size."""

    def __init__(self, limit: int = BYTES) -> None:
        self.limit = limit
        self.sessions: dict[tuple, Any] = {}

    def find(self, session: Any, key: tuple[str, int]) -> Any:
        """The program for `key` of an earlier session that makes the same steps."""
        text = architecture(session)
        if text is None:
            return None
        full = (text, *key)
        first = self.sessions.get(full)
        if first is None or key not in first.programs:  # its model may have changed since
            self.sessions.pop(full, None)
            self.sessions[full] = session
            self._keep_to_limits()
            return None
        if key[0] in first.draws:
            session.draws[key[0]] = first.draws[key[0]]
        return first.programs[key]

    def _keep_to_limits(self) -> None:
        """Let the oldest go."""
        while len(self.sessions) > PROGRAMS or self._size() > self.limit:
            del self.sessions[next(iter(self.sessions))]

    def _size(self) -> int:
        held = {id(s): s for s in self.sessions.values()}
        parts = [part for s in held.values() if s.variables for part in s.variables]
        return sum(v.raw.nbytes for part in parts for v in part)


def architecture(session: Any) -> str | None:
    """All that the session's steps depend on beside their arguments, as one text.

    None for a model that holds what a configuration does not say: layers, losses, metrics or
    functions of the user's, tables of words.
    """
    model = session.model
    if model.run_eagerly or session.placing() is not None:
        return None
    if not all(map(_is_told_by_config, model._flatten_layers())):
        return None
    losses = session.loss.terms if session.loss is not None else []
    metrics = session.metrics.entries if session.metrics is not None else []
    parts = session.step_variables()
    try:
        told = {
            "model": _without_rate(configs.serialize(model)),
            "losses": [(t.name, str(t.place), _told(t.loss)) for t in losses],
            "metrics": [(e.name, e.weighted, _told(e.metric)) for e in metrics],
            "variables": [[(tuple(v.shape), str(v.dtype)) for v in part] for part in parts],
            "outputs": [(str(x), str(tree.map_structure(_form, y))) for x, y in _specs(session)],
            "settings": [settings.setting(n) for n in ("floatx", "epsilon", "flash_attention")],
        }
        return json.dumps(_numbered(told)) if _is_built_in(told) else None
    except (TypeError, ValueError, NotImplementedError):
        return None


def _is_told_by_config(layer: Any) -> bool:
    home = type(layer).__module__
    return home.startswith("addax.") and not home.startswith("addax.layers.preprocessing")


def _specs(session: Any) -> list[tuple]:
    return sorted(session.specs.items(), key=lambda pair: str(pair[0]))


def _form(spec: Any) -> tuple:
    return tuple(spec.shape), str(spec.dtype)


def _without_rate(config: dict[str, Any]) -> dict[str, Any]:
    """The configuration but for a constant learning rate, which is a variable."""
    optimizer = (config.get("compile_config") or {}).get("optimizer") or {}
    told = optimizer.get("config") or {}
    if isinstance(told.get("learning_rate"), float):
        told["learning_rate"] = None
    return config


def _told(loss_or_metric: Any) -> dict[str, Any]:
    """Its configuration; one of Addax's functions inside it by name."""
    told = configs.serialize(loss_or_metric)
    function = getattr(loss_or_metric, "fn", None)
    home = getattr(function, "__module__", None) or ""
    if "fn" in told["config"] and home.startswith("addax."):
        told["config"]["fn"] = f"{home}.{getattr(function, '__qualname__', function)}"
    return told


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The configurations of all objects in one."""
    if isinstance(value, dict):
        if "class_name" in value:
            yield value
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for inner in value:
            yield from _objects(inner)


def _is_built_in(told: Any) -> bool:
    """Whether all objects in a configuration are Addax's own."""
    return all(
        not o.get("registered_name") and str(o.get("module")).startswith("keras")
        for o in _objects(told)
    )


def _numbered(told: Any) -> Any:
    """The configuration with the names that layers got by themselves counted anew.

    The second model of a process has a `dense_2` where the first had a `dense`.
    """
    names: dict[str, str] = {}
    for found in _objects(told):
        config = found.get("config")
        name = config.get("name") if isinstance(config, dict) else None
        kind = to_snake_case(found["class_name"])
        if isinstance(name, str) and re.fullmatch(rf"{re.escape(kind)}(_\d+)?", name):
            names.setdefault(name, f"{kind}@{len(names)}")
    return _replaced(told, names)


def _replaced(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {k: _replaced(v, names) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_replaced(v, names) for v in value]
    return names.get(value, value) if isinstance(value, str) else value
