"""The `.keras` archive: metadata.json, config.json, model.weights.h5."""

import json
import shutil
import tempfile
import time
import zipfile
from typing import Any, BinaryIO

from addax.core.version import KERAS, OWN
from addax.saving import config as configs
from addax.saving.guard import HDF5, Archive, LoadError, parse_json
from addax.saving.layout import write_weights
from addax.saving.state import Place, places

WEIGHTS = "model.weights.h5"


def write(target: Any, model: Any, folder: str | None = None) -> None:
    """Write the model into a name or a binary file; the weights pass through a nameless file."""
    config = configs.model_config(model)
    metadata = {
        "keras_version": KERAS,
        "addax_version": OWN,
        "date_saved": time.strftime("%Y-%m-%d@%H:%M:%S"),
    }
    with zipfile.ZipFile(target, "w") as archive, tempfile.TemporaryFile(dir=folder) as weights:
        archive.writestr(zipfile.ZipInfo("metadata.json"), json.dumps(metadata))
        archive.writestr(zipfile.ZipInfo("config.json"), json.dumps(config))
        write_weights(weights, model)
        weights.seek(0)
        with archive.open(zipfile.ZipInfo(WEIGHTS), "w", force_zip64=True) as member:
            shutil.copyfileobj(weights, member, 1 << 20)
        for place in _with_assets(model):
            for name, content in place.owner._assets().items():
                archive.writestr(zipfile.ZipInfo(_folder(place) + name), content)


def _with_assets(model: Any) -> list[Place]:
    """The layers that keep more than weights, such as a vocabulary that was learnt."""
    return [place for place in places(model) if hasattr(place.owner, "_assets")]


def _folder(place: Place) -> str:
    return f"assets/{place.path}/"


def metadata(archive: Archive) -> dict:
    """What the archive says about itself."""
    found = (
        parse_json(archive.read("metadata.json"), "metadata.json")
        if "metadata.json" in archive.names
        else {}
    )
    return found if isinstance(found, dict) else {}


def config(archive: Archive) -> dict:
    """The model's configuration. LoadError for an archive of something else."""
    if "config.json" not in archive.names:
        held = ", ".join(archive.names[:8]) or "nothing"
        raise LoadError(f"This zip archive holds no model: it has no config.json, but {held}.")
    return parse_json(archive.read("config.json"), "config.json")


def weights(archive: Archive) -> HDF5:
    """The weights in the archive."""
    if WEIGHTS not in archive.names:
        raise LoadError(f"The archive has no {WEIGHTS}; it has {', '.join(archive.names[:8])}.")
    return HDF5(archive.open(WEIGHTS))


def read(file: BinaryIO, custom: dict | None, compile: bool) -> Any:
    """The model in an archive, compiled and with its optimizer's state."""
    archive = Archive(file)
    description = config(archive)
    tensors = weights(archive).tensors
    model = configs.build_model(description, custom, compile, configs.budget_for(tensors))
    configs.fill(model, tensors)
    for place in _with_assets(model):
        folder = _folder(place)
        files = {n.removeprefix(folder): n for n in archive.names if n.startswith(folder)}
        files = {name: archive.read(n) for name, n in files.items() if "/" not in name}
        place.owner._take_assets(files)
    return model
