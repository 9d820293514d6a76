"""`KerasFileEditor`: look into a file of weights, and write another one from its parts."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from addax.core.errors import suggest
from addax.core.messages import say
from addax.saving import archive, guard
from addax.saving.atomic import replacing
from addax.saving.layout import put
from addax.saving.state import collect

VARIABLES = "vars"  # the group of an object's own variables; paths here leave it out


class KerasFileEditor:
    """The weights in a `.keras` or `.weights.h5` file as nested dictionaries that can be edited.

    `weights_dict` holds arrays by the paths of objects and the names of weights ("0", "1"...);
    `config` and `metadata` are those of a `.keras` file. The file itself is never changed:
    `save` writes another one. ValueError for other files, and for names that are not there.
    """

    def __init__(self, filepath: str | os.PathLike[str]):
        self.filepath = os.fspath(filepath)
        self.config: dict | None = None
        self.metadata: dict | None = None
        if not self.filepath.endswith((".keras", ".weights.h5")):
            raise ValueError(
                "Invalid filename: KerasFileEditor opens .keras and .weights.h5 files; received "
                f"{self.filepath!r}."
            )
        with guard.explained(repr(self.filepath)), guard.open_file(self.filepath) as file:
            h5 = self._opened(file)
            self.weights_dict = _nested((p, t.read()) for p, t in h5.tensors.items())
            self.object_metadata = {
                f"/{path}": dict(group.attrs) for path, group in h5.groups.items() if group.attrs
            }
            h5.close()
        say(f"Keras model file {self.filepath!r}")
        if self.metadata:
            version, date = (self.metadata.get(k) for k in ("keras_version", "date_saved"))
            say(f"Saved with Keras {version} - date: {date}")

    def _opened(self, file: Any) -> guard.HDF5:
        if not self.filepath.endswith(".keras"):
            return guard.HDF5(file)
        members = guard.Archive(file)
        self.config, self.metadata = archive.config(members), archive.metadata(members)
        return archive.weights(members)

    # Looking

    def summary(self) -> None:
        """Print the objects and the shapes of their weights."""
        say("Weights structure")
        for line in _lines(self.weights_dict, "  "):
            say(line)

    def compare(self, reference_model: Any) -> dict[str, Any]:
        """Print how the file differs from what the model would save.

        Returns `status`, "success" or "error", and the numbers `error_count` and `match_count`.
        """
        wanted = _nested(
            (f"{place.prefix}{key}", np.asarray(value))
            for place, store in collect(reference_model)
            for key, value in store.items()
        )
        say("Running comparison")
        errors, matches = [], 0
        for problem in _differences(self.weights_dict, wanted, ""):
            if problem is None:
                matches += 1
            else:
                errors.append(problem)
        for problem in errors:
            say(f"...{problem}")
        if errors:
            say(f"Found {len(errors)} error(s): the file does not fit the model")
        else:
            say(f"Comparison successful: the file fits the model, in {matches} weight(s)")
        status = "error" if errors else "success"
        return {"status": status, "error_count": len(errors), "match_count": matches}

    # Editing

    def rename_object(self, object_name: str, new_name: str) -> None:
        """Give an object, by its path or unique name, another name in its place."""
        if "/" in new_name:
            raise ValueError(f"new_name is a name, not a full path; received {new_name!r}.")

        def rename(place: dict, name: str) -> None:
            place[new_name] = place.pop(name)

        self._edit(object_name, rename)

    def delete_object(self, object_name: str) -> None:
        """Take an object out, with all below it."""
        self._edit(object_name, lambda place, name: place.pop(name))

    def add_object(self, object_path: str, weights: dict[str, Any]) -> None:
        """Put an object with these weights, arrays by name, at a path."""
        _check_weights(weights)
        *outer, name = object_path.split("/")
        place = self.weights_dict
        for part in outer:
            place = self._below(place, part, "/".join(outer))
        place[name] = dict(weights)

    def delete_weight(self, object_name: str, weight_name: str) -> None:
        """Take one weight of an object out."""

        def delete(place: dict, name: str) -> None:
            if weight_name not in place[name]:
                raise ValueError(
                    f"Weight {weight_name} not found in object {object_name}; it has "
                    f"{', '.join(place[name])}."
                )
            del place[name][weight_name]

        self._edit(object_name, delete)

    def add_weights(self, object_name: str, weights: dict[str, Any]) -> None:
        """Add weights, arrays by name, to an object, or replace them."""
        _check_weights(weights)
        self._edit(object_name, lambda place, name: place[name].update(weights))

    def _edit(self, path: str, change: Callable[[dict, str], Any]) -> None:
        """Let `change` act on the dictionary that holds an object, and the object's name in it."""
        *outer, name = path.split("/")
        if outer:
            place = self.weights_dict
            for part in outer:
                place = self._below(place, part, path)
            self._below(place, name, path)
        else:
            places = list(_holders(self.weights_dict, name))
            if len(places) > 1:
                raise ValueError(
                    f"Name {name!r} occurs more than once in the file; pass a complete path."
                )
            if not places:
                hint = suggest(name, [key for key, _ in _walk(self.weights_dict)])
                raise ValueError(f"Name {name!r} does not appear in the file.{hint}")
            place = places[0]
        change(place, name)

    def _below(self, place: dict, name: str, path: str) -> Any:
        if name not in place:
            raise ValueError(f"Path {path!r} not found in the file.{suggest(name, place)}")
        return place[name]

    # Writing

    def save(self, filepath: str | os.PathLike[str]) -> None:
        """Write the edited weights to a new `.weights.h5` file."""
        import h5py

        name = os.fspath(filepath)
        if not name.endswith(".weights.h5"):
            raise ValueError(f"Weights are saved to a .weights.h5 file; received {name!r}.")
        with replacing(name) as path, h5py.File(path, "w") as file:
            _write(file, self.weights_dict)

    resave_weights = save


