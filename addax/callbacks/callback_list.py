"""`CallbackList`: several callbacks called as one."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from addax.callbacks.callback import Callback, overrides
from addax.callbacks.history import History
from addax.callbacks.progbar_logger import ProgbarLogger

WITH_INDEX = ("on_epoch_begin", "on_epoch_end")
WITHOUT_INDEX = tuple(
    f"on_{kind}_{end}" for kind in ("train", "test", "predict") for end in ("begin", "end")
)
BATCH_HOOKS = tuple(
    f"on_{kind}batch_{end}"
    for kind in ("train_", "test_", "predict_", "")
    for end in ("begin", "end")
)


class CallbackList(Callback):
    """The callbacks of one `fit`, `evaluate` or `predict`; each hook calls theirs in order.

    TypeError for what is no callback.
    """

    def __init__(
        self,
        callbacks: Any = None,
        add_history: bool = False,
        add_progbar: bool = False,
        model: Any = None,
        **params: Any,
    ):
        self.callbacks: list[Any] = []
        self._by_hook: dict[str, list] = {}
        for callback in _flatten(callbacks):
            self.append(callback)
        for wanted, kind in ((add_history, History), (add_progbar, ProgbarLogger)):
            if wanted and not any(isinstance(c, kind) for c in self.callbacks):
                self.append(kind())
        self.set_model(model)
        self.set_params(params)

    def append(self, callback: Any) -> None:
        """Put `callback` at the end."""
        if inspect.isclass(callback) or not hasattr(callback, "on_epoch_end"):
            hint = " Make an object of it: add ()." if inspect.isclass(callback) else ""
            raise TypeError(f"callbacks are Callback objects; received {callback!r}.{hint}")
        self.callbacks.append(callback)
        self._by_hook.clear()
        if self.model is not None:
            self.set_model(self.model)
        if self.params:
            callback.set_params(self.params)

    def set_params(self, params: dict) -> None:
        self.params = params
        for callback in self.callbacks if params else ():
            callback.set_params(params)

    def set_model(self, model: Any) -> None:
        if model is None:
            return
        self.model = model
        for callback in self.callbacks:
            callback.set_model(model)
            if isinstance(callback, History):
                model.history = callback

    def wants_batches(self, kind: str) -> bool:
        """Whether some callback must be called at each batch of "train", "test" or "predict"."""
        hooks = (f"on_{kind}_batch_begin", f"on_{kind}_batch_end")
        return any(not _is_paced(c) for hook in hooks for c in self._concerned(hook))

    def _concerned(self, hook: str) -> list:
        """The callbacks that do something in `hook`; that of train batches has an older name."""
        if hook not in self._by_hook:
            names = {hook, hook.replace("train_batch", "batch")}
            found = [c for c in self.callbacks if any(overrides(c, name) for name in names)]
            self._by_hook[hook] = found
        return self._by_hook[hook]


def _flatten(callbacks: Any) -> list:
    if isinstance(callbacks, (list, tuple)):
        return [c for entry in callbacks for c in _flatten(entry)]
    return [] if callbacks is None else [callbacks]


def plain_logs(logs: dict | None) -> dict[str, Any]:
    """`logs` sorted by name, its scalars as floats, inner dictionaries spread."""
    plain: dict[str, Any] = {}
    for name, value in sorted((logs or {}).items()):
        if isinstance(value, dict):
            plain.update(plain_logs(value))
        else:
            plain[name] = _plain(value)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, (str, list, tuple)):
        return value
    try:
        array = np.asarray(value)
        return array if array.ndim else float(array)
    except (TypeError, ValueError):
        return value


def _is_paced(callback: Any) -> bool:
    return getattr(callback, "paced", False)


def _with_index(hook: str) -> Callable:
    def call(self, index: int, logs: dict | None = None) -> None:
        plain = plain_logs(logs)  # one dictionary: later callbacks see what earlier ones add
        for callback in self._concerned(hook):
            getattr(callback, hook)(index, plain)

    return call


def _without_index(hook: str) -> Callable:
    def call(self, logs: dict | None = None) -> None:
        self._by_hook.clear()  # a callback may have got a hook as an attribute meanwhile
        plain = plain_logs(logs)
        for callback in self._concerned(hook):
            getattr(callback, hook)(plain)

    return call


def _at_batch(hook: str) -> Callable:
    def call(self, batch: int, logs: dict | None = None) -> None:
        concerned = self._concerned(hook)
        # Numbers are fetched from the device only if a callback that is not paced will see them.
        plain = logs or {} if all(map(_is_paced, concerned)) else plain_logs(logs)
        for callback in concerned:
            getattr(callback, hook)(batch, plain)

    return call


for _make, _hooks in (
    (_with_index, WITH_INDEX),
    (_without_index, WITHOUT_INDEX),
    (_at_batch, BATCH_HOOKS),
):
    for _hook in _hooks:
        setattr(CallbackList, _hook, _make(_hook))
