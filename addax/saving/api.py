"""Saving and loading models and weights; the content of a file decides how it is read."""

import io
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO

import numpy as np

from addax.core.errors import folds
from addax.saving import archive, guard, layout, legacy, orbax, safetensors, shards
from addax.saving.atomic import replacing
from addax.saving.config import build_model, is_old
from addax.saving.guard import HDF5, Archive, Folder, LoadError, Stored, explained
from addax.saving.state import Plan, collect, make_plan

HDF5_NAMES = (".h5", ".hdf5", ".hdf")


@folds
def save_model(
    model: Any, filepath: Any, overwrite: bool = True, zipped: bool | None = None, **kwargs: Any
) -> None:
    """Write the whole model: `.h5` and `.hdf5` names give the old HDF5 format, others `.keras`.

    With `zipped=False` the parts of a `.keras` archive become files of a folder. The file that was
    there stays until the new one is complete. Raises ValueError when the model could not be read
    back, FileExistsError if `overwrite` is false and the file exists.
    """
    include_optimizer = kwargs.pop("include_optimizer", True)
    kwargs.pop("save_format", None)
    if kwargs:
        raise ValueError(f"save_model has no argument {next(iter(kwargs))!r}.")
    if isinstance(filepath, io.IOBase):
        archive.write(filepath, model)
        return
    name = os.fspath(filepath).lower()
    if name.endswith(".safetensors"):
        raise ValueError("safetensors holds weights only: use save_weights, or a .keras name.")
    if zipped is False:
        archive.write_folder(os.fspath(filepath), model, overwrite)
        return
    with replacing(filepath, overwrite) as path:
        if name.endswith(HDF5_NAMES):
            legacy.write(path, model, include_optimizer)
        else:
            archive.write(path, model, os.path.dirname(path))


@folds
def load_model(
    filepath: Any, custom_objects: dict | None = None, compile: bool = True, safe_mode: bool = True
) -> Any:
    """The model in a file (.keras, or HDF5 of any Keras), whatever its name.

    `custom_objects`: name -> class or function for what the file names and nobody registered.
    `safe_mode` changes nothing: a file can't run code. Raises LoadError, a ValueError.
    """
    if _is_folder(filepath):
        with explained(repr(os.fspath(filepath))), ExitStack() as files:
            return archive.read(Folder(filepath, files), custom_objects, compile)
    if orbax.is_checkpoint(filepath):
        with explained(repr(os.fspath(filepath))):
            return orbax.load_model(filepath, custom_objects, compile)
    with _opened(filepath) as file:
        kind = guard.sniff(file)
        if kind in WEIGHTS_ONLY:
            raise LoadError(
                f"{WEIGHTS_ONLY[kind]} holds weights only, no model. Make the model in Python, "
                "then call model.load_weights(path)."
            )
        if kind == "zip":
            return archive.read(Archive(file), custom_objects, compile)
        return legacy.read(file, custom_objects, compile)


WEIGHTS_ONLY = {"safetensors": "A safetensors file", "json": "An index of weights"}


def _is_folder(filepath: Any) -> bool:
    """Whether Keras has written a folder there: one that holds a configuration."""
    named = isinstance(filepath, (str, os.PathLike))
    return named and os.path.isfile(os.path.join(filepath, "config.json"))


def model_from_json(json_string: str, custom_objects: dict | None = None) -> Any:
    """The model, without its weights, that `to_json` of any Keras wrote.

    Raises LoadError, a ValueError, for anything else.
    """
    if not isinstance(json_string, (str, bytes)):
        raise TypeError(f"model_from_json takes a text; received {type(json_string).__name__}.")
    raw = json_string.encode() if isinstance(json_string, str) else json_string
    with explained("The text"):
        config = guard.parse_json(raw, "The text of a model")
        return build_model(config, custom_objects, compile=True, old=is_old(config))


@contextmanager
def _opened(filepath: Any) -> Iterator[BinaryIO]:
    if hasattr(filepath, "read"):
        with explained("The file"):
            yield filepath
    else:
        with explained(repr(os.fspath(filepath))), guard.open_file(filepath) as file:
            yield file


@folds
def save_weights(
    model: Any, filepath: Any, overwrite: bool = True, max_shard_size: Any = None, **kwargs: Any
) -> None:
    """Write the weights, and the optimizer's state in Keras 3's layout.

    `.safetensors` gives that format, `.h5` without `.weights` the layout of Keras 2, every other
    name Keras 3's `.weights.h5` layout. `max_shard_size`, in GB, makes several files, and the
    index of them, `.weights.json`, that Keras makes.
    """
    if kwargs.pop("save_format", None) is not None and kwargs:
        raise ValueError(f"save_weights has no argument {next(iter(kwargs))!r}.")
    if not model.built:
        raise ValueError(
            f"Model {model.name!r} has no weights yet: build it, or call it on data, to save them."
        )
    name = os.fspath(filepath).lower()
    if max_shard_size is not None:
        shards.write(os.fspath(filepath), model, max_shard_size, overwrite)
        return
    with replacing(filepath, overwrite) as path:
        if name.endswith(".safetensors"):
            _write_safetensors(path, model)
        elif name.endswith(HDF5_NAMES) and not name.endswith(".weights.h5"):
            _write_legacy_weights(path, model)
        else:
            layout.write_weights(path, model)


def _write_legacy_weights(path: str, model: Any) -> None:
    import h5py

    with h5py.File(path, "w") as file:
        legacy.write_weights(file, model)


STRUCTURE = "addax_paths"  # tensor name -> where it stands in Keras's layout


