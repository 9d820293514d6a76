"""Checkpoints of Orbax: a folder a step, with the variables, the model's configuration, assets."""

import json
import os
from collections.abc import Iterator
from typing import Any

import numpy as np

from addax.core import tree
from addax.core.devices import spec_on_device
from addax.saving import archive
from addax.saving import config as configs
from addax.saving.guard import LoadError, parse_json

EXTRA = "Checkpoints of Orbax need its package: pip install 'addax[orbax]'."
MARKS = {"_CHECKPOINT_METADATA", "checkpoint_metadata", "orbax.checkpoint"}  # of one step
VARIABLES, CONFIG, ASSETS = "pytree", "model_config", "assets"
WEIGHTS = ("trainable_variables", "non_trainable_variables")


def package() -> Any:
    """Orbax's module. ImportError where it is not installed."""
    try:
        from orbax.checkpoint import v1 as ocp
    except ImportError:
        raise ImportError(EXTRA) from None
    return ocp


def is_checkpoint(path: Any) -> bool:
    """Whether `path` is a folder of Orbax's: one step, or steps as folders with numbers."""
    if not (isinstance(path, (str, os.PathLike)) and os.path.isdir(path)):
        return False
    names = set(os.listdir(path))
    numbered = [n for n in names if n.isdigit() and MARKS & set(os.listdir(os.path.join(path, n)))]
    return bool(MARKS & names or numbered)


class Checkpoints:
    """The checkpoints in a folder, of which the last `keep` stay; None keeps all."""

    def __init__(self, directory: str, keep: int | None):
        ocp = package()
        policies = ocp.training.preservation_policies
        self._checkpointer = ocp.training.Checkpointer(
            directory=os.path.abspath(directory),
            preservation_policy=None if keep is None else policies.LatestN(keep),
            save_decision_policy=ocp.training.save_decision_policies.FixedIntervalPolicy(1),
        )
        self._under_way: list[Any] = []

    def save(self, step: int, model: Any, weights_only: bool, background: bool) -> None:
        """Write a step. What is on devices is copied now, also if it is written later."""
        state = model.get_state_tree()
        payload: dict[str, Any] = {VARIABLES: state}
        if weights_only:
            payload[VARIABLES] = {kind: state[kind] for kind in WEIGHTS}
        else:
            payload[CONFIG] = {"config": json.dumps(configs.model_config(model))}
            if assets := _nested(archive.assets(model)):
                payload[ASSETS] = assets
        payload[VARIABLES] = tree.map_structure(
            np.array, payload[VARIABLES]
        )  # steps reuse the memory
        if background:
            self._under_way.append(
                self._checkpointer.save_checkpointables_async(step, payload, overwrite=True)
            )
        else:
            self._checkpointer.save_checkpointables(step, payload, overwrite=True)

    def wait(self) -> None:
        """Wait until all is written."""
        while self._under_way:
            self._under_way.pop(0).result()

    def close(self) -> None:
        """Finish writing."""
        self.wait()
        self._checkpointer.close()


def load_weights(path: Any, model: Any) -> None:
    """Fill `model` with the variables of a step, the last one of a folder of steps."""
    step = _step(path)
    _fill(model, package().load_checkpointables(step, {VARIABLES: _shapes(step)})[VARIABLES])


def load_model(path: Any, custom_objects: dict | None, compile: bool) -> Any:
    """The model of a step. LoadError for one with weights only."""
    ocp, step = package(), _step(path)
    saved = set(os.listdir(step))
    if CONFIG not in saved:
        raise LoadError(
            f"{os.fspath(path)!r} holds weights only, no model. Make the model in Python, then "
            "call model.load_weights(path)."
        )
    text = ocp.load_checkpointables(step, {CONFIG: None})[CONFIG]["config"]
    description = parse_json(str(text).encode(), "The configuration")
    model = configs.build_model(description, custom_objects, compile)
    wanted = {VARIABLES: _shapes(step)} | ({ASSETS: None} if ASSETS in saved else {})
    loaded = ocp.load_checkpointables(step, wanted)
    _fill(model, loaded[VARIABLES])
    archive.take_assets(model, dict(_flat(loaded.get(ASSETS) or {})))
    return model


def _shapes(step: str) -> Any:
    """What to load the variables as: whole arrays, on whatever devices they were saved from."""
    metadata = package().metadata(step, checkpointable_name=VARIABLES).metadata
    return tree.map_structure(lambda leaf: spec_on_device(leaf.shape, leaf.dtype), metadata)


def _fill(model: Any, saved: dict[str, Any]) -> None:
    """Set the model's state from a tree whose paths may begin with the names of other models.

    A layer's path has the model's name in front or not, by where it was built.
    """
    filled: dict[str, dict] = {}
    for kind, known in model.get_state_tree().items():
        given = {tuple(path): value for path, value in _leaves(saved.get(kind) or {})}
        filled[kind] = {}
        for path, _ in _leaves(known):
            ends = [p for p in given if _is_same_but_for_model(kind, p, path)]
            chosen = path if path in given else ends[0] if len(ends) == 1 else None
            if chosen is None and kind in WEIGHTS:
                raise LoadError(
                    f"The checkpoint has no {kind[:-1]} {'/'.join(path)!r}; it has "
                    f"{', '.join('/'.join(p) for p in given) or 'none'}."
                )
            if chosen is not None:
                filled[kind]["/".join(path)] = given[chosen]
    model.set_state_tree(filled)


def _is_same_but_for_model(kind: str, one: tuple, other: tuple) -> bool:
    """Whether a path is the other one with a name in front; an optimizer's last part holds it."""
    skip = -1 if kind.startswith("optimizer") else 0
    first, second = (f"_{'_'.join(path[skip:])}" for path in (one, other))
    return first.endswith(second) or second.endswith(first)


def _leaves(tree: dict[str, Any], path: tuple = ()) -> Iterator[tuple[tuple, Any]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, name))
        else:
            yield (*path, name), value


def _step(path: Any) -> str:
    """The folder of the step itself."""
    path = os.path.abspath(os.fspath(path))
    steps = [int(name) for name in os.listdir(path) if name.isdigit()]
    return os.path.join(path, str(max(steps))) if steps else path


def _nested(files: Any) -> dict[str, Any]:
    """Files by path as bytes in nested dictionaries, below the folder `assets`."""
    found: dict[str, Any] = {}
    for name, content in files:
        *folders, last = name.split("/")[1:]
        place = found
        for folder in folders:
            place = place.setdefault(folder, {})
        raw = content.encode() if isinstance(content, str) else content
        place[last] = np.frombuffer(raw, np.uint8)
    return found


def _flat(tree: dict[str, Any], path: str = "assets") -> Iterator[tuple[str, bytes]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}/{name}")
        else:
            yield f"{path}/{name}", np.asarray(value, np.uint8).tobytes()
