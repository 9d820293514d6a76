"""The `.keras` archive: metadata.json, config.json, model.weights.h5."""

import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from typing import Any

from addax.core.version import KERAS, OWN
from addax.saving import config as configs
from addax.saving.atomic import replacing
from addax.saving.guard import HDF5, Archive, Folder, LoadError, parse_json
from addax.saving.layout import write_weights
from addax.saving.state import Place, places

WEIGHTS = "model.weights.h5"


def write(target: Any, model: Any, folder: str | None = None) -> None:
    """Write the model into a name or a binary file; the weights pass through a nameless file."""
    config = configs.model_config(model)
    with zipfile.ZipFile(target, "w") as archive, tempfile.TemporaryFile(dir=folder) as weights:
        archive.writestr(zipfile.ZipInfo("metadata.json"), json.dumps(_facts()))
        archive.writestr(zipfile.ZipInfo("config.json"), json.dumps(config))
        write_weights(weights, model)
        weights.seek(0)
        with archive.open(zipfile.ZipInfo(WEIGHTS), "w", force_zip64=True) as member:
            shutil.copyfileobj(weights, member, 1 << 20)
        for name, content in assets(model):
            archive.writestr(zipfile.ZipInfo(name), content)


def assets(model: Any) -> Iterator[tuple[str, Any]]:
    """What layers keep beside weights, by the names of the files."""
    for place in _with_assets(model):
        for name, content in place.owner._assets().items():
            yield _folder(place) + name, content


def _with_assets(model: Any) -> list[Place]:
    """The layers that keep more than weights, such as a vocabulary that was learnt."""
    return [place for place in places(model) if hasattr(place.owner, "_assets")]


def _folder(place: Place) -> str:
    return f"assets/{place.path}/"


def write_folder(target: str, model: Any, overwrite: bool = True) -> None:
    """Write the three parts as files into a folder, each of them whole or not at all."""
    config = configs.model_config(model)
    for name, value in {"metadata.json": _facts(), "config.json": config}.items():
        with replacing(os.path.join(target, name), overwrite) as path, open(path, "w") as file:
            json.dump(value, file)
    with replacing(os.path.join(target, WEIGHTS), overwrite) as path:
        write_weights(path, model)
    for name, content in assets(model):
        file_name = os.path.join(target, name)
        os.makedirs(os.path.dirname(file_name), exist_ok=True)
        with replacing(file_name, overwrite) as path, open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)


def _facts() -> dict[str, str]:
    return {
        "keras_version": KERAS,
        "addax_version": OWN,
        "date_saved": time.strftime("%Y-%m-%d@%H:%M:%S"),
    }


def metadata(archive: Archive | Folder) -> dict:
    """What the archive says about itself."""
    found = (
        parse_json(archive.read("metadata.json"), "metadata.json")
        if "metadata.json" in archive.names
        else {}
    )
    return found if isinstance(found, dict) else {}


def config(archive: Archive | Folder) -> dict:
    """The model's configuration. LoadError for an archive of something else."""
    if "config.json" not in archive.names:
        held = ", ".join(archive.names[:8]) or "nothing"
        kind = "zip archive" if isinstance(archive, Archive) else "folder"
        raise LoadError(f"This {kind} holds no model: it has no config.json, but {held}.")
    return parse_json(archive.read("config.json"), "config.json")


def weights(archive: Archive | Folder) -> HDF5:
    """The weights in the archive."""
    if WEIGHTS not in archive.names:
        raise LoadError(f"The archive has no {WEIGHTS}; it has {', '.join(archive.names[:8])}.")
    return HDF5(archive.open(WEIGHTS))


def read(archive: Archive | Folder, custom: dict | None, compile: bool) -> Any:
    """The model in an archive, compiled and with its optimizer's state."""
    description = config(archive)
    tensors = weights(archive).tensors
    old = str(metadata(archive).get("keras_version", "3")) < "3"
    model = configs.build_model(description, custom, compile, configs.budget_for(tensors), old)
    configs.fill(model, tensors)
    take_assets(model, {n: archive.read(n) for n in archive.names if n.startswith("assets/")})
    return model


def take_assets(model: Any, contents: dict[str, bytes]) -> None:
    """Give each layer its files, by names such as `assets/layers/lookup/vocabulary.txt`."""
    for place in _with_assets(model):
        folder = _folder(place)
        files = {n.removeprefix(folder): c for n, c in contents.items() if n.startswith(folder)}
        place.owner._take_assets({n: c for n, c in files.items() if "/" not in n})
