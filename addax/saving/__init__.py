"""Model files: what Keras reads and writes, read as data only."""

import typing as _typing

from addax.core import absent as _absent
from addax.core.configs import deserialize as deserialize
from addax.core.configs import serialize as serialize
from addax.core.names import CustomObjectScope as CustomObjectScope
from addax.core.names import get_custom_objects as get_custom_objects
from addax.core.names import get_registered_name as get_registered_name
from addax.core.names import get_registered_object as get_registered_object
from addax.core.names import register_keras_serializable as register_keras_serializable
from addax.saving.api import inspect_file as inspect_file
from addax.saving.api import load_model as load_model
from addax.saving.api import load_weights as load_weights
from addax.saving.api import model_from_json as model_from_json
from addax.saving.api import save_model as save_model
from addax.saving.api import save_weights as save_weights
from addax.saving.file_editor import KerasFileEditor as KerasFileEditor
from addax.saving.guard import LoadError as LoadError

custom_object_scope = CustomObjectScope
deserialize_keras_object, serialize_keras_object = deserialize, serialize

if not _typing.TYPE_CHECKING:  # else every name would pass
    __getattr__ = _absent.names_of(__name__)