def _nested(tensors: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path, value in tensors:
        *outer, name = [part for part in path.split("/") if part != VARIABLES]
        place = found
        for part in outer:
            place = place.setdefault(part, {})
        place[name] = value
    return found


def _walk(weights: dict) -> Iterator[tuple[str, Any]]:
    for name, value in weights.items():
        yield name, value
        if isinstance(value, dict):
            yield from _walk(value)


def _holders(weights: dict, name: str) -> Iterator[dict]:
    """The dictionaries that hold `name`."""
    if name in weights:
        yield weights
    for value in weights.values():
        if isinstance(value, dict):
            yield from _holders(value, name)


def _differences(ours: dict, wanted: dict, path: str) -> Iterator[str | None]:
    """What is missing, left over or of another shape; None for each weight that fits."""
    for name, value in wanted.items():
        place = f"{path}/{name}"
        if name not in ours:
            inner = f", with {list(value)}" if isinstance(value, dict) else ""
            yield f"{place} is in the model{inner}; the file lacks it"
        elif isinstance(value, dict):
            yield from _differences(ours[name], value, place)
        elif np.shape(ours[name]) != np.shape(value):
            shapes = f"{np.shape(value)} in the model, {np.shape(ours[name])} in the file"
            yield f"{place} has the shape {shapes}"
        else:
            yield None
    for name in ours:
        if name not in wanted:
            yield f"{path}/{name} is in the file; the model lacks it"


def _lines(weights: dict, indent: str) -> Iterator[str]:
    for name, value in weights.items():
        if isinstance(value, dict):
            yield f"{indent}{name}"
            yield from _lines(value, indent + "    ")
        else:
            yield f"{indent}{name}: shape={np.shape(value)}, dtype={np.asarray(value).dtype}"


def _check_weights(weights: Any) -> None:
    if not isinstance(weights, dict):
        raise ValueError(
            "weights is a dictionary of arrays by the names of weights, usually '0', '1'...; "
            f"received {type(weights).__name__}."
        )


def _write(group: Any, weights: dict) -> None:
    arrays = {name: value for name, value in weights.items() if not isinstance(value, dict)}
    if arrays:
        place = group.require_group(VARIABLES)
        for name, value in arrays.items():
            put(place, name, value)
    for name, value in weights.items():
        if isinstance(value, dict) and value:
            _write(group.require_group(name), value)
