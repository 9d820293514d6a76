"""Weights over several HDF5 files, and the index in JSON that says which one holds what."""

import json
import os
import re
from contextlib import ExitStack
from typing import Any

import numpy as np

from addax.saving import guard
from addax.saving.atomic import replacing
from addax.saving.guard import HDF5, LoadError, Stored
from addax.saving.layout import put
from addax.saving.state import collect


def write(path: str, model: Any, gigabytes: float, overwrite: bool = True) -> None:
    """Write `<name>_00000.weights.h5`... beside the index `path`, which comes last.

    ValueError when a single weight is larger than a file may be.
    """
    import h5py

    folder, name = os.path.split(path)
    weight_map: dict[str, list[str]] = {}
    parts = _parts(model, gigabytes * 2**30)
    for i, part in enumerate(parts):
        shard = f"{name.removesuffix('.json').removesuffix('.weights')}_{i:05}.weights.h5"
        with (
            replacing(os.path.join(folder, shard), overwrite) as target,
            h5py.File(target, "w") as f,
        ):
            for prefix, key, value in part:
                put(f.require_group(prefix), key, value)
                files = weight_map.setdefault(f"/{prefix}", [])
                files += [shard] if shard not in files else []
    total = sum(v.nbytes for part in parts for _, _, v in part)
    plain = {k: v[0] if len(v) == 1 else v for k, v in weight_map.items()}
    index = {"metadata": {"total_size": total}, "weight_map": plain}
    with replacing(path, overwrite) as target, open(target, "w") as text:
        json.dump(index, text, indent=4)


def _parts(model: Any, limit: float) -> list[list[tuple[str, str, np.ndarray]]]:
    """The weights in order, in groups of at most `limit` bytes."""
    parts: list = [[]]
    size = 0
    for place, store in collect(model):
        for key, value in store.items():
            array = np.asarray(value)
            if array.nbytes > limit:
                raise ValueError(
                    f"Weight {place.prefix + key!r} has {array.nbytes:,} bytes, more than "
                    f"max_shard_size allows ({limit:,.0f}): choose a larger one, in GB."
                )
            if size + array.nbytes > limit:
                parts.append([])
                size = 0
            size += array.nbytes
            parts[-1].append((place.prefix.rstrip("/"), key, array))
    return parts


def read(index: Any, folder: str, files: ExitStack) -> dict[str, Stored]:
    """The tensors of the files that the index names, all of them in its folder."""
    names = index.get("weight_map") if isinstance(index, dict) else None
    if not isinstance(names, dict):
        raise LoadError("This JSON file is no index of weights: it has no weight_map.")
    listed = [n for v in names.values() for n in (v if isinstance(v, list) else [v])]
    tensors: dict[str, Stored] = {}
    for name in dict.fromkeys(map(str, listed)):
        if not re.fullmatch(r"[\w.\- ]+\.h5", name) or name.startswith("."):
            raise LoadError(f"The index names {name!r}; a part is an .h5 file in its own folder.")
        found = HDF5(files.enter_context(guard.open_file(os.path.join(folder, name)))).tensors
        double = found.keys() & tensors.keys()
        if double:
            raise LoadError(f"Two parts of the weights hold {min(double)!r}.")
        tensors |= found
    return tensors
