"""Models: layers that train themselves."""

from typing import TYPE_CHECKING, Any

from addax.core.absent import explain
from addax.models.cloning import clone_model as clone_model
from addax.models.functional import Functional as Functional
from addax.models.model import Model as Model
from addax.models.sequential import Sequential as Sequential

if TYPE_CHECKING:
    from addax.saving import load_model as load_model
    from addax.saving import model_from_json as model_from_json
    from addax.saving import save_model as save_model

_IN_SAVING = ("load_model", "model_from_json", "save_model")  # which stands on this module


def __getattr__(name: str) -> Any:
    if name not in _IN_SAVING:
        raise AttributeError(explain("addax.models", name, __dir__()))
    from addax import saving

    return getattr(saving, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_IN_SAVING})
