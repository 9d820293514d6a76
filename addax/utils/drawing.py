"""Pictures of models, which are not available yet."""

from typing import Any, NoReturn

MESSAGE = (
    "{name}() is not available in this version: it will come with the extra addax[plot]. "
    "model.summary() prints the layers; Netron (https://netron.app) shows a saved model's graph."
)


def plot_model(model: Any, to_file: str = "model.png", **kwargs: Any) -> NoReturn:
    """Raises NotImplementedError, which names the other ways."""
    raise NotImplementedError(MESSAGE.format(name="plot_model"))


def model_to_dot(model: Any, **kwargs: Any) -> NoReturn:
    """Raises NotImplementedError, which names the other ways."""
    raise NotImplementedError(MESSAGE.format(name="model_to_dot"))
