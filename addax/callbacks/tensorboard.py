"""`TensorBoard`: curves, histograms and images of a training, as event files."""

import io
import os
import time
from pathlib import Path
from typing import Any

import numpy as np

from addax.callbacks.callback import Callback
from addax.core import profiling
from addax.core.variable import Variable
from addax.utils.images import pillow

BINS = 30
EXTRA = "TensorBoard event files need an extra: pip install 'addax[tensorboard]'."


class EventFile:
    """A file of events in `folder`, made when the first one is written."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._writer: Any = None

    def scalar(self, tag: str, value: float, step: int) -> None:
        self._write(tag, np.float32(value), "scalars", step)

    def histogram(self, tag: str, values: np.ndarray, step: int) -> None:
        """Rows `(left, right, count)` of buckets of the same width."""
        counts, edges = np.histogram(values[np.isfinite(values)], BINS)
        rows = np.stack([edges[:-1], edges[1:], counts], axis=1)
        self._write(tag, rows, "histograms", step)

    def image(self, tag: str, image: np.ndarray, step: int) -> None:
        """A picture `(height, width, channels)` of bytes."""
        file = io.BytesIO()
        pillow().fromarray(image[..., 0] if image.shape[-1] == 1 else image).save(file, "PNG")
        height, width = image.shape[:2]
        texts = [str(width).encode(), str(height).encode(), file.getvalue()]
        self._write(tag, np.array(texts, object), "images", step)

    def text(self, tag: str, text: str, plugin: str, step: int) -> None:
        self._write(tag, np.array(text.encode(), object), plugin, step)

    def flush(self) -> None:
        if self._writer is not None:
            self._writer.flush()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _write(self, tag: str, value: Any, plugin: str, step: int) -> None:
        from tensorboard.compat import proto
        from tensorboard.compat.proto import event_pb2, summary_pb2  # noqa: F401 (fills proto)
        from tensorboard.util.tensor_util import make_tensor_proto

        if self._writer is None:
            self._writer = _writer(self.folder)
        made: Any = proto  # its classes are made at import, where no checker sees them
        summaries, kinds = made.summary_pb2, made.summary_pb2.SummaryMetadata
        metadata = kinds(
            plugin_data=kinds.PluginData(plugin_name=plugin), data_class=_CLASSES.get(plugin, 0)
        )
        one = summaries.Summary.Value(tag=tag, tensor=make_tensor_proto(value), metadata=metadata)
        whole = summaries.Summary(value=[one])
        event = made.event_pb2.Event(wall_time=time.time(), step=int(step), summary=whole)
        self._writer.add_event(event)


_CLASSES = {"scalars": 1, "histograms": 2, "images": 3}  # of SummaryMetadata.data_class


def _writer(folder: Path) -> Any:
    from tensorboard.summary.writer.event_file_writer import EventFileWriter

    return EventFileWriter(str(folder))


class TensorBoard(Callback):
    """Writes the logs of a training for TensorBoard: `tensorboard --logdir logs`.

    `train/` below the folder gets `epoch_loss` and the other logs, `validation/` theirs and
    `evaluation_loss_vs_iterations`; with `update_freq`, `batch_loss` too. Weights are shown as
    histograms and images. ImportError without the extra `tensorboard`; ValueError for arguments
    that mean nothing.
    """

    def __init__(
        self,
        log_dir: str | os.PathLike[str] = "logs",
        histogram_freq: int = 0,
        write_graph: bool = True,
        write_images: bool = False,
        write_steps_per_second: bool = False,
        update_freq: int | str = "epoch",
        profile_batch: int | str | tuple[int, int] = 0,
        embeddings_freq: int = 0,
        embeddings_metadata: Any = None,
    ):
        try:
            import tensorboard  # noqa: F401
        except ModuleNotFoundError:
            raise ImportError(EXTRA) from None
        self.write_to(log_dir)
        self.histogram_freq, self.write_graph = histogram_freq, write_graph
        self.write_images, self.write_steps_per_second = write_images, write_steps_per_second
        if update_freq != "epoch" and update_freq != "batch" and not isinstance(update_freq, int):
            raise ValueError(
                f'update_freq is "epoch", "batch" or a number of steps; received {update_freq!r}.'
            )
        if write_images:
            pillow()  # ImportError now, not after an epoch
        self.update_freq = 1 if update_freq == "batch" else update_freq
        self.first_profiled, self.last_profiled = _span(profile_batch)
        self.embeddings_freq, self.embeddings_metadata = embeddings_freq, embeddings_metadata
        self._profiles = False
        self._step = self._epoch_step = 0
        self._began = self._batch_began = 0.0
        if self.update_freq != "epoch" or self.last_profiled:
            # Else training need not stop after each step.
            self.on_train_batch_begin, self.on_train_batch_end = self._begin_batch, self._end_batch

    def write_to(self, log_dir: Any) -> None:
        """Write to this folder from now on."""
        self.log_dir = os.fspath(log_dir)
        self._train, self._val = (EventFile(self._folder(n)) for n in ("train", "validation"))

    def _folder(self, name: str) -> Path:
        return Path(self.log_dir) / name

    def set_model(self, model: Any) -> None:
        super().set_model(model)
        if self.write_graph and hasattr(model, "to_json"):
            try:
                text = model.to_json()
            except (NotImplementedError, TypeError, ValueError):
                return  # it can't be described as data, so there is no graph to show
            self._train.text("keras", text, "graph_keras_model", 0)

    def on_train_begin(self, logs: dict | None = None) -> None:
        self._step = self._iterations()

    def on_train_end(self, logs: dict | None = None) -> None:
        self._stop_profile()
        self._train.close()
        self._val.close()

    def on_test_end(self, logs: dict | None = None) -> None:
        step = self._iterations()
        for name, value in (logs or {}).items():
            self._val.scalar(f"evaluation_{name}_vs_iterations", value, step)
        self._val.flush()

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self._began, self._epoch_step = time.perf_counter(), self._iterations()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        logs = dict(logs or {})
        optimizer = getattr(self.model, "optimizer", None)
        if optimizer is not None:
            logs["learning_rate"] = float(np.asarray(optimizer.learning_rate))
        for name, value in logs.items():
            file = self._val if name.startswith("val_") else self._train
            file.scalar(f"epoch_{name.removeprefix('val_')}", value, epoch)
        if self.write_steps_per_second:
            rate = (self._iterations() - self._epoch_step) / (time.perf_counter() - self._began)
            self._train.scalar("epoch_steps_per_second", rate, epoch)
        if self.histogram_freq and epoch % self.histogram_freq == 0:
            self._write_weights(epoch)
        if self.embeddings_freq and epoch % self.embeddings_freq == 0:
            self._write_embeddings()
        self._train.flush()
        self._val.flush()

    def _iterations(self) -> int:
        optimizer = getattr(self.model, "optimizer", None)
        return 0 if optimizer is None else int(np.asarray(optimizer.iterations))

    # Each batch, if asked for

    def _begin_batch(self, batch: int, logs: dict | None = None) -> None:
        self._step += 1
        self._batch_began = time.perf_counter()
        if self.last_profiled and self._step == self.first_profiled:
            profiling.start(self.log_dir)
            self._profiles = True

    def _end_batch(self, batch: int, logs: dict | None = None) -> None:
        if self._step == self.last_profiled:
            self._stop_profile()
        if self.update_freq == "epoch":
            return
        if self.write_steps_per_second:
            rate = 1 / (time.perf_counter() - self._batch_began)
            self._train.scalar("batch_steps_per_second", rate, self._step)
        if self._step % int(self.update_freq) == 0:
            for name, value in (logs or {}).items():
                self._train.scalar(f"batch_{name}", value, self._step)

    def _stop_profile(self) -> None:
        if self._profiles:
            self._profiles = False
            profiling.stop()

    # Weights

    def _write_weights(self, epoch: int) -> None:
        for layer in self.model.layers:
            for weight in layer.weights:
                tag = weight.path.replace(":", "_")
                values = np.asarray(weight.value, "float32")
                self._train.histogram(f"{tag}/histogram", values, epoch)
                if self.write_images:
                    self._train.image(f"{tag}/image", _picture(values), epoch)

    def _write_embeddings(self) -> None:
        """Tables of vectors as text, which the projector reads, and what names its rows."""
        tables = [(x, w) for x in self.model.layers if (w := _table_of(x)) is not None]
        entries = []
        for layer, table in tables:
            path = Path(self.log_dir) / f"{layer.name}.tsv"
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savetxt(path, np.asarray(table), delimiter="\t", fmt="%.6g")
            named = self.embeddings_metadata
            named = named.get(layer.name) if isinstance(named, dict) else named
            lines = [f'  tensor_name: "{layer.name}"', f'  tensor_path: "{path.name}"']
            lines += [f'  metadata_path: "{os.fspath(named)}"'] if named else []
            entries.append("embeddings {\n" + "\n".join(lines) + "\n}\n")
        if entries:
            (Path(self.log_dir) / "projector_config.pbtxt").write_text("".join(entries))


def _table_of(layer: Any) -> Any:
    """The table of an embedding."""
    table = vars(layer).get("_embeddings")
    return table.value if isinstance(table, Variable) else None


def _picture(values: np.ndarray) -> np.ndarray:
    """A weight as grey levels `(height, width, 1)`, its axes but for the last two side by side."""
    flat = np.atleast_2d(values.reshape(-1, values.shape[-1]) if values.ndim > 2 else values)
    low, high = flat.min(), flat.max()
    grey = (flat - low) / (high - low) if high > low else np.zeros_like(flat)
    return (grey * 255).astype(np.uint8)[..., None]


def _span(batches: Any) -> tuple[int, int]:
    """The first and last batch to profile: of 5, (2, 4), "2,4", or 0 for none."""
    try:
        parts = str(batches).split(",") if isinstance(batches, (str, int)) else list(batches)
        first, last = int(parts[0]), int(parts[-1])
        if 0 <= first <= last:
            return first, last
    except (TypeError, ValueError, IndexError):
        pass
    raise ValueError(
        f"profile_batch is the number of a batch, or a first and a last one; received {batches!r}."
    )