def _write_safetensors(path: str, model: Any) -> None:
    tensors, structure = {}, {}
    for place, store in collect(model):
        for key, value in store.items():
            where = place.prefix + key
            name = getattr(value, "path", None) or where
            name = where if name in tensors else name
            tensors[name] = value if hasattr(value, "dtype") else np.asarray(value)
            structure[name] = where
    with open(path, "wb") as file:
        safetensors.write(file, tensors, {STRUCTURE: json.dumps(structure)})


@folds
def load_weights(model: Any, filepath: Any, skip_mismatch: bool = False, **kwargs: Any) -> None:
    """Fill `model` from a file of weights or of a whole model, in any of the formats.

    All weights must fit, else LoadError lists what is missing, unexpected or of another shape and
    nothing changes; `skip_mismatch=True` takes what fits. `objects_to_skip` holds layers that keep
    what they have. `by_name=True` matches layers of an old HDF5 file by name.
    """
    by_name = bool(kwargs.pop("by_name", False))
    skip = kwargs.pop("objects_to_skip", None) or ()
    if kwargs:
        raise ValueError(f"load_weights has no argument {next(iter(kwargs))!r}.")
    if not model.built:
        raise ValueError(
            f"Model {model.name!r} has no weights yet: build it, or call it on data, to load some."
        )
    if orbax.is_checkpoint(filepath):
        with explained(repr(os.fspath(filepath))):
            orbax.load_weights(filepath, model)
        return
    with ExitStack() as files:
        if _is_folder(filepath):
            folder = Folder(filepath, files)
            filepath = folder.open(archive.WEIGHTS)
        file = files.enter_context(_opened(filepath))
        plan = _weights_plan(model, file, by_name, skip, files)
        plan.carry_out(model.name, skip_mismatch)


def _weights_plan(model: Any, file: BinaryIO, by_name: bool, skip: Any, files: ExitStack) -> Plan:
    kind = guard.sniff(file)
    if kind == "json":
        index = guard.parse_json(file.read(guard.MAX_JSON + 1), "The index of weights")
        folder = os.path.dirname(os.path.abspath(getattr(file, "name", "")))
        return make_plan(model, shards.read(index, folder, files), skip)
    if kind == "safetensors":
        return make_plan(model, _structured(model, *safetensors.read(file)), skip)
    h5 = archive.weights(Archive(file)) if kind == "zip" else HDF5(file)
    path = legacy.is_legacy(h5)
    if path is not None:
        if skip:
            raise ValueError("objects_to_skip is not for files of Keras 1 and 2.")
        return legacy.plan_weights(h5, path, model, by_name)
    if by_name:
        raise ValueError(
            "by_name=True is for files that store weights by layer name (Keras 1 and 2)."
        )
    return make_plan(model, h5.tensors, skip)


def _structured(
    model: Any, tensors: dict[str, Stored], metadata: dict[str, str]
) -> dict[str, Stored]:
    """Tensors by their place: as the file says, else by the names of the model's variables."""
    if STRUCTURE in metadata:
        paths = guard.parse_json(metadata[STRUCTURE].encode(), STRUCTURE)
    else:
        found = [(v, p.prefix + k) for p, store in collect(model) for k, v in store.items()]
        paths = {getattr(v, "path", where): where for v, where in found}
    return {str(paths.get(name, name)): stored for name, stored in tensors.items()}


def inspect_file(filepath: Any) -> dict[str, Any]:
    """Facts about a file, without building anything: format, versions, classes, weights.

    `weights`: path -> (shape, dtype).
    """
    with ExitStack() as files:
        file = files.enter_context(_opened(filepath))
        kind = guard.sniff(file)
        if kind == "zip":
            opened = Archive(file)
            facts = {"format": "keras"} | archive.metadata(opened)
            facts["classes"] = _classes(archive.config(opened))
            tensors = archive.weights(opened).tensors
        elif kind == "json":
            folder = os.path.dirname(os.path.abspath(getattr(file, "name", "")))
            index = guard.parse_json(file.read(guard.MAX_JSON + 1), "The index of weights")
            facts = {"format": "weights.json"}
            tensors = shards.read(index, folder, files)
        elif kind == "hdf5":
            h5 = HDF5(file)
            facts, tensors = _hdf5_facts(h5), h5.tensors
        else:
            tensors, metadata = safetensors.read(file)
            facts = {"format": "safetensors"} | {
                k: v for k, v in metadata.items() if k != STRUCTURE
            }
        return facts | {"weights": {p: (t.shape, t.dtype) for p, t in tensors.items()}}


def _hdf5_facts(h5: HDF5) -> dict[str, Any]:
    path = legacy.is_legacy(h5)
    facts: dict[str, Any] = {"format": "weights.h5" if path is None else "hdf5"}
    version = h5.text(path or "", "keras_version")
    if version:
        facts["keras_version"] = version
    text = h5.text("", "model_config")
    if text is not None:
        facts["classes"] = _classes(guard.parse_json(text.encode(), "model_config"))
    return facts


def _classes(config: Any) -> list[str]:
    """The names of the model's class and of the classes of its layers, each once."""
    found: dict[str, None] = {}

    def visit(entry: Any) -> None:
        if isinstance(entry, dict) and isinstance(entry.get("class_name"), str):
            found.setdefault(entry.get("registered_name") or entry["class_name"])
            inner = entry.get("config")
            layers = inner.get("layers") if isinstance(inner, dict) else inner
            for layer in layers if isinstance(layers, list) else ():
                visit(layer)

    visit(config)
    return list(found)
