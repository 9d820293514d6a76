"""`tf.summary`: event files for TensorBoard, by the writer of `callbacks.TensorBoard`."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from addax.callbacks.tensorboard import EXTRA, EventFile
from addax.data.elements import element, plain

_writers: list["SummaryWriter"] = []
_state: dict[str, Any] = {"step": None, "records": True}


class SummaryWriter:
    """Writes an event file. `with writer.as_default():` makes it the one that functions use."""

    def __init__(self, folder: str | None):
        self._file = None if folder is None else EventFile(Path(folder))

    @contextlib.contextmanager
    def as_default(self, step: Any = None) -> Iterator["SummaryWriter"]:
        """Inside, it is the one; `step` is that of what gives none."""
        before = _state["step"]
        _state["step"] = before if step is None else step
        _writers.append(self)
        try:
            yield self
        finally:
            _writers.remove(self)
            _state["step"] = before
            self.flush()

    def set_as_default(self, step: Any = None) -> None:
        """Make it the one from now on."""
        _writers.append(self)
        _state["step"] = _state["step"] if step is None else step

    def init(self) -> None:
        """Nothing."""

    def flush(self) -> None:
        """Write what waits."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Write what waits and close the file."""
        if self._file is not None:
            self._file.close()


def create_file_writer(logdir: Any, *args: Any, **options: Any) -> SummaryWriter:
    """A writer into a folder. ImportError without the extra `tensorboard`."""
    try:
        import tensorboard  # noqa: F401
    except ModuleNotFoundError:
        raise ImportError(EXTRA) from None
    return SummaryWriter(os.fspath(logdir))


def create_noop_writer() -> SummaryWriter:
    """A writer that writes nothing."""
    return SummaryWriter(None)


def _write(kind: str, name: str, value: Any, step: Any) -> bool:
    """Write by the writer that is the one; whether there is one."""
    file = _writers[-1]._file if _writers and _state["records"] else None
    if file is None:
        return False
    step = _state["step"] if step is None else step
    if step is None:
        raise ValueError(
            f"{name!r} needs a step: pass step=, or call tf.summary.experimental.set_step."
        )
    getattr(file, kind)(name, value, int(step))
    return True


def scalar(name: str, data: Any, step: Any = None, description: str | None = None) -> bool:
    """Write a number; whether there is a writer."""
    return _write("scalar", name, float(np.asarray(data)), step)


def histogram(
    name: str, data: Any, step: Any = None, buckets: Any = None, description: str | None = None
) -> bool:
    """Write how numbers are distributed."""
    return _write("histogram", name, np.asarray(data, "float64").ravel(), step)


def image(
    name: str, data: Any, step: Any = None, max_outputs: int = 3, description: str | None = None
) -> bool:
    """Write the first pictures of a batch (batch, height, width, channels); floats are to 1."""
    pixels = np.asarray(data)
    if pixels.dtype.kind == "f":
        pixels = (pixels.clip(0, 1) * 255 + 0.5).astype("uint8")
    written = False
    for i, picture in enumerate(pixels[: int(max_outputs)]):
        tag = name if len(pixels) == 1 else f"{name}/{i}"
        written = _write("image", tag, picture, step)
    return written


def text(name: str, data: Any, step: Any = None, description: str | None = None) -> bool:
    """Write a text."""
    value = plain(element(data))
    shown = value.decode() if isinstance(value, bytes) else str(value)
    file = _writers[-1]._file if _writers and _state["records"] else None
    if file is None:
        return False
    file.text(name, shown, "text", int(_state["step"] if step is None else step))
    return True


@contextlib.contextmanager
def record_if(condition: Any) -> Iterator[None]:
    """Inside, things are written where the condition, or what it gives when called, is true."""
    before = _state["records"]
    _state["records"] = bool(condition() if callable(condition) else condition)
    try:
        yield
    finally:
        _state["records"] = before


def should_record_summaries() -> bool:
    """Whether things are written."""
    return bool(_writers) and _state["records"]


def flush(writer: Any = None, name: Any = None) -> None:
    """Write what waits."""
    for one in [writer] if writer is not None else _writers:
        one.flush()


def graph(graph_data: Any = None) -> None:
    """Nothing: `callbacks.TensorBoard(write_graph=True)` writes the graph of a model."""


def trace_on(*args: Any, **options: Any) -> None:
    """Nothing: `callbacks.TensorBoard(profile_batch=...)` records a profile."""


def trace_off(*args: Any, **options: Any) -> None:
    """Nothing."""


def trace_export(*args: Any, **options: Any) -> None:
    """Nothing: see `trace_on`."""
