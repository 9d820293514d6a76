"""`CSVLogger`: the epochs' results as rows of a file."""

import csv
import os
import warnings
from typing import Any

import numpy as np

from addax.callbacks.callback import Callback


class CSVLogger(Callback):
    """Writes `epoch` and the logs to a file, a row an epoch, on disk when the epoch ends.

    The columns are the first epoch's logs; where these have no validation, columns for it are kept
    free, and what is missing is `NA`. A continued file keeps its header; logs without a column give
    a warning.
    """

    def __init__(
        self, filename: str | os.PathLike[str], separator: str = ",", append: bool = False
    ):
        self.filename = os.fspath(filename)
        self.sep = separator
        self.append = append
        self.keys: list[str] | None = None
        self._size = 0  # bytes to keep of the file that is there

    def on_train_begin(self, logs: dict | None = None) -> None:
        self.keys = self._header() if self.append else None
        with self._open("a") as file:  # now, that a path which can't be written to shows at once
            self._size = file.tell() if self.append else 0

    def get_state(self) -> dict[str, Any]:
        return {"keys": self.keys, "size": self._size}

    def set_state(self, state: dict[str, Any]) -> None:
        self.keys, self._size = state["keys"], int(state["size"])

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        logs = logs or {}
        rows = []
        if self.keys is None:
            self.keys = sorted(logs)
            if not any(k.startswith("val_") for k in self.keys):
                self.keys += [f"val_{k}" for k in self.keys]
            rows.append(["epoch", *self.keys])
        elif lost := [k for k in logs if k not in self.keys]:
            warnings.warn(
                f"{self.filename} has no column for {', '.join(lost)}: not written.", stacklevel=2
            )
        rows.append([epoch, *(_cell(logs.get(k, "NA")) for k in self.keys)])
        with self._open("r+") as file:
            file.seek(min(self._size, os.path.getsize(self.filename)))
            csv.writer(file, delimiter=self.sep).writerows(rows)
            file.truncate()
            self._size = file.tell()

    def _open(self, mode: str) -> Any:
        return open(self.filename, mode, newline="", encoding="utf-8")

    def _header(self) -> list[str] | None:
        """The columns of the file that is there."""
        if not os.path.exists(self.filename):
            return None
        with self._open("r") as file:
            return next(csv.reader(file, delimiter=self.sep), [])[1:] or None


def _cell(value: Any) -> Any:
    if isinstance(value, str) or not np.ndim(value):
        return value
    return f'"[{", ".join(map(str, value))}]"'
