"""Helpers around models: data, files, seeds, names. Each is imported when first used."""

import importlib
from typing import Any

_HOMES = {
    "addax.config": """disable_interactive_logging enable_interactive_logging
        is_interactive_logging_enabled""",
    "addax.core.dtypes": "standardize_dtype",
    "addax.core.names": """CustomObjectScope get_custom_objects get_registered_name
        get_registered_object register_keras_serializable""",
    "addax.layers.preprocessing.feature_space": "FeatureSpace",
    "addax.saving": "deserialize_keras_object serialize_keras_object",
    "addax.utils.arrays": "normalize to_categorical",
    "addax.utils.config": "Config",
    "addax.utils.dataset": "PyDataset pack_x_y_sample_weight unpack_x_y_sample_weight",
    "addax.utils.drawing": "model_to_dot plot_model",
    "addax.utils.files": "get_file",
    "addax.utils.folders": """audio_dataset_from_directory image_dataset_from_directory
        text_dataset_from_directory""",
    "addax.utils.graphs": "get_source_inputs is_keras_tensor",
    "addax.utils.images": "array_to_img img_to_array load_img save_img",
    "addax.utils.progbar": "Progbar",
    "addax.utils.sequences": "pad_sequences",
    "addax.utils.series": "split_dataset timeseries_dataset_from_array",
    "addax.training.sharing": "shared_programs",
    "addax.utils.session": "clear_session set_random_seed",
}
_ALIASES = {"Sequence": "PyDataset", "custom_object_scope": "CustomObjectScope"}
_MODULES = {name: module for module, names in _HOMES.items() for name in names.split()}

_SUBMODULES = ("bounding_boxes",)

__all__ = sorted([*_MODULES, *_ALIASES, *_SUBMODULES])  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return importlib.import_module(f"{__name__}.{name}")
    home = _MODULES.get(_ALIASES.get(name, name))
    if home is None:
        from addax.core.absent import explain

        raise AttributeError(explain("addax.utils", name, __all__))
    value = getattr(importlib.import_module(home), _ALIASES.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
