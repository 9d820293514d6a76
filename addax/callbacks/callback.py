"""`Callback`: what may happen at the beginnings and ends of training, epochs and batches."""

from typing import Any

from addax.core.fields import Recorded, explain_arguments
from addax.core.messages import say


class Callback(Recorded):
    """Base of what `fit`, `evaluate` and `predict` call as they go: override the hooks you need.

    `model` is the model at work, `params` its settings (`epochs`, `steps`, `verbose`). `logs` holds
    the results so far by name, as floats. `batch` and `epoch` count from 0; `batch` starts again
    with each epoch. Overriding a batch hook makes the loop come back to Python after each step.

    A class with `paced = True` is content with its batch hooks at some batches, when the loop
    surfaces anyway; its logs then hold values of the device, which it should rarely convert.
    """

    paced: bool = False
    model: Any = None
    params: Any = None
    _kept: tuple[str, ...] = ()  # attributes that a training depends on

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        explain_arguments(cls)

    def set_params(self, params: dict) -> None:
        self.params = params

    def set_model(self, model: Any) -> None:
        self.model = model

    def on_batch_begin(self, batch: int, logs: dict | None = None) -> None:
        """The old name of `on_train_batch_begin`."""

    def on_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """The old name of `on_train_batch_end`."""

    def on_train_batch_begin(self, batch: int, logs: dict | None = None) -> None:
        self.on_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """`logs`: the loss and metrics of the epoch up to this batch."""
        self.on_batch_end(batch, logs)

    def on_test_batch_begin(self, batch: int, logs: dict | None = None) -> None: ...

    def on_test_batch_end(self, batch: int, logs: dict | None = None) -> None: ...

    def on_predict_batch_begin(self, batch: int, logs: dict | None = None) -> None: ...

    def on_predict_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """`logs["outputs"]`: the predictions for this batch."""

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None: ...

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """`logs`: the epoch's loss and metrics, those of the validation data as `val_...`."""

    def on_train_begin(self, logs: dict | None = None) -> None: ...

    def on_train_end(self, logs: dict | None = None) -> None: ...

    def on_test_begin(self, logs: dict | None = None) -> None: ...

    def on_test_end(self, logs: dict | None = None) -> None: ...

    def on_predict_begin(self, logs: dict | None = None) -> None: ...

    def on_predict_end(self, logs: dict | None = None) -> None: ...

    def get_state(self) -> dict[str, Any] | None:
        """What a resumed training needs of this callback: numbers, texts, arrays, lists of them.

        Override it, and `set_state`, in a callback that remembers something from epoch to epoch.
        """
        return {name: getattr(self, name) for name in self._kept} if self._kept else None

    def set_state(self, state: dict[str, Any]) -> None:
        """Go on from what `get_state` returned; called after `on_train_begin`."""
        for name in self._kept:
            setattr(self, name, state[name])

    def _say(self, message: str) -> None:
        """Print `message` on a line of its own, below a progress bar that is being drawn."""
        bar = (self.params or {}).get("verbose") in (1, "auto")
        say("\n" * bar + message)


def overrides(callback: Any, hook: str) -> bool:
    """Whether `callback`, by its class or as an attribute, has a `hook` of its own."""
    own = getattr(type(callback), hook, None) is not getattr(Callback, hook)
    return hook in getattr(callback, "__dict__", ()) or (own and hasattr(callback, hook))


def is_ready(value: Any) -> bool:
    """Whether reading `value`, a number or an array, would not have to wait for the device."""
    return getattr(value, "is_ready", lambda: True)()


def optimizers_of(model: Any) -> dict[str, Any]:
    """The model's optimizer under "", or several under the suffixes that logs give them."""
    inner = getattr(model.optimizer, "optimizers", None)
    return {"": model.optimizer} if inner is None else {f"_{o.name}": o for o in inner}


def log_learning_rates(model: Any, logs: dict) -> None:
    """Enter the present learning rate into `logs`."""
    for suffix, optimizer in optimizers_of(model).items():
        logs[f"learning_rate{suffix}"] = float(optimizer.learning_rate)
