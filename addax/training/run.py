"""`Run`: a training under way as something that can be written down and taken up again."""

import itertools
import sys
from typing import Any

import jax
import numpy as np

from addax.core import random_state

ARRAY = "array"  # the key of a dictionary that stands for an array in what is plain data
MAX_ROWS = 12


class Run:
    """A `fit` under way: where it stands, and all that it takes to stand there again.

    `epoch` is the epoch to make or under way, `step` how many of its batches are done, with the
    results `logs`. The `savers` are asked after each dispatch and each epoch whether to save.
    `found`, a state from an earlier process, is taken up once all callbacks have begun.
    """

    def __init__(self, model: Any, source: Any, held_out: Any, callbacks: Any, epoch: int):
        self.model, self.source, self.held_out, self.callbacks = model, source, held_out, callbacks
        self.epoch, self.step, self.logs = epoch, 0, {}
        self.resumed = False
        self.savers: list[Any] = []
        self.found: tuple[dict, dict] | None = None

    def __enter__(self) -> "Run":
        self.model._session.run = self
        return self

    def __exit__(self, *exception: Any) -> None:
        self.model._session.run = None
        for saver in self.savers:
            saver.close()

    # As it goes

    def steps_left(self) -> int:
        """Steps until some saver wants to save."""
        return min([saver.steps_left() for saver in self.savers], default=sys.maxsize)

    def after_steps(self, steps: int, done: int, logs: dict[str, Any]) -> None:
        """`steps` more batches are done, `done` of this epoch."""
        self.step, self.logs = done, logs
        for saver in self.savers:
            saver.after_steps(self, steps)

    def after_epoch(self, is_last: bool) -> None:
        """The epoch is over, and its callbacks have been called."""
        self.epoch, self.step, self.logs = self.epoch + 1, 0, {}
        for saver in self.savers:
            saver.after_epoch(self, is_last)

    # Written down

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Arrays by name, and plain data in which `{"array": name}` stands for one of them."""
        variables = self.model._session.step_variables()
        arrays = {
            f"variables/{part}/{i}": np.array(variable.raw)
            for part, list_ in variables._asdict().items()
            for i, variable in enumerate(list_)
        }
        held_out = None if self.held_out is None else self.held_out.state(0)
        plain = {
            "epoch": self.epoch,
            "step": self.step,
            "logs": {k: np.asarray(v) for k, v in self.logs.items()},
            "stopped": bool(self.model.stop_training),
            "variables": self._variables(),
            "batches": self._batches(),
            "data": self.source.state(self.step),
            "held_out": held_out,
            "random": random_state.read(),
            "callbacks": [[type(c).__name__, _state_of(c)] for c in self.callbacks.callbacks],
        }
        return arrays, _without_arrays(plain, arrays, "")

    def resume(self) -> None:
        """Take up the state that was found, if any. ValueError, and no change, if it differs."""
        if self.found is None:
            return
        arrays, plain = self.found
        self.found = None
        plain = _with_arrays(plain, arrays)
        self._check(plain)
        if plain["step"]:  # what callbacks do here was done before, and is undone by what follows
            self.callbacks.on_epoch_begin(plain["epoch"])
        for part, list_ in self.model._session.step_variables()._asdict().items():
            for i, variable in enumerate(list_):
                variable._value = _like(variable.raw, arrays[f"variables/{part}/{i}"])
        waiting = list(plain["callbacks"])
        for callback in self.callbacks.callbacks:
            name = type(callback).__name__
            saved = next((entry for entry in waiting if entry[0] == name), None)
            if saved is not None:
                waiting.remove(saved)
                if saved[1] is not None:
                    callback.set_state(saved[1])
        self.epoch, self.step, self.logs = plain["epoch"], plain["step"], plain["logs"]
        self.model.stop_training = plain["stopped"]
        self.resumed = True
        self.source.restore(plain["data"])
        if self.held_out is not None and plain["held_out"] is not None:
            self.held_out.restore(plain["held_out"])
        random_state.write(plain["random"])

    def _variables(self) -> list[list]:
        parts = self.model._session.step_variables()._asdict()
        return [
            [part, v.path, list(v.raw.shape), np.dtype(v.raw.dtype).name]
            for part, list_ in parts.items()
            for v in list_
        ]

    def _batches(self) -> list[Any]:
        return [self.source.batch_size, self.source.num_batches]

    def _check(self, plain: dict) -> None:
        """ValueError with a table of what is not as it was when the state was saved."""
        pairs = itertools.zip_longest(plain["variables"], self._variables(), fillvalue=["none"])
        rows = [
            f"  saved: {' '.join(map(str, before))}\n    now: {' '.join(map(str, after))}"
            for before, after in pairs
            if before[:1] + before[2:] != after[:1] + after[2:]  # names count models of a process
        ]
        if plain["step"] and plain["batches"] != self._batches():
            before, after = (
                f"{count} batches of {size} examples"
                for size, count in (plain["batches"], self._batches())
            )
            rows.append(f"  saved, within epoch {plain['epoch'] + 1}: {before}\n    now: {after}")
        if rows:
            more = f"\n  and {len(rows) - MAX_ROWS} more" if len(rows) > MAX_ROWS else ""
            raise ValueError(
                "The saved run is one of another program:\n"
                + "\n".join(rows[:MAX_ROWS])
                + more
                + "\nStart the program that was interrupted, or save to another folder."
            )


def _state_of(callback: Any) -> Any:
    return callback.get_state() if hasattr(callback, "get_state") else None


def _like(old: Any, new: np.ndarray) -> Any:
    """`new` as an array of the device, laid out as `old`."""
    return jax.device_put(new, old.sharding) if isinstance(old, jax.Array) else jax.device_put(new)


def _without_arrays(value: Any, arrays: dict[str, np.ndarray], path: str) -> Any:
    """Plain data for `value`, whose arrays are entered in `arrays`."""
    if isinstance(value, dict):
        return {str(k): _without_arrays(v, arrays, f"{path}/{k}") for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_arrays(v, arrays, f"{path}/{i}") for i, v in enumerate(value)]
    if isinstance(value, (np.ndarray, np.generic, jax.Array)):
        arrays[f"run{path}"] = np.array(value)
        return {ARRAY: f"run{path}"}
    return value


def _with_arrays(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    """What `_without_arrays` was given; tuples are lists now."""
    if isinstance(value, dict):
        if list(value) == [ARRAY]:
            return arrays[value[ARRAY]]
        return {k: _with_arrays(v, arrays) for k, v in value.items()}
    if isinstance(value, list):
        return [_with_arrays(v, arrays) for v in value]
    return value
