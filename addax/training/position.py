"""Where a stream of batches stands, so that another process can go on from there."""

from typing import Any

import numpy as np

from addax.core import random_state

METHODS = (("get_state", "set_state"), ("state_dict", "load_state_dict"))  # Grain's, torch's names
MAX_NUMBERS = 4 << 20  # an array with more of them is taken for data, not for their order
MAX_LIST = 1 << 18  # as much for a list, which is slower to write


class Position:
    """The batches read of the pass under way, and what its order depends on.

    Data that know their position are asked for it. Of others the random streams are noted as they
    stood when the pass began, with the numbers that the object has changed since training began (an
    order that `on_epoch_end` shuffles, a counter): from these the pass is begun again, and what was
    read of it is passed over.
    """

    def __init__(self, data: Any):
        self.data = data
        self._methods = next((m for m in METHODS if all(hasattr(data, n) for n in m)), None)
        self._at_first = _checksums(_numbers(data))
        self._pass: dict[str, Any] | None = None
        self._began = 0

    def start_pass(self, done: int) -> None:
        """A pass begins when `done` batches of the epoch are through."""
        self._began = done
        self._pass = {"random": random_state.read(), "passes": _passes(self.data)}

    def end_epoch(self, done: int, goes_on: bool) -> None:
        """The epoch had `done` batches; whether the next one goes on in the same pass."""
        self._began -= done
        if not goes_on:
            self._pass = None

    def state(self, done: int) -> dict[str, Any]:
        """The position when `done` batches of the epoch are through."""
        if self._methods is not None:
            return {"own": getattr(self.data, self._methods[0])()}
        now = _numbers(self.data)
        sums = _checksums(now)
        changed = {k: v for k, v in now.items() if sums[k] != self._at_first.get(k)}
        read = 0 if self._pass is None else done - self._began
        return {
            "read": read,
            "began": self._began,
            "pass": self._pass,
            "numbers": changed,
            "passes": _passes(self.data),
        }

    def restore(self, state: dict[str, Any]) -> int | None:
        """Set all that the pass depends on; the batches to pass over, or None for none at all."""
        if self._methods is not None and "own" in state:
            getattr(self.data, self._methods[1])(state["own"])
            return None
        known = _numbers(self.data)
        for name, value in state["numbers"].items():
            if name in known or vars(self.data).get(name, self) is None:
                setattr(self.data, name, value)
        self._pass, self._began = state["pass"], state["began"]
        under_way = self._pass or state
        if hasattr(self.data, "_passes"):
            self.data._passes.set(under_way["passes"])
        if self._pass is None:
            return None
        random_state.write(self._pass["random"])
        return state["read"]


def _passes(data: Any) -> Any:
    """How often our own data sets have been shuffled, each time in another order."""
    return data._passes.get() if hasattr(data, "_passes") else None


def _numbers(data: Any) -> dict[str, Any]:
    """The attributes that are numbers, or not too many of them."""
    return {k: v for k, v in getattr(data, "__dict__", {}).items() if _is_numeric(v)}


def _is_numeric(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biuf" and value.size <= MAX_NUMBERS
    if isinstance(value, (list, tuple)):
        return len(value) <= MAX_LIST and all(type(v) in (int, float, bool) for v in value)
    return isinstance(value, (int, float, np.number))


def _checksums(numbers: dict[str, Any]) -> dict[str, Any]:
    return {
        k: hash(v.tobytes() if isinstance(v, np.ndarray) else repr(v)) for k, v in numbers.items()
    }
