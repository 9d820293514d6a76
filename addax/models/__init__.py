"""Models: layers that train themselves."""

import json
from typing import TYPE_CHECKING, Any

from addax.core import configs
from addax.core.absent import explain
from addax.models.cloning import clone_model as clone_model
from addax.models.functional import Functional as Functional
from addax.models.model import Model as Model
from addax.models.sequential import Sequential as Sequential

if TYPE_CHECKING:
    from addax.saving import load_model as load_model
    from addax.saving import save_model as save_model

_IN_SAVING = ("load_model", "save_model")  # which stands on this module


def model_from_json(json_string: str, custom_objects: dict | None = None) -> Any:
    """The model, without its weights, that `to_json` wrote. ValueError for anything else."""
    try:
        config = json.loads(json_string)
    except json.JSONDecodeError as error:
        raise ValueError(f"This is no JSON text of a model: {error}.") from None
    model = configs.deserialize(config, custom_objects)
    if not isinstance(model, Model):
        raise ValueError(f"The text describes {type(model).__name__}, which is no model.")
    return model


def __getattr__(name: str) -> Any:
    if name not in _IN_SAVING:
        raise AttributeError(explain("addax.models", name, __dir__()))
    from addax import saving

    return getattr(saving, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_IN_SAVING})
