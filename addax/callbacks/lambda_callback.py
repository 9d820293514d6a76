"""`LambdaCallback`: a callback from functions."""

from collections.abc import Callable
from typing import Any

from addax.callbacks.callback import Callback
from addax.core.errors import suggest


class LambdaCallback(Callback):
    """Calls functions at the hooks of their names, with those hooks' arguments.

    Any hook of `Callback` may be given; what has no name of a hook becomes an attribute.

    TypeError for an `on_...` that is no hook.
    """

    def __init__(
        self,
        on_epoch_begin: Callable | None = None,
        on_epoch_end: Callable | None = None,
        on_train_begin: Callable | None = None,
        on_train_end: Callable | None = None,
        on_train_batch_begin: Callable | None = None,
        on_train_batch_end: Callable | None = None,
        **kwargs: Any,
    ):
        given = kwargs | {
            "on_epoch_begin": on_epoch_begin,
            "on_epoch_end": on_epoch_end,
            "on_train_begin": on_train_begin,
            "on_train_end": on_train_end,
            "on_train_batch_begin": on_train_batch_begin,
            "on_train_batch_end": on_train_batch_end,
        }
        for hook, function in given.items():
            if hook.startswith("on_") and not hasattr(Callback, hook):
                known = [name for name in dir(Callback) if name.startswith("on_")]
                raise TypeError(f"Callbacks have no hook {hook!r}.{suggest(hook, known)}")
            if function is not None:
                setattr(self, hook, function)
