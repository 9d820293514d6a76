"""Training the model of an estimator."""

from typing import Any

from addax.models import Model
from addax.training.sharing import Store
from addax.utils import shared_programs

PROGRAMS = Store(limit=16 << 20)  # of small models, which folds and searches make again and again


def check_ready(model: Any) -> None:
    """An error for what can't be trained as it is."""
    if not isinstance(model, Model):
        raise TypeError(f"`model` is a compiled Model, or a function of one; received {model!r}.")
    if not (model.compiled and model.loss and model.optimizer):
        raise RuntimeError(
            f"Model {model.name!r} needs a loss and an optimizer: call model.compile() first."
        )


def fit(model: Model, *args: Any, **kwargs: Any) -> Any:
    """`model.fit`, with the programs of an equal model if there was one."""
    with shared_programs(PROGRAMS):
        return model.fit(*args, **kwargs)
