"""`HyperModel`: how a model is made of hyperparameters, and trained."""

from collections.abc import Callable
from typing import Any

from addax.tuner.errors import FatalValueError
from addax.tuner.hyperparameters import HyperParameters


class HyperModel:
    """A subclass makes a compiled model in `build(hp)`, and may train it its own way in `fit`.

    With `tunable=False` the hyperparameters that `build` asks for are not searched: they keep their
    defaults, or what the search was given.
    """

    def __init__(self, name: str | None = None, tunable: bool = True) -> None:
        self.name = name
        self.tunable = tunable
        self._build = self.build
        self.build = self._build_or_copy

    def build(self, hp: HyperParameters) -> Any:
        """The model for these values."""
        raise NotImplementedError

    def _build_or_copy(self, hp: HyperParameters, *args: Any, **kwargs: Any) -> Any:
        return self._build(hp if self.tunable else hp.copy(), *args, **kwargs)

    def declare_hyperparameters(self, hp: HyperParameters) -> None:
        """Declare hyperparameters that `build` may not come across."""

    def fit(self, hp: HyperParameters, model: Any, *args: Any, **kwargs: Any) -> Any:
        """Train the model with the arguments of `search`, `callbacks` always among them.

        Returns the History, the objective as a number, or a dictionary of metrics.
        """
        return model.fit(*args, **kwargs)


class DefaultHyperModel(HyperModel):
    """One that a function `build(hp)` makes."""

    def __init__(self, build: Callable, name: str | None = None, tunable: bool = True) -> None:
        super().__init__(name, tunable)
        self.build = build


def get_hypermodel(hypermodel: Any) -> HyperModel | None:
    """The HyperModel that a HyperModel, a function or None stands for."""
    if hypermodel is None or isinstance(hypermodel, HyperModel):
        return hypermodel
    if not callable(hypermodel):
        raise FatalValueError(
            f"hypermodel is a HyperModel or a function build(hp); received {hypermodel!r}."
        )
    return DefaultHyperModel(hypermodel)
